/* SPDX-License-Identifier: GPL-3.0-or-later */
/* readline is given its bytes one by one through rl_getc_function and draws nothing: the
 * prompt is cells like everything else.  Its state is global, so there is one line at most. */
#include "config.h"

#include "tty/line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/utf8.h"
#include "ui/event.h"

#define HISTORY_MOST 500
#define TEXT_MOST 4096
#define CTRL_C 3
#define CTRL_D 4
#define CTRL_G 7

/* What was entered before: readline knows one list at a time. */
struct past {
	char *file; /* NULL: it is not kept */
	HISTORY_STATE *state;
};

struct line {
	struct past *pasts;
	size_t past_count, past_cap, past; /* the one in use */
	bool ready, open, entered;
	int wish;       /* 1, -1: to be completed, onwards or back */
	char bytes[32]; /* of the key that readline reads now */
	size_t n, at;
	struct strbuf text;
};

/* Mutable on purpose: readline calls back without a context. */
static struct line *current;

static int next_byte(FILE *unused)
{
	(void)unused;
	return current->at < current->n ? (unsigned char)current->bytes[current->at++] : EOF;
}

static int byte_waits(void)
{
	return current->at < current->n;
}

static void on_line(char *text)
{
	current->entered = text != NULL;
	strbuf_clear(&current->text);
	strbuf_adds(&current->text, text ? text : "");
	rl_callback_handler_remove();
	free(text);
}

static int on_complete(int count, int key)
{
	(void)count;
	(void)key;
	current->wish = 1;
	return 0;
}

static int on_complete_back(int count, int key)
{
	(void)count;
	(void)key;
	current->wish = -1;
	return 0;
}

/* Readline's own completion, of names of files, is nowhere wanted. */
static char **complete_nothing(const char *text, int start, int end)
{
	(void)text;
	(void)start;
	(void)end;
	rl_attempted_completion_over = 1;
	return NULL;
}

static void draw_nothing(void)
{
}

static void prepare_nothing(int meta)
{
	(void)meta;
}

static void bind_keys(void)
{
	static const struct {
		const char *sequence, *function;
	} table[] = {
		{"\033[A", "previous-history"},  {"\033[B", "next-history"},
		{"\033[C", "forward-char"},      {"\033[D", "backward-char"},
		{"\033[H", "beginning-of-line"}, {"\033[F", "end-of-line"},
		{"\033[3~", "delete-char"},      {"\033[5~", "beginning-of-history"},
		{"\033[6~", "end-of-history"},
	};
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		rl_bind_keyseq_if_unbound(table[i].sequence,
					  rl_named_function(table[i].function));
}

/* Whatever keys inputrc has for a function are ours. */
static void take_over(rl_command_func_t *theirs, rl_command_func_t *ours)
{
	Keymap maps[] = {emacs_standard_keymap, vi_insertion_keymap, vi_movement_keymap};
	for (size_t i = 0; i < ARRAY_LEN(maps); i++) {
		char **keys = rl_invoking_keyseqs_in_map(theirs, maps[i]);
		for (char **key = keys; key && *key; key++) {
			rl_bind_keyseq_in_map(*key, ours, maps[i]);
			free(*key);
		}
		free(keys);
	}
}

static void bind_completion(void)
{
	rl_attempted_completion_function = complete_nothing;
	take_over(rl_complete, on_complete);
	take_over(rl_menu_complete, on_complete);
	take_over(rl_old_menu_complete, on_complete);
	take_over(rl_possible_completions, on_complete);
	take_over(rl_vi_complete, on_complete);
	take_over(rl_backward_menu_complete, on_complete_back);
	rl_bind_keyseq_if_unbound("\033[Z", on_complete_back);
}

/* Readline frees none of it. */
static void past_free(struct past *p)
{
	for (int i = 0; p->state && i < p->state->length; i++)
		free_history_entry(p->state->entries[i]);
	if (p->state)
		free(p->state->entries);
	free(p->state);
	free(p->file);
}

static void put_history_away(struct line *l)
{
	free(l->pasts[l->past].state);
	l->pasts[l->past].state = history_get_history_state();
}

/* Brings out that of the file in use; what was in readline's hands has been put away. */
static void bring_history(struct line *l)
{
	struct past *p = &l->pasts[l->past];
	HISTORY_STATE none = {.entries = NULL};
	history_set_history_state(p->state ? p->state : &none);
	using_history();
	stifle_history(HISTORY_MOST);
	if (!p->state && p->file)
		read_history(p->file);
}

static size_t find_past(struct line *l, const char *file)
{
	size_t i = 0;
	for (; i < l->past_count; i++)
		if (!file == !l->pasts[i].file &&
		    (!file || strcmp(l->pasts[i].file, file) == 0))
			return i;
	struct past p = {file ? xstrdup(file) : NULL, NULL};
	ARRAY_PUSH(l->pasts, l->past_count, l->past_cap) = p;
	return i;
}

static void make_ready(struct line *l)
{
	rl_readline_name = "ioc";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_change_environment = 0;
	rl_getc_function = next_byte;
	rl_input_available_hook = byte_waits;
	rl_redisplay_function = draw_nothing;
	rl_prep_term_function = prepare_nothing;
	rl_deprep_term_function = draw_nothing;
	rl_outstream = fopen("/dev/null", "we");
	rl_initialize();
	rl_variable_bind("bell-style", "none");
	rl_variable_bind("enable-bracketed-paste", "off");
	rl_variable_bind("horizontal-scroll-mode", "on");
	bind_keys();
	bind_completion();
	bring_history(l);
	l->ready = true;
}

struct line *line_new(const char *history_file)
{
	struct line *l = xcalloc(1, sizeof *l);
	l->past = find_past(l, history_file);
	l->text = (struct strbuf)STRBUF_INIT;
	return l;
}

