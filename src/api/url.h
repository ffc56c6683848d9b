/* SPDX-License-Identifier: GPL-3.0-or-later */
/* URLs are put together and compared by libcurl's own parser, never by hand. */
#ifndef IOC_API_URL_H
#define IOC_API_URL_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strbuf.h"

/* base_url and path in one: a path beginning with "/" is put behind the base's own path; a
 * whole URL must be of the base's origin.  -1 with *e. */
int url_join(const char *base, const char *path, struct strbuf *out, struct err *e);
/* The same by the rules for links: relative to `base`. */
int url_resolve(const char *base, const char *link, struct strbuf *out, struct err *e);
/* Appends ?name=value or &name=value, escaped. */
void url_add_query(struct strbuf *url, const char *name, const char *value);
/* Appends a text escaped for a URL or form. */
void url_add_escaped(struct strbuf *out, const char *text);
/* Appends name=value, escaped, after "&" where it is not the first. */
void url_add_form(struct strbuf *form, const char *name, const char *value);
/* Whether scheme, host and port are the same. */
bool url_same_origin(const char *a, const char *b);
/* The host alone; false where it is no URL. */
bool url_host(const char *url, struct strbuf *out);
/* The same URL at another host. */
bool url_with_host(const char *url, const char *host, struct strbuf *out);
/* Whether it is http, https, or file where allowed. */
bool url_is_allowed(const char *url, bool file);
/* Whether the server is this machine itself, where packing costs more than it saves. */
bool url_is_loopback(const char *url);
/* The path alone, from its first slash on. */
void url_path(const char *url, struct strbuf *out);
/* Without query, fragment and user: fit for a log. */
void url_for_log(const char *url, struct strbuf *out);

#endif
