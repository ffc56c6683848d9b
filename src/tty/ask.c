/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes is cleaned: from a pipe anything can.  On a plain terminal the kernel edits the
 * line; it is told that letters may be of several bytes. */
#include "config.h"

#include "tty/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/clean.h"

#define HISTORY_MOST 500
#define LINE_MOST 65536 /* bytes; what is longer is parted */

struct ask {
	struct ask_config config;
	bool smart;  /* readline edits */
	bool person; /* somebody reads the question */
	bool open, remember, entered, ended;
	struct strbuf typed, text, question;
	struct strbuf hidden; /* what was typed when it was hidden */
	int hidden_point;
	struct termios before;
	bool tell_utf8;
};

/* Mutable on purpose: readline calls back without a context. */
static struct ask *current;

static bool terminal_is_smart(void)
{
	const char *term = getenv("TERM");
	return term && *term && strcmp(term, "dumb") != 0 && isatty(STDIN_FILENO) &&
	       isatty(STDOUT_FILENO);
}

/* --- readline --------------------------------------------------------------- */

static void on_line(char *text)
{
	rl_callback_handler_remove();
	current->open = false;
	current->entered = text != NULL;
	current->ended = text == NULL;
	strbuf_clear(&current->text);
	if (text)
		clean_append(&current->text, text, strlen(text), 0);
	free(text);
}

static char **complete(const char *word, int start, int end)
{
	(void)word;
	(void)end;
	rl_attempted_completion_over = 1;
	return current->config.complete ? current->config.complete(current->config.context,
								   rl_line_buffer, start)
					: NULL;
}

static void set_up_readline(const struct ask *a)
{
	rl_readline_name = "ioc";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_change_environment = 0;
	rl_attempted_completion_function = complete;
	rl_basic_word_break_characters = " \t";
	rl_completer_word_break_characters = " \t";
	rl_initialize();
	rl_variable_bind("bell-style", "none");
	rl_variable_bind("enable-bracketed-paste", "on");
	using_history();
	stifle_history(HISTORY_MOST);
	if (a->config.history_file)
		read_history(a->config.history_file);
}

static void remember(const struct ask *a)
{
	const char *file = a->config.history_file;
	HIST_ENTRY *last = history_length ? history_get(history_base + history_length - 1)
					  : NULL;
	if (!a->text.len || (last && strcmp(last->line, a->text.s) == 0))
		return;
	add_history(a->text.s);
	if (!file)
		return;
	int fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
	if (append_history(1, file) == 0)
		history_truncate_file(file, HISTORY_MOST);
}

/* --- a plain terminal, or none ---------------------------------------------- */

static void tell_utf8(struct ask *a)
{
	struct termios t;
	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &t) < 0 || t.c_iflag & IUTF8)
		return;
	a->before = t;
	t.c_iflag |= IUTF8;
	a->tell_utf8 = tcsetattr(STDIN_FILENO, TCSANOW, &t) == 0;
}

bool ask_has_more(const struct ask *a)
{
	return a->open && !a->smart &&
	       (a->ended || memchr(a->typed.s, '\n', a->typed.len) ||
		a->typed.len >= LINE_MOST);
}

static enum ask_result take_plain(struct ask *a)
{
	const char *end = memchr(a->typed.s, '\n', a->typed.len);
	size_t n = end ? (size_t)(end - a->typed.s) : a->typed.len;
	if (!end && !a->ended && n < LINE_MOST)
		return ASK_OPEN;
	if (!end && !n)
		return ASK_ENDED;
	strbuf_clear(&a->text);
	clean_append(&a->text, a->typed.s, n, 0);
	strbuf_drop(&a->typed, n + (end != NULL));
	a->open = false;
	return ASK_ENTERED;
}

static void read_plain(struct ask *a)
{
	char bytes[4096];
	ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
	if (n > 0)
		strbuf_add(&a->typed, bytes, (size_t)n);
	else if (n == 0 || (errno != EINTR && errno != EAGAIN))
		a->ended = true;
}

/* --- both ------------------------------------------------------------------- */

struct ask *ask_new(const struct ask_config *c)
{
	struct ask *a = xcalloc(1, sizeof *a);
	a->config = *c;
	a->smart = terminal_is_smart();
	a->person = isatty(STDIN_FILENO);
	a->typed = a->text = a->question = a->hidden = (struct strbuf)STRBUF_INIT;
	current = a;
	if (a->smart)
		set_up_readline(a);
	else
		tell_utf8(a);
	return a;
}

void ask_free(struct ask *a)
{
	if (!a)
		return;
	ask_close(a);
	if (a->tell_utf8)
		tcsetattr(STDIN_FILENO, TCSANOW, &a->before);
	strbuf_free(&a->typed);
	strbuf_free(&a->text);
	strbuf_free(&a->question);
	strbuf_free(&a->hidden);
	current = NULL;
	free(a);
}

bool ask_can_hide(const struct ask *a)
{
	return a->smart;
}

static void install(struct ask *a)
{
	rl_callback_handler_install(a->question.s, on_line);
}

void ask_open(struct ask *a, const char *question, const char *text, bool remember_it)
{
	a->open = true;
	a->entered = false;
	a->remember = remember_it;
	strbuf_clear(&a->question);
	strbuf_adds(&a->question, question);
	if (a->smart) {
		install(a);
		rl_insert_text(text);
		rl_redisplay();
	} else if (a->person) {
		fputs(question, stdout);
		if (*text)
			printf("[%s] ", text);
	}
	fflush(stdout);
}

void ask_hide(struct ask *a)
{
	if (!a->smart || !a->open)
		return;
	strbuf_clear(&a->hidden);
	strbuf_add(&a->hidden, rl_line_buffer, (size_t)rl_end);
	a->hidden_point = rl_point;
	rl_set_prompt("");
	rl_replace_line("", 0);
	rl_redisplay();
	rl_callback_handler_remove();
}

void ask_show(struct ask *a)
{
	if (!a->smart || !a->open)
		return;
	install(a);
	rl_replace_line(a->hidden.s, 0);
	rl_point = a->hidden_point;
	rl_redisplay();
	fflush(stdout);
}

void ask_close(struct ask *a)
{
	if (a->open && a->smart)
		rl_callback_handler_remove();
	a->open = false;
}

enum ask_result ask_take(struct ask *a)
{
	if (!a->smart) {
		if (!ask_has_more(a))
			read_plain(a);
		return take_plain(a);
	}
	rl_callback_read_char();
	if (a->ended)
		return ASK_ENDED;
	if (!a->entered)
		return ASK_OPEN;
	a->entered = false;
	if (a->remember)
		remember(a);
	return ASK_ENTERED;
}

const char *ask_text(const struct ask *a)
{
	return a->text.s;
}

bool ask_size(int *rows, int *columns)
{
	struct winsize w;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) < 0 || !w.ws_col)
		return false;
	*rows = w.ws_row;
	*columns = w.ws_col;
	if (current && current->smart)
		rl_resize_terminal();
	return true;
}
