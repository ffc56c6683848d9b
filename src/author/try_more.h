/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rest that a connector can do: its stream, its probe and its actions, tried one by one. */
#ifndef IOC_AUTHOR_TRY_MORE_H
#define IOC_AUTHOR_TRY_MORE_H

#include "author/trial.h"

/* Opens the stream for so many seconds and shows what comes.  Each gives the exit code. */
int try_stream(const struct author *a, struct trial *t, int64_t seconds);
/* Asks whether we are let in. */
int try_probe(const struct author *a, struct trial *t);
/* Shows what "ACTION ID [--FIELD TEXT]…" would send; sends it only where --send was given. */
int try_action(const struct author *a, struct trial *t, const char *command);

#endif
