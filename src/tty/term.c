/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curses does the drawing; its input side is never used, so that poll() tells the truth.
 * Standard error is a file in memory meanwhile: a library's complaint must not land in the
 * middle of the screen, and must not be lost either. */
#include "config.h"

#include "tty/term.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "text/clean.h"
#include "base/base64.h"
#include "tty/crash.h"
#include "tty/keys.h"
#include "tty/sink.h"

#define COPY_MOST 65536
#define SCREEN_MOST 768
#define KEPT_MOST 4096
#define LEAVE_PATIENCE 1000 /* ms that a slow line gets to take the last bytes */
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define SYNC_ON "\033[?2026h" /* ignored where unknown */
#define SYNC_OFF "\033[?2026l"
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

struct term {
	SCREEN *screen;
	struct sink *sink;
	struct termios before; /* the modes that we found */
	int rows, columns;
	bool mouse, inside;
	int kept, shown; /* standard error: in memory, and where it went before */
};

/* A capability; NULL where the terminal lacks it. */
static const char *capability(const char *name)
{
	const char *s = tigetstr(name);
	return s == (const char *)-1 ? NULL : s;
}

/* The same without its padding, which only terminals of iron need. */
static void add_capability(struct strbuf *b, const char *name)
{
	const char *s = capability(name);
	while (s && *s) {
		const char *end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
		if (!end)
			strbuf_addc(b, *s);
		s = end ? end + 1 : s + 1;
	}
}

static void arm(struct term *t)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, MOUSE_OFF PASTE_OFF);
	static const char *const names[] = {"rmkx", "sgr0", "op", "cnorm", "rmcup"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		add_capability(&b, names[i]);
	strbuf_adds(&b, "\r\n");
	crash_arm(STDOUT_FILENO, b.s, b.len, &t->before, t->kept, t->shown);
	strbuf_free(&b);
}

static void keep_stderr(struct term *t)
{
	t->kept = memfd_create("ioc-stderr", MFD_CLOEXEC);
	t->shown = t->kept < 0 ? -1 : dup(STDERR_FILENO);
	if (t->shown >= 0)
		dup2(t->kept, STDERR_FILENO);
}

static void give_stderr_back(struct term *t)
{
	if (t->shown < 0)
		return;
	dup2(t->shown, STDERR_FILENO);
	close(t->shown);
	t->shown = -1;
	char piece[KEPT_MOST];
	off_t size = lseek(t->kept, 0, SEEK_END);
	off_t from = size > KEPT_MOST ? size - KEPT_MOST : 0;
	ssize_t n = pread(t->kept, piece, sizeof piece, from);
	close(t->kept);
	if (n <= 0)
		return;
	struct strbuf b = STRBUF_INIT;
	clean_append(&b, piece, (size_t)n, CLEAN_LINES);
	ssize_t done = write(STDERR_FILENO, b.s, b.len);
	(void)done; /* nowhere left to say so */
	strbuf_free(&b);
}

static int check_terminal(struct err *e)
{
	const char *name = getenv("TERM");
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(e, ERR_UNSUPPORTED,
			       _("the console needs a terminal for its input and output"));
	if (!name || !*name || strcmp(name, "dumb") == 0)
		return err_set(e, ERR_UNSUPPORTED,
			       _("the terminal \"%s\" can't place text on its screen (TERM)"),
			       name ? name : "");
	return 0;
}

static int start_curses(struct term *t, struct err *e)
{
	t->screen = newterm(NULL, sink_file(t->sink), stdin);
	if (!t->screen) { /* new terminals come faster than their descriptions: all are like
			     xterm */
		t->screen = newterm("xterm-256color", sink_file(t->sink), stdin);
		log_warn("terminal \"%s\" is unknown here: used as xterm-256color",
			 getenv("TERM"));
	}
	if (!t->screen)
		return err_set(e, ERR_UNSUPPORTED,
			       _("this system does not know the terminal \"%s\" (TERM)"),
			       getenv("TERM"));
	if (!capability("cup")) {
		endwin();
		delscreen(t->screen);
		return err_set(e, ERR_UNSUPPORTED,
			       _("the terminal \"%s\" can't place text on its screen (TERM)"),
			       getenv("TERM"));
	}
	nonl();
	typeahead(-1);
	leaveok(stdscr, FALSE);
	scrollok(stdscr, FALSE);
	idlok(stdscr, TRUE);
	if (has_colors()) {
		start_color();
		use_default_colors();
	}
	return 0;
}

