/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source is read by the reader of the configuration in any case, so that every key of it
 * works here: from config.yaml, from options, or from recording.yaml. */
#include "author/trial.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "author/remarks.h"
#include "author/report.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/suggest.h"

#define TURN_MS 100
#define AUTH_MS (60 * SECOND)

struct connector *trial_connector(const struct author *a, const char *file, struct err *e)
{
	struct findings f = FINDINGS_INIT;
	struct remarks r = REMARKS_INIT;
	struct connector *c = connector_load(file, file, &f);
	size_t n;
	char *text = c ? NULL : yaml_read(file, &n, NULL);
	for (size_t i = 0; i < f.count; i++)
		remarks_add(&r, file, f.list[i]);
	remarks_sort(&r);
	if (!c && !a->json)
		remarks_print(a, &r, file, text);
	if (!c)
		err_set(e, ERR_PARSE, _("%s: see ioc connector check"), file);
	remarks_free(&r);
	findings_free(&f);
	free(text);
	return c;
}

static void add_member(struct strbuf *b, const char *key, const char *value)
{
	json_t *text = json_string(value);
	char *quoted = json_dumps(text, JSON_ENCODE_ANY);
	/* A list stands as it is. */
	strbuf_addf(b, "    %s: %s\n", key, *value == '[' ? value : quoted);
	free(quoted);
	json_decref(text);
}

static int add_set(struct strbuf *b, const json_t *set, bool settings, struct err *e)
{
	const char *prefix = "settings.";
	size_t n = strlen(prefix);
	for (size_t i = 0; i < json_array_size(set); i++) {
		const char *s = json_string_value(json_array_get(set, i));
		const char *equals = strchr(s, '=');
		if (!equals)
			return err_set(e, ERR_USAGE, _("--set wants KEY=VALUE, not %.100s"), s);
		bool is_setting = strncmp(s, prefix, n) == 0;
		if (is_setting != settings)
			continue;
		const char *from = settings ? s + n : s;
		char *key = xasprintf("%s%.*s", settings ? "  " : "", (int)(equals - from),
				      from);
		add_member(b, key, equals + 1);
		free(key);
	}
	return 0;
}

/* The source that the options describe, as it would stand in config.yaml. */
static int write_source(const struct author *a, const char *file, struct strbuf *b,
			struct err *e)
{
	const json_t *set = json_object_get(a->request, "set");
	bool settings = false;
	strbuf_adds(b, "sources:\n  - name: try\n");
	add_member(b, "connector", file);
	if (author_text(a, "base-url"))
		add_member(b, "base_url", author_text(a, "base-url"));
	if (author_text(a, "token-file"))
		add_member(b, "token_file", author_text(a, "token-file"));
	if (add_set(b, set, false, e) < 0)
		return -1;
	for (size_t i = 0; i < json_array_size(set); i++)
		settings |= strncmp(json_string_value(json_array_get(set, i)), "settings.",
				    9) == 0;
	if (settings)
		strbuf_adds(b, "    settings:\n");
	return add_set(b, set, true, e);
}

/* Keeps the keys of the source of this name. */
static int keep_keys(struct trial *t, struct yaml *y, const char *name, struct err *e)
{
	const struct yaml_node *list = yaml_get(yaml_root(y), "sources");
	t->yaml = y;
	for (size_t i = 0; i < yaml_count(list); i++) {
		const char *own = yaml_text(yaml_get(yaml_at(list, i), "name"));
		if (own && name && strcmp(own, name) == 0)
			t->keys = yaml_at(list, i);
	}
	const struct config_source *s = config_source(&t->config, name);
	if (!s || !t->keys)
		return err_set(e, ERR_NOT_FOUND, _("there is no source %.60s"), name);
	t->source = *s;
	return 0;
}

static int from_text(struct trial *t, const char *name, const struct strbuf *b, struct err *e)
{
	const char *place = _("options");
	if (config_parse(&t->config, place, b->s, b->len, e) < 0)
		return -1;
	struct yaml *y = yaml_parse(place, b->s, b->len, e);
	return y ? keep_keys(t, y, name, e) : -1;
}

static int from_config(struct trial *t, const struct author *a, const char *name, struct err *e)
{
	struct err why = ERR_INIT;
	if (config_load(&t->config, a->paths->config, &why) < 0)
		return err_set(e, why.code, "%s", why.text);
	struct yaml *y = yaml_load(a->paths->config, e);
	if (!y || keep_keys(t, y, name, e) < 0)
		return -1;
	if (author_text(a, "base-url"))
		t->source.base_url = (char *)(uintptr_t)author_text(a, "base-url");
	return 0;
}

static int connect_to(struct trial *t, struct err *e)
{
	struct site *s = &t->site;
	s->base_url = t->source.base_url ? t->source.base_url : t->connector->base_url;
	s->connector = t->connector;
	s->source = &t->source;
	if (!s->base_url)
		return err_set(
			e, ERR_USAGE,
			_("where is the API? The connector does not say: --base-url URL"));
	s->http = http_new();
	s->auth = auth_new(s->http, t->connector, &t->source, s->base_url, e);
	return s->auth ? 0 : -1;
}

static void begin(struct trial *t)
{
	*t = (struct trial){.secret_fd = -1};
	recording_init(&t->heard);
	recording_init(&t->tape);
}

static bool is_source(const struct author *a, const char *word)
{
	struct config c;
	config_load(&c, a->paths->config, NULL);
	bool is = config_source(&c, word) != NULL;
	config_free(&c);
	return is;
}

