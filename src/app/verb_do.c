/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc do: actions from the command line and from files, with the rights, the checks and the
 * outbox of the console. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/assets.h"
#include "app/do_send.h"
#include "app/exit_code.h"
#include "app/outbox_words.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/clean.h"

#define WAIT_USUAL 30 /* s */
#define WAIT_MOST 86400
#define MISTAKES_MOST 20 /* told of one file */
#define FILE_MOST ((size_t)16 << 20)

struct request {
	const char *kind, *source, *file;
	int64_t wait; /* s */
	bool dry_run, no_wait, json;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"dry-run", 'n', NULL, N_("check only: say what would be done, and whether it may be"), CLI_FLAG, AT(dry_run)},
	{"file", 'f', N_("FILE"), N_("read commands from a file, one a line; - is standard input"), CLI_TEXT, AT(file)},
	{"kind", 'k', N_("KIND"), N_("codes are those of records of this kind"), CLI_TEXT, AT(kind)},
	{"source", 's', N_("NAME"), N_("codes are those of records of this source"), CLI_TEXT, AT(source)},
	{"wait", 'w', N_("SECONDS"), N_("wait so long for the province's answer (default: 30)"), CLI_NUMBER, AT(wait)},
	{"no-wait", 'W', NULL, N_("go on as soon as the actions are safe in the outbox"), CLI_FLAG, AT(no_wait)},
	{"json", 'j', NULL, N_("a JSON object an action, a line each"), CLI_FLAG, AT(json)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli do_cli = {
	.verb = "do",
	.operands = N_("'ACTION CODE… [--FIELD VALUE]…' …"),
	.summary = N_(
		"Does what an operator does: distributes, answers, closes …; see ioc help "
		"actions."),
	.options = options,
	.in_order = true,
	.example = "ioc do \"assign PA-00423 --unit CATP --note 'lấn chiếm vỉa hè'\"",
};

/* --- what is to be done ---------------------------------------------------------------------
 */

/* "ioc do receive PA-00423": words that the shell took apart are put together again. */
static void join(struct strbuf *b, char **words, int n)
{
	for (int i = 0; i < n; i++) {
		bool plain = *words[i] && !words[i][strcspn(words[i], " \t\n\"'\\")];
		strbuf_adds(b, i ? " " : "");
		if (!plain)
			strbuf_addc(b, '"');
		for (const char *c = words[i]; *c; c++) {
			if (!plain && (*c == '"' || *c == '\\'))
				strbuf_addc(b, '\\');
			strbuf_addc(b, *c);
		}
		if (!plain)
			strbuf_addc(b, '"');
	}
}

static int add_words(struct do_plan *plan, char **words, int n, struct err *e)
{
	int rc = 0;
	if (n && !words[0][strcspn(words[0], " ")]) {
		struct strbuf b = STRBUF_INIT;
		join(&b, words, n);
		rc = do_plan_add(plan, b.s, e);
		strbuf_free(&b);
		return rc;
	}
	for (int i = 0; rc == 0 && i < n; i++)
		rc = do_plan_add(plan, words[i], e);
	return rc;
}

static int read_all(FILE *f, const char *name, struct strbuf *b, struct err *e)
{
	char piece[16384];
	size_t n;
	while ((n = fread(piece, 1, sizeof piece, f)) > 0 && b->len <= FILE_MOST)
		strbuf_add(b, piece, n);
	if (ferror(f))
		return err_errno(e, ERR_IO, "%s", name);
	if (b->len > FILE_MOST)
		return err_set(e, ERR_LIMIT, _("%s is larger than %d MiB"), name,
			       (int)(FILE_MOST >> 20));
	if (b->len && memchr(b->s, '\0', b->len))
		return err_set(e, ERR_USAGE, _("%s is no text"), name);
	return 0;
}

/* All lines are looked at, so that all mistakes can be mended at once; the first one's error
 * is kept. */
static int add_lines(struct do_plan *plan, const char *name, char *text, struct err *e)
{
	int number = 1, mistakes = 0;
	for (char *line = text, *next; line && mistakes < MISTAKES_MOST;
	     line = next, number++) {
		struct err why = ERR_INIT;
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		const char *command = line + strspn(line, " \t\r");
		if (!*command || *command == '#' || do_plan_add(plan, command, &why) == 0)
			continue;
		err_prefix(&why, "%s:%d", name, number);
		if (mistakes++)
			program_fail("do", &why);
		else
			*e = why;
	}
	return mistakes ? -1 : 0;
}

static int add_file(struct do_plan *plan, const char *name, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	bool standard = strcmp(name, "-") == 0;
	FILE *f = standard ? stdin : fopen(name, "re");
	int rc = f ? read_all(f, name, &b, e) : err_errno(e, ERR_IO, "%s", name);
	if (f && !standard)
		fclose(f);
	if (rc == 0)
		rc = add_lines(plan, standard ? _("standard input") : name, b.s, e);
	strbuf_free(&b);
	return rc;
}

/* --- what is said about it ------------------------------------------------------------------
 */

static void print_json(const struct do_step *s)
{
	const struct record *r = s->record;
	const char *code = *s->made_code ? s->made_code : record_text(r, COL_CODE);
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:s, s:O, s:s, s:s, s:s}", "action",
			      s->action->id, "kind", r->kind->id, "source", r->source, "record",
			      *s->made ? s->made : r->id, "code", code, "fields", s->fields,
			      "uuid", s->uuid, "state", *s->state ? s->state : "unknown",
			      "error", s->error.text);
	json_dumpf(j, stdout, JSON_COMPACT);
	printf("\n");
	fflush(stdout);
	json_decref(j);
}

