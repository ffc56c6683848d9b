/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/alert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "demo/jot.h"
#include "demo/streams.h"
#include "demo/text.h"
#include "model/kinds.h"

#define TYPES_MOST 32
#define CAMERAS_MOST 64

enum plate { PLATE_NONE, PLATE_CAR, PLATE_ANY };

struct alert_type {
	const char *id, *channel;
	const struct category *category;
	unsigned weight, false_rate;
	enum plate plate;
	bool hours[24];
	struct task task;
	const struct phrase *title;
	const struct camera *cameras[CAMERAS_MOST];
	size_t camera_count;
};
struct alerts {
	const struct city *city;
	struct yaml *file;
	struct grammar grammar;
	struct word_list plates, motorbikes, vehicles, colours;
	struct alert_type types[TYPES_MOST];
	size_t type_count;
	unsigned sums[24][TYPES_MOST]; /* by hour */
	const struct phrase *body, *close, *forward;
};

/* --- reading ------------------------------------------------------------------------------ */

/* "6-8 16-19" */
static int read_hours(struct alerts *x, const struct yaml_node *n, struct alert_type *t,
		      struct err *e)
{
	const char *s = yaml_text(yaml_get(n, "hours"));
	int from, to, used;
	for (; s && *s; s += used) {
		used = 0;
		if (sscanf(s, " %2d-%2d%n", &from, &to, &used) != 2 || from < 0 || to > 24)
			return yaml_error(x->file, n, e, "hours are written \"6-8 16-19\"");
		for (int h = from; h < to; h++)
			t->hours[h] = true;
	}
	return 0;
}

static void find_cameras(struct alerts *x, const char *purpose, struct alert_type *t)
{
	for (size_t i = 0; i < x->city->camera_count && t->camera_count < CAMERAS_MOST; i++)
		if (strcmp(purpose, "any") == 0 ||
		    strcmp(purpose, x->city->cameras[i].purpose) == 0)
			t->cameras[t->camera_count++] = &x->city->cameras[i];
}

static int read_type(struct alerts *x, const struct yaml_node *n, struct err *e)
{
	struct alert_type *t = &x->types[x->type_count];
	const char *purpose = "any", *plate = "none";
	int64_t weight = 1, false_rate = 0;
	t->channel = "analytics";
	if (yaml_get_text(x->file, n, "id", &t->id, e) < 0 ||
	    yaml_get_text(x->file, n, "purpose", &purpose, e) < 0 ||
	    yaml_get_text(x->file, n, "plate", &plate, e) < 0 ||
	    yaml_get_text(x->file, n, "channel", &t->channel, e) < 0 ||
	    yaml_get_int(x->file, n, "weight", 1, 100, &weight, e) < 0 ||
	    yaml_get_int(x->file, n, "false", 0, 100, &false_rate, e) < 0 ||
	    read_hours(x, n, t, e) < 0 ||
	    city_task(x->city, x->file, yaml_get(n, "unit"), &t->task, e) < 0)
		return -1;
	t->weight = (unsigned)weight;
	t->false_rate = (unsigned)false_rate;
	t->plate = strcmp(plate, "any") == 0   ? PLATE_ANY
		   : strcmp(plate, "car") == 0 ? PLATE_CAR
					       : PLATE_NONE;
	find_cameras(x, purpose, t);
	t->category = t->id ? city_category(x->city, t->id) : NULL;
	if (!t->category || t->camera_count == 0)
		return yaml_error(x->file, n, e, "a type needs a category and cameras");
	t->title = grammar_member(&x->grammar, yaml_get(yaml_root(x->file), "titles"), t->id,
				  e);
	x->type_count++;
	return t->title ? 0 : -1;
}

static void sum_hours(struct alerts *x)
{
	for (int h = 0; h < 24; h++) {
		unsigned sum = 0;
		for (size_t i = 0; i < x->type_count; i++) {
			sum += x->types[i].hours[h] ? x->types[i].weight : 0;
			x->sums[h][i] = sum;
		}
	}
}

