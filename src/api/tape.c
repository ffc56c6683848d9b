/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAJL reads the text and the tape takes down what it calls out.  What YAJL refuses goes to
 * YAJL again without control characters, and then to libjq's parser. */
#include "api/tape.h"

#include <jv.h>
#include <stdlib.h>
#include <string.h>
#include <yajl_parse.h>

#include "api/jqtape.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "text/utf8.h"

/* Brackets and commas in what libjq is given: each of its objects takes 400 bytes. */
#define LENIENT_MOST ((size_t)1 << 20)

struct reader {
	struct tape *tape;
	yajl_handle yajl;
	const char *text;
	size_t n, broken; /* bytes; where YAJL stopped */
	bool valid;       /* the whole text is valid UTF-8 */
	int many;         /* values may follow each other */
	size_t oddities;
	size_t depth, deepest;
	struct group {
		int at;      /* its node */
		size_t from; /* its bracket */
		size_t oddities;
	} open[TAPE_DEPTH];
	struct err *err;
};

/* --- the tape --- */

int tape_add(struct tape *t, enum node_type type, const char *s, size_t n, bool odd,
	     struct err *e)
{
	if (t->count == TAPE_MOST)
		return err_set(e, ERR_LIMIT, _("more than %zu values"), TAPE_MOST);
	if (t->count == t->cap)
		array_reserve((void **)&t->nodes, &t->cap, t->count + 1, sizeof *t->nodes);
	t->nodes[t->count] = (struct node){s, (uint32_t)n, 1, type, odd};
	return (int)t->count++;
}

const char *tape_text(struct tape *t, const char *s, size_t n, size_t *len)
{
	*len = n;
	if (utf8_is_valid(s, n))
		return arena_memdup(&t->texts, s, n);
	jv v = jv_string_sized(s, (int)n);
	*len = (size_t)jv_string_length_bytes(jv_copy(v));
	const char *text = arena_memdup(&t->texts, jv_string_value(v), *len);
	jv_free(v);
	return text;
}

void tape_clear(struct tape *t)
{
	t->count = 0;
	arena_reset(&t->texts);
}

void tape_free(struct tape *t)
{
	free(t->nodes);
	arena_free(&t->texts);
	arena_free(&t->source);
	*t = (struct tape)TAPE_INIT;
}

/* --- what YAJL calls: 0 stops it --- */

/* YAJL stands behind the value that it calls out. */
static size_t here(const struct reader *r)
{
	return yajl_get_bytes_consumed(r->yajl);
}

static int add(struct reader *r, enum node_type type, const char *s, size_t n, bool odd)
{
	if (r->depth > r->deepest)
		return 1;
	r->oddities += odd;
	return tape_add(r->tape, type, s, n, odd, r->err) >= 0;
}

static bool in_text(const struct reader *r, const char *s)
{
	return (uintptr_t)s - (uintptr_t)r->text < r->n;
}

/* YAJL's own copies are gone after the call. */
static int add_lasting(struct reader *r, enum node_type type, const char *s, size_t n)
{
	return add(r, type, in_text(r, s) ? s : arena_memdup(&r->tape->texts, s, n), n, false);
}

static int add_mended(struct reader *r, const char *s, size_t n)
{
	size_t len;
	const char *text = tape_text(r->tape, s, n, &len);
	return add(r, NODE_STRING, text, len, true);
}

static int on_null(void *context)
{
	return add(context, NODE_NULL, "null", 4, false);
}

static int on_boolean(void *context, int value)
{
	return value ? add(context, NODE_TRUE, "true", 4, false)
		     : add(context, NODE_FALSE, "false", 5, false);
}

static int on_number(void *context, const char *s, size_t n)
{
	return add_lasting(context, NODE_NUMBER, s, n);
}

/* A text in which YAJL has replaced escapes may hold a half of a surrogate pair. */
static int on_string(void *context, const unsigned char *bytes, size_t n)
{
	struct reader *r = context;
	const char *s = (const char *)bytes;
	bool valid = (r->valid && in_text(r, s)) || utf8_is_valid(s, n);
	return valid ? add_lasting(r, NODE_STRING, s, n) : add_mended(r, s, n);
}

static int open_group(struct reader *r, enum node_type type)
{
	bool deep = r->depth >= r->deepest;
	if (!deep)
		r->open[r->depth] = (struct group){(int)r->tape->count, here(r) - 1,
						   r->oddities};
	int going = add(r, deep ? NODE_DEEP : type, "", 0, deep);
	r->depth++;
	return going;
}

/* It can be kept as it is written where nothing in it is odd, and where it is sure how it is
 * written. */
static int close_group(struct reader *r, char open, char close)
{
	size_t to = here(r);
	if (--r->depth >= r->deepest)
		return 1;
	const struct group *g = &r->open[r->depth];
	struct node *n = &r->tape->nodes[g->at];
	tape_close(r->tape, g->at);
	n->odd = r->oddities > g->oddities || g->from >= to || r->text[g->from] != open ||
		 r->text[to - 1] != close;
	if (!n->odd) {
		n->s = r->text + g->from;
		n->n = (uint32_t)(to - g->from);
	}
	return 1;
}

static int on_object(void *context)
{
	return open_group(context, NODE_OBJECT);
}

static int on_object_end(void *context)
{
	return close_group(context, '{', '}');
}

static int on_array(void *context)
{
	return open_group(context, NODE_ARRAY);
}

static int on_array_end(void *context)
{
	return close_group(context, '[', ']');
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null,
	.yajl_boolean = on_boolean,
	.yajl_number = on_number,
	.yajl_string = on_string,
	.yajl_start_map = on_object,
	.yajl_map_key = on_string,
	.yajl_end_map = on_object_end,
	.yajl_start_array = on_array,
	.yajl_end_array = on_array_end,
};

