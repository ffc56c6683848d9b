/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs, and what is common to them. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exit_code.h"
#include "app/help_actions.h"
#include "app/help_commands.h"
#include "app/program.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "model/action.h"
#include "text/clean.h"

/* clang-format off */
const struct verb verbs[] = {
	{&do_cli, verb_do, false},         {&outbox_cli, verb_outbox, false},
	{&shell_cli, verb_shell, false},   {&run_cli, verb_run, false},
	{&export_cli, verb_export, false}, {&count_cli, verb_count, false},
	{&show_cli, verb_show, false},     {&due_cli, verb_due, false},
	{&status_cli, verb_status, false}, {&doctor_cli, verb_doctor, true},
	{&sync_cli, verb_sync, false},     {&calendar_cli, verb_calendar, false},
	{&duplicates_cli, verb_duplicates, false},
	{&follow_cli, verb_follow, false},
	{&views_cli, verb_views, false},
	{&complete_cli, verb_complete, true},
	{&completion_cli, verb_completion, true},
	{&route_cli, verb_route, false},
	{&audit_cli, verb_audit, false},   {&connector_cli, verb_connector, true},
	{&remap_cli, verb_remap, false},   {&quarantine_cli, verb_quarantine, false},
	{&help_cli, verb_help, true},      {NULL, NULL, false},
};
/* clang-format on */

int program_fail(const char *verb, const struct err *e)
{
	fflush(stdout);
	fprintf(stderr, "ioc%s%s: %s\n", *verb ? " " : "", verb, e->text);
	return exit_code_of(e);
}

/* Who reads no further has enough. */
static bool reader_is_gone(void)
{
	struct pollfd out = {STDOUT_FILENO, POLLOUT, 0};
	return poll(&out, 1, 0) > 0 && out.revents & POLLERR;
}

int program_done(const char *verb)
{
	struct err e = ERR_INIT;
	bool good = fflush(stdout) == 0 && !ferror(stdout);
	int number = errno;
	if (good || reader_is_gone())
		return EXIT_OK;
	errno = number;
	err_errno(&e, ERR_IO, _("can't write %s"), _("standard output"));
	return program_fail(verb, &e);
}

void program_print_json(json_t *taken, size_t how)
{
	char *text = json_dumps(taken, JSON_INDENT(2) | how);
	struct strbuf clean = STRBUF_INIT;
	bool people = text && isatty(STDOUT_FILENO);
	if (people)
		clean_append(&clean, text, strlen(text), CLEAN_LINES);
	if (text)
		puts(people ? clean.s : text);
	strbuf_free(&clean);
	free(text);
	json_decref(taken);
}

const struct kind *program_kind(const char *name, struct err *e)
{
	const struct kind *k = name ? kind_find(name) : NULL;
	if (k)
		return k;
	struct suggest s = suggest_start(name ? name : "");
	for (size_t i = 0; kinds[i]; i++) {
		suggest_try(&s, kinds[i]->id);
		suggest_try(&s, kinds[i]->plural);
	}
	if (!name) /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): never empty */
		err_set(e, ERR_USAGE, _("which kind? For example: %s"), kinds[0]->plural);
	else if (s.best)
		err_set(e, ERR_USAGE, _("there is no kind \"%.40s\": did you mean \"%s\"?"),
			name, s.best);
	else
		err_set(e, ERR_USAGE, _("there is no kind \"%.40s\": see ioc help kinds"),
			name);
	return NULL;
}

const struct kind *program_only_kind(char **words, int count, struct err *e)
{
	if (count < 2)
		return program_kind(count ? words[0] : NULL, e);
	err_set(e, ERR_USAGE, _("one kind at a time, not also \"%.40s\""), words[1]);
	return NULL;
}

int program_run(struct program *p, const struct cli *cli, verb_work *work, void *request,
		int argc, char **argv)
{
	struct err e = ERR_INIT;
	char **words;
	int count, code = EXIT_OK;
	switch (cli_read(cli, argc, argv, p->now, request, &words, &count, &e)) {
	case CLI_HELPED:
		break;
	case CLI_WRONG:
		code = -1;
		break;
	case CLI_READ:
		code = work(p, request, words, count, &e);
	}
	if (code < 0)
		return program_fail(cli->verb, &e);
	int done = program_done(cli->verb);
	return done != EXIT_OK ? done : code;
}

/* --- ioc help --------------------------------------------------------------- */

static const struct cli_option help_options[] = {{NULL, 0, NULL, NULL, CLI_FLAG, 0}};
const struct cli help_cli = {
	.verb = "help",
	.operands = N_("[VERB | commands [COMMAND] | kinds | actions [KIND] | exit]"),
	.summary = N_(
		"Explains a verb, the commands of the console, the kinds of records, what "
		"may be done to them, or the exit codes."),
	.options = help_options,
};

static void help_kinds(void)
{
	for (size_t i = 0; kinds[i]; i++) {
		printf("%s (%s)%s\n   ", kinds[i]->plural, _(kinds[i]->title),
		       kinds[i]->catalogue ? _(", a catalogue") : "");
		for (size_t c = 0; c < kinds[i]->column_count; c++)
			printf(" %s", kinds[i]->columns[c].id);
		for (const struct predicate *q = kinds[i]->predicates; q && q->name; q++)
			printf("%sis:%s", q == kinds[i]->predicates ? "\n    " : " ", q->name);
		for (const struct state *s = kinds[i]->states; s && s->code; s++)
			printf("%s%s", s == kinds[i]->states ? "\n    state: " : " ", s->code);
		printf("\n");
	}
}

static void help_exit(void)
{
	for (const struct exit_def *d = exit_defs; d->meaning; d++)
		printf("%d  %s\n", d->code, _(d->meaning));
}

static int help_actions_of(const char *name, struct err *e)
{
	const struct kind *k = name ? program_kind(name, e) : NULL;
	if (name && !k)
		return -1;
	if (k && !actions_of(k))
		return err_set(e, ERR_USAGE, _("nothing can be done to %s"), k->plural);
	help_actions(k);
	return 0;
}

static int help_verb(const char *name, struct err *e)
{
	size_t i = 0;
	while (verbs[i].cli && strcmp(verbs[i].cli->verb, name) != 0)
		i++;
	if (!verbs[i].cli)
		return err_set(e, ERR_USAGE, _("there is no verb \"%.40s\": see ioc --help"),
			       name);
	cli_help(verbs[i].cli, stdout);
	return 0;
}

static int help(struct program *p, void *request, char **words, int count, struct err *e)
{
	const char *topic = count ? words[0] : "help", *name = count > 1 ? words[1] : NULL;
	(void)request;
	if (strcmp(topic, "commands") == 0)
		return help_commands(&p->paths, p->config.keys, name, e);
	if (strcmp(topic, "actions") == 0)
		return help_actions_of(name, e);
	if (strcmp(topic, "kinds") == 0)
		help_kinds();
	else if (strcmp(topic, "exit") == 0)
		help_exit();
	else
		return help_verb(topic, e);
	return 0;
}

int verb_help(struct program *p, int argc, char **argv)
{
	return program_run(p, &help_cli, help, NULL, argc, argv);
}
