/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verb that prints, without a console, what is on screen. */
#ifndef IOC_UI_HEADLESS_H
#define IOC_UI_HEADLESS_H

#include "ui/state.h"

/* Appends it, quoted for a shell; -1 with *e where there is none. */
int headless_command(struct app *a, struct strbuf *out, struct err *e);

#endif
