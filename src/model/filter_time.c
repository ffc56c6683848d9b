/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times and spans, as people type them. */
#include "model/filter_parts.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "text/fold.h"

#define WORD_MOST 48
#define SPAN_MOST (INT64_C(100000) * DAY) /* 270 years, so that sums can't overflow */
#define WORK_DAYS_MOST 5000

struct reader {
	const char *s, *end;
};

static bool at_digit(const struct reader *r)
{
	return r->s < r->end && *r->s >= '0' && *r->s <= '9';
}

static bool number(struct reader *r, int64_t *out)
{
	if (!at_digit(r))
		return false;
	int64_t v = 0;
	while (at_digit(r)) {
		if (v < INT64_C(1000000000000))
			v = v * 10 + (*r->s - '0');
		r->s++;
	}
	*out = v;
	return true;
}

static bool literal(struct reader *r, const char *word)
{
	size_t n = strlen(word);
	if ((size_t)(r->end - r->s) < n || memcmp(r->s, word, n) != 0)
		return false;
	r->s += n;
	return true;
}

/* --- lengths --- */

struct unit {
	const char *name;
	int64_t ms; /* of working days: how many */
	enum filter_span_by by;
};

/* Longer names before their beginnings. */
static const struct unit units[] = {
	{"gio lam viec", HOUR, SPAN_WORK_HOURS},
	{"giolamviec", HOUR, SPAN_WORK_HOURS},
	{"ngay lam viec", 1, SPAN_WORK_DAYS},
	{"ngaylamviec", 1, SPAN_WORK_DAYS},
	{"gl", HOUR, SPAN_WORK_HOURS},
	{"wh", HOUR, SPAN_WORK_HOURS},
	{"nl", 1, SPAN_WORK_DAYS},
	{"wd", 1, SPAN_WORK_DAYS},
	{"phut", MINUTE, SPAN_CLOCK},
	{"ph", MINUTE, SPAN_CLOCK},
	{"min", MINUTE, SPAN_CLOCK},
	{"ms", 1, SPAN_CLOCK},
	{"m", MINUTE, SPAN_CLOCK},
	{"giay", SECOND, SPAN_CLOCK},
	{"gio", HOUR, SPAN_CLOCK},
	{"g", HOUR, SPAN_CLOCK},
	{"h", HOUR, SPAN_CLOCK},
	{"ngay", DAY, SPAN_CLOCK},
	{"ng", DAY, SPAN_CLOCK},
	{"d", DAY, SPAN_CLOCK},
	{"tuan", 7 * DAY, SPAN_CLOCK},
	{"w", 7 * DAY, SPAN_CLOCK},
	{"s", SECOND, SPAN_CLOCK},
};

static const struct unit *unit(struct reader *r)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (literal(r, units[i].name))
			return &units[i];
	return NULL;
}

/* "4wh", "2 nl": the whole text. */
static int work_span(struct reader r, struct filter_span *out)
{
	int64_t n;
	if (!number(&r, &n))
		return -1;
	literal(&r, " ");
	const struct unit *u = unit(&r);
	if (!u || u->by == SPAN_CLOCK || r.s < r.end || n > WORK_DAYS_MOST)
		return -1;
	*out = (struct filter_span){.start = n * u->ms, .relative = true, .by = u->by};
	return 0;
}

/* "2h", "1h30m", "2 days"; a bare number where `bare` is not 0.  Reads up to the end. */
static int span(struct reader *r, int64_t bare, int64_t *ms)
{
	int64_t total = 0;
	do {
		int64_t n;
		if (!number(r, &n))
			return -1;
		static const struct unit none;
		struct unit plain = {"", bare, SPAN_CLOCK};
		if (total == 0)
			literal(r, " ");
		const struct unit *u = r->s == r->end && bare ? &plain : unit(r);
		u = u ? u : &none;
		if (u->ms == 0 || u->by != SPAN_CLOCK || n > SPAN_MOST / u->ms)
			return -1;
		total += n * u->ms;
	} while (r->s < r->end && total <= SPAN_MOST);
	*ms = total;
	return total <= SPAN_MOST ? 0 : -1;
}

/* Folded, so that giờ and ngày are known with marks and without. */
static bool fold_word(const char *s, size_t n, char *word, struct reader *r)
{
	if (n == 0 || n > WORD_MOST)
		return false;
	struct strbuf b = STRBUF_INIT;
	fold_append(&b, s, n);
	bool fits = b.len && b.len <= WORD_MOST;
	if (fits)
		memcpy(word, b.s, b.len);
	*r = (struct reader){word, word + (fits ? b.len : 0)};
	strbuf_free(&b);
	return fits;
}

