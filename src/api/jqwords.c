/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqwords.h"

#include <jq.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "model/kind.h"

#define TOKENS_MOST 20000
#define NAME_MOST 60
#define OPEN_MOST 200

/* --- where --- */

struct probe {
	bool said, at_end;
};

static void on_error(void *context, jv message)
{
	struct probe *p = context;
	jv text = jq_format_error(message);
	if (!p->said)
		p->at_end = strstr(jv_string_value(text), "unexpected $end") != NULL;
	p->said = true;
	jv_free(text);
}

/* Whether the first n bytes hold the mistake, so that no end could make them good. */
static bool is_hopeless(const char *filter, size_t n)
{
	struct probe p = {false, false};
	char *start = xstrndup(filter, n);
	jq_state *jq = jq_init();
	jq_set_error_cb(jq, on_error, &p);
	bool good = jq_compile(jq, start);
	jq_teardown(&jq);
	free(start);
	return !good && p.said && !p.at_end;
}

/* The token at which jq gave up: the end of the shortest beginning that is hopeless. */
static struct jqtoken find_token(const char *filter)
{
	struct jqtoken *list = NULL, t = jqtoken_at(filter);
	size_t count = 0, cap = 0, low = 0;
	while (t.n && count < TOKENS_MOST) {
		ARRAY_PUSH(list, count, cap) = t;
		t = jqtoken_at(t.s + t.n);
	}
	size_t high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (is_hopeless(filter, (size_t)(list[middle].s - filter) + list[middle].n))
			high = middle;
		else
			low = middle + 1;
	}
	if (low < count)
		t = list[low];
	free(list);
	return t;
}

static void set_place(const char *filter, const char *at, struct jqwords *out)
{
	out->line = out->column = 1;
	for (const char *p = filter; p < at; p++) {
		bool starts = ((unsigned char)*p & 0xc0) != 0x80;
		out->column = *p == '\n' ? 1 : out->column + starts;
		out->line += *p == '\n';
	}
}

/* The token before this one. */
static struct jqtoken before(const char *filter, const char *at)
{
	struct jqtoken last = {filter, 0, 0};
	for (struct jqtoken t = jqtoken_at(filter); t.n && t.s < at; t = jqtoken_at(t.s + t.n))
		last = t;
	return last;
}

/* The innermost bracket that is not closed before `end` (NULL: at all); NULL where all are. */
static const char *find_unclosed(const char *filter, const char *end)
{
	const char *open[OPEN_MOST];
	size_t n = 0;
	for (struct jqtoken t = jqtoken_at(filter); t.n && (!end || t.s < end);
	     t = jqtoken_at(t.s + t.n)) {
		if (t.type == '"' && (t.n < 2 || t.s[t.n - 1] != '"'))
			return t.s;
		if (strchr("([{", t.type) && n < OPEN_MOST)
			open[n++] = t.s;
		else if (strchr(")]}", t.type) && n)
			n--;
	}
	return n ? open[n - 1] : NULL;
}

/* --- what --- */

static bool is(const struct jqtoken *t, const char *s)
{
	return t->n == strlen(s) && strncmp(t->s, s, t->n) == 0;
}

static bool is_operator(const struct jqtoken *t)
{
	static const char *const list[] = {
		"//", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "and", "or", "%"};
	for (size_t i = 0; i < ARRAY_LEN(list); i++)
		if (is(t, list[i]))
			return true;
	return false;
}

static bool expects(const char *said, const char *what)
{
	const char *p = strstr(said, "expecting ");
	return p && strstr(p, what);
}

static const char *hint_for_character(const struct jqtoken *t)
{
	if (*t->s == '\'')
		return N_("texts stand in double quotes");
	if (*t->s == '&')
		return N_("write and");
	if (*t->s == '!')
		return N_("for \"not\" write (… | not)");
	if (strchr(")]}", *t->s))
		return N_("it closes nothing");
	if (strncmp(t->s, "“", 3) == 0 || strncmp(t->s, "”", 3) == 0)
		return N_("texts stand in plain double quotes, not in curved ones");
	if ((unsigned char)*t->s >= 0x80)
		return N_("a name with other letters than a to z stands in quotes: "
			  ".\"tiêuĐề\"");
	return NULL;
}

