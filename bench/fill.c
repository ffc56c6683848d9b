/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills a cache with plausible records, and changes some of them.
 *
 *	bench/fill FILE RECORDS [raw]	FILE must not exist
 *	bench/fill FILE changes		changes records of FILE, a few at a time
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"
#include "bench/measure.h"
#include "store/ingest.h"

#define BATCH 1000

static const char *const openings[] = {
	"Ngõ 308 đường Chu Văn Thịnh bị lấn chiếm",
	"Đèn tín hiệu ngã tư Quyết Thắng không sáng",
	"Rác thải tồn đọng trước cổng chợ 7/11",
	"Ổ gà sâu giữa đường Tô Hiệu",
	"Nước thải chảy ra đường Lò Văn Giá",
	"Cây gãy đổ chắn ngang đường Điện Biên",
	"Quán nhậu mở nhạc to sau 22 giờ",
	"Xe tải đỗ dưới lòng đường Trường Chinh",
	"Nắp cống bị mất gần trường tiểu học",
	"Đường dây điện võng thấp tại bản Mé Ban",
	"Cắt điện kéo dài không thông báo",
	"Chó thả rông trong khu dân cư",
	"Ngập úng sau mưa tại tổ 5 phường Chiềng Lề",
	"Bán hàng rong chiếm vỉa hè đường Nguyễn Lương Bằng",
	"Xây dựng không phép ở bản Hẹo",
	"Thủ tục đăng ký khai sinh bị chậm",
};
static const char *const syllables[] = {
	"phường", "đường", "tổ",    "bản",    "xã",   "người", "dân",   "phản",  "ánh",  "đề",
	"nghị",   "cơ",    "quan",  "chức",   "năng", "kiểm",  "tra",   "xử",    "lý",   "sớm",
	"khắc",   "phục",  "tình",  "trạng",  "này",  "gây",   "ảnh",   "hưởng", "đến",  "sinh",
	"hoạt",   "giao",  "thông", "an",     "toàn", "trẻ",   "em",    "học",   "sinh", "khu",
	"vực",    "nhiều", "ngày",  "chưa",   "được", "giải",  "quyết", "mùi",   "hôi",  "bụi",
	"ồn",     "đêm",   "sáng",  "chiều",  "xe",   "máy",   "tải",   "nước",  "điện", "rác",
	"cống",   "hè",    "chợ",   "trường", "bệnh", "viện",  "công",  "viên",  "cầu",  "suối",
	"núi",    "đất",   "đồi",   "sạt",    "lở",   "mưa",   "lũ",    "cháy",  "nổ",   "khói",
	"cây",    "xanh",  "đổ",    "gãy",    "hỏng", "vỡ",    "mất",   "trộm",  "cắp",  "đánh",
	"bạc",    "gian",  "hàng",  "quán",   "nhà",  "dột",   "thấm",
};
static const char *const names[] = {"Nguyễn", "Lò",    "Cầm",  "Quàng",
				    "Tòng",   "Hoàng", "Vàng", "Lường"};
static const char *const given[] = {"An",    "Bình", "Chung", "Dung", "Hạnh",
				    "Khánh", "Liên", "Pang",  "Xuân", "Thu"};

/* --- records --- */

static void put(struct arena *a, struct record *r, size_t column, const char *text)
{
	struct err e = ERR_INIT;
	if (record_put_text(a, r, column, text, strlen(text), &e) < 0)
		die("record", &e);
}

static void put_time(struct record *r, size_t column, int64_t t)
{
	r->values[column] = (struct value){.set = true, .i = t};
}

/* The few words that are common and the many that are rare. */
static void add_words(struct strbuf *b, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const char *word =
			syllables[any((uint32_t)ARRAY_LEN(syllables)) *
				  any((uint32_t)ARRAY_LEN(syllables)) / ARRAY_LEN(syllables)];
		strbuf_addf(b, " %s", word);
	}
	strbuf_addf(b, " số %u, gặp ông %s %s %s lô %c%c%u", any(400), PICK(names), PICK(given),
		    PICK(given), (char)('a' + any(26)), (char)('a' + any(26)), any(100000));
}

static void put_texts(struct arena *a, struct record *r)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, PICK(openings));
	add_words(&b, 2);
	put(a, r, COL_TITLE, b.s);
	add_words(&b, 14 + any(20));
	put(a, r, COL_BODY, b.s);
	strbuf_free(&b);
}

