/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal shows is what the grid says: random frames go through blit and curses to a
 * pseudo-terminal, libvterm plays the terminal, and each cell is compared.  Speaks TAP. */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <vterm.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "text/utf8.h"
#include "tty/blit.h"
#include "tty/term.h"
#include "ui/theme.h"

#define FRAMES 400
#define PATIENCE 5000 /* ms */

struct oracle {
	int master, tap;
	VTerm *vt;
	VTermScreen *screen;
	struct term *term;
	struct blit *blit;
	struct theme *theme;
	struct cellbuf grid;
	uint32_t seed;
	int failures;
};

static uint32_t pick(struct oracle *o, uint32_t n)
{
	o->seed = o->seed * 1664525 + 1013904223;
	return (o->seed >> 8) % n;
}

/* Feeds libvterm with what the program wrote, up to a mark that follows the frame. */
static void play(struct oracle *o)
{
	static const char mark[] = "\033]7;end\a";
	const size_t n = sizeof mark - 1;
	struct strbuf all = STRBUF_INIT;
	bool marked = false;
	for (;;) {
		struct pollfd p = {o->master, POLLIN, 0};
		if (!marked && term_flush(o->term))
			marked = write(STDOUT_FILENO, mark, n) == (ssize_t)n;
		if (poll(&p, 1, PATIENCE) <= 0)
			break;
		strbuf_reserve(&all, 8192);
		ssize_t got = read(o->master, all.s + all.len, 8192);
		if (got <= 0)
			break;
		all.len += (size_t)got;
		if (all.len >= n && memcmp(all.s + all.len - n, mark, n) == 0)
			break;
	}
	vterm_input_write(o->vt, all.s, all.len);
	strbuf_free(&all);
}

/* --- frames ----------------------------------------------------------------- */

static const char *const words[] = {
	"Phản ánh",
	"Ngõ 308 đường Chu Văn Thịnh",
	"Đèn tín hiệu",
	"ệ",
	"e\xcc\xa3\xcc\x82",
	"────────",
	"日本語",
	"▌",
	"●",
	"a",
	"   ",
	"PA-00423",
	"…",
	"ộ ộ",
	"한국",
	"trễ 2g10ph",
	"q\xcc\xa3\xcc\x82",
};

static void scribble(struct oracle *o)
{
	uint32_t count = 1 + pick(o, 40);
	for (uint32_t i = 0; i < count; i++) {
		int row = (int)pick(o, (uint32_t)o->grid.rows);
		int column = (int)pick(o, (uint32_t)o->grid.columns);
		enum role role = (enum role)pick(o, ROLE_COUNT);
		unsigned attr = pick(o, 4) ? 0 : pick(o, 8);
		cellbuf_put(&o->grid, row, column, 1 + (int)pick(o, 60), role, attr,
			    words[pick(o, ARRAY_LEN(words))]);
	}
}

/* libvterm takes marks behind the last column for the next row's. */
static void clear_marks_at_edge(struct oracle *o)
{
	for (int row = 0; row < o->grid.rows; row++) {
		const struct cell *c = &o->grid.cells[(row + 1) * o->grid.columns - 1];
		if (c->ch != CELL_CONTINUED && (c->ch & CELL_CLUSTER))
			cellbuf_fill(&o->grid, row, o->grid.columns - 1, 1, ROLE_TEXT, 'x');
	}
}

/* As a list does that moves by some rows. */
static void scroll(struct oracle *o, int by)
{
	size_t width = (size_t)o->grid.columns;
	size_t rows = (size_t)o->grid.rows - 2 - (size_t)by;
	struct cell *first = o->grid.cells + width;
	memmove(first, first + width * (size_t)by, rows * width * sizeof *first);
	cellbuf_fill(&o->grid, o->grid.rows - 2, 0, o->grid.columns, ROLE_TEXT, ' ');
}

static void next_frame(struct oracle *o)
{
	switch (pick(o, 6)) {
	case 0:
		cellbuf_clear(&o->grid);
		break;
	case 1:
		scroll(o, 1);
		break;
	case 2:
		scroll(o, 1 + (int)pick(o, (uint32_t)o->grid.rows / 2));
		break;
	default:
		break;
	}
	scribble(o);
	clear_marks_at_edge(o);
	o->grid.cursor_row = pick(o, 3) ? (int)pick(o, (uint32_t)o->grid.rows) : -1;
	o->grid.cursor_column = (int)pick(o, (uint32_t)o->grid.columns);
}

/* --- comparison ------------------------------------------------------------- */

static void shown_text(const VTermScreenCell *c, char *buf)
{
	size_t n = 0;
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && c->chars[i] && n < 56; i++)
		n += utf8_encode(c->chars[i], buf + n);
	if (!n)
		buf[n++] = ' ';
	buf[n] = '\0';
}

static bool same_colour(const VTermColor *c, bool is_default, int32_t wanted)
{
	if (wanted == COLOUR_DEFAULT)
		return is_default;
	return VTERM_COLOR_IS_INDEXED(c) && c->indexed.idx == wanted;
}