int filter_duration(const char *s, size_t n, int64_t bare, int64_t *ms)
{
	char word[WORD_MOST];
	struct reader r;
	return fold_word(s, n, word, &r) ? span(&r, bare, ms) : -1;
}

/* --- days, weeks, months --- */

static int64_t day_of(int64_t t)
{
	struct clock_civil c = clock_local(t);
	return clock_days(c.year, c.month, c.day);
}

static int64_t midnight(int64_t day)
{
	struct clock_civil c = {0};
	clock_date(day, &c.year, &c.month, &c.day);
	return clock_from_local(&c);
}

static struct filter_span days(int64_t first, int64_t count)
{
	return (struct filter_span){.start = midnight(first), .end = midnight(first + count)};
}

/* Monday is 0. */
static int weekday(int64_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7);
}

static int64_t first_of_month(int64_t months)
{
	return clock_days((int)(months / 12), (int)(months % 12) + 1, 1);
}

static struct filter_span months(int64_t first, int count)
{
	int64_t from = first_of_month(first);
	return days(from, first_of_month(first + count) - from);
}

static int64_t month_of(int64_t t)
{
	struct clock_civil c = clock_local(t);
	return (int64_t)c.year * 12 + c.month - 1;
}

static struct filter_span instant(int64_t t)
{
	return (struct filter_span){.start = t, .end = t + 1};
}

/* --- words --- */

enum word_of { OF_NOW, OF_DAY, OF_PART, OF_WEEK, OF_MONTH, OF_QUARTER, OF_YEAR, OF_WEEKDAY };

/* clang-format off */
static const struct {
	struct filter_time_word names;
	enum word_of of;
	int n; /* days, weeks … from today's; weekday, Monday 0; part of the day */
	const char *other; /* further spellings, squeezed, parted by commas */
} words[] = {
	{{"now", "bây-giờ", N_("this moment")}, OF_NOW, 0, ""},
	{{"today", "hôm-nay", N_("this day")}, OF_DAY, 0, "nay,ngaynay"},
	{{"yesterday", "hôm-qua", N_("the day before")}, OF_DAY, -1, "qua"},
	{{"tomorrow", "ngày-mai", N_("the next day")}, OF_DAY, 1, "mai"},
	{{"day-before-yesterday", "hôm-kia", N_("two days ago")}, OF_DAY, -2, ""},
	{{"day-after-tomorrow", "ngày-kia", N_("in two days")}, OF_DAY, 2, ""},
	{{"this-morning", "sáng-nay", N_("today until noon")}, OF_PART, 0, ""},
	{{"this-afternoon", "chiều-nay", N_("today from noon to 18:00")}, OF_PART, 1, ""},
	{{"this-evening", "tối-nay", N_("today from 18:00")}, OF_PART, 2, "tonight"},
	{{"this-week", "tuần-này", N_("Monday to Sunday")}, OF_WEEK, 0, ""},
	{{"last-week", "tuần-trước", N_("the week before this one")}, OF_WEEK, -1, "tuanqua"},
	{{"next-week", "tuần-sau", N_("the week after this one")}, OF_WEEK, 1, "tuantoi"},
	{{"this-month", "tháng-này", N_("from the 1st to the last day")}, OF_MONTH, 0, ""},
	{{"last-month", "tháng-trước", N_("the month before this one")}, OF_MONTH, -1, "thangqua"},
	{{"next-month", "tháng-sau", N_("the month after this one")}, OF_MONTH, 1, "thangtoi"},
	{{"this-quarter", "quý-này", N_("three months")}, OF_QUARTER, 0, ""},
	{{"last-quarter", "quý-trước", N_("the three months before")}, OF_QUARTER, -1, ""},
	{{"this-year", "năm-nay", N_("January to December")}, OF_YEAR, 0, ""},
	{{"last-year", "năm-trước", N_("the year before this one")}, OF_YEAR, -1, "namngoai"},
	{{"next-year", "năm-sau", N_("the year after this one")}, OF_YEAR, 1, "namtoi"},
	{{"monday", "thứ-hai", N_("the last one; of deadlines the next")}, OF_WEEKDAY, 0, "thu2,t2"},
	{{"tuesday", "thứ-ba", N_("the last one; of deadlines the next")}, OF_WEEKDAY, 1, "thu3,t3"},
	{{"wednesday", "thứ-tư", N_("the last one; of deadlines the next")}, OF_WEEKDAY, 2, "thu4,t4"},
	{{"thursday", "thứ-năm", N_("the last one; of deadlines the next")}, OF_WEEKDAY, 3, "thu5,t5"},
	{{"friday", "thứ-sáu", N_("the last one; of deadlines the next")}, OF_WEEKDAY, 4, "thu6,t6"},
	{{"saturday", "thứ-bảy", N_("the last one; of deadlines the next")}, OF_WEEKDAY, 5, "thu7,t7"},
	{{"sunday", "chủ-nhật", N_("the last one; of deadlines the next")}, OF_WEEKDAY, 6, "cn"},
};
/* clang-format on */

