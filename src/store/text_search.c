/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One notion of a word for the index and for matching in rows: text/fold.h.  The index knows
 * which rows hold a word but not where, which makes it small and quick to write; phrases are
 * decided in the rows. */
#include "store/text_search.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/sql.h"
#include "text/collate.h"
#include "text/pattern.h"
#include "text/tail.h"
#include "text/word.h"

/* --- tokenizer --- */

static int tokenizer_new(void *context, const char **args, int count, Fts5Tokenizer **out)
{
	(void)args;
	(void)count;
	*out = context; /* there is no state: anything but NULL */
	return SQLITE_OK;
}

static void tokenizer_free(Fts5Tokenizer *t)
{
	(void)t;
}

typedef int token_function(void *, int, const char *, int, int, int);

/* What is asked for was settled by the filter: there a beginning is left as it is. */
static int tokenize_words(void *context, bool asked, const char *text, size_t n,
			  token_function *token)
{
	struct fold_token t;
	struct word_reader r;
	bool whole = false;
	int rc = SQLITE_OK;
	word_start(&r, text, n);
	while (rc == SQLITE_OK &&
	       (asked ? fold_next_token(r.s, r.n, &r.at, &t) : word_next(&r, &t, &whole)))
		rc = token(context, whole ? FTS5_TOKEN_COLOCATED : 0, t.text, (int)t.n,
			   (int)t.start, (int)t.end);
	return rc;
}

/* Words, and the backward ends between them (text/tail.h). */
static int tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int n,
		    int (*token)(void *, int, const char *, int, int, int))
{
	(void)self;
	bool asked = flags & FTS5_TOKENIZE_QUERY;
	size_t at = 0, all = text ? (size_t)n : 0;
	int rc = SQLITE_OK;
	while (rc == SQLITE_OK && at < all) {
		const char *mark = memchr(text + at, TAIL_MARK, all - at);
		size_t stop = mark ? (size_t)(mark - text) : all;
		rc = tokenize_words(context, asked, text + at, stop - at, token);
		if (!mark)
			break;
		const char *end = memchr(mark, '\n', all - stop);
		at = end ? (size_t)(end - text) : all;
		if (rc == SQLITE_OK)
			rc = token(context, 0, mark, (int)(at - stop), (int)stop, (int)at);
	}
	return rc;
}

static fts5_api *fts5_of(sqlite3 *handle)
{
	fts5_api *api = NULL;
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &s, NULL) != SQLITE_OK)
		return NULL;
	sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
	sqlite3_step(s);
	sqlite3_finalize(s);
	return api;
}

/* --- collation --- */

static int collate(void *context, int an, const void *a, int bn, const void *b)
{
	(void)context;
	int c = collate_compare(a, (size_t)an, b, (size_t)bn);
	if (c)
		return c;
	/* Spelled differently but equal in order: still two texts, so that paging by key works.
	 */
	int least = an < bn ? an : bn;
	c = memcmp(a, b, (size_t)least);
	return c ? c : an - bn;
}

/* --- matching words in a row --- */

#define TEXTS_MOST 64

static void match_function(sqlite3_context *context, int count, sqlite3_value **args)
{
	struct pattern_text texts[TEXTS_MOST];
	struct pattern *p = sqlite3_get_auxdata(context, 0);
	if (!p) {
		const char *text = (const char *)sqlite3_value_text(args[0]);
		p = pattern_new(text ? text : "");
		sqlite3_set_auxdata(context, 0, p, pattern_free);
		p = sqlite3_get_auxdata(context, 0);
		if (!p) {
			sqlite3_result_error_nomem(context);
			return;
		}
	}
	size_t n = 0;
	for (int i = 1; i < count && n < TEXTS_MOST; i++, n++) {
		texts[n].s = (const char *)sqlite3_value_text(args[i]);
		texts[n].n = (size_t)sqlite3_value_bytes(args[i]);
	}
	sqlite3_result_int(context, pattern_matches(p, texts, n));
}

static void tail_function(sqlite3_context *context, int count, sqlite3_value **args)
{
	(void)count;
	const char *text = (const char *)sqlite3_value_text(args[0]);
	const char *tail = (const char *)sqlite3_value_text(args[1]);
	if (text && tail)
		sqlite3_result_int(context,
				   tail_matches(text, (size_t)sqlite3_value_bytes(args[0]),
						sqlite3_value_int(args[2]), tail,
						(enum tail_match)sqlite3_value_int(args[3])));
}

