/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A complaint's past is a path of moves, chosen by the state it has to end in, and laid over
 * the time that there was. */
#include "demo/complaint.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "demo/complaint_texts.h"
#include "demo/jot.h"
#include "demo/streams.h"
#include "model/kinds.h"

/* Where ngõ 308 is. */
#define FIRST_AREA "03646"
#define FIRST_LAT 21.3270
#define FIRST_LON 103.9141
#define STEPS 35 /* metres between two who tell of one matter, in each direction */
#define DEGREES_A_METRE (1 / 111320.0) /* near enough, also from west to east */

/* Everything about one complaint while it is made. */
struct making {
	const struct complaints *x;
	const struct complaint_plan *p;
	struct sketch *d;
	struct rng r;
	const struct topic *topic;
	size_t subject;
	const struct place *place;
	struct person sender, officer, leader;
	const char *operator, * channel_said;
	const struct unit *unit;
	struct spot spot;
	struct slots slots;
	bool assigned;
	int returned, extended;
	int64_t due, handled; /* CLOCK_NONE: not yet */
};

static const struct topic *draw_topic(const struct complaints *x,
				      const struct complaint_plan *p, struct rng *r)
{
	rng_start(r, x->city->seed, p->stream, p->number);
	const struct topic *t = &x->topics[rng_pick(r, x->topic_sums, x->topic_count)];
	if (!p->camera)
		return t;
	for (size_t i = 0; i < x->topic_count; i++)
		if (strcmp(x->topics[i].id, "ban-hang-via-he") == 0)
			return &x->topics[i];
	return t;
}

const struct category *complaint_category(const struct complaints *x,
					  const struct complaint_plan *p)
{
	struct rng r;
	return draw_topic(x, p, &r)->category;
}

const char *complaint_topic(const struct complaints *x, const struct complaint_plan *p)
{
	struct rng r;
	const struct topic *t = draw_topic(x, p, &r);
	return t->paired || t->restricted ? NULL : t->id;
}

void complaint_sender(const struct complaints *x, const struct complaint_plan *p,
		      struct person *out)
{
	struct rng r;
	draw_topic(x, p, &r);
	people_meet(x->city->people, &r, out);
}

const struct phrase *complaint_says(const struct complaints *x, enum complaint_move move)
{
	return x->says[move];
}

void complaint_result(const struct complaints *x, const char *category, struct rng *r,
		      struct strbuf *out)
{
	struct slots none = {0};
	for (int tries = 0; tries < 200; tries++) {
		const struct topic *t = &x->topics[rng_below(r, x->topic_count)];
		if (strcmp(t->category->code, category) == 0) {
			phrase_say(t->result, r, &none, out);
			return;
		}
	}
}

const struct unit *complaint_unit(const struct complaints *x, const char *category,
				  const char *area, int64_t at)
{
	const struct place *place = places_by_code(x->city->places, area);
	for (size_t i = 0; i < x->topic_count; i++)
		if (strcmp(x->topics[i].category->code, category) == 0)
			return city_doer(x->city, &x->topics[i].task, place, at);
	const struct task office = {ROLE_UB, NULL};
	return city_doer(x->city, &office, place, at);
}

/* --- the path ----------------------------------------------------------------------------- */

#define PATH_MOST 16
struct path {
	enum complaint_move moves[PATH_MOST];
	size_t count;
};

static void go(struct path *p, enum complaint_move move)
{
	if (p->count < PATH_MOST)
		p->moves[p->count++] = move;
}

static bool is(const char *state, const char *code)
{
	return strcmp(state, code) == 0;
}

/* From being assigned to being worked on, with a detour now and then. */
static void go_into_work(struct path *p, struct rng *r)
{
	go(p, COMPLAINT_ASSIGN);
	if (rng_percent(r, 5)) {
		go(p, COMPLAINT_RETURN);
		go(p, COMPLAINT_ASSIGN);
	}
	go(p, COMPLAINT_TAKE);
	if (rng_percent(r, 38))
		go(p, COMPLAINT_PROGRESS);
	if (rng_percent(r, 6))
		go(p, COMPLAINT_EXTEND);
}

