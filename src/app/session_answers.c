/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the worker answers, and the names that it has read. */
#include <stdlib.h>

#include "app/session_parts.h"
#include "base/log.h"

const char *session_name_of(void *session, const struct kind *catalogue, const char *code,
			    int64_t at)
{
	const struct session *s = session;
	return s->names ? names_get(s->names, catalogue, code, at, true) : NULL;
}

bool session_nth_name(void *session, const struct kind *catalogue, size_t n,
		      struct name_entry *out)
{
	const struct session *s = session;
	const struct name_row *r = s->names ? names_nth(s->names, catalogue, n) : NULL;
	if (!r)
		return false;
	*out = (struct name_entry){r->code, r->brief, r->title, r->from, r->to};
	return true;
}

static void take_names(struct session *s, struct answer *a)
{
	struct name_table *names = s->names;
	struct rulebook *rules = s->rules;
	s->names = a->names;
	s->named = true;
	s->rules = a->rules;
	app_names_changed(s->app);
	app_set_rules(s->app, s->rules);
	names_free(names);
	rulebook_free(rules);
	if (!a->error.code)
		return;
	log_error("the rules of deadlines: %s", a->error.text);
	session_say(s, a->error.text);
}

static void take_page(struct session *s, struct page *p)
{
	s->answered |= p->error.code != ERR_CANCELLED;
	s->named |= p->error.code && s->answered;
	session_send(s, &(struct event){.type = EVENT_PAGE, .page = p});
}

static void take_answer(struct session *s, struct answer *a)
{
	struct event e = {0};
	switch (a->type) {
	case ANSWER_NAMES:
		take_names(s, a);
		return;
	case ANSWER_PAGE:
		take_page(s, a->page);
		return;
	case ANSWER_COMPLETION:
		e = (struct event){.type = EVENT_COMPLETION, .completion = a->completion};
		break;
	case ANSWER_SUGGESTIONS:
		e = (struct event){.type = EVENT_SUGGESTIONS, .suggestions = a->suggestions};
		break;
	case ANSWER_DUPLICATES:
		e = (struct event){.type = EVENT_DUPLICATES, .duplicates = a->duplicates};
		break;
	case ANSWER_GROUPS:
		e = (struct event){.type = EVENT_GROUPS, .groups = a->groups};
		break;
	case ANSWER_DUE:
		e = (struct event){.type = EVENT_DUE, .board = a->board};
		break;
	case ANSWER_FIGURES:
		e = (struct event){.type = EVENT_FIGURES, .figures = a->figures};
		break;
	case ANSWER_FORECAST:
		e = (struct event){.type = EVENT_FORECAST, .forecast = a->forecast};
		break;
	case ANSWER_TYPES:
		return;
	}
	session_send(s, &e);
	complete_answer_free(a->completion); /* the screens took none but these two */
	free(a->figures);
}

void session_take_answers(struct session *s)
{
	for (struct answer *a; (a = worker_take(s->worker)); free(a))
		take_answer(s, a);
}
