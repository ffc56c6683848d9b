/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/dossier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "demo/jot.h"
#include "demo/streams.h"
#include "demo/text.h"
#include "model/kinds.h"

#define NOTES_MOST 64

struct dossiers {
	const struct city *city;
	struct yaml *file;
	struct grammar grammar;
	struct {
		const char *about; /* code of a procedure or of a field */
		const struct phrase *says;
	} notes[NOTES_MOST];
	size_t note_count;
	const struct phrase *registered, *counter, *says[DOSSIER_MOVES];
};

/* --- reading ------------------------------------------------------------------------------ */

static int read_file(struct dossiers *x, struct err *e)
{
	const struct yaml_node *root = yaml_root(x->file), *notes = yaml_get(root, "notes");
	size_t n = yaml_count(notes);
	if (grammar_open(&x->grammar, x->file, e) < 0)
		return -1;
	if (n > NOTES_MOST)
		return yaml_error(x->file, notes, e, "more than %d notes", NOTES_MOST);
	for (size_t i = 0; i < n; i++) {
		x->notes[i].about = yaml_key(notes, i);
		x->notes[i].says = grammar_phrase(&x->grammar, yaml_at(notes, i), e);
		if (!x->notes[i].says)
			return -1;
	}
	x->note_count = n;
	for (int i = 0; i < DOSSIER_MOVES; i++) {
		x->says[i] = grammar_member(&x->grammar, root, dossier_moves[i].says, e);
		if (!x->says[i])
			return -1;
	}
	x->registered = grammar_member(&x->grammar, root, "registered", e);
	x->counter = x->registered ? grammar_member(&x->grammar, root, "counter", e) : NULL;
	return x->counter ? 0 : -1;
}

struct dossiers *dossiers_load(const char *data_dir, const struct city *c, struct err *e)
{
	struct yaml *y = city_file(data_dir, "demo", "dossiers", e);
	if (!y)
		return NULL;
	struct dossiers *x = xcalloc(1, sizeof *x);
	x->city = c;
	x->file = y;
	if (read_file(x, e) < 0) {
		dossiers_free(x);
		return NULL;
	}
	return x;
}

void dossiers_free(struct dossiers *x)
{
	if (!x)
		return;
	grammar_free(&x->grammar);
	yaml_free(x->file);
	free(x);
}

const struct phrase *dossier_says(const struct dossiers *x, enum dossier_move move)
{
	return x->says[move];
}

/* --- facts -------------------------------------------------------------------------------- */

static const struct procedure *draw_procedure(const struct dossiers *x,
					      const struct dossier_plan *p, struct rng *r)
{
	const struct city *c = x->city;
	rng_start(r, c->seed, p->stream, p->number);
	return &c->procedures[rng_pick(r, c->procedure_sums, c->procedure_count)];
}

const struct procedure *dossier_procedure(const struct dossiers *x,
					  const struct dossier_plan *p)
{
	struct rng r;
	return draw_procedure(x, p, &r);
}

/* Received after 15:00, a same-day dossier is due on the next working day. */
#define SAME_DAY_UNTIL (5 * HOUR + 30 * MINUTE)

int64_t dossier_due(const struct procedure *procedure, int64_t work)
{
	if (!procedure->same_day)
		return work + procedure->limit;
	int64_t end = office_day_end(work);
	return work % WORKDAY > SAME_DAY_UNTIL ? end + WORKDAY : end;
}

struct making {
	const struct dossiers *x;
	const struct dossier_plan *p;
	struct sketch *d;
	struct rng r;
	const struct procedure *procedure;
	const struct place *place;
	struct person applicant, child, officer, clerk, leader;
	const struct unit *unit, *desk, *helped;
	const char *area;
	const char *beyond; /* the commune's name, where it is not of the city */
	char fee[24];
	struct spot spot;
	struct slots slots;
	int64_t at, due;                                  /* office time */
	int64_t received, registered, finished, returned; /* instants */
	int64_t paused;
	int supplements;
	bool online, posted;
};

static bool is(const struct making *m, const char *state)
{
	return strcmp(m->p->state, state) == 0;
}

