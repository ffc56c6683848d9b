/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/filter.h"
#include "text/pattern.h"
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/rulebook.h"

/* --- records -------------------------------------------------------------- */

/* clang-format off */
static const char *const complaint_titles[] = {
	"Ngõ 308 đường Chu Văn Thịnh thường xuyên bị lấn chiếm làm bãi đỗ xe, mất 4 m lòng ngõ",
	"Đèn tín hiệu ngã tư Quyết Thắng không sáng từ sáng nay",
	"Rác thải tồn đọng trước cổng chợ 7/11, bốc mùi",
	"Hố ga mất nắp trên đường Tô Hiệu, nguy hiểm cho người đi xe máy",
	"Quán karaoke gây ồn sau 23 giờ tại tổ 5",
	"Cành cây gãy chắn vỉa hè đường Trường Chinh",
	"Nước sinh hoạt yếu cả tuần tại bản Hẹo",
	"Xe tải đỗ che biển báo trên quốc lộ 6, đoạn qua Chiềng Sinh",
};
static const char *const dossier_titles[] = {
	"Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ",
	"Đăng ký biến động quyền sử dụng đất do chuyển nhượng",
	"Đăng ký thành lập hộ kinh doanh",
	"Cấp bản sao trích lục hộ tịch",
	"Chứng thực bản sao từ bản chính",
	"Trợ cấp xã hội hằng tháng cho người cao tuổi",
};
static const char *const call_titles[] = {
	"Hỏi hồ sơ đất đai nộp tuần trước đã xong chưa",
	"Báo mất điện khu vực bến xe",
	"Xin số điện thoại bộ phận một cửa phường Tô Hiệu",
	"Phản ánh tiếng ồn, đề nghị gọi lại",
};
static const char *const alert_titles[] = {
	"Vượt đèn đỏ, xe mô tô, nút giao Quyết Thắng",
	"Khói bất thường gần trạm biến áp",
	"Tụ tập đông người trước sân vận động",
	"Biển số trong danh sách theo dõi",
};
static const char *const areas[] = {"03646", "03650", "03652", "03655"};
static const char *const units[] = {"ca-phuong", "qldt", "ubnd-to-hieu", NULL};
static const char *const complaint_states[] = {"MOI", "DANG_XL", "DA_CHUYEN", "DANG_XL", "XAC_MINH", "DA_XL", "CHO_BS", "DONG"};
static const char *const dossier_states[] = {"2", "4", "4", "5", "1", "9", "10", "10"};
static const char *const call_states[] = {"tra_loi_xong", "chuyen_tdv", "tra_cuu_ho_so", "chuyen_tdv_nho", "khong_hieu", "cup_may_som"};
static const char *const alert_states[] = {"MOI", "DA_XN", "BO_QUA", "DA_CHUYEN"};

static const char *const clocks[] = {"handle", "return", "callback", "acknowledge", NULL, NULL};

static const struct {
	const char *catalogue, *code, *name;
} names[] = {
	{"area", "03646", "Phường Tô Hiệu"}, {"area", "03650", "Phường Chiềng Sinh"},
	{"area", "03652", "Phường Chiềng Cơi"}, {"area", "03655", "Xã Chiềng An"},
	{"unit", "ca-phuong", "CA phường"}, {"unit", "qldt", "P. Quản lý đô thị"},
	{"unit", "ubnd-to-hieu", "UBND p. Tô Hiệu"},
	{"category", "trat-tu", "Trật tự đô thị"}, {"category", "giao-thong", "Giao thông"},
	{"category", "moi-truong", "Môi trường"}, {"category", "dat-dai", "Đất đai"},
	{"camera", "cam-07", "Ngã tư Quyết Thắng"},
};
static const char *const categories[] = {"trat-tu", "giao-thong", "moi-truong", "dat-dai"};
/* clang-format on */

const char *world_name(void *context, const struct kind *catalogue, const char *code,
		       int64_t at)
{
	(void)context;
	(void)at;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i].catalogue, catalogue->id) == 0 &&
		    strcmp(names[i].code, code) == 0)
			return names[i].name;
	return NULL;
}

bool world_nth(void *context, const struct kind *catalogue, size_t n, struct name_entry *out)
{
	(void)context;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i].catalogue, catalogue->id) == 0 && n-- == 0) {
			*out = (struct name_entry){names[i].code, names[i].name, names[i].name,
						   INT64_MIN, INT64_MAX};
			return true;
		}
	return false;
}

static void set_text(struct world *w, struct record *r, const char *column, const char *s)
{
	int i = kind_column(r->kind, column);
	if (i < 0 || !s)
		return;
	char *copy = arena_strdup(&w->arena, s);
	r->values[i] = (struct value){.set = true, {.s = copy, .n = strlen(copy)}};
	r->values[i].s = copy;
	r->values[i].n = strlen(copy);
}

static void set_int(struct record *r, const char *column, int64_t v)
{
	int i = kind_column(r->kind, column);
	if (i < 0)
		return;
	r->values[i].set = true;
	r->values[i].i = v;
}

static struct record *new_record(struct world *w, const struct kind *k)
{
	struct record *r = arena_zero(&w->arena, sizeof *r);
	r->kind = k;
	r->values = arena_zero(&w->arena, k->column_count * sizeof *r->values);
	r->rowid = (int64_t)w->record_count + 1;
	r->source = "son-la";
	r->version = 1;
	w->records[w->record_count++] = r;
	return r;
}

