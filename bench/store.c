/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures the cache: filling it with plausible records, then the questions that screens and
 * exports ask.
 *
 *	bench/store FILE RECORDS [raw]	fills FILE (which must not exist), then asks
 *	bench/store FILE		asks only
 *	bench/store FILE changes	changes records of FILE, a few at a time
 *	bench/store FILE search		types words of its complaints, letter by letter, beside
 *					what the index takes at least and LIKE would take
 *
 * Prints one line a figure: name, tab, number, tab, unit. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"
#include "store/due.h"
#include "store/ingest.h"
#include "store/query.h"
#include "text/fold.h"
#include "text/utf8.h"

#define BATCH 1000
#define ROUNDS 41
#define DUE_ROUNDS 5

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

static uint64_t seed = 42;

static uint32_t any(uint32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((seed >> 33) % below);
}

#define PICK(list) list[any((uint32_t)ARRAY_LEN(list))]

static int64_t microseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* What this process has computed, so that figures of a busy machine can be judged. */
static int64_t cpu_microseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

struct stopwatch {
	int64_t wall, cpu, wall_start, cpu_start;
};

static void start(struct stopwatch *w)
{
	w->wall_start = microseconds();
	w->cpu_start = cpu_microseconds();
}

static void stop(struct stopwatch *w)
{
	w->wall += microseconds() - w->wall_start;
	w->cpu += cpu_microseconds() - w->cpu_start;
}

static void rate(const char *name, int64_t count, const struct stopwatch *w)
{
	printf("%s\t%.0f\t/s\t%.0f\t/s of CPU time\n", name,
	       (double)count * 1e6 / (double)(w->wall ? w->wall : 1),
	       (double)count * 1e6 / (double)(w->cpu ? w->cpu : 1));
	fflush(stdout);
}

static void figure(const char *name, double value, const char *unit)
{
	printf("%s\t%.6g\t%s\n", name, value, unit);
	fflush(stdout);
}

static _Noreturn void die(const char *what, const struct err *e)
{
	fprintf(stderr, "store: %s: %s\n", what, e->text);
	exit(1);
}

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
	start(&w);
	ingest_bulk(in, true);
	stop(&w);
	for (int64_t i = 0; i < count;) {
		size_t n = 0;
		const struct kind *k = kind_of_batch(i / BATCH);
		for (; n < BATCH && i < count; i++)
			records[n++] = make(&a, k, i, count, now, raw);
		start(&w);
		put_all(in, records, n);
		stop(&w);
		arena_reset(&a);
		if (i % 100000 == 0)
			fprintf(stderr, "%" PRId64 " records, %.0f/s\n", i,
				(double)i * 1e6 / (double)w.wall);
	}
	start(&w);
	ingest_bulk(in, false);
	stop(&w);
	rate("fill", count, &w);
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
		start(&w);
		put_all(in, records, n);
		stop(&w);
		arena_reset(&a);
	}
	rate(name, changes, &w);
	arena_free(&a);
}

