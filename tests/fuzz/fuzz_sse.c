/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a server streams: however the bytes are cut, the same events come out, and none is
 * larger than allowed. */
#include <string.h>

#include "api/sse.h"
#include "fuzz.h"

#define MOST 500

static void note(void *context, const struct sse_event *e)
{
	struct strbuf *b = context;
	FUZZ_CHECK(e->data_n <= MOST && e->data[e->data_n] == '\0');
	strbuf_addf(b, "%s|%s|%zu|", e->name, e->id, e->data_n);
	strbuf_add(b, e->data, e->data_n);
}

static bool feed(const char *p, size_t n, size_t piece, struct strbuf *out)
{
	struct sse s;
	sse_init(&s, MOST);
	for (size_t i = 0; i < n; i += piece)
		sse_feed(&s, p + i, n - i < piece ? n - i : piece, note, out);
	bool broken = s.broken;
	sse_free(&s);
	return broken;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct strbuf whole = STRBUF_INIT, pieces = STRBUF_INIT;
	bool a = feed((const char *)data, n, n ? n : 1, &whole);
	bool b = feed((const char *)data, n, n ? 1 + data[0] % 7 : 1, &pieces);
	FUZZ_CHECK(a == b && whole.len == pieces.len);
	FUZZ_CHECK(memcmp(whole.s, pieces.s, whole.len) == 0);
	strbuf_free(&whole);
	strbuf_free(&pieces);
	return 0;
}
