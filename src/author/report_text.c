/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page for people: what was asked and answered, then items beside what became of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "author/record_json.h"
#include "author/report.h"
#include "author/unmapped.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "text/clean.h"
#include "text/fit.h"
#include "text/fmt.h"
#include "text/utf8.h"

#define HEAD_LINES 6 /* of an answer's body */
#define SIDE_LEAST 90
#define VALUE_MOST 2000

/* --- lines --- */

struct lines {
	char **list;
	size_t count, cap;
};

static void add_line(struct lines *l, const char *s, size_t n)
{
	struct strbuf b = STRBUF_INIT;
	clean_append(&b, s, n, 0);
	ARRAY_PUSH(l->list, l->count, l->cap) = strbuf_detach(&b);
}

static void add_text(struct lines *l, const char *s)
{
	for (; *s; s += strcspn(s, "\n"), s += *s == '\n')
		add_line(l, s, strcspn(s, "\n"));
}

static void free_lines(struct lines *l)
{
	for (size_t i = 0; i < l->count; i++)
		free(l->list[i]);
	free(l->list);
	*l = (struct lines){NULL, 0, 0};
}

/* Two columns, a line between them; what is too wide is cut. */
static void print_beside(const struct author *a, const struct lines *left,
			 const struct lines *right)
{
	int half = (a->width - 3) / 2;
	size_t n = left->count > right->count ? left->count : right->count;
	for (size_t i = 0; i < n; i++) {
		struct strbuf b = STRBUF_INIT, c = STRBUF_INIT;
		const char *l = i < left->count ? left->list[i] : "";
		const char *r = i < right->count ? right->list[i] : "";
		fit_pad(&b, l, strlen(l), half, FIT_LEFT);
		fit_cut(&c, r, strlen(r), a->width - half - 3);
		printf("%s%s%s │ %s\n", author_ink(a, INK_DIM), b.s, author_ink(a, INK_NONE),
		       c.s);
		strbuf_free(&b);
		strbuf_free(&c);
	}
}

static void print_lines(const struct author *a, const struct lines *l, enum author_ink ink)
{
	for (size_t i = 0; i < l->count; i++)
		printf("  %s%s%s\n", author_ink(a, ink), l->list[i], author_ink(a, INK_NONE));
}

/* --- the exchange --- */

static void print_request(const struct author *a, const struct exchange *x)
{
	printf("%s%s ", author_ink(a, INK_BOLD), x->method);
	author_put(x->url, strlen(x->url), 0);
	printf("%s\n", author_ink(a, INK_NONE));
	struct lines l = {NULL, 0, 0};
	add_text(&l, x->headers);
	if (x->body)
		add_text(&l, x->body);
	print_lines(a, &l, INK_DIM);
	free_lines(&l);
}

static void print_answer(const struct author *a, bool raw, const struct exchange *x)
{
	char size[FMT_TEXT];
	const char *type = strcasestr(x->head, "\ncontent-type:");
	enum author_ink ink = x->status >= 200 && x->status < 300 ? INK_GREEN : INK_RED;
	if (!x->head[0] && !x->answer_n) {
		printf("%s→ %s%s\n", author_ink(a, INK_RED), _("no answer"),
		       author_ink(a, INK_NONE));
		return;
	}
	printf("%s→ %ld%s ", author_ink(a, ink), x->status, author_ink(a, INK_NONE));
	if (type) {
		type += strlen("\ncontent-type:");
		type += strspn(type, " ");
		author_put(type, strcspn(type, "\r\n"), 60);
	}
	printf(" · %s · %lld ms\n", fmt_bytes(x->answer_n, size), (long long)x->took_ms);
	struct lines l = {NULL, 0, 0};
	add_text(&l, x->answer);
	size_t most = raw ? l.count : HEAD_LINES;
	for (size_t i = 0; i < l.count && i < most; i++) {
		struct strbuf b = STRBUF_INIT;
		if (raw)
			strbuf_adds(&b, l.list[i]);
		else
			fit_cut(&b, l.list[i], strlen(l.list[i]),
				l.count == 1 ? 3 * a->width : a->width - 2);
		printf("  %s%s%s\n", author_ink(a, INK_DIM), b.s, author_ink(a, INK_NONE));
		strbuf_free(&b);
	}
	if (l.count > most)
		printf(_("  … %zu more lines (--raw shows all)\n"), l.count - most);
	free_lines(&l);
}

void report_exchange_text(const struct author *a, const struct exchange *x, bool answer)
{
	print_request(a, x);
	if (answer)
		print_answer(a, author_flag(a, "raw"), x);
}

/* --- an item and its records --- */

static void add_value(struct lines *l, const char *name, const json_t *v)
{
	char *text = json_is_string(v) ? NULL
				       : json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT |
							       JSON_REAL_PRECISION(15));
	const char *s = text ? text : json_string_value(v);
	struct strbuf b = STRBUF_INIT;
	strbuf_addf(&b, "%-14s %.*s", name, VALUE_MOST, s ? s : "");
	add_line(l, b.s, b.len);
	strbuf_free(&b);
	free(text);
}

static void add_record(struct lines *l, const struct record *r)
{
	json_t *o = record_json(r), *v;
	const char *name;
	if (l->count)
		add_line(l, "", 0);
	json_object_foreach (o, name, v)
		add_value(l, name, v);
	json_decref(o);
}

static void add_reject(struct lines *l, const struct reject *x)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_addf(&b, "%s: %s", _("set aside"), x->reason);
	add_line(l, b.s, b.len);
	strbuf_free(&b);
}

