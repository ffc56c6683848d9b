/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of what the screens keep (ui/memory.h): one of the profile, for its user only. */
#ifndef IOC_APP_MEMORY_FILE_H
#define IOC_APP_MEMORY_FILE_H

#include <jansson.h>

#include "base/err.h"
#include "base/paths.h"

/* The caller owns it; an empty object where there is no file.  NULL with *e where it is
 * damaged: it is left as it is, and memory_file_change does nothing but say so. */
json_t *memory_file_read(const struct paths *p, struct err *e);
/* Brings changes into the file, which several consoles share: a value replaces what is there
 * under its name, null takes it away.  -1 with *e: the file is as it was. */
int memory_file_change(const struct paths *p, const json_t *changes, struct err *e);

#endif
