/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions that screens and exports ask of a cache.
 *
 *	bench/ask FILE
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"
#include "bench/measure.h"
#include "store/due.h"

#define ROUNDS 41
#define DUE_ROUNDS 5

/* The median and the worst of some rounds of the same page. */
static void measure_page(struct db *db, const char *name, struct page_query q)
{
	int64_t times[ROUNDS], total = 0;
	size_t count = 0;
	bool capped = false;
	for (int i = 0; i < ROUNDS; i++) {
		int64_t at = microseconds();
		struct page *p = page_of(db, &q);
		times[i] = microseconds() - at;
		count = p->count;
		total = p->total;
		capped = p->total_capped;
		page_free(p);
	}
	int64_t first = times[0];
	qsort(times, ROUNDS, sizeof *times, by_time);
	printf("%s\t%.3f\tms median\t%.3f\tfirst\t%zu rows of %" PRId64 "%s\n", name,
	       (double)times[ROUNDS / 2] / 1000, (double)first / 1000, count, total,
	       capped ? "+" : "");
	fflush(stdout);
}

static void measure_search(struct db *db, const char *name, const char *text,
			   struct page_query q)
{
	struct strbuf b = STRBUF_INIT, label = STRBUF_INIT;
	strbuf_adds(&b, text);
	q.filter = b.s;
	strbuf_addf(&label, "search %s: %s", name, text);
	measure_page(db, label.s, q);
	strbuf_free(&b);
	strbuf_free(&label);
}

static void measure_pages(struct db *db, int64_t now)
{
	const struct kind *k = kinds[0];
	struct page_query home = {.kind = k,
				  .filter = (char *)"is:open",
				  .sort = COL_DUE_AT,
				  .limit = 50,
				  .now = now};
	struct page_query all = home;
	all.filter = (char *)"";
	all.sort = COL_CREATED_AT;
	all.descending = true;
	measure_page(db, "open by due_at, home", home);
	measure_page(db, "all by created_at, home", all);
	struct page *p = page_of(db, &home);
	home.rowid = p->rows[p->count - 1]->rowid;
	page_free(p);
	home.place = PAGE_AFTER;
	measure_page(db, "open by due_at, next page", home);
	home.place = PAGE_AROUND;
	home.before = 20;
	measure_page(db, "open by due_at, around", home);
	home.place = PAGE_END;
	measure_page(db, "open by due_at, end", home);
	home.place = PAGE_HOME;
	const int sorts[] = {COL_TITLE,    COL_STATE,   COL_UNIT,
			     COL_SEVERITY, COL_CHANNEL, COL_CODE};
	for (size_t i = 0; i < ARRAY_LEN(sorts); i++) {
		char name[80];
		snprintf(name, sizeof name, "open by %s, home", k->columns[sorts[i]].id);
		home.sort = sorts[i];
		measure_page(db, name, home);
	}
	home.sort = COL_DUE_AT;
	static const char *const filters[] = {"is:late",
					      "unit:H52.7 is:open",
					      "state:MOI",
					      "is:open severity>=4 category:LV03",
					      "is:open duong",
					      "code:PA-00012345",
					      "created_at<1d",
					      "unit:H52.7",
					      "is:handled -severity:1,2"};
	for (size_t i = 0; i < ARRAY_LEN(filters); i++)
		measure_search(db, "filter", filters[i], home);
	static const char *const texts[] = {"d*",
					    "du*",
					    "duo*",
					    "duong*",
					    "đường",
					    "o*",
					    "x*",
					    "z*",
					    "zz9*",
					    "\"ổ gà\"",
					    "\"ổ gà\" s*",
					    "to hieu den duong",
					    "lo van h*",
					    "quang dinh pang",
					    "khongcotu",
					    "pa 00012345",
					    "0912*",
					    "aq4*",
					    "sat lo mua lu k*",
					    "tieu hoc"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		measure_search(db, "newest", texts[i], all);
		if (i % 4 == 0)
			measure_search(db, "open", texts[i], home);
	}
	all.place = PAGE_AT;
	all.offset = 300000;
	measure_page(db, "all by created_at, row 300,000", all);
}
static int count_row(void *context, const struct record *r)
{
	int64_t *n = context;
	*n += (int64_t)strlen(record_text(r, COL_TITLE)) > 0;
	return 0;
}

