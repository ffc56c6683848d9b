/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns stand behind a unary plus unless an index may be chosen by them: SQLite then walks
 * the index of the sort order, which is what makes the first page quick at any size. */
#include "store/builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/place.h"
#include "store/text_search.h"

void builder_free(struct builder *b)
{
	strbuf_free(&b->sql);
	free(b->values);
	*b = (struct builder)BUILDER_INIT;
}

void builder_add(struct builder *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	strbuf_vaddf(&b->sql, fmt, ap);
	va_end(ap);
}

static void put(struct builder *b, struct builder_value v)
{
	strbuf_addc(&b->sql, '?');
	ARRAY_PUSH(b->values, b->count, b->cap) = v;
}

void builder_int(struct builder *b, int64_t i)
{
	put(b, (struct builder_value){.type = BUILDER_INT, .i = i});
}

void builder_real(struct builder *b, double r)
{
	put(b, (struct builder_value){.type = BUILDER_REAL, .r = r});
}

void builder_text(struct builder *b, const char *s, size_t n)
{
	put(b, (struct builder_value){.type = BUILDER_TEXT, .s = s, .n = n});
}

void builder_value(struct builder *b, const sqlite3_value *v)
{
	put(b, (struct builder_value){.type = BUILDER_VALUE, .v = v});
}

void builder_set(struct builder *b, struct match_set *set)
{
	put(b, (struct builder_value){.type = BUILDER_SET, .set = set});
}

sqlite3_stmt *builder_prepare(struct builder *b, struct db *db, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(db, b->sql.s, e);
	for (size_t i = 0; s && i < b->count; i++) {
		const struct builder_value *v = &b->values[i];
		int at = (int)i + 1;
		switch (v->type) {
		case BUILDER_INT:
			sqlite3_bind_int64(s, at, v->i);
			break;
		case BUILDER_REAL:
			sqlite3_bind_double(s, at, v->r);
			break;
		case BUILDER_TEXT:
			sql_bind_text(s, at, v->s, v->n);
			break;
		case BUILDER_VALUE:
			sqlite3_bind_value(s, at, v->v);
			break;
		case BUILDER_SET:
			sqlite3_bind_pointer(s, at, v->set, MATCH_SET, NULL);
			break;
		}
	}
	return s;
}

struct context {
	struct builder *b;
	struct arena *arena;
	const struct kind *kind;
	const char *plus;
	int along; /* column of the index that is walked; -1: none */
};

static void add_node(const struct context *x, const struct filter *f);

static void add_column(const struct context *x, int column)
{
	if (column == FILTER_SOURCE)
		builder_add(x->b, "%st.source", x->plus);
	else if (column == FILTER_ID)
		builder_add(x->b, "%st.ext_id", x->plus);
	else
		builder_add(x->b, "%st.%s", x->plus, x->kind->columns[column].id);
}

static void add_value(const struct context *x, int column, const struct value *v)
{
	enum column_type type = column < 0 ? COLUMN_TEXT : x->kind->columns[column].type;
	switch (type) {
	case COLUMN_TEXT:
	case COLUMN_STATE:
	case COLUMN_CHOICE:
	case COLUMN_REF:
		builder_text(x->b, v->s, v->n);
		break;
	case COLUMN_REAL:
		builder_real(x->b, v->r);
		break;
	default:
		builder_int(x->b, v->i);
		break;
	}
}

static void add_in(const struct context *x, const struct filter *f)
{
	add_column(x, f->column);
	bool source = f->column == FILTER_SOURCE;
	builder_add(x->b, source ? " IN (SELECT id FROM source WHERE name IN (" : " IN (");
	for (size_t i = 0; i < f->count; i++) {
		builder_add(x->b, i ? ", " : "");
		add_value(x, f->column, &f->values[i]);
	}
	builder_add(x->b, source ? "))" : ")");
}

static const char *const operators[] = {
	[FILTER_LESS] = "<",           [FILTER_LESS_EQUAL] = "<=", [FILTER_GREATER] = ">",
	[FILTER_GREATER_EQUAL] = ">=", [FILTER_EQUAL] = "=",
};

static void add_match(const struct context *x, const struct strbuf *pattern, int column)
{
	const struct kind *k = x->kind;
	builder_add(x->b, "ioc_match(");
	builder_text(x->b, arena_memdup(x->arena, pattern->s, pattern->len), pattern->len);
	for (size_t i = 0; i < k->column_count; i++)
		if (column == (int)i ||
		    (column == FILTER_ANY_TEXT && k->columns[i].flags & COLUMN_SEARCHED))
			builder_add(x->b, ", t.%s", k->columns[i].id);
	builder_add(x->b, ")");
}

static void add_words(const struct context *x, const struct filter *f)
{
	struct strbuf pattern = STRBUF_INIT;
	text_search_add_pattern(&pattern, f);
	add_match(x, &pattern, f->column);
	strbuf_free(&pattern);
}

