/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What works, but is most likely not meant. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "api/url.h"
#include "author/recording.h"
#include "author/remarks.h"
#include "base/alloc.h"
#include "base/i18n.h"
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
	}
	const struct yaml_node *stream = yaml_get(yaml_get(root, "stream"), "map");
	if (stream)
		lint_map(r, y, stream, NULL, true, true);
	check_secrets(r, root, NULL, false);
	check_address(r, root);
}
