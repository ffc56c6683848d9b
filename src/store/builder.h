/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQL under construction, with the values for its question marks in order. */
#ifndef IOC_STORE_BUILDER_H
#define IOC_STORE_BUILDER_H

#include "base/strbuf.h"
#include "model/filter.h"
#include "store/match_set.h"
#include "store/sql.h"

struct builder_value {
	enum { BUILDER_INT, BUILDER_REAL, BUILDER_TEXT, BUILDER_VALUE, BUILDER_SET } type;
	union {
		int64_t i;
		double r;
		struct {
			const char *s; /* not owned */
			size_t n;
		};
		const sqlite3_value *v; /* not owned */
		struct match_set *set;  /* not owned */
	};
};

struct builder {
	struct strbuf sql;
	struct builder_value *values;
	size_t count, cap;
};

#define BUILDER_INIT                                                                           \
	{                                                                                      \
		.sql = STRBUF_INIT                                                             \
	}

void builder_free(struct builder *b);
void builder_add(struct builder *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Each adds a question mark and its value. */
void builder_int(struct builder *b, int64_t i);
void builder_real(struct builder *b, double r);
void builder_text(struct builder *b, const char *s, size_t n);
void builder_value(struct builder *b, const sqlite3_value *v);
/* For ioc_in: must live until the statement is reset. */
void builder_set(struct builder *b, struct match_set *set);
/* Prepared and bound; texts must live until it is reset. */
sqlite3_stmt *builder_prepare(struct builder *b, struct db *db, struct err *e);

/* How a filter becomes a condition. */
enum builder_flag {
	BUILDER_FREE = 1,     /* indexes may be chosen by it; else it only tests rows */
	BUILDER_NO_WORDS = 2, /* leave out words that every match must have: the search index
				 answers for them */
	BUILDER_NO_WHOLE_WORDS = 4, /* the same for those that are finished and stand alone */
};
/* Beside the flags: the index that is walked along is by this column, and may be entered and
 * left where the filter says. */
#define BUILDER_ALONG(column) ((unsigned)((column) + 1) << 8)

/* Adds whether a row's searched texts have this pattern (text/pattern.h). */
void builder_match(struct builder *b, struct arena *a, const struct kind *k,
		   const struct strbuf *pattern);

/* Adds " AND …" for the words that every match must have, as the flags leave them; false where
 * there are none.  With a set, rows that have them not are taken out of it. */
bool builder_words(struct builder *b, struct arena *a, const struct kind *k,
		   const struct filter *f, unsigned flags, struct match_set *set);

/* Adds the filter as a condition on the kind's table t.  Texts it makes go to the arena. */
void builder_filter(struct builder *b, struct arena *a, const struct kind *k,
		    const struct filter *f, unsigned flags);

#endif
