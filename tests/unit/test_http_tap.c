/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/http.h"
#include "api/http_tap.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"

/* Plays one answer, and notes what it was asked and what it heard. */
struct desk {
	const char *play;
	struct strbuf asked, heard, body;
	bool done;
	long status;
	enum err_code code;
	char link[200];
};

static char *answer(void *context, const struct http_exchange *x, size_t *n)
{
	struct desk *d = context;
	strbuf_addf(&d->asked, "%s %s %s%s\n", x->method, x->url, x->headers,
		    x->body ? x->body : "-");
	*n = d->play ? strlen(d->play) : 0;
	return d->play ? xstrdup(d->play) : NULL;
}

static void ended(void *context, const struct http_exchange *x)
{
	struct desk *d = context;
	strbuf_addf(&d->heard, "%ld %.*s|%.*s", x->status, (int)strcspn(x->head, "\r\n"),
		    x->head, (int)x->answer_n, x->answer);
}

static bool on_data(void *context, const char *p, size_t n)
{
	strbuf_add(&((struct desk *)context)->body, p, n);
	return true;
}

static void on_done(void *context, const struct http_result *r)
{
	struct desk *d = context;
	d->done = true;
	d->status = r->status;
	d->code = r->failure.code;
	snprintf(d->link, sizeof d->link, "%s", r->link);
}

static void fetch(struct desk *d, const char *play, const char *url, const char *body)
{
	*d = (struct desk){
		.play = play, .asked = STRBUF_INIT, .heard = STRBUF_INIT, .body = STRBUF_INIT};
	struct http *h = http_new();
	struct http_tap tap = {ended, answer, d};
	http_set_tap(h, &tap);
	struct http_header header = {"Accept", "application/json"};
	struct http_order o = {.method = body ? "POST" : "GET",
			       .url = url,
			       .headers = &header,
			       .header_count = 1,
			       .body = body,
			       .body_n = body ? strlen(body) : 0,
			       .user_agent = "x",
			       .data = on_data,
			       .done = on_done,
			       .context = d};
	assert_non_null(http_start(h, &o, NULL));
	int64_t end = clock_monotonic() + 10 * SECOND;
	while (!d->done && clock_monotonic() < end)
		http_turn(h, NULL, 0, 100);
	assert_true(d->done);
	http_free(h);
}

static void done(struct desk *d)
{
	strbuf_free(&d->asked);
	strbuf_free(&d->heard);
	strbuf_free(&d->body);
}

static void a_played_answer_is_read_like_a_servers(void **state)
{
	(void)state;
	struct desk d;
	fetch(&d,
	      "HTTP/1.1 200 OK\r\nLink: <https://a.example/x?page=2>; rel=\"next\"\r\n"
	      "Content-Length: 7\r\n\r\n{\"a\":1}",
	      "https://a.example/x?page=1", NULL);
	assert_int_equal(d.code, ERR_NONE);
	assert_int_equal(d.status, 200);
	assert_string_equal(d.link, "https://a.example/x?page=2");
	assert_string_equal(d.body.s, "{\"a\":1}");
	assert_string_equal(d.asked.s,
			    "GET https://a.example/x?page=1 Accept: application/json\n-\n");
	assert_string_equal(d.heard.s, "200 HTTP/1.1 200 OK|{\"a\":1}");
	done(&d);
}

static void a_request_with_a_body_is_told_with_it(void **state)
{
	(void)state;
	struct desk d;
	fetch(&d, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", "http://a.example/login",
	      "q=1");
	assert_int_equal(d.status, 201);
	assert_string_equal(d.asked.s,
			    "POST http://a.example/login Accept: application/json\nq=1\n");
	done(&d);
}

static void what_was_not_recorded_fails_and_reaches_no_network(void **state)
{
	(void)state;
	struct desk d;
	fetch(&d, NULL, "http://127.0.0.1:1/x", NULL);
	assert_int_equal(d.code, ERR_NOT_FOUND);
	assert_string_equal(d.heard.s, "0 |");
	done(&d);
}

static void a_large_answer_comes_whole(void **state)
{
	(void)state;
	struct desk d;
	size_t n = 3 << 20;
	char *big = xmalloc(n + 200);
	int head = snprintf(big, 200, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", n);
	memset(big + head, 'x', n);
	big[(size_t)head + n] = '\0';
	fetch(&d, big, "http://a.example/", NULL);
	assert_int_equal(d.code, ERR_NONE);
	assert_int_equal(d.body.len, n);
	free(big);
	done(&d);
}

int main(void)
{
	http_global();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_played_answer_is_read_like_a_servers),
		cmocka_unit_test(a_request_with_a_body_is_told_with_it),
		cmocka_unit_test(what_was_not_recorded_fails_and_reaches_no_network),
		cmocka_unit_test(a_large_answer_comes_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
