/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base64 (RFC 4648). */
#ifndef IOC_BASE_BASE64_H
#define IOC_BASE_BASE64_H

#include <stddef.h>

#include "base/strbuf.h"

/* Appends the text for these bytes. */
void base64_append(struct strbuf *out, const char *s, size_t n);

#endif
