/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqmap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/clean.h"

#define ID_MOST 400
#define RAW_MOST (1 << 20) /* a larger item is kept without its raw text */
#define REJECT_MOST (64 * 1024)

/* jq counts a string's hash once and keeps it, so keys made once are found fast. */
struct mapper {
	jv *columns[KIND_MOST]; /* made when a kind first comes */
	jv kind, id, version, deleted;
	jv details[4];
};

/* The parts of a record that are no columns. */
static const struct {
	const char *name;
	jv_kind type;
} details[] = {
	{"history", JV_KIND_ARRAY},
	{"attachments", JV_KIND_ARRAY},
	{"links", JV_KIND_ARRAY},
	{"extra", JV_KIND_OBJECT},
};

/* One item on its way. */
struct passage {
	struct mapper *m;
	const struct mapping *how;
	struct haul *out;
	jv item;
	const char *raw; /* the vendor's text; NULL: written out when first wanted */
	size_t raw_n;
	bool raw_kept; /* it is in the arena */
};

struct mapper *mapper_new(void)
{
	struct mapper *m = xcalloc(1, sizeof *m);
	m->kind = jv_string("kind");
	m->id = jv_string("id");
	m->version = jv_string("version");
	m->deleted = jv_string("deleted");
	for (size_t i = 0; i < ARRAY_LEN(details); i++)
		m->details[i] = jv_string(details[i].name);
	return m;
}

void mapper_free(struct mapper *m)
{
	if (!m)
		return;
	for (size_t k = 0; kinds[k]; k++) {
		for (size_t i = 0; m->columns[k] && i < kinds[k]->column_count; i++)
			jv_free(m->columns[k][i]);
		free(m->columns[k]);
	}
	jv_free(m->kind);
	jv_free(m->id);
	jv_free(m->version);
	jv_free(m->deleted);
	for (size_t i = 0; i < ARRAY_LEN(details); i++)
		jv_free(m->details[i]);
	free(m);
}

static jv *column_keys(struct mapper *m, const struct kind *k)
{
	jv **keys = &m->columns[kind_index(k)];
	if (!*keys) {
		*keys = xcalloc(k->column_count, sizeof **keys);
		for (size_t i = 0; i < k->column_count; i++)
			(*keys)[i] = jv_string(k->columns[i].id);
	}
	return *keys;
}

/* Borrowed from an array or object that stays. */
static const char *text_of(jv v, size_t *n)
{
	*n = (size_t)jv_string_length_bytes(jv_copy(v));
	return jv_string_value(v);
}

static jv get(jv object, jv key)
{
	return jv_object_get(jv_copy(object), jv_copy(key));
}

static int put_column(struct arena *a, struct record *r, size_t i, jv v, struct err *e)
{
	size_t n;
	const char *s;
	switch (jv_get_kind(v)) {
	case JV_KIND_STRING:
		s = text_of(v, &n);
		return record_put_text(a, r, i, s, n, e);
	case JV_KIND_NUMBER:
		return record_put_number(a, r, i, jv_number_value(v), e);
	case JV_KIND_TRUE:
	case JV_KIND_FALSE:
		return record_put_bool(r, i, jv_get_kind(v) == JV_KIND_TRUE, e);
	case JV_KIND_ARRAY:
	case JV_KIND_OBJECT:
		return err_set(e, ERR_PARSE, _("%s: an %s where one value belongs"),
			       r->kind->columns[i].id, jv_kind_name(jv_get_kind(v)));
	case JV_KIND_INVALID:
	case JV_KIND_NULL:
		break;
	}
	return 0;
}

static int put_columns(struct mapper *m, struct arena *a, struct record *r, jv object,
		       struct err *e)
{
	jv *keys = column_keys(m, r->kind);
	for (size_t i = 0; i < r->kind->column_count; i++) {
		if (r->kind->columns[i].flags & COLUMN_COMPUTED)
			continue;
		jv v = get(object, keys[i]);
		int failed = put_column(a, r, i, v, e);
		jv_free(v);
		if (failed)
			return -1;
	}
	return 0;
}

