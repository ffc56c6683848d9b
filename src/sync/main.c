/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc-sync: brings the sources' records into the cache. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/http.h"
#include "author/author.h"
#include "base/clock.h"
#include "base/control.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/paths.h"
#include "model/config.h"
#include "sync/check.h"
#include "sync/engine.h"
#include "sync/lease.h"

#define LOG_MOST ((off_t)8 << 20)
#define ASK_MS 10000

/* The same numbers mean the same in ioc(1). */
enum exit_code {
	EXIT_GOOD = 0,
	EXIT_BAD = 1,
	EXIT_USAGE = 2,
	EXIT_NOTHING = 3, /* another writer is at work, or there is no source */
	EXIT_STALE = 4,   /* not every source became current */
};

struct options {
	const char *profile;
	const char *author; /* JSON: what ioc connector was asked for */
	int once, follow, foreground, now, stop, check; /* 0 or 1 */
};

static void usage(FILE *out)
{
	fputs(_("usage: ioc sync [--profile NAME] --once | --follow [--foreground] | --now | "
		"--stop | --check\n"
		"\n"
		"  --once          fill every source until it is current, then end\n"
		"  --follow        go on following the sources in the background\n"
		"  --foreground    do not go into the background; log to standard error\n"
		"  --now           let the one that follows already pull at once\n"
		"  --stop          let it end\n"
		"  --check         tell what is wrong with configuration and connectors\n"
		"  --profile NAME  another set of configuration, cache and state\n"
		"  --version, --help\n"),
	      out);
}

