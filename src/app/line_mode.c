/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/launch.h"
#include "app/line_mode.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/exit_code.h"
#include "app/point.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "ui/app.h"
#include "ui/command.h"
#include "ui/runner.h"
#include "ui/spoken.h"

#define ROWS 24 /* of the screen that there is not */
#define ARGUMENTS_MOST 64
#define LOOK_AGAIN 10 /* ms: the worker gives an answer away a moment before it is idle */

extern char **environ;

/* --- a front without a screen ----------------------------------------------- */

static void bell(void *context)
{
	(void)context;
	if (isatty(STDOUT_FILENO))
		fputc('\a', stdout);
}

static int copy(void *context, const char *text, struct err *e)
{
	const struct line_mode *m = context;
	char **clipboard = m->program->config.clipboard;
	if (clipboard)
		return launch(clipboard, text, e);
	return err_set(e, ERR_UNSUPPORTED, "%s", _("nothing can be copied in line mode"));
}

/* What works in the terminal would be in the way of the lines. */
static int open_address(void *context, const char *url, struct err *e)
{
	const struct config *c = &((const struct line_mode *)context)->program->config;
	if (c->opener_terminal)
		return err_set(e, ERR_UNSUPPORTED, _("open it yourself: %s"), url);
	char **argv = launch_opener(c, url, e);
	int rc = argv ? launch(argv, NULL, e) : -1;
	launch_free(argv);
	return rc;
}

static int edit(void *context, const char *folder, const char *text, struct err *e)
{
	(void)context;
	(void)folder;
	(void)text;
	return err_set(e, ERR_UNSUPPORTED, "%s", _("an editor needs a terminal"));
}

/* The line is typed where all lines are: as the command that it stands for. */
static void prompt(void *context, enum prompt_use use, const char *text)
{
	struct line_mode *m = context;
	free(m->wanted);
	m->wanted = xasprintf("%s%s",
			      use == PROMPT_COMMAND  ? ""
			      : use == PROMPT_SEARCH ? "search "
						     : "find ",
			      text);
}

/* --- beginning and end ------------------------------------------------------ */

