/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two threads of events lead to a look at the cache: the writer says that records changed, and
 * every two seconds where no writer is there to say so. */
#include "app/follow.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/cache.h"
#include "app/link.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/changes.h"
#include "store/query.h"

#define AT_ONCE 256         /* changes in one look */
#define LOOK_MS 2000        /* between two looks where nobody says that something changed */
#define LOOK_SHARE 100      /* of the time may one look for what became due take */
#define NO_CACHE_MS 100     /* while the first cache is being made */
#define SILENT_CHANGES 1000 /* passed over, after which the cursor is told all the same */

struct follow {
	const struct program *program;
	const struct follow_request *request;
	struct db *db;
	struct name_table *names;
	struct link *link; /* NULL: nobody is asked */
	struct out out, line;
	struct strbuf text; /* of one record */
	struct rows *rows;
	struct change_cursor cursor;
	int64_t said;    /* cursor.seq of the last line */
	bool begun;      /* the cursor is one */
	int64_t look_at; /* monotonic: what became due by itself is looked for again */
};

/* --- lines ------------------------------------------------------------------ */

static void add_head(struct follow *f, const struct change_cursor *c, int64_t at,
		     const char *change)
{
	char cursor[CHANGE_CURSOR_TEXT], time[CLOCK_TEXT];
	clock_format_utc(at, time);
	struct out *o = &f->out;
	if (c) {
		change_cursor_format(c, cursor);
		out_adds(o, "{\"cursor\":\"");
		out_adds(o, cursor);
		out_adds(o, "\",");
		f->said = c->seq;
	} else {
		out_adds(o, "{");
	}
	out_adds(o, "\"at\":\"");
	out_adds(o, time);
	out_adds(o, "\",\"kind\":\"");
	out_adds(o, f->request->kind->id);
	out_adds(o, "\",\"change\":\"");
	out_adds(o, change);
	out_addc(o, '"');
}

static void add_reason(struct follow *f, const char *reason)
{
	out_adds(&f->out, ",\"reason\":\"");
	out_adds(&f->out, reason);
	out_addc(&f->out, '"');
}

static int add_record(struct follow *f, const struct record *r)
{
	strbuf_clear(&f->text);
	rows_add(f->rows, r);
	out_flush(&f->line);
	out_adds(&f->out, ",\"record\":");
	out_add(&f->out, f->text.s, f->text.len - 1); /* without the end of its line */
	out_adds(&f->out, "}\n");
	return f->out.failed ? -1 : 0;
}

static int add_change(void *follow, const struct change *c)
{
	static const char *const words[] = {
		[CHANGE_NEW] = "new",         [CHANGE_CHANGED] = "changed",
		[CHANGE_REMOVED] = "removed", [CHANGE_ENTERED] = "entered",
		[CHANGE_LEFT] = "left",
	};
	static const char *const reasons[] = {
		[CHANGE_DUE_SOON] = "due-soon", [CHANGE_LATE] = "late"};
	add_head(follow, &c->cursor, c->at, words[c->type]);
	if (c->reason)
		add_reason(follow, reasons[c->reason]);
	return add_record(follow, c->record);
}

static int add_present(void *follow, const struct record *r)
{
	add_head(follow, NULL, clock_now(), "present");
	return add_record(follow, r);
}

/* A line that only says where we are; `reason` may be NULL. */
static void add_place(struct follow *f, const char *change, const char *reason)
{
	add_head(f, &f->cursor, clock_now(), change);
	if (reason)
		add_reason(f, reason);
	out_adds(&f->out, "}\n");
}

/* --- the cache -------------------------------------------------------------- */

static void close_cache(struct follow *f)
{
	names_free(f->names);
	db_close(f->db);
	f->names = NULL;
	f->db = NULL;
}

/* 1: it is open, 0: there is none yet, but a writer will make one. */
static int open_cache(struct follow *f, struct err *e)
{
	if (f->db && db_was_replaced(f->db))
		close_cache(f);
	if (f->db)
		return 1;
	f->db = cache_open(f->program, e);
	if (!f->db && e->code == ERR_NOT_FOUND && f->link) {
		*e = (struct err)ERR_INIT;
		return 0;
	}
	return f->db ? 1 : -1;
}

/* Changes are missing between what was told and what can be told: once said, we go on from
 * now. */
static int reset(struct follow *f, struct err *e)
{
	int64_t epoch = f->cursor.epoch;
	fprintf(stderr, "ioc follow: %s; %s\n", e->text, _("read all records again"));
	*e = (struct err)ERR_INIT;
	if (change_cursor_now(f->db, &f->cursor, e) < 0)
		return -1;
	change_cursor_at_time(&f->cursor, clock_now() + 1);
	add_place(f, "reset", f->cursor.epoch != epoch ? "new-cache" : "not-kept");
	return 0;
}

static int tell_all_records(struct follow *f, struct err *e)
{
	const struct follow_request *q = f->request;
	struct walk_query w = {.kind = q->kind,
			       .filter = q->filter,
			       .sort = -1,
			       .since = CLOCK_NONE,
			       .now = clock_now()};
	return store_walk(f->db, &w, add_present, f, e);
}

