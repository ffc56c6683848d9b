/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/tree.h"

#include <stdlib.h>
#include <string.h>

#include "api/template.h"

static bool is_number(const char *s)
{
	char *end;
	if (!strspn(s, "-0123456789"))
		return false;
	strtod(s, &end);
	return !*end && strspn(s, "-0123456789.eE+") == strlen(s) &&
	       !(s[0] == '0' && s[1] >= '0' && s[1] <= '9');
}

/* What a plain scalar means in YAML's JSON schema; quoted ones are texts. */
static bool is_literal(const struct yaml_node *n, const char *s)
{
	return yaml_is_plain(n) && (strcmp(s, "true") == 0 || strcmp(s, "false") == 0 ||
				    strcmp(s, "null") == 0 || is_number(s));
}

static void add_scalar(const struct yaml_node *n, struct strbuf *out)
{
	const char *s = yaml_text(n);
	if (!s || (!*s && yaml_is_plain(n)))
		strbuf_adds(out, "null");
	else if (is_literal(n, s))
		strbuf_adds(out, s);
	else
		template_expression(s, TEMPLATE_TEXT, out);
}

static bool can_be_null(const struct yaml_node *n)
{
	const char *s = yaml_text(n);
	return s && strncmp(s, "\\(", 2) == 0;
}

static void add_map(const struct yaml_node *n, struct strbuf *out)
{
	strbuf_adds(out, "({}");
	for (size_t i = 0; i < yaml_count(n); i++) {
		const struct yaml_node *value = yaml_at(n, i);
		const char *key = yaml_key(n, i);
		struct strbuf name = STRBUF_INIT;
		template_expression(key ? key : "", TEMPLATE_TEXT, &name);
		strbuf_adds(out, " + (");
		tree_expression(value, out);
		if (can_be_null(value))
			strbuf_addf(out, " | if . == null then {} else {(%s): .} end)", name.s);
		else
			strbuf_addf(out, " | {(%s): .})", name.s);
		strbuf_free(&name);
	}
	strbuf_addc(out, ')');
}

static void add_list(const struct yaml_node *n, struct strbuf *out)
{
	strbuf_addc(out, '[');
	for (size_t i = 0; i < yaml_count(n); i++) {
		if (i)
			strbuf_adds(out, ", ");
		tree_expression(yaml_at(n, i), out);
	}
	strbuf_addc(out, ']');
}

void tree_expression(const struct yaml_node *n, struct strbuf *out)
{
	if (yaml_is_map(n))
		add_map(n, out);
	else if (yaml_is_list(n))
		add_list(n, out);
	else
		add_scalar(n, out);
}

void tree_each(const struct yaml_node *n, void (*each)(void *, const struct yaml_node *),
	       void *context)
{
	if (!yaml_is_map(n) && !yaml_is_list(n))
		each(context, n);
	for (size_t i = 0; i < yaml_count(n); i++)
		tree_each(yaml_at(n, i), each, context);
}
