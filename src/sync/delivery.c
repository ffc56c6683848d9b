/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/delivery.h"

#include <stdlib.h>
#include <string.h>

#include "api/act.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/member.h"
#include "sync/backoff.h"
#include "sync/hold.h"

#define LINES 4 /* at a time to one source */
#define SENDINGS_MOST 64
#define AGAIN_MS (5 * SECOND) /* after the journal could not be written */

struct sending {
	struct act *act;
	json_t *item;
	const struct kind *kind;
	bool makes;   /* a record */
	bool at_home; /* its source does not take it */
	const struct retry_spec *retry;
};

struct delivery {
	const struct runner_env *env;
	struct sending list[SENDINGS_MOST];
	size_t count;
	struct outbox_job *unsettled[SENDINGS_MOST]; /* ends that could not be written down */
	size_t unsettled_count;
	int64_t again;     /* monotonic: when to try that once more */
	bool asking, look; /* a question is under way; there is reason to ask */
	int64_t next;      /* by the wall clock: when something may be sent */
	int64_t wall;      /* that clock at the last turn */
	struct backoff chance;
	struct holds holds;
};

struct delivery *delivery_new(const struct runner_env *env)
{
	struct delivery *d = xcalloc(1, sizeof *d);
	d->env = env;
	d->look = true;
	d->next = INT64_MAX;
	backoff_init(&d->chance, (uint64_t)clock_now());
	return d;
}

void delivery_wake(struct delivery *d)
{
	d->look = true;
	hold_look_again(&d->holds);
}

/* --- what came of it
 * -------------------------------------------------------------------------- */

static void post(const struct delivery *d, struct outbox_job *o)
{
	struct job *j = job_new(JOB_OUTBOX, 0, NULL);
	j->outbox = o;
	writer_post(d->env->writer, j);
}

static enum outbox_state state_before(const json_t *item)
{
	return strcmp(member_text(item, "state"), "retry") == 0 ? OUTBOX_RETRY : OUTBOX_QUEUED;
}

static int64_t pause_of(struct delivery *d, const struct sending *s, const struct failure *f)
{
	d->chance.failures = json_integer_value(json_object_get(s->item, "tries"));
	return backoff_failed(&d->chance, s->retry, f->retry_after);
}

/* For people: what the network library adds in its own language is for the log. */
static void tell(const struct failure *f, char *words, size_t size)
{
	struct failure plain = *f;
	if (!f->status && f->code == ERR_NET)
		plain.detail[0] = '\0';
	failure_text(&plain, true, words, size);
}

static void settle(struct delivery *d, struct sending *s, enum outbox_state to, bool unsent,
		   int64_t version, const struct failure *f)
{
	char words[512];
	struct outbox_job *o = outbox_job_new(OUTBOX_SETTLE, json_incref(s->item));
	tell(f, words, sizeof words);
	json_object_set_new(s->item, "error", json_string(to == OUTBOX_DONE ? "" : words));
	o->state = to;
	o->at_home = s->at_home && to == OUTBOX_DONE;
	o->made = s->makes && to == OUTBOX_DONE;
	o->unsent = unsent;
	o->version = version;
	o->at = clock_now() + (unsent || to == OUTBOX_RETRY ? pause_of(d, s, f) : 0);
	post(d, o);
	if (to == OUTBOX_DONE)
		return;
	failure_text(f, false, words, sizeof words);
	log_warn("%s: %s of %s: %s: %s", member_text(s->item, "source"),
		 member_text(s->item, "action"), member_text(s->item, "record"),
		 outbox_state_name(to), words);
}

/* Under which id and code the province has what was made. */
static void note_made(const struct sending *s, const struct record *r)
{
	const char *id = r ? r->id : act_made(s->act),
		   *code = r ? record_text(r, COL_CODE) : "";
	json_object_set_new(s->item, "answer",
			    json_pack("{s:s, s:s}", "id", id, "code", *code ? code : id));
}

/* The record as the province has it now goes into the cache at once.  Its version; 0: the
 * answer did not hold it. */
static int64_t take_record(const struct delivery *d, const struct sending *s)
{
	struct job *j = job_new(JOB_BATCH, 0, member_text(s->item, "source"));
	act_map(s->act, &j->haul);
	int64_t version = j->haul.count ? j->haul.records[0]->version : act_version(s->act);
	if (s->makes)
		note_made(s, j->haul.count ? j->haul.records[0] : NULL);
	if (j->haul.count)
		writer_post(d->env->writer, j);
	else
		job_free(j);
	return version;
}

