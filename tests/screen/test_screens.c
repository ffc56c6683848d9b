/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every screen as text, against golden/NAME.screen.  UPDATE=1 writes them anew. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "world.h"

struct size {
	int columns, rows;
};

struct scene {
	const char *name;
	void (*prepare)(struct world *w); /* before the console starts; may be NULL */
	void (*act)(struct world *w);     /* afterwards; may be NULL */
	const char *keys;
	const char *language;
	bool ascii;
	struct size sizes[5]; /* ended by 0 */
};

static void writer_connected(struct world *w)
{
	world_send_writer(w, WRITER_CONNECTED, NULL);
	world_send_sources(w);
}

static void hazards(struct world *w)
{
	world_hazard(w, 4, "Bão số 9 gây mưa rất to", "DA_XN");
	world_hazard(w, 2, "Nguy cơ lũ quét, sạt lở đất", "HIEU_LUC");
	world_add(w, "mention", "Xe tải rơi vãi đất trên quốc lộ 6", "MOI");
}

static void hazard_acknowledged(struct world *w)
{
	world_hazard(w, 4, "Bão số 9 gây mưa rất to", "DA_XN");
}

static void no_records(struct world *w)
{
	world_remove_all(w);
}

static void no_sources(struct world *w)
{
	world_remove_all(w);
	w->source_count = 0;
}

static void filling(struct world *w)
{
	world_remove_all(w);
	w->sources[0].state = SOURCE_FILLING;
	w->sources[0].records = 123456;
	w->sources[0].total = 1000000;
	w->sources[0].rate = 24500;
}

static void never_read(struct world *w)
{
	world_remove_all(w);
	for (size_t i = 0; i < w->source_count; i++) {
		w->sources[i].state = SOURCE_RETRYING;
		w->sources[i].last_ok = CLOCK_NONE;
		w->sources[i].next_try = w->now + 8 * SECOND;
		snprintf(w->sources[i].error, sizeof w->sources[i].error,
			 "máy chủ từ chối thông tin xác thực (HTTP 401)");
	}
}

static void sources_in_trouble(struct world *w)
{
	w->sources[0].state = SOURCE_RETRYING;
	w->sources[0].next_try = w->now + 20 * SECOND;
	w->sources[0].last_ok = w->now - 3 * MINUTE;
	w->sources[0].error_at = w->now - 4 * SECOND;
	w->sources[0].quarantined = 3;
	snprintf(w->sources[0].error, sizeof w->sources[0].error,
		 "https://ioc.sonla.example/v1/complaints/changes: HTTP 503 Service "
		 "Unavailable");
	w->sources[1].state = SOURCE_DOWN;
	w->sources[1].last_ok = w->now - 12 * MINUTE;
	w->sources[1].next_try = w->now + 90 * SECOND;
	w->sources[1].error_at = w->now - 30 * SECOND;
	snprintf(w->sources[1].error, sizeof w->sources[1].error, "connection refused");
}

static void writer_lost(struct world *w)
{
	writer_connected(w);
	world_send_writer(w, WRITER_LOST, NULL);
	world_tick(w, 12 * MINUTE);
}

static void broken_cache(struct world *w)
{
	w->failing = ERR_IO;
}

static void breaks_later(struct world *w)
{
	writer_connected(w);
	world_keys(w, "2");
	w->failing = ERR_IO;
	world_changed(w, "complaint");
}

static void two_arrive(struct world *w)
{
	writer_connected(w);
	world_keys(w, "2jj");
	world_add(w, "complaint", "Vừa gửi: cây đổ chắn đường Lò Văn Giá", "MOI");
	world_add(w, "complaint", "Vừa gửi: mất nước tổ 3", "MOI");
	world_changed(w, "complaint");
}

static void no_match(struct world *w)
{
	writer_connected(w);
	world_keys(w, "2");
	world_command(w, "filter không có gì như thế");
}

static void wrong_filter(struct world *w)
{
	writer_connected(w);
	world_keys(w, "2");
	world_command(w, "filter ((x");
}

static void view_with_tab(struct world *w)
{
	writer_connected(w);
	world_keys(w, "2");
	world_command(w, "filter karaoke");
	world_command(w, "view-save Ồn ào");
	world_command(w, "view-tab");
}

