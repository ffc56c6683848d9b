/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cache.h"

#include <unistd.h>

#include "base/i18n.h"

struct db *cache_open(const struct program *p, struct err *e)
{
	struct db *db = db_open_reader(p->paths.cache_db, e);
	if (!db && access(p->paths.cache_db, F_OK) < 0)
		err_set(e, ERR_NOT_FOUND,
			_("there is no cache yet at %s: run \"ioc sync --once\""),
			p->paths.cache_db);
	return db;
}

const char *cache_name(void *names, const struct kind *catalogue, const char *code, int64_t at)
{
	return names_get(names, catalogue, code, at, false);
}
