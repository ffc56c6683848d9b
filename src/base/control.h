/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control socket between the writer and its readers: a Unix stream socket that carries
 * one JSON object a line, in both directions.
 *
 * From the writer, unasked:
 *   {"event":"hello","pid":N,"version":"…","profile":"…",
 *    "format":N,"schema":N}                                    see store/schema.h
 *   {"event":"changed","kinds":{"complaint":3,"alert":1}}      rows touched, just committed
 *   {"event":"status","sources":[SOURCE…]}                     whenever one changes its state
 *   {"event":"escalation","events":[{"kind","id","code","source","unit","state","clock",
 *    "level","whom","due","reached","at"}…],"more":N}          levels just reached; each once
 *   {"event":"bye"}                                            it stops
 * From a reader; each may carry "id", which the answer repeats:
 *   {"command":"status"}              → {"id":…,"ok":true,"sources":[SOURCE…],
 *                                        "escalation_failures":N}: of its command
 *   {"command":"sync","source":NAME}  → pull now (no source: all)
 *   {"command":"audit","action":…,"object":…,"version":N,"reason":…}  → recorded on disk
 *                                                                  before "ok"
 *   {"command":"apart","kind":…,"a":{"source","id"},"b":{"source","id"},"apart":BOOL,"reason":…}
 *                                     → on disk before "ok": they are no duplicates of each
 *                                       other, or may be after all
 *   {"command":"stop"}
 *   {"command":"who"}       → {"id":…,"ok":true,"operator":{"user","name","unit","roles":[…],
 *                             "undo_ms"}}
 *   {"command":"act","source":…,"kind":…,"record":ID,"code":…,"action":…,"fields":{…},
 *    "version":N,"staff":…,"now":BOOL,"uuid":…}      → in the outbox, on disk, before "ok"; who
 *                                                    chose the uuid and heard no answer may ask
 *                                                    again: it is taken once
 *   {"command":"drop","uuid":…}                       → taken back, or given up
 *   {"command":"again","uuid":…,"fields":{…},"version":N}  → sent again
 *   {"command":"outbox"}    → what is open, and what ended today
 * these four answer {"id":…,"ok":true,"items":[ITEM…]}, and everybody is told
 *   {"event":"outbox","items":[ITEM…]}                of each item that changed its state
 *   {"command":"remap","source":NAME,"aside":BOOL}    → its records are made anew of the items
 *                                                    that the cache has; aside: only of those
 *                                                    that were set aside; then, as it goes on,
 *   {"event":"remap","source","seen":N,"all":N,"changed":N,"removed":N,"kept":N,"failed":N,
 *    "cleared":N,"done":BOOL,"error":TEXT}
 * A command that fails: {"id":…,"ok":false,"error":CODE,"message":TEXT}.
 *
 * ITEM: see store/outbox.h: {"uuid","state","at","who","place","staff","unit","source","kind",
 * "record","code","action","fields","version","tries","next_at","changed_at","error","answer"}.
 *
 * SOURCE: {"name","title","state","kinds":[…],"last_ok","next_try","error","records","total",
 * "rate","lag_ms","quarantined","unknown","unknown_words",
 * "requests":[{"at","method","path","status","ms","bytes"}]}: see model/source.h, whose fields
 * they are. */
#ifndef IOC_BASE_CONTROL_H
#define IOC_BASE_CONTROL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"

/* One end of a connection; non-blocking. */
struct control {
	int fd;
	struct strbuf in, out;
	bool closed;  /* the other side is gone or broke the rules; what came before that can
			 still be read */
	size_t taken; /* bytes of `in` that were read */
};

/* Makes, binds (0600 by umask) and listens; an old socket file is replaced, so hold the
 * writer's lock.  The descriptor, or -1. */
int control_listen(const char *path, struct err *e);
/* Takes the next waiting connection into *c; -1 where none waits. */
int control_accept(int listener, struct control *c);
/* Connects; -1 with ERR_NOT_FOUND where nobody listens. */
int control_connect(const char *path, struct control *c, struct err *e);
void control_close(struct control *c);

/* Queues one object and writes as much as the other side takes now.  Steals no reference.
 * A peer that lets 4 MiB pile up is cut off. */
void control_send(struct control *c, const json_t *message);
/* Writes what is queued; call when poll says POLLOUT. */
void control_flush(struct control *c);
bool control_wants_write(const struct control *c);
/* Reads what has come; call when poll says POLLIN. */
void control_fill(struct control *c);
/* The next whole message, or NULL; the caller drops the reference.  A line that is no JSON
 * object or longer than 1 MiB closes the connection. */
json_t *control_next(struct control *c);
/* Sends a command and waits at most timeout_ms for its answer, skipping events and, where the
 * command has an "id", the answers to others.  NULL with *e: no answer, or what the writer
 * said was wrong, under its code.  For headless verbs only: it blocks. */
json_t *control_ask(struct control *c, json_t *command, int timeout_ms, struct err *e);

#endif
