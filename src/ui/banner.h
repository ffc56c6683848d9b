/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hazard that is in force, on every screen: the worst one, and how many there are. */
#ifndef IOC_UI_BANNER_H
#define IOC_UI_BANNER_H

#include "model/query.h"
#include "ui/cellbuf.h"

struct app;

struct banner {
	bool stale;
	struct page *page; /* the worst first; owned; NULL: not read yet */
};

void banner_free(struct banner *b);
/* Whether a warning is in force, and so whether the screen has a line for it. */
bool banner_is_up(const struct banner *b);
struct page_query *banner_query(struct banner *b, int64_t now);
/* Takes the page over. */
void banner_answer(struct banner *b, struct page *p);
void banner_draw(const struct app *a, struct cellbuf *b, int row);

#endif
