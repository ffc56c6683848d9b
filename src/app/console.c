/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The console in a terminal: one poll over keys, worker, writer and signals. */
#include "app/console.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "app/editor.h"
#include "app/exit_code.h"
#include "app/launch.h"
#include "app/script.h"
#include "app/session.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "tty/blit.h"
#include "tty/burst.h"
#include "tty/keys.h"
#include "tty/term.h"

#define BURST_PATIENCE 5  /* ms for what comes directly behind a pasted line */
#define ESC_PATIENCE 25   /* ms, unless ESCDELAY says otherwise */
#define FIRST_PATIENCE 60 /* ms that the first frame waits for its rows */
#define FRAME_PAUSE 8     /* ms that a frame waits for more answers that are about to come */
#define TYPING 100        /* ms behind a key in which each answer is shown as it comes */

struct console {
	const struct program *program;
	struct term *term;
	struct keys *keys;
	struct blit *blit;
	struct session *session;
	struct editor *editor; /* has the terminal; NULL: we have */
	int signals;
	bool shown, over;
	bool stopped_ourselves; /* the next SIGCONT is the answer to our own stop */
	int64_t started;
	int64_t key_at;   /* when the last bytes came, monotonic */
	int64_t dirty_at; /* and when there was something new to show; CLOCK_NONE: nothing is */
};

/* --- the front -------------------------------------------------------------- */

static void front_bell(void *context)
{
	const struct console *c = context;
	if (!c->editor)
		term_bell(c->term);
}

/* Where nothing else takes it: a file that only its user can read, and that is named. */
static int copy_to_file(const struct console *c, const char *text, struct err *e)
{
	char *path = xasprintf("%s/clipboard.txt", c->program->paths.state_dir);
	size_t n = strlen(text);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool whole = fd >= 0 && write(fd, text, n) == (ssize_t)n;
	if (fd >= 0 && close(fd) < 0)
		whole = false;
	if (whole)
		err_set(e, ERR_UNSUPPORTED, _("no clipboard here: %s"), path);
	else
		err_errno(e, ERR_IO, _("can't write %s"), path);
	free(path);
	return -1;
}

static int front_copy(void *context, const char *text, struct err *e)
{
	const struct console *c = context;
	if (c->editor)
		return 0;
	if (c->program->config.clipboard)
		return launch(c->program->config.clipboard, text, e);
	return term_copy(c->term, text) == 0 ? 0 : copy_to_file(c, text, e);
}

static void front_mouse(void *context, bool on)
{
	term_mouse(((struct console *)context)->term, on);
}

static void front_redraw(void *context)
{
	struct console *c = context;
	if (c->blit)
		blit_forget(c->blit);
}

static void front_theme(void *context, const struct theme *t)
{
	struct console *c = context;
	if (c->blit)
		blit_theme(c->blit, t);
}

static void resize(struct console *c)
{
	struct event e = {.type = EVENT_RESIZE};
	term_resize(c->term);
	term_size(c->term, &e.size.rows, &e.size.columns);
	if (c->blit)
		blit_forget(c->blit);
	if (c->session)
		session_event(c->session, &e);
}

static void front_suspend(void *context)
{
	struct console *c = context;
	c->stopped_ourselves = true;
	term_suspend(c->term);
	resize(c);
}

static int front_edit(void *context, const char *folder, const char *text, struct err *e)
{
	struct console *c = context;
	term_leave(c->term);
	c->editor = editor_start(folder, text, e);
	if (c->editor)
		return 0;
	term_enter(c->term);
	resize(c);
	return -1;
}

static int front_open(void *context, const char *url, struct err *e)
{
	struct console *c = context;
	char **argv = launch_opener(&c->program->config, url, e);
	if (!argv)
		return -1;
	int rc = 0;
	if (!c->program->config.opener_terminal) {
		rc = launch(argv, NULL, e);
	} else {
		term_leave(c->term);
		c->editor = editor_run(argv, e);
		if (!c->editor) {
			term_enter(c->term);
			resize(c);
			rc = -1;
		}
	}
	launch_free(argv);
	return rc;
}

/* --- the editor ------------------------------------------------------------- */

/* Its text goes to the screens, also where there is no terminal to come back to. */
static void end_editor(struct console *c)
{
	struct err e = ERR_INIT;
	bool edits = editor_has_text(c->editor);
	char *text = editor_finish(c->editor, &e);
	c->editor = NULL;
	if (!c->over) {
		term_enter(c->term);
		resize(c);
	}
	if (e.code)
		log_warn("editor: %s", e.text);
	if (edits)
		session_edited(c->session, text, e.code ? e.text : NULL);
	free(text);
}

