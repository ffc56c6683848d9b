/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill CACHE [COUNT]: a small cache whose every value is known, for tests of the programs.
 * Complaint I has code PA-0000I, was sent I minutes before NOON, and is open where I is odd.
 * Some are nasty; see `odd`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/kinds.h"
#include "store/db.h"
#include "store/ingest.h"
#include "store/sources.h"

#define NOON INT64_C(1795237200000) /* 2026-11-21T12:00:00+07:00 */

static void die(const struct err *e)
{
	fprintf(stderr, "fill: %s\n", e->text);
	exit(1);
}

static void put(struct arena *a, struct record *r, const char *column, const char *text)
{
	struct err e = ERR_INIT;
	int c = kind_column(r->kind, column);
	if (c >= 0 && record_put_text(a, r, (size_t)c, text, strlen(text), &e) < 0)
		die(&e);
}

static void put_time(struct record *r, int column, int64_t t)
{
	r->values[column] = (struct value){.set = true, .i = t};
}

static const char *odd(int i)
{
	switch (i) {
	case 2:
		return "=HYPERLINK(\"http://x\",\"bấm\")";
	case 3:
		return "Trích \"dẫn\", phẩy\nvà xuống dòng";
	case 4:
		return "\033[31mđỏ\033[0m \xc2\x9b"
		       "2J \xe2\x80\xae"
		       "đảo";
	case 5:
		return "Gọi lại số 0912345678 giúp tôi";
	case 6:
		return "Đường hỏng"; /* decomposed */
	default:
		return "Rác thải tồn đọng trước cổng chợ 7/11";
	}
}

static void complaint(struct ingest *in, int i)
{
	struct arena a = ARENA_INIT;
	struct err e = ERR_INIT;
	struct record *r = record_new(&a, &kind_complaint);
	char id[16], code[16];
	snprintf(id, sizeof id, "%d", i);
	snprintf(code, sizeof code, "PA-%05d", i);
	r->id = id;
	r->source = "son-la";
	r->version = 1;
	r->detail = "{\"history\":[{\"at\":\"2026-11-21T01:15:00Z\",\"by\":\"Hệ thống\","
		    "\"action\":\"assign\",\"text\":\"Gọi 0912345678\\u001b[2J\"}]}";
	r->detail_n = strlen(r->detail);
	r->raw = "{\"phone\":\"0912345678\"}";
	r->raw_n = strlen(r->raw);
	put(&a, r, "code", code);
	put(&a, r, "title", odd(i));
	put(&a, r, "body", odd(i));
	put(&a, r, "state", i % 2 ? "MOI" : "DONG");
	put(&a, r, "area", "03646");
	put(&a, r, "reporter_name", "Nguyễn Văn An");
	put(&a, r, "reporter_phone", "0912345678");
	put_time(r, COL_CREATED_AT, NOON - i * MINUTE);
	put_time(r, COL_UPDATED_AT, NOON - i * MINUTE);
	put_time(r, COL_DUE_AT, NOON + i * HOUR);
	r->values[COL_LAT] = (struct value){.set = true, .r = 21.325};
	r->values[COL_SEVERITY] = (struct value){.set = true, .i = i % 6};
	if (ingest_put(in, r, &e) < 0)
		die(&e);
	arena_free(&a);
}

static void area(struct ingest *in)
{
	struct arena a = ARENA_INIT;
	struct err e = ERR_INIT;
	struct record *r = record_new(&a, &kind_area);
	r->id = "03646@2025-07-01";
	r->source = "son-la";
	r->version = 1;
	put(&a, r, "code", "03646");
	put(&a, r, "title", "Phường Tô Hiệu");
	put_time(r, CAT_VALID_FROM, INT64_C(1751302800000));
	if (ingest_put(in, r, &e) < 0)
		die(&e);
	arena_free(&a);
}

static void fill(struct db *db, int count)
{
	struct err e = ERR_INIT;
	struct ingest_result result;
	struct ingest *in = ingest_new(db);
	if (ingest_begin(in, &e) < 0)
		die(&e);
	area(in);
	for (int i = 1; i <= count; i++)
		complaint(in, i);
	if (ingest_commit(in, &result, &e) < 0)
		die(&e);
	ingest_free(in);
}

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	struct source_status s = {
		.name = "son-la",
		.title = "Cổng IOC Sơn La",
		.state = SOURCE_LIVE,
		.kinds = 1,
		.last_ok = NOON,
		.last_change = NOON,
		.next_try = CLOCK_NONE,
		.error_at = CLOCK_NONE,
		.stale_after = 10 * MINUTE,
		.total = -1,
		.lag_ms = -1,
	};
	if (argc < 2)
		return 2;
	struct db *db = db_open_writer(argv[1], &e);
	if (!db)
		die(&e);
	fill(db, argc > 2 ? atoi(argv[2]) : 20);
	if (sources_save(db, &s, &e) < 0)
		die(&e);
	db_close(db);
	return 0;
}
