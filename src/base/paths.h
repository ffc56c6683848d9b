/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where everything lies: XDG folders for a user, one folder for a whole profile. */
#ifndef IOC_BASE_PATHS_H
#define IOC_BASE_PATHS_H

#include "base/err.h"

/* All strings are owned by the struct.  The private folders hold personal data: 0700. */
struct paths {
	char *config_dir; /* config.yaml, keys, sources/, themes/ of the user */
	char *config;     /* config_dir/config.yaml */
	char *cache_dir;
	char *cache_db; /* can be deleted at any time */
	char *state_dir;
	char *journal_db; /* precious */
	char *log;        /* log file of the console */
	char *sync_log;
	char *run_dir;
	char *socket;    /* control socket of the writer */
	char *lock;      /* flock of the writer */
	char *data_dir;  /* shipped data: connectors, keys, themes */
	char *exec_dir;  /* where ioc-sync is */
	char *theme_dir; /* shipped themes */
	char *locale_dir;
	char *etc_dir; /* what holds for all users of this machine */
};

/* Fills *p.  With $IOC_HOME set, config/, cache/, state/ and run/ lie in that folder;
 * etc/ too;
 * otherwise in the XDG folders under ioc-console/.  A profile other than "default" adds
 * its name.  $IOC_DATA_DIR, $IOC_EXEC_DIR, $IOC_THEME_DIR and $IOC_LOCALE_DIR replace what was
 * set at build time.  Makes nothing.  -1 where neither HOME nor IOC_HOME is known or the name
 * holds other characters than letters, digits, '-' and '_'. */
int paths_resolve(struct paths *p, const char *profile, struct err *e);
/* Makes config, cache, state and run folders, 0700. */
int paths_make(const struct paths *p, struct err *e);
void paths_free(struct paths *p);

/* The first readable of: name itself where it holds '/', config_dir/folder/name,
 * data_dir/folder/name.  `folder` may be "".  The caller frees; NULL where none is. */
char *paths_find(const struct paths *p, const char *folder, const char *name);
/* The same of a connector: a path, a file of the user's in sources/, or a shipped one. */
char *paths_find_connector(const struct paths *p, const char *name);

#endif
