/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "ioc shell" and "ioc run". */
#include <string.h>

#include "app/assets.h"
#include "app/exit_code.h"
#include "app/shell.h"
#include "base/i18n.h"

struct request {
	bool linear, no_sync, keep_going, yes;
	int64_t page;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option shell_cli_options[] = {
	{"linear", 'L', NULL, N_("one field a line, for screen readers"), CLI_FLAG, AT(linear)},
	{"page-size", 'n', N_("ROWS"), N_("rows of a list told at once"), CLI_NUMBER, AT(page)},
	{"no-sync", 'S', NULL, N_("do not start the writer where none runs"), CLI_FLAG, AT(no_sync)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
static const struct cli_option run_options[] = {
	{"keep-going", 'k', NULL, N_("go on after a command that failed"), CLI_FLAG, AT(keep_going)},
	{"yes", 'y', NULL, N_("say yes to what is asked once more"), CLI_FLAG, AT(yes)},
	{"linear", 'L', NULL, N_("one field a line, for screen readers"), CLI_FLAG, AT(linear)},
	{"page-size", 'n', N_("ROWS"), N_("rows of a list told at once"), CLI_NUMBER, AT(page)},
	{"no-sync", 'S', NULL, N_("do not start the writer where none runs"), CLI_FLAG, AT(no_sync)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli shell_cli = {
	.verb = "shell",
	.operands = "",
	.summary = N_("The console in lines: for bad lines, screen readers and dumb "
		      "terminals."),
	.options = shell_cli_options,
	.example = "ioc shell --linear",
};

const struct cli run_cli = {
	.verb = "run",
	.operands = N_("FILE"),
	.summary = N_("Runs the commands of a file, one after the other; \"-\" is standard "
		      "input."),
	.options = run_options,
	.example = "ioc run morning.ioc",
};

/* What was said before the verb holds, too. */
static struct shell_options options_of(const struct program *p, const struct request *q)
{
	struct shell_options o = {.console = *p->console};
	o.console.linear |= q->linear || p->config.linear;
	o.console.no_sync |= q->no_sync;
	if (q->page)
		o.console.page = q->page > SHELL_PAGE_MOST ? SHELL_PAGE_MOST : (int)q->page;
	o.keep_going = q->keep_going || p->console->keep_going;
	o.yes = q->yes || p->console->yes;
	return o;
}

static int run_shell(struct program *p, void *request, char **words, int count, struct err *e)
{
	if (count)
		return err_set(e, ERR_USAGE, _("shell takes no words: %.40s"), words[0]);
	if (paths_make(&p->paths, e) < 0)
		return -1;
	struct shell_options o = options_of(p, request);
	return shell_main(p, &o);
}

int verb_shell(struct program *p, int argc, char **argv)
{
	struct request q = {.page = 0};
	return program_run(p, &shell_cli, run_shell, &q, argc, argv);
}

static bool is_stdin(const char *file)
{
	return strcmp(file, "-") == 0;
}

static int run_file(struct program *p, void *request, char **words, int count, struct err *e)
{
	struct strbuf text = STRBUF_INIT;
	if (count != 1)
		return err_set(e, ERR_USAGE, "%s",
			       _("run needs one file; \"-\" is standard input"));
	if (assets_read(is_stdin(words[0]) ? "/dev/stdin" : words[0], &text, e) < 0 ||
	    paths_make(&p->paths, e) < 0)
		return -1;
	struct shell_options o = options_of(p, request);
	int code = batch_main(p, &o, words[0], text.s);
	strbuf_free(&text);
	return code;
}

int verb_run(struct program *p, int argc, char **argv)
{
	struct request q = {.page = 0};
	return program_run(p, &run_cli, run_file, &q, argc, argv);
}

int verb_commands(struct program *p, const char *text)
{
	struct request q = {.page = 0};
	struct err e = ERR_INIT;
	struct shell_options o = options_of(p, &q);
	if (paths_make(&p->paths, &e) < 0)
		return program_fail("", &e);
	return batch_main(p, &o, NULL, text);
}
