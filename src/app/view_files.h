/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of saved views: shipped ones, those that a centre shares, the operator's own. */
#ifndef IOC_APP_VIEW_FILES_H
#define IOC_APP_VIEW_FILES_H

#include <jansson.h>

#include "app/file_watch.h"
#include "base/paths.h"
#include "model/config.h"
#include "model/view.h"
#include "ui/keymap.h"

/* All of them, later ones in the place of earlier ones.  A file with a mistake is told in
 * `problems`, a line each, and left out; of `before` (may be NULL) is kept what was in it.
 * Never NULL. */
struct views *view_files_read(const struct paths *p, const struct config *c,
			      const struct views *before, struct strbuf *problems);
/* Watches those that people write. */
void view_files_watch(const struct paths *p, const struct config *c, struct file_watch *w);
/* Binds their keys in lists, over what is bound there; what can't be is told likewise. */
void view_files_bind(const struct views *v, struct keymap *m, struct strbuf *problems);

/* The question of a view for a verb: its filter, narrowed by `filter` (may be NULL), and its
 * order where *sort is NULL.  Owned by the caller, both.  -1 with *e: there is no such view. */
struct view_question {
	char *filter, *sort;
};
int view_files_question(const struct paths *p, const struct config *c, const struct kind *k,
			const char *view, const char *filter, struct view_question *out,
			struct err *e);

/* Does what an EFFECT_VIEWS asks (ui/commands_view.c) in the operator's own file, as a whole,
 * leaving what else stands in it.  -1 with *e: it is as it was. */
int view_files_change(const struct paths *p, const json_t *change, struct err *e);

#endif
