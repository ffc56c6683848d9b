/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/due_forecast.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "app/cache.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/forecast.h"
#include "store/query.h"
#include "store/settler.h"
#include "text/clean.h"
#include "text/fmt.h"

static const char *const scope_codes[FORECAST_SCOPES] = {
	[FORECAST_UNIT_CATEGORY] = "unit+category",
	[FORECAST_UNIT] = "unit",
	[FORECAST_CATEGORY] = "category",
	[FORECAST_KIND] = "kind",
};

static const char *name_of(const struct name_table *names, const struct record *r,
			   enum standard_column column)
{
	const char *code = record_text(r, column);
	const struct kind *catalogue = kind_find(r->kind->columns[column].ref);
	const char *name = *code ? names_get(names, catalogue, code,
					     record_int(r, COL_CREATED_AT, CLOCK_NONE), true)
				 : NULL;
	return name ? name : code;
}

static const struct forecast_kind *kind_of(const struct forecast_page *p,
					   const struct forecast_row *row)
{
	size_t i = 0;
	while (p->kinds[i].kind != row->record->kind)
		i++;
	return &p->kinds[i];
}

/* The caller frees it; whatever sources wrote in names is made harmless. */
static void reason(struct strbuf *b, const struct forecast_page *p,
		   const struct forecast_row *row, const struct name_table *names)
{
	struct strbuf words = STRBUF_INIT;
	forecast_reason(&words, row, kind_of(p, row)->window,
			name_of(names, row->record, COL_UNIT),
			name_of(names, row->record, COL_CATEGORY));
	clean_append(b, words.s, words.len, 0);
	strbuf_free(&words);
}

/* --- for programs ----------------------------------------------------------- */

static json_t *score_json(int test, const struct forecast_score *s)
{
	return json_pack("{s:f, s:i, s:i, s:i, s:i, s:i}", "share", forecast_test_shares[test],
			 "cases", s->cases, "unknown", s->unknown, "late", s->late, "said",
			 s->said, "right", s->right);
}

static json_t *kind_json(const struct forecast_kind *k)
{
	json_t *scores = json_array();
	for (int i = 0; i < FORECAST_TESTS; i++)
		json_array_append_new(scores, score_json(i, &k->scores[i]));
	return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:b, s:o}", "kind", k->kind->id,
			 "open", (json_int_t)k->open, "likely", (json_int_t)k->likely,
			 "unknown", (json_int_t)k->unknown, "cases", (json_int_t)k->cases,
			 "window_s", (json_int_t)(k->window / SECOND), "capped", k->capped,
			 "scores", scores);
}

static json_t *row_json(const struct forecast_page *p, const struct forecast_row *row,
			const struct name_table *names)
{
	const struct record *r = row->record;
	char due[CLOCK_TEXT];
	struct strbuf why = STRBUF_INIT;
	clock_format_local(record_int(r, COL_DUE_AT, CLOCK_NONE), due);
	reason(&why, p, row, names);
	json_t *o = json_pack(
		"{s:s, s:s, s:s, s:s, s:s, s:s, s:f, s:i, s:i, s:s, s:I, s:I, s:s}", "kind",
		r->kind->id, "id", r->id, "code", record_text(r, COL_CODE), "unit",
		record_text(r, COL_UNIT), "category", record_text(r, COL_CATEGORY), "due_at",
		due, "chance", row->guess.chance, "alike", row->guess.alike, "late",
		row->guess.late, "of", scope_codes[row->guess.scope], "used_s",
		(json_int_t)(row->used / SECOND), "allowed_s",
		(json_int_t)(row->allowed / SECOND), "reason", why.s);
	strbuf_free(&why);
	return o;
}

static void print_json(const struct forecast_page *p, const struct name_table *names)
{
	char now[CLOCK_TEXT];
	json_t *queues = json_array(), *records = json_array();
	clock_format_local(p->now, now);
	for (size_t i = 0; i < p->kind_count; i++)
		json_array_append_new(queues, kind_json(&p->kinds[i]));
	for (size_t i = 0; i < p->count; i++)
		json_array_append_new(records, row_json(p, &p->rows[i], names));
	json_t *all = json_pack("{s:s, s:I, s:o, s:o}", "now", now, "likely",
				(json_int_t)p->total, "kinds", queues, "records", records);
	program_print_json(all, JSON_REAL_PRECISION(6));
}

/* --- for people ------------------------------------------------------------- */

static void print_kind(const struct forecast_kind *k)
{
	char open[FMT_TEXT], likely[FMT_TEXT], unknown[FMT_TEXT];
	printf(_("%s: %s open that are not due yet, %s will probably be late, %s can't be "
		 "told\n"),
	       _(k->kind->title), fmt_integer(k->open, open), fmt_integer(k->likely, likely),
	       fmt_integer(k->unknown, unknown));
	for (int i = 0; i < FORECAST_TESTS; i++) {
		struct strbuf words = STRBUF_INIT;
		forecast_score_words(&words, i, &k->scores[i]);
		printf("  %s\n", words.s);
		strbuf_free(&words);
	}
}

static void print_row(const struct forecast_page *p, const struct forecast_row *row,
		      const struct name_table *names)
{
	const struct record *r = row->record;
	char chance[FMT_TEXT], due[FMT_TEXT];
	struct strbuf code = STRBUF_INIT, why = STRBUF_INIT;
	const char *text = record_text(r, COL_CODE);
	clean_append(&code, text, strlen(text), 0);
	reason(&why, p, row, names);
	printf("%s  %s  %s  %s\n    %s\n",
	       fmt_percent(row->guess.late, row->guess.alike, chance), code.s,
	       _(r->kind->title), fmt_when(record_int(r, COL_DUE_AT, CLOCK_NONE), p->now, due),
	       why.s);
	strbuf_free(&code);
	strbuf_free(&why);
}

static void print_text(const struct forecast_page *p, const struct name_table *names)
{
	char number[FMT_TEXT];
	for (size_t i = 0; i < p->kind_count; i++)
		if (p->kinds[i].open || p->kinds[i].cases)
			print_kind(&p->kinds[i]);
	if (p->count)
		printf("\n");
	for (size_t i = 0; i < p->count; i++)
		print_row(p, &p->rows[i], names);
	if (p->total > (int64_t)p->count)
		printf(_("… and %s more\n"), fmt_integer(p->total - (int64_t)p->count, number));
}

/* ---------------------------------------------------------------------------- */

static int answer(struct db *db, const struct rulebook *rules, const struct program *p,
		  const struct kind *k, bool json, int64_t *likely, struct err *e)
{
	struct forecast_query *q = forecast_query_new();
	q->kind = k;
	q->now = p->now;
	struct forecast_page *page = store_forecast(db, rules, q);
	int rc = page->error.code ? -1 : 0;
	struct name_table *names = names_load(db);
	*likely = page->total;
	if (rc < 0)
		*e = page->error;
	else if (json)
		print_json(page, names);
	else
		print_text(page, names);
	names_free(names);
	forecast_page_free(page);
	forecast_query_free(q);
	return rc;
}

int due_forecast(const struct program *p, const struct kind *k, bool json, int64_t *likely,
		 struct err *e)
{
	struct db *db = cache_open(p, e);
	if (!db)
		return -1;
	struct rulebook *rules = rules_load(db, &p->paths, e);
	int rc = rules ? answer(db, rules, p, k, json, likely, e) : -1;
	rulebook_free(rules);
	db_close(db);
	return rc;
}
