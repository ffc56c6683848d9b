/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The city of the demo, and looking through its records. */
#ifndef IOC_TESTS_TOWN_H
#define IOC_TESTS_TOWN_H

#include <jansson.h>

#include "base/strmap.h"
#include "gateway/backend.h"
#include "gateway/demo.h"
#include "model/kinds.h"
#include "unit.h"

#define CLOCK "2026-11-21T19:42:07+07:00"

struct town {
	struct backend *b;
	struct demo *d;
	int64_t now;
};

struct town open_town(uint64_t seed, const char *clock, int64_t rate);
void close_town(struct town *t);
/* The town that most tests of a group only look at: its state. */
int open_first_town(void **state);
int close_first_town(void **state);

/* Visits the records of a kind, in the order of their changes. */
typedef void visitor(void *arg, json_t *record);
void each(const struct town *t, const struct kind *k, visitor *visit, void *arg);
/* A member of a record; "" where it has none. */
const char *text(const json_t *r, const char *key);
/* Whether it is in the list ",a,b,". */
bool one_of(const char *s, const char *list);

struct count {
	int all, handled, open, received, on_time;
	int64_t now;
	struct strmap seen;
	int distinct, most;
};

/* A visitor that counts complaints; arg: struct count. */
void count_complaint(void *arg, json_t *r);
/* A visitor that fails where a member does not fit its column; arg: the kind. */
void fit_columns(void *arg, json_t *r);
/* All histories are paths of moves that the workflow allows. */
void assert_legal(const struct town *t);
/* All codes are in the catalogues. */
void assert_codes(const struct town *t);

#endif