#define WORD_COUNT (sizeof words / sizeof *words)

const struct filter_time_word *filter_time_word(size_t i)
{
	return i < WORD_COUNT ? &words[i].names : NULL;
}

static bool is_listed(const char *list, const char *name)
{
	size_t n = strlen(name);
	while (*list) {
		size_t length = strcspn(list, ",");
		if (length == n && memcmp(list, name, n) == 0)
			return true;
		list += length + (list[length] == ',');
	}
	return false;
}

/* The word's row, or WORD_COUNT. */
static size_t find_word(const char *s, size_t n)
{
	char name[FILTER_NAME_MOST + 1];
	filter_squeeze(s, n, name);
	for (size_t i = 0; i < WORD_COUNT && *name; i++)
		if (filter_means(words[i].names.english, name) ||
		    filter_means(words[i].names.vietnamese, name) ||
		    is_listed(words[i].other, name))
			return i;
	return WORD_COUNT;
}

static struct filter_span part_of_day(int64_t now, int part)
{
	static const int hours[] = {0, 12, 18};
	struct filter_span today = days(day_of(now), 1);
	int64_t from = today.start + hours[part] * HOUR;
	int64_t to = part == 2 ? today.end : today.start + hours[part + 1] * HOUR;
	return (struct filter_span){.start = from, .end = to};
}

static struct filter_span word_span(size_t i, int64_t now, bool ahead)
{
	int64_t today = day_of(now), month = month_of(now);
	int n = words[i].n;
	switch (words[i].of) {
	case OF_NOW:
		break;
	case OF_DAY:
		return days(today + n, 1);
	case OF_PART:
		return part_of_day(now, n);
	case OF_WEEK:
		return days(today - weekday(today) + 7 * n, 7);
	case OF_MONTH:
		return months(month + n, 1);
	case OF_QUARTER:
		return months(month - month % 3 + 3 * n, 3);
	case OF_YEAR:
		return months(month - month % 12 + 12 * n, 12);
	case OF_WEEKDAY:
		n = (n - weekday(today) + 7) % 7;
		return days(today + n - (ahead || n == 0 ? 0 : 7), 1);
	}
	return instant(now);
}

static int around_now(struct reader *r, int64_t now, struct filter_span *out)
{
	int64_t ms = 0;
	bool minus = false;
	if (r->s < r->end) {
		minus = literal(r, "-");
		if ((!minus && !literal(r, "+")) || span(r, 0, &ms) < 0)
			return -1;
	}
	*out = instant(minus ? now - ms : now + ms);
	return 0;
}

/* --- dates --- */

/* "08:00" or "8:00" at the end of a text: a minute of the day that begins at `day`. */
static int clock_time(struct reader r, int64_t day, struct filter_span *out)
{
	int64_t h, m;
	const char *start = r.s;
	if (!number(&r, &h) || r.s - start > 2 || !literal(&r, ":"))
		return -1;
	start = r.s;
	if (!number(&r, &m) || r.s - start != 2 || r.s < r.end || h > 23 || m > 59)
		return -1;
	struct clock_civil c = {.hour = (int)h, .minute = (int)m};
	clock_date(day, &c.year, &c.month, &c.day);
	int64_t t = clock_from_local(&c);
	*out = (struct filter_span){.start = t, .end = t + MINUTE};
	return 0;
}

/* 21/11/2026, 21/11 (of the running year), both with a time behind them; 11/2026, a month. */
static int vietnamese_date(struct reader r, int64_t now, struct filter_span *out)
{
	int64_t d, m, y = clock_local(now).year;
	if (!number(&r, &d) || !literal(&r, "/") || !number(&r, &m))
		return -1;
	if (r.s == r.end && d >= 1 && d <= 12 && m >= 1900 && m <= 9998) {
		*out = months(m * 12 + d - 1, 1);
		return 0;
	}
	if (literal(&r, "/") && !number(&r, &y))
		return -1;
	if (d < 1 || d > 31 || m < 1 || m > 12 || y < 1900 || y > 9998)
		return -1;
	int64_t day = clock_days((int)y, (int)m, (int)d);
	struct clock_civil back = {0};
	clock_date(day, &back.year, &back.month, &back.day);
	if (back.day != d || back.month != m)
		return -1;
	if (literal(&r, " "))
		return clock_time(r, day, out);
	*out = days(day, 1);
	return r.s == r.end ? 0 : -1;
}

