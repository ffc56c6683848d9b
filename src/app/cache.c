/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cache.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/writer.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "text/utf8.h"

struct store_asker cache_asker(const struct program *p)
{
	struct config_operator o = config_operator(&p->config, writer_user());
	return (struct store_asker){
		.name = o.name, .user = o.user, .unit = o.unit, .paths = &p->paths};
}

struct db *cache_open(const struct program *p, struct err *e)
{
	struct db *db = db_open_reader(p->paths.cache_db, e);
	if (!db && access(p->paths.cache_db, F_OK) < 0)
		err_set(e, ERR_NOT_FOUND,
			_("there is no cache yet at %s: run \"ioc sync --once\""),
			p->paths.cache_db);
	struct store_asker asker = cache_asker(p);
	if (db)
		store_set_asker(db, &asker);
	return db;
}

#define SHOWN_BEFORE 40 /* characters of a filter before what is wrong */
#define SHOWN_BEHIND 30

/* From where on `count` characters stand before s[at]. */
static size_t step_back(const char *s, size_t at, int count)
{
	while (at > 0 && count-- > 0)
		at = utf8_previous(s, at);
	return at;
}

static size_t step_on(const char *s, size_t at, int count)
{
	struct utf8_cluster c;
	size_t n = strlen(s);
	while (at < n && count-- > 0)
		at += utf8_next(s + at, n - at, &c);
	return at;
}

/* Two more lines: the part of the filter that is wrong, and a mark below it. */
static void point(struct err *e, const char *filter, size_t at)
{
	size_t from = step_back(filter, at, SHOWN_BEFORE);
	size_t to = step_on(filter, at, SHOWN_BEHIND);
	struct strbuf shown = STRBUF_INIT;
	for (size_t i = from; i < to; i++) /* one line */
		strbuf_addc(&shown, (unsigned char)filter[i] < ' ' ? ' ' : filter[i]);
	const char *dots = from ? "…" : "";
	int before = utf8_swidth(dots) + utf8_width(shown.s, at - from);
	size_t n = strlen(e->text);
	snprintf(e->text + n, sizeof e->text - n, "\n    %s%s%s\n    %*s^", dots, shown.s,
		 filter[to] ? "…" : "", before, "");
	strbuf_free(&shown);
}

int cache_check_filter(struct db *db, const struct program *p, const struct kind *k,
		       const char *filter, struct err *e)
{
	size_t at = 0;
	if (!filter || store_check_filter(db, k, filter, p->now, &at, e) == 0)
		return 0;
	point(e, filter, at);
	return -1;
}

const char *cache_name(void *names, const struct kind *catalogue, const char *code, int64_t at)
{
	return names_get(names, catalogue, code, at, false);
}
