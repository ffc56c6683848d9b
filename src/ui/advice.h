/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules of distribution suggest for the record in hand, and accepting it: one key for
 * one record, one question for many. */
#ifndef IOC_UI_ADVICE_H
#define IOC_UI_ADVICE_H

#include "model/suggestion.h"
#include "ui/doc.h"
#include "ui/effect.h"

struct app;
struct look;
struct record;

struct advice {
	/* The record for which it is shown. */
	const struct kind *kind;
	int64_t rowid, version;
	bool stale;
	struct suggestions *shown; /* NULL: not known yet */
	/* What was asked to be accepted. */
	bool accepting;
	struct suggestions *accepted; /* OVERLAY_ACCEPT: to be confirmed */
	uint64_t generation;
};

void advice_free(struct advice *x);
/* Asks for what is to be shown, where it is not known. */
void advice_settle(struct app *a, struct effects *fx);
/* The answer to it, or to advice_accept; takes it. */
void advice_came(struct app *a, struct suggestions *s, struct effects *fx);
/* Accepts what the rules suggest for the records in hand: at once for one, after a question for
 * several. -1 with *e where nothing can be asked. */
int advice_accept(struct app *a, struct effects *fx, struct err *e);
/* Hands over what was confirmed. */
void advice_confirm(struct app *a, struct effects *fx);
/* What is suggested for this record and may be done in the state that it will have; NULL:
 * nothing. */
const struct suggestion *advice_for(const struct look *l, const struct record *r);
/* "Suggested: Môi trường ĐT (rule rác thải)", and the key that accepts it. */
void advice_lay_out(struct doc *d, const struct look *l, const struct suggestion *s,
		    const char *key, int at, int width);

#endif
