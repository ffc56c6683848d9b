/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a connector says about how a feed tells what is new, and how often it is asked. */
#ifndef IOC_API_FEED_SPEC_H
#define IOC_API_FEED_SPEC_H

#include "api/request_spec.h"
#include "api/schema.h"

struct resource;

/* How a feed tells what is new: it lists the latest; it goes on from a cursor; it lists all
 * there is; it lists what changed since a time, between two times, or behind a number. */
enum changes {
	CHANGES_LATEST,
	CHANGES_CURSOR,
	CHANGES_SNAPSHOT,
	CHANGES_SINCE,
	CHANGES_WINDOW,
	CHANGES_SEQUENCE
};

struct delta_spec {
	struct jqfilter *field; /* of an item: when it changed, or its number */
	const char *format;     /* of .since and .until, see moment.h */
	const char *zone;       /* of them, and of fields without one; NULL: the connector's */
	const struct zone *at;  /* the same, opened; NULL: the profile's */
	int64_t overlap;        /* ms that are asked for once more */
	int64_t lag;            /* ms that the server's list may be behind its clock */
	int64_t full;           /* ms between passes over everything; 0: none */
	int64_t backfill;       /* ms of the past that are wanted; 0: all */
	int64_t span, least;    /* ms of the widest window, and of the narrowest */
	int64_t most;           /* items that fill a window; 0: as many as a page holds */
	int64_t misses;         /* passes without a record before it is gone; 0: see pass.c */
};

/* How an interval follows what happens; 0: it does not. */
struct poll_spec {
	int64_t least, most; /* ms */
};

/* A second request for each item of a list that gives too little. */
struct detail_spec {
	struct request_spec request; /* templates see .item */
	struct jqfilter *items;      /* the record in the answer; NULL: the answer */
	struct jqfilter *when;       /* of an item: whether it is asked for; NULL: always */
	int64_t parallel;
};

extern const char *const changes_words[]; /* by enum changes */
extern const struct field delta_fields[], poll_fields[], detail_fields[];

void feed_defaults(struct resource *r);
/* Adds what no single key can tell; `n` is the resource's map. */
void feed_check(struct reading *rd, struct resource *r, const struct yaml_node *n);
/* Whether .since and a mark belong to it. */
bool feed_has_mark(const struct resource *r);

#endif
