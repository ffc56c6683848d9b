/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of replies only. */
#ifndef IOC_MODEL_REPLY_PARTS_H
#define IOC_MODEL_REPLY_PARTS_H

#include "model/reply.h"

#define REPLY_FIELD_MOST 40 /* bytes of a name */

/* What stands for something else than a column of the record. */
struct reply_field {
	const char *name, *title; /* N_() */
};
/* Ended by a row without a name. */
const struct reply_field *reply_fields(void);
/* What the field is called, untranslated; NULL: there is none of this name. */
const char *reply_field_title(const struct kind *k, const char *name);
/* Reads {name} at s; its bytes, 0 where it is none. */
size_t reply_field_at(const char *s, char name[REPLY_FIELD_MOST]);

#endif
