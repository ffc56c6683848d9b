/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/jqcall.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"

#define RUN struct arena *a, const struct node *in, const struct node *const *v, bool *unsure
#define UNUSED (void)a, (void)in, (void)v, (void)unsure

const char jqcall_prelude[] =
	"def map(f): [.[] | f];"
	"def select(f): if f then . else empty end;"
	"def values: select(. != null);"
	"def nulls: select(. == null);"
	"def strings: select(type == \"string\");"
	"def numbers: select(type == \"number\");"
	"def booleans: select(type == \"boolean\");"
	"def arrays: select(type == \"array\");"
	"def objects: select(type == \"object\");"
	"def scalars: select(type | . != \"array\" and . != \"object\");"
	"def iterables: select(type | . == \"array\" or . == \"object\");"
	"def add: reduce .[] as $x (null; . + $x);"
	"def first: .[0];"
	"def last: .[-1];"
	"def last(f): reduce f as $x (null; $x);"
	"def any(g; f): first((g | if f then true else empty end), false);"
	"def any(f): any(.[]; f);"
	"def any: any(.[]; .);"
	"def all(g; f): first((g | if f then empty else false end), true);"
	"def all(f): all(.[]; f);"
	"def all: all(.[]; .);"
	"def in(xs): . as $x | xs | has($x);"
	"def inside(xs): . as $x | xs | contains($x);"
	"def with_entries(f): to_entries | map(f) | from_entries;"
	"def sort: _sorted(.);"
	"def sort_by(f): _sorted(map([f]));"
	"def group_by(f): _grouped(map([f]));"
	"def unique: group_by(.) | map(.[0]);"
	"def unique_by(f): group_by(f) | map(.[0]);"
	"def min_by(f): _least(map([f]));"
	"def max_by(f): _most(map([f]));"
	"def min: _least(.);"
	"def max: _most(.);"
	"def fromdateiso8601: strptime(\"%Y-%m-%dT%H:%M:%SZ\") | mktime;"
	"def todateiso8601: strftime(\"%Y-%m-%dT%H:%M:%SZ\");"
	"def fromdate: fromdateiso8601;"
	"def todate: todateiso8601;";

static const struct node *leave(bool *unsure)
{
	*unsure = true;
	return NULL;
}

/* NULL where libjq has to say it. */
static const struct node *sure(const struct node *n, bool *unsure)
{
	*unsure |= !n;
	return n;
}

static bool are(const struct node *const *v, enum node_type type)
{
	return v[0]->type == type && v[1]->type == type;
}

/* --- comparing --- */

static const struct node *same(const struct node *const *v, bool wanted, bool *unsure)
{
	int order;
	if (!jqvalue_compare(v[0], v[1], &order))
		return leave(unsure);
	return jqvalue_bool((order == 0) == wanted);
}

static const struct node *equal(RUN)
{
	UNUSED;
	return same(v, true, unsure);
}

static const struct node *unequal(RUN)
{
	UNUSED;
	return same(v, false, unsure);
}

/* Whether v[0] stands on that side of v[1], or beside it where `beside`. */
static const struct node *ordered(const struct node *const *v, int side, bool beside,
				  bool *unsure)
{
	int order;
	if (!jqvalue_compare(v[0], v[1], &order) || order == JQVALUE_DIFFERS)
		return leave(unsure);
	return jqvalue_bool(order == side || (beside && order == 0));
}

static const struct node *less(RUN)
{
	UNUSED;
	return ordered(v, -1, false, unsure);
}

static const struct node *at_most(RUN)
{
	UNUSED;
	return ordered(v, -1, true, unsure);
}

static const struct node *more(RUN)
{
	UNUSED;
	return ordered(v, 1, false, unsure);
}

static const struct node *at_least(RUN)
{
	UNUSED;
	return ordered(v, 1, true, unsure);
}

/* --- reckoning --- */

static bool are_numbers(const struct node *const *v, double *x, double *y)
{
	return jqvalue_double(v[0], x) && jqvalue_double(v[1], y);
}

