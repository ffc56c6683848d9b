/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether files changed that other consoles and editors write.  The kernel says so: nothing is
 * looked at until then, and not before they have been left alone for a moment, since some
 * editors take a file away before they put the new one there. */
#ifndef IOC_APP_FILE_WATCH_H
#define IOC_APP_FILE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

struct file_watch;

/* Never NULL; where the kernel can't watch, nothing ever changes. */
struct file_watch *file_watch_new(void);
void file_watch_free(struct file_watch *w);
/* Watches a file, and what it is a link to; it need not be there, but its folder must. */
void file_watch_add(struct file_watch *w, const char *path);
/* For poll: what to wait for (-1: nothing), and how long (ms; -1: no limit). */
int file_watch_fd(const struct file_watch *w);
int64_t file_watch_patience(const struct file_watch *w);
/* Whether one of them was written, replaced or removed since the last time.  Never waits. */
bool file_watch_changed(struct file_watch *w);

#endif
