/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands one after the other, each waited for.  What they say is printed as it comes; what is
 * shown is printed by "print", and where none is among them, at the end if it is something else
 * than at the beginning or if nothing was said.  Nothing asks: what would, says which option to
 * give. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/exit_code.h"
#include "app/line_mode.h"
#include "app/shell.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "tty/ask.h"
#include "ui/app.h"
#include "ui/command.h"
#include "ui/spoken.h"

#define UP_MOST (15 * SECOND)
#define PATIENCE (60 * SECOND)
#define PAGE_USUAL 1000 /* rows of a list */

struct batch_run {
	struct line_mode mode;
	const struct shell_options *options;
	const char *name; /* NULL: the command line */
	int line;
	struct strbuf out, problems;
	bool printed, said;
	int code; /* of the first that failed */
};

/* --- what went wrong -------------------------------------------------------- */

static void complain(struct batch_run *b, const char *command, const char *problem, int code)
{
	fflush(stdout);
	if (b->name)
		fprintf(stderr, "%s:%d: ", b->name, b->line);
	else
		fputs("ioc: ", stderr);
	fprintf(stderr, "%s: %s\n", command, problem);
	if (!b->code)
		b->code = code;
}

/* --- one command ------------------------------------------------------------ */

/* What would be asked is an error, but for a last question that is answered beforehand. */
static int answer_form(struct batch_run *b, struct err *e)
{
	struct app *a = session_app(b->mode.session);
	struct strbuf options = STRBUF_INIT;
	if (!dialog_is_open(a))
		return EXIT_OK;
	if (dialog_is_question(a) && b->options->yes) {
		session_answer(b->mode.session, "yes");
		return EXIT_OK;
	}
	dialog_options(a, &options);
	if (dialog_is_question(a))
		err_set(e, ERR_USAGE, "%s", _("this asks once more: --yes says yes"));
	else
		err_set(e, ERR_USAGE, _("this asks for more: say it with \"do\", %s"),
			options.s);
	strbuf_free(&options);
	session_leave_form(b->mode.session);
	strbuf_clear(&b->out);
	line_mode_messages(&b->mode, false, &b->out, &b->out);
	return exit_code_of(e);
}

static int settle(struct batch_run *b, struct err *e)
{
	if (line_mode_wait(&b->mode, line_mode_is_settled, PATIENCE) || b->mode.over)
		return EXIT_OK;
	err_set(e, ERR_BUSY, "%s",
		b->mode.interrupted ? _("stopped") : _("it was not answered in time"));
	return exit_code_of(e);
}

static bool is_print(const char *command)
{
	return strcmp(command, "print") == 0;
}

static void tell(struct batch_run *b, bool always)
{
	strbuf_clear(&b->out);
	line_mode_tell(&b->mode, always, &b->out);
	fputs(b->out.s, stdout);
}

/* The exit code; *e says what is wrong where that was not said yet. */
static int run_one(struct batch_run *b, const char *command, struct err *e)
{
	int code = line_mode_run(&b->mode, command, e);
	if (!code)
		code = settle(b, e);
	if (!code && b->mode.wanted)
		code = exit_code_of(
			(err_set(e, ERR_USAGE, _("this asks for a line: %s"), b->mode.wanted),
			 e));
	free(b->mode.wanted);
	b->mode.wanted = NULL;
	if (!code)
		code = answer_form(b, e);
	return code ? code : settle(b, e);
}

/* What is shown now has numbers, whether it is printed or not. */
static void number(struct batch_run *b)
{
	strbuf_clear(&b->out);
	app_tell(session_app(b->mode.session), &b->out, b->mode.columns);
}

/* What the writer's refusal is as an exit code; EXIT_OK: it refused nothing. */
static int refusal(struct batch_run *b)
{
	const struct err e = {.code = spoken_refusal(session_app(b->mode.session))};
	return exit_code_of(&e);
}

static void run_and_print(struct batch_run *b, const char *command)
{
	struct err e = ERR_INIT;
	number(b);
	int code = run_one(b, command, &e);
	strbuf_clear(&b->out);
	strbuf_clear(&b->problems);
	line_mode_messages(&b->mode, false, &b->out, &b->problems);
	fputs(b->out.s, stdout);
	b->said |= b->out.len > 0;
	if (e.code)
		complain(b, command, e.text, code);
	else if (code && !b->code)
		b->code = code;
	strbuf_clear(&b->out);
	bool wrong = line_mode_point(&b->mode, &b->out);
	int refused = refusal(b);
	int bad = wrong ? EXIT_USAGE : refused ? refused : EXIT_FAILED;
	char *line = b->problems.s;
	for (size_t n; *line; line += n + (line[n] == '\n')) {
		n = strcspn(line, "\n");
		char *one = xstrndup(line, n);
		complain(b, command, one, bad);
		free(one);
	}
	if (e.code || b->problems.len)
		fputs(b->out.s, stderr);
	if (!b->code)
		b->code = refused;
	if (is_print(command)) {
		tell(b, true);
		b->printed = true;
	}
}

/* --- all of them ------------------------------------------------------------ */

/* Runs the commands of a line; false where that is the end. */
static bool run_line(struct batch_run *b, const char *line)
{
	struct command_piece piece;
	size_t at = 0;
	while (command_next(line, &at, &piece) && !b->mode.over) {
		char *command = xstrndup(line + piece.start, piece.n);
		run_and_print(b, command);
		free(command);
		if (b->code && !b->options->keep_going)
			return false;
	}
	return !b->mode.over;
}

static void run_all(struct batch_run *b, const char *text)
{
	bool goes_on = true;
	for (size_t n; *text && goes_on; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		char *line = xstrndup(text, n && text[n - 1] == '\r' ? n - 1 : n);
		b->line++;
		if (line[strspn(line, " \t")] != '#')
			goes_on = run_line(b, line);
		free(line);
	}
	if (!b->printed && !b->code && !b->mode.ran_verb && !b->mode.over)
		tell(b, !b->said);
}

int batch_main(struct program *p, const struct shell_options *o, const char *name,
	       const char *text)
{
	struct batch_run b = {.options = o, .name = name};
	struct console_options c = o->console;
	struct err e = ERR_INIT;
	int rows;
	b.out = b.problems = (struct strbuf)STRBUF_INIT;
	c.spoken = true;
	c.page = c.page ? c.page : PAGE_USUAL;
	if (line_mode_start(&b.mode, p, &c, &e) < 0)
		return program_fail("", &e);
	ask_size(&rows, &b.mode.columns);
	line_mode_wait(&b.mode, line_mode_is_up, UP_MOST);
	line_mode_messages(&b.mode, false, &b.out, &b.problems); /* of old: not for scripts */
	fputs(b.problems.s, stderr);
	spoken_place(session_app(b.mode.session), &b.mode.base);
	run_all(&b, text);
	line_mode_end(&b.mode);
	strbuf_free(&b.out);
	strbuf_free(&b.problems);
	return b.code ? b.code : program_done("");
}
