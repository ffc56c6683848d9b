/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc follow: changes as they reach the cache, as lines for another program. */
#include <signal.h>
#include <unistd.h>

#include "app/exit_code.h"
#include "app/follow.h"
#include "app/writer.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/changes.h"

struct request {
	struct follow_request follow;
	const char *columns, *reason;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"columns", 'c', N_("LIST"), N_("columns, separated by commas (default: all)"), CLI_TEXT, AT(columns)},
	{"filter", 'F', N_("FILTER"), N_("only records that match, as in the console"), CLI_TEXT, AT(follow.filter)},
	{"after", 'a', N_("CURSOR"), N_("go on behind the line with this cursor"), CLI_TEXT, AT(follow.after)},
	{"since", 'S', N_("TIME"), N_("from the first change since a time, or within a span such as 2h"), CLI_TIME, AT(follow.since)},
	{"all", 'A', NULL, N_("first tell every record that is there"), CLI_FLAG, AT(follow.all)},
	{"once", '1', NULL, N_("end when all that has changed is told"), CLI_FLAG, AT(follow.once)},
	{"until-idle", 0, NULL, N_("the same as --once"), CLI_FLAG, AT(follow.once)},
	{"names", 'N', NULL, N_("names of areas, units, states … instead of codes"), CLI_FLAG, AT(follow.names)},
	{"personal", 'p', NULL, N_("do not mask personal columns; this is recorded in the audit"), CLI_FLAG, AT(follow.personal)},
	{"reason", 'r', N_("TEXT"), N_("why personal data is needed, for the audit"), CLI_TEXT, AT(reason)},
	{"no-sync", 0, NULL, N_("start no writer where none runs"), CLI_FLAG, AT(follow.no_sync)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli follow_cli = {
	.verb = "follow",
	.operands = N_("KIND"),
	.summary = N_("Writes what changes, as it changes: one line of JSON each."),
	.options = options,
	.example = "ioc follow complaints --filter is:urgent | jq -r .record.code",
};

static int settle(struct request *q, char **words, int count, struct err *e)
{
	struct follow_request *f = &q->follow;
	struct change_cursor cursor;
	f->kind = program_only_kind(words, count, e);
	if (!f->kind ||
	    rows_columns_parse(&f->columns, f->kind, ROWS_NDJSON, q->columns, e) < 0)
		return -1;
	if (f->after && change_cursor_parse(f->after, &cursor) < 0)
		return err_set(e, ERR_USAGE,
			       _("\"%.60s\" is no cursor of a line of ioc follow"), f->after);
	if (f->after && (f->all || f->since != CLOCK_NONE))
		return err_set(e, ERR_USAGE, _("--after says already where to begin"));
	return 0;
}

/* Nothing has to be tidied up: lines that were not written were not told. */
static void end_well(int signal)
{
	(void)signal;
	_exit(EXIT_OK);
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	struct request *q = request;
	signal(SIGINT, end_well);
	signal(SIGTERM, end_well);
	const struct follow_request *f = &q->follow;
	if (settle(q, words, count, e) < 0)
		return -1;
	if (f->personal &&
	    writer_audit_rows(p, "follow", f->kind, &f->columns, f->filter, q->reason, e) < 0)
		return -1;
	return follow_run(p, f, e);
}

int verb_follow(struct program *p, int argc, char **argv)
{
	struct request q = {.follow.since = CLOCK_NONE};
	return program_run(p, &follow_cli, run, &q, argc, argv);
}
