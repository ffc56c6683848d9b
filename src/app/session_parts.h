/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the session share; nobody else includes it. */
#ifndef IOC_APP_SESSION_PARTS_H
#define IOC_APP_SESSION_PARTS_H

#include "app/file_watch.h"
#include "app/link.h"
#include "app/session.h"
#include "app/worker.h"
#include "tty/line.h"
#include "ui/app.h"

struct session {
	const struct program *program;
	const struct console_options *options;
	struct front front;
	struct worker *worker;
	struct link *link; /* NULL until session_connect */
	struct line *line;
	struct theme *theme;
	struct keymap *keymap;
	struct views *views;
	struct file_watch *view_watch;
	struct name_table *names;
	struct rulebook *rules;
	struct app *app;
	struct cellbuf grid;
	int64_t tick_at;   /* when the screens want to hear of the time; CLOCK_NONE: ask them */
	int64_t typed_at;  /* monotonic: the last key */
	char *file_wanted; /* of commands; NULL: none */
	bool reading;      /* one is being read */
	bool answered;     /* a page came */
	bool named;        /* the names came, or why they do not */
	enum writer_state writer;
	bool outbox_known;
	bool drafts_failed; /* they could not be kept, and that was told */
	bool memory_failed; /* the same of what the screens keep */
	bool over;
};

/* session.c: tells the screens, and carries out what they wish then. */
void session_send(struct session *s, struct event *e);
/* A line for the message area. */
void session_say(struct session *s, const char *text);

/* session_effects.c: carries out what the screens wish, in order; frees the list. */
void session_carry_out(struct session *s, struct effects *fx);

/* session_answers.c: what the worker has answered goes to the screens. */
void session_take_answers(struct session *s);
/* The names for the screens (struct namer); `session` is one. */
const char *session_name_of(void *session, const struct kind *catalogue, const char *code,
			    int64_t at);
bool session_nth_name(void *session, const struct kind *catalogue, size_t n,
		      struct name_entry *out);

/* session_writer.c: what the writer has told goes to the screens. */
void session_hear_writer(struct session *s);
/* Hands an EFFECT_COMMAND over; where that can't be, EVENT_ACTED says so. */
void session_hand_over(struct session *s, json_t *command);
/* Asks for a pull now; `source` NULL: of all.  What can't be asked is told. */
void session_ask_for_sync(struct session *s, const char *source);
/* Asks to try again what was set aside of a source.  The same. */
void session_ask_for_retry(struct session *s, const char *source);
/* Whether it is known how writer, sources and outbox stand. */
bool session_knows_writer(const struct session *s);

/* session_line.c: the line that is typed into the prompt.  Opens it with a text, the cursor
 * before byte `cursor`. */
void session_open_line(struct session *s, enum prompt_use use, const char *text, size_t cursor);
/* A key or a paste for it. */
void session_edit_line(struct session *s, const struct event *e);

/* session_views.c: reads the files of views and binds their keys, as the session begins; what
 * is wrong with them goes to `problems`. */
void session_open_views(struct session *s, struct strbuf *problems);
/* Does what EFFECT_VIEWS asks; EVENT_VIEWS answers. */
void session_change_views(struct session *s, const json_t *change);
/* Reads them again where others changed them. */
void session_look_at_views(struct session *s);

/* session_keep.c: keeps what changed in what is typed and not sent.  A failure is told once. */
void session_keep_drafts(struct session *s, const json_t *drafts);
/* Keeps what changed in what the screens remember.  The same. */
void session_remember(struct session *s, const json_t *changes);
/* Gives the screens what was kept of both. */
void session_recall(struct session *s);
/* Whatever ends the program, what was typed is kept. */
void session_keep_last(struct session *s);

#endif