static void put_places(struct arena *a, struct record *r)
{
	char text[80];
	snprintf(text, sizeof text, "%05u", 3646 + any(75));
	put(a, r, COL_AREA, text);
	snprintf(text, sizeof text, "H52.%u", any(60));
	if (any(10))
		put(a, r, COL_UNIT, text);
	snprintf(text, sizeof text, "LV%02u", any(40));
	put(a, r, COL_CATEGORY, text);
	snprintf(text, sizeof text, "Số %u đường %s, tổ %u", any(500), PICK(given), any(20));
	put(a, r, COL_ADDRESS, text);
	r->values[COL_LAT] = (struct value){.set = true, .r = 21.3 + any(1000) / 10000.0};
	r->values[COL_LON] = (struct value){.set = true, .r = 103.9 + any(1000) / 10000.0};
}

/* One in twenty still open; the newest thousands mostly so. */
static const char *state_of(const struct kind *k, int64_t age)
{
	const char *open[16], *closed[16];
	size_t opens = 0, closeds = 0;
	for (const struct state *s = k->states; s->code; s++) {
		if (s->flags & STATE_OPEN)
			open[opens++] = s->code;
		else
			closed[closeds++] = s->code;
	}
	bool is_open = age < 2 * DAY || any(50) == 0;
	return is_open ? open[any((uint32_t)opens)] : closed[any((uint32_t)closeds)];
}

static struct record *make(struct arena *a, const struct kind *k, int64_t i, int64_t count,
			   int64_t now, bool raw)
{
	struct record *r = record_new(a, k);
	int64_t age = (count - i) * (3 * 365 * DAY / count) + any(3600000);
	char text[80];
	r->source = "bench";
	r->id = arena_printf(a, "%" PRId64, i);
	r->version = i + 1;
	snprintf(text, sizeof text, "PA-%08" PRId64, i);
	put(a, r, COL_CODE, text);
	put(a, r, COL_STATE, state_of(k, age));
	put_time(r, COL_CREATED_AT, now - age);
	put_time(r, COL_UPDATED_AT, now - age + any(86400000));
	if (any(8))
		put_time(r, COL_DUE_AT, now - age + (int64_t)(1 + any(20)) * DAY);
	if (!record_is_open(r))
		put_time(r, COL_CLOSED_AT, now - age + (int64_t)any(48 * 20) * (DAY / 48));
	put(a, r, COL_CLOCK, "handle");
	put_texts(a, r);
	put_places(a, r);
	put(a, r, COL_SEVERITY, (const char *[]){"1", "2", "3", "4"}[any(4)]);
	put(a, r, COL_CHANNEL, k->columns[COL_CHANNEL].choices[any(3)].code);
	int phone = kind_column(k, "reporter_phone"), name = kind_column(k, "reporter_name");
	snprintf(text, sizeof text, "09%08u", any(100000000));
	if (phone >= 0)
		put(a, r, (size_t)phone, text);
	snprintf(text, sizeof text, "%s %s %s", PICK(names), PICK(given), PICK(given));
	if (name >= 0)
		put(a, r, (size_t)name, text);
	r->detail = arena_printf(a,
				 "{\"history\":[{\"at\":%" PRId64
				 ",\"by\":\"hệ thống\",\"action\":"
				 "\"tự phân phối\",\"from\":\"MOI\",\"to\":\"DA_CHUYEN\"}]}",
				 now - age);
	r->detail_n = strlen(r->detail);
	if (raw) {
		r->raw = arena_printf(a, "{\"id\":%s,\"noiDung\":\"%s\",\"toanVan\":\"%s\"}",
				      r->id, record_text(r, COL_TITLE),
				      record_text(r, COL_BODY));
		r->raw_n = strlen(r->raw);
	}
	return r;
}

/* --- filling --- */

static void put_all(struct ingest *in, struct record *const *records, size_t n)
{
	struct err e = ERR_INIT;
	if (ingest_begin(in, &e) < 0)
		die("begin", &e);
	for (size_t i = 0; i < n; i++)
		if (ingest_put(in, records[i], &e) < 0)
			die("put", &e);
	if (ingest_commit(in, NULL, &e) < 0)
		die("commit", &e);
}

static void put_catalogue(struct ingest *in, const char *kind, unsigned from, unsigned count)
{
	struct arena a = ARENA_INIT;
	struct record *records[100];
	for (unsigned i = 0; i < count; i++) {
		struct record *r = records[i] = record_new(&a, kind_find(kind));
		const char *code = strcmp(kind, "unit") == 0
					   ? arena_printf(&a, "H52.%u", from + i)
				   : strcmp(kind, "area") == 0
					   ? arena_printf(&a, "%05u", from + i)
					   : arena_printf(&a, "LV%02u", from + i);
		r->source = "bench";
		r->id = code;
		put(&a, r, CAT_CODE, code);
		put(&a, r, CAT_TITLE,
		    arena_printf(&a, "%s %s số %u", PICK(given), PICK(names), i));
	}
	put_all(in, records, count);
	arena_free(&a);
}

