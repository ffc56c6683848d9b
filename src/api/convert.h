/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the values that a map yields are written by this vendor: times, numbers, HTML and codes.
 * Applied once, where a mapped object becomes a record, so that maps stay plain. */
#ifndef IOC_API_CONVERT_H
#define IOC_API_CONVERT_H

#include "api/schema.h"
#include "api/tape.h"
#include "api/value_map.h"
#include "base/strbuf.h"
#include "base/zone.h"
#include "model/record.h"

enum convert_numbers { NUMBERS_POINT, NUMBERS_COMMA };

struct convert_spec {
	struct words times; /* forms, see api/timeform.h */
	int numbers;        /* enum convert_numbers */
	struct words html;  /* columns; "history" for its texts */
	struct maps values; /* struct value_map */
};

extern const char *const convert_number_names[];

/* The rows of a field table for a struct that has a struct convert_spec as its `member`. */
#define CONVERT_FIELDS(type_, member)                                                          \
	{.key = "times", .type = FIELD_WORDS, .offset = offsetof(struct type_, member.times)}, \
		{.key = "numbers",                                                             \
		 .type = FIELD_CHOICE,                                                         \
		 .offset = offsetof(struct type_, member.numbers),                             \
		 .words = convert_number_names},                                               \
		{.key = "html",                                                                \
		 .type = FIELD_WORDS,                                                          \
		 .offset = offsetof(struct type_, member.html)},                               \
	{                                                                                      \
		.key = "values", .type = FIELD_NAMED,                                          \
		.offset = offsetof(struct type_, member.values), .fields = value_map_fields,   \
		.size = sizeof(struct value_map)                                               \
	}

/* Complains about forms, columns and codes that are none, and makes the value maps ready.  `at`
 * is the map that holds the keys; `k` may be NULL: any kind. */
void convert_check(struct reading *r, const struct yaml_node *at, const struct kind *k,
		   struct convert_spec *s);

/* Whether it changes nothing; NULL too. */
bool convert_is_plain(const struct convert_spec *s);
/* Whether a column has a value map. */
bool convert_maps(const struct convert_spec *s, const char *column);

/* What is known of the vendor where a record is made. */
struct converter {
	const struct convert_spec *spec; /* NULL: everything as it is usual */
	const struct zone *zone;         /* of times without one; NULL: the profile's */
	struct strbuf *scratch;
};

/* An instant as the vendor writes it.  0, with CLOCK_NONE where it says that there is none; or
 * -1. */
int convert_time(const struct converter *c, const struct node *v, int64_t *t);
/* Puts a value into a column.  *unknown becomes true where the column has a value map that does
 * not know it.  -1 with *e where it does not fit. */
int convert_column(const struct converter *c, struct arena *a, struct record *r, size_t column,
		   const struct node *v, bool *unknown, struct err *e);
/* Writes the entries of a history as JSON, times and states converted; entries that are no
 * objects are left out. */
void convert_history(const struct converter *c, const struct node *list, struct strbuf *out);

#endif
