/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that others put into a folder, as pages of a feed.  The folder is never written to, and
 * nothing in it is trusted: only plain files are read, no links are followed, and one that is
 * still being written is left for later. */
#ifndef IOC_API_FOLDER_H
#define IOC_API_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/schema.h"
#include "base/strbuf.h"

struct files_spec {
	const char *pattern; /* of the names, as in a shell; NULL: the feed has no files */
	const char *folder;  /* below that of the source; NULL: itself */
	int64_t settle;      /* ms that a file must have been left alone */
};

extern const struct field files_fields[];

struct folder_file {
	char *name;
	int64_t changed; /* ms */
	uint64_t mark;   /* of name, size, time and place on the disk */
};

struct folder {
	char *path;
	struct folder_file *files; /* to be read, the oldest first */
	size_t count, cap;
	struct strbuf marks; /* of all files that are there and settled: what is known when
				these are read */
	bool waits;          /* some are being written */
	int error;           /* errno: the folder can't be read */
};

/* The path of a URL of file:, decoded, or of a path, with `below` behind it; NULL where it is
 * none.  The caller frees. */
char *folder_path(const char *url, const char *below);
/* Looks what is new against these marks (NULL: none).  `whole`: where anything is new or gone,
 * all files are to be read, and none while one is being written. */
void folder_look(struct folder *f, const char *path, const struct files_spec *s,
		 const char *known, bool whole);
/* The same of a source's folder, by its base_url. */
void folder_look_for(struct folder *f, const char *base_url, const struct files_spec *s,
		     const char *known, bool whole);
void folder_free(struct folder *f);
/* What its name says it is: a media type, or "". */
const char *folder_type(const struct folder_file *file);
/* Appends the text of a file, of at most so many bytes.  -1 with *e, ERR_BUSY where it changes
 * meanwhile. */
int folder_read(const struct folder *f, const struct folder_file *file, int64_t most,
		struct strbuf *out, struct err *e);

#endif
