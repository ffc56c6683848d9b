/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load CACHE FILE: a cache of the records in a file, one a line: the kind, then COLUMN=VALUE,
 * all parted by tabs.  Times are RFC 3339; the id is the code where no other is given. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/kinds.h"
#include "store/db.h"
#include "store/ingest.h"

static void die(int line, const char *what)
{
	fprintf(stderr, "load: line %d: %s\n", line, what);
	exit(1);
}

static void put(struct arena *a, struct record *r, const char *column, const char *text,
		int line)
{
	struct err e = ERR_INIT;
	int c = kind_column(r->kind, column);
	if (c < 0)
		die(line, column);
	struct value *v = &r->values[c];
	switch (r->kind->columns[c].type) {
	case COLUMN_TIME:
	case COLUMN_DEADLINE:
		if (clock_parse(text, strlen(text), &v->i) < 0)
			die(line, text);
		v->set = true;
		break;
	case COLUMN_REAL:
		*v = (struct value){.set = true, .r = atof(text)};
		break;
	case COLUMN_INTEGER:
	case COLUMN_FLAG:
	case COLUMN_DURATION:
		*v = (struct value){.set = true, .i = atoll(text)};
		break;
	default:
		if (record_put_text(a, r, (size_t)c, text, strlen(text), &e) < 0)
			die(line, e.text);
	}
}

static void take_line(struct ingest *in, char *text, int line)
{
	struct arena a = ARENA_INIT;
	struct err e = ERR_INIT;
	char *rest = text, *field = strsep(&rest, "\t");
	const struct kind *k = kind_find(field);
	if (!k)
		die(line, field);
	struct record *r = record_new(&a, k);
	r->source = "a";
	r->version = 1;
	while ((field = strsep(&rest, "\t"))) {
		char *value = strchr(field, '=');
		if (!value)
			die(line, field);
		*value++ = '\0';
		if (strcmp(field, "id") == 0)
			r->id = value;
		else
			put(&a, r, field, value, line);
	}
	if (!r->id || !*r->id)
		r->id = record_text(r, COL_CODE);
	if (ingest_put(in, r, &e) < 0)
		die(line, e.text);
	arena_free(&a);
}

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	struct ingest_result result;
	char text[4096];
	FILE *f = argc == 3 ? fopen(argv[2], "r") : NULL;
	struct db *db = f ? db_open_writer(argv[1], &e) : NULL;
	if (!db)
		die(0, f ? e.text : "load CACHE FILE");
	clock_set_zone("Asia/Ho_Chi_Minh");
	struct ingest *in = ingest_new(db);
	if (ingest_begin(in, &e) < 0)
		die(0, e.text);
	for (int line = 1; fgets(text, sizeof text, f); line++) {
		text[strcspn(text, "\n")] = '\0';
		take_line(in, text, line);
	}
	if (ingest_commit(in, &result, &e) < 0)
		die(0, e.text);
	ingest_free(in);
	db_close(db);
	fclose(f);
	return 0;
}
