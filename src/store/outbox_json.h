/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items of the outbox as everybody is told of them: ITEM of base/control.h. */
#ifndef IOC_STORE_OUTBOX_JSON_H
#define IOC_STORE_OUTBOX_JSON_H

#include <jansson.h>

#include "store/outbox.h"

/* The caller owns it. */
json_t *outbox_item_json(const struct outbox_item *i);

#endif
