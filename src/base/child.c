/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

#define OUT_MOST (64 * 1024)
#define GRACE_MS 100

extern char **environ;

/* The child must not inherit signals that we block for our own loop. */
static int spawn(char *const *argv, int in, int out, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none;
	sigemptyset(&none);
	posix_spawn_file_actions_init(&actions);
	if (in < 0)
		posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	else
		posix_spawn_file_actions_adddup2(&actions, in, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
	int failed = posix_spawnp(pid, argv[0], &actions, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

/* Starts it with this as standard input; -1: none. */
static int start(struct child *c, char *const *argv, int in, int64_t timeout_ms)
{
	int pipe_fds[2];
	pid_t pid;
	if (pipe2(pipe_fds, O_CLOEXEC | O_NONBLOCK) < 0)
		return -1;
	int failed = spawn(argv, in, pipe_fds[1], &pid);
	close(pipe_fds[1]);
	if (failed) {
		close(pipe_fds[0]);
		errno = failed;
		return -1;
	}
	c->pid = pid;
	c->fd = pipe_fds[0];
	c->deadline = clock_monotonic() + timeout_ms;
	return 0;
}

int child_start(struct child *c, char *const *argv, int64_t timeout_ms)
{
	child_stop(c);
	return start(c, argv, -1, timeout_ms);
}

/* A pipe holds 64 KiB, so nobody has to wait until the child reads. */
int child_start_with(struct child *c, char *const *argv, const char *input, size_t n,
		     int64_t timeout_ms)
{
	int fds[2];
	child_stop(c);
	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	bool fits = n <= CHILD_INPUT && fcntl(fds[1], F_SETFL, O_NONBLOCK) == 0 &&
		    write(fds[1], input, n) == (ssize_t)n;
	close(fds[1]);
	int rc = -1;
	if (fits)
		rc = start(c, argv, fds[0], timeout_ms);
	else
		errno = EMSGSIZE;
	int why = errno;
	close(fds[0]);
	errno = why;
	return rc;
}

void child_stop(struct child *c)
{
	if (c->fd >= 0) {
		close(c->fd);
		kill(-c->pid, SIGKILL);
		waitpid(c->pid, NULL, 0);
	}
	strbuf_free(&c->out);
	*c = (struct child)CHILD_INIT;
}

int child_turn(struct child *c)
{
	char piece[4096];
	ssize_t n;
	if (clock_monotonic() >= c->deadline)
		return -1;
	while ((n = read(c->fd, piece, sizeof piece)) > 0 && c->out.len <= OUT_MOST)
		strbuf_add(&c->out, piece, (size_t)n);
	if (c->out.len > OUT_MOST)
		return -1;
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	/* It has closed its output and ends any moment now. */
	int status = 0;
	pid_t ended = 0;
	for (int i = 0; i < GRACE_MS && (ended = waitpid(c->pid, &status, WNOHANG)) == 0; i++)
		usleep(1000);
	if (ended == 0)
		return -1;
	close(c->fd);
	c->fd = -1;
	return ended == c->pid && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 1 : -1;
}
