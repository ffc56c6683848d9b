/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person types into a field, as the writer and the gateway want it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "model/action_text.h"
#include "model/filter_parts.h"
#include "text/clean.h"
#include "text/fold.h"

#define CODE_MOST 256
#define TIME_MOST 64

/* --- times ---------------------------------------------------------------- */

/* "16:30", "16h30", "16g30", "16h", "16g" */
static int time_of_day(const char *s, int *hour, int *minute)
{
	int used = 0;
	char mark = 0;
	*minute = 0;
	if (*s < '0' || *s > '9' || sscanf(s, "%2d%c%n", hour, &mark, &used) < 2 ||
	    !strchr(":hHgG", mark))
		return -1;
	s += used;
	used = 0;
	if (*s && (strspn(s, "0123456789") != 2 || s[2] || sscanf(s, "%2d", minute) < 1))
		return -1;
	if (!*s && mark == ':')
		return -1;
	return *hour > 23 || *minute > 59 ? -1 : 0;
}

static int64_t at_time(int64_t day, int hour, int minute)
{
	struct clock_civil c = clock_local(day);
	c.hour = hour;
	c.minute = minute;
	c.second = 0;
	return clock_from_local(&c);
}

static int64_t next_time(int64_t now, int hour, int minute)
{
	int64_t t = at_time(now, hour, minute);
	return t > now ? t : at_time(t + DAY, hour, minute);
}

/* A day, and perhaps a time of it behind the last blank. */
static int day_and_time(const char *s, size_t n, int64_t now, int64_t *t)
{
	struct filter_span day;
	char word[TIME_MOST];
	size_t cut = n, length = 0;
	int hour = 0, minute = 0;
	while (cut && s[cut - 1] != ' ')
		cut--;
	bool timed = cut && time_of_day(s + cut, &hour, &minute) == 0;
	for (size_t i = 0; i < (timed ? cut : n); i++) /* "hôm nay", "2 ngày" */
		if (s[i] != ' ')
			word[length++] = s[i];
	if (filter_time(word, length, now, &day) < 0 &&
	    filter_time(s, timed ? cut - 1 : n, now, &day) < 0)
		return -1;
	if (timed)
		*t = at_time(day.start, hour, minute);
	else if (day.relative)
		*t = now + day.start;
	else
		*t = day.end - day.start > HOUR ? day.end - MINUTE : day.start;
	return 0;
}

int action_time(const char *text, int64_t now, int64_t *t)
{
	char s[TIME_MOST];
	int hour, minute;
	text += strspn(text, " ");
	if (snprintf(s, sizeof s, "%s", text) >= (int)sizeof s)
		return -1;
	size_t n = strlen(s);
	while (n && s[n - 1] == ' ')
		s[--n] = '\0';
	if (!n)
		return -1;
	if (time_of_day(s, &hour, &minute) == 0)
		return *t = next_time(now, hour, minute), 0;
	const char *start = *s == '+' ? s + 1 : s;
	return day_and_time(start, strlen(start), now, t);
}

static json_t *time_value(const char *text, int64_t now, struct err *e)
{
	int64_t t;
	char utc[CLOCK_TEXT];
	if (action_time(text, now, &t) < 0) {
		err_set(e, ERR_USAGE, _("no time: type 20/11 16:30, mai 9:00, +2d or +4h"));
		return NULL;
	}
	if (t <= now) {
		err_set(e, ERR_USAGE, _("this time has passed already"));
		return NULL;
	}
	clock_format_utc(t, utc);
	return json_string(utc);
}

/* --- words ---------------------------------------------------------------- */

static json_t *flag_value(const char *text, struct err *e)
{
	static const char *const yes[] = {"yes", "true", "1", "on", "co", "dung"};
	static const char *const no[] = {"no", "false", "0", "off", "khong", "sai"};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		if (fold_equal(text, strlen(text), yes[i]))
			return json_true();
		if (fold_equal(text, strlen(text), no[i]))
			return json_false();
	}
	err_set(e, ERR_USAGE, _("yes or no?"));
	return NULL;
}

static json_t *choice_value(const struct choice *choices, const char *text, struct err *e)
{
	struct strbuf codes = STRBUF_INIT;
	for (const struct choice *c = choices; c->code; c++) {
		if (fold_equal(text, strlen(text), c->code) ||
		    fold_equal(text, strlen(text), c->label) ||
		    fold_equal(text, strlen(text), _(c->label))) {
			strbuf_free(&codes);
			return json_string(c->code);
		}
		strbuf_addf(&codes, "%s%s", codes.len ? ", " : "", c->code);
	}
	err_set(e, ERR_USAGE, _("not among the choices: %s"), codes.s);
	strbuf_free(&codes);
	return NULL;
}

/* "21.328", or "21,328" as it is written here; degrees of the earth at most. */
static json_t *degrees_value(const char *text, double most, struct err *e)
{
	char word[32], *end;
	text += strspn(text, " \t");
	size_t n = strcspn(text, " \t\r\n");
	bool alone = n < sizeof word && !text[n + strspn(text + n, " \t\r\n")];
	double v = 0;
	if (alone && strspn(text, "0123456789+-.,") == n) {
		snprintf(word, sizeof word, "%.*s", (int)n, text);
		if (strchr(word, ','))
			*strchr(word, ',') = '.';
		v = strtod(word, &end);
		if (end > word && !*end && v >= -most && v <= most)
			return json_real(v);
	}
	err_set(e, ERR_USAGE, _("degrees are due here, as in 21.3280; %d at most"), (int)most);
	return NULL;
}

