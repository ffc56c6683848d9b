/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/probe_spec.h"

#include "base/clock.h"
#include "base/i18n.h"

/* clang-format off */
#define AT(member) offsetof(struct probe_spec, member)

const struct field probe_fields[] = {
	{.key = "request", .type = FIELD_MAP, .offset = AT(request), .required = true, .fields = request_fields},
	FORMAT_FIELDS(probe_spec, format),
	ENVELOPE_FIELDS(probe_spec, envelope),
	{.key = "every", .type = FIELD_DURATION, .offset = AT(every), .least = 1000, .most = DAY},
	{.key = NULL},
};
/* clang-format on */

void probe_check(struct reading *rd, const struct probe_spec *p, const struct yaml_node *n)
{
	if (!n)
		return;
	request_check(rd, &p->request, n, true);
	format_check(rd, n, &p->format);
	if (!p->envelope.ok && !p->envelope.class)
		schema_complain(rd, n, _("probe needs ok, which must fail for a wrong key"));
}