static const struct node *join_texts(struct arena *a, const struct node *const *v)
{
	size_t n = (size_t)v[0]->n + v[1]->n;
	char *s = arena_alloc(a, n + 1);
	if (v[0]->n)
		memcpy(s, v[0]->s, v[0]->n);
	if (v[1]->n)
		memcpy(s + v[0]->n, v[1]->s, v[1]->n);
	s[n] = '\0';
	return n > INT32_MAX ? NULL : jqvalue_text(a, s, n);
}

/* The elements of both. */
static const struct node *join_arrays(struct arena *a, const struct node *const *v)
{
	size_t n = jqvalue_count(v[0]) + jqvalue_count(v[1]), count = 0;
	const struct node **list = arena_alloc(a, (n + 1) * sizeof *list);
	for (int i = 0; i < 2; i++)
		for (const struct node *x = node_first(v[i]); x < node_end(v[i]);
		     x = node_next(x))
			list[count++] = x;
	return jqvalue_group(a, NODE_ARRAY, list, n);
}

/* The members of v[0] with the values of v[1], then those that v[1] has more. */
static const struct node *join_objects(struct arena *a, const struct node *const *v)
{
	size_t n = jqvalue_count(v[0]) + jqvalue_count(v[1]), count = 0;
	const struct node **list = arena_alloc(a, (2 * n + 1) * sizeof *list), *other;
	if (!jqvalue_is_proper(v[0]) || !jqvalue_is_proper(v[1]))
		return NULL;
	for (int i = 0; i < 2; i++)
		for (const struct node *x = node_first(v[i]); x < node_end(v[i]);
		     x = node_next(x + 1)) {
			other = node_get(v[1 - i], x->s, x->n);
			if (other && i == 1)
				continue;
			list[count++] = x;
			list[count++] = other ? other : x + 1;
		}
	return jqvalue_group(a, NODE_OBJECT, list, count);
}

static const struct node *plus(RUN)
{
	double x, y;
	UNUSED;
	if (v[0]->type == NODE_NULL)
		return v[1];
	if (v[1]->type == NODE_NULL)
		return v[0];
	if (are(v, NODE_STRING))
		return sure(join_texts(a, v), unsure);
	if (are(v, NODE_ARRAY))
		return join_arrays(a, v);
	if (are(v, NODE_OBJECT))
		return sure(join_objects(a, v), unsure);
	return are_numbers(v, &x, &y) ? sure(jqvalue_number(a, x + y), unsure) : leave(unsure);
}

static const struct node *minus(RUN)
{
	double x, y;
	UNUSED;
	return are_numbers(v, &x, &y) ? sure(jqvalue_number(a, x - y), unsure) : leave(unsure);
}

static const struct node *times(RUN)
{
	double x, y;
	UNUSED;
	return are_numbers(v, &x, &y) ? sure(jqvalue_number(a, x * y), unsure) : leave(unsure);
}

static const struct node *split(RUN);

static const struct node *divided(RUN)
{
	double x, y;
	if (are(v, NODE_STRING))
		return split(a, v[0], v + 1, unsure);
	(void)in;
	if (!are_numbers(v, &x, &y) || y == 0)
		return leave(unsure);
	return sure(jqvalue_number(a, x / y), unsure);
}

static const struct node *rest(RUN)
{
	double x, y;
	UNUSED;
	bool simple = are_numbers(v, &x, &y) && x >= 0 && x < 1e15 && y >= 1 && y < 1e15;
	return simple ? jqvalue_number(a, (double)((int64_t)x % (int64_t)y)) : leave(unsure);
}

static const struct node *negated(RUN)
{
	double d;
	UNUSED;
	return jqvalue_double(in, &d) ? jqvalue_number(a, -d) : leave(unsure);
}

static const struct node *rounded(struct arena *a, const struct node *in, double (*how)(double),
				  bool *unsure)
{
	double d;
	return jqvalue_double(in, &d) ? jqvalue_number(a, how(d)) : leave(unsure);
}

static const struct node *do_floor(RUN)
{
	UNUSED;
	return rounded(a, in, floor, unsure);
}

static const struct node *do_ceil(RUN)
{
	UNUSED;
	return rounded(a, in, ceil, unsure);
}