static void go_through_work(struct path *p, struct rng *r)
{
	go_into_work(p, r);
	go(p, COMPLAINT_SUBMIT);
	if (rng_percent(r, 5)) {
		go(p, COMPLAINT_REFUSE);
		go(p, COMPLAINT_SUBMIT);
	}
}

static void go_to_end(struct path *p, const char *state, struct rng *r)
{
	go_through_work(p, r);
	go(p, COMPLAINT_APPROVE);
	if (is(state, "DA_XL"))
		return;
	if (is(state, "DONG") && rng_percent(r, 22)) {
		go(p, COMPLAINT_PUBLISH);
		return;
	}
	go(p, COMPLAINT_TELL);
	if (is(state, "CHO_DAN"))
		return;
	if (rng_percent(r, 2)) {
		go(p, COMPLAINT_REOPEN);
		go(p, COMPLAINT_SUBMIT);
		go(p, COMPLAINT_APPROVE);
		go(p, COMPLAINT_TELL);
	}
	go(p, COMPLAINT_CONFIRM);
}

static void find_path(struct path *p, const char *state, struct rng *r)
{
	if (is(state, "MOI"))
		return;
	go(p, COMPLAINT_RECEIVE);
	if (is(state, "XAC_MINH"))
		return;
	if (is(state, "TU_CHOI"))
		go(p, COMPLAINT_REJECT);
	else if (is(state, "CHUYEN_CAP"))
		go(p, COMPLAINT_REFER);
	else if (is(state, "CHO_BS"))
		go(p, COMPLAINT_ASK);
	if (p->count == 2)
		return;
	if (rng_percent(r, 7)) {
		go(p, COMPLAINT_ASK);
		go(p, COMPLAINT_GIVEN);
	}
	if (is(state, "DA_CHUYEN"))
		go(p, COMPLAINT_ASSIGN);
	else if (is(state, "DANG_XL"))
		go_into_work(p, r);
	else if (is(state, "CHO_DUYET"))
		go_through_work(p, r);
	else
		go_to_end(p, state, r);
}

/* --- walking it --------------------------------------------------------------------------- */

static void name_actors(struct making *m)
{
	people_officer(m->x->city->people, &m->r, m->x->city->seed, m->unit->code, &m->officer);
	m->operator= people_staff(m->x->city->people, &m->r);
	people_head(m->x->city->people, m->x->city->seed, m->unit->code, &m->leader);
	m->slots.text[SLOT_UNIT] = m->unit->short_name;
	m->slots.text[SLOT_OFFICER] = m->officer.name;
	m->slots.text[SLOT_STAFF] = m->operator;
	m->slots.text[SLOT_CHANNEL] = m->channel_said;
}

static const char *actor(const struct making *m, const struct move *move)
{
	switch (move->who) {
	case WHO_CITIZEN:
		return "Công dân";
	case WHO_STAFF:
		return m->operator;
	case WHO_LEADER:
		return m->leader.name;
	case WHO_OFFICER:
		return m->officer.name;
	case WHO_SYSTEM:
		break;
	}
	return "Hệ thống";
}

static void note_effects(struct making *m, enum complaint_move move, int64_t at)
{
	switch (move) {
	case COMPLAINT_ASSIGN:
		m->assigned = true;
		break;
	case COMPLAINT_RETURN:
		m->assigned = false;
		m->returned++;
		break;
	case COMPLAINT_EXTEND:
		m->extended++;
		m->due += m->topic->category->handle / 4;
		break;
	case COMPLAINT_APPROVE:
		m->handled = at;
		break;
	case COMPLAINT_REOPEN:
		m->handled = CLOCK_NONE;
		break;
	case COMPLAINT_REJECT:
	case COMPLAINT_REFER:
		m->d->closed = at;
		break;
	default:
		break;
	}
}

static void walk(struct making *m, enum complaint_move which, int64_t at)
{
	const struct move *move = &complaint_moves[which];
	sketch_event(m->d, at, actor(m, move), move->action, move->to);
	phrase_say(m->x->says[which], &m->r, &m->slots, &m->d->texts);
	note_effects(m, which, at);
}

/* The moves' weights share the time between sending and the end of handling; what the citizen
 * does afterwards takes hours or days of its own. */