/* The code behind a word that is a code or a name. */
static const char *code_of(const struct action_field *f, const char *word,
			   const struct action_words *w, struct err *e)
{
	const struct kind *catalogue = kind_find(f->ref);
	if (!w->resolve || !catalogue)
		return word;
	const char *code = w->resolve(w->data, catalogue, word);
	if (!code)
		err_set(e, ERR_USAGE, _("nothing of this name: %.80s"), word);
	return code;
}

static json_t *code_value(const struct action_field *f, const char *text,
			  const struct action_words *w, struct err *e)
{
	struct strbuf name = STRBUF_INIT;
	clean_append(&name, text, strlen(text), 0);
	const char *code = code_of(f, name.s, w, e);
	json_t *value = code ? json_string(code) : NULL;
	strbuf_free(&name);
	return value;
}

/* Codes and names parted by commas. */
static json_t *codes_value(const struct action_field *f, const char *text,
			   const struct action_words *w, struct err *e)
{
	struct strbuf out = STRBUF_INIT;
	for (const char *p = text; *p; p += *p == ',') {
		char word[CODE_MOST];
		size_t n = strcspn(p, ","), lead = strspn(p, " ");
		const char *s = p + (lead < n ? lead : n);
		size_t length = (size_t)(p + n - s);
		while (length && s[length - 1] == ' ')
			length--;
		p += n;
		if (!length)
			continue;
		snprintf(word, sizeof word, "%.*s", (int)length, s);
		const char *code = code_of(f, word, w, e);
		if (!code) {
			strbuf_free(&out);
			return NULL;
		}
		strbuf_addf(&out, "%s%s", out.len ? ", " : "", code);
	}
	json_t *value = json_string(out.s);
	strbuf_free(&out);
	return value;
}

static json_t *words_value(const struct action_field *f, const char *text)
{
	struct strbuf clean = STRBUF_INIT;
	clean_append(&clean, text, strlen(text), f->flags & FIELD_LINES ? CLEAN_LINES : 0);
	json_t *value = json_string(clean.s);
	strbuf_free(&clean);
	return value;
}

json_t *action_value(const struct action_field *f, const char *text,
		     const struct action_words *w, struct err *e)
{
	if (!text[strspn(text, " \t\r\n")])
		return json_null();
	if (f->type == COLUMN_TIME || f->type == COLUMN_DEADLINE)
		return time_value(text, w->now, e);
	if (f->type == COLUMN_FLAG)
		return flag_value(text, e);
	if (f->type == COLUMN_REAL)
		return degrees_value(text, strcmp(f->id, "lat") == 0 ? 90 : 180, e);
	if (f->type == COLUMN_CHOICE)
		return choice_value(f->choices, text, e);
	if (f->type == COLUMN_REF)
		return f->flags & FIELD_LIST ? codes_value(f, text, w, e)
					     : code_value(f, text, w, e);
	return words_value(f, text);
}

/* --- all of them ---------------------------------------------------------- */

static void suggest_field(const struct action *a, const char *name, struct err *e)
{
	struct strbuf known = STRBUF_INIT;
	for (size_t i = 0; i < action_field_count(a); i++)
		strbuf_addf(&known, "%s--%s", known.len ? ", " : "", a->fields[i].id);
	err_set(e, ERR_USAGE, _("%s has no field \"%.40s\"; it has %s"), a->id, name, known.s);
	strbuf_free(&known);
}

/* What is said again of a list is added to it. */
static json_t *joined(const struct action_field *f, const json_t *before, json_t *value)
{
	if (!before || !(f->flags & FIELD_LIST) || !json_is_string(value))
		return value;
	json_t *both = json_sprintf("%s, %s", json_string_value(before),
				    json_string_value(value));
	json_decref(value);
	return both;
}

static int add_field(json_t *fields, const struct action *a, const struct action_said *said,
		     const struct action_words *w, struct err *e)
{
	const struct action_field *f = action_field(a, said->name);
	if (!f) {
		suggest_field(a, said->name, e);
		return -1;
	}
	const char *text = said->text ? said->text : f->type == COLUMN_FLAG ? "yes" : "";
	json_t *value = action_value(f, text, w, e);
	if (!value)
		return err_prefix(e, "--%s", f->id);
	if (json_is_null(value))
		return json_decref(value), 0;
	value = joined(f, json_object_get(fields, f->id), value);
	json_object_set_new(fields, f->id, value);
	return 0;
}

static int check_required(const json_t *fields, const struct action *a, struct err *e)
{
	for (size_t i = 0; i < action_field_count(a); i++) {
		const struct action_field *f = &a->fields[i];
		if (f->flags & FIELD_REQUIRED && !json_object_get(fields, f->id))
			return err_set(e, ERR_USAGE, _("--%s (%s) is missing"), f->id,
				       _(f->title));
	}
	return 0;
}

json_t *action_text_fields(const struct action_text *t, const struct action *a,
			   const struct action_words *w, struct err *e)
{
	json_t *fields = json_object();
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < t->said_count; i++)
		rc = add_field(fields, a, &t->said[i], w, e);
	if (rc == 0 && check_required(fields, a, e) == 0)
		return fields;
	json_decref(fields);
	return NULL;
}
