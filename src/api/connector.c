/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connector language is these tables; a new key is a new row. */
#include "api/connector.h"

#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/lookups.h"
#include "api/paging.h"
#include "api/template.h"
#include "api/url.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

const char *const paging_words[] = {"none", "cursor", "page",   "offset",
				    "next", "link",   "keyset", NULL};

/* clang-format off */
#define AT(type, member) offsetof(struct type, member)

static const struct field guard_fields[] = {
	{.key = "never_empty", .type = FIELD_BOOL, .offset = AT(guard_spec, never_empty)},
	{.key = "max_shrink", .type = FIELD_INTEGER, .offset = AT(guard_spec, max_shrink), .most = 100},
	{.key = NULL},
};

static const struct field resource_fields[] = {
	{.key = "name", .type = FIELD_TEXT, .offset = AT(resource, name)},
	{.key = "kind", .type = FIELD_KIND, .offset = AT(resource, kind)},
	{.key = "request", .type = FIELD_MAP, .offset = AT(resource, request), .fields = request_fields},
	FORMAT_FIELDS(resource, format),
	ENVELOPE_FIELDS(resource, envelope),
	{.key = "items", .type = FIELD_FILTER, .offset = AT(resource, items)},
	{.key = "map", .type = FIELD_FILTER, .offset = AT(resource, map)},
	CONVERT_FIELDS(resource, convert),
	{.key = "next", .type = FIELD_FILTER, .offset = AT(resource, next)},
	{.key = "more", .type = FIELD_FILTER, .offset = AT(resource, more)},
	{.key = "total", .type = FIELD_FILTER, .offset = AT(resource, total)},
	{.key = "server_time", .type = FIELD_FILTER, .offset = AT(resource, server_time)},
	{.key = "changes", .type = FIELD_CHOICE, .offset = AT(resource, changes), .words = changes_words},
	{.key = "paging", .type = FIELD_CHOICE, .offset = AT(resource, paging), .words = paging_words},
	{.key = "next_header", .type = FIELD_TEXT, .offset = AT(resource, next_header)},
	{.key = "total_header", .type = FIELD_TEXT, .offset = AT(resource, total_header)},
	{.key = "end", .type = FIELD_WORDS, .offset = AT(resource, end)},
	{.key = "delta", .type = FIELD_MAP, .offset = AT(resource, delta), .fields = delta_fields},
	{.key = "files", .type = FIELD_MAP, .offset = AT(resource, files), .fields = files_fields},
	{.key = "detail", .type = FIELD_MAP, .offset = AT(resource, detail), .fields = detail_fields},
	{.key = "poll", .type = FIELD_MAP, .offset = AT(resource, poll), .fields = poll_fields},
	{.key = "conditional", .type = FIELD_BOOL, .offset = AT(resource, conditional)},
	{.key = "first_page", .type = FIELD_INTEGER, .offset = AT(resource, first_page), .most = 1},
	{.key = "page_size", .type = FIELD_INTEGER, .offset = AT(resource, page_size), .least = 1, .most = 10000},
	{.key = "interval", .type = FIELD_DURATION, .offset = AT(resource, interval), .least = 1000, .most = DAY},
	{.key = "key", .type = FIELD_WORDS, .offset = AT(resource, key)},
	{.key = "guard", .type = FIELD_MAP, .offset = AT(resource, guard), .fields = guard_fields},
	{.key = NULL},
};

static void prepare_resource(void *item, const void *parent);

