/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of rules, by tables: a key is a row that says who reads it.  Readers complain and
 * go on, so that one reading finds all that is wrong. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "model/filter.h"
#include "model/kinds.h"
#include "routing/routing.h"

#define NAME_MOST 80
#define TEXT_MOST 2000
#define CODES_MOST 20
#define SCORE_MOST 1000000

struct reader {
	struct routing *r;
	const struct yaml *y;
	const struct routing_world *world;
	struct faults *faults;
	struct routing_rule *rule; /* at hand; NULL: the file's own keys */
	bool backlog;              /* what rules have unless they say otherwise */
};

struct key {
	const char *name;
	void (*read)(struct reader *x, const struct yaml_node *n);
};

#define KEYS_MOST 16

/* --- values --- */

static void complain(struct reader *x, const struct yaml_node *n, const char *what)
{
	faults_add(x->faults, x->y, n, "%s", what);
}

static const char *keep(struct reader *x, const char *text)
{
	return arena_strdup(&x->r->arena, text);
}

/* A text that is neither empty nor long; NULL after a complaint. */
static const char *text_of(struct reader *x, const struct yaml_node *n, size_t most)
{
	const char *s = yaml_text(n);
	if (s && *s && strlen(s) <= most)
		return keep(x, s);
	faults_add(x->faults, x->y, n, _("a text of at most %zu bytes is due here"), most);
	return NULL;
}

static void read_mode(struct reader *x, const struct yaml_node *n)
{
	const char *s = yaml_text(n);
	enum routing_mode *slot = x->rule ? &x->rule->mode : &x->r->mode;
	for (unsigned i = ROUTING_OFF; i <= ROUTING_AUTOMATIC; i++)
		if (s && strcmp(s, routing_mode_name((enum routing_mode)i)) == 0) {
			*slot = (enum routing_mode)i;
			return;
		}
	complain(x, n, _("a mode is off, suggest or automatic"));
}

static void read_flag(struct reader *x, const struct yaml_node *n, bool *out)
{
	const char *s = yaml_text(n);
	if (s && (strcmp(s, "true") == 0 || strcmp(s, "false") == 0))
		*out = *s == 't';
	else
		complain(x, n, _("true or false is due here"));
}

static void read_number(struct reader *x, const struct yaml_node *n, int64_t least,
			int64_t most, int64_t *out)
{
	const char *s = yaml_text(n);
	char *end = NULL;
	long long v = s ? strtoll(s, &end, 10) : 0;
	if (s && *s && !*end && v >= least && v <= most)
		*out = v;
	else
		faults_add(x->faults, x->y, n,
			   _("a whole number from %lld to %lld is due here"), (long long)least,
			   (long long)most);
}

/* --- keys of the file --- */

static void read_version(struct reader *x, const struct yaml_node *n)
{
	text_of(x, n, NAME_MOST);
}

static void read_match(struct reader *x, const struct yaml_node *n)
{
	const char *s = yaml_text(n);
	if (s && strcmp(s, "first") == 0)
		x->r->match = ROUTING_FIRST;
	else if (s && strcmp(s, "scored") == 0)
		x->r->match = ROUTING_SCORED;
	else
		complain(x, n, _("match is first or scored"));
}

static void read_least(struct reader *x, const struct yaml_node *n)
{
	read_number(x, n, 0, SCORE_MOST, &x->r->least);
}

static void read_role(struct reader *x, const struct yaml_node *n)
{
	const char *s = yaml_text(n);
	if (s && staff_find(s))
		x->r->role = keep(x, s);
	else
		complain(x, n,
			 _("roles are operator, shift-leader, unit, manager, admin and "
			   "auditor"));
}

static void read_per_minute(struct reader *x, const struct yaml_node *n)
{
	read_number(x, n, 1, 1000, &x->r->per_minute);
}

static void read_backlog(struct reader *x, const struct yaml_node *n)
{
	read_flag(x, n, x->rule ? &x->rule->backlog : &x->backlog);
}

/* --- keys of a rule --- */

static void read_name(struct reader *x, const struct yaml_node *n)
{
	const char *s = text_of(x, n, NAME_MOST);
	if (!s)
		return;
	x->rule->name = s;
	for (const struct routing_rule *o = x->r->rules; o < x->rule; o++)
		if (o->name && strcmp(o->name, s) == 0) {
			faults_add(x->faults, x->y, n,
				   _("a rule \"%s\" is there already, at line %d"), s, o->line);
			return;
		}
}

static void suggest_kind(struct reader *x, const struct yaml_node *n, const char *name)
{
	struct suggest near = suggest_start(name);
	for (size_t i = 0; kinds[i]; i++)
		if (routing_action(kinds[i]))
			suggest_try(&near, kinds[i]->id);
	if (near.best)
		faults_add(x->faults, x->y, n,
			   _("unknown kind \"%.60s\"; did you mean \"%s\"?"), name, near.best);
	else
		faults_add(x->faults, x->y, n, _("unknown kind \"%.60s\""), name);
}