static void print_words(const struct author *a, const char *title, const json_t *list,
			enum author_ink ink)
{
	size_t n = json_array_size(list);
	if (!n)
		return;
	printf("  %s%s%s", author_ink(a, ink), title, author_ink(a, INK_NONE));
	for (size_t i = 0; i < n; i++) {
		const json_t *one = json_array_get(list, i);
		const json_t *word = json_is_array(one) ? json_array_get(one, 0) : one;
		const char *s = json_string_value(word);
		printf("%s", i ? ", " : " ");
		author_put(s, strlen(s), 200);
		if (json_is_array(one))
			printf(" (%lld)",
			       (long long)json_integer_value(json_array_get(one, 1)));
	}
	printf("\n");
}

static void print_item(struct report *r, const struct page_report *p, size_t number)
{
	const struct pulled_item *i = &p->items[number];
	struct lines left = {NULL, 0, 0}, right = {NULL, 0, 0};
	json_t *item = json_loads(i->text, JSON_DECODE_ANY, NULL);
	char *text = item ? json_dumps(item, JSON_INDENT(2) | JSON_ENCODE_ANY |
						     JSON_REAL_PRECISION(15))
			  : NULL;
	add_text(&left, text ? text : i->text);
	for (size_t k = i->record; k < i->record_end; k++)
		add_record(&right, p->haul.records[k]);
	for (size_t k = i->reject; k < i->reject_end; k++)
		add_reject(&right, &p->haul.rejects[k]);
	if (!right.count)
		add_line(&right, _("the map yields nothing"),
			 strlen(_("the map yields nothing")));
	printf("\n%s%s %zu%s\n", author_ink(r->author, INK_CYAN), _("item"), number + 1,
	       author_ink(r->author, INK_NONE));
	if (r->author->width >= SIDE_LEAST) {
		print_beside(r->author, &left, &right);
	} else {
		print_lines(r->author, &left, INK_DIM);
		printf("  %s\n", "↓");
		print_lines(r->author, &right, INK_NONE);
	}
	struct mapping how = pull_mapping(p->resource, r->trial);
	bool mapped = i->record_end > i->record;
	json_t *unused = mapped ? unmapped_members(r->mapper, &how, i->text) : NULL;
	print_words(r->author, _("not mapped:"), unused, INK_YELLOW);
	json_decref(unused);
	json_decref(item);
	free(text);
	free_lines(&left);
	free_lines(&right);
}

/* --- the page --- */

static void print_next(const struct page_report *p)
{
	const struct position *n = &p->facts.next;
	if (!p->facts.more) {
		printf("%s", _("the last page"));
	} else if (n->next_url || (p->resource->paging == PAGING_CURSOR && n->cursor)) {
		const char *s = n->next_url ? n->next_url : n->cursor;
		printf("%s ", n->next_url ? _("next page:") : _("next cursor:"));
		author_put(s, strlen(s), 80);
	} else {
		printf(_("page %lld follows"), (long long)(n->page + p->resource->first_page));
	}
}

/* Some servers call the number of a page's items the total: the list would end there. */
static void doubt_total(const struct author *a, const struct page_report *p)
{
	const struct page_facts *f = &p->facts;
	if ((f->more && !f->next.beyond) || p->resource->paging == PAGING_NONE ||
	    f->next.page != 1 || !f->items || f->total != (int64_t)f->items)
		return;
	printf("  %s%s%s\n", author_ink(a, INK_YELLOW),
	       _("total is what this one page holds: if there are more, leave it out"),
	       author_ink(a, INK_NONE));
}

static void print_facts(const struct report *r, const struct page_report *p)
{
	const struct author *a = r->author;
	char text[FMT_TEXT];
	printf("%s", author_ink(a, INK_BOLD));
	printf(_("%zu items → %zu records, %zu set aside"), p->facts.items, p->haul.count,
	       p->haul.reject_count);
	printf("%s · ", author_ink(a, INK_NONE));
	if (p->facts.total >= 0)
		printf(_("%s in all · "), fmt_integer(p->facts.total, text));
	print_next(p);
	printf("\n");
	doubt_total(a, p);
	json_t *parts[] = {report_reasons(p), report_unknown_states(p),
			   report_empty_columns(p)};
	print_words(a, _("set aside because:"), parts[0], INK_RED);
	print_words(a, _("states that no kind knows:"), parts[1], INK_YELLOW);
	print_words(a, _("columns that stayed empty:"), parts[2], INK_DIM);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		json_decref(parts[i]);
}

static void print_failure(const struct author *a, const struct page_report *p)
{
	char words[400];
	failure_text(&p->failure, true, words, sizeof words);
	printf("%s%s%s ", author_ink(a, INK_RED), _("failed:"), author_ink(a, INK_NONE));
	author_put(words, strlen(words), 0);
	printf("\n\n");
}

/* Items set aside are worth more than those that went well. */
static void print_items(struct report *r, const struct page_report *p)
{
	size_t shown = 0;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < p->count && shown < r->shown; i++) {
			const struct pulled_item *x = &p->items[i];
			bool bad = x->reject_end > x->reject;
			if (!x->text || bad != (round == 0))
				continue;
			print_item(r, p, i);
			shown++;
		}
}

void report_page_text(struct report *r, const struct page_report *p)
{
	const struct author *a = r->author;
	printf("%s── %s%s", author_ink(a, INK_CYAN), p->resource->name,
	       author_ink(a, INK_NONE));
	if (p->number > 1)
		printf(_(", page %lld"), (long long)p->number);
	printf("\n");
	for (size_t i = p->exchange; i < p->exchange_end; i++) {
		print_request(a, &r->trial->heard.list[i]);
		print_answer(r->author, r->raw, &r->trial->heard.list[i]);
	}
	if (p->failed) {
		print_failure(a, p);
		return;
	}
	print_facts(r, p);
	print_items(r, p);
	printf("\n");
}