struct record *world_add(struct world *w, const char *kind, const char *title,
			 const char *state)
{
	const struct kind *k = kind_find(kind);
	size_t n = w->record_count, nth = 0;
	struct record *r = new_record(w, k);
	for (size_t i = 0; i < n; i++)
		nth += w->records[i]->kind == k;
	char code[64];
	static const char *const prefixes[] = {"PA-%05zu", "H52.03-261121-%04zu",
					       "CG-%05zu", "CB-%05zu",
					       "TT-%05zu", "MX-%05zu"};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(code, sizeof code, prefixes[kind_index(k)], nth + 1);
#pragma GCC diagnostic pop
	r->id = arena_strdup(&w->arena, code);
	set_text(w, r, "code", code);
	set_text(w, r, "title", title ? title : "Phản ánh mới của người dân");
	set_text(w, r, "state", state ? state : k->states[0].code);
	set_int(r, "created_at", w->now);
	set_int(r, "updated_at", w->now);
	set_text(w, r, "area", areas[n % 4]);
	set_text(w, r, "clock", clocks[kind_index(k)]);
	return r;
}

void world_hazard(struct world *w, int level, const char *title, const char *state)
{
	struct record *r = world_add(w, "hazard", title, state);
	set_int(r, "severity", level);
	set_int(r, "until_at", w->now + 30 * HOUR);
	set_text(w, r, "areas", "Mộc Châu, Vân Hồ, Tà Xùa");
}

static void add_details(struct world *w, struct record *r)
{
	static const char json[] =
		"{\"history\":[{\"at\":\"2026-11-19T01:12:00Z\",\"by\":\"Cổng Sơn La Smart\","
		"\"action\":\"tiếp nhận\",\"to\":\"MOI\"},"
		"{\"at\":\"2026-11-19T01:15:00Z\",\"by\":\"Quy tắc 12\",\"action\":\"phân "
		"phối\","
		"\"from\":\"MOI\",\"to\":\"DA_CHUYEN\",\"text\":\"Chuyển UBND phường Tô Hiệu "
		"xử lý "
		"theo địa bàn; liên hệ 0912340000 nếu cần.\"},"
		"{\"at\":\"2026-11-20T02:40:00Z\",\"by\":\"Lò Văn Hặc\",\"from\":\"DA_CHUYEN\","
		"\"to\":\"DANG_XL\",\"text\":\"Đã kiểm tra thực địa, lập biên bản 2 trường "
		"hợp.\"}],"
		"\"attachments\":[{\"name\":\"ngo-308.jpg\",\"type\":\"image/jpeg\","
		"\"size\":482133,\"url\":\"https://ioc.sonla.example/a/423/1\"}],"
		"\"links\":[{\"kind\":\"call\",\"id\":\"CG-00003\",\"rel\":\"cùng số điện "
		"thoại\"},"
		"{\"kind\":\"alert\",\"id\":\"CB-00002\",\"rel\":\"cách 60 m\"}],"
		"\"extra\":{\"phien_ban_app\":\"3.2.1\",\"tin_cay\":0.75,"
		"\"mot_ten_rat_dai_ma_nguon_dat_cho_truong_nay_dai_hon_ca_chieu_rong_cua_khung_"
		"chi_tiet_tren_man_hinh_nho_va_man_hinh_rong_nua\":\"vẫn đọc được\"}}";
	r->detail = json;
	r->detail_n = sizeof json - 1;
	set_text(w, r, "body",
		 "Ngõ 308, đường Chu Văn Thịnh, rộng 9 m, thường xuyên bị lấn chiếm làm bãi đỗ "
		 "xe "
		 "mất 4 m, gây khuất tầm nhìn cho người đi xe máy từ trong ngõ ra.\n"
		 "Đề nghị phường kiểm tra, xử lý dứt điểm. Số của tôi: 0912 340 000.");
	set_text(w, r, "address", "Số 12 ngõ 308, đường Chu Văn Thịnh, phường Tô Hiệu");
	set_text(w, r, "reporter_name", "Nguyễn Văn An");
	set_text(w, r, "reporter_phone", "0912340000");
	set_text(w, r, "channel", "app");
	set_text(w, r, "src_state", "dang_xu_ly");
}

/* What a record's clock says, as the writer leaves it: due soon four hours before, paused
 * without a deadline, ended with a verdict. */
static void set_clock(struct world *w, struct record *r, size_t i)
{
	static const char *const verdicts[] = {"ontime", "early", "late"};
	const struct state *s = kind_state(r->kind, record_text(r, COL_STATE));
	int64_t due = w->now + ((int64_t)(i * 7919 % 3120) - 240) * MINUTE + 30 * SECOND;
	if (!record_is_open(r)) {
		set_int(r, "due_at", w->now - HOUR);
		set_int(r, "closed_at", w->now - HOUR - (int64_t)i * MINUTE);
		set_text(w, r, "verdict", verdicts[i % 3]);
		set_int(r, "left_s", ((int64_t)(i % 3) - 2) * -36000 - 40000);
	} else if (s && s->flags & STATE_PAUSED) {
		set_int(r, "paused_at", w->now - 26 * HOUR);
		set_int(r, "left_s", 57600 + (int64_t)i);
	} else {
		set_int(r, "due_at", due);
		set_int(r, "due_src", due);
		set_int(r, "soon_at", due - 4 * HOUR);
	}
}

