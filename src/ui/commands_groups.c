/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of a list in groups. */
#include "ui/commands.h"

#include <string.h>

#include "base/i18n.h"
#include "ui/state.h"

/* What one key goes through; other columns have to be named. */
static const char *const by[] = {"unit", "area", "category", "state"};

static int next_column(const struct list *l)
{
	size_t n = sizeof by / sizeof *by, i = 0;
	const char *now = l->groups.on ? l->kind->columns[l->groups.column].id : "";
	while (i < n && strcmp(by[i], now) != 0)
		i++;
	for (i = i == n && !l->groups.on ? 0 : i + 1; i < n; i++) {
		int column = kind_column(l->kind, by[i]);
		if (column >= 0 && l->kind->columns[column].min)
			return column;
	}
	return -1;
}

static int column_named(const struct app *a, const struct list *l, const struct words *w,
			struct err *e)
{
	int order[COLUMNS_MOST];
	columns_order(l->kind, &l->columns, order);
	int column = w->count ? kind_column(l->kind, w->list[0]) : order[a->picked];
	if (column < 0)
		return err_set(e, ERR_USAGE, _("no such column: %.40s"), w->list[0]);
	if (group_fits(l->kind, column))
		return column;
	return err_set(e, ERR_USAGE, _("can't group by %.60s: only by what has few values"),
		       _(l->kind->columns[column].title));
}

RUN_IN_LIST(group)
{
	UNUSED;
	int column;
	if (w->count && strcmp(w->list[0], "off") == 0)
		column = -1;
	else if (w->count || a->overlay == OVERLAY_COLUMNS) {
		if ((column = column_named(a, l, w, e)) < 0)
			return -1;
	} else {
		column = next_column(l);
	}
	a->overlay = OVERLAY_NONE;
	l->groups_of_view = false;
	if (column < 0)
		groups_stop(l);
	else
		groups_start(l, column);
	return 0;
}

static int grouped(const struct list *l, struct err *e)
{
	if (l->groups.on)
		return 0;
	return err_set(e, ERR_USAGE, "%s", _("this list is not in groups"));
}

RUN_IN_LIST(fold)
{
	UNUSED;
	if (grouped(l, e) < 0)
		return -1;
	groups_toggle(&l->groups);
	return 0;
}

RUN_IN_LIST(fold_all)
{
	UNUSED;
	if (grouped(l, e) < 0)
		return -1;
	groups_toggle_all(&l->groups);
	return 0;
}

/* clang-format off */
const struct command group_commands[] = {
	{"group", "[COLUMN|off]", TAKES_COLUMN, 0, 1, N_("Group the list by unit, area, category, state or another column"), N_("group"), run_group},
	{"fold", "", TAKES_NOTHING, 0, 0, N_("Unfold the group, or fold it"), NULL, run_fold},
	{"fold-all", "", TAKES_NOTHING, 0, 0, N_("Fold or unfold all groups"), NULL, run_fold_all},
	COMMANDS_END,
};
/* clang-format on */
