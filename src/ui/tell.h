/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screens in lines of text: for line mode, for screen readers, and for scripts.  What
 * can be chosen is numbered; a number stands for a record or a command, never for a line, so
 * that rows which arrive meanwhile do not shift it. */
#ifndef IOC_UI_TELL_H
#define IOC_UI_TELL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "ui/cellbuf.h"
#include "ui/dialog.h"
#include "ui/effect.h"
#include "ui/news.h"
#include "ui/target.h"

struct app;
struct app_config;
struct doc;
struct words;

/* What one number stands for. */
struct pick {
	struct target target; /* .kind NULL: a command is run instead */
	char *command;        /* owned; NULL: the record is opened */
};

struct telling {
	bool on;     /* lines are all that there is: no grid, no keys */
	bool linear; /* one field a line, for those who hear it */
	int page;    /* rows of a list told at once */
	/* Of what is told of the tab or record, and of what lies over it: coming back, the
	 * numbers are those that were told there. */
	struct picks {
		struct pick *list;
		size_t count, cap;
		int overlay; /* which it is that they are of */
	} base, over;
	bool moved; /* something was moved in what was told: it is wanted again */
	bool row;   /* only the row in hand is wanted */
	/* Going on by pages, the last one has only rows that were not told yet. */
	struct {
		const struct list *list; /* which was told … */
		int64_t last;            /* … up to this row of all, from 1 */
		int64_t from;            /* of the page in hand; 0: its first */
	} pages;
	struct strbuf messages, problems; /* said since they were taken, a line each */
	size_t message_count, left_out;
	enum err_code refused; /* why the writer refused something since that was taken */
	struct dialog dialog;
	struct news news;
};

void telling_init(struct telling *t, const struct app_config *c);
void telling_free(struct telling *t);
/* The next page of a list is wanted (`on`), or some other part of it. */
void tell_page(struct app *a, bool on);
/* Keeps what is said, where lines are all that there is. */
void tell_message(struct telling *t, enum role role, const char *text);

/* Keeps the code of the first refusal, as the writer's answer has it (may be NULL). */
void tell_refusal(struct telling *t, const json_t *answer);

/* Numbers what is told next; the numbers go on from those of the same telling.  Return the
 * number, from 1. */
size_t tell_record_pick(struct app *a, const struct record *r);
size_t tell_command_pick(struct app *a, const char *command);
/* What a number stands for; NULL: nothing. */
const struct pick *tell_pick(const struct app *a, size_t number);
/* Opens or runs it.  -1 with *e. */
int tell_take_pick(struct app *a, size_t number, struct effects *fx, struct err *e);
/* Reads "2-5,8" into numbers that all stand for records; returns how many there are, 0 where
 * this is no such list, -1 with *e where one stands for nothing. */
int tell_range(const struct app *a, const char *text, size_t *numbers, size_t most,
	       struct err *e);

/* Appends a text, broken into lines of that width; those behind the first are indented. */
void tell_wrap(struct strbuf *out, int indent, int columns, const char *text);
/* Appends "label: value", broken likewise; nothing for an empty value. */
void tell_field(struct strbuf *out, int indent, int columns, const char *label,
		const char *value);
/* Appends a document with its runs at their columns.  `linear`: a blank apart, with a colon
 * behind labels and without what glyphs alone say. */
void tell_doc(struct strbuf *out, const struct doc *d, bool linear, int columns);
/* Appends what is drawn, without borders and blank ends. */
void tell_cells(struct strbuf *out, const struct cellbuf *b);
/* For views that lay out a->text when they are drawn: tells that text. */
void tell_text(struct app *a, struct strbuf *out, int columns);

/* --- those of the views, each in a file of its own: tell_list.c … --- */
void tell_list(struct app *a, struct strbuf *out, int columns);
/* The row in hand alone; what is numbered stays so. */
void tell_row(struct app *a, struct strbuf *out, int columns);
void tell_overview(struct app *a, struct strbuf *out, int columns);
void tell_detail(struct app *a, struct strbuf *out, int columns);
void tell_due(struct app *a, struct strbuf *out, int columns);
void tell_find(struct app *a, struct strbuf *out, int columns);
void tell_groups(struct app *a, struct strbuf *out, int columns);
void tell_outbox(struct app *a, struct strbuf *out, int columns);
void tell_actions(struct app *a, struct strbuf *out, int columns);

#endif
