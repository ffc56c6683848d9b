/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screens ask of the cache, and whom an answer is for. */
#ifndef IOC_UI_QUESTIONS_H
#define IOC_UI_QUESTIONS_H

#include "model/groups.h"
#include "model/query.h"

struct app;
struct effects;
struct figures;

/* Whom the page that is asked for will answer. */
enum asker {
	ASKER_NONE,
	ASKER_LIST,
	ASKER_DETAIL,
	ASKER_EXPLAIN,
	ASKER_FEED,
	ASKER_BANNER,
	ASKER_LOOKUP,
	ASKER_FIND,
	ASKER_SWEEP,
	ASKER_ERRAND,
	ASKER_MARKS,
	ASKER_PICKER,
	ASKER_GROUP,
	ASKER_TAB,
};

/* After every event: asks for what is missing. */
void questions_settle(struct app *a, struct effects *fx);
/* The figures of the queues changed: they are asked for soon. */
void questions_want_figures(struct app *a);
/* EVENT_PAGE and EVENT_GROUPS; they own the answer. */
void questions_page_came(struct app *a, struct page *p, struct effects *fx);
void questions_groups_came(struct app *a, struct group_page *p);
/* EVENT_FIGURES. */
void questions_figures_came(struct app *a, const struct figures *f);

/* The question how many records pass; the caller owns it.  `sort`, which decides by which index
 * they are counted, as views have it: NULL: the kind's. */
struct page_query *questions_count(const struct kind *k, const char *filter, const char *sort,
				   int64_t now);

#endif
