/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What readers ask about actions: to take one, to take it back, to send it again, to list
 * them.  Who acts is known from the socket's peer; what they may be, from the configuration. */
#ifndef IOC_SYNC_DESK_H
#define IOC_SYNC_DESK_H

#include <jansson.h>

#include "model/config.h"
#include "sync/job.h"
#include "sync/runner.h"
#include "sync/server.h"

struct desk {
	const struct config *config;
	struct runner *const *runners;
	size_t count;
	struct writer *writer;
};

/* The commands; each refuses at once or posts a job whose answer desk_answer gives. */
void desk_act(const struct desk *d, struct server *s, const struct server_command *c);
void desk_drop(const struct desk *d, struct server *s, const struct server_command *c);
void desk_again(const struct desk *d, struct server *s, const struct server_command *c);
void desk_list(const struct desk *d, struct server *s, const struct server_command *c);
/* "apart": two records are no duplicates of each other, or may be after all. */
void desk_apart(const struct desk *d, struct server *s, const struct server_command *c);
/* An action that a rule of distribution does by itself (see store/dispatch.h), as the operator
 * DESK_AUTOMAT of the configuration, by the same checks.  -1 with *e where it may not. */
int desk_route(const struct desk *d, const json_t *proposal, struct err *e);
#define DESK_AUTOMAT "@routing"
/* Answers who asked, and tells everybody what changed. */
void desk_answer(struct server *s, const struct job *j);
/* Who the client is here: {"user","name","unit","roles":[…],"undo_ms"}. */
json_t *desk_operator(const struct config *config, const char *user);

#endif
