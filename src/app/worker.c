/* SPDX-License-Identifier: GPL-3.0-or-later */
/* There is one slot for each sort of question, not a queue: who asks again has no use for the
 * older answer.  What somebody looks at goes first, and also pushes aside what is being
 * counted; that is begun again when nothing else is wanted. */
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

struct worker {
	pthread_t thread;
	struct msgq *answers;
	const struct paths *paths;
	struct store_asker asker;
	char *name, *user, *unit; /* of it */

	pthread_mutex_t lock;
	pthread_cond_t wanted;
	/* under the lock */
	bool asked[ANSWER_TYPES], stop;
	void *questions[ANSWER_TYPES]; /* of those asked; owned */
	int dropped;
	enum answer_type running; /* ANSWER_TYPES: none */
	struct db *db;

	/* of the thread alone */
	uint64_t figures_generation;
	struct rulebook *rules; /* for forecasts; NULL: not read yet */
	struct router *router;  /* of this connection; NULL: not asked yet */
};

static struct answer *answer_new(enum answer_type type)
{
	struct answer *a = xcalloc(1, sizeof *a);
	a->type = type;
	return a;
}

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

/* --- the questions ---------------------------------------------------------- */

static const struct rulebook *rules(struct worker *w, struct db *db)
{
	if (!w->rules)
		w->rules = rules_load(db, w->paths, NULL);
	return w->rules;
}

static struct err *ask_page(struct worker *w, struct db *db, const void *question,
			    struct answer *a)
{
	const struct page_query *q = question;
	(void)w;
	a->page = db ? store_page(db, q) : page_new();
	a->page->generation = q->generation;
	return &a->page->error;
}

static struct err *ask_figures(struct worker *w, struct db *db, const void *question,
			       struct answer *a)
{
	const int64_t *now = question;
	a->figures = xcalloc(1, sizeof *a->figures);
	if (db)
		store_figures(db, *now, a->figures);
	a->figures->at = *now;
	a->figures->generation = ++w->figures_generation;
	return &a->figures->error;
}

static struct err *ask_due(struct worker *w, struct db *db, const void *question,
			   struct answer *a)
{
	(void)w;
	a->board = db ? store_due(db, question) : due_board_new(question);
	return &a->board->error;
}

static struct err *ask_forecast(struct worker *w, struct db *db, const void *question,
				struct answer *a)
{
	const struct forecast_query *q = question;
	a->forecast = db ? store_forecast(db, rules(w, db), q) : forecast_page_new();
	a->forecast->generation = q->generation;
	return &a->forecast->error;
}

static struct err *ask_groups(struct worker *w, struct db *db, const void *question,
			      struct answer *a)
{
	const struct group_query *q = question;
	(void)w;
	a->groups = db ? store_groups(db, q) : group_page_new();
	a->groups->generation = q->generation;
	return &a->groups->error;
}

/* What was said to be apart lies in the journal, which is opened for it: where that can't be,
 * all that is alike is told. */
static struct err *ask_duplicates(struct worker *w, struct db *db, const void *question,
				  struct answer *a)
{
	const struct duplicates_query *q = question;
	struct journal *j = db ? journal_open_reader(w->paths->journal_db, NULL) : NULL;
	a->duplicates = db ? store_duplicates(db, j, q) : duplicates_new();
	a->duplicates->generation = q->generation;
	journal_close(j);
	return &a->duplicates->error;
}

static struct err *ask_suggestions(struct worker *w, struct db *db, const void *question,
				   struct answer *a)
{
	const struct suggest_query *q = question;
	if (db && !w->router)
		w->router = router_new(db, w->paths, NULL);
	a->suggestions = db ? store_suggest(db, w->router, rules(w, db), q, clock_now())
			    : suggestions_new();
	a->suggestions->generation = q->generation;
	a->suggestions->kind = q->kind;
	return &a->suggestions->error;
}

/* Told also where the cache says nothing. */
static struct err *ask_completion(struct worker *w, struct db *db, const void *question,
				  struct answer *a)
{
	a->completion = complete_ask(w->paths, db, question, &a->error);
	return &a->error;
}

