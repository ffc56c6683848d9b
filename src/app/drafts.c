/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/drafts.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/replace_file.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/member.h"

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

static int replace(const struct paths *p, const json_t *drafts, struct err *e)
{
	char *name = file_name(p, "");
	char *text = json_dumps(drafts, JSON_COMPACT | JSON_SORT_KEYS);
	struct err why = ERR_INIT;
	int rc = text ? file_replace(name, text, strlen(text), &why) : -1;
	if (rc < 0)
		err_set(e, ERR_IO, _("what you typed can't be kept: %s"), why.text);
	free(text);
	free(name);
	return rc;
}

int drafts_write(const struct paths *p, const json_t *changes, struct err *e)
{
	char *lock = file_name(p, ".lock");
	int turn = file_turn(lock);
	free(lock);
	json_t *drafts = drafts_read(p);
	member_change(drafts, changes);
	int rc = replace(p, drafts, e);
	json_decref(drafts);
	if (turn >= 0)
		close(turn);
	return rc;
}
