/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/server.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/control.h"
#include "base/log.h"

struct client {
	uint64_t id;
	struct control control;
	char who[64], from[64];
};

struct server {
	char *path;
	int listener;
	uint64_t last_id;
	struct client *clients[SERVER_CLIENTS];
	size_t count;
};

struct server *server_new(const char *path, struct err *e)
{
	struct server *s = xcalloc(1, sizeof *s);
	s->path = xstrdup(path);
	s->listener = control_listen(path, e);
	if (s->listener >= 0)
		return s;
	free(s->path);
	free(s);
	return NULL;
}

static void drop_client(struct server *s, size_t i)
{
	control_close(&s->clients[i]->control);
	free(s->clients[i]);
	s->clients[i] = s->clients[--s->count];
}

void server_free(struct server *s)
{
	if (!s)
		return;
	server_tell_all(s, json_pack("{s:s}", "event", "bye"));
	while (s->count)
		drop_client(s, 0);
	close(s->listener);
	unlink(s->path);
	free(s->path);
	free(s);
}

size_t server_fds(const struct server *s, struct pollfd *fds)
{
	size_t n = 0;
	fds[n++] = (struct pollfd){s->listener, POLLIN, 0};
	for (size_t i = 0; i < s->count; i++) {
		const struct control *c = &s->clients[i]->control;
		short events = POLLIN | (control_wants_write(c) ? POLLOUT : 0);
		fds[n++] = (struct pollfd){c->fd, events, 0};
	}
	return n;
}

/* Who is at the other end, as the kernel says. */
static void identify(struct client *c)
{
	struct ucred peer = {0};
	socklen_t n = sizeof peer;
	if (getsockopt(c->control.fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) < 0)
		peer.uid = (uid_t)-1;
	const struct passwd *pw = getpwuid(peer.uid);
	if (pw)
		snprintf(c->who, sizeof c->who, "%s", pw->pw_name);
	else
		snprintf(c->who, sizeof c->who, "%lu", (unsigned long)peer.uid);
	snprintf(c->from, sizeof c->from, "uid %lu, process %ld", (unsigned long)peer.uid,
		 (long)peer.pid);
}

static struct client *accept_client(struct server *s)
{
	struct control control;
	if (control_accept(s->listener, &control) < 0)
		return NULL;
	if (s->count == SERVER_CLIENTS) {
		log_warn("more than %d readers: one is turned away", SERVER_CLIENTS);
		control_close(&control);
		return NULL;
	}
	struct client *c = xcalloc(1, sizeof *c);
	c->id = ++s->last_id;
	c->control = control;
	identify(c);
	s->clients[s->count++] = c;
	return c;
}

static void serve(struct server *s, struct client *c,
		  void (*command)(void *, struct server *, const struct server_command *),
		  void *context)
{
	control_flush(&c->control);
	control_fill(&c->control);
	json_t *m;
	while ((m = control_next(&c->control))) {
		const char *name = json_string_value(json_object_get(m, "command"));
		struct server_command x = {c->id, name ? name : "", m, c->who, c->from};
		command(context, s, &x);
		json_decref(m);
	}
}

void server_turn(struct server *s, void (*welcome)(void *, struct server *, uint64_t client),
		 void (*command)(void *, struct server *, const struct server_command *),
		 void *context)
{
	struct client *fresh;
	while ((fresh = accept_client(s)))
		welcome(context, s, fresh->id);
	for (size_t i = 0; i < s->count; i++)
		serve(s, s->clients[i], command, context);
	for (size_t i = s->count; i-- > 0;)
		if (s->clients[i]->control.closed)
			drop_client(s, i);
}

void server_tell_all(struct server *s, json_t *message)
{
	for (size_t i = 0; i < s->count; i++)
		control_send(&s->clients[i]->control, message);
	json_decref(message);
}

void server_tell(struct server *s, uint64_t client, json_t *message)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->clients[i]->id == client)
			control_send(&s->clients[i]->control, message);
	json_decref(message);
}

json_t *server_ok(const json_t *question)
{
	json_t *answer = json_pack("{s:b}", "ok", 1), *id = json_object_get(question, "id");
	if (id)
		json_object_set(answer, "id", id);
	return answer;
}

json_t *server_refusal(const json_t *question, const char *code, const char *text)
{
	json_t *answer = server_ok(question);
	json_object_set_new(answer, "ok", json_false());
	json_object_set_new(answer, "error", json_string(code));
	json_object_set_new(answer, "message", json_string(text));
	return answer;
}
