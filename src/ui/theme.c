/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/theme.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/yaml.h"
#include "ui/cellbuf.h"

#define COLOUR_OPEN INT32_MIN /* not said by the theme */

/* What a theme says of a role; the rest stays open. */
struct look_of {
	int32_t fg, bg;
	unsigned attr, attr_said; /* enum cell_attr */
};

struct theme {
	char *name, *inherits;
	int32_t assumed_fg, assumed_bg;
	struct look_of roles[ROLE_COUNT];
};

/* Without colours: what must strike the eye is reversed or underlined, the rest is bold. */
static const unsigned mono[ROLE_COUNT] = {
	[ROLE_STRONG] = CELL_BOLD,
	[ROLE_TITLE] = CELL_BOLD,
	[ROLE_TAB_ACTIVE] = CELL_REVERSE,
	[ROLE_HEADING] = CELL_UNDERLINE,
	[ROLE_CURSOR] = CELL_REVERSE,
	[ROLE_MARKED] = CELL_BOLD,
	[ROLE_MATCH] = CELL_UNDERLINE,
	[ROLE_KEY] = CELL_BOLD,
	[ROLE_LINK] = CELL_UNDERLINE,
	[ROLE_STATE_NEW] = CELL_BOLD,
	[ROLE_STATE_UNKNOWN] = CELL_BOLD | CELL_UNDERLINE,
	[ROLE_WARN] = CELL_BOLD,
	[ROLE_BAD] = CELL_BOLD | CELL_UNDERLINE,
	[ROLE_STALE] = CELL_BOLD,
	[ROLE_DOWN] = CELL_REVERSE,
	[ROLE_NOTICE] = CELL_BOLD,
	[ROLE_ERROR] = CELL_REVERSE,
	[ROLE_BANNER] = CELL_REVERSE,
	[ROLE_ALARM] = CELL_REVERSE,
};

static struct theme *blank_theme(const char *file)
{
	struct theme *t = xcalloc(1, sizeof *t);
	const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file;
	t->name = xstrndup(base, strcspn(base, "."));
	t->assumed_fg = t->assumed_bg = COLOUR_OPEN;
	for (int i = 0; i < ROLE_COUNT; i++)
		t->roles[i] = (struct look_of){COLOUR_OPEN, COLOUR_OPEN, 0, 0};
	return t;
}

struct theme *theme_new(void)
{
	struct theme *t = blank_theme("");
	for (int i = 0; i < ROLE_COUNT; i++) {
		t->roles[i].attr = mono[i];
		t->roles[i].attr_said = CELL_BOLD | CELL_UNDERLINE | CELL_REVERSE;
	}
	return t;
}

void theme_free(struct theme *t)
{
	if (!t)
		return;
	free(t->name);
	free(t->inherits);
	free(t);
}

static int find_role(const char *id)
{
	for (int i = 0; i < ROLE_COUNT; i++)
		if (strcmp(role_defs[i].id, id) == 0)
			return i;
	return -1;
}

static int read_colour(const struct yaml *y, const struct yaml_node *map, const char *key,
		       int32_t *c, struct err *e)
{
	const char *text = NULL;
	if (yaml_get_text(y, map, key, &text, e) < 0)
		return -1;
	if (text && colour_parse(text, c) < 0)
		return yaml_error(y, yaml_get(map, key), e,
				  "\"%.40s\" is no colour: a name (red, bright-red, default), "
				  "0 to 255 or \"#rrggbb\"",
				  text);
	return 0;
}

static int read_attr(const struct yaml *y, const struct yaml_node *map, const char *key,
		     unsigned attr, struct look_of *l, struct err *e)
{
	if (!yaml_get(map, key))
		return 0;
	bool on = false;
	if (yaml_get_bool(y, map, key, &on, e) < 0)
		return -1;
	l->attr_said |= attr;
	l->attr = on ? l->attr | attr : l->attr & ~attr;
	return 0;
}

static int read_role(const struct yaml *y, const struct yaml_node *map, struct look_of *l,
		     struct err *e)
{
	static const char *const known[] = {"fg", "bg", "bold", "underline", "reverse", NULL};
	if (yaml_only_keys(y, map, known, e) < 0 || read_colour(y, map, "fg", &l->fg, e) < 0 ||
	    read_colour(y, map, "bg", &l->bg, e) < 0 ||
	    read_attr(y, map, "bold", CELL_BOLD, l, e) < 0 ||
	    read_attr(y, map, "underline", CELL_UNDERLINE, l, e) < 0 ||
	    read_attr(y, map, "reverse", CELL_REVERSE, l, e) < 0)
		return -1;
	return 0;
}

