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
#define READS_MOST 8                  /* then all is read */
#define SAMPLE 16                     /* blocks that tell what to expect of all */
#define GROWTH 16                     /* each read of neighbours is so many times the last */

static void set_bit(uint64_t **bits, size_t *words, size_t i)
{
	if (i / BITS >= *words) {
		size_t more = i / BITS + 1 > *words * 2 ? i / BITS + 1 : *words * 2;
		*bits = xrealloc(*bits, more * sizeof **bits);
		memset(*bits + *words, 0, (more - *words) * sizeof **bits);
		*words = more;
	}
	(*bits)[i / BITS] |= UINT64_C(1) << i % BITS;
}

static bool has_bit(const uint64_t *bits, size_t words, int64_t i)
{
	return i >= 0 && (size_t)i / BITS < words && bits[(size_t)i / BITS] >> i % BITS & 1;
}

bool match_set_knows(const struct match_set *m, int64_t id)
{
	return m->all || id < 0 || id > ROWID_MOST ||
	       has_bit(m->known, m->known_words, id / MATCH_SET_BLOCK);
}

/* Rowids mostly grow with the times by which lists are sorted, so that the next page is in the
 * next block; a row out of the order costs one block, not all between. */
struct match_range match_set_wants(const struct match_set *m, int64_t rows, int64_t few)
{
	int64_t block = m->asked / MATCH_SET_BLOCK, span = 1;
	bool above = has_bit(m->known, m->known_words, block + 1);
	bool below = has_bit(m->known, m->known_words, block - 1);
	int64_t expected = m->blocks >= SAMPLE
				   ? m->count * (rows / MATCH_SET_BLOCK + 1) / m->blocks
				   : INT64_MAX;
	if (m->reads >= READS_MOST || expected <= few)
		return (struct match_range){0, INT64_MAX, false};
	if (above != below)
		for (int i = 0; i <= m->grown; i++)
			span *= GROWTH;
	int64_t first = above ? block - span + 1 : block;
	int64_t last = above ? block : block + span - 1;
	first = first < 0 ? 0 : first;
	return (struct match_range){first * MATCH_SET_BLOCK, (last + 1) * MATCH_SET_BLOCK - 1,
				    above};
}

static void note_known(struct match_set *m, struct match_range r)
{
	int64_t first = r.least / MATCH_SET_BLOCK, last = r.most / MATCH_SET_BLOCK;
	m->asked = 0;
	m->reads++;
	m->grown += has_bit(m->known, m->known_words, first - 1) ||
		    has_bit(m->known, m->known_words, last + 1);
	m->all = r.most == INT64_MAX;
	for (int64_t b = first; !m->all && b <= last; b++) {
		m->blocks += !has_bit(m->known, m->known_words, b);
		set_bit(&m->known, &m->known_words, (size_t)b);
	}
}

/* What was read of a range, up to and without the block of the last rowid. */
static struct match_range cut(struct match_range r, int64_t last)
{
	int64_t first = last / MATCH_SET_BLOCK * MATCH_SET_BLOCK;
	if (r.most == INT64_MAX)
		return r;
	if (r.down)
		r.least = first + MATCH_SET_BLOCK;
	else
		r.most = first - 1;
	return r;
}

int match_set_read(struct match_set *m, struct db *db, struct match_range r, sqlite3_stmt *s,
		   struct err *e)
{
	int rc, rows = 0;
	int64_t id = 0;
	for (; (rc = sql_step(db, s, e)) > 0; rows++) {
		id = sqlite3_column_int64(s, 0);
		if (id < 0 || id > ROWID_MOST || match_set_knows(m, id) ||
		    has_bit(m->bits, m->words, id))
			continue;
		set_bit(&m->bits, &m->words, (size_t)id);
		m->count++;
	}
	sqlite3_reset(s);
	if (rc == 0)
		note_known(m, rows == MATCH_SET_MOST ? cut(r, id) : r);
	return rc;
}

void match_set_free(struct match_set *m)
{
	free(m->bits);
	free(m->known);
	*m = (struct match_set){.all = false};
}

/* The words of bits from `at` up to `end`. */
static void add_words(struct strbuf *b, const struct match_set *m, size_t at, size_t end)
{
	for (; at < end && at < m->words; at++)
		for (uint64_t bits = m->bits[at]; bits; bits &= bits - 1)
			strbuf_addf(b, "%c%zu", b->len ? ',' : '[',
				    at * BITS + (size_t)__builtin_ctzll(bits));
}

void match_set_add_block(struct strbuf *b, const struct match_set *m, int64_t first)
{
	add_words(b, m, (size_t)first / BITS, ((size_t)first + MATCH_SET_BLOCK) / BITS);
}

int64_t match_set_count(const struct match_set *m, int64_t first)
{
	int64_t n = 0;
	for (size_t i = (size_t)first / BITS;
	     i < ((size_t)first + MATCH_SET_BLOCK) / BITS && i < m->words; i++)
		n += __builtin_popcountll(m->bits[i]);
	return n;
}

void match_set_add_list(struct strbuf *b, const struct match_set *m)
{
	add_words(b, m, 0, m->words);
	strbuf_adds(b, b->len ? "]" : "[]");
}

static void in_function(sqlite3_context *context, int count, sqlite3_value **args)
{
	(void)count;
	struct match_set *m = sqlite3_value_pointer(args[0], MATCH_SET);
	int64_t id = sqlite3_value_int64(args[1]);
	if (!m || !match_set_knows(m, id)) {
		if (m)
			m->asked = id;
		sqlite3_result_error(context, "not known to the set", -1);
		return;
	}
	sqlite3_result_int(context, has_bit(m->bits, m->words, id));
}

static void keep_function(sqlite3_context *context, int count, sqlite3_value **args)
{
	(void)count;
	struct match_set *m = sqlite3_value_pointer(args[0], MATCH_SET);
	int64_t id = sqlite3_value_int64(args[1]);
	int yes = sqlite3_value_int(args[2]);
	if (m && !yes && has_bit(m->bits, m->words, id)) {
		m->bits[(size_t)id / BITS] &= ~(UINT64_C(1) << id % BITS);
		m->count--;
		m->refused++;
	}
	if (m && m->patience && m->refused > m->patience) {
		m->tired = true;
		sqlite3_result_error(context, "too many were looked at", -1);
		return;
	}
	sqlite3_result_int(context, yes);
}

int match_set_register(struct db *db, struct err *e)
{
	sqlite3 *h = db->handle;
	if (sqlite3_create_function(h, "ioc_in", 2, SQLITE_UTF8, NULL, in_function, NULL,
				    NULL) != SQLITE_OK ||
	    sqlite3_create_function(h, "ioc_keep", 3, SQLITE_UTF8, NULL, keep_function, NULL,
				    NULL) != SQLITE_OK)
		return sql_error(db, e);
	return 0;
}
