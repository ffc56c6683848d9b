/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal.db: the audit's chain and the outbox, in a real file. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/audit.h"
#include "store/outbox.h"

#define NOW INT64_C(1795000000000)

struct world {
	char dir[64], path[96];
	struct journal *j;
};

static int set_up(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	snprintf(w->dir, sizeof w->dir, "%s/ioc-journal.XXXXXX",
		 getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	if (!mkdtemp(w->dir))
		return -1;
	snprintf(w->path, sizeof w->path, "%s/journal.db", w->dir);
	w->j = journal_open(w->path, NULL);
	*state = w;
	return w->j ? 0 : -1;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	static const char *const ends[] = {"", "-wal", "-shm"};
	char name[128];
	journal_close(w->j);
	for (size_t i = 0; i < 3; i++) {
		snprintf(name, sizeof name, "%s%s", w->path, ends[i]);
		unlink(name);
	}
	rmdir(w->dir);
	free(w);
	return 0;
}

static void reopen(struct world *w)
{
	journal_close(w->j);
	w->j = journal_open(w->path, NULL);
	assert_non_null(w->j);
}

/* Past the program, as somebody with an editor would. */
static void tamper(struct world *w, const char *sql)
{
	sqlite3 *db;
	journal_close(w->j);
	w->j = NULL;
	assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				      "DROP TRIGGER IF EXISTS audit_kept;"
				      "DROP TRIGGER IF EXISTS audit_unaltered",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	w->j = journal_open(w->path, NULL);
	assert_non_null(w->j);
}

static void add_three(struct world *w)
{
	static const char *const words[] = {"'; --", "Lò Thị Mai", NULL};
	for (int64_t i = 0; i < 3; i++) {
		struct audit_entry a = {.at = NOW + i,
					.who = "an",
					.action = "show",
					.object = "PA-1",
					.reason = words[i]};
		assert_int_equal(audit_add(w->j, &a, NULL), 0);
	}
}

static int see(void *context, const struct audit_entry *a)
{
	int64_t *sum = context;
	*sum = *sum * 10 + a->id;
	return a->id == 2;
}

static void audit_is_kept_and_whole(void **state)
{
	struct world *w = *state;
	struct stat s;
	int64_t n = 0, seen = 0;
	add_three(w);
	reopen(w);
	assert_int_equal(audit_count(w->j, NULL), 3);
	assert_int_equal(audit_verify(w->j, &n, NULL), 0);
	assert_int_equal(n, 3);
	assert_int_equal(audit_walk(w->j, 0, see, &seen, NULL), 0);
	assert_int_equal(seen, 12);
	assert_int_equal(stat(w->path, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0600);
}

static void the_program_itself_can_not_alter_the_audit(void **state)
{
	struct world *w = *state;
	add_three(w);
	sqlite3 *db = journal_handle(w->j);
	assert_int_not_equal(sqlite3_exec(db, "DELETE FROM audit", NULL, NULL, NULL),
			     SQLITE_OK);
	assert_int_not_equal(
		sqlite3_exec(db, "UPDATE audit SET who = 'x' WHERE id = 2", NULL, NULL, NULL),
		SQLITE_OK);
}

static void a_broken_chain_is_found_and_located(void **state)
{
	static const struct {
		const char *sql, *says;
	} cases[] = {
		{"UPDATE audit SET who = 'binh' WHERE id = 2", "entry 2"},
		{"UPDATE audit SET hash = '' WHERE id = 1", "entry 1"},
		{"DELETE FROM audit WHERE id = 2", "lacks entry 2"},
		{"DELETE FROM audit WHERE id = 3", "ends with entry 2"},
		{"UPDATE audit SET who = 'show', action = 'an' WHERE id = 3", "entry 3"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err e = ERR_INIT;
		int64_t n;
		if (i) {
			tear_down(state);
			assert_int_equal(set_up(state), 0);
		}
		struct world *w = *state;
		add_three(w);
		tamper(w, cases[i].sql);
		assert_int_equal(audit_verify(w->j, &n, &e), -1);
		assert_int_equal(e.code, ERR_CORRUPT);
		if (!strstr(e.text, cases[i].says))
			fail_msg("%s: %s", cases[i].sql, e.text);
	}
}

static void older_entries_are_taken_into_the_chain(void **state)
{
	struct world *w = *state;
	int64_t n;
	tamper(w, "INSERT INTO audit(at, who, place, action, object, reason)"
		  " VALUES(1, 'an', '', 'export', 'PA', ''), (2, 'an', '', 'show', 'PA', '')");
	assert_int_equal(audit_verify(w->j, &n, NULL), 0);
	add_three(w);
	assert_int_equal(audit_verify(w->j, &n, NULL), 0);
	assert_int_equal(n, 5);
	tamper(w, "UPDATE audit SET who = 'binh' WHERE id = 1");
	assert_int_equal(audit_verify(w->j, &n, NULL), -1);
}

static void damage_is_refused_and_left_alone(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	struct stat s;
	add_three(w);
	journal_close(w->j);
	w->j = NULL;
	assert_int_equal(truncate(w->path, 100), 0);
	assert_null(journal_open(w->path, &e));
	assert_int_equal(e.code, ERR_CORRUPT);
	assert_int_equal(stat(w->path, &s), 0);
	assert_int_equal(s.st_size, 100);
}

/* --- outbox ----------------------------------------------------------------------------------
 */

static void add_on(struct world *w, const char *place, const char *record, const char *action,
		   int64_t not_before, int64_t version, char uuid[OUTBOX_UUID])
{
	struct outbox_item i = {.at = NOW,
				.who = "an",
				.place = place,
				.source = "son-la",
				.kind = "complaint",
				.record = record,
				.code = record,
				.action = action,
				.fields = "{\"note\":\"x\"}",
				.version = version};
	assert_int_equal(outbox_add(w->j, &i, not_before, NULL), 0);
	memcpy(uuid, i.uuid, OUTBOX_UUID);
}

static void add_from(struct world *w, const char *place, const char *record, const char *action,
		     int64_t not_before, char uuid[OUTBOX_UUID])
{
	add_on(w, place, record, action, not_before, 3, uuid);
}

static void add(struct world *w, const char *record, const char *action, int64_t not_before,
		char uuid[OUTBOX_UUID])
{
	add_from(w, "process 1", record, action, not_before, uuid);
}

static int collect(void *context, const struct outbox_item *i)
{
	char *out = context;
	size_t n = strlen(out);
	snprintf(out + n, 256 - n, "%s:%s:%s ", i->record, i->action,
		 outbox_state_name(i->state));
	return 0;
}

static void assert_due(struct world *w, int64_t now, const char *wanted)
{
	char got[256] = "";
	assert_int_equal(outbox_due(w->j, now, collect, got, NULL), 0);
	assert_string_equal(got, wanted);
}

static void assert_all(struct world *w, const char *wanted)
{
	char got[256] = "";
	assert_int_equal(outbox_walk(w->j, NOW, collect, got, NULL), 0);
	assert_string_equal(got, wanted);
}

static void order_is_kept_per_record_and_nothing_overtakes(void **state)
{
	struct world *w = *state;
	char a[OUTBOX_UUID], b[OUTBOX_UUID], c[OUTBOX_UUID];
	add(w, "A", "receive", NOW + 10, a);
	add(w, "A", "assign", NOW, b);
	add(w, "B", "receive", NOW, c);
	assert_int_equal(strlen(a), 36);
	assert_string_not_equal(a, b);
	assert_due(w, NOW, "B:receive:queued ");
	assert_int_equal(outbox_next(w->j, NULL), NOW);
	assert_due(w, NOW + 10, "B:receive:queued A:receive:queued ");
	assert_int_equal(outbox_done(w->j, a, 2, NOW + 11, NULL), 0);
	assert_due(w, NOW + 12, "A:assign:queued B:receive:queued ");
}

static void what_fails_again_and_again_keeps_nobody_back(void **state)
{
	struct world *w = *state;
	char a[OUTBOX_UUID], b[OUTBOX_UUID], c[OUTBOX_UUID];
	add(w, "A", "receive", NOW, a);
	add(w, "A", "assign", NOW, b);
	add(w, "B", "receive", NOW + 3, c);
	assert_int_equal(outbox_retry(w->j, a, NOW + 4, "no answer", NOW, NULL), 0);
	assert_due(w, NOW + 5, "B:receive:queued A:receive:retry ");
	/* What waits behind it does not wake the writer either. */
	assert_int_equal(outbox_done(w->j, c, 2, NOW + 6, NULL), 0);
	assert_int_equal(outbox_next(w->j, NULL), NOW + 4);
	assert_int_equal(outbox_rejected(w->j, a, "no", NOW + 7, NULL), 0);
	assert_int_equal(outbox_next(w->j, NULL), INT64_MAX);
}

static void a_clock_that_is_put_back_keeps_nothing_waiting(void **state)
{
	struct world *w = *state;
	char a[OUTBOX_UUID];
	add(w, "A", "receive", NOW + 5000, a);
	assert_due(w, NOW - SECOND, ""); /* it is set a little all the time */
	assert_due(w, NOW - HOUR, "A:receive:queued ");
}

static void a_crash_while_sending_sends_again_under_the_same_key(void **state)
{
	struct world *w = *state;
	char a[OUTBOX_UUID];
	add(w, "A", "receive", NOW, a);
	assert_int_equal(outbox_sending(w->j, a, NOW, NULL), 0);
	reopen(w);
	assert_due(w, NOW, "");
	assert_int_equal(outbox_recover(w->j, NOW, NULL), 0);
	assert_due(w, NOW, "A:receive:retry ");
	assert_int_equal(outbox_sending(w->j, a, NOW, NULL), 0);
	assert_int_equal(outbox_retry(w->j, a, NOW + 500, "no answer", NOW, NULL), 0);
	assert_due(w, NOW, "");
	assert_due(w, NOW + 500, "A:receive:retry ");
	assert_int_equal(outbox_done(w->j, a, 2, NOW + 600, NULL), 0);
	assert_int_equal(outbox_next(w->j, NULL), INT64_MAX);
}

static void what_was_refused_holds_those_behind_until_a_person_decides(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	char a[OUTBOX_UUID], b[OUTBOX_UUID];
	add(w, "A", "receive", NOW, a);
	add(w, "A", "assign", NOW, b);
	assert_int_equal(outbox_conflict(w->j, a, "changed", "{\"version\":9}", NOW, NULL), 0);
	assert_due(w, NOW, "");
	assert_int_equal(outbox_again(w->j, a, "{}", 9, "binh", NOW + 1, NULL), 0);
	assert_due(w, NOW + 1, "A:receive:queued ");
	/* A new key: the old one stands for other words. */
	assert_int_equal(outbox_done(w->j, a, 2, NOW + 2, &e), -1);
	assert_int_equal(e.code, ERR_NOT_FOUND);
	assert_int_equal(outbox_drop(w->j, b, "binh", NOW + 2, NULL), 0);
	assert_all(w, "A:receive:queued A:assign:dropped ");
}

static void what_may_have_happened_can_not_be_taken_back(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	char a[OUTBOX_UUID], b[OUTBOX_UUID];
	add(w, "A", "receive", NOW, a);
	add(w, "B", "receive", NOW + 5000, b);
	assert_int_equal(outbox_drop(w->j, b, "an", NOW + 1, NULL), 0);
	assert_int_equal(outbox_sending(w->j, a, NOW, NULL), 0);
	assert_int_equal(outbox_drop(w->j, a, "an", NOW, &e), -1);
	assert_int_equal(e.code, ERR_CONFLICT);
	assert_int_equal(outbox_retry(w->j, a, NOW, "no answer", NOW, NULL), 0);
	assert_int_equal(outbox_drop(w->j, a, "an", NOW, &e), -1);
	assert_int_equal(outbox_done(w->j, a, 2, NOW, NULL), 0);
	assert_int_equal(outbox_drop(w->j, a, "an", NOW, &e), -1);
	assert_int_equal(outbox_drop(w->j, "no-such", "an", NOW, &e), -1);
	assert_int_equal(e.code, ERR_NOT_FOUND);
}

static int take_version(void *context, const struct outbox_item *i)
{
	*(int64_t *)context = i->version;
	return 1;
}

static int64_t version_of(struct world *w, const char *uuid)
{
	int64_t version = -1;
	assert_int_equal(outbox_find(w->j, uuid, take_version, &version, NULL), 0);
	return version;
}

static void what_waits_behind_goes_out_for_what_came_of_it(void **state)
{
	struct world *w = *state;
	char a[OUTBOX_UUID], b[OUTBOX_UUID], c[OUTBOX_UUID], d[OUTBOX_UUID], e[OUTBOX_UUID];
	add(w, "A", "receive", NOW, a);
	add(w, "A", "assign", NOW, b);
	add(w, "A", "comment", NOW, c);
	add(w, "B", "receive", NOW, d);
	add_from(w, "process 2", "A", "assign", NOW, e);
	assert_int_equal(outbox_done(w->j, a, 41, NOW, NULL), 0);
	assert_int_equal(version_of(w, b), 41);
	assert_int_equal(version_of(w, c), 41);
	assert_int_equal(version_of(w, d), 3); /* another record */
	assert_int_equal(version_of(w, e), 3); /* another console: it knew nothing of this */
	/* Who looked at the record anew meant that one. */
	char other[OUTBOX_UUID];
	add_on(w, "process 1", "A", "comment", NOW, 50, other);
	assert_int_equal(outbox_done(w->j, b, 0, NOW, NULL), 0);
	assert_int_equal(version_of(w, c), 0);
	assert_int_equal(version_of(w, other), 50);
}

static void who_acts_again_is_not_in_his_own_way(void **state)
{
	struct world *w = *state;
	char a[OUTBOX_UUID], b[OUTBOX_UUID], c[OUTBOX_UUID], d[OUTBOX_UUID], e[OUTBOX_UUID];
	add(w, "A", "receive", NOW, a);
	assert_int_equal(outbox_done(w->j, a, 4, NOW, NULL), 0);
	/* Looked at before the answer had come: on what is done, and on what waits behind it.
	 */
	add(w, "A", "assign", NOW, b);
	add(w, "A", "comment", NOW, c);
	add_from(w, "process 2", "A", "assign", NOW, d);
	add(w, "B", "receive", NOW, e);
	assert_int_equal(version_of(w, b), 4);
	assert_int_equal(version_of(w, c), 4);
	assert_int_equal(version_of(w, d), 3); /* another console: it knew nothing of this */
	assert_int_equal(version_of(w, e), 3); /* another record */
}

static void who_asks_again_under_the_same_uuid_is_taken_once(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	int64_t n;
	struct outbox_item i = {.uuid = "01234567-89ab-4def-8123-456789abcdef",
				.at = NOW,
				.who = "an",
				.source = "son-la",
				.kind = "complaint",
				.record = "A",
				.action = "receive",
				.fields = "{}"};
	assert_int_equal(outbox_add(w->j, &i, NOW, NULL), 0);
	assert_int_equal(outbox_done(w->j, i.uuid, 2, NOW, NULL), 0);
	assert_int_equal(outbox_add(w->j, &i, NOW, NULL), 0);
	assert_all(w, "A:receive:done ");
	assert_int_equal(audit_verify(w->j, &n, NULL), 0);
	assert_int_equal(n, 2);
	i.fields = "{\"note\":\"else\"}";
	assert_int_equal(outbox_add(w->j, &i, NOW, &e), -1);
	assert_int_equal(e.code, ERR_CONFLICT);
}

static void words_make_their_uuid_and_what_was_taken_back_is_not_revived(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	static const char *const words[] = {"7-1", "son-la", "A", "{}"};
	static const char *const others[] = {"7-1", "son-l", "aA", "{}"};
	struct outbox_item i = {.at = NOW,
				.who = "an",
				.source = "son-la",
				.kind = "complaint",
				.record = "A",
				.action = "receive",
				.fields = "{}"};
	char again[OUTBOX_UUID];
	outbox_uuid_of(words, 4, i.uuid);
	outbox_uuid_of(words, 4, again);
	assert_string_equal(i.uuid, again);
	assert_int_equal(i.uuid[14], '8');
	outbox_uuid_of(others, 4, again);
	assert_string_not_equal(i.uuid, again);
	assert_int_equal(outbox_add(w->j, &i, NOW, NULL), 0);
	assert_int_equal(outbox_drop(w->j, i.uuid, "an", NOW, NULL), 0);
	assert_int_equal(outbox_add(w->j, &i, NOW, &e), -1);
	assert_int_equal(e.code, ERR_CONFLICT);
	assert_all(w, "A:receive:dropped ");
}

static void a_journal_that_was_deleted_takes_nothing_more(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	char away[128];
	snprintf(away, sizeof away, "%s.away", w->path);
	assert_int_equal(journal_check_place(w->j, &e), 0);
	assert_int_equal(rename(w->path, away), 0);
	assert_int_equal(journal_check_place(w->j, &e), -1);
	assert_int_equal(rename(away, w->path), 0);
	assert_int_equal(journal_check_place(w->j, &e), 0);
}

static void every_step_that_counts_is_in_the_audit(void **state)
{
	struct world *w = *state;
	int64_t n;
	char a[OUTBOX_UUID], b[OUTBOX_UUID];
	add(w, "A", "receive", NOW, a);
	add(w, "B", "receive", NOW, b);
	outbox_sending(w->j, a, NOW, NULL);
	assert_int_equal(outbox_rejected(w->j, a, "no right", NOW, NULL), 0);
	assert_int_equal(outbox_again(w->j, a, NULL, 4, "an", NOW, NULL), 0);
	assert_int_equal(outbox_done(w->j, b, 2, NOW, NULL), 0);
	assert_int_equal(audit_verify(w->j, &n, NULL), 0);
	assert_int_equal(n, 5);
	assert_int_equal(outbox_purge(w->j, NOW + 1, NULL), 0);
	assert_all(w, "A:receive:queued ");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(audit_is_kept_and_whole),
		TEST(the_program_itself_can_not_alter_the_audit),
		TEST(a_broken_chain_is_found_and_located),
		TEST(older_entries_are_taken_into_the_chain),
		TEST(damage_is_refused_and_left_alone),
		TEST(order_is_kept_per_record_and_nothing_overtakes),
		TEST(what_fails_again_and_again_keeps_nobody_back),
		TEST(a_clock_that_is_put_back_keeps_nothing_waiting),
		TEST(a_crash_while_sending_sends_again_under_the_same_key),
		TEST(what_was_refused_holds_those_behind_until_a_person_decides),
		TEST(what_may_have_happened_can_not_be_taken_back),
		TEST(what_waits_behind_goes_out_for_what_came_of_it),
		TEST(who_acts_again_is_not_in_his_own_way),
		TEST(who_asks_again_under_the_same_uuid_is_taken_once),
		TEST(words_make_their_uuid_and_what_was_taken_back_is_not_revived),
		TEST(a_journal_that_was_deleted_takes_nothing_more),
		TEST(every_step_that_counts_is_in_the_audit),
	};
	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
