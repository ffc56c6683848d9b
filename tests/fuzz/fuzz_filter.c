/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter language: any text is a tree or an error with a place inside the text, and may be
 * completed anywhere. */
#include <string.h>

#include "base/clock.h"
#include "fuzz.h"
#include "model/filter_complete.h"

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

static bool name(void *data, const struct kind *catalogue, size_t n, struct filter_name *out)
{
	static const struct filter_name rows[] = {{"H52", "UBND thành phố", "UBND", INT64_MIN},
						  {"H52.1", "Phòng Kinh tế", "P. KT", 5}};
	(void)data;
	(void)catalogue;
	if (n >= 2)
		return false;
	*out = rows[n];
	return true;
}

static bool below(void *data, const struct kind *catalogue, const char *code, int64_t from,
		  size_t n, struct filter_code *out)
{
	static const struct filter_code codes[] = {
		{"H52", INT64_MIN, INT64_MAX}, {"H52.1", 5, INT64_MAX}, {"H1", INT64_MIN, 5}};
	(void)data;
	(void)catalogue;
	(void)from;
	if (strcmp(code, "H52") != 0 || n >= 3)
		return false;
	*out = codes[n];
	return true;
}

/* At every eighth byte, within a character too. */
static void complete(const struct filter_context *c, const char *text)
{
	size_t n = strlen(text);
	for (size_t at = 0; at <= n && at < 256; at += 8) {
		struct arena a = ARENA_INIT;
		struct filter_completion f = filter_complete(&a, c, text, at);
		FUZZ_CHECK(f.start <= f.end && f.end <= n);
		FUZZ_CHECK(f.count <= FILTER_COMPLETE_MOST);
		arena_free(&a);
	}
}

static void parse(const struct kind *k, const char *text)
{
	struct filter_context c = {.kind = k,
				   .now = INT64_C(1795264927000),
				   .name = name,
				   .below = below,
				   .believes = true};
	struct arena a = ARENA_INIT;
	complete(&c, text);
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