/* Deadlines are spread from four hours ago to two days ahead. */
static void fill_queue(struct world *w, const char *kind, const char *const *titles,
		       size_t title_count, const char *const *states, size_t state_count,
		       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct record *r = world_add(w, kind, titles[i % title_count],
					     states[(i * 3 + i / state_count) % state_count]);
		int64_t age = (int64_t)(count - i) * 47 * MINUTE;
		set_int(r, "created_at", w->now - age);
		set_int(r, "updated_at", w->now - age / 2);
		set_text(w, r, "unit", units[i % 4]);
		set_text(w, r, "category", categories[i % 4]);
		set_clock(w, r, i);
		set_text(w, r, "caller", "0987654321");
		set_int(r, "duration_s", (int64_t)(i * 37 % 400));
		set_text(w, r, "camera", "cam-07");
		set_text(w, r, "plate", "26A-123.45");
		set_text(w, r, "applicant_name", "Lường Thị Hương");
		if (i == 0)
			add_details(w, r);
	}
}

static void add_nasty(struct world *w)
{
	char *title = xmalloc(3000);
	memset(title, 'x', 2999);
	title[2999] = '\0';
	world_add(w, "complaint",
		  "Chu\xcc\x9b\xcc\x83 Vie\xcc\xa3\xcc\x82t gh\xc3\xa9p do\xcc\x82i (NFD), "
		  "ti\xe1\xba\xbfng Vi\xe1\xbb\x87t",
		  "MOI");
	world_add(w, "complaint",
		  "Cháy 🔥🔥 cạnh trường học 👨‍👩‍👧 漢字 한국어",
		  "MOI");
	world_add(w, "complaint", title, "MOI");
	world_add(w, "complaint",
		  "xuống\ndòng \x1b[31mđỏ\x1b[0m \xc2\x9b"
		  "5m \xe2\x80\xae"
		  "abc",
		  "MOI");
	world_add(w, "complaint", "Trạng thái mà phần mềm chưa biết", "CHO_HOP_HDND");
	free(title);
}

void world_remove_all(struct world *w)
{
	w->record_count = 0;
}

static void add_source(struct world *w, const char *name, const char *title,
		       uint32_t kinds_mask)
{
	struct source_status *s = &w->sources[w->source_count++];
	memset(s, 0, sizeof *s);
	snprintf(s->name, sizeof s->name, "%s", name);
	snprintf(s->title, sizeof s->title, "%s", title);
	snprintf(s->connector, sizeof s->connector, "native");
	s->state = SOURCE_LIVE;
	s->kinds = kinds_mask;
	s->last_ok = w->now - 2 * SECOND;
	source_note(
		s, &(struct source_request){w->now - 9 * MINUTE, 2, 0, 0, "GET", "/v1/stream"});
	source_note(s, &(struct source_request){w->now - 8 * MINUTE, 41, 182, 503, "GET",
						"/v1/complaints/changes"});
	source_note(s, &(struct source_request){w->now - 2 * SECOND, 12, 61440, 200, "POST",
						"/v1/complaints/PA-00001/actions"});
	s->last_change = w->now - 40 * SECOND;
	s->next_try = CLOCK_NONE;
	s->stale_after = 5 * MINUTE;
	s->records = 5012;
	s->total = -1;
	s->lag_ms = 12;
}

static char *read_file(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		abort();
	char *text = xmalloc(1 << 16);
	*n = fread(text, 1, 1 << 16, f);
	fclose(f);
	return text;
}

static struct keymap *read_keys(const char *data_dir)
{
	struct strbuf problems = STRBUF_INIT;
	char path[1024];
	size_t n;
	snprintf(path, sizeof path, "%s/keys", data_dir);
	char *text = read_file(path, &n);
	struct keymap *m = keymap_new();
	if (keymap_read(m, "keys", text, n, &problems)) {
		fputs(problems.s, stderr);
		abort();
	}
	strbuf_free(&problems);
	free(text);
	return m;
}

static struct views *read_views(const char *data_dir)
{
	struct err e = ERR_INIT;
	struct views *v = views_new();
	char path[1024];
	size_t n;
	snprintf(path, sizeof path, "%s/views.yaml", data_dir);
	char *text = read_file(path, &n);
	if (views_read(v, VIEW_SHIPPED, "views.yaml", text, n,
		       strcmp(_("Overview"), "Overview") ? "vi" : "en", &e) < 0) {
		fprintf(stderr, "%s\n", e.text);
		abort();
	}
	free(text);
	return v;
}

static struct rulebook *read_rules(const char *data_dir)
{
	struct err e = ERR_INIT;
	char *data = xstrdup(data_dir), *none = xstrdup("/nonexistent");
	struct paths p = {.data_dir = data, .config_dir = none};
	struct rulebook *b = rulebook_open(&p, &e);
	if (!b) {
		fprintf(stderr, "%s\n", e.text);
		abort();
	}
	free(data);
	free(none);
	return b;
}

void world_init(struct world *w, const char *data_dir)
{
	memset(w, 0, sizeof *w);
	w->now = WORLD_NOW;
	clock_set_zone("Asia/Ho_Chi_Minh");
	w->data_dir = data_dir;
	w->replies = (struct strbuf)STRBUF_INIT;
	w->keymap = read_keys(data_dir);
	w->rules = read_rules(data_dir);
	w->views = read_views(data_dir);
	w->own_views = (struct strbuf)STRBUF_INIT;
	fill_queue(w, "complaint", complaint_titles, ARRAY_LEN(complaint_titles),
		   complaint_states, ARRAY_LEN(complaint_states), 120);
	fill_queue(w, "dossier", dossier_titles, ARRAY_LEN(dossier_titles), dossier_states,
		   ARRAY_LEN(dossier_states), 90);
	fill_queue(w, "call", call_titles, ARRAY_LEN(call_titles), call_states,
		   ARRAY_LEN(call_states), 60);
	fill_queue(w, "alert", alert_titles, ARRAY_LEN(alert_titles), alert_states,
		   ARRAY_LEN(alert_states), 50);
	add_nasty(w);
	add_source(w, "son-la", "Cổng IOC Sơn La", 7);
	add_source(w, "camera", "Camera", 8);
}