static void add_compare(const struct context *x, const struct filter *f)
{
	if (f->column >= 0 && f->column == x->along)
		builder_add(x->b, "t.%s", x->kind->columns[f->column].id);
	else
		add_column(x, f->column);
	if (f->column == FILTER_SOURCE) {
		builder_add(x->b,
			    " %s (SELECT id FROM source WHERE name = ", operators[f->compare]);
		add_value(x, f->column, f->values);
		builder_add(x->b, ")");
		return;
	}
	builder_add(x->b, " %s ", operators[f->compare]);
	add_value(x, f->column, f->values);
}

static void add_tail(const struct context *x, const struct filter *f)
{
	const struct column *c = &x->kind->columns[f->column];
	builder_add(x->b, "ioc_tail(t.%s, ", c->id);
	builder_text(x->b, f->words, strlen(f->words));
	builder_add(x->b, ", %d, %d)", c->personal == PERSONAL_PHONE, (int)f->tail);
}

static void add_pair(const struct context *x, const struct filter *f, const char *word)
{
	builder_add(x->b, "(");
	add_node(x, f->a);
	builder_add(x->b, " %s ", word);
	add_node(x, f->b);
	builder_add(x->b, ")");
}

static void add_node(const struct context *x, const struct filter *f)
{
	switch (f->op) {
	case FILTER_ALL:
		builder_add(x->b, "1");
		break;
	case FILTER_AND:
		add_pair(x, f, "AND");
		break;
	case FILTER_OR:
		add_pair(x, f, "OR");
		break;
	case FILTER_NOT:                      /* what has no value is not one of these either */
		if (f->a->op == FILTER_SET) { /* in words that an index answers */
			add_column(x, f->a->column);
			builder_add(x->b, " IS NULL");
			break;
		}
		builder_add(x->b, "(");
		add_node(x, f->a);
		builder_add(x->b, ") IS NOT TRUE");
		break;
	case FILTER_OPEN:
		builder_add(x->b, "%st.open = 1", x->plus);
		break;
	case FILTER_WORDS:
		add_words(x, f);
		break;
	case FILTER_IN:
		add_in(x, f);
		break;
	case FILTER_SET:
		add_column(x, f->column);
		builder_add(x->b, " IS NOT NULL");
		break;
	case FILTER_COMPARE:
		add_compare(x, f);
		break;
	case FILTER_TAIL:
		add_tail(x, f);
		break;
	case FILTER_NEAR:
		place_add_near(x->b, f, !*x->plus && place_is_small(f));
		break;
	case FILTER_COLUMNS:
		add_column(x, f->column);
		builder_add(x->b, " %s ", operators[f->compare]);
		add_column(x, f->other);
		break;
	}
}

static bool is_indexed_words(const struct filter *f)
{
	return f->op == FILTER_WORDS && f->column == FILTER_ANY_TEXT;
}

static void add_without_words(const struct context *x, const struct filter *f)
{
	if (f->op == FILTER_AND) {
		builder_add(x->b, "(");
		add_without_words(x, f->a);
		builder_add(x->b, " AND ");
		add_without_words(x, f->b);
		builder_add(x->b, ")");
	} else if (is_indexed_words(f)) {
		builder_add(x->b, "1");
	} else {
		add_node(x, f);
	}
}

/* The words that every match must have, as one pattern: a row is read once for all of them. */
static void gather_words(struct strbuf *pattern, const struct filter *f, unsigned flags)
{
	if (f->op == FILTER_AND) {
		gather_words(pattern, f->a, flags);
		gather_words(pattern, f->b, flags);
	} else if (is_indexed_words(f)) {
		bool whole = !f->prefix && !f->typed && !strchr(f->words, ' ');
		if (!whole || !(flags & BUILDER_NO_WHOLE_WORDS))
			text_search_add_pattern(pattern, f);
	}
}

void builder_match(struct builder *b, struct arena *a, const struct kind *k,
		   const struct strbuf *pattern)
{
	struct context x = {b, a, k, "", -1};
	add_match(&x, pattern, FILTER_ANY_TEXT);
}

bool builder_words(struct builder *b, struct arena *a, const struct kind *k,
		   const struct filter *f, unsigned flags, struct match_set *set)
{
	struct context x = {b, a, k, "", -1};
	struct strbuf pattern = STRBUF_INIT;
	gather_words(&pattern, f, flags);
	bool any = pattern.len > 0;
	if (any && set) {
		builder_add(b, " AND ioc_keep(");
		builder_set(b, set);
		builder_add(b, ", t.id, ");
		add_match(&x, &pattern, FILTER_ANY_TEXT);
		builder_add(b, ")");
	} else if (any) {
		builder_add(b, " AND ");
		add_match(&x, &pattern, FILTER_ANY_TEXT);
	}
	strbuf_free(&pattern);
	return any;
}

void builder_filter(struct builder *b, struct arena *a, const struct kind *k,
		    const struct filter *f, unsigned flags)
{
	struct context x = {b, a, k, flags & BUILDER_FREE ? "" : "+", (int)(flags >> 8) - 1};
	add_without_words(&x, f);
	if (!(flags & BUILDER_NO_WORDS))
		builder_words(b, a, k, f, flags, NULL);
}
