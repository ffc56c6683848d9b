/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filtered, sorted list: which rows, in which order, and by which index they are found. */
#ifndef IOC_STORE_LISTING_H
#define IOC_STORE_LISTING_H

#include "store/builder.h"

/* How rows are found. */
enum listing_way {
	LISTING_BY_ORDER, /* walk the sort order's index and test each row */
	LISTING_BY_WORDS, /* ask the search index, then sort the few that it names */
	LISTING_BY_INDEX, /* the same with the index of a column */
	LISTING_BY_SET, /* walk the order, and look only at rows that the search index names */
};

/* An unfinished word as the words that it may become, for MATCH. */
struct listing_spelling {
	const struct filter *of;
	const char *match;
	struct listing_spelling *next;
};

#define LISTING_ARRIVAL (-1) /* in place of a column: order of arrival, by rowid */

struct listing {
	struct db *db;
	struct arena *arena;
	const struct kind *kind;
	const struct filter *filter;
	size_t fault; /* the byte where it is wrong, where listing_init says so */
	bool open;    /* every match is open */
	int sort;     /* column or LISTING_ARRIVAL */
	bool descending;
	int64_t oldest; /* this rowid and those before it are left out; 0: none are */
	int64_t newest; /* later rowids are left out; 0: none are */
	int64_t since;  /* updated at or after; CLOCK_NONE: whenever */
	enum listing_way way;
	struct listing_spelling *spelled;
	const char *match;     /* LISTING_BY_WORDS: for MATCH; NULL: ids */
	const char *ids;       /* or the rowids as JSON */
	struct match_set *set; /* LISTING_BY_SET, or what `ids` were taken from */
	bool begins; /* the filter says where the sort column begins, so that no index is walked
			from before */
	int64_t want; /* so many rows from where the list begins; 0: from elsewhere */
	bool entered; /* the first of them was created at `entry` or later in the order */
	int64_t entry;
	bool bounded; /* of LISTING_BY_WORDS: there may be more, but none in front of `bound` */
	int64_t bound;
	bool by_place;           /* set and ids are of a place, not of words */
	bool match_is_all;       /* match, or what was gathered, alone decides about words */
	const char *index;       /* LISTING_BY_INDEX */
	const char *order_index; /* that gives the sort order; NULL: rows must be sorted */
	const char *key;         /* what is sorted by, in SQL; NULL for arrival */
	bool key_is_text;
};

/* Parses the filter (names of catalogues are known) and works out the order. */
int listing_init(struct listing *l, struct db *db, struct arena *a, const struct kind *k,
		 const char *filter, int64_t now, int sort, bool descending, struct err *e);
/* Chooses the way: rare words and codes are looked up, all else walks along the order.  Not 0
 * where a walk may be long though the words could be looked up: after how many steps (see
 * listing_budget) to think of that, or LISTING_ASK: at once. */
#define LISTING_ASK (-1)
int64_t listing_choose(struct listing *l);
struct listing_memory;
/* For a walk that took too long, or for the way that this function chose and that failed:
 * gathers matches into the memory and changes to LISTING_BY_SET, or to LISTING_BY_WORDS where
 * they are few.  It fails where more must be gathered (set->asked), or after so many steps; 0:
 * it takes as many as it takes. */
int64_t listing_gather(struct listing *l, struct listing_memory *m);
/* Changes to LISTING_BY_WORDS, for those who want all matches anyway. */
void listing_look_up_all(struct listing *l);

/* Adds "FROM … WHERE …" with all conditions, so that " AND …" can follow. */
void listing_add_from(struct listing *l, struct builder *b);
/* The same where the order does not matter: open rows by whatever index fits, all rows by
 * reading the table, which is quicker than an index and the table. */
void listing_add_from_any_order(struct listing *l, struct builder *b);

/* One stretch of the order: rows with a value, rows with the same value as the anchor, or rows
 * without a value, which always come last. */
enum listing_part { LISTING_TIES, LISTING_REST, LISTING_EMPTY };
struct listing_stretch {
	enum listing_part part;
	bool forward;             /* in the order of the list; else against it */
	const sqlite3_value *key; /* anchor; NULL: from the end of the list */
	int64_t id;               /* anchor's rowid, where not from an end */
	bool from_end;
	bool inclusive; /* the anchor itself too */
	int64_t limit, offset;
};
/* Statement over the stretch with these result columns; NULL with *e. */
sqlite3_stmt *listing_select(struct listing *l, const char *columns,
			     const struct listing_stretch *s, struct err *e);

/* Exact number of matches; by counters where the filter is about states alone. */
int listing_count(struct listing *l, int64_t *n, struct err *e);
/* The same by counters alone.  1; 0 where they can't tell; -1 with *e. */
int listing_count_by_state(struct listing *l, int64_t *n, struct err *e);
/* Up to `most` with a bounded effort; *capped where there may be more. */
int listing_count_some(struct listing *l, int64_t most, int64_t *n, bool *capped,
		       struct err *e);

/* What was found out about a list, for the next page of it. */
struct listing_memory {
	const struct kind *kind;
	char *filter;
	int64_t minute, newest, stamp;
	bool slow;       /* the walk took too long */
	bool scattered;  /* so did the one by the set */
	bool gathered;   /* the set is of use */
	bool decided;    /* what follows is true */
	bool unfinished; /* unfinished words are in it */
	char *match;     /* what the set was asked for */
	struct match_set set;
	struct zones zones;
	bool zones_read;
	bool counted, capped;
	int64_t total;
};
/* The connection's memory, cleared where it was of another list or the cache has changed. */
struct listing_memory *listing_remember(struct db *db, const struct kind *k, const char *filter,
					int64_t now, int64_t newest);
void listing_memory_free(struct listing_memory *m);

/* The catalogues as they are now; valid until the next call. */
const struct name_table *listing_names(struct db *db);

/* Limits what the connection does until listing_budget_end, in steps of SQLite's machine (some
 * 15 a row that is tested): unlike time they do not depend on what else the computer does.
 * `ms` bounds the time as well, where rows may have to come from a slow disk; 0: it does not.
 */
struct listing_budget {
	int64_t left, until;
	bool spent;
};
void listing_budget_start(struct db *db, struct listing_budget *b, int64_t steps, int64_t ms);
void listing_budget_end(struct db *db);

#endif
