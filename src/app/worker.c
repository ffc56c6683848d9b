/* SPDX-License-Identifier: GPL-3.0-or-later */
/* There is one slot for each sort of question, not a queue: who asks again has no use for the
 * older answer.  Pages go first, and also push aside what is being counted; that is
 * begun again when nothing else is wanted. */
#include "app/worker.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "app/complete_ask.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/msgq.h"
#include "store/db.h"
#include "store/due.h"
#include "store/groups.h"
#include "store/query.h"
#include "store/settler.h"
#include "store/suggest.h"

#define NUDGE_AFTER 5  /* ms */
#define DROPPED_MOST 3 /* times that a count is pushed aside before it may finish */

enum work {
	WORK_NONE,
	WORK_PAGE,
	WORK_FIGURES,
	WORK_DUE,
	WORK_FORECAST,
	WORK_GROUPS,
	WORK_DUPLICATES,
	WORK_SUGGESTIONS,
	WORK_COMPLETION,
	WORK_NAMES,
	WORK_STOP
};

struct worker {
	pthread_t thread;
	struct msgq *answers;
	const struct paths *paths;
	struct store_asker asker;
	char *name, *user, *unit; /* of it */

	pthread_mutex_t lock;
	pthread_cond_t wanted;
	/* under the lock */
	struct page_query *query;
	bool figures, due, names, stop;
	int64_t figures_now;
	struct due_query due_query;
	struct forecast_query *forecast;
	struct group_query *groups;
	struct duplicates_query *duplicates;
	struct suggest_query *suggest;
	struct complete_query *complete;
	int dropped;
	enum work running;
	struct db *db;

	/* of the thread alone */
	uint64_t figures_generation;
	struct rulebook *rules; /* for forecasts; NULL: not read yet */
	struct router *router;  /* of this connection; NULL: not asked yet */
};

static void answer_free(void *message)
{
	struct answer *a = message;
	page_free(a->page);
	free(a->figures);
	due_board_free(a->board);
	forecast_page_free(a->forecast);
	group_page_free(a->groups);
	duplicates_free(a->duplicates);
	suggestions_free(a->suggestions);
	complete_answer_free(a->completion);
	names_free(a->names);
	rulebook_free(a->rules);
	free(a);
}

static void answer(struct worker *w, struct answer one)
{
	struct answer *a = xmalloc(sizeof *a);
	*a = one;
	msgq_push(w->answers, a);
}

static void answer_cancelled(struct worker *w, struct page_query *q)
{
	struct page *p = page_new();
	p->generation = q->generation;
	err_set(&p->error, ERR_CANCELLED, "overtaken by a newer question");
	page_query_free(q);
	answer(w, (struct answer){.type = ANSWER_PAGE, .page = p});
}

/* --- the connection --------------------------------------------------------- */

static void set_db(struct worker *w, struct db *db)
{
	pthread_mutex_lock(&w->lock);
	struct db *before = w->db;
	w->db = db;
	pthread_mutex_unlock(&w->lock);
	router_free(w->router);
	w->router = NULL;
	if (before)
		db_close(before);
}

/* The open cache, opened again where it was replaced or is there only now. */
static struct db *open_cache(struct worker *w, struct err *e)
{
	if (w->db && !db_was_replaced(w->db))
		return w->db;
	bool again = w->db != NULL;
	struct db *db = db_open_reader(w->paths->cache_db, e);
	if (db)
		store_set_asker(db, &w->asker);
	set_db(w, db);
	if (again && db)
		log_info("the cache %s was replaced: opened again", w->paths->cache_db);
	return db;
}

/* A damaged connection is not used again. */
static void look_at_error(struct worker *w, const struct err *e)
{
	if (e->code == ERR_CORRUPT || e->code == ERR_IO)
		set_db(w, NULL);
}

/* --- the thread ------------------------------------------------------------- */

