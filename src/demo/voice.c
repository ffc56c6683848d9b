/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/voice.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "text/fold.h"

enum voice voice_pick(struct rng *r)
{
	static const unsigned sums[] = {60, 72, 83, 91, 96, 100};
	return (enum voice)rng_pick(r, sums, 6);
}

/* Rewrites the tail of b character by character. */
static void rewrite(struct strbuf *b, size_t start,
		    size_t (*one)(const char *s, size_t n, struct strbuf *out))
{
	struct strbuf out = STRBUF_INIT;
	strbuf_reserve(&out, b->len - start + 1);
	for (size_t i = start; i < b->len;)
		i += one(b->s + i, b->len - i, &out);
	strbuf_truncate(b, start);
	strbuf_add(b, out.s, out.len);
	strbuf_free(&out);
}

static bool is_capital(const char *s, size_t n)
{
	utf8proc_int32_t letter;
	if (utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &letter) <= 0)
		return false;
	return utf8proc_tolower(letter) != letter;
}

static size_t unmark_one(const char *s, size_t n, struct strbuf *out)
{
	if ((unsigned char)*s < 0x80) {
		strbuf_addc(out, *s);
		return 1;
	}
	char plain[FOLD_MOST];
	size_t plain_n, took = fold_char(s, n, plain, &plain_n);
	if (plain_n && is_capital(s, took))
		plain[0] = (char)toupper((unsigned char)plain[0]);
	strbuf_add(out, plain, plain_n);
	return took;
}

static size_t case_one(const char *s, size_t n, struct strbuf *out,
		       utf8proc_int32_t (*change)(utf8proc_int32_t))
{
	utf8proc_int32_t letter;
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t took = utf8proc_iterate((const utf8proc_uint8_t *)s,
						 (utf8proc_ssize_t)n, &letter);
	if (took <= 0) {
		strbuf_addc(out, *s);
		return 1;
	}
	strbuf_add(out, bytes, (size_t)utf8proc_encode_char(change(letter), bytes));
	return (size_t)took;
}

static size_t upper_one(const char *s, size_t n, struct strbuf *out)
{
	return case_one(s, n, out, utf8proc_toupper);
}

static size_t lower_one(const char *s, size_t n, struct strbuf *out)
{
	return case_one(s, n, out, utf8proc_tolower);
}

void voice_unmark(struct strbuf *b, size_t start)
{
	rewrite(b, start, unmark_one);
}

void voice_upper(struct strbuf *b, size_t start)
{
	rewrite(b, start, upper_one);
}

void voice_lower(struct strbuf *b, size_t start)
{
	rewrite(b, start, lower_one);
}

int voice_words_read(struct voice_words *w, const struct yaml *y, const struct yaml_node *map,
		     struct err *e)
{
	size_t n = yaml_count(map);
	*w = (struct voice_words){.from = xcalloc(n + 1, sizeof *w->from),
				  .to = xcalloc(n + 1, sizeof *w->to)};
	for (size_t i = 0; i < n; i++) {
		const char *to = yaml_text(yaml_at(map, i));
		if (!to)
			return yaml_error(y, yaml_at(map, i), e, "must be a word");
		w->from[i] = xstrdup(yaml_key(map, i));
		w->to[i] = xstrdup(to);
		w->count++;
	}
	return 0;
}

void voice_words_free(struct voice_words *w)
{
	for (size_t i = 0; i < w->count; i++) {
		free(w->from[i]);
		free(w->to[i]);
	}
	free(w->from);
	free(w->to);
	*w = (struct voice_words){0};
}

/* Whether a word may end or start beside this byte. */
static bool is_edge(char c)
{
	return c == '\0' || (!isalnum((unsigned char)c) && (unsigned char)c < 0x80);
}

static void replace(struct strbuf *b, size_t start, const char *from, const char *to,
		    struct rng *r)
{
	size_t from_n = strlen(from);
	struct strbuf out = STRBUF_INIT;
	const char *at = b->s + start, *hit;
	while ((hit = strstr(at, from))) {
		bool whole = (hit == b->s || is_edge(hit[-1])) && is_edge(hit[from_n]);
		strbuf_add(&out, at, (size_t)(hit - at));
		strbuf_adds(&out, whole && rng_percent(r, 80) ? to : from);
		at = hit + from_n;
	}
	if (out.len) {
		strbuf_adds(&out, at);
		strbuf_truncate(b, start);
		strbuf_add(b, out.s, out.len);
	}
	strbuf_free(&out);
}

void voice_words_apply(const struct voice_words *w, struct rng *r, struct strbuf *b,
		       size_t start)
{
	for (size_t i = 0; i < w->count; i++)
		replace(b, start, w->from[i], w->to[i], r);
}