void line_free(struct line *l)
{
	if (!l)
		return;
	line_close(l);
	if (l->ready && rl_outstream) {
		fclose(rl_outstream);
		rl_outstream = NULL;
	}
	if (l->ready) {
		put_history_away(l);
		history_set_history_state(&(HISTORY_STATE){.entries = NULL});
	}
	for (size_t i = 0; i < l->past_count; i++)
		past_free(&l->pasts[i]);
	free(l->pasts);
	strbuf_free(&l->text);
	free(l);
	current = NULL;
}

void line_set_history(struct line *l, const char *history_file)
{
	size_t wanted = find_past(l, history_file);
	line_close(l);
	if (wanted == l->past)
		return;
	if (l->ready)
		put_history_away(l);
	l->past = wanted;
	if (l->ready)
		bring_history(l);
}

static void copy_text(struct line *l)
{
	strbuf_clear(&l->text);
	strbuf_add(&l->text, rl_line_buffer, (size_t)rl_end);
}

void line_open(struct line *l, const char *text)
{
	current = l;
	if (!l->ready)
		make_ready(l);
	line_close(l);
	rl_callback_handler_install("", on_line);
	rl_insert_text(text);
	l->open = true;
	l->entered = false;
	copy_text(l);
}

void line_replace(struct line *l, const char *text, size_t cursor)
{
	if (!l->open)
		return;
	rl_begin_undo_group();
	rl_delete_text(0, rl_end);
	rl_point = 0;
	rl_insert_text(text);
	rl_end_undo_group();
	rl_point = cursor < (size_t)rl_end ? (int)cursor : rl_end;
	copy_text(l);
}

void line_close(struct line *l)
{
	if (!l->open)
		return;
	l->open = false;
	rl_callback_handler_remove();
	strbuf_clear(&l->text);
}

bool line_is_open(const struct line *l)
{
	return l->open;
}

/* The bytes by which readline knows a key. */
static size_t key_bytes(uint32_t key, char out[32])
{
	static const struct {
		uint32_t key;
		const char *bytes;
	} table[] = {
		{UI_KEY_UP, "\033[A"},         {UI_KEY_DOWN, "\033[B"},
		{UI_KEY_RIGHT, "\033[C"},      {UI_KEY_LEFT, "\033[D"},
		{UI_KEY_HOME, "\033[H"},       {UI_KEY_END, "\033[F"},
		{UI_KEY_DELETE, "\033[3~"},    {UI_KEY_PAGE_UP, "\033[5~"},
		{UI_KEY_PAGE_DOWN, "\033[6~"}, {UI_KEY_BACKTAB, "\033[Z"},
	};
	size_t n = 0;
	if (key & UI_KEY_ALT) {
		out[n++] = '\033';
		key &= ~(uint32_t)UI_KEY_ALT;
	}
	if (key < UI_KEY_SPECIAL)
		return n + utf8_encode(key, out + n);
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (table[i].key == key) {
			memcpy(out + n, table[i].bytes, strlen(table[i].bytes));
			return n + strlen(table[i].bytes);
		}
	return 0;
}

static void remember(struct line *l)
{
	HIST_ENTRY *last = history_length ? history_get(history_base + history_length - 1)
					  : NULL;
	if (!l->text.len || (last && strcmp(last->line, l->text.s) == 0))
		return;
	add_history(l->text.s);
	const char *file = l->pasts[l->past].file;
	if (!file)
		return;
	int fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
	if (append_history(1, file) == 0)
		history_truncate_file(file, HISTORY_MOST);
}

/* Readline is in the middle of something that ESC or Ctrl-G ends: letters of vi are typed, or
 * history is searched. */
static bool is_inner(uint32_t key)
{
	const unsigned long states = RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_VIMOTION |
				     RL_STATE_CHARSEARCH | RL_STATE_NUMERICARG;
	bool letters = rl_editing_mode == 0 && rl_get_keymap() == vi_insertion_keymap;
	return RL_ISSTATE(states) || (key == UI_KEY_ESC && letters);
}

static bool leaves(uint32_t key)
{
	if (key == CTRL_C || (key == CTRL_D && !rl_end))
		return true;
	return (key == UI_KEY_ESC || key == CTRL_G) && !is_inner(key);
}

enum line_result line_key(struct line *l, uint32_t key)
{
	l->wish = 0;
	if (leaves(key)) {
		line_close(l);
		return LINE_CANCELLED;
	}
	bool full = rl_end >= TEXT_MOST && key < UI_KEY_SPECIAL && key >= ' ' && key != 127;
	l->at = 0;
	l->n = full ? 0 : key_bytes(key, l->bytes);
	while (l->at < l->n && !l->entered)
		rl_callback_read_char();
	if (l->entered) {
		l->open = false;
		remember(l);
		return LINE_ENTERED;
	}
	copy_text(l);
	return l->wish > 0 ? LINE_COMPLETE : l->wish < 0 ? LINE_COMPLETE_BACK : LINE_EDITED;
}

void line_paste(struct line *l, const char *text)
{
	if (!l->open)
		return;
	size_t room = rl_end < TEXT_MOST ? (size_t)(TEXT_MOST - rl_end) : 0;
	size_t n = strlen(text);
	while (n > room) /* whole characters only */
		n = utf8_previous(text, n);
	char *copy = xstrndup(text, n);
	for (char *s = copy; *s; s++)
		if (*s == '\n')
			*s = ' ';
	rl_insert_text(copy);
	free(copy);
	copy_text(l);
}

const char *line_text(const struct line *l)
{
	return l->text.s;
}

int line_cursor(const struct line *l)
{
	return l->open ? rl_point : (int)l->text.len;
}
