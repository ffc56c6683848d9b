/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching as people type: words of the complaints of a cache, letter by letter, beside what
 *the index takes at least and what LIKE would take.
 *
 *	bench/search FILE
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "bench/measure.h"
#include "text/fold.h"
#include "text/utf8.h"

#define DRAWS 200
#define SLOWEST 6
#define FLOOR_ROUNDS 41
#define LIKE_ROUNDS 3

struct searches {
	struct search {
		int64_t took; /* CPU time of the first asking, which is what typing does */
		size_t rows;
		char *text;
	} * list;
	size_t count, cap;
};

static int slower_first(const void *a, const void *b)
{
	return by_time(&((const struct search *)b)->took, &((const struct search *)a)->took);
}

/* Of what others do with the same words: p50 of whole words looked for by the index alone,
 * newest rowids first, which is the least that any search can cost, and of LIKE. */
struct floors {
	double index, like;
};

static void report(struct searches *s, const char *name, const struct floors *f)
{
	qsort(s->list, s->count, sizeof *s->list, slower_first);
	printf("%s\t%.3f\tms of CPU p50\t%.3f\tp95\t%.3f\tworst\t%zu searches\n", name,
	       (double)s->list[s->count / 2].took / 1000,
	       (double)s->list[s->count / 20].took / 1000, (double)s->list[0].took / 1000,
	       s->count);
	double p95 = (double)s->list[s->count / 20].took / 1000;
	printf("# p95 is %.1f x the index alone, 1/%.0f of LIKE\n", p95 / f->index,
	       f->like / p95);
	for (size_t i = 0; i < SLOWEST && i < s->count; i++)
		printf("# %.3f ms, %zu rows: %s\n", (double)s->list[i].took / 1000,
		       s->list[i].rows, s->list[i].text);
	for (size_t i = 0; i < s->count; i++)
		free(s->list[i].text);
	free(s->list);
	*s = (struct searches){0};
}

static void search(struct db *db, struct searches *s, int64_t now, const char *text)
{
	struct page_query q = {.kind = kinds[0],
			       .filter = xstrdup(text),
			       .sort = COL_CREATED_AT,
			       .descending = true,
			       .limit = 50,
			       .now = now};
	int64_t at = cpu_microseconds();
	struct page *p = page_of(db, &q);
	struct search one = {cpu_microseconds() - at, p->count, q.filter};
	ARRAY_PUSH(s->list, s->count, s->cap) = one;
	page_free(p);
}

static int64_t newest(struct db *db)
{
	struct page_query q = {.kind = kinds[0], .sort = COL_CREATED_AT, .limit = 1};
	struct page *p = page_of(db, &q);
	int64_t id = p->newest;
	page_free(p);
	return id;
}

/* A word of a record that is drawn; of the same one as before where `again`.  Returns the text
 * in which it stands. */
static const char *draw(struct db *db, bool again, struct fold_token *t)
{
	static struct strbuf text = STRBUF_INIT;
	static int64_t most;
	size_t at = 0, seen = 0;
	struct fold_token each;
	if (!most)
		most = newest(db);
	if (!again) {
		sqlite3_stmt *s;
		sqlite3_prepare_v2(
			db_handle(db),
			"SELECT printf('%s %s %s %s %s', code, title, body, reporter_name,"
			" reporter_phone) FROM complaint WHERE id >= ? LIMIT 1",
			-1, &s, NULL);
		sqlite3_bind_int64(s, 1, any((uint32_t)most));
		sqlite3_step(s);
		strbuf_clear(&text);
		strbuf_adds(&text, (const char *)sqlite3_column_text(s, 0));
		sqlite3_finalize(s);
	}
	while (fold_next_token(text.s, text.len, &at, &each))
		if (any((uint32_t)++seen) == 0)
			*t = each;
	return text.s;
}

/* One word, letter by letter. */
static void type_words(struct db *db, struct searches *s, int64_t now)
{
	struct fold_token t = {.n = 0};
	char text[FOLD_TOKEN_MOST + 2];
	for (int i = 0; i < DRAWS; i++) {
		draw(db, false, &t);
		for (size_t n = 1; n <= t.n; n++) {
			snprintf(text, sizeof text, "%.*s*", (int)n, t.text);
			search(db, s, now, text);
		}
	}
}

