/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records as rows of a file: CSV, TSV, JSON, NDJSON, or a table to be read. */
#ifndef IOC_EXPORT_ROWS_H
#define IOC_EXPORT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "export/out.h"
#include "model/kind.h"
#include "model/record.h"

enum rows_format { ROWS_CSV, ROWS_TSV, ROWS_JSON, ROWS_NDJSON, ROWS_TABLE, ROWS_FORMATS };

extern const char *const rows_format_names[ROWS_FORMATS]; /* "csv" … */
/* By name; -1 where there is none. */
int rows_format_find(const char *name);

/* Columns are indices of kind->columns, or one of these. */
enum rows_special { ROWS_ID = -1, ROWS_SOURCE = -2, ROWS_VERSION = -3 };
#define ROWS_COLUMNS_MOST 96

struct rows_columns {
	int list[ROWS_COLUMNS_MOST];
	size_t count;
};

/* From "code,title,due_at"; NULL gives all of the kind (what a list shows, for a table).  An
 * unknown name is ERR_USAGE with the nearest known one. */
int rows_columns_parse(struct rows_columns *c, const struct kind *k, enum rows_format f,
		       const char *names, struct err *e);
/* Whether one of them is personal. */
bool rows_columns_are_personal(const struct rows_columns *c, const struct kind *k);

struct rows_options {
	const struct kind *kind;
	enum rows_format format;
	struct rows_columns columns;
	bool header;   /* first line of CSV, TSV, table */
	bool personal; /* personal columns as they are, not masked */
	bool guard;    /* CSV, TSV: cells that a spreadsheet would run get a ' in front */
	bool excel;    /* CSV, TSV: byte order mark and CRLF */
	bool locale;   /* dates and numbers as people read them */
	bool names;    /* names instead of codes */
	int width;     /* of a table, in screen columns */
	const char *(*name)(void *context, const struct kind *catalogue, const char *code,
			    int64_t at); /* for `names` */
	void *context;
};

struct rows;

/* Options are copied.  The output is borrowed. */
struct rows *rows_new(const struct rows_options *o, struct out *out);
void rows_begin(struct rows *x);
/* One record; returns 0, or -1 where the output is gone and going on is useless. */
int rows_add(struct rows *x, const struct record *r);
void rows_end(struct rows *x);
void rows_free(struct rows *x);

#endif
