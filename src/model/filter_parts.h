/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files that make up the filter language. */
#ifndef IOC_MODEL_FILTER_PARTS_H
#define IOC_MODEL_FILTER_PARTS_H

#include "base/strbuf.h"
#include "model/filter.h"

#define FILTER_NO_FIELD (-100)
#define FILTER_IS (-101)      /* "is:" */
#define FILTER_NEAR_TO (-102) /* "near:" */
#define FILTER_PLATE (-103)   /* "plate:" of a kind without such a column */

#define FILTER_NAME_MOST 64

/* A part of the text, not terminated. */
struct filter_piece {
	const char *s;
	size_t n;
	bool quoted;
};

/* What the reading of one filter shares. */
struct filter_parser {
	struct arena *arena;
	const struct filter_context *context;
	const char *text, *s, *end;
	unsigned depth, nodes, predicates;
	size_t error_at;
	struct err *error;
};

/* Notes where the error stands that the caller has set; returns NULL. */
struct filter *filter_fail(struct filter_parser *p, const char *where);
/* NULL with the error set where the filter becomes too long. */
struct filter *filter_node(struct filter_parser *p, enum filter_op op, const struct filter *a,
			   const struct filter *b);
/* These pass NULL on: something has failed before. */
/* A column against an instant or a number. */
const struct filter *filter_at(struct filter_parser *p, int column, enum filter_compare how,
			       int64_t i);
const struct filter *filter_negate(struct filter_parser *p, const struct filter *f);
const struct filter *filter_both(struct filter_parser *p, const struct filter *a,
				 const struct filter *b);
/* One of both; `a` may be NULL: none yet. */
const struct filter *filter_join(struct filter_parser *p, const struct filter *a,
				 const struct filter *b);
/* Takes the "*" off the end that stands for any ending. */
bool filter_drop_star(struct filter_piece *piece);
/* The words of a text, side by side; the last one may go on where `prefix`. */
const struct filter *filter_words(struct filter_parser *p, int column,
				  struct filter_piece piece, bool prefix);
/* "field<value" */
const struct filter *filter_compare_with(struct filter_parser *p, int column,
					 enum filter_compare how, struct filter_piece v);
/* "field:value", one of the list: a word, "none" or "any" too.  `exact`: behind "=", the value
 * alone. */
const struct filter *filter_one_value(struct filter_parser *p, int field, struct filter_piece v,
				      bool exact);

/* Letters and digits only, folded: "Đơn vị" and "don-vi" are both "donvi".  Into
 * out[FILTER_NAME_MOST + 1]; what is longer is cut.  Returns the length. */
size_t filter_squeeze(const char *s, size_t n, char *out);
/* Whether a name is so called, once squeezed. */
bool filter_means(const char *name, const char *squeezed);
/* The same of a text of the program in either language. */
bool filter_means_text(const char *text, const char *squeezed);
/* Walks a list parted by commas: the next one squeezed into out[FILTER_NAME_MOST + 1]; false at
 * its end.  *item is where it stands, of *n bytes. */
bool filter_next_name(const char **list, char *out, const char **item, size_t *n);

/* The column (or FILTER_SOURCE, FILTER_ID, FILTER_IS …) so called; FILTER_NO_FIELD. */
int filter_field(const struct kind *k, const char *s, size_t n);
/* Where a name and an operator stand at p->s: the length of the name, else 0.  Several words
 * are a name where they are known as one: "trạng thái:". */
size_t filter_name_length(const struct filter_parser *p);
/* Fields that are no columns: the i-th's name in both languages; false past the end. */
struct filter_special {
	const char *english, *vietnamese, *about; /* about: N_() */
	int field;
};
const struct filter_special *filter_special_field(size_t i);
/* The field that was perhaps meant by what ends at `end`; *from moves to words before it that
 * belong to it.  NULL where nothing comes near. */
const char *filter_suggest_field(struct filter_parser *p, const char **from, const char *end);
const struct predicate *filter_predicate(const struct kind *k, const char *s, size_t n);
/* "me" of a column that names staff. */
bool filter_is_me(const struct filter_parser *p, int field, struct filter_piece v);
/* Whether words stand for one value of a field: "đang xử lý", "hôm nay". */
bool filter_is_value(const struct filter_context *c, int field, const char *s, size_t n);
const char *filter_suggest_predicate(const struct kind *k, const char *s, size_t n);

/* Where the word behind `end` ends. */
const char *filter_next_word(const struct filter_parser *p, const char *end);
/* Appends "CODE (label)" to a list of what there is, unless that is long already. */
void filter_add_known(struct strbuf *list, const char *code, const char *label);

/* What a length of time is counted by. */
enum filter_span_by { SPAN_CLOCK, SPAN_WORK_HOURS, SPAN_WORK_DAYS };

/* An instant or the stretch of time that a word means: [start, end). */
struct filter_span {
	int64_t start, end;
	bool relative;          /* was a bare span such as 4h: start is its length … */
	enum filter_span_by by; /* … in ms, of open time, or in working days */
};
/* -1 where it is no time.  A weekday is the last one, or the next where `ahead`. */
int filter_when(const char *s, size_t n, int64_t now, bool ahead, struct filter_span *out);
/* The same without lengths of working time, of what is ahead. */
int filter_time(const char *s, size_t n, int64_t now, struct filter_span *out);
/* The i-th word for a time; NULL past the last one. */
struct filter_time_word {
	const char *english, *vietnamese, *about; /* about: N_() */
};
const struct filter_time_word *filter_time_word(size_t i);
const char *filter_suggest_time(const char *s, size_t n);
/* "90", "2m", "1h": milliseconds; a bare number counts `unit`.  -1 where it is none. */
int filter_duration(const char *s, size_t n, int64_t unit, int64_t *ms);

/* "code:0423", "phone:*678": what ends so, or (codes) has it as one of its words. */
const struct filter *filter_tail(struct filter_parser *p, int column, struct filter_piece v);
/* "plate:26A-123.45" in all texts. */
const struct filter *filter_plate(struct filter_parser *p, struct filter_piece v);
/* "near:PA-00423,300m", from behind the colon on. */
const struct filter *filter_near(struct filter_parser *p);

/* The values of a state, choice, reference, number or flag that a word means.  NULL with the
 * error and its place set.  `exact`: a unit without what is below it. */
const struct filter *filter_value(struct filter_parser *p, int field, struct filter_piece v,
				  bool exact);

#endif
