/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file is read by tables: a key is a row that says its type and its place in the struct,
 * so that known keys, checks and messages come from one list. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/argv.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "model/action.h"
#include "model/config_parts.h"
#include "model/hours.h"

#define SOURCES_MOST 64
#define KEYS_MOST 64
#define SECRETS_MOST 64
#define OPERATORS_MOST 1000

enum key_type {
	KEY_TEXT,
	KEY_BOOL,
	KEY_DURATION,
	KEY_ARGV,
	KEY_LIST,
	KEY_SECRET,
	KEY_SECRETS,
	KEY_SETTINGS,
	KEY_SOURCES,
	KEY_RETENTION,
	KEY_ESCALATION,
	KEY_QUIET,
	KEY_LEVEL,
	KEY_OPERATORS,
	KEY_ROLES,
	KEY_DUPLICATES,
};

struct key {
	const char *name;
	enum key_type type;
	size_t offset;
	const char *const *choices; /* KEY_TEXT: the only values; NULL: any */
};

static const char *const languages[] = {"vi", "en", NULL};
static const char *const levels[] = {"error", "warn", "info", "debug", NULL};

/* clang-format off */
static const struct key top_keys[] = {
	{"title", KEY_TEXT, offsetof(struct config, title), NULL},
	{"language", KEY_TEXT, offsetof(struct config, language), languages},
	{"timezone", KEY_TEXT, offsetof(struct config, timezone), NULL},
	{"theme", KEY_TEXT, offsetof(struct config, theme), NULL},
	{"keys", KEY_TEXT, offsetof(struct config, keys), NULL},
	{"views", KEY_TEXT, offsetof(struct config, views), NULL},
	{"mouse", KEY_BOOL, offsetof(struct config, mouse), NULL},
	{"ascii", KEY_BOOL, offsetof(struct config, ascii), NULL},
	{"linear", KEY_BOOL, offsetof(struct config, linear), NULL},
	{"clipboard", KEY_ARGV, offsetof(struct config, clipboard), NULL},
	{"opener", KEY_ARGV, offsetof(struct config, opener), NULL},
	{"opener_terminal", KEY_BOOL, offsetof(struct config, opener_terminal), NULL},
	{"opener_schemes", KEY_LIST, offsetof(struct config, opener_schemes), NULL},
	{"log_level", KEY_TEXT, offsetof(struct config, log_level), levels},
	{"retention", KEY_RETENTION, 0, NULL},
	{"escalation", KEY_ESCALATION, 0, NULL},
	{"undo", KEY_DURATION, offsetof(struct config, undo), NULL},
	{"operators", KEY_OPERATORS, 0, NULL},
	{"duplicates", KEY_DUPLICATES, offsetof(struct config, duplicates), NULL},
	{"sources", KEY_SOURCES, 0, NULL},
	{NULL, KEY_TEXT, 0, NULL},
};

