/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/convert.h"

#include <math.h>
#include <string.h>

#include "api/htmltext.h"
#include "api/timeform.h"
#include "base/i18n.h"
#include "base/suggest.h"

const char *const convert_number_names[] = {"1,234.5", "1.234,5", NULL};

#define NUMBER_MOST 64
#define EPOCH_LARGE 1e11 /* a number beyond it counts milliseconds */

/* --- what the connector says --- */

static bool is_state_of(const struct kind *k, const char *code)
{
	for (const struct state *s = k->states; s && s->code; s++)
		if (strcmp(s->code, code) == 0)
			return true;
	return !k->states;
}

static bool is_choice_of(const struct column *c, const char *code)
{
	for (const struct choice *x = c->choices; x && x->code; x++)
		if (strcmp(x->code, code) == 0)
			return true;
	return !c->choices;
}

static bool is_code(const struct kind *k, const struct column *c, const char *code)
{
	if (!*code)
		return true;
	return c->type == COLUMN_STATE    ? is_state_of(k, code)
	       : c->type == COLUMN_CHOICE ? is_choice_of(c, code)
					  : true;
}

static void no_code(struct reading *r, const struct yaml_node *at, const struct kind *k,
		    const struct column *c, const char *code)
{
	struct suggest s = suggest_start(code);
	struct strbuf all = STRBUF_INIT;
	for (const struct state *x = c->type == COLUMN_STATE ? k->states : NULL; x && x->code;
	     x++) {
		suggest_try(&s, x->code);
		strbuf_addf(&all, "%s%s", all.len ? ", " : "", x->code);
	}
	for (const struct choice *x = c->choices; x && x->code; x++) {
		suggest_try(&s, x->code);
		strbuf_addf(&all, "%s%s", all.len ? ", " : "", x->code);
	}
	if (s.best)
		schema_complain(r, at, _("%s: no such code: %s; did you mean %s? (%s)"), c->id,
				code, s.best, all.s);
	else
		schema_complain(r, at, _("%s: no such code: %s (%s)"), c->id, code, all.s);
	strbuf_free(&all);
}

static void no_column(struct reading *r, const struct yaml_node *at, const struct kind *k,
		      const char *name)
{
	struct suggest s = suggest_start(name);
	for (size_t i = 0; i < k->column_count; i++)
		suggest_try(&s, k->columns[i].id);
	if (s.best)
		schema_complain(r, at, _("%s has no column %s; did you mean %s?"), k->id, name,
				s.best);
	else
		schema_complain(r, at, _("%s has no column %s"), k->id, name);
}

static void check_codes(struct reading *r, const struct yaml_node *at, const struct kind *k,
			const struct column *c, const struct value_map *m)
{
	const struct yaml_node *map = yaml_get(at, "map");
	for (size_t i = 0; i < m->count; i++)
		if (!is_code(k, c, m->rules[i].to))
			no_code(r, yaml_at(map, i), k, c, m->rules[i].to);
	if (m->other && !is_code(k, c, m->other))
		no_code(r, yaml_get(at, "default"), k, c, m->other);
}

static void check_map(struct reading *r, const struct yaml_node *at, const struct kind *k,
		      struct value_map *m)
{
	value_map_prepare(r, at, m);
	if (m->other && strcmp(m->other, "raw") == 0)
		m->other = NULL;
	if (!k)
		return;
	int column = kind_column(k, m->column);
	if (column < 0)
		no_column(r, at, k, m->column);
	else
		check_codes(r, at, k, &k->columns[column], m);
}

static void check_times(struct reading *r, const struct yaml_node *list, const struct words *w)
{
	for (size_t i = 0; i < w->count; i++) {
		const char *wrong = timeform_wrong(w->list[i]);
		if (wrong)
			schema_complain(r, yaml_at(list, i), _("times: %s: %s"), w->list[i],
					_(wrong));
	}
}

void convert_check(struct reading *r, const struct yaml_node *at, const struct kind *k,
		   struct convert_spec *s)
{
	const struct yaml_node *html = yaml_get(at, "html"), *values = yaml_get(at, "values");
	if (yaml_get(at, "times"))
		check_times(r, yaml_get(at, "times"), &s->times);
	for (size_t i = 0; html && k && i < s->html.count; i++)
		if (strcmp(s->html.list[i], "history") != 0 &&
		    kind_column(k, s->html.list[i]) < 0)
			no_column(r, yaml_at(html, i), k, s->html.list[i]);
	for (size_t i = 0; values && i < s->values.count; i++)
		check_map(r, yaml_at(values, i), k, (struct value_map *)s->values.list + i);
}

/* --- parts --- */

/* How often a column is named: some systems escape HTML twice. */
static size_t html_layers(const struct convert_spec *s, const char *name)
{
	size_t layers = 0;
	for (size_t i = 0; i < s->html.count; i++)
		layers += strcmp(s->html.list[i], name) == 0;
	return layers;
}

