/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the gateway's database looks like.  user_version counts the changes of this text. */
#ifndef IOC_GATEWAY_BACKEND_SCHEMA_H
#define IOC_GATEWAY_BACKEND_SCHEMA_H

#define BACKEND_APPLICATION 0x494f4347 /* "IOCG" */
#define BACKEND_SCHEMA 2

/* clang-format off */
/* Since 1. */
#define BACKEND_DDL_RECORDS \
	"CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;" \
	"CREATE TABLE kind(code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;" \
	/* seq is the rowid: the feed walks record_feed (kind, rowid) in order of change */ \
	"CREATE TABLE record(seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id TEXT NOT NULL," \
	" version INTEGER NOT NULL, gone_at INTEGER, json TEXT NOT NULL) STRICT;" \
	"CREATE UNIQUE INDEX record_id ON record(kind, id);" \
	"CREATE INDEX record_feed ON record(kind);" \
	"CREATE INDEX record_gone ON record(gone_at, kind) WHERE gone_at IS NOT NULL;" \
	"CREATE TABLE attachment(kind INTEGER NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL," \
	" name TEXT NOT NULL, type TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY(kind, id, n)) STRICT;"
/* Since 2. */
#define BACKEND_DDL_ACTIONS \
	"CREATE TABLE done(client TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL," \
	" request TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY(client, key)) STRICT;" \
	"CREATE INDEX done_at ON done(at);" \
	"CREATE TABLE mute(camera TEXT NOT NULL, category TEXT NOT NULL, until INTEGER NOT NULL," \
	" PRIMARY KEY(camera, category)) STRICT, WITHOUT ROWID;"
/* clang-format on */

#endif
