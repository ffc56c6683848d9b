/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine: events in, effects out.  */
#include "ui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/escalation.h"
#include "model/kinds.h"
#include "ui/input.h"
#include "ui/palette.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define MESSAGE_TIME (8 * SECOND)

struct app *app_new(const struct app_config *c, struct effects *fx)
{
	struct app *a = xcalloc(1, sizeof *a);
	a->config = *c;
	a->mouse = c->mouse;
	a->title = xstrdup(c->title ? c->title : "");
	telling_init(&a->telling, c);
	a->prompt = xstrdup("");
	a->look = (struct look){
		.now = c->now,
		.names = c->names,
		.ascii = c->ascii,
		.personal = c->show_personal,
		.spoken = c->spoken,
	};
	a->rows = c->rows;
	a->columns = c->columns;
	a->figures_due = c->now;
	a->message_until = CLOCK_NONE;
	a->runner.since = CLOCK_NONE;
	a->menu.picked = -1;
	a->minute = c->now / MINUTE;
	while (kinds[a->queue_count] && !kinds[a->queue_count]->catalogue &&
	       a->queue_count < QUEUES_MOST) {
		const struct kind *k = kinds[a->queue_count];
		list_init(&a->lists[a->queue_count], k,
			  views_of_filter(c->views, k, k->default_filter));
		if (!k->optional)
			a->shown[a->required_count++] = a->queue_count;
		a->queue_count++;
	}
	a->shown_count = a->required_count;
	views_begin(a);
	a->banner.stale = true;
	overview_init(&a->overview, a->queue_count);
	due_init(&a->due);
	acting_init(&a->acting);
	drafts_init(&a->drafts, c->seed);
	kept_init(&a->memory);
	a->alike.rules = c->duplicates;
	a->look.pending = &a->pending;
	app_settle(a, fx);
	return a;
}

void app_free(struct app *a)
{
	if (!a)
		return;
	tabs_free(a);
	for (size_t i = 0; i < a->queue_count; i++)
		list_free(&a->lists[i]);
	overview_free(&a->overview);
	banner_free(&a->banner);
	due_free(&a->due);
	detail_free(&a->detail);
	detail_free(&a->explained);
	acting_free(&a->acting);
	alike_free(&a->alike);
	advice_free(&a->advice);
	pending_free(&a->pending);
	telling_free(&a->telling);
	doc_free(&a->text);
	sweep_free(&a->sweep);
	picker_free(&a->picker);
	drafts_free(&a->drafts);
	kept_free(&a->memory);
	places_free(&a->places);
	errand_free(&a->errand);
	live_free(&a->live);
	find_free(&a->find);
	runner_free(&a->runner);
	menu_free(&a->menu);
	free(a->title);
	free(a->prompt);
	free(a->headless);
	free(a);
}

/* --- what is on screen ---------------------------------------------------- */

struct list *app_list(struct app *a)
{
	size_t queue = tabs_queue(a, a->tab);
	return queue == NO_QUEUE ? NULL : &a->lists[queue];
}

struct list *app_next_list(struct app *a, const struct list *l)
{
	size_t i = l ? (size_t)(l - a->lists) + 1 : 0;
	while (i < LISTS_MOST && !a->lists[i].kind)
		i++;
	return i < LISTS_MOST ? &a->lists[i] : NULL;
}

const struct view *app_base_view(const struct app *a)
{
	if (a->tab == 0)
		return &overview_view;
	if (a->tab == tabs_due(a))
		return &due_view;
	if (a->tab == tabs_sources(a))
		return &sources_view;
	return a->lists[tabs_queue(a, a->tab)].groups.on ? &groups_view : &queue_view;
}

