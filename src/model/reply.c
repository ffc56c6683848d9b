/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/reply.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/reply_parts.h"

#define GAP_MOST 200 /* bytes between its brackets */

struct replies *replies_new(void)
{
	struct replies *r = xcalloc(1, sizeof *r);
	r->arena = (struct arena)ARENA_INIT;
	return r;
}

void replies_free(struct replies *r)
{
	if (!r)
		return;
	arena_free(&r->arena);
	free(r->list);
	free(r);
}

/* --- to what it fits ------------------------------------------------------ */

static bool is_among(const char *const *list, const char *word)
{
	for (; *list; list++)
		if (strcmp(*list, word) == 0)
			return true;
	return false;
}

int reply_fits(const struct reply *r, const struct kind *k, const struct action *a,
	       const char *category)
{
	if ((r->kind && r->kind != k) || (r->actions && !is_among(r->actions, a->id)))
		return -1;
	if (!r->categories)
		return 1;
	return is_among(r->categories, category) ? 0 : 2;
}

/* --- fields --------------------------------------------------------------- */

/* clang-format off */
static const struct reply_field moment_fields[] = {
	{"operator", N_("Operator")},
	{"operator_unit", N_("Operator's unit")},
	{"today", N_("Today")},
	{"now", N_("Now")},
	{"due", N_("Due")},
	{NULL, NULL},
};
/* clang-format on */

const struct reply_field *reply_fields(void)
{
	return moment_fields;
}

const char *reply_field_title(const struct kind *k, const char *name)
{
	for (const struct reply_field *f = moment_fields; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f->title;
	int column = k ? kind_column(k, name) : -1;
	return column < 0 ? NULL : k->columns[column].title;
}

size_t reply_field_at(const char *s, char name[REPLY_FIELD_MOST])
{
	size_t n = strspn(s + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
	if (*s != '{' || s[1 + n] != '}' || n >= REPLY_FIELD_MOST)
		return 0;
	memcpy(name, s + 1, n);
	name[n] = '\0';
	return n + 2;
}

static void add_field(struct strbuf *out, const struct kind *k, const char *name,
		      reply_value *value, void *context)
{
	size_t before = out->len;
	value(context, name, out);
	if (out->len > before)
		return;
	const char *title = reply_field_title(k, name);
	strbuf_addf(out, "[[%s]]", title ? _(title) : name);
}

void reply_expand(const struct reply *r, const struct kind *k, reply_value *value,
		  void *context, struct strbuf *out)
{
	char name[REPLY_FIELD_MOST];
	for (const char *s = r->text; *s;) {
		size_t n = *s == '{' ? reply_field_at(s, name) : 0;
		if (n)
			add_field(out, k, name, value, context);
		else
			strbuf_addc(out, *s);
		/* {{ and }} are the braces themselves. */
		s += n ? n : (*s == '{' || *s == '}') && s[1] == *s ? 2 : 1;
	}
}

/* --- gaps ----------------------------------------------------------------- */

/* The bytes of the gap at s; 0: none. */
static size_t gap_at(const char *s)
{
	size_t n = strcspn(s + 2, "[]\n");
	return n && n <= GAP_MOST && s[2 + n] == ']' && s[3 + n] == ']' ? n + 4 : 0;
}

bool reply_gap(const char *text, size_t from, size_t *start, size_t *end)
{
	for (const char *s = text + from; (s = strstr(s, "[[")); s++) {
		size_t n = gap_at(s);
		if (!n)
			continue;
		*start = (size_t)(s - text);
		*end = *start + n;
		return true;
	}
	return false;
}
