/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"

#define OPERANDS_MOST 8

/* What is known of the line when its last word is looked at. */
struct place {
	struct candidates *out;
	const struct cli *cli;
	const struct cli_option *pending; /* the word is its value */
	const char *operands[OPERANDS_MOST];
	size_t count;
	const char *kind; /* named by --kind */
	bool literal;     /* behind "--": no more options */
};

/* Metavariables of options and operands.  The first row that fits counts; NULL fits all. */
static const struct {
	const char *variable, *option, *verb;
	enum word_sort sort;
} sorts[] = {
	{"KIND", NULL, NULL, WORD_KIND},
	{"CODE", "unit", NULL, WORD_UNIT},
	{"CODE", NULL, NULL, WORD_CODE},
	{"FILTER", NULL, NULL, WORD_FILTER},
	{"COLUMN", "sort", NULL, WORD_ORDER},
	{"COLUMN", NULL, "due", WORD_DUE_BY},
	{"COLUMN", NULL, NULL, WORD_COLUMN},
	{"LIST", "columns", NULL, WORD_LIST},
	{"FORMAT", NULL, NULL, WORD_FORMAT},
	{"NAME", "source", NULL, WORD_SOURCE},
	{"NAME", "theme", NULL, WORD_THEME},
	{"SOURCE", NULL, NULL, WORD_SOURCE},
	{"FILE", NULL, "connector", WORD_CONNECTOR},
	{"FILE|SOURCE", NULL, NULL, WORD_CONNECTOR},
	{"FILE", NULL, NULL, WORD_FILE},
	{"DIR", NULL, NULL, WORD_FOLDER},
	{"COMMAND", NULL, NULL, WORD_COMMAND},
	{"COMMANDS", NULL, NULL, WORD_COMMAND},
	{"VERB", NULL, NULL, WORD_VERB},
	{"ACTION", NULL, "do", WORD_ACTION},
};

static bool fits(const char *wanted, const char *is)
{
	return !wanted || (is && strcmp(wanted, is) == 0);
}

static enum word_sort sort_of(const char *variable, const char *option, const char *verb)
{
	for (size_t i = 0; i < ARRAY_LEN(sorts); i++)
		if (fits(sorts[i].variable, variable) && fits(sorts[i].option, option) &&
		    fits(sorts[i].verb, verb))
			return sorts[i].sort;
	return WORD_NONE;
}

/* --- reading the words before ----------------------------------------------- */

static const struct cli_option *find_option(const struct cli *cli, const char *name, size_t n)
{
	for (const struct cli_option *o = cli->options; o->name; o++)
		if (strlen(o->name) == n && memcmp(o->name, name, n) == 0)
			return o;
	return NULL;
}

static const struct cli_option *find_letter(const struct cli *cli, char letter)
{
	for (const struct cli_option *o = cli->options; o->name; o++)
		if (o->letter == letter)
			return o;
	return NULL;
}

static void take_value(struct place *x, const struct cli_option *o, const char *value)
{
	if (strcmp(o->name, "kind") == 0)
		x->kind = value;
}

static void read_option(struct place *x, const char *word)
{
	if (word[1] == '-') {
		const char *is = strchr(word, '=');
		size_t n = is ? (size_t)(is - word) - 2 : strlen(word) - 2;
		const struct cli_option *o = find_option(x->cli, word + 2, n);
		if (o && o->argument && is)
			take_value(x, o, is + 1);
		else if (o && o->argument)
			x->pending = o;
		return;
	}
	for (const char *c = word + 1; *c; c++) {
		const struct cli_option *o = find_letter(x->cli, *c);
		if (!o || !o->argument)
			continue;
		if (c[1])
			take_value(x, o, c + 1);
		else
			x->pending = o;
		return;
	}
}

static void read_operand(struct place *x, const char *word)
{
	if (*x->cli->verb) {
		if (x->count < OPERANDS_MOST)
			x->operands[x->count++] = word;
		return;
	}
	for (const struct verb *v = verbs; v->cli; v++)
		if (strcmp(v->cli->verb, word) == 0)
			x->cli = v->cli;
}

static void read_word(struct place *x, const char *word)
{
	if (x->pending) {
		take_value(x, x->pending, word);
		x->pending = NULL;
	} else if (!x->literal && strcmp(word, "--") == 0) {
		x->literal = true;
	} else if (!x->literal && word[0] == '-' && word[1]) {
		read_option(x, word);
	} else {
		read_operand(x, word);
	}
}

/* The kind that the line is about. */
static const struct kind *kind_of(const struct place *x)
{
	const struct kind *k = x->kind ? kind_find(x->kind) : NULL;
	for (size_t i = 0; !k && i < x->count; i++)
		k = kind_find(x->operands[i]);
	return k;
}

/* --- the word itself -------------------------------------------------------- */

/* "vi|en": one of these. */
static bool offer_choices(struct candidates *c, const char *variable, const char *before,
			  const char *typed)
{
	if (!strchr(variable, '|') || (*variable >= 'A' && *variable <= 'Z'))
		return false;
	for (const char *s = variable; *s;) {
		size_t n = strcspn(s, "|");
		candidates_offer(c, before, arena_memdup(&c->arena, s, n), typed, "");
		s += n + (s[n] == '|');
	}
	return true;
}

