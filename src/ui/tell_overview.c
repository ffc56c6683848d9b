/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The overview in sentences: how each queue stands, what presses most, what came last. */
#include <stdio.h>

#include "base/i18n.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define RECORDS 5 /* of each part */

static void add_figure(struct strbuf *s, const char *word, int64_t n, bool always)
{
	char number[FMT_TEXT];
	if (n || always)
		strbuf_addf(s, "%s%s %s", s->s[s->len - 1] == ':' ? " " : ", ", word,
			    fmt_integer(n, number));
}

static void tell_queue(struct app *a, struct strbuf *out, int columns, size_t i)
{
	const struct kind *k = a->lists[tabs_nth_queue(a, i)].kind;
	const struct queue_figures *f = &a->figures.queues[kind_index(k)];
	const struct source_status *source = source_of_kind(a, k);
	struct source_words w = {.text = ""};
	struct strbuf s = STRBUF_INIT;
	char command[96];
	snprintf(command, sizeof command, "queue %s", k->id);
	strbuf_addf(&s, "%zu. %s:", tell_command_pick(a, command), _(k->title));
	if (source)
		source_words(a, source, &w);
	if (!a->figures_known) {
		strbuf_addf(&s, " %s", _("counting…"));
	} else if (!source_unread(a, k)) {
		add_figure(&s, _("Open"), f->open, true);
		add_figure(&s, _("Late"), f->late, false);
		add_figure(&s, _("Due soon"), f->soon, false);
		add_figure(&s, _("New, 1 h"), f->fresh_hour, false);
		add_figure(&s, _("Not taken"), f->waiting, false);
	}
	if (!source)
		strbuf_addf(&s, "; %s", _("no source"));
	else if (w.role != ROLE_LIVE)
		strbuf_addf(&s, "; %s: %s", _("Data"), w.text);
	tell_wrap(out, 3, columns, s.s);
	strbuf_free(&s);
}

/* "6. PA-00423, trễ 2g, Phản ánh: Rác thải ở tổ 3" */
static void tell_record(struct app *a, struct strbuf *out, int columns, const struct record *r,
			size_t when)
{
	struct strbuf s = STRBUF_INIT, scratch = STRBUF_INIT;
	struct shown shown;
	show_value(&a->look, r, when, SHOW_IN_LIST, &scratch, &shown);
	strbuf_addf(&s, "%zu. %s%s%s, %s", tell_record_pick(a, r), record_text(r, COL_CODE),
		    *shown.text ? ", " : "", shown.text, _(r->kind->title));
	show_value(&a->look, r, COL_TITLE, SHOW_IN_LIST, &scratch, &shown);
	strbuf_addf(&s, ": %s", shown.text);
	tell_wrap(out, 3, columns, s.s);
	strbuf_free(&s);
	strbuf_free(&scratch);
}

static void tell_part(struct app *a, struct strbuf *out, int columns, bool by_arrival)
{
	struct record *const *rows;
	size_t n = overview_records(&a->overview, by_arrival ? PART_NEWEST : PART_URGENT,
				    &rows);
	if (!n)
		return;
	strbuf_addf(out, "\n%s:\n",
		    by_arrival ? _("Newest arrivals") : _("To be handled first"));
	for (size_t i = 0; i < n && i < RECORDS; i++)
		tell_record(a, out, columns, rows[i], by_arrival ? COL_CREATED_AT : COL_DUE_AT);
}

void tell_overview(struct app *a, struct strbuf *out, int columns)
{
	char now[FMT_TEXT];
	strbuf_addf(out, "%s%s%s, %s\n", a->title, *a->title ? ": " : "", _("Overview"),
		    fmt_now(a->look.now, now));
	for (size_t i = 0; i < a->shown_count; i++)
		tell_queue(a, out, columns, i);
	tell_part(a, out, columns, false);
	tell_part(a, out, columns, true);
}
