/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/format.h"

#include <stdio.h>
#include <string.h>

#include "api/charset.h"
#include "api/csv.h"
#include "api/webpage.h"
#include "api/xml.h"
#include "base/utf8.h"
#include "model/kind.h"
#include "text/clean.h"
#include "text/fold.h"

#define EXCERPT_MOST 100

/* What is being read. */
struct answer {
	const struct format_spec *spec;
	const char *text;
	size_t n;
	const char *type;
	enum format form;
	bool decoded; /* it is UTF-8, whatever it says itself */
};

static const char *skip_blanks(const char *s)
{
	if (strncmp(s, "\xef\xbb\xbf", 3) == 0)
		s += 3;
	return s + strspn(s, " \t\r\n");
}

/* What a text is by its looks and by what the server calls it. */
static enum format guess(const char *text, const char *type)
{
	const char *p = skip_blanks(text);
	if (*p == '<')
		return FORMAT_XML;
	if (strcasestr(type, "csv"))
		return FORMAT_CSV;
	if (*p == 0x1e || strcasestr(type, "ndjson") || strcasestr(type, "jsonl") ||
	    strcasestr(type, "json-seq") || strcasestr(type, "stream+json"))
		return FORMAT_NDJSON;
	return FORMAT_JSON;
}

/* --- charsets --- */

/* Whether an XML text says itself what it is written in. */
static bool declares_charset(const struct answer *a)
{
	char head[200];
	size_t mark;
	if (charset_of_mark(a->text, a->n, &mark))
		return true;
	snprintf(head, sizeof head, "%s", a->text);
	char *end = strstr(head, "?>");
	if (end)
		*end = '\0';
	return strstr(head, "encoding") != NULL;
}

/* What is UTF-8 is believed to be that, since many servers name a charset without looking. */
static const char *charset_of(const struct answer *a, char *buf)
{
	size_t mark;
	if (a->spec->charset)
		return a->spec->charset;
	const char *marked = charset_of_mark(a->text, a->n, &mark);
	if (marked)
		return marked;
	charset_of_type(a->type, buf);
	return *buf && !utf8_is_valid(a->text, a->n) ? buf : NULL;
}

/* Makes UTF-8 of it; XML that says what it is written in is left to its reader. */
static int decode(struct answer *a, struct tape *t, struct err *e)
{
	char buf[CHARSET_MOST];
	size_t mark = 0;
	if (a->form == FORMAT_XML && !a->spec->charset && declares_charset(a))
		return 0;
	const char *charset = charset_of(a, buf);
	a->decoded = charset != NULL;
	if (!charset || strcasecmp(charset, "UTF-8") == 0)
		return 0;
	charset_of_mark(a->text, a->n, &mark);
	size_t n = a->n - mark;
	const char *text = charset_convert(charset, a->text + mark, n, &t->source, &n, e);
	if (!text)
		return -1;
	a->text = text;
	a->n = n;
	return 0;
}

/* --- names of members --- */

/* In one normal form, or folded where that is wished. */
static void settle_key(struct tape *t, struct node *key, int keys)
{
	struct strbuf b = STRBUF_INIT;
	if (keys == FORMAT_KEYS_FOLDED)
		fold_append(&b, key->s, key->n);
	else
		clean_append(&b, key->s, key->n, CLEAN_LINES);
	key->s = arena_memdup(&t->texts, b.s, b.len);
	key->n = (uint32_t)b.len;
	strbuf_free(&b);
}

static bool is_settled(const struct node *key, int keys)
{
	for (size_t i = 0; i < key->n; i++) {
		char c = key->s[i];
		if ((unsigned char)c >= 0x80 ||
		    (keys == FORMAT_KEYS_FOLDED && ((c >= 'A' && c <= 'Z') || c <= ' ')))
			return false;
	}
	return true;
}