/* Since 01/7/2025 one may hand in anywhere in the province. */
static void choose_desk(struct making *m)
{
	const struct city *c = m->x->city;
	const struct task counter = {ROLE_HC, NULL};
	m->place = places_pick(c->places, &m->r);
	m->area = place_area(m->place, m->received);
	m->unit = city_doer(c, &m->procedure->goal, m->place, m->received);
	m->desk = city_doer(c, &counter, m->place, m->received);
	if (m->received >= PLACES_REDRAWN && rng_percent(&m->r, 7)) {
		char code[32];
		m->area = places_beyond(c->places, &m->r);
		snprintf(code, sizeof code, "UB-%s", m->area);
		m->desk = city_unit(c, code) ? city_unit(c, code) : m->desk;
		if (m->procedure->goal.role != ROLE_UNIT)
			m->unit = m->desk;
		m->beyond = strchr(m->desk->title, ' ');
		m->beyond = m->beyond ? m->beyond + 1 : m->desk->title;
	}
	m->helped = rng_percent(&m->r, 11)
			    ? city_doer(c, &counter, places_pick(c->places, &m->r), m->received)
			    : m->desk;
}

static const char *last_word(const char *name)
{
	const char *blank = strrchr(name, ' ');
	return blank ? blank + 1 : name;
}

static void fill_slots(struct making *m)
{
	int64_t fee = m->procedure->fee;
	if (fee >= 1000)
		snprintf(m->fee, sizeof m->fee, "%d.%03d", (int)(fee / 1000),
			 (int)(fee % 1000));
	else
		snprintf(m->fee, sizeof m->fee, "%d", (int)fee);
	m->slots.text[SLOT_NAME] = m->applicant.name;
	m->slots.text[SLOT_NAME_LAST] = last_word(m->applicant.name);
	m->slots.text[SLOT_CHILD] = m->child.name;
	m->slots.text[SLOT_PROCEDURE] = m->procedure->say;
	m->slots.text[SLOT_UNIT] = m->unit->short_name;
	m->slots.text[SLOT_OFFICER] = m->officer.name;
	m->slots.text[SLOT_FEE] = m->fee;
}

static void choose(struct making *m)
{
	const struct city *c = m->x->city;
	m->procedure = draw_procedure(m->x, m->p, &m->r);
	m->received = office_at(c->office, m->p->work);
	choose_desk(m);
	people_meet(c->people, &m->r, &m->applicant);
	do /* it may be whom the applicant marries */
		people_meet(c->people, &m->r, &m->child);
	while (m->child.woman == m->applicant.woman);
	people_officer(c->people, &m->r, c->seed, m->unit->code, &m->officer);
	people_officer(c->people, &m->r, c->seed, m->desk->code, &m->clerk);
	people_head(c->people, c->seed, m->unit->code, &m->leader);
	unsigned online = strcmp(m->procedure->category, "chung-thuc") == 0 ? 58 : 91;
	m->online = rng_percent(&m->r, online) || is(m, "1");
	m->posted = !m->online && rng_percent(&m->r, 7);
	places_spot(c->places, m->place, m->received, &m->r, &m->spot, &m->slots);
	if (m->beyond)
		m->slots.text[SLOT_TO] = m->slots.text[SLOT_WARD] = m->slots.text[SLOT_STREET] =
			m->beyond;
	fill_slots(m);
}

static void name_dossier(const struct making *m)
{
	int year, month, mday;
	int64_t day = m->p->submitted ? m->p->submitted
				      : office_at(m->x->city->office, m->p->work);
	clock_date((rhythm_midnight(day) + 7 * HOUR) / DAY, &year, &month, &mday);
	const char *org = *m->desk->org_code ? m->desk->org_code : "H52";
	if (m->procedure->linked && year >= 2026)
		snprintf(m->d->id, sizeof m->d->id, "H52-%04d%02d%02d-%07lld", year, month,
			 mday, (long long)m->p->serial);
	else
		snprintf(m->d->id, sizeof m->d->id, "%s-%02d%02d%02d-%04lld", org, year % 100,
			 month, mday, (long long)m->p->serial);
}

/* --- the past ----------------------------------------------------------------------------- */

/* The instant of m->at, a little after the event before; what is not late comes to its end
 * before the deadline. */
