/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/source.h"

#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "text/clean.h"

static const char *const state_names[] = {
	[SOURCE_OFF] = "off",         [SOURCE_CONNECTING] = "connecting",
	[SOURCE_FILLING] = "filling", [SOURCE_LIVE] = "live",
	[SOURCE_LATE] = "late",       [SOURCE_RETRYING] = "retrying",
	[SOURCE_DOWN] = "down",       [SOURCE_REFUSED] = "refused",
	[SOURCE_SUSPECT] = "suspect", [SOURCE_RESTING] = "resting",
};

const char *source_state_name(enum source_state s)
{
	return (unsigned)s < ARRAY_LEN(state_names) ? state_names[s] : "unknown";
}

static enum source_state state_from_name(const char *name)
{
	for (unsigned i = 0; i < ARRAY_LEN(state_names); i++)
		if (strcmp(state_names[i], name) == 0)
			return (enum source_state)i;
	return SOURCE_LATE;
}

/* The numbers of a status and how they are called in JSON. */
static const struct {
	const char *name;
	size_t offset;
	int64_t otherwise;
} numbers[] = {
#define NUMBER(field, otherwise)                                                               \
	{                                                                                      \
#field, offsetof(struct source_status, field), otherwise                       \
	}
	NUMBER(last_ok, CLOCK_NONE),
	NUMBER(last_change, CLOCK_NONE),
	NUMBER(next_try, CLOCK_NONE),
	NUMBER(stale_after, 0),
	NUMBER(records, 0),
	NUMBER(total, -1),
	NUMBER(rate, 0),
	NUMBER(lag_ms, -1),
	NUMBER(skew_ms, 0),
	NUMBER(quarantined, 0),
	NUMBER(unknown, 0),
	NUMBER(error_at, CLOCK_NONE),
#undef NUMBER
};

/* Bit of an action in source_status.withheld; 0: it has none. */
static uint32_t bit_of(const struct kind *k, const struct action *a)
{
	ptrdiff_t i = a - actions_of(k);
	return i >= 0 && i < 32 ? UINT32_C(1) << i : 0;
}

bool source_offers(const struct source_status *s, const struct kind *k, const struct action *a)
{
	return !(s->withheld[kind_index(k)] & bit_of(k, a));
}

void source_withhold(struct source_status *s, const struct kind *k, const struct action *a)
{
	s->withheld[kind_index(k)] |= bit_of(k, a);
}

/* {KIND: [ACTION …]} */
static json_t *withheld_json(const struct source_status *s)
{
	json_t *all = json_object();
	for (size_t i = 0; kinds[i]; i++) {
		json_t *list = json_array();
		for (const struct action *a = actions_of(kinds[i]); a && a->id; a++)
			if (!source_offers(s, kinds[i], a))
				json_array_append_new(list, json_string(a->id));
		if (json_array_size(list))
			json_object_set(all, kinds[i]->id, list);
		json_decref(list);
	}
	return all;
}

static void take_withheld(struct source_status *s, const json_t *all)
{
	for (size_t i = 0; kinds[i]; i++) {
		size_t n;
		json_t *name;
		json_array_foreach (json_object_get(all, kinds[i]->id), n, name) {
			const struct action *a = json_is_string(name)
							 ? action_find(kinds[i],
								       json_string_value(name))
							 : NULL;
			if (a)
				source_withhold(s, kinds[i], a);
		}
	}
}

void source_note(struct source_status *s, const struct source_request *r)
{
	memmove(s->requests + 1, s->requests, sizeof s->requests - sizeof s->requests[0]);
	s->requests[0] = *r;
	s->request_count += s->request_count < SOURCE_REQUESTS;
}

static json_t *requests_json(const struct source_status *s)
{
	json_t *list = json_array();
	for (size_t i = 0; i < s->request_count; i++) {
		const struct source_request *r = &s->requests[i];
		json_array_append_new(
			list, json_pack("{s:I, s:s, s:s, s:I, s:I, s:I}", "at",
					(json_int_t)r->at, "method", r->method, "path", r->path,
					"status", (json_int_t)r->status, "ms",
					(json_int_t)r->took_ms, "bytes", (json_int_t)r->bytes));
	}
	return list;
}

