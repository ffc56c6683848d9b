/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "author/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "author/record_json.h"
#include "author/unmapped.h"
#include "base/alloc.h"

static void count(json_t *counts, const char *text)
{
	json_int_t n = json_integer_value(json_object_get(counts, text));
	json_object_set_new(counts, text, json_integer(n + 1));
}

/* Takes over the counts. */
static json_t *by_number(json_t *counts)
{
	json_t *list = json_array(), *n;
	const char *text;
	json_object_foreach (counts, text, n) {
		size_t at = 0;
		while (at < json_array_size(list) &&
		       json_integer_value(json_array_get(json_array_get(list, at), 1)) >=
			       json_integer_value(n))
			at++;
		json_array_insert_new(list, at, json_pack("[s, O]", text, n));
	}
	json_decref(counts);
	return list;
}

json_t *report_unknown_states(const struct page_report *p)
{
	json_t *counts = json_object();
	for (size_t i = 0; i < p->haul.count; i++) {
		const struct record *r = p->haul.records[i];
		if (r->deleted || !r->kind->states)
			continue;
		const char *code = record_text(r, COL_STATE),
			   *src = record_text(r, COL_SRC_STATE);
		char none[80];
		snprintf(none, sizeof none, "src_state=%.60s", src);
		if (*code && !kind_state(r->kind, code))
			count(counts, code);
		else if (!*code && *src) /* its word was translated into nothing */
			count(counts, none);
	}
	return by_number(counts);
}

/* "created_at: not a time: 31/2": what is behind the second colon differs from item to item. */
static void count_reason(json_t *counts, const char *reason)
{
	const char *first = strstr(reason, ": ");
	const char *second = first ? strstr(first + 2, ": ") : NULL;
	char *head = xstrndup(reason, second ? (size_t)(second - reason) : strlen(reason));
	count(counts, head);
	free(head);
}

json_t *report_reasons(const struct page_report *p)
{
	json_t *counts = json_object();
	for (size_t i = 0; i < p->haul.reject_count; i++)
		count_reason(counts, p->haul.rejects[i].reason);
	return by_number(counts);
}

/* Of the kinds that came, the columns that no record fills. */
json_t *report_empty_columns(const struct page_report *p)
{
	json_t *list = json_array();
	for (size_t k = 0; kinds[k]; k++) {
		size_t came = 0;
		bool filled[256] = {false};
		for (size_t i = 0; i < p->haul.count; i++) {
			const struct record *r = p->haul.records[i];
			if (r->kind != kinds[k] || r->deleted)
				continue;
			came++;
			for (size_t c = 0; c < r->kind->column_count && c < 256; c++)
				filled[c] |= r->values[c].set;
		}
		for (size_t c = 0; came && c < kinds[k]->column_count && c < 256; c++)
			if (!filled[c] && !(kinds[k]->columns[c].flags & COLUMN_COMPUTED))
				json_array_append_new(list,
						      json_string(kinds[k]->columns[c].id));
	}
	return list;
}

/* --- as JSON --- */

static json_t *exchange_json(const struct exchange *x, bool raw)
{
	size_t n = raw || x->answer_n < 2000 ? x->answer_n : 2000;
	json_t *body = json_stringn(x->answer, n);
	while (!body && n) /* cut within a character, or no text */
		body = json_stringn(x->answer, --n);
	return json_pack("{s:s, s:s, s:s, s:s?, s:i, s:s, s:I, s:I, s:o}", "method", x->method,
			 "url", x->url, "headers", x->headers, "body", x->body, "status",
			 (int)x->status, "head", x->head, "ms", (json_int_t)x->took_ms, "bytes",
			 (json_int_t)x->answer_n, "answer", body ? body : json_string(""));
}