static const struct key source_keys[] = {
	{"name", KEY_TEXT, offsetof(struct config_source, name), NULL},
	{"title", KEY_TEXT, offsetof(struct config_source, title), NULL},
	{"connector", KEY_TEXT, offsetof(struct config_source, connector), NULL},
	{"base_url", KEY_TEXT, offsetof(struct config_source, base_url), NULL},
	{"enabled", KEY_BOOL, offsetof(struct config_source, enabled), NULL},
	{"token_file", KEY_SECRET, 0, NULL},
	{"token_command", KEY_SECRET, 0, NULL},
	{"token_credential", KEY_SECRET, 0, NULL},
	{"username", KEY_TEXT, offsetof(struct config_source, username), NULL},
	{"password_file", KEY_SECRET, 0, NULL},
	{"password_command", KEY_SECRET, 0, NULL},
	{"password_credential", KEY_SECRET, 0, NULL},
	{"client_id", KEY_TEXT, offsetof(struct config_source, client_id), NULL},
	{"client_secret_file", KEY_SECRET, 0, NULL},
	{"client_secret_command", KEY_SECRET, 0, NULL},
	{"client_secret_credential", KEY_SECRET, 0, NULL},
	{"refresh_token_file", KEY_SECRET, 0, NULL},
	{"refresh_token_command", KEY_SECRET, 0, NULL},
	{"refresh_token_credential", KEY_SECRET, 0, NULL},
	{"key_password_file", KEY_SECRET, 0, NULL},
	{"key_password_command", KEY_SECRET, 0, NULL},
	{"key_password_credential", KEY_SECRET, 0, NULL},
	{"secrets", KEY_SECRETS, 0, NULL},
	{"ca_file", KEY_TEXT, offsetof(struct config_source, ca_file), NULL},
	{"cert_file", KEY_TEXT, offsetof(struct config_source, cert_file), NULL},
	{"key_file", KEY_TEXT, offsetof(struct config_source, key_file), NULL},
	{"server_name", KEY_TEXT, offsetof(struct config_source, server_name), NULL},
	{"allow_hosts", KEY_LIST, offsetof(struct config_source, allow_hosts), NULL},
	{"timezone", KEY_TEXT, offsetof(struct config_source, timezone), NULL},
	{"hours", KEY_TEXT, offsetof(struct config_source, hours), NULL},
	{"interval", KEY_DURATION, offsetof(struct config_source, interval), NULL},
	{"settings", KEY_SETTINGS, 0, NULL},
	{NULL, KEY_TEXT, 0, NULL},
};

static const struct key operator_keys[] = {
	{"user", KEY_TEXT, offsetof(struct config_operator, user), NULL},
	{"name", KEY_TEXT, offsetof(struct config_operator, name), NULL},
	{"unit", KEY_TEXT, offsetof(struct config_operator, unit), NULL},
	{"roles", KEY_ROLES, offsetof(struct config_operator, staff), NULL},
	{NULL, KEY_TEXT, 0, NULL},
};

static const struct key escalation_keys[] = {
	{"command", KEY_ARGV, offsetof(struct config_escalation, command), NULL},
	{"timeout", KEY_DURATION, offsetof(struct config_escalation, timeout), NULL},
	{"bell", KEY_BOOL, offsetof(struct config_escalation, bell), NULL},
	{"quiet", KEY_QUIET, offsetof(struct config_escalation, quiet), NULL},
	{"loud", KEY_LEVEL, offsetof(struct config_escalation, loud), NULL},
	{NULL, KEY_TEXT, 0, NULL},
};
/* clang-format on */

static int read_map(const struct yaml *y, const struct yaml_node *map, const struct key *keys,
		    void *into, struct err *e);

static void set_text(char **slot, const char *s)
{
	free(*slot);
	*slot = xstrdup(s);
}

static bool is_choice(const char *const *choices, const char *s)
{
	while (*choices && strcmp(*choices, s) != 0)
		choices++;
	return *choices;
}

static int read_text(const struct yaml *y, const struct yaml_node *n, const struct key *k,
		     char **slot, struct err *e)
{
	const char *s = yaml_text(n);
	if (!s || !*s)
		return yaml_error(y, n, e, _("%s must be a text"), k->name);
	if (k->choices && !is_choice(k->choices, s)) {
		struct strbuf list = STRBUF_INIT;
		for (const char *const *c = k->choices; *c; c++)
			strbuf_addf(&list, "%s%s", c == k->choices ? "" : ", ", *c);
		yaml_error(y, n, e, _("%s can't be \"%.40s\"; it is one of: %s"), k->name, s,
			   list.s);
		strbuf_free(&list);
		return -1;
	}
	set_text(slot, s);
	return 0;
}

