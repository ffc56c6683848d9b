/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screens in lines of text: for line mode, for readers of screens, and for scripts.  What
 * can be chosen is numbered; a number stands for a record or a command, never for a line, so
 * that rows which arrive meanwhile do not shift it. */
#ifndef IOC_UI_TELL_H
#define IOC_UI_TELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "ui/target.h"

struct app;
struct doc;

/* What one number stands for. */
struct pick {
	struct target target; /* .kind NULL: a command is run instead */
	char *command;        /* owned; NULL: the record is opened */
};

struct telling {
	bool linear; /* one field a line, for those who hear it */
	struct pick *picks;
	size_t count, cap;
};

void telling_free(struct telling *t);
/* Numbers what is told next; the numbers go on from those of the same telling.  Return the
 * number, from 1. */
size_t tell_record_pick(struct app *a, const struct record *r);
size_t tell_command_pick(struct app *a, const char *command);
/* What a number stands for; NULL: nothing. */
const struct pick *tell_pick(const struct app *a, size_t number);

/* Appends a text, broken into lines of that width, each behind as many blanks. */
void tell_wrap(struct strbuf *out, int indent, int columns, const char *text);
/* Appends "label: value", broken likewise; nothing for an empty value. */
void tell_field(struct strbuf *out, int indent, int columns, const char *label,
		const char *value);
/* Appends a document: its runs at their columns, or one blank apart where `linear`. */
void tell_doc(struct strbuf *out, const struct doc *d, bool linear);

#endif
