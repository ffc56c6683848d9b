/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A state machine after the shape of ECMA-48: one byte at a time, so that it does not matter
 * how a slow line cuts a sequence in pieces.  A whole sequence is looked up among those that
 * terminfo told us, then read by what xterm, rxvt, the Linux console, tmux and screen have in
 * common.  What nobody knows (answers to queries, focus reports) is swallowed whole; nothing
 * ever is taken for typed text because it was cut or too long. */
#include "tty/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/clean.h"

#define SEQUENCE_MOST 64
#define PASTE_MOST ((size_t)1 << 20)
#define BARE_PATIENCE 50 /* the same, after a paste that has no end of its own */
#define LONG_PATIENCE                                                                          \
	1000 /* ms of silence after which a paste or an answer counts as ended                 \
	      */

enum keys_state {
	GROUND,
	ESCAPE,
	CSI,     /* ESC [ */
	SS3,     /* ESC O */
	CONSOLE, /* ESC [ [: function keys of the Linux console */
	X10,     /* ESC [ M: three bytes of an old mouse report */
	STRING,  /* ESC ] P X ^ _: an answer that ends with BEL or ESC \ */
	UTF8,
	PASTE,
};

struct learned {
	char *sequence;
	uint32_t key;
};

struct keys {
	enum keys_state state;
	bool alt;  /* ESC came in front of the sequence */
	bool bare; /* the paste came without brackets */
	int esc_ms;
	struct strbuf in; /* fed and not read yet */
	size_t at;
	unsigned char raw[SEQUENCE_MOST]; /* the sequence under way, from its ESC on */
	size_t raw_n;  /* may count past the end: then it is only swallowed */
	uint32_t code; /* UTF8: what is there of the code point */
	int need;
	uint32_t least;
	struct strbuf paste, text;
	struct learned *table;
	size_t count, cap;
};

static const char paste_end[] = "\033[201~";

struct keys *keys_new(int esc_ms)
{
	struct keys *k = xcalloc(1, sizeof *k);
	k->esc_ms = esc_ms;
	k->in = (struct strbuf)STRBUF_INIT;
	k->paste = (struct strbuf)STRBUF_INIT;
	k->text = (struct strbuf)STRBUF_INIT;
	return k;
}

void keys_free(struct keys *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < k->count; i++)
		free(k->table[i].sequence);
	free(k->table);
	strbuf_free(&k->in);
	strbuf_free(&k->paste);
	strbuf_free(&k->text);
	free(k);
}

void keys_learn(struct keys *k, const char *sequence, uint32_t key)
{
	size_t n = strlen(sequence);
	if (n < 2 || n >= SEQUENCE_MOST || sequence[0] != '\033')
		return;
	ARRAY_PUSH(k->table, k->count, k->cap) = (struct learned){xstrdup(sequence), key};
}

void keys_feed(struct keys *k, const char *bytes, size_t n)
{
	strbuf_drop(&k->in, k->at);
	k->at = 0;
	strbuf_add(&k->in, bytes, n);
}

void keys_feed_pasted(struct keys *k, const char *bytes, size_t n)
{
	keys_feed(k, bytes, n);
	strbuf_clear(&k->paste);
	k->state = PASTE;
	k->bare = true;
}

bool keys_paste_was_bare(const struct keys *k)
{
	return k->bare;
}

static bool emit_key(struct keys *k, struct event *e, uint32_t key)
{
	k->state = GROUND;
	e->type = EVENT_KEY;
	e->key = key | (k->alt && key != UI_KEY_NONE ? (uint32_t)UI_KEY_ALT : 0);
	k->alt = false;
	return key != UI_KEY_NONE;
}

/* --- whole sequences -------------------------------------------------------- */

static uint32_t learned_key(const struct keys *k)
{
	for (size_t i = 0; i < k->count; i++)
		if (strlen(k->table[i].sequence) == k->raw_n &&
		    memcmp(k->table[i].sequence, k->raw, k->raw_n) == 0)
			return k->table[i].key;
	return UI_KEY_NONE;
}

