/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base64 (RFC 4648), for the clipboard sequence. */
#ifndef IOC_TTY_BASE64_H
#define IOC_TTY_BASE64_H

#include <stddef.h>

#include "base/strbuf.h"

void base64_append(struct strbuf *out, const char *s, size_t n);

#endif
