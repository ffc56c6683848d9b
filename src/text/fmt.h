/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as people read them, in the language of the messages.  Each function writes into
 * buf[FMT_TEXT] and returns it.  Times are milliseconds UTC, shown in the chosen zone;
 * CLOCK_NONE gives "". */
#ifndef IOC_TEXT_FMT_H
#define IOC_TEXT_FMT_H

#include <stdbool.h>
#include <stdint.h>

#define FMT_TEXT 96

/* 1.234.567 */
char *fmt_integer(int64_t v, char *buf);
/* +12, −3, 0 */
char *fmt_signed(int64_t v, char *buf);
/* 1.234,5 with so many decimals, at most 9; "–" for what is no number. */
char *fmt_real(double v, int decimals, char *buf);
/* As many decimals as the value has, at most 6: coordinates, readings. */
char *fmt_number(double v, char *buf);
/* 80,42%: two decimals, half up; never 100,00% of less than all; "–" of nothing. */
char *fmt_percent(int64_t part, int64_t whole, char *buf);
/* Against an earlier period: "+12 (+5,31%)", without the share where `before` is 0. */
char *fmt_change(int64_t now, int64_t before, char *buf);
/* 1,5 KB, 20 MB */
char *fmt_bytes(uint64_t n, char *buf);
/* có, không */
char *fmt_flag(bool v, char *buf);

char *fmt_date(int64_t t, char *buf);      /* 21/11/2026 */
char *fmt_day(int64_t t, char *buf);       /* 21/11 */
char *fmt_time(int64_t t, char *buf);      /* 19:42:07 */
char *fmt_minute(int64_t t, char *buf);    /* 19:42 */
char *fmt_day_time(int64_t t, char *buf);  /* 21/11 19:42 */
char *fmt_date_time(int64_t t, char *buf); /* 21/11/2026 19:42 */
char *fmt_now(int64_t t, char *buf);       /* T7 21/11 19:42:07 */
char *fmt_long_time(int64_t t, char *buf); /* 08 giờ 30 phút ngày 21/11/2026 */
/* As short as can be told: 19:42 today, 21/11 19:42 this year, else 21/11/2026. */
char *fmt_when(int64_t t, int64_t now, char *buf);

/* A span, two units at most: 45s, 35ph, 2g10ph, 2 ngày 4g, 23 ngày.  The sign is dropped. */
char *fmt_span(int64_t ms, char *buf);
/* Open time where a day is worth `day` of it: 3g05ph LV, 2 ngày LV; a span of the clock on the
 * wall where a day is a day. */
char *fmt_worktime(int64_t ms, int64_t day, char *buf);
/* One unit: 2s, 3ph, 5g, 2 ngày. */
char *fmt_age(int64_t ms, char *buf);
/* còn 3g05ph, trễ 2g10ph */
char *fmt_deadline(int64_t due, int64_t now, char *buf);
/* Whole seconds as 3:05 or 1:02:03. */
char *fmt_duration(int64_t seconds, char *buf);

#endif
