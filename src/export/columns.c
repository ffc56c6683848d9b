/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns an export has. */
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "export/rows.h"
#include "base/suggest.h"

static const char *const special_names[] = {"id", "source", "version"}; /* -1, -2, -3 */

static int find(const struct kind *k, const char *name, int *index)
{
	for (int i = 0; i < (int)ARRAY_LEN(special_names); i++)
		if (strcmp(name, special_names[i]) == 0) {
			*index = -1 - i;
			return 0;
		}
	*index = kind_column(k, name);
	return *index < 0 ? -1 : 0;
}

static int unknown(const struct kind *k, const char *name, struct err *e)
{
	struct suggest s = suggest_start(name);
	for (size_t i = 0; i < ARRAY_LEN(special_names); i++)
		suggest_try(&s, special_names[i]);
	for (size_t i = 0; i < k->column_count; i++)
		suggest_try(&s, k->columns[i].id);
	if (s.best)
		return err_set(e, ERR_USAGE,
			       _("%s have no column \"%.40s\": did you mean \"%s\"?"),
			       k->plural, name, s.best);
	return err_set(e, ERR_USAGE, _("%s have no column \"%.40s\""), k->plural, name);
}

static void add_all(struct rows_columns *c, const struct kind *k)
{
	c->list[c->count++] = ROWS_ID;
	for (size_t i = 0; i < k->column_count && c->count < ROWS_COLUMNS_MOST; i++)
		c->list[c->count++] = (int)i;
}

static void add_listed(struct rows_columns *c, const struct kind *k)
{
	for (size_t i = 0; i < k->column_count && c->count < ROWS_COLUMNS_MOST; i++)
		if (k->columns[i].keep && k->columns[i].width)
			c->list[c->count++] = (int)i;
}

int rows_columns_parse(struct rows_columns *c, const struct kind *k, enum rows_format f,
		       const char *names, struct err *e)
{
	c->count = 0;
	if (!names) {
		(f == ROWS_TABLE ? add_listed : add_all)(c, k);
		return 0;
	}
	for (const char *s = names;; s++) {
		size_t n = strcspn(s, ",");
		char name[64];
		if (n >= sizeof name || c->count == ROWS_COLUMNS_MOST)
			return err_set(e, ERR_USAGE, _("too many columns, or too long a name"));
		memcpy(name, s, n);
		name[n] = '\0';
		if (find(k, name, &c->list[c->count]) < 0)
			return unknown(k, name, e);
		c->count++;
		s += n;
		if (!*s)
			return 0;
	}
}

bool rows_columns_are_personal(const struct rows_columns *c, const struct kind *k)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->list[i] >= 0 && k->columns[c->list[i]].personal != PERSONAL_NONE)
			return true;
	return false;
}
