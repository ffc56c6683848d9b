/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels of escalation in the words of people. */
#ifndef IOC_DEADLINE_ESCALATION_H
#define IOC_DEADLINE_ESCALATION_H

#include "base/strbuf.h"

/* Appends "escalation to level 2 (direct leader)"; `whom` as the rules call them, translated
 * where we know the word. */
void escalation_words(struct strbuf *b, int level, const char *whom);

#endif
