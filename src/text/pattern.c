/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/pattern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/accent.h"
#include "text/word.h"

/* A word that is looked for. */
struct wanted {
	const char *typed; /* NULL: accents do not matter */
	size_t typed_n;
	size_t n, settled_n;
	/* Where it may go on, "ly" is the beginning of "lyon" and the whole of "li". */
	char text[FOLD_TOKEN_MOST], settled[4];
};

/* Words side by side, the last only begun where prefix is set. */
struct phrase {
	size_t first, count;
	bool prefix;
};

/* A word of a row. */
struct seen {
	size_t at, n;      /* in the row's folded text */
	size_t start, end; /* in its own */
	const char *text;  /* NULL: the gap between two texts */
	bool whole;        /* a number put together: stands beside others */
};

struct pattern {
	char *lines;
	struct wanted *words;
	size_t word_count, word_cap;
	struct phrase *phrases;
	size_t phrase_count, phrase_cap;
	bool few;                    /* the words fit the bits of a mask: */
	uint64_t first, last, begun; /* of its phrase; may go on */
	struct strbuf row;
	struct seen *seen;
	size_t seen_count, seen_cap;
};

void pattern_free(void *pattern)
{
	struct pattern *p = pattern;
	if (!p)
		return;
	free(p->lines);
	free(p->words);
	free(p->phrases);
	free(p->seen);
	strbuf_free(&p->row);
	free(p);
}

/* --- what is looked for ----------------------------------------------------- */

static bool add_word(struct pattern *p, const char *s, size_t n, bool prefix)
{
	struct fold_token t, settled;
	size_t at = 0;
	if (!fold_next_token(s, n, &at, &t))
		return false;
	settled = t;
	word_settle(&settled);
	struct wanted *w = &ARRAY_PUSH(p->words, p->word_count, p->word_cap);
	*w = (struct wanted){.n = t.n};
	if (accent_typed(s, n)) {
		w->typed = s;
		w->typed_n = n;
	}
	memcpy(w->text, prefix ? t.text : settled.text, t.n);
	if (prefix && t.n < sizeof w->settled && memcmp(t.text, settled.text, t.n) != 0) {
		memcpy(w->settled, settled.text, t.n);
		w->settled_n = t.n;
	}
	return true;
}

static void add_line(struct pattern *p, const char *line, size_t n)
{
	struct phrase phrase = {.first = p->word_count};
	if (n && line[n - 1] == '*') {
		phrase.prefix = true;
		n--;
	}
	for (size_t i = 0; i < n;) {
		size_t end = i;
		while (end < n && line[end] != ' ')
			end++;
		phrase.count += add_word(p, line + i, end - i, phrase.prefix && end == n);
		i = end + 1;
	}
	if (phrase.count)
		ARRAY_PUSH(p->phrases, p->phrase_count, p->phrase_cap) = phrase;
}

struct pattern *pattern_new(const char *lines)
{
	struct pattern *p = xcalloc(1, sizeof *p);
	p->row = (struct strbuf)STRBUF_INIT;
	p->lines = xstrdup(lines);
	for (const char *line = p->lines; *line;) {
		size_t n = strcspn(line, "\n");
		add_line(p, line, n);
		line += n + (line[n] == '\n');
	}
	p->few = p->word_count <= 64;
	for (size_t i = 0; p->few && i < p->phrase_count; i++) {
		const struct phrase *f = &p->phrases[i];
		uint64_t last = UINT64_C(1) << (f->first + f->count - 1);
		p->first |= UINT64_C(1) << f->first;
		p->last |= last;
		p->begun |= f->prefix ? last : 0;
	}
	return p;
}

/* --- one word against another ------------------------------------------------ */

/* `folded` is a word of a row, `source` how it stands there. */
static bool fits(const struct wanted *w, bool prefix, const char *folded, size_t n,
		 const char *source, size_t source_n)
{
	if (w->settled_n && n == w->settled_n && memcmp(folded, w->settled, n) == 0)
		return !w->typed || accent_fits(w->typed, w->typed_n, source, source_n);
	if (folded[0] != w->text[0] || (prefix ? n < w->n : n != w->n) ||
	    memcmp(folded, w->text, w->n) != 0)
		return false;
	return !w->typed || accent_fits(w->typed, w->typed_n, source, source_n);
}

/* --- while a row is read ------------------------------------------------------ */

/* Which of all words this one of a row is, a bit each. */
static uint64_t find_words(const struct pattern *p, const char *s, const struct fold_token *t)
{
	uint64_t found = 0;
	for (size_t i = 0; i < p->word_count; i++)
		if (fits(&p->words[i], p->begun >> i & 1, t->text, t->n, s + t->start,
			 t->end - t->start))
			found |= UINT64_C(1) << i;
	return found;
}

/* A bit of `run` says that the words of a phrase up to this one were the last ones read.  A
 * number put together stands beside others: it is a phrase by itself or none.  Stops at the
 * word that completes the pattern. */
