/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canned replies in the form: found by a few letters, filled from the record, never sent with a
 * gap unless that is meant. */
#include "console.h"

#include <string.h>

#include "ui/acting.h"

static int setup(void **state)
{
	(void)state;
	open_console(40, 120);
	connect_console();
	world_keys(&w, "2");
	return 0;
}

static void replies(const char *text)
{
	strbuf_clear(&w.replies);
	strbuf_adds(&w.replies, text);
}

static const char *sent(const char *field)
{
	const json_t *c = json_array_get(w.asked, 0);
	const char *s = json_string_value(json_object_get(json_object_get(c, "fields"), field));
	return s ? s : "";
}

static const char some[] =
	"shipped: no\n"
	"replies:\n"
	"- {title: Khác lĩnh vực, category: dat-dai, text: x}\n"
	"- {title: Chung, text: 'Báo {code}: {unit}, {due}, {operator}, {closed_at}.'}\n"
	"- {title: Cùng lĩnh vực, category: [trat-tu, giao-thong, moi-truong], text: y}\n"
	"- {title: Cuộc gọi, kind: call, text: z}\n";

static void those_of_the_records_category_come_first(void **state)
{
	(void)state;
	replies(some);
	world_command(&w, "goto PA-00001");
	world_keys(&w, "c<F3>");
	int own = row_of("Cùng lĩnh vực"), all = row_of("Chung"),
	    other = row_of("Khác lĩnh vực");
	assert_true(own >= 0 && own < all && all < other);
	assert_int_equal(row_of("Cuộc gọi"), -1);
}

static void letters_without_accents_find_it_and_enter_puts_it_in(void **state)
{
	(void)state;
	replies(some);
	w.deaf = true;
	world_command(&w, "goto PA-00001");
	world_keys(&w, "cTruoc:<Space><C-t>chu<Enter>");
	assert_int_equal(row_of("Reply:"), -1);
	must_show(&w, "Truoc: Báo PA-00001: CA phường, ");
	must_show(&w, "Lò Thị Mai, [[Closed]].");
	world_keys(&w, "hom<Space>nay<F2>");
	assert_non_null(strstr(sent("note"), "Lò Thị Mai, hom nay."));
}

static void it_can_be_taken_back_and_is_in_the_draft(void **state)
{
	(void)state;
	replies(some);
	world_keys(&w, "ctruoc<F3>cung<Enter>");
	must_show(&w, "truocy");
	world_tick(&w, 3000);
	json_t *draft = json_object_iter_value(json_object_iter(w.drafts));
	assert_string_equal(json_string_value(json_object_get(draft, "note")), "truocy");
	world_keys(&w, "<C-_>");
	assert_int_equal(row_of("truocy"), -1);
	must_show(&w, "truoc");
}

static void a_text_with_a_gap_is_sent_only_when_that_is_meant(void **state)
{
	(void)state;
	replies(some);
	w.deaf = true;
	world_keys(&w, "c<F3>chung<Enter><F2>");
	must_show(&w, "Not filled in yet: [[");
	world_keys(&w, "<F2><F2>");
	assert_int_equal(json_array_size(w.asked), 0);
	world_keys(&w, "<Esc>");
	must_show(&w, "[[");
	world_keys(&w, "<F2><Enter>");
	assert_int_equal(json_array_size(w.asked), 1);
}

static void what_stands_in_the_form_is_newer_than_the_record(void **state)
{
	(void)state;
	replies("replies: [{title: Giao, text: '{unit} trước {due}'}]");
	world_command(&w, "filter state:\"XAC_MINH\"");
	world_keys(&w, "Dqldt<Tab><Tab><Tab>21/11<Space>9:00<F3><Enter>");
	must_show(&w, "P. Quản lý đô thị trước 09:00 on 21/11/2026");
}