static int read_roles(const struct yaml *y, const struct yaml_node *map, struct theme *t,
		      struct err *e)
{
	const char *known[ROLE_COUNT + 1];
	for (int i = 0; i < ROLE_COUNT; i++)
		known[i] = role_defs[i].id;
	known[ROLE_COUNT] = NULL;
	if (!map)
		return 0;
	if (yaml_only_keys(y, map, known, e) < 0)
		return -1;
	for (size_t i = 0; i < yaml_count(map); i++)
		if (read_role(y, yaml_at(map, i), &t->roles[find_role(yaml_key(map, i))], e) <
		    0)
			return -1;
	return 0;
}

static int read_assumed(const struct yaml *y, const struct yaml_node *map, struct theme *t,
			struct err *e)
{
	static const char *const known[] = {"fg", "bg", NULL};
	if (!map)
		return 0;
	if (yaml_only_keys(y, map, known, e) < 0)
		return -1;
	if (read_colour(y, map, "fg", &t->assumed_fg, e) < 0)
		return -1;
	return read_colour(y, map, "bg", &t->assumed_bg, e);
}

static int read_theme(const struct yaml *y, struct theme *t, struct err *e)
{
	static const char *const known[] = {"inherits", "assumes", "roles", NULL};
	const struct yaml_node *root = yaml_root(y);
	const char *inherits = NULL;
	if (!root)
		return 0;
	if (yaml_only_keys(y, root, known, e) < 0 ||
	    yaml_get_text(y, root, "inherits", &inherits, e) < 0 ||
	    read_assumed(y, yaml_get(root, "assumes"), t, e) < 0 ||
	    read_roles(y, yaml_get(root, "roles"), t, e) < 0)
		return -1;
	t->inherits = inherits ? xstrdup(inherits) : NULL;
	return 0;
}

struct theme *theme_parse(const char *name, const char *text, size_t n, struct err *e)
{
	struct yaml *y = yaml_parse(name, text, n, e);
	if (!y)
		return NULL;
	struct theme *t = blank_theme(name);
	int rc = read_theme(y, t, e);
	yaml_free(y);
	if (rc < 0) {
		theme_free(t);
		return NULL;
	}
	return t;
}

const char *theme_name(const struct theme *t)
{
	return t->name;
}

const char *theme_inherits(const struct theme *t)
{
	return t->inherits;
}

void theme_inherit(struct theme *t, const struct theme *parent)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		struct look_of *l = &t->roles[i];
		const struct look_of *from = &parent->roles[i];
		unsigned open = from->attr_said & ~l->attr_said;
		if (l->fg == COLOUR_OPEN)
			l->fg = from->fg;
		if (l->bg == COLOUR_OPEN)
			l->bg = from->bg;
		l->attr |= from->attr & open;
		l->attr_said |= open;
	}
	if (t->assumed_fg == COLOUR_OPEN)
		t->assumed_fg = parent->assumed_fg;
	if (t->assumed_bg == COLOUR_OPEN)
		t->assumed_bg = parent->assumed_bg;
}

/* The role's look with what it leaves open taken from the roles that it builds on. */
static struct look_of whole_look(const struct theme *t, enum role role)
{
	struct look_of l = t->roles[role];
	while (role_defs[role].parent != role) {
		role = role_defs[role].parent;
		const struct look_of *from = &t->roles[role];
		unsigned open = from->attr_said & ~l.attr_said;
		if (l.fg == COLOUR_OPEN)
			l.fg = from->fg;
		if (l.bg == COLOUR_OPEN)
			l.bg = from->bg;
		l.attr |= from->attr & open;
		l.attr_said |= open;
	}
	return l;
}

struct style theme_style(const struct theme *t, enum role role, int colours)
{
	struct look_of l = whole_look(t, role);
	if (colours < 8)
		return (struct style){COLOUR_DEFAULT, COLOUR_DEFAULT, mono[role]};
	struct style s = {
		l.fg == COLOUR_OPEN ? COLOUR_DEFAULT : colour_degrade(l.fg, colours),
		l.bg == COLOUR_OPEN ? COLOUR_DEFAULT : colour_degrade(l.bg, colours),
		l.attr,
	};
	return s;
}

void theme_assumes(const struct theme *t, uint32_t *fg, uint32_t *bg)
{
	*fg = t->assumed_fg < 0 ? 0xd0d0d0 : colour_rgb(t->assumed_fg);
	*bg = t->assumed_bg < 0 ? 0x000000 : colour_rgb(t->assumed_bg);
}