/* --- the cache's place ---------------------------------------------------- */

/* COLUMN:"CODE", as the Due screen writes it. */
static bool has_code(const struct record *r, const char *filter)
{
	char column[16], code[64];
	if (sscanf(filter, "%15[a-z]:\"%63[^\"]\"", column, code) != 2)
		return false;
	int i = kind_column(r->kind, column);
	return i >= 0 && strcmp(record_text(r, (size_t)i), code) == 0;
}

static bool has_words(const struct record *r, const struct filter *f)
{
	struct pattern_text texts[64];
	size_t n = 0;
	for (size_t i = 0; i < r->kind->column_count && n < ARRAY_LEN(texts); i++)
		if (r->values[i].set &&
		    (f->column == (int)i || (f->column == FILTER_ANY_TEXT &&
					     r->kind->columns[i].flags & COLUMN_SEARCHED)))
			texts[n++] = (struct pattern_text){r->values[i].s, r->values[i].n};
	char *line = xasprintf("%s%s", f->typed ? f->typed : f->words, f->prefix ? "*" : "");
	struct pattern *p = pattern_new(line);
	bool yes = pattern_matches(p, texts, n);
	pattern_free(p);
	free(line);
	return yes;
}

static bool is_one_of(const struct record *r, const struct filter *f)
{
	bool text = f->column >= 0 && column_is_textual(r->kind->columns[f->column].type);
	for (size_t i = 0; text && i < f->count; i++)
		if (strcmp(f->values[i].s, record_text(r, (size_t)f->column)) == 0)
			return true;
	return !text;
}

static bool compares(const struct record *r, const struct filter *f)
{
	int64_t v = f->column >= 0 ? record_int(r, (size_t)f->column, CLOCK_NONE) : CLOCK_NONE;
	int64_t w = f->values->i;
	if (v == CLOCK_NONE)
		return false;
	switch (f->compare) {
	case FILTER_LESS:
		return v < w;
	case FILTER_LESS_EQUAL:
		return v <= w;
	case FILTER_GREATER:
		return v > w;
	case FILTER_GREATER_EQUAL:
		return v >= w;
	default:
		return v == w;
	}
}

/* As far as the screens need it. */
static bool holds(const struct record *r, const struct filter *f)
{
	switch (f->op) {
	case FILTER_AND:
		return holds(r, f->a) && holds(r, f->b);
	case FILTER_OR:
		return holds(r, f->a) || holds(r, f->b);
	case FILTER_NOT:
		return !holds(r, f->a);
	case FILTER_WORDS:
		return has_words(r, f);
	case FILTER_IN:
		return is_one_of(r, f);
	case FILTER_COMPARE:
		return compares(r, f);
	case FILTER_TAIL:
		return tail_matches(record_text(r, (size_t)f->column),
				    strlen(record_text(r, (size_t)f->column)), false, f->words,
				    f->tail);
	default:
		return true;
	}
}

static bool passes_words(const struct record *r, const char *text, int64_t now)
{
	struct arena scratch = ARENA_INIT;
	struct filter_context c = {.kind = r->kind, .now = now};
	const struct filter *f = filter_parse(&scratch, &c, text, NULL, NULL);
	bool yes = f && holds(r, f);
	arena_free(&scratch);
	return yes;
}

static bool passes_rest(const struct record *r, const struct page_query *q)
{
	const char *f = q->filter ? q->filter : "";
	int64_t due = record_int(r, COL_DUE_AT, CLOCK_NONE);
	bool timed = record_is_open(r) && due != CLOCK_NONE;
	if (q->newest && r->rowid > q->newest)
		return false;
	if (strncmp(f, "code:\"", 6) == 0)
		return passes_words(r, f, q->now);
	if ((strstr(f, "is:open") || strstr(f, "is:inforce")) && !record_is_open(r))
		return false;
	if (strstr(f, "is:late") && !(timed && due < q->now))
		return false;
	if (strstr(f, "is:soon") && !(timed && due >= q->now && due < q->now + 4 * HOUR))
		return false;
	if (strstr(f, "is:new") &&
	    strcmp(record_text(r, COL_STATE), r->kind->states[0].code) != 0)
		return false;
	if (strstr(f, "due_at:any"))
		return timed || r->values[COL_PAUSED_AT].set;
	if (strncmp(f, "is:", 3) == 0)
		f += strcspn(f, " ");
	f += strspn(f, " ");
	if (strstr(f, ":\""))
		return has_code(r, f);
	return passes_words(r, f, q->now);
}

/* unit="CODE" or unit:none, as a group is asked for: takes it out of the filter. */
static bool in_group(const struct record *r, char *filter)
{
	char *end, *at = strstr(filter, "=\""), *none = strstr(filter, ":none");
	char *start = at ? at : none;
	char column[32] = "", code[64] = "";
	if (!start)
		return true;
	while (start > filter && start[-1] != ' ')
		start--;
	if (sscanf(start, "%31[a-z_]=\"%63[^\"]\"", column, code) < 1)
		return false;
	end = start + strcspn(start, " ");
	memmove(start, end, strlen(end) + 1);
	while (start > filter && start[-1] == ' ')
		*--start = '\0';
	if (*filter == '(' && start > filter && start[-1] == ')') {
		start[-1] = '\0';
		memmove(filter, filter + 1, strlen(filter));
	}
	int i = kind_column(r->kind, column);
	return i >= 0 && strcmp(record_text(r, (size_t)i), code) == 0;
}

