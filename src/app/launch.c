/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"

#define URL_MOST 4096

/* --- starting ------------------------------------------------------------------ */

/* What is written to a pipe before anybody reads it waits for nobody as long as it fits. */
static int input_of(const char *input, struct err *e)
{
	size_t n = input ? strlen(input) : 0;
	int ends[2];
	if (!input)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (n > LAUNCH_INPUT)
		return err_set(e, ERR_LIMIT, _("too long for the clipboard: %zu bytes"), n);
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return err_errno(e, ERR_IO, _("can't start %s"), "pipe");
	bool whole = write(ends[1], input, n) == (ssize_t)n;
	close(ends[1]);
	if (whole && fcntl(ends[0], F_SETFL, 0) == 0)
		return ends[0];
	close(ends[0]);
	return err_set(e, ERR_IO, _("too long for the clipboard: %zu bytes"), n);
}

/* In the child's child, which nobody waits for.  Only what is safe after a fork. */
static void be_program(char *const *argv, int in, int nothing, int told)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	dup2(in, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO);
	execvp(argv[0], argv);
	int why = errno;
	_exit(write(told, &why, sizeof why) == sizeof why ? 127 : 126);
}

/* Whether it could be started is told through a pipe that closes when it runs. */
static int spawn(char *const *argv, int in, int nothing, int told[2])
{
	int why = 0;
	pid_t pid = fork();
	if (pid == 0) {
		setsid();
		pid_t program = fork();
		if (program == 0)
			be_program(argv, in, nothing, told[1]);
		_exit(program < 0);
	}
	int failed = pid < 0 ? errno : 0;
	close(told[1]);
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (!failed && read(told[0], &why, sizeof why) == sizeof why)
		failed = why;
	close(told[0]);
	return failed;
}

int launch(char *const *argv, const char *input, struct err *e)
{
	int told[2], in = input_of(input, e), nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int rc = -1;
	if (in >= 0 && (nothing < 0 || pipe2(told, O_CLOEXEC) < 0))
		err_errno(e, ERR_IO, _("can't start %s"), argv[0]);
	else if (in >= 0) {
		errno = spawn(argv, in, nothing, told);
		rc = errno ? err_errno(e, ERR_NOT_FOUND, _("can't start %s"), argv[0]) : 0;
	}
	if (in >= 0)
		close(in);
	if (nothing >= 0)
		close(nothing);
	return rc;
}

/* --- addresses ------------------------------------------------------------------ */

static bool has_scheme(const char *url, const char *scheme)
{
	size_t n = strlen(scheme);
	return n && strncasecmp(url, scheme, n) == 0 && url[n] == ':' && url[n + 1];
}

static bool scheme_is_allowed(const struct config *c, const char *url)
{
	if (has_scheme(url, "http") || has_scheme(url, "https"))
		return true;
	for (char **s = c->opener_schemes; s && *s; s++)
		if (has_scheme(url, *s))
			return true;
	return false;
}

static int check(const struct config *c, const char *url, struct err *e)
{
	size_t n = strlen(url);
	if (!scheme_is_allowed(c, url))
		return err_set(e, ERR_PERMISSION,
			       _("only http, https and opener_schemes are opened, not %.60s"),
			       url);
	bool fits = n < URL_MOST;
	for (size_t i = 0; i < n; i++)
		fits &= (unsigned char)url[i] > ' ' && (unsigned char)url[i] < 0x7f;
	return fits ? 0 : err_set(e, ERR_PERMISSION, "%s", _("this is no address"));
}

char **launch_opener(const struct config *c, const char *url, struct err *e)
{
	size_t n = 0;
	if (!c->opener) {
		err_set(e, ERR_UNSUPPORTED, "%s",
			_("no program is named for this: opener: [xdg-open] in config.yaml"));
		return NULL;
	}
	if (check(c, url, e) < 0)
		return NULL;
	while (c->opener[n])
		n++;
	char **argv = xcalloc(n + 2, sizeof *argv);
	for (size_t i = 0; i < n; i++)
		argv[i] = xstrdup(c->opener[i]);
	argv[n] = xstrdup(url);
	return argv;
}

void launch_free(char **argv)
{
	for (char **s = argv; s && *s; s++)
		free(*s);
	free(argv);
}
