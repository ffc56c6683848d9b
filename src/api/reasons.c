/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/reasons.h"

#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"

/* clang-format off */
static const struct {
	const char *code, *words;
} reasons[] = {
	{"reason:not-in-state", N_("not possible in the state that the record is in")},
	{"reason:not-merged", N_("the report is not merged into another")},
	{"reason:merged-already", N_("the report is part of a merger already")},
	{"reason:other-unit", N_("the record belongs to another unit")},
	{"reason:no-right", N_("the right to do this is missing")},
	{"reason:own-first", N_("a report can't be its own first")},
	{"reason:first-merged", N_("the first report is merged into another itself")},
	{"reason:other-area", N_("the first report lies in another ward")},
	{"reason:restricted", N_("restricted reports are never merged")},
	{"reason:no-record", N_("there is no such record")},
	{"reason:no-time", N_("a time is due in this field")},
	{"reason:time-passed", N_("the time in this field has passed already")},
	{"reason:no-degrees", N_("degrees are due in this field, as in 21.3280")},
	{"reason:no-flag", N_("yes or no is due in this field")},
	{"reason:no-code", N_("the catalogue has no such code")},
	{"reason:no-choice", N_("not among the choices")},
	{"reason:no-text", N_("a text is due in this field")},
	{"reason:too-long", N_("this field is too long")},
	{"reason:missing", N_("this field is missing")},
	{"reason:no-field", N_("the action has no such field")},
	{"reason:no-action", N_("there is no such action")},
	{"reason:no-role", N_("there is no such role")},
	{"problem:bad-request", N_("the request can't be understood")},
	{"problem:bad-json", N_("the request can't be understood")},
	{"problem:unauthorized", N_("valid credentials are needed")},
	{"problem:forbidden", N_("the right to do this is missing")},
	{"problem:no-route", N_("there is nothing at this address")},
	{"problem:not-found", N_("there is no such record")},
	{"problem:conflict", N_("not possible in the state that the record is in")},
	{"problem:changed", N_("somebody else has changed the record")},
	{"problem:too-large", N_("it is too large")},
	{"problem:invalid", N_("a field has no valid value")},
	{"problem:key-reused", N_("the same key was sent with something else")},
	{"problem:storage", N_("the province's database failed")},
	{"problem:busy", N_("too much to do at this moment")},
};
/* clang-format on */

const char *reason_words(const char *code, const char **about)
{
	static const char prefix[] = "urn:ioc:";
	if (strncmp(code, prefix, strlen(prefix)) != 0)
		return NULL;
	code += strlen(prefix);
	size_t n = strcspn(code, " ");
	*about = code[n] ? code + n + 1 : "";
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
		if (strlen(reasons[i].code) == n && memcmp(reasons[i].code, code, n) == 0)
			return reasons[i].words;
	return NULL;
}