/* The last byte of CSI and SS3 sequences of cursor and function keys. */
static uint32_t letter_key(int c)
{
	switch (c) {
	case 'A':
	case 'a':
		return UI_KEY_UP;
	case 'B':
	case 'b':
		return UI_KEY_DOWN;
	case 'C':
	case 'c':
		return UI_KEY_RIGHT;
	case 'D':
	case 'd':
		return UI_KEY_LEFT;
	case 'H':
		return UI_KEY_HOME;
	case 'F':
		return UI_KEY_END;
	case 'Z':
		return UI_KEY_BACKTAB;
	case 'P':
	case 'Q':
	case 'R':
	case 'S':
		return UI_KEY_F1 + (uint32_t)(c - 'P');
	default:
		return UI_KEY_NONE;
	}
}

/* The number of ESC [ number ~. */
static uint32_t number_key(int n)
{
	static const uint32_t keys[] = {
		[1] = UI_KEY_HOME,     [2] = UI_KEY_INSERT,   [3] = UI_KEY_DELETE,
		[4] = UI_KEY_END,      [5] = UI_KEY_PAGE_UP,  [6] = UI_KEY_PAGE_DOWN,
		[7] = UI_KEY_HOME,     [8] = UI_KEY_END,      [11] = UI_KEY_F1,
		[12] = UI_KEY_F1 + 1,  [13] = UI_KEY_F1 + 2,  [14] = UI_KEY_F1 + 3,
		[15] = UI_KEY_F1 + 4,  [17] = UI_KEY_F1 + 5,  [18] = UI_KEY_F1 + 6,
		[19] = UI_KEY_F1 + 7,  [20] = UI_KEY_F1 + 8,  [21] = UI_KEY_F1 + 9,
		[23] = UI_KEY_F1 + 10, [24] = UI_KEY_F1 + 11,
	};
	return n > 0 && n < (int)ARRAY_LEN(keys) ? keys[n] : UI_KEY_NONE;
}

/* Keys of the number pad in application mode: ESC O j … y. */
static uint32_t keypad_key(int c)
{
	if (c == 'M')
		return UI_KEY_ENTER;
	return c >= 'j' && c <= 'y' ? (uint32_t)(c - 'j' + '*') : UI_KEY_NONE;
}

/* The numbers of a CSI sequence; -1 where one is absent.  Returns how many there are. */
static int parameters(const struct keys *k, size_t from, int out[4])
{
	int n = 1;
	out[0] = -1;
	for (size_t i = from; i < k->raw_n; i++) {
		int c = k->raw[i];
		if (c == ';' && n < 4)
			out[n++] = -1;
		else if (c >= '0' && c <= '9' && out[n - 1] < 100000000)
			out[n - 1] = (out[n - 1] < 0 ? 0 : out[n - 1] * 10) + c - '0';
	}
	return n;
}

static bool emit_modified(struct keys *k, struct event *e, uint32_t key, int modifiers)
{
	if (modifiers > 1 && ((modifiers - 1) & 2))
		k->alt = true;
	return emit_key(k, e, key);
}

/* A code point with modifiers (xterm's modifyOtherKeys, CSI u): Ctrl-letters as of old. */
static bool emit_code(struct keys *k, struct event *e, int code, int modifiers)
{
	if (code < 1 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ||
	    (code >= 0x80 && code < 0xa0))
		return emit_key(k, e, UI_KEY_NONE);
	if (modifiers > 1 && ((modifiers - 1) & 4) && code >= '@' && code < 0x7f)
		code &= 0x1f;
	else if (code == UI_KEY_TAB && modifiers > 1 && ((modifiers - 1) & 1))
		return emit_modified(k, e, UI_KEY_BACKTAB, modifiers);
	return emit_modified(k, e, (uint32_t)code, modifiers);
}

static bool emit_mouse(struct keys *k, struct event *e, int button, int column, int row,
		       bool pressed)
{
	k->state = GROUND;
	k->alt = false;
	e->type = EVENT_MOUSE;
	e->mouse.button = (button & 64) ? 4 + (button & 1) : (button & 3) + 1;
	e->mouse.row = row - 1;
	e->mouse.column = column - 1;
	e->mouse.pressed = pressed;
	bool moved = (button & 32) != 0, sideways = (button & 66) == 66;
	return !moved && !sideways && row > 0 && column > 0 && button >= 0;
}

