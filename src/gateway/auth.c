/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/auth.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/yaml.h"
#include "model/action.h"

#define GRANTS_MOST 8 /* live tokens of one client; the oldest gives way */
#define SECRET_LEAST 16

struct grant {
	char token[AUTH_TOKEN];
	int64_t until;
};

/* The public part stands first. */
struct member {
	struct client client;
	char *token, *id, *secret; /* either the first or the others */
	struct grant grants[GRANTS_MOST];
	size_t next;
};

struct auth {
	struct member *members;
	size_t count, cap;
	bool open;
	int64_t lifetime;
};

/* Takes the same time wherever two texts of one length differ. */
static bool same(const char *a, const char *b)
{
	size_t n = strlen(a);
	if (strlen(b) != n)
		return false;
	unsigned char differ = 0;
	for (size_t i = 0; i < n; i++)
		differ |= (unsigned char)(a[i] ^ b[i]);
	return differ == 0;
}

static uint32_t bit(const struct kind *k)
{
	return UINT32_C(1) << kind_index(k);
}

bool rights_read(const struct rights *r, const struct kind *k)
{
	return r->read & bit(k);
}

bool rights_write(const struct rights *r, const struct kind *k)
{
	return r->write & bit(k);
}

static uint32_t kinds_named(const char *name)
{
	uint32_t all = 0;
	const struct kind *k = kind_find(name);
	if (k)
		return bit(k);
	for (size_t i = 0; strcmp(name, "*") == 0 && kinds[i]; i++)
		if (!kinds[i]->restricted)
			all |= bit(kinds[i]);
	return all;
}

bool rights_add(struct rights *r, const char *text)
{
	if (strcmp(text, "metrics") == 0)
		return r->metrics = true;
	if (strncmp(text, "act:", 4) == 0) {
		unsigned staff = strcmp(text + 4, "*") == 0 ? STAFF_ALL : staff_find(text + 4);
		r->act |= staff;
		return staff != 0;
	}
	bool read = strncmp(text, "read:", 5) == 0, write = strncmp(text, "write:", 6) == 0;
	if (!read && !write)
		return false;
	uint32_t which = kinds_named(text + (read ? 5 : 6));
	*(read ? &r->read : &r->write) |= which;
	return which != 0;
}

static int read_rights(struct rights *r, const struct yaml *y, const struct yaml_node *entry,
		       struct err *e)
{
	const struct yaml_node *list = yaml_get(entry, "rights");
	if (!yaml_is_list(list))
		return yaml_error(y, list ? list : entry, e, "rights: a list is due here");
	for (size_t i = 0; i < yaml_count(list); i++) {
		const struct yaml_node *n = yaml_at(list, i);
		const char *text = yaml_text(n);
		if (!text || !rights_add(r, text))
			return yaml_error(
				y, n, e,
				"no such right: read:KIND, read:*, write:KIND, write:*, "
				"act:ROLE, act:* and metrics are known");
	}
	return 0;
}

static int read_member(struct member *m, const struct yaml *y, const struct yaml_node *entry,
		       struct err *e)
{
	static const char *const known[] = {"name",   "token", "client_id", "client_secret",
					    "rights", "unit",  NULL};
	const char *name = "?", *token = NULL, *id = NULL, *secret = NULL, *unit = NULL;
	if (yaml_only_keys(y, entry, known, e) < 0 ||
	    yaml_get_text(y, entry, "name", &name, e) < 0 ||
	    yaml_get_text(y, entry, "token", &token, e) < 0 ||
	    yaml_get_text(y, entry, "unit", &unit, e) < 0 ||
	    yaml_get_text(y, entry, "client_id", &id, e) < 0 ||
	    yaml_get_text(y, entry, "client_secret", &secret, e) < 0)
		return -1;
	if (!token == !(id && secret))
		return yaml_error(y, entry, e,
				  "either token, or client_id with client_secret, is due here");
	if (strlen(token ? token : secret) < SECRET_LEAST)
		return yaml_error(y, entry, e, "a secret of fewer than %d characters",
				  SECRET_LEAST);
	m->client.name = xstrdup(name);
	m->client.unit = unit ? xstrdup(unit) : NULL;
	m->token = token ? xstrdup(token) : NULL;
	m->id = id ? xstrdup(id) : NULL;
	m->secret = secret ? xstrdup(secret) : NULL;
	return read_rights(&m->client.rights, y, entry, e);
}

static void warn_if_readable(const char *path)
{
	struct stat st;
	if (stat(path, &st) == 0 && st.st_mode & (S_IRWXG | S_IRWXO))
		log_warn("%s holds secrets and others may read it: chmod 600 it", path);
}

