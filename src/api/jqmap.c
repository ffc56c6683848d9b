/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqmap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/jqtape.h"
#include "api/location.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/clean.h"

#define ID_MOST 400
#define VERSION_MOST 64
#define KIND_NAME_MOST 63
#define RAW_MOST (1 << 20) /* a larger item is kept without its raw text */
#define REJECT_MOST (64 * 1024)
#define UNKNOWN_MOST 120 /* bytes of an unknown value that are told */

enum {
	MEMBER_KIND,
	MEMBER_ID,
	MEMBER_VERSION,
	MEMBER_DELETED,
	MEMBER_LOCATION,
	MEMBER_DETAILS,
	MEMBER_HISTORY = MEMBER_DETAILS
};

/* The parts of a record that are no columns, in front of them. */
static const struct {
	const char *name;
	enum node_type type; /* of details */
} parts[] = {
	{"kind", NODE_STRING},       {"id", NODE_STRING},     {"version", NODE_NUMBER},
	{"deleted", NODE_TRUE},      {"location", NODE_NULL}, {"history", NODE_ARRAY},
	{"attachments", NODE_ARRAY}, {"links", NODE_ARRAY},   {"extra", NODE_OBJECT},
};
#define MEMBER_COLUMNS ARRAY_LEN(parts)

/* What is looked for in records of a kind, and where the one at hand has it. */
struct members {
	struct member {
		const char *name;
		size_t n;
		const struct node *found; /* NULL: nowhere, or a null */
	} * list;
	size_t count;
};

struct mapper {
	struct members members[KIND_MOST]; /* made when a kind first comes */
	struct strbuf text, scratch;
};

/* One item on its way. */
struct passage {
	struct mapper *m;
	const struct mapping *how;
	struct haul *out;
	const struct node *item;
	struct converter with;
	const char *raw; /* the vendor's text, in the arena; NULL: not wanted yet */
	size_t raw_n;
};

struct mapper *mapper_new(void)
{
	struct mapper *m = xcalloc(1, sizeof *m);
	m->text = m->scratch = (struct strbuf)STRBUF_INIT;
	return m;
}

void mapper_free(struct mapper *m)
{
	if (!m)
		return;
	for (size_t k = 0; k < KIND_MOST; k++)
		free(m->members[k].list);
	strbuf_free(&m->text);
	strbuf_free(&m->scratch);
	free(m);
}

static struct members *members_of(struct mapper *m, const struct kind *k)
{
	struct members *f = &m->members[kind_index(k)];
	if (f->list)
		return f;
	f->count = MEMBER_COLUMNS + k->column_count;
	f->list = xcalloc(f->count, sizeof *f->list);
	for (size_t i = 0; i < f->count; i++) {
		f->list[i].name = i < MEMBER_COLUMNS ? parts[i].name
						     : k->columns[i - MEMBER_COLUMNS].id;
		f->list[i].n = strlen(f->list[i].name);
	}
	return f;
}

/* Records of one feed mostly hold their members in the same order, and that of our columns. */
static void find_members(struct members *f, const struct node *object)
{
	size_t at = 0;
	for (size_t i = 0; i < f->count; i++)
		f->list[i].found = NULL;
	for (const struct node *key = node_first(object); key < node_end(object);
	     key = node_next(key + 1)) {
		for (size_t tried = 0; tried < f->count; tried++, at++) {
			struct member *x = &f->list[at < f->count ? at : (at = 0)];
			if (x->n != key->n || memcmp(x->name, key->s, key->n) != 0)
				continue;
			x->found = key[1].type == NODE_NULL ? NULL : key + 1;
			break;
		}
	}
}

/* A value that nobody mapped is kept, shown and told. */
static void note_unknown(struct haul *h, const struct record *r, size_t column,
			 const struct node *v)
{
	struct strbuf b = STRBUF_INIT;
	if (v->type == NODE_STRING)
		clean_append(&b, v->s, v->n < UNKNOWN_MOST ? v->n : UNKNOWN_MOST, 0);
	else
		node_write(v, NODE_CLEAN, &b);
	haul_add_unknown(h, r->kind->id, r->kind->columns[column].id, b.s);
	strbuf_free(&b);
}

