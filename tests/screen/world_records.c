/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of a working day: four queues, some of them nasty. */
#include "world_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

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

static const char *const categories[] = {"trat-tu", "giao-thong", "moi-truong", "dat-dai"};
/* clang-format on */

void world_set_text(struct world *w, struct record *r, const char *column, const char *s)
{
	int i = kind_column(r->kind, column);
	if (i < 0 || !s)
		return;
	r->values[i].set = true;
	r->values[i].s = arena_strdup(&w->arena, s);
	r->values[i].n = strlen(s);
}

void world_set_int(struct record *r, const char *column, int64_t v)
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
	world_set_text(w, r, "code", code);
	world_set_text(w, r, "title", title ? title : "Phản ánh mới của người dân");
	world_set_text(w, r, "state", state ? state : k->states[0].code);
	world_set_int(r, "created_at", w->now);
	world_set_int(r, "updated_at", w->now);
	world_set_text(w, r, "area", areas[n % 4]);
	world_set_text(w, r, "clock", clocks[kind_index(k)]);
	return r;
}

void world_hazard(struct world *w, int level, const char *title, const char *state)
{
	struct record *r = world_add(w, "hazard", title, state);
	world_set_int(r, "severity", level);
	world_set_int(r, "until_at", w->now + 30 * HOUR);
	world_set_text(w, r, "areas", "Mộc Châu, Vân Hồ, Tà Xùa");
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
	world_set_text(
		w, r, "body",
		"Ngõ 308, đường Chu Văn Thịnh, rộng 9 m, thường xuyên bị lấn chiếm làm bãi đỗ "
		"xe "
		"mất 4 m, gây khuất tầm nhìn cho người đi xe máy từ trong ngõ ra.\n"
		"Đề nghị phường kiểm tra, xử lý dứt điểm. Số của tôi: 0912 340 000.");
	world_set_text(w, r, "address", "Số 12 ngõ 308, đường Chu Văn Thịnh, phường Tô Hiệu");
	world_set_text(w, r, "reporter_name", "Nguyễn Văn An");
	world_set_text(w, r, "reporter_phone", "0912340000");
	world_set_text(w, r, "channel", "app");
	world_set_text(w, r, "src_state", "dang_xu_ly");
}

/* What a record's clock says, as the writer leaves it: due soon four hours before, paused
 * without a deadline, ended with a verdict. */
static void set_clock(struct world *w, struct record *r, size_t i)
{
	static const char *const verdicts[] = {"ontime", "early", "late"};
	const struct state *s = kind_state(r->kind, record_text(r, COL_STATE));
	int64_t due = w->now + ((int64_t)(i * 7919 % 3120) - 240) * MINUTE + 30 * SECOND;
	if (!record_is_open(r)) {
		world_set_int(r, "due_at", w->now - HOUR);
		world_set_int(r, "closed_at", w->now - HOUR - (int64_t)i * MINUTE);
		world_set_text(w, r, "verdict", verdicts[i % 3]);
		world_set_int(r, "left_s", ((int64_t)(i % 3) - 2) * -36000 - 40000);
	} else if (s && s->flags & STATE_PAUSED) {
		world_set_int(r, "paused_at", w->now - 26 * HOUR);
		world_set_int(r, "left_s", 57600 + (int64_t)i);
	} else {
		world_set_int(r, "due_at", due);
		world_set_int(r, "due_src", due);
		world_set_int(r, "soon_at", due - 4 * HOUR);
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
		world_set_int(r, "created_at", w->now - age);
		world_set_int(r, "updated_at", w->now - age / 2);
		world_set_text(w, r, "unit", units[i % 4]);
		world_set_text(w, r, "category", categories[i % 4]);
		set_clock(w, r, i);
		world_set_text(w, r, "caller", "0987654321");
		world_set_int(r, "duration_s", (int64_t)(i * 37 % 400));
		world_set_text(w, r, "camera", "cam-07");
		world_set_text(w, r, "plate", "26A-123.45");
		world_set_text(w, r, "applicant_name", "Lường Thị Hương");
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

void world_fill(struct world *w)
{
	fill_queue(w, "complaint", complaint_titles, ARRAY_LEN(complaint_titles),
		   complaint_states, ARRAY_LEN(complaint_states), 120);
	fill_queue(w, "dossier", dossier_titles, ARRAY_LEN(dossier_titles), dossier_states,
		   ARRAY_LEN(dossier_states), 90);
	fill_queue(w, "call", call_titles, ARRAY_LEN(call_titles), call_states,
		   ARRAY_LEN(call_states), 60);
	fill_queue(w, "alert", alert_titles, ARRAY_LEN(alert_titles), alert_states,
		   ARRAY_LEN(alert_states), 50);
	add_nasty(w);
}

void world_remove_all(struct world *w)
{
	w->record_count = 0;
}
