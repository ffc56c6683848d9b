/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/help_commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/assets.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "text/utf8.h"
#include "ui/help_command.h"
#include "ui/tell.h"

#define WIDTH 80
#define USAGE_WIDTH 34

static void print_all(void)
{
	for (size_t i = 0; command_nth(i); i++) {
		const struct command *c = command_nth(i);
		char *usage = xasprintf("%s%s%s", c->name, *c->args ? " " : "", c->args);
		int pad = USAGE_WIDTH - utf8_swidth(usage);
		printf("%s%*s  %s\n", usage, pad > 0 ? pad : 0, "", _(c->help));
		free(usage);
	}
}

/* The same page that the console shows. */
static void print_one(const struct paths *p, const char *key_file, const struct command *c)
{
	struct strbuf problems = STRBUF_INIT, text = STRBUF_INIT;
	struct keymap *keys = assets_keymap(p, key_file, &problems);
	struct doc doc = {.runs = NULL};
	help_command_lay(&doc, c, keys, WIDTH);
	tell_doc(&text, &doc, false, WIDTH);
	fputs(text.s, stdout);
	doc_free(&doc);
	keymap_free(keys);
	strbuf_free(&problems);
	strbuf_free(&text);
}

int help_commands(const struct paths *p, const char *key_file, const char *name, struct err *e)
{
	const struct command *c = name ? command_find(name, e) : NULL;
	if (name && !c)
		return -1;
	if (c)
		print_one(p, key_file, c);
	else
		print_all();
	return 0;
}