/* One word, letter by letter, with the accents that it has. */
static void type_accents(struct db *db, struct searches *s, int64_t now)
{
	struct fold_token t = {.n = 0};
	for (int i = 0; i < DRAWS; i++) {
		const char *word = draw(db, false, &t) + t.start;
		struct utf8_cluster c;
		for (size_t n = 0, whole = t.end - t.start; n < whole;) {
			char text[4 * FOLD_TOKEN_MOST];
			n += utf8_next(word + n, whole - n, &c);
			snprintf(text, sizeof text, "%.*s*", (int)n, word);
			search(db, s, now, text);
		}
	}
}

/* Words of one record, letter by letter: each question follows on the one before. */
static void type_on(struct db *db, struct searches *s, int64_t now)
{
	struct fold_token t = {.n = 0};
	for (int i = 0; i < DRAWS / 2; i++) {
		struct strbuf b = STRBUF_INIT;
		for (uint32_t words = 2 + any(3), j = 0; j < words; j++) {
			draw(db, j > 0, &t);
			strbuf_adds(&b, j ? " " : "");
			for (size_t n = 0; n < t.n; n++) {
				strbuf_addf(&b, "%c*", t.text[n]);
				search(db, s, now, b.s);
				b.s[--b.len] = '\0';
			}
		}
		strbuf_free(&b);
	}
}

/* Several words, the last of them begun. */
static void type_several(struct db *db, struct searches *s, int64_t now, bool of_one)
{
	struct fold_token t = {.n = 0};
	for (int i = 0; i < DRAWS; i++) {
		struct strbuf b = STRBUF_INIT;
		for (uint32_t words = 2 + any(4); words > 0; words--) {
			draw(db, of_one && b.len, &t);
			size_t n = words > 1 ? t.n : 1 + any((uint32_t)t.n);
			strbuf_addf(&b, "%.*s%s", (int)n, t.text, words > 1 ? " " : "*");
		}
		search(db, s, now, b.s);
		strbuf_free(&b);
	}
}

/* CPU time of a statement over one word, in milliseconds. */
static double run(struct db *db, const char *sql, const char *word)
{
	sqlite3_stmt *s;
	int64_t at = cpu_microseconds();
	if (sqlite3_prepare_v2(db_handle(db), sql, -1, &s, NULL) != SQLITE_OK)
		return 0;
	sqlite3_bind_text(s, 1, word, -1, SQLITE_STATIC);
	while (sqlite3_step(s) == SQLITE_ROW)
		;
	sqlite3_finalize(s);
	return (double)(cpu_microseconds() - at) / 1000;
}

static int smaller_first(const void *a, const void *b)
{
	return (*(const double *)a > *(const double *)b) -
	       (*(const double *)a < *(const double *)b);
}

static double median_of(struct db *db, const char *sql, char quote, size_t rounds)
{
	double took[FLOOR_ROUNDS];
	for (size_t i = 0; i < rounds; i++) {
		struct fold_token t = {.n = 0};
		char word[FOLD_TOKEN_MOST + 3];
		draw(db, false, &t);
		snprintf(word, sizeof word, "%c%.*s%c", quote, (int)t.n, t.text, quote);
		took[i] = run(db, sql, word);
	}
	qsort(took, rounds, sizeof *took, smaller_first);
	return took[rounds / 2];
}

static struct floors measure_floors(struct db *db)
{
	struct floors f = {
		.index = median_of(db,
				   "SELECT rowid FROM complaint_words WHERE complaint_words"
				   " MATCH ? ORDER BY rowid DESC LIMIT 50",
				   '"', FLOOR_ROUNDS),
		.like = median_of(db,
				  "SELECT id FROM complaint WHERE title LIKE ?1 OR body LIKE ?1"
				  " ORDER BY created_at DESC LIMIT 50 OFFSET 1000000000",
				  '%', LIKE_ROUNDS)};
	print_figure("one word by the index alone, p50", f.index, "ms of CPU");
	print_figure("one word by LIKE through all rows", f.like, "ms of CPU");
	return f;
}

static void measure_typing(struct db *db, int64_t now)
{
	struct searches s = {0};
	const struct floors f = measure_floors(db);
	type_words(db, &s, now);
	report(&s, "one word as it is typed", &f);
	type_accents(db, &s, now);
	report(&s, "one word with its accents", &f);
	type_several(db, &s, now, true);
	report(&s, "words of one record", &f);
	type_several(db, &s, now, false);
	report(&s, "words of several records", &f);
	type_on(db, &s, now);
	report(&s, "several words as they are typed", &f);
}
int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: bench/search FILE\n", stderr);
		return 2;
	}
	struct db *db = open_reader(argv[1]);
	measure_typing(db, MEASURE_NOW);
	db_close(db);
	return 0;
}
