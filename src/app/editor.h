/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operator's own editor on a text: a program of its own in the terminal, while the console
 * goes on without drawing. */
#ifndef IOC_APP_EDITOR_H
#define IOC_APP_EDITOR_H

#include <stdbool.h>

#include "base/err.h"

struct editor;
enum editor_state { EDITOR_RUNS, EDITOR_STOPPED, EDITOR_OVER };

/* Writes the text into a file that only its user can read, in a folder of its own in `folder`,
 * and starts $VISUAL, else $EDITOR, else vi on it, in the foreground of the terminal.  The
 * terminal must have been given back before.  NULL with *e; nothing is left then. */
struct editor *editor_start(const char *folder, const char *text, struct err *e);
/* The same of another program of the terminal, which has no text. */
struct editor *editor_run(char **argv, struct err *e);
bool editor_has_text(const struct editor *ed);
/* The file of an editor whose console ended before it did; the caller frees.  NULL: none. */
char *editor_left_behind(const char *folder);
/* How it stands, after SIGCHLD. */
enum editor_state editor_look(struct editor *ed);
/* It was stopped, and goes on in the foreground. */
void editor_go_on(struct editor *ed);
/* Ends it where it still runs: hangs up, and waits a little. */
void editor_hang_up(struct editor *ed);
/* What was written, cleaned, which the caller frees; NULL: the text is as before.  *e is set
 * where the editor failed, even if what it wrote is taken, and where that can't be: then the
 * file stays and is named.  Gives the terminal back in the modes that it had, and frees. */
char *editor_finish(struct editor *ed, struct err *e);

#endif