static bool has_phrases(const struct pattern *p, const struct pattern_text *texts, size_t count)
{
	uint64_t missing = p->last;
	struct fold_token t;
	struct word_reader r;
	bool whole;
	for (size_t i = 0; i < count && missing; i++) {
		uint64_t run = 0;
		word_start(&r, texts[i].s, texts[i].s ? texts[i].n : 0);
		while (missing && word_next(&r, &t, &whole)) {
			uint64_t found = find_words(p, texts[i].s, &t);
			if (whole)
				missing &= ~(found & p->first);
			else
				missing &= ~(run = (run << 1 | p->first) & found);
		}
	}
	return !missing;
}

/* --- phrases ------------------------------------------------------------------ */

static void read_text(struct pattern *p, const char *s, size_t n)
{
	struct fold_token t;
	struct word_reader r;
	bool whole;
	word_start(&r, s, s ? n : 0);
	while (word_next(&r, &t, &whole)) {
		struct seen w = {p->row.len, t.n, t.start, t.end, s, whole};
		strbuf_add(&p->row, t.text, t.n);
		ARRAY_PUSH(p->seen, p->seen_count, p->seen_cap) = w;
	}
}

static void read_row(struct pattern *p, const struct pattern_text *texts, size_t count)
{
	strbuf_clear(&p->row);
	p->seen_count = 0;
	for (size_t i = 0; i < count; i++) {
		read_text(p, texts[i].s, texts[i].n);
		ARRAY_PUSH(p->seen, p->seen_count, p->seen_cap) = (struct seen){.text = NULL};
	}
}

static bool seen_is(const struct pattern *p, size_t i, const struct wanted *w, bool prefix)
{
	const struct seen *s = &p->seen[i];
	return s->text &&
	       fits(w, prefix, p->row.s + s->at, s->n, s->text + s->start, s->end - s->start);
}

/* Whether the phrase begins at the i-th word of the row; *last is where it ends. */
static bool phrase_at(const struct pattern *p, const struct phrase *f, size_t i, size_t *last)
{
	for (size_t j = 0; j < f->count; j++, i++) {
		while (f->count > 1 && i < p->seen_count && p->seen[i].whole)
			i++;
		if (i >= p->seen_count ||
		    !seen_is(p, i, &p->words[f->first + j], f->prefix && j + 1 == f->count))
			return false;
		*last = i;
	}
	return true;
}

static bool phrase_found(const struct pattern *p, const struct phrase *f)
{
	size_t last = 0;
	for (size_t i = 0; i < p->seen_count; i++)
		if (phrase_at(p, f, i, &last))
			return true;
	return false;
}

bool pattern_matches(struct pattern *p, const struct pattern_text *texts, size_t count)
{
	if (p->few)
		return has_phrases(p, texts, count);
	read_row(p, texts, count);
	bool all = true;
	for (size_t i = 0; all && i < p->phrase_count; i++)
		all = phrase_found(p, &p->phrases[i]);
	return all;
}

/* --- where -------------------------------------------------------------------- */

/* Behind the characters that fold to the first `letters` bytes, and the marks on them. */
static size_t source_end(const char *s, size_t start, size_t end, size_t letters)
{
	char folded[FOLD_MOST];
	size_t count, done = 0;
	while (start < end) {
		size_t length = fold_char(s + start, end - start, folded, &count);
		if (done >= letters && count)
			break;
		done += count;
		start += length;
	}
	return start;
}

static struct pattern_range range_of(const struct pattern *p, const struct phrase *f,
				     size_t first, size_t last)
{
	const struct seen *a = &p->seen[first], *b = &p->seen[last];
	const struct wanted *w = &p->words[f->first + f->count - 1];
	size_t end = b->end;
	if (f->prefix && !b->whole)
		end = source_end(b->text, b->start, b->end, w->n);
	return (struct pattern_range){a->start, end};
}

/* Keeps them in order and apart. */
static size_t add_range(struct pattern_range *out, size_t count, size_t most,
			struct pattern_range r)
{
	size_t i = count;
	while (i > 0 && out[i - 1].start > r.start)
		i--;
	if (i > 0 && out[i - 1].end >= r.start) {
		i--;
		out[i].end = out[i].end > r.end ? out[i].end : r.end;
	} else if (count < most) {
		memmove(out + i + 1, out + i, (count - i) * sizeof *out);
		out[i] = r;
		count++;
	} else {
		return count;
	}
	while (i + 1 < count && out[i + 1].start <= out[i].end) {
		if (out[i + 1].end > out[i].end)
			out[i].end = out[i + 1].end;
		memmove(out + i + 1, out + i + 2, (count - i - 2) * sizeof *out);
		count--;
	}
	return count;
}

size_t pattern_find(struct pattern *p, const char *s, size_t n, struct pattern_range *out,
		    size_t most)
{
	struct pattern_text text = {s, n};
	size_t count = 0, last = 0;
	read_row(p, &text, 1);
	for (size_t i = 0; i < p->seen_count; i++)
		for (size_t j = 0; j < p->phrase_count; j++)
			if (phrase_at(p, &p->phrases[j], i, &last))
				count = add_range(out, count, most,
						  range_of(p, &p->phrases[j], i, last));
	return count;
}