static const struct node *do_round(RUN)
{
	UNUSED;
	return rounded(a, in, round, unsure);
}

/* --- texts --- */

static const struct node *refuted(RUN)
{
	UNUSED;
	return jqvalue_bool(!jqvalue_holds(in));
}

static const struct node *type(RUN)
{
	UNUSED;
	const char *name = node_type_name(in);
	return in->type == NODE_DEEP ? leave(unsure) : jqvalue_text(a, name, strlen(name));
}

static const struct node *length(RUN)
{
	UNUSED;
	switch (in->type) {
	case NODE_NULL:
		return jqvalue_number(a, 0);
	case NODE_STRING:
		return jqvalue_number(a, (double)jqvalue_length(in));
	case NODE_NUMBER:
		return rounded(a, in, fabs, unsure);
	case NODE_OBJECT:
		if (!jqvalue_is_proper(in))
			return leave(unsure);
		return jqvalue_number(a, (double)jqvalue_count(in));
	case NODE_ARRAY:
		return jqvalue_number(a, (double)jqvalue_count(in));
	case NODE_DEEP:
		return leave(unsure);
	default:
		return NULL;
	}
}

static const struct node *to_text(RUN)
{
	UNUSED;
	return sure(jqvalue_written(a, in, true), unsure);
}

static const struct node *to_json(RUN)
{
	UNUSED;
	return sure(jqvalue_written(a, in, false), unsure);
}

/* A number as JSON has it: what else jq takes is left to it. */
static bool is_number(const char *s, size_t n)
{
	const char *p = s, *end = s + n;
	p += p < end && *p == '-';
	const char *digits = p;
	while (p < end && *p >= '0' && *p <= '9')
		p++;
	if (p == digits || (*digits == '0' && p - digits > 1))
		return false;
	if (p < end && *p == '.') {
		digits = ++p;
		while (p < end && *p >= '0' && *p <= '9')
			p++;
		if (p == digits)
			return false;
	}
	return p == end;
}

/* What holds any other character than those of numbers, NaN and Infinity is none for jq. */
static bool is_no_number(const struct node *in)
{
	for (size_t i = 0; i < in->n; i++)
		if (!in->s[i] || !strchr("0123456789+-.eE \t\r\nnNaAiIfFtTyY", in->s[i]))
			return true;
	return false;
}

static const struct node *to_number(RUN)
{
	UNUSED;
	if (in->type == NODE_NUMBER)
		return in;
	if (in->type != NODE_STRING || is_no_number(in))
		return NULL;
	if (in->n > 64 || !is_number(in->s, in->n))
		return leave(unsure);
	struct node *made = arena_alloc(a, sizeof *made);
	*made = (struct node){arena_memdup(a, in->s, in->n), in->n, 1, NODE_NUMBER, false};
	return made;
}

/* The letters from `first` on, of which there are 26, moved. */
static const struct node *moved(struct arena *a, const struct node *in, char first, int by)
{
	if (in->type != NODE_STRING)
		return NULL;
	char *s = arena_memdup(a, in->s, in->n);
	for (size_t i = 0; i < in->n; i++)
		if (s[i] >= first && s[i] < first + 26)
			s[i] = (char)(s[i] + by);
	return jqvalue_text(a, s, in->n);
}

static const struct node *downcase(RUN)
{
	UNUSED;
	return moved(a, in, 'A', 'a' - 'A');
}

static const struct node *upcase(RUN)
{
	UNUSED;
	return moved(a, in, 'a', 'A' - 'a');
}

static bool begins(const struct node *in, const struct node *with)
{
	return in->n >= with->n && memcmp(in->s, with->s, with->n) == 0;
}

static bool ends(const struct node *in, const struct node *with)
{
	return in->n >= with->n && memcmp(in->s + in->n - with->n, with->s, with->n) == 0;
}

static bool both_texts(const struct node *in, const struct node *const *v)
{
	return in->type == NODE_STRING && v[0]->type == NODE_STRING;
}

static const struct node *startswith(RUN)
{
	UNUSED;
	return both_texts(in, v) ? jqvalue_bool(begins(in, v[0])) : NULL;
}