static bool same_look(struct oracle *o, const struct cell *c, const VTermScreenCell *v)
{
	struct style s = theme_style(o->theme, (enum role)c->role, 256);
	unsigned attr = s.attr | c->attr;
	return v->attrs.bold == !!(attr & CELL_BOLD) &&
	       v->attrs.reverse == !!(attr & CELL_REVERSE) &&
	       !v->attrs.underline == !(attr & CELL_UNDERLINE) &&
	       same_colour(&v->fg, VTERM_COLOR_IS_DEFAULT_FG(&v->fg), s.fg) &&
	       same_colour(&v->bg, VTERM_COLOR_IS_DEFAULT_BG(&v->bg), s.bg);
}

struct difference {
	int row, column;
	const char *what;
	char wanted[64], shown[64];
};

/* The first cell that differs is told. */
static bool same_screen(struct oracle *o, struct difference *d)
{
	const struct cellbuf *g = &o->grid;
	for (d->row = 0; d->row < g->rows; d->row++)
		for (d->column = 0; d->column < g->columns; d->column++) {
			const struct cell *c = &g->cells[d->row * g->columns + d->column];
			VTermScreenCell v;
			if (c->ch == CELL_CONTINUED)
				continue;
			vterm_screen_get_cell(o->screen, (VTermPos){d->row, d->column}, &v);
			shown_text(&v, d->shown);
			d->what = "text";
			if (strcmp(cellbuf_cell_text(g, c, d->wanted), d->shown) != 0)
				return false;
			d->what = "look";
			if (!same_look(o, c, &v))
				return false;
		}
	return true;
}

static void show_and_compare(struct oracle *o, int number)
{
	struct difference d;
	blit_frame(o->blit, &o->grid);
	play(o);
	if (same_screen(o, &d) || o->failures++ > 5)
		return;
	dprintf(o->tap, "# frame %d: another %s at row %d, column %d: \"%s\", not \"%s\"\n",
		number, d.what, d.row, d.column, d.shown, d.wanted);
}

static void resize(struct oracle *o, int rows, int columns)
{
	struct winsize w = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	ioctl(o->master, TIOCSWINSZ, &w);
	vterm_set_size(o->vt, rows, columns);
	term_resize(o->term);
	cellbuf_resize(&o->grid, rows, columns);
	blit_forget(o->blit);
}

/* --- beginning and end ------------------------------------------------------ */

static void take_terminal(struct oracle *o)
{
	struct winsize w = {.ws_row = 24, .ws_col = 80};
	int slave;
	if (openpty(&o->master, &slave, NULL, NULL, &w) < 0) {
		printf("1..0 # SKIP no pseudo-terminal\n");
		exit(0);
	}
	o->tap = dup(STDOUT_FILENO);
	dup2(slave, STDIN_FILENO);
	dup2(slave, STDOUT_FILENO);
	close(slave);
	fcntl(o->master, F_SETFL, O_NONBLOCK);
	o->vt = vterm_new(24, 80);
	vterm_set_utf8(o->vt, 1);
	o->screen = vterm_obtain_screen(o->vt);
	vterm_screen_enable_altscreen(o->screen, 1);
	vterm_screen_reset(o->screen, 1);
}

static void read_theme(struct oracle *o)
{
	static const char text[] = "roles:\n"
				   "  bad: {fg: bright-red, bold: true}\n"
				   "  cursor: {fg: 16, bg: 153}\n"
				   "  link: {underline: true}\n"
				   "  dim: {fg: 245}\n"
				   "  marked: {reverse: true}\n";
	struct err e = ERR_INIT;
	o->theme = theme_parse("test", text, sizeof text - 1, &e);
	if (!o->theme) {
		dprintf(o->tap, "Bail out! %s\n", e.text);
		exit(1);
	}
	struct theme *plain = theme_new();
	theme_inherit(o->theme, plain);
	theme_free(plain);
}

int main(void)
{
	struct oracle o = {.seed = 20261121};
	struct err e = ERR_INIT;
	setenv("TERM", "xterm-256color", 1);
	unsetenv("NO_COLOR");
	signal(SIGPIPE, SIG_IGN);
	i18n_init("en", "");
	take_terminal(&o);
	read_theme(&o);
	o.term = term_open(&e);
	if (!o.term) {
		dprintf(o.tap, "1..0 # SKIP %s\n", e.text);
		return 0;
	}
	o.blit = blit_new(o.term, o.theme);
	cellbuf_init(&o.grid, 24, 80);
	for (int i = 0; i < FRAMES; i++) {
		if (i == FRAMES / 3)
			resize(&o, 50, 200);
		if (i == FRAMES * 2 / 3)
			resize(&o, 10, 40);
		next_frame(&o);
		show_and_compare(&o, i);
	}
	term_close(o.term);
	dprintf(o.tap, "1..1\n%sok 1 - a terminal shows what the grid says\n",
		o.failures ? "not " : "");
	blit_free(o.blit);
	theme_free(o.theme);
	cellbuf_free(&o.grid);
	vterm_free(o.vt);
	return o.failures != 0;
}
