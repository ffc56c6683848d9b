/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/sketch.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "demo/jot.h"

void sketch_start(struct sketch *d, const struct kind *k)
{
	struct strbuf *all[] = {&d->title, &d->address,     &d->body,  &d->fields,
				&d->texts, &d->attachments, &d->links, &d->extra};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (!all[i]->s)
			*all[i] = (struct strbuf)STRBUF_INIT;
		strbuf_clear(all[i]);
	}
	d->kind = k;
	d->id[0] = '\0';
	d->state = d->src_state = d->area = d->unit = d->category = d->channel = NULL;
	d->created = d->due = d->closed = CLOCK_NONE;
	d->severity = -1;
	d->placed = false;
	d->event_count = 0;
}

void sketch_free(struct sketch *d)
{
	struct strbuf *all[] = {&d->title, &d->address,     &d->body,  &d->fields,
				&d->texts, &d->attachments, &d->links, &d->extra};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i]->s)
			strbuf_free(all[i]);
}

/* The text that was appended since the last event belongs to it. */
static void close_event(struct sketch *d)
{
	if (d->event_count) {
		struct sketch_event *e = &d->events[d->event_count - 1];
		e->text_n = d->texts.len - e->text;
	}
}

struct sketch_event *sketch_event(struct sketch *d, int64_t at, const char *by,
				  const char *action, const char *to)
{
	close_event(d);
	if (d->event_count == SKETCH_EVENTS)
		return NULL;
	struct sketch_event *e = &d->events[d->event_count++];
	e->at = at;
	snprintf(e->by, sizeof e->by, "%s", by);
	e->action = action;
	e->from = to ? d->state : NULL;
	e->to = to;
	e->text = d->texts.len;
	if (to)
		d->state = to;
	return e;
}

static void next_item(struct strbuf *b)
{
	strbuf_adds(b, b->len ? ",{" : "{");
}

void sketch_link(struct sketch *d, const char *kind, const char *id, const char *rel)
{
	next_item(&d->links);
	jot_text(&d->links, "kind", kind);
	jot_text(&d->links, "id", id);
	jot_text(&d->links, "rel", rel);
	strbuf_addc(&d->links, '}');
}

void sketch_attach(struct sketch *d, const char *name, const char *type, int64_t size)
{
	size_t count = 0;
	for (size_t i = 0; i < d->attachments.len; i++)
		count += d->attachments.s[i] == '{';
	char url[160];
	snprintf(url, sizeof url, "/v1/%s/%s/attachments/%zu", d->kind->plural, d->id, count);
	next_item(&d->attachments);
	jot_text(&d->attachments, "name", name);
	jot_text(&d->attachments, "type", type);
	jot_text(&d->attachments, "url", url);
	jot_int(&d->attachments, "size", size);
	strbuf_addc(&d->attachments, '}');
}

void sketch_note(struct sketch *d, const char *note)
{
	strbuf_clear(&d->extra);
	jot_text(&d->extra, "note", note);
}

static void write_history(const struct sketch *d, struct strbuf *out)
{
	jot_key(out, "history");
	strbuf_addc(out, '[');
	for (size_t i = 0; i < d->event_count; i++) {
		const struct sketch_event *e = &d->events[i];
		strbuf_adds(out, i ? ",{" : "{");
		jot_time(out, "at", e->at);
		jot_text(out, "by", e->by);
		jot_text(out, "action", e->action);
		jot_text(out, "from", e->from);
		jot_text(out, "to", e->to);
		jot_text_n(out, "text", d->texts.s + e->text, e->text_n);
		strbuf_addc(out, '}');
	}
	strbuf_addc(out, ']');
}

static void write_list(struct strbuf *out, const char *key, const struct strbuf *items)
{
	if (items->len == 0)
		return;
	jot_key(out, key);
	strbuf_addc(out, '[');
	strbuf_add(out, items->s, items->len);
	strbuf_addc(out, ']');
}

static void write_columns(const struct sketch *d, struct strbuf *out)
{
	jot_text(out, "code", d->id);
	jot_text_n(out, "title", d->title.s, d->title.len);
	jot_text(out, "state", d->state);
	jot_text(out, "src_state", d->src_state);
	jot_time(out, "created_at", d->created);
	jot_time(out, "updated_at",
		 d->event_count ? d->events[d->event_count - 1].at : d->created);
	jot_time(out, "due_at", d->due);
	jot_time(out, "closed_at", d->closed);
	jot_text(out, "area", d->area);
	jot_text(out, "unit", d->unit);
	jot_text(out, "category", d->category);
	if (d->severity >= 0)
		jot_int(out, "severity", d->severity);
	jot_text(out, "channel", d->channel);
	if (d->placed) {
		jot_decimal(out, "lat", d->lat, 6);
		jot_decimal(out, "lon", d->lon, 6);
	}
	jot_text_n(out, "address", d->address.s, d->address.len);
	jot_text_n(out, "body", d->body.s, d->body.len);
}

void sketch_write(struct sketch *d, struct strbuf *out, struct made *m)
{
	size_t start = out->len;
	close_event(d);
	m->version = d->event_count ? (int64_t)d->event_count : 1;
	strbuf_addc(out, '{');
	jot_text(out, "kind", d->kind->id);
	jot_text(out, "id", d->id);
	jot_int(out, "version", m->version);
	write_columns(d, out);
	if (d->fields.len) {
		strbuf_addc(out, ',');
		strbuf_add(out, d->fields.s, d->fields.len);
	}
	write_history(d, out);
	write_list(out, "attachments", &d->attachments);
	write_list(out, "links", &d->links);
	if (d->extra.len) {
		jot_key(out, "extra");
		strbuf_addc(out, '{');
		strbuf_add(out, d->extra.s, d->extra.len);
		strbuf_addc(out, '}');
	}
	strbuf_addc(out, '}');
	m->kind = d->kind;
	m->id = d->id;
	m->state = d->state;
	m->json = out->s + start;
	m->n = out->len - start;
}
