/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A vendor's answer: read, cut into items, mapped.  What jq can read is read, and means the
 * same; what is written of it can be read again; every item becomes records or is set aside;
 * all texts are clean. */
#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/jqmap.h"
#include "api/jqtape.h"
#include "fuzz.h"
#include "model/kinds.h"
#include "text/clean.h"
#include "text/utf8.h"

/* libjq loses a string where two values stand without a comma. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libjq\n";
}

static void check_texts(const struct record *r)
{
	for (size_t i = 0; i < r->kind->column_count; i++) {
		const struct column *c = &r->kind->columns[i];
		bool text = c->type == COLUMN_TEXT || c->type == COLUMN_STATE ||
			    c->type == COLUMN_CHOICE || c->type == COLUMN_REF;
		FUZZ_CHECK(!text || !r->values[i].set ||
			   clean_is(r->values[i].s, r->values[i].n, CLEAN_LINES));
	}
	FUZZ_CHECK(clean_is(r->id, strlen(r->id), 0));
	FUZZ_CHECK(!r->detail || clean_is(r->detail, r->detail_n, 0));
}

/* jq counts broken UTF-8 differently, has its own way with halves of surrogate pairs, takes a
 * NUL for the end of a number, and holds a NaN for another than itself. */
static bool is_comparable(const char *text, size_t n)
{
	return utf8_is_valid(text, n) && !memchr(text, '\0', n) && !strcasestr(text, "nan") &&
	       !strcasestr(text, "\\ud");
}

static void compare_with_jq(const char *text, size_t n, const struct node *ours)
{
	jv value, theirs = jv_parse_sized(text, (int)n);
	if (jv_is_valid(theirs) && is_comparable(text, n)) {
		FUZZ_CHECK(ours);
		FUZZ_CHECK(jqtape_value(ours, &value, NULL) == 0);
		FUZZ_CHECK(jv_cmp(value, jv_copy(theirs)) == 0);
	}
	jv_free(theirs);
}

static void check_written(const struct node *n)
{
	struct strbuf once = STRBUF_INIT, twice = STRBUF_INIT;
	struct tape t = TAPE_INIT;
	node_write(n, NODE_CLEAN, &once);
	FUZZ_CHECK(tape_read(&t, once.s, once.len, NULL) == 0);
	FUZZ_CHECK(!t.nodes->odd);
	node_write(t.nodes, NODE_CLEAN, &twice);
	FUZZ_CHECK(strcmp(once.s, twice.s) == 0);
	tape_free(&t);
	strbuf_free(&once);
	strbuf_free(&twice);
}

static void map_all(struct mapper *m, const struct mapping *how, const struct node *n)
{
	struct haul haul = HAUL_INIT;
	const struct node *end = node_end(n);
	size_t items = 0;
	for (n = n->type == NODE_ARRAY ? node_first(n) : n; n < end; n = node_next(n)) {
		items += n->type != NODE_NULL;
		mapper_item(m, how, n, &haul);
	}
	FUZZ_CHECK(haul.count + haul.reject_count == items);
	for (size_t i = 0; i < haul.count; i++)
		check_texts(haul.records[i]);
	haul_free(&haul);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct mapper *mapper;
	static struct jqfilter *same;
	if (!mapper) {
		mapper = mapper_new();
		same = jqfilter_new(".", NULL, NULL);
	}
	struct mapping how = {.source = "s", .kind = &kind_complaint, .map = same};
	struct tape t = TAPE_INIT;
	char *text = malloc(n + 1);
	if (n)
		memcpy(text, data, n);
	text[n] = '\0';
	bool good = tape_read(&t, text, n, NULL) == 0;
	compare_with_jq(text, n, good ? t.nodes : NULL);
	if (good) {
		check_written(t.nodes);
		map_all(mapper, &how, t.nodes);
	}
	tape_free(&t);
	free(text);
	return 0;
}
