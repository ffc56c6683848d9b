/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A vendor's answer: repaired if need be, cut into items, mapped.  Every item becomes records
 * or is set aside; all texts are clean. */
#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/jqmap.h"
#include "api/repair.h"
#include "api/span.h"
#include "fuzz.h"
#include "model/kinds.h"
#include "text/clean.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct mapper *mapper;
	static struct jqfilter *same;
	if (!mapper) {
		mapper = mapper_new();
		same = jqfilter_new(".", NULL, NULL);
	}
	jv whole = repair_parse((const char *)data, n);
	struct haul haul = HAUL_INIT;
	struct mapping how = {"s", &kind_complaint, same, {NULL, 0}};
	struct span *spans;
	size_t count;
	const char *path[] = {"items"};
	span_items((const char *)data, n, path, n % 2, &spans, &count);
	free(spans);
	if (jv_get_kind(whole) == JV_KIND_ARRAY)
		for (int i = 0; i < jv_array_length(jv_copy(whole)); i++)
			mapper_item(mapper, &how, jv_array_get(jv_copy(whole), i), NULL, 0,
				    &haul);
	else if (jv_is_valid(whole))
		mapper_item(mapper, &how, jv_copy(whole), NULL, 0, &haul);
	for (size_t i = 0; i < haul.count; i++)
		check_texts(haul.records[i]);
	jv_free(whole);
	haul_free(&haul);
	return 0;
}
