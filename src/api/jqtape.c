/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqtape.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

/* --- to jq --- */

static jv make(const struct node *n, bool *deep);

static jv make_array(const struct node *n, bool *deep)
{
	jv list = jv_array();
	for (const struct node *at = node_first(n); at < node_end(n); at = node_next(at))
		list = jv_array_append(list, make(at, deep));
	return list;
}

static jv make_object(const struct node *n, bool *deep)
{
	jv object = jv_object();
	for (const struct node *key = node_first(n); key < node_end(n);
	     key = node_next(key + 1))
		object = jv_object_set(object, make(key, deep), make(key + 1, deep));
	return object;
}

static jv make(const struct node *n, bool *deep)
{
	switch (n->type) {
	case NODE_FALSE:
		return jv_false();
	case NODE_TRUE:
		return jv_true();
	case NODE_NUMBER:
		return jv_number(node_number(n));
	case NODE_STRING:
		return jv_string_sized(n->s, (int)n->n);
	case NODE_ARRAY:
		return make_array(n, deep);
	case NODE_OBJECT:
		return make_object(n, deep);
	case NODE_DEEP:
		*deep = true;
		break;
	case NODE_NULL:
		break;
	}
	return jv_null();
}

int jqtape_value(const struct node *n, jv *out, struct err *e)
{
	bool deep = false;
	*out = make(n, &deep);
	if (!deep)
		return 0;
	jv_free(*out);
	*out = jv_null();
	return err_set(e, ERR_PARSE, _("nested too deeply"));
}

/* --- from jq --- */

static int lay(struct tape *t, jv v, unsigned depth, struct err *e);

/* As jq writes it, but for what JSON has no numbers for. */
static int lay_number(struct tape *t, jv v, struct err *e)
{
	double d = jv_number_value(v);
	if (isnan(d))
		return tape_add(t, NODE_NUMBER, "nan", 3, true, e);
	if (isinf(d))
		return tape_add(t, NODE_NUMBER, d < 0 ? "-Infinity" : "Infinity", 8 + (d < 0),
				true, e);
	jv text = jv_dump_string(jv_copy(v), 0);
	size_t n = (size_t)jv_string_length_bytes(jv_copy(text));
	const char *s = arena_memdup(&t->texts, jv_string_value(text), n);
	jv_free(text);
	return tape_add(t, NODE_NUMBER, s, n, false, e);
}

static int lay_string(struct tape *t, jv v, struct err *e)
{
	size_t n = (size_t)jv_string_length_bytes(jv_copy(v));
	return tape_add(t, NODE_STRING, jv_string_value(v), n, false, e);
}

static int lay_array(struct tape *t, jv v, unsigned depth, struct err *e)
{
	int count = jv_array_length(jv_copy(v)), failed = 0;
	for (int i = 0; !failed && i < count; i++) {
		jv one = jv_array_get(jv_copy(v), i);
		failed = lay(t, one, depth, e) < 0;
		jv_free(one);
	}
	return failed ? -1 : 0;
}

static int lay_object(struct tape *t, jv v, unsigned depth, struct err *e)
{
	int failed = 0;
	for (int i = jv_object_iter(v); !failed && jv_object_iter_valid(v, i);
	     i = jv_object_iter_next(v, i)) {
		jv key = jv_object_iter_key(v, i), value = jv_object_iter_value(v, i);
		failed = lay_string(t, key, e) < 0 || lay(t, value, depth, e) < 0;
		jv_free(key);
		jv_free(value);
	}
	return failed ? -1 : 0;
}

/* It stands in no text, and so has to be written out where its text is wanted. */
static int lay_group(struct tape *t, jv v, unsigned depth, struct err *e)
{
	bool object = jv_get_kind(v) == JV_KIND_OBJECT;
	if (depth == TAPE_DEPTH)
		return tape_add(t, NODE_DEEP, "", 0, true, e);
	int at = tape_add(t, object ? NODE_OBJECT : NODE_ARRAY, "", 0, true, e);
	if (at < 0 || (object ? lay_object : lay_array)(t, v, depth + 1, e) < 0)
		return -1;
	tape_close(t, at);
	return at;
}

/* Borrows v. */
static int lay(struct tape *t, jv v, unsigned depth, struct err *e)
{
	switch (jv_get_kind(v)) {
	case JV_KIND_FALSE:
		return tape_add(t, NODE_FALSE, "", 0, false, e);
	case JV_KIND_TRUE:
		return tape_add(t, NODE_TRUE, "", 0, false, e);
	case JV_KIND_NUMBER:
		return lay_number(t, v, e);
	case JV_KIND_STRING:
		return lay_string(t, v, e);
	case JV_KIND_ARRAY:
	case JV_KIND_OBJECT:
		return lay_group(t, v, depth, e);
	case JV_KIND_INVALID:
	case JV_KIND_NULL:
		break;
	}
	return tape_add(t, NODE_NULL, "", 0, false, e);
}

int jqtape_read(struct tape *t, jv v, struct err *e)
{
	tape_clear(t);
	return lay(t, v, 0, e) < 0 ? -1 : 0;
}

/* "WHAT at line N, column M (while parsing 'the whole text')" */
static int refuse(jv v, struct err *e)
{
	char text[200];
	jv message = jv_invalid_get_msg(v);
	bool has = jv_get_kind(message) == JV_KIND_STRING;
	snprintf(text, sizeof text, "%s", has ? jv_string_value(message) : _("no value"));
	jv_free(message);
	char *whole = strstr(text, " (while parsing");
	if (whole)
		*whole = '\0';
	return err_set(e, ERR_PARSE, "%s", text);
}

int jqtape_parse(struct tape *t, const char *s, size_t n, struct err *e)
{
	jv v = jv_parse_sized(s, (int)n);
	if (!jv_is_valid(v))
		return refuse(v, e);
	int failed = jqtape_read(t, v, e);
	for (size_t i = 0; i < t->count; i++)
		if (t->nodes[i].type == NODE_STRING)
			t->nodes[i].s = arena_memdup(&t->texts, t->nodes[i].s, t->nodes[i].n);
	jv_free(v);
	return failed;
}
