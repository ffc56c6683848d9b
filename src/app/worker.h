/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The query worker: a thread with a read-only connection of its own, so that no key ever
 * waits for a query.  Called from the loop's thread only. */
#ifndef IOC_APP_WORKER_H
#define IOC_APP_WORKER_H

#include <stdint.h>

#include "base/paths.h"
#include "deadline/rulebook.h"
#include "model/complete.h"
#include "model/due.h"
#include "model/duplicates.h"
#include "model/forecast.h"
#include "model/groups.h"
#include "model/query.h"
#include "model/suggestion.h"
#include "store/asker.h"
#include "store/names.h"

struct worker;

/* One for each sort of question, the most pressing first. */
enum answer_type {
	ANSWER_NAMES,       /* .names and .rules: the catalogues, anew */
	ANSWER_PAGE,        /* .page */
	ANSWER_COMPLETION,  /* .completion */
	ANSWER_SUGGESTIONS, /* .suggestions */
	ANSWER_DUPLICATES,  /* .duplicates */
	ANSWER_GROUPS,      /* .groups */
	ANSWER_DUE,         /* .board */
	ANSWER_FIGURES,     /* .figures */
	ANSWER_FORECAST,    /* .forecast */
	ANSWER_TYPES
};

/* Whoever takes an answer owns what is in it, and frees the answer with free(). */
struct answer {
	enum answer_type type;
	struct page *page;
	struct figures *figures;
	struct due_board *board;
	struct forecast_page *forecast;
	struct group_page *groups;
	struct duplicates *duplicates;
	struct suggestions *suggestions;
	struct complete_answer *completion;
	struct name_table *names;
	struct rulebook *rules; /* NULL: they can't be read, .error says why */
	struct err error;
};

/* Starts at once with opening the cache and reading the names.  `paths`, where the rules of
 * deadlines are, must outlive the worker; `asker` may be NULL: nobody.  NULL with *e. */
struct worker *worker_start(const struct paths *paths, const struct store_asker *asker,
			    struct err *e);
/* Interrupts what is under way and waits for the thread's end. */
void worker_stop(struct worker *w);
/* Readable while answers wait. */
int worker_fd(const struct worker *w);
/* The next answer, or NULL. */
struct answer *worker_take(struct worker *w);

/* Asks for a page; takes the query.  An older question that is not answered yet is given up:
 * its answer says ERR_CANCELLED, and what it did is interrupted. */
void worker_ask_page(struct worker *w, struct page_query *q);
/* Asks for the figures; several askings before they are computed make one answer. */
void worker_ask_figures(struct worker *w, int64_t now);
/* Asks what is due; an older question of this sort is given up without an answer. */
void worker_ask_due(struct worker *w, const struct due_query *q);
/* Asks what will probably be late; takes the query.  The same holds. */
void worker_ask_forecast(struct worker *w, struct forecast_query *q);
/* Asks for the groups of a list; takes the query.  The same holds. */
void worker_ask_groups(struct worker *w, struct group_query *q);
/* Asks what is the same matter as a record; takes the query.  The same holds. */
void worker_ask_duplicates(struct worker *w, struct duplicates_query *q);
/* Asks what rules suggest for records; takes the query.  The same holds. */
void worker_ask_suggestions(struct worker *w, struct suggest_query *q);
/* Asks what begins like something that is being typed; takes the query.  The same holds. */
void worker_ask_completion(struct worker *w, struct complete_query *q);
/* The catalogues changed: reads them again. */
void worker_ask_names(struct worker *w);
/* An interrupt is lost on a question that is just being prepared.  Milliseconds after which
 * the loop should call worker_nudge, which interrupts again; -1: no need. */
int worker_patience(struct worker *w);
void worker_nudge(struct worker *w);
/* Whether something was asked and is not answered yet. */
bool worker_is_busy(struct worker *w);

#endif
