/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/filter_narrow.h"

#include <stdbool.h>
#include <string.h>

#include "base/strbuf.h"
#include "text/fold.h"

/* Brackets where none were needed do no harm. */
static bool has_or(const char *filter)
{
	struct fold_token t;
	size_t n = strlen(filter), at = 0;
	while (fold_next_token(filter, n, &at, &t))
		if ((t.n == 2 && memcmp(t.text, "or", 2) == 0) ||
		    (t.n == 4 && memcmp(t.text, "hoac", 4) == 0))
			return true;
	return strchr(filter, '|') != NULL;
}

char *filter_narrow(const char *a, const char *b, size_t *at)
{
	struct strbuf both = STRBUF_INIT;
	bool alone = !*a || !*b;
	if (*a)
		strbuf_addf(&both, alone || !has_or(a) ? "%s" : "(%s)", a);
	strbuf_adds(&both, alone ? "" : " ");
	bool brackets = !alone && has_or(b);
	if (at)
		*at = both.len + brackets;
	if (*b)
		strbuf_addf(&both, brackets ? "(%s)" : "%s", b);
	return strbuf_detach(&both);
}