int trial_open(struct trial *t, const struct author *a, struct err *e)
{
	const char *word = author_word(a, 0), *name = author_text(a, "source");
	bool named = !name && access(word, F_OK) < 0 && is_source(a, word);
	struct strbuf b = STRBUF_INIT;
	begin(t);
	if (named)
		name = word;
	int rc = name ? from_config(t, a, name, e) : 0;
	char *file = rc < 0 ? NULL : author_file(a, named ? t->source.connector : word, e);
	rc = file ? 0 : -1;
	if (rc == 0 && !name)
		rc = write_source(a, file, &b, e) < 0 ? -1 : from_text(t, "try", &b, e);
	if (rc == 0 && !(t->connector = trial_connector(a, file, e)))
		rc = -1;
	strbuf_free(&b);
	free(file);
	if (rc == 0 && connect_to(t, e) == 0)
		http_set_tap(t->site.http, recording_listen(&t->heard));
	else
		rc = -1;
	return rc;
}

/* A key of recording.yaml as it stands in a configuration. */
static void add_node(struct strbuf *b, int blanks, const char *key, const struct yaml_node *n,
		     const char *place)
{
	const char *text = yaml_text(n);
	strbuf_addf(b, "%*s", blanks - 4, "");
	if (text) {
		add_member(b, key, strcmp(text, "SECRET") == 0 ? place : text);
		return;
	}
	if (yaml_is_list(n)) {
		strbuf_addf(b, "    %s:\n", key);
		for (size_t i = 0; i < yaml_count(n); i++)
			strbuf_addf(b, "%*s- \"%s\"\n", blanks + 2, "",
				    yaml_text(yaml_at(n, i)));
		return;
	}
	strbuf_addf(b, "    %s:\n", key);
	for (size_t i = 0; i < yaml_count(n); i++)
		add_node(b, blanks + 2, yaml_key(n, i), yaml_at(n, i), place);
}

/* recording.yaml as a source: what was a place of secrets becomes one that holds no secret. */
static int write_recorded(struct trial *t, const char *dir, struct strbuf *b, struct err *e)
{
	char *path = xasprintf("%s/recording.yaml", dir), place[40];
	struct yaml *y = yaml_load(path, e);
	const struct yaml_node *keys = y ? yaml_get(yaml_root(y), "source") : NULL;
	const char *at = y ? yaml_text(yaml_get(yaml_root(y), "at")) : NULL;
	t->secret_fd = memfd_create("secret", MFD_CLOEXEC);
	if (t->secret_fd >= 0 && write(t->secret_fd, "SECRET\n", 7) != 7)
		err_errno(e, ERR_IO, _("can't write %s"), "memfd");
	snprintf(place, sizeof place, "/proc/self/fd/%d", t->secret_fd);
	strbuf_adds(b, "sources:\n  - connector: recorded\n");
	for (size_t i = 0; i < yaml_count(keys); i++)
		add_node(b, 4, yaml_key(keys, i), yaml_at(keys, i), place);
	if (at && clock_parse(at, strlen(at), &t->tape.at) == 0)
		clock_fix(t->tape.at);
	const char *name = yaml_text(yaml_get(keys, "name"));
	int rc = name ? 0 : y ? err_set(e, ERR_PARSE, _("%s: no source"), path) : -1;
	if (rc == 0)
		rc = from_text(t, name, b, e);
	yaml_free(y);
	free(path);
	return rc;
}

int trial_open_recorded(struct trial *t, const struct author *a, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	begin(t);
	char *file = author_file(a, author_word(a, 0), e);
	int rc = file && (t->connector = trial_connector(a, file, e)) ? 0 : -1;
	if (rc == 0)
		rc = recording_read(&t->tape, author_word(a, 1), e);
	if (rc == 0)
		rc = write_recorded(t, author_word(a, 1), &b, e);
	if (rc == 0)
		rc = connect_to(t, e);
	if (rc == 0)
		http_set_tap(t->site.http, recording_play(&t->tape, &t->heard));
	strbuf_free(&b);
	free(file);
	return rc;
}

void trial_free(struct trial *t)
{
	auth_free(t->site.auth);
	http_free(t->site.http);
	connector_free(t->connector);
	yaml_free(t->yaml);
	config_free(&t->config);
	recording_free(&t->heard);
	recording_free(&t->tape);
	if (t->secret_fd >= 0)
		close(t->secret_fd);
}

void trial_turn(struct trial *t)
{
	struct pollfd fd = {auth_fd(t->site.auth), POLLIN, 0};
	http_turn(t->site.http, &fd, fd.fd >= 0, TURN_MS);
}

int trial_prove(struct trial *t, struct failure *f)
{
	int64_t end = clock_monotonic() + AUTH_MS;
	enum auth_state state;
	t->heard.secret = true;
	while ((state = auth_prepare(t->site.auth, f)) == AUTH_WORKING &&
	       clock_monotonic() < end)
		trial_turn(t);
	t->heard.secret = false;
	if (state == AUTH_WORKING)
		failure_set(f, ERR_AUTH, N_("the server did not answer in time"), NULL);
	return state == AUTH_READY ? 0 : -1;
}

static void show(struct trial *t, const struct author *a, size_t from, bool answers)
{
	for (size_t i = from; i < t->heard.count; i++) {
		recording_redact(&t->heard, i, t->site.auth);
		report_exchange(a, &t->heard.list[i], answers);
	}
}

void trial_show(struct trial *t, const struct author *a, size_t from)
{
	show(t, a, from, true);
}

void trial_show_requests(struct trial *t, const struct author *a, size_t from)
{
	show(t, a, from, false);
}
