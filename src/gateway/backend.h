/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the gateway keeps its records.  One sequence grows with every change of every kind;
 * a record stands in the feed at its latest change, and a deletion leaves a tombstone there.
 * Records are kept as the JSON text that is sent.  One thread. */
#ifndef IOC_GATEWAY_BACKEND_H
#define IOC_GATEWAY_BACKEND_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/kind.h"

#define BACKEND_ID_MOST 128 /* bytes of an id */

struct backend;

/* Opens or makes the database (0600); NULL as path keeps everything in memory.  ERR_BUSY
 * where another gateway holds it, ERR_UNSUPPORTED where a newer one made it. */
struct backend *backend_open(const char *path, struct err *e);
/* Ends a transaction that is open by rolling it back, and writes the log into the file. */
void backend_close(struct backend *b);

/* Names the life of this database: a sequence number means something only together with it.
 * It changes when the database is made anew, or when the machine went down so that the last
 * moments may be lost. */
uint64_t backend_epoch(const struct backend *b);
/* The latest number of the sequence that is committed; 0: nothing ever happened. */
int64_t backend_last(const struct backend *b);
/* Deletions up to this number are forgotten: who stands before it can't go on from there. */
int64_t backend_horizon(const struct backend *b);
/* Live records of a kind, and the number of its latest change. */
int64_t backend_count(const struct backend *b, const struct kind *k);
int64_t backend_latest(const struct backend *b, const struct kind *k);

/* --- writing: everything between begin and commit happens or does not ------------------- */

int backend_begin(struct backend *b, struct err *e);
/* The same for what must outlive a power cut once it is committed. */
int backend_begin_durable(struct backend *b, struct err *e);
/* On failure everything since begin is undone. */
int backend_commit(struct backend *b, struct err *e);
void backend_rollback(struct backend *b);

/* Adds the record, or replaces the one with its "id" (a text of 1 to BACKEND_ID_MOST bytes).
 * Sets its "version" to one more than the stored one; other members stay as they are.  The
 * caller keeps its reference and may change the record afterwards. */
int backend_put(struct backend *b, const struct kind *k, json_t *record, struct err *e);
/* The same for a text that is known to be one valid JSON object holding this id and, where
 * `version` says so, that version. */
int backend_put_text(struct backend *b, const struct kind *k, const char *id, int64_t version,
		     const char *json, size_t n, struct err *e);
/* Leaves a tombstone that was made at `now`.  ERR_NOT_FOUND where there is no live record. */
int backend_delete(struct backend *b, const struct kind *k, const char *id, int64_t now,
		   struct err *e);
/* Forgets tombstones made before this instant, and so moves the horizon. */
int backend_purge(struct backend *b, int64_t before, struct err *e);

/* --- reading ---------------------------------------------------------------------------- */

/* The version of a live record or tombstone; 0 where there is none, -1 on failure. */
int64_t backend_version(struct backend *b, const struct kind *k, const char *id, struct err *e);
/* A live record, parsed; the caller owns it.  NULL with ERR_NOT_FOUND where there is none. */
json_t *backend_get(struct backend *b, const struct kind *k, const char *id, struct err *e);

/* A record as it is stored; the text is valid only until the visitor returns. */
struct stored {
	int64_t seq, version;
	const struct kind *kind;
	bool deleted;
	const char *json;
	size_t n;
};
/* Returns whether the next one is wanted. */
typedef bool backend_visitor(void *arg, const struct stored *s);

/* A live record as text.  0, or -1 with ERR_NOT_FOUND where there is none. */
int backend_show(struct backend *b, const struct kind *k, const char *id,
		 backend_visitor *visit, void *arg, struct err *e);
/* What changed after this number, oldest change first. */
int backend_changes(struct backend *b, const struct kind *k, int64_t after,
		    backend_visitor *visit, void *arg, struct err *e);
/* Changes of all kinds after this number, oldest first. */
int backend_all_changes(struct backend *b, int64_t after, backend_visitor *visit, void *arg,
			struct err *e);

/* --- actions ---------------------------------------------------------------------------- */

/* An action that was done: who asked under which key, for what, and what was answered. */
struct done_action {
	const char *client, *key;
	const char *request, *answer;
};
typedef void done_visitor(void *arg, const struct done_action *d);
/* Whether this client had something done under this key: 1 after the visitor saw it, 0, or -1
 * with *e. */
int backend_done(struct backend *b, const char *client, const char *key, done_visitor *visit,
		 void *arg, struct err *e);
/* Within the transaction of the action itself. */
int backend_remember(struct backend *b, const struct done_action *d, int64_t now,
		     struct err *e);
/* Forgets what was done before this instant. */
int backend_forget_actions(struct backend *b, int64_t before, struct err *e);
/* Alerts of this camera and type are dismissed as they come, until then. */
int backend_mute(struct backend *b, const char *camera, const char *category, int64_t until,
		 struct err *e);
bool backend_is_muted(struct backend *b, const char *camera, size_t camera_n,
		      const char *category, size_t category_n, int64_t now);

/* --- attachments ------------------------------------------------------------------------ */

struct blob {
	const char *name, *type; /* file name and media type */
	const void *data;
	size_t n;
};
/* Adds one to a record, within a transaction; *number becomes its place: what the caller set
 * it to, or the next one behind those that are taken. */
int backend_attach(struct backend *b, const struct kind *k, const char *id,
		   const struct blob *blob, int64_t *number, struct err *e);
/* The blob is valid only until visit returns.  ERR_NOT_FOUND where there is none. */
int backend_attachment(struct backend *b, const struct kind *k, const char *id, int64_t number,
		       void (*visit)(void *arg, const struct blob *blob), void *arg,
		       struct err *e);

/* --- telling ---------------------------------------------------------------------------- */

/* Called after each commit with what it changed, in order; the texts are valid until it
 * returns.  Set it after large loads: nothing is collected without it. */
typedef void backend_listener(void *arg, const struct stored *changes, size_t count);
void backend_listen(struct backend *b, backend_listener *listener, void *arg);

#endif
