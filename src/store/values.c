/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/values.h"

#include <string.h>

#include "store/builder.h"
#include "store/schema.h"
#include "store/sql.h"
#include "text/fold.h"

#define ROWS_MOST 2000 /* of the newest records that are looked at where no index helps */

struct values {
	struct db *db;
	const struct kind *kind;
	const struct column *column;
	const char *prefix;
	int most, count;
	void (*each)(void *context, const char *value, const char *about);
	void *context;
	struct strbuf wanted, told; /* folded prefix; values that were told, one a line */
};

static bool begins(struct values *v, const char *value)
{
	struct strbuf b = STRBUF_INIT;
	fold_append(&b, value, strlen(value));
	bool does = b.len >= v->wanted.len && memcmp(b.s, v->wanted.s, v->wanted.len) == 0;
	strbuf_free(&b);
	return does;
}

static bool is_told(struct values *v, const char *value)
{
	struct strbuf line = STRBUF_INIT;
	strbuf_addf(&line, "\n%s\n", value);
	bool told = strstr(v->told.s, line.s) != NULL;
	strbuf_free(&line);
	if (!told)
		strbuf_addf(&v->told, "%s%s\n", v->told.len ? "" : "\n", value);
	return told;
}

/* Tells the rows' values until there are enough. */
static int tell(struct values *v, struct builder *b, struct err *e)
{
	sqlite3_stmt *s = builder_prepare(b, v->db, e);
	builder_free(b);
	int rc = s ? 1 : -1;
	while (rc > 0 && v->count < v->most && (rc = sql_step(v->db, s, e)) > 0) {
		const char *value = (const char *)sqlite3_column_text(s, 0);
		const char *about = (const char *)sqlite3_column_text(s, 1);
		if (!value || !*value || !begins(v, value) || is_told(v, value))
			continue;
		v->each(v->context, value, about ? about : "");
		v->count++;
	}
	if (s)
		sqlite3_reset(s);
	return rc < 0 ? -1 : 0;
}

/* Titles are free texts of citizens: only what no person is in goes along with a code. */
static const char *about(const struct values *v)
{
	bool titled = strcmp(v->column->id, "code") == 0 &&
		      v->kind->columns[COL_TITLE].personal == PERSONAL_NONE;
	return titled ? "t.title" : "NULL";
}

/* Codes by their index, as they were typed and in capitals: what lies between the prefix and
 * what comes next behind all that begin so. */
static int tell_by_index(struct values *v, const char *prefix, struct err *e)
{
	struct builder b = BUILDER_INIT;
	struct strbuf end = STRBUF_INIT;
	const char *id = v->column->id;
	strbuf_adds(&end, prefix);
	strbuf_adds(&end, "\xf4\x8f\xbf\xbf");
	builder_add(&b, "SELECT t.%s, %s FROM %s t INDEXED BY %s_%s WHERE t.%s >= ", id,
		    about(v), v->kind->id, v->kind->id, id, id);
	builder_text(&b, prefix, strlen(prefix));
	builder_add(&b, " AND t.%s < ", id);
	builder_text(&b, end.s, end.len);
	builder_add(&b, " ORDER BY t.%s DESC LIMIT %d", id, v->most);
	int rc = tell(v, &b, e);
	strbuf_free(&end);
	return rc;
}

static int tell_newest(struct values *v, struct err *e)
{
	struct builder b = BUILDER_INIT;
	builder_add(&b,
		    "SELECT %s, NULL FROM (SELECT %s FROM %s NOT INDEXED ORDER BY id DESC LIMIT"
		    " %d)",
		    v->column->id, v->column->id, v->kind->id, ROWS_MOST);
	return tell(v, &b, e);
}

static int tell_codes(struct values *v, struct err *e)
{
	struct strbuf upper = STRBUF_INIT;
	for (const char *s = v->prefix; *s; s++)
		strbuf_addc(&upper, *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s);
	int rc = tell_by_index(v, upper.s, e);
	if (rc == 0 && strcmp(upper.s, v->prefix) != 0)
		rc = tell_by_index(v, v->prefix, e);
	strbuf_free(&upper);
	return rc;
}

int store_values(struct db *db, const struct kind *k, int column, const char *prefix, int most,
		 void (*each)(void *context, const char *value, const char *about),
		 void *context, struct err *e)
{
	const struct column *c = &k->columns[column];
	struct values v = {.db = db,
			   .kind = k,
			   .column = c,
			   .prefix = prefix,
			   .most = most < STORE_VALUES_MOST ? most : STORE_VALUES_MOST,
			   .each = each,
			   .context = context,
			   .wanted = STRBUF_INIT,
			   .told = STRBUF_INIT};
	if (c->type != COLUMN_TEXT || c->personal != PERSONAL_NONE || c->flags & COLUMN_LONG)
		return 0;
	fold_append(&v.wanted, prefix, strlen(prefix));
	int rc = c->flags & COLUMN_INDEXED ? tell_codes(&v, e) : tell_newest(&v, e);
	strbuf_free(&v.wanted);
	strbuf_free(&v.told);
	return rc < 0 ? -1 : v.count;
}
