/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doctor: files, folders and databases. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/check.h"
#include "base/alloc.h"
#include "base/child.h"
#include "base/i18n.h"
#include "store/db.h"
#include "store/audit.h"
#include "store/query.h"
#include "text/fmt.h"

#define CHECK_MS 20000
#define DISK_LEAST ((uint64_t)200 << 20) /* bytes; less is a warning */

void check_config(struct findings *f, const struct program *p)
{
	const struct config *c = &p->config;
	if (p->config_error.code)
		check_report(f, CHECK_PROBLEM, _("correct that line of the file"), "%s",
			     p->config_error.text);
	else if (!c->path)
		check_report(f, CHECK_PROBLEM,
			     _("write it: title, and under sources a name, a connector and a "
			       "base_url; see ioc-config(5)"),
			     _("there is no configuration %s"), p->paths.config);
	else if (!c->source_count)
		check_report(f, CHECK_PROBLEM, _("add a source; see ioc-config(5)"),
			     _("%s names no source"), c->path);
	else
		check_report(f, CHECK_OK, NULL, _("%s: sources: %zu"), c->path,
			     c->source_count);
}

static void check_secret(struct findings *f, const char *source, const char *path)
{
	struct stat st;
	if (!path)
		return;
	if (stat(path, &st) < 0)
		check_report(f, CHECK_PROBLEM, _("write the file, mode 0600"),
			     _("source %s: can't read %s: %s"), source, path, strerror(errno));
	else if (st.st_mode & 077)
		check_report(f, CHECK_WARNING, _("chmod 600 the file"),
			     _("source %s: others may read the secret in %s"), source, path);
}

/* What ioc-sync finds when it reads the connectors, a line each; NULL where it can't tell.
 * The caller frees. */
static char *ask_writer(const struct program *p)
{
	struct child c = CHILD_INIT;
	char *program = xasprintf("%s/ioc-sync", p->paths.exec_dir), *found = NULL;
	const char *const argv[] = {program, "--profile", p->profile ? p->profile : "default",
				    "--check", NULL};
	int ended = 0;
	if (child_start(&c, (char *const *)argv, CHECK_MS) == 0)
		while ((ended = child_turn(&c)) == 0) {
			struct pollfd fd = {c.fd, POLLIN, 0};
			poll(&fd, 1, CHECK_MS);
		}
	if (ended && c.fd < 0)
		found = xstrdup(c.out.s);
	child_stop(&c);
	free(program);
	return found;
}

static void check_filters(struct findings *f, const struct program *p)
{
	char *found = p->config.source_count ? ask_writer(p) : NULL;
	for (char *save = NULL, *line = found ? strtok_r(found, "\n", &save) : NULL; line;
	     line = strtok_r(NULL, "\n", &save))
		check_report(f, CHECK_PROBLEM, _("correct it; see ioc-connector(5)"), "%s",
			     line);
	free(found);
}

void check_connectors(struct findings *f, const struct program *p)
{
	check_filters(f, p);
	for (size_t i = 0; i < p->config.source_count; i++) {
		const struct config_source *s = &p->config.sources[i];
		char *path = s->connector ? paths_find_connector(&p->paths, s->connector)
					  : NULL;
		if (path)
			check_report(f, CHECK_OK, NULL, _("source %s: connector %s"), s->name,
				     path);
		free(path);
		for (size_t n = 0; n < s->secret_count; n++)
			check_secret(f, s->name, s->secrets[n].file);
		check_secret(f, s->name, s->key_file);
	}
}

static void check_private(struct findings *f, const char *path, bool folder)
{
	struct stat st;
	if (stat(path, &st) < 0) {
		if (errno != ENOENT)
			check_report(f, CHECK_PROBLEM, _("give this user access to it"),
				     _("can't reach %s: %s"), path, strerror(errno));
		return;
	}
	char *advice = xasprintf(_("chmod %s %s"), folder ? "700" : "600", path);
	if (st.st_mode & 077)
		check_report(f, CHECK_WARNING, advice,
			     _("%s holds personal data and others may "
			       "enter or read it (mode %03o)"),
			     path, (unsigned)st.st_mode & 0777);
	else if (access(path, folder ? R_OK | W_OK | X_OK : R_OK) < 0)
		check_report(f, CHECK_PROBLEM, _("give this user access to it"),
			     _("can't use %s: %s"), path, strerror(errno));
	else
		check_report(f, CHECK_OK, NULL, "%s %03o", path, (unsigned)st.st_mode & 0777);
	free(advice);
}

