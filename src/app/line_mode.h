/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The console without a screen: command lines in, text out.  The shell and scripts are this
 * with different manners. */
#ifndef IOC_APP_LINE_MODE_H
#define IOC_APP_LINE_MODE_H

#include <poll.h>

#include "app/session.h"
#include "base/strbuf.h"

#define LINE_MODE_COLUMNS 80

struct line_mode {
	struct program *program;
	struct console_options options;
	struct session *session;
	int columns;
	int signals;      /* SIGINT, SIGTERM, SIGHUP, SIGWINCH come here */
	bool interrupted; /* by SIGINT, since it was last looked at */
	bool over;
	bool ran_verb;       /* the last line was a verb's */
	struct strbuf place; /* of what was told last */
	struct strbuf base;  /* the same, without what lies over it */
	struct strbuf text;  /* told last */
	char *wanted;        /* the text with which a line is to be typed; NULL: none */
};

/* Starts the session with options of which spoken is set.  -1 with *e. */
int line_mode_start(struct line_mode *m, struct program *p, const struct console_options *o,
		    struct err *e);
void line_mode_end(struct line_mode *m);

/* What may be waited for. */
bool line_mode_is_up(const struct line_mode *m);
bool line_mode_is_settled(const struct line_mode *m);
/* Lets things happen until `done`, at most so many ms; false where it was not, or a signal came
 * in between. */
bool line_mode_wait(struct line_mode *m, bool (*done)(const struct line_mode *), int64_t most);
/* One look at session and signals, at most `patience` ms long (-1: unbounded); `extra` may be
 * polled beside them (fd -1: nothing). */
void line_mode_step(struct line_mode *m, struct pollfd *extra, int patience);

/* Runs one command, number or verb; does not wait.  Returns the exit code; what is wrong is in
 * *e, unless a verb said it already. */
int line_mode_run(struct line_mode *m, const char *line, struct err *e);
/* Appends what was said since, and news where wanted; what went wrong apart. */
void line_mode_messages(struct line_mode *m, bool news, struct strbuf *out,
			struct strbuf *problems);
/* Appends two lines that show where in the command it was wrong since.  Whether there was such
 * a place. */
bool line_mode_point(struct line_mode *m, struct strbuf *out);
/* Appends what is shown, where that is something else than before, was moved, or `always`.
 * Whether it did. */
bool line_mode_tell(struct line_mode *m, bool always, struct strbuf *out);

#endif
