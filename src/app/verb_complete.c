/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc completion prints what a shell has to read; that asks `ioc complete` at each tab. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/candidates.h"
#include "app/exit_code.h"
#include "app/shell_line.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/quote.h"
#include "base/suggest.h"

struct request {
	const char *bash;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option complete_options[] = {
	{"bash", 'b', N_("LINE"), N_("the words are those of this line; answer as bash wants it"), CLI_TEXT, AT(bash)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
static const struct cli_option completion_options[] = {{NULL, 0, NULL, NULL, CLI_FLAG, 0}};

/* Shells, and the files that they read. */
static const struct {
	const char *shell, *file;
} scripts[] = {{"bash", "ioc"}, {"zsh", "_ioc"}, {"fish", "ioc.fish"}};
/* clang-format on */

const struct cli complete_cli = {
	.verb = "complete",
	.in_order = true,
	.operands = N_("-- [WORD…]"),
	.summary = N_("Prints what may stand in place of the last word, for shells."),
	.options = complete_options,
	.hidden = true,
};

const struct cli completion_cli = {
	.verb = "completion",
	.operands = N_("bash | zsh | fish"),
	.summary = N_("Prints what makes a shell complete verbs, options, filters and codes."),
	.options = completion_options,
	.example = "source <(ioc completion bash)",
};

/* --- ioc complete ------------------------------------------------------------- */

/* Descriptions are for one line of a terminal. */
static void print_about(const char *about)
{
	for (; *about; about++)
		putchar((unsigned char)*about < ' ' ? ' ' : *about);
}

static void print_directives(const struct candidates *c)
{
	if (c->files)
		puts(":files");
	if (c->folders)
		puts(":folders");
	if (c->open)
		puts(":nospace");
}

static void print_all(const struct candidates *c)
{
	print_directives(c);
	for (size_t i = 0; i < c->count; i++) {
		fputs(c->list[i].text, stdout);
		putchar('\t');
		print_about(c->list[i].about);
		putchar('\n');
	}
}

/* bash puts its answer in place of `word`, which is the end of what was typed, and shortens
 * that to what all answers have in common: so accents that were not typed are put there only
 * where a single answer is left. */
static void print_for_bash(const struct candidates *c, struct arena *a,
			   const struct shell_line *line, const char *word)
{
	size_t n = strlen(line->last), tail = strlen(word);
	bool ends = tail <= n && strcmp(line->last + n - tail, word) == 0;
	const char *raw = arena_memdup(a, line->last, ends ? n - tail : 0);
	struct shell_line before = shell_line_read(a, raw);
	const char *head = before.words[before.count - 1];
	const char *typed = line->words[line->count - 1];
	struct strbuf b = STRBUF_INIT;
	size_t told = 0;
	print_directives(c);
	for (size_t i = 0; i < c->count; i++) {
		const char *text = c->list[i].text;
		if (strncmp(text, head, strlen(head)) != 0 ||
		    (c->count > 1 && strncmp(text, typed, strlen(typed)) != 0))
			continue;
		strbuf_clear(&b);
		shell_quote_within(&b, text + strlen(head), line->quote);
		puts(b.s);
		told++;
	}
	if (told == 1 && c->open && line->quote) /* bash closes the quote behind the only one */
		printf("%s \n", b.s);
	strbuf_free(&b);
}

static void complete_bash(const struct program *p, const char *text, const char *word)
{
	struct arena a = ARENA_INIT;
	struct candidates c;
	struct shell_line line = shell_line_read(&a, text);
	size_t skip = line.count > 1; /* "ioc" itself */
	candidates_run(&c, p, line.words + skip, line.count - skip);
	print_for_bash(&c, &a, &line, word);
	candidates_free(&c);
	arena_free(&a);
}

static int complete(struct program *p, void *request, char **words, int count, struct err *e)
{
	const struct request *q = request;
	struct candidates c;
	(void)e;
	if (q->bash) {
		complete_bash(p, q->bash, count ? words[0] : "");
		return EXIT_OK;
	}
	candidates_run(&c, p, words, (size_t)count);
	print_all(&c);
	candidates_free(&c);
	return EXIT_OK;
}

int verb_complete(struct program *p, int argc, char **argv)
{
	struct request q = {NULL};
	return program_run(p, &complete_cli, complete, &q, argc, argv);
}

/* --- ioc completion ------------------------------------------------------------ */

static int find_script(const char *shell, struct err *e)
{
	struct suggest s = suggest_start(shell);
	for (size_t i = 0; i < ARRAY_LEN(scripts); i++) {
		if (strcmp(scripts[i].shell, shell) == 0)
			return (int)i;
		suggest_try(&s, scripts[i].shell);
	}
	return err_set(e, ERR_USAGE, _("\"%.40s\" is none of the shells bash, zsh and fish"),
		       shell);
}

static int print_script(const struct program *p, const char *file, struct err *e)
{
	char *path = xasprintf("%s/completion/%s", p->paths.data_dir, file);
	FILE *f = fopen(path, "re");
	int rc = f ? 0 : err_errno(e, ERR_IO, _("can't read %s"), path);
	for (int c; f && (c = getc(f)) != EOF;)
		putchar(c);
	if (f)
		fclose(f);
	free(path);
	return rc;
}

static int completion(struct program *p, void *request, char **words, int count, struct err *e)
{
	(void)request;
	int i = find_script(count == 1 ? words[0] : "", e);
	return i < 0 ? -1 : print_script(p, scripts[i].file, e);
}

int verb_completion(struct program *p, int argc, char **argv)
{
	return program_run(p, &completion_cli, completion, NULL, argc, argv);
}