static void offer_value(struct place *x, const struct cli_option *o, const char *before,
			const char *typed)
{
	if (!offer_choices(x->out, o->argument, before, typed))
		candidates_add_values(x->out, sort_of(o->argument, o->name, x->cli->verb),
				      kind_of(x), before, typed);
}

static void offer_options(struct place *x, const char *typed)
{
	for (const struct cli_option *o = x->cli->options; o->name; o++)
		candidates_offer(x->out, "--", o->name, typed + 2, _(o->help));
	candidates_offer(x->out, "--", "help", typed + 2, _("show this help"));
}

static bool is_literal(const char *token)
{
	return *token >= 'a' && *token <= 'z';
}

/* One token of an alternative of the operands: "KIND", "[FILE…]", "check". */
static void offer_token(struct place *x, const char *token, const char *typed)
{
	if (is_literal(token) || (*token == '-' && *typed == '-'))
		candidates_offer(x->out, "", token, typed, "");
	else
		candidates_add_values(x->out, sort_of(token, NULL, x->cli->verb), kind_of(x),
				      "", typed);
}

/* Without brackets and quotes; *repeats: it ends with "…". */
static const char *strip(struct arena *a, const char *token, size_t n, bool *repeats)
{
	char *text = arena_memdup(a, token, n);
	size_t out = 0;
	*repeats = false;
	for (size_t i = 0; i < n; i++) {
		if (strncmp(token + i, "…", 3) == 0 && i + 3 <= n) {
			*repeats = true;
			i += 2;
		} else if (!strchr("[]'", token[i])) {
			text[out++] = token[i];
		}
	}
	text[out] = '\0';
	return text;
}

/* Where the words before fit this alternative, what it has at their end. */
static void offer_alternative(struct place *x, const char *text, size_t n, const char *typed)
{
	const char *token = "";
	bool repeats = false;
	size_t i = 0, at = 0;
	for (; at <= x->count; at++) {
		while (i < n && text[i] == ' ')
			i++;
		if (i >= n && !repeats)
			return;
		if (i < n) {
			size_t end = i;
			while (end < n && text[end] != ' ')
				end++;
			token = strip(&x->out->arena, text + i, end - i, &repeats);
			i = end;
		}
		if (at < x->count && is_literal(token) && strcmp(token, x->operands[at]) != 0)
			return;
	}
	offer_token(x, token, typed);
}

static void offer_operands(struct place *x, const char *typed)
{
	const char *s = x->cli->operands;
	while (*s) {
		const char *bar = strstr(s, " | ");
		size_t n = bar ? (size_t)(bar - s) : strlen(s);
		offer_alternative(x, s, n, typed);
		s += n + (bar ? 3 : 0);
	}
}

static void offer(struct place *x, const char *typed)
{
	const char *is = strchr(typed, '=');
	bool option = !x->literal && strncmp(typed, "--", 2) == 0;
	if (x->pending) {
		offer_value(x, x->pending, "", typed);
	} else if (option && is) {
		const struct cli_option *o = find_option(x->cli, typed + 2,
							 (size_t)(is - typed) - 2);
		const char *before = arena_memdup(&x->out->arena, typed,
						  (size_t)(is - typed) + 1);
		if (o && o->argument)
			offer_value(x, o, before, is + 1);
	} else if (option || (!x->literal && strcmp(typed, "-") == 0)) {
		offer_options(x, option ? typed : "--");
		offer_operands(x, typed);
	} else if (*x->cli->verb) {
		offer_operands(x, typed);
	} else {
		candidates_add_values(x->out, WORD_VERB, NULL, "", typed);
	}
}

/* --- candidates ------------------------------------------------------------- */

void candidates_offer(struct candidates *c, const char *before, const char *text,
		      const char *typed, const char *about)
{
	if (strncmp(text, typed, strlen(typed)) != 0)
		return;
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->list[i].text + strlen(before), text) == 0)
			return;
	ARRAY_PUSH(c->list, c->count, c->cap) = (struct candidate){
		arena_printf(&c->arena, "%s%s", before, text), about};
}

static bool goes_on(const struct candidate *x, const char *typed)
{
	return strncmp(x->text, typed, strlen(typed)) == 0;
}

/* What goes on from what was typed hides what is only found by it: shells would shorten the
 * word to what all have in common. */
static void prefer_literal(struct candidates *c, const char *typed)
{
	size_t kept = 0;
	for (size_t i = 0; i < c->count; i++)
		if (goes_on(&c->list[i], typed))
			c->list[kept++] = c->list[i];
	c->count = kept ? kept : c->count;
}

void candidates_run(struct candidates *c, const struct program *p, char **words, size_t count)
{
	*c = (struct candidates){.arena = ARENA_INIT, .program = p};
	struct place x = {.out = c, .cli = p->cli};
	for (size_t i = 0; i + 1 < count; i++)
		read_word(&x, words[i]);
	const char *typed = count ? words[count - 1] : "";
	offer(&x, typed);
	prefer_literal(c, typed);
}

void candidates_free(struct candidates *c)
{
	db_close(c->db);
	free(c->list);
	arena_free(&c->arena);
}