static void walk_path(struct making *m, const struct path *path, int64_t end)
{
	/* Who is not finished has not moved for a while either. */
	bool open = kind_state_is_open(&kind_complaint, m->p->state);
	unsigned total = open ? (unsigned)rng_between(&m->r, 2, 40) : 0, done = 0;
	size_t timed = 0;
	for (; timed < path->count && path->moves[timed] != COMPLAINT_TELL &&
	       path->moves[timed] != COMPLAINT_PUBLISH;
	     timed++)
		total += complaint_moves[path->moves[timed]].weight;
	int64_t at = m->p->created, span = end - at;
	for (size_t i = 0; i < path->count; i++) {
		int64_t next;
		unsigned weight = complaint_moves[path->moves[i]].weight;
		if (i < timed) {
			done += weight;
			next = m->p->created + span / (int64_t)total * (int64_t)done;
			next -= rng_between(&m->r, 0, span / (int64_t)total);
		} else {
			next = at + rng_between(&m->r, 10 * MINUTE, (int64_t)weight * 5 * HOUR);
		}
		if (complaint_moves[path->moves[i]].who != WHO_STAFF)
			next = rhythm_waking(&m->r, next);
		if (next <= at)
			next = at + rng_between(&m->r, MINUTE, 25 * MINUTE);
		at = next <= m->p->until ? next : at + (m->p->until - at) / 2;
		walk(m, path->moves[i], at);
	}
}

/* When the handling ended: mostly well within the hours of the field, sometimes late. */
static int64_t end_of_handling(struct making *m)
{
	int64_t hours = m->topic->category->handle, latest = m->p->until;
	int64_t share = rng_percent(&m->r, 5) ? rng_between(&m->r, 102, 150)
					      : rng_between(&m->r, 12, 96);
	if (kind_state_is_open(&kind_complaint, m->p->state))
		return latest;
	int64_t end = m->p->created + hours / 100 * share;
	return end < latest ? end : m->p->created + (latest - m->p->created) / 100 * 85;
}

/* --- the record --------------------------------------------------------------------------- */

static void choose_place(struct making *m, const struct complaint_plan *p,
			 const struct topic *topic, struct rng *r)
{
	const struct city *c = m->x->city;
	m->place = topic->rural ? places_rural(c->places, r) : places_pick(c->places, r);
	if (p->camera)
		m->place = places_by_code(c->places, p->camera->area);
	places_spot(c->places, m->place, p->created, r, &m->spot, &m->slots);
	if (p->camera) {
		m->spot.lat = p->camera->lat + 0.0002;
		m->spot.lon = p->camera->lon - 0.0002;
		m->slots.text[SLOT_MARK] = p->camera->place;
		strbuf_clear(&m->spot.at);
		strbuf_addf(&m->spot.at, "%s", p->camera->place);
		m->slots.text[SLOT_AT] = m->spot.at.s;
	}
}

/* In ngõ 308 itself. */
static void go_to_first(struct making *m)
{
	m->place = places_by_code(m->x->city->places, FIRST_AREA);
	m->spot.place = m->place;
	m->spot.street = "đường Chu Văn Thịnh";
	m->spot.lat = FIRST_LAT;
	m->spot.lon = FIRST_LON;
	snprintf(m->spot.lane, sizeof m->spot.lane, "308");
	snprintf(m->spot.to, sizeof m->spot.to, "tổ 12");
	snprintf(m->spot.ward, sizeof m->spot.ward, "%s", m->place->now_name);
	strbuf_clear(&m->spot.at);
	strbuf_adds(&m->spot.at, "ở ngõ 308 đường Chu Văn Thịnh");
	m->slots.text[SLOT_STREET] = m->spot.street;
	m->slots.text[SLOT_AT] = m->spot.at.s;
}

/* Who tells of a matter again stands some steps away from who told of it before; one in six is
 * the same person, who has waited. */
static void go_to_matter(struct making *m)
{
	struct rng r;
	const struct complaint_plan *p = m->p->again;
	if (p) {
		const struct topic *topic = draw_topic(m->x, p, &r);
		struct person sender;
		people_meet(m->x->city->people, &r, &sender);
		choose_place(m, p, topic, &r);
		if (m->p->number % 6 == 0)
			m->sender = sender;
	} else {
		go_to_first(m);
	}
	rng_start(&r, m->x->city->seed, STREAM_ECHO, m->p->number);
	m->spot.lat += (double)rng_between(&r, -STEPS, STEPS) * DEGREES_A_METRE;
	m->spot.lon += (double)rng_between(&r, -STEPS, STEPS) * DEGREES_A_METRE;
}

