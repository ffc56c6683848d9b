/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders are watched, since a file that is replaced as a whole is another one. */
#include "app/file_watch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"

#define EVENTS (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE)
#define QUIET_MS 300

struct watched {
	int folder;
	char *name;
};

struct file_watch {
	int fd;
	int64_t due; /* monotonic: what changed is told then; CLOCK_NONE: nothing did */
	struct watched *list;
	size_t count, cap;
};

struct file_watch *file_watch_new(void)
{
	struct file_watch *w = xcalloc(1, sizeof *w);
	w->due = CLOCK_NONE;
	w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (w->fd < 0)
		log_warn("files can't be watched: what changes in them is seen at the next "
			 "start");
	return w;
}

void file_watch_free(struct file_watch *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		close(w->fd);
	for (size_t i = 0; i < w->count; i++)
		free(w->list[i].name);
	free(w->list);
	free(w);
}

static void add(struct file_watch *w, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return;
	char *folder = slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
	int id = inotify_add_watch(w->fd, folder, EVENTS);
	if (id >= 0)
		ARRAY_PUSH(w->list, w->count, w->cap) = (struct watched){id,
									 xstrdup(slash + 1)};
	free(folder);
}

void file_watch_add(struct file_watch *w, const char *path)
{
	char *real = realpath(path, NULL);
	if (w->fd >= 0)
		add(w, path);
	if (w->fd >= 0 && real && strcmp(real, path) != 0)
		add(w, real);
	free(real);
}

int file_watch_fd(const struct file_watch *w)
{
	return w->fd;
}

static bool is_watched(const struct file_watch *w, const struct inotify_event *e)
{
	if (e->mask & IN_Q_OVERFLOW)
		return true;
	for (size_t i = 0; e->len && i < w->count; i++)
		if (w->list[i].folder == e->wd && strcmp(w->list[i].name, e->name) == 0)
			return true;
	return false;
}

int64_t file_watch_patience(const struct file_watch *w)
{
	int64_t now = clock_monotonic();
	return w->due == CLOCK_NONE ? -1 : w->due > now ? w->due - now : 0;
}

static bool read_events(struct file_watch *w)
{
	_Alignas(struct inotify_event) char events[4096];
	bool any = false;
	ssize_t n;
	while (w->fd >= 0 && (n = read(w->fd, events, sizeof events)) > 0)
		for (char *at = events; at < events + n;) {
			const struct inotify_event *e = (const struct inotify_event *)(void *)
				at;
			any |= is_watched(w, e);
			at += sizeof *e + e->len;
		}
	return any;
}

bool file_watch_changed(struct file_watch *w)
{
	if (read_events(w))
		w->due = clock_monotonic() + QUIET_MS;
	if (file_watch_patience(w) != 0)
		return false;
	w->due = CLOCK_NONE;
	return true;
}
