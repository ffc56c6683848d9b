/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of rules: see ioc-deadlines(5). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "base/yaml.h"
#include "deadline/rulebook_parts.h"
#include "model/standard_columns.h"

struct reader {
	struct rulebook *b;
	const struct yaml *y;
	struct err *e;
	struct rule usual[KIND_MOST]; /* what rules of a kind have unless they say otherwise */
};

static int fail(struct reader *x, const struct yaml_node *n, const char *what)
{
	return yaml_error(x->y, n, x->e, "%s", what);
}

/* --- values ------------------------------------------------------------------------------- */

static int read_limit(struct reader *x, const struct yaml_node *n, struct limit *out)
{
	const struct yaml_node *calendar = NULL, *value = n;
	if (yaml_is_map(n)) {
		static const char *const known[] = {"within", "calendar", NULL};
		if (yaml_only_keys(x->y, n, known, x->e) < 0)
			return -1;
		value = yaml_get(n, "within");
		calendar = yaml_get(n, "calendar");
	}
	const char *s = yaml_text(value), *name = yaml_text(calendar);
	struct limit l = {0};
	if (s && strcmp(s, "none") == 0)
		return *out = l, 0;
	if (!s || limit_parse(s, &l) < 0)
		return fail(x, value ? value : n,
			    _("a limit is written \"2 h\", \"30 min\", \"5 working days\", "
			      "\"10 days\", \"1 month\", \"same day\" or \"none\""));
	l.after = x->b->settings.same_day_after;
	if (calendar && (!name || !calendar_hours(x->b->calendar, name, NULL)))
		return fail(x, calendar, _("there is no calendar of this name"));
	if (name)
		l.calendar = arena_strdup(&x->b->arena, name);
	*out = l;
	return 0;
}

/* "4 h", "30 min", and below 0. */
static int read_amount(struct reader *x, const struct yaml_node *n, int64_t *out)
{
	const char *s = yaml_text(n);
	char *unit = NULL;
	double amount = s ? strtod(s, &unit) : 0;
	enum limit_unit u = LIMIT_MONTHS;
	if (!s || unit == s || limit_unit_parse(unit, &u) < 0 ||
	    (u != LIMIT_MINUTES && u != LIMIT_HOURS) || !(fabs(amount) <= LIMIT_MOST))
		return fail(x, n, _("open time is written \"4 h\" or \"30 min\""));
	*out = llround(amount * (double)(u == LIMIT_HOURS ? HOUR : MINUTE));
	return 0;
}

static int read_time_of_day(struct reader *x, const struct yaml_node *n, int *minutes)
{
	const char *s = yaml_text(n);
	int hour, minute, used = 0;
	if (!s || sscanf(s, "%2d:%2d%n", &hour, &minute, &used) != 2 || s[used] || hour < 0 ||
	    hour > 23 || minute < 0 || minute > 59)
		return fail(x, n, _("a time of day is written \"15:00\""));
	*minutes = hour * 60 + minute;
	return 0;
}

static int read_day(struct reader *x, const struct yaml_node *n, int64_t *out)
{
	const char *s = yaml_text(n);
	if (!s || strlen(s) != 10 || clock_parse(s, 10, out) < 0)
		return fail(x, n, _("a day is written 2026-11-21"));
	return 0;
}

/* Whom to tell, and when; levels go by the order in which they are written. */
static int read_escalations(struct reader *x, const struct yaml_node *n, struct rule *r)
{
	size_t count = yaml_count(n);
	if (!yaml_is_map(n) || count > ESCALATIONS_MOST)
		return fail(x, n, _("escalations are a map of whom: when, at most 9"));
	struct escalation *list = arena_zero(&x->b->arena, (count + 1) * sizeof *list);
	for (size_t i = 0; i < count; i++) {
		list[i].level = (int)i + 1;
		list[i].whom = arena_strdup(&x->b->arena, yaml_key(n, i));
		if (read_amount(x, yaml_at(n, i), &list[i].after) < 0)
			return -1;
		if (i && list[i].after < list[i - 1].after)
			return fail(x, yaml_at(n, i),
				    _("a level can't be reached before the one above it"));
	}
	r->escalations = list;
	r->escalation_count = count;
	return 0;
}