static int read_file(struct alerts *x, struct err *e)
{
	const struct yaml_node *root = yaml_root(x->file), *types = yaml_get(root, "types");
	size_t n = yaml_count(types);
	if (n == 0 || n > TYPES_MOST)
		return yaml_error(x->file, root, e, "types must be a list of 1 to %d",
				  TYPES_MOST);
	if (word_list_read(&x->plates, x->file, root, "plates", e) < 0 ||
	    word_list_read(&x->motorbikes, x->file, root, "motorbikes", e) < 0 ||
	    word_list_read(&x->vehicles, x->file, root, "vehicles", e) < 0 ||
	    word_list_read(&x->colours, x->file, root, "colours", e) < 0 ||
	    grammar_open(&x->grammar, x->file, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (read_type(x, yaml_at(types, i), e) < 0)
			return -1;
	sum_hours(x);
	x->body = grammar_member(&x->grammar, root, "bodies", e);
	x->close = x->body ? grammar_member(&x->grammar, root, "close", e) : NULL;
	x->forward = x->close ? grammar_member(&x->grammar, root, "forward", e) : NULL;
	return x->forward ? 0 : -1;
}

struct alerts *alerts_load(const char *data_dir, const struct city *c, struct err *e)
{
	struct yaml *y = city_file(data_dir, "demo", "alerts", e);
	if (!y)
		return NULL;
	struct alerts *x = xcalloc(1, sizeof *x);
	x->city = c;
	x->file = y;
	if (read_file(x, e) < 0) {
		alerts_free(x);
		return NULL;
	}
	return x;
}

void alerts_free(struct alerts *x)
{
	if (!x)
		return;
	word_list_free(&x->plates);
	word_list_free(&x->motorbikes);
	word_list_free(&x->vehicles);
	word_list_free(&x->colours);
	grammar_free(&x->grammar);
	yaml_free(x->file);
	free(x);
}

unsigned alerts_at_hour(const struct alerts *x, int hour)
{
	return x->sums[hour][x->type_count - 1];
}

const struct phrase *alert_says(const struct alerts *x, enum alert_move move)
{
	return move == ALERT_FORWARD ? x->forward : move == ALERT_CLOSE ? x->close : NULL;
}

static const struct alert_type *find_type(const struct alerts *x, const char *id)
{
	for (size_t i = 0; i < x->type_count; i++)
		if (strcmp(x->types[i].id, id) == 0)
			return &x->types[i];
	return &x->types[0];
}

const struct unit *alert_receiver(const struct alerts *x, const char *type, const char *area,
				  int64_t at)
{
	return city_doer(x->city, &find_type(x, type)->task,
			 places_by_code(x->city->places, area), at);
}

/* --- making ------------------------------------------------------------------------------- */

struct making {
	const struct alerts *x;
	const struct alert_plan *p;
	struct sketch *d;
	struct rng r;
	const struct alert_type *type;
	const struct camera *camera;
	char plate[24], score[8];
	const char *vehicle;
	struct slots slots;
	const char *state, *reason;
	const struct unit *unit;
	int64_t acked;
};

static void read_plate(struct making *m)
{
	bool motorbike = m->type->plate == PLATE_ANY && rng_percent(&m->r, 45);
	m->vehicle = motorbike ? "xe máy" : word_list_pick(&m->x->vehicles, &m->r);
	if (m->type->plate == PLATE_NONE) {
		m->plate[0] = '\0';
		return;
	}
	const struct word_list *series = motorbike ? &m->x->motorbikes : &m->x->plates;
	snprintf(m->plate, sizeof m->plate, "%s-%03u.%02u", word_list_pick(series, &m->r),
		 (unsigned)rng_below(&m->r, 1000), (unsigned)rng_below(&m->r, 100));
}

static void fill_slots(struct making *m)
{
	const char *comma = strrchr(m->camera->title, ',');
	double score = 0.62 + 0.37 * rng_unit(&m->r);
	snprintf(m->score, sizeof m->score, "%d,%02d", 0, (int)(score * 100));
	m->slots.text[SLOT_PLACE] = m->camera->place;
	m->slots.text[SLOT_DIRECTION] = comma ? comma + 2 : "";
	m->slots.text[SLOT_PLATE] = m->plate[0] ? m->plate : NULL;
	m->slots.text[SLOT_VEHICLE] = m->vehicle;
	m->slots.text[SLOT_COLOUR] = word_list_pick(&m->x->colours, &m->r);
	m->slots.text[SLOT_SCORE] = m->score;
	m->slots.text[SLOT_UNIT] = m->unit->short_name;
}

static void choose(struct making *m)
{
	const struct alerts *x = m->x;
	rng_start(&m->r, x->city->seed, m->p->stream, m->p->number);
	const unsigned *sums = x->sums[rhythm_hour(m->p->created)];
	m->type = m->p->type ? find_type(x, m->p->type)
			     : &x->types[rng_pick(&m->r, sums, x->type_count)];
	m->camera = m->p->camera ? m->p->camera
				 : m->type->cameras[rng_below(&m->r, m->type->camera_count)];
	m->unit = alert_receiver(x, m->type->id, m->camera->area, m->p->created);
	m->state = m->p->state;
	if (!m->state)
		m->state = rng_percent(&m->r, m->type->false_rate + 8) ? "BO_QUA" : "DONG";
	read_plate(m);
	fill_slots(m);
}

static const char *draw_reason(struct making *m)
{
	static const char *const reasons[] = {"bao-nham", "trung", "khong-du-ro", "xe-uu-tien",
					      "thu-thiet-bi"};
	static const unsigned sums[] = {48, 68, 86, 95, 100};
	size_t i = rng_pick(&m->r, sums, 5);
	return m->plate[0] || i != 3 ? reasons[i] : reasons[0];
}

static void step(struct making *m, enum alert_move which, int64_t *at, int64_t least,
		 int64_t most)
{
	const struct move *move = &alert_moves[which];
	int64_t next = *at + rng_between(&m->r, least, most);
	*at = next <= m->p->until ? next : *at + (m->p->until - *at) / 2;
	sketch_event(m->d, *at, people_staff(m->x->city->people, &m->r), move->action,
		     move->to);
	const struct phrase *says = alert_says(m->x, which);
	if (says)
		phrase_say(says, &m->r, &m->slots, &m->d->texts);
}

static void make_past(struct making *m)
{
	int64_t at = m->p->created, target = m->type->category->accept;
	sketch_event(m->d, at, m->camera->code, "Phát hiện", "MOI");
	m->d->events[0].from = NULL;
	if (strcmp(m->state, "MOI") == 0)
		return;
	bool dismissed = strcmp(m->state, "BO_QUA") == 0;
	step(m, dismissed ? ALERT_DISMISS : ALERT_CONFIRM, &at, 9 * SECOND,
	     target + target / 5);
	m->acked = at;
	if (dismissed) {
		m->reason = draw_reason(m);
		m->d->closed = at;
	}
	if (dismissed || strcmp(m->state, "DA_XN") == 0)
		return;
	step(m, ALERT_FORWARD, &at, 20 * SECOND, 9 * MINUTE);
	m->d->unit = m->unit->code;
	if (strcmp(m->state, "DA_CHUYEN") == 0)
		return;
	step(m, ALERT_CLOSE, &at, 6 * MINUTE, 150 * MINUTE);
	m->d->closed = at;
}

static void put_links(struct making *m)
{
	struct strbuf *f = &m->d->fields;
	char url[160];
	if (strcmp(m->type->channel, "monitor") == 0)
		return;
	snprintf(url, sizeof url, "https://cam.sonla.example/anh/%s.jpg", m->d->id);
	jot_text(f, "image_url", url);
	if (rng_percent(&m->r, 70)) {
		snprintf(url, sizeof url, "https://cam.sonla.example/clip/%s.mp4", m->d->id);
		jot_text(f, "clip_url", url);
	}
	jot_time(f, "url_expires_at", rhythm_midnight(m->p->created) + 30 * DAY);
	sketch_attach(m->d, "anh-1.jpg", "image/jpeg", rng_between(&m->r, 60000, 420000));
}

static void put_fields(struct making *m)
{
	struct strbuf *f = &m->d->fields;
	bool repeats = m->type->plate == PLATE_NONE && rng_percent(&m->r, 40);
	int64_t count = repeats ? rng_between(&m->r, 2, 14) : 1;
	int64_t last = m->p->created + (count - 1) * rng_between(&m->r, 8, 70) * SECOND;
	jot_text(f, "camera", m->camera->code);
	jot_time(f, "last_at", last < m->p->until ? last : m->p->until);
	jot_int(f, "count", count);
	jot_key(f, "score");
	strbuf_addf(f, "0.%s", m->score + 2);
	jot_text(f, "plate", m->plate);
	if (m->plate[0]) {
		jot_text(f, "vehicle", m->vehicle);
		char lane[4];
		snprintf(lane, sizeof lane, "%d", (int)rng_between(&m->r, 1, 3));
		jot_text(f, "lane", lane);
	}
	if (m->acked != CLOCK_NONE) {
		jot_text(f, "ack_by", m->d->events[1].by);
		jot_time(f, "ack_at", m->acked);
	}
	jot_text(f, "reason", m->reason);
	jot_text(f, "case_id", m->p->complaint);
	jot_flag(f, "restricted", m->camera->restricted || m->type->category->restricted);
	put_links(m);
}

static void name_alert(const struct making *m)
{
	int64_t days = (rhythm_midnight(m->p->created) + 7 * HOUR) / DAY;
	int year, month, mday;
	clock_date(days, &year, &month, &mday);
	snprintf(m->d->id, sizeof m->d->id, "%s-%04d%02d%02d-%06lld", m->camera->code, year,
		 month, mday, (long long)m->p->serial);
}

void alert_make(const struct alerts *x, const struct alert_plan *p, struct sketch *d)
{
	struct making m = {.x = x, .p = p, .d = d, .acked = CLOCK_NONE};
	sketch_start(d, &kind_alert);
	choose(&m);
	name_alert(&m);
	d->created = p->created;
	d->due = p->created + m.type->category->accept;
	d->area = m.camera->area;
	d->category = m.type->id;
	d->channel = m.type->channel;
	d->severity = m.type->category->severity;
	d->placed = true;
	d->lat = m.camera->lat;
	d->lon = m.camera->lon;
	strbuf_adds(&d->address, m.camera->place);
	phrase_say(m.type->title, &m.r, &m.slots, &d->title);
	phrase_say(x->body, &m.r, &m.slots, &d->body);
	make_past(&m);
	put_fields(&m);
	if (p->complaint)
		sketch_link(d, "complaint", p->complaint, "lien-quan");
}