/* Ids are compared, shown and put into URLs: they come as they are or not at all. */
static int put_id(struct arena *a, struct record *r, jv v, struct err *e)
{
	char number[32];
	size_t n = 0;
	const char *s = "";
	double d;
	switch (jv_get_kind(v)) {
	case JV_KIND_STRING:
		s = text_of(v, &n);
		break;
	case JV_KIND_NUMBER:
		d = jv_number_value(v);
		n = (size_t)snprintf(number, sizeof number,
				     d == floor(d) && fabs(d) < 1e15 ? "%.0f" : "%.17g", d);
		s = number;
		break;
	case JV_KIND_INVALID:
	case JV_KIND_NULL:
		break;
	default:
		return err_set(e, ERR_PARSE, _("id: neither a text nor a number"));
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

static int put_version(struct record *r, jv v, struct err *e)
{
	size_t n;
	const char *s;
	char *end;
	double d;
	switch (jv_get_kind(v)) {
	case JV_KIND_INVALID:
	case JV_KIND_NULL:
		return 0;
	case JV_KIND_NUMBER:
		d = jv_number_value(v);
		if (!(fabs(d) < 0x1p62))
			return err_set(e, ERR_PARSE, _("version: number too large"));
		r->version = (int64_t)d;
		return 0;
	case JV_KIND_STRING:
		s = text_of(v, &n);
		r->version = strtoll(s, &end, 10);
		/* A time tells the order too. */
		if ((*end || !n) && clock_parse(s, n, &r->version) < 0)
			return err_set(e, ERR_PARSE, _("version: neither a number nor a time"));
		return 0;
	default:
		return err_set(e, ERR_PARSE, _("version: neither a number nor a time"));
	}
}

/* Every text of it through the door of text/clean.h. */
static jv clean_deep(jv v)
{
	if (jv_get_kind(v) == JV_KIND_STRING) {
		size_t n;
		const char *s = text_of(v, &n);
		struct strbuf b = STRBUF_INIT;
		clean_append(&b, s, n, CLEAN_LINES);
		jv_free(v);
		v = jv_string_sized(b.s, (int)b.len);
		strbuf_free(&b);
	} else if (jv_get_kind(v) == JV_KIND_ARRAY) {
		for (int i = 0; i < jv_array_length(jv_copy(v)); i++)
			v = jv_array_set(v, i, clean_deep(jv_array_get(jv_copy(v), i)));
	} else if (jv_get_kind(v) == JV_KIND_OBJECT) {
		jv out = jv_object();
		jv_object_foreach(v, key, value)
			out = jv_object_set(out, clean_deep(key), clean_deep(value));
		jv_free(v);
		v = out;
	}
	return v;
}

static int put_detail(struct mapper *m, struct arena *a, struct record *r, jv object,
		      struct err *e)
{
	jv all = jv_object();
	bool any = false;
	for (size_t i = 0; i < ARRAY_LEN(details); i++) {
		jv v = get(object, m->details[i]);
		jv_kind kind = jv_get_kind(v);
		if (kind == JV_KIND_INVALID || kind == JV_KIND_NULL) {
			jv_free(v);
			continue;
		}
		if (kind != details[i].type) {
			jv_free(v);
			jv_free(all);
			return err_set(e, ERR_PARSE, _("%s: not an %s"), details[i].name,
				       jv_kind_name(details[i].type));
		}
		all = jv_object_set(all, jv_copy(m->details[i]), v);
		any = true;
	}
	if (!any) {
		jv_free(all);
		return 0;
	}
	jv text = jv_dump_string(jv_copy(all), 0);
	size_t n;
	const char *s = text_of(text, &n);
	/* Dumped text hides control characters behind \u. */
	if (!clean_is(s, n, 0) || strstr(s, "\\u")) {
		jv_free(text);
		text = jv_dump_string(clean_deep(jv_copy(all)), 0);
		s = text_of(text, &n);
	}
	r->detail = arena_memdup(a, s, n);
	r->detail_n = n;
	jv_free(text);
	jv_free(all);
	return 0;
}

static void make_raw(struct passage *p)
{
	jv text = jv_invalid();
	if (p->raw_kept)
		return;
	if (!p->raw) {
		text = jv_dump_string(jv_copy(p->item), 0);
		p->raw = text_of(text, &p->raw_n);
	}
	p->raw = arena_memdup(&p->out->arena, p->raw, p->raw_n);
	p->raw_kept = true;
	jv_free(text);
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

static const struct kind *kind_of(struct passage *p, jv object)
{
	const struct kind *k = p->how->kind;
	jv v = k ? jv_null() : get(object, p->m->kind);
	if (jv_get_kind(v) == JV_KIND_STRING)
		k = kind_find(jv_string_value(v));
	jv_free(v);
	return k;
}

/* "~" and a hash of what the connector says tells items apart; NULL where nothing does. */
static const char *make_id(struct passage *p)
{
	uint64_t h[2] = HASH_START;
	bool any = false;
	for (size_t i = 0; i < p->how->key.count; i++) {
		if (jv_get_kind(p->item) != JV_KIND_OBJECT)
			break;
		jv v = jv_object_get(jv_copy(p->item), jv_string(p->how->key.list[i]));
		if (jv_is_valid(v) && jv_get_kind(v) != JV_KIND_NULL) {
			size_t n;
			v = jv_dump_string(v, 0);
			const char *s = text_of(v, &n);
			add_hash(h, s, n + 1);
			any = true;
		}
		jv_free(v);
	}
	return any ? hash_id(&p->out->arena, h) : NULL;
}

/* The head of the record: id, version, whether it is gone. */
static int put_head(struct passage *p, struct record *r, jv object, struct err *e)
{
	struct arena *a = &p->out->arena;
	jv id = get(object, p->m->id), version = get(object, p->m->version);
	jv deleted = get(object, p->m->deleted);
	bool absent = jv_get_kind(id) == JV_KIND_INVALID || jv_get_kind(id) == JV_KIND_NULL;
	const char *made = absent ? make_id(p) : NULL;
	int failed = 0;
	if (made)
		r->id = made;
	else
		failed = put_id(a, r, id, e);
	if (!failed)
		failed = put_version(r, version, e);
	r->deleted = jv_get_kind(deleted) == JV_KIND_TRUE;
	r->source = p->how->source;
	jv_free(id);
	jv_free(version);
	jv_free(deleted);
	return failed;
}

/* Borrows the object.  The item is kept to be mapped again one day; where the map is "." there
 * is nothing to map, and the record is all there was. */
static void take_record(struct passage *p, jv object)
{
	struct err e = ERR_INIT;
	struct haul *h = p->out;
	const struct kind *k = kind_of(p, object);
	if (!k) {
		reject(p, NULL, "", _("no kind that is known here"));
		return;
	}
	struct record *r = record_new(&h->arena, k);
	if (put_head(p, r, object, &e) < 0 ||
	    (!r->deleted && (put_columns(p->m, &h->arena, r, object, &e) < 0 ||
			     put_detail(p->m, &h->arena, r, object, &e) < 0))) {
		reject(p, k, r->id, e.text);
		return;
	}
	const char *names[8];
	if (!r->deleted && jqfilter_path(p->how->map, names) != 0) {
		make_raw(p);
		if (p->raw_n <= RAW_MOST) {
			r->raw = p->raw;
			r->raw_n = p->raw_n;
		}
	}
	ARRAY_PUSH(h->records, h->count, h->cap) = r;
}

static int on_output(void *context, jv object, struct err *e)
{
	struct passage *p = context;
	(void)e;
	jv_kind kind = jv_get_kind(object);
	if (kind == JV_KIND_OBJECT)
		take_record(p, object);
	else if (kind != JV_KIND_NULL)
		reject(p, p->how->kind, "", _("map: yields no object"));
	jv_free(object);
	return 0;
}

void mapper_item(struct mapper *m, const struct mapping *how, jv item, const char *raw,
		 size_t raw_n, struct haul *out)
{
	struct passage p = {m, how, out, item, raw, raw_n, false};
	struct err e = ERR_INIT;
	if (jqfilter_each(how->map, jv_copy(item), on_output, &p, &e) < 0) {
		err_prefix(&e, "map");
		reject(&p, how->kind, "", e.text);
	}
	jv_free(item);
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
