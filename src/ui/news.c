/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/news.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "text/fmt.h"
#include "ui/state.h"

/* --- records ---------------------------------------------------------------- */

static void tell_more(struct strbuf *out, const struct kind *k, const char *words, int64_t more,
		      int64_t all)
{
	char n[FMT_TEXT], total[FMT_TEXT];
	if (more > 0)
		strbuf_addf(out, "%s: %s %s (%s)\n", _(k->title), fmt_integer(more, n), words,
			    fmt_integer(all, total));
}

/* While a source is read for the first time, everything is new and nothing is news. */
static void tell_figures(struct app *a, struct strbuf *out)
{
	struct news *n = &a->telling.news;
	if (!a->figures_known)
		return;
	for (size_t i = 0; n->known && i < a->queue_count; i++) {
		const struct kind *k = a->lists[i].kind;
		const struct source_status *s = source_of_kind(a, k);
		const struct queue_figures *was = &n->figures.queues[kind_index(k)];
		const struct queue_figures *is = &a->figures.queues[kind_index(k)];
		if (s && s->state == SOURCE_FILLING)
			continue;
		tell_more(out, k, _("new"), is->total - was->total, is->open);
		tell_more(out, k, _("more late"), is->late - was->late, is->late);
	}
	n->figures = a->figures;
	n->known = true;
}

/* --- sources and the writer ------------------------------------------------- */

static bool is_well(const struct source_status *s)
{
	return s->state == SOURCE_LIVE || s->state == SOURCE_FILLING ||
	       s->state == SOURCE_CONNECTING || s->state == SOURCE_OFF ||
	       s->state == SOURCE_RESTING;
}

static bool was_well(const struct news *n, const char *name)
{
	for (size_t i = 0; i < n->source_count; i++)
		if (strcmp(n->sources[i].name, name) == 0)
			return n->sources[i].well;
	return true;
}

static void tell_source(struct app *a, const struct source_status *s, struct strbuf *out)
{
	struct source_words w;
	source_words(a, s, &w);
	strbuf_addf(out, "%s: %s%s%s\n", s->title[0] ? s->title : s->name, w.text,
		    s->error[0] ? ", " : "", s->error);
}

static void tell_sources(struct app *a, struct strbuf *out)
{
	struct news *n = &a->telling.news;
	if (!a->sources_known)
		return;
	for (size_t i = 0; i < a->source_count; i++)
		if (was_well(n, a->sources[i].name) != is_well(&a->sources[i]))
			tell_source(a, &a->sources[i], out);
	n->source_count = a->source_count < NEWS_SOURCES ? a->source_count : NEWS_SOURCES;
	for (size_t i = 0; i < n->source_count; i++) {
		utf8_copy(n->sources[i].name, sizeof n->sources[i].name, a->sources[i].name);
		n->sources[i].well = is_well(&a->sources[i]);
	}
}

static void tell_writer(struct app *a, struct strbuf *out)
{
	struct news *n = &a->telling.news;
	bool well = a->writer == WRITER_CONNECTED;
	if (a->writer == WRITER_STARTING)
		return;
	if (n->writer_known ? n->writer_well == well : well) {
		n->writer_known = true;
		n->writer_well = well;
		return;
	}
	if (well)
		strbuf_addf(out, "%s\n", _("sync runs again"));
	else if (a->writer == WRITER_LOST)
		strbuf_addf(out, "%s\n", _("sync stopped, starting it again"));
	else if (a->writer == WRITER_FAILED)
		strbuf_addf(out, "%s: %s\n", _("sync can't be started"), a->writer_reason);
	else
		strbuf_addf(out, "%s\n", a->writer_reason);
	n->writer_known = true;
	n->writer_well = well;
}

/* --- the outbox ------------------------------------------------------------- */

/* The newest that stands so. */
static const struct pending_item *newest(const struct app *a, enum pending_state s)
{
	for (size_t i = a->pending.count; i-- > 0;)
		if (a->pending.list[i].state == s)
			return &a->pending.list[i];
	return NULL;
}

static void tell_stuck(struct app *a, struct strbuf *out, enum pending_state s, size_t is,
		       size_t *was)
{
	const struct pending_item *i = is > *was ? newest(a, s) : NULL;
	if (i) {
		strbuf_addf(out, "%s: %s, %s%s%s", outbox_state_title(s), i->code,
			    i->action ? _(i->action->title) : "?", *i->error ? ": " : "",
			    i->error);
		if (is - *was > 1)
			strbuf_addf(out, _(", and %d more"), (int)(is - *was) - 1);
		strbuf_addf(out, "; %s\n", _("\"outbox\" shows it"));
	}
	*was = is;
}

void news_tell(struct app *a, struct strbuf *out)
{
	struct news *n = &a->telling.news;
	tell_writer(a, out);
	tell_sources(a, out);
	tell_figures(a, out);
	tell_stuck(a, out, PENDING_REJECTED, a->pending.refused, &n->refused);
	tell_stuck(a, out, PENDING_CONFLICT, a->pending.conflicts, &n->conflicts);
	tell_stuck(a, out, PENDING_UNCLEAR, a->pending.unclear, &n->unclear);
}
