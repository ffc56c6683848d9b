/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of views is changed as its lines, not written anew: what people wrote round the view,
 * comments too, stays as it is.  What comes out is read again, and is of use only where just
 * the one view differs. */
#include <string.h>

#include "base/i18n.h"
#include "base/yaml.h"
#include "model/view.h"

struct file {
	const char *name, *text;
	size_t n;
	struct yaml *y;
	struct views *views; /* as they stand in it, in its order */
	const struct yaml_node *list;
};

static int open_file(struct file *f, const char *name, const char *text, size_t n,
		     struct err *e)
{
	*f = (struct file){.name = name, .text = text, .n = n, .views = views_new()};
	if (views_read(f->views, VIEW_OWN, name, text, n, NULL, e) < 0)
		return -1;
	f->y = yaml_parse(name, text, n, e);
	if (!f->y)
		return -1;
	f->list = yaml_get(yaml_root(f->y), "views");
	return 0;
}

static void close_file(struct file *f)
{
	yaml_free(f->y);
	views_free(f->views);
}

static size_t index_of(const struct views *v, const char *name, const struct kind *k)
{
	size_t i = 0;
	while (i < v->count && (v->list[i].kind != k || strcmp(v->list[i].name, name) != 0))
		i++;
	return i;
}

/* --- a view as lines ------------------------------------------------------ */

/* Quoted as JSON does, which YAML reads; the texts were cleaned when they came in. */
static void add_quoted(struct strbuf *out, const char *s)
{
	strbuf_addc(out, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			strbuf_addc(out, '\\');
		strbuf_addc(out, *s);
	}
	strbuf_addc(out, '"');
}

static void add_member(struct strbuf *out, size_t indent, const char *key, const char *value)
{
	if (!value || !*value)
		return;
	strbuf_addn(out, ' ', indent + 2);
	strbuf_addf(out, "%s: ", key);
	add_quoted(out, value);
	strbuf_addc(out, '\n');
}

static void add_view(struct strbuf *out, size_t indent, const struct saved_view *v)
{
	strbuf_addn(out, ' ', indent);
	strbuf_adds(out, "- name: ");
	add_quoted(out, v->name);
	strbuf_addc(out, '\n');
	if (strcmp(v->title, v->name) != 0)
		add_member(out, indent, "title", v->title);
	add_member(out, indent, "kind", v->kind ? v->kind->id : NULL);
	add_member(out, indent, "filter", v->filter);
	add_member(out, indent, "sort", v->sort);
	add_member(out, indent, "columns", v->columns);
	add_member(out, indent, "group", v->group);
	add_member(out, indent, "key", v->key);
	if (v->tab) {
		strbuf_addn(out, ' ', indent + 2);
		strbuf_adds(out, "tab: yes\n");
	}
}

/* --- lines of the file ---------------------------------------------------- */

/* Where line `line` (from 1) begins; the text's end behind the last one. */
static size_t line_start(const struct file *f, int line)
{
	size_t at = 0;
	for (int i = 1; i < line && at < f->n; i++) {
		const char *end = memchr(f->text + at, '\n', f->n - at);
		at = end ? (size_t)(end - f->text) + 1 : f->n;
	}
	return at;
}

static size_t indent_at(const struct file *f, size_t at)
{
	size_t n = 0;
	while (at + n < f->n && f->text[at + n] == ' ')
		n++;
	return n;
}

static bool says_something(const struct file *f, size_t at)
{
	size_t i = at + indent_at(f, at);
	return i < f->n && !strchr("#\r\n", f->text[i]);
}

struct span {
	size_t from, to; /* bytes: whole lines */
	size_t indent;   /* of the dash */
};

/* The lines of the i-th view, without the comments behind it; false where it does not begin
 * with a dash of its own. */
static bool span_of(const struct file *f, size_t i, struct span *s)
{
	int line = yaml_line(yaml_at(f->list, i));
	s->from = line_start(f, line);
	s->indent = indent_at(f, s->from);
	if (s->from + s->indent >= f->n || f->text[s->from + s->indent] != '-')
		return false;
	s->to = line_start(f, ++line);
	for (size_t at = s->to; at < f->n; at = line_start(f, ++line)) {
		if (!says_something(f, at))
			continue;
		if (indent_at(f, at) <= s->indent)
			break;
		s->to = line_start(f, line + 1);
	}
	return true;
}

