/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tabs: overview, the queues, what is due, the sources; behind them, so that the numbers of
 * these never change, the optional queues that have records. */
#ifndef IOC_UI_TABS_H
#define IOC_UI_TABS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;

#define NO_QUEUE SIZE_MAX

size_t tabs_count(const struct app *a);
/* Index of the queue in app->lists; NO_QUEUE: another tab. */
size_t tabs_queue(const struct app *a, size_t tab);
/* What it is called, translated. */
const char *tabs_title(const struct app *a, size_t tab);
size_t tabs_due(const struct app *a);
size_t tabs_sources(const struct app *a);
/* The n-th of the queues that are shown; n < app->shown_count. */
size_t tabs_nth_queue(const struct app *a, size_t n);
/* Goes to the queue, and gives it a tab where it has none. */
void tabs_go_to_queue(struct app *a, size_t queue);
/* Gives tabs to the optional queues that have records; what has one keeps it. */
void tabs_follow_figures(struct app *a);

#endif
