/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written into the journal: the audit, words about duplicates, and the outbox. */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/member.h"
#include "store/apart.h"
#include "store/audit.h"
#include "sync/writer_parts.h"

#define AGAIN_MS 60000 /* until an automatic action is tried again that could not be noted */

/* NULL with *e where nothing can be written down; opens it where it could not be before. */
struct journal *writer_journal(struct writer *w, struct err *e)
{
	struct err why = ERR_INIT;
	if (!w->journal && (w->journal = journal_open(w->paths->journal_db, &why))) {
		outbox_recover(w->journal, clock_now(), NULL);
		w->here = here_load(w->journal, NULL);
	}
	if (w->journal && journal_check_place(w->journal, &why) == 0) {
		w->unwritable = (struct err)ERR_INIT;
		return w->journal;
	}
	if (strcmp(w->unwritable.text, why.text) != 0)
		log_error("%s", why.text);
	w->unwritable = why;
	if (e)
		*e = why;
	return NULL;
}

void writer_audit(struct writer *w, struct job *j)
{
	struct audit_entry a = {.at = j->at,
				.who = j->who,
				.place = j->from,
				.action = j->action,
				.object = j->object,
				.reason = j->reason,
				.version = j->version};
	struct journal *journal = writer_journal(w, &j->err);
	if (journal)
		audit_add(journal, &a, &j->err);
}

static struct apart_record apart_record(const json_t *question, const char *name)
{
	const json_t *r = json_object_get(question, name);
	return (struct apart_record){json_string_value(json_object_get(r, "source")),
				     json_string_value(json_object_get(r, "id"))};
}

void writer_apart(struct writer *w, struct job *j)
{
	struct apart_word word = {
		.kind = j->kind,
		.a = apart_record(j->question, "a"),
		.b = apart_record(j->question, "b"),
		.apart = json_is_true(json_object_get(j->question, "apart")),
		.at = j->at,
		.who = j->who,
		.place = j->from,
		.reason = j->reason,
	};
	struct journal *journal = writer_journal(w, &j->err);
	if (journal)
		apart_say(journal, &word, &j->err);
}

/* The record of the item as the cache has it, to be altered in the open batch; NULL: it has
 * none. */
static struct record *record_of(struct writer *w, struct arena *a, const json_t *item)
{
	const struct kind *k = kind_find(member_text(item, "kind"));
	struct record *r = k ? record_new(a, k) : NULL;
	if (!r)
		return NULL;
	r->source = member_text(item, "source");
	r->id = member_text(item, "record");
	return ingest_complete(w->ingest, a, r, NULL) > 0 ? r : NULL;
}

/* For what severity the word is meant: that of the record as it is now. */
static void look_severity(struct writer *w, struct job *j)
{
	if (!w->db || ingest_begin(w->ingest, NULL) < 0)
		return;
	const struct record *r = record_of(w, &j->haul.arena, j->outbox->item);
	j->outbox->severity = r ? record_int(r, COL_SEVERITY, 0) : 0;
	ingest_rollback(w->ingest);
}

/* What is on disk in the journal now shows in the cache; where it can't, it does when the
 * record comes again. */
static void show_here(struct writer *w, const struct job *j)
{
	struct job *told = job_new(JOB_RULES, 0, NULL);
	struct arena *a = &told->haul.arena;
	struct err e = ERR_INIT;
	here_free(w->here);
	w->here = here_load(w->journal, NULL);
	bool open = w->db && ingest_begin(w->ingest, &e) == 0;
	struct record *r = open ? record_of(w, a, j->outbox->item) : NULL;
	if (r)
		writer_complete(w, a, r);
	if (r && ingest_recompute(w->ingest, r, &e) == 0)
		ingest_commit(w->ingest, &told->result, &e);
	else if (open)
		ingest_rollback(w->ingest);
	if (e.code)
		log_warn("cache: %s", e.text);
	msgq_push(w->done, told);
}

void writer_outbox(struct writer *w, struct job *j)
{
	struct journal *journal = writer_journal(w, &j->err);
	bool here = j->outbox->task == OUTBOX_SETTLE && j->outbox->at_home;
	if (journal && here)
		look_severity(w, j);
	if (journal)
		outbox_job_run(j->outbox, journal, &j->err);
	if (journal && here && !j->err.code)
		show_here(w, j);
	if (j->err.code && j->outbox->task == OUTBOX_ADD && w->dispatch)
		dispatch_again(w->dispatch, AGAIN_MS); /* may have been a rule's */
}
