/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing is printed while somebody types, unless the line can be taken off the screen and put
 * back; then at most every few seconds, and many things of one sort are one line. */
#include "app/shell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/complete.h"
#include "app/exit_code.h"
#include "app/line_mode.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "tty/ask.h"
#include "ui/app.h"
#include "ui/spoken.h"
#include "ui/tell.h"

#define UP_MOST (10 * SECOND)   /* until the cache and the writer are known */
#define QUICK (2 * SECOND)      /* what takes longer is told to be under way */
#define PATIENCE (60 * SECOND)  /* what takes longer is not waited for */
#define NEWS_PAUSE (5 * SECOND) /* between two interruptions of who types */
#define PAGE_LEAST 5
#define PAGE_USUAL 20

struct shell {
	struct line_mode mode;
	struct ask *ask;
	struct strbuf out, problems;
	struct strbuf rest; /* told, and not printed yet */
	int page;           /* lines printed at once; 0: all */
	int64_t news_at;    /* monotonic */
	bool smart;
};

/* --- printing --------------------------------------------------------------- */

/* Prints a page of text; what is left waits for Enter. */
static void print_page(struct shell *s, const char *text, size_t n)
{
	size_t lines = 0, end = 0, left = 0;
	while (end < n && (!s->page || lines < (size_t)s->page)) {
		const char *line = memchr(text + end, '\n', n - end);
		end = line ? (size_t)(line - text) + 1 : n;
		lines++;
	}
	for (size_t i = end; i < n; i++)
		left += text[i] == '\n';
	if (left < 3) /* not worth a question */
		end = n;
	fwrite(text, 1, end, stdout);
	struct strbuf rest = STRBUF_INIT;
	strbuf_add(&rest, text + end, n - end);
	strbuf_free(&s->rest);
	s->rest = rest;
	if (end < n) {
		printf(_("Enter: %zu more lines"), left);
		putchar('\n');
	}
}

/* Where in the line it was wrong; who listens has the words alone. */
static void print_place(struct shell *s)
{
	strbuf_clear(&s->out);
	if (line_mode_point(&s->mode, &s->out) && !s->mode.options.linear)
		fputs(s->out.s, stdout);
}

/* What was said and what happened; nothing where there is nothing new. */
static void print_messages(struct shell *s)
{
	strbuf_clear(&s->out);
	strbuf_clear(&s->problems);
	line_mode_messages(&s->mode, true, &s->out, &s->problems);
	if (s->out.len || s->problems.len)
		s->news_at = clock_monotonic();
	fputs(s->out.s, stdout);
	fputs(s->problems.s, stdout);
	if (s->problems.len)
		print_place(s);
}

/* That, and what is shown where it is something else. */
static void report(struct shell *s, bool always)
{
	print_messages(s);
	strbuf_clear(&s->out);
	if (line_mode_tell(&s->mode, always, &s->out))
		print_page(s, s->out.s, s->out.len);
	fflush(stdout);
}

/* --- waiting ---------------------------------------------------------------- */

static void settle(struct shell *s)
{
	struct line_mode *m = &s->mode;
	m->interrupted = false;
	if (line_mode_wait(m, line_mode_is_settled, QUICK) || m->over)
		return;
	if (!m->interrupted) {
		puts(_("still working; Ctrl-C stops waiting"));
		fflush(stdout);
		if (line_mode_wait(m, line_mode_is_settled, PATIENCE) || m->over)
			return;
	}
	puts(_("not answered yet; \"print\" tells it when it is"));
	m->interrupted = false;
}

/* --- the question ----------------------------------------------------------- */

static void open_question(struct shell *s)
{
	struct app *a = session_app(s->mode.session);
	struct strbuf q = STRBUF_INIT;
	bool form = dialog_is_open(a);
	if (form) {
		strbuf_clear(&s->out);
		dialog_tell(a, &s->out, s->mode.columns);
		fputs(s->out.s, stdout);
		dialog_ask(a, &q);
	} else {
		spoken_prompt(a, &q);
		strbuf_adds(&q, "> ");
	}
	ask_open(s->ask, q.s, s->mode.wanted ? s->mode.wanted : "", !form);
	free(s->mode.wanted);
	s->mode.wanted = NULL;
	strbuf_free(&q);
}

/* Tells what happened meanwhile above the line that is being typed. */
static void tell_news(struct shell *s)
{
	if (!s->smart || clock_monotonic() < s->news_at + NEWS_PAUSE)
		return;
	strbuf_clear(&s->out);
	strbuf_clear(&s->problems);
	line_mode_messages(&s->mode, true, &s->out, &s->problems);
	if (!s->out.len && !s->problems.len)
		return;
	s->news_at = clock_monotonic();
	ask_hide(s->ask);
	fputs(s->out.s, stdout);
	fputs(s->problems.s, stdout);
	fflush(stdout);
	ask_show(s->ask);
}