static void read_kind(struct reader *x, const struct yaml_node *n)
{
	const char *s = yaml_text(n) ? yaml_text(n) : "";
	const struct kind *k = kind_find(s);
	if (!k)
		suggest_kind(x, n, s);
	else if (!routing_action(k))
		faults_add(x->faults, x->y, n,
			   _("%s are not given to units: no rule can do it"), k->plural);
}

static void read_filter(struct reader *x, const struct yaml_node *n)
{
	const char *s = yaml_text(n);
	struct filter_context c = {0};
	if (x->world->filters)
		c = *x->world->filters;
	c.kind = x->rule->kind;
	c.now = x->world->now;
	struct arena scratch = ARENA_INIT;
	struct err e = ERR_INIT;
	if (!s || strlen(s) > TEXT_MOST)
		faults_add(x->faults, x->y, n, _("a text of at most %d bytes is due here"),
			   TEXT_MOST);
	else if (!filter_parse(&scratch, &c, s, NULL, &e))
		faults_add(x->faults, x->y, n, "filter: %s", e.text);
	else
		x->rule->filter = keep(x, s);
	arena_free(&scratch);
}

/* A code that the catalogue has today; NULL after a complaint. */
static const char *read_code(struct reader *x, const struct yaml_node *n,
			     const struct kind *catalogue)
{
	const char *s = text_of(x, n, NAME_MOST), *wrong = NULL;
	if (s && strchr(s, ','))
		wrong = _("one code is due here");
	else if (s && x->world->wrong)
		wrong = x->world->wrong(x->world->data, &x->r->arena, catalogue, s);
	if (wrong)
		complain(x, n, wrong);
	return wrong ? NULL : s;
}

static void read_unit(struct reader *x, const struct yaml_node *n)
{
	x->rule->unit = read_code(x, n, &kind_unit);
}

static bool action_takes(struct reader *x, const struct yaml_node *n, const char *field)
{
	if (action_field(x->rule->action, field))
		return true;
	faults_add(x->faults, x->y, n, _("%s of %s takes no %s"), x->rule->action->id,
		   x->rule->kind->plural, field);
	return false;
}

static void read_co_units(struct reader *x, const struct yaml_node *n)
{
	struct strbuf codes = STRBUF_INIT;
	if (!action_takes(x, n, "co_units"))
		return;
	if (!yaml_is_list(n) || yaml_count(n) > CODES_MOST) {
		faults_add(x->faults, x->y, n, _("a list of at most %d codes is due here"),
			   CODES_MOST);
		return;
	}
	for (size_t i = 0; i < yaml_count(n); i++) {
		const char *code = read_code(x, yaml_at(n, i), &kind_unit);
		strbuf_addf(&codes, "%s%s", codes.len ? ", " : "", code ? code : "");
	}
	x->rule->co_units = keep(x, codes.s);
	strbuf_free(&codes);
}

static void read_category(struct reader *x, const struct yaml_node *n)
{
	if (action_takes(x, n, "category"))
		x->rule->category = read_code(x, n, &kind_category);
}

static void read_limit(struct reader *x, const struct yaml_node *n)
{
	const char *s = yaml_text(n);
	struct limit l = {0};
	if (!s || limit_parse(s, &l) < 0 || l.unit == LIMIT_SAME_DAY)
		complain(x, n,
			 _("a deadline is written \"2 h\", \"30 min\", \"5 working days\", "
			   "\"10 days\" or \"1 month\""));
	else
		x->rule->deadline = l;
}

static void read_calendar(struct reader *x, const struct yaml_node *n)
{
	const char *s = yaml_text(n);
	if (!s || (x->world->calendar && !calendar_hours(x->world->calendar, s, NULL)))
		complain(x, n, _("there is no calendar of this name"));
	else
		x->rule->calendar = keep(x, s);
}

static void read_map(struct reader *x, const struct yaml_node *map, const struct key *keys);

static void read_deadline(struct reader *x, const struct yaml_node *n)
{
	static const struct key keys[] = {
		{"within", read_limit}, {"calendar", read_calendar}, {NULL, NULL}};
	if (!action_takes(x, n, "due_at"))
		return;
	if (yaml_is_map(n))
		read_map(x, n, keys);
	else
		read_limit(x, n);
}

static void read_note(struct reader *x, const struct yaml_node *n)
{
	x->rule->note = text_of(x, n, TEXT_MOST);
}

static void read_score(struct reader *x, const struct yaml_node *n)
{
	read_number(x, n, 1, SCORE_MOST, &x->rule->score);
}

/* --- maps --- */

