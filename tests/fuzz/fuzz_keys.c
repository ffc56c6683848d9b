/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key decoder: whatever comes from the terminal, in whatever pieces, becomes keys that
 * exist and pastes that are clean; and it makes no difference where the pieces are cut. */
#include <string.h>

#include "base/strbuf.h"
#include "fuzz.h"
#include "text/clean.h"
#include "tty/keys.h"

static void note(struct strbuf *seen, const struct event *e)
{
	if (e->type == EVENT_KEY) {
		uint32_t key = e->key & ~(uint32_t)UI_KEY_ALT;
		FUZZ_CHECK(key != UI_KEY_NONE && key < UI_KEY_LAST);
		FUZZ_CHECK(key >= UI_KEY_SPECIAL || key <= 0x10ffff);
		FUZZ_CHECK(key < 0x80 || key >= 0xa0);
		strbuf_addf(seen, "%x ", (unsigned)e->key);
	} else if (e->type == EVENT_PASTE) {
		FUZZ_CHECK(clean_is(e->text, strlen(e->text), CLEAN_LINES));
		strbuf_addf(seen, "<%s> ", e->text);
	} else {
		FUZZ_CHECK(e->type == EVENT_MOUSE);
		FUZZ_CHECK(e->mouse.row >= 0 && e->mouse.column >= 0 && e->mouse.button >= 1);
		strbuf_addf(seen, "m ");
	}
}

static void decode(const uint8_t *data, size_t n, size_t piece, struct strbuf *seen)
{
	struct keys *k = keys_new(25);
	struct event e;
	keys_learn(k, "\033[[A", UI_KEY_F1);
	for (size_t at = 0; at < n; at += piece) {
		keys_feed(k, (const char *)data + at, n - at < piece ? n - at : piece);
		while (keys_next(k, &e))
			note(seen, &e);
	}
	if (keys_patience(k) >= 0 && keys_expire(k, &e))
		note(seen, &e);
	FUZZ_CHECK(keys_patience(k) == -1);
	keys_free(k);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct strbuf whole = STRBUF_INIT, pieces = STRBUF_INIT;
	decode(data, n, n ? n : 1, &whole);
	decode(data, n, 1, &pieces);
	FUZZ_CHECK(strcmp(whole.s, pieces.s) == 0);
	strbuf_free(&whole);
	strbuf_free(&pieces);
	return 0;
}
