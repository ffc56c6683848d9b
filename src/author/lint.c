/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What works, but is most likely not meant. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "api/url.h"
#include "author/recording.h"
#include "author/remarks.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "model/kind.h"

/* A member of a resource, or what the defaults say. */
static const struct yaml_node *member(const struct yaml_node *root, const struct yaml_node *n,
				      const char *key)
{
	const struct yaml_node *own = yaml_get(n, key);
	return own ? own : yaml_get(yaml_get(root, "defaults"), key);
}

static void gather(const struct yaml_node *n, struct strbuf *out)
{
	if (yaml_is_scalar(n))
		strbuf_addf(out, "%s\n", yaml_text(n) ? yaml_text(n) : "");
	for (size_t i = 0; i < yaml_count(n); i++)
		gather(yaml_at(n, i), out);
}

/* Whether a request uses .NAME in one of its templates. */
static bool uses(const struct yaml_node *root, const struct yaml_node *resource,
		 const char *name)
{
	struct strbuf all = STRBUF_INIT;
	gather(yaml_get(resource, "request"), &all);
	gather(yaml_get(yaml_get(root, "defaults"), "request"), &all);
	const char *p = all.s;
	size_t n = strlen(name);
	bool found = false;
	while (!found && (p = strstr(p, name))) {
		found = (p > all.s &&
			 (p[-1] == '.' || p[-1] == '{' || p[-1] == ' ' || p[-1] == ',')) &&
			!strchr("abcdefghijklmnopqrstuvwxyz_", p[n]);
		p += n;
	}
	found |= strstr(all.s, "\\(") && strstr(all.s, "tojson");
	strbuf_free(&all);
	return found;
}

static void check_paging(struct remarks *r, const struct yaml_node *root,
			 const struct yaml_node *n)
{
	static const struct {
		const char *paging, *name;
	} needs[] = {{"page", "page"}, {"offset", "offset"}, {"cursor", "cursor"}};
	const struct yaml_node *at = member(root, n, "paging");
	const char *paging = yaml_text(at), *changes = yaml_text(member(root, n, "changes"));
	if (!paging && changes && strcmp(changes, "cursor") == 0)
		paging = "cursor";
	if (!at)
		at = member(root, n, "changes");
	for (size_t i = 0; paging && i < ARRAY_LEN(needs); i++)
		if (strcmp(paging, needs[i].paging) == 0 && !uses(root, n, needs[i].name))
			remarks_warn(
				r, at, 0, 0,
				_("no request uses \\(.%s): the same page would come again "
				  "and again"),
				needs[i].name);
	bool counted = paging && (strcmp(paging, "page") == 0 || strcmp(paging, "offset") == 0);
	if (counted && !member(root, n, "page_size") && !member(root, n, "more") &&
	    !member(root, n, "total") && !member(root, n, "total_header"))
		remarks_warn(r, at, 0, 0,
			     _("nothing says how many records a page has (page_size), whether "
			       "another follows (more) or how many there are (total): the list "
			       "ends at the first page with fewer than 500"));
	if (!paging && uses(root, n, "page"))
		remarks_warn(r, yaml_get(n, "request"), 0, 0,
			     _("\\(.page) is used, but paging is none: only the first page is "
			       "read"));
}

/* The origin is base_url's alone to say. */
static void check_path(struct remarks *r, const struct yaml_node *root,
		       const struct yaml_node *n)
{
	const char *base = yaml_text(yaml_get(root, "base_url"));
	const struct yaml_node *at = yaml_get(yaml_get(n, "request"), "path");
	const char *path = yaml_text(at);
	bool whole = path && strncmp(path, "http", 4) == 0 && strstr(path, "://");
	if (whole && (!base || !url_same_origin(base, path)))
		remarks_warn(
			r, at, 0, 0,
			_("requests go to the server of base_url only: write the path alone"));
}

