/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing among rules, and taking them in from catalogues. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/yaml.h"
#include "deadline/rulebook_parts.h"
#include "model/kinds.h"

uint64_t rulebook_digest(uint64_t h, const void *data, size_t n)
{
	const unsigned char *s = data;
	for (size_t i = 0; i < n; i++)
		h = (h ^ s[i]) * UINT64_C(0x100000001b3);
	return h;
}

void rulebook_renew_version(struct rulebook *b)
{
	uint64_t h = b->file_digest ^ (b->rows_digest * UINT64_C(0x9e3779b97f4a7c15));
	free(b->version);
	b->version = xasprintf("%s.%08" PRIx32 " %s", b->file_version, (uint32_t)(h ^ h >> 32),
			       calendar_version(b->calendar));
}

bool clock_belongs(enum clock_kind clock, const struct kind *k)
{
	switch (clock) {
	case CLOCK_ACCEPT:
		return k == &kind_complaint || k == &kind_dossier;
	case CLOCK_HANDLE:
	case CLOCK_PUBLISH:
		return k == &kind_complaint;
	case CLOCK_RETURN:
		return k == &kind_dossier;
	case CLOCK_CALLBACK:
		return k == &kind_call;
	case CLOCK_ACKNOWLEDGE:
		return k == &kind_alert;
	case CLOCK_KIND_COUNT:
		break;
	}
	return false;
}

/* --- keeping rules ------------------------------------------------------------------------ */

static const char *make_id(struct rulebook *b, const struct rule *r)
{
	char day[16] = "";
	if (r->from != CLOCK_NONE) {
		struct clock_civil c = clock_local(r->from);
		snprintf(day, sizeof day, "@%04d-%02d-%02d", c.year % 10000, c.month % 100,
			 c.day % 100);
	}
	return arena_printf(&b->arena, "%s%s%s%s%s%s", r->kind, r->category ? "/" : "",
			    r->category ? r->category : "", r->flag ? "/" : "",
			    r->flag ? r->flag : "", day);
}

void rulebook_add(struct rulebook *b, const struct rule *rule, bool from_catalogue)
{
	const struct kind *k = kind_find(rule->kind);
	struct kind_rules *rules = &b->kinds[kind_index(k)];
	struct entry *x = arena_zero(&b->arena, sizeof *x);
	x->rule = *rule;
	x->flag = rule->flag ? kind_column(k, rule->flag) : -1;
	x->from_catalogue = from_catalogue;
	if (!x->rule.id)
		x->rule.id = make_id(b, rule);
	x->rule.stamp = arena_printf(&b->arena, "%s %s", x->rule.id,
				     calendar_version(b->calendar));
	if (!rule->category) {
		x->next = rules->others;
		rules->others = x;
		return;
	}
	x->next = strmap_get(&rules->by_category, rule->category);
	strmap_put(&rules->by_category, rule->category, x);
}

/* --- choosing ----------------------------------------------------------------------------- */

static bool holds_for(const struct entry *x, const struct record *r, int64_t t)
{
	if (x->rule.from != CLOCK_NONE && (t == CLOCK_NONE || t < x->rule.from))
		return false;
	if (x->rule.to != CLOCK_NONE && t != CLOCK_NONE && t >= x->rule.to)
		return false;
	return x->flag < 0 || (r && record_int(r, (size_t)x->flag, 0));
}

static int weight(const struct entry *x)
{
	return (x->flag >= 0) * 4 + (x->rule.category != NULL) * 2 + x->from_catalogue;
}

static bool wins(const struct entry *x, const struct entry *over)
{
	if (!over || weight(x) != weight(over))
		return !over || weight(x) > weight(over);
	return x->rule.from > over->rule.from;
}

static const struct entry *best(const struct entry *x, const struct record *r, int64_t t,
				const struct entry *found)
{
	for (; x; x = x->next)
		if (holds_for(x, r, t) && wins(x, found))
			found = x;
	return found;
}

static const struct entry *find(const struct rulebook *b, const struct kind *k,
				const char *category, const struct record *r, int64_t t)
{
	const struct kind_rules *rules = &b->kinds[kind_index(k)];
	const struct entry *x = best(rules->others, r, t, NULL);
	if (*category)
		x = best(strmap_get(&rules->by_category, category), r, t, x);
	return x;
}

/* Dossiers go by their procedure. */
static const char *category_of(const struct rulebook *b, const struct record *r)
{
	return record_text(r, r->kind == &kind_dossier ? b->at.procedure : COL_CATEGORY);
}

const struct rule *rulebook_rule(const struct rulebook *b, const struct record *r)
{
	if (r->kind->catalogue)
		return NULL;
	int64_t received = record_int(r, COL_CREATED_AT, CLOCK_NONE);
	if (received == CLOCK_NONE && r->kind == &kind_dossier)
		received = record_int(r, b->at.registered_at, CLOCK_NONE);
	const struct entry *x = find(b, r->kind, category_of(b, r), r, received);
	return x ? &x->rule : NULL;
}

