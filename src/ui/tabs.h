/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tabs: overview, the queues, what is due, the sources; behind them, so that the numbers of
 * these never change, the optional queues that have records and the views that have a tab. */
#ifndef IOC_UI_TABS_H
#define IOC_UI_TABS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/query.h"

struct app;

#define NO_QUEUE SIZE_MAX
#define VIEW_TABS_MOST 6

/* A view with a tab of its own; its list stands behind those of the queues. */
struct view_tab {
	char *name, *title, *filter, *sort; /* owned; name NULL: free */
	int64_t count;
	bool known, capped;
	bool stale;
	int64_t asked; /* when it was counted last */
};

size_t tabs_count(const struct app *a);
/* Index of the tab's list in app->lists; NO_QUEUE: it has none. */
size_t tabs_queue(const struct app *a, size_t tab);
/* What it is called, translated. */
const char *tabs_title(const struct app *a, size_t tab);
size_t tabs_due(const struct app *a);
size_t tabs_sources(const struct app *a);
/* The n-th of the queues that are shown; n < app->shown_count. */
size_t tabs_nth_queue(const struct app *a, size_t n);
/* Goes to the list, and gives it a tab where it has none. */
void tabs_go_to_queue(struct app *a, size_t queue);
/* Gives tabs to the optional queues that have records; what has one keeps it. */
void tabs_follow_figures(struct app *a);

/* --- view_tabs.c --- */
/* Gives tabs to the views that are to have one, and takes them from those that are gone.  The
 * first for which there is none left; NULL: all have one. */
const struct saved_view *tabs_follow_views(struct app *a);
bool tabs_have_view(struct app *a, const struct saved_view *v);
void tabs_free(struct app *a);
/* The tab's view; NULL: it is of no view. */
const struct view_tab *tabs_view(const struct app *a, size_t tab);
/* Records of this kind changed. */
void tabs_changed(struct app *a, const struct kind *k);
/* The question behind the next count that is due; NULL: none is.  *n is whose. */
struct page_query *tabs_count_query(struct app *a, size_t *n);
void tabs_count_lost(struct app *a, size_t n);
void tabs_count_answer(struct app *a, size_t n, struct page *p);

#endif
