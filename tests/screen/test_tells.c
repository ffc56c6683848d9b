/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screens in lines of text, against golden/NAME.tell.  UPDATE=1 writes them anew. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "world.h"

struct scene {
	const char *name;
	const char *commands; /* one a line */
	int columns;
	bool linear;
	const char *language;
};

/* clang-format off */
static const struct scene scenes[] = {
	{"overview-80", "", 80, false, "vi"},
	{"overview-40", "", 40, false, "vi"},
	{"en-overview-80", "", 80, false, "en"},
	{"list-80", "queue complaint", 80, false, "vi"},
	{"list-40", "queue complaint", 40, false, "vi"},
	{"list-linear", "queue complaint", 80, true, "vi"},
	{"list-marked", "queue complaint\nmark 2-3,5", 80, false, "vi"},
	{"list-filtered", "queue complaint\nview late", 80, false, "vi"},
	{"list-empty", "queue complaint\nfilter code:KHONG-CO", 80, false, "vi"},
	{"list-second-page", "queue complaint\nmore", 80, false, "vi"},
	{"list-row", "queue complaint\ndown", 80, false, "vi"},
	{"list-grouped", "queue complaint\ngroup unit", 80, false, "vi"},
	{"record-80", "goto PA-00001\nopen", 80, false, "vi"},
	{"record-40", "goto PA-00001\nopen", 40, false, "vi"},
	{"en-record", "goto PA-00001\nopen", 80, false, "en"},
	{"explain", "goto PA-00001\nopen\nexplain", 80, true, "vi"},
	{"actions", "goto PA-00001\nopen\nact", 80, false, "vi"},
	{"due", "due", 80, false, "vi"},
	{"forecast", "forecast", 80, false, "vi"},
	{"sources", "sources", 80, true, "vi"},
	{"outbox-empty", "outbox", 80, false, "vi"},
	{"find", "find rác", 80, false, "vi"},
};
/* clang-format on */

static const char *srcdir, *datadir;

static void play(const struct scene *s, struct strbuf *out)
{
	struct world w;
	world_init(&w, datadir);
	w.spoken = true;
	w.linear = s->linear;
	w.page = 5;
	world_start(&w, 24, 80, false);
	world_send_writer(&w, WRITER_CONNECTED, NULL);
	world_send_sources(&w);
	world_operator(&w, "operator", NULL);
	app_tell(w.app, out, s->columns); /* as a shell does at its start */
	for (const char *c = s->commands; *c; c += strcspn(c, "\n"), c += *c == '\n') {
		char *one = xstrndup(c, strcspn(c, "\n"));
		world_command(&w, one);
		world_tick(&w, 200);
		strbuf_clear(out);
		app_tell(w.app, out, s->columns);
		free(one);
	}
	world_free(&w);
}

static char *read_golden(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct strbuf text = STRBUF_INIT;
	char piece[4096];
	size_t n;
	while (f && (n = fread(piece, 1, sizeof piece, f)) > 0)
		strbuf_add(&text, piece, n);
	if (f)
		fclose(f);
	return f ? strbuf_detach(&text) : xstrdup("");
}

static void write_golden(const char *path, const struct strbuf *text)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(text->s, 1, text->len, f) != text->len || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

/* Nothing is wider than was asked for, and where fields have lines of their own no glyph
 * stands alone. */
static bool fits(const struct scene *s, const char *text)
{
	for (const char *line = text; *line;
	     line += strcspn(line, "\n"), line += *line == '\n') {
		int width = utf8_width(line, strcspn(line, "\n"));
		if (width > s->columns) {
			printf("# %d columns: %.*s\n", width, (int)strcspn(line, "\n"), line);
			return false;
		}
	}
	return true;
}

static bool check(int number, const struct scene *s)
{
	char path[1024];
	struct strbuf got = STRBUF_INIT;
	snprintf(path, sizeof path, "%s/tests/screen/golden/%s.tell", srcdir, s->name);
	play(s, &got);
	if (getenv("UPDATE"))
		write_golden(path, &got);
	char *wanted = read_golden(path);
	bool good = strcmp(wanted, got.s) == 0 && fits(s, got.s);
	printf("%s %d - %s\n", good ? "ok" : "not ok", number, s->name);
	if (strcmp(wanted, got.s) != 0)
		printf("# wanted:\n%s# got:\n%s", wanted, got.s);
	free(wanted);
	strbuf_free(&got);
	return good;
}

int main(void)
{
	int failed = 0;
	srcdir = getenv("srcdir") ? getenv("srcdir") : ".";
	datadir = getenv("IOC_DATA_DIR") ? getenv("IOC_DATA_DIR") : "data";
	const char *locale_dir = getenv("IOC_LOCALE_DIR") ? getenv("IOC_LOCALE_DIR") : "po";
	printf("1..%d\n", (int)ARRAY_LEN(scenes));
	for (size_t i = 0; i < ARRAY_LEN(scenes); i++) {
		i18n_init(scenes[i].language, locale_dir);
		failed += !check((int)i + 1, &scenes[i]);
	}
	return failed != 0;
}