static void look_at_editor(struct console *c)
{
	enum editor_state s = c->editor ? editor_look(c->editor) : EDITOR_RUNS;
	if (s == EDITOR_OVER) {
		end_editor(c);
	} else if (s == EDITOR_STOPPED) {
		c->stopped_ourselves = true;
		term_stop();
		editor_go_on(c->editor);
	}
}

/* --- signals ---------------------------------------------------------------- */

static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP,  SIGINT,  SIGQUIT, SIGTSTP,
			      SIGCONT,  SIGCHLD, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM};

static void watched_set(sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
		sigaddset(set, watched[i]);
}

/* Before any thread starts: they inherit the mask. */
static int watch_signals(void)
{
	sigset_t set;
	watched_set(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Somebody else stopped us and the shell used the terminal meanwhile. */
static void go_on(struct console *c)
{
	if (!c->stopped_ourselves && !c->editor) {
		term_leave(c->term);
		term_enter(c->term);
		resize(c);
	}
	c->stopped_ourselves = false;
}

static void take_signals(struct console *c)
{
	struct signalfd_siginfo s;
	while (read(c->signals, &s, sizeof s) == (ssize_t)sizeof s) {
		switch (s.ssi_signo) {
		case SIGWINCH:
			resize(c);
			break;
		case SIGTSTP:
			if (!c->editor)
				front_suspend(c);
			break;
		case SIGCONT:
			go_on(c);
			break;
		case SIGCHLD:
			look_at_editor(c); /* the link looks after its own child */
			break;
		default:
			log_info("ended by signal %d", (int)s.ssi_signo);
			c->over = true;
			break;
		}
	}
}

/* --- the loop --------------------------------------------------------------- */

/* One read, and what comes right behind a line break in it: most likely the rest of a paste. */
static ssize_t read_burst(const struct console *c, char *bytes, size_t size)
{
	struct pollfd more = {term_fd(c->term), POLLIN, 0};
	ssize_t n = read(more.fd, bytes, size);
	if (n <= 0 || !burst_may_go_on(bytes, (size_t)n, session_has_line(c->session)) ||
	    poll(&more, 1, BURST_PATIENCE) <= 0)
		return n;
	ssize_t rest = read(more.fd, bytes + n, size - (size_t)n);
	return rest > 0 ? n + rest : n;
}

static void feed(struct console *c, const char *bytes, size_t n)
{
	bool between = keys_patience(c->keys) < 0;
	if (between && burst_is_paste(bytes, n, session_has_line(c->session)))
		keys_feed_pasted(c->keys, bytes, n);
	else
		keys_feed(c->keys, bytes, n);
}

static void take_keys(struct console *c)
{
	char bytes[4096];
	struct event e;
	ssize_t n = read_burst(c, bytes, sizeof bytes);
	if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
		c->over = true; /* the terminal hung up */
	if (n <= 0)
		return;
	c->key_at = clock_monotonic();
	feed(c, bytes, (size_t)n);
	while (!session_is_over(c->session) && !c->editor && keys_next(c->keys, &e))
		session_event(c->session, &e);
}

/* How long the decoder still waits for the rest of a sequence. */
static int key_patience(const struct console *c)
{
	int most = keys_patience(c->keys);
	if (most < 0)
		return -1;
	int64_t left = c->key_at + most - clock_monotonic();
	return left < 0 ? 0 : (int)left;
}

static void expire_keys(struct console *c)
{
	struct event e;
	if (key_patience(c) != 0 || !keys_expire(c->keys, &e))
		return;
	bool bare = e.type == EVENT_PASTE && keys_paste_was_bare(c->keys);
	session_event(c->session, &e);
	if (bare && session_has_line(c->session))
		session_event(c->session,
			      &(struct event){
				      .type = EVENT_NOTICE,
				      .text = _("several lines came at once: taken as pasted, "
						"not run; Enter runs them as one")});
}

/* Milliseconds that a frame waits for what is about to come, so that an overview is not drawn
 * for each of its parts; 0: none. */
static int frame_patience(struct console *c)
{
	int64_t now = clock_monotonic(), until;
	if (!session_is_dirty(c->session)) {
		c->dirty_at = CLOCK_NONE;
		return 0;
	}
	if (c->dirty_at == CLOCK_NONE)
		c->dirty_at = now;
	if (!c->shown)
		until = session_has_rows(c->session) ? now : c->started + FIRST_PATIENCE;
	else if (now - c->key_at < TYPING || !session_is_busy(c->session))
		until = now;
	else
		until = c->dirty_at + FRAME_PAUSE;
	return until > now ? (int)(until - now) : 0;
}

/* Shows what changed, unless the terminal has not taken the last frame yet: a slow line gets
 * fewer frames, never older ones.  Returns whether it has to be tried again. */
static bool show(struct console *c)
{
	if (c->editor)
		return false;
	if (!term_flush(c->term))
		return true;
	if (!session_is_dirty(c->session) || frame_patience(c) > 0)
		return false;
	if (!term_is_ready(c->term))
		return true;
	blit_frame(c->blit, session_draw(c->session));
	c->dirty_at = CLOCK_NONE;
	if (!c->shown) {
		c->shown = true;
		session_connect(c->session);
	}
	return !term_flush(c->term);
}

static void sooner(int *patience, int other)
{
	if (other >= 0 && (*patience < 0 || other < *patience))
		*patience = other;
}

static void wait_and_take(struct console *c, bool frame_waits)
{
	struct pollfd fds[3 + SESSION_FDS] = {
		{c->editor ? -1 : term_fd(c->term), POLLIN, 0},
		{c->signals, POLLIN, 0},
		{frame_waits ? term_out_fd(c->term) : -1, POLLOUT, 0},
	};
	int patience, frame = frame_patience(c);
	session_poll(c->session, fds + 3, &patience);
	sooner(&patience, key_patience(c));
	if (frame)
		sooner(&patience, frame);
	if (poll(fds, sizeof fds / sizeof *fds, patience) < 0 && errno != EINTR)
		c->over = true;
	if (fds[1].revents)
		take_signals(c);
	if (!c->over && fds[0].revents)
		take_keys(c);
	else
		expire_keys(c);
}

static void loop(struct console *c)
{
	while (!c->over && !session_is_over(c->session)) {
		bool frame_waits = show(c);
		wait_and_take(c, frame_waits);
		if (!c->over)
			session_step(c->session);
	}
}

/* --- beginning and end ------------------------------------------------------ */

static int esc_patience(void)
{
	const char *text = getenv("ESCDELAY");
	int ms = text ? atoi(text) : 0;
	return ms > 0 && ms <= 2000 ? ms : ESC_PATIENCE;
}

static int start(struct console *c, struct program *p, const struct console_options *o,
		 struct err *e)
{
	const struct front front = {.bell = front_bell,
				    .copy = front_copy,
				    .open = front_open,
				    .mouse = front_mouse,
				    .redraw = front_redraw,
				    .suspend = front_suspend,
				    .edit = front_edit,
				    .theme = front_theme,
				    .context = c};
	int rows, columns;
	c->program = p;
	c->started = clock_monotonic();
	c->session = session_new(p, o, &front, e);
	if (!c->session)
		return -1;
	c->term = term_open(e);
	if (!c->term)
		return -1;
	term_size(c->term, &rows, &columns);
	session_begin(c->session, rows, columns);
	c->keys = keys_new(esc_patience());
	term_teach(c->term, c->keys);
	c->blit = blit_new(c->term, session_theme(c->session));
	if (o->mouse || p->config.mouse)
		term_mouse(c->term, true);
	if (o->command && session_command(c->session, o->command, e) < 0)
		return -1;
	return 0;
}

static int in_terminal(struct program *p, const struct console_options *o)
{
	struct console c = {.signals = watch_signals(), .dirty_at = CLOCK_NONE};
	struct err e = ERR_INIT;
	int started = start(&c, p, o, &e);
	if (started == 0)
		loop(&c);
	if (c.editor) {
		editor_hang_up(c.editor);
		end_editor(&c);
	}
	session_free(c.session);
	blit_free(c.blit);
	keys_free(c.keys);
	term_close(c.term);
	if (c.signals >= 0)
		close(c.signals);
	if (started == 0)
		return EXIT_OK;
	if (e.code == ERR_UNSUPPORTED)
		fprintf(stderr, "ioc: %s\n%s\n", e.text,
			_("In lines: ioc shell.  Without a terminal: ioc export, ioc count, "
			  "ioc "
			  "show, ioc status (ioc --help)."));
	else
		program_fail("", &e);
	return exit_code_of(&e);
}

int console_main(struct program *p, const struct console_options *o)
{
	struct err e = ERR_INIT;
	if (paths_make(&p->paths, &e) < 0)
		return program_fail("", &e);
	int level = log_level_parse(p->config.log_level);
	if (level >= 0)
		log_set_level((enum log_level)level);
	if (log_open(p->paths.log) < 0)
		err_errno(&e, ERR_IO, _("can't write %s"), p->paths.log);
	return o->script ? script_main(p, o) : in_terminal(p, o);
}
