/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of replies: see ioc-replies(5). */
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "base/yaml.h"
#include "model/reply_parts.h"
#include "text/clean.h"

#define REPLIES_MOST 1000
#define TITLE_MOST 200 /* bytes */
#define TEXT_MOST 8000
#define WORDS_MOST 64 /* actions or categories of one reply */

struct reader {
	struct replies *r;
	const struct yaml *y;
	struct err *e;
};

static int fail(struct reader *x, const struct yaml_node *n, const char *what)
{
	return yaml_error(x->y, n, x->e, "%s", what);
}

/* --- fields --------------------------------------------------------------- */

/* A reply for any kind has the fields that all queues have. */
static bool is_field(const struct kind *k, const char *name)
{
	if (reply_field_title(k, name))
		return true;
	int column = k ? -1 : kind_column(kinds[0], name);
	return column >= 0 && column < COL_STANDARD_COUNT;
}

static int unknown_field(struct reader *x, const struct yaml_node *n, int line,
			 const struct kind *k, const char *name)
{
	struct suggest near = suggest_start(name);
	for (const struct reply_field *f = reply_fields(); f->name; f++)
		suggest_try(&near, f->name);
	size_t most = k ? k->column_count : COL_STANDARD_COUNT;
	for (size_t i = 0; i < most; i++)
		suggest_try(&near, (k ? k : kinds[0])->columns[i].id);
	if (near.best)
		return yaml_error_below(x->y, n, line, 0, x->e,
					_("there is no field {%s}; did you mean {%s}?"), name,
					near.best);
	return yaml_error_below(x->y, n, line, 0, x->e, _("there is no field {%s}"), name);
}

static int check_fields(struct reader *x, const struct yaml_node *n, const struct kind *k,
			const char *text)
{
	char name[REPLY_FIELD_MOST];
	int line = 0;
	for (const char *s = text; s && *s;) {
		size_t length = *s == '{' ? reply_field_at(s, name) : 0;
		if (length && !is_field(k, name))
			return unknown_field(x, n, line, k, name);
		bool doubled = (*s == '{' || *s == '}') && s[1] == *s;
		if (!length && (*s == '{' || *s == '}') && !doubled)
			return yaml_error_below(x->y, n, line, 0, x->e, "%s",
						_("a field is written {code}; a brace is {{ "
						  "or }}"));
		line += *s == '\n';
		s += length ? length : doubled ? 2 : 1;
	}
	return 0;
}

/* --- members -------------------------------------------------------------- */

static int read_kind(struct reader *x, const struct yaml_node *n, const struct kind **out)
{
	const char *name = yaml_text(n);
	*out = NULL;
	if (!n)
		return 0;
	for (size_t i = 0; name && kinds[i]; i++)
		if (!kinds[i]->catalogue && strcmp(kinds[i]->id, name) == 0)
			*out = kinds[i];
	return *out ? 0 : fail(x, n, _("a kind is complaint, dossier, call or alert"));
}

static bool is_action(const struct kind *k, const char *id)
{
	for (size_t i = 0; kinds[i]; i++)
		if ((!k || k == kinds[i]) && action_find(kinds[i], id))
			return true;
	return false;
}

/* One word, or a list of them; `k` is looked at for actions. */
static int read_words(struct reader *x, const struct yaml_node *n, const struct kind *k,
		      bool actions, const char *const **out)
{
	const char *words[WORDS_MOST + 1] = {NULL};
	size_t count = yaml_is_list(n) ? yaml_count(n) : n ? 1 : 0;
	*out = NULL;
	if (count > WORDS_MOST || (n && !count))
		return fail(x, n, _("1 to 64 words are due here"));
	for (size_t i = 0; i < count; i++) {
		const struct yaml_node *one = yaml_is_list(n) ? yaml_at(n, i) : n;
		if (!yaml_text(one) || !*yaml_text(one))
			return fail(x, one, _("a text is due here"));
		if (actions && !is_action(k, yaml_text(one)))
			return yaml_error(x->y, one, x->e, _("there is no action \"%.40s\""),
					  yaml_text(one));
		words[i] = arena_strdup(&x->r->arena, yaml_text(one));
	}
	if (!count)
		return 0;
	const char **copy = arena_alloc(&x->r->arena, (count + 1) * sizeof *copy);
	memcpy(copy, words, (count + 1) * sizeof *copy);
	*out = copy;
	return 0;
}

