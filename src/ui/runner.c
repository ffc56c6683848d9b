/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/runner.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "ui/input.h"
#include "ui/state.h"

/* --- frames --------------------------------------------------------------- */

static void frame_free(struct run_frame *f)
{
	free(f->line);
	free(f->name);
	free(f->file);
	*f = (struct run_frame){.line = NULL};
}

static void pop(struct runner *r)
{
	frame_free(&r->frames[--r->depth]);
}

void runner_free(struct runner *r)
{
	while (r->depth)
		pop(r);
	free(r->file_asked);
	free(r->next);
	free(r->asked);
	free(r->wrong);
	*r = (struct runner){.since = CLOCK_NONE};
}

static size_t file_count(const struct runner *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->depth; i++)
		n += r->frames[i].file != NULL;
	return n;
}

static struct run_frame *push(struct runner *r, const char *name, struct err *e)
{
	if (r->depth == RUNNER_DEPTH) {
		err_set(e, ERR_LIMIT, _("%.200s: aliases and files go more than %d deep"), name,
			RUNNER_DEPTH);
		return NULL;
	}
	struct run_frame *f = &r->frames[r->depth++];
	*f = (struct run_frame){.name = *name ? xstrdup(name) : NULL};
	return f;
}

/* Behind all that is being run. */
static struct run_frame *push_last(struct runner *r, struct err *e)
{
	struct run_frame *top = push(r, "", e);
	if (!top)
		return NULL;
	struct run_frame one = *top;
	memmove(r->frames + 1, r->frames, (r->depth - 1) * sizeof *r->frames);
	r->frames[0] = one;
	return &r->frames[0];
}

/* The next line of a file that is no comment. */
static bool next_line(struct run_frame *f)
{
	while (f->file && f->file[f->file_at]) {
		const char *s = f->file + f->file_at;
		size_t n = strcspn(s, "\n");
		f->file_at += n + (s[n] == '\n');
		f->number++;
		free(f->line);
		f->line = xstrndup(s, n && s[n - 1] == '\r' ? n - 1 : n);
		f->at = 0;
		if (f->line[strspn(f->line, " \t")] != '#')
			return true;
	}
	return false;
}

/* The next command of the frame; the caller frees.  NULL: it is over. */
static char *next_command(struct run_frame *f)
{
	struct command_piece piece;
	do
		if (f->line && command_next(f->line, &f->at, &piece)) {
			f->start = piece.start;
			return xstrndup(f->line + piece.start, piece.n);
		}
	while (next_line(f));
	return NULL;
}

/* --- errors --------------------------------------------------------------- */

/* The innermost file and the alias in it say where it was. */
static void say_where(const struct runner *r, struct err *e)
{
	bool alias = false;
	for (size_t i = r->depth; i-- > 0;) {
		const struct run_frame *f = &r->frames[i];
		if (f->file) {
			err_prefix(e, "%s:%d", f->name, f->number);
			return;
		}
		if (f->name && !alias)
			err_prefix(e, "%s", f->name);
		alias |= f->name != NULL;
	}
}

static int fail(struct app *a, struct effects *fx, struct err *e, size_t fault)
{
	struct runner *r = &a->runner;
	struct run_frame *first = &r->frames[0];
	size_t at = first->start + (r->depth == 1 ? fault : 0);
	say_where(r, e);
	bool prompt = first->prompt;
	char *text = first->line ? xstrdup(first->line) : NULL;
	runner_free(r);
	r->error = *e;
	if (prompt && text)
		input_reopen_prompt(a, text, at, fx);
	r->wrong = text;
	r->wrong_at = at;
	return -1;
}

/* --- running -------------------------------------------------------------- */

static bool alike_awaited(const struct app *a)
{
	return a->overlay == OVERLAY_DUPLICATES && !a->alike.answer;
}

/* Whether an answer is under way that the next command may be about. */
static bool answer_is_due(struct app *a)
{
	const struct list *l = app_list(a);
	switch (a->asker) {
	case ASKER_LIST:
	case ASKER_DETAIL:
	case ASKER_LOOKUP:
	case ASKER_SWEEP:
	case ASKER_ERRAND:
		return true;
	default:
		return lookup_is_on(&a->lookup) || a->sweep.wanted || a->errand.wanted ||
		       (l && l->want == LIST_QUESTION) || (a->detail.open && a->detail.stale) ||
		       alike_awaited(a) || batch_holds_keys(a);
	}
}

static int run_alias(struct app *a, const struct alias *x, const char *text, struct err *e)
{
	char *expanded = alias_expand(x, text, e);
	struct run_frame *f = expanded ? push(&a->runner, x->name, e) : NULL;
	if (f)
		f->line = expanded;
	else
		free(expanded);
	return f ? 0 : -1;
}

static int run_one(struct app *a, const char *text, struct effects *fx, struct err *e,
		   size_t *fault)
{
	const struct keymap *m = a->config.keymap;
	const struct alias *x = m ? alias_named(&m->aliases, text) : NULL;
	*fault = 0;
	if (++a->runner.ran > RUNNER_MOST)
		return err_set(e, ERR_LIMIT, _("more than %d commands: does it ever end?"),
			       RUNNER_MOST);
	return x ? run_alias(a, x, text, e) : command_run(a, text, fx, e, fault);
}

