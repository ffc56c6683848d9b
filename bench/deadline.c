/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deadline [RECORDS]: how many records a second are settled, as the writer does with each that
 * comes, and looked at, as every frame does with each row.  Tells processor time, so that a
 * busy machine doesn't matter. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "deadline/deadline.h"
#include "model/kinds.h"

#define NOON INT64_C(1795237200000) /* 2026-11-21T12:00:00+07:00 */

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void put(struct arena *a, struct record *r, const char *column, const char *text)
{
	struct err e = ERR_INIT;
	if (record_put_text(a, r, (size_t)kind_column(r->kind, column), text, strlen(text),
			    &e) < 0)
		exit(1);
}

static void put_history(struct strbuf *b, const char *const *states, size_t n, int64_t t)
{
	char at[CLOCK_TEXT];
	strbuf_adds(b, "{\"history\":[");
	for (size_t i = 0; i < n; i++) {
		clock_format_utc(t + (int64_t)i * 3 * HOUR, at);
		strbuf_addf(
			b,
			"%s{\"at\":\"%s\",\"by\":\"Lò Thị Mẫu\",\"action\":\"Chuyển xử lý\","
			"\"from\":\"%s\",\"to\":\"%s\",\"text\":\"Đã kiểm tra, đủ thành "
			"phần\"}",
			i ? "," : "", at, i ? states[i - 1] : "", states[i]);
	}
	strbuf_adds(b, "]}");
}

/* Records that are settled over and over, each time received at another instant. */
struct sample {
	const char *name;
	const struct kind *kind;
	const char *state;
	const char *past[8];
	size_t steps;
};

static const struct sample samples[] = {
	{"dossier, solved", &kind_dossier, "10", {"1", "2", "4", "9", "10"}, 5},
	{"dossier, solved after a supplement",
	 &kind_dossier,
	 "10",
	 {"1", "2", "4", "5", "4", "9", "10"},
	 7},
	{"dossier, open", &kind_dossier, "4", {"1", "2", "4"}, 3},
	{"complaint, closed",
	 &kind_complaint,
	 "DONG",
	 {"MOI", "XAC_MINH", "DA_CHUYEN", "DANG_XL", "CHO_DUYET", "DA_XL", "DONG"},
	 7},
	{"complaint, open",
	 &kind_complaint,
	 "DANG_XL",
	 {"MOI", "XAC_MINH", "DA_CHUYEN", "DANG_XL"},
	 4},
	{"call, answered", &kind_call, "tra_loi_xong", {"tra_loi_xong"}, 1},
	{"alert, closed", &kind_alert, "DONG", {"MOI", "DA_XN", "DA_CHUYEN", "DONG"}, 4},
};

static void measure(const struct rulebook *b, const struct sample *s, long n)
{
	struct arena keep = ARENA_INIT, scratch = ARENA_INIT;
	struct strbuf past = STRBUF_INIT;
	struct record *r = record_new(&keep, s->kind);
	struct deadline_look look;
	put(&keep, r, "state", s->state);
	put(&keep, r, "category", "an-ninh");
	put_history(&past, s->past, s->steps, NOON - 3 * DAY);
	r->detail = past.s;
	r->detail_n = past.len;
	double began = seconds(), settled, late = 0;
	for (long i = 0; i < n; i++) {
		int64_t t = NOON - (i % 1000000) * MINUTE;
		r->values[COL_CREATED_AT] = (struct value){.set = true, .i = t};
		r->values[COL_DUE_AT] = (struct value){.set = true, .i = t + 3 * DAY};
		if (s->kind == &kind_dossier && s->steps > 4)
			r->values[kind_column(s->kind, "finished_at")] = (struct value){
				.set = true, .i = t + 2 * DAY};
		for (int c = COL_DUE_SRC; c <= COL_RULE; c++)
			r->values[c].set = false;
		deadline_settle(b, &scratch, r);
		if (i % 1000 == 0)
			arena_reset(&scratch);
	}
	settled = seconds();
	for (long i = 0; i < n; i++) {
		deadline_look(b, r, NOON + i * SECOND, &look);
		late += look.state == DEADLINE_LATE;
	}
	printf("%-36s settled %9.0f/s   looked at %9.0f/s\n", s->name,
	       (double)n / (settled - began), (double)n / (seconds() - settled));
	strbuf_free(&past);
	arena_free(&scratch);
	arena_free(&keep);
}

int main(int argc, char **argv)
{
	long n = argc > 1 ? strtol(argv[1], NULL, 10) : 1000000;
	struct err e = ERR_INIT;
	struct paths p;
	clock_set_zone("Asia/Ho_Chi_Minh");
	double began = seconds();
	struct rulebook *b = paths_resolve(&p, "default", &e) < 0 ? NULL
								  : rulebook_open(&p, &e);
	if (!b) {
		fprintf(stderr, "deadline: %s\n", e.text);
		return 1;
	}
	printf("rules and calendars read in %.1f ms\n", (seconds() - began) * 1e3);
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
		measure(b, &samples[i], n);
	rulebook_free(b);
	paths_free(&p);
	return 0;
}
