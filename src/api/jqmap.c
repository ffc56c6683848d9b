/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqmap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/jqtape.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/clean.h"

#define ID_MOST 400
#define VERSION_MOST 64
#define KIND_NAME_MOST 63
#define RAW_MOST (1 << 20) /* a larger item is kept without its raw text */
#define REJECT_MOST (64 * 1024)

enum { MEMBER_KIND, MEMBER_ID, MEMBER_VERSION, MEMBER_DELETED, MEMBER_DETAILS };

/* The parts of a record that are no columns, in front of them. */
static const struct {
	const char *name;
	enum node_type type; /* of details */
} parts[] = {
	{"kind", NODE_STRING},  {"id", NODE_STRING},     {"version", NODE_NUMBER},
	{"deleted", NODE_TRUE}, {"history", NODE_ARRAY}, {"attachments", NODE_ARRAY},
	{"links", NODE_ARRAY},  {"extra", NODE_OBJECT},
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
	struct strbuf text;                /* scratch */
};

/* One item on its way. */
struct passage {
	struct mapper *m;
	const struct mapping *how;
	struct haul *out;
	const struct node *item;
	const char *raw; /* the vendor's text, in the arena; NULL: not wanted yet */
	size_t raw_n;
};

struct mapper *mapper_new(void)
{
	struct mapper *m = xcalloc(1, sizeof *m);
	m->text = (struct strbuf)STRBUF_INIT;
	return m;
}

void mapper_free(struct mapper *m)
{
	if (!m)
		return;
	for (size_t k = 0; k < KIND_MOST; k++)
		free(m->members[k].list);
	strbuf_free(&m->text);
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

static int put_number(struct arena *a, struct record *r, size_t i, const struct node *v,
		      struct err *e)
{
	/* A text keeps all the digits. */
	return column_is_textual(r->kind->columns[i].type) && node_is_integer(v)
		       ? record_put_text(a, r, i, v->s, v->n, e)
		       : record_put_number(a, r, i, node_number(v), e);
}

static int put_column(struct arena *a, struct record *r, size_t i, const struct node *v,
		      struct err *e)
{
	switch (v->type) {
	case NODE_STRING:
		return record_put_text(a, r, i, v->s, v->n, e);
	case NODE_NUMBER:
		return put_number(a, r, i, v, e);
	case NODE_TRUE:
	case NODE_FALSE:
		return record_put_bool(r, i, v->type == NODE_TRUE, e);
	case NODE_ARRAY:
	case NODE_OBJECT:
	case NODE_DEEP:
		return err_set(e, ERR_PARSE, _("%s: an %s where one value belongs"),
			       r->kind->columns[i].id, node_type_name(v));
	case NODE_NULL:
		break;
	}
	return 0;
}

static int put_columns(const struct members *f, struct arena *a, struct record *r,
		       struct err *e)
{
	for (size_t i = 0; i < r->kind->column_count; i++) {
		const struct node *v = f->list[MEMBER_COLUMNS + i].found;
		if (v && !(r->kind->columns[i].flags & COLUMN_COMPUTED) &&
		    put_column(a, r, i, v, e) < 0)
			return -1;
	}
	return 0;
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

static int put_version(struct record *r, const struct node *v, struct err *e)
{
	if (!v)
		return 0;
	if (v->type == NODE_STRING ||
	    (v->type == NODE_NUMBER && v->n <= 18 && node_is_integer(v)))
		return put_version_text(r, v->s, v->n, e);
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

static int add_detail(struct strbuf *b, size_t part, const struct node *v, struct err *e)
{
	if (v->type != parts[part].type)
		return err_set(e, ERR_PARSE, _("%s: not an %s"), parts[part].name,
			       parts[part].type == NODE_ARRAY ? "array" : "object");
	if (v->odd && is_deep(v))
		return err_set(e, ERR_PARSE, _("%s: nested too deeply"), parts[part].name);
	strbuf_addf(b, "%c\"%s\":", b->len ? ',' : '{', parts[part].name);
	node_write(v, NODE_CLEAN, b);
	return 0;
}

static int put_detail(struct mapper *m, const struct members *f, struct arena *a,
		      struct record *r, struct err *e)
{
	struct strbuf *b = &m->text;
	strbuf_clear(b);
	for (size_t i = MEMBER_DETAILS; i < MEMBER_COLUMNS; i++)
		if (f->list[i].found && add_detail(b, i, f->list[i].found, e) < 0)
			return -1;
	if (b->len) {
		strbuf_addc(b, '}');
		r->detail = arena_memdup(a, b->s, b->len);
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
	return put_version(r, f->list[MEMBER_VERSION].found, e);
}

static int put_all(struct passage *p, struct record *r, const struct node *object,
		   struct err *e)
{
	struct arena *a = &p->out->arena;
	struct members *f = members_of(p->m, r->kind);
	find_members(f, object);
	if (put_head(p, f, r, e) < 0)
		return -1;
	if (r->deleted)
		return 0;
	return put_columns(f, a, r, e) < 0 ? -1 : put_detail(p->m, f, a, r, e);
}

/* The item is kept to be mapped again one day; where the map is "." there is nothing to map,
 * and the record is all there was. */
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
	if (!r->deleted && !jqfilter_is_identity(p->how->map)) {
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
	struct passage p = {m, how, out, item, NULL, 0};
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

void haul_free(struct haul *h)
{
	free(h->records);
	free(h->rejects);
	arena_free(&h->arena);
	*h = (struct haul)HAUL_INIT;
}
