/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts for people: English in the source, translated by gettext. */
#ifndef IOC_BASE_I18N_H
#define IOC_BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
/* Marks a text for translation where it can't be translated yet. */
#define N_(text) text

/* Makes gettext speak `language` ("vi", "en"; NULL: what the environment says) from
 * locale_dir, whatever the system's locales are, as long as its character set is UTF-8.
 * Call once, before threads.  Returns 0, or -1 where no UTF-8 locale can be had: texts are
 * then English. */
int i18n_init(const char *language, const char *locale_dir);

/* A text in Vietnamese whatever language was chosen, as what people type may be in either; the
 * text itself where there is no translation.  Any thread, after i18n_init. */
const char *i18n_vietnamese(const char *text);

#endif
