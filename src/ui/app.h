/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The console as a pure machine: app_update takes an event and says what it wants done;
 * app_render draws.  No terminal, socket, database or clock is touched here. */
#ifndef IOC_UI_APP_H
#define IOC_UI_APP_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "ui/cellbuf.h"
#include "ui/effect.h"
#include "ui/event.h"

struct app;
struct keymap;
struct rulebook;
struct theme;
struct views;

/* A row of a catalogue, borrowed as names are. */
struct name_entry {
	const char *code, *title, *full; /* title: its short name; full: the whole one */
	int64_t from, to;
};

/* The names behind codes, for COLUMN_REF cells; app/ answers from memory, without I/O.
 * `at` is the time of the record: codes change their meaning (3-domain: code, valid_from).
 * NULL where unknown.  Borrowed, until the next call of `refresh`. */
struct names {
	const char *(*name)(void *context, const struct kind *catalogue, const char *code,
			    int64_t at);
	void *context;
	/* The n-th entry of a catalogue, valid now or not; false where there are no more. NULL:
	 * there are none. */
	bool (*nth)(void *context, const struct kind *catalogue, size_t n,
		    struct name_entry *out);
};

struct app_config {
	const char *title; /* "IOC Sơn La" */
	int rows, columns;
	int64_t now;
	struct names names;
	struct keymap *keymap;     /* borrowed for the life of the app */
	const struct theme *theme; /* borrowed; for the theme screen and cues only */
	const struct views *views; /* borrowed until EVENT_VIEWS; NULL: none */
	uint64_t seed;             /* of this program's start: tells its drafts from others */
	bool ascii;                /* borders and marks in ASCII */
	bool mouse;                /* it acts from the start */
	struct likeness_rules duplicates;
	bool show_personal; /* never masked: for tests only */
	/* For those who read lines (ui/spoken.h): messages are kept, no glyph stands alone, and
	 * nothing shares the screen with anything. */
	bool spoken;
	bool linear; /* told with one field a line */
	int page;    /* rows of a list that are told at once */
};

struct app *app_new(const struct app_config *c, struct effects *fx);
void app_free(struct app *a);
void app_update(struct app *a, const struct event *e, struct effects *fx);
/* Whether this key is for the screens although a line is being typed. */
bool app_wants_key(const struct app *a, uint32_t key);
/* Draws into b, which is resized to the screen.  Fast: under 0.2 ms for 200×50. */
void app_render(struct app *a, struct cellbuf *b);
/* Appends what is on screen as lines of at most that many columns, where a word allows it, for
 * those who read lines: nothing in it is said by its place, its colour or a glyph alone.  What
 * is numbered there may be picked until the next call. */
void app_tell(struct app *a, struct strbuf *out, int columns);
/* Whether anything changed since the last app_render; false saves the drawing. */
bool app_is_dirty(const struct app *a);
/* When app wants its next EVENT_TICK at the latest (the clock's next second or minute, an
 * age or deadline that changes its text); CLOCK_NONE: never. */
int64_t app_next_tick(const struct app *a, int64_t now);
/* Runs command text, as a key or the ":" line would.  -1 with *e where it is wrong. */
int app_run(struct app *a, const char *command, struct effects *fx, struct err *e);
/* Answers EFFECT_THEME: this theme is the one in use now; borrowed. */
void app_set_theme(struct app *a, const struct theme *t);
/* The rules of deadlines, borrowed until the next call; NULL: none, time is counted by the
 * clock on the wall. */
void app_set_rules(struct app *a, const struct rulebook *rules);
/* What was typed and not sent before: the app takes the reference. */
void app_set_drafts(struct app *a, json_t *drafts);
/* EFFECT_DRAFTS with these changes failed; the app asks again in a while. */
void app_drafts_failed(struct app *a, const json_t *changes);
/* What changed in it and is not kept yet, borrowed, null for what is gone; NULL: all is kept.
 */
const json_t *app_unkept_drafts(const struct app *a);
/* What the screens kept at the last start (ui/memory.h): the app takes the reference. */
void app_set_memory(struct app *a, json_t *all);
/* What changed in it and was not given away yet, borrowed, null for what is gone; NULL:
 * nothing.
 */
const json_t *app_unkept_memory(const struct app *a);
/* The names behind codes changed. */
void app_names_changed(struct app *a);

#endif
