/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small parts: addresses, entity tags, compression, credentials, command line. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include "base/clock.h"
#include "gateway/auth.h"
#include "gateway/compress.h"
#include "gateway/etag.h"
#include "gateway/options.h"
#include "gateway/peers.h"
#include "gateway/uri.h"

static struct err e;

static void an_address_is_taken_apart_and_decoded(void **state)
{
	(void)state;
	struct uri u;
	assert_int_equal(uri_parse(&u, "/v1/calls/a%20b%C4%91?x=1+2&y=%26&x=3&z", &e), 0);
	assert_int_equal(u.count, 3);
	assert_string_equal(u.segments[2], "a bđ");
	assert_string_equal(fields_get(&u.query, "x"), "1 2");
	assert_string_equal(fields_get(&u.query, "y"), "&");
	assert_string_equal(fields_get(&u.query, "z"), "");
	assert_null(fields_get(&u.query, "w"));
	uri_free(&u);
}

static void broken_addresses_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"/%",
					  "/%1",
					  "/%zz",
					  "/a%00b",
					  "/%ff",
					  "/?a=%",
					  "/?a=%00",
					  "/1/2/3/4/5/6/7/8/9",
					  "/?1&2&3&4&5&6&7&8&9&10&11&12&13&14&15&16&17"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct uri u;
		assert_int_equal(uri_parse(&u, bad[i], &e), -1);
		uri_free(&u);
	}
}

static void texts_are_escaped_for_addresses(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	uri_escape(&b, "a b/đ\r\n\"");
	assert_string_equal(b.s, "a%20b%2F%C4%91%0D%0A%22");
	strbuf_free(&b);
}

static void tags_are_found_in_lists(void **state)
{
	(void)state;
	assert_true(etag_listed("\"3\"", "3"));
	assert_true(etag_listed("W/\"3\"", "3"));
	assert_true(etag_listed("\"1\", W/\"2\" ,\"3\"", "3"));
	assert_true(etag_listed("*", "3"));
	assert_false(etag_listed("\"33\"", "3"));
	assert_false(etag_listed("3", "3"));
	assert_false(etag_listed("\"3", "3"));
	assert_false(etag_listed("", "3"));
	assert_false(etag_listed("W/", "3"));
}

static void gzip_is_used_where_it_is_wanted(void **state)
{
	(void)state;
	assert_true(compress_wanted("gzip"));
	assert_true(compress_wanted("deflate, GZIP;q=0.5"));
	assert_true(compress_wanted("*"));
	assert_false(compress_wanted("gzip;q=0"));
	assert_false(compress_wanted("deflate;q=1, br"));
	assert_false(compress_wanted("x-gzipped"));
	assert_false(compress_wanted(NULL));
}

static void gzip_gives_the_text_back(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	for (int i = 0; i < 5000; i++)
		strbuf_addf(&b, "record %d, ", i);
	char *plain = strdup(b.s), *out = calloc(1, b.len + 1);
	size_t n = b.len;
	assert_true(compress_gzip(&b));
	assert_true(b.len < n / 3);
	z_stream z = {.next_in = (Bytef *)b.s,
		      .avail_in = (uInt)b.len,
		      .next_out = (Bytef *)out,
		      .avail_out = (uInt)n};
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	inflateEnd(&z);
	assert_string_equal(out, plain);
	free(plain);
	free(out);
	strbuf_free(&b);
}

static struct auth *load(const char *yaml)
{
	char path[] = "/tmp/gateway-tokens.XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0 && write(fd, yaml, strlen(yaml)) == (ssize_t)strlen(yaml));
	close(fd);
	struct auth *a = auth_load(path, 1000, &e);
	unlink(path);
	return a;
}

static const char tokens[] =
	"- {name: sync, token: 0123456789abcdef, rights: ['read:*', metrics]}\n"
	"- {name: bot, client_id: bot, client_secret: fedcba9876543210, rights: "
	"['write:alerts']}\n";

static void a_token_names_its_client(void **state)
{
	(void)state;
	struct auth *a = load(tokens);
	assert_non_null(a);
	const struct client *c = auth_bearer(a, "Bearer 0123456789abcdef", 0);
	assert_non_null(c);
	assert_string_equal(c->name, "sync");
	assert_true(rights_read(&c->rights, kind_find("call")));
	assert_false(rights_write(&c->rights, kind_find("call")));
	assert_true(c->rights.metrics);
	assert_null(auth_bearer(a, "Bearer 0123456789abcdeX", 0));
	assert_null(auth_bearer(a, "Bearer ", 0));
	assert_null(auth_bearer(a, "Basic 0123456789abcdef", 0));
	assert_null(auth_bearer(a, NULL, 0));
	auth_free(a);
}

static void a_granted_token_lives_its_time(void **state)
{
	(void)state;
	struct auth *a = load(tokens);
	char token[AUTH_TOKEN], header[80];
	assert_null(auth_grant(a, "bot", "wrong", 0, token));
	assert_null(auth_grant(a, "sync", "0123456789abcdef", 0, token));
	assert_non_null(auth_grant(a, "bot", "fedcba9876543210", 5000, token));
	assert_int_equal(strlen(token), AUTH_TOKEN - 1);
	snprintf(header, sizeof header, "Bearer %s", token);
	const struct client *c = auth_bearer(a, header, 5999);
	assert_non_null(c);
	assert_true(rights_write(&c->rights, kind_find("alert")));
	assert_false(rights_write(&c->rights, kind_find("call")));
	assert_null(auth_bearer(a, header, 6000));
	auth_free(a);
}

