/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/value_map.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "text/fold.h"

#define NUMBER_MOST 40

/* clang-format off */
const struct field value_map_fields[] = {
	{.key = "map", .type = FIELD_TEXTS, .offset = offsetof(struct value_map, map), .required = true},
	{.key = "default", .type = FIELD_TEXT, .offset = offsetof(struct value_map, other)},
	{.key = NULL},
};
/* clang-format on */

/* "1..5", "..5" or "5.." */
static bool read_range(const char *s, double *least, double *most)
{
	const char *dots = strstr(s, "..");
	char *end;
	if (!dots || (dots == s && !dots[2]))
		return false;
	*least = -(double)INFINITY;
	*most = (double)INFINITY;
	if (dots > s) {
		*least = strtod(s, &end);
		/* "1..5" is read as "1." by strtod */
		if (end != dots && end != dots + 1)
			return false;
	}
	if (dots[2]) {
		*most = strtod(dots + 2, &end);
		if (*end)
			return false;
	}
	return true;
}

void value_map_prepare(struct reading *r, const struct yaml_node *at, struct value_map *m)
{
	m->rules = arena_zero(r->arena, (m->map.count + 1) * sizeof *m->rules);
	m->count = m->map.count;
	for (size_t i = 0; i < m->count; i++) {
		const struct text_pair *p = &m->map.list[i];
		struct value_rule *rule = &m->rules[i];
		rule->from = p->name;
		rule->from_n = strlen(p->name);
		rule->to = p->value;
		rule->to_n = strlen(p->value);
		rule->ranged = read_range(p->name, &rule->least, &rule->most);
		if (rule->ranged && rule->least > rule->most)
			schema_complain(r, at, _("%s: the range %s is empty"), m->column,
					p->name);
	}
}

static bool read_number(const struct node *v, double *d)
{
	char text[NUMBER_MOST + 1], *end;
	if (v->type == NODE_NUMBER) {
		*d = node_number(v);
		return true;
	}
	if (v->n == 0 || v->n > NUMBER_MOST)
		return false;
	memcpy(text, v->s, v->n);
	text[v->n] = '\0';
	*d = strtod(text, &end);
	return !*end && isfinite(*d);
}

static const struct value_rule *find_same(const struct value_map *m, const char *s, size_t n)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->rules[i].from_n == n && memcmp(m->rules[i].from, s, n) == 0)
			return &m->rules[i];
	return NULL;
}

static const struct value_rule *find_range(const struct value_map *m, double d)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->rules[i].ranged && d >= m->rules[i].least && d <= m->rules[i].most)
			return &m->rules[i];
	return NULL;
}

static const struct value_rule *find_like(const struct value_map *m, const char *s, size_t n)
{
	for (size_t i = 0; i < m->count; i++)
		if (fold_equal(s, n, m->rules[i].from))
			return &m->rules[i];
	return NULL;
}

const struct value_rule *value_map_find(const struct value_map *m, const struct node *v)
{
	double d;
	const char *s = v->type == NODE_TRUE ? "true" : v->type == NODE_FALSE ? "false" : v->s;
	size_t n = v->type == NODE_TRUE || v->type == NODE_FALSE ? strlen(s) : v->n;
	const struct value_rule *rule = find_same(m, s, n);
	if (!rule && read_number(v, &d))
		rule = find_range(m, d);
	return rule ? rule : find_like(m, s, n);
}

jv value_map_reverse(const struct value_map *list, size_t count)
{
	jv all = jv_object();
	for (size_t i = 0; i < count; i++) {
		jv one = jv_object();
		/* From behind, so that the first of several stays. */
		for (size_t j = list[i].count; j-- > 0;)
			if (!list[i].rules[j].ranged)
				one = jv_object_set(one, jv_string(list[i].rules[j].to),
						    jv_string(list[i].rules[j].from));
		all = jv_object_set(all, jv_string(list[i].column), one);
	}
	return all;
}
