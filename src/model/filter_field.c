/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of fields and predicates, as people type them. */
#include "model/filter_parts.h"

#include <ctype.h>
#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "text/fold.h"

#define NAME_MOST 64

/* Folded, letters and digits only: "Đơn vị" and "don-vi" are both "donvi". */
struct name {
	char s[NAME_MOST + 1];
	size_t n;
};

static struct name squeeze(const char *s, size_t n)
{
	struct name out = {.n = 0};
	struct fold_token t;
	size_t at = 0;
	while (fold_next_token(s, n, &at, &t)) {
		size_t room = NAME_MOST - out.n;
		size_t take = t.n < room ? t.n : room;
		memcpy(out.s + out.n, t.text, take);
		out.n += take;
	}
	out.s[out.n] = '\0';
	return out;
}

static bool is_title(const char *title, const struct name *name)
{
	struct name english = squeeze(title, strlen(title));
	const char *translated = _(title);
	struct name local = squeeze(translated, strlen(translated));
	return strcmp(english.s, name->s) == 0 || strcmp(local.s, name->s) == 0;
}

/* Walks a comma-separated list; false at its end. */
static bool next_alias(const char **list, struct name *out)
{
	if (!*list || !**list)
		return false;
	size_t n = strcspn(*list, ",");
	*out = squeeze(*list, n);
	*list += n + ((*list)[n] == ',');
	return true;
}

static bool has_alias(const struct column *c, const struct name *name)
{
	const char *list = c->alias;
	struct name alias;
	while (next_alias(&list, &alias))
		if (strcmp(alias.s, name->s) == 0)
			return true;
	return false;
}

static const struct {
	const char *name;
	int field;
} special[] = {
	{"is", FILTER_IS},        {"la", FILTER_IS}, {"source", FILTER_SOURCE},
	{"nguon", FILTER_SOURCE}, {"id", FILTER_ID},
};

int filter_field(const struct kind *k, const char *s, size_t n)
{
	struct name name = squeeze(s, n);
	if (name.n == 0 || n > NAME_MOST)
		return FILTER_NO_FIELD;
	for (size_t i = 0; i < k->column_count; i++)
		if (strlen(k->columns[i].id) == n && strncasecmp(k->columns[i].id, s, n) == 0)
			return (int)i;
	for (size_t i = 0; i < sizeof special / sizeof *special; i++)
		if (strcmp(special[i].name, name.s) == 0)
			return special[i].field;
	for (size_t i = 0; i < k->column_count; i++)
		if (has_alias(&k->columns[i], &name))
			return (int)i;
	for (size_t i = 0; i < k->column_count; i++)
		if (is_title(k->columns[i].title, &name))
			return (int)i;
	return FILTER_NO_FIELD;
}

const struct predicate *filter_predicate(const struct kind *k, const char *s, size_t n)
{
	struct name name = squeeze(s, n);
	for (const struct predicate *p = k->predicates; p && p->name; p++)
		if (strcmp(p->name, name.s) == 0)
			return p;
	for (const struct predicate *p = k->predicates; p && p->name; p++)
		if (is_title(p->label, &name))
			return p;
	return NULL;
}

const char *filter_suggest_field(const struct kind *k, const char *s, size_t n)
{
	struct name wanted = squeeze(s, n), alias;
	struct suggest near = suggest_start(wanted.s);
	for (size_t i = 0; i < k->column_count; i++) {
		const struct column *c = &k->columns[i];
		struct name id = squeeze(c->id, strlen(c->id));
		const char *list = c->alias;
		suggest_try_as(&near, id.s, c->id);
		while (next_alias(&list, &alias))
			suggest_try_as(&near, alias.s, c->id);
	}
	return near.best;
}

const char *filter_suggest_predicate(const struct kind *k, const char *s, size_t n)
{
	struct name wanted = squeeze(s, n);
	struct suggest near = suggest_start(wanted.s);
	for (const struct predicate *p = k->predicates; p && p->name; p++)
		suggest_try(&near, p->name);
	return near.best;
}
