/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc calendar: what the calendars say, and working time for engineers and scripts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/calendar_verb.h"
#include "app/exit_code.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"

#define AT(field) offsetof(struct calendar_request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"calendar", 'c', N_("NAME"), N_("count by this calendar (default: office)"), CLI_TEXT, AT(calendar)},
	{"unit", 'u', N_("CODE"), N_("with the hours of this unit"), CLI_TEXT, AT(unit)},
	{"pause", 'p', N_("FROM..TO"), N_("time that does not count; may be given several times"), CLI_LIST, AT(pauses)},
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, AT(json)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};

static const struct {
	const char *name;
	int (*run)(const struct calendar_request *q, struct err *e);
	bool opens_itself, pauses;
} parts[] = {
	{"show", calendar_show, false, false},
	{"check", calendar_check, true, false},
	{"add", calendar_add, false, true},
	{"between", calendar_between, false, true},
};
/* clang-format on */

const struct cli calendar_cli = {
	.verb = "calendar",
	.operands = N_("show [YEAR | MONTH | DATE] | check [FILE…] | add TIME AMOUNT | "
		       "between TIME TIME"),
	.summary = N_("Shows and checks the calendars, and counts working time."),
	.options = options,
	.example = "ioc calendar add 20/11/2026 16:30 5d",
};

/* getopt would take "-3d" for options; with a true minus it is a word. */
static char **protect_minus(int argc, char **argv)
{
	char **words = xcalloc((size_t)argc + 1, sizeof *words);
	for (int i = 0; i < argc; i++) {
		bool negative = argv[i][0] == '-' && argv[i][1] >= '0' && argv[i][1] <= '9';
		words[i] = negative ? xasprintf("\u2212%s", argv[i] + 1) : xstrdup(argv[i]);
	}
	return words;
}

static int unknown_part(const char *name, struct err *e)
{
	struct suggest s = suggest_start(name);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		suggest_try(&s, parts[i].name);
	if (s.best)
		return err_set(e, ERR_USAGE, _("calendar can't \"%.40s\": did you mean %s?"),
			       name, s.best);
	return err_set(e, ERR_USAGE, _("calendar can't \"%.40s\": see ioc calendar --help"),
		       name);
}

static int no_calendar(const struct calendar *c, const char *name, struct err *e)
{
	struct suggest s = suggest_start(name);
	for (size_t i = 0; calendar_name(c, i); i++)
		suggest_try(&s, calendar_name(c, i));
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): office is always there */
	return err_set(e, ERR_USAGE, _("there is no calendar \"%.40s\": did you mean \"%s\"?"),
		       name, s.best ? s.best : calendar_name(c, 0));
}

static int with_calendar(struct calendar_request *q,
			 int (*run)(const struct calendar_request *q, struct err *e),
			 struct err *e)
{
	struct calendar *c = calendar_open(&q->program->paths, e);
	if (!c)
		return -1;
	q->data = c;
	q->hours = calendar_hours(c, q->calendar, q->unit);
	int result = q->hours ? run(q, e) : no_calendar(c, q->calendar, e);
	calendar_free(c);
	return result;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	struct calendar_request *q = request;
	const char *name = count ? words[0] : "show";
	size_t i = 0;
	while (i < ARRAY_LEN(parts) && strcmp(parts[i].name, name) != 0)
		i++;
	if (i == ARRAY_LEN(parts))
		return unknown_part(name, e);
	if (q->pauses.count && !parts[i].pauses)
		return err_set(e, ERR_USAGE, _("--pause goes with add and between"));
	q->program = p;
	q->words = words + (count > 0);
	q->count = count > 0 ? count - 1 : 0;
	return parts[i].opens_itself ? parts[i].run(q, e) : with_calendar(q, parts[i].run, e);
}

int verb_calendar(struct program *p, int argc, char **argv)
{
	struct calendar_request q = {0};
	char **words = protect_minus(argc, argv);
	int code = program_run(p, &calendar_cli, run, &q, argc, words);
	for (int i = 0; i < argc; i++)
		free(words[i]);
	free(words);
	return code;
}