static bool passes(const struct record *r, const struct page_query *q)
{
	struct page_query rest = *q;
	char filter[500];
	snprintf(filter, sizeof filter, "%s", q->filter ? q->filter : "");
	rest.filter = filter;
	return in_group(r, filter) && passes_rest(r, &rest);
}

struct order {
	int column;
	bool descending, text;
};
static struct order order; /* of the comparison under way: qsort has no context */

static int compare(const void *a, const void *b)
{
	const struct record *x = *(const struct record *const *)a;
	const struct record *y = *(const struct record *const *)b;
	int sign = 0;
	if (order.text) {
		sign = strcmp(record_text(x, (size_t)order.column),
			      record_text(y, (size_t)order.column));
	} else {
		int64_t i = record_int(x, (size_t)order.column, INT64_MAX);
		int64_t j = record_int(y, (size_t)order.column, INT64_MAX);
		sign = i < j ? -1 : i > j;
	}
	if (!sign)
		sign = x->rowid < y->rowid ? -1 : x->rowid > y->rowid;
	return order.descending ? -sign : sign;
}

static size_t matches(struct world *w, const struct page_query *q, struct record **out)
{
	size_t n = 0;
	for (size_t i = 0; i < w->record_count; i++)
		if (w->records[i]->kind == q->kind && passes(w->records[i], q))
			out[n++] = w->records[i];
	enum column_type t = q->kind->columns[q->sort].type;
	order = (struct order){q->sort, q->descending, t == COLUMN_TEXT || t >= COLUMN_STATE};
	qsort(out, n, sizeof *out, compare);
	return n;
}

static size_t find(struct record **all, size_t n, int64_t rowid, bool *found)
{
	for (size_t i = 0; i < n; i++)
		if (all[i]->rowid == rowid)
			return *found = true, i;
	*found = false;
	return 0;
}

static struct record *copy_of(struct page *p, const struct record *r)
{
	struct record *c = arena_zero(&p->arena, sizeof *c);
	*c = *r;
	c->values = arena_alloc(&p->arena, r->kind->column_count * sizeof *c->values);
	memcpy(c->values, r->values, r->kind->column_count * sizeof *c->values);
	return c;
}

/* The rows of `among`: those that pass come first. */
static void answer_among(struct world *w, const struct page_query *q, struct page *p)
{
	p->rows = arena_zero(&p->arena, (q->among_count + 1) * sizeof *p->rows);
	for (int pass = 1; pass >= 0; pass--)
		for (size_t i = 0; i < q->among_count; i++) {
			const struct record *r = w->records[q->among[i] - 1];
			if (passes(r, q) == (pass == 1))
				p->rows[p->count++] = copy_of(p, r);
			p->total += pass == 1 && passes(r, q);
		}
}

static struct page *answer(struct world *w, const struct page_query *q)
{
	static struct record *all[WORLD_RECORDS_MOST];
	struct page *p = page_new();
	p->generation = q->generation;
	if (w->failing != ERR_NONE) {
		err_set(&p->error, w->failing, "disk I/O error: cache.db");
		return p;
	}
	if (q->filter && strstr(q->filter, "((")) {
		err_set(&p->error, ERR_USAGE, "filter, byte 3: a ) is missing");
		return p;
	}
	if (q->among) {
		answer_among(w, q, p);
		return p;
	}
	size_t n = matches(w, q, all), from = 0;
	bool found = false;
	size_t at = find(all, n, q->rowid, &found);
	if (q->place == PAGE_END)
		from = n > q->limit ? n - q->limit : 0;
	else if (q->place == PAGE_AROUND)
		from = at > q->before ? at - q->before : 0;
	else if (q->place == PAGE_AT)
		from = (size_t)q->offset < n ? (size_t)q->offset : n ? n - 1 : 0;
	size_t to = from + q->limit < n ? from + q->limit : n;
	p->rows = arena_zero(&p->arena, (to - from + 1) * sizeof *p->rows);
	for (size_t i = from; i < to; i++)
		p->rows[p->count++] = copy_of(p, all[i]);
	p->anchor = at - from;
	p->anchor_found = q->place == PAGE_AROUND && found;
	p->at_start = from == 0;
	p->at_end = to == n;
	p->first_offset = (int64_t)from;
	p->total = (int64_t)n;
	for (size_t i = 0; i < w->record_count; i++) {
		struct page_query all_of = *q;
		all_of.newest = 0;
		if (w->records[i]->kind != q->kind)
			continue;
		p->newest = w->records[i]->rowid;
		if (q->newest && w->records[i]->rowid > q->newest)
			p->held += passes(w->records[i], &all_of);
	}
	return p;
}

static void count_queue(struct world *w, size_t kind, struct queue_figures *f)
{
	memset(f, 0, sizeof *f);
	for (size_t i = 0; i < w->record_count; i++) {
		const struct record *r = w->records[i];
		int64_t created = record_int(r, COL_CREATED_AT, 0);
		int64_t due = record_int(r, COL_DUE_AT, CLOCK_NONE);
		int64_t hours = (w->now - created) / HOUR;
		if (kind_index(r->kind) != kind)
			continue;
		f->total++;
		if (hours >= 0 && hours < TREND_HOURS)
			f->trend[TREND_HOURS - 1 - hours]++;
		f->fresh_hour += hours == 0;
		if (!record_is_open(r))
			continue;
		const struct state *s = kind_state(r->kind, record_text(r, COL_STATE));
		f->open++;
		f->waiting += s && s->flags & STATE_WAITING;
		f->late += due != CLOCK_NONE && due < w->now;
		f->soon += due >= w->now && due < w->now + 4 * HOUR;
	}
}

