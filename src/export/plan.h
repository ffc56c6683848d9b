/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rows.c, plan.c and cells.c share. */
#ifndef IOC_EXPORT_PLAN_H
#define IOC_EXPORT_PLAN_H

#include "base/strbuf.h"
#include "export/rows.h"
#include "export/when.h"

/* How a column's value becomes a cell. */
enum how {
	HOW_ID,
	HOW_SOURCE,
	HOW_VERSION,
	HOW_TEXT,
	HOW_MASKED,
	HOW_STATE, /* label instead of the code */
	HOW_CHOICE,
	HOW_NAME,
	HOW_INTEGER,
	HOW_REAL,
	HOW_TIME,
	HOW_FLAG,
	HOW_PEOPLE_INTEGER, /* the same for people's eyes */
	HOW_PEOPLE_REAL,
	HOW_PEOPLE_TIME,
	HOW_PEOPLE_FLAG,
	HOW_PEOPLE_DURATION,
};

struct plan {
	enum how how;
	size_t column;
	const struct column *def; /* NULL for id, source, version */
	const struct kind *catalogue;
	void (*mask)(struct strbuf *, const char *, size_t);
	int width;
	bool right, last;
	struct strbuf before; /* what stands in front of the value: , or {"code": */
};

/* The three functions at its head are the format: a text, a number, no value. */
struct rows {
	struct rows_options o;
	struct out *out;
	void (*text)(struct rows *, const char *, size_t);
	void (*number)(struct rows *, const char *, size_t);
	void (*nothing)(struct rows *);
	struct plan plans[ROWS_COLUMNS_MOST];
	const struct plan *plan; /* of the cell under way */
	struct strbuf masked, clean, cell;
	const char *row_end;
	size_t row_end_n;
	struct when when;
	int64_t count;
};

#define TABLE_GAP "  "

/* The plan of one column of o->columns. */
void plan_column(const struct rows_options *o, struct plan *p, int index);
/* Column name as in files, and as people read it. */
const char *plan_id(const struct plan *p);
const char *plan_title(const struct plan *p);
/* Tables: columns that grow share what the others leave of the width. */
void plan_share_width(struct rows *x);

/* Writes one cell of a record through the format's functions. */
void cell_put(struct rows *x, const struct plan *p, const struct record *r);

#endif