static int64_t now_at(struct making *m)
{
	const struct office *o = m->x->city->office;
	int64_t t = office_at(o, m->at) + (int64_t)rng_below(&m->r, 1000), latest = m->p->until;
	if (m->d->event_count && t <= m->d->events[m->d->event_count - 1].at)
		t = m->d->events[m->d->event_count - 1].at + rng_between(&m->r, 1, 40 * SECOND);
	if (!m->p->late && m->finished == CLOCK_NONE && office_at(o, m->due) < latest)
		latest = office_at(o, m->due);
	return t < latest ? t : latest;
}

static int64_t walk(struct making *m, enum dossier_move which)
{
	const struct move *move = &dossier_moves[which];
	const char *by = move->who == WHO_CITIZEN                            ? "Công dân"
			 : move->who == WHO_LEADER                           ? m->leader.name
			 : which == DOSSIER_RECEIVE || which == DOSSIER_HAND ? m->clerk.name
									     : m->officer.name;
	int64_t t = now_at(m);
	sketch_event(m->d, t, by, move->action, move->to);
	phrase_say(m->x->says[which], &m->r, &m->slots, &m->d->texts);
	return t;
}

static void first_event(struct making *m)
{
	m->registered = m->received;
	if (is(m, "1") && m->p->submitted)
		m->registered = m->received = m->p->submitted;
	else if (is(m, "1"))
		m->registered = m->received = m->p->until -
					      rng_between(&m->r, 4 * MINUTE, 9 * HOUR);
	else if (m->online)
		m->registered -= rng_between(&m->r, 6 * MINUTE, 15 * HOUR);
	else
		m->registered -= rng_between(&m->r, 2 * MINUTE, 9 * MINUTE);
	sketch_event(m->d, m->registered, m->online ? "Công dân" : m->clerk.name,
		     m->online ? "Nộp trực tuyến" : "Nộp tại quầy", "1");
	m->d->events[0].from = NULL;
	phrase_say(m->online ? m->x->registered : m->x->counter, &m->r, &m->slots,
		   &m->d->texts);
}

/* A share of the time that is left until the deadline. */
static void wait(struct making *m, int64_t least, int64_t most)
{
	m->at += (m->due - m->at) / 100 * rng_between(&m->r, least, most);
}

/* The clock stands still while the applicant has it, so the deadline moves on. */
static void pause_for(struct making *m, enum dossier_move ask, enum dossier_move back)
{
	int64_t room = office_work(m->x->city->office, m->p->until) - m->at;
	int64_t length = rng_between(&m->r, 40 * MINUTE, 3 * WORKDAY);
	if (length > room / 3)
		length = room / 3;
	int64_t from = walk(m, ask);
	m->at += length;
	m->due += length;
	m->paused += (walk(m, back) - from) / SECOND;
	m->supplements += ask == DOSSIER_SUPPLEMENT;
}

static void detours(struct making *m)
{
	if (m->p->plain)
		return;
	if (rng_percent(&m->r, 5)) {
		wait(m, 10, 30);
		pause_for(m, DOSSIER_SUPPLEMENT, DOSSIER_SUPPLIED);
	}
	if (m->procedure->fee && m->online && rng_percent(&m->r, 15)) {
		wait(m, 5, 15);
		pause_for(m, DOSSIER_CHARGE, DOSSIER_PAID);
	}
}

static void finish(struct making *m)
{
	wait(m, 10, 60);
	walk(m, DOSSIER_SIGN);
	if (m->p->late) {
		m->at = m->due + rng_between(&m->r, -HOUR, 0);
		walk(m, DOSSIER_SORRY);
		m->at = m->due + WORKDAY + rng_between(&m->r, HOUR, 5 * HOUR);
	} else {
		wait(m, 15, 85);
	}
	m->finished = walk(m, DOSSIER_DONE);
	m->d->closed = m->finished;
	if (is(m, "9"))
		return;
	m->at += rng_between(&m->r, 10 * MINUTE, 2 * WORKDAY);
	m->returned = walk(m, DOSSIER_HAND);
}