static void groups_capped(struct world *w)
{
	w->groups_capped = true;
}

static void places_visited(struct world *w)
{
	writer_connected(w);
	world_keys(w, "2");
	world_command(w, "view late");
	world_keys(w, "jmt<Enter>");
	world_tick(w, 3 * SECOND);
	world_keys(w, "q3jj<Enter>");
	world_tick(w, 3 * SECOND);
	world_keys(w, "qmd6mh<C-o>");
}

static void newest_first(struct world *w)
{
	writer_connected(w);
	world_keys(w, "2");
	world_command(w, "sort -created_at");
}

static void record_open(struct world *w)
{
	writer_connected(w);
	world_command(w, "goto PA-00001");
	world_keys(w, "<Enter>");
	world_tick(w, 200);
}

/* On the first suggestion: above it stands one that is merged. */
static void duplicates_open(struct world *w)
{
	record_open(w);
	world_operator(w, "operator", NULL);
	world_keys(w, "dj");
}

static void record_in_full(struct world *w)
{
	record_open(w);
	world_command(w, "layout");
}

static void type_into(struct world *w, const char *keys, const char *text)
{
	struct event e = {.type = EVENT_PROMPT};
	world_keys(w, keys);
	e.prompt.text = text;
	e.prompt.cursor = (int)strlen(text);
	world_send(w, &e);
}

static void finding(struct world *w)
{
	writer_connected(w);
	type_into(w, "/", "đườ");
}

/* "hòa" stands before "hóa" and "Hoa". */
static void found(struct world *w)
{
	writer_connected(w);
	world_add(w, "complaint", "Công viên Hoà Bình tối om", "MOI");
	world_add(w, "complaint", "Xe chở hóa chất đỗ qua đêm", "MOI");
	world_add(w, "complaint", "Cho hoa ban dem khong co den", "MOI");
	world_changed(w, "complaint");
	type_into(w, "/", "hòa");
	world_command(w, "hòa");
}

static void found_code(struct world *w)
{
	writer_connected(w);
	type_into(w, "/", "pa00077");
}

static void searching(struct world *w)
{
	writer_connected(w);
	type_into(w, "2/", "duo");
}

static void prompting(struct world *w)
{
	writer_connected(w);
	world_keys(w, "2:");
	struct event e = {.type = EVENT_PROMPT};
	e.prompt.text = "filter đv:\"CA phường\" hạn<4h";
	e.prompt.cursor = (int)strlen(e.prompt.text);
	world_send(w, &e);
}

static void operator_at_work(struct world *w)
{
	writer_connected(w);
	world_operator(w, "operator", NULL);
	world_keys(w, "2");
	world_command(w, "filter state:\"XAC_MINH\"");
}

static void asking(struct world *w)
{
	operator_at_work(w);
	world_command(w, "act ask");
}

/* Four records, of which the form's unit is right for some only. */
static void several_marked(struct world *w)
{
	operator_at_work(w);
	world_command(w, "clear");
	world_keys(w, "<Space><Space><Space><Space><Space><Space>");
}

static void things_wait(struct world *w)
{
	operator_at_work(w);
	world_keys(w, "Dqldt<F2>");
	world_keys(w, "jccần<Space>xem<Space>lại<F2>");
	world_keys(w, "jDca<Space>ph<F2>");
	world_keys(w, "jctrùng<F2>");
	world_outbox(w, "u2", "rejected",
		     json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s}, s:s, s:s}", "kind",
			       "complaint", "action", "comment", "code", "PA-00013", "who",
			       "Lò Thị Mai", "at", "2026-11-20T07:40:00.000Z", "fields", "note",
			       "cần xem lại", "error", "không có quyền ghi chú", "record",
			       "x"));
	world_outbox(
		w, "u3", "conflict",
		json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s, s:s}, s:s, s:{s:s, s:s, s:i}}",
			  "kind", "complaint", "action", "assign", "code", "PA-00021", "who",
			  "Lò Thị Mai", "at", "2026-11-20T07:41:00.000Z", "fields", "unit",
			  "ca-phuong", "note", "gấp", "error", "phiên bản hiện tại là 7",
			  "answer", "unit", "qldt", "state", "DANG_XL", "version", 7));
	world_outbox(w, "u8", "retry",
		     json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s}, s:s, s:s, s:i}", "kind",
			       "alert", "action", "acknowledge", "code", "CB-00004", "who",
			       "Lò Thị Mai", "at", "2026-11-20T07:30:00.000Z", "fields", "note",
			       "x", "error", "HTTP 503", "next_at", "2026-11-20T07:43:00.000Z",
			       "tries", 4));
	world_outbox(w, "u9", "done",
		     json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s}}", "kind", "complaint",
			       "action", "receive", "code", "PA-00002", "who", "Lò Thị Mai",
			       "at", "2026-11-20T06:30:00.000Z", "fields", "note", "x"));
	world_tick(w, 10000);
}

