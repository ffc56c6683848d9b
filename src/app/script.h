/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The console without a terminal: plays keys and commands from a file, for tests and demos.
 *
 *   keys gg j j <Enter>      strokes, as in key files
 *   type is:late             letters, one key each
 *   paste some text          a bracketed paste
 *   command sort -due_at     as on the ":" line
 *   wait TEXT                until the text is on the screen (at most 10 s)
 *   gone TEXT                until it is not
 *   idle                     until every question is answered
 *   resize 40x10
 *   tick 5s                  lets a clock that stands still go on
 *   dump FILE                writes the screen; "-" is standard output
 *   # comment
 */
#ifndef IOC_APP_SCRIPT_H
#define IOC_APP_SCRIPT_H

#include "app/console.h"

/* Returns the exit code: EXIT_NOTHING where a text did not come. */
int script_main(struct program *p, const struct console_options *o);

#endif