const struct view *app_view(const struct app *a)
{
	static const struct view *const overlays[] = {
		[OVERLAY_HELP] = &help_view,        [OVERLAY_THEME] = &theme_view,
		[OVERLAY_COLUMNS] = &columns_view,  [OVERLAY_EXPLAIN] = &explain_view,
		[OVERLAY_ACTIONS] = &actions_view,  [OVERLAY_FORM] = &form_view,
		[OVERLAY_RESULTS] = &results_view,  [OVERLAY_OUTBOX] = &outbox_view,
		[OVERLAY_DUPLICATES] = &alike_view, [OVERLAY_ACCEPT] = &advice_view,
		[OVERLAY_FIND] = &find_view,        [OVERLAY_PICKER] = &picker_view,
		[OVERLAY_NEW] = &new_view,          [OVERLAY_HEADLESS] = &headless_view,
	};
	if (a->overlay != OVERLAY_NONE)
		return overlays[a->overlay];
	if (a->detail.open && (a->detail.focused || !a->layout.main_shown))
		return &detail_view;
	return app_base_view(a);
}

enum context app_context(const struct app *a)
{
	return app_view(a)->context;
}

const struct record *app_selected(struct app *a)
{
	if (a->overlay == OVERLAY_FIND)
		return find_current(&a->find);
	struct list *l = app_list(a);
	if (l)
		return list_current(l);
	return a->tab == 0 ? overview_current(&a->overview) : NULL;
}

void app_open_selected(struct app *a)
{
	a->detail.focused |= a->detail.open;
	a->detail.open = true;
	a->detail.pinned = false;
}

void app_go_to_tab(struct app *a, size_t tab)
{
	if (tab >= tabs_count(a))
		return;
	a->overlay = OVERLAY_NONE;
	if (tab == a->tab)
		return;
	a->tab = tab;
	a->detail.open = a->detail.focused = a->detail.pinned = false;
	a->text.scroll = 0;
}

void app_say(struct app *a, enum role role, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(a->message, sizeof a->message, fmt, ap);
	va_end(ap);
	tell_message(&a->telling, role, a->message);
	a->message_role = role;
	a->message_until = a->look.now + MESSAGE_TIME;
	a->dirty = true;
}

const char *app_key(const struct app *a, const char *command, char *buf, size_t size)
{
	buf[0] = '\0';
	if (a->telling.on) /* there are no keys: it is typed */
		snprintf(buf, size, "\"%s\"", command);
	if (a->telling.on || !a->config.keymap)
		return buf;
	return keymap_key_for(a->config.keymap, app_context(a), command, buf, size);
}

/* --- after every event ---------------------------------------------------- */

/* The detail shows what the cursor is on; beside a list only once the cursor rests, so that
 * scrolling stays as cheap as without it. */
static void follow_cursor(struct app *a)
{
	struct detail *d = &a->detail;
	if (!d->open || d->pinned)
		return;
	const struct record *r = app_selected(a);
	if (!r || (r->kind == d->kind && r->rowid == d->rowid))
		return;
	bool rest = a->layout.main_shown && d->page;
	detail_show(d, r->kind, r->rowid, a->look.now + (rest ? DETAIL_REST : 0));
}

/* A terminal can scroll whole lines only: a list that shares its lines with a record is painted
 * anew when it scrolls, so that it does so seldom. */
static void size_lists(struct app *a)
{
	int height = a->telling.on ? a->telling.page : a->layout.main.rows - LIST_HEAD_ROWS;
	for (struct list *l = NULL; (l = app_next_list(a, l));) {
		l->scroll_step = a->layout.divider >= 0 && height > 3 ? height / 3 : 1;
		list_set_height(l, height);
		groups_set_height(&l->groups, height);
	}
}

void app_settle(struct app *a, struct effects *fx)
{
	a->layout = layout_make(a->rows, a->columns, banner_is_up(&a->banner), a->detail.open,
				a->telling.on ? SPLIT_FULL : a->detail.split);
	size_lists(a);
	follow_cursor(a);
	alike_settle(a, fx);
	advice_settle(a, fx);
	drafts_settle(a, fx);
	places_settle(a);
	memory_settle(a, fx);
	questions_settle(a, fx);
	a->dirty = true;
}

