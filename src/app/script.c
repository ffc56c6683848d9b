/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting is always for something, with a bound; never for time to pass. */
#include "app/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/assets.h"
#include "app/exit_code.h"
#include "app/screen_dump.h"
#include "app/session.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "ui/key.h"

#define WAIT_MOST (10 * SECOND)
#define SIZE_LEAST 1
#define SIZE_MOST 1000

struct script {
	struct session *session;
	struct strbuf row;
};

/* --- a front that shows nothing --------------------------------------------- */

static int no_copy(void *context, const char *text, struct err *e)
{
	(void)context;
	(void)text;
	(void)e;
	return 0;
}

static int no_open(void *context, const char *url, struct err *e)
{
	(void)context;
	(void)url;
	return err_set(e, ERR_UNSUPPORTED, "%s", _("nothing is opened without a terminal"));
}

static int no_edit(void *context, const char *folder, const char *text, struct err *e)
{
	(void)context;
	(void)folder;
	(void)text;
	return err_set(e, ERR_UNSUPPORTED, "%s", _("an editor needs a terminal"));
}

static const struct front no_front = {.copy = no_copy, .open = no_open, .edit = no_edit};

/* --- waiting ---------------------------------------------------------------- */

static bool shows(struct script *s, const char *text)
{
	const struct cellbuf *g = session_draw(s->session);
	for (int row = 0; row < g->rows; row++) {
		strbuf_clear(&s->row);
		screen_row(g, row, &s->row);
		if (strstr(s->row.s, text))
			return true;
	}
	return false;
}

static bool is_idle(struct script *s, const char *unused)
{
	(void)unused;
	return !session_is_busy(s->session);
}

static bool shows_not(struct script *s, const char *text)
{
	return !shows(s, text);
}

/* Lets things happen until `done`, or until nothing can be hoped for. */
static bool wait_until(struct script *s, bool (*done)(struct script *, const char *),
		       const char *text)
{
	int64_t end = clock_monotonic() + WAIT_MOST;
	for (;;) {
		session_step(s->session);
		if (done(s, text))
			return true;
		int64_t left = end - clock_monotonic();
		if (left <= 0 || session_is_over(s->session))
			return false;
		struct pollfd fds[SESSION_FDS];
		int patience;
		session_poll(s->session, fds, &patience);
		poll(fds, SESSION_FDS, patience < 0 || patience > left ? (int)left : patience);
	}
}

/* --- lines ------------------------------------------------------------------ */

static int do_keys(struct script *s, const char *text, struct err *e)
{
	while (*(text += strspn(text, " "))) {
		struct event event = {.type = EVENT_KEY};
		size_t n = key_parse(text, &event.key);
		if (!n)
			return err_set(e, ERR_USAGE, _("\"%.20s\" is no key"), text);
		session_event(s->session, &event);
		text += n;
	}
	return 0;
}

static int do_type(struct script *s, const char *text, struct err *e)
{
	(void)e;
	for (size_t n = strlen(text); n;) {
		struct event event = {.type = EVENT_KEY};
		size_t used = utf8_decode(text, n, &event.key);
		session_event(s->session, &event);
		text += used;
		n -= used;
	}
	return 0;
}

static int do_paste(struct script *s, const char *text, struct err *e)
{
	(void)e;
	struct event event = {.type = EVENT_PASTE, .text = text};
	session_event(s->session, &event);
	return 0;
}

static int do_command(struct script *s, const char *text, struct err *e)
{
	return session_command(s->session, text, e);
}

static int do_wait(struct script *s, const char *text, struct err *e)
{
	if (wait_until(s, shows, text))
		return 0;
	return err_set(e, ERR_NOT_FOUND, _("\"%s\" did not come on the screen"), text);
}

static int do_gone(struct script *s, const char *text, struct err *e)
{
	if (wait_until(s, shows_not, text))
		return 0;
	return err_set(e, ERR_NOT_FOUND, _("\"%s\" did not go from the screen"), text);
}

