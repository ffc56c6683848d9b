/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/feed_spec.h"

#include <stddef.h>

#include "api/connector.h"
#include "api/moment.h"
#include "base/clock.h"
#include "base/i18n.h"

const char *const changes_words[] = {"latest", "cursor",   "snapshot", "since",
				     "window", "sequence", NULL};

/* clang-format off */
#define AT(type, member) offsetof(struct type, member)

const struct field delta_fields[] = {
	{.key = "field", .type = FIELD_FILTER, .offset = AT(delta_spec, field)},
	{.key = "format", .type = FIELD_TEXT, .offset = AT(delta_spec, format)},
	{.key = "zone", .type = FIELD_TEXT, .offset = AT(delta_spec, zone)},
	{.key = "overlap", .type = FIELD_DURATION, .offset = AT(delta_spec, overlap), .most = 30 * DAY},
	{.key = "lag", .type = FIELD_DURATION, .offset = AT(delta_spec, lag), .most = 30 * DAY},
	{.key = "full", .type = FIELD_DURATION, .offset = AT(delta_spec, full), .least = 1000, .most = 366 * DAY},
	{.key = "backfill", .type = FIELD_DURATION, .offset = AT(delta_spec, backfill), .least = 1000, .most = 36600 * DAY},
	{.key = "span", .type = FIELD_DURATION, .offset = AT(delta_spec, span), .least = 1000, .most = 36600 * DAY},
	{.key = "least", .type = FIELD_DURATION, .offset = AT(delta_spec, least), .least = 1, .most = 366 * DAY},
	{.key = "most", .type = FIELD_INTEGER, .offset = AT(delta_spec, most), .least = 1, .most = 1000000},
	{.key = "misses", .type = FIELD_INTEGER, .offset = AT(delta_spec, misses), .least = 1, .most = 100},
	{.key = NULL},
};

const struct field poll_fields[] = {
	{.key = "least", .type = FIELD_DURATION, .offset = AT(poll_spec, least), .required = true, .least = 100, .most = DAY},
	{.key = "most", .type = FIELD_DURATION, .offset = AT(poll_spec, most), .required = true, .least = 1000, .most = DAY},
	{.key = NULL},
};
/* clang-format on */

void feed_defaults(struct resource *r)
{
	r->delta.format = "rfc3339";
	r->delta.overlap = MINUTE;
	r->delta.span = 7 * DAY;
	r->delta.least = MINUTE;
	r->files.settle = 2 * SECOND;
	r->detail.parallel = 4;
	r->detail.request.method = request_methods[0];
}

bool feed_has_mark(const struct resource *r)
{
	return r->changes == CHANGES_SINCE || r->changes == CHANGES_WINDOW ||
	       r->changes == CHANGES_SEQUENCE;
}

static void check_times(struct reading *rd, struct resource *r, const struct yaml_node *n)
{
	int64_t unit = moment_unit(r->delta.format);
	if (!unit)
		schema_complain(rd, n,
				_("delta.format must be rfc3339, seconds, milliseconds or a "
				  "pattern of %%Y %%m %%d %%H %%M %%S %%f %%z"));
	/* Items of one second, or of one unit, come in any order. */
	if (r->delta.overlap < SECOND)
		r->delta.overlap = SECOND;
	if (r->delta.least < unit)
		r->delta.least = unit;
	if (r->changes == CHANGES_WINDOW && r->delta.span < r->delta.least)
		schema_complain(rd, n, _("delta.span is narrower than delta.least"));
	if (r->changes == CHANGES_WINDOW && !r->delta.backfill)
		schema_complain(rd, n, _("changes: window needs delta.backfill"));
}

void feed_check(struct reading *rd, struct resource *r, const struct yaml_node *n)
{
	if (feed_has_mark(r) && !r->delta.field)
		schema_complain(rd, n, _("changes: %s needs delta.field"),
				changes_words[r->changes]);
	if (r->changes == CHANGES_SINCE || r->changes == CHANGES_WINDOW)
		check_times(rd, r, n);
	if (r->poll.most && r->poll.most < r->poll.least)
		schema_complain(rd, n, _("poll.most is shorter than poll.least"));
	if (r->files.pattern && r->changes != CHANGES_LATEST && r->changes != CHANGES_SNAPSHOT)
		schema_complain(rd, n, _("files are for changes: latest and snapshot"));
	if (r->paging != PAGING_NONE && r->conditional)
		schema_complain(rd, n, _("conditional is for answers of one page"));
}
