/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record of a kind, in memory. */
#ifndef IOC_MODEL_RECORD_H
#define IOC_MODEL_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/kind.h"

/* A value of a column: TEXT, STATE, CHOICE and REF columns use s and n (valid UTF-8, NFC, no
 * control characters but newline; terminated); REAL uses r; the others i. */
struct value {
	bool set; /* false: no value */
	union {
		int64_t i;
		double r;
		struct {
			const char *s;
			size_t n;
		};
	};
};

struct record {
	const struct kind *kind;
	int64_t rowid; /* the cache's own key: stable for a (source, id), grows with arrival */
	const char *source;   /* name of the source */
	const char *id;       /* the source's id, as text */
	int64_t version;      /* the source's version; 0 where it has none */
	bool deleted;         /* a tombstone: only source, id and version count */
	bool partial;         /* only what is set counts, over what the cache has */
	struct value *values; /* kind->column_count of them */
	const char *detail;   /* canonical JSON: history[], attachments[], links[], extra{}; or
				 NULL */
	size_t detail_n;
	const char *raw; /* the vendor's item as JSON text; or NULL */
	size_t raw_n;
};

/* An empty record in the arena; all it ever points to is there too. */
struct record *record_new(struct arena *a, const struct kind *k);

/* A copy of its values, without its detail and the vendor's item. */
struct record *record_copy(struct arena *a, const struct record *r);

/* Put an outside value in a column, converted to its type and cleaned (text/clean.h).  Texts
 * lose blanks at their ends; titles over 2,000 and others over 65,536 bytes are cut with "…".
 * Times are RFC 3339 or epoch seconds.  An empty text, a time at 1970-01-01, 0001-01-01 or in
 * 9999 and a place at 0,0 or outside the globe are no value.  -1 with *e where it does not fit
 * the type: the caller quarantines the record. */
int record_put_text(struct arena *a, struct record *r, size_t column, const char *s, size_t n,
		    struct err *e);
int record_put_number(struct arena *a, struct record *r, size_t column, double v,
		      struct err *e);
/* An instant; CLOCK_NONE is no value. */
int record_put_time(struct record *r, size_t column, int64_t t, struct err *e);
int record_put_bool(struct record *r, size_t column, bool v, struct err *e);

/* The text of a text-like column, or "" where there is none. */
const char *record_text(const struct record *r, size_t column);
/* The number of an integer-like column, or `otherwise`. */
int64_t record_int(const struct record *r, size_t column, int64_t otherwise);
/* Whether the record waits for somebody (by its state). */
bool record_is_open(const struct record *r);

#endif
