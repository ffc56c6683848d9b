/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/request_spec.h"

#include <stddef.h>
#include <string.h>

#include "base/i18n.h"

const char *const request_methods[] = {"GET", "POST",  "QUERY",  "REPORT", "SEARCH",
				       "PUT", "PATCH", "DELETE", NULL};

/* clang-format off */
#define AT(member) offsetof(struct request_spec, member)

const struct field request_fields[] = {
	{.key = "method", .type = FIELD_WORD, .offset = AT(method), .words = request_methods},
	{.key = "path", .type = FIELD_URI, .offset = AT(path)},
	{.key = "url", .type = FIELD_TEMPLATE, .offset = AT(url)},
	{.key = "query", .type = FIELD_PAIRS, .offset = AT(query)},
	{.key = "headers", .type = FIELD_PAIRS, .offset = AT(headers)},
	{.key = "body", .type = FIELD_TEMPLATE, .offset = AT(body)},
	{.key = "json", .type = FIELD_TREE, .offset = AT(json)},
	{.key = "xml", .type = FIELD_XML, .offset = AT(xml)},
	{.key = "form", .type = FIELD_PAIRS, .offset = AT(form)},
	{.key = NULL},
};
/* clang-format on */

static bool only_reads(const char *method)
{
	for (size_t i = 0; i < REQUEST_READS; i++)
		if (strcmp(method, request_methods[i]) == 0)
			return true;
	return false;
}

void request_check(struct reading *rd, const struct request_spec *r, const struct yaml_node *n,
		   bool reads)
{
	const struct yaml_node *request = yaml_get(n, "request");
	if (!r->path && !r->url && !yaml_get(request, "path") && !yaml_get(request, "url"))
		schema_complain(rd, n, _("request.path is missing here"));
	if (yaml_get(request, "path") && yaml_get(request, "url"))
		schema_complain(rd, n, _("only one of path and url can be asked"));
	if (!!r->body + !!r->json + !!r->xml + !!r->form.count > 1)
		schema_complain(rd, n, _("only one of body, json, xml and form can be sent"));
	if (reads && !only_reads(r->method))
		schema_complain(rd, n, _("%s changes what is there; this only reads"),
				r->method);
}

const char *request_type(const struct request_spec *r)
{
	if (r->form.count)
		return "application/x-www-form-urlencoded";
	if (r->xml)
		return "application/xml";
	return r->body || r->json ? "application/json" : NULL;
}
