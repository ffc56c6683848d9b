/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canned replies: texts with fields, offered where an operator writes; see ioc-replies(5).
 *
 * {code} stands for a value of the record or of the moment.  What has no value when the text is
 * made stays as a gap, [[Unit]], that somebody has to fill in; an author may write such gaps
 * too. */
#ifndef IOC_MODEL_REPLY_H
#define IOC_MODEL_REPLY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include "model/action.h"

struct reply {
	const char *title;
	const char *text;                               /* fields are checked */
	const struct kind *kind;                        /* NULL: of any */
	const char *const *actions, *const *categories; /* NULL-ended; NULL: any */
};

struct replies {
	struct arena arena; /* holds the texts */
	struct reply *list;
	size_t count, cap;
	bool keep_shipped; /* of a file: the shipped ones are offered too */
};

struct replies *replies_new(void);
void replies_free(struct replies *r);
/* Reads a file; `name` stands for it in messages.  What has the title and kind of a reply that
 * is there takes its place.  -1 with *e "FILE:LINE:COLUMN: …"; then `r` is of no use. */
int replies_read(struct replies *r, const char *name, const char *text, size_t n,
		 struct err *e);

/* How near a reply is to what is being written: 0 made for this category, 1 for all, 2 for
 * another one; -1 where it is for other kinds or actions. */
int reply_fits(const struct reply *r, const struct kind *k, const struct action *a,
	       const char *category);

/* The value of a field into `out`; left empty where there is none. */
typedef void reply_value(void *context, const char *field, struct strbuf *out);
/* The text with its fields; `k` is the record's kind. */
void reply_expand(const struct reply *r, const struct kind *k, reply_value *value,
		  void *context, struct strbuf *out);

/* The first gap that begins at or behind `from`; false where there is none. */
bool reply_gap(const char *text, size_t from, size_t *start, size_t *end);

#endif
