/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every source with all that its writer knows of it. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/text_view.h"

#define LABEL_WIDTH 22
#define VALUE_WIDTH 26
#define INDENT 4

struct source_layer {
	struct doc *doc;
	int width;
	int at; /* column of the next pair */
};

static void pair(struct source_layer *l, const char *label, enum role role, const char *value)
{
	if (!value[0])
		return;
	if (l->at + LABEL_WIDTH + VALUE_WIDTH > l->width) {
		doc_line(l->doc);
		l->at = INDENT;
	}
	doc_add(l->doc, l->at, ROLE_LABEL, 0, label);
	doc_add(l->doc, l->at + LABEL_WIDTH, role, 0, value);
	l->at += LABEL_WIDTH + VALUE_WIDTH;
}

static void kinds_of(const struct source_status *s, struct strbuf *out)
{
	for (size_t i = 0; kinds[i]; i++)
		if (s->kinds >> i & 1 && !kinds[i]->catalogue)
			strbuf_addf(out, "%s%s", out->len ? ", " : "", _(kinds[i]->title));
}

static void times(struct source_layer *l, const struct source_status *s, int64_t now)
{
	char t[FMT_TEXT];
	pair(l, _("Last good answer"), ROLE_TEXT,
	     s->last_ok == CLOCK_NONE ? _("never") : fmt_when(s->last_ok, now, t));
	if (s->last_change != CLOCK_NONE && s->last_change > 0)
		pair(l, _("Last change"), ROLE_TEXT, fmt_when(s->last_change, now, t));
	if (s->next_try != CLOCK_NONE && s->next_try > 0)
		pair(l, _("Next try"), ROLE_TEXT, fmt_time(s->next_try, t));
}

static void numbers(struct source_layer *l, const struct source_status *s)
{
	char t[FMT_TEXT], text[FMT_TEXT * 2];
	pair(l, _("Records taken in"), ROLE_TEXT, fmt_integer(s->records, t));
	if (s->rate > 0)
		pair(l, _("Records a second"), ROLE_TEXT, fmt_integer(s->rate, t));
	if (s->lag_ms >= 0) {
		snprintf(text, sizeof text, "%s ms", fmt_integer(s->lag_ms, t));
		pair(l, _("From server to cache"), ROLE_TEXT,
		     s->lag_ms < 10 * SECOND ? text : fmt_span(s->lag_ms, t));
	}
	if (s->skew_ms > SECOND || s->skew_ms < -SECOND)
		pair(l, _("Its clock is off by"), ROLE_WARN, fmt_span(s->skew_ms, t));
	if (s->quarantined > 0)
		pair(l, _("Set aside, unreadable"), ROLE_WARN, fmt_integer(s->quarantined, t));
	if (s->unknown > 0)
		pair(l, _("Unknown values"), ROLE_WARN, s->unknown_words);
}

static void failure(struct source_layer *l, const struct source_status *s, int64_t now)
{
	char when[FMT_TEXT], label[FMT_TEXT * 2];
	if (!s->error[0])
		return;
	snprintf(label, sizeof label, "%s %s", _("Failed"), fmt_when(s->error_at, now, when));
	doc_line(l->doc);
	doc_add(l->doc, INDENT, ROLE_BAD, 0, label);
	doc_wrap(l->doc, INDENT + LABEL_WIDTH, l->width - INDENT - LABEL_WIDTH - 1, ROLE_TEXT,
		 s->error);
}

static enum role status_role(int64_t status)
{
	return status >= 200 && status < 400 ? ROLE_TEXT : status ? ROLE_WARN : ROLE_BAD;
}

/* Of the source in hand: what was asked last, and what came. */
static void requests(struct source_layer *l, const struct source_status *s)
{
	enum { TIME = 10, STATUS = 21, TOOK = 10, SIZE = 10 };
	char t[FMT_TEXT], text[FMT_TEXT * 2];
	if (s->request_count) {
		doc_line(l->doc);
		doc_add(l->doc, INDENT, ROLE_LABEL, 0, _("Last requests"));
	}
	for (size_t i = 0; i < s->request_count; i++) {
		const struct source_request *r = &s->requests[i];
		int at = INDENT + 2;
		doc_line(l->doc);
		doc_add(l->doc, at, ROLE_DIM, 0, fmt_time(r->at, t));
		snprintf(text, sizeof text, "%s %lld", _("HTTP"), (long long)r->status);
		doc_add(l->doc, at += TIME, status_role(r->status), 0,
			r->status ? text : _("no answer"));
		snprintf(text, sizeof text, "%s ms", fmt_integer(r->took_ms, t));
		doc_add(l->doc, at += STATUS, ROLE_DIM, 0,
			r->took_ms < 10 * SECOND ? text : fmt_span(r->took_ms, t));
		doc_add(l->doc, at += TOOK, ROLE_DIM, 0, fmt_bytes((uint64_t)r->bytes, t));
		doc_addf(l->doc, at + SIZE, ROLE_TEXT, 0, "%s %s", r->method, r->path);
	}
}