/* --- names --- */

static void name_function(sqlite3_context *context, int count, sqlite3_value **args)
{
	(void)count;
	struct db *db = sqlite3_user_data(context);
	const char *catalogue = (const char *)sqlite3_value_text(args[0]);
	const char *code = (const char *)sqlite3_value_text(args[1]);
	if (!catalogue || !code)
		return;
	const struct kind *k = kind_find(catalogue);
	int64_t at = sqlite3_value_type(args[2]) == SQLITE_NULL ? CLOCK_NONE
								: sqlite3_value_int64(args[2]);
	const char *name = k && db->names ? names_get(db->names, k, code, at, true) : NULL;
	sqlite3_result_text(context, name ? name : code, -1, SQLITE_TRANSIENT);
}

int text_search_register(struct db *db, struct err *e)
{
	static fts5_tokenizer vietnamese = {tokenizer_new, tokenizer_free, tokenize};
	static char no_state;
	fts5_api *api = fts5_of(db->handle);
	if (!api)
		return err_set(e, ERR_UNSUPPORTED, _("this SQLite has no full-text search"));
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	sqlite3 *h = db->handle;
	if (api->xCreateTokenizer(api, "vietnamese", &no_state, &vietnamese, NULL) !=
		    SQLITE_OK ||
	    sqlite3_create_collation(h, "vietnamese", SQLITE_UTF8, NULL, collate) !=
		    SQLITE_OK ||
	    sqlite3_create_function(h, "ioc_match", -1, flags, NULL, match_function, NULL,
				    NULL) != SQLITE_OK ||
	    sqlite3_create_function(h, "ioc_tail", 4, flags, NULL, tail_function, NULL, NULL) !=
		    SQLITE_OK ||
	    sqlite3_create_function(h, "ioc_name", 3, SQLITE_UTF8, db, name_function, NULL,
				    NULL) != SQLITE_OK)
		return sql_error(db, e);
	return 0;
}

void text_search_add_text(struct strbuf *b, const struct column *c, const char *text, size_t n)
{
	char tail[TAIL_MOST + 1];
	strbuf_add(b, text, n);
	strbuf_addc(b, '\n');
	size_t length = filter_has_tail(c)
				? tail_of(text, n, c->personal == PERSONAL_PHONE, tail)
				: 0;
	if (!length)
		return;
	strbuf_addc(b, TAIL_MARK);
	strbuf_add(b, tail, length);
	strbuf_addc(b, '\n');
}

bool text_search_add_tail(struct strbuf *b, const struct filter *tail)
{
	if (tail->tail == TAIL_HOLDS)
		return false;
	strbuf_addf(b, "%s\"%c%s\"%s", b->len ? " AND " : "", TAIL_MARK, tail->words,
		    tail->tail == TAIL_ENDS ? " *" : "");
	return true;
}

void text_search_add_pattern(struct strbuf *b, const struct filter *words)
{
	if (b->len)
		strbuf_addc(b, '\n');
	strbuf_adds(b, words->typed ? words->typed : words->words);
	if (words->prefix)
		strbuf_addc(b, '*');
}

bool text_search_settles(const char *s, size_t n, struct fold_token *t)
{
	*t = (struct fold_token){.n = n < FOLD_TOKEN_MOST ? n : FOLD_TOKEN_MOST};
	memcpy(t->text, s, t->n);
	word_settle(t);
	return memcmp(t->text, s, t->n) != 0;
}

const char *text_search_begun(const struct filter *words)
{
	const char *last = strrchr(words->words, ' ');
	return !words->prefix ? "" : last ? last + 1 : words->words;
}

bool text_search_add_match(struct strbuf *b, const struct filter *words, const char *begun)
{
	bool added = false;
	for (const char *s = words->words; *s;) {
		size_t n = strcspn(s, " ");
		if (s[n] || !words->prefix) {
			strbuf_addf(b, "%s\"%.*s\"", b->len ? " AND " : "", (int)n, s);
			added = true;
		} else if (begun) {
			strbuf_addf(b, "%s(%s)", b->len ? " AND " : "", begun);
			added = true;
		}
		s += n + (s[n] == ' ');
	}
	return added;
}