static void choose_channel(struct making *m)
{
	const struct channel *c =
		&m->x->channels[rng_pick(&m->r, m->x->channel_sums, m->x->channel_count)];
	m->d->channel = m->p->channel ? m->p->channel : c->code;
	m->channel_said = m->p->channel ? m->p->channel : c->say;
}

static void put_sender(struct making *m)
{
	struct strbuf *f = &m->d->fields;
	bool anonymous = rng_percent(&m->r, (unsigned)m->topic->anonymous + 4);
	bool urgent = rng_percent(&m->r, (unsigned)m->topic->urgent);
	if (!anonymous) {
		jot_text(f, "reporter_name", m->sender.name);
		jot_text(f, "reporter_phone", m->sender.phone);
	}
	jot_flag(f, "urgent", urgent);
	jot_flag(f, "anonymous", anonymous);
	jot_flag(f, "public", !m->topic->restricted && rng_percent(&m->r, 82));
	jot_flag(f, "restricted", m->topic->restricted);
}

static void put_co_units(struct making *m)
{
	struct strbuf names = STRBUF_INIT;
	for (size_t i = 0; i < m->topic->co_count; i++)
		strbuf_addf(&names, "%s%s", i ? "; " : "",
			    city_doer(m->x->city, &m->topic->co[i], m->place, m->p->created)
				    ->title);
	jot_text(&m->d->fields, "co_units", names.s);
	strbuf_free(&names);
}

static void put_outcome(struct making *m)
{
	struct strbuf *f = &m->d->fields;
	if (m->assigned) {
		m->d->unit = m->unit->code;
		jot_text(f, "officer", m->officer.name);
		put_co_units(m);
	}
	if (m->returned)
		jot_int(f, "returned_count", m->returned);
	if (m->extended)
		jot_int(f, "extended_count", m->extended);
	jot_time(f, "accept_due_at", m->p->created + m->topic->category->accept);
	if (m->handled == CLOCK_NONE)
		return;
	m->d->closed = m->handled;
	struct strbuf result = STRBUF_INIT;
	if (m->topic->paired)
		phrase_say_nth(m->topic->result, m->subject, &m->r, &m->slots, &result);
	else
		phrase_say(m->topic->result, &m->r, &m->slots, &result);
	jot_text(f, "result", result.s);
	strbuf_free(&result);
	if (is(m->p->state, "DONG") && rng_percent(&m->r, 46)) {
		static const unsigned stars[] = {5, 11, 24, 58, 100};
		jot_int(f, "rating", (int64_t)rng_pick(&m->r, stars, 5) + 1);
	}
}

static void put_pictures(struct making *m)
{
	static const unsigned many[] = {22, 62, 88, 100};
	size_t n = rng_pick(&m->r, many, 4);
	for (size_t i = 0; i < n; i++) {
		char name[32];
		snprintf(name, sizeof name, "anh-%zu.jpg", i + 1);
		sketch_attach(m->d, name, "image/jpeg", rng_between(&m->r, 90000, 3400000));
	}
}

static void make_text(struct making *m)
{
	people_meet(m->x->city->people, &m->r, &m->sender);
	choose_place(m, m->p, m->topic, &m->r);
	if (*m->p->tells_of)
		go_to_matter(m);
	choose_channel(m);
	m->slots.text[SLOT_PHONE] = m->sender.phone;
	m->slots.text[SLOT_NAME] = m->sender.name;
	m->subject = complaint_write(m->x, m->topic, &m->r, &m->slots, m->d);
	places_address(m->x->city->places, &m->spot, m->p->created, &m->r, &m->slots,
		       &m->d->address);
}

static void make_past(struct making *m)
{
	struct path path = {.count = 0};
	sketch_event(m->d, m->p->created, "Công dân", "Gửi phản ánh", "MOI");
	m->d->events[0].from = NULL;
	find_path(&path, m->p->state, &m->r);
	walk_path(m, &path, end_of_handling(m));
}

static void note_matter(const struct complaint_plan *p, struct sketch *d)
{
	char note[sizeof p->tells_of + 32];
	snprintf(note, sizeof note, "tells again of: %s", p->tells_of);
	sketch_note(d, note);
}

