/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libcsv tells cells and rows apart: quotes within quotes, line ends within quotes, blanks
 * around cells. */
#include "api/csv.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"

#define COLUMNS_MOST 4096

struct name {
	const char *s;
	size_t n;
};

struct table {
	struct tape *tape;
	struct name *names;
	size_t count, cap;
	bool headed;   /* the names are known */
	int row;       /* its node; -1: none is open */
	size_t column; /* the next one of the row */
	struct err *err;
	bool failed;
};

static void fail_at(struct table *x, const char *why)
{
	x->failed = true;
	err_set(x->err, ERR_PARSE, "%s", why);
}

static void add_name(struct table *x, const char *s, size_t n)
{
	if (x->count == COLUMNS_MOST) {
		fail_at(x, _("more columns than allowed"));
		return;
	}
	struct name name;
	name.s = n ? tape_text(x->tape, s, n, &name.n)
		   : arena_printf(&x->tape->texts, "#%zu", x->count + 1);
	name.n = n ? name.n : strlen(name.s);
	ARRAY_PUSH(x->names, x->count, x->cap) = name;
}

static void add_cell(struct table *x, const char *s, size_t n)
{
	if (x->row < 0)
		x->row = tape_add(x->tape, NODE_OBJECT, "", 0, true, x->err);
	if (x->column == x->count)
		add_name(x, "", 0);
	if (x->failed || x->row < 0)
		return;
	const struct name *name = &x->names[x->column++];
	size_t len;
	const char *text = tape_text(x->tape, s, n, &len);
	x->failed = tape_add(x->tape, NODE_STRING, name->s, name->n, false, x->err) < 0 ||
		    tape_add(x->tape, NODE_STRING, text, len, false, x->err) < 0;
}

static void on_cell(void *s, size_t n, void *context)
{
	struct table *x = context;
	if (x->failed)
		return;
	if (x->headed)
		add_cell(x, s, n);
	else
		add_name(x, s, n);
	x->failed |= x->row < 0 && x->headed;
}

static void on_row(int end, void *context)
{
	struct table *x = context;
	(void)end;
	if (x->failed)
		return;
	if (x->row >= 0)
		tape_close(x->tape, x->row);
	x->headed = true;
	x->row = -1;
	x->column = 0;
}

/* Of the usual ones that which the first line holds most. */
static char likely_delimiter(const char *s, size_t n)
{
	static const char usual[] = ",;\t|";
	size_t counts[sizeof usual] = {0}, best = 0;
	bool quoted = false;
	for (size_t i = 0; i < n && (quoted || (s[i] != '\n' && s[i] != '\r')); i++) {
		const char *at = s[i] && !quoted ? strchr(usual, s[i]) : NULL;
		quoted ^= s[i] == '"';
		if (at)
			counts[at - usual]++;
	}
	for (size_t i = 1; i < sizeof usual - 1; i++)
		if (counts[i] > counts[best])
			best = i;
	return usual[best];
}

static const char *skip_lines(const char *s, const char *end, int64_t lines)
{
	for (; lines > 0 && s < end; lines--) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		s = stop ? stop + 1 : end;
	}
	return s;
}

static int parse(struct table *x, const struct csv_spec *s, const char *text, size_t n)
{
	struct csv_parser p;
	if (csv_init(&p, 0) != 0)
		abort();
	csv_set_blk_size(&p, 64 * 1024);
	csv_set_delim(
		&p, (unsigned char)(s->delimiter ? *s->delimiter : likely_delimiter(text, n)));
	csv_set_quote(&p, (unsigned char)(s->quote ? *s->quote : '"'));
	bool good = csv_parse(&p, text, n, on_cell, on_row, x) == n;
	/* Strict at the end only: quotes elsewhere stand for themselves. */
	csv_set_opts(&p, CSV_STRICT | CSV_STRICT_FINI);
	if (good && !x->failed)
		good = csv_fini(&p, on_cell, on_row, x) == 0;
	if (!good && !x->failed)
		fail_at(x, _("a quote is opened and not closed"));
	csv_free(&p);
	return x->failed ? -1 : 0;
}

int csv_read(const struct csv_spec *s, const char *text, size_t n, struct tape *t,
	     struct err *e)
{
	struct table x = {.tape = t, .row = -1, .err = e};
	const char *end = text + n;
	if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	text = skip_lines(text, end, s->skip);
	for (size_t i = 0; i < s->columns.count; i++)
		add_name(&x, s->columns.list[i], strlen(s->columns.list[i]));
	x.headed = s->columns.count > 0;
	int failed = tape_add(t, NODE_ARRAY, "", 0, true, e) < 0 ||
		     parse(&x, s, text, (size_t)(end - text)) < 0;
	if (failed)
		t->count = 0;
	else
		tape_close(t, 0);
	free(x.names);
	return failed ? -1 : 0;
}
