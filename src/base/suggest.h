/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean …?" for names in commands, filters and files. */
#ifndef IOC_BASE_SUGGEST_H
#define IOC_BASE_SUGGEST_H

/* Start, try every known name, then look at `best`: the nearest, NULL where none is near. */
struct suggest {
	const char *word, *best;
	int distance;
};
/* The word must live as long as names are tried. */
struct suggest suggest_start(const char *word);
void suggest_try(struct suggest *s, const char *known);
/* The same for a name in another spelling than the one that is suggested. */
void suggest_try_as(struct suggest *s, const char *known, const char *shown);

#endif