static void add_source(struct app *a, size_t i, int width)
{
	const struct source_status *s = &a->sources[i];
	struct source_layer l = {&a->text, width, width};
	struct source_words w;
	struct strbuf queues = STRBUF_INIT;
	bool current = i == a->source_cursor, ascii = a->look.ascii;
	const char *title = s->title[0] ? s->title : s->name;
	source_words(a, s, &w);
	doc_line(&a->text);
	doc_line(&a->text);
	if (current)
		doc_add(&a->text, 0, ROLE_CURSOR, 0, glyph(GLYPH_CURSOR, ascii));
	doc_add(&a->text, 2, w.role, 0, glyph(w.glyph, ascii));
	doc_add(&a->text, INDENT, current ? ROLE_CURSOR : ROLE_STRONG, 0, title);
	doc_add(&a->text, INDENT + utf8_swidth(title) + 2, w.role, 0, w.text);
	kinds_of(s, &queues);
	pair(&l, _("Name, connector"), ROLE_TEXT, s->name);
	doc_addf(&a->text, INDENT + LABEL_WIDTH + utf8_swidth(s->name), ROLE_DIM, 0, ", %s",
		 s->connector);
	times(&l, s, a->look.now);
	numbers(&l, s);
	if (queues.len) {
		doc_line(&a->text);
		doc_add(&a->text, INDENT, ROLE_LABEL, 0, _("Queues"));
		doc_wrap(&a->text, INDENT + LABEL_WIDTH, width - INDENT - LABEL_WIDTH - 1,
			 ROLE_TEXT, queues.s);
	}
	failure(&l, s, a->look.now);
	if (s->quarantined > 0 && current) {
		doc_line(&a->text);
		doc_wrap(&a->text, INDENT + LABEL_WIDTH, width - INDENT - LABEL_WIDTH - 1,
			 ROLE_DIM,
			 _("Why they are set aside: ioc quarantine list. Tried again: "
			   "ioc quarantine retry, or the key r."));
	}
	if (current)
		requests(&l, s);
	strbuf_free(&queues);
}

static void add_nothing(struct app *a, int width)
{
	struct doc *d = &a->text;
	doc_line(d);
	doc_line(d);
	doc_add(d, 2, ROLE_STRONG, 0,
		a->sources_known ? _("No source of data is set up yet.")
				 : _("Waiting for the state of the sources…"));
	if (!a->sources_known)
		return;
	doc_line(d);
	doc_wrap(d, 2, width - 4, ROLE_TEXT,
		 _("Name one in config.yaml under \"sources\", then start the console again. "
		   "The "
		   "manual is ioc-config(5); \"ioc doctor\" says what is missing."));
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	doc_reset(&a->text);
	doc_line(&a->text);
	doc_add(&a->text, 2, ROLE_HEADING, 0, _("Sources"));
	size_t first = 0, last = 0;
	for (size_t i = 0; i < a->source_count; i++) {
		if (i == a->source_cursor)
			first = a->text.line_count + 1;
		add_source(a, i, r.columns);
		if (i == a->source_cursor)
			last = a->text.line_count + 1;
	}
	if (!a->source_count)
		add_nothing(a, r.columns);
	/* The source in hand stays whole on screen. */
	if ((int)first < a->text.scroll || a->source_cursor == 0)
		a->text.scroll = a->source_cursor ? (int)first : 0;
	else if ((int)last > a->text.scroll + r.rows)
		a->text.scroll = (int)last - r.rows;
	if ((int)first < a->text.scroll)
		a->text.scroll = (int)first;
	text_draw(a, b, r);
	b->cursor_row = r.row + (int)first - a->text.scroll;
}

static void move(struct app *a, enum motion m, int64_t n)
{
	int64_t last = a->source_count ? (int64_t)a->source_count - 1 : 0;
	int64_t at = m == MOVE_HOME ? 0 : m == MOVE_END ? last : (int64_t)a->source_cursor + n;
	a->source_cursor = (size_t)(at < 0 ? 0 : at > last ? last : at);
}

const struct view sources_view = {
	.context = CONTEXT_SOURCES,
	.draw = draw,
	.move = move,
	.tell = tell_text,
};
