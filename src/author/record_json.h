/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mapped record as the canonical JSON that a source could have sent. */
#ifndef IOC_AUTHOR_RECORD_JSON_H
#define IOC_AUTHOR_RECORD_JSON_H

#include <jansson.h>

#include "model/record.h"

json_t *record_json(const struct record *r);
/* The value of a column; NULL where it has none. */
json_t *record_json_column(const struct record *r, size_t column);

#endif