/* Bytes as they come, nothing echoed, nothing translated. */
static void set_raw(const struct term *t)
{
	struct termios raw = t->before;
	raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON |
				   PARMRK);
	raw.c_oflag &= ~(tcflag_t)OPOST;
	raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
	raw.c_cflag = (raw.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

static void take_over(struct term *t)
{
	t->inside = true;
	tcgetattr(STDIN_FILENO, &t->before);
	arm(t);
	set_raw(t);
	sink_add(t->sink, PASTE_ON);
	sink_add(t->sink, capability("smkx"));
	if (t->mouse)
		sink_add(t->sink, MOUSE_ON);
}

struct term *term_open(struct err *e)
{
	if (check_terminal(e) < 0)
		return NULL;
	struct term *t = xcalloc(1, sizeof *t);
	t->sink = sink_new(STDOUT_FILENO, e);
	if (!t->sink || start_curses(t, e) < 0) {
		sink_free(t->sink);
		free(t);
		return NULL;
	}
	keep_stderr(t);
	take_over(t);
	term_resize(t);
	return t;
}

void term_leave(struct term *t)
{
	if (!t->inside)
		return;
	t->inside = false;
	if (t->mouse)
		sink_add(t->sink, MOUSE_OFF);
	sink_add(t->sink, PASTE_OFF);
	sink_add(t->sink, capability("rmkx"));
	curs_set(1);
	if (!capability("rmcup")) { /* the picture stays: leave its last row to the shell */
		move(t->rows - 1, 0);
		clrtoeol();
		refresh();
	}
	endwin();
	sink_drain(t->sink, LEAVE_PATIENCE);
	crash_disarm();
	tcsetattr(STDIN_FILENO, TCSADRAIN, &t->before);
}

void term_enter(struct term *t)
{
	if (t->inside)
		return;
	take_over(t);
	clearok(curscr, TRUE);
	doupdate(); /* which makes curses take the screen again */
	sink_push(t->sink);
	term_resize(t);
}

void term_close(struct term *t)
{
	if (!t)
		return;
	term_leave(t);
	give_stderr_back(t);
	delscreen(t->screen);
	sink_free(t->sink);
	free(t);
}

void term_stop(void)
{
	sigset_t stop, before;
	struct sigaction usual = {.sa_handler = SIG_DFL}, ours;
	sigaction(SIGTSTP, &usual, &ours);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &stop, &before);
	kill(0, SIGTSTP); /* the job, and we stand still here until it goes on */
	sigprocmask(SIG_SETMASK, &before, NULL);
	sigaction(SIGTSTP, &ours, NULL);
}

void term_suspend(struct term *t)
{
	term_leave(t);
	term_stop();
	term_enter(t);
}

int term_fd(const struct term *t)
{
	(void)t;
	return STDIN_FILENO;
}

int term_out_fd(const struct term *t)
{
	return sink_fd(t->sink);
}

bool term_flush(struct term *t)
{
	sink_push(t->sink);
	return sink_is_empty(t->sink);
}

bool term_is_ready(const struct term *t)
{
	struct pollfd p = {sink_fd(t->sink), POLLOUT, 0};
	return sink_is_empty(t->sink) && poll(&p, 1, 0) == 1;
}

void term_hold(struct term *t, bool on)
{
	sink_add(t->sink, on ? SYNC_ON : SYNC_OFF);
}

bool term_resize(struct term *t)
{
	struct winsize w;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) < 0 || !w.ws_row || !w.ws_col ||
	    (w.ws_row == t->rows && w.ws_col == t->columns))
		return false;
	t->rows = w.ws_row;
	t->columns = w.ws_col;
	resizeterm(t->rows, t->columns);
	clearok(curscr, TRUE); /* what the terminal made of the old picture is its own affair */
	return true;
}

void term_size(const struct term *t, int *rows, int *columns)
{
	*rows = t->rows;
	*columns = t->columns;
}

int term_colours(const struct term *t)
{
	(void)t;
	const char *none = getenv("NO_COLOR");
	return has_colors() && !(none && *none) ? COLORS : 0;
}

void term_mouse(struct term *t, bool on)
{
	t->mouse = on;
	sink_add(t->sink, on ? MOUSE_ON : MOUSE_OFF);
	sink_push(t->sink);
}

void term_bell(struct term *t)
{
	beep();
	sink_push(t->sink);
}

/* Consoles without windows keep nothing, and some show what they don't understand. */
static bool has_clipboard(void)
{
	static const char *const without[] = {"dumb", "linux", "vt", "cons", "ansi"};
	const char *name = getenv("TERM");
	for (size_t i = 0; i < ARRAY_LEN(without); i++)
		if (!name || strncmp(name, without[i], strlen(without[i])) == 0)
			return false;
	return true;
}

/* Through tmux or screen to the terminal that they are in; each escape within is doubled for
 * tmux.  Screen takes no more than 768 bytes in one go. */
static void pass_through(struct sink *s, const char *text)
{
	const char *name = getenv("TERM");
	if (getenv("TMUX")) {
		sink_add(s, "\033Ptmux;\033");
		sink_add(s, text);
		sink_add(s, "\033\\");
	} else if (name && strncmp(name, "screen", 6) == 0 && strlen(text) <= SCREEN_MOST) {
		sink_add(s, "\033P");
		sink_add(s, text);
		sink_add(s, "\033\\");
	}
}

int term_copy(struct term *t, const char *text)
{
	size_t n = strlen(text);
	if (n > COPY_MOST || !has_clipboard())
		return -1;
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, "\033]52;c;");
	base64_append(&b, text, n);
	strbuf_addc(&b, '\a');
	sink_add(t->sink, b.s);
	pass_through(t->sink, b.s);
	sink_push(t->sink);
	strbuf_free(&b);
	return 0;
}

void term_teach(const struct term *t, struct keys *k)
{
	static const struct {
		const char *name;
		uint32_t key;
	} table[] = {
		{"kcuu1", UI_KEY_UP},     {"kcud1", UI_KEY_DOWN},    {"kcub1", UI_KEY_LEFT},
		{"kcuf1", UI_KEY_RIGHT},  {"khome", UI_KEY_HOME},    {"kend", UI_KEY_END},
		{"kpp", UI_KEY_PAGE_UP},  {"knp", UI_KEY_PAGE_DOWN}, {"kich1", UI_KEY_INSERT},
		{"kdch1", UI_KEY_DELETE}, {"kcbt", UI_KEY_BACKTAB},
	};
	(void)t;
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const char *s = capability(table[i].name);
		if (s)
			keys_learn(k, s, table[i].key);
	}
	for (uint32_t i = 1; i <= 12; i++) {
		char name[16];
		snprintf(name, sizeof name, "kf%u", i);
		const char *s = capability(name);
		if (s)
			keys_learn(k, s, UI_KEY_F1 + i - 1);
	}
}
