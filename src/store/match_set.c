/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One bit a rowid: a megabyte for eight million rows. */
#include "store/match_set.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/sql.h"

#define BITS 64U
#define ROWID_MOST (INT64_C(1) << 36) /* more do not fit; nobody has so many */

static void grow(struct match_set *m, size_t word)
{
	if (word < m->words)
		return;
	size_t words = word + 1 > m->words * 2 ? word + 1 : m->words * 2;
	m->bits = xrealloc(m->bits, words * sizeof *m->bits);
	memset(m->bits + m->words, 0, (words - m->words) * sizeof *m->bits);
	m->words = words;
}

int match_set_read(struct match_set *m, struct db *db, sqlite3_stmt *s, struct err *e)
{
	int rc;
	m->count = m->asked = 0;
	if (m->words)
		memset(m->bits, 0, m->words * sizeof *m->bits);
	while ((rc = sql_step(db, s, e)) > 0) {
		int64_t id = sqlite3_column_int64(s, 0);
		if (id < 0 || id > ROWID_MOST)
			continue;
		grow(m, (size_t)id / BITS);
		m->bits[(size_t)id / BITS] |= UINT64_C(1) << (uint64_t)id % BITS;
		m->count++;
	}
	sqlite3_reset(s);
	return rc;
}

void match_set_free(struct match_set *m)
{
	free(m->bits);
	*m = (struct match_set){0};
}

void match_set_add_list(struct strbuf *b, const struct match_set *m)
{
	char before = '[';
	for (size_t i = 0; i < m->words; i++)
		for (uint64_t bits = m->bits[i]; bits; bits &= bits - 1) {
			strbuf_addf(b, "%c%zu", before,
				    i * BITS + (size_t)__builtin_ctzll(bits));
			before = ',';
		}
	strbuf_adds(b, before == '[' ? "[]" : "]");
}

static void in_function(sqlite3_context *context, int count, sqlite3_value **args)
{
	(void)count;
	struct match_set *m = sqlite3_value_pointer(args[0], MATCH_SET);
	int64_t id = sqlite3_value_int64(args[1]);
	if (!m || id < m->least || id > m->most) {
		if (m)
			m->asked = id;
		sqlite3_result_error(context, "not known to the set", -1);
		return;
	}
	bool in = id >= 0 && (size_t)id / BITS < m->words &&
		  m->bits[(size_t)id / BITS] >> (uint64_t)id % BITS & 1;
	sqlite3_result_int(context, in);
}

int match_set_register(struct db *db, struct err *e)
{
	int rc = sqlite3_create_function(db->handle, "ioc_in", 2, SQLITE_UTF8, NULL,
					 in_function, NULL, NULL);
	return rc == SQLITE_OK ? 0 : sql_error(db, e);
}
