/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done already, so that it is not done twice; and which cameras are quiet. */
#include "gateway/backend_sqlite.h"

static int run(struct backend *b, enum statement which, const char *doing, struct err *e)
{
	sqlite3_stmt *s = b->statements[which];
	int rc = sqlite3_step(s);
	int bad = rc == SQLITE_DONE ? 0 : backend_fail(b, e, doing);
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return bad;
}

int backend_done(struct backend *b, const char *client, const char *key, done_visitor *visit,
		 void *arg, struct err *e)
{
	sqlite3_stmt *s = b->statements[STATEMENT_DONE];
	sqlite3_bind_text(s, 1, client, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, key, -1, SQLITE_STATIC);
	int rc = sqlite3_step(s), found = 0;
	if (rc == SQLITE_ROW) {
		struct done_action done = {client, key, (const char *)sqlite3_column_text(s, 0),
					   (const char *)sqlite3_column_text(s, 1)};
		visit(arg, &done);
		found = 1;
	} else if (rc != SQLITE_DONE) {
		found = backend_fail(b, e, "look up what was done");
	}
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return found;
}

int backend_remember(struct backend *b, const struct done_action *d, int64_t now, struct err *e)
{
	sqlite3_stmt *s = b->statements[STATEMENT_REMEMBER];
	sqlite3_bind_text(s, 1, d->client, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, d->key, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 3, now);
	sqlite3_bind_text(s, 4, d->request, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 5, d->answer, -1, SQLITE_STATIC);
	return run(b, STATEMENT_REMEMBER, "remember what was done", e);
}

int backend_forget_actions(struct backend *b, int64_t before, struct err *e)
{
	sqlite3_bind_int64(b->statements[STATEMENT_FORGET], 1, before);
	return run(b, STATEMENT_FORGET, "forget old actions", e);
}

int backend_mute(struct backend *b, const char *camera, const char *category, int64_t until,
		 struct err *e)
{
	sqlite3_stmt *s = b->statements[STATEMENT_MUTE];
	sqlite3_bind_text(s, 1, camera, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, category, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 3, until);
	return run(b, STATEMENT_MUTE, "mute a camera", e);
}

bool backend_is_muted(struct backend *b, const char *camera, size_t camera_n,
		      const char *category, size_t category_n, int64_t now)
{
	sqlite3_stmt *s = b->statements[STATEMENT_MUTED];
	sqlite3_bind_text64(s, 1, camera, camera_n, SQLITE_STATIC, SQLITE_UTF8);
	sqlite3_bind_text64(s, 2, category, category_n, SQLITE_STATIC, SQLITE_UTF8);
	sqlite3_bind_int64(s, 3, now);
	bool muted = sqlite3_step(s) == SQLITE_ROW;
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return muted;
}
