/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of the console itself and of its sources. */
#include "ui/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "ui/input.h"
#include "ui/state.h"
#include "ui/tabs.h"

RUN(sources)
{
	UNUSED;
	app_go_to_tab(a, tabs_sources(a));
	return 0;
}

RUN(sync)
{
	UNUSED;
	const char *name = w->count ? w->list[0] : NULL;
	effects_add(fx, EFFECT_SYNC, name);
	if (name)
		app_say(a, ROLE_NOTICE, _("asked %s for news"), name);
	else
		app_say(a, ROLE_NOTICE, "%s", _("asked all sources for news"));
	return 0;
}

RUN(retry)
{
	UNUSED;
	bool here = a->tab == tabs_sources(a) && a->source_cursor < a->source_count;
	const char *name = w->count ? w->list[0]
			   : here   ? a->sources[a->source_cursor].name
				    : NULL;
	if (!name)
		return err_set(e, ERR_USAGE, _("retry needs the name of a source"));
	effects_add(fx, EFFECT_RETRY, name);
	app_say(a, ROLE_NOTICE, _("what was set aside of %s is tried again"), name);
	return 0;
}

RUN(mouse)
{
	UNUSED;
	bool on = w->count ? strcmp(w->list[0], "on") == 0 : !a->mouse;
	a->mouse = on;
	effects_add(fx, EFFECT_MOUSE, NULL)->flag = on;
	app_say(a, ROLE_NOTICE, "%s", on ? _("mouse on; Shift selects text") : _("mouse off"));
	return 0;
}

RUN(prompt)
{
	UNUSED;
	char text[256];
	snprintf(text, sizeof text, "%s%s", w->count ? w->list[0] : "", w->count ? " " : "");
	input_open_prompt(a, PROMPT_COMMAND, text, fx);
	return 0;
}

RUN(dump)
{
	UNUSED;
	effects_add(fx, EFFECT_DUMP, w->list[0]);
	return 0;
}

RUN(redraw)
{
	UNUSED;
	effects_add(fx, EFFECT_REDRAW, NULL);
	return 0;
}

RUN(suspend)
{
	UNUSED;
	effects_add(fx, EFFECT_SUSPEND, NULL);
	return 0;
}

RUN(quit)
{
	UNUSED;
	effects_add(fx, EFFECT_QUIT, NULL);
	return 0;
}

RUN(help)
{
	UNUSED;
	const struct command *c = w->count ? command_find(w->list[0], e) : NULL;
	if (w->count && !c)
		return -1;
	if (a->overlay != OVERLAY_HELP)
		a->help_context = app_context(a);
	a->help_command = c;
	a->overlay = OVERLAY_HELP;
	a->text.scroll = 0;
	return 0;
}

RUN(theme)
{
	UNUSED;
	if (w->count) {
		effects_add(fx, EFFECT_THEME, w->list[0]);
		return 0;
	}
	a->overlay = OVERLAY_THEME;
	a->text.scroll = 0;
	return 0;
}

/* clang-format off */
const struct command console_commands[] = {
	{"sources", "", TAKES_NOTHING, 0, 0, N_("How the sources stand"), NULL, run_sources},
	{"sync", "[SOURCE]", TAKES_SOURCE, 0, 1, N_("Ask the sources for news now"), N_("sync now"), run_sync},
	{"retry", "[SOURCE]", TAKES_SOURCE, 0, 1, N_("Try again what was set aside of a source"), N_("retry"), run_retry},
	{"prompt", "[COMMAND]", TAKES_COMMAND, 0, 1, N_("Type a command"), N_("command"), run_prompt},
	{"help", "[COMMAND]", TAKES_COMMAND, 0, 1, N_("What works here, or what a command does"), N_("help"), run_help},
	{"theme", "[NAME]", TAKES_THEME, 0, 1, N_("Change the theme; without a name: show its roles"), NULL, run_theme},
	{"mouse", "[on|off]", TAKES_WORD, 0, 1, N_("Switch the mouse on or off"), NULL, run_mouse},
	{"dump", "FILE", TAKES_FILE, 1, 1, N_("Write the screen into a file, as text"), NULL, run_dump},
	{"redraw", "", TAKES_NOTHING, 0, 0, N_("Paint the screen anew"), NULL, run_redraw},
	{"suspend", "", TAKES_NOTHING, 0, 0, N_("Back to the shell for a while"), NULL, run_suspend},
	{"quit", "", TAKES_NOTHING, 0, 0, N_("Leave the console"), N_("quit"), run_quit},
	COMMANDS_END,
};
/* clang-format on */
