/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What operators typed into forms and did not send yet: a file of the profile, for its user
 * only, that survives the end of the program. */
#ifndef IOC_APP_DRAFTS_H
#define IOC_APP_DRAFTS_H

#include <jansson.h>

#include "base/err.h"
#include "base/paths.h"

/* The caller owns it.  Nothing there, or nothing that can be read (which is set aside as
 * drafts.json.bad): an empty object. */
json_t *drafts_read(const struct paths *p);
/* Brings changes into the file, which several consoles share: a value replaces what is there
 * under its name, null takes it away.  The file is replaced as a whole, and is on disk when
 * this returns 0.  -1 with *e. */
int drafts_write(const struct paths *p, const json_t *changes, struct err *e);

#endif
