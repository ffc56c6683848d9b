/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue in groups, each with its counts; a number goes on to the group's records. */
#include "base/i18n.h"
#include "model/groups.h"
#include "text/fmt.h"
#include "ui/state.h"

static void add_count(struct strbuf *s, const char *word, int64_t n)
{
	char number[FMT_TEXT];
	if (n)
		strbuf_addf(s, ", %s %s", word, fmt_integer(n, number));
}

/* "group off; filter … unit=CA" */
static size_t number_of(struct app *a, const struct list *l, const char *value)
{
	struct strbuf command = STRBUF_INIT;
	strbuf_adds(&command, "group off; filter ");
	if (*l->words)
		strbuf_addf(&command, "(%s) ", l->words);
	group_filter(l->kind, l->groups.column, value, &command);
	size_t n = tell_command_pick(a, command.s);
	strbuf_free(&command);
	return n;
}

static void tell_one(struct app *a, const struct list *l, struct strbuf *out, int columns,
		     const struct group *g)
{
	struct strbuf s = STRBUF_INIT, scratch = STRBUF_INIT;
	char number[FMT_TEXT];
	strbuf_addf(&s, "%zu. %s: %s", number_of(a, l, g->value),
		    groups_name(a, l, g->value, &scratch),
		    fmt_integer(g->counts.count, number));
	add_count(&s, _("Late"), g->counts.late);
	add_count(&s, _("Due soon"), g->counts.soon);
	tell_wrap(out, 3, columns, s.s);
	strbuf_free(&s);
	strbuf_free(&scratch);
}

void tell_groups(struct app *a, struct strbuf *out, int columns)
{
	const struct list *l = app_list(a);
	const struct group_page *p = l->groups.answer;
	strbuf_addf(out, "%s, %s; %s\n", _(l->kind->title), l->view.title,
		    _(l->kind->columns[l->groups.column].title));
	if (!p || p->error.code != ERR_NONE) {
		tell_wrap(out, 2, columns, p ? p->error.text : _("counting…"));
		return;
	}
	for (size_t i = 0; i < p->count; i++)
		tell_one(a, l, out, columns, &p->list[i]);
	if (p->others)
		strbuf_addf(out, _("and %zu more"), p->others);
	if (p->others)
		strbuf_addc(out, '\n');
}
