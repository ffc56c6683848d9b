/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "text/utf8.h"

#define LETTERS_MOST 128

static const struct cli_option help_option = {
	.name = "help",
	.letter = 'h',
	.help = N_("show this help"),
};

/* The i-th row, --help being the one before the first. */
static const struct cli_option *row(const struct cli *cli, size_t i)
{
	return i == 0 ? &help_option : &cli->options[i - 1];
}

static void make_tables(const struct cli *cli, struct option **table,
			char letters[LETTERS_MOST])
{
	size_t n = 0, k = 0, cap = 0;
	*table = NULL;
	if (cli->in_order)
		letters[k++] = '+';
	letters[k++] = ':';
	while (row(cli, n)->name) {
		const struct cli_option *o = row(cli, n);
		int has = o->argument ? required_argument : no_argument;
		struct option one = {o->name, has, NULL, 256 + (int)n};
		ARRAY_PUSH(*table, n, cap) = one;
		if (o->letter && k + 3 < LETTERS_MOST) {
			letters[k++] = o->letter;
			if (o->argument)
				letters[k++] = ':';
		}
	}
	ARRAY_PUSH(*table, n, cap) = (struct option){NULL, 0, NULL, 0};
	letters[k] = '\0';
}

static int unknown_name(const struct cli *cli, const char *word, struct err *e)
{
	char name[64];
	size_t length = strcspn(word, "=");
	snprintf(name, sizeof name, "%.*s", length < 63 ? (int)length : 63, word);
	struct suggest s = suggest_start(name + strspn(name, "-"));
	for (size_t i = 0; row(cli, i)->name; i++)
		suggest_try(&s, row(cli, i)->name);
	if (s.best)
		return err_set(e, ERR_USAGE, _("unknown option %s: did you mean --%s?"), name,
			       s.best);
	return err_set(e, ERR_USAGE, _("unknown option %s: see ioc %s%s--help"), name,
		       cli->verb, *cli->verb ? " " : "");
}

/* What getopt answered '?' for. */
static int unknown(const struct cli *cli, char **argv, struct err *e)
{
	if (optopt >= 256)
		return err_set(e, ERR_USAGE, _("--%s takes no value"),
			       row(cli, (size_t)optopt - 256)->name);
	if (!optopt)
		return unknown_name(cli, argv[optind - 1], e);
	return err_set(e, ERR_USAGE, _("unknown option -%c: see ioc %s%s--help"),
		       optopt > ' ' && optopt < 127 ? optopt : '?', cli->verb,
		       *cli->verb ? " " : "");
}

static int take_number(const char *text, int64_t *value, struct err *e)
{
	char *end;
	errno = 0;
	long long v = strtoll(text, &end, 10);
	if (errno || end == text || *end || v < 1)
		return err_set(e, ERR_USAGE, _("\"%.40s\" is no whole number from 1 on"), text);
	*value = v;
	return 0;
}

static int take_time(const char *text, int64_t now, int64_t *value, struct err *e)
{
	int64_t before;
	if (clock_parse_span(text, &before) == 0) {
		*value = now - before;
		return 0;
	}
	if (clock_parse(text, strlen(text), value) == 0)
		return 0;
	return err_set(
		e, ERR_USAGE,
		_("\"%.40s\" is no time: write 2026-11-21, 2026-11-21T07:30:00+07:00, or "
		  "a span such as 2h or 7d"),
		text);
}

static int take_item(const char *text, struct cli_list *list, struct err *e)
{
	if (list->count == CLI_LIST_MOST)
		return err_set(e, ERR_LIMIT, _("more than %d of one option"), CLI_LIST_MOST);
	list->items[list->count++] = text;
	return 0;
}

static int take(const struct cli_option *o, const char *text, int64_t now, void *values,
		struct err *e)
{
	void *field = (char *)values + o->at;
	switch (o->type) {
	case CLI_FLAG:
		*(bool *)field = true;
		return 0;
	case CLI_TEXT:
		*(const char **)field = text;
		return 0;
	case CLI_NUMBER:
		return take_number(text, field, e);
	case CLI_TIME:
		return take_time(text, now, field, e);
	case CLI_LIST:
		return take_item(text, field, e);
	}
	return 0;
}

static const struct cli_option *by_answer(const struct cli *cli, int c)
{
	if (c >= 256)
		return row(cli, (size_t)c - 256);
	size_t i = 0;
	while (row(cli, i)->letter != c)
		i++;
	return row(cli, i);
}

/* One option; the last result is CLI_READ with *more false. */
static enum cli_result take_next(const struct cli *cli, int argc, char **argv,
				 const char *letters, const struct option *table, int64_t now,
				 void *values, bool *more, struct err *e)
{
	int c = getopt_long(argc, argv, letters, table, NULL);
	*more = c != -1;
	if (c == -1)
		return CLI_READ;
	if (c == '?') {
		unknown(cli, argv, e);
		return CLI_WRONG;
	}
	if (c == ':') {
		err_set(e, ERR_USAGE, _("%s needs a value"), argv[optind - 1]);
		return CLI_WRONG;
	}
	const struct cli_option *o = by_answer(cli, c);
	if (o == &help_option) {
		cli_help(cli, stdout);
		return CLI_HELPED;
	}
	return take(o, optarg, now, values, e) < 0 ? CLI_WRONG : CLI_READ;
}

enum cli_result cli_read(const struct cli *cli, int argc, char **argv, int64_t now,
			 void *values, char ***operands, int *count, struct err *e)
{
	struct option *table;
	char letters[LETTERS_MOST];
	make_tables(cli, &table, letters);
	opterr = 0;
	optind = 0; /* glibc: begin anew */
	bool more = true;
	enum cli_result result = CLI_READ;
	while (more && result == CLI_READ)
		result = take_next(cli, argc, argv, letters, table, now, values, &more, e);
	*operands = argv + optind;
	*count = argc - optind;
	free(table);
	return result;
}

static void spell(const struct cli_option *o, char *buf, size_t room)
{
	char letter[8] = "    ";
	if (o->letter)
		snprintf(letter, sizeof letter, "-%c, ", o->letter);
	snprintf(buf, room, "%s--%s%s%s", letter, o->name, o->argument ? " " : "",
		 o->argument ? _(o->argument) : "");
}

void cli_help(const struct cli *cli, FILE *to)
{
	char text[96];
	int widest = 0;
	for (size_t i = 0; row(cli, i)->name; i++) {
		spell(row(cli, i), text, sizeof text);
		int w = utf8_swidth(text);
		widest = w > widest ? w : widest;
	}
	fprintf(to, _("Usage: ioc %s%s[OPTION…] %s\n"), cli->verb, *cli->verb ? " " : "",
		*cli->operands ? _(cli->operands) : "");
	fprintf(to, "%s\n\n", _(cli->summary));
	for (size_t i = 0; row(cli, i)->name; i++) {
		spell(row(cli, i), text, sizeof text);
		fprintf(to, "  %s%*s  %s\n", text, widest - utf8_swidth(text), "",
			_(row(cli, i)->help));
	}
	if (cli->example)
		fprintf(to, "\n%s %s\n", _("Example:"), cli->example);
}
