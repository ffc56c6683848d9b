/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only async-signal-safe calls here: write, tcsetattr, pread, sigaction, raise.  endwin()
 * is not one of them, so the bytes that it would send are prepared while all is well. */
#include "tty/crash.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

#define RESET_MOST 256
#define KEPT_MOST 4096

static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS};

/* Mutable on purpose: a signal handler reaches nothing else. */
static char own_stack[32768]; /* the usual one may be what overflowed */
static struct {
	volatile sig_atomic_t armed;
	int tty, kept, shown;
	char reset[RESET_MOST];
	size_t reset_n;
	struct termios modes;
	struct sigaction before[sizeof fatal / sizeof *fatal];
} crash;

static void write_all(int fd, const char *s, size_t n)
{
	while (n) {
		ssize_t done = write(fd, s, n);
		if (done <= 0)
			return;
		s += done;
		n -= (size_t)done;
	}
}

static void show_kept(void)
{
	struct stat st;
	if (crash.kept < 0 || fstat(crash.kept, &st) < 0)
		return;
	char piece[KEPT_MOST];
	off_t from = st.st_size > KEPT_MOST ? st.st_size - KEPT_MOST : 0;
	ssize_t n = pread(crash.kept, piece, sizeof piece, from);
	if (n <= 0)
		return;
	for (ssize_t i = 0; i < n; i++) /* nothing in it may drive the terminal */
		if (piece[i] != '\n' && !(piece[i] >= 0x20 && piece[i] < 0x7f))
			piece[i] = '?';
	write_all(crash.shown, piece, (size_t)n);
}

void crash_restore(void)
{
	if (!crash.armed)
		return;
	crash.armed = 0;
	write_all(crash.tty, crash.reset, crash.reset_n);
	tcsetattr(crash.tty, TCSANOW, &crash.modes);
	if (crash.shown >= 0) {
		dup2(crash.shown, STDERR_FILENO);
		show_kept();
	}
}

/* The signal then goes to whoever had it before (by default: death, with a core). */
static void on_fatal(int sig)
{
	crash_restore();
	for (size_t i = 0; i < ARRAY_LEN(fatal); i++)
		if (fatal[i] == sig)
			sigaction(sig, &crash.before[i], NULL);
	raise(sig);
}

void crash_arm(int tty, const char *reset, size_t n, const struct termios *modes, int kept,
	       int shown)
{
	crash_disarm();
	crash.tty = tty;
	crash.kept = kept;
	crash.shown = shown;
	crash.modes = *modes;
	crash.reset_n = n < RESET_MOST ? n : RESET_MOST;
	memcpy(crash.reset, reset, crash.reset_n);
	crash.armed = 1;
	stack_t stack = {.ss_sp = own_stack, .ss_size = sizeof own_stack};
	sigaltstack(&stack, NULL);
	struct sigaction a = {.sa_handler = on_fatal, .sa_flags = SA_ONSTACK};
	sigfillset(&a.sa_mask);
	for (size_t i = 0; i < ARRAY_LEN(fatal); i++)
		sigaction(fatal[i], &a, &crash.before[i]);
	alloc_on_failure(crash_restore);
}

void crash_disarm(void)
{
	if (!crash.armed)
		return;
	crash.armed = 0;
	alloc_on_failure(NULL);
	for (size_t i = 0; i < ARRAY_LEN(fatal); i++)
		sigaction(fatal[i], &crash.before[i], NULL);
}
