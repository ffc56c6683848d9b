/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base64.h"

#include <stdint.h>

void base64_append(struct strbuf *out, const char *s, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (; n; s += 3) {
		size_t take = n < 3 ? n : 3;
		uint32_t v = 0;
		for (size_t i = 0; i < 3; i++)
			v = v << 8 | (i < take ? (unsigned char)s[i] : 0);
		for (size_t i = 0; i < 4; i++)
			strbuf_addc(out, i <= take ? digits[v >> (18 - 6 * i) & 63] : '=');
		n -= take;
	}
}
