/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc-gateway: a reference API of a province's operations centre. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "gateway/load.h"
#include "gateway/loop.h"
#include "gateway/options.h"

#define EXIT_USAGE 2
#define OPENAPI_MOST (1 << 20)

/* Every stream is an open file. */
static void raise_limits(int64_t connections)
{
	struct rlimit l;
	rlim_t want = (rlim_t)connections + 64;
	if (getrlimit(RLIMIT_NOFILE, &l) < 0 || l.rlim_cur >= want)
		return;
	l.rlim_cur = want < l.rlim_max ? want : l.rlim_max;
	setrlimit(RLIMIT_NOFILE, &l);
	if (l.rlim_cur < want)
		log_warn("only %llu open files are allowed, for up to %lld connections",
			 (unsigned long long)l.rlim_cur, (long long)connections);
}

static void read_openapi(struct strbuf *text)
{
	const char *folder = getenv("IOC_DATA_DIR");
	char *path = xasprintf("%s/openapi.yaml", folder && *folder ? folder : IOC_DATADIR);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char piece[8192];
	ssize_t n = 0;
	while (fd >= 0 && text->len < OPENAPI_MOST && (n = read(fd, piece, sizeof piece)) > 0)
		strbuf_add(text, piece, (size_t)n);
	if (fd < 0 || n < 0)
		log_warn("can't read %s: /openapi.yaml is missing", path);
	if (fd >= 0)
		close(fd);
	free(path);
}

/* A file is ours to replace and remove; a device or pipe is not. */
static bool is_plain(const char *path)
{
	struct stat st;
	return stat(path, &st) < 0 || S_ISREG(st.st_mode);
}

static int write_port(const char *path, unsigned port, struct err *e)
{
	bool plain = is_plain(path);
	char *fresh = plain ? xasprintf("%s.new", path) : xstrdup(path);
	FILE *f = fopen(fresh, "we");
	bool good = f && fprintf(f, "%u\n", port) > 0;
	if (f && fclose(f) != 0)
		good = false;
	good = good && (!plain || rename(fresh, path) == 0);
	free(fresh);
	return good ? 0 : err_errno(e, ERR_IO, "can't write %s", path);
}

static int open_gateway(struct gateway *g, const struct options *o, struct err *e)
{
	g->started = clock_monotonic();
	if (o->demo_options.clock != CLOCK_NONE)
		g->clock_shift = o->demo_options.clock - clock_now();
	g->demo = o->demo;
	if (!o->tokens)
		log_info("no --tokens: everybody on this machine may do everything");
	g->auth = o->tokens ? auth_load(o->tokens, o->token_lifetime, e) : auth_open_door();
	if (!g->auth)
		return -1;
	if (!o->db)
		log_info("no --db: records live in memory only");
	g->backend = backend_open(o->db, e);
	if (!g->backend)
		return -1;
	read_openapi(&g->openapi);
	return 0;
}

static int fill(struct gateway *g, const struct options *o, struct demo *demo, struct err *e)
{
	for (size_t i = 0; i < o->load_count; i++)
		if (load_file(g, o->loads[i].kind, o->loads[i].path, e) < 0)
			return -1;
	if (demo && demo_load(demo, e) < 0)
		return -1;
	g->hub = hub_new(g->backend, &g->metrics, &o->hub, e);
	return g->hub ? 0 : -1;
}

static int serve(struct gateway *g, const struct options *o, struct demo *demo, struct err *e)
{
	struct server *s = server_start(g, &o->server, e);
	if (!s)
		return err_prefix(e, "%s", o->listen);
	unsigned port = server_port(s);
	int bad = o->port_file ? write_port(o->port_file, port, e) : 0;
	if (bad == 0) {
		log_info("serving %s on port %u", o->server.tls_cert ? "HTTPS" : "HTTP", port);
		bad = loop_run(&(struct loop){g, s, demo, o->keep_deletions}, e);
	}
	server_stop(s);
	if (o->port_file && is_plain(o->port_file))
		unlink(o->port_file);
	return bad;
}

static int run(const struct options *o, struct err *e)
{
	struct gateway g = {.openapi = STRBUF_INIT};
	struct demo *demo = NULL;
	int bad = open_gateway(&g, o, e);
	if (bad == 0 && o->demo) {
		struct demo_options d = o->demo_options;
		if (d.clock == CLOCK_NONE)
			d.clock = gateway_now(&g);
		demo = demo_new(g.backend, &d, e);
		bad = demo ? 0 : -1;
	}
	if (bad == 0)
		bad = fill(&g, o, demo, e);
	if (bad == 0)
		bad = serve(&g, o, demo, e);
	demo_free(demo);
	hub_free(g.hub);
	backend_close(g.backend);
	auth_free(g.auth);
	strbuf_free(&g.openapi);
	if (bad == 0)
		log_info("stopped");
	return bad;
}

static int prepare(const struct options *o, struct err *e)
{
	if (o->log && log_open(o->log) < 0)
		return err_errno(e, ERR_IO, "can't write %s", o->log);
	log_set_level((enum log_level)o->log_level);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* like a full disk */
	raise_limits(o->server.connections_most);
	return 0;
}

int main(int argc, char **argv)
{
	struct options o;
	struct err e = ERR_INIT;
	const char *locale = getenv("IOC_LOCALE_DIR");
	i18n_init(NULL, locale && *locale ? locale : IOC_LOCALEDIR);
	clock_set_zone("Asia/Ho_Chi_Minh");
	int bad = options_parse(&o, argc, argv, &e), code = EXIT_USAGE;
	if (bad == 0 && (o.help || o.version)) {
		if (o.help)
			options_help(stdout);
		else
			puts("ioc-gateway " PACKAGE_VERSION);
	} else if (bad == 0) {
		code = EXIT_FAILURE;
		bad = prepare(&o, &e) < 0 ? -1 : run(&o, &e);
	}
	if (bad < 0)
		fprintf(stderr, "ioc-gateway: %s\n", e.text);
	options_free(&o);
	log_close();
	return bad < 0 ? code : EXIT_SUCCESS;
}