static void send_figures(struct world *w)
{
	struct figures f = {.at = w->now};
	for (size_t i = 0; kinds[i] && !kinds[i]->catalogue; i++)
		count_queue(w, i, &f.queues[i]);
	world_send(w, &(struct event){.type = EVENT_FIGURES, .figures = &f});
}

static void send_replies(struct world *w)
{
	struct err e = ERR_INIT;
	struct event event = {.type = EVENT_REPLIES, .now = w->now};
	struct replies *r = replies_new();
	char path[1024], *shipped = NULL;
	size_t n = w->replies.len;
	snprintf(path, sizeof path, "%s/replies.yaml", w->data_dir);
	if (!n)
		shipped = read_file(path, &n);
	if (replies_read(r, "replies.yaml", shipped ? shipped : w->replies.s, n, &e) < 0) {
		replies_free(r);
		r = NULL;
	}
	free(shipped);
	event.replies.list = r;
	event.replies.problem = r ? NULL : e.text;
	app_update(w->app, &event, &w->fx);
}

/* The operator's file of views is a text in memory. */
static void change_views(struct world *w, const json_t *c)
{
	struct err e = ERR_INIT;
	struct strbuf out = STRBUF_INIT;
	const char *kind = json_string_value(json_object_get(c, "kind"));
	const struct kind *k = kind ? kind_find(kind) : NULL;
	const char *name = json_string_value(json_object_get(c, "name"));
	const char *title = json_string_value(json_object_get(c, "title"));
	struct saved_view v = {
		.name = name,
		.title = title ? title : name,
		.kind = k,
		.filter = json_string_value(json_object_get(c, "filter")),
		.sort = json_string_value(json_object_get(c, "sort")),
		.columns = json_string_value(json_object_get(c, "columns")),
		.key = json_string_value(json_object_get(c, "key")),
		.tab = json_is_true(json_object_get(c, "tab")),
	};
	bool save = strcmp(json_string_value(json_object_get(c, "do")), "save") == 0;
	int rc = save ? view_text_put("own.yaml", w->own_views.s, w->own_views.len, &v, &out,
				      &e)
		      : view_text_rename("own.yaml", w->own_views.s, w->own_views.len, name, k,
					 json_string_value(json_object_get(c, "to")), &out, &e);
	struct views *before = w->views;
	w->views = read_views(w->data_dir);
	if (rc == 0) {
		strbuf_free(&w->own_views);
		w->own_views = out;
	}
	struct err why = ERR_INIT;
	if (views_read(w->views, VIEW_OWN, "own.yaml", w->own_views.s, w->own_views.len, "vi",
		       &why) < 0)
		abort();
	struct event event = {.type = EVENT_VIEWS, .now = w->now};
	event.views.list = w->views;
	event.views.change = c;
	event.views.problem = rc < 0 ? e.text : NULL;
	app_update(w->app, &event, &w->fx);
	views_free(before);
}

static struct group *group_of(struct group_page *p, const char *value)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->list[i].value, value) == 0)
			return &p->list[i];
	struct group *g = &ARRAY_PUSH(p->list, p->count, p->cap);
	*g = (struct group){arena_strdup(&p->arena, value), {0, 0, 0}};
	return g;
}

static int by_late(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	if (x->counts.late != y->counts.late)
		return x->counts.late > y->counts.late ? -1 : 1;
	if (x->counts.count != y->counts.count)
		return x->counts.count > y->counts.count ? -1 : 1;
	return strcmp(x->value, y->value);
}

static struct group_page *count_groups(struct world *w, const struct group_query *q)
{
	struct group_page *p = group_page_new();
	struct page_query all = {.kind = q->kind, .filter = q->filter, .now = q->now};
	p->generation = q->generation;
	p->capped = w->groups_capped;
	for (size_t i = 0; i < w->record_count; i++) {
		const struct record *r = w->records[i];
		int64_t due = record_int(r, COL_DUE_AT, CLOCK_NONE);
		bool timed = record_is_open(r) && due != CLOCK_NONE;
		if (r->kind != q->kind || !passes(r, &all))
			continue;
		struct group *g = group_of(p, record_text(r, (size_t)q->column));
		g->counts.count++;
		g->counts.late += timed && due < q->now;
		g->counts.soon += timed && due >= q->now && due < q->now + 4 * HOUR;
	}
	if (p->count)
		qsort(p->list, p->count, sizeof *p->list, by_late);
	return p;
}

static void remember(struct world *w, const json_t *changes)
{
	const char *name;
	json_t *value;
	if (!w->memory)
		w->memory = json_object();
	json_object_foreach ((json_t *)(uintptr_t)changes, name, value)
		if (json_is_null(value))
			json_object_del(w->memory, name);
		else
			json_object_set(w->memory, name, value);
}

/* --- events --------------------------------------------------------------- */

static struct page_query *take_query(struct world *w)
{
	struct page_query *last = NULL;
	for (size_t i = 0; i < w->fx.count; i++)
		if (w->fx.list[i].type == EFFECT_QUERY && w->fx.list[i].query) {
			page_query_free(last); /* a newer one interrupts an older */
			last = w->fx.list[i].query;
			w->fx.list[i].query = NULL;
			w->queries++;
		}
	return last;
}

