/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/stream_spec.h"

#include <stddef.h>

#include "base/clock.h"
#include "base/i18n.h"

static const char *const types[] = {"sse", "ndjson", "json", "poll", NULL};

/* clang-format off */
#define AT(member) offsetof(struct stream_spec, member)

const struct field stream_fields[] = {
	{.key = "type", .type = FIELD_CHOICE, .offset = AT(type), .words = types},
	{.key = "request", .type = FIELD_MAP, .offset = AT(request), .required = true, .fields = request_fields},
	FORMAT_FIELDS(stream_spec, format),
	ENVELOPE_FIELDS(stream_spec, envelope),
	{.key = "event", .type = FIELD_TEXT, .offset = AT(event)},
	{.key = "resync", .type = FIELD_TEXT, .offset = AT(resync)},
	{.key = "act", .type = FIELD_FILTER, .offset = AT(act)},
	{.key = "ids", .type = FIELD_FILTER, .offset = AT(ids)},
	{.key = "kind", .type = FIELD_FILTER, .offset = AT(kind)},
	{.key = "items", .type = FIELD_FILTER, .offset = AT(items)},
	{.key = "map", .type = FIELD_FILTER, .offset = AT(map)},
	{.key = "server_time", .type = FIELD_FILTER, .offset = AT(server_time)},
	{.key = "next", .type = FIELD_FILTER, .offset = AT(next)},
	{.key = "next_header", .type = FIELD_TEXT, .offset = AT(next_header)},
	{.key = "cursor", .type = FIELD_BOOL, .offset = AT(cursor)},
	{.key = "silence", .type = FIELD_DURATION, .offset = AT(silence), .least = 1000, .most = HOUR},
	{.key = NULL},
};
/* clang-format on */

void stream_defaults(struct stream_spec *s)
{
	s->request.method = request_methods[0];
	s->silence = 35 * SECOND;
}

void stream_check(struct reading *rd, const struct stream_spec *s, const struct yaml_node *n)
{
	if (yaml_get(n, "request"))
		request_check(rd, &s->request, n, true);
	if (s->type != STREAM_POLL && s->next_header)
		schema_complain(rd, n, _("next_header is for type: poll"));
	if (s->type == STREAM_SSE && s->next)
		schema_complain(rd, n, _("events of sse have an id: next is for the others"));
	if (s->type != STREAM_SSE && (s->event || s->resync))
		schema_complain(rd, n, _("only events of sse have names; use act"));
}
