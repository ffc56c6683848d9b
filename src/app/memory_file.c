/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/memory_file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/replace_file.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/member.h"

static char *file_name(const struct paths *p, const char *suffix)
{
	return xasprintf("%s/screens%s", p->state_dir, suffix);
}

json_t *memory_file_read(const struct paths *p, struct err *e)
{
	char *name = file_name(p, ".json");
	struct strbuf text = STRBUF_INIT;
	struct err why = ERR_INIT;
	json_error_t where;
	json_t *j = NULL;
	int rc = assets_read(name, &text, &why);
	if (rc < 0 && why.code == ERR_NOT_FOUND)
		j = json_object();
	else if (rc < 0)
		*e = why;
	else
		j = json_loadb(text.s, text.len, JSON_REJECT_DUPLICATES, &where);
	if (rc == 0 && !json_is_object(j)) {
		json_decref(j);
		j = NULL;
		err_set(e, ERR_CORRUPT,
			_("%s is damaged and is left as it is: move it away, and columns, "
			  "bookmarks and recent records are kept again"),
			name);
	}
	strbuf_free(&text);
	free(name);
	return j;
}

static int write_file(const struct paths *p, const json_t *all, struct err *e)
{
	char *name = file_name(p, ".json");
	char *text = json_dumps(all, JSON_INDENT(1) | JSON_SORT_KEYS);
	int rc = text ? file_replace(name, text, strlen(text), e)
		      : err_set(e, ERR_IO, "%s", name);
	free(text);
	free(name);
	return rc;
}

int memory_file_change(const struct paths *p, const json_t *changes, struct err *e)
{
	char *lock = file_name(p, ".lock");
	int turn = file_turn(lock);
	json_t *all = memory_file_read(p, e);
	int rc = -1;
	if (all) {
		member_change(all, changes);
		rc = write_file(p, all, e);
	}
	json_decref(all);
	if (turn >= 0)
		close(turn);
	free(lock);
	return rc;
}