/* What else was asked for. */
struct asked {
	bool figures, due, replies, file;
	struct due_query due_query;
	struct forecast_query *forecast;
	struct group_query *groups;
	struct duplicates_query *duplicates;
	json_t *views;
};

static void note_effects(struct world *w, struct asked *asked)
{
	for (size_t i = 0; i < w->fx.count; i++) {
		const struct effect *e = &w->fx.list[i];
		asked->figures |= e->type == EFFECT_FIGURES;
		asked->due |= e->type == EFFECT_DUE;
		if (e->type == EFFECT_DUE)
			asked->due_query = e->due;
		if (e->type == EFFECT_FORECAST) {
			forecast_query_free(asked->forecast); /* overtaken */
			asked->forecast = e->forecast;
			w->fx.list[i].forecast = NULL;
		}
		if (e->type == EFFECT_GROUPS) {
			group_query_free(asked->groups); /* overtaken */
			asked->groups = e->groups;
			w->fx.list[i].groups = NULL;
		}
		if (e->type == EFFECT_DUPLICATES && w->alike) {
			duplicates_query_free(asked->duplicates); /* overtaken */
			asked->duplicates = e->duplicates;
			w->fx.list[i].duplicates = NULL;
		}
		w->quit |= e->type == EFFECT_QUIT;
		if (e->type == EFFECT_COMMAND)
			json_array_append(w->asked, e->command);
		if (e->type == EFFECT_DRAFTS && w->disk_full)
			app_drafts_failed(w->app, e->command);
		else if (e->type == EFFECT_DRAFTS)
			world_keep(w, e->command);
		asked->replies |= e->type == EFFECT_REPLIES;
		if (e->type == EFFECT_REMEMBER)
			remember(w, e->command);
		if (e->type == EFFECT_VIEWS)
			asked->views = json_incref(e->command);
		if (e->type == EFFECT_EDITOR) {
			free(w->editing);
			w->editing = xstrdup(e->text);
		}
		asked->file |= e->type == EFFECT_SOURCE;
		if (e->type == EFFECT_SOURCE)
			snprintf(w->file_asked, sizeof w->file_asked, "%s", e->text);
		if (e->type == EFFECT_OPEN)
			snprintf(w->opened, sizeof w->opened, "%s", e->text);
		if (e->type == EFFECT_COPY)
			snprintf(w->copied, sizeof w->copied, "%s", e->text);
		if (e->type == EFFECT_COMPLETE) {
			complete_query_free(w->completing);
			w->completing = e->complete;
			w->fx.list[i].complete = NULL;
		}
		if (e->type == EFFECT_PROMPT_OPEN || e->type == EFFECT_PROMPT_SET)
			snprintf(w->prompt, sizeof w->prompt, "%s", e->text);
	}
}

static void send_file(struct world *w)
{
	struct event e = {.type = EVENT_SOURCED, .now = w->now};
	char problem[128];
	snprintf(problem, sizeof problem, "can't read %s", w->file_asked);
	e.sourced.path = w->file_asked;
	e.sourced.text = w->file;
	e.sourced.problem = problem;
	app_update(w->app, &e, &w->fx);
}

bool world_answer_one(struct world *w)
{
	struct asked asked = {0};
	note_effects(w, &asked);
	struct page_query *q = take_query(w);
	effects_clear(&w->fx);
	if (q) {
		struct event e = {.type = EVENT_PAGE, .now = w->now, .page = answer(w, q)};
		page_query_free(q);
		app_update(w->app, &e, &w->fx);
	}
	if (asked.figures)
		send_figures(w);
	if (asked.due) {
		struct event e = {.type = EVENT_DUE, .now = w->now};
		e.board = world_due(w, &asked.due_query);
		app_update(w->app, &e, &w->fx);
	}
	if (asked.forecast) {
		struct event e = {.type = EVENT_FORECAST, .now = w->now};
		e.forecast = world_forecast(w, asked.forecast);
		forecast_query_free(asked.forecast);
		app_update(w->app, &e, &w->fx);
	}
	if (asked.groups) {
		struct event e = {.type = EVENT_GROUPS, .now = w->now};
		e.groups = count_groups(w, asked.groups);
		group_query_free(asked.groups);
		app_update(w->app, &e, &w->fx);
	}
	if (asked.replies)
		send_replies(w);
	if (asked.file)
		send_file(w);
	if (asked.duplicates) {
		struct event e = {.type = EVENT_DUPLICATES, .now = w->now};
		e.duplicates = world_duplicates(w, asked.duplicates);
		duplicates_query_free(asked.duplicates);
		app_update(w->app, &e, &w->fx);
	}
	if (asked.views)
		change_views(w, asked.views);
	json_decref(asked.views);
	bool commands = json_array_size(w->asked) > 0 && !w->deaf;
	if (commands)
		world_obey(w);
	return q || asked.groups || asked.figures || asked.due || asked.forecast ||
	       asked.replies || asked.duplicates || asked.file || asked.views || commands;
}

static void answer_all(struct world *w)
{
	for (int i = 0; i < 100 && !w->silent && world_answer_one(w); i++)
		;
}

void world_send(struct world *w, struct event *e)
{
	e->now = w->now;
	app_update(w->app, e, &w->fx);
	answer_all(w);
}

