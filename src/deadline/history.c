/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deadline/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

#define EVENTS_MOST 4096
#define DEPTH_MOST 64

/* --- a walk over JSON text ---------------------------------------------------------------- */

/* Each of these moves *s behind what it takes, and gives false at what is no JSON. */
struct walk {
	const char *s, *end;
};

struct slice {
	const char *s;
	size_t n;
};

static char peek(struct walk *w)
{
	while (w->s < w->end &&
	       (*w->s == ' ' || *w->s == '\n' || *w->s == '\t' || *w->s == '\r'))
		w->s++;
	return w->s < w->end ? *w->s : '\0';
}

static bool take(struct walk *w, char c)
{
	if (peek(w) != c)
		return false;
	w->s++;
	return true;
}

/* What stands between the quotes, as it is written. */
static bool take_string(struct walk *w, struct slice *out)
{
	if (!take(w, '"'))
		return false;
	out->s = w->s;
	while (w->s < w->end && *w->s != '"')
		w->s += *w->s == '\\' ? 2 : 1;
	if (w->s >= w->end)
		return false;
	out->n = (size_t)(w->s++ - out->s);
	return true;
}

/* A number or a word, as it is written. */
static bool take_word(struct walk *w, struct slice *out)
{
	peek(w);
	out->s = w->s;
	while (w->s < w->end && !strchr(",]} \n\t\r", *w->s))
		w->s++;
	out->n = (size_t)(w->s - out->s);
	return out->n > 0;
}

static bool skip_value(struct walk *w)
{
	struct slice ignored;
	int depth = 0;
	do {
		char c = peek(w);
		if (c == '"') {
			if (!take_string(w, &ignored))
				return false;
		} else if (c == '{' || c == '[') {
			depth++;
			w->s++;
		} else if (c == '}' || c == ']') {
			depth--;
			w->s++;
		} else if (c == ',' || c == ':') {
			w->s++;
		} else if (!c || !take_word(w, &ignored)) {
			return false;
		}
		if (depth < 0 || depth > DEPTH_MOST)
			return false;
	} while (depth > 0);
	return true;
}

/* --- entries ------------------------------------------------------------------------------ */

static bool is_key(struct slice key, const char *name)
{
	return key.n == strlen(name) && memcmp(key.s, name, key.n) == 0;
}

static void copy_code(struct slice s, char *out)
{
	size_t n = s.n < HISTORY_CODE ? s.n : 0;
	memcpy(out, s.s, n);
	out[n] = '\0';
}

static int64_t read_time(struct slice s, bool quoted)
{
	int64_t t;
	if (quoted)
		return clock_parse(s.s, s.n, &t) < 0 || t == 0 ? CLOCK_NONE : t;
	char number[32];
	if (s.n >= sizeof number)
		return CLOCK_NONE;
	memcpy(number, s.s, s.n);
	number[s.n] = '\0';
	double v = strtod(number, NULL);
	return v > 0 && v < 1e11 ? (int64_t)(v * 1000) : CLOCK_NONE;
}

static bool take_member(struct walk *w, struct event *x)
{
	struct slice key, v = {NULL, 0};
	if (!take_string(w, &key) || !take(w, ':'))
		return false;
	bool quoted = peek(w) == '"';
	bool wanted = is_key(key, "at") || is_key(key, "from") || is_key(key, "to");
	if (!wanted || peek(w) == '{' || peek(w) == '[')
		return skip_value(w);
	if (!(quoted ? take_string(w, &v) : take_word(w, &v)))
		return false;
	if (is_key(key, "at"))
		x->at = read_time(v, quoted);
	else if (quoted || (*v.s >= '0' && *v.s <= '9'))
		copy_code(v, is_key(key, "to") ? x->to : x->from);
	return true;
}

static bool take_entry(struct walk *w, struct event *x)
{
	*x = (struct event){.at = CLOCK_NONE};
	if (peek(w) != '{')
		return skip_value(w);
	w->s++;
	if (take(w, '}'))
		return true;
	do
		if (!take_member(w, x))
			return false;
	while (take(w, ','));
	return take(w, '}');
}

static bool find_history(struct walk *w)
{
	struct slice key;
	if (!take(w, '{'))
		return false;
	do {
		if (!take_string(w, &key) || !take(w, ':'))
			return false;
		if (is_key(key, "history"))
			return take(w, '[');
	} while (skip_value(w) && take(w, ','));
	return false;
}

static int by_time(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Sources list the newest first, or last, or anyhow. */
static void put_in_order(struct history *h)
{
	bool rising = true, falling = h->count > 1;
	for (size_t i = 1; i < h->count; i++) {
		rising &= h->events[i - 1].at <= h->events[i].at;
		falling &= h->events[i - 1].at >= h->events[i].at;
	}
	if (rising)
		return;
	for (size_t i = 0; i < h->count; i++)
		h->events[i].order = falling ? h->count - i : i;
	qsort(h->events, h->count, sizeof *h->events, by_time);
}

struct history history_read(struct arena *a, const struct record *r)
{
	struct history h = {NULL, 0};
	struct event list[64], *events = list;
	size_t cap = ARRAY_LEN(list);
	if (!r->detail)
		return h;
	struct walk w = {r->detail, r->detail + r->detail_n};
	if (!find_history(&w) || peek(&w) == ']')
		return h;
	do {
		struct event x;
		if (h.count == EVENTS_MOST || !take_entry(&w, &x))
			break;
		if (x.at == CLOCK_NONE || !*x.to || strcmp(x.from, x.to) == 0)
			continue;
		if (h.count == cap) {
			struct event *more = arena_alloc(a, cap * 2 * sizeof *more);
			memcpy(more, events, cap * sizeof *more);
			events = more;
			cap *= 2;
		}
		events[h.count++] = x;
	} while (take(&w, ','));
	if (h.count && events == list) {
		events = arena_alloc(a, h.count * sizeof *events);
		memcpy(events, list, h.count * sizeof *events);
	}
	h.events = events == list ? NULL : events;
	put_in_order(&h);
	return h;
}

/* --- questions ---------------------------------------------------------------------------- */

bool history_mentions(const struct record *r, const char *code)
{
	char quoted[HISTORY_CODE + 2];
	size_t n = strlen(code);
	if (!r->detail || n >= HISTORY_CODE)
		return false;
	quoted[0] = '"';
	memcpy(quoted + 1, code, n + 1);
	quoted[n + 1] = '"';
	return memmem(r->detail, r->detail_n, quoted, n + 2);
}

const char *history_before(const struct history *h, size_t i)
{
	if (*h->events[i].from || i == 0)
		return h->events[i].from;
	return h->events[i - 1].to;
}

int64_t history_entered(const struct history *h, const char *state)
{
	int64_t at = CLOCK_NONE;
	for (size_t i = h->count; i > 0 && strcmp(h->events[i - 1].to, state) == 0; i--)
		at = h->events[i - 1].at;
	return at;
}

int64_t history_first(const struct history *h, const char *state)
{
	for (size_t i = 0; i < h->count; i++)
		if (strcmp(h->events[i].to, state) == 0)
			return h->events[i].at;
	return CLOCK_NONE;
}
