/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/remap_item.h"

#include <stdlib.h>
#include <string.h>

#include "api/format.h"
#include "api/jqfilter.h"
#include "base/alloc.h"
#include "base/i18n.h"

struct attempt {
	const struct kind *kind;
	const char *id;
	struct haul *haul;
	struct record **out;
	const char **reason;
	enum remap_outcome best;
};

/* Looks at what one map has added to the haul. */
static bool judge(struct attempt *a, size_t records, size_t rejects)
{
	struct haul *h = a->haul;
	for (size_t i = records; i < h->count; i++) {
		struct record *r = h->records[i];
		if (r->deleted || (a->kind && r->kind != a->kind))
			continue;
		if (a->id && strcmp(r->id, a->id) != 0) {
			a->best = REMAP_OTHERS;
			continue;
		}
		*a->out = r;
		a->best = REMAP_RECORD;
		return true;
	}
	if (h->reject_count > rejects) {
		*a->reason = h->rejects[h->reject_count - 1].reason;
		if (a->best == REMAP_NOTHING)
			a->best = REMAP_FAILED;
	}
	return false;
}

static bool try_map(struct attempt *a, struct mapper *m, const struct mapping *how,
		    const struct format_spec *format, const char *raw, size_t raw_n)
{
	struct tape t = TAPE_INIT;
	struct err e = ERR_INIT;
	size_t records = a->haul->count, rejects = a->haul->reject_count;
	char *text = xstrndup(raw, raw_n);
	if (format_reread(format, text, raw_n, &t, &e) == 0)
		mapper_item(m, how, t.nodes, a->haul);
	else
		mapper_reject(how, e.text, raw, raw_n, a->haul);
	tape_free(&t);
	free(text);
	return judge(a, records, rejects);
}

enum remap_outcome remap_item(const struct connector *c, struct mapper *m, const char *source,
			      const struct kind *k, const char *id, const char *raw,
			      size_t raw_n, struct haul *haul, struct record **out,
			      const char **reason)
{
	struct attempt a = {k, id, haul, out, reason, REMAP_NOTHING};
	*out = NULL;
	*reason = "";
	for (size_t i = 0; i < c->resources.count; i++) {
		const struct resource *r = connector_resource(c, i);
		struct mapping how = {.source = source,
				      .kind = r->kind,
				      .map = r->map,
				      .key = r->key,
				      .connector = c,
				      .convert = &r->convert};
		if (r->kind && k && r->kind != k)
			continue;
		if (jqfilter_is_bound(r->map)) { /* what it needs came with the page */
			a.best = REMAP_FAILED;
			*reason = _(
				"the map speaks of $page or $lookup, which only a pull has");
			continue;
		}
		if (try_map(&a, m, &how, &r->format, raw, raw_n))
			return a.best;
	}
	struct mapping how = {
		.source = source, .map = c->stream.map, .otherwise = k, .connector = c};
	if (c->has_stream)
		try_map(&a, m, &how, &c->stream.format, raw, raw_n);
	return a.best;
}
