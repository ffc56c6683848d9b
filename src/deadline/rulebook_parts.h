/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside of the rulebook: how it is filled. */
#ifndef IOC_DEADLINE_RULEBOOK_PARTS_H
#define IOC_DEADLINE_RULEBOOK_PARTS_H

#include "base/arena.h"
#include "base/strmap.h"
#include "deadline/rulebook.h"

#define ESCALATIONS_MOST 9
#define LIMIT_MOST 100000 /* of any unit */

struct entry {
	struct rule rule;
	int flag; /* column of rule.flag; -1: none */
	bool from_catalogue;
	struct entry *next; /* of the same kind and category */
};

struct kind_rules {
	struct strmap by_category; /* struct entry *, the first of them */
	struct entry *others;      /* for all other categories */
};

/* Columns that not every kind has, looked up once. */
struct rulebook_columns {
	size_t procedure, registered_at, finished_at, returned_at; /* of dossiers */
	size_t paused_s, supplement_count, dossier_extended;
	size_t accept_due_at, returned_count; /* of complaints */
	size_t complaint_restricted, complaint_extended;
	size_t ack_at;   /* of alerts */
	size_t ended_at; /* of calls */
};

struct rulebook {
	struct rulebook_columns at;
	struct calendar *calendar;
	struct arena arena; /* all that rules point to */
	struct deadline_settings settings;
	struct kind_rules kinds[KIND_MOST];
	uint64_t file_digest, rows_digest; /* the latter whatever the order of the rows */
	char *file_version;
	char *version;
};

/* Adds a rule whose parts are all in the arena; makes its id and stamp. */
void rulebook_add(struct rulebook *b, const struct rule *rule, bool from_catalogue);
/* After anything that the version stands for has changed. */
void rulebook_renew_version(struct rulebook *b);
uint64_t rulebook_digest(uint64_t before, const void *data, size_t n);
#define DIGEST_START UINT64_C(0xcbf29ce484222325)

/* Whether the clock runs on records of this kind. */
bool clock_belongs(enum clock_kind clock, const struct kind *k);
/* Fills the book from the file's text. */
int rulebook_read(struct rulebook *b, const char *name, const char *text, size_t n,
		  struct err *e);

#endif
