/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tap on the line: what goes over it can be looked at and kept, and answers that were kept
 * can be played in the place of a server's.  libcurl reads a played answer from a socket of
 * this machine as it reads one of the network, so that all that follows is what happens with
 * real servers. */
#ifndef IOC_API_HTTP_TAP_H
#define IOC_API_HTTP_TAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One request and what came of it; all is borrowed.  Secrets are in it. */
struct http_exchange {
	const char *method, *url;
	const char *headers; /* of the request, one "Name: value" a line */
	const char *body;    /* NULL: none */
	size_t body_n;
	long status;      /* 0: no answer came */
	const char *head; /* of the answer: its first line and headers as they came */
	size_t head_n;
	const char *answer; /* its body, unpacked */
	size_t answer_n;
	int64_t took_ms;
};

struct http_tap {
	/* An exchange has ended, with or without an answer; a redirect ends one.  May be NULL.
	 */
	void (*ended)(void *context, const struct http_exchange *x);
	/* The answer to this request, head and body as a server would send them and then hang
	 * up; the caller frees.  NULL: there is none, and the request fails.  Where this member
	 * is NULL the network is asked. */
	char *(*answer)(void *context, const struct http_exchange *x, size_t *n);
	void *context;
};

/* The following is for http.c. */

struct http_take; /* what a tap notes of one transfer */
struct http_order;

struct http_take *http_take_new(const struct http_tap *t, const struct http_order *o);
void http_take_free(struct http_take *t);
/* Sets a libcurl handle up: `easy` is a CURL *. */
void http_take_set_up(struct http_take *t, void *easy, const char *url);
void http_take_header(struct http_take *t, const char *p, size_t n);
void http_take_data(struct http_take *t, const char *p, size_t n);
/* Tells the tap; what follows belongs to another exchange. */
void http_take_end(struct http_take *t, const char *url, long status, int64_t took_ms);
/* Where a redirect of `url` leads, libcurl having said `to`; the caller frees.  t may be NULL.
 */
char *http_take_redirect(const struct http_take *t, const char *url, const char *to);
/* Whether no answer was to be had for a request. */
bool http_take_is_silent(const struct http_take *t);

#endif
