/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/argv.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/yaml.h"
#include "model/action.h"
#include "model/config_parts.h"

static void set_defaults(struct config *c)
{
	*c = (struct config){0};
	c->title = xstrdup("IOC");
	c->language = xstrdup("vi");
	c->timezone = xstrdup("Asia/Ho_Chi_Minh");
	c->theme = xstrdup("dark");
	c->keys = xstrdup("default");
	c->log_level = xstrdup("info");
	c->undo = 5 * SECOND;
	c->escalation.bell = true;
	c->escalation.timeout = 10 * SECOND;
	c->duplicates = likeness_usual();
}

/* Takes over y. */
static int read_document(struct config *c, const char *name, struct yaml *y, struct err *e)
{
	const struct yaml_node *root = yaml_root(y);
	c->path = xstrdup(name);
	int failed = root ? config_read(c, y, root, e) : 0;
	yaml_free(y);
	if (failed < 0) {
		config_free(c);
		set_defaults(c);
	}
	return failed;
}

int config_parse(struct config *c, const char *name, const char *text, size_t n, struct err *e)
{
	set_defaults(c);
	struct yaml *y = yaml_parse(name, text, n, e);
	return y ? read_document(c, name, y, e) : -1;
}

int config_load(struct config *c, const char *path, struct err *e)
{
	set_defaults(c);
	if (access(path, F_OK) < 0 && errno == ENOENT)
		return 0;
	struct yaml *y = yaml_load(path, e);
	return y ? read_document(c, path, y, e) : -1;
}

static void free_source(struct config_source *s)
{
	char *texts[] = {s->name,     s->title,     s->connector,   s->base_url,
			 s->username, s->client_id, s->ca_file,     s->cert_file,
			 s->key_file, s->timezone,  s->server_name, s->hours};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		free(texts[i]);
	argv_free(s->allow_hosts);
	for (size_t i = 0; i < s->secret_count; i++) {
		free(s->secrets[i].name);
		free(s->secrets[i].file);
		argv_free(s->secrets[i].command);
		free(s->secrets[i].credential);
	}
	free(s->secrets);
	for (size_t i = 0; i < s->setting_count; i++) {
		free(s->settings[i].name);
		free(s->settings[i].value);
	}
	free(s->settings);
}

void config_free(struct config *c)
{
	char *texts[] = {c->path,  c->title, c->language, c->timezone,
			 c->theme, c->keys,  c->views,    c->log_level};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		free(texts[i]);
	argv_free(c->escalation.command);
	argv_free(c->clipboard);
	argv_free(c->opener);
	argv_free(c->opener_schemes);
	for (size_t i = 0; i < c->source_count; i++)
		free_source(&c->sources[i]);
	free(c->sources);
	for (size_t i = 0; i < c->operator_count; i++) {
		free(c->operators[i].user);
		free(c->operators[i].name);
		free(c->operators[i].unit);
	}
	free(c->operators);
	*c = (struct config){0};
}

void config_speak(const char *profile)
{
	struct paths p;
	struct config c;
	if (paths_resolve(&p, profile, NULL) == 0) {
		config_load(&c, p.config, NULL);
		i18n_init(c.language, p.locale_dir);
		config_free(&c);
	}
	paths_free(&p);
}

struct config_operator config_operator(const struct config *c, const char *user)
{
	struct config_operator found = {.user = (char *)(uintptr_t)user};
	if (!c->operator_count)
		found.staff = STAFF_ALL & ~(unsigned)STAFF_AUDITOR;
	for (size_t i = 0; i < c->operator_count; i++) {
		const struct config_operator *o = &c->operators[i];
		bool other = strcmp(o->user, user) != 0;
		if (other && (found.name || strcmp(o->user, "*") != 0))
			continue;
		found = *o;
		if (!other)
			break;
	}
	if (!found.name)
		found.name = (char *)(uintptr_t)user;
	return found;
}

const struct config_secret *config_secret(const struct config_source *s, const char *name)
{
	for (size_t i = 0; i < s->secret_count; i++)
		if (strcmp(s->secrets[i].name, name) == 0)
			return &s->secrets[i];
	return NULL;
}

const struct config_source *config_source(const struct config *c, const char *name)
{
	for (size_t i = 0; i < c->source_count; i++)
		if (c->sources[i].name && strcmp(c->sources[i].name, name) == 0)
			return &c->sources[i];
	return NULL;
}

bool config_may_ring(const struct config_escalation *c, int level, int64_t t)
{
	return (c->loud && level >= c->loud) || !quiet_at(&c->quiet, t);
}