struct auth *auth_load(const char *path, int64_t lifetime, struct err *e)
{
	struct yaml *y = yaml_load(path, e);
	if (!y)
		return NULL;
	warn_if_readable(path);
	struct auth *a = xcalloc(1, sizeof *a);
	a->lifetime = lifetime;
	const struct yaml_node *root = yaml_root(y);
	int bad = yaml_is_list(root) ? 0
				     : yaml_error(y, root, e, "a list of clients is due here");
	for (size_t i = 0; bad == 0 && i < yaml_count(root); i++) {
		struct member *m = &ARRAY_PUSH(a->members, a->count, a->cap);
		*m = (struct member){0};
		bad = read_member(m, y, yaml_at(root, i), e);
	}
	yaml_free(y);
	if (bad < 0) {
		auth_free(a);
		return NULL;
	}
	return a;
}

struct auth *auth_open_door(void)
{
	struct auth *a = xcalloc(1, sizeof *a);
	a->open = true;
	struct member *m = &ARRAY_PUSH(a->members, a->count, a->cap);
	*m = (struct member){.client = {.name = xstrdup("anybody"),
					.rights = {UINT32_MAX, UINT32_MAX, true, STAFF_ALL}}};
	return a;
}

bool auth_is_open(const struct auth *a)
{
	return a->open;
}

void auth_free(struct auth *a)
{
	if (!a)
		return;
	for (size_t i = 0; i < a->count; i++) {
		free(a->members[i].client.name);
		free(a->members[i].client.unit);
		free(a->members[i].token);
		free(a->members[i].id);
		free(a->members[i].secret);
	}
	free(a->members);
	free(a);
}

static bool holds(const struct member *m, const char *token, int64_t now)
{
	if (m->token && same(m->token, token))
		return true;
	for (size_t i = 0; i < GRANTS_MOST; i++)
		if (m->grants[i].until > now && same(m->grants[i].token, token))
			return true;
	return false;
}

const struct client *auth_bearer(const struct auth *a, const char *header, int64_t now)
{
	if (a->open)
		return &a->members[0].client;
	if (!header || strncasecmp(header, "Bearer ", 7) != 0)
		return NULL;
	const char *token = header + 7 + strspn(header + 7, " ");
	for (size_t i = 0; i < a->count; i++)
		if (holds(&a->members[i], token, now))
			return &a->members[i].client;
	return NULL;
}

static const char base64url[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* 43 characters of 6 random bits each. */
static bool random_token(char token[AUTH_TOKEN])
{
	unsigned char bytes[AUTH_TOKEN - 1];
	if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
		return false;
	for (size_t i = 0; i < sizeof bytes; i++)
		token[i] = base64url[bytes[i] & 63];
	token[sizeof bytes] = '\0';
	return true;
}

static struct member *find_member(struct auth *a, const char *id, const char *secret)
{
	struct member *found = NULL;
	for (size_t i = 0; i < a->count; i++)
		if (a->members[i].id && same(a->members[i].id, id) &&
		    same(a->members[i].secret, secret))
			found = &a->members[i];
	return found;
}

const struct client *auth_grant(struct auth *a, const char *id, const char *secret, int64_t now,
				char token[AUTH_TOKEN])
{
	struct member *m = a->open ? &a->members[0] : find_member(a, id, secret);
	if (!m || !random_token(token))
		return NULL;
	struct grant *g = &m->grants[m->next++ % GRANTS_MOST];
	memcpy(g->token, token, AUTH_TOKEN);
	g->until = now + a->lifetime;
	return &m->client;
}

int64_t auth_lifetime(const struct auth *a)
{
	return a->open ? 3600000 : a->lifetime;
}

static int sextet(char c)
{
	const char *at = c == '+'   ? base64url + 62
			 : c == '/' ? base64url + 63
			 : c        ? strchr(base64url, c)
				    : NULL;
	return at ? (int)(at - base64url) : -1;
}

const char *auth_basic(const char *header, const char **secret, char **copy)
{
	*copy = NULL;
	if (!header || strncasecmp(header, "Basic ", 6) != 0)
		return NULL;
	const char *s = header + 6 + strspn(header + 6, " ");
	char *out = *copy = xmalloc(strlen(s) + 1);
	size_t n = 0;
	unsigned bits = 0, have = 0;
	for (; sextet(*s) >= 0; s++) {
		bits = bits << 6 | (unsigned)sextet(*s);
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		out[n++] = (char)(bits >> have & 0xff);
	}
	out[n] = '\0';
	char *colon = strchr(out, ':');
	if (!colon || strspn(s, "=") != strlen(s))
		return NULL;
	*colon = '\0';
	*secret = colon + 1;
	return out;
}