const struct field connector_fields[] = {
	{.key = "title", .type = FIELD_TEXT, .offset = AT(connector, title)},
	{.key = "base_url", .type = FIELD_TEXT, .offset = AT(connector, base_url)},
	{.key = "user_agent", .type = FIELD_TEXT, .offset = AT(connector, user_agent)},
	{.key = "headers", .type = FIELD_PAIRS, .offset = AT(connector, headers)},
	{.key = "timezone", .type = FIELD_TEXT, .offset = AT(connector, timezone)},
	{.key = "compress", .type = FIELD_BOOL, .offset = AT(connector, compress)},
	{.key = "cookies", .type = FIELD_BOOL, .offset = AT(connector, cookies)},
	{.key = "allow_hosts", .type = FIELD_WORDS, .offset = AT(connector, allow_hosts)},
	{.key = "auth", .type = FIELD_MAPS, .offset = AT(connector, auth), .fields = auth_fields, .size = sizeof(struct auth_spec), .prepare = auth_spec_prepare},
	{.key = "limits", .type = FIELD_MAP, .offset = AT(connector, limits), .fields = limit_fields},
	{.key = "retry", .type = FIELD_MAP, .offset = AT(connector, retry), .fields = retry_fields},
	{.key = "probe", .type = FIELD_MAP, .offset = AT(connector, probe), .fields = probe_fields},
	{.key = "interval", .type = FIELD_DURATION, .offset = AT(connector, interval), .least = 1000, .most = DAY},
	{.key = "recheck", .type = FIELD_DURATION, .offset = AT(connector, recheck), .least = 1000, .most = DAY},
	{.key = "stale_after", .type = FIELD_DURATION, .offset = AT(connector, stale_after), .least = 1000, .most = 30 * DAY},
	/* in front of the resources, which start as copies of it */
	{.key = "defaults", .type = FIELD_MAP, .offset = AT(connector, defaults), .fields = resource_fields},
	{.key = "resources", .type = FIELD_MAPS, .offset = AT(connector, resources), .required = true, .fields = resource_fields, .size = sizeof(struct resource), .prepare = prepare_resource},
	{.key = "lookups", .type = FIELD_MAPS, .offset = AT(connector, lookups), .fields = lookup_fields, .size = sizeof(struct lookup_spec), .prepare = lookup_prepare},
	{.key = "stream", .type = FIELD_MAP, .offset = AT(connector, stream), .fields = stream_fields},
	{.key = "actions", .type = FIELD_MAP, .offset = AT(connector, actions), .fields = action_fields},
	{.key = NULL},
};
/* clang-format on */

static void prepare_resource(void *item, const void *parent)
{
	*(struct resource *)item = ((const struct connector *)parent)->defaults;
}

static void set_defaults(struct connector *c)
{
	c->limits = (struct limit_spec){.connect = 10 * SECOND,
					.answer = 2 * MINUTE,
					.silence = 30 * SECOND,
					.body = INT64_C(64) << 20,
					.pages = 10000,
					.depth = TAPE_DEPTH,
					.rate.every = SECOND};
	c->retry = (struct retry_spec){
		.base = SECOND, .most = MINUTE, .tries = 5, .pause = 5 * MINUTE};
	c->probe.request.method = request_methods[0];
	c->probe.every = 5 * MINUTE;
	c->compress = true;
	c->interval = MINUTE;
	c->recheck = 10 * MINUTE;
	c->defaults.request.method = request_methods[0];
	c->defaults.first_page = 1;
	c->defaults.page_size = 500;
	c->defaults.guard = (struct guard_spec){true, 50};
	feed_defaults(&c->defaults);
	stream_defaults(&c->stream);
	c->actions.request.method = request_methods[1];
	c->actions.read.request.method = request_methods[0];
	c->actions.find.request.method = request_methods[0];
}

struct jqfilter *connector_filter(struct connector *c, const char *text)
{
	struct jqfilter *f = strmap_get(&c->filters, text);
	if (!f) {
		f = jqfilter_new(text, NULL, NULL);
		strmap_put(&c->filters, text, f);
	}
	return f;
}

static bool same_name(const struct connector *c, const struct resource *r)
{
	for (size_t i = 0; i < c->resources.count; i++) {
		const struct resource *o = connector_resource(c, i);
		if (o < r && o->name && strcmp(o->name, r->name) == 0)
			return true;
	}
	return false;
}

/* What no single key can tell. */
/* NULL: there is none. */
static const struct zone *zone_named(struct connector *c, const char *name)
{
	struct zone *z = strmap_get(&c->zones, name);
	if (!z && (z = zone_open(name)))
		strmap_put(&c->zones, name, z);
	return z;
}