/* Without names there is no answer. */
static struct err *ask_names(struct worker *w, struct db *db, const void *nothing,
			     struct answer *a)
{
	(void)nothing;
	a->names = db ? names_load(db) : NULL;
	if (!a->names)
		return NULL;
	rulebook_free(w->rules);
	w->rules = NULL; /* read anew when they are wanted */
	store_set_asker(db, &w->asker);
	a->rules = rules_load(db, w->paths, &a->error);
	return &a->error;
}

/* How a question is dealt with. */
enum {
	ANEW = 1,   /* a newer one interrupts the one that is being answered */
	COUNTS = 2, /* is pushed aside, and begun again when nothing else is wanted */
	PUSHES = 4, /* pushes aside what counts */
};

/* clang-format off */
static const struct sort {
	/* `db` is NULL where there is no cache.  Returns where the answer says what went
	 * wrong; NULL: there is none. */
	struct err *(*ask)(struct worker *w, struct db *db, const void *question,
			   struct answer *a);
	void (*free)(void *question);
	int ways;
} sorts[ANSWER_TYPES] = {
	[ANSWER_NAMES]       = {ask_names, free, 0},
	[ANSWER_PAGE]        = {ask_page, page_query_free, ANEW | PUSHES},
	[ANSWER_COMPLETION]  = {ask_completion, complete_query_free, ANEW | PUSHES},
	[ANSWER_SUGGESTIONS] = {ask_suggestions, suggest_query_free, 0},
	[ANSWER_DUPLICATES]  = {ask_duplicates, duplicates_query_free, ANEW | COUNTS},
	[ANSWER_GROUPS]      = {ask_groups, group_query_free, ANEW | COUNTS},
	[ANSWER_DUE]         = {ask_due, free, ANEW | COUNTS},
	[ANSWER_FIGURES]     = {ask_figures, free, COUNTS},
	[ANSWER_FORECAST]    = {ask_forecast, forecast_query_free, ANEW | COUNTS},
};
/* clang-format on */

/* --- the thread ------------------------------------------------------------- */

static enum answer_type most_pressing(const struct worker *w)
{
	enum answer_type t = 0;
	while (t < ANSWER_TYPES && !w->asked[t])
		t++;
	return t;
}

/* Takes the most pressing question out; waits where there is none.  ANSWER_TYPES: the end. */
static enum answer_type take_question(struct worker *w, void **question)
{
	enum answer_type t;
	pthread_mutex_lock(&w->lock);
	w->running = ANSWER_TYPES;
	while ((t = most_pressing(w)) == ANSWER_TYPES && !w->stop)
		pthread_cond_wait(&w->wanted, &w->lock);
	if (w->stop)
		t = ANSWER_TYPES;
	if (t < ANSWER_TYPES) {
		*question = w->questions[t];
		w->questions[t] = NULL;
		w->asked[t] = false;
	}
	w->running = t;
	pthread_mutex_unlock(&w->lock);
	return t;
}

/* What was pushed aside is asked again; overtaken by a newer question of its sort it is not.
 * Returns whether the question was taken back. */
static bool take_back(struct worker *w, enum answer_type t, void *question, bool cancelled)
{
	pthread_mutex_lock(&w->lock);
	w->dropped = cancelled ? w->dropped + 1 : 0;
	bool again = cancelled && !w->asked[t];
	if (again) {
		w->asked[t] = true;
		w->questions[t] = question;
	}
	pthread_mutex_unlock(&w->lock);
	return again;
}

/* At once, so that who takes the answer finds the worker at rest: a frame would wait for more.
 */
static void answer(struct worker *w, struct answer *a)
{
	pthread_mutex_lock(&w->lock);
	msgq_push(w->answers, a);
	w->running = ANSWER_TYPES;
	pthread_mutex_unlock(&w->lock);
}

static void work(struct worker *w, enum answer_type t, void *question)
{
	struct err e = ERR_INIT;
	struct db *db = open_cache(w, &e);
	struct answer *a = answer_new(t);
	struct err *error = sorts[t].ask(w, db, question, a);
	bool dropped = !error;
	if (error) {
		if (!db)
			*error = e;
		look_at_error(w, error);
	}
	if (error && (sorts[t].ways & COUNTS)) {
		dropped = error->code == ERR_CANCELLED;
		if (take_back(w, t, question, dropped))
			question = NULL;
	}
	sorts[t].free(question);
	if (dropped)
		answer_free(a);
	else
		answer(w, a);
}