/* --- reading --- */

static yajl_status read_strictly(struct reader *r)
{
	r->yajl = yajl_alloc(&callbacks, NULL, r);
	if (!r->yajl)
		abort();
	yajl_config(r->yajl, yajl_dont_validate_strings, 1);
	yajl_config(r->yajl, yajl_allow_multiple_values, r->many);
	yajl_status status = yajl_parse(r->yajl, (const unsigned char *)r->text, r->n);
	if (status == yajl_status_ok)
		status = yajl_complete_parse(r->yajl);
	r->broken = here(r);
	yajl_free(r->yajl);
	return status;
}

static bool is_too_much(const struct reader *r)
{
	size_t many = 0;
	for (size_t i = 0; i < r->n; i++)
		many += (size_t)(r->text[i] == ',' || r->text[i] == '[' || r->text[i] == '{');
	return many > LENIENT_MOST;
}

/* A control character is either a blank between values or does not belong into a text. */
static void blank_controls(struct reader *r)
{
	char *copy = arena_memdup(&r->tape->texts, r->text, r->n);
	for (size_t i = 0; i < r->n; i++)
		if ((unsigned char)copy[i] < ' ')
			copy[i] = ' ';
	r->text = copy;
}

static int read_text(struct reader *r)
{
	yajl_status status = read_strictly(r);
	if (status == yajl_status_error) {
		r->tape->count = r->depth = r->oddities = 0;
		blank_controls(r);
		status = read_strictly(r);
	}
	if (status != yajl_status_error)
		return status == yajl_status_ok ? 0 : -1;
	if (is_too_much(r))
		return err_set(
			r->err, ERR_LIMIT,
			_("not strict JSON at byte %zu, and too large to be read leniently"),
			r->broken + 1);
	return jqtape_parse(r->tape, r->text, r->n, r->err);
}

int tape_read(struct tape *t, const char *s, size_t n, struct err *e)
{
	size_t mark = n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	struct reader r = {.tape = t,
			   .text = s + mark,
			   .n = n - mark,
			   .valid = utf8_is_valid(s, n),
			   .deepest = t->depth ? t->depth : TAPE_DEPTH,
			   .err = e};
	tape_clear(t);
	if (n > INT32_MAX / 2)
		return err_set(e, ERR_LIMIT, _("too long"));
	if (read_text(&r) == 0)
		return 0;
	tape_clear(t);
	return -1;
}

/* --- values in a row --- */

/* Adds what the tape of a line holds; what does not stand in the line itself is copied. */
static int append(struct tape *t, const struct tape *from, const char *line, size_t len,
		  struct err *e)
{
	for (size_t i = 0; i < from->count; i++) {
		struct node n = from->nodes[i];
		bool stays = (uintptr_t)n.s - (uintptr_t)line <= len;
		if (!stays && (n.type == NODE_ARRAY || n.type == NODE_OBJECT)) {
			n.odd = true;
			n.n = 0;
		}
		int at = tape_add(t, n.type, stays ? n.s : arena_memdup(&t->texts, n.s, n.n),
				  n.n, n.odd, e);
		if (at < 0)
			return -1;
		t->nodes[at].size = n.size;
	}
	return 0;
}

/* The line must be terminated for what stands behind a number to be no part of it. */
static int add_line(struct tape *t, const char *s, size_t n, struct err *e)
{
	struct tape line = TAPE_INIT;
	line.depth = t->depth;
	const char *copy = tape_text(t, s, n, &n);
	int failed = tape_read(&line, copy, n, NULL) < 0
			     ? tape_add(t, NODE_STRING, copy, n, true, e) < 0
			     : append(t, &line, copy, n, e);
	tape_free(&line);
	return failed ? -1 : 0;
}

static bool is_blank(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] != ' ' && s[i] != '\t' && s[i] != '\r' && s[i] != '\n')
			return false;
	return true;
}

static int read_lines(struct tape *t, const char *s, size_t n, struct err *e)
{
	const char *end = s + n;
	while (s < end) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		stop = stop ? stop : end;
		size_t len = (size_t)(stop - s);
		if (!is_blank(s, len) && add_line(t, s, len, e) < 0)
			return -1;
		s = stop + 1;
	}
	return 0;
}

/* RS starts a value of a JSON sequence; for YAJL it has to be a blank. */
static const char *blank_separators(struct tape *t, const char *s, size_t n)
{
	if (!memchr(s, 0x1e, n))
		return s;
	char *copy = arena_memdup(&t->texts, s, n);
	for (size_t i = 0; i < n; i++)
		if (copy[i] == 0x1e)
			copy[i] = ' ';
	return copy;
}

static int open_row(struct tape *t, struct err *e)
{
	t->count = 0;
	return tape_add(t, NODE_ARRAY, "", 0, true, e);
}

int tape_read_all(struct tape *t, const char *s, size_t n, struct err *e)
{
	size_t mark = n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	tape_clear(t);
	if (n > INT32_MAX / 2)
		return err_set(e, ERR_LIMIT, _("too long"));
	const char *text = blank_separators(t, s + mark, n - mark);
	struct reader r = {.tape = t,
			   .text = text,
			   .n = n - mark,
			   .valid = utf8_is_valid(s, n),
			   .deepest = t->depth ? t->depth : TAPE_DEPTH,
			   .many = 1,
			   .err = e};
	bool good = open_row(t, e) >= 0;
	if (good && !is_blank(text, r.n) && read_strictly(&r) != yajl_status_ok)
		good = open_row(t, e) >= 0 && read_lines(t, text, r.n, e) == 0;
	if (good)
		tape_close(t, 0);
	else
		tape_clear(t);
	return good ? 0 : -1;
}