static void print_text(const struct do_step *s, const char *state)
{
	struct strbuf b = STRBUF_INIT;
	clean_append(&b, s->error.text, strlen(s->error.text), 0);
	const char *code = *s->made_code ? s->made_code : record_text(s->record, COL_CODE);
	printf("%s  %s: %s%s%s\n", code, _(s->action->title), state, b.len ? ": " : "",
	       b.len ? b.s : "");
	fflush(stdout);
	strbuf_free(&b);
}

static void print_step(void *context, const struct do_step *s)
{
	const struct request *q = context;
	if (q->json)
		print_json(s);
	else
		print_text(s, outbox_state_words(s->state));
}

static void print_plan(const struct request *q, struct do_plan *plan)
{
	for (size_t i = 0; i < do_plan_count(plan); i++) {
		struct do_step *s = do_plan_step(plan, i);
		const struct kind *k = s->record->kind;
		const struct state *from = kind_state(k, s->from),
				   *to = kind_state(k, s->action->to ? s->action->to : s->from);
		if (q->json) {
			snprintf(s->state, sizeof s->state, "%s", "possible");
			print_json(s);
			continue;
		}
		char *words = xasprintf("%s → %s",
					from       ? _(from->label)
					: *s->from ? s->from
						   : "—",
					to ? _(to->label) : "?");
		print_text(s, words);
		free(words);
	}
}

/* The worst of them. */
static int exit_code(const struct request *q, struct do_plan *plan)
{
	int code = EXIT_OK;
	for (size_t i = 0; i < do_plan_count(plan); i++) {
		const struct do_step *s = do_plan_step(plan, i);
		if (s->error.code)
			return exit_code_of(&s->error);
		if (do_step_is_refused(s) || strcmp(s->state, "dropped") == 0)
			code = EXIT_REFUSED;
		else if (code == EXIT_OK && q->wait &&
			 (!do_step_is_over(s) || strcmp(s->state, "unclear") == 0))
			code = EXIT_UNREACHED;
	}
	return code;
}

/* --- the verb -------------------------------------------------------------------------------
 */

static int plan_all(struct do_plan *plan, const struct request *q, char **words, int count,
		    struct err *e)
{
	if (add_words(plan, words, count, e) < 0 || (q->file && add_file(plan, q->file, e) < 0))
		return -1;
	if (!do_plan_count(plan))
		return err_set(e, ERR_USAGE, _("what is to be done? For example: %s"),
			       do_cli.example);
	return 0;
}

static int settle(struct request *q, struct err *e)
{
	if (q->no_wait && q->wait)
		return err_set(e, ERR_USAGE, _("either --wait or --no-wait"));
	if (q->wait > WAIT_MOST)
		return err_set(e, ERR_USAGE, _("wait at most a day"));
	if (!q->no_wait && !q->wait)
		q->wait = WAIT_USUAL;
	return 0;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	struct request *q = request;
	if (settle(q, e) < 0)
		return -1;
	const struct kind *k = q->kind ? program_kind(q->kind, e) : NULL;
	if (q->kind && !k)
		return -1;
	struct do_plan *plan = do_plan_new(p, k, q->source, e);
	if (!plan)
		return -1;
	struct do_send send = {.program = p,
			       .plan = plan,
			       .wait = q->wait > 0,
			       .patience = (q->wait ? q->wait : WAIT_USUAL) * SECOND,
			       .settled = print_step,
			       .context = q};
	int code = plan_all(plan, q, words, count, e);
	if (code == 0 && q->dry_run)
		print_plan(q, plan);
	else if (code == 0)
		code = do_send(&send, e) < 0 ? -1 : exit_code(q, plan);
	do_plan_free(plan);
	return code;
}

int verb_do(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &do_cli, run, &q, argc, argv);
}
