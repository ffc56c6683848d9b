/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of JSON objects. */
#ifndef IOC_BASE_MEMBER_H
#define IOC_BASE_MEMBER_H

#include <jansson.h>

/* The text of a member, valid as long as it; "" where there is no such member or no text.
 * `object` may be NULL. */
const char *member_text(const json_t *object, const char *name);
/* Puts the members of `changes` into the object; one that is null there goes. */
void member_change(json_t *object, const json_t *changes);

#endif