/* Whether the next command has to wait; -1 with *e where it did for too long. */
static int waits(struct app *a, struct err *e)
{
	struct runner *r = &a->runner;
	if (r->file_asked)
		return 1;
	if (!r->ran || !answer_is_due(a)) {
		r->since = CLOCK_NONE;
		return 0;
	}
	if (r->since == CLOCK_NONE)
		r->since = a->look.now;
	if (a->look.now - r->since < RUNNER_PATIENCE)
		return 1;
	return err_set(e, ERR_BUSY, _("no answer for %d s: the commands behind it are left"),
		       RUNNER_PATIENCE / 1000);
}

/* Drops what is over on its way; NULL: all of it is. */
static char *take_next(struct runner *r)
{
	while (r->depth) {
		char *text = next_command(&r->frames[r->depth - 1]);
		if (text)
			return text;
		pop(r);
	}
	r->ran = 0;
	return NULL;
}

static int run_next(struct app *a, struct effects *fx, struct err *e)
{
	struct runner *r = &a->runner;
	size_t fault;
	char *text = r->next;
	r->next = NULL;
	int rc = run_one(a, text, fx, e, &fault);
	free(text);
	return rc < 0 ? fail(a, fx, e, fault) : 0;
}

static int go_on(struct app *a, struct effects *fx, struct err *e)
{
	struct runner *r = &a->runner;
	while (!r->file_asked && (r->next || (r->next = take_next(r)))) {
		int rc = waits(a, e);
		if (rc > 0)
			return 0;
		if (rc < 0)
			return fail(a, fx, e, 0);
		if (run_next(a, fx, e) < 0)
			return -1;
	}
	return 0;
}

static int start(struct app *a, const char *text, bool prompt, struct effects *fx,
		 struct err *e)
{
	struct runner *r = &a->runner;
	bool busy = runner_is_busy(a);
	struct run_frame *f = push_last(r, e);
	if (!f)
		return -1;
	f->line = xstrdup(text);
	f->prompt = prompt;
	if (busy)
		return 0;
	free(r->asked);
	free(r->wrong);
	r->asked = r->wrong = NULL;
	r->error = (struct err)ERR_INIT;
	return go_on(a, fx, e);
}

int runner_start(struct app *a, const char *text, struct effects *fx, struct err *e)
{
	return start(a, text, false, fx, e);
}

void runner_prompt(struct app *a, const char *text, struct effects *fx)
{
	struct err e = ERR_INIT;
	if (start(a, text, true, fx, &e) < 0)
		app_say(a, ROLE_ERROR, "%s", e.text);
}

void runner_step(struct app *a, struct effects *fx)
{
	struct err e = ERR_INIT;
	if (runner_is_busy(a) && go_on(a, fx, &e) < 0)
		app_say(a, ROLE_ERROR, "%s", e.text);
}

/* --- files ---------------------------------------------------------------- */

int runner_source(struct app *a, const char *path, struct effects *fx, struct err *e)
{
	struct runner *r = &a->runner;
	if (r->file_asked)
		return err_set(e, ERR_BUSY, _("%.200s is still being read"), r->file_asked);
	if (file_count(r) == RUNNER_FILES)
		return err_set(e, ERR_LIMIT, _("files go more than %d deep"), RUNNER_FILES);
	r->file_asked = xstrdup(path);
	effects_add(fx, EFFECT_SOURCE, path);
	return 0;
}

void runner_sourced(struct app *a, const char *path, const char *text, const char *problem,
		    struct effects *fx)
{
	struct runner *r = &a->runner;
	struct err e = ERR_INIT;
	if (!r->file_asked)
		return; /* it was given up meanwhile */
	free(r->file_asked);
	r->file_asked = NULL;
	struct run_frame *f = text ? push(r, path, &e) : NULL;
	if (f) {
		f->file = xstrdup(text);
		return;
	}
	if (!text)
		err_set(&e, ERR_IO, "%s", problem);
	fail(a, fx, &e, 0);
	app_say(a, ROLE_ERROR, "%s", e.text);
}

void runner_note(struct app *a, size_t at)
{
	struct runner *r = &a->runner;
	const struct run_frame *f = &r->frames[0];
	if (r->depth != 1 || !f->line)
		return;
	free(r->asked);
	r->asked_at_prompt = f->prompt;
	r->asked = xstrdup(f->line);
	r->asked_at = f->start + at;
}

void runner_refused(struct app *a, size_t fault, struct effects *fx)
{
	struct runner *r = &a->runner;
	char *line = r->asked;
	size_t at = r->asked_at + fault;
	bool prompt = r->asked_at_prompt;
	r->asked = NULL;
	runner_free(r);
	if (line && prompt && !a->prompting && a->overlay == OVERLAY_NONE)
		input_reopen_prompt(a, line, at, fx);
	r->wrong = line;
	r->wrong_at = at;
}

char *runner_take_wrong(struct app *a, size_t *at)
{
	char *line = a->runner.wrong;
	*at = a->runner.wrong_at;
	a->runner.wrong = NULL;
	return line;
}

bool runner_stop(struct app *a)
{
	struct runner *r = &a->runner;
	if (!runner_is_busy(a))
		return false;
	runner_free(r);
	return true;
}

bool runner_is_busy(const struct app *a)
{
	return a->runner.depth || a->runner.file_asked || a->runner.next;
}
