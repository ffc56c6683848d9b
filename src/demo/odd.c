/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/odd.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/clock.h"

static void put(struct strbuf *b, const char *text)
{
	strbuf_clear(b);
	strbuf_adds(b, text);
}

static void decompose(struct strbuf *b)
{
	utf8proc_uint8_t *nfd = utf8proc_NFD((const utf8proc_uint8_t *)b->s);
	if (nfd)
		put(b, (const char *)nfd);
	free(nfd);
}

static void lengthen(struct strbuf *b, size_t n)
{
	static const char line[] =
		" Tôi đã phản ánh việc này nhiều lần mà chưa được giải quyết.";
	while (b->len + sizeof line <= n)
		strbuf_add(b, line, sizeof line - 1);
}

static void widen(struct sketch *d)
{
	put(&d->title,
	    "Đề nghị xem xét lại toàn bộ việc phân luồng, cắm biển, kẻ vạch và thời gian "
	    "đèn tín hiệu trên tuyến từ ngã tư Quyết Thắng qua đường Trường Chinh, đường "
	    "Tô Hiệu, cầu Trắng đến Bệnh viện Đa khoa tỉnh vì giờ cao điểm sáng, trưa, chiều "
	    "đều ùn tắc, xe cứu thương không qua được, học sinh đi học muộn, tiểu thương "
	    "không nhập được hàng");
}

static void empty(struct sketch *d)
{
	d->area = d->unit = d->category = d->channel = NULL;
	d->placed = false;
	d->closed = CLOCK_NONE;
	strbuf_clear(&d->body);
	strbuf_clear(&d->address);
	strbuf_clear(&d->fields);
	strbuf_clear(&d->attachments);
}

/* What each puts into a record as it is: a title in place of the record's own, and a text
 * behind its body. */
/* clang-format off */
static const struct {
	const char *note, *title, *body;
} oddities[ODD_COUNT] = {
	[ODD_LONG] = {"odd: a line of 100 KiB", NULL, NULL},
	[ODD_NFD] = {"odd: decomposed letters (NFD)", NULL, NULL},
	[ODD_EMOJI] = {"odd: joined emoji",
		"Rác 🗑️ chất đống trước cổng trường 👨‍👩‍👧‍👦 ai dọn giúp 🙏🏽🇻🇳", " 😡😡😡 👩🏽‍🚒❤️‍🔥"},
	[ODD_ESCAPE] = {"odd: terminal escape sequences",
		"Loa phường \x1b[31;1mquá to\x1b[0m lúc 5 giờ sáng\x1b]0;bạn bị chiếm\a",
		"\x1b[2J\x1b[H\x1b[?1049h\x1bP+q544e\x1b\\\r\b\b\bxong\x7f"},
	[ODD_C1] = {"odd: C1 control characters",
		"Cống tắc \xc2\x9b" "31m đầu ngõ \xc2\x9d" "0;x\xc2\x9c bốc mùi \xc2\x85 nặng", NULL},
	[ODD_BIDI] = {"odd: bidi overrides",
		"Hóa đơn nước \xe2\x80\xae" "gpj.exe\xe2\x80\xac không đúng \xe2\x81\xa6" "chỉ số\xe2\x81\xa9",
		NULL},
	[ODD_STATE] = {"odd: unknown state", NULL, NULL},
	[ODD_MISSING] = {"odd: missing members", NULL, NULL},
	[ODD_NOWHERE] = {"odd: coordinates 0, 0", NULL, NULL},
	[ODD_WIDE] = {"odd: a title of 300 columns", NULL, NULL},
	[ODD_FORMULA] = {"odd: a spreadsheet formula", NULL, NULL},
};
/* clang-format on */

void odd_spoil(struct sketch *d, enum odd which, struct rng *r)
{
	if (which == ODD_NONE)
		return;
	sketch_note(d, oddities[which].note);
	if (oddities[which].title)
		put(&d->title, oddities[which].title);
	strbuf_adds(&d->body, oddities[which].body ? oddities[which].body : "");
	switch (which) {
	case ODD_LONG:
		lengthen(&d->body, 100 << 10);
		break;
	case ODD_NFD:
		decompose(&d->title);
		decompose(&d->body);
		break;
	case ODD_STATE:
		d->state = "CHO_XIN_Y_KIEN";
		d->src_state = "Chờ xin ý kiến cấp trên";
		break;
	case ODD_MISSING:
		empty(d);
		break;
	case ODD_NOWHERE:
		d->placed = true;
		d->lat = d->lon = 0;
		break;
	case ODD_WIDE:
		widen(d);
		break;
	case ODD_FORMULA:
		put(&d->title,
		    rng_percent(r, 50)
			    ? "=HYPERLINK(\"http://vidu.example\";\"Bấm để xem ảnh\")"
			    : "=1+1|cmd /c calc!A1 đèn đường hỏng");
		break;
	default:
		break;
	}
}
