/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/folder.h"

#include <curl/curl.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

#define FILES_MOST 20000 /* in one folder; the others wait until some are gone */
#define MARK_DIGITS 16

/* clang-format off */
#define AT(member) offsetof(struct files_spec, member)

const struct field files_fields[] = {
	{.key = "pattern", .type = FIELD_TEXT, .offset = AT(pattern), .required = true},
	{.key = "folder", .type = FIELD_TEXT, .offset = AT(folder)},
	{.key = "settle", .type = FIELD_DURATION, .offset = AT(settle), .most = HOUR},
	{.key = NULL},
};
/* clang-format on */

char *folder_path(const char *url, const char *below)
{
	if (*url == '/')
		return xasprintf("%s/%s", url, below);
	if (strncmp(url, "file://", 7) != 0 || url[7] != '/')
		return NULL;
	char *decoded = curl_easy_unescape(NULL, url + 7, 0, NULL);
	bool apart = *below && *below != '/';
	char *path = decoded ? xasprintf("%s%s%s", decoded, apart ? "/" : "", below) : NULL;
	curl_free(decoded);
	return path;
}

void folder_free(struct folder *f)
{
	for (size_t i = 0; i < f->count; i++)
		free(f->files[i].name);
	free(f->files);
	free(f->path);
	strbuf_free(&f->marks);
	*f = (struct folder){.marks = STRBUF_INIT};
}

/* What programs write while they are at it. */
static bool is_draft(const char *name)
{
	static const char *const ends[] = {".tmp",        ".part", ".partial", ".filepart",
					   ".crdownload", ".swp",  "~"};
	size_t n = strlen(name);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t m = strlen(ends[i]);
		if (n >= m && strcasecmp(name + n - m, ends[i]) == 0)
			return true;
	}
	return *name == '.' || *name == '#';
}

static bool is_hostile(const char *name)
{
	for (const char *p = name; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return true;
	return false;
}

static int64_t ms(struct timespec t)
{
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000000;
}

static uint64_t mark_of(const char *name, const struct stat *s)
{
	char text[400];
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	snprintf(text, sizeof text, "%s/%jd/%jd.%ld/%ju", name, (intmax_t)s->st_size,
		 (intmax_t)s->st_mtim.tv_sec, s->st_mtim.tv_nsec, (uintmax_t)s->st_ino);
	for (const char *p = text; *p; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
	return h;
}

/* Whatever clock wrote its time. */
static bool is_settled(const struct stat *s, int64_t settle)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	int64_t age = ms(now) - ms(s->st_mtim);
	return age >= settle || age <= -settle - 1;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x, y;
	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	return (x > y) - (x < y);
}

/* The marks of a text, in order; the caller frees. */
static uint64_t *read_marks(const char *text, size_t *count)
{
	size_t most = text ? strlen(text) / (MARK_DIGITS + 1) + 1 : 1;
	uint64_t *list = xcalloc(most, sizeof *list);
	*count = 0;
	for (const char *p = text; p && *p && *count < most; p = *p ? p + 1 : p) {
		list[(*count)++] = strtoull(p, NULL, 16);
		p += strcspn(p, "\n");
	}
	if (*count)
		qsort(list, *count, sizeof *list, by_number);
	return list;
}

static void look_at(struct folder *f, int dir, const char *name, const struct files_spec *s)
{
	struct stat st;
	if (is_draft(name) || is_hostile(name) || fnmatch(s->pattern, name, 0) != 0 ||
	    fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(st.st_mode))
		return;
	if (!is_settled(&st, s->settle)) {
		f->waits = true;
		return;
	}
	ARRAY_PUSH(f->files, f->count, f->cap) = (struct folder_file){
		xstrdup(name), ms(st.st_mtim), mark_of(name, &st)};
}

static int by_time(const void *a, const void *b)
{
	const struct folder_file *x = a, *y = b;
	if (x->changed != y->changed)
		return x->changed < y->changed ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void drop_known(struct folder *f, const char *known)
{
	size_t kept = 0, count;
	uint64_t *marks = read_marks(known, &count);
	for (size_t i = 0; i < f->count; i++) {
		if (count && bsearch(&f->files[i].mark, marks, count, sizeof *marks, by_number))
			free(f->files[i].name);
		else
			f->files[kept++] = f->files[i];
	}
	f->count = kept;
	free(marks);
}

static void drop_all(struct folder *f)
{
	while (f->count)
		free(f->files[--f->count].name);
}

void folder_look(struct folder *f, const char *path, const struct files_spec *s,
		 const char *known, bool whole)
{
	folder_free(f);
	f->path = xstrdup(path);
	DIR *d = opendir(path);
	if (!d) {
		f->error = errno;
		return;
	}
	for (const struct dirent *e; f->count < FILES_MOST && (e = readdir(d));)
		look_at(f, dirfd(d), e->d_name, s);
	closedir(d);
	if (f->count)
		qsort(f->files, f->count, sizeof *f->files, by_time);
	for (size_t i = 0; i < f->count; i++)
		strbuf_addf(&f->marks, "%016" PRIx64 "\n", f->files[i].mark);
	if (!whole)
		drop_known(f, known);
	else if (f->waits || (known && strcmp(known, f->marks.s) == 0))
		drop_all(f);
}

void folder_look_for(struct folder *f, const char *base_url, const struct files_spec *s,
		     const char *known, bool whole)
{
	char *path = folder_path(base_url, s->folder ? s->folder : "");
	folder_look(f, path ? path : base_url, s, known, whole);
	free(path);
}

const char *folder_type(const struct folder_file *file)
{
	static const char *const types[][2] = {{".json", "application/json"},
					       {".ndjson", "application/x-ndjson"},
					       {".jsonl", "application/x-ndjson"},
					       {".xml", "application/xml"},
					       {".csv", "text/csv"}};
	const char *dot = strrchr(file->name, '.');
	for (size_t i = 0; dot && i < ARRAY_LEN(types); i++)
		if (strcasecmp(dot, types[i][0]) == 0)
			return types[i][1];
	return "";
}

static int read_all(int fd, int64_t most, struct strbuf *out, struct err *e)
{
	char piece[65536];
	ssize_t n;
	while ((n = read(fd, piece, sizeof piece)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, ERR_IO, _("the file can't be read"));
		strbuf_add(out, piece, (size_t)n);
		if ((int64_t)out->len > most)
			return err_set(e, ERR_LIMIT, _("the file is larger than limits.body"));
	}
	return 0;
}

int folder_read(const struct folder *f, const struct folder_file *file, int64_t most,
		struct strbuf *out, struct err *e)
{
	int dir = open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = dir < 0 ? -1
			 : openat(dir, file->name,
				  O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	int rc = -1;
	if (dir >= 0)
		close(dir);
	if (fd < 0 || fstat(fd, &st) < 0)
		err_errno(e, errno == ENOENT ? ERR_BUSY : ERR_IO, _("the file can't be read"));
	else if (!S_ISREG(st.st_mode) || mark_of(file->name, &st) != file->mark)
		err_set(e, ERR_BUSY, _("the file is being written"));
	else
		rc = read_all(fd, most, out, e);
	if (rc == 0 && (fstat(fd, &st) < 0 || mark_of(file->name, &st) != file->mark))
		rc = err_set(e, ERR_BUSY, _("the file is being written"));
	if (fd >= 0)
		close(fd);
	return rc;
}
