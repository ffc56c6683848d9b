/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved views: what a file of them may say, which one is meant by a name, and that a change
 * leaves the rest of the file alone. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/filter.h"
#include "model/kinds.h"
#include "model/view.h"

static struct views *read_text(const char *text)
{
	struct err e = ERR_INIT;
	struct views *v = views_new();
	if (views_read(v, VIEW_OWN, "mine.yaml", text, strlen(text), "vi", &e) < 0)
		fail_msg("%s", e.text);
	return v;
}

static void must_fail(const char *text, const char *where, const char *why)
{
	struct err e = ERR_INIT;
	struct views *v = views_new();
	assert_int_equal(views_read(v, VIEW_OWN, "mine.yaml", text, strlen(text), "vi", &e),
			 -1);
	assert_int_equal(v->count, 0);
	if (strncmp(e.text, where, strlen(where)) != 0 || !strstr(e.text, why))
		fail_msg("\"%s\" is not %s … %s", e.text, where, why);
	views_free(v);
}

static void each_mistake_is_told_with_its_place(void **state)
{
	(void)state;
	must_fail("views:\n  - filter: is:open\n", "mine.yaml:2:5: ", "name");
	must_fail("views:\n  - name: a\n    tab: yes\n", "mine.yaml:3:10: ", "kind");
	must_fail("views:\n  - name: a;b\n", "mine.yaml:2:11: ", "semicolon");
	must_fail("views:\n  - name: a\n    color: red\n", "mine.yaml:3:5: ", "color");
	must_fail("views:\n  - name: a\n    kind: cat\n", "mine.yaml:3:11: ", "complaint");
	must_fail("views:\n  - name: a\n    kind: call\n    filter: is:open stat:1\n",
		  "mine.yaml:4:21: ", "stat");
	must_fail("views:\n  - name: a\n    sort: -body\n", "mine.yaml:3:11: ", "body");
	must_fail("views:\n  - name: a\n    group: title\n", "mine.yaml:3:12: ", "few values");
	must_fail("views:\n  - name: a\n    kind: call\n    group: nosuch\n",
		  "mine.yaml:4:12: ", "nosuch");
	must_fail("views:\n  - name: a\n    columns: code nosuch\n",
		  "mine.yaml:3:19: ", "nosuch");
	must_fail("views:\n  - name: a\n    tab: perhaps\n", "mine.yaml:3:10: ", "");
	must_fail("views:\n  - name: a\n  - name: a\n", "mine.yaml:3:5: ", "line 2");
	must_fail("- name: a\n", "mine.yaml:1:3: ", "map");
	must_fail("views: [\n", "mine.yaml:", "");
}

static void a_file_without_views_is_a_file(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "# nothing\n", "views:\n", "views: []\n"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct views *v = read_text(texts[i]);
		assert_int_equal(v->count, 0);
		views_free(v);
	}
}

static void a_wrong_file_leaves_the_others(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct views *v = read_text("views:\n  - name: a\n    filter: is:open\n");
	const char *text = "views:\n  - name: a\n    filter: is:late\n  - name: \"\"\n";
	assert_int_equal(views_read(v, VIEW_OWN, "b.yaml", text, strlen(text), "vi", &e), -1);
	assert_int_equal(v->count, 1);
	assert_string_equal(v->list[0].filter, "is:open");
	views_free(v);
}

static void a_later_file_goes_before_an_earlier_one(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct views *v = read_text("views:\n  - {name: a, filter: 'is:open'}\n  - name: b\n");
	const char *text = "views:\n  - {name: a, filter: 'is:late'}\n"
			   "  - {name: b, kind: call, filter: 'is:new'}\n";
	assert_int_equal(views_read(v, VIEW_OWN, "b.yaml", text, strlen(text), "vi", &e), 0);
	assert_int_equal(v->count, 3);
	assert_string_equal(views_nth(v, &kind_complaint, 0)->filter, "is:late");
	assert_string_equal(views_nth(v, &kind_complaint, 1)->filter, "");
	assert_null(views_nth(v, &kind_complaint, 2));
	assert_string_equal(views_nth(v, &kind_call, 1)->filter, "is:new");
	assert_null(views_nth(v, &kind_call, 2));
	views_free(v);
}