void check_folders(struct findings *f, const struct program *p)
{
	const struct paths *d = &p->paths;
	const char *const folders[] = {d->config_dir, d->cache_dir, d->state_dir, d->run_dir};
	const char *const files[] = {d->cache_db, d->journal_db, d->log, d->sync_log};
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		check_private(f, folders[i], true);
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		check_private(f, files[i], false);
}

static void report_size(struct findings *f, const struct program *p, struct db *db)
{
	int64_t sum = 0;
	struct err e = ERR_INIT;
	char records[FMT_TEXT], bytes[FMT_TEXT];
	struct stat st = {0};
	for (size_t i = 0; kinds[i]; i++) {
		int64_t n = 0;
		if (store_count(db, kinds[i], NULL, p->now, &n, &e) == 0)
			sum += n;
	}
	stat(p->paths.cache_db, &st);
	check_report(f, CHECK_OK, NULL, _("%s: sound, %s records, %s"), p->paths.cache_db,
		     fmt_integer(sum, records), fmt_bytes((uint64_t)st.st_size, bytes));
}

void check_cache(struct findings *f, const struct program *p)
{
	struct err e = ERR_INIT;
	struct db *db = db_open_reader(p->paths.cache_db, &e);
	if (!db && e.code == ERR_NOT_FOUND)
		check_report(f, CHECK_WARNING,
			     _("run \"ioc sync --once\", or open the console"),
			     _("there is no cache yet at %s"), p->paths.cache_db);
	else if (!db && e.code == ERR_UNSUPPORTED)
		check_report(f, CHECK_PROBLEM,
			     _("use the newer program, or delete the cache: it "
			       "is filled again"),
			     "%s", e.text);
	else if (!db || db_check(db, &e) < 0)
		check_report(f, CHECK_PROBLEM,
			     _("delete the cache: nothing is lost, it is filled again"), "%s",
			     e.text);
	else
		report_size(f, p, db);
	db_close(db);
}

void check_journal(struct findings *f, const struct program *p)
{
	struct err e = ERR_INIT;
	if (access(p->paths.journal_db, F_OK) < 0) {
		check_report(f, CHECK_OK, NULL, _("nothing was recorded yet in %s"),
			     p->paths.journal_db);
		return;
	}
	struct journal *j = journal_open_reader(p->paths.journal_db, &e);
	int64_t entries = 0;
	char n[FMT_TEXT];
	if (e.code == ERR_UNSUPPORTED)
		check_report(f, CHECK_WARNING,
			     _("stop the writer, then start it: ioc sync --stop"), "%s",
			     e.text);
	else if (!j || journal_check(j, &e) < 0 || audit_verify(j, &entries, &e) < 0)
		check_report(f, CHECK_PROBLEM,
			     _("keep a copy of the file, and see ioc(1) under RECOVERY"), "%s",
			     e.text);
	else
		check_report(f, CHECK_OK, NULL, _("%s: sound, %s audit entries"),
			     p->paths.journal_db, fmt_integer(entries, n));
	journal_close(j);
}

static void check_room(struct findings *f, const char *folder)
{
	struct statvfs v;
	char text[FMT_TEXT];
	if (statvfs(folder, &v) < 0)
		return;
	uint64_t room = (uint64_t)v.f_bavail * v.f_frsize;
	fmt_bytes(room, text);
	if (room < DISK_LEAST)
		check_report(f, CHECK_WARNING,
			     _("make room: the cache stops growing when the disk "
			       "is full"),
			     _("only %s free for %s"), text, folder);
	else
		check_report(f, CHECK_OK, NULL, _("%s free for %s"), text, folder);
}

void check_disk(struct findings *f, const struct program *p)
{
	check_room(f, p->paths.cache_dir);
	check_room(f, p->paths.state_dir);
}
