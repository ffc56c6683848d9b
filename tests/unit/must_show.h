/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IOC_TESTS_MUST_SHOW_H
#define IOC_TESTS_MUST_SHOW_H

#include "../screen/world.h"
#include "unit.h"

/* Fails with the whole screen where the words are not on it. */
static inline void must_show(struct world *w, const char *words)
{
	if (world_shows(w, words))
		return;
	struct strbuf b = STRBUF_INIT;
	world_dump(w, &b);
	fail_msg("\"%s\" is not on screen:\n%s", words, b.s);
}

#endif
