/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Having the writer map items of the cache again, and waiting for it. */
#ifndef IOC_APP_REMAP_WAIT_H
#define IOC_APP_REMAP_WAIT_H

#include <jansson.h>

#include "app/program.h"

/* Asks for it and shows how far it is where standard error is a terminal.  `aside`: only what
 * was set aside.  Returns the last event (base/control.h), which the caller drops; NULL with
 * *e. */
json_t *remap_wait(const struct program *p, const char *source, bool aside, struct err *e);

#endif
