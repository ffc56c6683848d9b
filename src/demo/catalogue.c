/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/catalogue.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "demo/jot.h"

/* Midnight in the city of a day "2025-07-01"; the end of that day where it is the last. */
static int64_t day(const char *s, bool last)
{
	int year, month, mday;
	if (sscanf(s, "%4d-%2d-%2d", &year, &month, &mday) != 3)
		return CLOCK_NONE;
	int64_t t = clock_days(year, month, mday) * DAY - 7 * HOUR;
	return last ? t + DAY - SECOND : t;
}

static void put_number(struct strbuf *b, const char *key, const char *s)
{
	double v = strtod(s, NULL);
	if (v == floor(v))
		jot_int(b, key, (int64_t)v);
	else
		jot_decimal(b, key, v, 5);
}

static void put(struct strbuf *b, const struct column *c, const char *s)
{
	switch (c->type) {
	case COLUMN_TIME:
	case COLUMN_DEADLINE:
		jot_time(b, c->id, day(s, strcmp(c->id, "valid_to") == 0));
		break;
	case COLUMN_INTEGER:
	case COLUMN_REAL:
	case COLUMN_DURATION:
		put_number(b, c->id, s);
		break;
	case COLUMN_FLAG:
		jot_flag(b, c->id, strcmp(s, "true") == 0);
		break;
	default:
		jot_text(b, c->id, s);
	}
}

static const char *value(const struct yaml_node *row, const struct yaml_node *defaults,
			 const char *key)
{
	const char *s = yaml_text(yaml_get(row, key));
	return s ? s : yaml_text(yaml_get(defaults, key));
}

static void write_row(const struct kind *k, const struct yaml_node *row,
		      const struct yaml_node *defaults, const char *id, struct strbuf *b)
{
	strbuf_addc(b, '{');
	jot_text(b, "kind", k->id);
	jot_text(b, "id", id);
	jot_int(b, "version", 1);
	for (size_t i = 0; i < k->column_count; i++) {
		const char *s = value(row, defaults, k->columns[i].id);
		if (s)
			put(b, &k->columns[i], s);
	}
	const char *certainty = value(row, defaults, "certainty");
	if (certainty) {
		jot_key(b, "extra");
		strbuf_addc(b, '{');
		jot_text(b, "certainty", certainty);
		strbuf_addc(b, '}');
	}
	strbuf_addc(b, '}');
}

static int make_row(const struct kind *k, const struct yaml_node *row,
		    const struct yaml_node *defaults, struct strbuf *b, made_sink *sink,
		    void *arg, struct err *e)
{
	const char *code = value(row, defaults, "code"),
		   *from = value(row, defaults, "valid_from");
	char id[96];
	snprintf(id, sizeof id, "%s%s%s", code ? code : "?", from ? "@" : "", from ? from : "");
	strbuf_clear(b);
	write_row(k, row, defaults, id, b);
	struct made m = {
		.kind = k, .id = id, .state = "", .version = 1, .json = b->s, .n = b->len};
	return sink(arg, &m, e);
}

int catalogue_make(const struct city *c, made_sink *sink, void *arg, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int bad = 0;
	for (int i = 0; i < CATALOGUES && !bad; i++) {
		const struct yaml_node *root = yaml_root(c->files[i]);
		const struct yaml_node *rows = yaml_get(root, "rows");
		for (size_t j = 0; j < yaml_count(rows) && !bad; j++)
			bad = make_row(catalogue_kinds[i], yaml_at(rows, j),
				       yaml_get(root, "defaults"), &b, sink, arg, e);
	}
	strbuf_free(&b);
	return bad;
}