static void a_queue_has_the_views_that_it_understands(void **state)
{
	(void)state;
	struct views *v = read_text("views:\n  - {name: gấp, filter: 'is:urgent'}\n"
				    "  - {name: xem, filter: 'is:review'}\n");
	assert_true(view_fits(&v->list[0], &kind_complaint));
	assert_false(view_fits(&v->list[0], &kind_dossier));
	assert_false(view_fits(&v->list[1], &kind_complaint));
	assert_true(view_fits(&v->list[1], &kind_call));
	assert_false(view_fits(&v->list[1], &kind_area));
	views_free(v);
}

static void a_view_is_found_as_people_type_it(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct views *v = read_text("views:\n"
				    "  - {name: late, title: {en: Late, vi: Quá hạn}}\n"
				    "  - {name: today, title: Hôm nay}\n"
				    "  - {name: to-hieu, title: Phường Tô Hiệu}\n");
	assert_ptr_equal(views_find(v, &kind_call, "late", &e), &v->list[0]);
	assert_ptr_equal(views_find(v, &kind_call, "qua han", &e), &v->list[0]);
	assert_ptr_equal(views_find(v, NULL, "PHƯỜNG", &e), &v->list[2]);
	assert_ptr_equal(views_find(v, NULL, "hôm", &e), &v->list[1]);
	assert_null(views_find(v, NULL, "to", &e));
	assert_int_equal(e.code, ERR_USAGE);
	assert_null(views_find(v, NULL, "lote", &e));
	assert_non_null(strstr(e.text, "late"));
	assert_null(views_find(NULL, NULL, "x", &e));
	views_free(v);
}

/* --- changing a file -------------------------------------------------------- */

static const char *const file_text = "# Của ca đêm\n"
				     "views:\n"
				     "  # trước hết\n"
				     "  - name: một  # chú thích\n"
				     "    filter: is:open\n"
				     "\n"
				     "  # rồi đến\n"
				     "  - name: hai\n"
				     "    kind: call\n"
				     "    filter: 'state:\"tra_loi_xong\"'\n"
				     "  # hết\n";

static char *put(const char *text, const struct saved_view *v, struct err *e)
{
	struct strbuf out = STRBUF_INIT;
	if (view_text_put("mine.yaml", text, strlen(text), v, &out, e) == 0)
		return strbuf_detach(&out);
	strbuf_free(&out);
	return NULL;
}

static void a_new_view_stands_behind_the_last_one(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct saved_view v = {.name = "ba",
			       .title = "ba",
			       .filter = "unit:\"CA \\ phường\"",
			       .sort = "-created_at",
			       .columns = "code title=40",
			       .group = "unit",
			       .key = "zb",
			       .tab = true,
			       .kind = &kind_complaint};
	char *s = put(file_text, &v, &e);
	assert_non_null(s);
	assert_string_equal(s, "# Của ca đêm\n"
			       "views:\n"
			       "  # trước hết\n"
			       "  - name: một  # chú thích\n"
			       "    filter: is:open\n"
			       "\n"
			       "  # rồi đến\n"
			       "  - name: hai\n"
			       "    kind: call\n"
			       "    filter: 'state:\"tra_loi_xong\"'\n"
			       "  - name: \"ba\"\n"
			       "    kind: \"complaint\"\n"
			       "    filter: \"unit:\\\"CA \\\\ phường\\\"\"\n"
			       "    sort: \"-created_at\"\n"
			       "    columns: \"code title=40\"\n"
			       "    group: \"unit\"\n"
			       "    key: \"zb\"\n"
			       "    tab: yes\n"
			       "  # hết\n");
	free(s);
}

