/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading UTF-8, bounded and strict: the one decoder of the tree.  What characters mean is
 * text/utf8.h's. */
#ifndef IOC_BASE_UTF8_H
#define IOC_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_BROKEN UINT32_MAX /* what utf8_decode yields for bytes that are no character */

/* Reads the code point at s, n > 0 bytes long.  Returns the bytes taken, at least 1: for broken
 * bytes (overlong forms and surrogates too) the maximal part that a replacement character
 * stands for. */
size_t utf8_decode(const char *s, size_t n, uint32_t *cp);
bool utf8_is_valid(const char *s, size_t n);

/* Takes away what is left of a last character where a text was cut within one: JSON refuses
 * a text that ends so, and all that holds it. */
void utf8_drop_half(char *text);
/* Copies a text into a field of that size, cut between characters. */
void utf8_copy(char *field, size_t size, const char *text);

#endif
