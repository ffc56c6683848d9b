/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "routing/faults.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"

#define FAULTS_MOST 100

void faults_take(struct faults *f, const struct yaml_node *n, const struct err *e)
{
	if (f->count < FAULTS_MOST)
		ARRAY_PUSH(f->list, f->count, f->cap) = (struct fault){
			n ? yaml_line(n) : 0, n ? yaml_column(n) : 0, xstrdup(e->text)};
}

void faults_add(struct faults *f, const struct yaml *y, const struct yaml_node *n,
		const char *fmt, ...)
{
	char text[480];
	struct err e = ERR_INIT;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	yaml_error(y, n, &e, "%s", text);
	faults_take(f, n, &e);
}

static int compare(const void *a, const void *b)
{
	const struct fault *x = a, *y = b;
	return x->line != y->line ? x->line - y->line : x->column - y->column;
}

void faults_sort(struct faults *f)
{
	if (f->count)
		qsort(f->list, f->count, sizeof *f->list, compare);
}

void faults_free(struct faults *f)
{
	for (size_t i = 0; i < f->count; i++)
		free(f->list[i].text);
	free(f->list);
	*f = (struct faults)FAULTS_INIT;
}

int faults_error(const struct faults *f, struct err *e)
{
	if (f->count == 1)
		return err_set(e, ERR_PARSE, "%s", f->list[0].text);
	return err_set(e, ERR_PARSE, _("%s (and %zu more mistakes)"), f->list[0].text,
		       f->count - 1);
}
