/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands about commands: what names and keys stand for, and files of them. */
#include "ui/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "ui/state.h"

/* A line of the key map's own language, from the words of the command of the same name. */
static int change_map(struct app *a, const char *verb, const struct words *w, struct err *e)
{
	struct strbuf line = STRBUF_INIT;
	strbuf_adds(&line, verb);
	for (size_t i = 0; i < w->count; i++)
		strbuf_addf(&line, " %s", w->list[i]);
	int rc = a->config.keymap
			 ? keymap_line(a->config.keymap, line.s, e)
			 : err_set(e, ERR_UNSUPPORTED, "%s", _("there are no keys here"));
	strbuf_free(&line);
	return rc;
}

/* "sáng = queue complaints; view late" */
static void say_alias(struct app *a, const char *name)
{
	const struct aliases *l = &a->config.keymap->aliases;
	struct strbuf names = STRBUF_INIT;
	const struct alias *x = name ? alias_named(l, name) : NULL;
	for (size_t i = 0; !name && i < l->count; i++)
		strbuf_addf(&names, "%s%s", i ? ", " : "", l->list[i].name);
	if (x)
		app_say(a, ROLE_NOTICE, "%s = %s", x->name, x->text);
	else if (name)
		app_say(a, ROLE_NOTICE, _("there is no alias %.70s"), name);
	else
		app_say(a, ROLE_NOTICE, "%s", names.len ? names.s : _("no aliases"));
	strbuf_free(&names);
}

RUN(alias)
{
	UNUSED;
	if (w->count == 2 || !a->config.keymap)
		return change_map(a, "alias", w, e);
	say_alias(a, w->count ? w->list[0] : NULL);
	return 0;
}

RUN(unalias)
{
	UNUSED;
	return change_map(a, "unalias", w, e);
}

RUN(bind)
{
	UNUSED;
	return change_map(a, "bind", w, e);
}

RUN(unbind)
{
	UNUSED;
	return change_map(a, "unbind", w, e);
}

RUN(source)
{
	UNUSED;
	return runner_source(a, w->list[0], fx, e);
}

/* clang-format off */
const struct command script_commands[] = {
	{"alias", "[NAME [COMMAND; …]]", TAKES_COMMANDS, 0, 2, N_("Give commands a name: $1 … $9 and $@ are the words behind it"), NULL, run_alias},
	{"unalias", "NAME", TAKES_ALIAS, 1, 1, N_("Take a name of commands away"), NULL, run_unalias},
	{"bind", "CONTEXT KEYS COMMAND; …", TAKES_BINDING, 3, 3, N_("Let keys run commands, until the console ends"), NULL, run_bind},
	{"unbind", "CONTEXT KEYS", TAKES_KEYS, 2, 2, N_("Let keys do nothing"), NULL, run_unbind},
	{"source", "FILE", TAKES_FILE, 1, 1, N_("Run the commands of a file, line by line"), NULL, run_source},
	COMMANDS_END,
};
/* clang-format on */
