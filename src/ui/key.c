/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/key.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/kind.h"
#include "text/utf8.h"
#include "ui/event.h"

/* clang-format off */
static const struct {
	const char *name;
	uint32_t key;
	const char *label; /* N_() where people read another word */
} named[] = {
	{"Enter", UI_KEY_ENTER, N_("Enter")},
	{"Tab", UI_KEY_TAB, N_("Tab")},
	{"S-Tab", UI_KEY_BACKTAB, N_("Shift-Tab")},
	{"Esc", UI_KEY_ESC, N_("Esc")},
	{"Space", ' ', N_("Space")},
	{"BS", UI_KEY_BACKSPACE, N_("Backspace")},
	{"Up", UI_KEY_UP, "↑"},
	{"Down", UI_KEY_DOWN, "↓"},
	{"Left", UI_KEY_LEFT, "←"},
	{"Right", UI_KEY_RIGHT, "→"},
	{"Home", UI_KEY_HOME, N_("Home")},
	{"End", UI_KEY_END, N_("End")},
	{"PageUp", UI_KEY_PAGE_UP, N_("PgUp")},
	{"PageDown", UI_KEY_PAGE_DOWN, N_("PgDn")},
	{"Insert", UI_KEY_INSERT, N_("Ins")},
	{"Delete", UI_KEY_DELETE, N_("Del")},
	{"lt", '<', "<"},
};
/* clang-format on */

static bool is_name(const char *known, const char *name, size_t n)
{
	return strlen(known) == n && strncasecmp(known, name, n) == 0;
}

/* By its name, or as help shows it: PgDn. */
static uint32_t find_named(const char *name, size_t n)
{
	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		if (is_name(named[i].name, name, n) || is_name(named[i].label, name, n))
			return named[i].key;
	if ((n == 2 || n == 3) && (*name == 'F' || *name == 'f')) {
		int number = 0;
		for (size_t i = 1; i < n; i++) {
			if (!isdigit((unsigned char)name[i]))
				return 0;
			number = number * 10 + (name[i] - '0');
		}
		if (number >= 1 && number <= 12)
			return UI_KEY_F1 + (uint32_t)number - 1;
	}
	return 0;
}

/* A key that types a character; 0 where there is none. */
static size_t parse_character(const char *s, size_t n, uint32_t *key)
{
	size_t taken = utf8_decode(s, n, key);
	bool is_key = *key != UTF8_BROKEN && *key > ' ' && utf8_is_printable(*key) &&
		      !utf8_is_mark(*key);
	return is_key ? taken : 0;
}

/* The inside of <…>. */
static uint32_t parse_name(const char *s, size_t n)
{
	uint32_t key = find_named(s, n);
	if (key || n < 3 || s[1] != '-')
		return key;
	if (s[0] == 'C' && n == 3 && (isalpha((unsigned char)s[2]) || s[2] == '_'))
		return (uint32_t)s[2] & 0x1f;
	if (s[0] != 'A')
		return 0;
	key = find_named(s + 2, n - 2);
	if (!key && parse_character(s + 2, n - 2, &key) != n - 2)
		return 0;
	return key + UI_KEY_ALT;
}

size_t key_parse(const char *s, uint32_t *key)
{
	const char *end = *s == '<' ? strchr(s, '>') : NULL;
	if (end && end > s + 1) {
		*key = parse_name(s + 1, (size_t)(end - s - 1));
		return *key ? (size_t)(end - s) + 1 : 0;
	}
	return *s ? parse_character(s, strlen(s), key) : 0;
}

size_t keys_parse(const char *s, uint32_t keys[KEYS_MOST])
{
	size_t count = 0;
	while (*s) {
		size_t n = count < KEYS_MOST ? key_parse(s, &keys[count]) : 0;
		if (!n)
			return 0;
		count++;
		s += n;
	}
	return count;
}

static const char *plain_name(uint32_t key, char *buf)
{
	if (key < 0x80) {
		buf[0] = (char)key;
		buf[1] = '\0';
	} else {
		buf[utf8_encode(key, buf)] = '\0';
	}
	return buf;
}

/* The row of `named`, or -1. */
static int find_key(uint32_t key)
{
	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		if (named[i].key == key)
			return (int)i;
	return -1;
}

const char *key_name(uint32_t key, char buf[KEY_NAME_SIZE])
{
	const char *alt = key & UI_KEY_ALT ? "A-" : "";
	char letter[5];
	key &= ~(uint32_t)UI_KEY_ALT;
	int row = find_key(key);
	if (row >= 0)
		snprintf(buf, KEY_NAME_SIZE, "<%s%s>", alt, named[row].name);
	else if (key >= UI_KEY_F1 && key < UI_KEY_LAST)
		snprintf(buf, KEY_NAME_SIZE, "<%sF%u>", alt, (unsigned)(key - UI_KEY_F1 + 1));
	else if (key < ' ')
		snprintf(buf, KEY_NAME_SIZE, "<C-%c>",
			 key > 26 ? (int)key + '@' : (int)key + '`');
	else if (*alt)
		snprintf(buf, KEY_NAME_SIZE, "<A-%s>", plain_name(key, letter));
	else
		plain_name(key, buf);
	return buf;
}

const char *key_label(uint32_t key, char buf[KEY_NAME_SIZE])
{
	const char *alt = key & UI_KEY_ALT ? "Alt-" : "";
	char letter[5];
	key &= ~(uint32_t)UI_KEY_ALT;
	int row = find_key(key);
	if (row >= 0)
		snprintf(buf, KEY_NAME_SIZE, "%s%s", alt, _(named[row].label));
	else if (key >= UI_KEY_F1 && key < UI_KEY_LAST)
		snprintf(buf, KEY_NAME_SIZE, "%sF%u", alt, (unsigned)(key - UI_KEY_F1 + 1));
	else if (key < ' ')
		snprintf(buf, KEY_NAME_SIZE, "Ctrl-%c", (int)key + '@');
	else
		snprintf(buf, KEY_NAME_SIZE, "%s%s", alt, plain_name(key, letter));
	return buf;
}

uint32_t key_without_input_method(uint32_t key)
{
	static const struct {
		uint32_t typed, meant;
	} telex[] = {
		{0x1b0, 'w'}, {0x1af, 'W'}, {0x111, 'd'}, {0x110, 'D'}, {0xe2, 'a'},
		{0xc2, 'A'},  {0x103, 'a'}, {0x102, 'A'}, {0xea, 'e'},  {0xca, 'E'},
		{0xf4, 'o'},  {0xd4, 'O'},  {0x1a1, 'o'}, {0x1a0, 'O'},
	};
	for (size_t i = 0; i < ARRAY_LEN(telex); i++)
		if (telex[i].typed == key)
			return telex[i].meant;
	return key;
}
