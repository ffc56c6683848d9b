/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/schema.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/template.h"
#include "api/tree.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "model/kind.h"

#define FINDINGS_MOST 100
#define LIST_MOST 256
#define KEYS_MOST 48

void findings_add(struct findings *f, const char *sentence)
{
	if (f->count < FINDINGS_MOST)
		ARRAY_PUSH(f->list, f->count, f->cap) = xstrdup(sentence);
}

static long line_of(const char *finding, size_t name)
{
	return strlen(finding) > name ? atol(finding + name + 1) : 0;
}

void findings_sort(struct findings *f, size_t first, size_t name)
{
	for (size_t i = first + 1; i < f->count; i++)
		for (size_t j = i;
		     j > first && line_of(f->list[j - 1], name) > line_of(f->list[j], name);
		     j--) {
			char *s = f->list[j];
			f->list[j] = f->list[j - 1];
			f->list[j - 1] = s;
		}
}

void findings_free(struct findings *f)
{
	for (size_t i = 0; i < f->count; i++)
		free(f->list[i]);
	free(f->list);
	*f = (struct findings)FINDINGS_INIT;
}

void schema_complain(struct reading *r, const struct yaml_node *n, const char *fmt, ...)
{
	char text[480];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	struct err e = ERR_INIT;
	yaml_error(r->yaml, n, &e, "%s", text);
	findings_add(r->findings, e.text);
}

/* The reading and the member at which a filter is being compiled. */
struct place {
	struct reading *r;
	const struct yaml_node *n;
	const char *key;
};

/* Lines of a filter in a block are lines of the file; the column is known where the file has
 * that line as the filter has it. */
static void on_filter(void *context, int line, int column, const char *message)
{
	struct place *p = context;
	struct err e = ERR_INIT;
	column = column ? yaml_column_in(p->r->yaml, p->n, line, column) : 0;
	yaml_error_below(p->r->yaml, p->n, line - 1, column, &e, "%s: %s", p->key, message);
	findings_add(p->r->findings, e.text);
}

static void read_filter(struct reading *r, const struct yaml_node *n, const struct field *f,
			struct jqfilter **out)
{
	const char *s = yaml_text(n);
	if (!s) {
		schema_complain(r, n, _("%s must be a jq filter"), f->key);
		return;
	}
	*out = strmap_get(r->filters, s);
	if (*out)
		return;
	struct place p = {r, n, f->key};
	*out = jqfilter_new(s, on_filter, &p);
	if (*out)
		strmap_put(r->filters, s, *out);
}

static void read_template(struct reading *r, const struct yaml_node *n, const char *key,
			  enum template_place place, struct template **out)
{
	const char *s = yaml_text(n);
	if (!s) {
		schema_complain(r, n, _("%s must be a text"), key);
		return;
	}
	char *name = xasprintf("%d%s", (int)place, s);
	*out = strmap_get(r->templates, name);
	struct place p = {r, n, key};
	if (!*out && (*out = template_new(s, place, on_filter, &p)))
		strmap_put(r->templates, name, *out);
	free(name);
}

static void count_complaint(void *context, int line, int column, const char *message)
{
	(void)line;
	(void)column;
	(void)message;
	++*(int *)context;
}

/* Says where in a tree the mistake is. */
static void try_scalar(void *reading, const struct yaml_node *n)
{
	struct place p = {reading, n, "json"};
	const char *s = yaml_text(n);
	template_free(s ? template_new(s, TEMPLATE_TEXT, on_filter, &p) : NULL);
}

static void read_tree(struct reading *r, const struct yaml_node *n, struct template **out)
{
	struct strbuf b = STRBUF_INIT;
	int wrong = 0;
	strbuf_adds(&b, "\\(");
	tree_expression(n, &b);
	strbuf_addc(&b, ')');
	*out = strmap_get(r->templates, b.s);
	if (!*out && (*out = template_new(b.s, TEMPLATE_TEXT, count_complaint, &wrong)))
		strmap_put(r->templates, b.s, *out);
	size_t before = r->findings->count;
	if (!*out)
		tree_each(n, try_scalar, r);
	if (!*out && r->findings->count == before)
		schema_complain(r, n, _("this can't be made into JSON"));
	strbuf_free(&b);
}

static void read_pairs(struct reading *r, const struct yaml_node *n, const struct field *f,
		       struct pairs *out)
{
	size_t count = yaml_count(n);
	if (!yaml_is_map(n) || count > LIST_MOST) {
		schema_complain(r, n, _("%s must be a map (name: text)"), f->key);
		return;
	}
	out->list = arena_zero(r->arena, (count + 1) * sizeof *out->list);
	out->count = 0;
	for (size_t i = 0; i < count; i++) {
		const char *name = yaml_key(n, i);
		struct pair *p = &out->list[out->count];
		if (!name || !*name || strpbrk(name, "\r\n:")) {
			schema_complain(r, yaml_key_node(n, i), _("%s: not a name"), f->key);
			continue;
		}
		p->name = arena_strdup(r->arena, name);
		read_template(r, yaml_at(n, i), name, TEMPLATE_VALUE, &p->value);
		if (p->value)
			out->count++;
	}
}