static int read_argv(const struct yaml *y, const struct yaml_node *n, const struct key *k,
		     char ***slot, struct err *e)
{
	size_t count = yaml_count(n);
	if (!yaml_is_list(n) || count == 0)
		return yaml_error(y, n, e,
				  k->type == KEY_LIST
					  ? _("%s must be a list of texts")
					  : _("%s must be a list: [program, argument, …]"),
				  k->name);
	char **argv = xcalloc(count + 1, sizeof *argv);
	for (size_t i = 0; i < count; i++) {
		const char *s = yaml_text(yaml_at(n, i));
		if (!s) {
			argv_free(argv);
			return yaml_error(y, yaml_at(n, i), e, _("%s: texts only"), k->name);
		}
		argv[i] = xstrdup(s);
	}
	argv_free(*slot);
	*slot = argv;
	return 0;
}

/* A new one; NULL with *e where there is one of this name. */
static struct config_secret *add_secret(const struct yaml *y, const struct yaml_node *n,
					struct config_source *s, const char *name, size_t len,
					struct err *e)
{
	char *own = xstrndup(name, len);
	if (config_secret(s, own) || s->secret_count == SECRETS_MOST) {
		yaml_error(y, n, e, _("the secret %s is named twice"), own);
		free(own);
		return NULL;
	}
	s->secrets = xreallocarray(s->secrets, s->secret_count + 1, sizeof *s->secrets);
	struct config_secret *x = &s->secrets[s->secret_count++];
	*x = (struct config_secret){.name = own};
	return x;
}

/* NAME_file, NAME_command, NAME_credential. */
static int read_secret(const struct yaml *y, const struct yaml_node *n, const struct key *k,
		       struct config_source *s, struct err *e)
{
	const char *how = strrchr(k->name, '_') + 1;
	size_t len = (size_t)(how - k->name) - 1;
	struct config_secret *x = add_secret(y, n, s, k->name, len, e);
	if (!x)
		return -1;
	if (strcmp(how, "command") == 0)
		return read_argv(y, n, k, &x->command, e);
	return read_text(y, n, k, strcmp(how, "file") == 0 ? &x->file : &x->credential, e);
}

static int read_secrets(const struct yaml *y, const struct yaml_node *n,
			struct config_source *s, struct err *e)
{
	static const struct key keys[] = {
		{"file", KEY_TEXT, offsetof(struct config_secret, file), NULL},
		{"command", KEY_ARGV, offsetof(struct config_secret, command), NULL},
		{"credential", KEY_TEXT, offsetof(struct config_secret, credential), NULL},
		{NULL, KEY_TEXT, 0, NULL},
	};
	if (!yaml_is_map(n))
		return yaml_error(y, n, e, _("secrets must be a map (NAME: {file: …})"));
	for (size_t i = 0; i < yaml_count(n); i++) {
		const char *name = yaml_key(n, i);
		const struct yaml_node *at = yaml_at(n, i);
		struct config_secret *x = add_secret(y, yaml_key_node(n, i), s, name,
						     strlen(name), e);
		if (!x || read_map(y, at, keys, x, e) < 0)
			return -1;
		if ((x->file != NULL) + (x->command != NULL) + (x->credential != NULL) != 1)
			return yaml_error(y, at, e,
					  _("a secret is one of file, command and credential; "
					    "itself it never stands here"));
	}
	return 0;
}

static int read_settings(const struct yaml *y, const struct yaml_node *n,
			 struct config_source *s, struct err *e)
{
	if (!yaml_is_map(n))
		return yaml_error(y, n, e, _("settings must be a map (name: text)"));
	size_t count = yaml_count(n);
	s->settings = xcalloc(count, sizeof *s->settings);
	for (size_t i = 0; i < count; i++) {
		const char *name = yaml_key(n, i), *value = yaml_text(yaml_at(n, i));
		if (!name || !value)
			return yaml_error(y, yaml_key_node(n, i), e,
					  _("settings: a name and a text are due here"));
		s->settings[s->setting_count++] = (struct config_setting){xstrdup(name),
									  xstrdup(value)};
	}
	return 0;
}

static bool is_word(const char *s)
{
	return strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
		       strlen(s) &&
	       strlen(s) < 64;
}