static void do_page(struct worker *w, struct page_query *q)
{
	struct err e = ERR_INIT;
	struct db *db = open_cache(w, &e);
	struct page *p = db ? store_page(db, q) : page_new();
	if (!db) {
		p->generation = q->generation;
		p->error = e;
	}
	look_at_error(w, &p->error);
	page_query_free(q);
	answer(w, (struct answer){.type = ANSWER_PAGE, .page = p});
}

static void do_figures(struct worker *w, int64_t now)
{
	struct figures *f = xcalloc(1, sizeof *f);
	struct db *db = open_cache(w, &f->error);
	if (db && store_figures(db, now, f) < 0 && f->error.code == ERR_CANCELLED) {
		free(f);
		pthread_mutex_lock(&w->lock);
		w->figures = true;
		w->dropped++;
		pthread_mutex_unlock(&w->lock);
		return;
	}
	pthread_mutex_lock(&w->lock);
	w->dropped = 0;
	pthread_mutex_unlock(&w->lock);
	look_at_error(w, &f->error);
	f->at = now;
	f->generation = ++w->figures_generation;
	answer(w, (struct answer){.type = ANSWER_FIGURES, .figures = f});
}

/* Overtaken by a page it is begun again; by a newer question of its sort it is not. */
static void do_due(struct worker *w, const struct due_query *q)
{
	struct err e = ERR_INIT;
	struct db *db = open_cache(w, &e);
	struct due_board *b = db ? store_due(db, q) : due_board_new(q);
	if (!db)
		b->error = e;
	bool cancelled = b->error.code == ERR_CANCELLED;
	pthread_mutex_lock(&w->lock);
	w->dropped = cancelled ? w->dropped + 1 : 0;
	if (cancelled && !w->due) {
		w->due = true;
		w->due_query = *q;
	}
	pthread_mutex_unlock(&w->lock);
	if (cancelled) {
		due_board_free(b);
		return;
	}
	look_at_error(w, &b->error);
	answer(w, (struct answer){.type = ANSWER_DUE, .board = b});
}

static void do_names(struct worker *w)
{
	struct err e = ERR_INIT;
	struct db *db = open_cache(w, &e);
	struct answer a = {.type = ANSWER_NAMES};
	a.names = db ? names_load(db) : NULL;
	if (!a.names)
		return;
	rulebook_free(w->rules);
	w->rules = NULL; /* read anew when a forecast wants them */
	store_set_asker(db, &w->asker);
	a.rules = rules_load(db, w->paths, &a.error);
	answer(w, a);
}

/* The same with what will probably be late. */
static void do_forecast(struct worker *w, struct forecast_query *q)
{
	struct err e = ERR_INIT;
	struct db *db = open_cache(w, &e);
	if (db && !w->rules)
		w->rules = rules_load(db, w->paths, NULL);
	struct forecast_page *p = db ? store_forecast(db, w->rules, q) : forecast_page_new();
	if (!db) {
		p->generation = q->generation;
		p->error = e;
	}
	bool cancelled = p->error.code == ERR_CANCELLED;
	pthread_mutex_lock(&w->lock);
	w->dropped = cancelled ? w->dropped + 1 : 0;
	if (cancelled && !w->forecast) {
		w->forecast = q;
		q = NULL;
	}
	pthread_mutex_unlock(&w->lock);
	forecast_query_free(q);
	if (cancelled) {
		forecast_page_free(p);
		return;
	}
	look_at_error(w, &p->error);
	answer(w, (struct answer){.type = ANSWER_FORECAST, .forecast = p});
}

/* And with what is the same matter as a record.  What was said to be apart lies in the journal,
 * which is opened for it: where that can't be, all that is alike is told. */
