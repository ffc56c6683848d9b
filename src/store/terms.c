/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A language has few syllables and the index has them in order: from one that begins so the
 * next is some pages away.  The list of words (fts5vocab) tells a word once for each row that
 * has it, so each is asked for anew, behind the one before. */
#include "store/terms.h"

#include <string.h>

#include "store/sql.h"

/* A view of the index: it lies in the connection's own memory, so that readers may make it. */
static int make_list(struct db *db, const struct kind *k)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_addf(&b,
		    "CREATE VIRTUAL TABLE temp.%s_terms USING fts5vocab(main, %s_words,"
		    " instance)",
		    k->id, k->id);
	if (!db->writer)
		sql_exec(db, "PRAGMA query_only = 0", NULL);
	int rc = sql_exec(db, b.s, NULL);
	if (!db->writer)
		sql_exec(db, "PRAGMA query_only = 1", NULL);
	strbuf_free(&b);
	return rc;
}

static sqlite3_stmt *prepare_next(struct db *db, const struct kind *k)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_addf(&b, "SELECT term FROM temp.%s_terms WHERE term >= ? AND term < ? LIMIT 1",
		    k->id);
	sqlite3_stmt *s = sql_prepare(db, b.s, NULL);
	if (!s && make_list(db, k) == 0)
		s = sql_prepare(db, b.s, NULL);
	strbuf_free(&b);
	return s;
}

/* The first word from `from` on, in its place; 0 where there is none before `end`, -1. */
static int next_term(struct db *db, sqlite3_stmt *s, struct strbuf *from,
		     const struct strbuf *end)
{
	sql_bind_text(s, 1, from->s, from->len);
	sql_bind_text(s, 2, end->s, end->len);
	int rc = sql_step(db, s, NULL);
	if (rc > 0) {
		strbuf_clear(from);
		strbuf_adds(from, (const char *)sqlite3_column_text(s, 0));
	}
	sqlite3_reset(s);
	return rc;
}

int terms_begin(struct db *db, const struct kind *k, const char *s, size_t n, int most,
		struct strbuf *b)
{
	sqlite3_stmt *next = prepare_next(db, k);
	struct strbuf term = STRBUF_INIT, end = STRBUF_INIT;
	int rc = next ? 1 : -1, count = 0;
	strbuf_add(&term, s, n);
	strbuf_add(&end, s, n);
	strbuf_adds(&end, "\xff");
	while (rc > 0 && count <= most && (rc = next_term(db, next, &term, &end)) > 0) {
		strbuf_addf(b, "%s\"%s\"", count++ ? " OR " : "", term.s);
		strbuf_addc(&term, '\1');
	}
	strbuf_free(&term);
	strbuf_free(&end);
	return rc < 0 ? -1 : count;
}