static bool finish_csi(struct keys *k, struct event *e, int last)
{
	uint32_t known = learned_key(k);
	if (known != UI_KEY_NONE)
		return emit_key(k, e, known);
	int p[4] = {-1, -1, -1, -1};
	int n = parameters(k, 2, p);
	int first = k->raw[2];
	if (first == '<' && n == 3 && (last == 'M' || last == 'm'))
		return emit_mouse(k, e, p[0], p[1], p[2], last == 'M');
	if (first >= '<' && first <= '?')
		return emit_key(k, e, UI_KEY_NONE);
	if (last == '~' && p[0] == 200) {
		k->state = PASTE;
		k->bare = k->alt = false;
		strbuf_clear(&k->paste);
		return false;
	}
	if (last == '~' && p[0] == 27 && n == 3)
		return emit_code(k, e, p[2], p[1]);
	if (last == 'u')
		return emit_code(k, e, p[0], p[1]);
	if (last == '~' || last == '^' || last == '@' || last == '$')
		return emit_modified(k, e, number_key(p[0]), p[1]);
	return emit_modified(k, e, letter_key(last), p[1]);
}

/* --- one byte in each state ------------------------------------------------- */

static void remember(struct keys *k, int c)
{
	if (k->raw_n < SEQUENCE_MOST)
		k->raw[k->raw_n] = (unsigned char)c;
	k->raw_n++;
}

static void start_escape(struct keys *k)
{
	k->state = ESCAPE;
	k->raw_n = 0;
	remember(k, 033);
}

static bool start_utf8(struct keys *k, struct event *e, int c)
{
	if (c >= 0xc2 && c <= 0xdf)
		k->need = 1, k->code = (uint32_t)c & 0x1f, k->least = 0x80;
	else if (c >= 0xe0 && c <= 0xef)
		k->need = 2, k->code = (uint32_t)c & 0x0f, k->least = 0x800;
	else if (c >= 0xf0 && c <= 0xf4)
		k->need = 3, k->code = (uint32_t)c & 0x07, k->least = 0x10000;
	else
		return emit_key(k, e, 0xfffd);
	k->state = UTF8;
	return false;
}

static bool on_ground(struct keys *k, struct event *e, int c)
{
	if (c == 033) {
		start_escape(k);
		return false;
	}
	if (c >= 0x80)
		return start_utf8(k, e, c);
	if (c == '\b')
		c = UI_KEY_BACKSPACE;
	else if (c == '\n')
		c = UI_KEY_ENTER;
	return emit_key(k, e, (uint32_t)c);
}

static bool on_utf8(struct keys *k, struct event *e, int c)
{
	if ((c & 0xc0) != 0x80) {
		k->at--; /* it begins something of its own */
		return emit_key(k, e, 0xfffd);
	}
	k->code = k->code << 6 | ((uint32_t)c & 0x3f);
	if (--k->need)
		return false;
	bool wrong = k->code < k->least || k->code > 0x10ffff ||
		     (k->code >= 0xd800 && k->code < 0xe000) || k->code < 0xa0;
	return emit_key(k, e, wrong ? 0xfffd : k->code);
}

static bool on_escape(struct keys *k, struct event *e, int c)
{
	remember(k, c);
	switch (c) {
	case '[':
		k->state = CSI;
		return false;
	case 'O':
		k->state = SS3;
		return false;
	case ']':
	case 'P':
	case 'X':
	case '^':
	case '_':
		k->state = STRING;
		k->code = 0;
		return false;
	case 033:
		k->alt = true; /* ESC ESC [ A is Alt-Up in rxvt */
		start_escape(k);
		return false;
	default:
		k->alt = true;
		k->state = GROUND;
		return on_ground(k, e, c);
	}
}

static bool on_csi(struct keys *k, struct event *e, int c)
{
	remember(k, c);
	if (c < 0x20 || c == 0x7f || c >= 0x80) { /* cut short: begin again with this byte */
		k->at--;
		return emit_key(k, e, UI_KEY_NONE);
	}
	if (k->raw_n == 3 && c == '[') {
		k->state = CONSOLE;
		return false;
	}
	if (k->raw_n == 3 && c == 'M') {
		k->state = X10;
		return false;
	}
	bool rxvt_shift = c == '$' && k->raw[2] >= '0' && k->raw[2] <= '9';
	if (c < 0x40 && !rxvt_shift)
		return false;
	if (k->raw_n > SEQUENCE_MOST)
		return emit_key(k, e, UI_KEY_NONE);
	return finish_csi(k, e, c);
}