static int do_idle(struct script *s, const char *text, struct err *e)
{
	if (wait_until(s, is_idle, text))
		return 0;
	return err_set(e, ERR_BUSY, _("the questions to the cache were not answered"));
}

static int parse_size(const char *text, int *rows, int *columns, struct err *e)
{
	char end;
	if (sscanf(text, "%4dx%4d%c", columns, rows, &end) != 2 || *rows < SIZE_LEAST ||
	    *columns < SIZE_LEAST || *rows > SIZE_MOST || *columns > SIZE_MOST)
		return err_set(e, ERR_USAGE, _("\"%.20s\" is no size such as 80x24"), text);
	return 0;
}

static int do_resize(struct script *s, const char *text, struct err *e)
{
	struct event event = {.type = EVENT_RESIZE};
	if (parse_size(text, &event.size.rows, &event.size.columns, e) < 0)
		return -1;
	session_event(s->session, &event);
	return 0;
}

static int do_tick(struct script *s, const char *text, struct err *e)
{
	struct event event = {.type = EVENT_TICK};
	int seconds = atoi(text);
	if (seconds < 0 || seconds > 10000000)
		return err_set(e, ERR_USAGE, _("\"%.20s\" is no number of seconds"), text);
	clock_fix(clock_now() + seconds * SECOND);
	session_event(s->session, &event);
	return 0;
}

static int do_dump(struct script *s, const char *text, struct err *e)
{
	const struct cellbuf *g = session_draw(s->session);
	if (strcmp(text, "-") != 0)
		return screen_dump(g, text, e);
	for (int row = 0; row < g->rows; row++) {
		strbuf_clear(&s->row);
		screen_row(g, row, &s->row);
		puts(s->row.s);
	}
	return 0;
}

static const struct {
	const char *word;
	int (*run)(struct script *, const char *, struct err *);
} words[] = {
	{"keys", do_keys}, {"type", do_type}, {"paste", do_paste}, {"command", do_command},
	{"wait", do_wait}, {"gone", do_gone}, {"idle", do_idle},   {"resize", do_resize},
	{"tick", do_tick}, {"dump", do_dump},
};

static int play_line(struct script *s, char *line, struct err *e)
{
	line += strspn(line, " \t");
	if (!*line || *line == '#')
		return 0;
	size_t n = strcspn(line, " \t");
	char *rest = line + n + strspn(line + n, " \t");
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strlen(words[i].word) == n && strncmp(words[i].word, line, n) == 0) {
			int result = words[i].run(s, rest, e);
			session_step(s->session);
			return result;
		}
	return err_set(e, ERR_USAGE, _("unknown word \"%.20s\""), line);
}

static int play(struct script *s, const char *path, char *text, struct err *e)
{
	int number = 1;
	for (char *line = text; *line && !session_is_over(s->session); number++) {
		char *end = line + strcspn(line, "\n");
		char *next = *end ? end + 1 : end;
		*end = '\0';
		if (play_line(s, line, e) < 0)
			return err_prefix(e, "%s:%d", path, number);
		line = next;
	}
	return 0;
}

int script_main(struct program *p, const struct console_options *o)
{
	struct err e = ERR_INIT;
	struct strbuf text = STRBUF_INIT;
	struct script s = {.row = STRBUF_INIT};
	int rows = 24, columns = 80;
	if (assets_read(o->script, &text, &e) == 0 &&
	    (!o->size || parse_size(o->size, &rows, &columns, &e) == 0))
		s.session = session_new(p, o, &no_front, &e);
	if (s.session) {
		session_begin(s.session, rows, columns);
		session_connect(s.session);
		if (!o->command || session_command(s.session, o->command, &e) == 0)
			play(&s, o->script, text.s, &e);
	}
	session_free(s.session);
	strbuf_free(&s.row);
	strbuf_free(&text);
	return e.code ? program_fail("", &e) : program_done("");
}
