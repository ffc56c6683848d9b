/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record with everything that is known of it. */
#ifndef IOC_UI_DETAIL_H
#define IOC_UI_DETAIL_H

#include "model/query.h"
#include "ui/doc.h"
#include "ui/found.h"
#include "ui/layout.h"
#include "ui/show.h"

#define DETAIL_REST 120 /* ms that the cursor must rest before the record beside it is read */

struct detail {
	bool open, focused;
	bool pinned; /* shows a related record, not the one under the cursor */
	enum split split;
	const struct kind *kind;
	int64_t rowid;           /* of the record wanted */
	struct page *page;       /* the record shown; NULL: none yet */
	bool stale;              /* must be read (again) */
	int64_t due;             /* not before this time */
	size_t related;          /* the next one to visit */
	char duplicates_key[32]; /* that shows them; "": none */
	char accept_key[32];     /* that accepts what a rule suggests; the same */
	struct doc doc;
	const struct found *found; /* what is looked for in it; NULL: nothing */
	/* what doc was laid out for */
	int doc_columns;
	unsigned doc_turn;
	const struct found *doc_found;
	int64_t doc_until;
};

void detail_free(struct detail *d);
/* Wants this record, read at `due`. */
void detail_show(struct detail *d, const struct kind *k, int64_t rowid, int64_t due);
/* The query for what is wanted; the caller owns it.  NULL: nothing is, or not yet. */
struct page_query *detail_query(struct detail *d, int64_t now);
void detail_answer(struct detail *d, struct page *p);
/* The record on screen; NULL: none. */
const struct record *detail_record(const struct detail *d);
/* The n-th link of the record on screen; false where there is none. */
bool detail_link(const struct detail *d, size_t n, const struct kind **k, char *id,
		 size_t size);
/* Lays the record out for a window of so many columns, where it is not yet. */
void detail_fit(struct detail *d, const struct look *look, int columns);
void detail_draw(struct detail *d, const struct look *look, struct cellbuf *b, struct rect r);

#endif
