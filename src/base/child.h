/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program whose output is wanted, run beside everything else. */
#ifndef IOC_BASE_CHILD_H
#define IOC_BASE_CHILD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

struct child {
	int pid, fd; /* fd: readable when there is something to do; -1: none runs */
	int64_t deadline;
	struct strbuf out;
};

/* clang-format off */
#define CHILD_INIT {0, -1, 0, STRBUF_INIT}
/* clang-format on */

/* Starts argv[0], found in PATH, without a shell; its standard error goes to ours.  -1 with
 * errno set. */
int child_start(struct child *c, char *const *argv, int64_t timeout_ms);
/* The same with a text, at most CHILD_INPUT bytes, on its standard input. */
#define CHILD_INPUT (60 * 1024)
int child_start_with(struct child *c, char *const *argv, const char *input, size_t n,
		     int64_t timeout_ms);
/* Looks after it.  1 when it has ended well: its output is in c->out; 0 while it runs; -1
 * where it failed (its output is there then, and fd is -1), wrote more than 64 KiB or took too
 * long. */
int child_turn(struct child *c);
/* Kills what still runs and frees the output. */
void child_stop(struct child *c);

#endif
