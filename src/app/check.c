/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/clean.h"

/* clang-format off */
const struct check checks[] = {
	{"config", N_("Configuration"), check_config},
	{"connectors", N_("Connectors"), check_connectors},
	{"folders", N_("Files and folders"), check_folders},
	{"cache", N_("Cache"), check_cache},
	{"journal", N_("Audit"), check_journal},
	{"disk", N_("Disk"), check_disk},
	{"terminal", N_("Terminal"), check_terminal},
	{"locale", N_("Language"), check_locale},
	{"zone", N_("Time zone"), check_zone},
	{"calendars", N_("Calendars"), check_calendars},
	{"deadlines", N_("Deadlines"), check_deadlines},
	{"routing", N_("Distribution"), check_routing},
	{"looks", N_("Colours and keys"), check_looks},
	{"replies", N_("Replies"), check_replies},
	{"views", N_("Views"), check_views},
	{"writer", N_("Writer"), check_writer},
	{"sources", N_("Sources"), check_sources},
	{NULL, NULL, NULL},
};
/* clang-format on */

static char *cleaned(const char *s)
{
	struct strbuf b = STRBUF_INIT;
	clean_append(&b, s, strlen(s), 0);
	return strbuf_detach(&b);
}

void check_report(struct findings *f, enum check_level level, const char *advice,
		  const char *fmt, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list ap;
	va_start(ap, fmt);
	strbuf_vaddf(&text, fmt, ap);
	va_end(ap);
	struct finding *one = &ARRAY_PUSH(f->list, f->count, f->cap);
	*one = (struct finding){level, f->check, cleaned(text.s),
				advice ? cleaned(advice) : NULL};
	strbuf_free(&text);
}

void check_free(struct findings *f)
{
	for (size_t i = 0; i < f->count; i++) {
		free(f->list[i].what);
		free(f->list[i].advice);
	}
	free(f->list);
	*f = (struct findings){0};
}