/* The vendor's own word for a state that is mapped is kept beside it. */
static int keep_state(const struct passage *p, const struct members *f, struct record *r,
		      struct err *e)
{
	const struct node *raw = f->list[MEMBER_COLUMNS + COL_STATE].found;
	bool unknown;
	if (r->kind->catalogue || !raw || r->values[COL_SRC_STATE].set || !p->with.spec ||
	    !convert_maps(p->with.spec, "state"))
		return 0;
	struct converter plain = {NULL, NULL, p->with.scratch};
	return convert_column(&plain, &p->out->arena, r, COL_SRC_STATE, raw, &unknown, e);
}

static void put_location(struct arena *a, const struct members *f, struct record *r)
{
	double lat, lon;
	const struct node *v = f->list[MEMBER_LOCATION].found;
	int y = kind_column(r->kind, "lat"), x = kind_column(r->kind, "lon");
	if (!v || y < 0 || x < 0 || r->values[y].set || r->values[x].set ||
	    !location_read(v, &lat, &lon))
		return;
	record_put_number(a, r, (size_t)y, lat, NULL);
	record_put_number(a, r, (size_t)x, lon, NULL);
}

static int put_columns(struct passage *p, const struct members *f, struct record *r,
		       struct err *e)
{
	struct arena *a = &p->out->arena;
	for (size_t i = 0; i < r->kind->column_count; i++) {
		const struct node *v = f->list[MEMBER_COLUMNS + i].found;
		bool unknown = false;
		if (!v || r->kind->columns[i].flags & COLUMN_COMPUTED)
			continue;
		if (convert_column(&p->with, a, r, i, v, &unknown, e) < 0)
			return -1;
		if (unknown)
			note_unknown(p->out, r, i, v);
	}
	put_location(a, f, r);
	return keep_state(p, f, r, e);
}

/* Ids are compared, shown and put into URLs: they come as they are or not at all. */
static int put_id(struct arena *a, struct record *r, const struct node *v, struct err *e)
{
	char number[32];
	const char *s = v ? v->s : "";
	size_t n = v ? v->n : 0;
	if (v && v->type != NODE_STRING && v->type != NODE_NUMBER)
		return err_set(e, ERR_PARSE, _("id: neither a text nor a number"));
	if (v && v->type == NODE_NUMBER && !node_is_integer(v)) {
		double d = node_number(v);
		n = (size_t)snprintf(number, sizeof number,
				     d == floor(d) && fabs(d) < 1e15 ? "%.0f" : "%.17g", d);
		s = number;
	}
	if (n == 0)
		return err_set(e, ERR_PARSE, _("no id"));
	if (n > ID_MOST)
		return err_set(e, ERR_PARSE, _("id: longer than %d bytes"), ID_MOST);
	if (!clean_is(s, n, 0))
		return err_set(e, ERR_PARSE, _("id: holds characters that can't be shown"));
	r->id = arena_memdup(a, s, n);
	return 0;
}

/* A whole number, or a time, which tells the order too. */
static int put_version_text(struct record *r, const char *s, size_t n, struct err *e)
{
	char copy[VERSION_MOST + 1], *end;
	if (n <= VERSION_MOST) {
		memcpy(copy, s, n);
		copy[n] = '\0';
		r->version = strtoll(copy, &end, 10);
		if ((!*end && n) || clock_parse(copy, n, &r->version) == 0)
			return 0;
	}
	return err_set(e, ERR_PARSE, _("version: neither a number nor a time"));
}

static int put_version(const struct converter *c, struct record *r, const struct node *v,
		       struct err *e)
{
	int64_t t;
	if (!v)
		return 0;
	if (v->type == NODE_STRING ||
	    (v->type == NODE_NUMBER && v->n <= 18 && node_is_integer(v))) {
		if (put_version_text(r, v->s, v->n, NULL) == 0)
			return 0;
		if (v->type == NODE_STRING && convert_time(c, v, &t) == 0) {
			r->version = t == CLOCK_NONE ? 0 : t;
			return 0;
		}
	}
	if (v->type != NODE_NUMBER)
		return err_set(e, ERR_PARSE, _("version: neither a number nor a time"));
	double d = node_number(v);
	if (!(fabs(d) < 0x1p62))
		return err_set(e, ERR_PARSE, _("version: number too large"));
	r->version = (int64_t)d;
	return 0;
}

static bool is_deep(const struct node *n)
{
	for (const struct node *at = n; at < node_end(n); at++)
		if (at->type == NODE_DEEP)
			return true;
	return false;
}