/* In the order in which they must be read: later ones look at earlier ones. */
static const struct key rule_keys[] = {
	{"kind", read_kind},         {"name", read_name},         {"filter", read_filter},
	{"unit", read_unit},         {"co_units", read_co_units}, {"category", read_category},
	{"deadline", read_deadline}, {"note", read_note},         {"score", read_score},
	{"mode", read_mode},         {"backlog", read_backlog},   {NULL, NULL},
};

static void read_map(struct reader *x, const struct yaml_node *map, const struct key *keys)
{
	const char *known[KEYS_MOST] = {NULL};
	for (size_t i = 0; keys[i].name && i + 1 < KEYS_MOST; i++)
		known[i] = keys[i].name;
	for (size_t i = 0; i < yaml_count(map); i++) {
		struct err e = ERR_INIT;
		if (yaml_known_key(x->y, map, i, known, &e) < 0)
			faults_take(x->faults, yaml_key_node(map, i), &e);
	}
	for (; keys->name; keys++) {
		const struct yaml_node *n = yaml_get(map, keys->name);
		if (n)
			keys->read(x, n);
	}
}

static void read_rule(struct reader *x, const struct yaml_node *n)
{
	struct routing_rule *rule = &x->r->rules[x->r->count++];
	*rule = (struct routing_rule){.filter = "",
				      .co_units = "",
				      .kind = &kind_complaint,
				      .action = routing_action(&kind_complaint),
				      .calendar = "office",
				      .score = 1,
				      .mode = x->r->mode == ROUTING_OFF ? ROUTING_SUGGEST
									: x->r->mode,
				      .backlog = x->backlog,
				      .line = yaml_line(n)};
	x->rule = rule;
	if (!yaml_is_map(n)) {
		complain(x, n, _("a map (key: value) is due here"));
		return;
	}
	const struct yaml_node *kind = yaml_get(n, "kind");
	const struct kind *k = kind && yaml_text(kind) ? kind_find(yaml_text(kind)) : NULL;
	if (k && routing_action(k)) {
		rule->kind = k;
		rule->action = routing_action(k);
	}
	read_map(x, n, rule_keys);
	if (!yaml_get(n, "name"))
		complain(x, n, _("a rule needs a name"));
	if (!yaml_get(n, "unit"))
		complain(x, n, _("a rule needs a unit"));
}

static void read_rules(struct reader *x, const struct yaml_node *n)
{
	size_t count = yaml_count(n);
	if (!yaml_is_list(n) || count > ROUTING_RULES_MOST) {
		faults_add(x->faults, x->y, n, _("rules are a list, at most %d"),
			   ROUTING_RULES_MOST);
		return;
	}
	x->r->rules = arena_zero(&x->r->arena, (count + 1) * sizeof *x->r->rules);
	for (size_t i = 0; i < count; i++)
		read_rule(x, yaml_at(n, i));
	x->rule = NULL;
}

/* Rules last: they take over what the file says of all. */
static const struct key file_keys[] = {
	{"version", read_version}, {"mode", read_mode},   {"match", read_match},
	{"least", read_least},     {"role", read_role},   {"per_minute", read_per_minute},
	{"backlog", read_backlog}, {"rules", read_rules}, {NULL, NULL},
};

static void read_document(struct reader *x, const struct yaml_node *root)
{
	if (root && !yaml_is_map(root))
		complain(x, root, _("a map (key: value) is due here"));
	else if (root)
		read_map(x, root, file_keys);
	const struct action *a = routing_action(&kind_complaint);
	if (root && !(a->staff & staff_find(x->r->role)))
		faults_add(x->faults, x->y, yaml_get(root, "role"),
			   _("the role %s may not distribute"), x->r->role);
}

/* Takes over y. */
static struct routing *read_yaml(struct yaml *y, const char *name,
				 const struct routing_world *w, struct faults *f)
{
	struct routing *r = xcalloc(1, sizeof *r);
	struct reader x = {.r = r, .y = y, .world = w, .faults = f};
	r->path = arena_strdup(&r->arena, name);
	r->mode = ROUTING_SUGGEST;
	r->per_minute = 60;
	r->role = "operator";
	read_document(&x, yaml_root(y));
	yaml_free(y);
	faults_sort(f);
	if (!f->count)
		return r;
	routing_free(r);
	return NULL;
}

struct routing *routing_parse(const char *name, const char *text, size_t n,
			      const struct routing_world *w, struct faults *f)
{
	struct err e = ERR_INIT;
	struct yaml *y = yaml_parse(name, text, n, &e);
	if (y)
		return read_yaml(y, name, w, f);
	faults_take(f, NULL, &e);
	return NULL;
}

struct routing *routing_load(const char *path, const struct routing_world *w, struct faults *f)
{
	struct err e = ERR_INIT;
	struct yaml *y = yaml_load(path, &e);
	if (y)
		return read_yaml(y, path, w, f);
	faults_take(f, NULL, &e);
	return NULL;
}
