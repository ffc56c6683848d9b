/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "author/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/member.h"
#include "base/yaml.h"

/* Records by "resource kind id"; later ones of the same name get a number. */
static void put(json_t *all, json_t *record)
{
	char *key = xasprintf("%s %s %s", member_text(record, "resource"),
			      member_text(record, "kind"), member_text(record, "id"));
	for (int i = 2; json_object_get(all, key); i++) {
		free(key);
		key = xasprintf("%s %s %s #%d", member_text(record, "resource"),
				member_text(record, "kind"), member_text(record, "id"), i);
	}
	json_object_set_new(all, key, record);
	free(key);
}

static json_t *read_records(const char *file, struct err *e)
{
	size_t n;
	char *text = yaml_read(file, &n, e);
	json_t *all = text ? json_object() : NULL;
	int line = 1;
	for (char *p = text; all && *p; line++) {
		size_t length = strcspn(p, "\n");
		bool last = !p[length];
		p[length] = '\0';
		json_t *one = *p ? json_loads(p, JSON_ALLOW_NUL, NULL) : NULL;
		if (*p && !json_is_object(one)) {
			err_set(e, ERR_PARSE, _("%s:%d:1: a JSON object is due in each line"),
				file, line);
			json_decref(one);
			json_decref(all);
			all = NULL;
			break;
		}
		if (one)
			put(all, one);
		p += length + !last;
	}
	free(text);
	return all;
}

static void print_value(const struct author *a, char sign, const char *name, const json_t *v)
{
	char *text = json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS |
					   JSON_REAL_PRECISION(15));
	printf("  %s%c %s: ", author_ink(a, sign == '-' ? INK_RED : INK_GREEN), sign, name);
	author_put(text, strlen(text), 0);
	printf("%s\n", author_ink(a, INK_NONE));
	free(text);
}

static void print_head(const struct author *a, const char *key, const char *what)
{
	printf("%s", author_ink(a, INK_BOLD));
	author_put(key, strlen(key), 0);
	printf("%s%s%s\n", author_ink(a, INK_NONE), *what ? ": " : "", what);
}

static bool same(const json_t *a, const json_t *b)
{
	if (json_is_number(a) && json_is_number(b))
		return json_number_value(a) >= json_number_value(b) &&
		       json_number_value(a) <= json_number_value(b);
	return json_equal(a, b);
}

/* Whether they differ; says how. */
static bool compare(const struct author *a, const char *key, const json_t *wanted,
		    const json_t *got)
{
	const char *name;
	json_t *v;
	bool differs = false;
	json_object_foreach ((json_t *)(uintptr_t)wanted, name, v) {
		const json_t *now = json_object_get(got, name);
		if (now && same(v, now))
			continue;
		if (!differs)
			print_head(a, key, "");
		differs = true;
		print_value(a, '-', name, v);
		if (now)
			print_value(a, '+', name, now);
	}
	json_object_foreach ((json_t *)(uintptr_t)got, name, v) {
		if (json_object_get(wanted, name))
			continue;
		if (!differs)
			print_head(a, key, "");
		differs = true;
		print_value(a, '+', name, v);
	}
	return differs;
}

int expect_compare(const struct author *a, const json_t *records, const char *file,
		   struct err *e)
{
	json_t *wanted = read_records(file, e), *got = json_object(), *v;
	const char *key;
	int count = 0;
	if (!wanted) {
		json_decref(got);
		return -1;
	}
	for (size_t i = 0; i < json_array_size(records); i++)
		put(got, json_incref(json_array_get(records, i)));
	json_object_foreach (wanted, key, v) {
		const json_t *now = json_object_get(got, key);
		if (!now)
			print_head(a, key, _("is missing"));
		count += !now || compare(a, key, v, now);
	}
	json_object_foreach (got, key, v) {
		if (json_object_get(wanted, key))
			continue;
		print_head(a, key, _("was not expected"));
		count++;
	}
	json_decref(wanted);
	json_decref(got);
	return count;
}

void expect_print(const json_t *records)
{
	for (size_t i = 0; i < json_array_size(records); i++) {
		json_dumpf(json_array_get(records, i), stdout,
			   JSON_COMPACT | JSON_REAL_PRECISION(15));
		printf("\n");
	}
}
