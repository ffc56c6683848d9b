/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/sse.h"

#include <ctype.h>
#include <string.h>

#define RETRY_MOST 3600000
#define ID_MOST 4096 /* bytes; every event has a copy */

void sse_init(struct sse *s, size_t most)
{
	*s = (struct sse){.line = STRBUF_INIT,
			  .name = STRBUF_INIT,
			  .data = STRBUF_INIT,
			  .id = STRBUF_INIT,
			  .most = most,
			  .retry = -1};
}

void sse_free(struct sse *s)
{
	strbuf_free(&s->line);
	strbuf_free(&s->name);
	strbuf_free(&s->data);
	strbuf_free(&s->id);
}

static void set(struct strbuf *b, const char *s, size_t n)
{
	strbuf_clear(b);
	strbuf_add(b, s, n);
}

static void take_retry(struct sse *s, const char *v, size_t n)
{
	int64_t ms = 0;
	for (size_t i = 0; i < n; i++) {
		if (!isdigit((unsigned char)v[i]))
			return;
		if (ms <= RETRY_MOST)
			ms = ms * 10 + (v[i] - '0');
	}
	if (n)
		s->retry = ms < RETRY_MOST ? ms : RETRY_MOST;
}

static void take_data(struct sse *s, const char *v, size_t n)
{
	if (s->data.len + n + 1 > s->most) {
		s->broken = true;
		return;
	}
	if (s->has_data)
		strbuf_addc(&s->data, '\n');
	strbuf_add(&s->data, v, n);
	s->has_data = true;
}

static bool is(const char *name, size_t n, const char *word)
{
	return strlen(word) == n && memcmp(name, word, n) == 0;
}

static void take_field(struct sse *s, const char *line, size_t n)
{
	const char *colon = memchr(line, ':', n);
	size_t name_n = colon ? (size_t)(colon - line) : n;
	const char *v = colon ? colon + 1 : line + n;
	if (v < line + n && *v == ' ')
		v++;
	size_t v_n = (size_t)(line + n - v);
	if (is(line, name_n, "data"))
		take_data(s, v, v_n);
	else if (is(line, name_n, "event"))
		set(&s->name, v, v_n);
	else if (is(line, name_n, "id") && v_n > ID_MOST)
		s->broken = true;
	else if (is(line, name_n, "id") && !memchr(v, '\0', v_n))
		set(&s->id, v, v_n);
	else if (is(line, name_n, "retry"))
		take_retry(s, v, v_n);
}

static void take_line(struct sse *s, void (*event)(void *, const struct sse_event *),
		      void *context)
{
	const char *line = s->line.s;
	size_t n = s->line.len;
	if (!s->started && n >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0) {
		line += 3;
		n -= 3;
	}
	s->started = true;
	if (n == 0 && s->has_data) {
		struct sse_event e = {s->name.len ? s->name.s : "message", s->data.s,
				      s->data.len, s->id.s};
		event(context, &e);
	}
	if (n == 0) {
		strbuf_clear(&s->name);
		strbuf_clear(&s->data);
		s->has_data = false;
	} else if (line[0] == ':') {
		s->beats++;
	} else {
		take_field(s, line, n);
	}
	strbuf_clear(&s->line);
}

void sse_feed(struct sse *s, const char *p, size_t n,
	      void (*event)(void *, const struct sse_event *), void *context)
{
	const char *end = p + n;
	while (p < end && !s->broken) {
		if (s->after_cr && *p == '\n')
			p++;
		s->after_cr = false;
		const char *stop = p;
		while (stop < end && *stop != '\n' && *stop != '\r')
			stop++;
		if (s->line.len + (size_t)(stop - p) > s->most) {
			s->broken = true;
			return;
		}
		strbuf_add(&s->line, p, (size_t)(stop - p));
		if (stop == end)
			return;
		s->after_cr = *stop == '\r';
		p = stop + 1;
		take_line(s, event, context);
	}
}
