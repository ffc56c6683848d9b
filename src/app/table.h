/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table for people: columns as wide as what stands in them. */
#ifndef IOC_APP_TABLE_H
#define IOC_APP_TABLE_H

#include <stddef.h>
#include <stdio.h>

#define TABLE_COLUMNS 12

struct table {
	size_t columns, rows, cap;
	unsigned right; /* bit i: column i is aligned to the right */
	int most;       /* width of any column; 0: as it comes */
	char **cells;   /* owned, by rows; cleaned */
};

/* Begins a row; text for every column follows by table_put, in order.  Texts may be hostile. */
void table_row(struct table *t);
void table_put(struct table *t, const char *text);
void table_put_number(struct table *t, long long n);
void table_print(const struct table *t, FILE *to);
void table_free(struct table *t);

#endif
