/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "demo/jot.h"
#include "demo/streams.h"
#include "demo/text.h"
#include "model/kinds.h"

#define INTENTS_MOST 32

struct intent {
	const struct category *category;
	bool looks_up, complains;
	const struct phrase *title, *ask, *answer;
};
struct calls {
	const struct city *city;
	struct yaml *file;
	struct grammar grammar;
	struct intent intents[INTENTS_MOST];
	unsigned sums[INTENTS_MOST];
	size_t intent_count;
	const struct phrase *greeting, *sorry, *mumble, *bye, *goodbye, *to_person, *person,
		*person_answer, *missed, *call_back, *nuisance, *problems;
};

/* --- reading ------------------------------------------------------------------------------ */

static int read_intent(struct calls *x, const struct yaml_node *n, struct err *e)
{
	size_t i = x->intent_count++;
	struct intent *t = &x->intents[i];
	const char *id = "";
	int64_t weight = 1;
	if (yaml_get_text(x->file, n, "id", &id, e) < 0 ||
	    yaml_get_int(x->file, n, "weight", 1, 100, &weight, e) < 0 ||
	    yaml_get_bool(x->file, n, "looks-up", &t->looks_up, e) < 0 ||
	    yaml_get_bool(x->file, n, "complains", &t->complains, e) < 0)
		return -1;
	x->sums[i] = (unsigned)weight + (i ? x->sums[i - 1] : 0);
	t->category = city_category(x->city, id);
	if (!t->category)
		return yaml_error(x->file, n, e, "no category \"%s\"", id);
	t->title = grammar_member(&x->grammar, n, "title", e);
	t->ask = t->title ? grammar_member(&x->grammar, n, "ask", e) : NULL;
	t->answer = t->ask ? grammar_member(&x->grammar, n, "answer", e) : NULL;
	return t->answer ? 0 : -1;
}

