/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxml2's HTML parser calls out what it finds, however broken it is. */
#include "api/htmltext.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define HTML_MOST (4 * 1024 * 1024)

struct writer {
	struct strbuf *out;
	size_t start; /* of our text in it */
	int lines;    /* line ends that wait for the next word */
	bool blank;   /* so does a blank */
	bool literal; /* blanks and line ends stand as they are */
	int hidden;   /* elements around us that are not shown */
	struct strbuf href;
	size_t link_start;
};

enum effect { LINE = 1, PARAGRAPH = 2, BULLET, CELL, HIDE, LITERAL, BREAK, LINK, IMAGE };

static const struct {
	const char *name;
	enum effect effect;
} elements[] = {
	{"a", LINK},        {"address", LINE},  {"article", LINE}, {"blockquote", PARAGRAPH},
	{"br", BREAK},      {"dd", LINE},       {"div", LINE},     {"dt", LINE},
	{"h1", PARAGRAPH},  {"h2", PARAGRAPH},  {"h3", PARAGRAPH}, {"h4", PARAGRAPH},
	{"h5", PARAGRAPH},  {"h6", PARAGRAPH},  {"head", HIDE},    {"hr", LINE},
	{"iframe", HIDE},   {"img", IMAGE},     {"li", BULLET},    {"noscript", HIDE},
	{"ol", LINE},       {"p", PARAGRAPH},   {"pre", LITERAL},  {"script", HIDE},
	{"section", LINE},  {"style", HIDE},    {"table", LINE},   {"td", CELL},
	{"template", HIDE}, {"textarea", LINE}, {"th", CELL},      {"title", HIDE},
	{"tr", LINE},       {"ul", LINE},
};

static int effect_of(const xmlChar *name)
{
	for (size_t i = 0; i < ARRAY_LEN(elements); i++)
		if (strcmp(elements[i].name, (const char *)name) == 0)
			return (int)elements[i].effect;
	return 0;
}

static void want_lines(struct writer *w, int lines)
{
	if (w->lines < lines)
		w->lines = lines;
	w->blank = false;
}

/* What waits comes in front of the next word only, so that none of it stands at an end. */
static void settle(struct writer *w)
{
	if (w->out->len > w->start) {
		/* Many line ends in a row mean no more than a paragraph. */
		strbuf_addn(w->out, '\n', (size_t)(w->literal || w->lines < 2 ? w->lines : 2));
		if (w->blank && !w->lines)
			strbuf_addc(w->out, ' ');
	}
	w->lines = 0;
	w->blank = false;
}

static void on_text(void *context, const xmlChar *s, int n)
{
	struct writer *w = context;
	for (int i = 0; i < n && !w->hidden; i++) {
		char c = (char)s[i];
		if (w->literal && c == '\n') {
			w->lines++;
		} else if (isspace((unsigned char)c)) {
			w->blank = true;
		} else {
			settle(w);
			strbuf_addc(w->out, c);
		}
	}
}

static const char *attribute(const xmlChar **list, const char *name)
{
	for (; list && list[0]; list += 2)
		if (strcmp((const char *)list[0], name) == 0 && list[1])
			return (const char *)list[1];
	return "";
}

static void add_word(struct writer *w, const char *s)
{
	on_text(w, (const xmlChar *)s, (int)strlen(s));
}

static void start_link(struct writer *w, const xmlChar **attributes)
{
	const char *href = attribute(attributes, "href");
	strbuf_clear(&w->href);
	if (strncmp(href, "http://", 7) == 0 || strncmp(href, "https://", 8) == 0)
		strbuf_adds(&w->href, href);
	w->link_start = w->out->len;
}

/* The address where the text does not say it. */
static void end_link(struct writer *w)
{
	if (w->href.len && !strstr(w->out->s + w->link_start, w->href.s)) {
		w->blank = true;
		add_word(w, "(");
		add_word(w, w->href.s);
		add_word(w, ")");
	}
	strbuf_clear(&w->href);
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
	struct writer *w = context;
	int effect = effect_of(name);
	if (effect == HIDE)
		w->hidden++;
	if (w->hidden)
		return;
	if (effect == BREAK)
		w->lines++;
	else if (effect == CELL)
		w->blank = true;
	else if (effect == LINK)
		start_link(w, attributes);
	else if (effect == IMAGE)
		add_word(w, attribute(attributes, "alt"));
	else if (effect)
		want_lines(w, effect == PARAGRAPH ? 2 : 1);
	if (effect == BULLET) {
		add_word(w, "-");
		w->blank = true;
	}
	w->literal |= effect == LITERAL;
}

static void on_end(void *context, const xmlChar *name)
{
	struct writer *w = context;
	int effect = effect_of(name);
	if (effect == HIDE && w->hidden)
		w->hidden--;
	else if (w->hidden)
		return;
	else if (effect == LINK)
		end_link(w);
	else if (effect == LITERAL)
		w->literal = false;
	if (effect && effect != LINK && effect != CELL && effect != IMAGE && effect != BREAK &&
	    effect != HIDE)
		want_lines(w, effect == PARAGRAPH ? 2 : 1);
}

/* A "<" that can begin a tag. */
static bool has_tags(const char *s, size_t n)
{
	const char *end = s + n;
	while ((s = memchr(s, '<', (size_t)(end - s))) && ++s < end)
		if (isalpha((unsigned char)*s) || *s == '/' || *s == '!')
			return true;
	return false;
}

void htmltext_append(struct strbuf *out, const char *s, size_t n)
{
	htmlSAXHandler sax = {.startElement = on_start,
			      .endElement = on_end,
			      .characters = on_text,
			      .ignorableWhitespace = on_text};
	struct writer w = {.out = out, .start = out->len, .href = STRBUF_INIT};
	n = n < HTML_MOST ? n : HTML_MOST;
	w.literal = !has_tags(s, n);
	if (w.literal && !memchr(s, '&', n)) {
		strbuf_add(out, s, n);
		return;
	}
	htmlParserCtxtPtr p = htmlCreatePushParserCtxt(&sax, &w, NULL, 0, NULL,
						       XML_CHAR_ENCODING_UTF8);
	if (!p)
		abort();
	htmlCtxtUseOptions(p, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
				      HTML_PARSE_RECOVER);
	htmlParseChunk(p, s, (int)n, 1);
	if (p->myDoc)
		xmlFreeDoc(p->myDoc);
	htmlFreeParserCtxt(p);
	strbuf_free(&w.href);
}
