/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commands.h"

#include "base/i18n.h"
#include "ui/state.h"

/* Without words they are typed: on the screen of what was found those that found it, to be
 * changed. */
RUN(find)
{
	UNUSED;
	bool again = a->overlay == OVERLAY_FIND && a->find.words;
	const char *words = w->count ? w->list[0] : again ? a->find.words : "";
	find_open(a, words, !w->count, fx);
	return 0;
}

/* clang-format off */
const struct command find_commands[] = {
	{"find", "[WORDS]", TAKES_WORDS, 0, 1, N_("Search all queues, as you type: words, a code, a phone or plate"), N_("find"), run_find},
	COMMANDS_END,
};
/* clang-format on */