/* Whoever writes "Mã hồ sơ" into a filter means it in whatever way the vendor typed it. */
static void settle_keys(struct tape *t, int keys)
{
	for (size_t i = 0; i < t->count; i++) {
		if (t->nodes[i].type != NODE_OBJECT)
			continue;
		struct node *end = t->nodes + i + t->nodes[i].size;
		for (struct node *key = t->nodes + i + 1; key < end; key += 1 + key[1].size)
			if (!is_settled(key, keys))
				settle_key(t, key, keys);
	}
}

/* --- reading --- */

static int read_form(const struct answer *a, struct tape *t, struct err *e)
{
	switch (a->form) {
	case FORMAT_NDJSON:
		return tape_read_all(t, a->text, a->n, e);
	case FORMAT_XML:
		return xml_read(&a->spec->xml, a->text, a->n, a->decoded, t, e);
	case FORMAT_CSV:
		return csv_read(&a->spec->csv, a->text, a->n, t, e);
	case FORMAT_JSON:
	case FORMAT_AUTO:
		break;
	}
	return tape_read(t, a->text, a->n, e);
}

static int fail_as_page(const struct answer *a, struct failure *f)
{
	char title[EXCERPT_MOST];
	webpage_title(a->text, title, sizeof title);
	bool login = webpage_asks_to_log_in(a->text, a->n);
	failure_set(f, login ? ERR_AUTH : ERR_PARSE,
		    login ? N_("the server sent a login page instead of data")
			  : N_("the server sent a web page instead of data"),
		    title);
	f->meant = login ? 401 : 0;
	return -1;
}

static int fail(const struct answer *a, const struct err *e, struct failure *f)
{
	static const char *const words[] = {
		N_("the answer is not JSON"), N_("the answer is not JSON"),
		N_("the answer is not NDJSON"), N_("the answer is not XML"),
		N_("the answer is not CSV")};
	char excerpt[EXCERPT_MOST];
	utf8_copy(excerpt, sizeof excerpt, skip_blanks(a->text));
	if (a->form != FORMAT_XML && *excerpt == '<')
		return failure_set(f, ERR_PARSE, N_("the server sent XML where none was due"),
				   excerpt);
	bool bare = (a->form == FORMAT_JSON || a->form == FORMAT_AUTO) &&
		    !strchr("{[\"", *excerpt) && utf8_is_valid(a->text, a->n);
	if (bare)
		return failure_set(f, ERR_PARSE, N_("the server sent words instead of data"),
				   excerpt);
	return failure_set(f, e->code ? e->code : ERR_PARSE, words[a->form],
			   *e->text ? e->text : excerpt);
}

int format_read(const struct format_spec *s, const char *text, size_t n, const char *type,
		struct tape *t, struct failure *f)
{
	struct answer a = {s, text, n, type, (enum format)s->type, false};
	struct err e = ERR_INIT;
	tape_clear(t);
	arena_reset(&t->source);
	if (a.form == FORMAT_AUTO)
		a.form = guess(text, type);
	bool list = a.form == FORMAT_CSV || a.form == FORMAT_NDJSON;
	if (!list && !*skip_blanks(text))
		return failure_set(f, ERR_PARSE, N_("the server sent an empty answer"), NULL);
	if (webpage_is(text, type))
		return fail_as_page(&a, f);
	if (decode(&a, t, &e) < 0 || read_form(&a, t, &e) < 0)
		return fail(&a, &e, f);
	settle_keys(t, s->keys);
	return 0;
}

int format_reread(const struct format_spec *s, const char *text, size_t n, struct tape *t,
		  struct err *e)
{
	if (tape_read(t, text, n, e) < 0)
		return -1;
	settle_keys(t, s->keys);
	return 0;
}

int format_bare(const char *text, size_t n, struct tape *t, struct err *e)
{
	tape_clear(t);
	text = tape_text(t, text, n, &n);
	return tape_add(t, NODE_STRING, text, n, true, e) < 0 ? -1 : 0;
}
