/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How roles look.  A theme is a YAML file:
 *
 *   inherits: dark                 # roles that are not given here look as there
 *   assumes: {fg: "#d0d0d0", bg: "#000000"}
 *   roles:
 *     bad: {fg: bright-red, bold: true}
 *     cursor: {bg: 24, reverse: false}
 */
#ifndef IOC_UI_THEME_H
#define IOC_UI_THEME_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ui/colour.h"
#include "ui/role.h"

struct theme;

struct style {
	int32_t fg, bg; /* see colour.h */
	unsigned attr;  /* enum cell_attr */
};

/* The theme without colours that needs no file. */
struct theme *theme_new(void);
/* Reads a theme; `name` stands for the file in messages.  NULL with *e "NAME:LINE:COLUMN: …".
 */
struct theme *theme_parse(const char *name, const char *text, size_t n, struct err *e);
void theme_free(struct theme *t);
/* The name of its file without folder and ending: "dark". */
const char *theme_name(const struct theme *t);
/* The name of the theme it builds on, to be loaded by the caller; NULL where it stands alone.
 */
const char *theme_inherits(const struct theme *t);
/* Takes from `parent` what t leaves open. */
void theme_inherit(struct theme *t, const struct theme *parent);
/* The look of a role where the terminal has so many colours; with 0 (and NO_COLOR) bold,
 * underline and reverse say it all. */
struct style theme_style(const struct theme *t, enum role role, int colours);
/* The terminal's own colours that the theme was made for, as RGB. */
void theme_assumes(const struct theme *t, uint32_t *fg, uint32_t *bg);

#endif
