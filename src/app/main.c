/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc: the console, and the verbs for scripts. */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "app/exit_code.h"
#include "app/program.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/suggest.h"

struct request {
	const char *profile;
	bool version;
	const char *commands; /* run these, without a screen */
	int64_t page;
	struct console_options console;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"profile", 'P', N_("NAME"), N_("use another profile: its own configuration, cache and writer"), CLI_TEXT, AT(profile)},
	{"theme", 't', N_("NAME"), N_("colours: dark, light, high-contrast, mono, 16, or a file"), CLI_TEXT, AT(console.theme)},
	{"language", 'l', N_("vi|en"), N_("language of the screen"), CLI_TEXT, AT(console.language)},
	{"ascii", 'a', NULL, N_("borders and marks in ASCII"), CLI_FLAG, AT(console.ascii)},
	{"mouse", 'm', NULL, N_("let the mouse act (Shift then selects text)"), CLI_FLAG, AT(console.mouse)},
	{"start", 's', N_("COMMAND"), N_("run a command of the \":\" line at the start"), CLI_TEXT, AT(console.command)},
	{"command", 'c', N_("COMMANDS"), N_("run commands, parted by \";\", without a screen"), CLI_TEXT, AT(commands)},
	{"yes", 'y', NULL, N_("with -c: say yes to what is asked once more"), CLI_FLAG, AT(console.yes)},
	{"keep-going", 'k', NULL, N_("with -c: go on after a command that failed"), CLI_FLAG, AT(console.keep_going)},
	{"linear", 'L', NULL, N_("in line mode: one field a line, for screen readers"), CLI_FLAG, AT(console.linear)},
	{"page-size", 'n', N_("ROWS"), N_("in line mode: rows of a list told at once"), CLI_NUMBER, AT(page)},
	{"no-sync", 'S', NULL, N_("do not start the writer where none runs"), CLI_FLAG, AT(console.no_sync)},
	{"script", 0, N_("FILE"), N_("play keys and commands of a file without a terminal"), CLI_TEXT, AT(console.script)},
	{"size", 0, N_("COLUMNSxROWS"), N_("size of the screen of a script (default: 80x24)"), CLI_TEXT, AT(console.size)},
	{"clock", 0, N_("TIME"), N_("let the clock stand still at this time (default: as it runs)"), CLI_TIME, AT(console.clock)},
	{"version", 'V', NULL, N_("say which version this is"), CLI_FLAG, AT(version)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

static const struct cli main_cli = {
	.verb = "",
	.operands = N_("[VERB …]"),
	.summary = N_("The console of an operations centre: all queues on one screen."),
	.options = options,
	.in_order = true,
	.example = "ioc export complaints --filter is:late",
};

static void print_verbs(void)
{
	printf("\n%s\n", _("Verbs, for scripts and pipelines:"));
	for (const struct verb *v = verbs; v->cli; v++)
		if (!v->cli->hidden)
			printf("  %-10s %s\n", v->cli->verb, _(v->cli->summary));
}

static const struct verb *find_verb(const char *name, struct err *e)
{
	struct suggest s = suggest_start(name);
	for (const struct verb *v = verbs; v->cli; v++) {
		if (strcmp(v->cli->verb, name) == 0)
			return v;
		suggest_try(&s, v->cli->verb);
	}
	if (s.best)
		err_set(e, ERR_USAGE, _("there is no verb \"%.40s\": did you mean \"%s\"?"),
			name, s.best);
	else
		err_set(e, ERR_USAGE, _("there is no verb \"%.40s\": see ioc --help"), name);
	return NULL;
}

/* The language that the command line asks for, before it is read: whatever is wrong with it,
 * and its help, is told in that. */
static void speak(int argc, char **argv)
{
	static const char name[] = "--language";
	const char *wanted = NULL;
	for (int i = 1; i < argc; i++) {
		const char *s = argv[i];
		bool next = strcmp(s, "-l") == 0 || strcmp(s, name) == 0;
		if (next && i + 1 < argc)
			wanted = argv[++i];
		else if (strncmp(s, name, sizeof name - 1) == 0 && s[sizeof name - 1] == '=')
			wanted = s + sizeof name;
		else if (strncmp(s, "-l", 2) == 0 && s[2])
			wanted = s + 2;
	}
	if (wanted && (strcmp(wanted, "vi") == 0 || strcmp(wanted, "en") == 0))
		i18n_init(wanted,
			  getenv("IOC_LOCALE_DIR") ? getenv("IOC_LOCALE_DIR") : IOC_LOCALEDIR);
}

/* Paths, configuration, zone and language.  What is wrong with the configuration is kept for
 * those who can go on without. */
static int prepare(struct program *p, const struct request *q, struct err *e)
{
	p->profile = q->profile ? q->profile : getenv("IOC_PROFILE");
	if (paths_resolve(&p->paths, p->profile, e) < 0)
		return -1;
	config_load(&p->config, p->paths.config, &p->config_error);
	const char *language = q->console.language ? q->console.language : p->config.language;
	if (strcmp(language, "vi") != 0 && strcmp(language, "en") != 0)
		return err_set(e, ERR_USAGE, _("language \"%.20s\": vi or en"), language);
	i18n_init(language, p->paths.locale_dir);
	if (language != p->config.language) { /* titles in files are chosen by it */
		free(p->config.language);
		p->config.language = xstrdup(language);
	}
	p->language = p->config.language;
	clock_set_zone(p->config.timezone);
	if (q->console.clock != CLOCK_NONE)
		clock_fix(q->console.clock);
	p->now = clock_now();
	return 0;
}

static int run(struct program *p, const struct request *q, int count, char **operands)
{
	struct err e = ERR_INIT;
	if (q->commands && count)
		err_set(&e, ERR_USAGE, _("-c and the verb %.40s do not go together"),
			operands[0]);
	if (e.code)
		return program_fail("", &e);
	if (q->commands && p->config_error.code)
		return program_fail("", &p->config_error);
	if (q->commands)
		return verb_commands(p, q->commands);
	if (!count)
		return console_main(p, &q->console);
	const struct verb *v = find_verb(operands[0], &e);
	if (!v)
		return program_fail("", &e);
	if (p->config_error.code && !v->bare)
		return program_fail(v->cli->verb, &p->config_error);
	return v->run(p, count, operands);
}

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	struct program p = {.cli = &main_cli};
	struct request q = {.console.clock = CLOCK_NONE};
	char **operands;
	int count, result;
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file too large is an error like a full disk */
	log_set_level(LOG_ERROR);
	i18n_init(NULL, getenv("IOC_LOCALE_DIR") ? getenv("IOC_LOCALE_DIR") : IOC_LOCALEDIR);
	config_speak(getenv("IOC_PROFILE"));
	speak(argc, argv);
	enum cli_result read = cli_read(&main_cli, argc, argv, clock_now(), &q, &operands,
					&count, &e);
	if (read == CLI_HELPED) {
		print_verbs();
		return program_done("");
	}
	q.console.page = (int)(q.page < 5000 ? q.page : 5000);
	p.console = &q.console;
	if (read == CLI_WRONG || prepare(&p, &q, &e) < 0) {
		result = program_fail("", &e);
	} else if (q.version) {
		printf("ioc %s\n", PACKAGE_VERSION);
		result = program_done("");
	} else {
		result = run(&p, &q, count, operands);
	}
	config_free(&p.config);
	paths_free(&p.paths);
	return result;
}