static void check_resource(struct reading *rd, struct connector *c, struct resource *r,
			   const struct yaml_node *n)
{
	if (!r->name && r->kind)
		r->name = r->kind->plural;
	if (!r->name && !yaml_get(n, "kind"))
		schema_complain(rd, n, _("a resource needs a name or a kind"));
	else if (r->name && same_name(c, r))
		schema_complain(rd, n, _("two resources are called %s"), r->name);
	if (!r->files.pattern)
		request_check(rd, &r->request, n, true);
	format_check(rd, n, &r->format);
	convert_check(rd, n, r->kind, &r->convert);
	bool next = r->next || r->next_header;
	if (r->changes == CHANGES_CURSOR && !next)
		schema_complain(rd, n,
				_("changes: cursor needs next, a filter for the new cursor"));
	else if ((r->paging == PAGING_NEXT || r->paging == PAGING_CURSOR) && !next)
		schema_complain(rd, n, _("this paging needs next"));
	if (r->changes == CHANGES_CURSOR && r->paging == PAGING_NONE)
		r->paging = PAGING_CURSOR;
	feed_check(rd, r, n);
	r->delta.at = r->delta.zone ? zone_named(c, r->delta.zone) : c->zone;
	if (r->delta.zone && !r->delta.at)
		schema_complain(rd, n, _("delta.zone: no such time zone: %s"), r->delta.zone);
	r->has_detail = request_is_given(&r->detail.request);
	if (r->has_detail)
		request_check(rd, &r->detail.request, n, true);
	if (!r->items)
		r->items = connector_filter(c, ".");
	if (!r->map)
		r->map = connector_filter(c, ".");
	if (!r->interval)
		r->interval = c->interval;
}

/* The map that all resources share, which streams have too; NULL. */
static struct jqfilter *only_map(const struct connector *c)
{
	struct jqfilter *map = NULL;
	for (size_t i = 0; i < c->resources.count; i++) {
		struct jqfilter *m = connector_resource(c, i)->map;
		if (map && map != m)
			return NULL;
		map = m;
	}
	return map;
}

static int64_t slowest_interval(const struct connector *c)
{
	int64_t most = c->interval;
	for (size_t i = 0; i < c->resources.count; i++) {
		const struct resource *r = connector_resource(c, i);
		if (r->poll.most > most)
			most = r->poll.most;
	}
	return most;
}

static void check(struct reading *rd, struct connector *c, const struct yaml_node *root)
{
	const struct yaml_node *list = yaml_get(root, "resources");
	if (c->base_url && !url_is_allowed(c->base_url, true))
		schema_complain(rd, yaml_get(root, "base_url"),
				_("base_url must begin with https:// or http://"));
	if (c->timezone && !(c->zone = zone_open(c->timezone)))
		schema_complain(rd, yaml_get(root, "timezone"), _("no such time zone: %s"),
				c->timezone);
	convert_check(rd, yaml_get(root, "defaults"), NULL, &c->defaults.convert);
	if (list && c->resources.count == 0 && yaml_is_list(list))
		schema_complain(rd, list, _("resources: at least one"));
	for (size_t i = 0; i < c->resources.count; i++)
		check_resource(rd, c, (struct resource *)c->resources.list + i,
			       yaml_at(list, i));
	auth_spec_check(rd, &c->auth, yaml_get(root, "auth"));
	limit_check(rd, &c->limits, yaml_get(root, "limits"));
	probe_check(rd, &c->probe, yaml_get(root, "probe"));
	format_check(rd, yaml_get(root, "defaults"), &c->defaults.format);
	format_check(rd, yaml_get(root, "stream"), &c->stream.format);
	lookup_check(rd, c, yaml_get(root, "lookups"));
	c->has_stream = yaml_get(root, "stream") != NULL;
	if (c->has_stream)
		stream_check(rd, &c->stream, yaml_get(root, "stream"));
	c->has_actions = yaml_get(root, "actions") != NULL;
	action_check(rd, &c->actions, yaml_get(root, "actions"), connector_filter(c, "."));
	if (!c->stream.ids)
		c->stream.ids = connector_filter(c, ".id");
	if (!c->stream.items)
		c->stream.items = connector_filter(c, ".");
	if (!c->stream.map)
		c->stream.map = only_map(c);
	if (!c->stream.map)
		c->stream.map = connector_filter(c, ".");
	if (!c->stale_after)
		c->stale_after = c->has_stream ? 2 * c->stream.silence
					       : 3 * slowest_interval(c);
	if (!c->title)
		c->title = c->name;
}

