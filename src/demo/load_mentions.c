/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was written about the city in the last days. */
#include "demo/load_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "demo/jot.h"
#include "model/kinds.h"

static const struct post {
	const char *channel, *author, *mood, *state;
	int reach, reactions, comments, shares, age; /* hours */
	const char *text;
} posts[] = {
	{"facebook", "Hội những người Sơn La xa quê", "tot", "DONG", 5200, 410, 37, 22, 120,
	 "Phố đi bộ quảng trường Tây Bắc tối cuối tuần đông vui, sạch đẹp quá"},
	{"facebook", "Chợ Noong Đúa", "xau", "DA_CHUYEN", 8900, 265, 148, 61, 98,
	 "Rác ứ đọng sau chợ từ hôm qua chưa ai thu gom, mùi không chịu nổi"},
	{"bao", "Báo Sơn La", "tot", "BO_QUA", 15400, 96, 4, 12, 90,
	 "Bộ phận một cửa các phường giải quyết hồ sơ đúng hạn trên 99%"},
	{"tiktok", "tay_bac_review", "trung-tinh", "DONG", 22100, 1890, 204, 318, 76,
	 "Săn mây Tà Xùa mùa này: đường lên có đoạn đang sửa, đi chậm thôi nhé"},
	{"facebook", "Cư dân phường Chiềng Sinh", "xau", "THEO_DOI", 6400, 188, 92, 31, 51,
	 "Đèn đường khu tái định cư tắt ba tối nay, trẻ con đi học thêm về rất tối"},
	{"zalo", "Nhóm phụ huynh trường Quyết Thắng", "xau", "MOI", 1200, 57, 64, 3, 30,
	 "Giờ tan học ô tô đỗ kín hai bên cổng trường, xe máy không có lối đi"},
	{"facebook", "Sơn La 24h", "xau", "MOI", 18700, 932, 411, 207, 22,
	 "Clip: xe tải chở đất rơi vãi kéo dài cả cây số trên quốc lộ 6 đoạn qua Chiềng Cơi"},
	{"facebook", "Hội chị em Tô Hiệu", "trung-tinh", "MOI", 2100, 44, 39, 2, 20,
	 "Mọi người cho hỏi làm căn cước cho bé dưới 6 tuổi giờ nộp ở đâu ạ"},
	{"youtube", "Nhịp sống Tây Bắc", "tot", "BO_QUA", 3900, 120, 11, 9, 18,
	 "Một ngày ở Trung tâm Giám sát, điều hành thông minh thành phố Sơn La"},
	{"facebook", "Otofun Sơn La", "xau", "MOI", 7600, 301, 175, 48, 9,
	 "Ổ gà to ngay khúc cua dốc Cao Pha, sáng nay hai xe máy ngã liền"},
	{"facebook", "Cư dân Chiềng An", "xau", "MOI", 900, 21, 18, 1, 7,
	 "Nước máy đục từ sáng, có ai bị giống em không"},
	{"bao", "Báo Nông nghiệp", "trung-tinh", "MOI", 9800, 35, 2, 6, 5,
	 "Sơn La chủ động phòng chống rét cho đàn gia súc vùng cao"},
	{"tiktok", "sonla_hom_nay", "xau", "MOI", 41300, 5120, 876, 1204, 3,
	 "Cháy bãi phế liệu ven đường Lê Đức Thọ, khói mù mịt, lực lượng chức năng đang có "
	 "mặt"},
	{"facebook", "Người Sơn La", "trung-tinh", "MOI", 1500, 66, 23, 4, 1,
	 "Tin đồn xả đập thủy điện đêm nay có đúng không mọi người"},
};

#define HOT_REACH 10000 /* of the demo's own source, which tells what is hot */

static void sketch(struct load *l, const struct post *p)
{
	struct sketch *d = &l->sketch;
	sketch_start(d, &kind_mention);
	d->created = l->now - p->age * HOUR - rng_between(&l->r, 0, 50 * MINUTE);
	d->channel = p->channel;
	d->state = "MOI";
	strbuf_adds(&d->title, p->text);
	jot_text(&d->fields, "author", p->author);
	jot_text(&d->fields, "mood", p->mood);
	jot_int(&d->fields, "reach", p->reach);
	jot_int(&d->fields, "reactions", p->reactions);
	jot_int(&d->fields, "comments", p->comments);
	jot_int(&d->fields, "shares", p->shares);
	jot_flag(&d->fields, "hot", p->reach >= HOT_REACH);
	static const struct {
		const char *state, *action;
	} steps[] = {{"THEO_DOI", "Theo dõi"},
		     {"DA_CHUYEN", "Tạo phản ánh"},
		     {"DONG", "Đóng"},
		     {"BO_QUA", "Bỏ qua"}};
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		if (strcmp(steps[i].state, p->state) == 0) {
			sketch_event(d, d->created + 35 * MINUTE, "Trực ban IOC",
				     steps[i].action, p->state);
			if (i > 0)
				d->closed = d->created + 35 * MINUTE;
		}
}

int load_mentions(struct load *l)
{
	load_start_plan(l, STREAM_MENTION);
	for (size_t i = 0; i < ARRAY_LEN(posts); i++) {
		sketch(l, &posts[i]);
		snprintf(l->sketch.id, sizeof l->sketch.id, "MX-%05zu", i + 1);
		if (load_hand_out(l) < 0)
			return -1;
	}
	return 0;
}