/* What its author most likely meant; NULL where nobody can tell. */
static const char *hint_for(const char *said, const struct jqtoken *t,
			    const struct jqtoken *last)
{
	if (strstr(said, "INVALID_CHARACTER") || *t->s == '\'')
		return hint_for_character(t);
	if (is(t, "|") && is(last, "|"))
		return N_("write or");
	if (is(t, "-") && last->type == '.' && last->s + last->n == t->s)
		return N_("a member whose name has a - is written .\"a-b\"");
	if ((is_operator(t) && expects(said, "'}'")) || (is(t, "if") && is(last, ":")) ||
	    (is(t, "-") && is(last, ":")))
		return N_("in an object, what is computed stands in parentheses: key: (…)");
	if (is(t, "end"))
		return N_("if … then … needs else … before end");
	if (is(last, ",") && strchr(")]}", *t->s))
		return N_("the comma before it is one too many");
	if (is(last, ".") && *t->s == '[')
		return N_("write .name[0], without the point before the bracket");
	if (t->type == '0' && *t->s == '.')
		return N_("an index stands in brackets: .name[0]");
	if (is(t, "=") || (is(t, "==") && is(last, "=")))
		return N_("to compare, write ==");
	if (expects(said, "'}'") && strchr("a.\"0$", t->type))
		return N_("a comma or a colon is missing before it");
	if (is(t, ";"))
		return N_("members are divided by commas");
	if (strchr("a\".0$", t->type) && strchr("a\".0$)]}", last->type) && last->type)
		return N_("a | or a comma is missing before it");
	return NULL;
}

static void explain_syntax(const char *filter, const char *said, struct jqwords *out)
{
	struct jqtoken t = find_token(filter), last = before(filter, t.s);
	if (!t.n) {
		out->column = 0;
		snprintf(out->text, sizeof out->text, "%s", said);
		return;
	}
	set_place(filter, t.s, out);
	const char *hint = hint_for(said, &t, &last), *quote = t.type == '"' ? "" : "\"";
	const char *open = strchr(")]}", *t.s) ? find_unclosed(filter, t.s) : NULL;
	int n = t.n > NAME_MOST ? NAME_MOST : (int)t.n;
	if (open && !is(&last, ","))
		snprintf(out->text, sizeof out->text,
			 _("\"%.*s\" can't stand here: a %c before it is still open"), n, t.s,
			 *open);
	else if (hint)
		snprintf(out->text, sizeof out->text, _("%s%.*s%s can't stand here: %s"), quote,
			 n, t.s, quote, _(hint));
	else
		snprintf(out->text, sizeof out->text, _("%s%.*s%s can't stand here"), quote, n,
			 t.s, quote);
}

static void explain_end(const char *filter, const char *said, struct jqwords *out)
{
	const char *open = find_unclosed(filter, NULL);
	if (open) {
		set_place(filter, open, out);
		snprintf(out->text, sizeof out->text, _("this %c is never closed"), *open);
		return;
	}
	size_t n = strlen(filter);
	while (n && strchr(" \t\r\n", filter[n - 1]))
		n--;
	set_place(filter, filter + n, out);
	struct jqtoken last = before(filter, filter + n);
	bool bind = expects(said, "'|'"), def = strstr(filter, "def ") != NULL;
	if (is(&last, "|") || is_operator(&last))
		snprintf(out->text, sizeof out->text,
			 _("the filter ends where something must follow %.*s"), (int)last.n,
			 last.s);
	else
		snprintf(out->text, sizeof out->text, "%s",
			 bind ? _("the filter ends too early: … as $name needs | and a filter")
			 : def ? _("the filter ends too early: behind def …; stands the filter")
			       : _("the filter ends too early: is an end missing?"));
}

/* --- names --- */

