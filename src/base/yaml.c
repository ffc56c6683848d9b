/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libfyaml does the reading; this file keeps its types out of every other one.  A
 * struct yaml_node is a struct fy_node under a name of ours. */
#include "base/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <libfyaml.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "base/utf8.h"

#define KEYS_SHOWN 300 /* bytes of their names */
#define YAML_MOST ((off_t)16 << 20)

struct yaml {
	char *name;
	char *text; /* libfyaml reads from it as long as the document lives */
	struct fy_document *doc;
};

static struct fy_node *fy(const struct yaml_node *n)
{
	return (struct fy_node *)(uintptr_t)n;
}

static const struct yaml_node *ours(struct fy_node *n)
{
	return (const struct yaml_node *)n;
}

/* What libfyaml says, and what its author did most likely. */
static const struct {
	const char *said, *meant;
} meanings[] = {
	{"did not find expected '-' indicator",
	 N_("this line begins further left than the list that it belongs to, or a \"- \" is "
	    "missing")},
	{"invalid indentation in mapping", N_("this line begins further right than the others "
					      "of its map, or the one before it is "
					      "not ended")},
	{"invalid nested block mapping on the same line",
	 N_("a second \": \" in one line: a text that holds one stands in quotes")},
	{"missing comma in flow",
	 N_("between { } or [ ], a comma is missing before this; a text with such brackets or "
	    "commas stands in quotes, a filter behind | on lines of its own")},
	{"invalid tab used as indentation",
	 N_("a tab at the beginning of a line: YAML is indented by blanks only")},
	{"duplicate key", N_("this key is there already")},
	{"invalid multiline plain key", N_("a \":\" with a blank behind it is missing here, or "
					   "this line is indented wrongly")},
	{"could not find expected ':'", N_("a \":\" with a blank behind it is missing")},
};

/* Turns what libfyaml collected into one line of ours. */
static void explain(struct fy_diag *diag, const char *name, struct err *e)
{
	void *iter = NULL;
	struct fy_diag_error *de = fy_diag_errors_iterate(diag, &iter);
	if (!de) {
		err_set(e, ERR_PARSE, _("%s: not YAML"), name);
		return;
	}
	const char *words = de->msg;
	for (size_t i = 0; i < ARRAY_LEN(meanings); i++)
		if (strstr(de->msg, meanings[i].said))
			words = _(meanings[i].meant);
	err_set(e, ERR_PARSE, "%s:%d:%d: %s", name, de->line, de->column, words);
}

/* Nothing but blanks and comments, for which libfyaml has no document. */
static bool is_empty(const char *s)
{
	while (*(s += strspn(s, " \t\r\n")) == '#')
		s += strcspn(s, "\n");
	return !*s;
}

/* libfyaml ends values at the first NUL and empties those with broken bytes, without a word. */
static int check_bytes(const char *name, const char *text, size_t n, struct err *e)
{
	int line = 1, column = 1;
	for (size_t at = 0; at < n; column++) {
		uint32_t cp;
		at += utf8_decode(text + at, n - at, &cp);
		if (cp == '\0' || cp == UTF8_BROKEN)
			return err_set(e, ERR_PARSE, _("%s:%d:%d: not UTF-8 text"), name, line,
				       column);
		if (cp == '\n') {
			line++;
			column = 0;
		}
	}
	return 0;
}

/* The first alias below this node, or NULL.  The depth is bounded by libfyaml. */
static struct fy_node *find_alias(struct fy_node *n)
{
	void *iter = NULL;
	struct fy_node *item, *found = NULL;
	struct fy_node_pair *pair;
	if (!n || fy_node_is_alias(n))
		return n;
	if (fy_node_is_sequence(n))
		while (!found && (item = fy_node_sequence_iterate(n, &iter)))
			found = find_alias(item);
	else if (fy_node_is_mapping(n))
		while (!found && (pair = fy_node_mapping_iterate(n, &iter))) {
			found = find_alias(fy_node_pair_key(pair));
			if (!found)
				found = find_alias(fy_node_pair_value(pair));
		}
	return found;
}

/* Aliases could make a small file huge, and nobody needs them in files as short as ours. */
static int refuse_aliases(const struct yaml *y, struct err *e)
{
	struct fy_node *alias = find_alias(fy_document_root(y->doc));
	if (!alias)
		return 0;
	return yaml_error(y, ours(alias), e, _("aliases (*name) are not understood here"));
}

