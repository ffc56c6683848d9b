/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "author/recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#define EXCHANGES_MOST 2000

void recording_init(struct recording *r)
{
	*r = (struct recording){.at = CLOCK_NONE, .drift = STRBUF_INIT};
}

void recording_free(struct recording *r)
{
	for (size_t i = 0; i < r->count; i++) {
		struct exchange *x = &r->list[i];
		char *texts[] = {x->method, x->url, x->headers, x->head, x->body, x->answer};
		for (size_t k = 0; k < ARRAY_LEN(texts); k++)
			free(texts[k]);
	}
	free(r->list);
	strbuf_free(&r->drift);
	free(r->player);
	recording_init(r);
}

static void note(void *context, const struct http_exchange *x)
{
	struct recording *r = context;
	if (r->count == EXCHANGES_MOST)
		return;
	ARRAY_PUSH(r->list, r->count, r->cap) = (struct exchange){
		.method = xstrdup(x->method),
		.url = xstrdup(x->url),
		.headers = xstrdup(x->headers),
		.head = xstrndup(x->head, x->head_n),
		.body = x->body ? xstrndup(x->body, x->body_n) : NULL,
		.answer = memcpy(xcalloc(1, x->answer_n + 1), x->answer, x->answer_n),
		.answer_n = x->answer_n,
		.status = x->status,
		.took_ms = x->took_ms,
		.secret = r->secret,
	};
}

const struct http_tap *recording_listen(struct recording *r)
{
	r->at = clock_now();
	r->tap = (struct http_tap){note, NULL, r};
	return &r->tap;
}

/* --- playing --- */

struct player {
	struct recording *from, *into;
};

static size_t path_length(const char *url)
{
	return strcspn(url, "?#");
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* How near a recorded request is: 3 the same, 2 with another body, 1 with other parameters;
 * 0: it is another. */
static int likeness(const struct exchange *r, const char *method, const char *url,
		    const char *body)
{
	size_t n = path_length(url);
	if (strcmp(r->method, method) != 0 || path_length(r->url) != n ||
	    strncmp(r->url, url, n) != 0)
		return 0;
	if (strcmp(r->url, url) != 0)
		return 1;
	return same_text(r->body, body) ? 3 : 2;
}

static struct exchange *find(struct recording *r, const char *method, const char *url,
			     const char *body, int *how)
{
	struct exchange *best = NULL;
	*how = 0;
	for (size_t i = 0; i < r->count; i++) {
		int now = r->list[i].played ? 0 : likeness(&r->list[i], method, url, body);
		if (now > *how) {
			*how = now;
			best = &r->list[i];
		}
	}
	return best;
}

static char *answer(void *context, const struct http_exchange *x, size_t *n)
{
	struct player *p = context;
	struct strbuf b = STRBUF_INIT;
	int how;
	char *url = redact_text(x->url, strlen(x->url));
	char *body = x->body ? redact_text(x->body, x->body_n) : NULL;
	struct exchange *found = find(p->from, x->method, url, body, &how);
	if (found && how < 3)
		strbuf_addf(&p->into->drift, "%s %s\n%*s%s %s\n", _("asked:   "),
			    how == 1 ? url : body, 0, "", _("recorded:"),
			    how == 1      ? found->url
			    : found->body ? found->body
					  : "");
	free(url);
	free(body);
	if (!found)
		return NULL;
	found->played = true;
	strbuf_adds(&b, found->head);
	strbuf_addf(&b, "Content-Length: %zu\r\nConnection: close\r\n\r\n", found->answer_n);
	strbuf_add(&b, found->answer, found->answer_n);
	*n = b.len;
	return strbuf_detach(&b);
}

static void note_played(void *context, const struct http_exchange *x)
{
	struct http_exchange timeless = *x;
	timeless.took_ms = 0; /* the same each time */
	note(((struct player *)context)->into, &timeless);
}

const struct http_tap *recording_play(struct recording *from, struct recording *into)
{
	struct player *p = xcalloc(1, sizeof *p);
	*p = (struct player){from, into};
	into->at = from->at;
	into->player = p;
	into->tap = (struct http_tap){note_played, answer, p};
	return &into->tap;
}

/* --- secrets --- */

/* Dots where a secret was become one word, whatever its length. */
static char *name_dots(const char *was, const char *now)
{
	struct strbuf b = STRBUF_INIT;
	while (*now) {
		if (*now == *was) {
			strbuf_addc(&b, *now++);
			was++;
			continue;
		}
		size_t n = strspn(now, ".");
		strbuf_adds(&b, "SECRET");
		now += n;
		was += n;
	}
	return strbuf_detach(&b);
}

static void replace(char **text, const struct auth *a, bool names)
{
	if (!*text)
		return;
	char *was = xstrdup(*text);
	auth_redact(a, *text);
	char *named = name_dots(was, *text);
	free(was);
	free(*text);
	*text = named;
	if (!names)
		return;
	char *clean = redact_text(*text, strlen(*text));
	free(*text);
	*text = clean;
}

void recording_redact(struct recording *r, size_t i, const struct auth *a)
{
	struct exchange *x = &r->list[i];
	replace(&x->url, a, true);
	replace(&x->headers, a, true);
	replace(&x->head, a, true);
	replace(&x->body, a, true);
	if (memchr(x->answer, '\0', x->answer_n))
		return; /* it is no text */
	replace(&x->answer, a, x->secret);
	x->answer_n = strlen(x->answer);
}