#define ALL_SIZES                                                                              \
	{                                                                                      \
		{80, 24}, {120, 32}, {200, 50}, {40, 10},                                      \
		{                                                                              \
			0, 0                                                                   \
		}                                                                              \
	}
#define USUAL                                                                                  \
	{                                                                                      \
		{80, 24}, {120, 32},                                                           \
		{                                                                              \
			0, 0                                                                   \
		}                                                                              \
	}
#define SMALL                                                                                  \
	{                                                                                      \
		{80, 24},                                                                      \
		{                                                                              \
			0, 0                                                                   \
		}                                                                              \
	}

#define TINY                                                                                   \
	{                                                                                      \
		{40, 10},                                                                      \
		{                                                                              \
			0, 0                                                                   \
		}                                                                              \
	}

/* clang-format off */
static void completing(struct world *w)
{
	operator_at_work(w);
	world_keys(w, ":");
	world_type(w, "mark-");
	world_tab(w, 1);
	world_tab(w, 1);
}

static void completing_a_filter(struct world *w)
{
	operator_at_work(w);
	world_keys(w, ":");
	world_type(w, "filter is:");
	world_tab(w, 1);
}

static void asking_for_codes(struct world *w)
{
	operator_at_work(w);
	world_keys(w, ":");
	world_type(w, "goto PA");
	world_tab(w, 1);
}

static void finding_a_command(struct world *w)
{
	operator_at_work(w);
	world_command(w, "alias sáng queue complaints; view late; sort due_at");
	world_keys(w, "<C-p>");
}

static void help_of_a_command(struct world *w)
{
	operator_at_work(w);
	world_command(w, "alias lọc filter đơn-vị:$1");
	world_command(w, "help filter");
}