static void a_view_is_changed_where_it_stands(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct saved_view v = {.name = "một", .title = "một", .filter = "is:late"};
	char *s = put(file_text, &v, &e);
	assert_non_null(s);
	assert_non_null(strstr(s,
			       "  # trước hết\n  - name: \"một\"\n    filter: \"is:late\"\n\n"
			       "  # rồi đến\n  - name: hai\n"));
	free(s);
}

static void a_view_can_be_put_into_any_file(void **state)
{
	(void)state;
	static const char *const texts[] = {"",
					    "# nothing",
					    "views:\n",
					    "views:\n# none yet\n",
					    "views:\n- name: x\n",
					    "views:\n- name: x",
					    "views:\r\n  - name: x\r\n    filter: is:open\r\n",
					    ("---\nviews:\n    - name: x\n      filter: >-\n"
					     "        is:open\n\n        is:late\n...\n")};
	struct saved_view v = {.name = "một", .title = "Một: #1", .filter = "is:late"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct err e = ERR_INIT;
		char *s = put(texts[i], &v, &e);
		if (!s)
			fail_msg("%zu: %s", i, e.text);
		struct views *now = read_text(s);
		assert_string_equal(now->list[now->count - 1].title, "Một: #1");
		views_free(now);
		free(s);
	}
}

static void what_can_not_be_changed_safely_is_left(void **state)
{
	(void)state;
	static const char *const texts[] = {"views: [{name: x}]\n", "{views: [{name: x}]}\n",
					    "views:\n  -\n    name: x\n", "views: [\n",
					    "views:\n  - nome: x\n"};
	struct saved_view v = {.name = "x", .title = "x", .filter = "is:late"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct err e = ERR_INIT;
		char *s = put(texts[i], &v, &e);
		if (s)
			fail_msg("%zu: %s", i, s);
		assert_true(strncmp(e.text, "mine.yaml", 9) == 0);
	}
}

static void a_view_is_taken_out_or_renamed_alone(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct strbuf out = STRBUF_INIT;
	size_t n = strlen(file_text);
	assert_int_equal(view_text_rename("m", file_text, n, "một", NULL, NULL, &out, &e), 0);
	assert_null(strstr(out.s, "một"));
	assert_non_null(strstr(out.s, "# trước hết\n\n  # rồi đến\n  - name: hai\n"));
	strbuf_clear(&out);
	assert_int_equal(
		view_text_rename("m", file_text, n, "hai", &kind_call, "bốn", &out, &e), 0);
	assert_non_null(strstr(out.s, "- name: \"bốn\"\n    kind: \"call\"\n"));
	assert_non_null(strstr(out.s, "name: một  # chú thích\n"));
	strbuf_clear(&out);
	assert_int_equal(view_text_rename("m", file_text, n, "hai", NULL, "bốn", &out, &e), -1);
	assert_int_equal(e.code, ERR_NOT_FOUND);
	assert_int_equal(view_text_rename("m", file_text, n, "một", NULL, "một", &out, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	strbuf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_mistake_is_told_with_its_place),
		cmocka_unit_test(a_file_without_views_is_a_file),
		cmocka_unit_test(a_wrong_file_leaves_the_others),
		cmocka_unit_test(a_later_file_goes_before_an_earlier_one),
		cmocka_unit_test(a_queue_has_the_views_that_it_understands),
		cmocka_unit_test(a_view_is_found_as_people_type_it),
		cmocka_unit_test(a_new_view_stands_behind_the_last_one),
		cmocka_unit_test(a_view_is_changed_where_it_stands),
		cmocka_unit_test(a_view_can_be_put_into_any_file),
		cmocka_unit_test(what_can_not_be_changed_safely_is_left),
		cmocka_unit_test(a_view_is_taken_out_or_renamed_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
