/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 26A-123.45, 26A 12345 and 26a12345 are one plate; 0912.345.678 and +84 912 345 678 one phone.
 * Parts are tokens that begin with a digit with one sign or two between them; when the last of
 * them completes a number, it is yielded once more as a whole.  Ordinary words cost one
 * comparison. */
#include "text/word.h"

#include <string.h>

#define PART_MOST 12

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static size_t count_digits(const char *s, size_t n)
{
	size_t i = 0;
	while (i < n && is_digit(s[i]))
		i++;
	return i;
}

/* --- i and y --------------------------------------------------------------- */

/* Both spellings are in use behind these, where nothing follows. */
static bool takes_either(const char *s, size_t n)
{
	if (n == 2)
		return s[0] == 'q' && s[1] == 'u';
	return n == 1 && strchr("hklmstv", s[0]);
}

void word_settle(struct fold_token *t)
{
	if (t->n > 1 && t->n <= 3 && t->text[t->n - 1] == 'y' &&
	    takes_either(t->text, t->n - 1))
		t->text[t->n - 1] = 'i';
}

/* --- numbers --------------------------------------------------------------- */

/* 26a12345, 29h112345, 80ng12345; where `unfinished`, as far as one figure behind the series.
 */
static bool is_plate(const char *s, size_t n, bool unfinished)
{
	if (n < 4 || count_digits(s, n) != 2)
		return false;
	size_t letters = 0;
	while (2 + letters < n && is_letter(s[2 + letters]))
		letters++;
	size_t digits = n - 2 - letters;
	return letters >= 1 && letters <= 2 &&
	       count_digits(s + 2 + letters, digits) == digits && digits <= 6 &&
	       digits >= (unfinished ? 1 : 4);
}

static bool is_abroad(const char *s, size_t n)
{
	return n > 3 && s[0] == '8' && s[1] == '4' && s[2] != '0';
}

static bool is_phone(const char *s, size_t n, bool unfinished)
{
	if (count_digits(s, n) != n)
		return false;
	if (is_abroad(s, n))
		return unfinished ? n <= 12 : n == 11 || n == 12;
	bool home = n > 1 && s[0] == '0' && s[1] != '0';
	return home && (unfinished ? n <= 11 : n == 10 || n == 11);
}

/* +84 912 … is 0912 … */
static void put_number(struct fold_token *t, const char *s, size_t n)
{
	bool abroad = is_abroad(s, n) && count_digits(s, n) == n;
	t->n = 0;
	if (abroad) {
		t->text[t->n++] = '0';
		s += 2;
		n -= 2;
	}
	memcpy(t->text + t->n, s, n);
	t->n += n;
}

static bool is_between(const char *s, size_t n)
{
	if (n < 1 || n > 2)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!strchr("-. ()", s[i]) || !s[i])
			return false;
	return true;
}

/* --- reading --------------------------------------------------------------- */

void word_start(struct word_reader *r, const char *s, size_t n)
{
	r->s = s;
	r->n = n;
	r->at = 0;
	r->count = 0;
	r->behind = 0;
	r->whole_waits = false;
}

/* "a" of "26 a 123.45" */
static bool is_series(const struct word_reader *r, const struct fold_token *t)
{
	return r->count == 1 && r->ends[0] == 2 && t->n <= 3 && is_letter(t->text[0]);
}

static void drop_first(struct word_reader *r)
{
	size_t off = r->ends[0];
	memmove(r->run, r->run + off, r->ends[r->count - 1] - off);
	for (size_t i = 1; i < r->count; i++) {
		r->ends[i - 1] = r->ends[i] - off;
		r->starts[i - 1] = r->starts[i];
	}
	r->count--;
}

/* False where the token can't be a part; the run is then over. */
static bool add_part(struct word_reader *r, const struct fold_token *t)
{
	bool follows = r->count && t->start > r->behind &&
		       is_between(r->s + r->behind, t->start - r->behind);
	if (!follows)
		r->count = 0;
	if (t->n > PART_MOST || (!is_digit(t->text[0]) && !is_series(r, t))) {
		r->count = 0;
		return false;
	}
	if (r->count == WORD_PARTS_MOST)
		drop_first(r);
	size_t at = r->count ? r->ends[r->count - 1] : 0;
	memcpy(r->run + at, t->text, t->n);
	r->ends[r->count] = at + t->n;
	r->starts[r->count++] = t->start;
	r->behind = t->end;
	return true;
}

/* The number that ends with the last part, from as far back as possible. */
static void find_whole(struct word_reader *r, const struct fold_token *t)
{
	size_t end = r->ends[r->count - 1];
	for (size_t i = 0; i < r->count; i++) {
		size_t from = i ? r->ends[i - 1] : 0;
		const char *s = r->run + from;
		bool alone = i + 1 == r->count; /* then it only differs as +84 does */
		if (!is_phone(s, end - from, false) &&
		    (alone || !is_plate(s, end - from, false)))
			continue;
		if (alone && !is_abroad(s, end - from))
			continue;
		put_number(&r->whole, s, end - from);
		r->whole.start = r->starts[i];
		r->whole.end = t->end;
		r->whole_waits = true;
		return;
	}
}

bool word_next(struct word_reader *r, struct fold_token *t, bool *whole)
{
	*whole = r->whole_waits;
	if (r->whole_waits) {
		memcpy(t->text, r->whole.text, r->whole.n);
		t->n = r->whole.n;
		t->start = r->whole.start;
		t->end = r->whole.end;
		r->whole_waits = false;
		return true;
	}
	if (!fold_next_token(r->s, r->n, &r->at, t))
		return false;
	if (!is_digit(t->text[0]) && !r->count)
		word_settle(t);
	else if (add_part(r, t))
		find_whole(r, t);
	else
		word_settle(t);
	return true;
}

/* --- what is asked for ----------------------------------------------------- */

/* What is only begun is put together where nothing else can be meant: of a plate without
 * blanks, of a phone number behind its first four figures. */
static bool is_begun(const struct word_reader *r, const char *s, size_t n)
{
	size_t end = r->ends[r->count - 1];
	if (r->count < 2)
		return false;
	if (is_plate(r->run, end, true))
		return !memchr(s, ' ', n);
	return is_phone(r->run, end, true) && r->ends[0] >= (r->run[0] == '8' ? 2 : 4);
}

size_t word_number(const char *s, size_t n, bool unfinished, struct fold_token *t)
{
	struct word_reader r;
	struct fold_token part;
	size_t taken = 0;
	word_start(&r, s, n);
	while (r.count < WORD_PARTS_MOST && fold_next_token(s, n, &r.at, &part)) {
		if (r.count ? !is_between(s + r.behind, part.start - r.behind) : part.start > 1)
			break;
		if (!add_part(&r, &part))
			break;
		size_t end = r.ends[r.count - 1];
		if (is_phone(r.run, end, false) ||
		    (r.count > 1 && is_plate(r.run, end, false))) {
			put_number(t, r.run, end);
			taken = part.end;
		}
	}
	if (!taken && unfinished && r.count && r.behind == n && is_begun(&r, s, n)) {
		put_number(t, r.run, r.ends[r.count - 1]);
		taken = n;
	}
	t->start = 0;
	t->end = taken;
	return taken;
}
