/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terminals without bracketed paste send what is pasted as if it were typed.  What nobody's
 * fingers do tells it: line breaks in the middle of what comes in one go. */
#ifndef IOC_TTY_BURST_H
#define IOC_TTY_BURST_H

#include <stdbool.h>
#include <stddef.h>

/* Whether these bytes, read at once, are a paste.  In a line that is being typed any text
 * behind a line break says so.  Elsewhere keys are typed ahead over bad lines, Enter among
 * them: only more than anybody types ahead counts.  Bytes of keys (ESC, Ctrl, backspace) never
 * do. */
bool burst_is_paste(const char *bytes, size_t n, bool line_open);
/* Whether they would be if anything came directly after: worth a moment's wait. */
bool burst_may_go_on(const char *bytes, size_t n, bool line_open);

#endif
