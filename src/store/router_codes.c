/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of the file against the catalogue as it is today: a rule must not send anything to a
 * unit that was merged into another. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "model/kinds.h"
#include "store/lineage.h"
#include "store/listing.h"
#include "store/router_parts.h"
#include "store/sql.h"

/* The code that a name means, or one that is written nearly so. */
static const char *unknown(const struct router_codes *c, struct arena *a,
			   const struct kind *catalogue, const char *code)
{
	const struct name_row *row;
	const char *named = names_code(c->names, catalogue, code, 0);
	struct suggest near = suggest_start(code);
	for (size_t i = 0; (row = names_nth(c->names, catalogue, i)); i++)
		suggest_try(&near, row->code);
	const char *meant = named ? named : near.best;
	if (!meant)
		return arena_printf(a, _("no code \"%s\" in %s"), code, catalogue->plural);
	return arena_printf(a, _("no code \"%s\" in %s; did you mean \"%s\" (%s)?"), code,
			    catalogue->plural, meant,
			    names_get(c->names, catalogue, meant, c->now, true));
}

static const char *ended(const struct router_codes *c, struct arena *a,
			 const struct kind *catalogue, const struct name_row *row)
{
	struct lineage l = lineage_find(c->names, catalogue, row->code,
					row->to == INT64_MAX ? c->now : row->to - 1, c->now);
	if (l.end == LINEAGE_FOLLOWED)
		return arena_printf(a, _("%s (%s) is no more: its duties are with %s (%s)"),
				    row->code, row->brief, l.now->code, l.now->brief);
	if (l.end == LINEAGE_SPLIT)
		return arena_printf(a, _("%s (%s) was divided: say which of its parts"),
				    row->code, row->brief);
	return arena_printf(a,
			    _("%s (%s) is no more, and the catalogue says nobody who follows"),
			    row->code, row->brief);
}

const char *router_wrong_code(void *data, struct arena *a, const struct kind *catalogue,
			      const char *code)
{
	const struct router_codes *c = data;
	if (!names_nth(c->names, catalogue, 0))
		return NULL; /* no such catalogue has come yet */
	const struct name_row *row = names_row(c->names, catalogue, code, c->now);
	if (!row)
		return unknown(c, a, catalogue, code);
	if (row->to <= c->now)
		return ended(c, a, catalogue, row);
	if (row->from > c->now)
		return arena_printf(a, _("%s (%s) does not exist yet"), row->code, row->brief);
	return NULL;
}

const char *router_unit_today(struct db *db, const struct record *r, int64_t now)
{
	const char *code = record_text(r, COL_UNIT);
	struct lineage l = lineage_find(listing_names(db), &kind_unit, code,
					record_int(r, COL_CREATED_AT, now), now);
	return l.now ? l.now->code : code;
}
