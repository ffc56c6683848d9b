/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc-commands(7) says of each command what its table says, and of no other.  UPDATE=1 writes
 * that part of it anew. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "ui/help_command.h"

static const char begin[] =
	".\\\" BEGIN of what tests/unit/test_ui_manual writes from the tables: UPDATE=1\n";
static const char end[] = ".\\\" END\n";

/* Text as roff wants it. */
static void add_text(struct strbuf *out, const char *s)
{
	if (*s == '.' || *s == '\'')
		strbuf_adds(out, "\\&");
	for (; *s; s++) {
		if (*s == '\\')
			strbuf_adds(out, "\\e");
		else if (*s == '"')
			strbuf_adds(out, "\\(dq");
		else if (strncmp(s, "…", strlen("…")) == 0)
			strbuf_adds(out, "..."), s += strlen("…") - 1;
		else
			strbuf_addc(out, *s);
	}
}

static void add_command(struct strbuf *out, const struct command *c)
{
	const char *words = help_takes(c->takes);
	strbuf_adds(out, ".It Ic \"");
	add_text(out, c->name);
	strbuf_adds(out, *c->args ? " " : "");
	add_text(out, c->args);
	strbuf_adds(out, "\"\n");
	add_text(out, c->help);
	strbuf_adds(out, ".\n");
	if (*words) {
		strbuf_adds(out, "It takes ");
		add_text(out, words);
		strbuf_adds(out, ".\n");
	}
}

static char *read_manual(const char *path)
{
	struct strbuf b = STRBUF_INIT;
	char bytes[4096];
	size_t n;
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	while ((n = fread(bytes, 1, sizeof bytes, f)) > 0)
		strbuf_add(&b, bytes, n);
	fclose(f);
	return strbuf_detach(&b);
}

static void write_manual(const char *path, const char *text, const char *from, const char *to,
			 const char *list)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "%.*s%s%s", (int)(from - text), text, list, to);
	fclose(f);
}

static void the_manual_has_the_commands_of_the_tables(void **state)
{
	(void)state;
	struct strbuf list = STRBUF_INIT;
	char *path = xasprintf("%s/man/ioc-commands.7", getenv("srcdir"));
	char *text = read_manual(path);
	char *from = strstr(text, begin), *to = strstr(text, end);
	assert_true(from && to);
	from += strlen(begin);
	for (size_t i = 0; command_nth(i); i++)
		add_command(&list, command_nth(i));
	bool same = (size_t)(to - from) == list.len && memcmp(from, list.s, list.len) == 0;
	if (!same && getenv("UPDATE"))
		write_manual(path, text, from, to, list.s);
	else if (!same)
		fail_msg("man/ioc-commands.7 is not what the tables say: UPDATE=1 writes it");
	strbuf_free(&list);
	free(text);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_manual_has_the_commands_of_the_tables),
	};
	return cmocka_run_group_tests_name("manual", tests, NULL, NULL);
}
