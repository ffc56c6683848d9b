/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter while it is being typed. */
#ifndef IOC_MODEL_FILTER_TYPING_H
#define IOC_MODEL_FILTER_TYPING_H

/* What a text means before its end has come: its last word may go on, and what is open is
 * closed.  "rac th" is "rac th*", "(\"đèn tín" is "(\"đèn tín\"*)"; what ends with a blank or a
 * sign, or belongs to a field, stands as it is.  The caller frees. */
char *filter_while_typed(const char *text);

#endif
