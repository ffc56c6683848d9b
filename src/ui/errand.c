/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/errand.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "ui/state.h"

#define CODES_MOST 200
#define ALIKE_MOST 64 /* records of one code */

void errand_free(struct errand *x)
{
	arena_free(&x->arena);
	free(x->found);
	*x = (struct errand){.arena = ARENA_INIT};
}

static bool has_action(const struct app *a, size_t queue)
{
	const struct kind *k = a->lists[queue].kind;
	const char *only = a->errand.text.kind;
	return (!only || strcmp(only, k->id) == 0) && action_find(k, a->errand.text.action);
}

/* The next queue that knows the action, from the one at hand on; false: there is none. */
static bool next_queue(struct app *a)
{
	struct errand *x = &a->errand;
	while (x->tried < a->queue_count && !has_action(a, x->queue)) {
		x->queue = (x->queue + 1) % a->queue_count;
		x->tried++;
	}
	return x->tried < a->queue_count;
}

static void start_code(struct app *a)
{
	struct errand *x = &a->errand;
	x->tried = 0;
	if (x->count)
		x->queue = kind_index(x->found[0].kind);
	else
		x->queue = app_list(a) ? kind_index(app_list(a)->kind) : 0;
}

int errand_start(struct app *a, struct arena *arena, const struct action_text *t, struct err *e)
{
	struct errand *x = &a->errand;
	errand_free(x);
	if (t->code_count > CODES_MOST)
		return err_set(e, ERR_LIMIT, _("more than %d records"), CODES_MOST);
	for (size_t i = 0; i < t->code_count; i++)
		if (!*t->codes[i] || strcspn(t->codes[i], "\"\\") != strlen(t->codes[i]))
			return err_set(e, ERR_USAGE, _("%.40s is no code"), t->codes[i]);
	x->text = *t;
	start_code(a);
	if (!next_queue(a))
		return err_set(e, ERR_USAGE, _("no queue has an action %.60s"), t->action);
	x->found = xcalloc(t->code_count, sizeof *x->found);
	x->arena = *arena;
	*arena = (struct arena)ARENA_INIT;
	x->wanted = true;
	return 0;
}

struct page_query *errand_query(struct app *a)
{
	const struct errand *x = &a->errand;
	return lookup_by_code(a->lists[x->queue].kind, x->text.codes[x->count], ALIKE_MOST,
			      a->look.now);
}

static bool is_meant(const struct errand *x, const struct record *r)
{
	return strcmp(record_text(r, COL_CODE), x->text.codes[x->count]) == 0 &&
	       (!x->text.source || strcmp(x->text.source, r->source) == 0);
}

/* The one record that is meant: 1; 0: none; -1 with *e: several. */
static int choose(struct errand *x, const struct page *p, struct err *e)
{
	const struct record *one = NULL;
	struct strbuf sources = STRBUF_INIT;
	size_t n = 0;
	for (size_t i = 0; i < p->count; i++)
		if (is_meant(x, p->rows[i])) {
			one = p->rows[i];
			strbuf_addf(&sources, "%s%s", n++ ? ", " : "", one->source);
		}
	if (n == 1)
		target_set(&x->found[x->count], one);
	else if (n)
		err_set(e, ERR_USAGE,
			x->text.source
				? _("%s is the code of several records; go to the one meant")
				: _("%s is in several sources (%s): add --source NAME"),
			x->text.codes[x->count], sources.s);
	strbuf_free(&sources);
	return n == 1 ? 1 : n ? -1 : 0;
}

int errand_do(struct app *a, const struct action_text *t, struct effects *fx, struct err *e)
{
	const struct action *act = action_find(a->acting.targets[0].kind, t->action);
	if (!act)
		return err_set(e, ERR_USAGE, _("this queue has no action %.60s"), t->action);
	struct form_words words;
	form_words_set(&words, &a->look.names, a->look.now);
	json_t *fields = action_text_fields(t, act, &words.words, e);
	return fields ? batch_send(a, act, fields, fx, e) : -1;
}

static int all_found(struct app *a, struct effects *fx, struct err *e)
{
	struct errand *x = &a->errand;
	acting_take_list(a, x->found, x->count);
	return errand_do(a, &x->text, fx, e);
}

/* One step on: 1 where there is more to be asked. */
static int step(struct app *a, const struct page *p, struct effects *fx, struct err *e)
{
	struct errand *x = &a->errand;
	if (p->error.code != ERR_NONE)
		return *e = p->error, -1;
	int found = choose(x, p, e);
	if (found < 0)
		return -1;
	if (!found) {
		x->queue = (x->queue + 1) % a->queue_count;
		x->tried++;
		if (next_queue(a))
			return 1;
		return err_set(e, ERR_NOT_FOUND, _("no record with the code %s"),
			       x->text.codes[x->count]);
	}
	if (x->found[x->count].kind != x->found[0].kind)
		return err_set(e, ERR_USAGE, "%s", _("records of one queue at a time, please"));
	if (++x->count == x->text.code_count)
		return all_found(a, fx, e);
	start_code(a);
	return next_queue(a) ? 1 : 0;
}

void errand_answer(struct app *a, struct page *p, struct effects *fx)
{
	struct err e = ERR_INIT;
	int more = step(a, p, fx, &e);
	page_free(p);
	if (more < 0)
		app_say(a, ROLE_ERROR, "%s", e.text);
	if (more <= 0)
		errand_free(&a->errand);
}
