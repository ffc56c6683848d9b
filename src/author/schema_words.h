/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each key of a connector means, in a sentence, for editors. */
#ifndef IOC_AUTHOR_SCHEMA_WORDS_H
#define IOC_AUTHOR_SCHEMA_WORDS_H

#include <jansson.h>

/* Of a key in the map that stands under another one ("" at the top); NULL: nothing is said. */
const char *schema_words(const char *parent, const char *key);
/* The whole JSON Schema. */
json_t *author_make_schema(void);

#endif
