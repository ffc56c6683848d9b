/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/head.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "gateway/gateway.h"

#define URI_MOST 8192u
#define HEAD_MOST 16384u

static bool is_local_name(const char *name)
{
	static const char local[] = "localhost";
	size_t n = strlen(name), tail = sizeof local - 1;
	return n >= tail && strcasecmp(name + n - tail, local) == 0 &&
	       (n == tail || name[n - tail - 1] == '.');
}

static bool is_local_address(const char *text)
{
	struct in_addr four;
	struct in6_addr six;
	if (inet_pton(AF_INET, text, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	return inet_pton(AF_INET6, text, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

bool head_is_local(const char *host)
{
	char name[256];
	bool bracket = *host == '[';
	size_t n = bracket ? strcspn(++host, "]") : strcspn(host, ":");
	if (n >= sizeof name)
		return false;
	memcpy(name, host, n);
	name[n] = '\0';
	return is_local_address(name) || (!bracket && is_local_name(name));
}

bool head_accept(struct request *r)
{
	size_t size = MHD_get_connection_info(r->connection,
					      MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
			      ->header_size;
	const char *host = request_header(r, MHD_HTTP_HEADER_HOST);
	if (r->uri_length > URI_MOST)
		problem_answer(&r->answer, PROBLEM_LONG_ADDRESS, NULL,
			       "at most %u bytes are taken", URI_MOST);
	else if (size > HEAD_MOST)
		problem_answer(&r->answer, PROBLEM_LARGE_HEAD, NULL,
			       "at most %u bytes are taken", HEAD_MOST);
	else if (host && auth_is_open(r->gateway->auth) && !head_is_local(host))
		problem_answer(
			&r->answer, PROBLEM_MISDIRECTED, NULL,
			"\"%.100s\" is not a name of this machine: ask for localhost, or "
			"start the gateway with --tokens",
			host);
	else if (r->uri_error.code != ERR_NONE)
		problem_answer(&r->answer, PROBLEM_BAD_REQUEST, NULL, "%s", r->uri_error.text);
	else
		return true;
	return false;
}
