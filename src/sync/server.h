/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control socket: readers connect, hear of changes, and may ask; see base/control.h. */
#ifndef IOC_SYNC_SERVER_H
#define IOC_SYNC_SERVER_H

#include <jansson.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define SERVER_CLIENTS 100

struct server;

/* What a client wants; `message` is borrowed. */
struct server_command {
	uint64_t client;
	const char *name;
	const json_t *message;
	const char *who, *from; /* user name and "uid 1000, process 4711" of the peer */
};

struct server *server_new(const char *path, struct err *e);
/* Says bye to all and removes the socket. */
void server_free(struct server *s);

/* Fills at most SERVER_CLIENTS + 1 entries; returns how many. */
size_t server_fds(const struct server *s, struct pollfd *fds);
/* Takes connections in (welcome makes the objects that greet each, ended by NULL) and hands
 * over what was asked. */
void server_turn(struct server *s, void (*welcome)(void *, struct server *, uint64_t client),
		 void (*command)(void *, struct server *, const struct server_command *),
		 void *context);
/* These drop the reference to the message. */
void server_tell_all(struct server *s, json_t *message);
void server_tell(struct server *s, uint64_t client, json_t *message);
/* {"id":…,"ok":true}: the question's id is repeated. */
json_t *server_ok(const json_t *question);
json_t *server_refusal(const json_t *question, const char *code, const char *text);

#endif
