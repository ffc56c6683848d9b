/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of fields and predicates, as people type them. */
#include "model/filter_complete.h"
#include "model/filter_parts.h"

#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "text/fold.h"

size_t filter_squeeze(const char *s, size_t n, char *out)
{
	struct fold_token t;
	size_t at = 0, length = 0;
	while (fold_next_token(s, n, &at, &t)) {
		size_t room = FILTER_NAME_MOST - length;
		size_t take = t.n < room ? t.n : room;
		memcpy(out + length, t.text, take);
		length += take;
	}
	out[length] = '\0';
	return length;
}

bool filter_means(const char *name, const char *squeezed)
{
	struct fold_token t;
	size_t n = strlen(name), at = 0, length = 0;
	while (length < FILTER_NAME_MOST && fold_next_token(name, n, &at, &t)) {
		size_t room = FILTER_NAME_MOST - length;
		size_t take = t.n < room ? t.n : room;
		if (strncmp(squeezed + length, t.text, take) != 0)
			return false;
		length += take;
	}
	return length && !squeezed[length];
}

bool filter_means_text(const char *text, const char *squeezed)
{
	return filter_means(text, squeezed) || filter_means(i18n_vietnamese(text), squeezed);
}

bool filter_next_name(const char **list, char *out, const char **item, size_t *n)
{
	if (!*list || !**list)
		return false;
	*item = *list;
	*n = strcspn(*list, ",");
	filter_squeeze(*list, *n, out);
	*list += *n + ((*list)[*n] == ',');
	return true;
}

static bool has_alias(const struct column *c, const char *squeezed)
{
	const char *list = c->alias, *item;
	char alias[FILTER_NAME_MOST + 1];
	size_t n;
	while (filter_next_name(&list, alias, &item, &n))
		if (strcmp(alias, squeezed) == 0)
			return true;
	return false;
}

/* clang-format off */
static const struct filter_special specials[] = {
	{"is", "là", N_("a named question"), FILTER_IS},
	{"near", "gần", N_("near a record or a point: near:PA-00423,300m"), FILTER_NEAR_TO},
	{"source", "nguồn", N_("the source that it comes from"), FILTER_SOURCE},
	{"id", "id", N_("the source's own number of it"), FILTER_ID},
	{"plate", "biển-số", N_("a vehicle's plate, however it is written"), FILTER_PLATE},
};
/* clang-format on */

const struct filter_special *filter_special_field(size_t i)
{
	return i < sizeof specials / sizeof *specials ? &specials[i] : NULL;
}

static int special(const char *squeezed)
{
	for (size_t i = 0; i < sizeof specials / sizeof *specials; i++)
		if (filter_means(specials[i].english, squeezed) ||
		    filter_means(specials[i].vietnamese, squeezed))
			return specials[i].field;
	return strcmp(squeezed, "bien") == 0 ? FILTER_PLATE : FILTER_NO_FIELD;
}

static bool is_id(const struct column *c, const char *s, size_t n)
{
	return strlen(c->id) == n && strncasecmp(c->id, s, n) == 0;
}

int filter_field(const struct kind *k, const char *s, size_t n)
{
	char name[FILTER_NAME_MOST + 1];
	if (n > FILTER_NAME_MOST || filter_squeeze(s, n, name) == 0)
		return FILTER_NO_FIELD;
	for (size_t i = 0; i < k->column_count; i++)
		if (is_id(&k->columns[i], s, n) || filter_means(k->columns[i].id, name))
			return (int)i;
	int field = special(name);
	if (field != FILTER_NO_FIELD && field != FILTER_PLATE)
		return field;
	for (size_t i = 0; i < k->column_count; i++)
		if (has_alias(&k->columns[i], name))
			return (int)i;
	for (size_t i = 0; i < k->column_count; i++)
		if (filter_means_text(k->columns[i].title, name))
			return (int)i;
	return field;
}

const struct predicate *filter_predicate(const struct kind *k, const char *s, size_t n)
{
	char name[FILTER_NAME_MOST + 1];
	if (filter_squeeze(s, n, name) == 0)
		return NULL;
	for (const struct predicate *p = k->predicates; p && p->name; p++)
		if (strcmp(p->name, name) == 0)
			return p;
	for (const struct predicate *p = k->predicates; p && p->name; p++)
		if (filter_means_text(p->label, name))
			return p;
	return NULL;
}

/* The best is the column's id, or "" for a name of it in the other language. */
static void try_column(struct suggest *near, const struct column *c)
{
	char name[FILTER_NAME_MOST + 1];
	const char *list = c->alias, *item, *title = _(c->title);
	size_t n;
	filter_squeeze(c->id, strlen(c->id), name);
	suggest_try_as(near, name, c->id);
	while (filter_next_name(&list, name, &item, &n))
		suggest_try_as(near, name, "");
	filter_squeeze(title, strlen(title), name);
	suggest_try_as(near, name, "");
}

/* The name nearest to what is squeezed in `wanted`; NULL: none is near enough. */
static const char *nearest(struct filter_parser *p, const char *wanted)
{
	const struct kind *k = p->context->kind;
	char name[FILTER_NAME_MOST + 1];
	int most = (int)(strlen(wanted) + 2) / 4, best = -1;
	const char *found = NULL;
	struct suggest near = suggest_start(wanted);
	near.distance = most + 1;
	for (size_t i = 0; i < k->column_count; i++) {
		int before = near.distance;
		try_column(&near, &k->columns[i]);
		best = near.distance < before ? (int)i : best;
	}
	if (best >= 0)
		found = *near.best ? near.best : filter_field_name(p->arena, k, best);
	for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
		near.best = NULL;
		suggest_try(&near, specials[i].english);
		filter_squeeze(specials[i].vietnamese, strlen(specials[i].vietnamese), name);
		suggest_try_as(&near, name, specials[i].vietnamese);
		found = near.best ? near.best : found;
	}
	return found;
}

/* "trạng tháy": the words before it may belong to it. */
const char *filter_suggest_field(struct filter_parser *p, const char **from, const char *end)
{
	char wanted[FILTER_NAME_MOST + 1];
	const char *start = *from;
	for (int words = 0; words < 3; words++) {
		filter_squeeze(start, (size_t)(end - start), wanted);
		const char *found = nearest(p, wanted);
		if (found) {
			*from = start;
			return found;
		}
		while (start > p->text && start[-1] == ' ')
			start--;
		while (start > p->text && !strchr(" ()|\"", start[-1]))
			start--;
	}
	return NULL;
}

const char *filter_suggest_predicate(const struct kind *k, const char *s, size_t n)
{
	char wanted[FILTER_NAME_MOST + 1], name[FILTER_NAME_MOST + 1];
	filter_squeeze(s, n, wanted);
	struct suggest near = suggest_start(wanted);
	for (const struct predicate *p = k->predicates; p && p->name; p++) {
		suggest_try(&near, p->name);
		const char *local = i18n_vietnamese(p->label);
		filter_squeeze(local, strlen(local), name);
		suggest_try_as(&near, name, p->name);
	}
	return near.best;
}
