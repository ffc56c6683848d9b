/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen as plain text. */
#ifndef IOC_APP_SCREEN_DUMP_H
#define IOC_APP_SCREEN_DUMP_H

#include "base/err.h"
#include "base/strbuf.h"
#include "ui/cellbuf.h"

/* Appends one row, without the blanks at its end. */
void screen_row(const struct cellbuf *g, int row, struct strbuf *out);
/* Writes all rows into a file that appears whole (0600).  -1 with *e. */
int screen_dump(const struct cellbuf *g, const char *path, struct err *e);

#endif