static const struct scene scenes[] = {
	{"overview", NULL, writer_connected, "", "vi", false, ALL_SIZES},
	{"overview-huge", NULL, writer_connected, "jjjjj", "vi", false, {{250, 70}, {0, 0}}},
	{"complaints", NULL, writer_connected, "2", "vi", false, ALL_SIZES},
	{"complaints-huge", NULL, writer_connected, "2jj", "vi", false, {{250, 70}, {0, 0}}},
	{"dossiers", NULL, writer_connected, "3", "vi", false, ALL_SIZES},
	{"calls", NULL, writer_connected, "4", "vi", false, ALL_SIZES},
	{"alerts", NULL, writer_connected, "5", "vi", false, ALL_SIZES},
	{"record", NULL, record_open, "", "vi", false, ALL_SIZES},
	{"record-below", NULL, record_open, "", "vi", false, {{120, 48}, {0, 0}}},
	{"record-alone", NULL, record_in_full, "", "vi", false, {{200, 50}, {0, 0}}},
	{"record-end", NULL, record_open, "G", "vi", false, SMALL},
	{"sources", NULL, writer_connected, "7", "vi", false, ALL_SIZES},
	{"sources-trouble", sources_in_trouble, writer_connected, "7", "vi", false, USUAL},
	{"due", NULL, writer_connected, "6", "vi", false, ALL_SIZES},
	{"due-areas", NULL, writer_connected, "6ffttuj", "vi", false, USUAL},
	{"due-opened", NULL, writer_connected, "6j<Enter>", "vi", false, SMALL},
	{"due-empty", no_records, writer_connected, "6", "vi", false, USUAL},
	{"forecast", NULL, writer_connected, "6<Tab>j", "vi", false, ALL_SIZES},
	{"forecast-empty", no_records, writer_connected, "6<Tab>", "vi", false, SMALL},
	{"en-forecast", NULL, writer_connected, "6<Tab>", "en", false, SMALL},
	{"ascii-due", NULL, writer_connected, "6", "vi", true, USUAL},
	{"en-due", NULL, writer_connected, "6", "en", false, USUAL},
	{"record-alike", world_alike, record_open, "", "vi", false, SMALL},
	{"duplicates", world_alike, duplicates_open, "", "vi", false, ALL_SIZES},
	{"duplicates-group", world_alike, duplicates_open, "<Home>", "vi", false, SMALL},
	{"duplicates-none", world_alike, writer_connected, "2jjd", "vi", false, SMALL},
	{"duplicates-merge", world_alike, duplicates_open, "m", "vi", false, USUAL},
	{"ascii-duplicates", world_alike, duplicates_open, "", "vi", true, SMALL},
	{"en-duplicates", world_alike, duplicates_open, "", "en", false, SMALL},
	{"explain", NULL, record_open, "x", "vi", false, ALL_SIZES},
	{"explain-paused", NULL, writer_connected, "1jjjjGx", "vi", false, SMALL},
	{"en-explain", NULL, record_open, "x", "en", false, SMALL},
	{"actions", NULL, operator_at_work, "aj", "vi", false, ALL_SIZES},
	{"actions-many", NULL, several_marked, "a", "vi", false, SMALL},
	{"en-actions", NULL, operator_at_work, "a", "en", false, SMALL},
	{"form", NULL, operator_at_work, "D", "vi", false, ALL_SIZES},
	{"form-search", NULL, operator_at_work, "Dp<Down>", "vi", false, SMALL},
	{"form-filled", NULL, operator_at_work, "Dqldt<Tab><Tab><Tab>mai<Space>9:00<Tab>Gấp,<Enter>xem<Space>ngay", "vi", false, USUAL},
	{"form-wrong", NULL, operator_at_work, "Dxyz<Tab><Tab><Tab>ngày<Space>xưa<F2>", "vi", false, SMALL},
	{"form-choice", NULL, operator_at_work, "ai<Down><Down>", "vi", false, SMALL},
	{"form-confirm", NULL, several_marked, "Dqldt<F2>", "vi", false, SMALL},
	{"reply-choice", NULL, asking, "Về<Space>việc<Space>này:<Enter><F3>", "vi", false, ALL_SIZES},
	{"reply-gap", NULL, asking, "<F3>bo<Space>sung<Down><Enter>", "vi", false, USUAL},
	{"reply-confirm", NULL, asking, "<F3>bo<Space>sung<Down><Enter><F2>", "vi", false, SMALL},
	{"ascii-form", NULL, operator_at_work, "D", "vi", true, SMALL},
	{"results", NULL, several_marked, "Dqldt<F2><Enter>", "vi", false, SMALL},
	{"pending", NULL, things_wait, "", "vi", false, USUAL},
	{"ascii-pending", NULL, things_wait, "", "vi", true, SMALL},
	{"outbox", NULL, things_wait, "Oj", "vi", false, ALL_SIZES},
	{"en-outbox", NULL, things_wait, "O", "en", false, SMALL},
	{"outbox-empty", NULL, writer_connected, "O", "vi", false, SMALL},
	{"help-list", NULL, writer_connected, "2?", "vi", false, ALL_SIZES},
	{"theme", NULL, writer_connected, "T", "vi", false, USUAL},
	{"columns", NULL, writer_connected, "2ojj", "vi", false, USUAL},
	{"columns-moved", NULL, writer_connected, "2oJ+++j<Space>j", "vi", false, USUAL},
	{"view-tab", NULL, view_with_tab, "8", "vi", false, USUAL},
	{"groups", NULL, writer_connected, "2b", "vi", false, ALL_SIZES},
	{"groups-open", NULL, writer_connected, "2bjzjj", "vi", false, ALL_SIZES},
	{"groups-state", groups_capped, writer_connected, "3bbbbG", "vi", false, USUAL},
	{"groups-record", NULL, writer_connected, "2bzj<Enter>", "vi", false, {{200, 50}, {0, 0}}},
	{"groups-narrowed", NULL, writer_connected, "2bj<Enter>", "vi", false, SMALL},
	{"ascii-groups", NULL, writer_connected, "2bz", "vi", true, SMALL},
	{"en-groups", NULL, writer_connected, "2bz", "en", false, SMALL},
	{"places", NULL, places_visited, "gp", "vi", false, USUAL},
	{"bookmarks", NULL, places_visited, "''", "vi", false, SMALL},
	{"recent", NULL, places_visited, "gr", "vi", false, ALL_SIZES},
	{"views", NULL, writer_connected, "2t<Down>", "vi", false, ALL_SIZES},
	{"views-typed", NULL, writer_connected, "3thạn", "vi", false, SMALL},
	{"view-late", NULL, writer_connected, "2tqua<Space>han<Enter>", "vi", false, SMALL},
	{"ascii-views", NULL, writer_connected, "2t", "vi", true, SMALL},
	{"en-views", NULL, writer_connected, "2t", "en", false, SMALL},
	{"marks", NULL, writer_connected, "2<Space><Space><Space>", "vi", false, USUAL},
	{"all-records", NULL, writer_connected, "2F", "vi", false, USUAL},
	{"end-of-list", NULL, writer_connected, "2FG", "vi", false, USUAL},
	{"hostile", NULL, newest_first, "", "vi", false, USUAL},
	{"arrivals-held", NULL, two_arrive, "", "vi", false, USUAL},
	{"arrivals-taken", NULL, two_arrive, "n", "vi", false, SMALL},
	{"prompt", NULL, prompting, "", "vi", false, SMALL},
	{"search", NULL, searching, "", "vi", false, USUAL},
	{"find", NULL, finding, "", "vi", false, ALL_SIZES},
	{"find-accents", NULL, found, "j", "vi", false, USUAL},
	{"find-code", NULL, found_code, "", "vi", false, SMALL},
	{"en-find", NULL, finding, "", "en", false, SMALL},
	{"complete", NULL, completing, "", "vi", false, {{80, 24}, {200, 50}, {0, 0}}},
	{"complete-filter", NULL, completing_a_filter, "", "vi", false, {{80, 24}, {200, 50}, {0, 0}}},
	{"complete-asked", NULL, asking_for_codes, "", "vi", false, SMALL},
	{"ascii-complete", NULL, completing, "", "vi", true, SMALL},
	{"palette", NULL, finding_a_command, "", "vi", false, {{80, 24}, {200, 50}, {0, 0}}},
	{"palette-found", NULL, finding_a_command, "giao<Space>dien", "vi", false, {{80, 24}, {200, 50}, {0, 0}}},
	{"ascii-palette", NULL, finding_a_command, "trung", "vi", true, SMALL},
	{"help-command", NULL, help_of_a_command, "", "vi", false, {{80, 24}, {200, 50}, {0, 0}}},
	{"empty-no-sources", no_sources, writer_connected, "2", "vi", false, USUAL},
	{"hazards", hazards, writer_connected, "", "vi", false, ALL_SIZES},
	{"hazards-last", hazards, writer_connected, "jjjjj", "vi", false, TINY},
	{"hazards-list", hazards, writer_connected, "8", "vi", false, USUAL},
	{"hazard-acknowledged", hazard_acknowledged, writer_connected, "2", "vi", false, SMALL},
	{"en-hazards", hazards, writer_connected, "9", "en", false, SMALL},
	{"empty-overview", no_records, writer_connected, "", "vi", false, USUAL},
	{"empty-queue", no_records, writer_connected, "2", "vi", false, SMALL},
	{"empty-filter", NULL, no_match, "", "vi", false, SMALL},
	{"wrong-filter", NULL, wrong_filter, "", "vi", false, SMALL},
	{"filling", filling, writer_connected, "2", "vi", false, USUAL},
	{"unread", never_read, writer_connected, "2", "vi", false, USUAL},
	{"unread-due", never_read, writer_connected, "6", "vi", false, SMALL},
	{"unread-overview", never_read, writer_connected, "", "vi", false, USUAL},
	{"loading", NULL, NULL, "", "vi", false, SMALL},
	{"stale", NULL, writer_lost, "2", "vi", false, USUAL},
	{"trouble", sources_in_trouble, writer_connected, "2", "vi", false, USUAL},
	{"error", broken_cache, writer_connected, "2", "vi", false, SMALL},
	{"error-later", NULL, breaks_later, "", "vi", false, SMALL},
	{"unbound-key", NULL, writer_connected, "2X", "vi", false, SMALL},
	{"too-small", NULL, writer_connected, "2", "vi", false, {{39, 12}, {60, 9}, {0, 0}}},
	{"ascii-overview", NULL, writer_connected, "", "vi", true, USUAL},
	{"ascii-complaints", NULL, writer_connected, "2j", "vi", true, USUAL},
	{"ascii-record", NULL, record_open, "", "vi", true, {{200, 50}, {0, 0}}},
	{"en-overview", NULL, writer_connected, "", "en", false, USUAL},
	{"en-complaints", NULL, writer_connected, "2", "en", false, USUAL},
	{"en-record", NULL, record_open, "", "en", false, SMALL},
	{"en-help", NULL, writer_connected, "?", "en", false, USUAL},
};
/* clang-format on */

