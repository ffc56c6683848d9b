/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of views: see ioc-views(5). */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/yaml.h"
#include "model/filter.h"
#include "model/groups.h"
#include "model/view.h"
#include "text/clean.h"

#define VIEWS_MOST 500
#define KEY_MOST 32
#define COLUMNS_TEXT_MOST 1000

struct reader {
	struct views *v;
	const struct yaml *y;
	const char *language, *file;
	enum view_origin origin;
	struct err *e;
};

static int fail(struct reader *x, const struct yaml_node *n, const char *what)
{
	return yaml_error(x->y, n, x->e, "%s", what);
}

/* A line of text: cleaned, not blank, not longer than that; *out stays NULL where it is absent.
 */
static int read_line(struct reader *x, const struct yaml_node *n, size_t most, const char **out)
{
	const char *s = yaml_text(n);
	struct strbuf clean = STRBUF_INIT;
	*out = NULL;
	if (!n)
		return 0;
	if (!s || !s[strspn(s, " \t\n")])
		return fail(x, n, _("a text is due here"));
	if (strlen(s) > most)
		return yaml_error(x->y, n, x->e, _("at most %zu bytes"), most);
	char *line = arena_strdup(&x->v->arena, s);
	for (char *p = line; *p; p++)
		if (*p == '\n')
			*p = ' ';
	clean_append(&clean, line, strlen(line), 0);
	*out = arena_strdup(&x->v->arena, clean.s);
	strbuf_free(&clean);
	return 0;
}

/* One text, or one for each language. */
static int read_title(struct reader *x, const struct yaml_node *n, const char *name,
		      const char **out)
{
	static const char *const known[] = {"vi", "en", NULL};
	const struct yaml_node *one = n;
	if (yaml_is_map(n)) {
		if (yaml_only_keys(x->y, n, known, x->e) < 0)
			return -1;
		one = yaml_get(n, x->language);
		if (!one)
			one = yaml_at(n, 0);
	}
	if (read_line(x, one, VIEW_NAME_MOST * 2, out) < 0)
		return -1;
	if (!*out)
		*out = name;
	return 0;
}

static const struct kind *queue_named(const char *name)
{
	const struct kind *k = name ? kind_find(name) : NULL;
	return k && !k->catalogue ? k : NULL;
}

static int read_kind(struct reader *x, const struct yaml_node *n, const struct kind **out)
{
	*out = queue_named(yaml_text(n));
	return !n || *out ? 0 : fail(x, n, _("a kind is complaint, dossier, call or alert"));
}

/* Of a view for any queue it is enough that one understands it. */
static const struct kind *understanding(const struct kind *k, const char *filter, size_t *at,
					struct err *e)
{
	struct arena scratch = ARENA_INIT;
	const struct kind *found = NULL;
	for (size_t i = 0; !found && kinds[i] && !kinds[i]->catalogue; i++) {
		struct filter_context c = {
			.kind = kinds[i], .me = "-", .user = "-", .unit = "-"};
		if (k && kinds[i] != k)
			continue;
		*e = (struct err)ERR_INIT;
		if (filter_parse(&scratch, &c, filter, at, e))
			found = kinds[i];
	}
	arena_free(&scratch);
	return found;
}

static int read_filter(struct reader *x, const struct yaml_node *n, const struct kind *k,
		       const char **out)
{
	struct err why = ERR_INIT;
	size_t at = 0;
	const char *s = yaml_text(n);
	if (n && s && !*s) /* filter: "" */
		n = NULL;
	if (read_line(x, n, VIEW_FILTER_MOST, out) < 0)
		return -1;
	if (!*out)
		*out = "";
	if (understanding(k, *out, &at, &why))
		return 0;
	return yaml_error_below(x->y, n, 0, yaml_column_in(x->y, n, 1, (int)at + 1), x->e, "%s",
				why.text);
}

static int read_sort(struct reader *x, const struct yaml_node *n, const struct kind *k,
		     const char **out)
{
	if (read_line(x, n, VIEW_NAME_MOST, out) < 0 || !*out)
		return *out || !n ? 0 : -1;
	const struct kind *any = k ? k : kinds[0];
	int column = kind_column(any, *out + (**out == '-'));
	if (column < 0)
		return yaml_error(x->y, n, x->e, _("no such column: %.40s"), *out);
	if (!(any->columns[column].flags & COLUMN_SORTED))
		return yaml_error(x->y, n, x->e, _("%.40s can't be sorted by"), *out);
	return 0;
}

/* "code title=40 unit!": what columns_read of the screens takes. */
static bool is_column(const struct kind *k, const char *word, size_t n)
{
	char id[64];
	size_t id_n = 0;
	while (id_n < n && !strchr("=!", word[id_n]))
		id_n++;
	if (id_n >= sizeof id || strspn(word + id_n, "=!0123456789") < n - id_n)
		return false;
	memcpy(id, word, id_n);
	id[id_n] = '\0';
	for (size_t i = 0; kinds[i]; i++) {
		int column = (k && kinds[i] != k) || kinds[i]->catalogue
				     ? -1
				     : kind_column(kinds[i], id);
		if (column >= 0 && kinds[i]->columns[column].min)
			return true;
	}
	return false;
}

