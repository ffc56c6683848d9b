/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and answers in a folder, to be read, compared and played back:
 *
 *   recording.yaml    when it was made, and the keys of the source
 *   001.request       method, URL, headers, an empty line, the body
 *   001.answer        status and headers
 *   001.body.json     the body as it came, unpacked; the ending says what it is
 *
 * Secrets are taken out before anything is written. */
#ifndef IOC_AUTHOR_RECORDING_H
#define IOC_AUTHOR_RECORDING_H

#include <stdbool.h>
#include <stdint.h>

#include "api/auth.h"
#include "api/http_tap.h"
#include "base/err.h"
#include "base/yaml.h"

struct exchange {
	char *method, *url, *headers, *head;
	char *body; /* NULL: none */
	char *answer;
	size_t answer_n;
	long status;
	int64_t took_ms;
	bool secret; /* it fetched a token: its answer holds one */
	bool played;
};

struct recording {
	struct exchange *list;
	size_t count, cap;
	int64_t at;
	bool secret;         /* what comes now fetches a token */
	struct strbuf drift; /* what is asked otherwise than it was recorded, in words */
	struct http_tap tap;
	void *player; /* of recording_play */
};

void recording_init(struct recording *r);
void recording_free(struct recording *r);
/* A tap that notes what goes over the line. */
const struct http_tap *recording_listen(struct recording *r);
/* A tap that answers from `from`, and notes in `into` what was asked and answered. */
const struct http_tap *recording_play(struct recording *from, struct recording *into);

/* Takes out of the i-th exchange what proves who we are. */
void recording_redact(struct recording *r, size_t i, const struct auth *a);
/* Writes all; the folder is made (0700) or must hold nothing but a recording, which is
 * replaced. `source`: its keys. */
int recording_write(const struct recording *r, const char *dir, const struct yaml_node *source,
		    struct err *e);
int recording_read(struct recording *r, const char *dir, struct err *e);

/* Whether a name is one that secrets have. */
bool redact_sounds_secret(const char *name);
/* The text without the values of members, parameters and headers that sound like secrets; the
 * caller frees. */
char *redact_text(const char *s, size_t n);

#endif