static void merge_all(struct ingest *in)
{
	struct stopwatch w = {0};
	int64_t steps = 0, longest = 0;
	start(&w);
	for (bool more = true; more; steps++) {
		int64_t at = microseconds();
		more = ingest_idle(in);
		at = microseconds() - at;
		longest = at > longest ? at : longest;
	}
	stop(&w);
	rate("idle steps", steps, &w);
	figure("longest idle step", (double)longest / 1000, "ms");
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
	seed = (uint64_t)clock_now(); /* other changes than the last time */
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

/* --- asking --- */

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static struct page *page_of(struct db *db, const struct page_query *q)
{
	struct page *p = store_page(db, q);
	if (p->error.code)
		die("page", &p->error);
	return p;
}

/* The median and the worst of some rounds of the same page. */
static void measure_page(struct db *db, const char *name, struct page_query q)
{
	int64_t times[ROUNDS], total = 0;
	size_t count = 0;
	bool capped = false;
	for (int i = 0; i < ROUNDS; i++) {
		int64_t at = microseconds();
		struct page *p = page_of(db, &q);
		times[i] = microseconds() - at;
		count = p->count;
		total = p->total;
		capped = p->total_capped;
		page_free(p);
	}
	int64_t first = times[0];
	qsort(times, ROUNDS, sizeof *times, compare);
	printf("%s\t%.3f\tms median\t%.3f\tfirst\t%zu rows of %" PRId64 "%s\n", name,
	       (double)times[ROUNDS / 2] / 1000, (double)first / 1000, count, total,
	       capped ? "+" : "");
	fflush(stdout);
}

static void measure_search(struct db *db, const char *name, const char *text,
			   struct page_query q)
{
	struct strbuf b = STRBUF_INIT, label = STRBUF_INIT;
	strbuf_adds(&b, text);
	q.filter = b.s;
	strbuf_addf(&label, "search %s: %s", name, text);
	measure_page(db, label.s, q);
	strbuf_free(&b);
	strbuf_free(&label);
}

static void measure_pages(struct db *db, int64_t now)
{
	const struct kind *k = kinds[0];
	struct page_query home = {.kind = k,
				  .filter = (char *)"is:open",
				  .sort = COL_DUE_AT,
				  .limit = 50,
				  .now = now};
	struct page_query all = home;
	all.filter = (char *)"";
	all.sort = COL_CREATED_AT;
	all.descending = true;
	measure_page(db, "open by due_at, home", home);
	measure_page(db, "all by created_at, home", all);
	struct page *p = page_of(db, &home);
	home.rowid = p->rows[p->count - 1]->rowid;
	page_free(p);
	home.place = PAGE_AFTER;
	measure_page(db, "open by due_at, next page", home);
	home.place = PAGE_AROUND;
	home.before = 20;
	measure_page(db, "open by due_at, around", home);
	home.place = PAGE_END;
	measure_page(db, "open by due_at, end", home);
	home.place = PAGE_HOME;
	const int sorts[] = {COL_TITLE,    COL_STATE,   COL_UNIT,
			     COL_SEVERITY, COL_CHANNEL, COL_CODE};
	for (size_t i = 0; i < ARRAY_LEN(sorts); i++) {
		char name[80];
		snprintf(name, sizeof name, "open by %s, home", k->columns[sorts[i]].id);
		home.sort = sorts[i];
		measure_page(db, name, home);
	}
	home.sort = COL_DUE_AT;
	static const char *const filters[] = {"is:late",
					      "unit:H52.7 is:open",
					      "state:MOI",
					      "is:open severity>=4 category:LV03",
					      "is:open duong",
					      "code:PA-00012345",
					      "created_at<1d",
					      "unit:H52.7",
					      "is:handled -severity:1,2"};
	for (size_t i = 0; i < ARRAY_LEN(filters); i++)
		measure_search(db, "filter", filters[i], home);
	static const char *const texts[] = {"d*",
					    "du*",
					    "duo*",
					    "duong*",
					    "đường",
					    "o*",
					    "x*",
					    "z*",
					    "zz9*",
					    "\"ổ gà\"",
					    "\"ổ gà\" s*",
					    "to hieu den duong",
					    "lo van h*",
					    "quang dinh pang",
					    "khongcotu",
					    "pa 00012345",
					    "0912*",
					    "aq4*",
					    "sat lo mua lu k*",
					    "tieu hoc"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		measure_search(db, "newest", texts[i], all);
		if (i % 4 == 0)
			measure_search(db, "open", texts[i], home);
	}
	all.place = PAGE_AT;
	all.offset = 300000;
	measure_page(db, "all by created_at, row 300,000", all);
}

/* --- searching as people type --- */

#define DRAWS 200
#define SLOWEST 6
#define FLOOR_ROUNDS 41
#define LIKE_ROUNDS 3

struct searches {
	struct search {
		int64_t took; /* CPU time of the first asking, which is what typing does */
		size_t rows;
		char *text;
	} * list;
	size_t count, cap;
};

static int slower_first(const void *a, const void *b)
{
	return compare(&((const struct search *)b)->took, &((const struct search *)a)->took);
}

/* Of what others do with the same words: p50 of whole words looked for by the index alone,
 * newest rowids first, which is the least that any search can cost, and of LIKE. */
struct floors {
	double index, like;
};

static void report(struct searches *s, const char *name, const struct floors *f)
{
	qsort(s->list, s->count, sizeof *s->list, slower_first);
	printf("%s\t%.3f\tms of CPU p50\t%.3f\tp95\t%.3f\tworst\t%zu searches\n", name,
	       (double)s->list[s->count / 2].took / 1000,
	       (double)s->list[s->count / 20].took / 1000, (double)s->list[0].took / 1000,
	       s->count);
	double p95 = (double)s->list[s->count / 20].took / 1000;
	printf("# p95 is %.1f x the index alone, 1/%.0f of LIKE\n", p95 / f->index,
	       f->like / p95);
	for (size_t i = 0; i < SLOWEST && i < s->count; i++)
		printf("# %.3f ms, %zu rows: %s\n", (double)s->list[i].took / 1000,
		       s->list[i].rows, s->list[i].text);
	for (size_t i = 0; i < s->count; i++)
		free(s->list[i].text);
	free(s->list);
	*s = (struct searches){0};
}

static void search(struct db *db, struct searches *s, int64_t now, const char *text)
{
	struct page_query q = {.kind = kinds[0],
			       .filter = xstrdup(text),
			       .sort = COL_CREATED_AT,
			       .descending = true,
			       .limit = 50,
			       .now = now};
	int64_t at = cpu_microseconds();
	struct page *p = page_of(db, &q);
	struct search one = {cpu_microseconds() - at, p->count, q.filter};
	ARRAY_PUSH(s->list, s->count, s->cap) = one;
	page_free(p);
}

static int64_t newest(struct db *db)
{
	struct page_query q = {.kind = kinds[0], .sort = COL_CREATED_AT, .limit = 1};
	struct page *p = page_of(db, &q);
	int64_t id = p->newest;
	page_free(p);
	return id;
}

/* A word of a record that is drawn; of the same one as before where `again`.  Returns the text
 * in which it stands. */
static const char *draw(struct db *db, bool again, struct fold_token *t)
{
	static struct strbuf text = STRBUF_INIT;
	static int64_t most;
	size_t at = 0, seen = 0;
	struct fold_token each;
	if (!most)
		most = newest(db);
	if (!again) {
		sqlite3_stmt *s;
		sqlite3_prepare_v2(
			db_handle(db),
			"SELECT printf('%s %s %s %s %s', code, title, body, reporter_name,"
			" reporter_phone) FROM complaint WHERE id >= ? LIMIT 1",
			-1, &s, NULL);
		sqlite3_bind_int64(s, 1, any((uint32_t)most));
		sqlite3_step(s);
		strbuf_clear(&text);
		strbuf_adds(&text, (const char *)sqlite3_column_text(s, 0));
		sqlite3_finalize(s);
	}
	while (fold_next_token(text.s, text.len, &at, &each))
		if (any((uint32_t)++seen) == 0)
			*t = each;
	return text.s;
}

/* One word, letter by letter. */
static void type_words(struct db *db, struct searches *s, int64_t now)
{
	struct fold_token t = {.n = 0};
	char text[FOLD_TOKEN_MOST + 2];
	for (int i = 0; i < DRAWS; i++) {
		draw(db, false, &t);
		for (size_t n = 1; n <= t.n; n++) {
			snprintf(text, sizeof text, "%.*s*", (int)n, t.text);
			search(db, s, now, text);
		}
	}
}

/* One word, letter by letter, with the accents that it has. */
static void type_accents(struct db *db, struct searches *s, int64_t now)
{
	struct fold_token t = {.n = 0};
	for (int i = 0; i < DRAWS; i++) {
		const char *word = draw(db, false, &t) + t.start;
		struct utf8_cluster c;
		for (size_t n = 0, whole = t.end - t.start; n < whole;) {
			char text[4 * FOLD_TOKEN_MOST];
			n += utf8_next(word + n, whole - n, &c);
			snprintf(text, sizeof text, "%.*s*", (int)n, word);
			search(db, s, now, text);
		}
	}
}

/* Words of one record, letter by letter: each question follows on the one before. */
static void type_on(struct db *db, struct searches *s, int64_t now)
{
	struct fold_token t = {.n = 0};
	for (int i = 0; i < DRAWS / 2; i++) {
		struct strbuf b = STRBUF_INIT;
		for (uint32_t words = 2 + any(3), j = 0; j < words; j++) {
			draw(db, j > 0, &t);
			strbuf_adds(&b, j ? " " : "");
			for (size_t n = 0; n < t.n; n++) {
				strbuf_addf(&b, "%c*", t.text[n]);
				search(db, s, now, b.s);
				b.s[--b.len] = '\0';
			}
		}
		strbuf_free(&b);
	}
}

/* Several words, the last of them begun. */
static void type_several(struct db *db, struct searches *s, int64_t now, bool of_one)
{
	struct fold_token t = {.n = 0};
	for (int i = 0; i < DRAWS; i++) {
		struct strbuf b = STRBUF_INIT;
		for (uint32_t words = 2 + any(4); words > 0; words--) {
			draw(db, of_one && b.len, &t);
			size_t n = words > 1 ? t.n : 1 + any((uint32_t)t.n);
			strbuf_addf(&b, "%.*s%s", (int)n, t.text, words > 1 ? " " : "*");
		}
		search(db, s, now, b.s);
		strbuf_free(&b);
	}
}

/* CPU time of a statement over one word, in milliseconds. */
static double run(struct db *db, const char *sql, const char *word)
{
	sqlite3_stmt *s;
	int64_t at = cpu_microseconds();
	if (sqlite3_prepare_v2(db_handle(db), sql, -1, &s, NULL) != SQLITE_OK)
		return 0;
	sqlite3_bind_text(s, 1, word, -1, SQLITE_STATIC);
	while (sqlite3_step(s) == SQLITE_ROW)
		;
	sqlite3_finalize(s);
	return (double)(cpu_microseconds() - at) / 1000;
}

static int smaller_first(const void *a, const void *b)
{
	return (*(const double *)a > *(const double *)b) -
	       (*(const double *)a < *(const double *)b);
}

static double median_of(struct db *db, const char *sql, char quote, size_t rounds)
{
	double took[FLOOR_ROUNDS];
	for (size_t i = 0; i < rounds; i++) {
		struct fold_token t = {.n = 0};
		char word[FOLD_TOKEN_MOST + 3];
		draw(db, false, &t);
		snprintf(word, sizeof word, "%c%.*s%c", quote, (int)t.n, t.text, quote);
		took[i] = run(db, sql, word);
	}
	qsort(took, rounds, sizeof *took, smaller_first);
	return took[rounds / 2];
}

static struct floors measure_floors(struct db *db)
{
	struct floors f = {
		.index = median_of(db,
				   "SELECT rowid FROM complaint_words WHERE complaint_words"
				   " MATCH ? ORDER BY rowid DESC LIMIT 50",
				   '"', FLOOR_ROUNDS),
		.like = median_of(db,
				  "SELECT id FROM complaint WHERE title LIKE ?1 OR body LIKE ?1"
				  " ORDER BY created_at DESC LIMIT 50 OFFSET 1000000000",
				  '%', LIKE_ROUNDS)};
	figure("one word by the index alone, p50", f.index, "ms of CPU");
	figure("one word by LIKE through all rows", f.like, "ms of CPU");
	return f;
}

static void measure_typing(struct db *db, int64_t now)
{
	struct searches s = {0};
	const struct floors f = measure_floors(db);
	type_words(db, &s, now);
	report(&s, "one word as it is typed", &f);
	type_accents(db, &s, now);
	report(&s, "one word with its accents", &f);
	type_several(db, &s, now, true);
	report(&s, "words of one record", &f);
	type_several(db, &s, now, false);
	report(&s, "words of several records", &f);
	type_on(db, &s, now);
	report(&s, "several words as they are typed", &f);
}

static int count_row(void *context, const struct record *r)
{
	int64_t *n = context;
	*n += (int64_t)strlen(record_text(r, COL_TITLE)) > 0;
	return 0;
}

static void measure_walk(struct db *db, int64_t now)
{
	static const int some[] = {COL_CODE, COL_TITLE, COL_STATE, COL_CREATED_AT, COL_UNIT};
	struct walk_query q = {
		.kind = kinds[0], .filter = "", .sort = -1, .since = CLOCK_NONE, .now = now};
	struct err e = ERR_INIT;
	for (int all = 0; all < 3; all++) {
		int64_t n = 0, at = microseconds();
		q.columns = all == 1 ? NULL : some;
		q.column_count = all == 1 ? 0 : ARRAY_LEN(some);
		q.sort = all == 2 ? COL_CREATED_AT : -1;
		if (store_walk(db, &q, count_row, &n, &e) < 0)
			die("walk", &e);
		figure(all == 1   ? "walk, all columns"
		       : all == 2 ? "walk, five columns by created_at"
				  : "walk, five columns",
		       (double)n * 1e6 / (double)(microseconds() - at), "rows/s");
	}
}

static void measure_figures(struct db *db, int64_t now)
{
	int64_t times[ROUNDS];
	struct figures f = {.generation = 0};
	for (int i = 0; i < ROUNDS; i++) {
		int64_t at = microseconds();
		if (store_figures(db, now, &f) < 0)
			die("figures", &f.error);
		times[i] = microseconds() - at;
	}
	qsort(times, ROUNDS, sizeof *times, compare);
	figure("figures", (double)times[ROUNDS / 2] / 1000, "ms");
	printf("# complaints: %" PRId64 " open of %" PRId64 ", late %" PRId64 ", soon %" PRId64
	       ", unassigned %" PRId64 ", urgent %" PRId64 ", waiting %" PRId64 "\n",
	       f.queues[0].open, f.queues[0].total, f.queues[0].late, f.queues[0].soon,
	       f.queues[0].unassigned, f.queues[0].urgent, f.queues[0].waiting);
}

/* All queues at once. */
static void measure_due(struct db *db, int64_t now)
{
	int64_t times[DUE_ROUNDS], open = 0;
	for (int by = DUE_BY_UNIT; by <= DUE_BY_AREA; by++) {
		struct due_query q = {
			.by = (enum due_by)by, .now = now, .until = due_day_end(now)};
		for (int i = 0; i < DUE_ROUNDS; i++) {
			int64_t at = microseconds();
			struct due_board *b = store_due(db, &q);
			times[i] = microseconds() - at;
			open = b->total.all.open;
			due_board_free(b);
		}
		qsort(times, DUE_ROUNDS, sizeof *times, compare);
		printf("# what is due by %s: of %" PRId64 " open ones\n", due_by_columns[by],
		       open);
		figure("due", (double)times[DUE_ROUNDS / 2] / 1000, "ms");
	}
}

int main(int argc, char **argv)
{
	const int64_t now = INT64_C(1795264927000);
	struct err e = ERR_INIT;
	clock_set_zone("Asia/Ho_Chi_Minh");
	if (argc < 2) {
		fputs("usage: bench/store FILE [RECORDS [raw]]\n", stderr);
		return 2;
	}
	if (argc == 3 && strcmp(argv[2], "changes") == 0) {
		change_existing(argv[1], now);
		return 0;
	}
	bool typing = argc == 3 && strcmp(argv[2], "search") == 0;
	if (argc > 2 && !typing) {
		struct db *db = db_open_writer(argv[1], &e);
		if (!db)
			die("open", &e);
		write_all(db, atoll(argv[2]), now, argc > 3);
		db_close(db);
	}
	int64_t at = microseconds();
	struct db *db = db_open_reader(argv[1], &e);
	if (!db)
		die("open", &e);
	if (typing) {
		measure_typing(db, now);
		db_close(db);
		return 0;
	}
	struct page_query q = {.kind = kinds[0],
			       .filter = (char *)"is:open",
			       .sort = COL_DUE_AT,
			       .limit = 50,
			       .now = now};
	page_free(page_of(db, &q));
	figure("open and first page", (double)(microseconds() - at) / 1000, "ms");
	measure_figures(db, now);
	measure_due(db, now);
	measure_pages(db, now);
	measure_walk(db, now);
	db_close(db);
	return 0;
}
