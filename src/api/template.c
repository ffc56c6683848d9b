/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/template.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"

struct template
{
	char *constant;          /* a text without filters, or NULL */
	struct jqfilter *filter; /* yields the text */
};

static void add_quoted(const char *s, size_t n, struct strbuf *b)
{
	for (const char *p = s; p < s + n; p++) {
		if (*p == '"' || *p == '\\')
			strbuf_addc(b, '\\');
		strbuf_addc(b, *p);
	}
}

/* In an address a null would be the word "null", which asks for something else. */
static void add_present(const char *filter, size_t n, struct strbuf *b)
{
	char *text = xasprintf(_("\\(%.*s) is null"), (int)n, filter);
	strbuf_addf(b, "\\((%.*s) | if . == null then error(\"", (int)n, filter);
	add_quoted(text, strlen(text), b);
	strbuf_adds(b, "\") else . end)");
	free(text);
}

/* Appends the text as a jq string: quotes and lonely backslashes outside of \(…) are
 * escaped. */
static void add_string(const char *text, enum template_place place, struct strbuf *b)
{
	static const char *const formats[] = {"", "@uri ", "@html ", ""};
	strbuf_addf(b, "%s\"", formats[place]);
	for (const char *p = text; *p; p++) {
		const char *close = p[0] == '\\' && p[1] == '(' ? jqfilter_close(p + 2) : NULL;
		if (close && place == TEMPLATE_URI)
			add_present(p + 2, (size_t)(close - p) - 2, b);
		else if (close && place == TEMPLATE_VALUE)
			strbuf_addf(b, "\\((%.*s) | values)", (int)(close - p) - 2, p + 2);
		else if (close)
			strbuf_add(b, p, (size_t)(close - p) + 1);
		else
			add_quoted(p, 1, b);
		p = close ? close : p;
	}
	strbuf_addc(b, '"');
}

/* Where the filter ends of a text that is nothing but \(FILTER); NULL for others. */
static const char *lone_filter(const char *text, enum template_place place)
{
	const char *close = strncmp(text, "\\(", 2) == 0 ? jqfilter_close(text + 2) : NULL;
	bool typed = place == TEMPLATE_TEXT || place == TEMPLATE_VALUE;
	return typed && close && !close[1] ? close : NULL;
}

void template_expression(const char *text, enum template_place place, struct strbuf *out)
{
	const char *close = lone_filter(text, place);
	if (close)
		strbuf_add(out, text + 1, (size_t)(close - text));
	else
		add_string(text, place, out);
}

/* Columns of the filter are columns of the text only where it stands alone. */
struct shift {
	jqfilter_complain *complain;
	void *context;
	bool alone;
};

static void on_complaint(void *context, int line, int column, const char *message)
{
	const struct shift *s = context;
	if (column)
		column = s->alone ? column + (line == 1 ? 2 : 0) : 0;
	s->complain(s->context, line, column, message);
}

/* The first "\(" that has no end; NULL where all have. */
static const char *unclosed(const char *text)
{
	for (const char *p = text; (p = strstr(p, "\\(")); p++) {
		const char *close = jqfilter_close(p + 2);
		if (!close)
			return p;
		p = close;
	}
	return NULL;
}

struct template *template_new(const char *text, enum template_place place,
			      jqfilter_complain *complain, void *context)
{
	struct template *t = xcalloc(1, sizeof *t);
	const char *open = unclosed(text);
	if (open) {
		on_complaint(&(struct shift){complain, context, true}, 1,
			     (int)(open - text) - 1, _("this \\( is never closed"));
		free(t);
		return NULL;
	}
	if (!strstr(text, "\\(")) {
		t->constant = xstrdup(text);
		return t;
	}
	struct strbuf source = STRBUF_INIT;
	const char *close = lone_filter(text, place);
	struct shift s = {complain, context, close != NULL};
	if (close)
		strbuf_add(&source, text + 2, (size_t)(close - text) - 2);
	else
		add_string(text, place, &source);
	t->filter = jqfilter_new(source.s, on_complaint, &s);
	strbuf_free(&source);
	if (t->filter)
		return t;
	template_free(t);
	return NULL;
}

void template_free(struct template *t)
{
	if (!t)
		return;
	jqfilter_free(t->filter);
	free(t->constant);
	free(t);
}

int template_expand(const struct template *t, jv circumstances, struct strbuf *out,
		    struct err *e)
{
	if (t->constant) {
		strbuf_adds(out, t->constant);
		return 1;
	}
	jv v;
	if (jqfilter_first(t->filter, jv_copy(circumstances), &v, e) < 0)
		return -1;
	if (jv_get_kind(v) == JV_KIND_NULL) {
		jv_free(v);
		return 0;
	}
	if (jv_get_kind(v) != JV_KIND_STRING)
		v = jv_dump_string(v, 0);
	strbuf_add(out, jv_string_value(v), (size_t)jv_string_length_bytes(jv_copy(v)));
	jv_free(v);
	return 1;
}