static int add_detail(const struct converter *c, struct strbuf *b, size_t part,
		      const struct node *v, struct err *e)
{
	if (v->type != parts[part].type)
		return err_set(e, ERR_PARSE, _("%s: not an %s"), parts[part].name,
			       parts[part].type == NODE_ARRAY ? "array" : "object");
	if (v->odd && is_deep(v))
		return err_set(e, ERR_PARSE, _("%s: nested too deeply"), parts[part].name);
	strbuf_addf(b, "%c\"%s\":", b->len ? ',' : '{', parts[part].name);
	if (part == MEMBER_HISTORY)
		convert_history(c, v, b);
	else
		node_write(v, NODE_CLEAN, b);
	return 0;
}

static int put_detail(const struct passage *p, const struct members *f, struct record *r,
		      struct err *e)
{
	struct strbuf *b = &p->m->text;
	strbuf_clear(b);
	for (size_t i = MEMBER_DETAILS; i < MEMBER_COLUMNS; i++)
		if (f->list[i].found && add_detail(&p->with, b, i, f->list[i].found, e) < 0)
			return -1;
	if (b->len) {
		strbuf_addc(b, '}');
		r->detail = arena_memdup(&p->out->arena, b->s, b->len);
		r->detail_n = b->len;
	}
	return 0;
}

/* To the byte as the vendor wrote it where any reader can take that. */
static void make_raw(struct passage *p)
{
	struct strbuf *b = &p->m->text;
	if (p->raw)
		return;
	strbuf_clear(b);
	if (p->item->odd || p->item->type == NODE_STRING)
		node_write(p->item, 0, b);
	else
		strbuf_add(b, p->item->s, p->item->n);
	p->raw = arena_memdup(&p->out->arena, b->s, b->len);
	p->raw_n = b->len;
}

/* FNV-1a twice with different starts: 128 bits that stay the same for ever. */
static void add_hash(uint64_t h[2], const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		h[0] = (h[0] ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
		h[1] = (h[1] ^ (unsigned char)(s[i] + 0x55)) * UINT64_C(0x100000001b3);
	}
}

static const char *hash_id(struct arena *a, const uint64_t h[2])
{
	return arena_printf(a, "~%016llx%016llx", (unsigned long long)h[0],
			    (unsigned long long)h[1]);
}

#define HASH_START                                                                             \
	{                                                                                      \
		UINT64_C(0xcbf29ce484222325), UINT64_C(0x84222325cbf29ce4)                     \
	}

/* What has no id is told apart by what it says. */
static void set_aside(struct haul *out, const struct kind *k, const char *id,
		      const char *reason, const char *raw, size_t raw_n)
{
	uint64_t h[2] = HASH_START;
	if (!*id) {
		add_hash(h, raw, raw_n);
		id = hash_id(&out->arena, h);
	}
	ARRAY_PUSH(out->rejects, out->reject_count, out->reject_cap) = (struct reject){
		k ? k->id : "", arena_strdup(&out->arena, id),
		arena_strdup(&out->arena, reason), raw,
		raw_n < REJECT_MOST ? raw_n : REJECT_MOST};
}

static void reject(struct passage *p, const struct kind *k, const char *id, const char *reason)
{
	make_raw(p);
	set_aside(p->out, k, id, reason, p->raw, p->raw_n);
}

static const struct kind *kind_of(struct passage *p, const struct node *object)
{
	if (p->how->kind)
		return p->how->kind;
	const struct node *v = node_get(object, "kind", 4);
	char name[KIND_NAME_MOST + 1];
	if (!v || v->type != NODE_STRING || v->n > KIND_NAME_MOST)
		return v && v->type != NODE_NULL ? NULL : p->how->otherwise;
	memcpy(name, v->s, v->n);
	name[v->n] = '\0';
	return kind_find(name);
}

/* Adds one value as jq writes it: the hash outlives this program. */
static bool add_key(uint64_t h[2], const struct node *v)
{
	jv value;
	if (!v || v->type == NODE_NULL || jqtape_value(v, &value, NULL) < 0)
		return false;
	jv text = jv_dump_string(value, 0);
	add_hash(h, jv_string_value(text), (size_t)jv_string_length_bytes(jv_copy(text)) + 1);
	jv_free(text);
	return true;
}