/* What can only be said when the whole source has been read. */
static int check_source(const struct yaml *y, const struct yaml_node *n, const struct config *c,
			struct config_source *s, struct err *e)
{
	if (!s->name || !s->connector)
		return yaml_error(y, n, e, _("a source needs %s"),
				  s->name ? _("a connector") : _("a name"));
	if (!is_word(s->name))
		return yaml_error(y, yaml_get(n, "name"), e,
				  _("name: at most 63 letters, digits, - and _"));
	const struct config_source *other = config_source(c, s->name);
	if (other && other != s)
		return yaml_error(y, yaml_get(n, "name"), e,
				  _("a source \"%s\" is there already, at line %d"), s->name,
				  other->line);
	bool secret = config_secret(s, "client_secret"), user = s->username;
	if (s->client_id ? !secret && !user && !config_secret(s, "refresh_token") : secret)
		return yaml_error(y, n, e, _("client_id and client_secret_file go together"));
	struct hours hours;
	if (s->hours && hours_parse(s->hours, &hours) < 0)
		return yaml_error(y, yaml_get(n, "hours"), e, "%s", _(HOURS_WRONG));
	if (s->key_file && !s->cert_file)
		return yaml_error(y, n, e, _("key_file needs a cert_file"));
	if (!s->title)
		s->title = xstrdup(s->name);
	return 0;
}

static int read_sources(const struct yaml *y, const struct yaml_node *n, struct config *c,
			struct err *e)
{
	if (!yaml_is_list(n))
		return yaml_error(y, n, e, _("sources must be a list (- name: …)"));
	size_t count = yaml_count(n);
	if (count > SOURCES_MOST)
		return yaml_error(y, n, e, _("more than %d sources"), SOURCES_MOST);
	c->sources = xcalloc(count, sizeof *c->sources);
	for (size_t i = 0; i < count; i++) {
		const struct yaml_node *item = yaml_at(n, i);
		struct config_source *s = &c->sources[c->source_count++];
		*s = (struct config_source){.enabled = true, .line = yaml_line(item)};
		if (read_map(y, item, source_keys, s, e) < 0 ||
		    check_source(y, item, c, s, e) < 0)
			return -1;
	}
	return 0;
}

/* One time for all queues, or a map from kinds to times. */
static int read_retention(const struct yaml *y, const struct yaml_node *map,
			  const struct yaml_node *n, struct config *c, struct err *e)
{
	const char *known[KIND_MOST + 1] = {NULL};
	size_t count = 0;
	int64_t all = 0;
	for (size_t i = 0; kinds[i]; i++)
		if (!kinds[i]->catalogue)
			known[count++] = kinds[i]->id;
	bool each = yaml_is_map(n);
	if (each ? yaml_only_keys(y, n, known, e) < 0
		 : yaml_get_duration(y, map, "retention", &all, e) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		int64_t *slot = &c->retention[kind_index(kind_find(known[i]))];
		*slot = all;
		if (each && yaml_get_duration(y, n, known[i], slot, e) < 0)
			return -1;
	}
	return 0;
}

static int read_escalation(const struct yaml *y, const struct yaml_node *n, struct config *c,
			   struct err *e)
{
	if (!yaml_is_map(n))
		return yaml_error(y, n, e, _("escalation must be a map (command: …)"));
	if (read_map(y, n, escalation_keys, &c->escalation, e) < 0)
		return -1;
	if (c->escalation.timeout < SECOND || c->escalation.timeout > 10 * MINUTE)
		return yaml_error(y, yaml_get(n, "timeout"), e,
				  _("timeout must be between 1s and 10m"));
	return 0;
}

static int read_quiet(const struct yaml *y, const struct yaml_node *n, struct quiet *q,
		      struct err *e)
{
	const char *s = yaml_text(n);
	return s && quiet_parse(s, q) == 0
		       ? 0
		       : yaml_error(y, n, e, _("quiet hours are written \"22:00-06:00\""));
}