static void bad_token_files_say_where(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"- {name: x, token: short, rights: []}\n",
		"- {name: x, rights: ['read:*']}\n",
		("- {name: x, token: 0123456789abcdef, client_id: y,\n"
		 "   client_secret: 0123456789abcdef, rights: []}\n"),
		"- {name: x, token: 0123456789abcdef}\n",
		"- {name: x, token: 0123456789abcdef, rights: ['read:nothing']}\n",
		"- {name: x, tokken: 0123456789abcdef, rights: []}\n",
		"name: x\n",
		"- [\n",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_null(load(bad[i]));
		assert_non_null(strstr(e.text, ":1:") ? strstr(e.text, ":1:")
						      : strstr(e.text, ":2:"));
	}
}

static void basic_credentials_are_decoded(void **state)
{
	(void)state;
	const char *secret = NULL;
	char *copy;
	const char *id = auth_basic("Basic Ym90OmE6Yg==", &secret, &copy);
	assert_string_equal(id, "bot");
	assert_string_equal(secret, "a:b");
	free(copy);
	static const char *const bad[] = {"Basic !!", "Basic Ym90", "Bearer Ym90OmE=", "Basic ",
					  "Basic Ym90OmE=x"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_null(auth_basic(bad[i], &secret, &copy));
		free(copy);
	}
}

static int parse(struct options *o, const char *first, const char *second)
{
	char name[] = "ioc-gateway",
	     *argv[] = {name, (char *)(uintptr_t)first, (char *)(uintptr_t)second, NULL};
	return options_parse(o, second ? 3 : first ? 2 : 1, argv, &e);
}

static void options_have_sensible_defaults(void **state)
{
	(void)state;
	struct options o;
	assert_int_equal(parse(&o, NULL, NULL), 0);
	assert_int_equal(o.hub.heartbeat, 10 * SECOND);
	assert_int_equal(o.demo_options.seed, 1);
	assert_false(o.demo);
	options_free(&o);
	assert_int_equal(parse(&o, "--heartbeat", "250ms"), 0);
	assert_int_equal(o.hub.heartbeat, 250);
	options_free(&o);
	assert_int_equal(parse(&o, "--load", "complaint=x.ndjson"), 0);
	assert_int_equal(o.load_count, 1);
	assert_string_equal(o.loads[0].path, "x.ndjson");
	options_free(&o);
	assert_int_equal(parse(&o, "--listen", "[::1]:0"), 0);
	options_free(&o);
}

static void wrong_options_are_refused(void **state)
{
	(void)state;
	static const char *const bad[][2] = {
		{"--heartbeat", "10"},
		{"--heartbeat", "1ms"},
		{"--seed", "-1"},
		{"--seed", "x"},
		{"--rate", ""},
		{"--listen", "127.0.0.1"},
		{"--listen", "127.0.0.1:65536"},
		{"--listen", "0.0.0.0:0"},
		{"--listen", "[::]:0"},
		{"--load", "nothing=x"},
		{"--load", "complaint="},
		{"--tls-cert", "x"},
		{"--clock", "tomorrow"},
		{"--log-level", "loud"},
		{"--no-such", NULL},
		{"surplus", NULL},
		{"--db", NULL},
		{"--max-streams", "9999999999999999999"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct options o;
		e = (struct err)ERR_INIT;
		assert_int_equal(parse(&o, bad[i][0], bad[i][1]), -1);
		assert_int_equal(e.code, ERR_USAGE);
		options_free(&o);
	}
}

static bool is_shut(int fd)
{
	char byte;
	return recv(fd, &byte, 1, MSG_DONTWAIT) == 0;
}

static void slow_peers_are_shut_and_streams_are_not(void **state)
{
	(void)state;
	struct peers all = {0};
	int a[2], b[2], c[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, a), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, b), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, c), 0);
	struct peer *waiting = peer_add(&all, a[0]), *stream = peer_add(&all, b[0]);
	struct peer *loading = peer_add(&all, c[0]);
	int64_t now = clock_monotonic();
	peer_unbounded(stream);
	peer_busy(loading, 1000000);
	assert_int_equal(peers_shut(&all, now + 50 * SECOND, false), 0);
	assert_int_equal(peers_shut(&all, now + 61 * SECOND, false), 1);
	assert_true(is_shut(a[1]) && !is_shut(b[1]) && !is_shut(c[1]));
	assert_int_equal(peers_shut(&all, now + 1100 * SECOND, false), 1);
	assert_true(!is_shut(b[1]) && is_shut(c[1]));
	peer_busy(stream, SIZE_MAX); /* as announced: it does not wait for ever */
	assert_int_equal(peers_shut(&all, now + 365 * DAY, false), 1);
	peer_expect(stream);
	assert_int_equal(peers_shut(&all, now, true), 1);
	assert_true(is_shut(b[1]));
	peer_remove(&all, stream);
	peer_remove(&all, waiting);
	peer_remove(&all, loading);
	assert_int_equal(all.count, 0);
	for (int i = 0; i < 2; i++)
		close(a[i]), close(b[i]), close(c[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_taken_apart_and_decoded),
		cmocka_unit_test(broken_addresses_are_refused),
		cmocka_unit_test(texts_are_escaped_for_addresses),
		cmocka_unit_test(tags_are_found_in_lists),
		cmocka_unit_test(gzip_is_used_where_it_is_wanted),
		cmocka_unit_test(gzip_gives_the_text_back),
		cmocka_unit_test(a_token_names_its_client),
		cmocka_unit_test(a_granted_token_lives_its_time),
		cmocka_unit_test(bad_token_files_say_where),
		cmocka_unit_test(basic_credentials_are_decoded),
		cmocka_unit_test(slow_peers_are_shut_and_streams_are_not),
		cmocka_unit_test(options_have_sensible_defaults),
		cmocka_unit_test(wrong_options_are_refused),
	};
	return cmocka_run_group_tests_name("gateway parts", tests, NULL, NULL);
}
