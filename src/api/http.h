/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP, many transfers at once in one thread, over libcurl's multi interface.
 *
 * Only http and https (file too where the order says so); certificates are always checked;
 * redirects are followed within the same origin only; every transfer has its time and size.
 * Nothing of a request but method, origin and path is ever logged. */
#ifndef IOC_API_HTTP_H
#define IOC_API_HTTP_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/failure.h"
#include "base/err.h"
#include "base/strbuf.h"

struct http;
struct http_gate;
struct http_tap;
struct http_result;
struct http_call;

struct http_header {
	const char *name, *value;
};

/* Cookies that servers set, in memory only; shared by the calls that name it. */
struct http_jar;
struct http_jar *http_jar_new(void);
/* After the last call that names it; NULL is fine. */
void http_jar_free(struct http_jar *j);
/* Forgets all of them; NULL is fine. */
void http_jar_clear(struct http_jar *j);

/* How the server is to be trusted, and we by it; NULL where not otherwise said. */
struct http_tls {
	const char *ca_file;              /* the system's authorities */
	const char *cert_file, *key_file; /* our own certificate (PEM) */
	const char *key_password;
	const char *server_name; /* in the server's certificate; that of its address */
};

/* What to fetch; copied by http_start. */
struct http_order {
	const char *method, *url;
	const struct http_header *headers;
	size_t header_count;
	const char *body; /* NULL: none */
	size_t body_n;
	const char *user_agent;
	struct http_tls tls;
	struct http_jar *jar;   /* NULL: no cookies */
	struct http_gate *gate; /* where it waits for its turn; NULL: none */
	unsigned tag;           /* of the caller's, given back in the result */
	/* Whether a redirect may lead to this URL; NULL: within the same origin only. */
	bool (*may_reach)(const void *site, const char *url);
	const void *site; /* outlives the call */
	bool allow_file, compress;
	bool once; /* on a connection of its own: libcurl sends nothing twice then */
	int64_t connect_ms, answer_ms, silence_ms; /* 0: no limit */
	int64_t body_most;                         /* bytes after unpacking; 0: no limit */
	/* The final headers have come. */
	void (*head)(void *context, long status);
	/* Bytes of the body; false stops the transfer (done tells so).  Neither of these two
	 * may start or stop transfers. */
	bool (*data)(void *context, const char *p, size_t n);
	/* The end; the call is freed when it returns.  May start others. */
	void (*done)(void *context, const struct http_result *r);
	void *context;
	/* The same for who only watches the line, before done; NULL: nobody does. */
	void (*ended)(void *watcher, const char *method, const char *url,
		      const struct http_result *r);
	void *watcher;
};

struct http_result {
	struct failure failure; /* of the connection, not of the status */
	long status;
	bool sent;           /* at least a byte of the request left this machine */
	const char *type;    /* content type, or "" */
	const char *link;    /* URL with rel="next" of a Link header, or "" */
	int64_t server_time; /* of the Date header; CLOCK_NONE */
	int64_t retry_after; /* ms; -1 */
	int64_t bytes, took_ms;
	unsigned tag;
	struct http_call *call; /* for http_header */
};

/* The value of a cookie that the answer sets, into *value: the one of this name, or the i-th
 * of all (name NULL).  False where there is none.  Within `done` only. */
bool http_result_cookie(const struct http_result *r, const char *name, size_t i,
			struct strbuf *value);

/* Call http_global once, before threads. */
void http_global(void);
struct http *http_new(void);
/* Stops all transfers without telling them. */
void http_free(struct http *h);

/* From now on this tap (borrowed; NULL: none) sees what goes over the line, see http_tap.h. */
void http_set_tap(struct http *h, const struct http_tap *t);

/* NULL with *e where the order is wrong (a URL of another protocol). */
struct http_call *http_start(struct http *h, const struct http_order *o, struct err *e);
/* Ends it without calling done. */
void http_stop(struct http_call *c);
/* A paused transfer takes no more bytes: its server waits. */
void http_pause(struct http_call *c, bool pause);
long http_status(const struct http_call *c);

/* A date of HTTP; CLOCK_NONE for others. */
int64_t http_date(const char *s);
/* In done: the last header of this name, or NULL; borrowed. */
const char *http_header(const struct http_call *c, const char *name);

#define HTTP_FDS_MOST 192
/* Waits for transfers, these descriptors (at most HTTP_FDS_MOST) and at most timeout_ms, then
 * lets all transfers do what they can. */
void http_turn(struct http *h, struct pollfd *fds, size_t count, int64_t timeout_ms);

#endif
