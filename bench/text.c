/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast text passes: one line for each function and sort of text, best of several rounds. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <utf8proc.h>

#include "base/clock.h"
#include "text/clean.h"
#include "text/collate.h"
#include "text/fit.h"
#include "text/fmt.h"
#include "text/fold.h"
#include "text/mask.h"
#include "text/utf8.h"

enum { SIZE = 1 << 20, ROUNDS = 7 };

static const char ascii[] = "PA-00423 source son-la state in_progress {\"unit\": \"P-QLDT\"} ";
static const char vietnamese[] = "Ngõ 308, đường Chu Văn Thịnh, rộng 9 m, thường xuyên bị lấn "
				 "chiếm làm bãi đỗ xe mất 4 m, gây khuất tầm nhìn. ";
static const char hostile[] = "\x1b[31m\xff\xe2\x80\xae\u0301\u200bxin chào\t\xc2\x9b";

struct text {
	const char *name;
	struct strbuf b;
};

static struct text repeat(const char *name, const char *s, size_t n)
{
	struct text t = {name, STRBUF_INIT};
	while (t.b.len < SIZE)
		strbuf_add(&t.b, s, n);
	return t;
}

static struct text decomposed(void)
{
	char *nfd = (char *)utf8proc_NFD((const utf8proc_uint8_t *)vietnamese);
	struct text t = repeat("vietnamese-nfd", nfd, strlen(nfd));
	free(nfd);
	return t;
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Each returns a number that depends on all it did, and counts its units in *units. */
typedef size_t work(const char *s, size_t n, size_t *units);

static size_t run_clean(const char *s, size_t n, size_t *units)
{
	struct strbuf out = STRBUF_INIT;
	clean_append(&out, s, n, CLEAN_LINES);
	size_t len = out.len;
	strbuf_free(&out);
	*units = n;
	return len;
}

static size_t run_fold(const char *s, size_t n, size_t *units)
{
	struct strbuf out = STRBUF_INIT;
	fold_append(&out, s, n);
	size_t len = out.len;
	strbuf_free(&out);
	*units = n;
	return len;
}

static size_t run_tokens(const char *s, size_t n, size_t *units)
{
	struct fold_token t;
	size_t at = 0, sum = 0;
	while (fold_next_token(s, n, &at, &t))
		sum += t.n;
	*units = n;
	return sum;
}

static size_t run_mask(const char *s, size_t n, size_t *units)
{
	struct strbuf out = STRBUF_INIT;
	mask_text(&out, s, n);
	size_t len = out.len;
	strbuf_free(&out);
	*units = n;
	return len;
}

static size_t run_clusters(const char *s, size_t n, size_t *units)
{
	struct utf8_cluster c;
	size_t sum = 0, count = 0;
	for (size_t at = 0; at < n; at += c.n, count++) {
		utf8_next(s + at, n - at, &c);
		sum += (size_t)c.width + c.cp;
	}
	*units = count;
	return sum;
}

static size_t run_wrap(const char *s, size_t n, size_t *units)
{
	*units = (size_t)utf8_width(s, n);
	struct fit_line line;
	size_t lines = 0;
	for (size_t at = 0; fit_wrap(s, n, 76, &at, &line);)
		lines++;
	return lines;
}

static size_t run_collate(const char *s, size_t n, size_t *units)
{
	size_t sum = 0, step = 40, count = 0;
	for (size_t at = 0; at + 4 * step < n; at += step, count++)
		sum += (size_t)collate_compare(s + at, step, s + at + 3 * step, step);
	*units = count;
	return sum;
}

static size_t run_fmt(const char *s, size_t n, size_t *units)
{
	char buf[FMT_TEXT];
	size_t sum = 0, count = n / 100;
	for (size_t i = 0; i < count; i++)
		sum += (size_t)fmt_deadline((int64_t)i * MINUTE, s[i] * HOUR, buf)[0];
	*units = count;
	return sum;
}

static void measure(const char *name, work *what, const struct text *t, const char *unit)
{
	double best = 1e9;
	size_t units = 0;
	volatile size_t sink = 0; /* keeps the work from being left out */
	for (int i = 0; i < ROUNDS; i++) {
		double start = seconds();
		sink += what(t->b.s, t->b.len, &units);
		double took = seconds() - start;
		best = took < best ? took : best;
	}
	if (strcmp(unit, "byte") == 0)
		printf("%-10s %-16s %9.0f MB/s\n", name, t->name, (double)units / best / 1e6);
	else
		printf("%-10s %-16s %9.1f ns/%s\n", name, t->name, best * 1e9 / (double)units,
		       unit);
	(void)sink;
}

int main(void)
{
	struct text texts[] = {
		repeat("ascii", ascii, sizeof ascii - 1),
		repeat("vietnamese", vietnamese, sizeof vietnamese - 1),
		decomposed(),
		repeat("hostile", hostile, sizeof hostile - 1),
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		measure("clean", run_clean, &texts[i], "byte");
		measure("fold", run_fold, &texts[i], "byte");
		measure("tokens", run_tokens, &texts[i], "byte");
		measure("mask", run_mask, &texts[i], "byte");
		measure("clusters", run_clusters, &texts[i], "cluster");
		measure("wrap", run_wrap, &texts[i], "column");
		measure("collate", run_collate, &texts[i], "pair");
	}
	measure("deadline", run_fmt, &texts[0], "value");
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		strbuf_free(&texts[i].b);
	return 0;
}