static void do_duplicates(struct worker *w, struct duplicates_query *q)
{
	struct err e = ERR_INIT;
	struct db *db = open_cache(w, &e);
	struct journal *j = db ? journal_open_reader(w->paths->journal_db, NULL) : NULL;
	struct duplicates *d = db ? store_duplicates(db, j, q) : duplicates_new();
	journal_close(j);
	if (!db) {
		d->generation = q->generation;
		d->error = e;
	}
	bool cancelled = d->error.code == ERR_CANCELLED;
	pthread_mutex_lock(&w->lock);
	w->dropped = cancelled ? w->dropped + 1 : 0;
	if (cancelled && !w->duplicates) {
		w->duplicates = q;
		q = NULL;
	}
	pthread_mutex_unlock(&w->lock);
	duplicates_query_free(q);
	if (cancelled) {
		duplicates_free(d);
		return;
	}
	look_at_error(w, &d->error);
	answer(w, (struct answer){.type = ANSWER_DUPLICATES, .duplicates = d});
}

/* And with the groups of a list. */
static void do_groups(struct worker *w, struct group_query *q)
{
	struct err e = ERR_INIT;
	struct db *db = open_cache(w, &e);
	struct group_page *p = db ? store_groups(db, q) : group_page_new();
	if (!db) {
		p->generation = q->generation;
		p->error = e;
	}
	bool cancelled = p->error.code == ERR_CANCELLED;
	pthread_mutex_lock(&w->lock);
	w->dropped = cancelled ? w->dropped + 1 : 0;
	if (cancelled && !w->groups) {
		w->groups = q;
		q = NULL;
	}
	pthread_mutex_unlock(&w->lock);
	group_query_free(q);
	if (cancelled) {
		group_page_free(p);
		return;
	}
	look_at_error(w, &p->error);
	answer(w, (struct answer){.type = ANSWER_GROUPS, .groups = p});
}

/* What rules of distribution suggest: quick, and not begun again where it is pushed aside. */
static void do_suggestions(struct worker *w, struct suggest_query *q)
{
	struct err e = ERR_INIT;
	struct db *db = open_cache(w, &e);
	struct suggestions *s = NULL;
	if (db) {
		if (!w->rules)
			w->rules = rules_load(db, w->paths, NULL);
		if (!w->router)
			w->router = router_new(db, w->paths, NULL);
		s = store_suggest(db, w->router, w->rules, q, clock_now());
	} else {
		s = suggestions_new();
		s->generation = q->generation;
		s->kind = q->kind;
		s->error = e;
	}
	suggest_query_free(q);
	look_at_error(w, &s->error);
	answer(w, (struct answer){.type = ANSWER_SUGGESTIONS, .suggestions = s});
}

/* What may be typed next: quick, and told also where the cache says nothing. */
static void do_completion(struct worker *w, struct complete_query *q)
{
	struct err e = ERR_INIT;
	struct db *db = q->what == COMPLETE_VALUES ? open_cache(w, &e) : NULL;
	struct complete_answer *a = complete_ask(w->paths, db, q, &e);
	look_at_error(w, &e);
	complete_query_free(q);
	answer(w, (struct answer){.type = ANSWER_COMPLETION, .completion = a});
}

/* What a piece of work is about. */
struct task {
	struct page_query *query;
	struct due_query due;
	struct forecast_query *forecast;
	struct group_query *groups;
	struct duplicates_query *duplicates;
	struct suggest_query *suggest;
	struct complete_query *complete;
	int64_t now;
};

/* Takes the most pressing work out; waits where there is none. */
static enum work take_work(struct worker *w, struct task *t)
{
	pthread_mutex_lock(&w->lock);
	w->running = WORK_NONE;
	while (!w->stop && !w->query && !w->names && !w->due && !w->figures && !w->forecast &&
	       !w->duplicates && !w->suggest && !w->complete && !w->groups)
		pthread_cond_wait(&w->wanted, &w->lock);
	if (w->stop) {
		w->running = WORK_STOP;
	} else if (w->names) {
		w->running = WORK_NAMES;
		w->names = false;
	} else if (w->query) {
		w->running = WORK_PAGE;
		t->query = w->query;
		w->query = NULL;
	} else if (w->complete) {
		w->running = WORK_COMPLETION;
		t->complete = w->complete;
		w->complete = NULL;
	} else if (w->suggest) {
		w->running = WORK_SUGGESTIONS;
		t->suggest = w->suggest;
		w->suggest = NULL;
	} else if (w->duplicates) {
		w->running = WORK_DUPLICATES;
		t->duplicates = w->duplicates;
		w->duplicates = NULL;
	} else if (w->groups) {
		w->running = WORK_GROUPS;
		t->groups = w->groups;
		w->groups = NULL;
	} else if (w->due) {
		w->running = WORK_DUE;
		t->due = w->due_query;
		w->due = false;
	} else if (!w->figures) {
		w->running = WORK_FORECAST;
		t->forecast = w->forecast;
		w->forecast = NULL;
	} else {
		w->running = WORK_FIGURES;
		t->now = w->figures_now;
		w->figures = false;
	}
	enum work work = w->running;
	pthread_mutex_unlock(&w->lock);
	return work;
}

