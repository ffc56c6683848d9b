/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"

/* clang-format off */
static const struct {
	const char *type;
	unsigned status;
	bool retry;
	const char *title;
} problems[] = {
	[PROBLEM_NONE] = {"about:blank", 200, false, "No problem"},
	[PROBLEM_BAD_REQUEST] = {"urn:ioc:problem:bad-request", 400, false, "The request can't be understood"},
	[PROBLEM_BAD_JSON] = {"urn:ioc:problem:bad-json", 400, false, "The body is not JSON"},
	[PROBLEM_UNAUTHORIZED] = {"urn:ioc:problem:unauthorized", 401, false, "Valid credentials are needed"},
	[PROBLEM_FORBIDDEN] = {"urn:ioc:problem:forbidden", 403, false, "A right is missing"},
	[PROBLEM_NO_ROUTE] = {"urn:ioc:problem:no-route", 404, false, "There is nothing at this address"},
	[PROBLEM_NOT_FOUND] = {"urn:ioc:problem:not-found", 404, false, "There is no such record"},
	[PROBLEM_METHOD] = {"urn:ioc:problem:method", 405, false, "This method does not work here"},
	[PROBLEM_CONFLICT] = {"urn:ioc:problem:conflict", 409, false, "The record is in no state for this"},
	[PROBLEM_CURSOR_GONE] = {"urn:ioc:problem:cursor-gone", 410, false, "The cursor is too old: start without one"},
	[PROBLEM_CHANGED] = {"urn:ioc:problem:changed", 412, false, "The record has changed meanwhile"},
	[PROBLEM_TOO_LARGE] = {"urn:ioc:problem:too-large", 413, false, "The body is too large"},
	[PROBLEM_LONG_ADDRESS] = {"urn:ioc:problem:long-address", 414, false, "The address is too long"},
	[PROBLEM_MEDIA_TYPE] = {"urn:ioc:problem:media-type", 415, false, "This media type is not taken here"},
	[PROBLEM_MISDIRECTED] = {"urn:ioc:problem:misdirected", 421, false, "This request is meant for another server"},
	[PROBLEM_INVALID] = {"urn:ioc:problem:invalid", 422, false, "A field has no valid value"},
	[PROBLEM_KEY_REUSED] = {"urn:ioc:problem:key-reused", 422, false, "The key belongs to another request"},
	[PROBLEM_LARGE_HEAD] = {"urn:ioc:problem:large-head", 431, false, "The head of the request is too large"},
	[PROBLEM_STORAGE] = {"urn:ioc:problem:storage", 500, true, "The database failed"},
	[PROBLEM_BUSY] = {"urn:ioc:problem:busy", 503, true, "Too much to do at this moment"},
};
/* clang-format on */

unsigned problem_status(enum problem p)
{
	return problems[p].status;
}

enum problem problem_of(const struct err *e)
{
	switch (e->code) {
	case ERR_NOT_FOUND:
		return PROBLEM_NOT_FOUND;
	case ERR_PARSE:
		return PROBLEM_INVALID;
	case ERR_LIMIT:
		return PROBLEM_TOO_LARGE;
	case ERR_CONFLICT:
		return PROBLEM_CHANGED;
	case ERR_BUSY:
		return PROBLEM_BUSY;
	default:
		return PROBLEM_STORAGE;
	}
}

/* What a client sent may stand in a message, and be cut in the middle of a character. */
static json_t *text(const char *s)
{
	json_t *j = json_string(s);
	if (j)
		return j;
	char *copy = xstrdup(s);
	for (char *c = copy; *c; c++)
		if (*c & 0x80)
			*c = '?';
	j = json_string(copy);
	free(copy);
	return j;
}

json_t *problem_json(enum problem p, const char *field, const char *detail)
{
	json_t *j = json_pack("{s:s, s:s, s:i}", "type", problems[p].type, "title",
			      problems[p].title, "status", (int)problems[p].status);
	if (detail)
		json_object_set_new(j, "detail", text(detail));
	if (field)
		json_object_set_new(j, "field", text(field));
	json_object_set_new(j, "retry", json_boolean(problems[p].retry));
	return j;
}

void problem_answer(struct answer *a, enum problem p, const char *field, const char *fmt, ...)
{
	char detail[700];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(detail, sizeof detail, fmt, ap);
	va_end(ap);
	answer_json(a, problems[p].status, problem_json(p, field, detail));
	a->type = TYPE_PROBLEM;
	if (problems[p].retry)
		answer_header(a, "Retry-After", "5");
}

void problem_from(struct answer *a, const struct err *e)
{
	problem_answer(a, problem_of(e), NULL, "%s", e->text);
}

int refusal_say(struct refusal *r, enum problem p, const char *field, const char *fmt,
		va_list args)
{
	vsnprintf(r->detail, sizeof r->detail, fmt, args);
	snprintf(r->field, sizeof r->field, "%s", field);
	r->problem = p;
	return -1;
}