/* --- news ----------------------------------------------------------------- */

static void kind_changed(struct app *a, size_t queue)
{
	for (struct list *l = NULL; (l = app_next_list(a, l));)
		if (l->kind == a->lists[queue].kind)
			list_changed(l);
	tabs_changed(a, a->lists[queue].kind);
	overview_changed(&a->overview, a->lists[queue].kind);
	find_changed(&a->find, a->lists[queue].kind);
	a->banner.stale |= a->lists[queue].kind == &kind_hazard;
	if (a->detail.open && a->detail.kind == a->lists[queue].kind)
		detail_show(&a->detail, a->detail.kind, a->detail.rowid, a->look.now);
	a->alike.stale |= a->alike.kind == a->lists[queue].kind;
	if (a->overlay == OVERLAY_EXPLAIN && a->explained.kind == a->lists[queue].kind)
		a->explained.stale = true;
}

static void records_changed(struct app *a, const struct event *e)
{
	for (size_t i = 0; i < a->queue_count; i++)
		if (e->changed.kinds[i])
			kind_changed(a, i);
	due_changed(&a->due, a->look.now);
	questions_want_figures(a);
}

/* Time itself changes what is late and what is due soon. */
static void minute_passed(struct app *a)
{
	a->minute = a->look.now / MINUTE;
	for (struct list *l = NULL; (l = app_next_list(a, l));) {
		list_changed(l);
		overview_changed(&a->overview, l->kind);
		tabs_changed(a, l->kind);
	}
	a->banner.stale = true;
	due_changed(&a->due, a->look.now);
	questions_want_figures(a);
}

static void sources_came(struct app *a, const struct event *e)
{
	a->source_count = e->sources.count < SOURCES_MOST ? e->sources.count : SOURCES_MOST;
	if (a->source_count)
		memcpy(a->sources, e->sources.list, a->source_count * sizeof *a->sources);
	a->sources_known = true;
}

static void writer_changed(struct app *a, const struct event *e)
{
	a->writer = e->writer.state;
	a->writer_retry_at = e->writer.retry_at;
	snprintf(a->writer_reason, sizeof a->writer_reason, "%s",
		 e->writer.reason ? e->writer.reason : "");
}

static void resized(struct app *a, const struct event *e)
{
	a->rows = e->size.rows;
	a->columns = e->size.columns;
	a->detail.doc_columns = 0;
}

static void escalated(struct app *a, const struct event *e, struct effects *fx)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_addf(&b, "%s: ", e->escalation.code);
	escalation_words(&b, e->escalation.level, e->escalation.whom);
	if (e->escalation.count > 1)
		strbuf_addf(&b, _(", and %d more"), e->escalation.count - 1);
	app_say(a, ROLE_NOTICE, "%s", b.s);
	strbuf_free(&b);
	if (e->escalation.loud)
		effects_add(fx, EFFECT_BELL, NULL);
}

static void pasted(struct app *a, const char *text)
{
	char key[32];
	if (!picker_paste(a, text) && !acting_paste(a, text))
		app_say(a, ROLE_NOTICE,
			_("pasted text runs nothing here; %s opens a line that takes it"),
			app_key(a, "prompt", key, sizeof key));
}

