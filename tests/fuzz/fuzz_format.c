/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An answer in any form: the first byte chooses the form and its options, the rest is the text.
 * What is read is a whole tape that can be written; what is not read has a reason. */
#include <stdlib.h>
#include <string.h>

#include "api/format.h"
#include "api/htmltext.h"
#include "api/location.h"
#include "api/timeform.h"
#include "fuzz.h"
#include "text/utf8.h"

/* libjq loses a string where two values stand without a comma. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libjq\n";
}

/* Every group ends within the one around it. */
static void check_shape(const struct tape *t)
{
	FUZZ_CHECK(t->count > 0 && t->nodes->size == t->count);
	for (size_t i = 0; i < t->count; i++) {
		const struct node *n = &t->nodes[i];
		double lat, lon;
		FUZZ_CHECK(n->size >= 1 && i + n->size <= t->count);
		FUZZ_CHECK(n->type != NODE_STRING || utf8_is_valid(n->s, n->n));
		if (i < 64)
			location_read(n, &lat, &lon);
	}
}

static void check_written(const struct tape *t)
{
	struct strbuf b = STRBUF_INIT;
	struct tape again = TAPE_INIT;
	node_write(t->nodes, 0, &b);
	FUZZ_CHECK(tape_read(&again, b.s, b.len, NULL) == 0);
	tape_free(&again);
	strbuf_free(&b);
}

static void check_others(const char *text, size_t n)
{
	static const char *list[] = {"dd/MM/yyyy[ HH:mm[:ss]][ a]", "auto", NULL};
	static const struct words forms = {list, 2};
	struct strbuf b = STRBUF_INIT;
	int64_t t;
	if (utf8_is_valid(text, n))
		htmltext_append(&b, text, n);
	timeform_read(&forms, NULL, text, n, &t);
	strbuf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *names[] = {"a", "info", NULL};
	unsigned char how = n ? data[0] : 0;
	struct format_spec s = {.type = how % 5, .keys = how >> 7};
	struct tape t = TAPE_INIT;
	struct failure f = FAILURE_NONE;
	s.charset = how & 32 ? "windows-1258" : NULL;
	s.xml.prefixes = how & 64;
	s.xml.lists = (struct words){names, how & 16 ? 2 : 0};
	s.csv.columns = s.xml.lists;
	n -= n > 0;
	char *text = malloc(n + 1);
	if (n)
		memcpy(text, data + 1, n);
	text[n] = '\0';
	if (format_read(&s, text, n, how & 8 ? "text/csv; charset=iso-8859-1" : "", &t, &f) ==
	    0) {
		check_shape(&t);
		check_written(&t);
	} else {
		FUZZ_CHECK(f.code && *f.what);
	}
	check_others(text, n);
	tape_free(&t);
	free(text);
	return 0;
}
