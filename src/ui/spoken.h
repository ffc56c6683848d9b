/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What line mode asks of the screens, beside app.h: what was said, where one is, what happened,
 * and the questions of a form.  For an app whose config says `spoken`. */
#ifndef IOC_UI_SPOKEN_H
#define IOC_UI_SPOKEN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "ui/dialog.h"
#include "ui/news.h"

/* Appends what was said since the last call, a line each, what went wrong apart. */
void spoken_messages(struct app *a, struct strbuf *out, struct strbuf *problems);
/* Why the writer refused the first action that it did since the last call; ERR_NONE: it took
 * all. */
enum err_code spoken_refusal(struct app *a);
/* Appends a text that is another one wherever something else is shown. */
void spoken_place(const struct app *a, struct strbuf *out);
/* Whether it is the tab or a record, nothing that lies over it. */
bool spoken_is_base(const struct app *a);
/* Whether what is shown was moved, or wanted again, since the last call. */
bool spoken_is_wanted(struct app *a);
/* Appends where one is, in a word or two: "Phản ánh", "PA-00423". */
void spoken_prompt(const struct app *a, struct strbuf *out);
/* Whether all that the screens asked of the cache and the writer is answered. */
bool spoken_is_settled(const struct app *a);

#endif
