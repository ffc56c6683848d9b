/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions as text, for the ":" line, scripts and forms:
 *
 *   assign PA-00423 PA-00431 --unit CATP --note 'lấn chiếm vỉa hè'
 *   receive PA-00423 --source thanh-pho
 *   create --source thanh-pho --title 'Cây đổ' --category cay-xanh
 *   mute AL-00017 --until "20/11 16:30" --note="bảo trì\nđến hết ngày"
 *
 * First what is done, then codes of records (none: those in hand), then fields with what is
 * said in each.  Quotes hold blanks together; in double ones \n, \t, \" and \\ have their
 * usual meaning; an option that is said again adds to a list.  "--" ends the options. */
#ifndef IOC_MODEL_ACTION_TEXT_H
#define IOC_MODEL_ACTION_TEXT_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/action.h"

#define ACTION_TEXT_MOST 65536 /* bytes */
#define ACTION_CODES_MOST 1000

/* One field as it was typed. */
struct action_said {
	const char *name, *text; /* text NULL: the option stands alone, as flags do */
};

struct action_text {
	const char *action; /* not checked: the kind is known only with the records */
	const char **codes;
	size_t code_count;
	struct action_said *said;
	size_t said_count;
	const char *source; /* --source: whose records the codes mean; NULL: not said */
	const char *kind;   /* --kind: of what kind they are; NULL: not said */
};

/* Parses into the arena.  -1 with *e (ERR_USAGE, ERR_LIMIT). */
int action_text_parse(struct arena *arena, const char *text, struct action_text *out,
		      struct err *e);

/* What values are read against. */
struct action_words {
	int64_t now; /* what "+2d" and "20/11" mean */
	/* The code that a word means, which is a code of the catalogue or a name; NULL for
	 * neither.  May be NULL itself: then words are taken for codes. */
	const char *(*resolve)(void *data, const struct kind *catalogue, const char *word);
	void *data;
};

/* The value of a field as the writer and the gateway want it: a time as RFC 3339, a flag as
 * true or false, a choice and a name as their code.  Blank text gives JSON null.  The caller
 * owns it; NULL with *e, which says what is wrong without naming the field. */
json_t *action_value(const struct action_field *f, const char *text,
		     const struct action_words *w, struct err *e);
/* All that was said, as the object that goes with the action; checks that each field exists and
 * that what is required is there.  The caller owns it; NULL with *e, which names the field. */
json_t *action_text_fields(const struct action_text *t, const struct action *a,
			   const struct action_words *w, struct err *e);

/* A time as people type it: 20/11 16:30, 20/11/2026, mai 9:00, 16h30, +2d, +4h, or RFC 3339.  A
 * date alone means the end of that day (Bộ luật Dân sự, Điều 148), a time of day alone the
 * next one.  0, or -1. */
int action_time(const char *s, int64_t now, int64_t *t);

#endif
