/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/peers.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "base/clock.h"

#define PATIENCE (60 * SECOND)
#define SLOWEST 1                    /* bytes a millisecond */
#define BYTES_MOST ((size_t)1 << 30) /* that are waited for, whatever was announced */

struct peer *peer_add(struct peers *all, int fd)
{
	struct peer *p = xcalloc(1, sizeof *p);
	p->fd = fd;
	p->next = all->head;
	p->link = &all->head;
	if (p->next)
		p->next->link = &p->next;
	all->head = p;
	all->count++;
	peer_expect(p);
	return p;
}

void peer_remove(struct peers *all, struct peer *p)
{
	*p->link = p->next;
	if (p->next)
		p->next->link = p->link;
	all->count--;
	free(p);
}

void peer_expect(struct peer *p)
{
	p->deadline = clock_monotonic() + PATIENCE;
	p->idle = true;
}

void peer_busy(struct peer *p, size_t bytes)
{
	if (bytes > BYTES_MOST)
		bytes = BYTES_MOST;
	p->deadline = clock_monotonic() + PATIENCE + (int64_t)bytes / SLOWEST;
	p->idle = false;
}

void peer_unbounded(struct peer *p)
{
	p->deadline = CLOCK_NONE;
	p->idle = false;
}

size_t peers_shut(struct peers *all, int64_t now, bool idle)
{
	size_t count = 0;
	for (struct peer *p = all->head; p; p = p->next) {
		bool late = p->deadline != CLOCK_NONE && p->deadline < now;
		if (!late && !(idle && p->idle))
			continue;
		shutdown(p->fd, SHUT_RDWR);
		peer_unbounded(p);
		count++;
	}
	return count;
}