static void read_texts(struct reading *r, const struct yaml_node *n, const struct field *f,
		       struct texts *out)
{
	size_t count = yaml_count(n);
	if (!yaml_is_map(n) || count > LIST_MOST) {
		schema_complain(r, n, _("%s must be a map (name: text)"), f->key);
		return;
	}
	out->list = arena_zero(r->arena, (count + 1) * sizeof *out->list);
	out->count = 0;
	for (size_t i = 0; i < count; i++) {
		const char *name = yaml_key(n, i), *value = yaml_text(yaml_at(n, i));
		if (name && value)
			out->list[out->count++] = (struct text_pair){
				arena_strdup(r->arena, name), arena_strdup(r->arena, value)};
		else
			schema_complain(r, yaml_at(n, i), _("%s: texts only"), f->key);
	}
}

static int word_index(const char *const *words, const char *s)
{
	for (int i = 0; s && words[i]; i++)
		if (strcmp(words[i], s) == 0)
			return i;
	return -1;
}

static void complain_of_word(struct reading *r, const struct yaml_node *n, const char *key,
			     const struct suggest *s, const char *all)
{
	if (s->best && *s->word)
		schema_complain(r, n, _("%s can't be \"%.40s\"; did you mean \"%s\"? (%s)"),
				key, s->word, s->best, all);
	else
		schema_complain(r, n, _("%s must be one of: %s"), key, all);
}

/* The index of the word, or -1 after complaining. */
static int read_choice(struct reading *r, const struct yaml_node *n, const struct field *f)
{
	int i = word_index(f->words, yaml_text(n));
	if (i >= 0)
		return i;
	const char *word = yaml_text(n);
	struct suggest s = suggest_start(word ? word : "");
	struct strbuf b = STRBUF_INIT;
	for (const char *const *w = f->words; *w; w++) {
		suggest_try(&s, *w);
		strbuf_addf(&b, "%s%s", w == f->words ? "" : ", ", *w);
	}
	complain_of_word(r, n, f->key, &s, b.s);
	strbuf_free(&b);
	return -1;
}

static void read_words(struct reading *r, const struct yaml_node *n, const struct field *f,
		       struct words *out)
{
	size_t count = yaml_count(n);
	if (!yaml_is_list(n) || count > LIST_MOST) {
		schema_complain(r, n, _("%s must be a list of texts"), f->key);
		return;
	}
	out->list = arena_zero(r->arena, (count + 1) * sizeof *out->list);
	out->count = 0;
	for (size_t i = 0; i < count; i++) {
		const char *s = yaml_text(yaml_at(n, i));
		if (s)
			out->list[out->count++] = arena_strdup(r->arena, s);
		else
			schema_complain(r, yaml_at(n, i), _("%s: texts only"), f->key);
	}
}

static void read_size(struct reading *r, const struct yaml_node *n, const struct field *f,
		      int64_t *out)
{
	static const struct {
		const char *unit;
		int shift;
	} units[] = {{"", 0}, {"KiB", 10}, {"MiB", 20}, {"GiB", 30}};
	const char *s = yaml_text(n);
	char *end = NULL;
	errno = 0;
	long long v = s ? strtoll(s, &end, 10) : -1;
	for (size_t i = 0; s && end > s && !errno && v >= 0 && i < ARRAY_LEN(units); i++)
		if (strcmp(end, units[i].unit) == 0 && v <= f->most >> units[i].shift &&
		    v << units[i].shift >= f->least) {
			*out = v << units[i].shift;
			return;
		}
	schema_complain(r, n, _("%s must be a size like 16MiB, from %lld to %lld bytes"),
			f->key, (long long)f->least, (long long)f->most);
}

static void read_kind(struct reading *r, const struct yaml_node *n, const struct kind **out)
{
	const char *s = yaml_text(n);
	const struct kind *k = s ? kind_find(s) : NULL;
	if (k) {
		*out = k;
		return;
	}
	struct suggest near = suggest_start(s ? s : "");
	struct strbuf b = STRBUF_INIT;
	for (size_t i = 0; kinds[i]; i++) {
		suggest_try(&near, kinds[i]->id);
		suggest_try_as(&near, kinds[i]->plural, kinds[i]->id);
		strbuf_addf(&b, "%s%s", i ? ", " : "", kinds[i]->id);
	}
	complain_of_word(r, n, "kind", &near, b.s);
	strbuf_free(&b);
}

/* A list of structs, or a map of them whose names become each one's first member. */
static void read_maps(struct reading *r, const struct yaml_node *n, const struct field *f,
		      const void *parent, struct maps *out)
{
	bool named = f->type == FIELD_NAMED;
	size_t count = yaml_count(n);
	if (named ? !yaml_is_map(n) : !yaml_is_list(n)) {
		schema_complain(r, n,
				named ? _("%s must be a map of maps (name: {key: …})")
				      : _("%s must be a list (- key: …)"),
				f->key);
		return;
	}
	if (count > LIST_MOST) {
		schema_complain(r, n, _("%s: at most %d of them"), f->key, LIST_MOST);
		return;
	}
	out->list = arena_zero(r->arena, (count + 1) * f->size);
	out->count = count;
	for (size_t i = 0; i < count; i++) {
		char *item = (char *)out->list + i * f->size;
		if (f->prepare)
			f->prepare(item, parent);
		if (named)
			*(const char **)(void *)item = arena_strdup(r->arena, yaml_key(n, i));
		schema_read(r, yaml_at(n, i), f->fields, item);
	}
}