static void check_resource(struct remarks *r, const struct yaml *y,
			   const struct yaml_node *root, const struct yaml_node *n)
{
	const char *name = yaml_text(member(root, n, "kind"));
	const struct yaml_node *map = member(root, n, "map");
	const struct kind *k = name ? kind_find(name) : NULL;
	check_paging(r, root, n);
	check_path(r, root, n);
	lint_truth(r, y, member(root, n, "ok"));
	lint_truth(r, y, member(root, n, "more"));
	if (map && (k || !name))
		lint_map(r, y, map, k, member(root, n, "key") != NULL,
			 yaml_get(member(root, n, "values"), "state") != NULL);
}

/* --- secrets --- */

/* A constant where a secret would be. */
static bool looks_secret(const char *name, const char *value)
{
	if (strncasecmp(value, "Bearer ", 7) == 0 || strncasecmp(value, "Basic ", 6) == 0)
		return !strstr(value, "\\(");
	return name && redact_sounds_secret(name) && strlen(value) >= 4 &&
	       !strstr(value, "\\(") && !strchr(value, '/') && !strchr(value, '.');
}

static void check_secrets(struct remarks *r, const struct yaml_node *n, const char *name,
			  bool in_auth)
{
	const char *text = yaml_text(n);
	if (text && !in_auth && looks_secret(name, text))
		remarks_warn(r, n, 0, 0,
			     _("this looks like a secret: it belongs into a file of its own, "
			       "which the source names (token_file), and auth says where it is "
			       "sent"));
	for (size_t i = 0; i < yaml_count(n); i++) {
		const char *key = yaml_is_map(n) ? yaml_key(n, i) : name;
		bool auth = in_auth || (key && strcmp(key, "auth") == 0);
		check_secrets(r, yaml_at(n, i), key, auth);
	}
}

static bool sends_secrets(const struct yaml_node *root)
{
	const struct yaml_node *list = yaml_get(root, "auth");
	for (size_t i = 0; i < yaml_count(list); i++) {
		const char *method = yaml_text(yaml_get(yaml_at(list, i), "method"));
		if (method && strcmp(method, "none") != 0)
			return true;
	}
	return false;
}

static void check_address(struct remarks *r, const struct yaml_node *root)
{
	const struct yaml_node *n = yaml_get(root, "base_url");
	const char *url = yaml_text(n);
	if (url && strncmp(url, "http://", 7) == 0 && !url_is_loopback(url) &&
	    sends_secrets(root))
		remarks_warn(r, n, 0, 0,
			     _("without https, anybody on the way can read the token and the "
			       "citizens' data"));
}

/* What templates of requests may begin with. */
static const char *const roots[] = {
	"action", "answer",  "answers", "at",       "by",      "code",     "current",
	"cursor", "data",    "event",   "fields",   "id",      "ids",      "item",
	"kind",   "kinds",   "last",    "limit",    "now",     "offset",   "page",
	"plural", "plurals", "record",  "since",    "secrets", "settings", "staff",
	"token",  "unit",    "until",   "username", "uuid",    "values",   "version",
};

static void check_root(struct remarks *r, const struct yaml_node *n, const char *p)
{
	char name[40];
	size_t length = strspn(p, "abcdefghijklmnopqrstuvwxyz_");
	if (!length || length >= sizeof name)
		return;
	memcpy(name, p, length);
	name[length] = '\0';
	struct suggest s = suggest_start(name);
	for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
		if (strcmp(roots[i], name) == 0)
			return;
		suggest_try(&s, roots[i]);
	}
	if (s.best)
		remarks_warn(r, n, 0, 0, _("requests know no .%s; did you mean .%s?"), name,
			     s.best);
	else
		remarks_warn(r, n, 0, 0,
			     _("requests know no .%s; what a source sets is .settings.%s"),
			     name, name);
}

