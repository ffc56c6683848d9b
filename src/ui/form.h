/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of an action: its fields, what is typed into them, and whether that is right. */
#ifndef IOC_UI_FORM_H
#define IOC_UI_FORM_H

#include "model/action_text.h"
#include "ui/app.h"
#include "ui/drafts.h"
#include "ui/edit.h"

/* A record that a field may name. */
struct form_offer {
	char value[128];           /* what is said for it */
	char title[64], note[200]; /* what people are shown */
};

struct form_field {
	const struct action_field *def;
	struct edit edit;
	size_t picked;     /* of the matches offered */
	bool chosen;       /* by the arrows: it is meant though nothing is typed */
	json_t *recent;    /* codes that were said last; NULL: none.  Owned. */
	bool offering;     /* matches are offered: something was typed since one was taken */
	char problem[256]; /* "": none is known */
	const struct form_offer *offers;
	size_t offer_count;
};

enum form_stage {
	FORM_TYPING,
	FORM_CONFIRMING, /* complete; asked once more */
	FORM_SENDING,    /* handed to the writer */
};

struct form {
	const struct action *action; /* NULL: there is no form */
	struct form_field fields[ACTION_FIELDS];
	size_t count, current;
	enum form_stage stage;
	bool gaps;         /* FORM_CONFIRMING: a text still has gaps */
	char problem[512]; /* of the whole: what the writer answered */
	/* The draft's own: the same words sent again under it are not two actions. */
	char draft_id[DRAFT_ID_SIZE];
};

/* The member of a draft that holds its id; no field has this name. */
#define FORM_DRAFT_ID ""

/* What a key came to. */
enum form_result { FORM_IGNORED, FORM_TAKEN, FORM_CHANGED, FORM_SEND, FORM_LEAVE };

void form_open(struct form *f, const struct action *a);
void form_close(struct form *f);
enum form_result form_key(struct form *f, const struct names *names, int64_t now, uint32_t key);
void form_paste(struct form *f, const struct names *names, int64_t now, const char *text);
/* Checks all of it; where something is wrong, NULL, and the cursor goes there.  Otherwise the
 * fields to be sent, which the caller owns. */
json_t *form_values(struct form *f, const struct names *names, int64_t now);
/* What typed values are read against: names are those of the catalogues.  The second part keeps
 * what the first points to. */
struct form_words {
	struct action_words words;
	const struct names *names;
	int64_t now;
};
void form_words_set(struct form_words *w, const struct names *names, int64_t now);
/* The field of many lines that keys go to now, or the first one, which they then go to; NULL:
 * there is none. */
struct form_field *form_lines(struct form *f, const struct names *names, int64_t now);
/* The first gap in a text (model/reply.h), which the cursor then is at; "" for none. */
const char *form_gap(struct form *f, char *buf, size_t size);
/* What is typed, by field, with the draft's id, and back; NULL where nothing is. */
json_t *form_draft(const struct form *f);
void form_restore(struct form *f, const json_t *draft, const struct names *names, int64_t now);

/* What the fields that name a record offer, the best first; borrowed until the next call. */
void form_offer(struct form *f, const struct form_offer *offers, size_t count);
/* Puts a text into a field, as if it were typed. */
void form_set(struct form *f, const char *field, const char *text);

/* What the text of the field is taken to mean, beside it: the name of a code, the instant of a
 * time.  "" for nothing to say. */
const char *form_meaning(const struct form_field *f, const struct names *names, int64_t now,
			 char *buf, size_t size);

/* --- form_match.c --- */
/* A name that a field may mean. */
struct form_match {
	const char *code, *title;
	int weight;
	size_t recent; /* 1: said last; 0: not lately */
};
#define FORM_MATCHES 200
/* Whether it is said by a name: of a catalogue, or of some choices. */
bool form_has_matches(const struct form_field *f);
/* What the field's text may mean, the best first; returns how many there are in list. */
size_t form_matches(const struct form_field *f, const struct names *names, int64_t now,
		    struct form_match list[FORM_MATCHES]);
/* Takes the match that is so many lines further in hand; false where there is none. */
bool form_pick(struct form_field *f, const struct names *names, int64_t now, int by);
/* The cursor leaves the field: what was typed of a name stands for the match in hand. */
void form_settle(struct form_field *f, const struct names *names, int64_t now);

#endif
