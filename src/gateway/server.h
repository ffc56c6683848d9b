/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP side: libmicrohttpd with epoll, driven by our own loop. */
#ifndef IOC_GATEWAY_SERVER_H
#define IOC_GATEWAY_SERVER_H

#include <netinet/in.h>

#include "base/err.h"
#include "gateway/gateway.h"

struct server;

struct server_options {
	struct sockaddr_storage address;
	socklen_t address_length;
	int64_t connections_most;
	const char *tls_cert, *tls_key; /* PEM files; NULL: plain HTTP */
};

struct server *server_start(struct gateway *g, const struct server_options *options,
			    struct err *e);
/* The port that it listens on. */
unsigned server_port(const struct server *s);
/* Readable when there is something to do. */
int server_fd(const struct server *s);
/* Milliseconds until server_run must be called at the latest; -1: no limit. */
int server_patience(const struct server *s);
/* Does what waits; closes who is too slow. */
void server_run(struct server *s);
/* Accepts no more, and closes connections that wait for a request. */
void server_quiesce(struct server *s);
/* Open connections. */
size_t server_connections(const struct server *s);
void server_stop(struct server *s);

#endif
