/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the screens take to draw at 200×50, and how many cells a step changes: one line a
 * screen.  Needs IOC_DATA_DIR; the records are those of the tests. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../tests/screen/world.h"
#include "base/clock.h"
#include "base/i18n.h"

enum { FRAMES = 3000, STEPS = 40 };

static double microseconds(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e6 + (double)ts.tv_nsec / 1e3;
}

static void frames(struct world *w, const char *name)
{
	double start = microseconds();
	for (int i = 0; i < FRAMES; i++)
		app_render(w->app, &w->screen);
	printf("%-28s %7.1f µs a frame\n", name, (microseconds() - start) / FRAMES);
}

static size_t changed(const struct cellbuf *b, const struct cell *before)
{
	size_t n = 0;
	for (int i = 0; i < b->rows * b->columns; i++)
		n += memcmp(&b->cells[i], &before[i], sizeof *before) != 0;
	return n;
}

/* Does something again and again, drawing after each. */
static void steps(struct world *w, const char *name, const char *key)
{
	size_t bytes = (size_t)w->screen.rows * (size_t)w->screen.columns * sizeof(struct cell);
	struct cell *before = malloc(bytes);
	double spent = 0;
	size_t cells = 0;
	app_render(w->app, &w->screen);
	for (int i = 0; before && i < STEPS; i++) {
		memcpy(before, w->screen.cells, bytes);
		double start = microseconds();
		if (*key)
			world_keys(w, key);
		else
			world_tick(w, SECOND);
		app_render(w->app, &w->screen);
		spent += microseconds() - start;
		cells += changed(&w->screen, before);
	}
	printf("%-28s %7.1f µs a step, %.1f cells changed\n", name, spent / STEPS,
	       (double)cells / STEPS);
	free(before);
}

int main(void)
{
	static struct world w;
	const char *data = getenv("IOC_DATA_DIR");
	i18n_init("vi", getenv("IOC_LOCALE_DIR") ? getenv("IOC_LOCALE_DIR") : "po");
	world_init(&w, data ? data : "data");
	world_start(&w, 50, 200, false);
	world_send_writer(&w, WRITER_CONNECTED, NULL);
	world_send_sources(&w);
	frames(&w, "overview");
	world_keys(&w, "2");
	frames(&w, "list");
	steps(&w, "cursor down, on screen", "j");
	steps(&w, "cursor down, scrolling", "j");
	steps(&w, "idle second", "");
	world_keys(&w, "gg<Enter>");
	world_tick(&w, SECOND);
	frames(&w, "list and record");
	world_keys(&w, "q?");
	frames(&w, "help");
	world_keys(&w, "q6");
	frames(&w, "sources");
	world_free(&w);
	return 0;
}
