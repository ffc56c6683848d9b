/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of a picker pass what was typed, and which of them stands first. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/fold.h"
#include "ui/picker.h"

#define TYPED_MOST 32
#define NEAR_THE_BEST 0.4 /* what is worth less than this part of it is left out */

/* --- what a row says ------------------------------------------------------- */

struct picker_text {
	char *title, *command, *words; /* folded */
};

static char *folded(const char *a, const char *b)
{
	struct strbuf out = STRBUF_INIT;
	fold_append(&out, a, strlen(a));
	strbuf_addc(&out, '\n');
	fold_append(&out, b, strlen(b));
	return strbuf_detach(&out);
}

void picker_text_free(struct picker_text *t)
{
	if (!t)
		return;
	free(t->title);
	free(t->command);
	free(t->words);
	free(t);
}

/* Folded once, looked at with every key. */
static const struct picker_text *text_of(struct picker_row *r)
{
	if (r->text)
		return r->text;
	r->text = xmalloc(sizeof *r->text);
	*r->text = (struct picker_text){folded(r->title, ""), folded(r->command, ""),
					folded(r->note, r->words ? r->words : "")};
	return r->text;
}

/* --- what is typed --------------------------------------------------------- */

struct typed_word {
	const char *s;
	size_t n, rows; /* bytes; in so many rows it stands */
};

struct typed {
	struct strbuf text;
	struct typed_word words[TYPED_MOST];
	size_t count;
};

/* Where the text is Vietnamese its words have two syllables more often than one: what stands
 * side by side counts once more, as one. */
static void read_typed(struct typed *t, const struct edit *query, bool pairs)
{
	*t = (struct typed){.text = STRBUF_INIT};
	fold_append(&t->text, query->text.s, query->text.len);
	for (const char *s = t->text.s; *s && t->count + 2 <= TYPED_MOST;) {
		size_t n = strcspn(s, " "), two = n + 1 + (s[n] ? strcspn(s + n + 1, " ") : 0);
		t->words[t->count++] = (struct typed_word){s, n, 0};
		if (pairs && s[n])
			t->words[t->count++] = (struct typed_word){s, two, 0};
		s += n + (s[n] == ' ');
	}
}

/* --- matching -------------------------------------------------------------- */

enum stand { STANDS_NOT, STANDS_INSIDE, STANDS_FIRST, STANDS_WHOLE };

/* How the word stands in a text: inside a word of it, at the beginning of one, as one. */
static enum stand stands_in(const char *text, const struct typed_word *w)
{
	const char *ends = " -\n:,.;()";
	enum stand best = STANDS_NOT;
	for (const char *p = text;
	     best < STANDS_WHOLE && (p = memmem(p, strlen(p), w->s, w->n)); p++) {
		bool first = p == text || strchr(ends, p[-1]);
		bool whole = first && (!p[w->n] || strchr(ends, p[w->n]));
		enum stand here = whole ? STANDS_WHOLE : first ? STANDS_FIRST : STANDS_INSIDE;
		best = here > best ? here : best;
	}
	return best;
}

/* What the word is worth in a row: most in what runs, then in the title. */
static double worth_of(const struct picker_text *t, const struct typed_word *w, bool loose)
{
	static const double title[] = {0, 2, 4, 6}, words[] = {0, 1, 2, 3},
			    name[] = {0, 0, 5, 9};
	enum stand least = loose ? STANDS_FIRST : STANDS_INSIDE;
	enum stand in_title = stands_in(t->title, w), in_words = stands_in(t->words, w),
		   in_name = w->n > 2 ? stands_in(t->command, w) : STANDS_NOT;
	double best = in_name >= least ? name[in_name] : 0;
	if (in_title >= least && title[in_title] > best)
		best = title[in_title];
	if (in_words >= least && words[in_words] > best)
		best = words[in_words];
	return best;
}

struct match {
	size_t row, found; /* words of those typed */
	double worth;      /* the better the larger */
};

static int better_first(const void *a, const void *b)
{
	const struct match *x = a, *y = b;
	if (x->worth < y->worth || x->worth > y->worth)
		return x->worth > y->worth ? -1 : 1;
	return x->row < y->row ? -1 : 1;
}

/* A word that few rows have says more than one that many have; one that none has, nothing. */
static double weight_of(const struct typed_word *w)
{
	return w->rows ? 1 / (1 + (double)w->rows / 4) : 0;
}

static struct match match_row(const struct picker *p, size_t row, const struct typed *t)
{
	const struct picker_text *text = text_of(&p->rows[row]);
	struct match m = {row, 0, 0};
	for (size_t i = 0; i < t->count; i++) {
		double worth = worth_of(text, &t->words[i], p->loose);
		m.found += worth > 0;
		m.worth += worth * weight_of(&t->words[i]);
	}
	if (t->text.len && strncmp(text->title, t->text.s, t->text.len) == 0)
		m.worth *= 2;
	if (p->rows[row].dim)
		m.worth *= 0.7;
	return m;
}

static void count_rows(const struct picker *p, struct typed *t)
{
	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < t->count; k++)
			t->words[k].rows += worth_of(text_of(&p->rows[i]), &t->words[k],
						     p->loose) > 0;
}

/* All words must be found; of what is said in words of one's own, as much as comes near the
 * best row. */
static bool passes(const struct picker *p, const struct typed *t, const struct match *m,
		   double best)
{
	return p->loose && t->count ? m->found && m->worth >= best * NEAR_THE_BEST
				    : m->found == t->count;
}

static void match(struct picker *p)
{
	struct typed t;
	struct match *found = xcalloc(p->count + 1, sizeof *found);
	double best = 0;
	read_typed(&t, &p->query, p->loose);
	count_rows(p, &t);
	for (size_t i = 0; i < p->count; i++) {
		found[i] = match_row(p, i, &t);
		best = found[i].worth > best ? found[i].worth : best;
	}
	if (t.count)
		qsort(found, p->count, sizeof *found, better_first);
	p->match_count = 0;
	for (size_t i = 0; i < p->count; i++)
		if (passes(p, &t, &found[i], best))
			p->matches[p->match_count++] = found[i].row;
	free(found);
	strbuf_free(&t.text);
}

struct picker_row *picker_match(struct picker *p, size_t n)
{
	if (!p->matched)
		match(p);
	p->matched = true;
	return n < p->match_count ? &p->rows[p->matches[n]] : NULL;
}

size_t picker_match_count(struct picker *p)
{
	picker_match(p, 0);
	return p->match_count;
}
