/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small files that several consoles change, and that no crash may leave half written. */
#ifndef IOC_APP_REPLACE_FILE_H
#define IOC_APP_REPLACE_FILE_H

#include <stddef.h>

#include "base/err.h"

/* Waits until it is our turn to change the file that `lock` (made where it is not there) stands
 * for; close() ends the turn.  -1 where there can be no lock: then the last one wins. */
int file_turn(const char *lock);
/* Puts a text in the place of a file, as a whole and on disk when this returns 0; its mode
 * stays, that of a new one is 0600.  A link stays a link: what it names is replaced.  -1 with
 * *e: the file is as it was. */
int file_replace(const char *path, const char *text, size_t n, struct err *e);

#endif