static void for_several_records_what_differs_is_a_gap(void **state)
{
	(void)state;
	replies(some);
	world_keys(&w, "<Space><Space>c<F3>chung<Enter>");
	must_show(&w, "Báo [[Code]]: [[Unit]], [[Due]], Lò Thị Mai");
}

static void personal_data_comes_in_masked(void **state)
{
	(void)state;
	replies("replies: [{title: A, kind: complaint, text: '{reporter_phone} {address}'}]");
	world_command(&w, "view all");
	world_command(&w, "goto PA-00001");
	world_keys(&w, "c<F3><Enter>");
	must_show(&w, "09****0000 ***, đường Chu Văn Thịnh");
}

static void a_file_with_a_mistake_is_told_with_its_place(void **state)
{
	(void)state;
	replies("replies:\n- {title: A, text: '{uint}'}\n");
	world_keys(&w, "cgiu<F3>");
	must_show(&w, "replies.yaml:2:");
	must_show(&w, "giu");
	assert_int_equal(row_of("Reply:"), -1);
	world_keys(&w, "<Esc>");
}

static void escape_leaves_the_list_and_not_the_form(void **state)
{
	(void)state;
	replies(some);
	world_keys(&w, "c<F3>khong<Space>co");
	must_show(&w, "no reply says this");
	world_keys(&w, "<Enter><Esc>go<Space>tiep");
	must_show(&w, "go tiep");
}

/* --- the editor ----------------------------------------------------------- */

static void come_back(const char *text, const char *problem)
{
	struct event e = {.type = EVENT_EDITED};
	e.edited.text = text;
	e.edited.problem = problem;
	world_send(&w, &e);
}

static void the_draft_is_kept_before_the_editor_starts_and_at_once_behind_it(void **state)
{
	(void)state;
	world_keys(&w, "ctruoc<F4>");
	assert_string_equal(w.editing, "truoc");
	json_t *draft = json_object_iter_value(json_object_iter(w.drafts));
	assert_string_equal(json_string_value(json_object_get(draft, "note")), "truoc");
	come_back("truoc\n\x1b[31msau", NULL);
	must_show(&w, "␛[31msau");
	draft = json_object_iter_value(json_object_iter(w.drafts));
	assert_non_null(strstr(json_string_value(json_object_get(draft, "note")), "sau"));
	world_keys(&w, "<C-_>");
	assert_int_equal(row_of("sau"), -1);
	must_show(&w, "truoc");
}

static void an_editor_that_fails_changes_nothing_and_is_told(void **state)
{
	(void)state;
	world_keys(&w, "ctruoc<C-o>");
	come_back(NULL, "vi failed");
	must_show(&w, "truoc");
	must_show(&w, "vi failed");
	come_back("sau", "vi failed");
	must_show(&w, "sau");
	must_show(&w, "vi failed");
}

static void a_form_without_a_text_has_no_editor(void **state)
{
	(void)state;
	world_keys(&w, "4");
	world_command(&w, "view all");
	come_back("nowhere", NULL);
	assert_int_equal(row_of("nowhere"), -1);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, close_console)
	const struct CMUnitTest tests[] = {
		T(those_of_the_records_category_come_first),
		T(letters_without_accents_find_it_and_enter_puts_it_in),
		T(it_can_be_taken_back_and_is_in_the_draft),
		T(a_text_with_a_gap_is_sent_only_when_that_is_meant),
		T(what_stands_in_the_form_is_newer_than_the_record),
		T(for_several_records_what_differs_is_a_gap),
		T(personal_data_comes_in_masked),
		T(a_file_with_a_mistake_is_told_with_its_place),
		T(escape_leaves_the_list_and_not_the_form),
		T(the_draft_is_kept_before_the_editor_starts_and_at_once_behind_it),
		T(an_editor_that_fails_changes_nothing_and_is_told),
		T(a_form_without_a_text_has_no_editor),
	};
#undef T
	return cmocka_run_group_tests_name("replies", tests, NULL, NULL);
}
