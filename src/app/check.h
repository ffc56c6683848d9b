/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ioc doctor looks at: a table of checks, each of which reports findings. */
#ifndef IOC_APP_CHECK_H
#define IOC_APP_CHECK_H

#include "app/program.h"

struct check;

enum check_level { CHECK_OK, CHECK_WARNING, CHECK_PROBLEM };

struct finding {
	enum check_level level;
	const struct check *check; /* that found it */
	char *what;                /* owned */
	char *advice;              /* what to do; owned, NULL where all is well */
};

struct findings {
	struct finding *list;
	size_t count, cap;
	const struct check *check; /* under way */
};

/* Adds one; `advice` may be NULL.  Both are copied, cleaned and already translated. */
void check_report(struct findings *f, enum check_level level, const char *advice,
		  const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void check_free(struct findings *f);

struct check {
	const char *area;
	const char *title; /* N_() */
	void (*run)(struct findings *f, const struct program *p);
};
/* In the order in which they make sense to a reader; ended by a NULL area. */
extern const struct check checks[];

/* check_files.c */
void check_config(struct findings *f, const struct program *p);
void check_connectors(struct findings *f, const struct program *p);
void check_folders(struct findings *f, const struct program *p);
void check_cache(struct findings *f, const struct program *p);
void check_journal(struct findings *f, const struct program *p);
void check_disk(struct findings *f, const struct program *p);
/* check_calendars.c */
void check_calendars(struct findings *f, const struct program *p);
void check_deadlines(struct findings *f, const struct program *p);
/* check_routing.c */
void check_routing(struct findings *f, const struct program *p);
/* check_world.c */
void check_terminal(struct findings *f, const struct program *p);
void check_locale(struct findings *f, const struct program *p);
void check_zone(struct findings *f, const struct program *p);
void check_looks(struct findings *f, const struct program *p);
void check_replies(struct findings *f, const struct program *p);
void check_views(struct findings *f, const struct program *p);
void check_writer(struct findings *f, const struct program *p);
void check_sources(struct findings *f, const struct program *p);

#endif
