/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record on its way in: read and tried as the cache will read it, then completed.  What is
 * not the server's to say passes through as it was written. */
#ifndef IOC_GATEWAY_DRAFT_H
#define IOC_GATEWAY_DRAFT_H

#include "base/arena.h"
#include "base/strbuf.h"
#include "gateway/backend.h"
#include "gateway/problem.h"
#include "gateway/scan.h"

#define DRAFT_MOST ((size_t)2 << 20) /* bytes of one record */

enum draft_flag {
	/* The record comes from a dump: its version and updated_at stay where they can. */
	DRAFT_RESTORE = 1,
};

/* One draft can read many records in turn. */
struct draft {
	const struct kind *kind;
	unsigned flags;
	const char *text; /* the caller's, as long as the draft is used */
	size_t n;
	struct scan scan; /* its members; altered ones point into the arena */
	struct arena arena;
	struct strbuf out;
	bool altered;                 /* `text` does not say any more what the members do */
	char id[BACKEND_ID_MOST + 1]; /* "" where it has none yet */
	int64_t version;              /* as it was sent; after draft_store: as it is stored */
	bool created;                 /* by draft_store: there was no live record of this id */
	struct refusal no;
};

struct draft *draft_new(const struct kind *k, unsigned flags);
void draft_free(struct draft *d);

/* Checks one JSON object; touches no database.  -1 with problem, field and detail filled. */
int draft_read(struct draft *d, const char *text, size_t n);

/* The last number given in generated codes, by kind_index; 0: not known yet. */
struct numbering {
	int64_t last[KIND_MOST];
};

/* Gives it what is missing (id, code, state, times, version) and puts it into the open
 * transaction.  -1 with problem and detail filled. */
int draft_store(struct draft *d, struct backend *b, struct numbering *numbers, int64_t now);

#endif
