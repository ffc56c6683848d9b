/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things happen, and how people call it. */
#ifndef IOC_DEMO_PLACES_H
#define IOC_DEMO_PLACES_H

#include "base/err.h"
#include "demo/people.h"
#include "demo/rng.h"
#include "demo/text.h"

/* One unit of the former city. */
struct place {
	const char *code;        /* until 30/6/2025 */
	const char *now;         /* code of the ward since */
	const char *name;        /* "phường Chiềng Lề" */
	const char *now_name;    /* "phường Tô Hiệu" */
	bool town;               /* a phường of the time, not a xã */
	int64_t groups;          /* tổ dân phố */
	double lat, lon, spread; /* degrees */
	struct word_list streets, marks, hamlets;
};

/* The day on which the province's units were redrawn: 2025-07-01, local midnight. */
#define PLACES_REDRAWN INT64_C(1751302800000)

struct places;

struct places *places_load(const char *path, struct err *e);
void places_free(struct places *p);
const struct place *places_pick(const struct places *p, struct rng *r);
const struct place *places_rural(const struct places *p, struct rng *r);
const struct place *places_by_code(const struct places *p, const char *code);
/* A ward or commune beyond the city: its code. */
const char *places_beyond(const struct places *p, struct rng *r);
/* The code in force at that time. */
const char *place_area(const struct place *p, int64_t at);

/* One spot in a place: the slots' texts. */
struct spot {
	const struct place *place;
	char house[12], lane[12], to[48], ward[64];
	const char *street, *mark;
	double lat, lon;
	struct strbuf at; /* where, as people say */
};
#define SPOT_INIT                                                                              \
	{                                                                                      \
		.at = STRBUF_INIT                                                              \
	}
/* Chooses a spot and puts its texts in the slots, which borrow from it. */
void places_spot(const struct places *p, const struct place *where, int64_t time, struct rng *r,
		 struct spot *out, struct slots *slots);
/* The address as somebody would write it down, appended. */
void places_address(const struct places *p, const struct spot *spot, int64_t time,
		    struct rng *r, const struct slots *slots, struct strbuf *out);

#endif
