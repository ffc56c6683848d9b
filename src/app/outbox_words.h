/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the states of the outbox are called. */
#ifndef IOC_APP_OUTBOX_WORDS_H
#define IOC_APP_OUTBOX_WORDS_H

/* Of a state by its name in JSON, translated; "" stands for what is not taken yet. */
const char *outbox_state_words(const char *state);

#endif
