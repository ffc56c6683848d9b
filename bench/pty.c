/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pty [--size ROWSxCOLUMNS] [--keys N] [--idle SECONDS] LABEL=COMMAND…
 *
 * Runs each command in a pseudo-terminal, in interleaved rounds, and prints what an operator
 * would feel: time to the first settled frame, a scroll key to the settled screen, bytes for
 * a scroll step, what it does while nothing happens, memory.  Ratios are to the first
 * command, so put the floor there.  The command is split at blanks and run without a
 * shell; %20 stands for a blank inside a word. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 5
#define MOST_PROGRAMS 8
#define MOST_KEYS 1000
#define QUIET_MS 15

struct figures {
	double first_ms[ROUNDS], p50[ROUNDS], p99[ROUNDS], bytes[ROUNDS];
	double idle_bytes[ROUNDS], idle_wakes[ROUNDS], idle_cpu[ROUNDS], peak_mib[ROUNDS];
};

struct program {
	char *label, *command;
	struct figures f;
};

struct options {
	struct winsize size;
	int keys, idle_s;
};

static double now_ms(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double percentile(double *v, int n, double p)
{
	qsort(v, (size_t)n, sizeof *v, by_value);
	int i = (int)(p * (double)(n - 1) + 0.5);
	return v[i];
}

/* Reads until nothing came for quiet_ms, at most limit_ms; the time of the last byte, or of
 * the call where none came. */
static double settle(int fd, int quiet_ms, int limit_ms, size_t *bytes)
{
	double start = now_ms(), last = start;
	char piece[65536];
	struct pollfd p = {fd, POLLIN, 0};
	while (now_ms() - start < limit_ms) {
		if (poll(&p, 1, quiet_ms) <= 0)
			break;
		ssize_t n = read(fd, piece, sizeof piece);
		if (n <= 0)
			break;
		last = now_ms();
		*bytes += (size_t)n;
	}
	return last;
}

static void unescape(char *word)
{
	for (char *s; (s = strstr(word, "%20"));) {
		*s = ' ';
		memmove(s + 1, s + 3, strlen(s + 3) + 1);
	}
}

static void run_command(const char *command)
{
	char *copy = strdup(command), *argv[64];
	int n = 0;
	for (char *s = strtok(copy, " "); s && n < 63; s = strtok(NULL, " "))
		argv[n++] = s;
	argv[n] = NULL;
	for (int i = 0; i < n; i++)
		unescape(argv[i]);
	execvp(argv[0], argv);
	_exit(127);
}

/* A number behind a name in a file of /proc. */
static double proc_value(pid_t pid, const char *file, const char *name)
{
	char path[64], line[256];
	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
	FILE *f = fopen(path, "r");
	double v = 0;
	while (f && fgets(line, sizeof line, f))
		if (strncmp(line, name, strlen(name)) == 0)
			v = strtod(line + strlen(name), NULL);
	if (f)
		fclose(f);
	return v;
}

/* Nanoseconds on the processor, all threads. */
static double cpu_ns(pid_t pid)
{
	char path[64], text[128] = "";
	snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
	FILE *f = fopen(path, "r");
	if (f && !fgets(text, sizeof text, f))
		text[0] = '\0';
	if (f)
		fclose(f);
	return strtod(text, NULL);
}

static void measure_keys(int fd, const struct options *o, struct figures *f, int round)
{
	static double latency[MOST_KEYS];
	size_t bytes = 0, ignored = 0;
	for (int i = 0; i < o->size.ws_row;
	     i++) { /* to the bottom line, so that steps scroll */
		if (write(fd, "j", 1) != 1)
			return;
		settle(fd, QUIET_MS, 500, &ignored);
	}
	for (int i = 0; i < o->keys; i++) {
		double start = now_ms();
		if (write(fd, "j", 1) != 1)
			return;
		latency[i] = settle(fd, QUIET_MS, 1000, &bytes) - start;
	}
	f->p50[round] = percentile(latency, o->keys, 0.5);
	f->p99[round] = percentile(latency, o->keys, 0.99);
	f->bytes[round] = (double)bytes / o->keys;
}

static void measure_idle(int fd, pid_t pid, const struct options *o, struct figures *f,
			 int round)
{
	size_t bytes = 0;
	settle(fd, 1500, 3000, &bytes);
	bytes = 0;
	double wakes = proc_value(pid, "status", "voluntary_ctxt_switches:");
	double cpu = cpu_ns(pid), end = now_ms() + o->idle_s * 1e3;
	while (now_ms() < end)
		settle(fd, 100, 100, &bytes);
	f->idle_bytes[round] = (double)bytes / o->idle_s;
	f->idle_wakes[round] = (proc_value(pid, "status", "voluntary_ctxt_switches:") - wakes) /
			       o->idle_s;
	f->idle_cpu[round] = (cpu_ns(pid) - cpu) / (o->idle_s * 1e7);
}

static void stop(pid_t pid, int fd)
{
	close(fd);
	for (int i = 0; i < 100; i++) {
		if (waitpid(pid, NULL, WNOHANG) == pid)
			return;
		usleep(20000);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void measure(struct program *p, const struct options *o, int round)
{
	int fd;
	struct winsize size = o->size;
	double start = now_ms();
	pid_t pid = forkpty(&fd, NULL, NULL, &size);
	if (pid == 0)
		run_command(p->command);
	if (pid < 0)
		return;
	size_t bytes = 0;
	struct pollfd wait = {fd, POLLIN, 0};
	poll(&wait, 1, 5000);
	p->f.first_ms[round] = settle(fd, 100, 5000, &bytes) - start;
	measure_keys(fd, o, &p->f, round);
	measure_idle(fd, pid, o, &p->f, round);
	p->f.peak_mib[round] = proc_value(pid, "status", "VmHWM:") / 1024;
	stop(pid, fd);
}

static void print(const char *what, struct program *list, int n, size_t offset)
{
	double base = 0;
	printf("%-34s", what);
	for (int i = 0; i < n; i++) {
		double *v = (double *)(void *)((char *)&list[i].f + offset);
		double m = percentile(v, ROUNDS, 0.5);
		if (i == 0)
			base = m;
		printf("  %9.2f (%4.1fx)", m, base > 0 ? m / base : 0);
	}
	printf("\n");
}

static int usage(void)
{
	fprintf(stderr, "usage: pty [--size ROWSxCOLUMNS] [--keys N] [--idle SECONDS] "
			"LABEL=COMMAND...\n");
	return 2;
}

int main(int argc, char **argv)
{
	struct options o = {.size = {50, 200, 0, 0}, .keys = 200, .idle_s = 5};
	struct program list[MOST_PROGRAMS] = {0};
	int n = 0;
	for (int i = 1; i < argc; i++) {
		char *equals = strchr(argv[i], '=');
		if (strcmp(argv[i], "--size") == 0 && i + 1 < argc) {
			if (sscanf(argv[++i], "%hux%hu", &o.size.ws_row, &o.size.ws_col) != 2)
				return usage();
		} else if (strcmp(argv[i], "--keys") == 0 && i + 1 < argc) {
			o.keys = atoi(argv[++i]);
		} else if (strcmp(argv[i], "--idle") == 0 && i + 1 < argc) {
			o.idle_s = atoi(argv[++i]);
		} else if (equals && n < MOST_PROGRAMS) {
			*equals = '\0';
			list[n++] = (struct program){.label = argv[i], .command = equals + 1};
		} else {
			return usage();
		}
	}
	if (n == 0 || o.keys < 1 || o.keys > MOST_KEYS || o.idle_s < 1)
		return usage();
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < n; i++)
			measure(&list[i], &o, round);
	printf("%-34s", "median of 5 rounds");
	for (int i = 0; i < n; i++)
		printf("  %-17s", list[i].label);
	printf("\n");
	print("first settled frame, ms", list, n, offsetof(struct figures, first_ms));
	print("scroll key to settled, p50 ms", list, n, offsetof(struct figures, p50));
	print("scroll key to settled, p99 ms", list, n, offsetof(struct figures, p99));
	print("bytes a scroll step", list, n, offsetof(struct figures, bytes));
	print("idle bytes/s", list, n, offsetof(struct figures, idle_bytes));
	print("idle wake-ups/s", list, n, offsetof(struct figures, idle_wakes));
	print("idle CPU %", list, n, offsetof(struct figures, idle_cpu));
	print("peak memory MiB", list, n, offsetof(struct figures, peak_mib));
	return 0;
}
