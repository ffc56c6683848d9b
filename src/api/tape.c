/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/tape.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/utf8.h"

struct reader {
	struct tape *tape;
	const char *start, *p, *end;
	bool valid;      /* the whole text is valid UTF-8 */
	size_t oddities; /* so far */
	unsigned depth;
	struct err *err;
};

static int fail(struct reader *r, const char *what)
{
	return err_set(r->err, ERR_PARSE, _("%s at byte %zu"), what,
		       (size_t)(r->p - r->start) + 1);
}

/* --- the tape --- */

static inline int add_node(struct tape *t, enum node_type type, const char *s, size_t n,
			   bool odd, struct err *e)
{
	if (t->count == TAPE_MOST)
		return err_set(e, ERR_LIMIT, _("more than %zu values"), TAPE_MOST);
	if (t->count == t->cap)
		array_reserve((void **)&t->nodes, &t->cap, t->count + 1, sizeof *t->nodes);
	t->nodes[t->count] = (struct node){s, (uint32_t)n, 1, type, odd};
	return (int)t->count++;
}

int tape_add(struct tape *t, enum node_type type, const char *s, size_t n, bool odd,
	     struct err *e)
{
	return add_node(t, type, s, n, odd, e);
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
	*t = (struct tape)TAPE_INIT;
}

static inline int add(struct reader *r, enum node_type type, const char *s, size_t n, bool odd)
{
	r->oddities += odd;
	return add_node(r->tape, type, s, n, odd, r->err);
}

/* --- blanks and words --- */

static inline void skip_blanks(struct reader *r)
{
	for (; r->p < r->end; r->p++) {
		if (*r->p == '\0')
			r->oddities++;
		else if (*r->p != ' ' && *r->p != '\n' && *r->p != '\r' && *r->p != '\t')
			return;
	}
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const struct {
	const char *text;
	size_t n;
	enum node_type type;
	bool odd;
} words[] = {
	{"null", 4, NODE_NULL, false},       {"true", 4, NODE_TRUE, false},
	{"false", 5, NODE_FALSE, false},     {"nan", 3, NODE_NUMBER, true},
	{"NaN", 3, NODE_NUMBER, true},       {"Infinity", 8, NODE_NUMBER, true},
	{"-Infinity", 9, NODE_NUMBER, true},
};

static int read_word(struct reader *r)
{
	size_t left = (size_t)(r->end - r->p);
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (left < words[i].n || memcmp(r->p, words[i].text, words[i].n) != 0)
			continue;
		const char *from = r->p;
		r->p += words[i].n;
		return add(r, words[i].type, from, words[i].n, words[i].odd);
	}
	return fail(r, left ? _("no value") : _("the text ends too early"));
}

/* --- numbers --- */

static size_t skip_digits(struct reader *r)
{
	const char *from = r->p;
	while (is_digit(*r->p))
		r->p++;
	return (size_t)(r->p - from);
}

/* The terminator of the text ends every number.  A plus in front, leading zeros and a bare
 * point at either end are let through. */
static int read_number(struct reader *r)
{
	const char *from = r->p;
	bool odd = *r->p == '+';
	r->p += *r->p == '-' || *r->p == '+';
	bool zero = *r->p == '0';
	size_t whole = skip_digits(r), part = 0;
	odd = odd || whole == 0 || (zero && whole > 1);
	if (*r->p == '.') {
		r->p++;
		part = skip_digits(r);
		odd = odd || part == 0;
	}
	if (whole + part == 0) {
		r->p = from;
		return read_word(r);
	}
	if (*r->p == 'e' || *r->p == 'E') {
		r->p++;
		r->p += *r->p == '-' || *r->p == '+';
		if (skip_digits(r) == 0)
			return fail(r, _("a broken number"));
	}
	return add(r, NODE_NUMBER, from, (size_t)(r->p - from), odd);
}

/* --- strings --- */

