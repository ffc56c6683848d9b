/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From values to text.  What a cell needs was decided per column, so that the loop over
 * records only switches on it; nothing is allocated per record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "export/plan.h"
#include "text/fmt.h"

#define NUMBER_TEXT 48

static size_t put_integer(char *end, int64_t v)
{
	char *p = end;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do
		*--p = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		*--p = '-';
	return (size_t)(end - p);
}

static void integer_cell(struct rows *x, int64_t v)
{
	char text[NUMBER_TEXT];
	size_t n = put_integer(text + sizeof text, v);
	x->number(x, text + sizeof text - n, n);
}

/* The shortest decimal that reads back as the same number. */
static void real_cell(struct rows *x, double v)
{
	char text[NUMBER_TEXT];
	int n = 0;
	if (v != v || v - v != 0) { /* no number, or infinite: JSON has no word for it */
		x->nothing(x);
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		n = snprintf(text, sizeof text, "%.*g", digits, v);
		if (digits == 17 || strtod(text, NULL) == v)
			break;
	}
	x->number(x, text, (size_t)n);
}

/* Coordinates and readings have few decimals: exact in fixed point, without printf. */
static void quick_real_cell(struct rows *x, double v)
{
	double scaled = v * 1e6;
	if (!(scaled > -9e15 && scaled < 9e15)) {
		real_cell(x, v);
		return;
	}
	int64_t fixed = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
	if ((double)fixed / 1e6 != v) {
		real_cell(x, v);
		return;
	}
	char text[NUMBER_TEXT], *end = text + sizeof text, *p = end;
	uint64_t u = fixed < 0 ? 0 - (uint64_t)fixed : (uint64_t)fixed;
	uint64_t part = u % 1000000;
	int digits = 6;
	while (digits && part % 10 == 0)
		part /= 10, digits--;
	for (int i = 0; i < digits; i++, part /= 10)
		*--p = (char)('0' + part % 10);
	if (digits)
		*--p = '.';
	p -= put_integer(p, (int64_t)(u / 1000000));
	if (fixed < 0)
		*--p = '-';
	x->number(x, p, (size_t)(end - p));
}

static void string_cell(struct rows *x, const char *s)
{
	x->text(x, s, strlen(s));
}

static void state_cell(struct rows *x, const struct record *r, const struct value *v)
{
	const struct state *s = kind_state(r->kind, v->s);
	string_cell(x, s ? _(s->label) : v->s);
}

static void choice_cell(struct rows *x, const struct plan *p, const struct value *v)
{
	const char *label = column_choice(p->def, v->s);
	string_cell(x, label ? _(label) : v->s);
}

static void name_cell(struct rows *x, const struct plan *p, const struct record *r,
		      const struct value *v)
{
	int64_t at = r->kind->catalogue ? CLOCK_NONE
					: record_int(r, COL_CREATED_AT, CLOCK_NONE);
	const char *name = p->catalogue && x->o.name
				   ? x->o.name(x->o.context, p->catalogue, v->s, at)
				   : NULL;
	string_cell(x, name ? name : v->s);
}

static void masked_cell(struct rows *x, const struct plan *p, const struct value *v)
{
	strbuf_clear(&x->masked);
	p->mask(&x->masked, v->s, v->n);
	x->text(x, x->masked.s, x->masked.len);
}

static void time_cell(struct rows *x, int64_t t)
{
	char text[WHEN_TEXT];
	x->text(x, text, when_iso(&x->when, t, text));
}

static void people_cell(struct rows *x, enum how how, const struct value *v)
{
	char text[FMT_TEXT];
	switch (how) {
	case HOW_PEOPLE_INTEGER:
		fmt_integer(v->i, text);
		break;
	case HOW_PEOPLE_REAL:
		fmt_number(v->r, text);
		break;
	case HOW_PEOPLE_TIME:
		fmt_date_time(v->i, text);
		break;
	case HOW_PEOPLE_DURATION:
		fmt_duration(v->i, text);
		break;
	default:
		fmt_flag(v->i != 0, text);
		break;
	}
	string_cell(x, text);
}

void cell_put(struct rows *x, const struct plan *p, const struct record *r)
{
	static const struct value none; /* of what is no column: id, source, version */
	const struct value *v = p->def ? &r->values[p->column] : &none;
	x->plan = p;
	if (p->def && !v->set) {
		x->nothing(x);
		return;
	}
	switch (p->how) {
	case HOW_ID:
		string_cell(x, r->id);
		break;
	case HOW_SOURCE:
		string_cell(x, r->source);
		break;
	case HOW_VERSION:
		integer_cell(x, r->version);
		break;
	case HOW_TEXT:
		x->text(x, v->s, v->n);
		break;
	case HOW_MASKED:
		masked_cell(x, p, v);
		break;
	case HOW_STATE:
		state_cell(x, r, v);
		break;
	case HOW_CHOICE:
		choice_cell(x, p, v);
		break;
	case HOW_NAME:
		name_cell(x, p, r, v);
		break;
	case HOW_INTEGER:
		integer_cell(x, v->i);
		break;
	case HOW_REAL:
		quick_real_cell(x, v->r);
		break;
	case HOW_TIME:
		time_cell(x, v->i);
		break;
	case HOW_FLAG:
		x->number(x, v->i ? "true" : "false", v->i ? 4 : 5);
		break;
	default:
		people_cell(x, p->how, v);
		break;
	}
}