const struct worktime *rule_hours(const struct rulebook *b, const struct rule *rule,
				  enum clock_kind clock, const char *unit)
{
	const char *name = rule->calendar;
	if (clock < CLOCK_KIND_COUNT && rule->limits[clock].calendar)
		name = rule->limits[clock].calendar;
	return calendar_hours(b->calendar, name, unit && *unit ? unit : NULL);
}

/* --- catalogues --------------------------------------------------------------------------- */

static const char *text_of(const struct record *row, const char *column)
{
	int i = kind_column(row->kind, column);
	return i < 0 ? "" : record_text(row, (size_t)i);
}

/* 0 where there is none, or none that makes sense. */
static double number_of(const struct record *row, const char *column)
{
	int i = kind_column(row->kind, column);
	double n = i >= 0 && row->values[i].set ? row->values[i].r : 0;
	return n > 0 && n <= LIMIT_MOST ? n : 0;
}

static bool flag_of(const struct record *row, const char *column)
{
	int i = kind_column(row->kind, column);
	return i >= 0 && record_int(row, (size_t)i, 0);
}

/* What the file says about the category when the row begins to hold, as what the row does not
 * say. */
static struct rule inherit(struct rulebook *b, const struct kind *k, const struct record *row)
{
	const char *code = record_text(row, CAT_CODE);
	int64_t from = record_int(row, CAT_VALID_FROM, CLOCK_NONE);
	const struct entry *x = NULL;
	const struct kind_rules *rules = &b->kinds[kind_index(k)];
	const struct entry *chains[] = {rules->others, strmap_get(&rules->by_category, code)};
	int64_t t = from == CLOCK_NONE ? INT64_MAX : from;
	for (size_t i = 0; i < ARRAY_LEN(chains); i++)
		for (const struct entry *y = chains[i]; y; y = y->next)
			if (!y->from_catalogue && holds_for(y, NULL, t) && wins(y, x))
				x = y;
	struct rule r = x ? x->rule : (struct rule){.calendar = "office"};
	r.id = NULL;
	r.kind = k->id;
	r.category = arena_strdup(&b->arena, code);
	r.flag = NULL;
	r.from = from;
	r.to = record_int(row, CAT_VALID_TO, CLOCK_NONE);
	r.basis = arena_printf(&b->arena, "%s: %s", _(row->kind->title),
			       row->id ? row->id : code);
	return r;
}

/* Catalogues tell hours as decimals: 0.0833 is five minutes. */
static void put_hours(struct rule *r, enum clock_kind clock, double hours)
{
	int64_t minutes = llround(hours * 60);
	bool whole = minutes % 60 == 0;
	if (hours <= 0)
		return;
	r->limits[clock] = (struct limit){
		.set = true,
		.unit = whole && minutes ? LIMIT_HOURS : LIMIT_MINUTES,
		.amount = minutes == 0 ? 1 : (double)(whole ? minutes / 60 : minutes),
	};
}

/* "gio": around the clock; "gio-lv": in office hours.  Limits that the row does not say go on
 * by the calendar that they had. */
static void choose_calendar(struct rule *r, const char *clock)
{
	const char *name = strcmp(clock, "gio") == 0      ? "always"
			   : strcmp(clock, "gio-lv") == 0 ? "office"
							  : r->calendar;
	for (size_t i = 0; i < CLOCK_KIND_COUNT; i++)
		if (r->limits[i].set && !r->limits[i].calendar)
			r->limits[i].calendar = r->calendar;
	r->calendar = name;
}

static bool add_category(struct rulebook *b, const struct record *row)
{
	const struct kind *k = kind_find(text_of(row, "applies_to"));
	double accept = number_of(row, "accept_h"), handle = number_of(row, "handle_h");
	if (!k || k->catalogue || k == &kind_dossier || (accept <= 0 && handle <= 0))
		return false;
	struct rule r = inherit(b, k, row);
	choose_calendar(&r, text_of(row, "clock"));
	if (k == &kind_complaint) {
		put_hours(&r, CLOCK_ACCEPT, accept);
		put_hours(&r, CLOCK_HANDLE, handle);
	} else {
		put_hours(&r, k == &kind_alert ? CLOCK_ACKNOWLEDGE : CLOCK_CALLBACK, accept);
	}
	if (number_of(row, "warn_h") > 0)
		r.soon = llround(number_of(row, "warn_h") * (double)HOUR);
	rulebook_add(b, &r, true);
	return true;
}

