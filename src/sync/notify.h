/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells people of escalation: consoles by the control socket, everybody else by the command of
 * the configuration.  The command is run by the engine, one at a time, never waited for. */
#ifndef IOC_SYNC_NOTIFY_H
#define IOC_SYNC_NOTIFY_H

#include <jansson.h>

#include "model/config.h"
#include "store/escalation.h"

struct notify;

struct notify *notify_new(void);
void notify_free(struct notify *n);

/* What consoles are told: {"event":"escalation","events":[…],"more":N}; NULL where all of them
 * are silent. */
json_t *notify_event(const struct escalation_list *l);
/* Puts those that may be heard in line for the command. */
void notify_add(struct notify *n, const struct escalation_list *l,
		const struct config_escalation *c, int64_t now);
/* For poll; -1: none. */
int notify_fd(const struct notify *n);
/* Monotonic ms at which notify_turn is due at the latest; INT64_MAX: never. */
int64_t notify_wake(const struct notify *n);
/* Looks after the command that runs, and starts the next one. */
void notify_turn(struct notify *n, const struct config_escalation *c);
/* Does what is in line and waits for it, at the program's end. */
void notify_finish(struct notify *n, const struct config_escalation *c);
/* Commands that failed so far. */
int notify_failures(const struct notify *n);

#endif
