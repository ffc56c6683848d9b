/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/detail.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "ui/detail_text.h"

void detail_free(struct detail *d)
{
	page_free(d->page);
	doc_free(&d->doc);
}

void detail_show(struct detail *d, const struct kind *k, int64_t rowid, int64_t due)
{
	if (d->kind != k || d->rowid != rowid) {
		d->related = 0;
		d->doc.scroll = 0;
	}
	d->kind = k;
	d->rowid = rowid;
	d->due = due;
	d->stale = true;
}

struct page_query *detail_query(struct detail *d, int64_t now)
{
	if (!d->stale || d->due > now)
		return NULL;
	struct page_query *q = page_query_new();
	q->kind = d->kind;
	q->sort = COL_CODE;
	q->place = PAGE_AROUND;
	q->rowid = d->rowid;
	q->limit = 1;
	q->want_detail = true;
	q->now = now;
	d->stale = false;
	return q;
}

void detail_answer(struct detail *d, struct page *p)
{
	page_free(d->page);
	d->page = p;
	d->doc_columns = 0;
}

const struct record *detail_record(const struct detail *d)
{
	const struct page *p = d->page;
	return p && p->count && p->rows[0]->rowid == d->rowid ? p->rows[0] : NULL;
}

bool detail_link(const struct detail *d, size_t n, const struct kind **k, char *id, size_t size)
{
	const struct record *r = detail_record(d);
	if (!r || !r->detail)
		return false;
	json_t *root = json_loadb(r->detail, r->detail_n, 0, NULL);
	json_t *link = json_array_get(json_object_get(root, "links"), n);
	const char *kind = json_string_value(json_object_get(link, "kind"));
	const char *target = json_string_value(json_object_get(link, "id"));
	*k = kind ? kind_find(kind) : NULL;
	bool found = target && *k && !(*k)->catalogue && strlen(target) < size &&
		     target[strcspn(target, "\"\\")] == '\0';
	if (found)
		snprintf(id, size, "%s", target);
	json_decref(root);
	return found;
}

void detail_fit(struct detail *d, const struct look *look, int columns)
{
	unsigned turn = d->found ? d->found->turn : 0;
	if (d->doc_columns == columns && d->doc_until > look->now && d->doc_turn == turn &&
	    d->doc_found == d->found)
		return;
	d->doc_found = d->found;
	d->doc_turn = turn;
	doc_reset(&d->doc);
	detail_lay_out(d, look, columns);
	d->doc_columns = columns;
}

void detail_draw(struct detail *d, const struct look *look, struct cellbuf *b, struct rect r)
{
	detail_fit(d, look, r.columns);
	doc_draw(&d->doc, b, r);
}