static int read_text(struct reader *x, const struct yaml_node *where, const char *key,
		     size_t most, unsigned flags, const char **out)
{
	const struct yaml_node *n = yaml_get(where, key);
	const char *s = yaml_text(n);
	struct strbuf clean = STRBUF_INIT;
	if (!s || !s[strspn(s, " \t\n")])
		return yaml_error(x->y, n ? n : where, x->e, _("\"%s\" is missing"), key);
	if (strlen(s) > most)
		return yaml_error(x->y, n, x->e, _("at most %zu bytes"), most);
	clean_append(&clean, s, strlen(s), flags);
	while (clean.len && strchr(" \n", clean.s[clean.len - 1]))
		strbuf_truncate(&clean, clean.len - 1);
	*out = arena_strdup(&x->r->arena, clean.s);
	strbuf_free(&clean);
	return 0;
}

/* --- all of it ------------------------------------------------------------ */

/* One of the same title and kind is taken out: the new one stands at the end of the file that
 * it comes from. */
static void add(struct replies *r, const struct reply *one)
{
	size_t kept = 0;
	const char *title = one->title ? one->title : "";
	for (size_t i = 0; i < r->count; i++)
		if (r->list[i].kind != one->kind || strcmp(r->list[i].title, title) != 0)
			r->list[kept++] = r->list[i];
	r->count = kept;
	ARRAY_PUSH(r->list, r->count, r->cap) = *one;
}

static int read_reply(struct reader *x, const struct yaml_node *n)
{
	static const char *const known[] = {"title",  "text",     "kind",
					    "action", "category", NULL};
	struct reply one = {0};
	if (!yaml_is_map(n))
		return fail(x, n, _("a map (key: value) is due here"));
	if (yaml_only_keys(x->y, n, known, x->e) < 0 ||
	    read_kind(x, yaml_get(n, "kind"), &one.kind) < 0 ||
	    read_words(x, yaml_get(n, "action"), one.kind, true, &one.actions) < 0 ||
	    read_words(x, yaml_get(n, "category"), one.kind, false, &one.categories) < 0 ||
	    read_text(x, n, "title", TITLE_MOST, 0, &one.title) < 0 ||
	    read_text(x, n, "text", TEXT_MOST, CLEAN_LINES, &one.text) < 0 ||
	    check_fields(x, yaml_get(n, "text"), one.kind, one.text) < 0)
		return -1;
	add(x->r, &one);
	return 0;
}

static int read_root(struct reader *x)
{
	static const char *const known[] = {"shipped", "replies", NULL};
	const struct yaml_node *root = yaml_root(x->y), *list = yaml_get(root, "replies");
	if (root && yaml_only_keys(x->y, root, known, x->e) < 0)
		return -1;
	x->r->keep_shipped = true;
	if (yaml_get_bool(x->y, root, "shipped", &x->r->keep_shipped, x->e) < 0)
		return -1;
	if (list && (!yaml_is_list(list) || yaml_count(list) > REPLIES_MOST))
		return fail(x, list, _("a list (- …) is due here, of at most 1000 replies"));
	for (size_t i = 0; i < yaml_count(list); i++)
		if (read_reply(x, yaml_at(list, i)) < 0)
			return -1;
	return 0;
}

int replies_read(struct replies *r, const char *name, const char *text, size_t n, struct err *e)
{
	struct yaml *y = yaml_parse(name, text, n, e);
	if (!y)
		return -1;
	struct reader x = {r, y, e};
	int rc = read_root(&x);
	yaml_free(y);
	return rc;
}
