/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc sync hands over to ioc-sync, the program that may reach the network, as git hands on
 * its sub-commands. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/program.h"
#include "base/alloc.h"
#include "base/i18n.h"

static const struct cli_option options[] = {{NULL, 0, NULL, NULL, CLI_FLAG, 0}};
const struct cli sync_cli = {
	.verb = "sync",
	.operands = "--once | --follow",
	.summary = N_("Brings the cache up to date (ioc-sync); see ioc sync --help."),
	.options = options,
};

int verb_sync(struct program *p, int argc, char **argv)
{
	struct err e = ERR_INIT;
	char *program = xasprintf("%s/ioc-sync", p->paths.exec_dir);
	const char **args = xcalloc((size_t)argc + 3, sizeof *args);
	int n = 0;
	args[n++] = program;
	if (p->profile) {
		args[n++] = "--profile";
		args[n++] = p->profile;
	}
	for (int i = 1; i < argc; i++)
		args[n++] = argv[i];
	execv(program, (char *const *)args);
	err_errno(&e, ERR_IO, _("can't run %s"), program);
	free(args);
	free(program);
	return program_fail("sync", &e);
}