/* Nine batches in ten are complaints. */
static const struct kind *kind_of_batch(int64_t batch)
{
	return kinds[batch % 10 == 9 ? 1 + batch / 10 % 3 : 0];
}

static void fill(struct ingest *in, int64_t count, int64_t now, bool raw)
{
	struct arena a = ARENA_INIT;
	struct record *records[BATCH];
	struct stopwatch w = {0};
	stopwatch_start(&w);
	ingest_bulk(in, true);
	stopwatch_stop(&w);
	for (int64_t i = 0; i < count;) {
		size_t n = 0;
		const struct kind *k = kind_of_batch(i / BATCH);
		for (; n < BATCH && i < count; i++)
			records[n++] = make(&a, k, i, count, now, raw);
		stopwatch_start(&w);
		put_all(in, records, n);
		stopwatch_stop(&w);
		arena_reset(&a);
		if (i % 100000 == 0)
			fprintf(stderr, "%" PRId64 " records, %.0f/s\n", i,
				(double)i * 1e6 / (double)w.wall);
	}
	stopwatch_start(&w);
	ingest_bulk(in, false);
	stopwatch_stop(&w);
	print_rate("fill", count, &w);
	arena_free(&a);
}

/* As they come later: all that a record has is new. */
static void change(struct ingest *in, const char *name, size_t batch, int64_t changes,
		   int64_t count, int64_t now, bool raw)
{
	struct arena a = ARENA_INIT;
	struct record *records[BATCH];
	struct stopwatch w = {0};
	int64_t version = clock_now() * 1000;
	for (int64_t i = 0; i < changes;) {
		size_t n = 0;
		for (; n < batch && i < changes; i++) {
			int64_t which = any((uint32_t)(count / 10 / BATCH)) * INT64_C(10) *
						BATCH +
					any(9 * BATCH);
			records[n] = make(&a, kinds[0], which, count, now, raw);
			records[n++]->version = version++;
		}
		stopwatch_start(&w);
		put_all(in, records, n);
		stopwatch_stop(&w);
		arena_reset(&a);
	}
	print_rate(name, changes, &w);
	arena_free(&a);
}

static void merge_all(struct ingest *in)
{
	struct stopwatch w = {0};
	int64_t steps = 0, longest = 0;
	stopwatch_start(&w);
	for (bool more = true; more; steps++) {
		int64_t at = microseconds();
		more = ingest_idle(in);
		at = microseconds() - at;
		longest = at > longest ? at : longest;
	}
	stopwatch_stop(&w);
	print_rate("idle steps", steps, &w);
	print_figure("longest idle step", (double)longest / 1000, "ms");
}

static void change_existing(const char *path, int64_t now)
{
	struct err e = ERR_INIT;
	struct db *db = db_open_writer(path, &e);
	int64_t count;
	if (!db || store_count(db, kinds[0], "", now, &count, &e) < 0)
		die("open", &e);
	struct ingest *in = ingest_new(db);
	count = count / 9 * 10;
	any_seed((uint64_t)clock_now()); /* other changes than the last time */
	change(in, "changes one by one", 1, 1000, count, now, false);
	change(in, "changes in batches of 100", 100, 3000, count, now, false);
	change(in, "changes one by one, then", 1, 1000, count, now, false);
	merge_all(in);
	change(in, "changes one by one, merged", 1, 1000, count, now, false);
	ingest_free(in);
	db_close(db);
}

static void write_all(struct db *db, int64_t count, int64_t now, bool raw)
{
	struct ingest *in = ingest_new(db);
	put_catalogue(in, "unit", 0, 60);
	put_catalogue(in, "area", 3646, 75);
	put_catalogue(in, "category", 0, 40);
	fill(in, count, now, raw);
	merge_all(in);
	change(in, "changes in batches of 1000", 1000, 20000, count, now, raw);
	change(in, "changes in batches of 100", 100, 5000, count, now, raw);
	change(in, "changes one by one", 1, 200, count, now, raw);
	merge_all(in);
	ingest_free(in);
}
int main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	clock_set_zone("Asia/Ho_Chi_Minh");
	if (argc < 3) {
		fputs("usage: bench/fill FILE RECORDS [raw] | FILE changes\n", stderr);
		return 2;
	}
	if (strcmp(argv[2], "changes") == 0) {
		change_existing(argv[1], MEASURE_NOW);
		return 0;
	}
	struct db *db = db_open_writer(argv[1], &e);
	if (!db)
		die("open", &e);
	write_all(db, atoll(argv[2]), MEASURE_NOW, argc > 3);
	db_close(db);
	return 0;
}
