/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record on its way in: read and tried as the cache will read it, then completed. */
#ifndef IOC_GATEWAY_DRAFT_H
#define IOC_GATEWAY_DRAFT_H

#include <jansson.h>

#include "base/arena.h"
#include "gateway/backend.h"
#include "gateway/problem.h"

#define DRAFT_MOST ((size_t)2 << 20) /* bytes of one record */
#define DRAFT_DEPTH 16

enum draft_flag {
	/* The record comes from a dump: its version and updated_at stay where they can. */
	DRAFT_RESTORE = 1,
};

struct draft {
	const struct kind *kind;
	unsigned flags;
	json_t *record;
	const char *text; /* the caller's */
	size_t n;
	bool altered;                 /* the text does not say any more what the record does */
	char id[BACKEND_ID_MOST + 1]; /* "" where it has none yet */
	enum problem problem;         /* why it can't be taken */
	char field[64], detail[256];
};

/* Parses and checks one JSON object; touches no database, so that it may run in a thread of
 * its own with its own arena (which it resets).  -1 with problem, field and detail filled. */
int draft_read(struct draft *d, const struct kind *k, unsigned flags, const char *text,
	       size_t n, struct arena *a);
void draft_free(struct draft *d);

/* The last number given in generated codes, by kind_index; 0: not known yet. */
struct numbering {
	int64_t last[KIND_MOST];
};

/* Gives it what is missing (id, code, state, times, version) and puts it into the open
 * transaction.  -1 with problem and detail filled. */
int draft_store(struct draft *d, struct backend *b, struct numbering *numbers, int64_t now);
int64_t draft_version(const struct draft *d);

#endif
