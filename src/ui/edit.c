/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "model/reply.h"
#include "text/clean.h"
#include "text/utf8.h"
#include "ui/event.h"
#include "ui/key.h"

/* --- steps ---------------------------------------------------------------- */

static void forget(struct edit *t)
{
	while (t->past_count)
		free(t->past[--t->past_count].text);
	t->typing = false;
}

static void remember(struct edit *t, bool typing)
{
	if (typing && t->typing)
		return;
	if (t->past_count == EDIT_PAST) {
		free(t->past[0].text);
		memmove(t->past, t->past + 1, --t->past_count * sizeof *t->past);
	}
	t->past[t->past_count++] = (struct edit_past){xstrdup(t->text.s), t->at};
	t->typing = typing;
}

bool edit_undo(struct edit *t)
{
	if (!t->past_count)
		return false;
	struct edit_past *last = &t->past[--t->past_count];
	strbuf_clear(&t->text);
	strbuf_adds(&t->text, last->text);
	t->at = last->at;
	t->typing = false;
	free(last->text);
	return true;
}

void edit_free(struct edit *t)
{
	forget(t);
	strbuf_free(&t->text);
	t->at = 0;
}

/* --- changes -------------------------------------------------------------- */

static void cut(struct edit *t, size_t from, size_t to)
{
	struct strbuf rest = STRBUF_INIT;
	strbuf_add(&rest, t->text.s + to, t->text.len - to);
	strbuf_truncate(&t->text, from);
	strbuf_add(&t->text, rest.s, rest.len);
	strbuf_free(&rest);
	t->at = from;
}

static bool put(struct edit *t, const char *s, size_t n)
{
	struct strbuf rest = STRBUF_INIT;
	if (t->text.len + n > EDIT_MOST)
		return false;
	strbuf_add(&rest, t->text.s + t->at, t->text.len - t->at);
	strbuf_truncate(&t->text, t->at);
	strbuf_add(&t->text, s, n);
	strbuf_add(&t->text, rest.s, rest.len);
	strbuf_free(&rest);
	t->at += n;
	return true;
}

/* The end of the gap that begins at the cursor; the cursor where none does. */
static size_t gap_end(const struct edit *t)
{
	size_t start, end;
	if (!t->lines || !reply_gap(t->text.s, t->at, &start, &end) || start != t->at)
		return t->at;
	return end;
}

static bool put_clean(struct edit *t, const char *s)
{
	struct strbuf clean = STRBUF_INIT;
	clean_append(&clean, s, strlen(s), t->lines ? CLEAN_LINES : 0);
	bool room = put(t, clean.s, clean.len);
	strbuf_free(&clean);
	return room;
}

void edit_set(struct edit *t, const char *text)
{
	forget(t);
	strbuf_clear(&t->text);
	t->at = 0;
	put_clean(t, text);
}

void edit_replace(struct edit *t, const char *text, size_t at)
{
	remember(t, false);
	strbuf_clear(&t->text);
	t->at = 0;
	put_clean(t, text);
	if (at < t->text.len)
		t->at = at;
}

bool edit_insert(struct edit *t, const char *s)
{
	remember(t, false);
	cut(t, t->at, gap_end(t));
	return put_clean(t, s) || (edit_undo(t), false);
}

/* --- places --------------------------------------------------------------- */

static size_t before(const struct edit *t)
{
	return t->at ? utf8_previous(t->text.s, t->at) : 0;
}

static size_t behind(const struct edit *t)
{
	struct utf8_cluster c;
	if (t->at >= t->text.len)
		return t->text.len;
	return t->at + utf8_next(t->text.s + t->at, t->text.len - t->at, &c);
}

static size_t word_before(const struct edit *t)
{
	size_t i = t->at;
	while (i && strchr(" \n", t->text.s[i - 1]))
		i--;
	while (i && !strchr(" \n", t->text.s[i - 1]))
		i--;
	return i;
}

