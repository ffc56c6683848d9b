/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting ioc-sync, and talking to it from headless verbs. */
#ifndef IOC_APP_WRITER_H
#define IOC_APP_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "app/program.h"
#include "base/control.h"
#include "export/rows.h"

/* A writer that is being started. */
struct writer_child {
	pid_t pid;        /* 0: none */
	int complaints;   /* its standard error; -1: closed */
	char reason[256]; /* the last line of it, n bytes */
	size_t n;
	bool line_ended;
};
#define WRITER_CHILD_NONE                                                                      \
	{                                                                                      \
		.complaints = -1                                                               \
	}

/* Starts `ioc-sync --follow` of this profile in a session of its own.  -1 with *e where it
 * can't be run. */
int writer_start(struct writer_child *c, const struct program *p, struct err *e);
/* Whether it still runs.  Where it ended badly, *e (may be NULL) says why (ERR_IO); one that
 * ended well runs on in the background, or found another writer there.  Never blocks. */
bool writer_child_runs(struct writer_child *c, struct err *e);
/* Lets go of it: it runs on. */
void writer_child_forget(struct writer_child *c);

/* Connects to the profile's writer; `start` starts one where there is none, and waits a few
 * seconds for it.  ERR_NOT_FOUND where none runs. */
int writer_connect(const struct program *p, bool start, struct control *c, struct err *e);
/* The name of whoever runs this program, as the writer sees it. */
const char *writer_user(void);
/* Has the writer record on disk that personal data is taken out; starts one for it where
 * none runs.  `object` is "source/kind/id" of a record, with its version, or words.  0, or -1
 * with ERR_PERMISSION: then nothing may be shown. */
int writer_audit(const struct program *p, const char *action, const char *object,
		 int64_t version, const char *reason, struct err *e);
/* The same of what a filter (may be NULL) finds of a kind, where one of these columns is
 * personal; `reason` may be NULL. */
int writer_audit_rows(const struct program *p, const char *action, const struct kind *k,
		      const struct rows_columns *columns, const char *filter,
		      const char *reason, struct err *e);

#endif
