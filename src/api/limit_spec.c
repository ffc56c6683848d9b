/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/limit_spec.h"

#include "api/tape.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "model/hours.h"

/* clang-format off */
#define AT(type, member) offsetof(struct type, member)

static const struct field rate_fields[] = {
	{.key = "requests", .type = FIELD_INTEGER, .offset = AT(http_gate_limits, requests), .required = true, .least = 1, .most = 100000},
	{.key = "every", .type = FIELD_DURATION, .offset = AT(http_gate_limits, every), .least = 10, .most = DAY},
	{.key = "burst", .type = FIELD_INTEGER, .offset = AT(http_gate_limits, burst), .least = 1, .most = 100000},
	{.key = NULL},
};

const struct field limit_fields[] = {
	{.key = "connect", .type = FIELD_DURATION, .offset = AT(limit_spec, connect), .least = 100, .most = 5 * MINUTE},
	{.key = "answer", .type = FIELD_DURATION, .offset = AT(limit_spec, answer), .least = 100, .most = HOUR},
	{.key = "silence", .type = FIELD_DURATION, .offset = AT(limit_spec, silence), .least = 1000, .most = HOUR},
	{.key = "body", .type = FIELD_SIZE, .offset = AT(limit_spec, body), .least = 1024, .most = INT64_C(1) << 30},
	{.key = "pages", .type = FIELD_INTEGER, .offset = AT(limit_spec, pages), .least = 1, .most = 1000000},
	{.key = "depth", .type = FIELD_INTEGER, .offset = AT(limit_spec, depth), .least = 4, .most = TAPE_DEPTH},
	{.key = "rate", .type = FIELD_MAP, .offset = AT(limit_spec, rate), .fields = rate_fields},
	{.key = "parallel", .type = FIELD_INTEGER, .offset = AT(limit_spec, rate.parallel), .least = 1, .most = 64},
	{.key = "hours", .type = FIELD_TEXT, .offset = AT(limit_spec, hours)},
	{.key = NULL},
};

const struct field retry_fields[] = {
	{.key = "base", .type = FIELD_DURATION, .offset = AT(retry_spec, base), .least = 10, .most = HOUR},
	{.key = "most", .type = FIELD_DURATION, .offset = AT(retry_spec, most), .least = 10, .most = DAY},
	{.key = "tries", .type = FIELD_INTEGER, .offset = AT(retry_spec, tries), .least = 1, .most = 1000},
	{.key = "pause", .type = FIELD_DURATION, .offset = AT(retry_spec, pause), .least = 10, .most = DAY},
	{.key = "on", .type = FIELD_STATUSES, .offset = AT(retry_spec, on)},
	{.key = NULL},
};
/* clang-format on */

void limit_check(struct reading *rd, const struct limit_spec *l, const struct yaml_node *n)
{
	struct hours h;
	if (l->hours && hours_parse(l->hours, &h) < 0)
		schema_complain(rd, yaml_get(n, "hours"), "%s", _(HOURS_WRONG));
}

bool retry_may_pass(const struct retry_spec *r, long status)
{
	if (r->on.count)
		return statuses_have(&r->on, status);
	return status == 408 || status == 425 || status == 429 || status >= 500;
}
