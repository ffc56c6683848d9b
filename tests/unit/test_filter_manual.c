/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manual lists the fields as the kinds have them.  UPDATE=1 writes its list anew. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "model/kinds.h"

#define BEGIN ".\\\" fields begin\n"
#define END ".\\\" fields end\n"

static char *path(void)
{
	const char *dir = getenv("srcdir");
	struct strbuf b = STRBUF_INIT;
	strbuf_addf(&b, "%s/man/ioc-filter.7", dir ? dir : ".");
	return strbuf_detach(&b);
}

static char *read_manual(void)
{
	char *name = path(), block[4096];
	struct strbuf b = STRBUF_INIT;
	FILE *f = fopen(name, "r");
	if (!f)
		fail_msg("no %s", name);
	for (size_t n; (n = fread(block, 1, sizeof block, f));)
		strbuf_add(&b, block, n);
	fclose(f);
	free(name);
	return strbuf_detach(&b);
}

static void add_column(struct strbuf *b, const struct column *c)
{
	strbuf_addf(b, ".It Ic %s\n%s", c->id, c->title);
	if (c->alias && *c->alias) {
		strbuf_adds(b, "; ");
		for (const char *s = c->alias; *s; s++)
			strbuf_adds(b, *s == ',' ? ", " : (char[]){*s, '\0'});
	}
	strbuf_adds(b, "\n");
}

static void add_list(struct strbuf *b, const char *heading, const struct kind *k, size_t from,
		     size_t to)
{
	strbuf_addf(b, ".Ss %s\n.Bl -tag -width duration_s -compact\n", heading);
	for (size_t i = from; i < to; i++)
		add_column(b, &k->columns[i]);
	strbuf_adds(b, ".El\n");
}

/* What all queues have, then what each has beside it. */
static char *fields(void)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, BEGIN);
	add_list(&b, "Every queue", &kind_complaint, 0, COL_STANDARD_COUNT);
	for (size_t i = 0; kinds[i]; i++)
		add_list(&b, kinds[i]->title, kinds[i],
			 kinds[i]->catalogue ? 0 : COL_STANDARD_COUNT, kinds[i]->column_count);
	strbuf_adds(&b, END);
	return strbuf_detach(&b);
}

static void write_manual(const char *before, size_t n, const char *list, const char *after)
{
	char *name = path();
	FILE *f = fopen(name, "w");
	assert_non_null(f);
	fwrite(before, 1, n, f);
	fputs(list, f);
	fputs(after, f);
	fclose(f);
	free(name);
}

static void the_manual_lists_the_fields_as_they_are(void **state)
{
	(void)state;
	char *manual = read_manual(), *wanted = fields();
	char *begin = strstr(manual, BEGIN), *end = strstr(manual, END);
	assert_true(begin && end && begin < end);
	end += strlen(END);
	if (getenv("UPDATE"))
		write_manual(manual, (size_t)(begin - manual), wanted, end);
	else if (strlen(wanted) != (size_t)(end - begin) ||
		 strncmp(begin, wanted, strlen(wanted)) != 0)
		fail_msg("%s", "ioc-filter(7) is stale: UPDATE=1 tests/unit/test_filter_manual "
			       "writes its fields anew");
	free(manual);
	free(wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_manual_lists_the_fields_as_they_are),
	};
	return cmocka_run_group_tests_name("filter_manual", tests, NULL, NULL);
}
