/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editing one line with readline (its keys, the user's inputrc, history), without letting
 * it read from or write to the terminal. */
#ifndef IOC_TTY_LINE_H
#define IOC_TTY_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct line;

/* One at a time.  History is read from this file when first needed, and each line that is
 * entered is added to it (0600); NULL: none. */
struct line *line_new(const char *history_file);
void line_free(struct line *l);
/* Lines opened from now on are remembered in this file, apart from those of other files. NULL:
 * not at all. */
void line_set_history(struct line *l, const char *history_file);
/* Starts with this text in it, the cursor at its end. */
void line_open(struct line *l, const char *text);
/* Puts another text in its place, the cursor before that byte; can be undone as typing can. */
void line_replace(struct line *l, const char *text, size_t cursor);
/* Drops what is being typed. */
void line_close(struct line *l);
bool line_is_open(const struct line *l);

enum line_result {
	LINE_EDITED,
	LINE_ENTERED,   /* line_text is what was entered; the line is closed */
	LINE_CANCELLED, /* ESC, Ctrl-C or Ctrl-G; the line is closed */
	LINE_COMPLETE,  /* Tab, or what inputrc has for completion: it is the caller's */
	LINE_COMPLETE_BACK,
};
enum line_result line_key(struct line *l, uint32_t key);
/* Inserts at the cursor, line breaks as blanks; nothing in it acts as a key. */
void line_paste(struct line *l, const char *text);

/* The text, valid until the next call, and the cursor's place in it in bytes. */
const char *line_text(const struct line *l);
int line_cursor(const struct line *l);

#endif
