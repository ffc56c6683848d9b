/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record in lines: what its page on the screen says, each field on a line of its own.  The
 * numbers are those of its related records. */
#include <stdio.h>

#include "ui/detail_text.h"
#include "ui/state.h"

#define UNBROKEN 4000 /* columns: lines are broken when they are told */

void tell_detail(struct app *a, struct strbuf *out, int columns)
{
	struct detail *d = &a->detail;
	const struct kind *k;
	char id[260], command[32];
	app_key(a, "duplicates", d->duplicates_key, sizeof d->duplicates_key);
	app_key(a, "accept", d->accept_key, sizeof d->accept_key);
	doc_reset(&d->doc);
	detail_lay_out(d, &a->look, UNBROKEN);
	d->doc_columns = 0;
	tell_doc(out, &d->doc, true, columns);
	for (size_t i = 0; detail_link(d, i, &k, id, sizeof id); i++) {
		snprintf(command, sizeof command, "related %zu", i + 1);
		tell_command_pick(a, command);
	}
}
