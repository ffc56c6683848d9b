/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The console of a test program: a small world, opened anew for each of its tests. */
#ifndef IOC_TESTS_CONSOLE_H
#define IOC_TESTS_CONSOLE_H

#include "must_show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct world w;

/* Alone: no writer, no sources, nobody in particular at the keys. */
static inline void open_console(int rows, int columns)
{
	world_init(&w, getenv("IOC_DATA_DIR"));
	world_start(&w, rows, columns, false);
}

/* The writer and the sources are there for it, and an operator. */
static inline void connect_console(void)
{
	world_send_writer(&w, WRITER_CONNECTED, NULL);
	world_send_sources(&w);
	world_operator(&w, "operator", NULL);
}

/* --- as set-ups of cmocka --- */

static inline int open_alone(void **state)
{
	(void)state;
	open_console(24, 100);
	return 0;
}

static inline int open_complaints_alone(void **state)
{
	open_alone(state);
	world_keys(&w, "2");
	return 0;
}

static inline int open_small_connected(void **state)
{
	open_alone(state);
	connect_console();
	return 0;
}

static inline int open_connected(void **state)
{
	(void)state;
	open_console(32, 120);
	connect_console();
	return 0;
}

static inline int open_complaints(void **state)
{
	open_connected(state);
	world_keys(&w, "2");
	return 0;
}

/* Those that wait to be distributed. */
static inline int open_checked_complaints(void **state)
{
	open_complaints(state);
	world_command(&w, "filter state:\"XAC_MINH\"");
	return 0;
}

static inline int close_console(void **state)
{
	(void)state;
	world_free(&w);
	return 0;
}

/* --- what is typed, asked and seen --- */

/* The line holds this, the cursor behind it. */
static inline void type(const char *text)
{
	struct event e = {.type = EVENT_PROMPT};
	e.prompt.text = text;
	e.prompt.cursor = (int)strlen(text);
	world_send(&w, &e);
}

/* A text of an object; "" where it has none. */
static inline const char *member(const json_t *j, const char *name)
{
	const char *s = json_string_value(json_object_get(j, name));
	return s ? s : "";
}

/* The n-th command that the console asked and nobody answered. */
static inline const json_t *asked(size_t n)
{
	return json_array_get(w.asked, n);
}

static inline void must_not_show(const char *words)
{
	if (world_shows(&w, words))
		fail_msg("\"%s\" is on screen", words);
}

/* The first row of the screen that has these words; -1: none. */
static inline int row_of(const char *words)
{
	for (int row = 0; row < w.screen.rows; row++) {
		char *text = world_row(&w, row);
		bool here = strstr(text, words) != NULL;
		free(text);
		if (here)
			return row;
	}
	return -1;
}

/* The row of a list with the cursor, of a screen of 24 rows, and its text; the caller frees. */
static inline char *cursor_row(int *row)
{
	for (*row = 3; *row < 23; (*row)++) {
		char *text = world_row(&w, *row);
		if (strncmp(text, "▌", strlen("▌")) == 0)
			return text;
		free(text);
	}
	fail_msg("no cursor on screen");
	return NULL;
}

static inline void code_in(const char *text, char code[32])
{
	const char *s = strstr(text, "PA-");
	assert_non_null(s);
	snprintf(code, 32, "%.8s", s);
}

/* The code of the record it stands on. */
static inline void cursor_code(char code[32], int *row)
{
	char *text = cursor_row(row);
	code_in(text, code);
	free(text);
}

#endif
