/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter language: any text is a tree or an error with a place inside the text. */
#include <string.h>

#include "base/clock.h"
#include "fuzz.h"
#include "model/filter.h"

static size_t count_nodes(const struct filter *f)
{
	size_t n = 1;
	FUZZ_CHECK(f->op != FILTER_IN || f->count > 0);
	FUZZ_CHECK(f->op != FILTER_COMPARE || f->count == 1);
	FUZZ_CHECK(f->op != FILTER_WORDS || *f->words);
	if (f->a)
		n += count_nodes(f->a);
	if (f->b)
		n += count_nodes(f->b);
	return n;
}

static void parse(const struct kind *k, const char *text)
{
	struct filter_context c = {.kind = k, .now = INT64_C(1795264927000)};
	struct arena a = ARENA_INIT;
	struct err e = ERR_INIT;
	size_t at = 0;
	const struct filter *f = filter_parse(&a, &c, text, &at, &e);
	if (f) {
		FUZZ_CHECK(count_nodes(f) < 5000);
		filter_implies_open(f, k);
	} else {
		FUZZ_CHECK(e.code == ERR_USAGE && *e.text);
		FUZZ_CHECK(at <= strlen(text));
	}
	arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	const char *text = arena_memdup(&a, data, size);
	for (size_t i = 0; kinds[i]; i++)
		parse(kinds[i], text);
	arena_free(&a);
	return 0;
}
