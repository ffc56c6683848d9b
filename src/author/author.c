/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "author/author.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "author/connectors.h"
#include "author/parts.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "text/clean.h"
#include "text/fit.h"

#define WIDTH_DEFAULT 100
#define WIDTH_LEAST 40

static const struct {
	const char *verb;
	int (*run)(const struct author *);
} verbs[] = {
	{"check", author_check}, {"try", author_try}, {"replay", author_replay},
	{"diff", author_diff},   {"new", author_new}, {"schema", author_schema},
	{"list", author_list},
};

static int terminal_width(void)
{
	struct winsize w;
	const char *columns = getenv("COLUMNS");
	int n = columns ? atoi(columns) : 0;
	if (n <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0)
		n = w.ws_col;
	return n <= 0 ? WIDTH_DEFAULT : n < WIDTH_LEAST ? WIDTH_LEAST : n;
}

int author_run(const struct paths *p, const json_t *request)
{
	const char *verb = json_string_value(json_object_get(request, "verb"));
	const char *plain = getenv("NO_COLOR"), *term = getenv("TERM");
	struct author a = {.paths = p, .request = request, .width = terminal_width()};
	if (author_text(&a, "language"))
		i18n_init(author_text(&a, "language"), p->locale_dir);
	a.json = author_flag(&a, "json");
	a.colour = isatty(STDOUT_FILENO) && !(plain && *plain) && term &&
		   strcmp(term, "dumb") != 0;
	for (size_t i = 0; verb && i < ARRAY_LEN(verbs); i++)
		if (strcmp(verbs[i].verb, verb) == 0) {
			int code = verbs[i].run(&a);
			return fflush(stdout) == 0 || code ? code : AUTHOR_BAD;
		}
	return AUTHOR_USAGE;
}

const char *author_word(const struct author *a, size_t i)
{
	return json_string_value(json_array_get(json_object_get(a->request, "words"), i));
}

const char *author_text(const struct author *a, const char *option)
{
	return json_string_value(json_object_get(a->request, option));
}

bool author_flag(const struct author *a, const char *option)
{
	return json_is_true(json_object_get(a->request, option));
}

char *author_file(const struct author *a, const char *word, struct err *e)
{
	if (access(word, F_OK) == 0 && strpbrk(word, "/."))
		return xstrdup(word);
	char *file = paths_find_connector(a->paths, word);
	if (file)
		return file;
	struct connector_list list = connectors_find(a->paths);
	struct suggest s = suggest_start(word);
	for (size_t i = 0; i < list.count; i++)
		suggest_try(&s, list.items[i].name);
	if (s.best)
		err_set(e, ERR_NOT_FOUND,
			_("there is no connector %.200s: did you mean \"%s\"?"), word, s.best);
	else
		err_set(e, ERR_NOT_FOUND,
			_("there is no connector %.200s: see ioc connector list"), word);
	connectors_free(&list);
	return NULL;
}

int author_fail(const struct err *e)
{
	fflush(stdout);
	fprintf(stderr, "ioc connector: %s\n", e->text);
	return e->code == ERR_USAGE || e->code == ERR_NOT_FOUND ? AUTHOR_USAGE : AUTHOR_BAD;
}

void author_print_json(const json_t *value)
{
	json_dumpf(value, stdout,
		   JSON_INDENT(2) | (isatty(STDOUT_FILENO) ? JSON_ENSURE_ASCII : 0));
	printf("\n");
}

const char *author_ink(const struct author *a, enum author_ink ink)
{
	static const char *const inks[] = {"\033[0m",  "\033[1m",  "\033[2m", "\033[31m",
					   "\033[33m", "\033[32m", "\033[36m"};
	return a->colour ? inks[ink] : "";
}

void author_put(const char *s, size_t n, int columns)
{
	struct strbuf clean = STRBUF_INIT, cut = STRBUF_INIT;
	clean_append(&clean, s, n, 0);
	if (columns)
		fit_cut(&cut, clean.s, clean.len, columns);
	fputs(columns ? cut.s : clean.s, stdout);
	strbuf_free(&clean);
	strbuf_free(&cut);
}