static void take(struct app *a, const struct event *e, struct effects *fx)
{
	switch (e->type) {
	case EVENT_KEY:
		input_key(a, e->key, fx);
		break;
	case EVENT_MOUSE:
		input_mouse(a, e, fx);
		break;
	case EVENT_PROMPT:
		input_prompt(a, e, fx);
		break;
	case EVENT_PROMPT_TAB:
		input_prompt_tab(a, e, fx);
		break;
	case EVENT_COMPLETION:
		if (!palette_answer(a, e->completion))
			menu_answer(a, e->completion, fx);
		break;
	case EVENT_PROMPT_DONE:
		input_prompt_done(a, e->prompt.text, fx);
		break;
	case EVENT_RESIZE:
		resized(a, e);
		break;
	case EVENT_PAGE:
		questions_page_came(a, e->page, fx);
		break;
	case EVENT_FIGURES:
		questions_figures_came(a, e->figures);
		break;
	case EVENT_DUE:
		due_answer(&a->due, e->board);
		break;
	case EVENT_FORECAST:
		due_forecast_answer(&a->due, e->forecast);
		break;
	case EVENT_GROUPS:
		questions_groups_came(a, e->groups);
		break;
	case EVENT_DUPLICATES:
		alike_came(a, e->duplicates);
		break;
	case EVENT_SUGGESTIONS:
		advice_came(a, e->suggestions, fx);
		break;
	case EVENT_CHANGED:
		records_changed(a, e);
		break;
	case EVENT_SOURCES:
		sources_came(a, e);
		break;
	case EVENT_WRITER:
		writer_changed(a, e);
		break;
	case EVENT_NOTICE:
		app_say(a, ROLE_NOTICE, "%s", e->text);
		break;
	case EVENT_ESCALATION:
		escalated(a, e, fx);
		break;
	case EVENT_SOURCED:
		runner_sourced(a, e->sourced.path, e->sourced.text, e->sourced.problem, fx);
		break;
	case EVENT_VIEWS:
		views_came(a, e);
		break;
	case EVENT_EDITED:
	case EVENT_REPLIES:
	case EVENT_OPERATOR:
	case EVENT_OUTBOX:
	case EVENT_OUTBOX_ALL:
	case EVENT_ACTED:
		acting_event(a, e, fx);
		a->alike.stale |= a->overlay == OVERLAY_DUPLICATES;
		break;
	case EVENT_PASTE:
		pasted(a, e->text);
		break;
	case EVENT_TICK:
		break;
	}
}

void app_update(struct app *a, const struct event *e, struct effects *fx)
{
	bool same_second = e->now / SECOND == a->look.now / SECOND;
	bool was_dirty = a->dirty;
	a->look.now = e->now;
	if (a->message_until != CLOCK_NONE && e->now >= a->message_until) {
		a->message[0] = '\0';
		a->message_until = CLOCK_NONE;
	}
	if (e->now / MINUTE != a->minute)
		minute_passed(a);
	take(a, e, fx);
	runner_step(a, fx);
	input_release(a, fx);
	app_settle(a, fx);
	if (e->type == EVENT_TICK && same_second)
		a->dirty = was_dirty;
}

bool app_is_dirty(const struct app *a)
{
	return a->dirty;
}

int64_t app_next_tick(const struct app *a, int64_t now)
{
	int64_t next = (now / SECOND + 1) * SECOND;
	if (a->detail.open && a->detail.stale && a->asker == ASKER_NONE && a->detail.due < next)
		next = a->detail.due;
	if (a->figures_due != CLOCK_NONE && a->figures_due < next)
		next = a->figures_due;
	return next;
}

int app_run(struct app *a, const char *command, struct effects *fx, struct err *e)
{
	int rc = runner_start(a, command, fx, e);
	app_settle(a, fx);
	return rc;
}

void app_forget_rows(struct app *a)
{
	for (struct list *l = NULL; (l = app_next_list(a, l));)
		row_cache_forget(l->cache);
	a->detail.doc_columns = 0;
}

void app_names_changed(struct app *a)
{
	app_forget_rows(a);
	a->dirty = true;
}

void app_set_rules(struct app *a, const struct rulebook *rules)
{
	a->look.rules = rules;
	app_names_changed(a);
}

void app_set_theme(struct app *a, const struct theme *t)
{
	a->config.theme = t;
	a->dirty = true;
}

bool app_wants_key(const struct app *a, uint32_t key)
{
	return menu_wants(a, key);
}

void app_render(struct app *a, struct cellbuf *b)
{
	cellbuf_resize(b, a->rows, a->columns);
	b->cut = a->look.ascii ? '~' : 0x2026;
	frame_draw(a, b);
	a->dirty = false;
}