/* "404", or "5xx" for all of them. */
static bool is_status(const char *s)
{
	return s && strlen(s) == 3 && s[0] >= '1' && s[0] <= '5' &&
	       (strcmp(s + 1, "xx") == 0 || strspn(s, "0123456789") == 3);
}

static void read_statuses(struct reading *r, const struct yaml_node *n, const struct field *f,
			  struct words *out)
{
	read_words(r, n, f, out);
	for (size_t i = 0; yaml_is_list(n) && i < yaml_count(n); i++)
		if (!is_status(yaml_text(yaml_at(n, i))))
			schema_complain(r, yaml_at(n, i),
					_("%s: a status of HTTP is due here, like 404 or 5xx"),
					f->key);
}

bool statuses_have(const struct words *list, long status)
{
	for (size_t i = 0; i < list->count; i++) {
		const char *s = list->list[i];
		bool all = s[1] == 'x';
		if (all ? status / 100 == s[0] - '0' : status == atol(s))
			return true;
	}
	return false;
}

static void in_bounds(struct reading *r, const struct yaml_node *n, const struct field *f,
		      int64_t v)
{
	if (f->most && (v < f->least || v > f->most))
		schema_complain(r, n, _("%s must be from %lld to %lld ms"), f->key,
				(long long)f->least, (long long)f->most);
}

static void read_field(struct reading *r, const struct yaml_node *map, const struct field *f,
		       void *into)
{
	const struct yaml_node *n = yaml_get(map, f->key);
	void *slot = (char *)into + f->offset;
	struct err e = ERR_INIT;
	const char *s = NULL;
	int i;
	switch (f->type) {
	case FIELD_TEXT:
		if (yaml_get_text(r->yaml, map, f->key, &s, &e) == 0)
			*(const char **)slot = arena_strdup(r->arena, s);
		break;
	case FIELD_WORD:
		if ((i = read_choice(r, n, f)) >= 0)
			*(const char **)slot = f->words[i];
		break;
	case FIELD_CHOICE:
		if ((i = read_choice(r, n, f)) >= 0)
			*(int *)slot = i;
		break;
	case FIELD_WORDS:
		read_words(r, n, f, slot);
		break;
	case FIELD_INTEGER:
		yaml_get_int(r->yaml, map, f->key, f->least, f->most, slot, &e);
		break;
	case FIELD_BOOL:
		yaml_get_bool(r->yaml, map, f->key, slot, &e);
		break;
	case FIELD_DURATION:
		if (yaml_get_duration(r->yaml, map, f->key, slot, &e) == 0)
			in_bounds(r, n, f, *(int64_t *)slot);
		break;
	case FIELD_SIZE:
		read_size(r, n, f, slot);
		break;
	case FIELD_KIND:
		read_kind(r, n, slot);
		break;
	case FIELD_FILTER:
		read_filter(r, n, f, slot);
		break;
	case FIELD_TEMPLATE:
		read_template(r, n, f->key, TEMPLATE_TEXT, slot);
		break;
	case FIELD_URI:
		read_template(r, n, f->key, TEMPLATE_URI, slot);
		break;
	case FIELD_XML:
		read_template(r, n, f->key, TEMPLATE_XML, slot);
		break;
	case FIELD_TREE:
		read_tree(r, n, slot);
		break;
	case FIELD_PAIRS:
		read_pairs(r, n, f, slot);
		break;
	case FIELD_TEXTS:
		read_texts(r, n, f, slot);
		break;
	case FIELD_MAP:
		schema_read(r, n, f->fields, slot);
		break;
	case FIELD_MAPS:
	case FIELD_NAMED:
		read_maps(r, n, f, into, slot);
		break;
	case FIELD_STATUSES:
		read_statuses(r, n, f, slot);
		break;
	}
	if (e.code)
		findings_add(r->findings, e.text);
}

void schema_read(struct reading *r, const struct yaml_node *map, const struct field *fields,
		 void *into)
{
	const char *known[KEYS_MOST] = {NULL};
	for (size_t i = 0; fields[i].key && i + 1 < KEYS_MOST; i++)
		known[i] = fields[i].key;
	if (!yaml_is_map(map)) {
		schema_complain(r, map, _("a map (key: value) is due here"));
		return;
	}
	for (size_t i = 0; i < yaml_count(map); i++) {
		struct err e = ERR_INIT;
		if (yaml_known_key(r->yaml, map, i, known, &e) < 0)
			findings_add(r->findings, e.text);
	}
	for (const struct field *f = fields; f->key; f++) {
		if (yaml_get(map, f->key))
			read_field(r, map, f, into);
		else if (f->required)
			schema_complain(r, map, _("%s is missing here"), f->key);
	}
}
