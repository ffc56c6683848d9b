/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/change.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/member.h"
#include "demo/text.h"
#include "model/kinds.h"

struct change {
	const struct world *w;
	const struct kind *kind;
	const struct move *move;
	size_t index; /* in the workflow's table */
	int64_t at;
	struct rng *r;
	json_t *record;
	const struct unit *unit;
	struct person officer, head;
	const char *staff;
	char by[80]; /* a copy: the record's own texts change under the move */
};

static void set_text(const struct change *c, const char *key, const char *s)
{
	json_object_set_new(c->record, key, json_string(s));
}

static void set_time(const struct change *c, const char *key, int64_t t)
{
	char buf[CLOCK_TEXT];
	clock_format_utc(t, buf);
	set_text(c, key, buf);
}

static int64_t get_time(const struct change *c, const char *key)
{
	const char *s = member_text(c->record, key);
	int64_t t;
	return clock_parse(s, strlen(s), &t) == 0 ? t : CLOCK_NONE;
}

static void add_one(const struct change *c, const char *key)
{
	json_int_t n = json_integer_value(json_object_get(c->record, key));
	json_object_set_new(c->record, key, json_integer(n + 1));
}

/* --- actors ------------------------------------------------------------------------------- */

static const struct unit *find_unit(const struct change *c)
{
	const struct unit *u = city_unit(c->w->city, member_text(c->record, "unit"));
	const char *category = member_text(c->record, "category"),
		   *area = member_text(c->record, "area");
	if (u)
		return u;
	if (c->kind == &kind_alert)
		return alert_receiver(c->w->alerts, category, area, c->at);
	return complaint_unit(c->w->complaints, category, area, c->at);
}

static const char *find_actor(struct change *c)
{
	const struct city *city = c->w->city;
	const char *known = member_text(c->record, "officer");
	switch (c->move->who) {
	case WHO_CITIZEN:
		return "Công dân";
	case WHO_STAFF:
		return c->staff;
	case WHO_LEADER:
		people_head(city->people, city->seed, c->unit->code, &c->head);
		return c->head.name;
	case WHO_OFFICER:
		return *known ? known : c->officer.name;
	case WHO_SYSTEM:
		break;
	}
	return "Hệ thống";
}

static void find_actors(struct change *c)
{
	const struct city *city = c->w->city;
	c->unit = find_unit(c);
	people_officer(city->people, c->r, city->seed, c->unit->code, &c->officer);
	c->staff = people_staff(city->people, c->r);
	snprintf(c->by, sizeof c->by, "%s", find_actor(c));
}

/* --- what moves do ------------------------------------------------------------------------ */

static void close_complaint(const struct change *c)
{
	struct strbuf result = STRBUF_INIT;
	complaint_result(c->w->complaints, member_text(c->record, "category"), c->r, &result);
	set_time(c, "closed_at", c->at);
	if (result.len)
		set_text(c, "result", result.s);
	strbuf_free(&result);
}

static void change_complaint(const struct change *c)
{
	switch ((enum complaint_move)c->index) {
	case COMPLAINT_ASSIGN:
		set_text(c, "unit", c->unit->code);
		break;
	case COMPLAINT_RETURN:
		json_object_del(c->record, "unit");
		add_one(c, "returned_count");
		break;
	case COMPLAINT_TAKE:
		set_text(c, "officer", c->by);
		break;
	case COMPLAINT_APPROVE:
		close_complaint(c);
		break;
	case COMPLAINT_EXPIRE:
	case COMPLAINT_REJECT:
	case COMPLAINT_REFER:
		set_time(c, "closed_at", c->at);
		break;
	case COMPLAINT_REOPEN:
		json_object_del(c->record, "closed_at");
		break;
	case COMPLAINT_CONFIRM:
		if (rng_percent(c->r, 45))
			json_object_set_new(c->record, "rating",
					    json_integer(rng_between(c->r, 3, 5)));
		break;
	default:
		break;
	}
}

/* The office clock stood still since the last entry of the history. */
static void resume_dossier(const struct change *c)
{
	const struct office *o = c->w->city->office;
	const json_t *history = json_object_get(c->record, "history");
	const json_t *last = json_array_get(history, json_array_size(history) - 1);
	const char *since = member_text(last, "at");
	int64_t from, due = get_time(c, "due_at");
	if (clock_parse(since, strlen(since), &from) < 0 || due == CLOCK_NONE)
		return;
	int64_t paused = office_work(o, c->at) - office_work(o, from);
	json_int_t before = json_integer_value(json_object_get(c->record, "paused_s"));
	set_time(c, "due_at", office_at(o, office_work(o, due) + paused));
	json_object_set_new(c->record, "paused_s",
			    json_integer(before + (c->at - from) / SECOND));
}

