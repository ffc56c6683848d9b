/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two ends of a real socket understand each other, whatever one of them sends. */
#include "unit.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/control.h"

struct ends {
	char dir[32], path[64];
	int listener;
	struct control writer, reader;
};

static int connect_ends(void **state)
{
	struct err e = ERR_INIT;
	struct ends *s = calloc(1, sizeof *s);
	if (!s)
		return -1;
	*state = s;
	snprintf(s->dir, sizeof s->dir, "/tmp/ioc-control.XXXXXX");
	if (!mkdtemp(s->dir))
		return -1;
	snprintf(s->path, sizeof s->path, "%s/sync.sock", s->dir);
	s->listener = control_listen(s->path, &e);
	if (s->listener < 0 || control_connect(s->path, &s->reader, &e) < 0)
		return -1;
	return control_accept(s->listener, &s->writer);
}

static int close_ends(void **state)
{
	struct ends *s = *state;
	control_close(&s->writer);
	control_close(&s->reader);
	close(s->listener);
	unlink(s->path);
	rmdir(s->dir);
	free(s);
	return 0;
}

static void send_bytes(struct control *c, const char *s, size_t n)
{
	assert_int_equal(send(c->fd, s, n, MSG_NOSIGNAL), (ssize_t)n);
}

/* Waits (bounded) until something is there to read, and reads it. */
static void wait_and_fill(struct control *c)
{
	struct pollfd p = {c->fd, POLLIN, 0};
	assert_int_equal(poll(&p, 1, 5000), 1);
	control_fill(c);
}

