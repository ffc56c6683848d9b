/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cache.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/point.h"
#include "app/writer.h"
#include "base/i18n.h"
#include "base/strbuf.h"

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

/* Two more lines of it. */
static void point(struct err *e, const char *filter, size_t at)
{
	struct strbuf lines = STRBUF_INIT;
	size_t n = strlen(e->text);
	point_at(&lines, filter, at);
	snprintf(e->text + n, sizeof e->text - n, "\n%s", lines.s);
	strbuf_free(&lines);
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