static bool on_ss3(struct keys *k, struct event *e, int c)
{
	remember(k, c);
	if (c >= '0' && c <= '9' && k->raw_n < 5) /* old xterm: ESC O 5 A */
		return false;
	uint32_t key = learned_key(k);
	if (key == UI_KEY_NONE)
		key = letter_key(c);
	if (key == UI_KEY_NONE)
		key = keypad_key(c);
	return emit_key(k, e, key);
}

static bool on_console(struct keys *k, struct event *e, int c)
{
	bool known = c >= 'A' && c <= 'E';
	return emit_key(k, e, known ? UI_KEY_F1 + (uint32_t)(c - 'A') : UI_KEY_NONE);
}

static bool on_x10(struct keys *k, struct event *e, int c)
{
	remember(k, c);
	if (k->raw_n < 6)
		return false;
	int button = k->raw[3] - 32;
	bool released = (button & 3) == 3 && !(button & 64);
	return emit_mouse(k, e, button, k->raw[4] - 32, k->raw[5] - 32, !released);
}

static bool on_string(struct keys *k, struct event *e, int c)
{
	remember(k, c);
	bool ended = c == 07 || (c == '\\' && k->code == 033) || c == 030 || c == 032;
	k->code = (uint32_t)c;
	return ended ? emit_key(k, e, UI_KEY_NONE) : false;
}

static bool finish_paste(struct keys *k, struct event *e)
{
	k->state = GROUND;
	strbuf_clear(&k->text);
	clean_append(&k->text, k->paste.s, k->paste.len, CLEAN_LINES);
	strbuf_clear(&k->paste);
	e->type = EVENT_PASTE;
	e->text = k->text.s;
	return k->text.len > 0;
}

static bool on_paste(struct keys *k, struct event *e, int c)
{
	const size_t n = sizeof paste_end - 1;
	strbuf_addc(&k->paste, (char)c);
	if (c == '~' && k->paste.len >= n &&
	    memcmp(k->paste.s + k->paste.len - n, paste_end, n) == 0) {
		strbuf_truncate(&k->paste, k->paste.len - n);
		return finish_paste(k, e);
	}
	if (k->paste.len > PASTE_MOST + n) { /* keep its head, and room to see the end */
		memmove(k->paste.s + PASTE_MOST, k->paste.s + PASTE_MOST + 1, n);
		strbuf_truncate(&k->paste, PASTE_MOST + n);
	}
	return false;
}

static bool take(struct keys *k, struct event *e, int c)
{
	switch (k->state) {
	case GROUND:
		return on_ground(k, e, c);
	case ESCAPE:
		return on_escape(k, e, c);
	case CSI:
		return on_csi(k, e, c);
	case SS3:
		return on_ss3(k, e, c);
	case CONSOLE:
		return on_console(k, e, c);
	case X10:
		return on_x10(k, e, c);
	case STRING:
		return on_string(k, e, c);
	case UTF8:
		return on_utf8(k, e, c);
	case PASTE:
		return on_paste(k, e, c);
	}
	return false;
}

bool keys_next(struct keys *k, struct event *e)
{
	*e = (struct event){.type = EVENT_KEY};
	while (k->at < k->in.len)
		if (take(k, e, (unsigned char)k->in.s[k->at++]))
			return true;
	return false;
}

int keys_patience(const struct keys *k)
{
	if (k->state == GROUND)
		return -1;
	if (k->state == PASTE && k->bare)
		return BARE_PATIENCE;
	bool long_one = k->state == PASTE || (k->state == STRING && k->raw_n > 2);
	return long_one ? LONG_PATIENCE : k->esc_ms;
}

bool keys_expire(struct keys *k, struct event *e)
{
	enum keys_state was = k->state;
	*e = (struct event){.type = EVENT_KEY};
	k->state = GROUND;
	switch (was) {
	case ESCAPE:
		k->alt = false;
		return emit_key(k, e, UI_KEY_ESC);
	case CSI:
	case SS3:
	case STRING:
		if (k->raw_n > 2)
			return emit_key(k, e, UI_KEY_NONE);
		k->alt = true;
		return emit_key(k, e, k->raw[1]);
	case UTF8:
		return emit_key(k, e, 0xfffd);
	case PASTE:
		return finish_paste(k, e);
	default:
		return emit_key(k, e, UI_KEY_NONE);
	}
}