/* The names that a template begins its filters with. */
static void check_roots(struct remarks *r, const struct yaml_node *n)
{
	const char *text = yaml_text(n);
	for (const char *p = text; p && (p = strstr(p, "\\(")); p += 2) {
		const char *name = p + 2 + strspn(p + 2, " (");
		if (*name == '.')
			check_root(r, n, name + 1);
	}
	for (size_t i = 0; i < yaml_count(n); i++)
		check_roots(r, yaml_at(n, i));
}

/* All requests of the file, wherever they stand. */
static void check_requests(struct remarks *r, const struct yaml_node *n)
{
	for (size_t i = 0; i < yaml_count(n); i++) {
		const char *key = yaml_is_map(n) ? yaml_key(n, i) : NULL;
		if (key && strcmp(key, "request") == 0)
			check_roots(r, yaml_at(n, i));
		else
			check_requests(r, yaml_at(n, i));
	}
}

/* In dd/MM/yyyy HH:mm, MM is the month and mm the minute. */
static void check_times(struct remarks *r, const struct yaml_node *list)
{
	for (size_t i = 0; i < yaml_count(list); i++) {
		const char *s = yaml_text(yaml_at(list, i));
		bool month = s && (strstr(s, "/mm") || strstr(s, "-mm") || strstr(s, "mm/"));
		if (month || (s && strstr(s, ":MM")))
			remarks_warn(r, yaml_at(list, i), 0, 0,
				     _("in forms of times, MM is the month and mm the minute"));
	}
}

/* Tables that a map speaks of and that nobody fetches. */
static void check_lookups(struct remarks *r, const struct yaml *y, const struct yaml_node *map,
			  const struct yaml_node *tables)
{
	const char *text = yaml_text(map);
	char name[60];
	for (const char *p = text; p && (p = strstr(p, "$lookup."));) {
		int line = 1, used = 0;
		for (const char *c = text; c < p; c++)
			line += *c == '\n';
		p += strlen("$lookup.");
		if (sscanf(p, "%59[A-Za-z0-9_]%n", name, &used) != 1)
			continue;
		bool found = false;
		for (size_t i = 0; i < yaml_count(tables); i++) {
			const char *own = yaml_text(yaml_get(yaml_at(tables, i), "name"));
			found |= own && strcmp(own, name) == 0;
		}
		size_t room;
		const char *whole = yaml_line_text(y, yaml_line(map) + line - 1, &room);
		const char *at = whole ? memmem(whole, room, name, strlen(name)) : NULL;
		if (!found)
			remarks_warn(r, map, line - 1, at ? (int)(at - whole) + 1 : 0,
				     _("no table of lookups is called %s"), name);
	}
}

/* A value that is not text where the file has text in jq's form. */
static void check_templates(struct remarks *r, const struct yaml_node *n)
{
	const char *text = yaml_text(n);
	const char *p = text ? strstr(text, "${") : NULL;
	if (!p && text)
		p = strstr(text, "{{");
	if (p)
		remarks_warn(r, n, 0, 0,
			     _("values are put in as \\(.name), not as ${name} or {{name}}"));
	for (size_t i = 0; i < yaml_count(n); i++)
		check_templates(r, yaml_at(n, i));
}

void lint_connector(struct remarks *r, const struct yaml *y)
{
	const struct yaml_node *root = yaml_root(y), *list = yaml_get(root, "resources");
	for (size_t i = 0; i < yaml_count(list); i++) {
		check_resource(r, y, root, yaml_at(list, i));
		check_templates(r, yaml_get(yaml_at(list, i), "request"));
		check_times(r, member(root, yaml_at(list, i), "times"));
		check_lookups(r, y, member(root, yaml_at(list, i), "map"),
			      yaml_get(root, "lookups"));
	}
	const struct yaml_node *stream = yaml_get(yaml_get(root, "stream"), "map");
	if (stream)
		lint_map(r, y, stream, NULL, true, true);
	check_requests(r, root);
	check_secrets(r, root, NULL, false);
	check_address(r, root);
}
