/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two filters as one. */
#ifndef IOC_MODEL_FILTER_NARROW_H
#define IOC_MODEL_FILTER_NARROW_H

#include <stddef.h>

/* What passes both filters; "" lets all pass.  An "or" in one never takes in the other.  Where
 * `at` is not NULL it gets the byte at which b begins in it.  The caller frees. */
char *filter_narrow(const char *a, const char *b, size_t *at);

#endif
