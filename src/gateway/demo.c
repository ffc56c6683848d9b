/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A demo without a city. */
#include "gateway/demo.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"

struct demo {
	struct backend *backend;
};

struct demo *demo_new(struct backend *b, const struct demo_options *options, struct err *e)
{
	(void)options, (void)e;
	struct demo *d = xcalloc(1, sizeof *d);
	d->backend = b;
	return d;
}

int demo_load(struct demo *d, struct err *e)
{
	(void)d, (void)e;
	return 0;
}

int64_t demo_next(const struct demo *d, int64_t now)
{
	(void)d, (void)now;
	return CLOCK_NONE;
}

int demo_step(struct demo *d, int64_t now, struct err *e)
{
	(void)d, (void)now, (void)e;
	return 0;
}

void demo_free(struct demo *d)
{
	free(d);
}
