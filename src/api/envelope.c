/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/envelope.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/ask.h"
#include "api/format.h"
#include "api/reasons.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "model/kind.h"

#define BARE_MOST 4096 /* bytes of a text that may be words */

const char *const envelope_classes[] = {"auth",     "permission", "not_found",
					"conflict", "invalid",    "busy",
					"gone",     "server",     NULL};

/* The status that the server should have sent, by class. */
static const struct {
	long status;
	const char *what; /* NULL: as of the status */
} meanings[] = {{401, NULL},
		{403, NULL},
		{404, N_("the server does not find what was asked for")},
		{409, N_("the server reports a conflict")},
		{422, NULL},
		{429, NULL},
		{410, NULL},
		{500, NULL}};

static int class_index(const char *word)
{
	for (int i = 0; envelope_classes[i]; i++)
		if (strcmp(envelope_classes[i], word) == 0)
			return i;
	return -1;
}

/* The code and the words of an error, "CODE: words"; of a code that is known its meaning. */
static void describe(const struct envelope_spec *s, const struct node *body, struct failure *f)
{
	struct failure ignored;
	const char *about = "";
	char *code = NULL;
	char *words = answer_words(body, s->error);
	ask_text(s->code, body, &code, &ignored);
	f->known = code ? reason_words(code, &about) : NULL;
	utf8_copy(f->about, sizeof f->about, f->known ? about : "");
	if (f->known || (code && words && strcmp(code, words) == 0)) {
		free(code);
		code = NULL;
	}
	char *both = xasprintf("%s%s%s", code ? code : "", code && words ? ": " : "",
			       words ? words : "");
	utf8_copy(f->detail, sizeof f->detail, both);
	free(both);
	free(code);
	free(words);
}

/* Makes it a failure of that class; what is known of status and words stays. */
static void set_class(struct failure *f, int class)
{
	struct failure g;
	failure_from_status(&g, meanings[class].status);
	f->code = g.code;
	f->what = meanings[class].what ? meanings[class].what : g.what;
	f->meant = meanings[class].status;
}

/* 1: the answer tells a class, which *f is now of; 0: none; -1 with the failure. */
static int take_class(const struct envelope_spec *s, const struct node *body, struct failure *f)
{
	struct failure wrong = FAILURE_NONE;
	char *word = NULL, message[80];
	if (ask_text(s->class, body, &word, &wrong) < 0) {
		*f = wrong;
		return -1;
	}
	if (!word)
		return 0;
	int class = class_index(word);
	snprintf(message, sizeof message, "class: %s", word);
	free(word);
	if (class < 0)
		return failure_set(f, ERR_PARSE,
				   N_("the connector tells a class of errors that is none"),
				   message);
	set_class(f, class);
	return 1;
}

int envelope_judge(const struct envelope_spec *s, const struct node *body, struct failure *f)
{
	bool good = true;
	struct failure g = FAILURE_NONE;
	if (s->ok && ask_truth(s->ok, body, &good, f) < 0)
		return -1;
	if (good && s->ok)
		return 0;
	int told = take_class(s, body, &g);
	if (told == 0 && good)
		return 0;
	if (told == 0)
		failure_set(&g, ERR_NET, N_("the server reports an error"), NULL);
	if (told >= 0)
		describe(s, body, &g);
	*f = g;
	return -1;
}

void envelope_explain(const struct envelope_spec *s, const struct node *body, struct failure *f)
{
	struct failure g = *f;
	if (!body)
		return;
	if (take_class(s, body, &g) > 0) {
		f->code = g.code;
		f->what = g.what;
		f->meant = g.meant;
	}
	describe(s, body, f);
}

void envelope_explain_text(const struct envelope_spec *s, const char *text, size_t n,
			   struct failure *f)
{
	struct tape t = TAPE_INIT;
	struct failure g = *f;
	if (s->class && n <= BARE_MOST && utf8_is_valid(text, n) &&
	    format_bare(text, n, &t, NULL) == 0 && take_class(s, t.nodes, &g) > 0) {
		utf8_copy(g.detail, sizeof g.detail, text);
		*f = g;
	}
	tape_free(&t);
}
