/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as a list or detail shows them: words, role, and when the words will change. */
#ifndef IOC_UI_SHOW_H
#define IOC_UI_SHOW_H

#include "base/strbuf.h"
#include "deadline/rulebook.h"
#include "model/duplicates.h"
#include "model/record.h"
#include "model/suggestion.h"
#include "ui/app.h"
#include "ui/draw.h"
#include "ui/pending.h"

/* What every drawing function needs to know of the world. */
struct look {
	int64_t now;
	struct names names;
	const struct rulebook *rules;          /* NULL: deadlines by the clock on the wall */
	const struct pending *pending;         /* NULL: nothing waits to be confirmed */
	const struct duplicates *duplicates;   /* of some record; NULL: none were asked for */
	const struct suggestions *suggestions; /* likewise, what rules suggest */
	bool ascii;
	bool personal; /* shown unmasked */
	bool spoken;   /* read out: words stand in the place of glyphs */
};

struct shown {
	const char *text; /* borrowed from the record, a table, or the scratch buffer */
	enum role role;
	int64_t until; /* the text changes then; CLOCK_NONE: never by itself */
};

enum show_where { SHOW_IN_LIST, SHOW_IN_DETAIL };

/* The value of a column.  `scratch` may be overwritten; where it is used, text points into
 * it. */
void show_value(const struct look *l, const struct record *r, size_t column,
		enum show_where where, struct strbuf *scratch, struct shown *out);

/* Puts it as lists show it, padded or cut to `width` columns, and two blanks behind it. */
void show_put(const struct look *l, struct pen *p, const struct record *r, size_t column,
	      int width, struct strbuf *scratch);

/* Appends a text of a column that holds personal data, masked. */
void show_masked(const struct column *c, const char *s, size_t n, struct strbuf *out);
/* What the words of a row look like that have no look of their own. */
enum role show_row_role(const struct record *r);

enum role tone_role(enum tone t);

/* How an action stands that is not confirmed: its glyph, and how that looks. */
enum glyph pending_glyph(enum pending_state s);
enum role pending_role(enum pending_state s);
/* The same in words. */
const char *pending_words(enum pending_state s);

#endif
