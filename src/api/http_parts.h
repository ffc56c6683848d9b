/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of http share; nobody else includes it. */
#ifndef IOC_API_HTTP_PARTS_H
#define IOC_API_HTTP_PARTS_H

#include <curl/curl.h>

#include "api/http.h"
#include "api/unpack.h"

struct http_call {
	struct http *http;
	struct http_call *next, **prev;
	CURL *easy;
	struct curl_slist *headers, *connect_to;
	char *url;
	struct http_order order; /* only its callbacks and limits are used later */
	struct strbuf body, type, link;
	char words[CURL_ERROR_SIZE];
	int64_t started, bytes;
	struct http_take *take; /* NULL: nobody looks on */
	int redirects;
	struct unpack *unpack; /* NULL: the body comes as it is */
	bool head_told, body_begun, refused, too_large, odd_packing;
	bool waiting, inside; /* at its gate; counted there */
	uint64_t turn;        /* order of coming */
};

/* Tells libcurl all of the order but where its answer goes. */
void http_order_set(struct http_call *c, const struct http_order *o);
/* Aims it at c->url. */
void http_order_aim(struct http_call *c);

/* What has come of it.  A server that wants to be left alone is: its gate is closed. */
struct http_result http_answer_result(struct http_call *c, CURLcode code);

#endif