static void measure(struct shell *s)
{
	int rows = 0, columns = 0;
	bool known = ask_size(&rows, &columns);
	s->mode.columns = known ? columns - (columns > 40) : LINE_MODE_COLUMNS;
	s->page = known && rows > PAGE_LEAST && !s->mode.options.linear ? rows - 2 : 0;
}

/* Waits for a line.  ASK_OPEN: it was given up. */
static enum ask_result wait_for_line(struct shell *s)
{
	struct line_mode *m = &s->mode;
	enum ask_result r = ask_has_more(s->ask) ? ask_take(s->ask) : ASK_OPEN;
	m->interrupted = false;
	while (r == ASK_OPEN && !m->over && !m->interrupted) {
		struct pollfd in = {STDIN_FILENO, POLLIN, 0};
		line_mode_step(m, &in, -1);
		if (in.revents)
			r = ask_take(s->ask);
		else
			tell_news(s);
	}
	return r;
}

/* --- lines ------------------------------------------------------------------ */

static void more(struct shell *s)
{
	struct strbuf rest = s->rest;
	struct err e = ERR_INIT;
	s->rest = (struct strbuf)STRBUF_INIT;
	if (rest.len) {
		print_page(s, rest.s, rest.len);
		fflush(stdout);
		strbuf_free(&rest);
		return;
	}
	strbuf_free(&rest);
	char *before = xstrdup(s->mode.text.s);
	session_command(s->mode.session, "page-down", &e);
	settle(s);
	strbuf_clear(&s->out);
	if (line_mode_tell(&s->mode, false, &s->out) && strcmp(before, s->out.s) != 0)
		print_page(s, s->out.s, s->out.len);
	else
		puts(_("that was all"));
	free(before);
	fflush(stdout);
}

static void take_line(struct shell *s, const char *line)
{
	struct app *a = session_app(s->mode.session);
	struct err e = ERR_INIT;
	const char *text = line + strspn(line, " \t");
	if (dialog_is_open(a)) {
		session_answer(s->mode.session, line);
	} else if (!*text || strcmp(text, "more") == 0) {
		more(s);
		return;
	} else {
		strbuf_clear(&s->rest);
		line_mode_run(&s->mode, text, &e);
		if (e.code) {
			puts(e.text);
			print_place(s);
		}
	}
	if (s->mode.over)
		return;
	settle(s);
	report(s, false);
}

static void given_up(struct shell *s)
{
	struct app *a = session_app(s->mode.session);
	ask_close(s->ask);
	putchar('\n');
	if (dialog_is_open(a))
		session_leave_form(s->mode.session);
	report(s, false);
}

static void loop(struct shell *s)
{
	while (!s->mode.over && !session_is_over(s->mode.session)) {
		measure(s);
		print_messages(s);
		open_question(s);
		enum ask_result r = wait_for_line(s);
		if (r == ASK_ENDED)
			break;
		if (r == ASK_ENTERED) {
			char *line = xstrdup(ask_text(s->ask));
			take_line(s, line);
			free(line);
		} else if (!s->mode.over) {
			given_up(s);
		}
		s->mode.over |= session_is_over(s->mode.session);
	}
}

static void greet(struct shell *s)
{
	if (!line_mode_wait(&s->mode, line_mode_is_up, UP_MOST) && !s->mode.over)
		puts(_("the cache or the writer does not answer yet"));
	s->mode.interrupted = false;
	report(s, true);
	strbuf_clear(&s->out);
	tell_wrap(&s->out, 0, s->mode.columns,
		  _("\"help\" lists the commands; a number opens what has it; Enter goes on; "
		    "\"quit\" leaves."));
	fputs(s->out.s, stdout);
	fflush(stdout);
}

static int page_for(const struct console_options *o)
{
	int rows, columns;
	if (o->page)
		return o->page;
	if (o->linear || !ask_size(&rows, &columns) || rows > PAGE_USUAL + 4)
		return o->linear ? PAGE_LEAST * 2 : PAGE_USUAL;
	return rows > PAGE_LEAST + 4 ? rows - 4 : PAGE_LEAST;
}

int shell_main(struct program *p, const struct shell_options *o)
{
	struct shell s = {.out = STRBUF_INIT, .problems = STRBUF_INIT, .rest = STRBUF_INIT};
	struct console_options c = o->console;
	struct err e = ERR_INIT;
	c.spoken = true;
	c.page = page_for(&c);
	if (line_mode_start(&s.mode, p, &c, &e) < 0)
		return program_fail("shell", &e);
	char *history = xasprintf("%s/history", p->paths.state_dir);
	struct completer completer = {p, s.mode.session};
	s.ask = ask_new(&(struct ask_config){history, complete_line, &completer});
	s.smart = ask_can_hide(s.ask);
	measure(&s);
	greet(&s);
	if (c.command)
		take_line(&s, c.command);
	loop(&s);
	if (isatty(STDIN_FILENO) && !session_is_over(s.mode.session))
		putchar('\n');
	ask_free(s.ask);
	line_mode_end(&s.mode);
	strbuf_free(&s.out);
	strbuf_free(&s.problems);
	strbuf_free(&s.rest);
	free(history);
	return program_done("shell");
}
