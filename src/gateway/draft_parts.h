/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading and storing a draft share. */
#ifndef IOC_GATEWAY_DRAFT_PARTS_H
#define IOC_GATEWAY_DRAFT_PARTS_H

#include "gateway/draft.h"

/* Says why it can't be taken; returns -1. */
int draft_refuse(struct draft *d, enum problem p, const char *field, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* Gives a member another value: JSON that lives as long as the draft's reading. */
void draft_replace(struct draft *d, struct scan_member *m, const char *text, size_t n);
/* The same by name; adds the member where there is none (at most SCAN_SPARE in all). */
void draft_set(struct draft *d, const char *name, const char *text, size_t n);
/* A text without anything that JSON escapes. */
void draft_set_text(struct draft *d, const char *name, const char *plain);
/* Takes a string member as the id; false where it can't be one. */
bool draft_take_id(struct draft *d, const struct scan_member *m);

#endif
