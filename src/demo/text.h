/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts from templates.  In a template {a|b|} chooses (also nested, also nothing), <3-9> is a
 * number, <name> is a slot of the record or a rule of the same file, and <^name> starts with
 * a capital.  A phrase is a list of templates, one of which is said. */
#ifndef IOC_DEMO_TEXT_H
#define IOC_DEMO_TEXT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "base/yaml.h"
#include "demo/rng.h"

/* What a record lends to its texts; demo_text.c has their names. */
enum slot {
	SLOT_AT,
	SLOT_CHANNEL,
	SLOT_CHILD,
	SLOT_COLOUR,
	SLOT_DIRECTION,
	SLOT_DOSSIER,
	SLOT_FEE,
	SLOT_HOUSE,
	SLOT_LANE,
	SLOT_MARK,
	SLOT_NAME,
	SLOT_NAME_LAST,
	SLOT_OFFICER,
	SLOT_PHONE,
	SLOT_PLACE,
	SLOT_PLATE,
	SLOT_PROBLEM,
	SLOT_PROCEDURE,
	SLOT_SCORE,
	SLOT_STAFF,
	SLOT_STREET,
	SLOT_TO,
	SLOT_UNIT,
	SLOT_VEHICLE,
	SLOT_WARD,
	SLOT_COUNT
};

/* An unset slot (NULL) says nothing. */
struct slots {
	const char *text[SLOT_COUNT];
};

struct phrase;

/* The templates of one file, with the rules that they share. */
struct grammar {
	const struct yaml *file;
	struct arena arena;
	struct strmap rules; /* name → struct phrase */
};

/* Reads `rules` (a map of lists; may be absent) of the file.  The file may be freed only
 * after the last grammar_phrase. */
int grammar_open(struct grammar *g, const struct yaml *file, struct err *e);
void grammar_free(struct grammar *g);
/* Compiles a list of templates; it lives as long as the grammar.  NULL with *e "FILE:LINE: …"
 * for anything else than a list of texts, unbalanced brackets and unknown names. */
const struct phrase *grammar_phrase(struct grammar *g, const struct yaml_node *list,
				    struct err *e);
/* The same for the member of a map; an absent one is an error. */
const struct phrase *grammar_member(struct grammar *g, const struct yaml_node *map,
				    const char *key, struct err *e);

/* Templates in a phrase. */
size_t phrase_count(const struct phrase *p);
/* Appends one of the templates, chosen by r; then text_tidy over it. */
void phrase_say(const struct phrase *p, struct rng *r, const struct slots *s,
		struct strbuf *out);
/* One of the templates as it is, to stand within a sentence: nothing is tidied. */
void phrase_add(const struct phrase *p, struct rng *r, const struct slots *s,
		struct strbuf *out);
/* phrase_say with the i-th template. */
void phrase_say_nth(const struct phrase *p, size_t i, struct rng *r, const struct slots *s,
		    struct strbuf *out);

/* What choosing leaves behind, from `start` on: single blanks, none before punctuation or at
 * the ends, capitals after full stops and at line starts. */
void text_tidy(struct strbuf *b, size_t start);
/* Makes the letter at `start` a capital. */
void text_capital(struct strbuf *b, size_t start);

#endif