static const char *srcdir, *datadir;

static void play(const struct scene *s, struct size size, struct strbuf *out)
{
	struct world w;
	world_init(&w, datadir);
	w.silent = strcmp(s->name, "loading") == 0;
	if (s->prepare)
		s->prepare(&w);
	world_start(&w, size.rows, size.columns, s->ascii);
	if (s->act)
		s->act(&w);
	world_keys(&w, s->keys);
	world_dump(&w, out);
	world_free(&w);
}

static char *read_golden(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return xstrdup("");
	struct strbuf text = STRBUF_INIT;
	char piece[4096];
	size_t n;
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		strbuf_add(&text, piece, n);
	fclose(f);
	return strbuf_detach(&text);
}

static void write_golden(const char *path, const struct strbuf *text)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(text->s, 1, text->len, f) != text->len || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

/* Tells each line that differs, text and roles alike. */
static void tell_difference(const char *wanted, const char *got)
{
	for (int line = 1; *wanted || *got; line++) {
		int w = (int)strcspn(wanted, "\n"), g = (int)strcspn(got, "\n");
		if (w != g || memcmp(wanted, got, (size_t)w) != 0)
			printf("# line %d\n#   wanted %.*s\n#   got    %.*s\n", line, w, wanted,
			       g, got);
		wanted += w + (wanted[w] == '\n');
		got += g + (got[g] == '\n');
	}
}