/* Takes over y. */
static struct connector *read_document(const char *name, const char *file, struct yaml *y,
				       struct findings *f)
{
	struct connector *c = xcalloc(1, sizeof *c);
	size_t before = f->count;
	c->name = xstrdup(name);
	c->file = xstrdup(file);
	set_defaults(c);
	struct reading rd = {y, &c->arena, &c->filters, &c->templates, f};
	schema_read(&rd, yaml_root(y), connector_fields, c);
	if (yaml_is_map(yaml_root(y)))
		check(&rd, c, yaml_root(y));
	yaml_free(y);
	findings_sort(f, before, strlen(file));
	if (f->count == before)
		return c;
	connector_free(c);
	return NULL;
}

struct connector *connector_parse(const char *name, const char *file, const char *text,
				  size_t n, struct findings *f)
{
	struct err e = ERR_INIT;
	struct yaml *y = yaml_parse(file, text, n, &e);
	if (y)
		return read_document(name, file, y, f);
	findings_add(f, e.text);
	return NULL;
}

struct connector *connector_load(const char *name, const char *file, struct findings *f)
{
	struct err e = ERR_INIT;
	struct yaml *y = yaml_load(file, &e);
	if (y)
		return read_document(name, file, y, f);
	findings_add(f, e.text);
	return NULL;
}

static void free_zone(void *z)
{
	zone_free(z);
}

static void free_filter(void *f)
{
	jqfilter_free(f);
}

static void free_template(void *t)
{
	template_free(t);
}

void connector_free(struct connector *c)
{
	if (!c)
		return;
	strmap_free(&c->filters, free_filter);
	strmap_free(&c->templates, free_template);
	arena_free(&c->arena);
	zone_free(c->zone);
	strmap_free(&c->zones, free_zone);
	free(c->name);
	free(c->file);
	free(c);
}

const struct resource *connector_resource(const struct connector *c, size_t i)
{
	return (const struct resource *)c->resources.list + i;
}

const struct convert_spec *connector_convert(const struct connector *c, const struct kind *k)
{
	for (size_t i = 0; i < c->resources.count; i++)
		if (connector_resource(c, i)->kind == k)
			return &connector_resource(c, i)->convert;
	return &c->defaults.convert;
}

/* In whatever order they come. */
static uint64_t print_of(const struct strmap *m)
{
	const struct strmap_entry *entry;
	uint64_t print = 0;
	for (size_t at = 0; (entry = strmap_next(m, &at));)
		print += paging_hash(entry->key, strlen(entry->key));
	return print;
}

uint64_t connector_print(const struct connector *c)
{
	return print_of(&c->filters) + 31 * print_of(&c->templates);
}

const struct resource *connector_resource_of(const struct connector *c, const struct kind *k)
{
	for (size_t i = 0; i < c->resources.count; i++) {
		const struct resource *r = connector_resource(c, i);
		if (r->kind == k || !r->kind)
			return r;
	}
	return NULL;
}

struct jqfilter *connector_map(const struct connector *c, const struct kind *k)
{
	const struct resource *r = connector_resource_of(c, k);
	return r ? r->map : NULL;
}

uint32_t connector_kinds(const struct connector *c)
{
	uint32_t bits = 0;
	for (size_t i = 0; i < c->resources.count; i++) {
		const struct kind *k = connector_resource(c, i)->kind;
		if (k)
			bits |= UINT32_C(1) << kind_index(k);
	}
	return bits;
}
