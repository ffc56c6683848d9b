/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growing strings, arenas, maps and arrays keep what was put in them. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/strbuf.h"
#include "base/strmap.h"

static void an_empty_string_buffer_is_an_empty_string(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	assert_string_equal(b.s, "");
	strbuf_clear(&b);
	strbuf_drop(&b, 5);
	strbuf_truncate(&b, 0);
	strbuf_add(&b, NULL, 0);
	strbuf_addn(&b, 'x', 0);
	strbuf_addf(&b, "%s", "");
	assert_string_equal(b.s, "");
	char *s = strbuf_detach(&b);
	assert_string_equal(s, "");
	free(s);
	strbuf_free(&b);
}

static void a_string_buffer_grows_and_stays_terminated(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	for (int i = 0; i < 1000; i++) {
		strbuf_addf(&b, "%d,", i);
		assert_int_equal(strlen(b.s), b.len);
	}
	strbuf_drop(&b, strlen("0,1,2,"));
	assert_memory_equal(b.s, "3,4,5,", 6);
	strbuf_truncate(&b, 5);
	strbuf_truncate(&b, 50);
	assert_string_equal(b.s, "3,4,5");
	strbuf_addn(&b, '.', 3);
	strbuf_addc(&b, '!');
	strbuf_add(&b, "a\0b", 3);
	assert_int_equal(b.len, 12);
	assert_memory_equal(b.s, "3,4,5...!a\0b", 13);
	char *s = strbuf_detach(&b);
	assert_int_equal(b.len, 0);
	free(s);
}

static void arena_pieces_are_aligned_and_apart(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	char *pieces[500];
	for (size_t i = 0; i < 500; i++) {
		pieces[i] = arena_alloc(&a, i + 1);
		assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
		memset(pieces[i], (int)(i & 0x7f), i + 1);
	}
	for (size_t i = 0; i < 500; i++)
		for (size_t j = 0; j <= i; j++)
			assert_int_equal(pieces[i][j], (int)(i & 0x7f));
	arena_free(&a);
}

static void an_arena_holds_pieces_larger_than_its_blocks(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	char *small = arena_strdup(&a, "small");
	char *large = arena_zero(&a, (size_t)5 << 20);
	assert_int_equal(large[0] | large[((size_t)5 << 20) - 1], 0);
	assert_string_equal(small, "small");
	assert_string_equal(arena_printf(&a, "%s-%05d", "PA", 423), "PA-00423");
	assert_memory_equal(arena_memdup(&a, "a\0b", 3), "a\0b", 4);
	arena_reset(&a);
	assert_string_equal(arena_strdup(&a, "again"), "again");
	arena_free(&a);
	arena_free(&a);
}

static void a_map_finds_replaces_and_walks(void **state)
{
	(void)state;
	struct strmap m = STRMAP_INIT;
	static int values[1000];
	char key[16];
	assert_null(strmap_get(&m, "0"));
	for (int i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "%d", i);
		assert_null(strmap_put(&m, key, &values[i]));
	}
	for (int i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "%d", i);
		assert_ptr_equal(strmap_get(&m, key), &values[i]);
	}
	assert_null(strmap_get(&m, "1000"));
	assert_ptr_equal(strmap_put(&m, "7", &values[8]), &values[7]);
	assert_ptr_equal(strmap_get(&m, "7"), &values[8]);
	size_t at = 0, seen = 0;
	while (strmap_next(&m, &at))
		seen++;
	assert_int_equal(seen, 1000);
	assert_int_equal(m.count, 1000);
	strmap_free(&m, NULL);
}

static void a_map_frees_its_values_when_asked(void **state)
{
	(void)state;
	struct strmap m = STRMAP_INIT;
	strmap_put(&m, "a", xstrdup("one"));
	strmap_put(&m, "", xstrdup("two"));
	assert_string_equal(strmap_get(&m, ""), "two");
	strmap_free(&m, free);
	assert_null(strmap_get(&m, "a"));
	strmap_free(&m, free);
}

static void an_array_grows_by_pushing(void **state)
{
	(void)state;
	int *list = NULL;
	size_t count = 0, cap = 0;
	for (int i = 0; i < 100; i++)
		ARRAY_PUSH(list, count, cap) = i;
	assert_int_equal(count, 100);
	assert_true(cap >= count);
	for (int i = 0; i < 100; i++)
		assert_int_equal(list[i], i);
	free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_string_buffer_is_an_empty_string),
		cmocka_unit_test(a_string_buffer_grows_and_stays_terminated),
		cmocka_unit_test(arena_pieces_are_aligned_and_apart),
		cmocka_unit_test(an_arena_holds_pieces_larger_than_its_blocks),
		cmocka_unit_test(a_map_finds_replaces_and_walks),
		cmocka_unit_test(a_map_frees_its_values_when_asked),
		cmocka_unit_test(an_array_grows_by_pushing),
	};
	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
