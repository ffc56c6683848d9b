/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped rules with the procedures of a small province, and records as texts. */
#ifndef IOC_TESTS_DEADLINE_FIXTURE_H
#define IOC_TESTS_DEADLINE_FIXTURE_H

#include "at.h"
#include "deadline/deadline.h"
#include "model/kinds.h"

/* Opens the rules and closes them: set-up and teardown of a group, whose state they are. */
int open_rules(void **state);
int close_rules(void **state);

/* Puts a value into a column, as outside ones are; fails where it does not fit. */
void put(struct arena *a, struct record *r, const char *column, const char *text);
/* "state=4 created_at=2026-11-20T08:00": columns. */
void put_fields(struct arena *a, struct record *r, const char *text);
/* "1@2026-11-20T08:00 5@2026-11-21T09:00": states and when they were entered. */
void put_history(struct arena *a, struct record *r, const char *text);
struct record *make(struct arena *a, const struct kind *k, const char *fields,
		    const char *history);

#endif