/* Where a view is added: behind the last one, behind "views:", or at the end. */
static bool place_for_new(const struct file *f, struct span *s, bool *heading)
{
	const struct yaml_node *root = yaml_root(f->y);
	size_t count = yaml_count(f->list);
	*heading = false;
	if (count) {
		bool ok = span_of(f, count - 1, s);
		s->from = s->to;
		return ok;
	}
	*s = (struct span){f->n, f->n, 2};
	*heading = yaml_count(root) == 0;
	if (!*heading)
		s->from = s->to = line_start(f, yaml_line(yaml_key_node(root, 0)) + 1);
	return true;
}

/* --- the change ----------------------------------------------------------- */

/* Whether `out` says what the file says, but for the view at `at`: that is `fresh` now, or gone
 * where it is NULL. */
static int check(const struct file *f, size_t at, const struct saved_view *fresh,
		 const struct strbuf *out, struct err *e)
{
	struct views *now = views_new();
	const struct views *old = f->views;
	bool right = views_read(now, VIEW_OWN, f->name, out->s, out->len, NULL, NULL) == 0;
	size_t k = 0;
	for (size_t i = 0; right && i <= old->count; i++) {
		const struct saved_view *want = i == at          ? fresh
						: i < old->count ? &old->list[i]
								 : NULL;
		if (want)
			right = k < now->count && view_same(&now->list[k++], want);
	}
	right &= k == now->count;
	views_free(now);
	if (right)
		return 0;
	return err_set(
		e, ERR_UNSUPPORTED,
		_("%s is laid out in a way that only a person should change: nothing was "
		  "written"),
		f->name);
}

static int replace(const struct file *f, const struct span *s, size_t at, bool heading,
		   const struct saved_view *fresh, struct strbuf *out, struct err *e)
{
	strbuf_add(out, f->text, s->from);
	if (out->len && out->s[out->len - 1] != '\n')
		strbuf_addc(out, '\n');
	if (heading)
		strbuf_adds(out, "views:\n");
	if (fresh)
		add_view(out, s->indent, fresh);
	strbuf_add(out, f->text + s->to, f->n - s->to);
	return check(f, at, fresh, out, e);
}

int view_text_put(const char *name, const char *text, size_t n, const struct saved_view *v,
		  struct strbuf *out, struct err *e)
{
	struct file f;
	struct span s = {0, 0, 0};
	bool heading = false;
	int rc = open_file(&f, name, text, n, e);
	if (rc == 0) {
		size_t at = index_of(f.views, v->name, v->kind);
		if (at == f.views->count)
			place_for_new(&f, &s, &heading);
		else
			span_of(&f, at, &s);
		rc = replace(&f, &s, at, heading, v, out, e);
	}
	close_file(&f);
	return rc;
}

static int change(const struct file *f, size_t at, const struct kind *kind, const char *fresh,
		  struct strbuf *out, struct err *e)
{
	struct saved_view one = f->views->list[at];
	struct span s = {0, 0, 0};
	if (fresh && index_of(f->views, fresh, kind) < f->views->count)
		return err_set(e, ERR_USAGE, _("there is a view \"%.60s\" already"), fresh);
	if (fresh && strcmp(one.title, one.name) == 0)
		one.title = fresh;
	one.name = fresh;
	span_of(f, at, &s);
	return replace(f, &s, at, false, fresh ? &one : NULL, out, e);
}

int view_text_rename(const char *name, const char *text, size_t n, const char *view,
		     const struct kind *kind, const char *fresh, struct strbuf *out,
		     struct err *e)
{
	struct file f;
	int rc = open_file(&f, name, text, n, e);
	if (rc == 0) {
		size_t at = index_of(f.views, view, kind);
		rc = at < f.views->count ? change(&f, at, kind, fresh, out, e)
					 : err_set(e, ERR_NOT_FOUND,
						   _("%s has no view \"%.60s\""), name, view);
	}
	close_file(&f);
	return rc;
}
