/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/assets.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"

#define FILE_MOST ((size_t)1 << 20)
#define ANCESTORS_MOST 8

int assets_read(const char *path, struct strbuf *text, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) /* in our words: libc's have to be read from a file */
		return err_set(e, ERR_NOT_FOUND, _("there is no file %s"), path);
	if (fd < 0)
		return err_errno(e, ERR_IO, _("can't read %s"), path);
	ssize_t n;
	do {
		strbuf_reserve(text, 16384);
		n = read(fd, text->s + text->len, 16384);
		if (n > 0)
			text->len += (size_t)n;
	} while ((n > 0 || (n < 0 && errno == EINTR)) && text->len <= FILE_MOST);
	text->s[text->len] = '\0';
	int result = n < 0 ? err_errno(e, ERR_IO, _("can't read %s"), path) : 0;
	if (text->len > FILE_MOST)
		result = err_set(e, ERR_LIMIT, _("%s is larger than 1 MiB"), path);
	close(fd);
	return result;
}

/* A path as it is; a name in the user's folder, then among the shipped ones. */
static char *find_theme(const struct paths *p, const char *name)
{
	if (strchr(name, '/'))
		return xstrdup(name);
	char *path = xasprintf("%s/themes/%s.yaml", p->config_dir, name);
	if (access(path, R_OK) == 0)
		return path;
	free(path);
	path = xasprintf("%s/%s.yaml", p->theme_dir, name);
	if (access(path, R_OK) == 0)
		return path;
	free(path);
	return NULL;
}

static struct theme *load_theme(const struct paths *p, const char *name, struct err *e)
{
	char *path = find_theme(p, name);
	if (!path) {
		err_set(e, ERR_NOT_FOUND, _("there is no theme \"%.60s\""), name);
		return NULL;
	}
	struct strbuf text = STRBUF_INIT;
	struct theme *t = NULL;
	if (assets_read(path, &text, e) == 0)
		t = theme_parse(path, text.s, text.len, e);
	strbuf_free(&text);
	free(path);
	return t;
}

/* Each theme is completed by its parent, which is completed by its own. */
struct theme *assets_theme(const struct paths *p, const char *name, struct err *e)
{
	struct theme *chain[ANCESTORS_MOST];
	size_t n = 0;
	while (name && n < ANCESTORS_MOST && (chain[n] = load_theme(p, name, e)))
		name = theme_inherits(chain[n++]);
	bool whole = !name;
	if (name && n == ANCESTORS_MOST)
		err_set(e, ERR_LIMIT, _("themes inherit from each other without end"));
	for (size_t i = n; i-- > 1;) {
		theme_inherit(chain[i - 1], chain[i]);
		theme_free(chain[i]);
	}
	if (whole && n)
		return chain[0];
	if (n)
		theme_free(chain[0]);
	return NULL;
}

static void read_keys(struct keymap *m, const char *path, struct strbuf *problems)
{
	struct strbuf text = STRBUF_INIT;
	struct err e = ERR_INIT;
	if (assets_read(path, &text, &e) == 0)
		keymap_read(m, path, text.s, text.len, problems);
	else if (e.code != ERR_NOT_FOUND)
		strbuf_addf(problems, "%s\n", e.text);
	strbuf_free(&text);
}

struct keymap *assets_keymap(const struct paths *p, const char *name, struct strbuf *problems)
{
	struct keymap *m = keymap_new();
	char *shipped = xasprintf("%s/keys", p->data_dir);
	char *users = strcmp(name, "default") == 0 ? xasprintf("%s/keys", p->config_dir)
						   : paths_find(p, "", name);
	read_keys(m, shipped, problems);
	if (users)
		read_keys(m, users, problems);
	else
		strbuf_addf(problems, _("there is no key file \"%.60s\"\n"), name);
	free(shipped);
	free(users);
	return m;
}

char *assets_commands(const struct paths *p, const char *name)
{
	const char *home = getenv("HOME");
	if (strncmp(name, "~/", 2) == 0 && home)
		return xasprintf("%s%s", home, name + 1);
	if (strchr(name, '/'))
		return xstrdup(name);
	char *path = xasprintf("%s/%s", p->config_dir, name);
	if (access(path, F_OK) == 0)
		return path;
	free(path);
	return xstrdup(name);
}

static int read_replies(struct replies *r, const char *folder, struct err *e)
{
	char *path = xasprintf("%s/replies.yaml", folder);
	struct strbuf text = STRBUF_INIT;
	int rc = assets_read(path, &text, e);
	if (rc == 0)
		rc = replies_read(r, path, text.s, text.len, e);
	strbuf_free(&text);
	free(path);
	return rc;
}

/* The user's file is read twice, since it says whether the shipped one comes first. */
struct replies *assets_replies(const struct paths *p, struct err *e)
{
	struct err own = ERR_INIT;
	struct replies *r = replies_new();
	bool there = read_replies(r, p->config_dir, &own) == 0;
	int rc = there || own.code == ERR_NOT_FOUND ? 0 : -1;
	if (rc < 0 && e)
		*e = own;
	if (rc == 0 && (!there || r->keep_shipped)) {
		replies_free(r);
		r = replies_new();
		rc = read_replies(r, p->data_dir, e);
		if (rc == 0 && there)
			rc = read_replies(r, p->config_dir, e);
	}
	if (rc == 0)
		return r;
	replies_free(r);
	return NULL;
}
