/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/tape.h"
#include "text/clean.h"

const struct node *node_get(const struct node *object, const char *name, size_t n)
{
	const struct node *found = NULL, *end = node_end(object);
	if (object->type != NODE_OBJECT)
		return NULL;
	for (const struct node *key = node_first(object); key < end; key = node_next(key + 1))
		if (key->n == n && memcmp(key->s, name, n) == 0)
			found = key + 1;
	return found;
}

const char *node_type_name(const struct node *n)
{
	static const char *const names[] = {"null",   "boolean", "boolean", "number",
					    "string", "array",   "object",  "object"};
	return names[n->type];
}

/* --- numbers --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool node_is_integer(const struct node *number)
{
	const char *p = number->s, *end = p + number->n;
	if (number->odd)
		return false;
	p += *p == '-';
	while (p < end && is_digit(*p))
		p++;
	return p == end;
}

/* Up to 15 digits and a small power of ten are exact in a double, and so is their quotient. */
static bool take_short(const struct node *number, double *out)
{
	static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
					1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
	const char *p = number->s, *end = p + number->n, *point = NULL;
	int64_t whole = 0;
	if (number->n > 16)
		return false;
	bool negative = *p == '-';
	for (p += negative; p < end; p++) {
		if (is_digit(*p))
			whole = whole * 10 + (*p - '0');
		else if (*p == '.')
			point = p + 1;
		else
			return false;
	}
	if (whole >= INT64_C(1000000000000000))
		return false;
	double v = point ? (double)whole / powers[end - point] : (double)whole;
	*out = negative ? -v : v;
	return true;
}

double node_number(const struct node *number)
{
	double v;
	const char *p = number->s + (number->s[0] == '-');
	if (*p == 'n' || *p == 'N')
		return (double)NAN;
	/* What follows a number in its text is none of a number's characters. */
	return take_short(number, &v) ? v : strtod(number->s, NULL);
}

/* --- writing --- */

static void write_number(const struct node *n, struct strbuf *out)
{
	double v = node_number(n);
	bool fits = !n->odd && n->n <= 18; /* any reader's integer, or a double */
	if (!isfinite(v))
		strbuf_adds(out, "null");
	else if (fits || (!n->odd && !node_is_integer(n)))
		strbuf_add(out, n->s, n->n);
	else
		strbuf_addf(out, fabs(v) < 1e15 ? "%.15g" : "%.17g", v);
}

static void write_char(char c, struct strbuf *out)
{
	static const char named[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	const char *at = c ? strchr(named, c) : NULL;
	if (at) {
		strbuf_addc(out, '\\');
		strbuf_addc(out, letters[at - named]);
	} else {
		strbuf_addf(out, "\\u%04x", (unsigned)(unsigned char)c);
	}
}

static void write_text(const char *s, size_t n, struct strbuf *out)
{
	const char *end = s + n, *from = s;
	strbuf_addc(out, '"');
	for (; s < end; s++) {
		if ((unsigned char)*s >= 0x20 && *s != '"' && *s != '\\' && *s != 0x7f)
			continue;
		strbuf_add(out, from, (size_t)(s - from));
		write_char(*s, out);
		from = s + 1;
	}
	strbuf_add(out, from, (size_t)(end - from));
	strbuf_addc(out, '"');
}

static void write_string(const struct node *n, unsigned flags, struct strbuf *out)
{
	if (!(flags & NODE_CLEAN) || clean_is(n->s, n->n, CLEAN_LINES)) {
		write_text(n->s, n->n, out);
		return;
	}
	struct strbuf clean = STRBUF_INIT;
	clean_append(&clean, n->s, n->n, CLEAN_LINES);
	write_text(clean.s, clean.len, out);
	strbuf_free(&clean);
}

static void write_group(const struct node *n, unsigned flags, struct strbuf *out)
{
	bool object = n->type == NODE_OBJECT;
	const struct node *end = node_end(n);
	strbuf_addc(out, object ? '{' : '[');
	for (const struct node *at = node_first(n); at < end; at = node_next(at)) {
		if (at != node_first(n))
			strbuf_addc(out, ',');
		if (object) {
			write_string(at++, flags, out);
			strbuf_addc(out, ':');
		}
		node_write(at, flags, out);
	}
	strbuf_addc(out, object ? '}' : ']');
}

void node_write(const struct node *n, unsigned flags, struct strbuf *out)
{
	switch (n->type) {
	case NODE_NULL:
	case NODE_DEEP:
		strbuf_adds(out, "null");
		break;
	case NODE_FALSE:
		strbuf_adds(out, "false");
		break;
	case NODE_TRUE:
		strbuf_adds(out, "true");
		break;
	case NODE_NUMBER:
		write_number(n, out);
		break;
	case NODE_STRING:
		write_string(n, flags, out);
		break;
	case NODE_ARRAY:
	case NODE_OBJECT:
		write_group(n, flags, out);
		break;
	}
}