/* What filters of connectors need of jq's own; for suggestions only. */
static const char *const builtins[] = {
	"add",      "all",      "any",          "arrays",   "ascii_downcase", "ascii_upcase",
	"capture",  "contains", "dateadd",      "del",      "empty",          "endswith",
	"error",    "explode",  "first",        "flatten",  "floor",          "from_entries",
	"fromjson", "fromdate", "getpath",      "group_by", "gsub",           "has",
	"index",    "inside",   "isvalid",      "join",     "keys",           "last",
	"length",   "limit",    "ltrimstr",     "map",      "map_values",     "match",
	"max",      "max_by",   "min",          "min_by",   "mktime",         "not",
	"now",      "nth",      "objects",      "path",     "paths",          "range",
	"recurse",  "reduce",   "reverse",      "rtrimstr", "scan",           "select",
	"sort",     "sort_by",  "split",        "splits",   "startswith",     "strings",
	"strftime", "strptime", "sub",          "test",     "to_entries",     "todate",
	"tojson",   "tonumber", "tostring",     "type",     "unique",         "unique_by",
	"values",   "walk",     "with_entries",
};

/* Names that the filter defines itself: behind def, or with $. */
static void try_own(struct suggest *s, const char *filter, bool variables, char *room,
		    size_t size)
{
	struct jqtoken last = {filter, 0, 0};
	for (struct jqtoken t = jqtoken_at(filter); t.n; last = t, t = jqtoken_at(t.s + t.n)) {
		bool own = variables ? t.type == '$' && !is(&last, "|") : is(&last, "def");
		if (!own || t.n >= size ||
		    (t.n == strlen(s->word) && strncmp(t.s, s->word, t.n) == 0))
			continue;
		const char *held = s->best;
		char name[NAME_MOST + 1];
		snprintf(name, sizeof name, "%.*s", (int)t.n, t.s);
		suggest_try(s, name);
		if (s->best != held) {
			snprintf(room, size, "%s", name);
			s->best = room;
		}
	}
}

/* The place of the name on or behind this line of the filter. */
static const char *find_name(const char *filter, int line, const char *name)
{
	const char *from = filter;
	for (int i = 1; i < line && strchr(from, '\n'); i++)
		from = strchr(from, '\n') + 1;
	for (struct jqtoken t = jqtoken_at(filter); t.n; t = jqtoken_at(t.s + t.n))
		if (t.s >= from && is(&t, name))
			return t.s;
	/* Within a text's \(…) the lexer sees one token. */
	return strstr(from, name);
}

static void explain_name(const char *filter, const char *said, int line, struct jqwords *out)
{
	char name[NAME_MOST + 1], room[NAME_MOST + 1];
	size_t n = strcspn(said, "/ ");
	snprintf(name, sizeof name, "%.*s", n < NAME_MOST ? (int)n : NAME_MOST, said);
	bool variable = *name == '$', exists = false;
	const char *at = find_name(filter, line, name);
	if (at)
		set_place(filter, at, out);
	struct suggest s = suggest_start(name);
	for (size_t i = 0; !variable && i < ARRAY_LEN(builtins); i++) {
		exists |= strcmp(builtins[i], name) == 0;
		suggest_try(&s, builtins[i]);
	}
	try_own(&s, filter, variable, room, sizeof room);
	if (exists)
		snprintf(out->text, sizeof out->text,
			 _("%s is not used so: it wants another number of arguments"), name);
	else if (at && at > filter + 1 && at[-1] == '-' && !strchr(" (", at[-2]))
		snprintf(out->text, sizeof out->text,
			 _("%s is not defined; a member whose name has a - is written "
			   ".\"a-b\""),
			 name);
	else if (s.best)
		snprintf(out->text, sizeof out->text, _("%s is not defined; did you mean %s?"),
			 name, s.best);
	else if (variable)
		snprintf(out->text, sizeof out->text,
			 _("%s is not defined; a variable comes from … as %s |"), name, name);
	else if (said[n] == '/' && said[n + 1] != '0')
		snprintf(out->text, sizeof out->text, _("%s is not defined"), name);
	else
		snprintf(out->text, sizeof out->text,
			 _("%s is not defined; a member of the input is written .%s, a text "
			   "\"%s\""),
			 name, name, name);
}

void jqwords_explain(const char *filter, const char *said, int line, struct jqwords *out)
{
	*out = (struct jqwords){.line = line};
	if (strstr(said, " is not defined"))
		explain_name(filter, said, line, out);
	else if (strstr(said, "unexpected $end"))
		explain_end(filter, said, out);
	else if (strstr(said, "syntax error"))
		explain_syntax(filter, said, out);
	else
		snprintf(out->text, sizeof out->text, "%s", said);
}
