/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/lookups.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "api/ask.h"
#include "api/fetch.h"
#include "api/jqtape.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"

#define ROWS_MOST 200000
#define RETRY_MS MINUTE /* before a table that could not be had is asked for again */

/* clang-format off */
#define AT(member) offsetof(struct lookup_spec, member)

const struct field lookup_fields[] = {
	{.key = "name", .type = FIELD_TEXT, .offset = AT(resource.name), .required = true},
	{.key = "request", .type = FIELD_MAP, .offset = AT(resource.request), .required = true, .fields = request_fields},
	{.key = "items", .type = FIELD_FILTER, .offset = AT(resource.items)},
	FORMAT_FIELDS(lookup_spec, resource.format),
	ENVELOPE_FIELDS(lookup_spec, resource.envelope),
	{.key = "paging", .type = FIELD_CHOICE, .offset = AT(resource.paging), .words = paging_words},
	{.key = "next", .type = FIELD_FILTER, .offset = AT(resource.next)},
	{.key = "next_header", .type = FIELD_TEXT, .offset = AT(resource.next_header)},
	{.key = "more", .type = FIELD_FILTER, .offset = AT(resource.more)},
	{.key = "total", .type = FIELD_FILTER, .offset = AT(resource.total)},
	{.key = "end", .type = FIELD_WORDS, .offset = AT(resource.end)},
	{.key = "first_page", .type = FIELD_INTEGER, .offset = AT(resource.first_page), .most = 1},
	{.key = "page_size", .type = FIELD_INTEGER, .offset = AT(resource.page_size), .least = 1, .most = 10000},
	{.key = "id", .type = FIELD_FILTER, .offset = AT(id)},
	{.key = "value", .type = FIELD_FILTER, .offset = AT(value)},
	{.key = "lifetime", .type = FIELD_DURATION, .offset = AT(lifetime), .least = 1000, .most = 366 * DAY},
	{.key = NULL},
};
/* clang-format on */

void lookup_prepare(void *item, const void *connector)
{
	struct lookup_spec *s = item;
	(void)connector;
	s->resource.request.method = request_methods[0];
	s->resource.changes = CHANGES_SNAPSHOT;
	s->resource.first_page = 1;
	s->resource.page_size = 500;
	s->lifetime = DAY;
}

void lookup_check(struct reading *rd, struct connector *c, const struct yaml_node *list)
{
	for (size_t i = 0; i < c->lookups.count; i++) {
		struct lookup_spec *s = (struct lookup_spec *)c->lookups.list + i;
		const struct resource *r = &s->resource;
		const struct yaml_node *n = yaml_at(list, i);
		if (yaml_get(n, "request"))
			request_check(rd, &r->request, n, true);
		format_check(rd, n, &r->format);
		bool next = r->next || r->next_header;
		if ((r->paging == PAGING_NEXT || r->paging == PAGING_CURSOR) && !next)
			schema_complain(rd, n, _("this paging needs next"));
		if (!s->resource.items)
			s->resource.items = connector_filter(c, ".");
		if (!s->id)
			s->id = connector_filter(c, ".id");
		if (!s->value)
			s->value = connector_filter(c, ".");
	}
}

struct table {
	const struct lookup_spec *spec;
	jv rows;        /* an object; invalid: there is none yet */
	jv fresh;       /* what is being read */
	int64_t old_at; /* monotonic */
	struct fetch *fetch;
	size_t count;
};

struct lookups {
	const struct site *site;
	struct table *list;
	size_t count;
};

struct lookups *lookups_new(const struct site *s)
{
	struct lookups *l = xcalloc(1, sizeof *l);
	l->site = s;
	l->count = s->connector->lookups.count;
	l->list = xcalloc(l->count + 1, sizeof *l->list);
	for (size_t i = 0; i < l->count; i++)
		l->list[i] = (struct table){
			.spec = (const struct lookup_spec *)s->connector->lookups.list + i,
			.rows = jv_invalid(),
			.fresh = jv_null()};
	return l;
}