/* What is left below so many layers of HTML, in the scratch. */
static void unwrap(const struct converter *c, const struct node *v, size_t layers)
{
	strbuf_clear(c->scratch);
	htmltext_append(c->scratch, v->s, v->n);
	while (--layers) {
		struct strbuf outer = *c->scratch;
		*c->scratch = (struct strbuf)STRBUF_INIT;
		htmltext_append(c->scratch, outer.s, outer.len);
		strbuf_free(&outer);
	}
}

static const struct value_map *map_of(const struct convert_spec *s, const char *column)
{
	const struct value_map *list = s->values.list;
	for (size_t i = 0; i < s->values.count; i++)
		if (strcmp(list[i].column, column) == 0)
			return &list[i];
	return NULL;
}

bool convert_is_plain(const struct convert_spec *s)
{
	return !s || (!s->times.count && !s->html.count && !s->values.count &&
		      s->numbers == NUMBERS_POINT);
}

bool convert_maps(const struct convert_spec *s, const char *column)
{
	return map_of(s, column) != NULL;
}

/* Thousands' points gone, and a point for the comma. */
static bool turn_number(const struct node *v, char *copy)
{
	size_t n = 0;
	if (v->n > NUMBER_MOST)
		return false;
	for (size_t i = 0; i < v->n; i++)
		if (v->s[i] != '.' && v->s[i] != ' ')
			copy[n++] = v->s[i] == ',' ? '.' : v->s[i];
	copy[n] = '\0';
	return true;
}

/* Thousands' commas gone. */
static bool drop_commas(const struct node *v, char *copy)
{
	size_t n = 0;
	if (v->n > NUMBER_MOST)
		return false;
	for (size_t i = 0; i < v->n; i++)
		if (v->s[i] != ',')
			copy[n++] = v->s[i];
	copy[n] = '\0';
	return true;
}

/* --- times --- */

/* RFC 3339 with its zone, which most write, needs no more. */
static bool is_plain_time(const struct node *v)
{
	return v->type == NODE_STRING && v->n >= 20 && v->n <= CLOCK_TEXT &&
	       (v->s[v->n - 1] == 'Z' || v->s[v->n - 6] == '+' || v->s[v->n - 6] == '-');
}

static int number_time(double v, int64_t *t)
{
	*t = CLOCK_NONE;
	if (!(fabs(v) < 1e15))
		return -1;
	*t = llround(fabs(v) >= EPOCH_LARGE ? v : v * (double)SECOND);
	return 0;
}

int convert_time(const struct converter *c, const struct node *v, int64_t *t)
{
	static const struct words none = {NULL, 0};
	const struct words *forms = c->spec ? &c->spec->times : &none;
	*t = CLOCK_NONE;
	if (v->type == NODE_NULL)
		return 0;
	if (is_plain_time(v) && clock_parse(v->s, v->n, t) == 0)
		return 0;
	if (v->type == NODE_STRING || (v->type == NODE_NUMBER && node_is_integer(v)))
		return timeform_read(forms, c->zone, v->s, v->n, t);
	return v->type == NODE_NUMBER ? number_time(node_number(v), t) : -1;
}

/* --- columns --- */

static int put_text(struct arena *a, struct record *r, size_t column, const struct node *v,
		    struct err *e)
{
	return record_put_text(a, r, column, v->s, v->n, e);
}

static int put_number(struct arena *a, struct record *r, size_t column, const struct node *v,
		      struct err *e)
{
	/* A text keeps all the digits. */
	return column_is_textual(r->kind->columns[column].type) && node_is_integer(v)
		       ? put_text(a, r, column, v, e)
		       : record_put_number(a, r, column, node_number(v), e);
}

static int put_any(struct arena *a, struct record *r, size_t column, const struct node *v,
		   struct err *e)
{
	switch (v->type) {
	case NODE_STRING:
		return put_text(a, r, column, v, e);
	case NODE_NUMBER:
		return put_number(a, r, column, v, e);
	case NODE_TRUE:
	case NODE_FALSE:
		return record_put_bool(r, column, v->type == NODE_TRUE, e);
	case NODE_ARRAY:
	case NODE_OBJECT:
	case NODE_DEEP:
		return err_set(e, ERR_PARSE, _("%s: an %s where one value belongs"),
			       r->kind->columns[column].id, node_type_name(v));
	case NODE_NULL:
		break;
	}
	return 0;
}

static int put_time(const struct converter *c, struct record *r, size_t column,
		    const struct node *v, struct err *e)
{
	int64_t t;
	const char *id = r->kind->columns[column].id;
	if (v->type != NODE_STRING && v->type != NODE_NUMBER)
		return put_any(NULL, r, column, v, e);
	if (convert_time(c, v, &t) < 0)
		return err_set(e, ERR_PARSE,
			       _("%s: not a time: %.*s (see times in ioc-connector(5))"), id,
			       (int)(v->n < 40 ? v->n : 40), v->s);
	return record_put_time(r, column, t, e);
}