static int watch_signals(void)
{
	static const int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH};
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < ARRAY_LEN(watched); i++)
		sigaddset(&set, watched[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int line_mode_start(struct line_mode *m, struct program *p, const struct console_options *o,
		    struct err *e)
{
	*m = (struct line_mode){.program = p,
				.options = *o,
				.columns = LINE_MODE_COLUMNS,
				.place = STRBUF_INIT,
				.base = STRBUF_INIT,
				.text = STRBUF_INIT};
	const struct front front = {.bell = bell,
				    .copy = copy,
				    .open = open_address,
				    .edit = edit,
				    .prompt = prompt,
				    .context = m};
	m->signals = watch_signals();
	m->session = session_new(p, &m->options, &front, e);
	if (!m->session)
		return -1;
	session_begin(m->session, ROWS, LINE_MODE_COLUMNS);
	session_connect(m->session);
	return 0;
}

void line_mode_end(struct line_mode *m)
{
	session_free(m->session);
	if (m->signals >= 0)
		close(m->signals);
	strbuf_free(&m->place);
	strbuf_free(&m->base);
	strbuf_free(&m->text);
	free(m->wanted);
}

/* --- waiting ---------------------------------------------------------------- */

bool line_mode_is_up(const struct line_mode *m)
{
	return session_is_up(m->session);
}

bool line_mode_is_settled(const struct line_mode *m)
{
	return session_is_settled(m->session);
}

static void take_signals(struct line_mode *m)
{
	struct signalfd_siginfo s;
	while (read(m->signals, &s, sizeof s) == (ssize_t)sizeof s) {
		m->interrupted |= s.ssi_signo == SIGINT;
		m->over |= s.ssi_signo == SIGTERM || s.ssi_signo == SIGHUP;
	}
}

void line_mode_step(struct line_mode *m, struct pollfd *extra, int patience)
{
	struct pollfd fds[2 + SESSION_FDS];
	int own;
	session_poll(m->session, fds, &own);
	fds[SESSION_FDS] = (struct pollfd){m->signals, POLLIN, 0};
	fds[SESSION_FDS + 1] = *extra;
	if (own < 0 || (patience >= 0 && patience < own))
		own = patience;
	poll(fds, ARRAY_LEN(fds), own);
	*extra = fds[SESSION_FDS + 1];
	if (fds[SESSION_FDS].revents)
		take_signals(m);
	session_step(m->session);
	m->over |= session_is_over(m->session);
}

bool line_mode_wait(struct line_mode *m, bool (*done)(const struct line_mode *), int64_t most)
{
	int64_t end = clock_monotonic() + most;
	struct pollfd none = {-1, 0, 0};
	session_step(m->session);
	while (!done(m)) {
		int64_t left = end - clock_monotonic();
		if (left <= 0 || m->interrupted || m->over)
			return false;
		line_mode_step(m, &none, (int)(left < LOOK_AGAIN ? left : LOOK_AGAIN));
	}
	return true;
}

/* --- verbs ------------------------------------------------------------------ */

/* Takes the next word off *text; quotes hold one together. */
static bool next_word(const char **text, struct strbuf *word)
{
	const char *s = *text + strspn(*text, " \t");
	char quote = 0;
	strbuf_clear(word);
	if (!*s)
		return false;
	for (; *s && (quote || !strchr(" \t", *s)); s++) {
		if (quote ? *s == quote : *s == '"' || *s == '\'')
			quote = quote ? 0 : *s;
		else
			strbuf_addc(word, *s);
	}
	*text = s;
	return true;
}

/* With the profile and language that we have. */
static size_t arguments(const struct line_mode *m, const char *line, char **list)
{
	struct strbuf word = STRBUF_INIT;
	size_t n = 0;
	list[n++] = xstrdup("ioc");
	if (m->program->profile) {
		list[n++] = xstrdup("--profile");
		list[n++] = xstrdup(m->program->profile);
	}
	list[n++] = xstrdup("--language");
	list[n++] = xstrdup(m->program->language);
	if (m->options.clock != CLOCK_NONE) {
		char now[CLOCK_TEXT];
		list[n++] = xstrdup("--clock");
		clock_format_utc(clock_now(), now);
		list[n++] = xstrdup(now);
	}
	while (n + 1 < ARGUMENTS_MOST && next_word(&line, &word))
		list[n++] = xstrdup(word.s);
	list[n] = NULL;
	strbuf_free(&word);
	return n;
}

static int spawn(char **argv, pid_t *pid)
{
	posix_spawnattr_t attr;
	sigset_t none, usual;
	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &usual);
	int error = posix_spawn(pid, "/proc/self/exe", NULL, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	return error;
}

/* The verb is a process of its own: what it holds ends with it, and Ctrl-C ends it alone. */
static int run_verb(struct line_mode *m, const char *line, struct err *e)
{
	char *argv[ARGUMENTS_MOST];
	size_t n = arguments(m, line, argv);
	pid_t pid;
	int status = 0;
	fflush(stdout);
	int error = spawn(argv, &pid);
	while (n)
		free(argv[--n]);
	errno = error;
	if (error)
		return err_errno(e, ERR_IO, _("can't start %s"), "ioc"), exit_code_of(e);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	m->ran_verb = true;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* "ioc export …", or the name of a verb that no command has. */
static bool is_verb(const char *line)
{
	char name[32];
	size_t n = strcspn(line, " \t");
	if (n == 3 && strncmp(line, "ioc", 3) == 0)
		return true;
	if (n >= sizeof name)
		return false;
	memcpy(name, line, n);
	name[n] = '\0';
	for (size_t i = 0; command_nth(i); i++)
		if (strcmp(command_nth(i)->name, name) == 0)
			return false;
	for (const struct verb *v = verbs; v->cli; v++)
		if (strcmp(v->cli->verb, name) == 0)
			return true;
	return false;
}

/* --- one line --------------------------------------------------------------- */

static int run_command(struct line_mode *m, const char *line, struct err *e)
{
	int rc = session_command(m->session, line, e);
	m->over |= session_is_over(m->session);
	return rc < 0 ? exit_code_of(e) : EXIT_OK;
}

int line_mode_run(struct line_mode *m, const char *line, struct err *e)
{
	line += strspn(line, " \t:");
	m->ran_verb = false;
	if (line[strspn(line, "0123456789")] == '\0') {
		char *command = xasprintf("open %s", line);
		int rc = run_command(m, command, e);
		free(command);
		return rc;
	}
	if (strcmp(line, "exit") == 0)
		line = "quit";
	if (!is_verb(line))
		return run_command(m, line, e);
	if (strncmp(line, "ioc", 3) == 0 && strchr(" \t", line[3]))
		line += 3;
	return run_verb(m, line, e);
}

/* --- what is told ----------------------------------------------------------- */

void line_mode_messages(struct line_mode *m, bool news, struct strbuf *out,
			struct strbuf *problems)
{
	struct app *a = session_app(m->session);
	spoken_messages(a, out, problems);
	if (news)
		news_tell(a, out);
}

bool line_mode_point(struct line_mode *m, struct strbuf *out)
{
	size_t at;
	char *line = runner_take_wrong(session_app(m->session), &at);
	if (line) {
		point_at(out, line, at);
		strbuf_addc(out, '\n');
	}
	free(line);
	return line != NULL;
}

/* Whether it is what was told last; coming back to it from what lay over it, it still is. */
static bool is_told(const struct line_mode *m, const char *place)
{
	bool base = spoken_is_base(session_app(m->session));
	return strcmp(place, base ? m->base.s : m->place.s) == 0;
}

static void note_place(struct line_mode *m, const char *place)
{
	strbuf_clear(&m->place);
	strbuf_adds(&m->place, place);
	if (!spoken_is_base(session_app(m->session)))
		return;
	strbuf_clear(&m->base);
	strbuf_adds(&m->base, place);
}

bool line_mode_tell(struct line_mode *m, bool always, struct strbuf *out)
{
	struct app *a = session_app(m->session);
	struct strbuf place = STRBUF_INIT;
	if (dialog_is_open(a))
		return false;
	bool wanted = spoken_is_wanted(a) || always;
	spoken_place(a, &place);
	bool tells = wanted || !is_told(m, place.s);
	note_place(m, place.s);
	strbuf_free(&place);
	if (!tells)
		return false;
	strbuf_clear(&m->text);
	app_tell(a, &m->text, m->columns);
	strbuf_add(out, m->text.s, m->text.len);
	return true;
}
