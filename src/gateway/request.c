/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gateway/etag.h"

const char *request_header(struct request *r, const char *name)
{
	return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

const char *request_query(const struct request *r, const char *name)
{
	return fields_get(&r->uri.query, name);
}

bool request_number(struct request *r, const char *name, int64_t least, int64_t most,
		    int64_t otherwise, int64_t *out)
{
	const char *text = request_query(r, name);
	*out = otherwise;
	if (!text)
		return true;
	char *end;
	errno = 0;
	*out = strtoll(text, &end, 10);
	if (*text && !*end && !errno && *out >= least && *out <= most)
		return true;
	problem_answer(&r->answer, PROBLEM_BAD_REQUEST, name,
		       "%s must be a whole number from %lld to %lld", name, (long long)least,
		       (long long)most);
	return false;
}

bool request_is(struct request *r, const char *type)
{
	const char *has = request_header(r, MHD_HTTP_HEADER_CONTENT_TYPE);
	size_t n = has ? strcspn(has, "; \t") : 0;
	return has && strlen(type) == n && strncasecmp(has, type, n) == 0;
}

bool request_not_modified(struct request *r, const char *tag)
{
	answer_header(&r->answer, MHD_HTTP_HEADER_ETAG, "\"%s\"", tag);
	answer_header(&r->answer, MHD_HTTP_HEADER_CACHE_CONTROL, "private, no-cache");
	const char *known = request_header(r, MHD_HTTP_HEADER_IF_NONE_MATCH);
	if (!known || !etag_listed(known, tag))
		return false;
	r->answer.status = 304;
	strbuf_clear(&r->answer.body);
	return true;
}

bool request_match(struct request *r, const char *tag)
{
	const char *wanted = request_header(r, MHD_HTTP_HEADER_IF_MATCH);
	if (!wanted || etag_listed(wanted, tag))
		return true;
	problem_answer(&r->answer, PROBLEM_CHANGED, NULL, "the version is %s now", tag);
	answer_header(&r->answer, MHD_HTTP_HEADER_ETAG, "\"%s\"", tag);
	return false;
}