/* -1: go on; otherwise the exit code. */
static int parse(int argc, char **argv, struct options *o)
{
	const struct option longs[] = {
		{"profile", required_argument, NULL, 'p'},
		{"once", no_argument, &o->once, 1},
		{"follow", no_argument, &o->follow, 1},
		{"foreground", no_argument, &o->foreground, 1},
		{"now", no_argument, &o->now, 1},
		{"stop", no_argument, &o->stop, 1},
		{"check", no_argument, &o->check, 1},
		{"author", required_argument, NULL, 'a'},
		{"version", no_argument, NULL, 'V'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	*o = (struct options){.profile = getenv("IOC_PROFILE")};
	for (int c; (c = getopt_long(argc, argv, "p:h", longs, NULL)) != -1;) {
		if (c == 'p') {
			o->profile = optarg;
		} else if (c == 'a') {
			o->author = optarg;
		} else if (c == 'V') {
			puts("ioc-sync " PACKAGE_VERSION);
			return EXIT_GOOD;
		} else if (c) {
			usage(c == 'h' ? stdout : stderr);
			return c == 'h' ? EXIT_GOOD : EXIT_USAGE;
		}
	}
	if (optind == argc &&
	    o->once + o->follow + o->now + o->stop + o->check + (o->author != NULL) == 1)
		return -1;
	usage(stderr);
	return EXIT_USAGE;
}

/* One old log is kept. */
static void open_log(const struct paths *p, const struct options *o)
{
	struct stat st;
	if (o->foreground)
		return;
	if (stat(p->sync_log, &st) == 0 && st.st_size > LOG_MOST) {
		char old[4096];
		snprintf(old, sizeof old, "%s.1", p->sync_log);
		rename(p->sync_log, old);
	}
	if (log_open(p->sync_log) < 0)
		fprintf(stderr, "ioc-sync: %s: %s\n", p->sync_log, strerror(errno));
}

/* Language, zone and log as the configuration says; its mistakes are reported later. */
static void set_up(const struct paths *p)
{
	struct config c;
	config_load(&c, p->config, NULL);
	i18n_init(c.language, p->locale_dir);
	clock_set_zone(c.timezone);
	int level = log_level_parse(c.log_level);
	if (level >= 0)
		log_set_level((enum log_level)level);
	config_free(&c);
}

/* In the parent: waits for the child's word and ends.  In the child: returns the descriptor
 * on which to say it. */
static int go_to_background(void)
{
	int fds[2];
	if (pipe2(fds, O_CLOEXEC) < 0)
		return -1;
	pid_t pid = fork();
	if (pid < 0)
		return -1;
	if (pid == 0) {
		close(fds[0]);
		setsid();
		return fds[1];
	}
	close(fds[1]);
	char text[700];
	size_t n = 0;
	ssize_t got;
	while (n < sizeof text - 1 && (got = read(fds[0], text + n, sizeof text - 1 - n)) > 0)
		n += (size_t)got;
	text[n] = '\0';
	if (strcmp(text, "ready") == 0)
		_exit(EXIT_GOOD);
	fprintf(stderr, "ioc-sync: %s\n",
		n ? text : _("ended before it was ready; see its log"));
	_exit(EXIT_BAD);
}

/* Nobody reads our terminal any more. */
static void leave_terminal(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null < 0)
		return;
	for (int fd = 0; fd <= 2; fd++)
		dup2(null, fd);
	close(null);
	if (chdir("/") < 0)
		log_warn("/: %s", strerror(errno));
}

static void report(int fd, const char *text)
{
	if (fd >= 0 && write(fd, text, strlen(text)) < 0)
		log_warn("nobody waits for this: %s", text);
	if (fd >= 0)
		close(fd);
}

static int run(const struct paths *p, const char *profile, const struct options *o, int ready)
{
	struct err e = ERR_INIT;
	http_global();
	struct engine *g = engine_new(p, profile, o->once != 0, &e);
	if (!g) {
		log_error("%s", e.text);
		if (ready < 0)
			fprintf(stderr, "ioc-sync: %s\n", e.text);
		report(ready, e.text);
		return e.code == ERR_PARSE ? EXIT_USAGE : EXIT_BAD;
	}
	log_info("ioc-sync %s started, %zu sources", PACKAGE_VERSION, engine_sources(g));
	if (ready >= 0)
		leave_terminal();
	report(ready, "ready");
	engine_run(g);
	int code = EXIT_GOOD;
	if (o->once && engine_sources(g) == 0) {
		fprintf(stderr, _("ioc-sync: there are no sources in %s\n"), p->config);
		code = EXIT_NOTHING;
	} else if (o->once && engine_report(g, stderr) > 0) {
		code = EXIT_STALE;
	}
	engine_free(g);
	log_info("ioc-sync ended");
	return code;
}

/* Takes the lease; otherwise says why not and gives the exit code. */
static int take_lease(const struct paths *p, const struct options *o, int *code)
{
	struct err e = ERR_INIT;
	int holder, lease = lease_take(p->lock, &holder, &e);
	if (lease >= 0)
		return lease;
	if (e.code != ERR_BUSY) {
		fprintf(stderr, "ioc-sync: %s\n", e.text);
		*code = EXIT_BAD;
	} else if (o->follow) {
		fprintf(stderr, _("ioc-sync: already following (process %d)\n"), holder);
		*code = EXIT_GOOD;
	} else {
		fprintf(stderr,
			_("ioc-sync: process %d follows the sources already; to pull now: ioc "
			  "sync --now\n"),
			holder);
		*code = EXIT_NOTHING;
	}
	return -1;
}

/* Until the other side hangs up, which it does when it ends. */
static void wait_for_end(struct control *c)
{
	int64_t end = clock_monotonic() + ASK_MS;
	while (!c->closed && clock_monotonic() < end) {
		struct pollfd poll_for = {c->fd, POLLIN, 0};
		poll(&poll_for, 1, 100);
		control_fill(c);
		for (json_t *m; (m = control_next(c));)
			json_decref(m);
	}
}

/* Tells the one that follows already to "sync" or to "stop". */
static int tell(const struct paths *p, const char *command)
{
	struct err e = ERR_INIT;
	struct control c;
	int code = EXIT_GOOD;
	if (control_connect(p->socket, &c, &e) < 0) {
		bool nobody = e.code == ERR_NOT_FOUND;
		fprintf(stderr, "ioc-sync: %s\n",
			nobody ? _("nobody follows the sources") : e.text);
		return nobody ? EXIT_NOTHING : EXIT_BAD;
	}
	json_t *question = json_pack("{s:s}", "command", command);
	json_t *answer = control_ask(&c, question, ASK_MS, &e);
	if (!answer) {
		fprintf(stderr, "ioc-sync: %s\n", e.text);
		code = EXIT_BAD;
	}
	if (answer && strcmp(command, "stop") == 0)
		wait_for_end(&c);
	json_decref(question);
	json_decref(answer);
	control_close(&c);
	return code;
}

static int write_cache(const struct paths *p, const char *profile, const struct options *o)
{
	int code = EXIT_BAD, lease = take_lease(p, o, &code);
	if (lease < 0)
		return code;
	open_log(p, o);
	int ready = o->follow && !o->foreground ? go_to_background() : -1;
	lease_sign(lease);
	return run(p, profile, o, ready);
}

/* The tools of ioc connector; their exit codes are those of ioc(1). */
static int write_connector(const struct paths *p, const char *request)
{
	json_t *q = json_loads(request, 0, NULL);
	log_set_level(LOG_ERROR);
	http_global();
	int code = json_is_object(q) ? author_run(p, q) : EXIT_USAGE;
	json_decref(q);
	return code;
}

int main(int argc, char **argv)
{
	struct options o;
	struct paths p;
	struct err e = ERR_INIT;
	i18n_init(NULL, IOC_LOCALEDIR);
	config_speak(getenv("IOC_PROFILE"));
	int code = parse(argc, argv, &o);
	if (code >= 0)
		return code;
	const char *profile = o.profile ? o.profile : "default";
	if (paths_resolve(&p, profile, &e) < 0 || paths_make(&p, &e) < 0) {
		fprintf(stderr, "ioc-sync: %s\n", e.text);
		return e.code == ERR_USAGE ? EXIT_USAGE : EXIT_BAD;
	}
	umask(0077);
	set_up(&p);
	if (o.author)
		code = write_connector(&p, o.author);
	else if (o.check)
		code = check_sources(&p, stdout) ? EXIT_BAD : EXIT_GOOD;
	else if (o.now || o.stop)
		code = tell(&p, o.now ? "sync" : "stop");
	else
		code = write_cache(&p, profile, &o);
	paths_free(&p);
	log_close();
	return code;
}
