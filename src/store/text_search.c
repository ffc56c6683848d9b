/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One notion of a word for the index and for matching in rows: text/fold.h.  The index knows
 * which rows hold a word but not where, which makes it small and quick to write; phrases are
 * decided in the rows. */
#include "store/text_search.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/sql.h"
#include "text/collate.h"
#include "text/fold.h"

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

static int tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int n,
		    int (*token)(void *, int, const char *, int, int, int))
{
	(void)self;
	(void)flags;
	struct fold_token t;
	size_t at = 0;
	int rc = SQLITE_OK;
	while (rc == SQLITE_OK && text && fold_next_token(text, (size_t)n, &at, &t))
		rc = token(context, 0, t.text, (int)t.n, (int)t.start, (int)t.end);
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

struct word {
	const char *s;
	size_t n;
};

/* A phrase: count words side by side, the last only begun where prefix is set. */
struct phrase {
	size_t first, count;
	bool prefix;
};

struct pattern {
	char *text;
	struct word *words;
	size_t word_count, word_cap;
	struct phrase *phrases;
	size_t phrase_count, phrase_cap;
	bool single; /* all phrases are of one word, and fit the bits of a mask */
	/* The words of the row at hand. */
	struct strbuf row;
	size_t *ends;
	size_t end_count, end_cap;
};

static void pattern_free(void *pattern)
{
	struct pattern *p = pattern;
	free(p->text);
	free(p->words);
	free(p->phrases);
	free(p->ends);
	strbuf_free(&p->row);
	free(p);
}

static void pattern_add_line(struct pattern *p, char *line, size_t n)
{
	struct phrase phrase = {.first = p->word_count};
	if (n && line[n - 1] == '*') {
		phrase.prefix = true;
		n--;
	}
	for (size_t i = 0; i < n;) {
		size_t end = i;
		while (end < n && line[end] != ' ')
			end++;
		struct word w = {line + i, end - i};
		ARRAY_PUSH(p->words, p->word_count, p->word_cap) = w;
		phrase.count++;
		i = end + 1;
	}
	if (phrase.count)
		ARRAY_PUSH(p->phrases, p->phrase_count, p->phrase_cap) = phrase;
}

static struct pattern *pattern_new(const char *text)
{
	struct pattern *p = xcalloc(1, sizeof *p);
	p->row = (struct strbuf)STRBUF_INIT;
	p->text = xstrdup(text);
	for (char *line = p->text; *line;) {
		size_t n = strcspn(line, "\n");
		pattern_add_line(p, line, n);
		line += n + (line[n] == '\n');
	}
	p->single = p->phrase_count == p->word_count && p->phrase_count < 64;
	return p;
}

/* Marks the words that this one is; returns those still missing. */
static uint64_t tick_off(const struct pattern *p, const struct fold_token *t, uint64_t missing)
{
	for (size_t i = 0; i < p->phrase_count; i++) {
		const struct word *w = &p->words[p->phrases[i].first];
		if (t->text[0] == w->s[0] &&
		    (p->phrases[i].prefix ? t->n >= w->n : t->n == w->n) &&
		    memcmp(t->text, w->s, w->n) == 0)
			missing &= ~(UINT64_C(1) << i);
	}
	return missing;
}

/* Stops at the first row's word that completes the pattern. */
static bool has_single_words(const struct pattern *p, sqlite3_value **texts, int count)
{
	uint64_t missing = (UINT64_C(1) << p->phrase_count) - 1;
	struct fold_token t;
	for (int i = 0; i < count && missing; i++) {
		const char *s = (const char *)sqlite3_value_text(texts[i]);
		size_t n = (size_t)sqlite3_value_bytes(texts[i]), at = 0;
		while (s && missing && fold_next_token(s, n, &at, &t))
			missing = tick_off(p, &t, missing);
	}
	return !missing;
}

static void pattern_read_row(struct pattern *p, sqlite3_value **texts, int count)
{
	strbuf_clear(&p->row);
	p->end_count = 0;
	struct fold_token t;
	for (int i = 0; i < count; i++) {
		const char *s = (const char *)sqlite3_value_text(texts[i]);
		size_t n = (size_t)sqlite3_value_bytes(texts[i]), at = 0;
		while (s && fold_next_token(s, n, &at, &t)) {
			strbuf_add(&p->row, t.text, t.n);
			ARRAY_PUSH(p->ends, p->end_count, p->end_cap) = p->row.len;
		}
		/* An empty word between texts, so that no phrase spans two of them. */
		ARRAY_PUSH(p->ends, p->end_count, p->end_cap) = p->row.len;
	}
}

static bool word_is(const struct pattern *p, size_t i, const struct word *w, bool prefix)
{
	size_t start = i ? p->ends[i - 1] : 0, n = p->ends[i] - start;
	return (prefix ? n >= w->n : n == w->n) && memcmp(p->row.s + start, w->s, w->n) == 0;
}

static bool phrase_at(const struct pattern *p, const struct phrase *f, size_t i)
{
	for (size_t j = 0; j < f->count; j++)
		if (!word_is(p, i + j, &p->words[f->first + j], f->prefix && j + 1 == f->count))
			return false;
	return true;
}

static bool phrase_found(const struct pattern *p, const struct phrase *f)
{
	for (size_t i = 0; i + f->count <= p->end_count; i++)
		if (phrase_at(p, f, i))
			return true;
	return false;
}

static void match_function(sqlite3_context *context, int count, sqlite3_value **args)
{
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
	if (p->single) {
		sqlite3_result_int(context, has_single_words(p, args + 1, count - 1));
		return;
	}
	pattern_read_row(p, args + 1, count - 1);
	bool all = true;
	for (size_t i = 0; all && i < p->phrase_count; i++)
		all = phrase_found(p, &p->phrases[i]);
	sqlite3_result_int(context, all);
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
	    sqlite3_create_function(h, "ioc_name", 3, SQLITE_UTF8, db, name_function, NULL,
				    NULL) != SQLITE_OK)
		return sql_error(db, e);
	return 0;
}

void text_search_add_pattern(struct strbuf *b, const struct filter *words)
{
	if (b->len)
		strbuf_addc(b, '\n');
	strbuf_adds(b, words->words);
	if (words->prefix)
		strbuf_addc(b, '*');
}

bool text_search_add_match(struct strbuf *b, const struct filter *words, bool prefix)
{
	bool added = false;
	for (const char *s = words->words; *s;) {
		size_t n = strcspn(s, " ");
		bool begun = words->prefix && !s[n];
		if (!begun || prefix) {
			strbuf_adds(b, b->len ? " AND \"" : "\"");
			strbuf_add(b, s, n);
			strbuf_adds(b, begun ? "\" *" : "\"");
			added = true;
		}
		s += n + (s[n] == ' ');
	}
	return added;
}