static int read_kind(struct reader *x, const struct yaml_node *where, const char *name,
		     const struct kind **out)
{
	struct suggest near = suggest_start(name ? name : "");
	for (size_t i = 0; kinds[i]; i++) {
		if (kinds[i]->catalogue)
			continue;
		suggest_try(&near, kinds[i]->id);
		if (name && strcmp(kinds[i]->id, name) == 0)
			return *out = kinds[i], 0;
	}
	if (!near.best)
		return fail(x, where, _("a kind is complaint, dossier, call or alert"));
	return yaml_error(x->y, where, x->e, _("unknown kind \"%.60s\"; did you mean \"%s\"?"),
			  name, near.best);
}

static int read_flag(struct reader *x, const struct yaml_node *n, const struct kind *k,
		     const char **out)
{
	const char *s = yaml_text(n);
	int i = s ? kind_column(k, s) : -1;
	if (i < 0 || k->columns[i].type != COLUMN_FLAG)
		return fail(x, n, _("no flag of records of this kind"));
	*out = k->columns[i].id;
	return 0;
}

/* --- rules -------------------------------------------------------------------------------- */

/* One member that defaults and rules share; 1 where it is none of these. */
static int read_common(struct reader *x, const char *key, const struct yaml_node *n,
		       struct rule *r)
{
	if (strcmp(key, "soon") == 0)
		return read_amount(x, n, &r->soon);
	if (strcmp(key, "escalate") == 0)
		return read_escalations(x, n, r);
	if (strcmp(key, "calendar") == 0) {
		const char *s = yaml_text(n);
		if (!s || !calendar_hours(x->b->calendar, s, NULL))
			return fail(x, n, _("there is no calendar of this name"));
		r->calendar = arena_strdup(&x->b->arena, s);
		return 0;
	}
	if (strcmp(key, "basis") == 0) {
		if (!yaml_text(n))
			return fail(x, n, _("a text is due here"));
		r->basis = arena_strdup(&x->b->arena, yaml_text(n));
		return 0;
	}
	for (size_t i = 0; i < CLOCK_KIND_COUNT; i++)
		if (strcmp(key, deadline_clocks[i].code) == 0)
			return read_limit(x, n, &r->limits[i]);
	return 1;
}

static int read_own(struct reader *x, const struct kind *k, const char *key,
		    const struct yaml_node *n, struct rule *r)
{
	if (strcmp(key, "from") == 0)
		return read_day(x, n, &r->from);
	if (strcmp(key, "to") == 0)
		return read_day(x, n, &r->to);
	if (strcmp(key, "flag") == 0)
		return read_flag(x, n, k, &r->flag);
	if (strcmp(key, "kind") == 0)
		return 0;
	const char **text = strcmp(key, "id") == 0 ? &r->id : &r->category;
	if (!yaml_text(n) || !*yaml_text(n))
		return fail(x, n, _("a text is due here"));
	*text = arena_strdup(&x->b->arena, yaml_text(n));
	return 0;
}

/* The keys that a rule of the kind may have; `own` those that defaults may not. */
static void gather_keys(const struct kind *k, bool own, const char **out)
{
	static const char *const common[] = {"calendar", "soon", "escalate", "basis"};
	static const char *const owned[] = {"kind", "category", "flag", "from", "to", "id"};
	for (size_t i = 0; i < ARRAY_LEN(common); i++)
		*out++ = common[i];
	for (size_t i = 0; own && i < ARRAY_LEN(owned); i++)
		*out++ = owned[i];
	for (size_t i = 0; i < CLOCK_KIND_COUNT; i++)
		if (clock_belongs((enum clock_kind)i, k))
			*out++ = deadline_clocks[i].code;
	*out = NULL;
}

static int read_members(struct reader *x, const struct yaml_node *n, const struct kind *k,
			bool own, struct rule *r)
{
	const char *known[20];
	gather_keys(k, own, known);
	if (yaml_only_keys(x->y, n, known, x->e) < 0)
		return -1;
	for (size_t i = 0; i < yaml_count(n); i++) {
		const char *key = yaml_key(n, i);
		int rc = read_common(x, key, yaml_at(n, i), r);
		if (rc > 0)
			rc = read_own(x, k, key, yaml_at(n, i), r);
		if (rc < 0)
			return -1;
	}
	return 0;
}