static size_t line_start(const struct edit *t, size_t at)
{
	while (at && t->text.s[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(const struct edit *t, size_t at)
{
	return at + strcspn(t->text.s + at, "\n");
}

size_t edit_break(const struct edit *t, size_t at, size_t to)
{
	size_t blank = 0;
	int used = 0;
	while (t->room > 0 && at < to) {
		struct utf8_cluster c;
		size_t n = utf8_next(t->text.s + at, to - at, &c);
		if (used && used + c.width > t->room)
			return t->text.s[at] == ' ' ? at + 1 : blank ? blank : at;
		used += c.width;
		at += n;
		if (t->text.s[at - 1] == ' ')
			blank = at;
	}
	return to;
}

/* A line on screen: the bytes from `start` to before `end`; the last one of a line of the text
 * may have the cursor at its end too. */
struct row {
	size_t start, end;
	bool last;
};

/* The row that holds the place `at`. */
static struct row row_at(const struct edit *t, size_t at)
{
	size_t end = line_end(t, at);
	struct row r = {line_start(t, at), 0, false};
	for (;;) {
		r.end = edit_break(t, r.start, end);
		r.last = r.end == end;
		if (at < r.end || r.last)
			return r;
		r.start = r.end;
	}
}

/* The place in the row that is so many columns from its start, or its last one. */
static size_t at_column(const struct edit *t, struct row r, int columns)
{
	size_t at = r.start, before = at;
	while (at < r.end && columns > 0) {
		struct utf8_cluster c;
		before = at;
		at += utf8_next(t->text.s + at, r.end - at, &c);
		columns -= c.width;
	}
	return at == r.end && !r.last ? before : at;
}

static bool vertical(struct edit *t, bool down)
{
	struct row here = row_at(t, t->at);
	int column = utf8_width(t->text.s + here.start, t->at - here.start);
	if (!t->lines || (down ? here.last && here.end == t->text.len : here.start == 0))
		return false;
	/* Between two lines of the text stands their newline. */
	size_t there = down ? here.end + here.last : here.start - 1;
	t->typing = false;
	t->at = at_column(t, row_at(t, there), column);
	return true;
}

/* To the next gap, from the top again behind the last one. */
static bool next_gap(struct edit *t)
{
	size_t start, end;
	t->typing = false;
	if (!t->lines || (!reply_gap(t->text.s, t->at + (gap_end(t) > t->at), &start, &end) &&
			  !reply_gap(t->text.s, 0, &start, &end)))
		return false;
	t->at = start;
	return true;
}

/* --- keys ----------------------------------------------------------------- */

static bool move(struct edit *t, size_t to)
{
	t->typing = false;
	t->at = to;
	return true;
}

static bool remove_range(struct edit *t, size_t from, size_t to)
{
	if (from >= to)
		return true;
	remember(t, false);
	cut(t, from, to);
	return true;
}

static bool type_text(struct edit *t, const char *s, size_t n)
{
	size_t gap = gap_end(t);
	if (t->text.len + n > EDIT_MOST)
		return true;
	t->typing &= gap == t->at;
	remember(t, *s != ' ' && *s != '\n');
	cut(t, t->at, gap);
	return put(t, s, n);
}

static bool type(struct edit *t, uint32_t key)
{
	char s[8];
	if (key == UI_KEY_ENTER && t->lines)
		return type_text(t, "\n", 1);
	if (key < 0x20 || key >= UI_KEY_SPECIAL || !utf8_is_printable(key))
		return false;
	return type_text(t, s, utf8_encode(key, s));
}

static size_t delete_end(const struct edit *t)
{
	size_t gap = gap_end(t);
	return gap > t->at ? gap : behind(t);
}

bool edit_key(struct edit *t, uint32_t key)
{
	switch (key) {
	case UI_KEY_LEFT:
		return move(t, before(t));
	case UI_KEY_RIGHT:
		return move(t, behind(t));
	case UI_KEY_HOME:
		return move(t, line_start(t, t->at));
	case UI_KEY_END:
		return move(t, line_end(t, t->at));
	case UI_KEY_UP:
	case UI_KEY_DOWN:
		return vertical(t, key == UI_KEY_DOWN);
	case UI_KEY_BACKSPACE:
	case UI_KEY_CTRL('H'):
		return remove_range(t, before(t), t->at);
	case UI_KEY_DELETE:
		return remove_range(t, t->at, delete_end(t));
	case UI_KEY_CTRL('W'):
		return remove_range(t, word_before(t), t->at);
	case UI_KEY_CTRL('U'):
		return remove_range(t, line_start(t, t->at), t->at);
	case UI_KEY_CTRL('K'):
		return remove_range(t, t->at, line_end(t, t->at));
	case UI_KEY_CTRL('_'):
		return edit_undo(t);
	case UI_KEY_CTRL('N'):
		return next_gap(t);
	default:
		return type(t, key);
	}
}