static int put_mapped(const struct value_map *m, struct arena *a, struct record *r,
		      size_t column, const struct node *v, bool *unknown, struct err *e)
{
	const struct value_rule *rule = value_map_find(m, v);
	if (rule)
		return record_put_text(a, r, column, rule->to, rule->to_n, e);
	*unknown = true;
	return m->other ? record_put_text(a, r, column, m->other, strlen(m->other), e)
			: put_any(a, r, column, v, e);
}

static bool is_group(const struct node *v)
{
	return v->type == NODE_ARRAY || v->type == NODE_OBJECT || v->type == NODE_DEEP;
}

static int put_converted(const struct converter *c, struct arena *a, struct record *r,
			 size_t column, const struct node *v, bool *unknown, struct err *e)
{
	const struct column *col = &r->kind->columns[column];
	const struct value_map *m = map_of(c->spec, col->id);
	char number[NUMBER_MOST + 1];
	if (m && !is_group(v) && !(v->type == NODE_STRING && !v->n))
		return put_mapped(m, a, r, column, v, unknown, e);
	size_t layers = v->type == NODE_STRING && column_is_textual(col->type)
				? html_layers(c->spec, col->id)
				: 0;
	if (layers) {
		unwrap(c, v, layers);
		return record_put_text(a, r, column, c->scratch->s, c->scratch->len, e);
	}
	bool numeric = col->type == COLUMN_REAL || col->type == COLUMN_INTEGER ||
		       col->type == COLUMN_DURATION;
	if (v->type == NODE_STRING && numeric &&
	    (c->spec->numbers == NUMBERS_COMMA ? turn_number : drop_commas)(v, number))
		return record_put_text(a, r, column, number, strlen(number), e);
	return put_any(a, r, column, v, e);
}

int convert_column(const struct converter *c, struct arena *a, struct record *r, size_t column,
		   const struct node *v, bool *unknown, struct err *e)
{
	enum column_type type = r->kind->columns[column].type;
	if (type == COLUMN_TIME || type == COLUMN_DEADLINE)
		return put_time(c, r, column, v, e);
	return c->spec ? put_converted(c, a, r, column, v, unknown, e)
		       : put_any(a, r, column, v, e);
}

/* --- histories --- */

static void write_string(const char *s, size_t n, struct strbuf *out)
{
	struct node text = {s, (uint32_t)n, 1, NODE_STRING, false};
	node_write(&text, NODE_CLEAN, out);
}

static bool is(const struct node *key, const char *name)
{
	return key->n == strlen(name) && memcmp(key->s, name, key->n) == 0;
}

static void write_time(const struct converter *c, const struct node *v, struct strbuf *out)
{
	int64_t t;
	char text[CLOCK_TEXT];
	if (is_plain_time(v) || convert_time(c, v, &t) < 0) {
		node_write(v, NODE_CLEAN, out);
	} else if (t == CLOCK_NONE) {
		strbuf_adds(out, "null");
	} else {
		clock_format_utc(t, text);
		write_string(text, strlen(text), out);
	}
}

static void write_state(const struct converter *c, const struct node *v, struct strbuf *out)
{
	const struct value_map *m = c->spec ? map_of(c->spec, "state") : NULL;
	const struct value_rule *rule = m && !is_group(v) && v->type != NODE_NULL
						? value_map_find(m, v)
						: NULL;
	if (rule)
		write_string(rule->to, rule->to_n, out);
	else
		node_write(v, NODE_CLEAN, out);
}

static void write_member(const struct converter *c, const struct node *key, struct strbuf *out)
{
	const struct node *v = key + 1;
	node_write(key, NODE_CLEAN, out);
	strbuf_addc(out, ':');
	if (is(key, "at")) {
		write_time(c, v, out);
	} else if (is(key, "from") || is(key, "to")) {
		write_state(c, v, out);
	} else if (is(key, "text") && v->type == NODE_STRING && c->spec &&
		   html_layers(c->spec, "history")) {
		unwrap(c, v, html_layers(c->spec, "history"));
		write_string(c->scratch->s, c->scratch->len, out);
	} else {
		node_write(v, NODE_CLEAN, out);
	}
}

void convert_history(const struct converter *c, const struct node *list, struct strbuf *out)
{
	const struct node *end = node_end(list);
	bool first = true;
	strbuf_addc(out, '[');
	for (const struct node *n = node_first(list); n < end; n = node_next(n)) {
		if (n->type != NODE_OBJECT)
			continue;
		strbuf_adds(out, first ? "{" : ",{");
		for (const struct node *key = node_first(n); key < node_end(n);
		     key = node_next(key + 1)) {
			if (key != node_first(n))
				strbuf_addc(out, ',');
			write_member(c, key, out);
		}
		strbuf_addc(out, '}');
		first = false;
	}
	strbuf_addc(out, ']');
}