static void *run(void *context)
{
	struct worker *w = context;
	struct task t = {0};
	for (;;) {
		switch (take_work(w, &t)) {
		case WORK_PAGE:
			do_page(w, t.query);
			break;
		case WORK_FIGURES:
			do_figures(w, t.now);
			break;
		case WORK_DUE:
			do_due(w, &t.due);
			break;
		case WORK_FORECAST:
			do_forecast(w, t.forecast);
			break;
		case WORK_DUPLICATES:
			do_duplicates(w, t.duplicates);
			break;
		case WORK_GROUPS:
			do_groups(w, t.groups);
			break;
		case WORK_SUGGESTIONS:
			do_suggestions(w, t.suggest);
			break;
		case WORK_COMPLETION:
			do_completion(w, t.complete);
			break;
		case WORK_NAMES:
			do_names(w);
			break;
		default:
			set_db(w, NULL);
			return NULL;
		}
	}
}

/* --- the loop's side -------------------------------------------------------- */

/* Signals belong to the loop. */
static int start_thread(struct worker *w)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int error = pthread_create(&w->thread, NULL, run, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return error;
}

static char *copy(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static void forget_asker(struct worker *w)
{
	free(w->name);
	free(w->user);
	free(w->unit);
}

static void keep_asker(struct worker *w, const struct store_asker *a)
{
	w->asker.paths = w->paths;
	if (!a)
		return;
	w->asker.name = w->name = copy(a->name);
	w->asker.user = w->user = copy(a->user);
	w->asker.unit = w->unit = copy(a->unit);
}

struct worker *worker_start(const struct paths *paths, const struct store_asker *asker,
			    struct err *e)
{
	struct worker *w = xcalloc(1, sizeof *w);
	w->paths = paths;
	keep_asker(w, asker);
	w->answers = msgq_new();
	w->names = true;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wanted, NULL);
	if (w->answers && start_thread(w) == 0)
		return w;
	err_set(e, ERR_IO, _("can't start the query thread"));
	msgq_free(w->answers, NULL);
	forget_asker(w);
	free(w);
	return NULL;
}

void worker_stop(struct worker *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stop = true;
	if (w->db)
		db_interrupt(w->db);
	pthread_cond_signal(&w->wanted);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	page_query_free(w->query);
	forecast_query_free(w->forecast);
	group_query_free(w->groups);
	duplicates_query_free(w->duplicates);
	suggest_query_free(w->suggest);
	complete_query_free(w->complete);
	rulebook_free(w->rules);
	msgq_free(w->answers, answer_free);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->wanted);
	forget_asker(w);
	free(w);
}

int worker_fd(const struct worker *w)
{
	return msgq_fd(w->answers);
}

struct answer *worker_take(struct worker *w)
{
	return msgq_pop(w->answers);
}

void worker_ask_page(struct worker *w, struct page_query *q)
{
	pthread_mutex_lock(&w->lock);
	struct page_query *overtaken = w->query;
	w->query = q;
	bool counting = w->running == WORK_FIGURES || w->running == WORK_DUE ||
			w->running == WORK_FORECAST || w->running == WORK_DUPLICATES ||
			w->running == WORK_GROUPS;
	bool aside = w->running == WORK_PAGE || (counting && w->dropped < DROPPED_MOST);
	if (aside && w->db)
		db_interrupt(w->db);
	pthread_cond_signal(&w->wanted);
	pthread_mutex_unlock(&w->lock);
	if (overtaken)
		answer_cancelled(w, overtaken);
}

