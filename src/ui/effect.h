/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a screen wants from the world.  app/ carries the effects out in their order. */
#ifndef IOC_UI_EFFECT_H
#define IOC_UI_EFFECT_H

#include <jansson.h>
#include <stddef.h>

#include "model/complete.h"
#include "model/due.h"
#include "model/duplicates.h"
#include "model/forecast.h"
#include "model/groups.h"
#include "model/query.h"
#include "model/suggestion.h"

enum effect_type {
	EFFECT_QUERY,       /* .query: a page is wanted; ownership passes to app */
	EFFECT_FIGURES,     /* figures are wanted */
	EFFECT_DUE,         /* .due: what is due is wanted */
	EFFECT_FORECAST,    /* .forecast: likewise, what will be late; ownership passes */
	EFFECT_GROUPS,      /* .groups: likewise, the groups of a list */
	EFFECT_DUPLICATES,  /* .duplicates: likewise, what is the same matter */
	EFFECT_SUGGEST,     /* .suggest: likewise, what rules suggest for records */
	EFFECT_PROMPT_OPEN, /* .text: start editing a line with this text in it, the cursor
			       before byte .cursor; .prompt: of which history */
	EFFECT_PROMPT_SET,  /* .text, .cursor: put this in place of what is being typed */
	EFFECT_PROMPT_CLOSE,
	EFFECT_COMPLETE, /* .complete: what begins so is wanted; ownership passes to app */
	EFFECT_SYNC,     /* .text: source to pull now; NULL: all */
	EFFECT_RETRY,    /* .text: source whose items that were set aside are tried again */
	EFFECT_COPY,     /* .text: to the clipboard (OSC 52) */
	EFFECT_OPEN,     /* .text: an address, for the program of the configuration */
	EFFECT_BELL,
	EFFECT_REDRAW, /* paint everything anew (^L) */
	EFFECT_MOUSE,  /* .flag: report the mouse or not */
	EFFECT_THEME,  /* .text: load this theme; answered by app_set_theme or EVENT_NOTICE */
	EFFECT_DUMP,   /* .text: write the screen as text into this file */
	EFFECT_SUSPEND,
	EFFECT_COMMAND,  /* .command: for the writer, with an "id"; answered by EVENT_ACTED */
	EFFECT_DRAFTS,   /* .command: what changed in what is typed and not sent, to be kept */
	EFFECT_EDITOR,   /* .text: to be changed in the operator's own editor; EVENT_EDITED */
	EFFECT_SOURCE,   /* .text: a file of commands is wanted; answered by EVENT_SOURCED */
	EFFECT_REPLIES,  /* the canned replies are wanted, as the files have them now */
	EFFECT_REMEMBER, /* .command: what the screens keep from start to start, as changes */
	EFFECT_VIEWS,    /* .command: a change of the operator's views; EVENT_VIEWS answers */
	EFFECT_QUIT,
};

/* What is typed into the prompt.  Each has a history of its own. */
enum prompt_use {
	PROMPT_COMMAND, /* ":" */
	PROMPT_SEARCH,  /* "/": the list on screen, as it is typed */
	PROMPT_FIND,    /* "//": all queues, as it is typed */
};

struct effect {
	enum effect_type type;
	enum prompt_use prompt;
	struct page_query *query;
	struct due_query due;
	struct forecast_query *forecast;
	struct group_query *groups;
	struct duplicates_query *duplicates;
	struct suggest_query *suggest;
	struct complete_query *complete;
	char *text;      /* owned */
	json_t *command; /* owned */
	size_t cursor;
	bool flag;
};

struct effects {
	struct effect *list;
	size_t count, cap;
};

/* Appends an effect; `text` is copied and may be NULL. */
struct effect *effects_add(struct effects *fx, enum effect_type type, const char *text);
/* Frees what app did not take (it takes a query by setting it to NULL), and empties. */
void effects_clear(struct effects *fx);
void effects_free(struct effects *fx);

#endif
