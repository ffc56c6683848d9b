/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/complete_ask.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "store/values.h"
#include "text/clean.h"

#define FILES_MOST 20000 /* names of a folder that are looked at */

/* --- values of the cache ---------------------------------------------------- */

static void add_value(void *context, const char *value, const char *about)
{
	complete_answer_add(context, value, about);
}

static void values(struct db *db, const struct complete_query *q, struct complete_answer *a,
		   struct err *e)
{
	for (size_t i = 0; kinds[i]; i++) {
		bool wanted = q->kind ? kinds[i] == q->kind : !kinds[i]->catalogue;
		int most = (int)(COMPLETE_MOST - a->count);
		if (wanted && most > 0 &&
		    store_values(db, kinds[i], q->column, q->typed, most, add_value, a, e) < 0)
			return;
	}
	a->more |= a->count == COMPLETE_MOST;
}

/* --- folders ---------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	const struct complete_value *x = a, *y = b;
	return strcmp(x->text, y->text);
}

/* Names that begin so, in front of which `before` is put; of those that end with `end`, without
 * it.  What is no clean text can't be typed. */
static void list_folder(struct complete_answer *a, const char *folder, const char *before,
			const char *begin, const char *end, const char *about)
{
	DIR *d = opendir(*folder ? folder : ".");
	const struct dirent *one;
	size_t first = a->count;
	for (int i = 0; d && i < FILES_MOST && (one = readdir(d)); i++) {
		size_t n = strlen(one->d_name), tail = strlen(end);
		struct stat st;
		if (strncmp(one->d_name, begin, strlen(begin)) != 0 || n <= tail ||
		    strcmp(one->d_name + n - tail, end) != 0 ||
		    (one->d_name[0] == '.' && *begin != '.') || !clean_is(one->d_name, n, 0))
			continue;
		bool inside = !*end && fstatat(dirfd(d), one->d_name, &st, 0) == 0 &&
			      S_ISDIR(st.st_mode);
		char *name = xasprintf("%s%.*s%s", before, (int)(n - tail), one->d_name,
				       inside ? "/" : "");
		complete_answer_add(a, name, about);
		free(name);
	}
	if (d)
		closedir(d);
	qsort(a->list + first, a->count - first, sizeof *a->list, by_name);
}

static void themes(const struct paths *p, const struct complete_query *q,
		   struct complete_answer *a)
{
	char *own = xasprintf("%s/themes", p->config_dir);
	list_folder(a, p->theme_dir, "", q->typed, ".yaml", "");
	list_folder(a, own, "", q->typed, ".yaml", _("your own"));
	free(own);
}

static void files(const struct paths *p, const struct complete_query *q,
		  struct complete_answer *a)
{
	const char *slash = strrchr(q->typed, '/'), *home = getenv("HOME");
	if (!slash) {
		list_folder(a, p->config_dir, "", q->typed, "", _("in the configuration"));
		list_folder(a, "", "", q->typed, "", "");
		return;
	}
	char *before = xstrndup(q->typed, (size_t)(slash - q->typed) + 1);
	bool at_home = strncmp(before, "~/", 2) == 0 && home;
	char *folder = at_home ? xasprintf("%s%s", home, before + 1) : xstrdup(before);
	list_folder(a, folder, before, slash + 1, "", "");
	free(folder);
	free(before);
}

struct complete_answer *complete_ask(const struct paths *p, struct db *db,
				     const struct complete_query *q, struct err *e)
{
	struct complete_answer *a = complete_answer_new(q->generation);
	if (q->what == COMPLETE_VALUES && db)
		values(db, q, a, e);
	else if (q->what == COMPLETE_THEMES)
		themes(p, q, a);
	else if (q->what == COMPLETE_FILES)
		files(p, q, a);
	return a;
}