void worker_ask_figures(struct worker *w, int64_t now)
{
	pthread_mutex_lock(&w->lock);
	w->figures = true;
	w->figures_now = now;
	pthread_cond_signal(&w->wanted);
	pthread_mutex_unlock(&w->lock);
}

void worker_ask_due(struct worker *w, const struct due_query *q)
{
	pthread_mutex_lock(&w->lock);
	w->due = true;
	w->due_query = *q;
	if (w->running == WORK_DUE && w->db)
		db_interrupt(w->db);
	pthread_cond_signal(&w->wanted);
	pthread_mutex_unlock(&w->lock);
}

void worker_ask_forecast(struct worker *w, struct forecast_query *q)
{
	pthread_mutex_lock(&w->lock);
	struct forecast_query *overtaken = w->forecast;
	w->forecast = q;
	if (w->running == WORK_FORECAST && w->db)
		db_interrupt(w->db);
	pthread_cond_signal(&w->wanted);
	pthread_mutex_unlock(&w->lock);
	forecast_query_free(overtaken);
}

void worker_ask_groups(struct worker *w, struct group_query *q)
{
	pthread_mutex_lock(&w->lock);
	struct group_query *overtaken = w->groups;
	w->groups = q;
	if (w->running == WORK_GROUPS && w->db)
		db_interrupt(w->db);
	pthread_cond_signal(&w->wanted);
	pthread_mutex_unlock(&w->lock);
	group_query_free(overtaken);
}

void worker_ask_duplicates(struct worker *w, struct duplicates_query *q)
{
	pthread_mutex_lock(&w->lock);
	struct duplicates_query *overtaken = w->duplicates;
	w->duplicates = q;
	if (w->running == WORK_DUPLICATES && w->db)
		db_interrupt(w->db);
	pthread_cond_signal(&w->wanted);
	pthread_mutex_unlock(&w->lock);
	duplicates_query_free(overtaken);
}

void worker_ask_suggestions(struct worker *w, struct suggest_query *q)
{
	pthread_mutex_lock(&w->lock);
	struct suggest_query *overtaken = w->suggest;
	w->suggest = q;
	pthread_cond_signal(&w->wanted);
	pthread_mutex_unlock(&w->lock);
	suggest_query_free(overtaken);
}

void worker_ask_completion(struct worker *w, struct complete_query *q)
{
	pthread_mutex_lock(&w->lock);
	struct complete_query *overtaken = w->complete;
	w->complete = q;
	bool counting = w->running == WORK_FIGURES || w->running == WORK_DUE ||
			w->running == WORK_FORECAST || w->running == WORK_DUPLICATES;
	if (((counting && w->dropped < DROPPED_MOST) || w->running == WORK_COMPLETION) && w->db)
		db_interrupt(w->db);
	pthread_cond_signal(&w->wanted);
	pthread_mutex_unlock(&w->lock);
	complete_query_free(overtaken);
}

void worker_ask_names(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	w->names = true;
	pthread_cond_signal(&w->wanted);
	pthread_mutex_unlock(&w->lock);
}

int worker_patience(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	bool overtaken = w->query && w->running == WORK_PAGE;
	pthread_mutex_unlock(&w->lock);
	return overtaken ? NUDGE_AFTER : -1;
}

void worker_nudge(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	if (w->query && w->running == WORK_PAGE && w->db)
		db_interrupt(w->db);
	pthread_mutex_unlock(&w->lock);
}

bool worker_is_busy(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	bool busy = w->query || w->groups || w->complete || w->due || w->forecast ||
		    w->duplicates || w->suggest || w->figures || w->names ||
		    w->running != WORK_NONE;
	pthread_mutex_unlock(&w->lock);
	return busy;
}
