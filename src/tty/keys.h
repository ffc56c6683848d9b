/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the terminal's bytes to keys, pastes and mouse events.  Our own decoder, because
 * curses keeps bytes in a buffer of its own where poll() can't see them, and blocks on ESC. */
#ifndef IOC_TTY_KEYS_H
#define IOC_TTY_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/event.h"

struct keys;

/* `esc_ms`: how long a lone ESC may still become the start of a sequence. */
struct keys *keys_new(int esc_ms);
void keys_free(struct keys *k);
/* Takes this sequence (from terminfo) for that key too.  Only those that begin with ESC are
 * kept: others are control keys of their own. */
void keys_learn(struct keys *k, const char *sequence, uint32_t key);
/* Hands over bytes as they came.  They may be anything. */
void keys_feed(struct keys *k, const char *bytes, size_t n);
/* These bytes were pasted, although the terminal did not say so, and so is what follows until
 * it stops for a moment: keys_expire gives the paste.  Only between events (keys_patience is
 * -1). */
void keys_feed_pasted(struct keys *k, const char *bytes, size_t n);
/* Whether the paste that was given last came that way. */
bool keys_paste_was_bare(const struct keys *k);
/* Takes out the next whole event: EVENT_KEY, EVENT_PASTE or EVENT_MOUSE; false where there is
 * none yet.  A paste's text is clean, and valid until the next call. */
bool keys_next(struct keys *k, struct event *e);
/* Milliseconds to wait for the rest of what is half read; -1: nothing is. */
int keys_patience(const struct keys *k);
/* The rest did not come: what is there counts as it stands.  As keys_next. */
bool keys_expire(struct keys *k, struct event *e);

#endif
