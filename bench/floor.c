/* SPDX-License-Identifier: GPL-3.0-or-later */
/* floor CACHE: the least program that lists the cached open complaints with ncurses and SQLite.
 * What the console is held against: it can't be faster than this by doing more.  j and k
 * move, q ends. */
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ROWS 400

struct row {
	sqlite3_int64 created, id;
	char text[512];
};

struct list {
	struct row rows[MOST_ROWS];
	int count, cursor, height;
	sqlite3_stmt *older, *newer;
};

static int fetch(sqlite3_stmt *st, sqlite3_int64 created, sqlite3_int64 id, int n,
		 struct row *out)
{
	int k = 0;
	sqlite3_bind_int64(st, 1, created);
	sqlite3_bind_int64(st, 2, id);
	sqlite3_bind_int(st, 3, n);
	while (k < n && sqlite3_step(st) == SQLITE_ROW) {
		struct row *r = &out[k++];
		r->created = sqlite3_column_int64(st, 0);
		r->id = sqlite3_column_int64(st, 1);
		snprintf(r->text, sizeof r->text, "%s  %-10s  %s",
			 (const char *)sqlite3_column_text(st, 2),
			 (const char *)sqlite3_column_text(st, 3),
			 (const char *)sqlite3_column_text(st, 4));
	}
	sqlite3_reset(st);
	return k;
}

static void draw(const struct list *l)
{
	for (int y = 0; y < l->height; y++) {
		wchar_t wide[1024];
		char line[600];
		snprintf(line, sizeof line, "%c %s", y == l->cursor ? '>' : ' ',
			 y < l->count ? l->rows[y].text : "");
		size_t n = mbstowcs(wide, line, 1000);
		if (n == (size_t)-1)
			n = 0;
		while ((int)n < COLS && n < 1000)
			wide[n++] = L' ';
		wide[(int)n > COLS ? COLS : (int)n] = L'\0';
		mvaddwstr(y, 0, wide);
	}
	refresh();
}

static void move_down(struct list *l)
{
	struct row next;
	struct row *last = &l->rows[l->count - 1];
	if (l->cursor < l->count - 1) {
		l->cursor++;
	} else if (fetch(l->older, last->created, last->id, 1, &next) == 1) {
		memmove(l->rows, l->rows + 1, (size_t)(l->count - 1) * sizeof *l->rows);
		*last = next;
	}
}

static void move_up(struct list *l)
{
	struct row next;
	if (l->cursor > 0) {
		l->cursor--;
	} else if (fetch(l->newer, l->rows[0].created, l->rows[0].id, 1, &next) == 1) {
		memmove(l->rows + 1, l->rows, (size_t)(l->count - 1) * sizeof *l->rows);
		l->rows[0] = next;
	}
}

int main(int argc, char **argv)
{
	static struct list l;
	sqlite3 *db;
	if (argc != 2 ||
	    sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
		fprintf(stderr, "usage: floor CACHE\n");
		return 2;
	}
#define PAGE(op, order)                                                                        \
	"SELECT created_at,id,code,state,title FROM complaint WHERE (created_at,id)" op        \
	"(?1,?2) ORDER BY created_at " order ",id " order " LIMIT ?3"
	if (sqlite3_prepare_v2(db, PAGE("<", "DESC"), -1, &l.older, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, PAGE(">", "ASC"), -1, &l.newer, NULL) != SQLITE_OK) {
		fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
		return 1;
	}
	setlocale(LC_ALL, "");
	initscr();
	raw();
	noecho();
	keypad(stdscr, TRUE);
	curs_set(0);
	l.height = LINES < MOST_ROWS ? LINES : MOST_ROWS;
	l.count = fetch(l.older, INT64_MAX, INT64_MAX, l.height, l.rows);
	for (int key = 0; key != 'q' && key != ERR; key = getch()) {
		if (l.count && key == 'j')
			move_down(&l);
		else if (l.count && key == 'k')
			move_up(&l);
		draw(&l);
	}
	endwin();
	sqlite3_finalize(l.older);
	sqlite3_finalize(l.newer);
	sqlite3_close(db);
	return 0;
}