static void keep_answer(struct sending *s)
{
	json_t *record = json_loads(act_record(s->act), 0, NULL);
	json_object_set_new(s->item, "answer", record ? record : json_null());
}

/* What the answer, or that there is none, says about the source. */
static void judge_source(struct delivery *d, const struct sending *s, const struct failure *f)
{
	if (hold_is_meant(f))
		hold_failed(&d->holds, member_text(s->item, "source"), s->retry, f->retry_after,
			    clock_monotonic());
	else
		hold_answered(&d->holds, member_text(s->item, "source"));
}

static void finish(struct delivery *d, struct sending *s)
{
	const struct failure *f = act_failure(s->act);
	static const enum outbox_state ends[] = {
		[ACT_DONE] = OUTBOX_DONE,         [ACT_REJECTED] = OUTBOX_REJECTED,
		[ACT_CONFLICT] = OUTBOX_CONFLICT, [ACT_UNKNOWN] = OUTBOX_RETRY,
		[ACT_DOUBT] = OUTBOX_UNCLEAR,
	};
	enum act_state state = act_state(s->act);
	bool unsent = state == ACT_UNSENT || state == ACT_STRANGER;
	if (state == ACT_CONFLICT)
		keep_answer(s);
	int64_t version = 0;
	if (state == ACT_DONE || state == ACT_CONFLICT)
		version = take_record(d, s);
	settle(d, s, unsent ? state_before(s->item) : ends[state], unsent, version, f);
	judge_source(d, s, f);
	d->look = true;
}

static void drop(struct delivery *d, size_t i)
{
	act_free(d->list[i].act);
	json_decref(d->list[i].item);
	d->list[i] = d->list[--d->count];
}

/* --- sending
 * ---------------------------------------------------------------------------------- */

static size_t lines_of(const struct delivery *d, const char *source)
{
	size_t n = 0;
	for (size_t i = 0; i < d->count; i++)
		n += strcmp(member_text(d->list[i].item, "source"), source) == 0;
	return n;
}

/* NULL with the failure. */
static struct act *begin(const struct delivery *d, const struct sending *s,
			 const struct site *site, struct failure *f)
{
	const json_t *item = s->item;
	const char *when = member_text(item, "at");
	char *fields = json_dumps(json_object_get(item, "fields"), JSON_COMPACT);
	char *seen = json_dumps(json_object_get(item, "seen"), JSON_COMPACT);
	struct act_order o = {
		.uuid = member_text(item, "uuid"),
		.kind = s->kind,
		.record = s->makes ? "" : member_text(item, "record"),
		.code = member_text(item, "code"),
		.action = member_text(item, "action"),
		.fields = fields ? fields : "{}",
		.by = member_text(item, "who"),
		.staff = member_text(item, "staff"),
		.unit = member_text(item, "unit"),
		.version = json_integer_value(json_object_get(item, "version")),
		.seen = seen ? seen : "{}",
		.at = CLOCK_NONE,
		.doubtful = state_before(item) == OUTBOX_RETRY,
	};
	clock_parse(when, strlen(when), &o.at);
	struct act *act = act_new(site, &o, d->env->mapper, f);
	free(fields);
	free(seen);
	return act;
}

static void send(struct delivery *d, struct runner *const *runners, size_t count, json_t *item)
{
	static const struct retry_spec usual = {
		.base = SECOND, .most = MINUTE, .tries = 5, .pause = MINUTE};
	struct sending s = {.item = item, .kind = kind_find(member_text(item, "kind"))};
	const struct action *a = s.kind ? action_find(s.kind, member_text(item, "action"))
					: NULL;
	const struct runner *r = runner_find(runners, count, member_text(item, "source"));
	struct failure f = FAILURE_NONE;
	s.makes = a && a->flags & ACTION_NEW;
	s.at_home = r && a && runner_leaves_here(r, s.kind, a);
	if (s.at_home) {
		settle(d, &s, OUTBOX_DONE, false, 0, &f);
		return;
	}
	const struct site *site = r ? runner_site(r) : NULL;
	s.retry = site ? &site->connector->retry : &usual;
	if (site && s.kind && d->count + d->unsettled_count < SENDINGS_MOST)
		s.act = begin(d, &s, site, &f);
	if (s.act) {
		json_incref(item);
		d->list[d->count++] = s;
		return;
	}
	if (!f.code)
		failure_set(&f, ERR_NET, N_("the source is not connected"), NULL);
	settle(d, &s, state_before(item), true, 0, &f);
}