static const struct node *endswith(RUN)
{
	UNUSED;
	return both_texts(in, v) ? jqvalue_bool(ends(in, v[0])) : NULL;
}

static const struct node *ltrimstr(RUN)
{
	UNUSED;
	if (!both_texts(in, v) || !begins(in, v[0]))
		return in;
	return jqvalue_text(a, in->s + v[0]->n, in->n - v[0]->n);
}

static const struct node *rtrimstr(RUN)
{
	UNUSED;
	if (!both_texts(in, v) || !ends(in, v[0]))
		return in;
	return jqvalue_text(a, in->s, in->n - v[0]->n);
}

static const struct node *contains(RUN)
{
	UNUSED;
	if (!both_texts(in, v) || memchr(in->s, 0, in->n) || memchr(v[0]->s, 0, v[0]->n))
		return leave(unsure);
	return jqvalue_bool(memmem(in->s, in->n, v[0]->s, v[0]->n) != NULL);
}

/* Versions of jq count bytes, or characters. */
static const struct node *index_of(RUN)
{
	UNUSED;
	if (!both_texts(in, v) || !v[0]->n)
		return leave(unsure);
	const char *found = memmem(in->s, in->n, v[0]->s, v[0]->n);
	if (!found)
		return &jqvalue_null;
	for (const char *p = in->s; p < found; p++)
		if (*p & 0x80)
			return leave(unsure);
	return jqvalue_number(a, (double)(found - in->s));
}

static size_t count_in(const struct node *in, const struct node *what)
{
	const char *s = in->s, *end = s + in->n;
	size_t count = 0;
	for (; (s = memmem(s, (size_t)(end - s), what->s, what->n)); s += what->n)
		count++;
	return count;
}

static const struct node *split(RUN)
{
	if (!both_texts(in, v))
		return NULL;
	const char *s = in->s, *end = s + in->n;
	if (!v[0]->n)
		return leave(unsure);
	size_t count = in->n ? count_in(in, v[0]) + 1 : 0;
	struct node *list = arena_alloc(a, (count + 1) * sizeof *list);
	list[0] = (struct node){"", 0, (uint32_t)count + 1, NODE_ARRAY, true};
	for (size_t i = 1; i <= count; i++) {
		const char *stop = i < count ? memmem(s, (size_t)(end - s), v[0]->s, v[0]->n)
					     : end;
		list[i] = (struct node){s, (uint32_t)(stop - s), 1, NODE_STRING, false};
		s = stop + v[0]->n;
	}
	return list;
}

/* clang-format off */
static const struct jqcall calls[] = {
	{"==", 2, equal}, {"!=", 2, unequal}, {"<", 2, less}, {"<=", 2, at_most},
	{">", 2, more}, {">=", 2, at_least},
	{"+", 2, plus}, {"-", 2, minus}, {"*", 2, times}, {"/", 2, divided}, {"%", 2, rest},
	{"_negate", 0, negated},
	{"floor", 0, do_floor}, {"ceil", 0, do_ceil}, {"round", 0, do_round},
	{"not", 0, refuted}, {"type", 0, type}, {"length", 0, length},
	{"tostring", 0, to_text}, {"tojson", 0, to_json}, {"tonumber", 0, to_number},
	{"ascii_downcase", 0, downcase}, {"ascii_upcase", 0, upcase},
	{"startswith", 1, startswith}, {"endswith", 1, endswith},
	{"ltrimstr", 1, ltrimstr}, {"rtrimstr", 1, rtrimstr},
	{"contains", 1, contains}, {"index", 1, index_of}, {"split", 1, split},
	{NULL, 0, NULL},
};
/* clang-format on */

const struct jqcall *jqcall_find(const char *name, size_t n, size_t arity)
{
	const struct jqcall *const tables[] = {calls, jqcall_lists, jqcall_times};
	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		for (const struct jqcall *c = tables[i]; c->name; c++)
			if (c->arity == arity && strlen(c->name) == n &&
			    memcmp(c->name, name, n) == 0)
				return c;
	return NULL;
}
