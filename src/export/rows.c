/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formats, and the walk over columns.  Memory does not grow with the rows. */
#include "export/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "export/escape.h"
#include "export/plan.h"
#include "text/clean.h"
#include "text/fit.h"

const char *const rows_format_names[ROWS_FORMATS] = {"csv", "tsv", "json", "ndjson", "table"};

int rows_format_find(const char *name)
{
	for (int i = 0; i < ROWS_FORMATS; i++)
		if (strcmp(name, rows_format_names[i]) == 0)
			return i;
	return -1;
}

static void plain_number(struct rows *x, const char *s, size_t n)
{
	out_add(x->out, s, n);
}

static void plain_nothing(struct rows *x)
{
	(void)x;
}

static void guarded(struct rows *x, const char *s, size_t n,
		    void (*escape)(struct out *, const char *, size_t))
{
	bool is_text = x->plan->how <= HOW_NAME;
	if (!x->o.guard || !is_text || !escape_is_formula(s, n)) {
		escape(x->out, s, n);
		return;
	}
	strbuf_clear(&x->cell);
	strbuf_addc(&x->cell, '\'');
	strbuf_add(&x->cell, s, n);
	escape(x->out, x->cell.s, x->cell.len);
}

static void csv_text(struct rows *x, const char *s, size_t n)
{
	guarded(x, s, n, escape_csv);
}

static void tsv_text(struct rows *x, const char *s, size_t n)
{
	guarded(x, s, n, escape_tsv);
}

static void json_text(struct rows *x, const char *s, size_t n)
{
	escape_json(x->out, s, n);
}

static void json_nothing(struct rows *x)
{
	out_add(x->out, "null", 4);
}

static void table_text(struct rows *x, const char *s, size_t n)
{
	const struct plan *p = x->plan;
	strbuf_clear(&x->clean);
	strbuf_clear(&x->cell);
	clean_append(&x->clean, s, n, 0);
	if (p->last && !p->right)
		fit_cut(&x->cell, x->clean.s, x->clean.len, p->width);
	else
		fit_pad(&x->cell, x->clean.s, x->clean.len, p->width,
			p->right ? FIT_RIGHT : FIT_LEFT);
	out_add(x->out, x->cell.s, x->cell.len);
}

static void table_nothing(struct rows *x)
{
	table_text(x, "", 0);
}

static void plan_before(struct rows *x, struct plan *p, bool first)
{
	switch (x->o.format) {
	case ROWS_CSV:
		strbuf_adds(&p->before, first ? "" : ",");
		break;
	case ROWS_TSV:
		strbuf_adds(&p->before, first ? "" : "\t");
		break;
	case ROWS_TABLE:
		strbuf_adds(&p->before, first ? "" : TABLE_GAP);
		break;
	default:
		strbuf_addf(&p->before, "%s\"%s\":", first ? "{" : ",", plan_id(p));
		break;
	}
}

struct format {
	void (*text)(struct rows *, const char *, size_t);
	void (*number)(struct rows *, const char *, size_t);
	void (*nothing)(struct rows *);
	const char *row_end;
};

static const struct format formats[ROWS_FORMATS] = {
	[ROWS_CSV] = {csv_text, plain_number, plain_nothing, "\n"},
	[ROWS_TSV] = {tsv_text, plain_number, plain_nothing, "\n"},
	[ROWS_JSON] = {json_text, plain_number, json_nothing, "}"},
	[ROWS_NDJSON] = {json_text, plain_number, json_nothing, "}\n"},
	[ROWS_TABLE] = {table_text, table_text, table_nothing, "\n"},
};

struct rows *rows_new(const struct rows_options *o, struct out *out)
{
	struct rows *x = xcalloc(1, sizeof *x);
	const struct format *f = &formats[o->format];
	x->o = *o;
	x->out = out;
	x->masked = x->clean = x->cell = (struct strbuf)STRBUF_INIT;
	x->text = f->text;
	x->number = f->number;
	x->nothing = f->nothing;
	x->row_end = o->excel ? "\r\n" : f->row_end;
	x->row_end_n = strlen(x->row_end);
	when_init(&x->when);
	for (size_t i = 0; i < o->columns.count; i++) {
		plan_column(o, &x->plans[i], o->columns.list[i]);
		plan_before(x, &x->plans[i], i == 0);
		x->plans[i].last = i + 1 == o->columns.count;
	}
	if (o->format == ROWS_TABLE)
		plan_share_width(x);
	return x;
}

void rows_begin(struct rows *x)
{
	if (x->o.excel)
		out_adds(x->out, "\xef\xbb\xbf");
	if (x->o.format == ROWS_JSON)
		out_addc(x->out, '[');
	if (x->o.format == ROWS_JSON || x->o.format == ROWS_NDJSON || !x->o.header)
		return;
	for (size_t i = 0; i < x->o.columns.count; i++) {
		x->plan = &x->plans[i];
		out_adds(x->out, x->plan->before.s);
		bool table = x->o.format == ROWS_TABLE;
		const char *heading = table ? plan_title(x->plan) : plan_id(x->plan);
		x->text(x, heading, strlen(heading));
	}
	out_adds(x->out, x->row_end);
}

int rows_add(struct rows *x, const struct record *r)
{
	if (x->o.format == ROWS_JSON)
		out_adds(x->out, x->count ? ",\n" : "\n");
	for (size_t i = 0; i < x->o.columns.count; i++) {
		const struct plan *p = &x->plans[i];
		if (p->before.len == 1)
			out_addc(x->out, p->before.s[0]);
		else
			out_add(x->out, p->before.s, p->before.len);
		cell_put(x, p, r);
	}
	out_add(x->out, x->row_end, x->row_end_n);
	x->count++;
	return x->out->failed ? -1 : 0;
}

void rows_end(struct rows *x)
{
	if (x->o.format == ROWS_JSON)
		out_adds(x->out, x->count ? "\n]\n" : "]\n");
}

void rows_free(struct rows *x)
{
	if (!x)
		return;
	for (size_t i = 0; i < x->o.columns.count; i++)
		strbuf_free(&x->plans[i].before);
	strbuf_free(&x->masked);
	strbuf_free(&x->clean);
	strbuf_free(&x->cell);
	free(x);
}
