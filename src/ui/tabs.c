/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tabs.h"

#include "base/i18n.h"
#include "ui/state.h"

#define FIXED 3 /* tabs that are no queues: overview, due, sources */

size_t tabs_count(const struct app *a)
{
	return a->required_count + FIXED + a->extra_count;
}

size_t tabs_due(const struct app *a)
{
	return a->required_count + 1;
}

size_t tabs_sources(const struct app *a)
{
	return a->required_count + 2;
}

size_t tabs_queue(const struct app *a, size_t tab)
{
	if (tab >= 1 && tab <= a->required_count)
		return tab - 1;
	if (tab > tabs_sources(a) && tab < tabs_count(a))
		return a->extra[tab - tabs_sources(a) - 1];
	return NO_QUEUE;
}

size_t tabs_nth_queue(const struct app *a, size_t n)
{
	return a->shown[n];
}

/* 0: it has none. */
static size_t tab_of(const struct app *a, size_t queue)
{
	for (size_t tab = 1; tab < tabs_count(a); tab++)
		if (tabs_queue(a, tab) == queue)
			return tab;
	return 0;
}

const char *tabs_title(const struct app *a, size_t tab)
{
	size_t queue = tabs_queue(a, tab);
	if (tab == 0)
		return _("Overview");
	if (tab == tabs_due(a))
		return _("Due");
	if (queue == NO_QUEUE)
		return _("Sources");
	return tabs_view(a, tab) ? tabs_view(a, tab)->title : _(a->lists[queue].kind->title);
}

static void give_tab(struct app *a, size_t queue)
{
	if (queue >= a->queue_count || tab_of(a, queue))
		return;
	a->shown[a->shown_count++] = queue;
	a->extra[a->extra_count++] = queue;
}

void tabs_go_to_queue(struct app *a, size_t queue)
{
	give_tab(a, queue);
	if (tab_of(a, queue))
		app_go_to_tab(a, tab_of(a, queue));
}

void tabs_follow_figures(struct app *a)
{
	for (size_t i = a->required_count; i < a->queue_count; i++)
		if (a->figures.queues[kind_index(a->lists[i].kind)].total > 0)
			give_tab(a, i);
}
