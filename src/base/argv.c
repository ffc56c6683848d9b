/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/argv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"

void argv_free(char **argv)
{
	for (size_t i = 0; argv && argv[i]; i++)
		free(argv[i]);
	free(argv);
}

/* Appends one character; returns what it took. */
static size_t take(const char *s, char quote, struct strbuf *word)
{
	bool escapes = *s == '\\' && s[1] && quote != '\'';
	if (escapes && quote == '"')
		escapes = s[1] == '"' || s[1] == '\\';
	strbuf_addc(word, s[escapes]);
	return escapes ? 2 : 1;
}

/* The word at s, which moves behind it; -1 where a quote does not end. */
static int read_word(const char **s, struct strbuf *word)
{
	char quote = 0;
	const char *p = *s;
	while (*p && (quote || !strchr(" \t\n", *p))) {
		if (quote ? *p == quote : *p == '"' || *p == '\'') {
			quote = quote ? 0 : *p;
			p++;
		} else {
			p += take(p, quote, word);
		}
	}
	*s = p;
	return quote ? -1 : 0;
}

static int read_words(const char *command, char **argv, struct err *e)
{
	size_t n = 0;
	for (const char *s = command + strspn(command, " \t\n"); *s; s += strspn(s, " \t\n")) {
		struct strbuf word = STRBUF_INIT;
		if (n == ARGV_MOST)
			return err_set(e, ERR_USAGE, _("%.60s: too many words"), command);
		int rc = read_word(&s, &word);
		argv[n++] = xstrdup(word.s);
		strbuf_free(&word);
		if (rc < 0)
			return err_set(e, ERR_USAGE, _("%.60s: a quote does not end"), command);
	}
	return n ? 0 : err_set(e, ERR_USAGE, "%s", _("no command"));
}

char **argv_split(const char *command, struct err *e)
{
	char **argv = xcalloc(ARGV_MOST + 2, sizeof *argv); /* room for one to be added */
	if (read_words(command, argv, e) == 0)
		return argv;
	argv_free(argv);
	return NULL;
}
