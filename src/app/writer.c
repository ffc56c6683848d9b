/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "text/clean.h"

#define START_PATIENCE (8 * SECOND)
#define ASK_PATIENCE 5000
#define LOOK_AGAIN 20 /* ms between tries to connect */

/* Signals as a new program expects them, in a session of its own: the operator's Ctrl-C and
 * hang-up are not meant for it. */
static int spawn(struct writer_child *c, const char **argv, int complaints)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&files, complaints, STDERR_FILENO);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
						POSIX_SPAWN_SETSID);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	int error = posix_spawn(&c->pid, argv[0], &files, &attr, (char *const *)argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return error;
}

int writer_start(struct writer_child *c, const struct program *p, struct err *e)
{
	int ends[2];
	*c = (struct writer_child)WRITER_CHILD_NONE;
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return err_errno(e, ERR_IO, _("can't start the writer"));
	char *program = xasprintf("%s/ioc-sync", p->paths.exec_dir);
	const char *argv[] = {program, "--profile", p->profile ? p->profile : "default",
			      "--follow", NULL};
	int error = spawn(c, argv, ends[1]);
	close(ends[1]);
	if (error) {
		close(ends[0]);
		c->pid = 0;
		errno = error;
		err_errno(e, ERR_IO, _("can't start %s"), program);
	} else {
		c->complaints = ends[0];
		log_info("started %s, pid %d", program, (int)c->pid);
	}
	free(program);
	return error ? -1 : 0;
}

/* Keeps the last line of what it says on standard error. */
static void listen_to(struct writer_child *c)
{
	char piece[512];
	ssize_t n;
	while (c->complaints >= 0 && (n = read(c->complaints, piece, sizeof piece)) > 0)
		for (ssize_t i = 0; i < n; i++) {
			if (c->line_ended)
				c->n = 0;
			c->line_ended = piece[i] == '\n';
			if (!c->line_ended && c->n < sizeof c->reason)
				c->reason[c->n++] = piece[i];
		}
}

static void close_complaints(struct writer_child *c)
{
	if (c->complaints >= 0)
		close(c->complaints);
	c->complaints = -1;
}

bool writer_child_runs(struct writer_child *c, struct err *e)
{
	int status;
	if (!c->pid)
		return false;
	listen_to(c);
	pid_t ended = waitpid(c->pid, &status, WNOHANG);
	if (ended == 0)
		return true;
	listen_to(c);
	close_complaints(c);
	c->pid = 0;
	if (ended < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
		return false;
	struct strbuf b = STRBUF_INIT;
	clean_append(&b, c->reason, c->n, 0);
	if (WIFSIGNALED(status))
		err_set(e, ERR_IO, _("the writer (ioc sync) was ended by signal %d"),
			WTERMSIG(status));
	else
		err_set(e, ERR_IO, "%s",
			b.len ? b.s : _("the writer (ioc sync) stopped at once"));
	if (e)
		log_warn("writer: %s", e->text);
	strbuf_free(&b);
	return false;
}

void writer_child_forget(struct writer_child *c)
{
	close_complaints(c);
	c->pid = 0;
}

/* Tries to connect until the writer that is being started listens. */
static int await_writer(const struct program *p, struct control *c, struct err *e)
{
	struct writer_child child;
	if (writer_start(&child, p, e) < 0)
		return -1;
	int64_t end = clock_monotonic() + START_PATIENCE;
	bool failed = false;
	while (!failed && clock_monotonic() < end) {
		if (control_connect(p->paths.socket, c, e) == 0) {
			writer_child_forget(&child);
			return 0;
		}
		struct err why = ERR_INIT;
		failed = !writer_child_runs(&child, &why) && why.code != ERR_NONE;
		if (failed)
			*e = why;
		poll(NULL, 0, LOOK_AGAIN);
	}
	writer_child_forget(&child);
	return -1;
}

int writer_connect(const struct program *p, bool start, struct control *c, struct err *e)
{
	if (control_connect(p->paths.socket, c, e) == 0)
		return 0;
	return start && e->code == ERR_NOT_FOUND ? await_writer(p, c, e) : -1;
}

const char *writer_user(void)
{
	const struct passwd *user = getpwuid(getuid());
	return user ? user->pw_name : "?";
}

int writer_audit(const struct program *p, const char *action, const char *object,
		 int64_t version, const char *reason, struct err *e)
{
	struct control c;
	const char *from = getenv("SSH_CONNECTION");
	if (writer_connect(p, true, &c, e) == 0) {
		json_t *command = json_pack(
			"{s:s, s:i, s:s, s:s, s:s, s:s, s:I, s:s}", "command", "audit", "id", 1,
			"who", writer_user(), "from", from ? from : "local", "action", action,
			"object", object, "version", (json_int_t)version, "reason", reason);
		json_t *answer = command ? control_ask(&c, command, ASK_PATIENCE, e) : NULL;
		control_close(&c);
		json_decref(command);
		json_decref(answer);
		if (answer)
			return 0;
	}
	e->code = ERR_PERMISSION;
	return err_prefix(e, _("personal data is shown only when that can be recorded"));
}

int writer_audit_rows(const struct program *p, const char *action, const struct kind *k,
		      const struct rows_columns *columns, const char *filter,
		      const char *reason, struct err *e)
{
	if (!rows_columns_are_personal(columns, k))
		return 0;
	char *object = xasprintf("%s %s", k->plural, filter ? filter : "");
	int rc = writer_audit(p, action, object, 0, reason ? reason : "", e);
	free(object);
	return rc;
}
