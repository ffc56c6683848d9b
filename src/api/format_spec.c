/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a connector says of a form: tables, and what no single key can tell. */
#include <iconv.h>
#include <string.h>

#include "api/format.h"
#include "base/i18n.h"

const char *const format_names[] = {"auto", "json", "ndjson", "xml", "csv", NULL};
const char *const format_key_names[] = {"keep", "folded", NULL};

/* clang-format off */
#define AT(type, member) offsetof(struct type, member)

const struct field format_xml_fields[] = {
	{.key = "lists", .type = FIELD_WORDS, .offset = AT(xml_spec, lists)},
	{.key = "prefixes", .type = FIELD_BOOL, .offset = AT(xml_spec, prefixes)},
	{.key = NULL},
};

const struct field format_csv_fields[] = {
	{.key = "delimiter", .type = FIELD_TEXT, .offset = AT(csv_spec, delimiter)},
	{.key = "quote", .type = FIELD_TEXT, .offset = AT(csv_spec, quote)},
	{.key = "columns", .type = FIELD_WORDS, .offset = AT(csv_spec, columns)},
	{.key = "skip", .type = FIELD_INTEGER, .offset = AT(csv_spec, skip), .most = 1000},
	{.key = NULL},
};
/* clang-format on */

static void check_character(struct reading *r, const struct yaml_node *csv, const char *key,
			    const char *s)
{
	const struct yaml_node *n = yaml_get(csv, key);
	if (n && s && (strlen(s) != 1 || strchr("\r\n", *s)))
		schema_complain(r, n, _("%s must be one ASCII character"), key);
}

void format_check(struct reading *r, const struct yaml_node *at, const struct format_spec *s)
{
	const struct yaml_node *csv = yaml_get(at, "csv");
	check_character(r, csv, "delimiter", s->csv.delimiter);
	check_character(r, csv, "quote", s->csv.quote);
	if (!s->charset || !yaml_get(at, "charset"))
		return;
	iconv_t way = iconv_open("UTF-8", s->charset);
	if (way == (iconv_t)-1)
		schema_complain(r, yaml_get(at, "charset"), _("no such charset: %s"),
				s->charset);
	else
		iconv_close(way);
}

const char *format_accept(const struct format_spec *s)
{
	static const char *const types[] = {
		"application/json", "application/json",
		"application/x-ndjson, application/json-seq;q=0.9, application/json;q=0.8",
		"application/xml, text/xml;q=0.9", "text/csv, text/plain;q=0.9"};
	return types[s->type];
}