/* The place from which we tell. */
static int begin(struct follow *f, struct err *e)
{
	const struct follow_request *q = f->request;
	f->begun = true;
	if (cache_check_filter(f->db, f->program, q->kind, q->filter, e) < 0)
		return -1;
	if (q->after)
		return change_cursor_parse(q->after, &f->cursor);
	int rc = change_cursor_now(f->db, &f->cursor, e);
	int64_t from = clock_now() + 1;
	if (rc == 0 && q->since != CLOCK_NONE) {
		from = q->since;
		rc = change_cursor_since(f->db, q->since, &f->cursor, e);
		if (rc < 0 && e->code == ERR_NOT_FOUND)
			return reset(f, e);
	}
	change_cursor_at_time(&f->cursor, from);
	if (rc == 0 && q->all)
		rc = tell_all_records(f, e);
	if (rc == 0)
		add_place(f, "start", NULL);
	return rc;
}

/* What time alone made due.  It costs a look at all that is open: no more often than takes a
 * hundredth of the time. */
static int tell_passed(struct follow *f, const struct changes_query *q, struct err *e)
{
	int64_t began = clock_monotonic();
	if (began < f->look_at)
		return 0;
	int rc = store_changes_by_time(f->db, q, &f->cursor, add_change, f, e);
	int64_t now = clock_monotonic();
	f->look_at = rc > 0 ? now : now + (now - began) * LOOK_SHARE;
	return rc;
}

static int tell_some(struct follow *f, struct err *e)
{
	const struct changes_query q = {.kind = f->request->kind,
					.filter = f->request->filter,
					.now = clock_now(),
					.most = AT_ONCE};
	int rc = store_changes(f->db, &q, &f->cursor, add_change, f, e);
	if (rc == 0)
		rc = tell_passed(f, &q, e);
	if (rc < 0 && e->code == ERR_NOT_FOUND)
		rc = reset(f, e);
	out_flush(&f->out);
	return rc;
}

/* All that there is. */
static int tell(struct follow *f, struct err *e)
{
	int rc = open_cache(f, e);
	names_free(f->names); /* they may have changed */
	f->names = NULL;
	if (rc > 0 && !f->begun && begin(f, e) < 0)
		return -1;
	while (rc > 0 && !f->out.failed)
		rc = tell_some(f, e);
	if (rc == 0 && f->begun && f->cursor.seq - f->said >= SILENT_CHANGES)
		add_place(f, "mark", NULL);
	out_flush(&f->out);
	return rc;
}

/* --- waiting ---------------------------------------------------------------- */

static int patience(const struct follow *f)
{
	int64_t ms = f->db ? LOOK_MS : NO_CACHE_MS, link = link_patience(f->link, ms);
	return (int)(link >= 0 && link < ms ? link : ms);
}

/* Until there may be something to tell; false where nobody reads any more. */
static bool wait_for_more(struct follow *f)
{
	int64_t look = clock_monotonic() + (f->db ? LOOK_MS : NO_CACHE_MS);
	for (;;) {
		struct link_news news;
		struct pollfd fds[] = {{STDOUT_FILENO, 0, 0},
				       {link_fd(f->link), link_events(f->link), 0}};
		poll(fds, 2, patience(f));
		if (fds[0].revents & (POLLERR | POLLHUP | POLLNVAL))
			return false;
		link_step(f->link, &news);
		if (news.kinds[kind_index(f->request->kind)] || clock_monotonic() >= look)
			return true;
	}
}

/* --- life ------------------------------------------------------------------- */

static const char *name(void *follow, const struct kind *catalogue, const char *code,
			int64_t at)
{
	struct follow *f = follow;
	if (!f->names)
		f->names = names_load(f->db);
	return cache_name(f->names, catalogue, code, at);
}

static void open_rows(struct follow *f)
{
	const struct rows_options o = {
		.kind = f->request->kind,
		.format = ROWS_NDJSON,
		.columns = f->request->columns,
		.personal = f->request->personal,
		.names = f->request->names,
		.name = name,
		.context = f,
	};
	out_open_memory(&f->line, &f->text);
	f->rows = rows_new(&o, &f->line);
}

static int run(struct follow *f, struct err *e)
{
	int rc;
	while ((rc = tell(f, e)) == 0 && !f->out.failed && !f->request->once)
		if (!wait_for_more(f))
			break;
	return rc;
}

int follow_run(const struct program *p, const struct follow_request *q, struct err *e)
{
	struct follow f = {.program = p, .request = q, .text = STRBUF_INIT};
	if (out_open(&f.out, NULL, e) < 0)
		return -1;
	open_rows(&f);
	if (!q->once)
		f.link = link_new(p, !q->no_sync);
	int rc = run(&f, e);
	link_free(f.link);
	close_cache(&f);
	rows_free(f.rows);
	out_abandon(&f.line);
	strbuf_free(&f.text);
	if (rc < 0 && !f.out.failed) {
		out_abandon(&f.out);
		return -1;
	}
	*e = (struct err)ERR_INIT;
	return out_finish(&f.out, e);
}
