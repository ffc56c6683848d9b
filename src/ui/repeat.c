/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/repeat.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "ui/acting.h"
#include "ui/state.h"

#define RECENT_MOST 12

/* --- names ---------------------------------------------------------------- */

/* They are kept with the drafts, and so outlive the console. */
static void recent_key(const char *catalogue, char key[64])
{
	snprintf(key, 64, "recent/%s", catalogue);
}

json_t *repeat_recent(const struct app *a, const char *catalogue)
{
	char key[64];
	recent_key(catalogue, key);
	json_t *list = kept_get(&a->drafts.kept, key);
	return json_is_array(list) ? json_incref(list) : NULL;
}

static void note_name(struct app *a, const char *catalogue, const char *code, size_t n)
{
	char key[64];
	json_t *now = json_array(), *before = repeat_recent(a, catalogue), *one;
	size_t i;
	recent_key(catalogue, key);
	json_array_append_new(now, json_stringn(code, n));
	json_array_foreach (before, i, one)
		if (json_is_string(one) && json_array_size(now) < RECENT_MOST &&
		    !json_equal(one, json_array_get(now, 0)))
			json_array_append(now, one);
	if (before && json_equal(before, now))
		json_decref(now);
	else
		drafts_set(a, key, now);
	json_decref(before);
}

static void note_names(struct app *a, const struct action_field *f, const char *codes)
{
	while (*codes) {
		size_t n = strcspn(codes, ", ");
		if (n)
			note_name(a, f->ref, codes, n);
		codes += n;
		codes += strspn(codes, ", ");
	}
}

void repeat_note(struct app *a, const struct action *act, const json_t *fields)
{
	struct acting *x = &a->acting;
	struct repeat *r = &x->repeat;
	json_t *said = json_deep_copy(fields);
	json_decref(r->fields);
	r->fields = said;
	r->action = act->flags & ACTION_NEW ? NULL : act; /* nobody says the same twice */
	r->kind = x->targets[0].kind;
	r->rowid = x->target_count == 1 ? x->targets[0].rowid : 0;
	for (size_t i = 0; i < action_field_count(act); i++) {
		const struct action_field *f = &act->fields[i];
		const char *codes = json_string_value(json_object_get(said, f->id));
		if (f->type == COLUMN_REF && codes)
			note_names(a, f, codes);
	}
}

void repeat_free(struct repeat *r)
{
	json_decref(r->fields);
	*r = (struct repeat){.action = NULL};
}

/* --- once more ------------------------------------------------------------ */

static bool is_last(const struct app *a)
{
	const struct acting *x = &a->acting;
	return x->target_count == 1 && x->repeat.rowid &&
	       x->targets[0].rowid == x->repeat.rowid && x->targets[0].kind == x->repeat.kind;
}

/* From the record that it was done to on to the next one. */
static int take_next(struct app *a, struct err *e)
{
	struct list *l = app_list(a);
	if (acting_take_targets(a, e) < 0)
		return -1;
	if (!is_last(a))
		return 0;
	if (l && !a->detail.pinned)
		list_move(l, 1, false);
	const struct record *next = l ? list_current(l) : NULL;
	if (!next || next->rowid == a->acting.repeat.rowid)
		return err_set(e, ERR_NOT_FOUND, "%s", _("there is no next record here"));
	acting_take_record(a, next);
	return 0;
}

int repeat_last(struct app *a, struct effects *fx, struct err *e)
{
	struct repeat *r = &a->acting.repeat;
	if (!r->action)
		return err_set(e, ERR_NOT_FOUND, "%s", _("nothing was done yet"));
	if (take_next(a, e) < 0)
		return -1;
	const struct action *act = action_find(a->acting.targets[0].kind, r->action->id);
	if (!act || a->acting.targets[0].kind != r->kind)
		return err_set(e, ERR_USAGE, _("this queue has no action %.60s"),
			       r->action->id);
	return acting_again(a, act, r->fields, fx, e);
}