/* Whatever comes after "being processed". */
static void end(struct making *m)
{
	if (is(m, "5") || is(m, "6")) {
		wait(m, 5, 30);
		walk(m, is(m, "5") ? DOSSIER_SUPPLEMENT : DOSSIER_CHARGE);
		m->supplements += is(m, "5");
	} else if (is(m, "7") || is(m, "8")) {
		wait(m, 20, 80);
		m->d->closed = walk(m, is(m, "7") ? DOSSIER_WITHDRAW : DOSSIER_STOP);
	} else if (is(m, "9") || is(m, "10")) {
		detours(m);
		finish(m);
	}
}

static void make_past(struct making *m)
{
	m->at = m->p->work;
	m->due = dossier_due(m->procedure, m->at);
	m->finished = m->returned = CLOCK_NONE;
	first_event(m);
	if (is(m, "1")) {
		m->due = office_work(m->x->city->office, m->received) + WORKDAY;
		return;
	}
	if (is(m, "3")) {
		m->d->closed = walk(m, DOSSIER_REFUSE);
		return;
	}
	walk(m, DOSSIER_RECEIVE);
	if (is(m, "2"))
		return;
	wait(m, 2, 9);
	walk(m, DOSSIER_PROCESS);
	end(m);
}

/* --- the record --------------------------------------------------------------------------- */

static void put_fields(struct making *m)
{
	struct strbuf *f = &m->d->fields;
	jot_text(f, "procedure", m->procedure->code);
	jot_text(f, "applicant_name", m->applicant.name);
	jot_text(f, "applicant_phone", m->applicant.phone);
	jot_text(f, "applicant_type", m->procedure->who);
	jot_text(f, "helped_at", m->helped->code);
	jot_text(f, "received_by", m->desk->code);
	if (!is(m, "1"))
		jot_text(f, "officer", m->officer.name);
	jot_time(f, "registered_at", m->registered);
	jot_time(f, "finished_at", m->finished);
	jot_time(f, "returned_at", m->returned);
	if (m->paused)
		jot_int(f, "paused_s", m->paused);
	jot_int(f, "supplement_count", m->supplements);
	if (m->p->late)
		jot_int(f, "extended_count", 1);
	jot_int(f, "fee", m->procedure->fee);
	if (m->returned != CLOCK_NONE && rng_percent(&m->r, 30)) {
		static const unsigned stars[] = {1, 2, 6, 24, 100};
		jot_int(f, "rating", (int64_t)rng_pick(&m->r, stars, 5) + 1);
	}
}

static void put_body(struct making *m)
{
	const struct dossiers *x = m->x;
	bool said = rng_percent(&m->r, 20); /* many write nothing */
	for (size_t i = 0; i < x->note_count && !said; i++)
		if (strcmp(x->notes[i].about, m->procedure->code) == 0 ||
		    strcmp(x->notes[i].about, m->procedure->category) == 0) {
			phrase_say(x->notes[i].says, &m->r, &m->slots, &m->d->body);
			said = true;
		}
}

/* The address of somebody from beyond the city is but the name of the commune. */
static void put_address(struct making *m)
{
	if (m->beyond)
		strbuf_addf(&m->d->address, "%s, tỉnh Sơn La", m->beyond);
	else
		places_address(m->x->city->places, &m->spot, m->received, &m->r, &m->slots,
			       &m->d->address);
	text_capital(&m->d->address, 0);
}

void dossier_make(const struct dossiers *x, const struct dossier_plan *p, struct sketch *d)
{
	struct making m = {.x = x, .p = p, .d = d, .spot = SPOT_INIT};
	sketch_start(d, &kind_dossier);
	choose(&m);
	name_dossier(&m);
	make_past(&m);
	d->created = m.received;
	d->due = office_at(x->city->office, m.due);
	d->area = m.area;
	d->unit = m.unit->code;
	d->category = m.procedure->category;
	d->channel = m.online ? "2" : m.posted ? "3" : "1";
	strbuf_adds(&d->title, m.procedure->title);
	put_address(&m);
	put_body(&m);
	put_fields(&m);
	if (m.online)
		sketch_attach(d, "to-khai.pdf", "application/pdf",
			      rng_between(&m.r, 40000, 900000));
	strbuf_free(&m.spot.at);
}
