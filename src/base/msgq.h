/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue between threads: messages are moved, the sender never touches one again. */
#ifndef IOC_BASE_MSGQ_H
#define IOC_BASE_MSGQ_H

struct msgq;

/* NULL with errno set where the system refuses. */
struct msgq *msgq_new(void);
/* Frees the queue, and what is still in it with free_message (may be NULL). */
void msgq_free(struct msgq *q, void (*free_message)(void *));
/* Readable while messages wait: for poll(). */
int msgq_fd(const struct msgq *q);
void msgq_push(struct msgq *q, void *message);
/* The oldest message, or NULL where none waits. */
void *msgq_pop(struct msgq *q);
/* Waits for a message; NULL only after msgq_close. */
void *msgq_wait(struct msgq *q);
/* Wakes all waiters for good. */
void msgq_close(struct msgq *q);

#endif