json_t *source_to_json(const struct source_status *s)
{
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:s, s:[]}", "name", s->name, "title",
			      s->title, "connector", s->connector, "state",
			      source_state_name(s->state), "error", s->error, "kinds");
	if (!j)
		return NULL;
	for (size_t i = 0; kinds[i]; i++)
		if (s->kinds & UINT32_C(1) << i)
			json_array_append_new(json_object_get(j, "kinds"),
					      json_string(kinds[i]->id));
	json_object_set_new(j, "withheld", withheld_json(s));
	json_object_set_new(j, "unknown_words", json_string(s->unknown_words));
	json_object_set_new(j, "requests", requests_json(s));
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		int64_t v = *(const int64_t *)((const char *)s + numbers[i].offset);
		json_object_set_new(j, numbers[i].name,
				    v == CLOCK_NONE ? json_null() : json_integer(v));
	}
	return j;
}

/* Copies a cleaned text into a fixed field, cut between characters. */
static void take_text(char *field, size_t size, const json_t *j, const char *name)
{
	const json_t *t = json_object_get(j, name);
	struct strbuf b = STRBUF_INIT;
	if (t)
		clean_append(&b, json_string_value(t) ? json_string_value(t) : "",
			     json_string_length(t), 0);
	utf8_copy(field, size, b.s);
	strbuf_free(&b);
}

static int64_t integer_of(const json_t *j, const char *name)
{
	return json_integer_value(json_object_get(j, name));
}

static void take_requests(struct source_status *s, const json_t *list)
{
	size_t i;
	json_t *j;
	json_array_foreach (list, i, j) {
		if (i == SOURCE_REQUESTS)
			break;
		struct source_request *r = &s->requests[i];
		*r = (struct source_request){.at = integer_of(j, "at"),
					     .took_ms = integer_of(j, "ms"),
					     .bytes = integer_of(j, "bytes"),
					     .status = integer_of(j, "status")};
		take_text(r->method, sizeof r->method, j, "method");
		take_text(r->path, sizeof r->path, j, "path");
		s->request_count = i + 1;
	}
}

static uint32_t take_kinds(const json_t *list)
{
	uint32_t bits = 0;
	size_t i;
	json_t *name;
	json_array_foreach (list, i, name) {
		const struct kind *k = json_is_string(name) ? kind_find(json_string_value(name))
							    : NULL;
		if (k)
			bits |= UINT32_C(1) << kind_index(k);
	}
	return bits;
}

void source_from_json(struct source_status *s, const json_t *j)
{
	*s = (struct source_status){.state = SOURCE_LATE};
	take_text(s->name, sizeof s->name, j, "name");
	take_text(s->title, sizeof s->title, j, "title");
	take_text(s->connector, sizeof s->connector, j, "connector");
	take_text(s->error, sizeof s->error, j, "error");
	take_text(s->unknown_words, sizeof s->unknown_words, j, "unknown_words");
	const json_t *state = json_object_get(j, "state");
	if (json_is_string(state))
		s->state = state_from_name(json_string_value(state));
	s->kinds = take_kinds(json_object_get(j, "kinds"));
	take_withheld(s, json_object_get(j, "withheld"));
	take_requests(s, json_object_get(j, "requests"));
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		const json_t *n = json_object_get(j, numbers[i].name);
		*(int64_t *)((char *)s + numbers[i].offset) = json_is_integer(n)
								      ? json_integer_value(n)
								      : numbers[i].otherwise;
	}
}

int64_t source_age(const struct source_status *s, int64_t now)
{
	if (s->last_ok == CLOCK_NONE)
		return -1;
	return now > s->last_ok ? now - s->last_ok : 0;
}
