/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "gateway/exchange.h"
#include "gateway/hub.h"

/* Holds the head of a request.  Larger ones are MHD's to refuse, which it does in HTML: so
 * there is room for more than we take. */
#define REQUEST_MEMORY ((size_t)64 * 1024)
#define IDLE_SECONDS 45u
#define PEM_MOST ((size_t)1 << 20)

struct server {
	struct MHD_Daemon *daemon;
	struct exchange exchange;
	int64_t swept;
	char *cert, *key;
};

static void daemon_log(void *arg, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
static void daemon_log(void *arg, const char *fmt, va_list ap)
{
	(void)arg;
	char text[512];
	vsnprintf(text, sizeof text, fmt, ap);
	text[strcspn(text, "\n")] = '\0';
	log_debug("http: %s", text);
}

static char *read_pem(const char *path, struct err *e)
{
	FILE *f = fopen(path, "re");
	if (!f) {
		err_errno(e, ERR_IO, "can't read %s", path);
		return NULL;
	}
	char *text = xcalloc(1, PEM_MOST + 1);
	size_t n = fread(text, 1, PEM_MOST, f);
	fclose(f);
	if (n == 0 || !strstr(text, "-----BEGIN")) {
		err_set(e, ERR_PARSE, "%s holds nothing in PEM form", path);
		free(text);
		return NULL;
	}
	return text;
}

static int load_tls(struct server *s, const struct server_options *o, struct err *e)
{
	if (!o->tls_cert)
		return 0;
	if (MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES)
		return err_set(e, ERR_UNSUPPORTED, "this libmicrohttpd was built without TLS");
	s->cert = read_pem(o->tls_cert, e);
	s->key = s->cert ? read_pem(o->tls_key, e) : NULL;
	return s->key ? 0 : -1;
}

/* MHD says only that it failed; listening ourselves says why. */
static int listen_on(const struct server_options *o, struct err *e)
{
	const struct sockaddr *address = (const struct sockaddr *)&o->address;
	int on = 1;
	int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_errno(e, ERR_IO, "no socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, address, o->address_length) < 0 || listen(fd, 1024) < 0) {
		err_errno(e, ERR_IO, "can't listen");
		close(fd);
		return -1;
	}
	return fd;
}

static struct MHD_Daemon *start_daemon(struct server *s, const struct server_options *o, int fd)
{
	struct MHD_OptionItem tls[] = {
		{MHD_OPTION_HTTPS_MEM_CERT, 0, s->cert},
		{MHD_OPTION_HTTPS_MEM_KEY, 0, s->key},
		{MHD_OPTION_END, 0, NULL},
	};
	unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
			 (s->cert ? MHD_USE_TLS : 0u);
	return MHD_start_daemon(
		flags, 0, NULL, NULL, exchange_handle, &s->exchange, MHD_OPTION_EXTERNAL_LOGGER,
		daemon_log, NULL, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)o->connections_most, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		REQUEST_MEMORY, MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS,
		MHD_OPTION_URI_LOG_CALLBACK, exchange_open, &s->exchange,
		MHD_OPTION_NOTIFY_COMPLETED, exchange_close, &s->exchange,
		MHD_OPTION_NOTIFY_CONNECTION, exchange_connection, &s->exchange,
		MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_ARRAY, s->cert ? tls : tls + 2, MHD_OPTION_END);
}

struct server *server_start(struct gateway *g, const struct server_options *o, struct err *e)
{
	struct server *s = xcalloc(1, sizeof *s);
	s->exchange.gateway = g;
	int fd = load_tls(s, o, e) < 0 ? -1 : listen_on(o, e);
	if (fd >= 0) {
		s->daemon = start_daemon(s, o, fd);
		if (!s->daemon) {
			err_set(e, ERR_IO, "the HTTP server does not start%s",
				s->cert ? ": do certificate and key belong together?" : "");
			close(fd);
		}
	}
	if (!s->daemon) {
		server_stop(s);
		return NULL;
	}
	return s;
}

unsigned server_port(const struct server *s)
{
	union {
		struct sockaddr any;
		struct sockaddr_in four;
		struct sockaddr_in6 six;
	} a;
	socklen_t n = sizeof a;
	memset(&a, 0, sizeof a);
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon,
							       MHD_DAEMON_INFO_LISTEN_FD);
	if (!info || getsockname(info->listen_fd, &a.any, &n) < 0)
		return 0;
	return ntohs(a.any.sa_family == AF_INET6 ? a.six.sin6_port : a.four.sin_port);
}

int server_fd(const struct server *s)
{
	return MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

static int64_t microseconds(clockid_t clock)
{
	struct timespec ts;
	clock_gettime(clock, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int server_patience(const struct server *s)
{
	const struct gateway *g = s->exchange.gateway;
	MHD_UNSIGNED_LONG_LONG ms = 60000;
	int64_t news = hub_patience(g->hub, microseconds(CLOCK_MONOTONIC));
	if (g->woken || news == 0)
		return 0;
	bool bound = MHD_get_timeout(s->daemon, &ms) == MHD_YES;
	if (news > 0 && (int64_t)ms > (news + 999) / 1000)
		return (int)((news + 999) / 1000);
	return !bound ? -1 : ms > 60000 ? 60000 : (int)ms;
}

static void serve_streams(struct server *s)
{
	struct gateway *g = s->exchange.gateway;
	int64_t start = microseconds(CLOCK_THREAD_CPUTIME_ID);
	bool flushed = hub_flush(g->hub, microseconds(CLOCK_MONOTONIC));
	/* The first run takes them up again, the next one sends. */
	for (int i = 0; i < 2 && g->woken; i++) {
		g->woken = i == 0;
		MHD_run(s->daemon);
	}
	g->woken = false;
	if (flushed)
		hub_rest(g->hub, microseconds(CLOCK_MONOTONIC),
			 microseconds(CLOCK_THREAD_CPUTIME_ID) - start);
}

void server_run(struct server *s)
{
	struct gateway *g = s->exchange.gateway;
	MHD_run(s->daemon);
	serve_streams(s);
	int64_t now = clock_monotonic();
	if (now - s->swept < SECOND)
		return;
	s->swept = now;
	g->metrics.timed_out += peers_shut(&s->exchange.peers, now, g->stopping);
}

void server_quiesce(struct server *s)
{
	int fd = MHD_quiesce_daemon(s->daemon);
	if (fd >= 0)
		close(fd);
	peers_shut(&s->exchange.peers, clock_monotonic(), true);
}

size_t server_connections(const struct server *s)
{
	return s->exchange.peers.count;
}

void server_stop(struct server *s)
{
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	if (s->key)
		explicit_bzero(s->key, strlen(s->key));
	free(s->cert);
	free(s->key);
	free(s);
}
