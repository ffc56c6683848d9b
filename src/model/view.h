/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved views: a question to a queue under a name - filter, order, columns - with perhaps a key
 * or a tab of its own; see ioc-views(5).
 *
 * They come from three files: the shipped one, one that a centre shares, and the operator's
 * own. A view of a later file takes the place of an earlier one of the same name and kind. */
#ifndef IOC_MODEL_VIEW_H
#define IOC_MODEL_VIEW_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "model/kind.h"

enum view_origin { VIEW_SHIPPED, VIEW_SHARED, VIEW_OWN };

#define VIEW_NAME_MOST 64 /* bytes */
#define VIEW_FILTER_MOST 2000

struct saved_view {
	const char *name;        /* what "view NAME" takes */
	const char *title;       /* what people read; the name where none was given */
	const struct kind *kind; /* NULL: every queue that understands its filter */
	const char *filter;      /* "" for all records */
	const char *sort;        /* column id, - in front: descending; NULL: the kind's */
	const char *columns;     /* see ui/columns.h, columns_read; NULL: the operator's */
	const char *group;       /* column id that it is in groups by; NULL: none */
	const char *key;         /* "zl"; NULL: none */
	bool tab;
	enum view_origin origin;
	const char *file; /* that it stands in … */
	int line;         /* … and where it begins */
};

struct views {
	struct arena arena; /* holds the texts */
	struct saved_view *list;
	size_t count, cap;
};

struct views *views_new(void);
void views_free(struct views *v);
/* Reads a file on top of what is there; `name` stands for it in messages, `language` ("vi")
 * chooses among titles.  -1 with *e "FILE:LINE:COLUMN: …": what was read of the file before the
 * mistake is of no use, so `v` is as it was before. */
int views_read(struct views *v, enum view_origin origin, const char *name, const char *text,
	       size_t n, const char *language, struct err *e);

/* Puts one in, in the place of an earlier one of the same name and kind; texts are borrowed. */
void views_put(struct views *v, const struct saved_view *one);
/* Puts in what `old` has of such a file: for one that can't be read now. */
void views_keep(struct views *v, const struct views *old, enum view_origin origin);
/* Whether both say the same, wherever they stand. */
bool view_same(const struct saved_view *a, const struct saved_view *b);
bool views_same(const struct views *a, const struct views *b);

/* Whether it can be shown in this queue. */
bool view_fits(const struct saved_view *v, const struct kind *k);
/* The n-th of a queue's, in the order of the files; one of the kind's own hides those for any
 * queue that have its name.  NULL behind the last one; `v` may be NULL: there are none. */
const struct saved_view *views_nth(const struct views *v, const struct kind *k, size_t n);
/* By its name, else by its title, else by the only beginning of one, without regard to case and
 * accents.  `k` NULL: of any queue.  NULL with *e, which suggests. */
const struct saved_view *views_find(const struct views *v, const struct kind *k,
				    const char *name, struct err *e);
/* The one that asks just this; NULL: none does. */
const struct saved_view *views_of_filter(const struct views *v, const struct kind *k,
					 const char *filter);

/* --- changing a file: view_text.c --- */

/* Puts a view into the text of a file, in the place of that with its name and kind or at the
 * end; what else stands there, comments too, stays as it is.  -1 with *e where the file has a
 * mistake, or is laid out in a form that only a person should change. */
int view_text_put(const char *name, const char *text, size_t n, const struct saved_view *v,
		  struct strbuf *out, struct err *e);
/* Takes one out (`fresh` NULL), or gives it another name.  ERR_NOT_FOUND where it is not there.
 * `kind` is that of the view, or NULL. */
int view_text_rename(const char *name, const char *text, size_t n, const char *view,
		     const struct kind *kind, const char *fresh, struct strbuf *out,
		     struct err *e);

#endif
