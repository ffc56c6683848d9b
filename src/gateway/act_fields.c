/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was said with an action, checked and brought into the form in which records keep it. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/member.h"
#include "gateway/act.h"
#include "text/clean.h"

#define TEXT_MOST 16384 /* bytes */
#define CODES_MOST 20   /* of a list */

struct search {
	const char *code;
	bool found;
};

static bool look_for_code(void *arg, const struct stored *s)
{
	struct search *x = arg;
	if (s->deleted)
		return true;
	json_t *row = json_loadb(s->json, s->n, 0, NULL);
	x->found = strcmp(member_text(row, "code"), x->code) == 0;
	json_decref(row);
	return !x->found;
}

/* Whether the catalogue knows the code; one without entries knows nothing and asks nothing. */
static bool is_known(struct act *a, const struct kind *catalogue, const char *code)
{
	struct search x = {code, false};
	if (backend_count(a->backend, catalogue) == 0)
		return true;
	return backend_changes(a->backend, catalogue, 0, look_for_code, &x, NULL) == 0 &&
	       x.found;
}

static int bad(struct act *a, const struct action_field *f, const char *reason,
	       const char *what)
{
	return act_refuse_for(a, PROBLEM_INVALID, f->id, reason, f->id, "%s: %s", f->id, what);
}

static int keep(struct act *a, const struct action_field *f, json_t *value)
{
	json_object_set_new(a->values, f->id, value);
	return 0;
}

static int read_time(struct act *a, const struct action_field *f, const json_t *v)
{
	const char *s = json_string_value(v);
	int64_t t;
	char text[CLOCK_TEXT];
	if (!s || clock_parse(s, strlen(s), &t) < 0)
		return bad(a, f, "no-time", "a time as in RFC 3339 is due here");
	if (t <= a->now)
		return bad(a, f, "time-passed", "the time has passed already");
	clock_format_utc(t, text);
	return keep(a, f, json_string(text));
}

static int read_degrees(struct act *a, const struct action_field *f, const json_t *v)
{
	double most = strcmp(f->id, "lat") == 0 ? 90 : 180, degrees = json_number_value(v);
	if (!json_is_number(v) || degrees < -most || degrees > most)
		return bad(a, f, "no-degrees", "degrees are due here");
	return keep(a, f, json_real(degrees));
}

static int read_flag(struct act *a, const struct action_field *f, const json_t *v)
{
	if (!json_is_boolean(v))
		return bad(a, f, "no-flag", "true or false is due here");
	return keep(a, f, json_boolean(json_is_true(v)));
}

static int check_code(struct act *a, const struct action_field *f, const char *code)
{
	if (!is_known(a, kind_find(f->ref), code))
		return act_refuse_for(a, PROBLEM_INVALID, f->id, "no-code", code,
				      "%s: there is no %s \"%.60s\"", f->id, f->ref, code);
	return 0;
}

/* Codes parted by commas, each once known. */
static int read_codes(struct act *a, const struct action_field *f, const char *text)
{
	struct strbuf out = STRBUF_INIT;
	int rc = 0;
	size_t count = 0;
	for (const char *p = text; rc == 0 && *p; p += *p == ',') {
		size_t n = strcspn(p, ",");
		char code[BACKEND_ID_MOST + 1];
		const char *s = p + strspn(p, " ");
		size_t length = n - (size_t)(s - p);
		while (length && s[length - 1] == ' ')
			length--;
		p += n;
		if (length == 0)
			continue;
		if (length >= sizeof code || ++count > CODES_MOST) {
			rc = bad(a, f, "too-long", "too long");
			break;
		}
		memcpy(code, s, length);
		code[length] = '\0';
		rc = check_code(a, f, code);
		strbuf_addf(&out, "%s%s", out.len ? ", " : "", code);
	}
	if (rc == 0)
		keep(a, f, json_string(out.s));
	strbuf_free(&out);
	return rc;
}

static int read_choice(struct act *a, const struct action_field *f, const char *s)
{
	for (const struct choice *c = f->choices; c->code; c++)
		if (strcmp(c->code, s) == 0)
			return keep(a, f, json_string(s));
	return act_refuse_for(a, PROBLEM_INVALID, f->id, "no-choice", s,
			      "%s: there is no choice \"%.60s\"", f->id, s);
}

static int read_words(struct act *a, const struct action_field *f, const json_t *v)
{
	const char *s = json_string_value(v);
	if (!s || json_string_length(v) != strlen(s))
		return bad(a, f, "no-text", "a text is due here");
	if (strlen(s) > TEXT_MOST)
		return bad(a, f, "too-long", "too long");
	if (f->type == COLUMN_CHOICE)
		return read_choice(a, f, s);
	if (f->flags & FIELD_LIST)
		return read_codes(a, f, s);
	if (f->type == COLUMN_REF && check_code(a, f, s) < 0)
		return -1;
	struct strbuf clean = STRBUF_INIT;
	clean_append(&clean, s, strlen(s), f->flags & FIELD_LINES ? CLEAN_LINES : 0);
	keep(a, f, json_string(clean.s));
	strbuf_free(&clean);
	return 0;
}

static bool is_empty(const json_t *v)
{
	const char *s = json_string_value(v);
	return !v || json_is_null(v) || (s && s[strspn(s, " \t\r\n")] == '\0');
}

static int read_field(struct act *a, const struct action_field *f, const json_t *v)
{
	if (is_empty(v))
		return f->flags & FIELD_REQUIRED ? bad(a, f, "missing", "is missing") : 0;
	switch (f->type) {
	case COLUMN_TIME:
		return read_time(a, f, v);
	case COLUMN_FLAG:
		return read_flag(a, f, v);
	case COLUMN_REAL:
		return read_degrees(a, f, v);
	default:
		return read_words(a, f, v);
	}
}

int act_read_fields(struct act *a, const json_t *sent)
{
	const char *name;
	json_t *value;
	if (sent && !json_is_object(sent))
		return act_refuse(a, PROBLEM_INVALID, "fields",
				  "fields: an object is due here");
	json_object_foreach ((json_t *)(uintptr_t)sent, name, value)
		if (!action_field(a->action, name))
			return act_refuse_for(a, PROBLEM_INVALID, name, "no-field", name,
					      "%s has no field \"%.60s\"", a->action->id, name);
	a->values = json_object();
	for (size_t i = 0; i < action_field_count(a->action); i++) {
		const struct action_field *f = &a->action->fields[i];
		if (read_field(a, f, json_object_get(sent, f->id)) < 0)
			return -1;
	}
	return 0;
}