static void *run(void *context)
{
	struct worker *w = context;
	void *question = NULL;
	for (enum answer_type t; (t = take_question(w, &question)) < ANSWER_TYPES;)
		work(w, t, question);
	set_db(w, NULL);
	return NULL;
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
	w->running = ANSWER_TYPES;
	w->asked[ANSWER_NAMES] = true;
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
	for (enum answer_type t = 0; t < ANSWER_TYPES; t++)
		sorts[t].free(w->questions[t]);
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

/* Whether what is being answered keeps a more pressing question waiting. */
static bool is_in_the_way(const struct worker *w)
{
	if (w->running == ANSWER_TYPES)
		return false;
	int ways = sorts[w->running].ways;
	bool aside = (ways & COUNTS) && w->dropped < DROPPED_MOST;
	for (enum answer_type t = 0; aside && t < ANSWER_TYPES; t++)
		if (w->asked[t] && (sorts[t].ways & PUSHES))
			return true;
	return (ways & ANEW) && w->asked[w->running];
}

/* Under the lock. */
static void make_way(struct worker *w)
{
	if (w->db && is_in_the_way(w))
		db_interrupt(w->db);
}

static void answer_overtaken(struct worker *w, const struct page_query *q)
{
	struct answer *a = answer_new(ANSWER_PAGE);
	a->page = page_new();
	a->page->generation = q->generation;
	err_set(&a->page->error, ERR_CANCELLED, "overtaken by a newer question");
	msgq_push(w->answers, a);
}

static void ask(struct worker *w, enum answer_type t, void *question)
{
	pthread_mutex_lock(&w->lock);
	void *overtaken = w->questions[t];
	w->questions[t] = question;
	w->asked[t] = true;
	make_way(w);
	pthread_cond_signal(&w->wanted);
	pthread_mutex_unlock(&w->lock);
	if (t == ANSWER_PAGE && overtaken)
		answer_overtaken(w, overtaken);
	sorts[t].free(overtaken);
}

void worker_ask_page(struct worker *w, struct page_query *q)
{
	ask(w, ANSWER_PAGE, q);
}

void worker_ask_figures(struct worker *w, int64_t now)
{
	int64_t *question = xmalloc(sizeof *question);
	*question = now;
	ask(w, ANSWER_FIGURES, question);
}

void worker_ask_due(struct worker *w, const struct due_query *q)
{
	struct due_query *question = xmalloc(sizeof *question);
	*question = *q;
	ask(w, ANSWER_DUE, question);
}

void worker_ask_forecast(struct worker *w, struct forecast_query *q)
{
	ask(w, ANSWER_FORECAST, q);
}

void worker_ask_groups(struct worker *w, struct group_query *q)
{
	ask(w, ANSWER_GROUPS, q);
}

void worker_ask_duplicates(struct worker *w, struct duplicates_query *q)
{
	ask(w, ANSWER_DUPLICATES, q);
}

void worker_ask_suggestions(struct worker *w, struct suggest_query *q)
{
	ask(w, ANSWER_SUGGESTIONS, q);
}

void worker_ask_completion(struct worker *w, struct complete_query *q)
{
	ask(w, ANSWER_COMPLETION, q);
}

void worker_ask_names(struct worker *w)
{
	ask(w, ANSWER_NAMES, NULL);
}

int worker_patience(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	bool waits = is_in_the_way(w);
	pthread_mutex_unlock(&w->lock);
	return waits ? NUDGE_AFTER : -1;
}

void worker_nudge(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	make_way(w);
	pthread_mutex_unlock(&w->lock);
}

bool worker_is_busy(struct worker *w)
{
	pthread_mutex_lock(&w->lock);
	bool busy = most_pressing(w) < ANSWER_TYPES || w->running < ANSWER_TYPES;
	pthread_mutex_unlock(&w->lock);
	return busy;
}
