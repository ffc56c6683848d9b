/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/quote.h"

#include <stdbool.h>
#include <string.h>

void shell_quote_within(struct strbuf *b, const char *text, char quote)
{
	static const char special[] = " \t\n'\"\\$`!*?[](){}<>|&;#~^";
	for (; *text; text++) {
		if (quote == '\'' && *text == '\'')
			strbuf_adds(b, "'\\'");
		else if (quote == '"' && strchr("\"\\$`", *text))
			strbuf_addc(b, '\\');
		else if (!quote && strchr(special, *text))
			strbuf_addc(b, '\\');
		strbuf_addc(b, *text);
	}
}

static bool is_plain(const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+=.,:/@%";
	return *text && strspn(text, plain) == strlen(text);
}

void shell_quote(struct strbuf *b, const char *text)
{
	if (is_plain(text)) {
		strbuf_adds(b, text);
		return;
	}
	strbuf_addc(b, '\'');
	shell_quote_within(b, text, '\'');
	strbuf_addc(b, '\'');
}
