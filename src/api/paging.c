/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/paging.h"

#include <stdlib.h>
#include <string.h>

#include "api/ask.h"
#include "base/alloc.h"
#include "model/kind.h"

#define EMPTY_MOST 100 /* pages in a row without an item, though more is promised */

uint64_t paging_hash(const char *s, size_t n)
{
	/* FNV-1a over words and what is left of them */
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	for (; n >= 8; s += 8, n -= 8) {
		uint64_t word;
		memcpy(&word, s, 8);
		h = (h ^ word) * UINT64_C(0x100000001b3);
		h ^= h >> 29;
	}
	for (; n; s++, n--)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return h;
}

bool paging_is_end(const struct resource *r, const struct position *at, long status)
{
	for (size_t i = 0; at->page > 0 && i < r->end.count; i++)
		if (strtol(r->end.list[i], NULL, 10) == status)
			return true;
	return at->beyond && (status == 400 || status == 404 || status == 416 || status == 422);
}

static bool same_text(const char *a, const char *b)
{
	return (!a && !b) || (a && b && strcmp(a, b) == 0);
}

static int stuck(struct failure *f)
{
	return failure_set(f, ERR_PARSE, N_("the server's cursor does not move on"), NULL);
}

/* What leads to the next page: a cursor or a URL, or NULL. */
static int find_next(const struct page *p, char **next, struct failure *f)
{
	const char *name = p->resource->next_header;
	const char *value = name && p->call ? http_header(p->call, name) : NULL;
	*next = value && *value ? xstrdup(value) : NULL;
	return name ? 0 : ask_text(p->resource->next, p->body, next, f);
}

static void step(const struct page *p, struct page_facts *facts)
{
	struct position *n = &facts->next;
	n->page++;
	n->offset += (int64_t)facts->items;
	n->hash = p->hash;
	if ((int64_t)facts->items > n->widest)
		n->widest = (int64_t)facts->items;
	n->empty = facts->items ? 0 : n->empty + 1;
}

static bool is_repetition(const struct page *p)
{
	return p->at->page > 0 && p->at->hash == p->hash;
}

/* A page is full where it has what was asked for, or as many items as any before it: servers
 * give less than they are asked for without a word. */
static bool is_full(const struct page *p, const struct page_facts *facts)
{
	int64_t n = (int64_t)facts->items;
	return n > 0 && (n >= p->resource->page_size || n >= p->at->widest);
}

/* A total below what has come is none: some servers count a page by it, or nothing at all. */
static bool has_total(const struct page_facts *facts)
{
	return facts->total >= 0 && facts->total >= facts->next.offset;
}

/* Some servers call the items of a page the total: of one full page that can't be told. */
static bool may_be_of_page(const struct page *p, const struct page_facts *facts)
{
	int64_t n = (int64_t)facts->items;
	return p->at->page == 0 && facts->total == n && n >= p->resource->page_size;
}

/* Another page as the connector says, or else as the total does, or as a full page suggests.
 */
static int wants_more(const struct page *p, struct page_facts *facts, struct failure *f)
{
	if (p->resource->more)
		return ask_truth(p->resource->more, p->body, &facts->more, f);
	bool told = has_total(facts);
	facts->next.beyond = told && may_be_of_page(p, facts);
	facts->more = !told ? is_full(p, facts)
			    : facts->next.beyond ||
				      (facts->items && facts->next.offset < facts->total);
	return 0;
}

static int none(const struct page *p, struct page_facts *facts, struct failure *f)
{
	(void)f;
	step(p, facts);
	return 0;
}

static int by_cursor(const struct page *p, struct page_facts *facts, struct failure *f)
{
	char *cursor = NULL;
	bool more = true;
	step(p, facts);
	if (find_next(p, &cursor, f) < 0 ||
	    (p->resource->more && ask_truth(p->resource->more, p->body, &more, f) < 0)) {
		free(cursor);
		return -1;
	}
	struct position *n = &facts->next;
	bool moved = !same_text(cursor, n->cursor);
	/* A server that tells no new one leaves us where we are. */
	facts->more = cursor && more && (p->resource->more || (facts->items && moved));
	if (facts->more && !moved) {
		free(cursor);
		return stuck(f);
	}
	if (cursor) {
		free(n->cursor);
		n->cursor = cursor;
	}
	return 0;
}

/* A server that knows no pages sends the same again and again. */
static int by_number(const struct page *p, struct page_facts *facts, struct failure *f)
{
	if (is_repetition(p)) {
		facts->items = 0;
		return 0;
	}
	step(p, facts);
	return wants_more(p, facts, f);
}

static int by_url(struct page_facts *facts, char *link, struct failure *f)
{
	struct position *n = &facts->next;
	facts->more = link != NULL;
	if (link && same_text(link, n->next_url)) {
		free(link);
		return stuck(f);
	}
	free(n->next_url);
	n->next_url = link;
	return 0;
}

static int by_body(const struct page *p, struct page_facts *facts, struct failure *f)
{
	char *link = NULL;
	step(p, facts);
	return find_next(p, &link, f) < 0 ? -1 : by_url(facts, link, f);
}

static int by_link(const struct page *p, struct page_facts *facts, struct failure *f)
{
	step(p, facts);
	return by_url(facts, *p->link ? xstrdup(p->link) : NULL, f);
}

static int by_keyset(const struct page *p, struct page_facts *facts, struct failure *f)
{
	if (is_repetition(p) && facts->items >= (size_t)p->resource->page_size)
		return failure_set(f, ERR_LIMIT,
				   N_("more items with the same key than a page holds"), NULL);
	if (is_repetition(p)) {
		facts->items = 0;
		return 0;
	}
	step(p, facts);
	if (p->last) {
		struct strbuf b = STRBUF_INIT;
		node_write(p->last, 0, &b);
		free(facts->next.last);
		facts->next.last = strbuf_detach(&b);
	}
	return wants_more(p, facts, f);
}

/* Each file is a page. */
static void by_file(const struct page *p, struct page_facts *facts)
{
	step(p, facts);
	facts->more = facts->next.page < (int64_t)p->at->folder->count;
}

/* By enum paging. */
static int (*const pagers[])(const struct page *, struct page_facts *, struct failure *) = {
	none, by_cursor, by_number, by_number, by_body, by_link, by_keyset,
};

/* The latest end where we want them to; other pages that never end are a fault. */
static int bound(const struct page *p, struct page_facts *facts, struct failure *f)
{
	if (!facts->more)
		return 0;
	if (facts->next.empty > EMPTY_MOST)
		return failure_set(f, ERR_LIMIT,
				   N_("the server's pages are empty and never end"), NULL);
	if (p->resource->changes == CHANGES_CURSOR ||
	    facts->next.page < p->connector->limits.pages)
		return 0;
	if (p->resource->changes != CHANGES_LATEST)
		return failure_set(f, ERR_LIMIT, N_("more pages than allowed (limits.pages)"),
				   NULL);
	facts->more = false;
	return 0;
}

int paging_next(const struct page *p, struct page_facts *facts, struct failure *f)
{
	position_copy(&facts->next, p->at);
	facts->more = false;
	if (p->at->folder) {
		by_file(p, facts);
		return 0;
	}
	return pagers[p->resource->paging](p, facts, f) < 0 ? -1 : bound(p, facts, f);
}