static int read_shared(struct calls *x, const struct yaml_node *root, struct err *e)
{
	const struct {
		const char *key;
		const struct phrase **to;
	} all[] = {
		{"greeting", &x->greeting}, {"sorry", &x->sorry},
		{"mumble", &x->mumble},     {"bye", &x->bye},
		{"goodbye", &x->goodbye},   {"to-person", &x->to_person},
		{"person", &x->person},     {"person-answer", &x->person_answer},
		{"missed", &x->missed},     {"call-back", &x->call_back},
		{"nuisance", &x->nuisance}, {"problems", &x->problems},
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (!(*all[i].to = grammar_member(&x->grammar, root, all[i].key, e)))
			return -1;
	return 0;
}

static int read_file(struct calls *x, struct err *e)
{
	const struct yaml_node *root = yaml_root(x->file), *intents = yaml_get(root, "intents");
	size_t n = yaml_count(intents);
	if (n == 0 || n > INTENTS_MOST)
		return yaml_error(x->file, root, e, "intents must be a list of 1 to %d",
				  INTENTS_MOST);
	if (grammar_open(&x->grammar, x->file, e) < 0 || read_shared(x, root, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (read_intent(x, yaml_at(intents, i), e) < 0)
			return -1;
	return 0;
}

struct calls *calls_load(const char *data_dir, const struct city *c, struct err *e)
{
	struct yaml *y = city_file(data_dir, "demo", "calls", e);
	if (!y)
		return NULL;
	struct calls *x = xcalloc(1, sizeof *x);
	x->city = c;
	x->file = y;
	if (read_file(x, e) < 0) {
		calls_free(x);
		return NULL;
	}
	return x;
}

void calls_free(struct calls *x)
{
	if (!x)
		return;
	grammar_free(&x->grammar);
	yaml_free(x->file);
	free(x);
}

const struct phrase *call_says(const struct calls *x, enum call_move move)
{
	(void)move;
	return x->call_back;
}

/* --- making ------------------------------------------------------------------------------- */

struct making {
	const struct calls *x;
	const struct call_plan *p;
	struct sketch *d;
	struct rng r;
	const struct intent *intent;
	const struct procedure *procedure;
	struct person caller;
	const char *staff, *state;
	char dossier[SKETCH_ID];
	struct spot spot;
	struct slots slots;
	struct strbuf problem, talk;
	int64_t lines, fallbacks; /* of the talk */
	bool person;              /* somebody of the centre speaks */
};

static bool is(const struct making *m, const char *state)
{
	return strcmp(m->p->state, state) == 0;
}

static const struct intent *by_code(const struct calls *x, const char *code)
{
	for (size_t i = 0; i < x->intent_count; i++)
		if (strcmp(x->intents[i].category->code, code) == 0)
			return &x->intents[i];
	return &x->intents[0];
}

/* The outcome and the intent belong together. */
static const struct intent *choose_intent(struct making *m)
{
	if (m->p->complaint || is(m, "tao_phan_anh"))
		return by_code(m->x, "bao-phan-anh");
	if (is(m, "tra_cuu_ho_so"))
		return by_code(m->x, "tra-cuu-ho-so");
	if (is(m, "khong_hieu") || is(m, "quay_roi"))
		return by_code(m->x, "khac-khong-hieu");
	bool bot = is(m, "tra_loi_xong");
	for (int tries = 0; tries < 1000; tries++) {
		const struct intent *t =
			&m->x->intents[rng_pick(&m->r, m->x->sums, m->x->intent_count)];
		if (!t->looks_up &&
		    !(bot && strcmp(t->category->code, "gap-tong-dai-vien") == 0))
			return t;
	}
	return &m->x->intents[0];
}

static void choose_dossier(struct making *m)
{
	int year, month, mday;
	if (m->p->dossier) {
		snprintf(m->dossier, sizeof m->dossier, "%s", m->p->dossier);
		return;
	}
	clock_date((rhythm_midnight(m->p->created) + 7 * HOUR) / DAY - 3, &year, &month, &mday);
	snprintf(m->dossier, sizeof m->dossier, "H52.%d-%02d%02d%02d-%04d",
		 (int)rng_between(&m->r, 21, 24), year % 100, month, mday,
		 (int)rng_between(&m->r, 1, 40));
}

static void fill_slots(struct making *m)
{
	const struct city *c = m->x->city;
	const struct place *place = places_pick(c->places, &m->r);
	places_spot(c->places, place, m->p->created, &m->r, &m->spot, &m->slots);
	m->staff = people_staff(c->people, &m->r);
	m->slots.text[SLOT_STAFF] = m->staff;
	m->slots.text[SLOT_DOSSIER] = m->dossier;
	m->slots.text[SLOT_PROCEDURE] = m->procedure->say;
	const struct task counter = {ROLE_HC, NULL};
	m->slots.text[SLOT_UNIT] = city_doer(c, &counter, place, m->p->created)->short_name;
	if (m->p->problem)
		strbuf_adds(&m->problem, m->p->problem);
	else
		phrase_add(m->x->problems, &m->r, &m->slots, &m->problem);
	m->slots.text[SLOT_PROBLEM] = m->problem.s;
}

static void choose(struct making *m)
{
	const struct city *c = m->x->city;
	rng_start(&m->r, c->seed, m->p->stream, m->p->number);
	people_meet(c->people, &m->r, &m->caller);
	m->intent = choose_intent(m);
	m->procedure = m->p->procedure;
	if (!m->procedure)
		m->procedure =
			&c->procedures[rng_pick(&m->r, c->procedure_sums, c->procedure_count)];
	choose_dossier(m);
	fill_slots(m);
}

static void line(struct making *m, const struct phrase *p)
{
	size_t start = m->talk.len;
	phrase_say(p, &m->r, &m->slots, &m->talk);
	if (m->talk.len == start)
		return;
	strbuf_addc(&m->talk, '\n');
	m->lines++;
}

static void not_understood(struct making *m, int64_t times)
{
	for (int64_t i = 0; i < times; i++) {
		line(m, m->x->mumble);
		line(m, m->x->sorry);
		m->fallbacks++;
	}
}

static void talk_to_person(struct making *m)
{
	line(m, m->x->to_person);
	if (is(m, "chuyen_tdv_nho") || is(m, "da_goi_lai")) {
		line(m, m->x->missed);
		return;
	}
	m->person = true;
	line(m, m->x->person);
	line(m, m->intent->ask);
	line(m, m->x->person_answer);
	line(m, m->x->bye);
}

static void talk(struct making *m)
{
	line(m, m->x->greeting);
	if (is(m, "cup_may_som"))
		return;
	if (is(m, "quay_roi")) {
		line(m, m->x->nuisance);
		return;
	}
	if (is(m, "khong_hieu")) {
		not_understood(m, rng_between(&m->r, 2, 3));
		return;
	}
	line(m, m->intent->ask);
	not_understood(m, rng_percent(&m->r, 14) ? rng_between(&m->r, 1, 2) : 0);
	if (strncmp(m->p->state, "chuyen_tdv", 10) == 0 || is(m, "da_goi_lai")) {
		talk_to_person(m);
		return;
	}
	line(m, m->intent->answer);
	if (rng_percent(&m->r, 22)) {
		line(m, m->intent->ask);
		line(m, m->intent->answer);
	}
	line(m, m->x->bye);
	line(m, m->x->goodbye);
}

/* --- the record --------------------------------------------------------------------------- */

static int64_t seconds(const struct making *m, struct rng *r)
{
	if (is(m, "cup_may_som"))
		return rng_between(r, 2, 9);
	return 6 + m->lines * rng_between(r, 5, 13);
}

static void put_times(struct making *m, int64_t length, int64_t wait)
{
	struct strbuf *f = &m->d->fields;
	const struct office *office = m->x->city->office;
	int64_t answered = m->p->created + rng_between(&m->r, 900, 3800);
	int64_t ended = answered + (length + wait) * SECOND;
	ended = ended < m->p->until ? ended : m->p->until;
	jot_time(f, "answered_at", answered);
	jot_time(f, "ended_at", ended);
	if (is(m, "chuyen_tdv_nho") || is(m, "da_goi_lai"))
		m->d->due = office_at(office, office_work(office, ended) + 30 * MINUTE);
	jot_int(f, "duration_s", length + wait + 2);
	jot_int(f, "talk_s", length);
	if (wait)
		jot_int(f, "wait_s", wait);
}

static void put_bot(struct making *m)
{
	struct strbuf *f = &m->d->fields;
	static const char *const moods[] = {"bình thường", "hài lòng", "sốt ruột", "bực bội"};
	static const unsigned sums[] = {62, 84, 95, 100};
	jot_decimal(f, "intent_score",
		    is(m, "khong_hieu") ? 0.2 + 0.25 * rng_unit(&m->r)
					: 0.58 + 0.41 * rng_unit(&m->r),
		    2);
	jot_int(f, "bot_turns", m->lines / 2 + 1);
	jot_int(f, "fallback_count", m->fallbacks);
	if (m->person)
		jot_text(f, "handover_to", m->staff);
	bool cross = is(m, "khong_hieu") || is(m, "quay_roi");
	if (m->lines > 1)
		jot_text(f, "sentiment",
			 moods[cross ? 2 + rng_below(&m->r, 2) : rng_pick(&m->r, sums, 4)]);
}

static void put_fields(struct making *m)
{
	struct strbuf *f = &m->d->fields;
	bool handed = strncmp(m->p->state, "chuyen_tdv", 10) == 0 || is(m, "da_goi_lai");
	jot_text(f, "caller", m->p->phone ? m->p->phone : m->caller.phone);
	jot_text(f, "callee", "1022");
	put_times(m, seconds(m, &m->r), handed ? rng_between(&m->r, 6, 55) : 0);
	put_bot(m);
	if (m->lines > 1) {
		char url[160];
		snprintf(url, sizeof url, "https://tongdai.sonla.example/ghi-am/%s.ogg",
			 m->d->id);
		jot_text(f, "recording_url", url);
	}
	if (is(m, "tra_cuu_ho_so"))
		jot_text(f, "dossier_code", m->dossier);
	jot_text_n(f, "transcript", m->talk.s, m->talk.len ? m->talk.len - 1 : 0);
}

static void put_past(struct making *m)
{
	sketch_event(m->d, m->p->created, "Callbot", "Cuộc gọi đến",
		     is(m, "da_goi_lai") ? "chuyen_tdv_nho" : m->p->state);
	m->d->events[0].from = NULL;
	if (!is(m, "da_goi_lai")) {
		if (!is(m, "chuyen_tdv_nho"))
			m->d->closed = m->p->created;
		return;
	}
	int64_t at = m->p->created + rng_between(&m->r, 4 * MINUTE, 40 * MINUTE);
	m->d->closed = at < m->p->until ? at : m->p->until;
	sketch_event(m->d, m->d->closed, m->staff, call_moves[CALL_BACK].action, "da_goi_lai");
	phrase_say(m->x->call_back, &m->r, &m->slots, &m->d->texts);
}

static void put_title(struct making *m)
{
	if (is(m, "cup_may_som"))
		strbuf_adds(&m->d->title, "Cúp máy sớm, chưa nêu nội dung");
	else if (is(m, "quay_roi"))
		strbuf_adds(&m->d->title, "Gọi quấy rối, không có nội dung");
	else if (m->p->problem)
		strbuf_adds(&m->d->title, m->p->problem);
	else
		phrase_say(m->intent->title, &m->r, &m->slots, &m->d->title);
	text_capital(&m->d->title, 0);
}

void call_make(const struct calls *x, const struct call_plan *p, struct sketch *d)
{
	struct making m = {.x = x,
			   .p = p,
			   .d = d,
			   .spot = SPOT_INIT,
			   .problem = STRBUF_INIT,
			   .talk = STRBUF_INIT};
	sketch_start(d, &kind_call);
	snprintf(d->id, sizeof d->id, "%s", p->id);
	choose(&m);
	d->created = p->created;
	d->category = m.intent->category->code;
	d->unit = "IOC";
	d->area = place_area(m.spot.place, p->created);
	talk(&m);
	d->channel = m.person ? "hotline" : "callbot";
	put_title(&m);
	put_past(&m);
	put_fields(&m);
	if (p->complaint)
		sketch_link(d, "complaint", p->complaint,
			    is(&m, "tao_phan_anh") ? "tao-thanh" : "lien-quan");
	if (is(&m, "tra_cuu_ho_so") && p->dossier)
		sketch_link(d, "dossier", p->dossier, "tra-cuu");
	strbuf_free(&m.spot.at);
	strbuf_free(&m.problem);
	strbuf_free(&m.talk);
}