static int read_level(const struct yaml *y, const struct yaml_node *map, const char *name,
		      int *slot, struct err *e)
{
	int64_t level = *slot;
	int rc = yaml_get_int(y, map, name, 1, 9, &level, e);
	*slot = (int)level;
	return rc;
}

static int read_roles(const struct yaml *y, const struct yaml_node *n, unsigned *staff,
		      struct err *e)
{
	if (!yaml_is_list(n))
		return yaml_error(y, n, e, _("roles must be a list: [operator, …]"));
	for (size_t i = 0; i < yaml_count(n); i++) {
		const char *s = yaml_text(yaml_at(n, i));
		unsigned one = s ? staff_find(s) : 0;
		if (!one)
			return yaml_error(y, yaml_at(n, i), e,
					  _("roles are operator, shift-leader, unit, manager, "
					    "admin and auditor"));
		*staff |= one;
	}
	return 0;
}

static int read_operators(const struct yaml *y, const struct yaml_node *n, struct config *c,
			  struct err *e)
{
	if (!yaml_is_list(n) || yaml_count(n) > OPERATORS_MOST)
		return yaml_error(y, n, e, _("operators must be a list (- user: …)"));
	c->operators = xcalloc(yaml_count(n) + 1, sizeof *c->operators);
	for (size_t i = 0; i < yaml_count(n); i++) {
		struct config_operator *o = &c->operators[c->operator_count++];
		if (read_map(y, yaml_at(n, i), operator_keys, o, e) < 0)
			return -1;
		if (!o->user || !o->staff)
			return yaml_error(y, yaml_at(n, i), e,
					  _("an operator needs a user and roles"));
	}
	return 0;
}

static int read_key(const struct yaml *y, const struct yaml_node *map, const struct key *k,
		    void *into, struct err *e)
{
	void *slot = (char *)into + k->offset;
	const struct yaml_node *n = yaml_get(map, k->name);
	if (!n)
		return 0;
	switch (k->type) {
	case KEY_TEXT:
		return read_text(y, n, k, slot, e);
	case KEY_BOOL:
		return yaml_get_bool(y, map, k->name, slot, e);
	case KEY_DURATION:
		return yaml_get_duration(y, map, k->name, slot, e);
	case KEY_ARGV:
	case KEY_LIST:
		return read_argv(y, n, k, slot, e);
	case KEY_SECRET:
		return read_secret(y, n, k, into, e);
	case KEY_SECRETS:
		return read_secrets(y, n, into, e);
	case KEY_SETTINGS:
		return read_settings(y, n, into, e);
	case KEY_SOURCES:
		return read_sources(y, n, into, e);
	case KEY_RETENTION:
		return read_retention(y, map, n, into, e);
	case KEY_ESCALATION:
		return read_escalation(y, n, into, e);
	case KEY_QUIET:
		return read_quiet(y, n, slot, e);
	case KEY_LEVEL:
		return read_level(y, map, k->name, slot, e);
	case KEY_OPERATORS:
		return read_operators(y, n, into, e);
	case KEY_ROLES:
		return read_roles(y, n, slot, e);
	case KEY_DUPLICATES:
		return likeness_rules_read(y, n, slot, e);
	}
	return 0;
}

static int read_map(const struct yaml *y, const struct yaml_node *map, const struct key *keys,
		    void *into, struct err *e)
{
	const char *known[KEYS_MOST] = {NULL};
	for (size_t i = 0; keys[i].name && i + 1 < KEYS_MOST; i++)
		known[i] = keys[i].name;
	if (yaml_only_keys(y, map, known, e) < 0)
		return -1;
	for (const struct key *k = keys; k->name; k++)
		if (read_key(y, map, k, into, e) < 0)
			return -1;
	return 0;
}

int config_read(struct config *c, const struct yaml *y, const struct yaml_node *root,
		struct err *e)
{
	return read_map(y, root, top_keys, c, e);
}
