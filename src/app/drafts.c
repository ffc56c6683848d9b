/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/drafts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/log.h"

#define DRAFTS_MOST (4 << 20) /* bytes */

static char *file_name(const struct paths *p, const char *suffix)
{
	return xasprintf("%s/drafts.json%s", p->state_dir, suffix);
}

json_t *drafts_read(const struct paths *p)
{
	char *name = file_name(p, "");
	json_error_t where;
	struct stat st;
	json_t *j = NULL;
	bool there = stat(name, &st) == 0;
	if (there && st.st_size <= DRAFTS_MOST)
		j = json_load_file(name, JSON_REJECT_DUPLICATES, &where);
	if (there && !json_is_object(j)) {
		char *bad = file_name(p, ".bad");
		log_warn("%s can't be read and is set aside as %s", name, bad);
		if (rename(name, bad) < 0)
			log_warn("%s: %s", bad, strerror(errno));
		free(bad);
	}
	free(name);
	if (json_is_object(j))
		return j;
	json_decref(j);
	return json_object();
}

static int write_all(int fd, const char *s, size_t n)
{
	while (n) {
		ssize_t done = write(fd, s, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return -1;
		s += done;
		n -= (size_t)done;
	}
	return fsync(fd);
}

static int write_file(const char *name, const char *text)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return -1;
	int rc = write_all(fd, text, strlen(text));
	return close(fd) < 0 ? -1 : rc;
}

static void apply(json_t *drafts, const json_t *changes)
{
	const char *name;
	json_t *value;
	json_object_foreach ((json_t *)(uintptr_t)changes, name, value)
		if (json_is_null(value))
			json_object_del(drafts, name);
		else
			json_object_set(drafts, name, value);
}

/* Consoles take turns; where there can be no lock, the last one wins. */
static int take_turn(const struct paths *p)
{
	char *name = file_name(p, ".lock");
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0 && flock(fd, LOCK_EX) < 0)
		log_warn("%s: %s", name, strerror(errno));
	free(name);
	return fd;
}

/* So that the new name outlives a loss of power, too. */
static int sync_folder(const char *name)
{
	int fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 ? -1 : fsync(fd);
	if (fd >= 0)
		close(fd);
	return rc;
}

static int replace(const struct paths *p, const json_t *drafts, struct err *e)
{
	char *name = file_name(p, ""), *fresh = file_name(p, ".new");
	char *text = json_dumps(drafts, JSON_COMPACT | JSON_SORT_KEYS);
	int rc = 0;
	if (!text || write_file(fresh, text) < 0 || rename(fresh, name) < 0 ||
	    sync_folder(p->state_dir) < 0)
		rc = err_errno(e, ERR_IO, _("what you typed can't be kept in %s"), name);
	free(text);
	free(fresh);
	free(name);
	return rc;
}

int drafts_write(const struct paths *p, const json_t *changes, struct err *e)
{
	int turn = take_turn(p);
	json_t *drafts = drafts_read(p);
	apply(drafts, changes);
	int rc = replace(p, drafts, e);
	json_decref(drafts);
	if (turn >= 0)
		close(turn);
	return rc;
}