void lookups_free(struct lookups *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < l->count; i++) {
		fetch_free(l->list[i].fetch);
		jv_free(l->list[i].rows);
		jv_free(l->list[i].fresh);
	}
	free(l->list);
	free(l);
}

static int add_row(void *context, const struct node *item, struct err *e)
{
	struct table *t = context;
	struct jqfilter_out out;
	struct failure f;
	char *id = NULL;
	jv value;
	if (t->count >= ROWS_MOST)
		return err_set(e, ERR_LIMIT, _("more rows than allowed"));
	if (ask_text(t->spec->id, item, &id, &f) < 0 || !id)
		return 0;
	if (jqfilter_ask(t->spec->value, item, &out, NULL) == 0 &&
	    jqtape_value(out.node, &value, NULL) == 0) {
		t->fresh = jv_object_set(t->fresh, jv_string(id), value);
		t->count++;
	}
	jqfilter_out_free(&out);
	free(id);
	return 0;
}

static int begin(struct lookups *l, struct table *t, const struct position *at,
		 struct failure *f)
{
	t->fetch = fetch_new(l->site, &t->spec->resource, at, f);
	return t->fetch ? 0 : -1;
}

/* The old table, if there is one, is better than none. */
static int give_up(struct table *t, const struct failure *f, struct failure *out)
{
	char words[300];
	failure_text(f, false, words, sizeof words);
	log_warn("lookup %s: %s", t->spec->resource.name, words);
	*out = *f;
	fetch_free(t->fetch);
	t->fetch = NULL;
	t->old_at = clock_monotonic() + RETRY_MS;
	return jv_is_valid(t->rows) ? 0 : -1;
}

static int take_page(struct lookups *l, struct table *t, struct failure *f)
{
	struct err e = ERR_INIT;
	struct failure wrong;
	struct position next = {0};
	const struct page_facts *facts = fetch_facts(t->fetch);
	if (fetch_each(t->fetch, add_row, t, &e) < 0) {
		failure_set(&wrong, e.code, N_("a table to look things up is too long"),
			    e.text);
		return give_up(t, &wrong, f);
	}
	bool more = facts->more;
	position_copy(&next, &facts->next);
	fetch_free(t->fetch);
	t->fetch = NULL;
	int rc = more && begin(l, t, &next, &wrong) < 0 ? give_up(t, &wrong, f) : 0;
	position_free(&next);
	if (rc < 0 || more)
		return rc;
	jv_free(t->rows);
	t->rows = t->fresh;
	t->fresh = jv_null();
	t->old_at = clock_monotonic() + t->spec->lifetime;
	return 0;
}

static int turn(struct lookups *l, struct table *t, struct failure *f)
{
	struct position start = {0};
	struct failure wrong;
	if (!t->fetch && clock_monotonic() < t->old_at && jv_is_valid(t->rows))
		return 0;
	if (!t->fetch) {
		jv_free(t->fresh);
		t->fresh = jv_object();
		t->count = 0;
		return begin(l, t, &start, &wrong) < 0 ? give_up(t, &wrong, f) : 0;
	}
	switch (fetch_state(t->fetch)) {
	case FETCH_FAILED:
		wrong = *fetch_failure(t->fetch);
		return give_up(t, &wrong, f);
	case FETCH_READY:
	case FETCH_DONE:
		return take_page(l, t, f);
	case FETCH_WAITING:
		break;
	}
	return 0;
}

enum lookups_state lookups_prepare(struct lookups *l, struct failure *f)
{
	enum lookups_state state = LOOKUPS_READY;
	for (size_t i = 0; i < l->count; i++) {
		if (turn(l, &l->list[i], f) < 0)
			return LOOKUPS_FAILED;
		if (l->list[i].fetch)
			state = LOOKUPS_WAITING;
	}
	return state;
}

jv lookups_value(const struct lookups *l)
{
	jv all = jv_object();
	for (size_t i = 0; i < l->count; i++) {
		const struct table *t = &l->list[i];
		if (jv_is_valid(t->rows))
			all = jv_object_set(all, jv_string(t->spec->resource.name),
					    jv_copy(t->rows));
	}
	return all;
}