/* Bytes before the next quote or backslash; `*control` where one below a blank was passed. */
static size_t plain_run(const char *s, const char *end, bool *control)
{
	const char *p = s;
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
	uint64_t low = 0;
	for (uint64_t w; end - p >= 8; p += 8) {
		memcpy(&w, p, 8);
		uint64_t quote = w ^ (ones * '"'), back = w ^ (ones * '\\');
		if ((((quote - ones) & ~quote) | ((back - ones) & ~back)) & high)
			break;
		low |= (w - ones * 0x20) & ~w & high;
	}
	*control |= low != 0;
	for (; p < end && *p != '"' && *p != '\\'; p++)
		*control |= (unsigned char)*p < 0x20;
	return (size_t)(p - s);
}

/* The number behind \u, or -1.  Reads no further than the terminator. */
static int32_t unit_at(const char *p)
{
	int32_t v = 0;
	if (p[0] != '\\' || p[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		char c = p[i];
		int digit = is_digit(c)            ? c - '0'
			    : c >= 'a' && c <= 'f' ? c - 'a' + 10
			    : c >= 'A' && c <= 'F' ? c - 'A' + 10
						   : -1;
		if (digit < 0)
			return -1;
		v = v * 16 + digit;
	}
	return v;
}

static bool is_high(int32_t v)
{
	return v >= 0xd800 && v <= 0xdbff;
}

static bool is_low(int32_t v)
{
	return v >= 0xdc00 && v <= 0xdfff;
}

static size_t put_replacement(struct reader *r, char *to)
{
	static const char replacement[] = {'\xef', '\xbf', '\xbd'}; /* U+FFFD */
	memcpy(to, replacement, sizeof replacement);
	r->oddities++;
	return sizeof replacement;
}

/* Takes \uXXXX at r->p; returns the bytes written. */
static size_t take_unit(struct reader *r, int32_t v, char *to)
{
	int32_t second = is_high(v) ? unit_at(r->p + 6) : -1;
	r->p += is_low(second) ? 12 : 6;
	if (is_low(second))
		v = 0x10000 + ((v - 0xd800) << 10) + (second - 0xdc00);
	else if (is_high(v) || is_low(v))
		return put_replacement(r, to);
	return utf8_encode((uint32_t)v, to);
}

/* Takes the escape at r->p; returns the bytes written.  Of an unknown one only the backslash is
 * replaced. */
static size_t take_escape(struct reader *r, char *to)
{
	static const char from[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	int32_t v = unit_at(r->p);
	if (v >= 0)
		return take_unit(r, v, to);
	const char *known = r->p[1] ? strchr(from, r->p[1]) : NULL;
	r->p += known ? 2 : 1;
	if (!known)
		return put_replacement(r, to);
	*to = means[known - from];
	return 1;
}

/* Copies n bytes, replacing what is no UTF-8. */
static size_t take_bytes(struct reader *r, size_t n, char *to)
{
	size_t len = 0;
	if (r->valid) {
		memcpy(to, r->p, n);
		r->p += n;
		return n;
	}
	for (const char *end = r->p + n; r->p < end;) {
		uint32_t cp;
		size_t one = utf8_decode(r->p, (size_t)(end - r->p), &cp);
		if (cp == UTF8_BROKEN) {
			len += put_replacement(r, to + len);
		} else {
			memcpy(to + len, r->p, one);
			len += one;
		}
		r->p += one;
	}
	return len;
}

/* The end of a string that holds escapes: the closing quote, or the end of the text. */
static const char *closing_quote(const char *p, const char *end)
{
	bool control = false;
	while (p < end && *(p += plain_run(p, end, &control)) == '\\')
		p += 2;
	return p < end ? p : end;
}

/* A string that does not say what it is: `from` stands behind the opening quote. */
static int decode_string(struct reader *r, const char *from, bool control)
{
	const char *close = closing_quote(r->p, r->end);
	size_t before = r->oddities, len = 0;
	/* A replacement takes three bytes for what was one. */
	char *to = arena_alloc(&r->tape->texts, 3 * (size_t)(close - from) + 1);
	r->p = from;
	while (r->p < close) {
		len += take_bytes(r, plain_run(r->p, close, &control), to + len);
		if (r->p < close && *r->p == '\\')
			len += take_escape(r, to + len);
	}
	if (close == r->end)
		return fail(r, _("the text ends too early"));
	arena_trim(&r->tape->texts, to + len);
	r->p = close + 1;
	return add(r, NODE_STRING, to, len, control || r->oddities > before);
}

/* r->p stands on the opening quote; afterwards behind the closing one. */
static int read_string(struct reader *r)
{
	bool control = false;
	const char *from = ++r->p;
	r->p += plain_run(from, r->end, &control);
	if (r->p == r->end)
		return fail(r, _("the text ends too early"));
	if (*r->p == '\\' || !r->valid)
		return decode_string(r, from, control);
	size_t n = (size_t)(r->p++ - from);
	return add(r, NODE_STRING, from, n, control);
}

/* --- arrays and objects --- */

static int read_value(struct reader *r);

/* Over an array or object without looking into it but for its strings. */
static int skip_deep(struct reader *r)
{
	const char *from = r->p;
	size_t open = 0;
	do {
		if (r->p >= r->end)
			return fail(r, _("the text ends too early"));
		if (*r->p == '"')
			r->p = closing_quote(r->p + 1, r->end);
		open += (size_t)(*r->p == '[' || *r->p == '{');
		open -= (size_t)(*r->p == ']' || *r->p == '}');
		r->p++;
	} while (open);
	return add(r, NODE_DEEP, from, (size_t)(r->p - from), true);
}

/* One element or member. */
static int read_child(struct reader *r, bool object)
{
	skip_blanks(r);
	if (!object)
		return read_value(r);
	if (*r->p != '"')
		return fail(r, _("no name of a member"));
	if (read_string(r) < 0)
		return -1;
	skip_blanks(r);
	if (*r->p != ':')
		return fail(r, _("no colon behind a name"));
	r->p++;
	skip_blanks(r);
	return read_value(r);
}

static int read_children(struct reader *r, bool object)
{
	char close = object ? '}' : ']';
	r->p++;
	skip_blanks(r);
	if (*r->p == close)
		return 0;
	for (;;) {
		if (read_child(r, object) < 0)
			return -1;
		skip_blanks(r);
		if (*r->p == close)
			return 0;
		if (*r->p != ',')
			return fail(r, r->p < r->end ? _("no comma between values")
						     : _("the text ends too early"));
		r->p++;
	}
}

static int read_group(struct reader *r)
{
	const char *from = r->p;
	bool object = *from == '{';
	size_t before = r->oddities;
	if (r->depth == TAPE_DEPTH)
		return skip_deep(r);
	int at = add(r, object ? NODE_OBJECT : NODE_ARRAY, from, 0, false);
	r->depth++;
	if (at < 0 || read_children(r, object) < 0)
		return -1;
	r->depth--;
	r->p++;
	tape_close(r->tape, at);
	r->tape->nodes[at].n = (uint32_t)(r->p - from);
	r->tape->nodes[at].odd = r->oddities > before;
	return at;
}

static int read_value(struct reader *r)
{
	switch (*r->p) {
	case '"':
		return read_string(r);
	case '{':
	case '[':
		return read_group(r);
	case '-':
	case '+':
	case '.':
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9':
		return read_number(r);
	default:
		return read_word(r);
	}
}

static void skip_mark(struct reader *r)
{
	if (r->end - r->p >= 3 && memcmp(r->p, "\xef\xbb\xbf", 3) == 0)
		r->p += 3;
}

int tape_read(struct tape *t, const char *s, size_t n, struct err *e)
{
	struct reader r = {.tape = t,
			   .start = s,
			   .p = s,
			   .end = s + n,
			   .valid = utf8_is_valid(s, n),
			   .err = e};
	tape_clear(t);
	if (n > UINT32_MAX / 4)
		return fail(&r, _("too long"));
	skip_mark(&r);
	skip_blanks(&r);
	if (read_value(&r) < 0)
		return -1;
	skip_blanks(&r);
	return r.p == r.end ? 0 : fail(&r, _("more than one value"));
}
