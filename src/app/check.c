/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/clean.h"

const struct check checks[] = {
	{"config", check_config},
	{"connectors", check_connectors},
	{"folders", check_folders},
	{"cache", check_cache},
	{"journal", check_journal},
	{"disk", check_disk},
	{"terminal", check_terminal},
	{"locale", check_locale},
	{"zone", check_zone},
	{"looks", check_looks},
	{"writer", check_writer},
	{"sources", check_sources},
	{NULL, NULL},
};

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
	*one = (struct finding){level, f->area, cleaned(text.s),
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