static int read_defaults(struct reader *x, const struct yaml_node *n)
{
	for (size_t i = 0; kinds[i]; i++)
		x->usual[i] = (struct rule){.kind = kinds[i]->id,
					    .from = CLOCK_NONE,
					    .to = CLOCK_NONE,
					    .calendar = "office"};
	if (n && !yaml_is_map(n))
		return fail(x, n, _("a map (key: value) is due here"));
	for (size_t i = 0; i < yaml_count(n); i++) {
		const struct kind *k = NULL;
		if (read_kind(x, yaml_key_node(n, i), yaml_key(n, i), &k) < 0 ||
		    read_members(x, yaml_at(n, i), k, false, &x->usual[kind_index(k)]) < 0)
			return -1;
	}
	return 0;
}

static int read_rule(struct reader *x, const struct yaml_node *n)
{
	const struct yaml_node *name = yaml_get(n, "kind");
	const struct kind *k = NULL;
	if (!yaml_is_map(n))
		return fail(x, n, _("a map (key: value) is due here"));
	if (read_kind(x, name ? name : n, yaml_text(name), &k) < 0)
		return -1;
	struct rule r = x->usual[kind_index(k)];
	if (read_members(x, n, k, true, &r) < 0)
		return -1;
	if (r.from != CLOCK_NONE && r.to != CLOCK_NONE && r.to <= r.from)
		return fail(x, yaml_get(n, "to"), _("it ends before it begins"));
	if (!calendar_hours(x->b->calendar, r.calendar, NULL))
		return fail(x, n, _("there is no calendar of this name"));
	rulebook_add(x->b, &r, false);
	return 0;
}

static int read_rules(struct reader *x, const struct yaml_node *n)
{
	if (n && !yaml_is_list(n))
		return fail(x, n, _("a list (- …) is due here"));
	for (size_t i = 0; i < yaml_count(n); i++)
		if (read_rule(x, yaml_at(n, i)) < 0)
			return -1;
	return 0;
}

/* --- settings ----------------------------------------------------------------------------- */

static int read_day_method(struct reader *x, const struct yaml_node *n, bool *whole)
{
	const char *s = yaml_text(n);
	*whole = !n || (s && strcmp(s, "whole") == 0);
	if (*whole || (s && strcmp(s, "hours") == 0))
		return 0;
	return fail(x, n, _("working days are counted \"whole\" or in \"hours\""));
}

static int read_settings(struct reader *x, const struct yaml_node *n)
{
	static const char *const known[] = {"early",
					    "same_day_after",
					    "working_days",
					    "payment_pauses",
					    "source_moves",
					    "extensions_most",
					    NULL};
	struct deadline_settings *s = &x->b->settings;
	int64_t extensions = 1;
	*s = (struct deadline_settings){
		.early = 8 * HOUR, .same_day_after = 15 * 60, .payment_pauses = true};
	if (n && yaml_only_keys(x->y, n, known, x->e) < 0)
		return -1;
	const struct yaml_node *early = yaml_get(n, "early"),
			       *after = yaml_get(n, "same_day_after");
	if ((early && read_amount(x, early, &s->early) < 0) ||
	    (after && read_time_of_day(x, after, &s->same_day_after) < 0) ||
	    read_day_method(x, yaml_get(n, "working_days"), &s->whole_days) < 0 ||
	    yaml_get_bool(x->y, n, "payment_pauses", &s->payment_pauses, x->e) < 0 ||
	    yaml_get_bool(x->y, n, "source_moves", &s->source_moves, x->e) < 0 ||
	    yaml_get_int(x->y, n, "extensions_most", 0, 99, &extensions, x->e) < 0)
		return -1;
	s->extensions_most = (int)extensions;
	return 0;
}

static int read_root(struct reader *x)
{
	static const char *const known[] = {"version", "settings", "defaults", "rules", NULL};
	const struct yaml_node *root = yaml_root(x->y);
	if (root && yaml_only_keys(x->y, root, known, x->e) < 0)
		return -1;
	const char *version = yaml_text(yaml_get(root, "version"));
	x->b->file_version = xstrdup(version ? version : "0");
	if (read_settings(x, yaml_get(root, "settings")) < 0 ||
	    read_defaults(x, yaml_get(root, "defaults")) < 0)
		return -1;
	return read_rules(x, yaml_get(root, "rules"));
}

int rulebook_read(struct rulebook *b, const char *name, const char *text, size_t n,
		  struct err *e)
{
	struct yaml *y = yaml_parse(name, text, n, e);
	if (!y)
		return -1;
	struct reader x = {.b = b, .y = y, .e = e};
	int rc = read_root(&x);
	yaml_free(y);
	return rc;
}
