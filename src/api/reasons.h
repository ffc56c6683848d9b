/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reasons that ioc-gateway gives, by their codes, so that they can be told in the reader's
 * language: "urn:ioc:reason:no-record PA-00423", or the type of a problem. */
#ifndef IOC_API_REASONS_H
#define IOC_API_REASONS_H

/* The words, N_(), and in *about what they are about ("": nothing), within `code`; NULL: the
 * code is none of these. */
const char *reason_words(const char *code, const char **about);

#endif
