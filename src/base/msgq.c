/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/msgq.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/alloc.h"

struct item {
	struct item *next;
	void *message;
};

struct msgq {
	pthread_mutex_t lock;
	pthread_cond_t arrived;
	struct item *head, **tail;
	int fd;
	bool closed;
};

struct msgq *msgq_new(void)
{
	int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (fd < 0)
		return NULL;
	struct msgq *q = xcalloc(1, sizeof *q);
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->arrived, NULL);
	q->tail = &q->head;
	q->fd = fd;
	return q;
}

int msgq_fd(const struct msgq *q)
{
	return q->fd;
}

void msgq_push(struct msgq *q, void *message)
{
	struct item *i = xmalloc(sizeof *i);
	*i = (struct item){NULL, message};
	pthread_mutex_lock(&q->lock);
	bool was_empty = !q->head;
	*q->tail = i;
	q->tail = &i->next;
	pthread_cond_signal(&q->arrived);
	if (was_empty) {
		uint64_t one = 1;
		ssize_t n = write(q->fd, &one, sizeof one);
		(void)n; /* a full counter is readable all the same */
	}
	pthread_mutex_unlock(&q->lock);
}

/* Takes the head; the lock is held. */
static void *take(struct msgq *q)
{
	struct item *i = q->head;
	if (!i)
		return NULL;
	q->head = i->next;
	if (!q->head) {
		q->tail = &q->head;
		uint64_t count;
		ssize_t n = read(q->fd, &count, sizeof count);
		(void)n;
	}
	void *message = i->message;
	free(i);
	return message;
}

void *msgq_pop(struct msgq *q)
{
	pthread_mutex_lock(&q->lock);
	void *message = take(q);
	pthread_mutex_unlock(&q->lock);
	return message;
}

void *msgq_wait(struct msgq *q)
{
	pthread_mutex_lock(&q->lock);
	while (!q->head && !q->closed)
		pthread_cond_wait(&q->arrived, &q->lock);
	void *message = take(q);
	pthread_mutex_unlock(&q->lock);
	return message;
}

void msgq_close(struct msgq *q)
{
	pthread_mutex_lock(&q->lock);
	q->closed = true;
	pthread_cond_broadcast(&q->arrived);
	pthread_mutex_unlock(&q->lock);
}

void msgq_free(struct msgq *q, void (*free_message)(void *))
{
	if (!q)
		return;
	for (void *m; (m = take(q));)
		if (free_message)
			free_message(m);
	close(q->fd);
	pthread_cond_destroy(&q->arrived);
	pthread_mutex_destroy(&q->lock);
	free(q);
}
