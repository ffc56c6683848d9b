/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A body that was posted: whatever the scanner takes is JSON to a full parser too, and what is
 * stored of it is one line of JSON with id and version.  The first byte chooses the kind. */
#include <jansson.h>
#include <string.h>

#include "fuzz.h"
#include "gateway/draft.h"
#include "gateway/uri.h"

static bool check_stored(void *arg, const struct stored *s)
{
	const struct draft *d = arg;
	json_t *j = json_loadb(s->json, s->n, JSON_ALLOW_NUL, NULL);
	FUZZ_CHECK(j);
	FUZZ_CHECK(!memchr(s->json, '\n', s->n) && !memchr(s->json, '\r', s->n));
	FUZZ_CHECK(strcmp(json_string_value(json_object_get(j, "id")), d->id) == 0);
	FUZZ_CHECK(json_integer_value(json_object_get(j, "version")) == d->version);
	json_decref(j);
	return false;
}

static void store(struct draft *d)
{
	static struct backend *b; /* empty again after each input */
	struct numbering numbers = {{0}};
	struct err e = ERR_INIT;
	if (!b)
		b = backend_open(NULL, &e);
	FUZZ_CHECK(b && backend_begin(b, &e) == 0);
	if (draft_store(d, b, &numbers, INT64_C(1795264927000)) == 0)
		FUZZ_CHECK(backend_show(b, d->kind, d->id, check_stored, d, &e) == 0);
	else
		FUZZ_CHECK(d->no.problem && *d->no.detail);
	backend_rollback(b);
}

static void take(const struct kind *k, unsigned flags, const char *text, size_t n)
{
	struct draft *d = draft_new(k, flags);
	int bad = draft_read(d, text, n);
	if (d->no.problem != PROBLEM_BAD_JSON && d->no.problem != PROBLEM_TOO_LARGE) {
		json_t *j = json_loadb(text, n, JSON_ALLOW_NUL, NULL);
		FUZZ_CHECK(json_is_object(j));
		json_decref(j);
	}
	FUZZ_CHECK(bad == 0 || (d->no.problem && *d->no.detail));
	if (bad == 0)
		store(d);
	draft_free(d);
}

static void take_apart(const char *data, size_t n)
{
	struct fields f;
	struct err e = ERR_INIT;
	FUZZ_CHECK(fields_parse(&f, data, n, &e) == 0 || *e.text);
	fields_free(&f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	const struct kind *k = kinds[0];
	for (unsigned i = 0; kinds[i] && i <= (data[0] & 15u); i++)
		k = kinds[i];
	take(k, data[0] & 16 ? DRAFT_RESTORE : 0, (const char *)data + 1, size - 1);
	take_apart((const char *)data + 1, size - 1);
	return 0;
}
