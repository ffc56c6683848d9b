/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commands.h"

#include <errno.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "ui/state.h"

/* Help tells them in this order. */
/* clang-format off */
const struct command *const command_tables[] = {
	move_commands,
	list_commands,
	find_commands,
	group_commands,
	column_commands,
	view_commands,
	place_commands,
	tab_commands,
	due_commands,
	act_commands,
	new_commands,
	alike_commands,
	script_commands,
	palette_commands,
	copy_commands,
	console_commands,
	NULL,
};
/* clang-format on */

int command_number(const struct words *w, int64_t *n, struct err *e)
{
	*n = 1;
	if (!w->count)
		return 0;
	char *end;
	errno = 0;
	long long v = strtoll(w->list[0], &end, 10);
	if (end == w->list[0] || *end || errno || v < 0 || v > INT32_MAX)
		return err_set(e, ERR_USAGE, _("%.40s is no number"), w->list[0]);
	*n = v;
	return 0;
}

struct list *command_list(struct app *a, struct err *e)
{
	struct list *l = app_list(a);
	if (!l)
		err_set(e, ERR_USAGE, "%s", _("this works in a queue only"));
	return l;
}
