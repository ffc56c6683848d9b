/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/repair.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define REPLACEMENT "\\ufffd"

/* The number behind \u, or -1. */
static int32_t unit_at(const char *p, const char *end)
{
	int32_t v = 0;
	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		static const char digits[] = "0123456789abcdef";
		const char *at = memchr(digits, p[i] | ('A' <= p[i] && p[i] <= 'F' ? 0x20 : 0),
					16); /* NOLINT(bugprone-not-null-terminated-result) */
		if (!at)
			return -1;
		v = v * 16 + (int32_t)(at - digits);
	}
	return v;
}

static bool is_high(int32_t v)
{
	return v >= 0xd800 && v <= 0xdbff;
}

static bool is_low(int32_t v)
{
	return v >= 0xdc00 && v <= 0xdfff;
}

/* Takes the escape at *p; returns whether it was in order. */
static bool take_escape(const char **p, const char *end, struct strbuf *out)
{
	int32_t v = unit_at(*p, end);
	size_t n = v < 0 ? 2 : 6;
	bool good = v >= 0 ? !is_high(v) && !is_low(v)
			   : end - *p >= 2 && strchr("\"\\/bfnrt", (*p)[1]) && (*p)[1];
	if (is_high(v) && is_low(unit_at(*p + 6, end))) {
		n = 12;
		good = true;
	}
	if (good)
		strbuf_add(out, *p, n);
	else
		strbuf_adds(out, REPLACEMENT);
	/* Of an unknown escape only the backslash is replaced. */
	*p += good || v >= 0 ? n : 1;
	return good;
}

bool repair_json(const char *s, size_t n, struct strbuf *out)
{
	const char *p = s, *end = s + n;
	bool in_string = false, changed = false;
	while (p < end) {
		if (in_string && *p == '\\') {
			changed |= !take_escape(&p, end, out);
			continue;
		}
		if (*p == '"')
			in_string = !in_string;
		if (*p == '\0') {
			strbuf_adds(out, in_string ? "\\u0000" : " ");
			changed = true;
		} else {
			strbuf_addc(out, *p);
		}
		p++;
	}
	return changed;
}

jv repair_parse(const char *s, size_t n)
{
	jv v = jv_parse_sized(s, (int)n);
	if (jv_is_valid(v))
		return v;
	struct strbuf better = STRBUF_INIT;
	if (repair_json(s, n, &better)) {
		jv_free(v);
		v = jv_parse_sized(better.s, (int)better.len);
	}
	strbuf_free(&better);
	return v;
}
