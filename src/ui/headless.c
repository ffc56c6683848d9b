/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/headless.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/quote.h"
#include "ui/list_view.h"
#include "ui/tabs.h"

static void add_option(struct strbuf *out, const char *name, const char *value)
{
	strbuf_addf(out, " --%s ", name);
	shell_quote(out, value);
}

static void add_columns(struct app *a, const struct list *l, struct strbuf *out)
{
	struct column_slot slots[COLUMNS_MOST];
	struct strbuf names = STRBUF_INIT;
	size_t n = list_columns(l, a->layout.main.columns, slots);
	for (size_t i = 0; i < n; i++)
		strbuf_addf(&names, "%s%s", i ? "," : "", l->kind->columns[slots[i].column].id);
	if (n)
		add_option(out, "columns", names.s);
	strbuf_free(&names);
}

/* Sorted as on screen, with its columns. */
static void add_export(struct app *a, const struct list *l, struct strbuf *out)
{
	char *filter = list_filter_text(l);
	strbuf_addf(out, "ioc export %s", l->kind->plural);
	if (*filter)
		add_option(out, "filter", filter);
	strbuf_addf(out, " --sort=%s%s", l->descending ? "-" : "",
		    l->kind->columns[l->sort].id);
	add_columns(a, l, out);
	free(filter);
}

static void add_due(const struct due_state *d, struct strbuf *out)
{
	strbuf_adds(out, "ioc due");
	if (d->kind)
		strbuf_addf(out, " %s", d->kind->plural);
	if (d->foretelling) {
		strbuf_adds(out, " --forecast");
		return;
	}
	add_option(out, "by", due_by_columns[d->by]);
	if (d->today)
		add_option(out, "units", "now");
}

static void add_record(const struct record *r, const char *verb, const char *option,
		       struct strbuf *out)
{
	strbuf_addf(out, "ioc %s ", verb);
	const char *code = record_text(r, COL_CODE);
	shell_quote(out, *code ? code : r->id);
	strbuf_adds(out, option);
}

static int nothing(struct err *e)
{
	return err_set(e, ERR_NOT_FOUND, "%s", _("no verb prints this screen"));
}

static int of_record(const struct record *r, const char *verb, const char *option,
		     struct strbuf *out, struct err *e)
{
	if (!r)
		return err_set(e, ERR_NOT_FOUND, "%s", _("no record in hand"));
	add_record(r, verb, option, out);
	return 0;
}

int headless_command(struct app *a, struct strbuf *out, struct err *e)
{
	const struct list *l = app_list(a);
	const struct view *v = app_view(a);
	if (a->overlay == OVERLAY_DUPLICATES)
		return of_record(app_selected(a), "duplicates", "", out, e);
	if (a->overlay == OVERLAY_EXPLAIN)
		return of_record(detail_record(&a->explained), "show", " --explain", out, e);
	if (a->overlay == OVERLAY_OUTBOX)
		strbuf_adds(out, "ioc outbox list");
	else if (a->overlay != OVERLAY_NONE && a->overlay != OVERLAY_HEADLESS)
		return nothing(e);
	else if (a->detail.open && (a->detail.focused || !a->layout.main_shown))
		return of_record(detail_record(&a->detail), "show", "", out, e);
	else if (v == &sources_view || app_base_view(a) == &sources_view)
		strbuf_adds(out, "ioc status");
	else if (app_base_view(a) == &due_view)
		add_due(&a->due, out);
	else if (l)
		add_export(a, l, out);
	else
		return nothing(e);
	return 0;
}
