/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Web pages where data was due: a login page, or a gateway's apology.  Texts are terminated. */
#ifndef IOC_API_WEBPAGE_H
#define IOC_API_WEBPAGE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a text is HTML, by its beginning or by its Content-Type ("" for none). */
bool webpage_is(const char *text, const char *type);
/* Its title in quotes, or its first words where it has none. */
void webpage_title(const char *text, char *buf, size_t size);
/* Whether it asks for a password. */
bool webpage_asks_to_log_in(const char *text, size_t n);

#endif
