/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the console knows, shared by the files of ui/ only. */
#ifndef IOC_UI_STATE_H
#define IOC_UI_STATE_H

#include "ui/acting.h"
#include "ui/advice.h"
#include "ui/alike.h"
#include "ui/app.h"
#include "ui/banner.h"
#include "ui/command.h"
#include "ui/detail.h"
#include "ui/doc.h"
#include "ui/drafts.h"
#include "ui/due.h"
#include "ui/errand.h"
#include "ui/find.h"
#include "ui/keymap.h"
#include "ui/layout.h"
#include "ui/list.h"
#include "ui/list_view.h"
#include "ui/live.h"
#include "ui/lookup.h"
#include "ui/memory.h"
#include "ui/menu.h"
#include "ui/overview.h"
#include "ui/picker.h"
#include "ui/places.h"
#include "ui/questions.h"
#include "ui/runner.h"
#include "ui/show.h"
#include "ui/sweep.h"
#include "ui/tabs.h"
#include "ui/tell.h"

#define QUEUES_MOST 8
#define LISTS_MOST (QUEUES_MOST + VIEW_TABS_MOST)
#define SOURCES_MOST 64
#define HELD_MOST 128 /* keys */

/* A screen: what it draws, and what the common commands do on it.  Any may be NULL. */
struct view {
	enum context context;
	void (*draw)(struct app *a, struct cellbuf *b, struct rect r);
	void (*move)(struct app *a, enum motion m, int64_t n);
	void (*open)(struct app *a);
	void (*click)(struct app *a, int row, int column); /* inside the view */
	/* Appends what the view shows as lines of text, for line mode and scripts (ui/tell.h).
	 * NULL: what it draws, without borders. */
	void (*tell)(struct app *a, struct strbuf *out, int columns);
};
extern const struct view overview_view, queue_view, detail_view, due_view, sources_view,
	advice_view, help_view, theme_view, columns_view, explain_view, actions_view, form_view,
	results_view, outbox_view, alike_view, groups_view, picker_view, new_view, find_view,
	headless_view;

#define HINTS_MOST 16 /* words of the key line */

/* What lies over the tab's own screen. */
enum overlay {
	OVERLAY_NONE,
	OVERLAY_HELP,
	OVERLAY_THEME,
	OVERLAY_COLUMNS,
	OVERLAY_PICKER, /* a view, a place or a record */
	OVERLAY_FIND,   /* what was found in all queues */
	OVERLAY_EXPLAIN,
	OVERLAY_ACTIONS, /* what may be done to the records in hand */
	OVERLAY_FORM,    /* what must be said with it */
	OVERLAY_RESULTS, /* what became of it, record by record */
	OVERLAY_OUTBOX,
	OVERLAY_DUPLICATES,
	OVERLAY_ACCEPT,   /* whether what is suggested for many is to be done */
	OVERLAY_NEW,      /* at which source a record is to be made */
	OVERLAY_HEADLESS, /* the command that prints the same */
};

struct app {
	struct app_config config;
	char *title;
	struct look look;
	int rows, columns;
	struct layout layout;
	bool dirty;

	size_t tab;                             /* see ui/tabs.h */
	size_t queue_count, required_count;     /* the required queues come first */
	size_t shown[QUEUES_MOST], shown_count; /* queues that have a tab */
	/* One for each queue, behind them those of views that have a tab; kind NULL: none. */
	struct list lists[LISTS_MOST];
	struct view_tab view_tabs[VIEW_TABS_MOST];
	size_t extra[LISTS_MOST], extra_count; /* lists of the tabs behind the fixed ones */
	struct overview overview;
	struct banner banner;
	struct due_state due;
	struct detail detail;
	struct detail explained; /* the record whose deadline is being explained */
	enum overlay overlay;
	struct picker picker;
	struct kept memory;
	struct drafts drafts;
	struct list *groups_asker; /* whose groups are being counted */
	uint64_t groups_generation;
	struct places places;
	enum context help_context;
	const struct command *help_command; /* its page; NULL: all that works there */
	struct doc text;                    /* of help, themes, sources and explanations */
	size_t picked;                      /* row of the columns overlay */
	char *headless;                     /* the command that OVERLAY_HEADLESS shows */

	struct source_status sources[SOURCES_MOST];
	size_t source_count, source_cursor;
	bool sources_known;
	enum writer_state writer;
	char writer_reason[256];
	int64_t writer_retry_at;

	struct pending pending;
	struct acting acting;
	struct telling telling;
	struct alike alike;
	struct advice advice;

	struct figures figures;
	bool figures_known;
	int64_t figures_asked, figures_due; /* CLOCK_NONE: not due */
	int64_t minute;                     /* of the last look at what time changes */

	uint64_t generation;
	enum asker asker;
	size_t asker_index;
	int refused; /* answers in a row that were cancelled */
	struct lookup lookup;
	struct find find;
	struct sweep sweep;
	struct errand errand;

