/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The editor has a process group of its own in the foreground: Ctrl-C and Ctrl-Z are its alone.
 * Whatever becomes of it, the text as it was is in the draft already. */
#include "app/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "app/assets.h"
#include "base/alloc.h"
#include "base/argv.h"
#include "base/i18n.h"
#include "base/log.h"
#include "text/clean.h"
#include "ui/edit.h"

#define HANG_UP_MS 2000

struct editor {
	pid_t pid; /* 0: it is over */
	int status;
	int lock; /* on the folder, as long as this console cares for it */
	char *name, *folder, *file, *text; /* of the program; where the text is; as it was */
	struct termios modes;
	bool has_modes;
};

static void set_foreground(pid_t group)
{
	sigset_t set, before;
	sigemptyset(&set);
	sigaddset(&set, SIGTTOU); /* we may be in the background just now */
	pthread_sigmask(SIG_BLOCK, &set, &before);
	tcsetpgrp(STDIN_FILENO, group);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* --- the file ------------------------------------------------------------- */

static int write_all(int fd, const char *s, size_t n)
{
	while (n) {
		ssize_t done = write(fd, s, n);
		if (done < 0 && errno != EINTR)
			return -1;
		if (done > 0) {
			s += done;
			n -= (size_t)done;
		}
	}
	return 0;
}

static int make_file(struct editor *ed, const char *folder, struct err *e)
{
	char *name = xasprintf("%s/edit-XXXXXX", folder);
	if (!mkdtemp(name)) {
		err_errno(e, ERR_IO, _("can't make %s"), name);
		free(name);
		return -1;
	}
	ed->folder = name;
	ed->lock = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (ed->lock >= 0)
		flock(ed->lock, LOCK_SH | LOCK_NB);
	ed->file = xasprintf("%s/text.txt", name);
	int fd = open(ed->file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	size_t n = strlen(ed->text);
	bool ends = n && ed->text[n - 1] != '\n'; /* editors end the last line */
	int rc = fd < 0 || write_all(fd, ed->text, n) < 0 ||
				 (ends && write_all(fd, "\n", 1) < 0)
			 ? -1
			 : 0;
	if (rc < 0)
		err_errno(e, ERR_IO, _("can't write %s"), ed->file);
	if (fd >= 0)
		close(fd);
	return rc;
}

/* What an editor leaves beside it, a swap file or a copy, stays. */
static void remove_file(struct editor *ed)
{
	if (ed->file)
		unlink(ed->file);
	if (ed->folder && rmdir(ed->folder) < 0)
		log_warn("%s: %s", ed->folder, strerror(errno));
}

static void editor_free(struct editor *ed)
{
	if (ed->lock >= 0)
		close(ed->lock);
	free(ed->name);
	free(ed->folder);
	free(ed->file);
	free(ed->text);
	free(ed);
}

char *editor_left_behind(const char *folder)
{
	char *pattern = xasprintf("%s/edit-*", folder), *found = NULL;
	glob_t g = {0};
	if (glob(pattern, 0, NULL, &g) != 0)
		g.gl_pathc = 0;
	for (size_t i = 0; i < g.gl_pathc && !found; i++) {
		int fd = open(g.gl_pathv[i], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		char *file = xasprintf("%s/text.txt", g.gl_pathv[i]);
		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && access(file, R_OK) == 0)
			found = xstrdup(file);
		free(file);
		if (fd >= 0)
			close(fd);
	}
	globfree(&g);
	free(pattern);
	return found;
}

/* --- the program ---------------------------------------------------------- */

static const char *command_of(void)
{
	static const char *const names[] = {"VISUAL", "EDITOR"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *s = getenv(names[i]);
		if (s && s[strspn(s, " \t")])
			return s;
	}
	return "vi";
}

static void be_editor(char **argv, int told)
{
	sigset_t none;
	setpgid(0, 0);
	set_foreground(getpid());
	dup2(STDOUT_FILENO, STDERR_FILENO); /* ours is kept aside while the console draws */
	sigemptyset(&none);
	pthread_sigmask(SIG_SETMASK, &none, NULL);
	execvp(argv[0], argv);
	int why = errno;
	ssize_t done = write(told, &why, sizeof why);
	_exit(done == sizeof why ? 127 : 126);
}

/* Whether it could be started is told through a pipe that closes when it runs. */
static int spawn(struct editor *ed, char **argv, struct err *e)
{
	int told[2], why = 0;
	if (pipe2(told, O_CLOEXEC) < 0)
		return err_errno(e, ERR_IO, _("can't start the editor %s"), argv[0]);
	ed->pid = fork();
	if (ed->pid == 0)
		be_editor(argv, told[1]);
	close(told[1]);
	ssize_t n = ed->pid < 0 ? -1 : read(told[0], &why, sizeof why);
	close(told[0]);
	if (n == 0)
		return 0;
	if (ed->pid > 0)
		waitpid(ed->pid, NULL, 0);
	ed->pid = 0;
	set_foreground(getpgrp());
	errno = why ? why : errno;
	return err_errno(e, ERR_NOT_FOUND,
			 _("can't start the editor %s (VISUAL or EDITOR names it)"), argv[0]);
}

static int start(struct editor *ed, const char *folder, struct err *e)
{
	char **argv = argv_split(command_of(), e);
	if (!argv)
		return err_prefix(e, "VISUAL, EDITOR");
	ed->name = xstrdup(argv[0]);
	int rc = make_file(ed, folder, e);
	size_t n = 0;
	while (argv[n])
		n++;
	argv[n] = rc == 0 ? xstrdup(ed->file) : NULL;
	if (rc == 0)
		rc = spawn(ed, argv, e);
	argv_free(argv);
	return rc;
}

struct editor *editor_start(const char *folder, const char *text, struct err *e)
{
	struct editor *ed = xcalloc(1, sizeof *ed);
	ed->text = xstrdup(text);
	ed->lock = -1;
	ed->has_modes = tcgetattr(STDIN_FILENO, &ed->modes) == 0;
	if (start(ed, folder, e) == 0)
		return ed;
	remove_file(ed);
	editor_free(ed);
	return NULL;
}

struct editor *editor_run(char **argv, struct err *e)
{
	struct editor *ed = xcalloc(1, sizeof *ed);
	ed->name = xstrdup(argv[0]);
	ed->lock = -1;
	ed->has_modes = tcgetattr(STDIN_FILENO, &ed->modes) == 0;
	if (spawn(ed, argv, e) == 0)
		return ed;
	editor_free(ed);
	return NULL;
}

bool editor_has_text(const struct editor *ed)
{
	return ed->file;
}

enum editor_state editor_look(struct editor *ed)
{
	int status;
	if (!ed->pid)
		return EDITOR_OVER;
	pid_t who = waitpid(ed->pid, &status, WNOHANG | WUNTRACED);
	if (who == 0 || (who < 0 && errno == EINTR))
		return EDITOR_RUNS;
	if (who > 0 && WIFSTOPPED(status))
		return EDITOR_STOPPED;
	ed->status = who > 0 ? status : -1;
	ed->pid = 0;
	return EDITOR_OVER;
}

void editor_go_on(struct editor *ed)
{
	if (!ed->pid)
		return;
	set_foreground(ed->pid);
	kill(-ed->pid, SIGCONT);
}

void editor_hang_up(struct editor *ed)
{
	for (int ms = 0; editor_look(ed) != EDITOR_OVER; ms += 10) {
		if (ms == 0)
			kill(-ed->pid, SIGHUP);
		kill(-ed->pid, ms < HANG_UP_MS ? SIGCONT : SIGKILL);
		poll(NULL, 0, 10);
	}
}

/* --- afterwards ----------------------------------------------------------- */

/* As the form holds it: without the end of the last line, which the editor added. */
static int read_back(const struct editor *ed, struct strbuf *clean, struct err *e)
{
	struct strbuf text = STRBUF_INIT;
	struct stat st;
	int rc = 0;
	if (lstat(ed->file, &st) == 0 && !S_ISREG(st.st_mode))
		rc = err_set(e, ERR_IO, _("%s is no file any more"), ed->file);
	if (rc == 0)
		rc = assets_read(ed->file, &text, e);
	if (rc == 0)
		clean_append(clean, text.s, text.len, CLEAN_LINES);
	size_t before = strlen(ed->text);
	bool ended = before && ed->text[before - 1] == '\n';
	if (!ended && clean->len && clean->s[clean->len - 1] == '\n')
		strbuf_truncate(clean, clean->len - 1);
	strbuf_free(&text);
	return rc;
}

/* Whether it is to be taken.  What an editor wrote before it failed is; *e says that it did. */
static bool judge(const struct editor *ed, const struct strbuf *text, struct err *e)
{
	bool well = ed->status >= 0 && WIFEXITED(ed->status) && WEXITSTATUS(ed->status) == 0;
	bool changed = strcmp(text->s, ed->text) != 0;
	if (well || !text->len || !changed) {
		if (!well)
			err_set(e, ERR_CANCELLED, _("%s failed: the text is as before"),
				ed->name);
		return well;
	}
	err_set(e, ERR_CANCELLED,
		_("%s failed: what it had written was taken, Ctrl-_ takes it back"), ed->name);
	return true;
}

char *editor_finish(struct editor *ed, struct err *e)
{
	struct strbuf text = STRBUF_INIT;
	char *result = NULL;
	set_foreground(getpgrp());
	if (ed->has_modes) {
		tcflush(STDIN_FILENO, TCIFLUSH); /* late answers to the editor's questions */
		tcsetattr(STDIN_FILENO, TCSANOW, &ed->modes);
	}
	if (!ed->file) {
		editor_free(ed);
		return NULL;
	}
	int rc = read_back(ed, &text, e);
	if (rc == 0 && text.len > EDIT_MOST)
		rc = err_set(e, ERR_LIMIT,
			     _("longer than %d bytes: the text is as before, yours is in %s"),
			     EDIT_MOST, ed->file);
	if (rc == 0 && judge(ed, &text, e))
		result = strbuf_detach(&text);
	if (rc == 0)
		remove_file(ed);
	strbuf_free(&text);
	editor_free(ed);
	return result;
}