void world_start(struct world *w, int rows, int columns, bool ascii)
{
	static uint64_t starts; /* no two consoles of a test are alike */
	struct app_config c = {
		.title = "IOC Sơn La",
		.rows = rows,
		.columns = columns,
		.now = w->now,
		.names = {world_name, NULL, world_nth},
		.keymap = w->keymap,
		.views = w->views,
		.seed = ++starts,
		.duplicates = likeness_usual(),
		.ascii = ascii,
		.spoken = w->spoken,
		.linear = w->linear,
		.page = w->page,
	};
	cellbuf_init(&w->screen, rows, columns);
	w->asked = json_array();
	w->app = app_new(&c, &w->fx);
	app_set_rules(w->app, w->rules);
	answer_all(w);
}

void world_free(struct world *w)
{
	app_free(w->app);
	json_decref(w->asked);
	json_decref(w->drafts);
	json_decref(w->memory);
	strbuf_free(&w->replies);
	free(w->editing);
	complete_query_free(w->completing);
	effects_free(&w->fx);
	cellbuf_free(&w->screen);
	keymap_free(w->keymap);
	rulebook_free(w->rules);
	views_free(w->views);
	strbuf_free(&w->own_views);
	arena_free(&w->arena);
}

void world_keys(struct world *w, const char *keys)
{
	while (*keys) {
		uint32_t key;
		size_t n = key_parse(keys, &key);
		if (!n)
			abort();
		keys += n;
		world_send(w, &(struct event){.type = EVENT_KEY, .key = key});
	}
}

void world_command(struct world *w, const char *text)
{
	struct event e = {.type = EVENT_PROMPT_DONE};
	e.prompt.text = text;
	world_send(w, &e);
}

static void send_line(struct world *w, enum event_type type, int step)
{
	struct event e = {.type = type};
	char line[sizeof w->prompt];
	memcpy(line, w->prompt, sizeof line);
	e.prompt.text = line;
	e.prompt.cursor = (int)strlen(line);
	e.prompt.step = step;
	world_send(w, &e);
}

void world_type(struct world *w, const char *text)
{
	size_t n = strlen(w->prompt);
	snprintf(w->prompt + n, sizeof w->prompt - n, "%s", text);
	send_line(w, EVENT_PROMPT, 0);
}

void world_tab(struct world *w, int step)
{
	send_line(w, EVENT_PROMPT_TAB, step);
}

void world_complete(struct world *w, const char *const *values)
{
	struct complete_answer *a = complete_answer_new(w->completing->generation);
	for (; *values; values += 2)
		complete_answer_add(a, values[0], values[1]);
	struct event e = {.type = EVENT_COMPLETION};
	e.completion = a;
	world_send(w, &e);
	complete_answer_free(a);
}

void world_tick(struct world *w, int64_t ms)
{
	w->now += ms;
	world_send(w, &(struct event){.type = EVENT_TICK});
}

void world_resize(struct world *w, int rows, int columns)
{
	struct event e = {.type = EVENT_RESIZE};
	e.size.rows = rows;
	e.size.columns = columns;
	world_send(w, &e);
}

void world_changed(struct world *w, const char *kind)
{
	struct event e = {.type = EVENT_CHANGED};
	e.changed.kinds[kind_index(kind_find(kind))] = 1;
	world_send(w, &e);
}

void world_send_sources(struct world *w)
{
	struct event e = {.type = EVENT_SOURCES};
	e.sources.list = w->sources;
	e.sources.count = w->source_count;
	world_send(w, &e);
}

void world_send_writer(struct world *w, enum writer_state s, const char *reason)
{
	struct event e = {.type = EVENT_WRITER};
	e.writer.state = s;
	e.writer.reason = reason;
	world_send(w, &e);
}

/* --- the screen as text --------------------------------------------------- */

static void dump_text(const struct cellbuf *b, int row, struct strbuf *out)
{
	char text[64];
	for (int i = 0; i < b->columns; i++)
		strbuf_adds(out, cellbuf_cell_text(b, &b->cells[row * b->columns + i], text));
}

static void dump_roles(const struct cellbuf *b, int row, struct strbuf *out)
{
	const struct cell *cells = b->cells + row * b->columns;
	const char *before = "";
	for (int i = 0; i < b->columns;) {
		int from = i;
		while (i < b->columns && cells[i].role == cells[from].role &&
		       cells[i].attr == cells[from].attr)
			i++;
		if (cells[from].role == ROLE_TEXT && !cells[from].attr)
			continue;
		if (!*before)
			strbuf_addf(out, "roles %d: ", row);
		strbuf_addf(out, "%s%d-%d %s%s", before, from, i - 1,
			    role_defs[cells[from].role].id, cells[from].attr ? "+" : "");
		before = " | ";
	}
	if (*before)
		strbuf_addc(out, '\n');
}

void world_dump(struct world *w, struct strbuf *out)
{
	const struct cellbuf *b = &w->screen;
	app_render(w->app, &w->screen);
	strbuf_addf(out, "screen %dx%d cursor %d,%d\n", b->columns, b->rows, b->cursor_row,
		    b->cursor_column);
	for (int row = 0; row < b->rows; row++) {
		strbuf_addc(out, '|');
		dump_text(b, row, out);
		strbuf_adds(out, "|\n");
	}
	for (int row = 0; row < b->rows; row++)
		dump_roles(b, row, out);
}

char *world_row(struct world *w, int row)
{
	struct strbuf text = STRBUF_INIT;
	app_render(w->app, &w->screen);
	dump_text(&w->screen, row, &text);
	return strbuf_detach(&text);
}

bool world_shows(struct world *w, const char *words)
{
	bool found = false;
	for (int row = 0; row < w->screen.rows && !found; row++) {
		char *text = world_row(w, row);
		found = strstr(text, words) != NULL;
		free(text);
	}
	return found;
}