static void measure_walk(struct db *db, int64_t now)
{
	static const int some[] = {COL_CODE, COL_TITLE, COL_STATE, COL_CREATED_AT, COL_UNIT};
	struct walk_query q = {
		.kind = kinds[0], .filter = "", .sort = -1, .since = CLOCK_NONE, .now = now};
	struct err e = ERR_INIT;
	for (int all = 0; all < 3; all++) {
		int64_t n = 0, at = microseconds();
		q.columns = all == 1 ? NULL : some;
		q.column_count = all == 1 ? 0 : ARRAY_LEN(some);
		q.sort = all == 2 ? COL_CREATED_AT : -1;
		if (store_walk(db, &q, count_row, &n, &e) < 0)
			die("walk", &e);
		print_figure(all == 1   ? "walk, all columns"
			     : all == 2 ? "walk, five columns by created_at"
					: "walk, five columns",
			     (double)n * 1e6 / (double)(microseconds() - at), "rows/s");
	}
}

static void measure_figures(struct db *db, int64_t now)
{
	int64_t times[ROUNDS];
	struct figures f = {.generation = 0};
	for (int i = 0; i < ROUNDS; i++) {
		int64_t at = microseconds();
		if (store_figures(db, now, &f) < 0)
			die("figures", &f.error);
		times[i] = microseconds() - at;
	}
	qsort(times, ROUNDS, sizeof *times, by_time);
	print_figure("figures", (double)times[ROUNDS / 2] / 1000, "ms");
	printf("# complaints: %" PRId64 " open of %" PRId64 ", late %" PRId64 ", soon %" PRId64
	       ", unassigned %" PRId64 ", urgent %" PRId64 ", waiting %" PRId64 "\n",
	       f.queues[0].open, f.queues[0].total, f.queues[0].late, f.queues[0].soon,
	       f.queues[0].unassigned, f.queues[0].urgent, f.queues[0].waiting);
}

/* All queues at once. */
static void measure_due(struct db *db, int64_t now)
{
	int64_t times[DUE_ROUNDS], open = 0;
	for (int by = DUE_BY_UNIT; by <= DUE_BY_AREA; by++) {
		struct due_query q = {
			.by = (enum due_by)by, .now = now, .until = due_day_end(now)};
		for (int i = 0; i < DUE_ROUNDS; i++) {
			int64_t at = microseconds();
			struct due_board *b = store_due(db, &q);
			times[i] = microseconds() - at;
			open = b->total.all.open;
			due_board_free(b);
		}
		qsort(times, DUE_ROUNDS, sizeof *times, by_time);
		printf("# what is due by %s: of %" PRId64 " open ones\n", due_by_columns[by],
		       open);
		print_figure("due", (double)times[DUE_ROUNDS / 2] / 1000, "ms");
	}
}
int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: bench/ask FILE\n", stderr);
		return 2;
	}
	int64_t at = microseconds();
	struct db *db = open_reader(argv[1]);
	struct page_query q = {.kind = kinds[0],
			       .filter = (char *)"is:open",
			       .sort = COL_DUE_AT,
			       .limit = 50,
			       .now = MEASURE_NOW};
	page_free(page_of(db, &q));
	print_figure("open and first page", (double)(microseconds() - at) / 1000, "ms");
	measure_figures(db, MEASURE_NOW);
	measure_due(db, MEASURE_NOW);
	measure_pages(db, MEASURE_NOW);
	measure_walk(db, MEASURE_NOW);
	db_close(db);
	return 0;
}