	struct runner runner;
	size_t fault; /* where the command that runs is wrong: as words.at counts */

	bool prompting;
	enum prompt_use prompt_use;
	struct live live;
	char *prompt;
	struct menu menu;
	int prompt_cursor;
	char message[512];
	enum role message_role;
	int64_t message_until;    /* CLOCK_NONE: until the next key */
	uint32_t held[HELD_MOST]; /* typed ahead: see batch_holds_keys, runner_is_busy */
	size_t held_count;
	bool held_for_acting; /* the answer to what was done decides about them */
	uint32_t strokes[KEYS_MOST];
	size_t stroke_count;
	bool mouse;
	/* What the key line tells, for the mouse: columns, and the command of each. */
	struct {
		int from, to;
		const char *command;
	} hints[HINTS_MOST];
	size_t hint_count;
	int tab_from[LISTS_MOST + 3], tab_to[LISTS_MOST + 3]; /* columns, for the mouse */
};

/* --- app.c --- */
/* After every change: lays out, and asks for what is missing. */
void app_settle(struct app *a, struct effects *fx);
/* What the tab itself shows, and the view that keys go to. */
const struct view *app_base_view(const struct app *a);
const struct view *app_view(const struct app *a);
enum context app_context(const struct app *a);
/* The list on screen; NULL on other tabs. */
struct list *app_list(struct app *a);
/* The list behind this one, of all there are; the first for NULL.  NULL: there are no more. */
struct list *app_next_list(struct app *a, const struct list *l);
/* The record in hand: under the cursor of the list or overview; NULL: none. */
const struct record *app_selected(struct app *a);
/* Shows it in the detail, which follows it from now on; where it is shown already, keys go
 * there. */
void app_open_selected(struct app *a);
void app_go_to_tab(struct app *a, size_t tab);
/* What is shown of records is made anew: their names or what waits for them changed. */
void app_forget_rows(struct app *a);
/* A line in the message area. */
void app_say(struct app *a, enum role role, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Label of the key that runs this command here; "" where none does. */
const char *app_key(const struct app *a, const char *command, char *buf, size_t size);

/* --- commands_view.c --- */
/* EVENT_VIEWS. */
void views_came(struct app *a, const struct event *e);
/* Gives tabs to those that the console begins with. */
void views_begin(struct app *a);

/* --- forecast_view.c: the Due screen's other part --- */
void forecast_draw(struct app *a, struct cellbuf *b, struct rect r);
void forecast_move(struct app *a, enum motion m, int64_t n);
void forecast_open(struct app *a);
/* Appends why a record will probably be late; nothing where that is not known. */
void forecast_why(const struct app *a, const struct forecast_row *row, struct strbuf *out);
/* The record under its cursor; NULL: none. */
const struct record *forecast_current(const struct app *a);

/* --- groups_view.c --- */
/* What a group's value is called; borrowed, perhaps from the scratch buffer. */
const char *groups_name(const struct app *a, const struct list *l, const char *value,
			struct strbuf *scratch);

/* --- outbox_screen.c --- */
/* The item in hand; NULL: the outbox is empty. */
const struct pending_item *outbox_current(const struct app *a);
/* The n-th item in the order of the screen; NULL: there are no more. */
const struct pending_item *outbox_nth(const struct app *a, size_t n);
/* How an item stands: the heading under which it is. */
const char *outbox_state_title(enum pending_state s);
/* Adds to a->text what is said with an item and what became of it, where that is shown: of
 * those that wait for a person, and of the one in hand. */
void outbox_lay_out(struct app *a, const struct pending_item *i, bool current, int width);

/* --- actions_screen.c --- */
/* How many of several records it is possible for, or why not; "" for nothing to say. */
void actions_note(struct app *a, const struct action *act, char *text, size_t size);

/* --- frame.c --- */
void frame_draw(struct app *a, struct cellbuf *b);

/* --- footer.c --- */
/* Notes in a->hints where the words of the key line stand, too. */
void footer_draw(struct app *a, struct cellbuf *b);

/* --- source_words.c --- */
/* How a source stands, in a glyph, a role and a few words that change at most once a minute
 * (a countdown apart). */
struct source_words {
	enum glyph glyph;
	enum role role;
	char text[128];
};
void source_words(const struct app *a, const struct source_status *s, struct source_words *w);
/* The one of a kind's sources that is worst off; NULL: it has none. */
const struct source_status *source_of_kind(const struct app *a, const struct kind *k);
/* Whether none of a kind's sources has ever been read to its end, nor is being: that it has no
 * records then says nothing. */
bool source_unread(const struct app *a, const struct kind *k);
/* Whether that is so of any queue. */
bool source_any_unread(const struct app *a);

/* --- empty.c --- */
/* Says why a list has no rows, and what to do about it. */
void empty_draw(struct app *a, struct list *l, struct cellbuf *b, struct rect r);

#endif
