/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The secrets of a source: read from where the configuration says, kept in memory only, and
 * blotted out of every text that leaves this program. */
#ifndef IOC_API_SECRETS_H
#define IOC_API_SECRETS_H

#include <jv.h>
#include <stdbool.h>

#include "api/failure.h"
#include "model/config.h"

struct secrets;

/* `s` must outlive it. */
struct secrets *secrets_new(const struct config_source *s);
void secrets_free(struct secrets *s);

enum secrets_state {
	SECRETS_READY,
	SECRETS_WORKING, /* a program is asked: again when something happened */
	SECRETS_FAILED,
};
/* Reads all that are not there yet. */
enum secrets_state secrets_prepare(struct secrets *s, struct failure *f);
/* A descriptor to wait for while WORKING; -1: none. */
int secrets_fd(const struct secrets *s);
/* All are read anew by the next prepare: they may have been replaced. */
void secrets_forget(struct secrets *s);

/* Borrowed until secrets_forget; NULL where there is none of this name. */
const char *secrets_get(const struct secrets *s, const char *name);
/* All of them, for templates: {NAME: text}. */
jv secrets_values(const struct secrets *s);
/* Replaces one; where it came from a file, the file's words too.  For refresh tokens, which
 * servers exchange as they are used.  False where the file can't be written. */
bool secrets_replace(struct secrets *s, const char *name, const char *text);

/* From now on this text is a secret too: a token that was given to us. */
void secrets_hide(struct secrets *s, const char *text);
/* Replaces every secret in the text by dots, also those written for a URL, JSON, HTML or in
 * base64.  What is shorter than four characters is left. */
void secrets_redact(const struct secrets *s, char *text, size_t n);
/* The same for data that may be large: only long secrets, so that no word of a
 * record is taken for one. */
void secrets_redact_data(const struct secrets *s, char *text, size_t n);

#endif