/* The journal could not be read or written: what the province answered is kept until it can. */
static void postpone(struct delivery *d, const struct job *j)
{
	bool lost = d->unsettled_count == SENDINGS_MOST || j->err.code == ERR_NOT_FOUND;
	log_error("outbox: %s", j->err.text);
	if (j->outbox->task == OUTBOX_SETTLE && !lost)
		d->unsettled[d->unsettled_count++] = outbox_job_again(j->outbox);
	d->asking = d->asking && j->outbox->task != OUTBOX_DUE;
	d->again = clock_monotonic() + AGAIN_MS;
}

void delivery_result(struct delivery *d, struct runner *const *runners, size_t count,
		     const struct job *j)
{
	size_t i;
	json_t *item;
	if (j->err.code) {
		if (j->outbox->task == OUTBOX_SETTLE || j->outbox->task == OUTBOX_DUE)
			postpone(d, j);
		return;
	}
	d->next = j->outbox->next;
	if (j->outbox->task == OUTBOX_ADD || j->outbox->task == OUTBOX_AGAIN)
		d->look = true;
	if (j->outbox->task != OUTBOX_DUE)
		return;
	d->asking = false;
	json_array_foreach (j->outbox->items, i, item)
		send(d, runners, count, item);
}

/* What of a source is done here, whether it can be reached or not. */
static void add_here(json_t *here, const struct runner *r)
{
	for (size_t i = 0; kinds[i]; i++)
		for (const struct action *a = actions_of(kinds[i]); a && a->id; a++) {
			if (!runner_leaves_here(r, kinds[i], a))
				continue;
			char *name = outbox_job_name(runner_status(r)->name, kinds[i]->id,
						     a->id);
			json_object_set_new(here, name, json_true());
			free(name);
		}
}

/* Asks for what these sources can take now, and what is done without them. */
static void ask(struct delivery *d, struct runner *const *runners, size_t count)
{
	json_t *room = json_object(), *here = json_object();
	for (size_t i = 0; i < count; i++) {
		const char *name = runner_status(runners[i])->name;
		size_t busy = lines_of(d, name);
		add_here(here, runners[i]);
		size_t lines = hold_room(&d->holds, name, LINES, clock_monotonic());
		if (busy < lines && runner_site(runners[i]))
			json_object_set_new(room, name,
					    json_integer((json_int_t)(lines - busy)));
	}
	if (!json_object_size(room) && !json_object_size(here)) {
		json_decref(room);
		json_decref(here);
		return;
	}
	struct outbox_job *o = outbox_job_new(OUTBOX_DUE, NULL);
	o->sources = room;
	o->here = here;
	d->look = false;
	d->asking = true;
	post(d, o);
}

void delivery_turn(struct delivery *d, struct runner *const *runners, size_t count)
{
	for (size_t i = d->count; i-- > 0;)
		if (act_state(d->list[i].act) != ACT_WAITING) {
			finish(d, &d->list[i]);
			drop(d, i);
		}
	if (d->again && d->again <= clock_monotonic()) {
		d->again = 0;
		d->look = true;
		while (d->unsettled_count)
			post(d, d->unsettled[--d->unsettled_count]);
	}
	int64_t now = clock_now();
	d->look = d->look || now < d->wall - MINUTE; /* it was put back */
	d->wall = now;
	if (!d->asking && (d->look || d->next <= now))
		ask(d, runners, count);
}

int64_t delivery_due(const struct delivery *d)
{
	int64_t again = d->again ? d->again : INT64_MAX;
	if (d->asking || d->next == INT64_MAX)
		return again;
	int64_t left = d->next - clock_now();
	int64_t due = clock_monotonic() + (left > SECOND ? left : SECOND);
	return due < again ? due : again;
}

bool delivery_is_busy(const struct delivery *d)
{
	return d->count || d->asking;
}

void delivery_stop(struct delivery *d)
{
	struct failure f;
	failure_set(&f, ERR_CANCELLED, N_("the writer was stopped before an answer came"),
		    NULL);
	while (d->count) {
		settle(d, &d->list[d->count - 1], OUTBOX_RETRY, false, 0, &f);
		drop(d, d->count - 1);
	}
	d->asking = false;
	d->look = true;
}

void delivery_free(struct delivery *d)
{
	if (!d)
		return;
	while (d->count)
		drop(d, d->count - 1);
	while (d->unsettled_count)
		outbox_job_free(d->unsettled[--d->unsettled_count]);
	holds_free(&d->holds);
	free(d);
}