/* 2026 and 2026-11. */
static int year_or_month(struct reader r, struct filter_span *out)
{
	int64_t y, m;
	if (r.end - r.s < 4 || !number(&r, &y) || y < 1900 || y > 2199)
		return -1;
	if (r.s == r.end) {
		*out = months(y * 12, 12);
		return 0;
	}
	if (!literal(&r, "-") || r.end - r.s != 2 || !number(&r, &m) || r.s < r.end || m < 1 ||
	    m > 12)
		return -1;
	*out = months(y * 12 + m - 1, 1);
	return 0;
}

/* RFC 3339, as much of it as was typed: a day, a minute, a second. */
static int iso_date(const char *s, size_t n, struct filter_span *out)
{
	int64_t t;
	char joined[WORD_MOST];
	if (n < 10 || n >= sizeof joined)
		return -1;
	memcpy(joined, s, n);
	if (n > 10 && joined[10] == ' ')
		joined[10] = 'T';
	if (clock_parse(joined, n, &t) < 0)
		return -1;
	if (n == 10)
		*out = days(day_of(t + HOUR), 1);
	else if (n == 16)
		*out = (struct filter_span){.start = t, .end = t + MINUTE};
	else
		*out = (struct filter_span){.start = t,
					    .end = memchr(s, '.', n) ? t + 1 : t + SECOND};
	return 0;
}

static int date(const char *s, size_t n, struct reader r, int64_t now, struct filter_span *out)
{
	if (iso_date(s, n, out) == 0 || vietnamese_date(r, now, out) == 0 ||
	    year_or_month(r, out) == 0)
		return 0;
	return clock_time(r, day_of(now), out);
}

/* "hôm qua 08:00" */
static int word_with_time(struct reader r, int64_t now, bool ahead, struct filter_span *out)
{
	const char *blank = r.end;
	while (blank > r.s && blank[-1] != ' ')
		blank--;
	if (blank == r.s)
		return -1;
	size_t i = find_word(r.s, (size_t)(blank - r.s));
	if (i == WORD_COUNT || (words[i].of != OF_DAY && words[i].of != OF_WEEKDAY))
		return -1;
	struct filter_span day = word_span(i, now, ahead);
	return clock_time((struct reader){blank, r.end}, day_of(day.start + HOUR), out);
}

static int negative(const char *s, size_t n, int64_t now, bool ahead, struct filter_span *out)
{
	if (filter_when(s, n, now, ahead, out) < 0 || !out->relative)
		return -1;
	out->start = -out->start;
	return 0;
}

int filter_when(const char *s, size_t n, int64_t now, bool ahead, struct filter_span *out)
{
	char word[WORD_MOST];
	struct reader r;
	*out = (struct filter_span){0};
	if (n > 1 && *s == '-' && s[1] != '-')
		return negative(s + 1, n - 1, now, ahead, out);
	if (!fold_word(s, n, word, &r))
		return -1;
	size_t known = find_word(s, n);
	if (known < WORD_COUNT) {
		*out = word_span(known, now, ahead);
		return 0;
	}
	if (literal(&r, "now") || literal(&r, "baygio") || literal(&r, "bay gio"))
		return around_now(&r, now, out);
	if (work_span(r, out) == 0 || date(s, n, r, now, out) == 0 ||
	    word_with_time(r, now, ahead, out) == 0)
		return 0;
	if (span(&r, 0, &out->start) < 0)
		return -1;
	out->relative = true;
	return 0;
}

int filter_time(const char *s, size_t n, int64_t now, struct filter_span *out)
{
	return filter_when(s, n, now, true, out) < 0 || out->by != SPAN_CLOCK ? -1 : 0;
}

const char *filter_suggest_time(const char *s, size_t n)
{
	char name[FILTER_NAME_MOST + 1], known[FILTER_NAME_MOST + 1];
	filter_squeeze(s, n, name);
	struct suggest near = suggest_start(name);
	near.distance = (int)(strlen(name) + 2) / 4 + 1;
	for (size_t i = 0; i < WORD_COUNT; i++) {
		const char *both[] = {words[i].names.english, words[i].names.vietnamese};
		for (size_t j = 0; j < 2; j++) {
			filter_squeeze(both[j], strlen(both[j]), known);
			suggest_try_as(&near, known, both[j]);
		}
	}
	return near.best;
}