static void the_socket_is_for_its_owner_only(void **state)
{
	struct ends *s = *state;
	struct stat st;
	assert_int_equal(stat(s->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	struct control none;
	assert_int_equal(control_accept(s->listener, &none), -1);
}

static void messages_arrive_whole_and_in_order(void **state)
{
	struct ends *s = *state;
	for (int i = 0; i < 3; i++) {
		json_t *m = json_pack("{s:s,s:i}", "event", "changed", "n", i);
		control_send(&s->writer, m);
		json_decref(m);
	}
	wait_and_fill(&s->reader);
	for (int i = 0; i < 3; i++) {
		json_t *m = control_next(&s->reader);
		assert_int_equal(json_integer_value(json_object_get(m, "n")), i);
		json_decref(m);
	}
	assert_null(control_next(&s->reader));
	assert_false(s->reader.closed);
}

static void half_a_line_waits_for_its_other_half(void **state)
{
	struct ends *s = *state;
	send_bytes(&s->writer, "{\"a\":", 5);
	wait_and_fill(&s->reader);
	assert_null(control_next(&s->reader));
	assert_false(s->reader.closed);
	send_bytes(&s->writer, "1}\n{\"b\"", 7);
	wait_and_fill(&s->reader);
	json_t *m = control_next(&s->reader);
	assert_int_equal(json_integer_value(json_object_get(m, "a")), 1);
	json_decref(m);
	assert_null(control_next(&s->reader));
	send_bytes(&s->writer, ":2}\n", 4);
	wait_and_fill(&s->reader);
	m = control_next(&s->reader);
	assert_int_equal(json_integer_value(json_object_get(m, "b")), 2);
	json_decref(m);
}

static void expect_cut_off(struct ends *s, const char *bytes, size_t n)
{
	send_bytes(&s->writer, bytes, n);
	wait_and_fill(&s->reader);
	assert_null(control_next(&s->reader));
	assert_true(s->reader.closed);
	assert_null(control_next(&s->reader));
}

static void what_is_no_object_ends_the_connection(void **state)
{
	expect_cut_off(*state, "[1]\n{\"a\":1}\n", 12);
}

static void garbage_ends_the_connection(void **state)
{
	expect_cut_off(*state, "\x16\x03\x01\xff\0\n", 6);
}

static void nesting_too_deep_ends_the_connection(void **state)
{
	char deep[20000];
	memset(deep, '[', sizeof deep);
	memcpy(deep, "{\"a\":", 5);
	deep[sizeof deep - 1] = '\n';
	expect_cut_off(*state, deep, sizeof deep);
}

/* Sends from a thread, because one end alone would wait for room. */
struct flood {
	int fd;
	const char *piece;
	size_t times;
};

static void *pour(void *arg)
{
	struct flood *f = arg;
	for (size_t i = 0; i < f->times; i++) {
		const char *s = f->piece;
		for (size_t left = strlen(s); left > 0;) {
			struct pollfd p = {f->fd, POLLOUT, 0};
			poll(&p, 1, 5000);
			ssize_t n = send(f->fd, s, left, MSG_NOSIGNAL);
			if (n < 0 && p.revents & (POLLERR | POLLHUP))
				return NULL;
			if (n > 0) {
				s += n;
				left -= (size_t)n;
			}
		}
	}
	return NULL;
}

static void a_line_without_end_is_cut_off(void **state)
{
	struct ends *s = *state;
	struct flood f = {s->writer.fd,
			  "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 60000};
	pthread_t t;
	assert_int_equal(pthread_create(&t, NULL, pour, &f), 0);
	while (!s->reader.closed) {
		wait_and_fill(&s->reader);
		assert_null(control_next(&s->reader));
	}
	assert_true(s->reader.in.len < (size_t)2 << 20);
	control_close(&s->reader);
	pthread_join(t, NULL);
}

static void a_flood_of_small_lines_is_read_line_by_line(void **state)
{
	struct ends *s = *state;
	enum { PIECES = 2000 };
	struct flood f = {s->writer.fd,
			  "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n"
			  "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
			  PIECES};
	pthread_t t;
	assert_int_equal(pthread_create(&t, NULL, pour, &f), 0);
	for (int got = 0; got < PIECES * 20;) {
		wait_and_fill(&s->reader);
		for (json_t *m; (m = control_next(&s->reader)); json_decref(m))
			got++;
		assert_false(s->reader.closed);
	}
	pthread_join(t, NULL);
}

static void a_peer_that_never_reads_is_cut_off(void **state)
{
	struct ends *s = *state;
	char text[65536];
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	json_t *m = json_pack("{s:s}", "text", text);
	for (int i = 0; i < 1000 && !s->writer.closed; i++)
		control_send(&s->writer, m);
	assert_true(s->writer.closed);
	assert_true(s->writer.out.len < (size_t)5 << 20);
	control_send(&s->writer, m);
	assert_false(control_wants_write(&s->writer));
	json_decref(m);
}

static void what_does_not_fit_now_is_sent_later(void **state)
{
	struct ends *s = *state;
	char text[65536];
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	json_t *m = json_pack("{s:s}", "text", text);
	int sent = 0, got = 0;
	while (!control_wants_write(&s->writer)) {
		control_send(&s->writer, m);
		sent++;
	}
	for (int turn = 0; turn < 1000 && got < sent; turn++) {
		wait_and_fill(&s->reader);
		for (json_t *in; (in = control_next(&s->reader)); json_decref(in), got++)
			assert_true(json_equal(in, m));
		control_flush(&s->writer);
	}
	assert_int_equal(got, sent);
	json_decref(m);
}

static void the_last_words_of_a_peer_are_heard(void **state)
{
	struct ends *s = *state;
	send_bytes(&s->writer, "{\"event\":\"bye\"}\n", 16);
	control_close(&s->writer);
	wait_and_fill(&s->reader);
	assert_true(s->reader.closed);
	json_t *m = control_next(&s->reader);
	assert_non_null(m);
	json_decref(m);
}

/* A writer of one answer: reads a command, sends the bytes, hangs up. */
struct answer {
	struct control *c;
	const char *bytes;
};

static void *answer_once(void *arg)
{
	struct answer *a = arg;
	json_t *m = NULL;
	while (!m && !a->c->closed) {
		struct pollfd p = {a->c->fd, POLLIN, 0};
		poll(&p, 1, 5000);
		control_fill(a->c);
		m = control_next(a->c);
	}
	json_decref(m);
	ssize_t n = send(a->c->fd, a->bytes, strlen(a->bytes), MSG_NOSIGNAL);
	(void)n;
	control_close(a->c);
	return NULL;
}

static json_t *ask(struct ends *s, const char *answer, struct err *e)
{
	struct answer a = {&s->writer, answer};
	pthread_t t;
	assert_int_equal(pthread_create(&t, NULL, answer_once, &a), 0);
	json_t *command = json_pack("{s:i,s:s}", "id", 7, "command", "status");
	json_t *m = control_ask(&s->reader, command, 5000, e);
	json_decref(command);
	pthread_join(t, NULL);
	return m;
}

static void an_answer_is_told_from_events_and_other_answers(void **state)
{
	struct err e = ERR_INIT;
	json_t *m = ask(*state,
			"{\"event\":\"hello\"}\n{\"id\":6,\"ok\":true}\n"
			"{\"id\":7,\"ok\":true,\"n\":5}\n",
			&e);
	assert_non_null(m);
	assert_int_equal(json_integer_value(json_object_get(m, "n")), 5);
	json_decref(m);
}

static void a_refusal_carries_its_code_and_words(void **state)
{
	struct err e = ERR_INIT;
	assert_null(ask(
		*state,
		"{\"id\":7,\"ok\":false,\"error\":\"permission\",\"message\":\"no right\"}\n",
		&e));
	assert_int_equal(e.code, ERR_PERMISSION);
	assert_string_equal(e.text, "no right");
}

static void a_writer_that_hangs_up_is_an_error(void **state)
{
	struct err e = ERR_INIT;
	assert_null(ask(*state, "", &e));
	assert_int_equal(e.code, ERR_NET);
}

static void waiting_for_an_answer_ends(void **state)
{
	struct ends *s = *state;
	struct err e = ERR_INIT;
	json_t *command = json_pack("{s:s}", "command", "status");
	int64_t start = clock_monotonic();
	assert_null(control_ask(&s->reader, command, 30, &e));
	assert_true(clock_monotonic() - start >= 30);
	assert_int_equal(e.code, ERR_NET);
	json_decref(command);
}

static void connecting_to_nobody_says_so(void **state)
{
	struct ends *s = *state;
	struct err e = ERR_INIT;
	struct control c;
	assert_int_equal(control_connect("/nonexistent/sync.sock", &c, &e), -1);
	assert_int_equal(e.code, ERR_NOT_FOUND);
	close(s->listener);
	assert_int_equal(control_connect(s->path, &c, &e), -1);
	assert_int_equal(e.code, ERR_NOT_FOUND);
	s->listener = control_listen(s->path, &e); /* over the file that was left */
	assert_true(s->listener >= 0);
	char path[300];
	memset(path, 'x', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	assert_int_equal(control_listen(path, &e), -1);
	assert_int_equal(control_connect(path, &c, &e), -1);
}

#define WITH_ENDS(test) cmocka_unit_test_setup_teardown(test, connect_ends, close_ends)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ENDS(the_socket_is_for_its_owner_only),
		WITH_ENDS(messages_arrive_whole_and_in_order),
		WITH_ENDS(half_a_line_waits_for_its_other_half),
		WITH_ENDS(what_is_no_object_ends_the_connection),
		WITH_ENDS(garbage_ends_the_connection),
		WITH_ENDS(nesting_too_deep_ends_the_connection),
		WITH_ENDS(a_line_without_end_is_cut_off),
		WITH_ENDS(a_flood_of_small_lines_is_read_line_by_line),
		WITH_ENDS(a_peer_that_never_reads_is_cut_off),
		WITH_ENDS(what_does_not_fit_now_is_sent_later),
		WITH_ENDS(the_last_words_of_a_peer_are_heard),
		WITH_ENDS(an_answer_is_told_from_events_and_other_answers),
		WITH_ENDS(a_refusal_carries_its_code_and_words),
		WITH_ENDS(a_writer_that_hangs_up_is_an_error),
		WITH_ENDS(waiting_for_an_answer_ends),
		WITH_ENDS(connecting_to_nobody_says_so),
	};
	return cmocka_run_group_tests_name("control", tests, NULL, NULL);
}
