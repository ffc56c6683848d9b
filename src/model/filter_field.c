/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of fields and predicates, as people type them. */
#include "model/filter_parts.h"

#include <ctype.h>
#include <string.h>

#include "base/i18n.h"
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

/* Insertions, removals and replacements between two short names, counted up to `most`. */
static size_t distance(const struct name *a, const char *b, size_t most)
{
	size_t row[NAME_MOST + 1], bn = strlen(b);
	if (bn > NAME_MOST || (a->n > bn ? a->n - bn : bn - a->n) > most)
		return most + 1;
	for (size_t j = 0; j <= bn; j++)
		row[j] = j;
	for (size_t i = 1; i <= a->n; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= bn; j++) {
			size_t above = row[j];
			size_t d = diagonal + (a->s[i - 1] != b[j - 1]);
			d = above + 1 < d ? above + 1 : d;
			row[j] = row[j - 1] + 1 < d ? row[j - 1] + 1 : d;
			diagonal = above;
		}
	}
	return row[bn];
}

struct nearest {
	struct name wanted;
	const char *best;
	size_t distance;
};

static void consider(struct nearest *x, const char *squeezed, const char *shown)
{
	size_t most = x->wanted.n > 4 ? 2 : 1;
	size_t d = distance(&x->wanted, squeezed, most);
	if (d <= most && d < x->distance) {
		x->best = shown;
		x->distance = d;
	}
}

const char *filter_suggest_field(const struct kind *k, const char *s, size_t n)
{
	struct nearest x = {.wanted = squeeze(s, n), .distance = NAME_MOST};
	for (size_t i = 0; i < k->column_count; i++) {
		const struct column *c = &k->columns[i];
		consider(&x, squeeze(c->id, strlen(c->id)).s, c->id);
		const char *list = c->alias;
		struct name alias;
		while (next_alias(&list, &alias))
			consider(&x, alias.s, c->id);
	}
	return x.best;
}

const char *filter_suggest_predicate(const struct kind *k, const char *s, size_t n)
{
	struct nearest x = {.wanted = squeeze(s, n), .distance = NAME_MOST};
	for (const struct predicate *p = k->predicates; p && p->name; p++)
		consider(&x, p->name, p->name);
	return x.best;
}