void report_exchange(const struct author *a, const struct exchange *x, bool answer)
{
	if (!a->json) {
		report_exchange_text(a, x, answer);
		return;
	}
	json_t *j = exchange_json(x, author_flag(a, "raw"));
	static const char *const of_answers[] = {"status", "head", "ms", "bytes", "answer"};
	for (size_t i = 0; !answer && i < ARRAY_LEN(of_answers); i++)
		json_object_del(j, of_answers[i]);
	author_print_json(j);
	json_decref(j);
}

static json_t *item_json(struct report *r, const struct page_report *p,
			 const struct pulled_item *i)
{
	struct mapping how = pull_mapping(p->resource, r->trial);
	json_t *item = json_loads(i->text, JSON_DECODE_ANY, NULL);
	json_t *records = json_array(), *rejects = json_array();
	for (size_t k = i->record; k < i->record_end; k++)
		json_array_append_new(records, record_json(p->haul.records[k]));
	for (size_t k = i->reject; k < i->reject_end; k++)
		json_array_append_new(rejects, json_string(p->haul.rejects[k].reason));
	return json_pack("{s:o, s:o, s:o, s:o}", "item", item ? item : json_null(), "records",
			 records, "set_aside", rejects, "not_mapped",
			 unmapped_members(r->mapper, &how, i->text));
}

json_t *report_page_json(struct report *r, const struct page_report *p)
{
	char words[400];
	json_t *o = json_pack("{s:s, s:I, s:o}", "resource", p->resource->name, "page",
			      (json_int_t)p->number, "exchanges", json_array());
	for (size_t i = p->exchange; i < p->exchange_end; i++)
		json_array_append_new(json_object_get(o, "exchanges"),
				      exchange_json(&r->trial->heard.list[i], r->raw));
	if (p->failed) {
		failure_text(&p->failure, false, words, sizeof words);
		json_object_set_new(o, "failure",
				    json_pack("{s:s, s:s}", "code",
					      err_code_name(p->failure.code), "message",
					      words));
		return o;
	}
	json_t *items = json_array();
	for (size_t i = 0; i < p->count && i < r->shown; i++)
		if (p->items[i].text)
			json_array_append_new(items, item_json(r, p, &p->items[i]));
	json_t *facts = json_pack(
		"{s:I, s:I, s:I, s:I, s:b, s:s?, s:s?, s:o, s:o, s:o, s:o}", "items",
		(json_int_t)p->facts.items, "records", (json_int_t)p->haul.count, "set_aside",
		(json_int_t)p->haul.reject_count, "total", (json_int_t)p->facts.total, "more",
		p->facts.more, "cursor", p->facts.next.cursor, "next", p->facts.next.next_url,
		"unknown_states", report_unknown_states(p), "reasons", report_reasons(p),
		"empty_columns", report_empty_columns(p), "shown", items);
	json_object_update(o, facts);
	json_decref(facts);
	return o;
}

/* --- what is summed up --- */

static void keep_records(struct report *r, const struct page_report *p)
{
	for (size_t i = 0; i < p->haul.count; i++) {
		json_t *o = json_pack("{s:s}", "resource", p->resource->name);
		json_t *one = record_json(p->haul.records[i]);
		json_object_update(o, one);
		json_decref(one);
		json_array_append_new(r->all, o);
	}
}

void report_page(void *context, const struct page_report *p)
{
	struct report *r = context;
	json_t *unknown = report_unknown_states(p);
	for (size_t i = 0; i < json_array_size(unknown); i++)
		r->unknown_states += (size_t)json_integer_value(
			json_array_get(json_array_get(unknown, i), 1));
	json_decref(unknown);
	r->items += p->facts.items;
	r->records += p->haul.count;
	r->rejects += p->haul.reject_count;
	r->failures += p->failed;
	if (p->failed)
		r->worst = p->failure.code;
	keep_records(r, p);
	if (r->pages)
		json_array_append_new(r->pages, report_page_json(r, p));
	else if (r->author)
		report_page_text(r, p);
}
