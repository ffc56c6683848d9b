/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages cross threads in order, none lost, none twice. */
#include "unit.h"

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/msgq.h"

static bool is_readable(struct msgq *q)
{
	struct pollfd p = {msgq_fd(q), POLLIN, 0};
	return poll(&p, 1, 0) == 1;
}

static void messages_leave_in_the_order_of_arrival(void **state)
{
	(void)state;
	struct msgq *q = msgq_new();
	int m[3];
	assert_null(msgq_pop(q));
	for (int i = 0; i < 3; i++)
		msgq_push(q, &m[i]);
	for (int i = 0; i < 3; i++)
		assert_ptr_equal(msgq_pop(q), &m[i]);
	assert_null(msgq_pop(q));
	msgq_free(q, NULL);
}

static void the_descriptor_is_readable_exactly_while_messages_wait(void **state)
{
	(void)state;
	struct msgq *q = msgq_new();
	int m;
	assert_false(is_readable(q));
	msgq_push(q, &m);
	msgq_push(q, &m);
	assert_true(is_readable(q));
	msgq_pop(q);
	assert_true(is_readable(q));
	msgq_pop(q);
	assert_false(is_readable(q));
	msgq_push(q, &m);
	assert_true(is_readable(q));
	msgq_free(q, NULL);
}

static void what_nobody_took_is_freed(void **state)
{
	(void)state;
	struct msgq *q = msgq_new();
	for (int i = 0; i < 10; i++)
		msgq_push(q, xmalloc(100));
	msgq_free(q, free);
	msgq_free(NULL, free);
}

enum { SENDERS = 4, EACH = 20000 };

struct number {
	int sender, n;
};

struct sender {
	struct msgq *q;
	int id;
};

static void *push_numbers(void *arg)
{
	const struct sender *s = arg;
	for (int i = 0; i < EACH; i++) {
		struct number *m = xmalloc(sizeof *m);
		*m = (struct number){s->id, i};
		msgq_push(s->q, m);
	}
	return NULL;
}

static void senders_in_threads_lose_nothing_and_keep_their_order(void **state)
{
	(void)state;
	struct msgq *q = msgq_new();
	pthread_t threads[SENDERS];
	struct sender senders[SENDERS];
	int next[SENDERS] = {0};
	for (int i = 0; i < SENDERS; i++) {
		senders[i] = (struct sender){q, i};
		assert_int_equal(pthread_create(&threads[i], NULL, push_numbers, &senders[i]),
				 0);
	}
	for (int got = 0; got < SENDERS * EACH; got++) {
		struct number *m = msgq_wait(q);
		assert_int_equal(m->n, next[m->sender]++);
		free(m);
	}
	for (int i = 0; i < SENDERS; i++)
		pthread_join(threads[i], NULL);
	assert_false(is_readable(q));
	msgq_free(q, free);
}

static void *wait_for_end(void *arg)
{
	return msgq_wait(arg);
}

static void closing_wakes_every_waiter_after_the_last_message(void **state)
{
	(void)state;
	struct msgq *q = msgq_new();
	pthread_t threads[3];
	for (int i = 0; i < 3; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, wait_for_end, q), 0);
	int m;
	msgq_push(q, &m);
	msgq_close(q);
	int got = 0;
	for (int i = 0; i < 3; i++) {
		void *result;
		pthread_join(threads[i], &result);
		got += result == &m;
	}
	assert_int_equal(got, 1);
	assert_null(msgq_wait(q));
	msgq_free(q, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_leave_in_the_order_of_arrival),
		cmocka_unit_test(the_descriptor_is_readable_exactly_while_messages_wait),
		cmocka_unit_test(what_nobody_took_is_freed),
		cmocka_unit_test(senders_in_threads_lose_nothing_and_keep_their_order),
		cmocka_unit_test(closing_wakes_every_waiter_after_the_last_message),
	};
	return cmocka_run_group_tests_name("msgq", tests, NULL, NULL);
}