/* "~" and a hash of what the connector says tells items apart; NULL where nothing does. */
static const char *make_id(struct passage *p)
{
	uint64_t h[2] = HASH_START;
	bool any = false;
	for (size_t i = 0; i < p->how->key.count; i++) {
		const char *name = p->how->key.list[i];
		any |= add_key(h, node_get(p->item, name, strlen(name)));
	}
	return any ? hash_id(&p->out->arena, h) : NULL;
}

/* The head of the record: id, version, whether it is gone. */
static int put_head(struct passage *p, const struct members *f, struct record *r, struct err *e)
{
	const struct node *id = f->list[MEMBER_ID].found, *gone = f->list[MEMBER_DELETED].found;
	const char *made = id ? NULL : make_id(p);
	r->source = p->how->source;
	r->deleted = gone && gone->type == NODE_TRUE;
	if (made)
		r->id = made;
	else if (put_id(&p->out->arena, r, id, e) < 0)
		return -1;
	return put_version(&p->with, r, f->list[MEMBER_VERSION].found, e);
}

static int put_all(struct passage *p, struct record *r, const struct node *object,
		   struct err *e)
{
	struct members *f = members_of(p->m, r->kind);
	find_members(f, object);
	p->with.spec = p->how->convert;
	if (!p->with.spec && p->how->connector)
		p->with.spec = connector_convert(p->how->connector, r->kind);
	if (put_head(p, f, r, e) < 0)
		return -1;
	if (r->deleted)
		return 0;
	return put_columns(p, f, r, e) < 0 ? -1 : put_detail(p, f, r, e);
}

/* Where the map is "." and nothing is converted the record is all there was. */
static bool is_all(const struct passage *p)
{
	return jqfilter_is_identity(p->how->map) && convert_is_plain(p->with.spec);
}

/* The item is kept to be mapped again one day. */
static void take_record(struct passage *p, const struct node *object)
{
	struct err e = ERR_INIT;
	struct haul *h = p->out;
	const struct kind *k = kind_of(p, object);
	if (!k) {
		reject(p, NULL, "", _("no kind that is known here"));
		return;
	}
	struct record *r = record_new(&h->arena, k);
	if (put_all(p, r, object, &e) < 0) {
		reject(p, k, r->id, e.text);
		return;
	}
	if (!r->deleted && !is_all(p)) {
		make_raw(p);
		if (p->raw_n <= RAW_MOST) {
			r->raw = p->raw;
			r->raw_n = p->raw_n;
		}
	}
	ARRAY_PUSH(h->records, h->count, h->cap) = r;
}

static int on_output(void *context, const struct node *object, struct err *e)
{
	struct passage *p = context;
	(void)e;
	if (object->type == NODE_OBJECT)
		take_record(p, object);
	else if (object->type != NODE_NULL)
		reject(p, p->how->kind, "", _("map: yields no object"));
	return 0;
}

void mapper_item(struct mapper *m, const struct mapping *how, const struct node *item,
		 struct haul *out)
{
	struct passage p = {.m = m,
			    .how = how,
			    .out = out,
			    .item = item,
			    .with = {.zone = how->connector ? how->connector->zone : NULL,
				     .scratch = &m->scratch}};
	struct err e = ERR_INIT;
	if (jqfilter_each(how->map, item, on_output, &p, &e) < 0) {
		err_prefix(&e, "map");
		reject(&p, how->kind, "", e.text);
	}
}

void mapper_reject(const struct mapping *how, const char *reason, const char *raw, size_t raw_n,
		   struct haul *out)
{
	size_t n = raw_n < REJECT_MOST ? raw_n : REJECT_MOST;
	set_aside(out, how->kind, "", reason, arena_memdup(&out->arena, raw, n), n);
}

void haul_add_unknown(struct haul *h, const char *kind, const char *column, const char *value)
{
	for (size_t i = 0; i < h->unknown_count; i++) {
		struct unknown *u = &h->unknowns[i];
		if (strcmp(u->kind, kind) == 0 && strcmp(u->column, column) == 0 &&
		    strcmp(u->value, value) == 0) {
			u->count++;
			return;
		}
	}
	if (h->unknown_count == UNKNOWNS_MOST)
		return;
	ARRAY_PUSH(h->unknowns, h->unknown_count, h->unknown_cap) = (struct unknown){
		kind, column, arena_strdup(&h->arena, value), 1};
}

void haul_free(struct haul *h)
{
	free(h->records);
	free(h->rejects);
	free(h->unknowns);
	arena_free(&h->arena);
	*h = (struct haul)HAUL_INIT;
}