static void receive_dossier(const struct change *c)
{
	const struct city *city = c->w->city;
	const char *code = member_text(c->record, "procedure");
	set_time(c, "created_at", c->at);
	set_text(c, "officer", c->by);
	for (size_t i = 0; i < city->procedure_count; i++)
		if (strcmp(city->procedures[i].code, code) == 0)
			set_time(c, "due_at",
				 office_at(city->office,
					   dossier_due(&city->procedures[i],
						       office_work(city->office, c->at))));
}

static void change_dossier(const struct change *c)
{
	switch ((enum dossier_move)c->index) {
	case DOSSIER_RECEIVE:
		receive_dossier(c);
		break;
	case DOSSIER_SUPPLEMENT:
		add_one(c, "supplement_count");
		break;
	case DOSSIER_SUPPLIED:
	case DOSSIER_PAID:
		resume_dossier(c);
		break;
	case DOSSIER_DONE:
		set_time(c, "finished_at", c->at);
		set_time(c, "closed_at", c->at);
		break;
	case DOSSIER_HAND:
		set_time(c, "returned_at", c->at);
		break;
	case DOSSIER_REFUSE:
	case DOSSIER_WITHDRAW:
	case DOSSIER_STOP:
		set_time(c, "closed_at", c->at);
		break;
	default:
		break;
	}
}

static void acknowledge(const struct change *c)
{
	set_text(c, "ack_by", c->by);
	set_time(c, "ack_at", c->at);
}

static void change_alert(const struct change *c)
{
	static const char *const reasons[] = {"bao-nham", "trung", "khong-du-ro"};
	switch ((enum alert_move)c->index) {
	case ALERT_DISMISS:
		set_text(c, "reason", reasons[rng_below(c->r, 3)]);
		set_time(c, "closed_at", c->at);
		acknowledge(c);
		break;
	case ALERT_CONFIRM:
		acknowledge(c);
		break;
	case ALERT_FORWARD:
		set_text(c, "unit", c->unit->code);
		break;
	case ALERT_CLOSE:
		set_time(c, "closed_at", c->at);
		break;
	case ALERT_MOVES:
		break;
	}
}

/* --- history ------------------------------------------------------------------------------ */

static const struct phrase *says(const struct change *c)
{
	if (c->kind == &kind_complaint)
		return complaint_says(c->w->complaints, (enum complaint_move)c->index);
	if (c->kind == &kind_dossier)
		return dossier_says(c->w->dossiers, (enum dossier_move)c->index);
	if (c->kind == &kind_alert)
		return alert_says(c->w->alerts, (enum alert_move)c->index);
	return call_says(c->w->calls, (enum call_move)c->index);
}

static void add_history(const struct change *c)
{
	struct slots s = {0};
	struct strbuf b = STRBUF_INIT;
	char at[CLOCK_TEXT];
	s.text[SLOT_UNIT] = c->unit->short_name;
	s.text[SLOT_OFFICER] = c->officer.name;
	s.text[SLOT_STAFF] = c->staff;
	s.text[SLOT_CHANNEL] = "ứng dụng";
	s.text[SLOT_MARK] = "nhà văn hóa";
	s.text[SLOT_FEE] = "phí";
	if (says(c))
		phrase_say(says(c), c->r, &s, &b);
	clock_format_utc(c->at, at);
	json_t *history = json_object_get(c->record, "history");
	if (!json_is_array(history)) {
		history = json_array();
		json_object_set_new(c->record, "history", history);
	}
	json_t *entry = json_pack("{s:s, s:s, s:s}", "at", at, "by", c->by, "action",
				  c->move->action);
	if (c->move->to) {
		json_object_set_new(entry, "from", json_string(c->move->from));
		json_object_set_new(entry, "to", json_string(c->move->to));
	}
	if (b.len)
		json_object_set_new(entry, "text", json_string(b.s));
	json_array_append_new(history, entry);
	strbuf_free(&b);
}

void change_record(const struct world *w, const struct kind *k, const struct move *move,
		   int64_t at, struct rng *r, json_t *record)
{
	size_t count;
	const struct move *table = workflow_moves(k, &count);
	struct change c = {.w = w, .kind = k, .move = move, .at = at, .r = r, .record = record};
	c.index = (size_t)(move - table);
	find_actors(&c);
	if (k == &kind_complaint)
		change_complaint(&c);
	else if (k == &kind_dossier)
		change_dossier(&c);
	else if (k == &kind_alert)
		change_alert(&c);
	else
		set_time(&c, "closed_at", at);
	add_history(&c);
	if (move->to)
		set_text(&c, "state", move->to);
	set_time(&c, "updated_at", at);
}
