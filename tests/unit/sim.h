/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A vendor's server in miniature, with the habits of real ones: records change, come and go
 * while they are being listed, times have whole seconds, pages are shorter than asked for. */
#ifndef IOC_TESTS_SIM_H
#define IOC_TESTS_SIM_H

#include <stdbool.h>
#include <stdint.h>

struct sim_habits {
	int records;       /* at first */
	int clamp;         /* items of a page at most, whatever is asked for; 0: as asked */
	int64_t grain;     /* ms: times are cut to it */
	bool exclusive;    /* since means later than, not from */
	bool newest_first; /* lists begin with what changed last; else with what changed first
			    */
	bool by_id;        /* lists are in the order of their ids, whatever changed */
	bool deletes;      /* records go */
	bool total;        /* lists say how many they are */
	bool page_total;   /* pages say how many are on them, and call it the total */
	int unrest;        /* changes behind each request */
};

struct sim;

struct sim *sim_start(const struct sim_habits *h, uint64_t seed);
void sim_stop(struct sim *s);
int sim_port(const struct sim *s);
/* From now on nothing changes; or it does again. */
void sim_calm(struct sim *s, bool calm);
/* So many changes at once. */
void sim_change(struct sim *s, int times);
/* Calls each(id, text) for all records that are there. */
void sim_each(struct sim *s, void (*each)(void *, int64_t, const char *), void *context);
int sim_requests(const struct sim *s);

#endif
