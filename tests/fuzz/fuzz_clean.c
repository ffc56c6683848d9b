/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door for text: whatever comes in goes out valid, in NFC, free of controls, and stays so;
 * whatever reads text keeps its bounds, cleaned or not. */
#include <string.h>
#include <utf8proc.h>

#include "fuzz.h"
#include "text/clean.h"
#include "text/collate.h"
#include "text/fit.h"
#include "text/fold.h"
#include "text/mask.h"
#include "text/utf8.h"

static void check_composed(const struct strbuf *b)
{
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)b->s,
					  (utf8proc_ssize_t)b->len, &nfc,
					  UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	FUZZ_CHECK(n == (utf8proc_ssize_t)b->len && memcmp(nfc, b->s, b->len) == 0);
	free(nfc);
}

static void check_cleaned(const char *s, size_t n, unsigned flags)
{
	struct strbuf out = STRBUF_INIT;
	clean_append(&out, s, n, flags);
	FUZZ_CHECK(utf8_is_valid(out.s, out.len));
	FUZZ_CHECK(clean_is(out.s, out.len, flags));
	check_composed(&out);
	uint32_t cp;
	for (size_t at = 0; at < out.len;) {
		at += utf8_decode(out.s + at, out.len - at, &cp);
		FUZZ_CHECK(utf8_is_printable(cp) || (cp == '\n' && (flags & CLEAN_LINES)));
	}
	strbuf_free(&out);
}

static void check_layout(const char *s, size_t n, int columns)
{
	struct strbuf out = STRBUF_INIT;
	fit_pad(&out, s, n, columns, FIT_CENTER);
	FUZZ_CHECK(utf8_width(out.s, out.len) == columns);
	struct fit_line line;
	for (size_t at = 0; fit_wrap(s, n, columns, &at, &line);)
		FUZZ_CHECK(line.start + line.n <= at && at <= n && line.width <= columns);
	for (size_t at = n; at > 0;) {
		size_t before = utf8_previous(s, at);
		FUZZ_CHECK(before < at);
		at = before;
	}
	strbuf_free(&out);
}

static void check_readers(const char *s, size_t n)
{
	struct strbuf out = STRBUF_INIT;
	struct fold_token t;
	for (size_t at = 0; fold_next_token(s, n, &at, &t);)
		FUZZ_CHECK(t.start < t.end && t.end <= at && at <= n && t.n <= FOLD_TOKEN_MOST);
	fold_append(&out, s, n);
	FUZZ_CHECK(collate_compare(s, n, s, n) == 0);
	int order = collate_compare(s, n / 2, s + n / 2, n - n / 2);
	FUZZ_CHECK(order == -collate_compare(s + n / 2, n - n / 2, s, n / 2));
	mask_name(&out, s, n);
	mask_phone(&out, s, n);
	mask_plate(&out, s, n);
	mask_address(&out, s, n);
	mask_text(&out, s, n);
	strbuf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *s = (const char *)data;
	check_cleaned(s, n, 0);
	check_cleaned(s, n, CLEAN_LINES);
	check_layout(s, n, 2 + (n > 0 ? data[0] % 100 : 0));
	check_readers(s, n);
	return 0;
}
