/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can happen to the console.  app/ makes events from terminal, socket, worker and
 * clock; the screens know nothing else of the world. */
#ifndef IOC_UI_EVENT_H
#define IOC_UI_EVENT_H

#include <jansson.h>
#include <stdint.h>

#include "model/complete.h"
#include "model/due.h"
#include "model/duplicates.h"
#include "model/forecast.h"
#include "model/groups.h"
#include "model/query.h"
#include "model/reply.h"
#include "model/source.h"
#include "model/suggestion.h"
#include "model/view.h"

enum event_type {
	EVENT_KEY,         /* .key */
	EVENT_PASTE,       /* .text: pasted; inserted, never run */
	EVENT_MOUSE,       /* .mouse */
	EVENT_RESIZE,      /* .size */
	EVENT_TICK,        /* the clock moved on: .now */
	EVENT_PAGE,        /* .page: answer of the worker; ownership passes to the screens */
	EVENT_FIGURES,     /* .figures: borrowed */
	EVENT_DUE,         /* .board: answer to EFFECT_DUE; ownership passes to the screens */
	EVENT_FORECAST,    /* .forecast: answer to EFFECT_FORECAST; the same */
	EVENT_GROUPS,      /* .groups: answer to EFFECT_GROUPS; the same */
	EVENT_DUPLICATES,  /* .duplicates: answer to EFFECT_DUPLICATES; the same */
	EVENT_SUGGESTIONS, /* .suggestions: answer to EFFECT_SUGGEST; the same */
	EVENT_CHANGED,     /* .changed: records touched by the writer, per kind_index */
	EVENT_SOURCES,     /* .sources: borrowed */
	EVENT_WRITER,      /* .writer: the state of our connection to ioc sync */
	EVENT_PROMPT,      /* .prompt: the line editor's text changed */
	EVENT_PROMPT_TAB,  /* .prompt: to be completed; .step: 1 onwards, -1 back */
	EVENT_COMPLETION,  /* .completion: answer to EFFECT_COMPLETE; borrowed */
	EVENT_PROMPT_DONE, /* .prompt: Enter; text NULL: cancelled */
	EVENT_NOTICE,      /* .text: one line for the message area */
	EVENT_ESCALATION,  /* .escalation: records reached a level of it */
	EVENT_OPERATOR,    /* .message: the writer's answer to "who" */
	EVENT_OUTBOX,      /* .message: items of the outbox, as base/control.h tells them */
	EVENT_OUTBOX_ALL,  /* .message: the same, and there are no others */
	EVENT_ACTED,       /* .message: the writer's answer to an EFFECT_COMMAND, by its "id" */
	EVENT_SOURCED,     /* .sourced: answer to EFFECT_SOURCE */
	EVENT_EDITED,      /* .edited: answer to EFFECT_EDITOR, at any later time */
	EVENT_VIEWS,       /* .views: answer to EFFECT_VIEWS, or their files changed */
	EVENT_REPLIES, /* .replies: answer to EFFECT_REPLIES; ownership of the list passes */
};

/* Keys: a Unicode code point, or KEY_… below; KEY_ALT is added to either. */
enum {
	UI_KEY_NONE = 0,
	UI_KEY_TAB = 9,
	UI_KEY_ENTER = 13,
	UI_KEY_ESC = 27,
	UI_KEY_BACKSPACE = 127,
	UI_KEY_SPECIAL = 0x200000,
	UI_KEY_UP,
	UI_KEY_DOWN,
	UI_KEY_LEFT,
	UI_KEY_RIGHT,
	UI_KEY_HOME,
	UI_KEY_END,
	UI_KEY_PAGE_UP,
	UI_KEY_PAGE_DOWN,
	UI_KEY_INSERT,
	UI_KEY_DELETE,
	UI_KEY_BACKTAB,
	UI_KEY_F1, /* F2 = F1 + 1 … F12 */
	UI_KEY_LAST = UI_KEY_F1 + 12,
	UI_KEY_ALT = 0x400000, /* added */
};

enum writer_state {
	WRITER_STARTING,
	WRITER_CONNECTED,
	WRITER_LOST,   /* gone; being started again */
	WRITER_FAILED, /* can't be started: .reason says why */
	WRITER_NONE,   /* none runs and none is to be started: .reason says what to do */
	WRITER_OTHER,  /* is of another version: .reason says which, and what happens */
};

struct event {
	enum event_type type;
	int64_t now; /* of every event */
	union {
		uint32_t key;
		const char *text;      /* borrowed, valid during the call */
		const json_t *message; /* the same */
		struct {
			int row, column, button; /* 1 left, 4 wheel up, 5 wheel down */
			bool pressed;
		} mouse;
		struct {
			int rows, columns;
		} size;
		struct page *page;
		const struct figures *figures;
		struct due_board *board;
		struct forecast_page *forecast;
		struct group_page *groups;
		struct duplicates *duplicates;
		struct suggestions *suggestions;
		struct {
			int32_t kinds[KIND_MOST];
		} changed;
		struct {
			const struct source_status *list;
			size_t count;
		} sources;
		struct {
			enum writer_state state;
			const char *reason;
			int64_t retry_at;
		} writer;
		struct {
			int count;               /* all of them */
			int level;               /* the highest … */
			const char *code, *whom; /* … of this record, for this person */
			bool loud;               /* ring the bell */
		} escalation;
		struct {
			const char *path;    /* where it was found */
			const char *text;    /* NULL: it can't be read … */
			const char *problem; /* … and why */
		} sourced;
		struct {
			const char *text;    /* cleaned; NULL: it is as before */
			const char *problem; /* NULL: all went well */
		} edited;
		struct {
			const struct views *list; /* as the files have them now; borrowed until
						     the next ones */
			const json_t *change;     /* what was asked for; NULL: others did it */
			const char *problem;      /* NULL: all went well */
		} views;
		struct {
			struct replies *list; /* NULL: they can't be read … */
			const char *problem;  /* … and why */
		} replies;
		struct {
			const char *text; /* UTF-8; NULL: cancelled */
			int cursor;       /* byte offset */
			int step;         /* EVENT_PROMPT_TAB */
		} prompt;
		const struct complete_answer *completion;
	};
};

#endif