static int read_columns(struct reader *x, const struct yaml_node *n, const struct kind *k,
			const char **out)
{
	if (read_line(x, n, COLUMNS_TEXT_MOST, out) < 0)
		return -1;
	for (const char *s = *out; s && *s;) {
		size_t length = strcspn(s, " ");
		if (length && !is_column(k, s, length))
			return yaml_error_below(
				x->y, n, 0, yaml_column_in(x->y, n, 1, (int)(s - *out) + 1),
				x->e, _("no list has a column \"%.*s\""), (int)length, s);
		s += length + (s[length] == ' ');
	}
	return 0;
}

/* Of a view for any queue it is enough that one can be grouped so. */
static int read_group(struct reader *x, const struct yaml_node *n, const struct kind *k,
		      const char **out)
{
	bool known = false;
	if (read_line(x, n, VIEW_NAME_MOST, out) < 0 || !*out)
		return *out || !n ? 0 : -1;
	for (size_t i = 0; kinds[i] && !kinds[i]->catalogue; i++) {
		int column = k && kinds[i] != k ? -1 : kind_column(kinds[i], *out);
		known |= column >= 0;
		if (column >= 0 && group_fits(kinds[i], column))
			return 0;
	}
	if (!known)
		return yaml_error(x->y, n, x->e, _("no such column: %.40s"), *out);
	return yaml_error(x->y, n, x->e, _("can't group by %.60s: only by what has few values"),
			  *out);
}

/* Those of other files give way. */
static int add(struct reader *x, const struct yaml_node *n, const struct saved_view *one)
{
	for (size_t i = 0; i < x->v->count; i++) {
		const struct saved_view *old = &x->v->list[i];
		if (old->file == x->file && old->kind == one->kind &&
		    strcmp(old->name, one->name) == 0)
			return yaml_error(x->y, n, x->e,
					  _("there is a view \"%.60s\" already, in line %d"),
					  one->name, old->line);
	}
	views_put(x->v, one);
	return 0;
}

static int read_view(struct reader *x, const struct yaml_node *n)
{
	static const char *const known[] = {"name",    "title", "kind", "filter", "sort",
					    "columns", "group", "key",  "tab",    NULL};
	struct saved_view one = {.origin = x->origin, .file = x->file, .line = yaml_line(n)};
	if (!yaml_is_map(n))
		return fail(x, n, _("a map (key: value) is due here"));
	if (yaml_only_keys(x->y, n, known, x->e) < 0 ||
	    read_line(x, yaml_get(n, "name"), VIEW_NAME_MOST, &one.name) < 0)
		return -1;
	if (one.name && strpbrk(one.name, ";\"'\\"))
		return fail(x, yaml_get(n, "name"),
			    _("a name has no semicolon, quotes or backslash in it"));
	if (!one.name)
		return yaml_error(x->y, n, x->e, _("\"%s\" is missing"), "name");
	if (read_title(x, yaml_get(n, "title"), one.name, &one.title) < 0 ||
	    read_kind(x, yaml_get(n, "kind"), &one.kind) < 0 ||
	    read_filter(x, yaml_get(n, "filter"), one.kind, &one.filter) < 0 ||
	    read_sort(x, yaml_get(n, "sort"), one.kind, &one.sort) < 0 ||
	    read_columns(x, yaml_get(n, "columns"), one.kind, &one.columns) < 0 ||
	    read_group(x, yaml_get(n, "group"), one.kind, &one.group) < 0 ||
	    read_line(x, yaml_get(n, "key"), KEY_MOST, &one.key) < 0 ||
	    yaml_get_bool(x->y, n, "tab", &one.tab, x->e) < 0)
		return -1;
	if (one.tab && !one.kind)
		return fail(x, yaml_get(n, "tab"), _("a view with a tab needs a kind"));
	return add(x, n, &one);
}

static int read_root(struct reader *x)
{
	static const char *const known[] = {"views", NULL};
	const struct yaml_node *root = yaml_root(x->y), *list = yaml_get(root, "views");
	if (root && !yaml_is_map(root))
		return fail(x, root, _("a map (key: value) is due here"));
	if (root && yaml_only_keys(x->y, root, known, x->e) < 0)
		return -1;
	bool blank = !list || (yaml_is_plain(list) && !*yaml_text(list));
	if (!blank && (!yaml_is_list(list) || yaml_count(list) > VIEWS_MOST))
		return fail(x, list, _("a list (- …) is due here, of at most 500 views"));
	for (size_t i = 0; !blank && i < yaml_count(list); i++)
		if (read_view(x, yaml_at(list, i)) < 0)
			return -1;
	return 0;
}

int views_read(struct views *v, enum view_origin origin, const char *name, const char *text,
	       size_t n, const char *language, struct err *e)
{
	struct err own = ERR_INIT;
	struct yaml *y = yaml_parse(name, text, n, &own);
	if (!y) {
		if (e)
			*e = own;
		return -1;
	}
	struct saved_view *before = xcalloc(v->count + 1, sizeof *before);
	size_t count = v->count;
	if (count)
		memcpy(before, v->list, count * sizeof *before);
	struct reader x = {
		v, y, language ? language : "vi", arena_strdup(&v->arena, name), origin, &own};
	int rc = read_root(&x);
	yaml_free(y);
	if (rc < 0 && e)
		*e = own;
	if (rc < 0 && count)
		memcpy(v->list, before, count * sizeof *before);
	if (rc < 0)
		v->count = count;
	free(before);
	return rc;
}
