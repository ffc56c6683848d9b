/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people said with an action and what it changes, in the words of the history. */
#include <string.h>

#include "base/clock.h"
#include "base/member.h"
#include "gateway/act.h"
#include "text/fmt.h"

/* "" for nothing, also for a flag that is not set. */
static void add_value(struct strbuf *out, const struct action_field *f, const json_t *v)
{
	char text[FMT_TEXT];
	const char *s = json_string_value(v);
	int64_t t;
	if (json_is_real(v))
		strbuf_addf(out, "%.6f", json_real_value(v));
	else if (json_is_true(v))
		strbuf_adds(out, "có");
	else if (s && f->type == COLUMN_TIME && clock_parse(s, strlen(s), &t) == 0)
		strbuf_adds(out, fmt_date_time(t, text));
	else if (s)
		strbuf_adds(out, s);
}

/* A citizen's address is not written where everybody reads it. */
static bool is_personal(const struct act *a, const struct action_field *f)
{
	int i = f->column ? kind_column(a->kind, f->column) : -1;
	return i >= 0 && a->kind->columns[i].personal;
}

static void add_field(const struct act *a, const struct action_field *f, struct strbuf *out)
{
	struct strbuf now = STRBUF_INIT, before = STRBUF_INIT;
	add_value(&now, f, json_object_get(a->values, f->id));
	if (f->column)
		add_value(&before, f, json_object_get(a->record, f->column));
	if (strcmp(now.s, before.s) != 0) {
		strbuf_addf(out, "%s%s: ", out->len ? " · " : "", f->history);
		if (is_personal(a, f))
			strbuf_adds(out, "đã sửa");
		else
			strbuf_addf(out, "%s%s%s", before.s, before.len ? " → " : "",
				    now.len ? now.s : "không");
	}
	strbuf_free(&now);
	strbuf_free(&before);
}

void act_words(const struct act *a, struct strbuf *out)
{
	strbuf_adds(out, a->note);
	for (size_t i = 0; i < action_field_count(a->action); i++) {
		const struct action_field *f = &a->action->fields[i];
		const char *text = member_text(a->values, f->id);
		if (f->flags & FIELD_NOTE && *text)
			strbuf_addf(out, "%s%s", out->len ? ": " : "", text);
	}
	for (size_t i = 0; i < action_field_count(a->action); i++) {
		const struct action_field *f = &a->action->fields[i];
		if (f->history && json_object_get(a->values, f->id))
			add_field(a, f, out);
	}
}
