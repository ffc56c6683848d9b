/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of keys: "j", "gg", "<Down>", "<C-l>", "<F5>", "<A-x>", "<Space>". */
#ifndef IOC_UI_KEY_H
#define IOC_UI_KEY_H

#include <stddef.h>
#include <stdint.h>

#include "ui/event.h"

#define KEYS_MOST 4 /* strokes in one binding */
#define KEY_NAME_SIZE 32

/* Keys of forms and lists that are typed into, which are not bound: everything else types. */
#define UI_KEY_CTRL(c) ((c)&0x1f)
#define SEND_KEY (UI_KEY_F1 + 1)
#define REPLY_KEY (UI_KEY_F1 + 2)
#define EDITOR_KEY (UI_KEY_F1 + 3)

/* Reads one stroke at s; returns its bytes, 0 where it is none. */
size_t key_parse(const char *s, uint32_t *key);
/* Reads a whole binding: 1 … KEYS_MOST strokes; 0 where it is none. */
size_t keys_parse(const char *s, uint32_t keys[KEYS_MOST]);
/* The stroke's name as it is written in a key file. */
const char *key_name(uint32_t key, char buf[KEY_NAME_SIZE]);
/* The same as people read it: "Enter", "Ctrl-L", "Space". */
const char *key_label(uint32_t key, char buf[KEY_NAME_SIZE]);
/* The letter key that was meant when a Vietnamese input method was left on: ư is w, đ is d,
 * â is a.  Other keys as they are. */
uint32_t key_without_input_method(uint32_t key);

#endif
