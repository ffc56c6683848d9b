/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The backend in SQLite, seen by its own files only. */
#ifndef IOC_GATEWAY_BACKEND_SQLITE_H
#define IOC_GATEWAY_BACKEND_SQLITE_H

#include <sqlite3.h>

#include "base/arena.h"
#include "gateway/backend.h"

enum statement {
	STATEMENT_BEGIN,
	STATEMENT_COMMIT,
	STATEMENT_ROLLBACK,
	STATEMENT_PUT,
	STATEMENT_VERSION,
	STATEMENT_SHOW,
	STATEMENT_CHANGES,
	STATEMENT_ALL_CHANGES,
	STATEMENT_PURGE_TO,
	STATEMENT_PURGE,
	STATEMENT_SET_META,
	STATEMENT_ATTACH,
	STATEMENT_ATTACHMENT,
	STATEMENT_DETACH,
	STATEMENT_DONE,
	STATEMENT_REMEMBER,
	STATEMENT_FORGET,
	STATEMENT_MUTE,
	STATEMENT_MUTED,
	STATEMENT_COUNT
};

struct backend {
	sqlite3 *db;
	sqlite3_stmt *statements[STATEMENT_COUNT];
	int lock_fd;
	bool broken; /* never got ready: leave the file as it is */
	uint64_t epoch;
	int64_t last, horizon; /* committed */
	int code[KIND_MOST];   /* kind_index to record.kind */
	int64_t live[KIND_MOST], latest[KIND_MOST];

	/* of the open transaction */
	bool open;
	bool durable;
	int64_t next; /* the number that the next change gets */
	int64_t live_before[KIND_MOST], latest_before[KIND_MOST];
	struct stored *changes;
	size_t change_count, change_cap;
	struct arena texts;

	/* the answer of the last look-up, good until something is written */
	struct {
		const struct kind *kind; /* NULL: none */
		char id[BACKEND_ID_MOST + 1];
		int64_t version;
		bool live;
	} found;

	backend_listener *listener;
	void *listener_arg;
};

/* Fills *e from SQLite's last error: "can't DOING: …".  Returns -1. */
int backend_fail(struct backend *b, struct err *e, const char *doing);
int backend_set_meta(struct backend *b, const char *key, int64_t value, struct err *e);

#endif
