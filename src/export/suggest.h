/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean …?" for names on the command line. */
#ifndef IOC_EXPORT_SUGGEST_H
#define IOC_EXPORT_SUGGEST_H

/* Start, try every known name, then look at `best`: the nearest, NULL where none is near. */
struct suggest {
	const char *word, *best;
	int distance;
};

struct suggest suggest_start(const char *word);
void suggest_try(struct suggest *s, const char *known);

#endif
