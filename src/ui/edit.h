/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text being typed, of one line or many: what keys do to it. */
#ifndef IOC_UI_EDIT_H
#define IOC_UI_EDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

#define EDIT_MOST 16000 /* bytes */

struct edit {
	struct strbuf text;
	size_t at; /* byte before which the cursor stands, at the start of a cluster */
	bool lines;
};

void edit_free(struct edit *t);
void edit_set(struct edit *t, const char *text);
/* Puts text in at the cursor, cleaned; in one line newlines become blanks. */
void edit_insert(struct edit *t, const char *s);
/* Whether the key meant something here.  Up and down only move between lines. */
bool edit_key(struct edit *t, uint32_t key);

#endif