static bool add_procedure(struct rulebook *b, const struct record *row)
{
	struct limit l = {.set = true, .amount = number_of(row, "limit_n")};
	const char *unit = text_of(row, "limit_unit");
	if (flag_of(row, "same_day")) {
		l.unit = LIMIT_SAME_DAY;
	} else if (l.amount <= 0) {
		return false;
	} else if (!*unit) {
		l.unit = LIMIT_WORKING_DAYS;
	} else if (limit_unit_parse(unit, &l.unit) < 0) {
		log_warn("procedure %s: its limit has an unknown unit", row->id ? row->id : "");
		return false;
	}
	l.after = b->settings.same_day_after;
	struct rule r = inherit(b, &kind_dossier, row);
	r.limits[CLOCK_RETURN] = l;
	rulebook_add(b, &r, true);
	return true;
}

static uint64_t digest_row(const struct record *row)
{
	static const char *const numbers[] = {"accept_h", "handle_h", "warn_h", "limit_n"};
	static const char *const texts[] = {"applies_to", "clock", "limit_unit"};
	uint64_t h = rulebook_digest(DIGEST_START, row->kind->id, strlen(row->kind->id));
	const char *code = record_text(row, CAT_CODE);
	h = rulebook_digest(h, code, strlen(code) + 1);
	int64_t valid[] = {record_int(row, CAT_VALID_FROM, CLOCK_NONE),
			   record_int(row, CAT_VALID_TO, CLOCK_NONE), flag_of(row, "same_day")};
	h = rulebook_digest(h, valid, sizeof valid);
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		double v = number_of(row, numbers[i]);
		h = rulebook_digest(h, &v, sizeof v);
	}
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		h = rulebook_digest(h, text_of(row, texts[i]),
				    strlen(text_of(row, texts[i])) + 1);
	return h;
}

void rulebook_add_row(struct rulebook *b, const struct record *row)
{
	if (row->deleted || !*record_text(row, CAT_CODE))
		return;
	bool added = row->kind == &kind_category    ? add_category(b, row)
		     : row->kind == &kind_procedure ? add_procedure(b, row)
						    : false;
	if (added) {
		b->rows_digest += digest_row(row);
		rulebook_renew_version(b);
	}
}

/* --- the book ----------------------------------------------------------------------------- */

const struct calendar *rulebook_calendar(const struct rulebook *b)
{
	return b->calendar;
}

const struct deadline_settings *rulebook_settings(const struct rulebook *b)
{
	return &b->settings;
}

const char *rulebook_version(const struct rulebook *b)
{
	return b->version;
}

void rulebook_free(struct rulebook *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < KIND_MOST; i++)
		strmap_free(&b->kinds[i].by_category, NULL);
	arena_free(&b->arena);
	calendar_free(b->calendar);
	free(b->file_version);
	free(b->version);
	free(b);
}

static size_t column_of(const struct kind *k, const char *id)
{
	int i = kind_column(k, id);
	return i < 0 ? COL_CODE : (size_t)i;
}

static void look_up_columns(struct rulebook_columns *at)
{
	*at = (struct rulebook_columns){
		.procedure = column_of(&kind_dossier, "procedure"),
		.registered_at = column_of(&kind_dossier, "registered_at"),
		.finished_at = column_of(&kind_dossier, "finished_at"),
		.returned_at = column_of(&kind_dossier, "returned_at"),
		.paused_s = column_of(&kind_dossier, "paused_s"),
		.supplement_count = column_of(&kind_dossier, "supplement_count"),
		.dossier_extended = column_of(&kind_dossier, "extended_count"),
		.accept_due_at = column_of(&kind_complaint, "accept_due_at"),
		.complaint_restricted = column_of(&kind_complaint, "restricted"),
		.complaint_extended = column_of(&kind_complaint, "extended_count"),
		.returned_count = column_of(&kind_complaint, "returned_count"),
		.ack_at = column_of(&kind_alert, "ack_at"),
		.ended_at = column_of(&kind_call, "ended_at"),
	};
}

struct rulebook *rulebook_parse(struct calendar *c, const char *name, const char *text,
				size_t n, struct err *e)
{
	struct rulebook *b = xcalloc(1, sizeof *b);
	b->calendar = c;
	look_up_columns(&b->at);
	b->file_digest = rulebook_digest(DIGEST_START, text, n);
	if (rulebook_read(b, name, text, n, e) < 0) {
		rulebook_free(b);
		return NULL;
	}
	rulebook_renew_version(b);
	return b;
}

struct rulebook *rulebook_open(const struct paths *p, struct err *e)
{
	char *path = paths_find(p, "", "deadlines.yaml");
	if (!path) {
		err_set(e, ERR_NOT_FOUND, _("%s/deadlines.yaml is missing"), p->data_dir);
		return NULL;
	}
	size_t n = 0;
	char *text = yaml_read(path, &n, e);
	struct calendar *c = text ? calendar_open(p, e) : NULL;
	struct rulebook *b = c ? rulebook_parse(c, path, text, n, e) : NULL;
	free(text);
	free(path);
	return b;
}