void complaint_make(const struct complaints *x, const struct complaint_plan *p,
		    struct sketch *d)
{
	struct making m = {.x = x, .p = p, .d = d, .spot = SPOT_INIT, .handled = CLOCK_NONE};
	sketch_start(d, &kind_complaint);
	snprintf(d->id, sizeof d->id, "%s", p->id);
	if (*p->tells_of)
		note_matter(p, d);
	m.topic = draw_topic(x, p, &m.r);
	make_text(&m);
	d->created = p->created;
	d->area = place_area(m.place, p->created);
	d->category = m.topic->category->code;
	d->placed = rng_percent(&m.r, 93);
	d->lat = m.spot.lat;
	d->lon = m.spot.lon;
	m.due = p->created + m.topic->category->handle;
	m.unit = city_doer(x->city, &m.topic->task, m.place, p->created);
	name_actors(&m);
	put_sender(&m);
	make_past(&m);
	d->due = m.due;
	put_outcome(&m);
	put_pictures(&m);
	strbuf_free(&m.spot.at);
}

/* --- ngõ 308 ------------------------------------------------------------------------------ */

static const char *first_text(const struct complaints *x, const char *key)
{
	const char *s = yaml_text(yaml_get(yaml_get(yaml_root(x->file), "first"), key));
	return s ? s : "";
}

static void first_past(const struct complaints *x, struct sketch *d)
{
	const struct yaml_node *list = yaml_get(yaml_get(yaml_root(x->file), "first"),
						"history");
	for (size_t i = 0; i < yaml_count(list); i++) {
		const struct yaml_node *n = yaml_at(list, i);
		const char *by = "", *action = "", *to = NULL, *text = "";
		int64_t after = 0;
		if (yaml_get_duration(x->file, n, "after", &after, NULL) < 0 ||
		    yaml_get_text(x->file, n, "by", &by, NULL) < 0 ||
		    yaml_get_text(x->file, n, "action", &action, NULL) < 0 ||
		    yaml_get_text(x->file, n, "to", &to, NULL) < 0 ||
		    yaml_get_text(x->file, n, "text", &text, NULL) < 0)
			continue;
		sketch_event(d, d->created + after, by, action, to);
		strbuf_adds(&d->texts, text);
	}
}

static void first_fields(const struct complaints *x, struct sketch *d)
{
	struct strbuf *f = &d->fields;
	jot_text(f, "reporter_name", first_text(x, "reporter"));
	jot_text(f, "reporter_phone", first_text(x, "phone"));
	jot_text(f, "officer", first_text(x, "officer"));
	jot_text(f, "co_units", first_text(x, "co_units"));
	jot_flag(f, "urgent", false);
	jot_flag(f, "anonymous", false);
	jot_flag(f, "public", true);
	jot_int(f, "extended_count", 1);
	jot_time(f, "accept_due_at", d->created + city_category(x->city, d->category)->accept);
}

void complaint_make_first(const struct complaints *x, int64_t now, const char *id,
			  struct sketch *d)
{
	sketch_start(d, &kind_complaint);
	snprintf(d->id, sizeof d->id, "%s", id);
	strbuf_adds(&d->title, first_text(x, "title"));
	strbuf_adds(&d->body, first_text(x, "body"));
	strbuf_adds(&d->address, first_text(x, "address"));
	/* Sent two mornings ago at 8:12, so that the field's 40 hours are over. */
	d->created = rhythm_midnight(now - 3 * HOUR) - 2 * DAY + 8 * HOUR + 12 * MINUTE;
	d->due = now - 2 * HOUR - 10 * MINUTE;
	d->area = place_area(places_by_code(x->city->places, FIRST_AREA), now);
	d->unit = first_text(x, "unit");
	d->category = "trat-tu-do-thi";
	d->channel = "app";
	d->placed = true;
	d->lat = FIRST_LAT;
	d->lon = FIRST_LON;
	first_past(x, d);
	first_fields(x, d);
	sketch_attach(d, "ngo-308-loi-vao.jpg", "image/jpeg", 1843201);
	sketch_attach(d, "ngo-308-buoi-toi.jpg", "image/jpeg", 1276544);
}
