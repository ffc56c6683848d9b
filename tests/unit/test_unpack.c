/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed bodies come out as they went in, however they are cut, and a missing end is told. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "api/unpack.h"
#include "base/strbuf.h"

#define GZIP (MAX_WBITS + 16)
#define ZLIB MAX_WBITS
#define BARE (-MAX_WBITS)

static const char text[] = "{\"items\":[{\"id\":1,\"title\":\"Ngập nước\"},{\"id\":2}]}";

static struct strbuf pack(const char *s, size_t n, int form)
{
	struct strbuf b = STRBUF_INIT;
	char *out = malloc(n + 1000);
	z_stream z = {.next_in = (unsigned char *)(uintptr_t)s, .avail_in = (unsigned)n};
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, form, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_out = (unsigned char *)out;
	z.avail_out = (unsigned)n + 1000;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	strbuf_add(&b, out, z.total_out);
	deflateEnd(&z);
	free(out);
	return b;
}

static bool collect(void *context, const char *p, size_t n)
{
	strbuf_add(context, p, n);
	return true;
}

static bool refuse(void *context, const char *p, size_t n)
{
	(void)p;
	(void)n;
	++*(int *)context;
	return false;
}

static struct unpack *known(const char *encoding)
{
	bool odd = true;
	struct unpack *u = unpack_new(encoding, &odd);
	assert_non_null(u);
	assert_false(odd);
	return u;
}

/* Unpacks in pieces of so many bytes; *whole where it was. */
static struct strbuf unpacked(const char *encoding, const char *s, size_t n, size_t piece,
			      bool *whole)
{
	struct strbuf b = STRBUF_INIT;
	struct unpack *u = known(encoding);
	bool fine = true;
	for (size_t at = 0; fine && at < n; at += piece)
		fine = unpack_add(u, s + at, n - at < piece ? n - at : piece, collect, &b);
	assert_int_equal(!fine, unpack_is_broken(u));
	*whole = fine && unpack_is_whole(u);
	unpack_free(u);
	return b;
}

static void every_form_comes_out_however_it_is_cut(void **state)
{
	static const struct {
		const char *encoding;
		int form;
	} forms[] = {{"gzip", GZIP}, {"X-GZip", GZIP}, {"deflate", ZLIB}, {"deflate", BARE}};
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct strbuf packed = pack(text, strlen(text), forms[i].form);
		for (size_t piece = 1; piece <= packed.len; piece++) {
			bool whole;
			struct strbuf b = unpacked(forms[i].encoding, packed.s, packed.len,
						   piece, &whole);
			assert_true(whole);
			assert_string_equal(b.s, text);
			strbuf_free(&b);
		}
		strbuf_free(&packed);
	}
}

static void a_missing_end_is_told_wherever_it_is_cut(void **state)
{
	(void)state;
	struct strbuf packed = pack(text, strlen(text), GZIP);
	for (size_t n = 1; n < packed.len; n++) {
		bool whole;
		struct strbuf b = unpacked("gzip", packed.s, n, n, &whole);
		assert_false(whole);
		strbuf_free(&b);
	}
	strbuf_free(&packed);
}

static void no_body_is_whole(void **state)
{
	(void)state;
	struct unpack *u = known("gzip");
	assert_true(unpack_is_whole(u));
	unpack_free(u);
}

static void what_follows_the_end_is_another_packing_or_nothing(void **state)
{
	(void)state;
	struct strbuf packed = pack(text, strlen(text), GZIP), two = STRBUF_INIT;
	bool whole;
	strbuf_add(&two, packed.s, packed.len);
	strbuf_add(&two, packed.s, packed.len);
	struct strbuf b = unpacked("gzip", two.s, two.len, 7, &whole);
	assert_true(whole);
	assert_int_equal(b.len, 2 * strlen(text));
	strbuf_free(&b);
	two.len = packed.len;
	strbuf_add(&two, "\0\0\r\n", 4);
	b = unpacked("gzip", two.s, two.len, 3, &whole);
	assert_true(whole);
	assert_string_equal(b.s, text);
	strbuf_free(&b);
	strbuf_free(&two);
	strbuf_free(&packed);
}

static void what_is_no_packing_is_broken(void **state)
{
	(void)state;
	bool whole;
	struct strbuf b = unpacked("gzip", text, strlen(text), 10, &whole);
	assert_false(whole);
	assert_int_equal(b.len, 0);
	strbuf_free(&b);
	struct strbuf packed = pack(text, strlen(text), GZIP);
	packed.s[packed.len - 6] ^= 1; /* of the check sum */
	b = unpacked("gzip", packed.s, packed.len, packed.len, &whole);
	assert_false(whole);
	strbuf_free(&b);
	strbuf_free(&packed);
}

static void much_from_little_comes_in_pieces_that_can_be_refused(void **state)
{
	(void)state;
	size_t n = 3 << 20;
	char *zeros = calloc(n, 1);
	struct strbuf packed = pack(zeros, n, GZIP);
	bool whole;
	struct strbuf b = unpacked("gzip", packed.s, packed.len, packed.len, &whole);
	assert_true(whole);
	assert_int_equal(b.len, n);
	int asked = 0;
	struct unpack *u = known("gzip");
	assert_false(unpack_add(u, packed.s, packed.len, refuse, &asked));
	assert_int_equal(asked, 1);
	assert_false(unpack_is_broken(u));
	unpack_free(u);
	strbuf_free(&b);
	strbuf_free(&packed);
	free(zeros);
}

static void only_known_packings_are_taken(void **state)
{
	static const char *const none[] = {NULL, "", "identity", "Identity", "none"};
	static const char *const unknown[] = {"br", "zstd", "gzip, gzip"};
	(void)state;
	bool odd = true;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		assert_null(unpack_new(none[i], &odd));
		assert_false(odd);
	}
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
		assert_null(unpack_new(unknown[i], &odd));
		assert_true(odd);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_comes_out_however_it_is_cut),
		cmocka_unit_test(a_missing_end_is_told_wherever_it_is_cut),
		cmocka_unit_test(no_body_is_whole),
		cmocka_unit_test(what_follows_the_end_is_another_packing_or_nothing),
		cmocka_unit_test(what_is_no_packing_is_broken),
		cmocka_unit_test(much_from_little_comes_in_pieces_that_can_be_refused),
		cmocka_unit_test(only_known_packings_are_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
