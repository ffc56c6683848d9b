/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One console at work: the pure screens, and what carries out their wishes.  The terminal is
 * behind a front, so that a script can run the same thing without one. */
#ifndef IOC_APP_SESSION_H
#define IOC_APP_SESSION_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/console.h"
#include "app/program.h"
#include "ui/cellbuf.h"
#include "ui/effect.h"
#include "ui/event.h"
#include "ui/theme.h"

/* What only a terminal can do.  All but copy, open and edit may be NULL: there is nothing to be
 * done. */
struct front {
	void (*bell)(void *context);
	int (*copy)(void *context, const char *text, struct err *e);
	/* Opens an address.  -1 with *e. */
	int (*open)(void *context, const char *url, struct err *e);
	void (*mouse)(void *context, bool on);
	void (*redraw)(void *context);
	void (*suspend)(void *context);
	/* Starts the editor; session_edited is called when it is over.  -1 with *e. */
	int (*edit)(void *context, const char *folder, const char *text, struct err *e);
	void (*theme)(void *context, const struct theme *t);
	/* A line is to be typed, with this text in it; NULL: the session has its own. */
	void (*prompt)(void *context, enum prompt_use use, const char *text);
	void *context;
};

struct session;

/* Starts the worker, which reads while the terminal is set up.  `front` is copied.  NULL with
 * *e. */
struct session *session_new(const struct program *p, const struct console_options *o,
			    const struct front *front, struct err *e);
/* Makes the screens; nothing else but session_free may be called before. */
void session_begin(struct session *s, int rows, int columns);
void session_free(struct session *s);
const struct theme *session_theme(const struct session *s);

/* Something happened: EVENT_KEY and EVENT_PASTE go to the line editor while it is open. */
void session_event(struct session *s, struct event *e);
/* Whether the line editor is open. */
bool session_has_line(const struct session *s);
/* The editor is over: the text, or NULL where it is as before; what went wrong, or NULL. */
void session_edited(struct session *s, const char *text, const char *problem);
/* Runs command text.  -1 with *e. */
int session_command(struct session *s, const char *command, struct err *e);
/* For line mode: the screens (ui/spoken.h), the answer to a question of theirs, and leaving it.
 */
struct app *session_app(struct session *s);
void session_answer(struct session *s, const char *text);
void session_leave_form(struct session *s);
/* Answers, messages and time: whatever is due. */
void session_step(struct session *s);
/* Begins to look for the writer: after the first frame, which does not need it. */
void session_connect(struct session *s);

#define SESSION_FDS 3
/* For poll: what to wait for, and how long (ms; -1: no limit). */
void session_poll(struct session *s, struct pollfd fds[SESSION_FDS], int *patience);
/* Whether the grid should be shown anew; draws it. */
bool session_is_dirty(const struct session *s);
const struct cellbuf *session_draw(struct session *s);
/* Whether questions are out that were not answered yet. */
bool session_is_busy(const struct session *s);
/* Whether all is done that was asked of cache and writer, as far as either is there. */
bool session_is_settled(const struct session *s);
/* Whether it is known how writer, outbox and records stand, so that one may begin. */
bool session_is_up(const struct session *s);
/* Whether the cache has answered for the first time. */
bool session_has_rows(const struct session *s);
bool session_is_over(const struct session *s);

#endif
