/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that go to a tab. */
#include "ui/commands.h"

#include "base/i18n.h"
#include "ui/state.h"
#include "ui/tabs.h"

RUN(tab)
{
	UNUSED;
	int64_t n;
	if (command_number(w, &n, e) < 0)
		return -1;
	if (n < 1 || (size_t)n > tabs_count(a))
		return err_set(e, ERR_USAGE, _("there is no tab %s"), w->list[0]);
	app_go_to_tab(a, (size_t)n - 1);
	return 0;
}

RUN(next_tab)
{
	UNUSED;
	app_go_to_tab(a, (a->tab + 1) % tabs_count(a));
	return 0;
}

RUN(previous_tab)
{
	UNUSED;
	app_go_to_tab(a, (a->tab + tabs_count(a) - 1) % tabs_count(a));
	return 0;
}

RUN(overview)
{
	UNUSED;
	app_go_to_tab(a, 0);
	return 0;
}

RUN(queue)
{
	UNUSED;
	const struct kind *k = kind_find(w->list[0]);
	if (!k || k->catalogue)
		return err_set(e, ERR_USAGE, _("no such queue: %.40s"), w->list[0]);
	tabs_go_to_queue(a, kind_index(k));
	return 0;
}

/* clang-format off */
const struct command tab_commands[] = {
	{"overview", "", TAKES_NOTHING, 0, 0, N_("To the overview"), NULL, run_overview},
	{"queue", "KIND", TAKES_QUEUE, 1, 1, N_("To a queue"), NULL, run_queue},
	{"tab", "N", TAKES_NUMBER, 1, 1, N_("To a tab"), NULL, run_tab},
	{"next-tab", "", TAKES_NOTHING, 0, 0, N_("Next tab"), NULL, run_next_tab},
	{"previous-tab", "", TAKES_NOTHING, 0, 0, N_("Previous tab"), NULL, run_previous_tab},
	COMMANDS_END,
};
/* clang-format on */