struct yaml *yaml_parse(const char *name, const char *text, size_t n, struct err *e)
{
	if (check_bytes(name, text, n, e) < 0)
		return NULL;
	struct fy_diag_cfg dcfg;
	fy_diag_cfg_default(&dcfg);
	dcfg.fp = NULL;
	struct fy_diag *diag = fy_diag_create(&dcfg);
	fy_diag_set_collect_errors(diag, true);
	struct fy_parse_cfg cfg = {.flags = FYPCF_QUIET, .diag = diag};
	struct yaml *y = xcalloc(1, sizeof *y);
	y->name = xstrdup(name);
	y->text = xmalloc(n + 1);
	memcpy(y->text, text, n);
	y->text[n] = '\0';
	y->doc = fy_document_build_from_string(&cfg, y->text, n);
	bool empty = is_empty(y->text), rootless = !y->doc || !fy_document_root(y->doc);
	if (!y->doc && empty)
		y->doc = fy_document_create(&cfg);
	bool broken = !y->doc || (rootless && !empty);
	if (broken)
		explain(diag, name, e);
	fy_diag_destroy(diag);
	if (broken || refuse_aliases(y, e) < 0) {
		yaml_free(y);
		return NULL;
	}
	return y;
}

char *yaml_read(const char *path, size_t *n, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe would wait */
	struct stat st;
	if (fd < 0 || fstat(fd, &st) < 0) {
		err_errno(e, ERR_IO, _("can't read %s"), path);
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	struct strbuf b = STRBUF_INIT;
	char piece[8192];
	ssize_t got = 0;
	if (!S_ISREG(st.st_mode))
		errno = EISDIR, got = -1;
	while (got >= 0 && (got = read(fd, piece, sizeof piece)) > 0 &&
	       (off_t)b.len <= YAML_MOST)
		strbuf_add(&b, piece, (size_t)got);
	if (got < 0)
		err_errno(e, ERR_IO, _("can't read %s"), path);
	else if ((off_t)b.len > YAML_MOST)
		got = err_set(e, ERR_LIMIT, _("%s: larger than 16 MiB"), path);
	close(fd);
	if (got < 0) {
		strbuf_free(&b);
		return NULL;
	}
	*n = b.len;
	return strbuf_detach(&b);
}

struct yaml *yaml_load(const char *path, struct err *e)
{
	size_t n;
	char *text = yaml_read(path, &n, e);
	if (!text)
		return NULL;
	struct yaml *y = yaml_parse(path, text, n, e);
	free(text);
	return y;
}

void yaml_free(struct yaml *y)
{
	if (!y)
		return;
	if (y->doc)
		fy_document_destroy(y->doc);
	free(y->text);
	free(y->name);
	free(y);
}

const struct yaml_node *yaml_root(const struct yaml *y)
{
	return ours(fy_document_root(y->doc));
}

bool yaml_is_map(const struct yaml_node *n)
{
	return n && fy_node_is_mapping(fy(n));
}

bool yaml_is_list(const struct yaml_node *n)
{
	return n && fy_node_is_sequence(fy(n));
}

bool yaml_is_scalar(const struct yaml_node *n)
{
	return n && fy_node_is_scalar(fy(n));
}

bool yaml_is_plain(const struct yaml_node *n)
{
	return yaml_is_scalar(n) && fy_node_get_style(fy(n)) == FYNS_PLAIN;
}

size_t yaml_count(const struct yaml_node *n)
{
	int count = yaml_is_map(n)    ? fy_node_mapping_item_count(fy(n))
		    : yaml_is_list(n) ? fy_node_sequence_item_count(fy(n))
				      : 0;
	return count < 0 ? 0 : (size_t)count;
}

const char *yaml_text(const struct yaml_node *n)
{
	return yaml_is_scalar(n) ? fy_node_get_scalar0(fy(n)) : NULL;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
	if (!yaml_is_map(map))
		return NULL;
	void *iter = NULL;
	struct fy_node_pair *p;
	while ((p = fy_node_mapping_iterate(fy(map), &iter))) {
		const char *k = yaml_text(ours(fy_node_pair_key(p)));
		if (k && strcmp(k, key) == 0)
			return ours(fy_node_pair_value(p));
	}
	return NULL;
}

const struct yaml_node *yaml_at(const struct yaml_node *n, size_t i)
{
	if (i >= yaml_count(n))
		return NULL;
	if (yaml_is_list(n))
		return ours(fy_node_sequence_get_by_index(fy(n), (int)i));
	return ours(fy_node_pair_value(fy_node_mapping_get_by_index(fy(n), (int)i)));
}

const struct yaml_node *yaml_key_node(const struct yaml_node *map, size_t i)
{
	if (!yaml_is_map(map) || i >= yaml_count(map))
		return NULL;
	return ours(fy_node_pair_key(fy_node_mapping_get_by_index(fy(map), (int)i)));
}

const char *yaml_key(const struct yaml_node *map, size_t i)
{
	return yaml_text(yaml_key_node(map, i));
}

/* Where a node's own text starts; NULL for what has none: an empty value, {} and []. */
static const struct fy_mark *own_mark(struct fy_node *node)
{
	while (node && !fy_node_is_scalar(node)) {
		if (fy_node_is_mapping(node))
			node = fy_node_pair_key(fy_node_mapping_get_by_index(node, 0));
		else
			node = fy_node_sequence_get_by_index(node, 0);
	}
	size_t n = 0;
	if (!node || (!fy_node_get_scalar(node, &n) || n == 0))
		return NULL;
	return fy_token_start_mark(fy_node_get_scalar_token(node));
}

/* The key that a node is the value of, or NULL. */
static struct fy_node *key_of(struct fy_node *node)
{
	struct fy_node *parent = fy_node_get_parent(node);
	void *iter = NULL;
	struct fy_node_pair *pair;
	if (!parent || !fy_node_is_mapping(parent))
		return NULL;
	while ((pair = fy_node_mapping_iterate(parent, &iter)))
		if (fy_node_pair_value(pair) == node)
			return fy_node_pair_key(pair);
	return NULL;
}

/* The node's own place, or that of the nearest thing around it that has one. */
static const struct fy_mark *mark(const struct yaml_node *n)
{
	struct fy_node *node = fy(n);
	const struct fy_mark *m = NULL;
	while (node && !(m = own_mark(node))) {
		struct fy_node *key = key_of(node);
		m = key ? own_mark(key) : NULL;
		if (m)
			break;
		node = fy_node_get_parent(node);
	}
	return m;
}

int yaml_line(const struct yaml_node *n)
{
	const struct fy_mark *m = n ? mark(n) : NULL;
	return m ? m->line + 1 : 1;
}

int yaml_column(const struct yaml_node *n)
{
	const struct fy_mark *m = n ? mark(n) : NULL;
	return m ? m->column + 1 : 1;
}

static int complain(const struct yaml *y, const struct yaml_node *n, int below, int column,
		    struct err *e, const char *fmt, va_list ap)
	__attribute__((format(printf, 6, 0)));
static int complain(const struct yaml *y, const struct yaml_node *n, int below, int column,
		    struct err *e, const char *fmt, va_list ap)
{
	char text[512];
	vsnprintf(text, sizeof text, fmt, ap);
	if (!column)
		column = below ? 1 : yaml_column(n);
	return err_set(e, ERR_PARSE, "%s:%d:%d: %s", y->name, yaml_line(n) + below, column,
		       text);
}

int yaml_error(const struct yaml *y, const struct yaml_node *n, struct err *e, const char *fmt,
	       ...)
{
	va_list ap;
	va_start(ap, fmt);
	complain(y, n, 0, 0, e, fmt, ap);
	va_end(ap);
	return -1;
}

int yaml_error_below(const struct yaml *y, const struct yaml_node *n, int below, int column,
		     struct err *e, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	complain(y, n, below, column, e, fmt, ap);
	va_end(ap);
	return -1;
}

const char *yaml_line_text(const struct yaml *y, int line, size_t *n)
{
	const char *p = y->text;
	for (int i = 1; i < line; i++) {
		p = strchr(p, '\n');
		if (!p || !*++p)
			return NULL;
	}
	*n = strcspn(p, "\n");
	return p;
}

/* A line of a text, without the blanks around it, and how many were in front of it. */
static const char *inner_line(const char *s, int line, size_t *n, size_t *blanks)
{
	for (int i = 1; i < line && strchr(s, '\n'); i++)
		s = strchr(s, '\n') + 1;
	*blanks = strspn(s, " \t");
	s += *blanks;
	*n = strcspn(s, "\n");
	while (*n && strchr(" \t\r", s[*n - 1]))
		(*n)--;
	return s;
}

int yaml_column_in(const struct yaml *y, const struct yaml_node *n, int line, int column)
{
	const char *text = yaml_text(n), *whole, *found;
	size_t wanted_n, blanks, room;
	if (!text)
		return 0;
	const char *wanted = inner_line(text, line, &wanted_n, &blanks);
	whole = yaml_line_text(y, yaml_line(n) + line - 1, &room);
	found = wanted_n && whole ? memmem(whole, room, wanted, wanted_n) : NULL;
	if (!found || (size_t)column <= blanks)
		return 0;
	column -= (int)blanks;
	for (; whole < found; whole++)
		column += ((unsigned char)*whole & 0xc0) != 0x80;
	return column;
}

int yaml_get_text(const struct yaml *y, const struct yaml_node *map, const char *key,
		  const char **out, struct err *e)
{
	const struct yaml_node *n = yaml_get(map, key);
	if (!n)
		return 0;
	const char *s = yaml_text(n);
	if (!s)
		return yaml_error(y, n, e, _("%s must be a text"), key);
	*out = s;
	return 0;
}

int yaml_get_int(const struct yaml *y, const struct yaml_node *map, const char *key,
		 int64_t least, int64_t most, int64_t *out, struct err *e)
{
	const struct yaml_node *n = yaml_get(map, key);
	if (!n)
		return 0;
	const char *s = yaml_text(n);
	char *end = NULL;
	errno = 0;
	long long v = s ? strtoll(s, &end, 10) : 0;
	if (!s || end == s || *end || errno || v < least || v > most)
		return yaml_error(y, n, e, _("%s must be a whole number from %lld to %lld"),
				  key, (long long)least, (long long)most);
	*out = v;
	return 0;
}

int yaml_get_bool(const struct yaml *y, const struct yaml_node *map, const char *key, bool *out,
		  struct err *e)
{
	const struct yaml_node *n = yaml_get(map, key);
	if (!n)
		return 0;
	const char *s = yaml_text(n);
	if (s && (strcmp(s, "true") == 0 || strcmp(s, "yes") == 0 || strcmp(s, "on") == 0))
		*out = true;
	else if (s &&
		 (strcmp(s, "false") == 0 || strcmp(s, "no") == 0 || strcmp(s, "off") == 0))
		*out = false;
	else
		return yaml_error(y, n, e, _("%s must be true or false"), key);
	return 0;
}

int yaml_get_duration(const struct yaml *y, const struct yaml_node *map, const char *key,
		      int64_t *ms, struct err *e)
{
	const struct yaml_node *n = yaml_get(map, key);
	if (!n)
		return 0;
	const char *s = yaml_text(n);
	if (!s || clock_parse_span(s, ms) < 0)
		return yaml_error(
			y, n, e,
			_("%s must be a number with a unit (ms, s, m, h, d or w), like 30s"),
			key);
	return 0;
}

int yaml_known_key(const struct yaml *y, const struct yaml_node *map, size_t i,
		   const char *const *known, struct err *e)
{
	const char *key = yaml_key(map, i);
	for (const char *const *k = known; key && *k; k++)
		if (strcmp(*k, key) == 0)
			return 0;
	struct suggest near = suggest_start(key ? key : "");
	for (const char *const *k = known; key && *k; k++)
		suggest_try(&near, *k);
	const struct yaml_node *where = yaml_key_node(map, i);
	if (near.best)
		return yaml_error(y, where, e, _("unknown key \"%.60s\"; did you mean \"%s\"?"),
				  key, near.best);
	struct strbuf all = STRBUF_INIT;
	const char *const *k = known;
	for (; *k && all.len < KEYS_SHOWN; k++)
		strbuf_addf(&all, "%s%s", k == known ? "" : ", ", *k);
	strbuf_adds(&all, *k ? ", …" : "");
	yaml_error(y, where, e, _("unknown key \"%.60s\"; there are: %s"), key ? key : "?",
		   all.s);
	strbuf_free(&all);
	return -1;
}

int yaml_only_keys(const struct yaml *y, const struct yaml_node *map, const char *const *known,
		   struct err *e)
{
	if (!yaml_is_map(map))
		return yaml_error(y, map, e, _("a map (key: value) is due here"));
	for (size_t i = 0; i < yaml_count(map); i++)
		if (yaml_known_key(y, map, i, known, e) < 0)
			return -1;
	return 0;
}