static bool check(int number, const struct scene *s, struct size size)
{
	char path[1024];
	struct strbuf got = STRBUF_INIT;
	snprintf(path, sizeof path, "%s/tests/screen/golden/%s-%dx%d.screen", srcdir, s->name,
		 size.columns, size.rows);
	play(s, size, &got);
	if (getenv("UPDATE"))
		write_golden(path, &got);
	char *wanted = read_golden(path);
	bool same = strcmp(wanted, got.s) == 0;
	printf("%s %d - %s at %dx%d\n", same ? "ok" : "not ok", number, s->name, size.columns,
	       size.rows);
	if (!same)
		tell_difference(wanted, got.s);
	free(wanted);
	strbuf_free(&got);
	return same;
}

static int total(void)
{
	int n = 0;
	for (size_t i = 0; i < ARRAY_LEN(scenes); i++)
		for (const struct size *z = scenes[i].sizes; z->columns; z++)
			n++;
	return n;
}

int main(void)
{
	int number = 0, failed = 0;
	srcdir = getenv("srcdir") ? getenv("srcdir") : ".";
	datadir = getenv("IOC_DATA_DIR") ? getenv("IOC_DATA_DIR") : "data";
	const char *locale_dir = getenv("IOC_LOCALE_DIR") ? getenv("IOC_LOCALE_DIR") : "po";
	printf("1..%d\n", total());
	for (size_t i = 0; i < ARRAY_LEN(scenes); i++) {
		i18n_init(scenes[i].language, locale_dir);
		for (const struct size *z = scenes[i].sizes; z->columns; z++)
			failed += !check(++number, &scenes[i], *z);
	}
	return failed != 0;
}
