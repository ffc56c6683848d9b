/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Warnings such as the province's weather service issues them, by the season: what fits the
 * month is in force, the others are those of the last months. */
#include "demo/load_parts.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "demo/jot.h"
#include "demo/time.h"
#include "model/kinds.h"

static const struct warning {
	int from, to; /* months of its season; from > to: over the new year */
	int level, hours;
	const char *event, *title, *areas, *body, *instruction;
} warnings[] = {
	{11, 3, 1, 60, "Rét đậm, rét hại",
	 "Rét đậm, có nơi rét hại; vùng cao đề phòng sương muối",
	 "Mộc Châu, Vân Hồ, Tà Xùa, Ngọc Chiến",
	 "Không khí lạnh tăng cường, nhiệt độ thấp nhất vùng cao 5–8 độ, có nơi dưới 4 độ. "
	 "Rạng "
	 "sáng có khả năng xuất hiện sương muối.",
	 "Giữ ấm cho người già và trẻ nhỏ, không đốt than trong phòng kín; che chắn chuồng "
	 "trại, "
	 "đưa gia súc về nơi kín gió."},
	{5, 10, 2, 18, "Lũ quét, sạt lở đất", "Nguy cơ lũ quét, sạt lở đất do mưa lớn cục bộ",
	 "Mường La, Bắc Yên, Phù Yên, Sốp Cộp, Sông Mã",
	 "Trong 6 giờ qua đã có mưa to, lượng mưa có nơi trên 80 mm; đất đã gần bão hòa nước.",
	 "Rà soát hộ dân ven suối, chân đồi; cử người trực ngầm tràn, không cho người và xe "
	 "qua khi "
	 "nước chảy xiết."},
	{4, 9, 1, 10, "Dông, lốc, sét, mưa đá", "Dông kèm lốc, sét và mưa đá",
	 "các phường Tô Hiệu, Chiềng An, Chiềng Cơi, Chiềng Sinh",
	 "Vùng mây đối lưu đang phát triển và di chuyển theo hướng đông.",
	 "Chằng chống nhà cửa, không trú dưới cây to, ngắt thiết bị điện ngoài trời."},
	{1, 4, 4, 96, "Nguy cơ cháy rừng", "Cấp dự báo cháy rừng: cấp IV (nguy hiểm)",
	 "Thuận Châu, Sốp Cộp, Sông Mã, Yên Châu",
	 "Nhiều ngày không mưa, độ ẩm thấp, gió tây nam khô nóng.",
	 "Cấm đốt nương trong giờ cao điểm; kiểm lâm và xã trực 24/24 giờ."},
};

static bool in_season(const struct warning *w, int month)
{
	return w->from <= w->to ? month >= w->from && month <= w->to
				: month >= w->from || month <= w->to;
}

static int month_of(int64_t t)
{
	int year, month, day;
	clock_date((rhythm_midnight(t) + 7 * HOUR) / DAY, &year, &month, &day);
	return month;
}

/* Back to a day of its season. */
static int64_t last_time(struct load *l, const struct warning *w)
{
	int64_t t = l->now - 20 * DAY;
	while (!in_season(w, month_of(t)))
		t -= 10 * DAY;
	return rhythm_midnight(t) + rng_between(&l->r, 4 * HOUR, 16 * HOUR);
}

static void sketch(struct load *l, const struct warning *w, int64_t at, bool over)
{
	struct sketch *d = &l->sketch;
	sketch_start(d, &kind_hazard);
	d->created = at;
	d->severity = w->level;
	d->channel = "kttv";
	strbuf_adds(&d->title, w->title);
	strbuf_adds(&d->body, w->body);
	jot_text(&d->fields, "event", w->event);
	jot_text(&d->fields, "areas", w->areas);
	jot_text(&d->fields, "sender", "Đài Khí tượng Thủy văn tỉnh Sơn La");
	jot_time(&d->fields, "onset_at", at + 2 * HOUR);
	jot_time(&d->fields, "until_at", at + w->hours * HOUR);
	jot_text(&d->fields, "urgency", "expected");
	jot_text(&d->fields, "certainty", "likely");
	jot_text(&d->fields, "instruction", w->instruction);
	d->state = d->src_state = "HIEU_LUC";
	if (!over)
		return;
	sketch_event(d, at + 20 * MINUTE, "Trưởng ca trực", "Xác nhận", "DA_XN");
	strbuf_adds(&d->texts,
		    "Đã báo Ban Chỉ huy Phòng thủ dân sự tỉnh và các xã trong vùng.");
	sketch_event(d, at + w->hours * HOUR, "Trưởng ca trực", "Hết hiệu lực", "HET");
	d->closed = at + w->hours * HOUR;
	jot_text(&d->fields, "ack_by", "Trưởng ca trực");
	jot_time(&d->fields, "ack_at", at + 20 * MINUTE);
}

int load_hazards(struct load *l)
{
	load_start_plan(l, STREAM_HAZARD);
	int n = 0, rc = 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < ARRAY_LEN(warnings) && rc == 0; i++) {
			const struct warning *w = &warnings[i];
			bool now = pass == 1;
			if (now && !in_season(w, month_of(l->now)))
				continue;
			sketch(l, w, now ? l->now - 3 * HOUR : last_time(l, w), !now);
			snprintf(l->sketch.id, sizeof l->sketch.id, "TT-%05d", ++n);
			rc = load_hand_out(l);
		}
	return rc;
}
