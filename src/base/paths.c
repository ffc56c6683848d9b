/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/paths.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"

static const char *env(const char *name)
{
	const char *v = getenv(name);
	return v && *v ? v : NULL;
}

/* One of the four private folders; NULL where the environment does not tell.  A relative XDG
 * folder is to be ignored, as its specification says. */
static char *private_dir(const char *xdg, const char *home_part, const char *part,
			 const char *profile)
{
	bool named = strcmp(profile, "default") != 0;
	const char *tail = named ? profile : "";
	const char *slash = named ? "/" : "";
	const char *all = env("IOC_HOME");
	if (all)
		return xasprintf("%s/%s%s%s", all, part, slash, tail);
	const char *base = env(xdg);
	if (base && base[0] == '/')
		return xasprintf("%s/ioc-console%s%s", base, slash, tail);
	const char *home = home_part ? env("HOME") : NULL;
	return home ? xasprintf("%s/%s/ioc-console%s%s", home, home_part, slash, tail) : NULL;
}

static bool valid_profile(const char *name)
{
	if (!*name)
		return false;
	for (; *name; name++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_",
			    *name))
			return false;
	return true;
}

int paths_resolve(struct paths *p, const char *profile, struct err *e)
{
	*p = (struct paths){0};
	if (!profile)
		profile = "default";
	if (!valid_profile(profile))
		return err_set(e, ERR_USAGE,
			       _("profile name \"%.40s\": use letters, digits, - and _ only"),
			       profile);
	p->config_dir = private_dir("XDG_CONFIG_HOME", ".config", "config", profile);
	p->cache_dir = private_dir("XDG_CACHE_HOME", ".cache", "cache", profile);
	p->state_dir = private_dir("XDG_STATE_HOME", ".local/state", "state", profile);
	if (!p->config_dir || !p->cache_dir || !p->state_dir) {
		paths_free(p);
		return err_set(e, ERR_USAGE,
			       _("neither HOME nor IOC_HOME is set: set one of them"));
	}
	p->run_dir = private_dir("XDG_RUNTIME_DIR", NULL, "run", profile);
	if (!p->run_dir)
		p->run_dir = xasprintf("%s/run", p->state_dir);
	p->config = xasprintf("%s/config.yaml", p->config_dir);
	p->cache_db = xasprintf("%s/cache.db", p->cache_dir);
	p->journal_db = xasprintf("%s/journal.db", p->state_dir);
	p->log = xasprintf("%s/ioc.log", p->state_dir);
	p->sync_log = xasprintf("%s/sync.log", p->state_dir);
	p->socket = xasprintf("%s/sync.sock", p->run_dir);
	p->lock = xasprintf("%s/sync.lock", p->state_dir);
	p->data_dir = xstrdup(env("IOC_DATA_DIR") ? env("IOC_DATA_DIR") : IOC_DATADIR);
	p->exec_dir = xstrdup(env("IOC_EXEC_DIR") ? env("IOC_EXEC_DIR") : IOC_LIBEXECDIR);
	p->theme_dir = env("IOC_THEME_DIR") ? xstrdup(env("IOC_THEME_DIR"))
					    : xasprintf("%s/themes", p->data_dir);
	p->etc_dir = env("IOC_HOME") ? xasprintf("%s/etc", env("IOC_HOME"))
				     : xstrdup("/etc/ioc-console");
	p->locale_dir = xstrdup(env("IOC_LOCALE_DIR") ? env("IOC_LOCALE_DIR") : IOC_LOCALEDIR);
	return 0;
}

void paths_free(struct paths *p)
{
	char *all[] = {p->config_dir, p->config,     p->cache_dir,  p->cache_db,
		       p->state_dir,  p->journal_db, p->log,        p->sync_log,
		       p->run_dir,    p->socket,     p->lock,       p->data_dir,
		       p->exec_dir,   p->theme_dir,  p->locale_dir, p->etc_dir};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		free(all[i]);
	*p = (struct paths){0};
}

static bool is_dir(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int make_dir(const char *path, struct err *e)
{
	char *copy = xstrdup(path);
	for (char *s = copy + 1;; s++) {
		if (*s != '/' && *s)
			continue;
		char c = *s;
		*s = '\0';
		int failed = mkdir(copy, 0700) < 0 && errno != EEXIST;
		if (!failed && !c && !is_dir(copy)) {
			errno = ENOTDIR;
			failed = 1;
		}
		if (failed)
			err_errno(e, ERR_IO, _("can't make the folder %s"), copy);
		*s = c;
		if (failed || !c) {
			free(copy);
			return failed ? -1 : 0;
		}
	}
}

int paths_make(const struct paths *p, struct err *e)
{
	const char *dirs[] = {p->config_dir, p->cache_dir, p->state_dir, p->run_dir};
	for (size_t i = 0; i < ARRAY_LEN(dirs); i++)
		if (make_dir(dirs[i], e) < 0)
			return -1;
	return 0;
}

char *paths_find(const struct paths *p, const char *folder, const char *name)
{
	if (strchr(name, '/'))
		return access(name, R_OK) == 0 ? xstrdup(name) : NULL;
	const char *roots[] = {p->config_dir, p->data_dir};
	for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
		char *path = xasprintf("%s/%s%s%s", roots[i], folder, *folder ? "/" : "", name);
		if (access(path, R_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

char *paths_find_connector(const struct paths *p, const char *name)
{
	if (strchr(name, '/'))
		return paths_find(p, "", name);
	char *file = xasprintf("%s.yaml", name);
	char *path = paths_find(p, "sources", file);
	if (!path)
		path = paths_find(p, "connectors", file);
	free(file);
	return path;
}
