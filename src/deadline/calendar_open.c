/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files make up a calendar, and in which order. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "deadline/calendar_file.h"
#include "deadline/calendar_parts.h"

static void digest(struct calendar *c, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) /* FNV-1a */
		c->digest = (c->digest ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
}

static int read_version(struct calendar *c, const struct yaml *y, struct err *e)
{
	int64_t day = 0;
	if (file_date(y, yaml_root(y), "version", &day, e) < 0)
		return -1;
	const char *s = yaml_text(yaml_get(yaml_root(y), "version"));
	if (s && strcmp(s, c->newest) > 0)
		c->newest = arena_strdup(&c->arena, s);
	return 0;
}

static int read_yaml(struct calendar *c, const struct yaml *y, const char *file, bool user,
		     struct err *e)
{
	static const char *const keys[] = {"version",  "rest",      "years",
					   "holidays", "calendars", NULL};
	if (!yaml_root(y))
		return 0;
	if (yaml_only_keys(y, yaml_root(y), keys, e) < 0 || read_version(c, y, e) < 0 ||
	    days_read(&c->days, &c->arena, y, file, user, e) < 0)
		return -1;
	return hours_read(&c->book, &c->arena, y, file, e);
}

static int read_text(struct calendar *c, const char *file, const char *text, size_t n,
		     bool user, struct err *e)
{
	struct yaml *y = yaml_parse(file, text, n, e);
	ARRAY_PUSH(c->files, c->file_count, c->file_cap) = arena_strdup(&c->arena, file);
	int result = y ? read_yaml(c, y, file, user, e) : -1;
	yaml_free(y);
	digest(c, text, n);
	return result;
}

static struct calendar *calendar_new(void)
{
	struct calendar *c = xcalloc(1, sizeof *c);
	c->newest = "";
	c->digest = UINT64_C(0xcbf29ce484222325);
	return c;
}

static struct calendar *finish_or_free(struct calendar *c, int result, struct err *e)
{
	if (result == 0 && calendar_compile(c, e) == 0)
		return c;
	calendar_free(c);
	return NULL;
}

struct calendar *calendar_parse(const char *name, const char *text, size_t n, struct err *e)
{
	struct calendar *c = calendar_new();
	return finish_or_free(c, read_text(c, name, text, n, false, e), e);
}

static int is_yaml(const struct dirent *d)
{
	size_t n = strlen(d->d_name);
	return d->d_name[0] != '.' && n > 5 && strcmp(d->d_name + n - 5, ".yaml") == 0;
}

/* The order of the bytes, which no locale changes. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int read_file(struct calendar *c, const char *path, bool user, struct err *e)
{
	size_t n;
	char *text = yaml_read(path, &n, e);
	int result = text ? read_text(c, path, text, n, user, e) : -1;
	free(text);
	return result;
}

/* Reads the folder's files in the order of their names, without those in `seen`, and adds
 * theirs to it.  A folder that is not there is an empty one. */
static int read_folder(struct calendar *c, const char *folder, bool user, struct strmap *seen,
		       struct err *e)
{
	struct dirent **list;
	int count = scandir(folder, &list, is_yaml, by_name), result = 0;
	if (count < 0)
		return errno == ENOENT ? 0 : err_errno(e, ERR_IO, _("can't read %s"), folder);
	for (int i = 0; i < count; i++) {
		const char *name = list[i]->d_name;
		char *path = xasprintf("%s/%s", folder, name);
		if (result == 0 && !strmap_get(seen, name)) {
			strmap_put(seen, name, c);
			result = read_file(c, path, user, e);
		}
		free(path);
		free(list[i]);
	}
	free(list);
	return result;
}

/* What every rule may count on. */
static int check_office(const struct calendar *c, const char *folder, struct err *e)
{
	if (hours_find(&c->book, "office"))
		return 0;
	return err_set(e, ERR_NOT_FOUND, _("no file in %s has the calendar \"office\""),
		       folder);
}

/* Reads the file that is tried out, the user's and the shipped ones, in this order. */
static int read_all(struct calendar *c, const struct paths *p, const char *file, struct err *e)
{
	struct strmap seen = STRMAP_INIT;
	char *own = xasprintf("%s/calendars", p->config_dir);
	char *shipped = xasprintf("%s/calendars", p->data_dir);
	int result = 0;
	if (file) {
		const char *slash = strrchr(file, '/');
		strmap_put(&seen, slash ? slash + 1 : file, c);
		result = read_file(c, file, true, e);
	}
	if (result == 0)
		result = read_folder(c, own, true, &seen, e);
	if (result == 0)
		result = read_folder(c, shipped, false, &seen, e);
	if (result == 0)
		result = check_office(c, shipped, e);
	strmap_free(&seen, NULL);
	free(own);
	free(shipped);
	return result;
}

struct calendar *calendar_open_with(const struct paths *p, const char *file, struct err *e)
{
	struct calendar *c = calendar_new();
	return finish_or_free(c, read_all(c, p, file, e), e);
}

struct calendar *calendar_open(const struct paths *p, struct err *e)
{
	return calendar_open_with(p, NULL, e);
}

struct calendar *calendar_open_folder(const char *folder, struct err *e)
{
	struct calendar *c = calendar_new();
	struct strmap seen = STRMAP_INIT;
	int result = read_folder(c, folder, false, &seen, e);
	if (result == 0)
		result = check_office(c, folder, e);
	strmap_free(&seen, NULL);
	return finish_or_free(c, result, e);
}
