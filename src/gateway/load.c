/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/load.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/draft.h"

#define BATCH 4000
#define COMPLAINTS 10 /* lines that are logged one by one */

struct loading {
	struct gateway *gateway;
	const struct kind *kind;
	const char *path;
	struct draft *draft;
	int64_t line, taken, refused;
};

static void complain(struct loading *l)
{
	const struct draft *d = l->draft;
	if (l->refused++ < COMPLAINTS)
		log_warn("%s:%" PRId64 ": %s%s%s", l->path, l->line, d->no.field,
			 d->no.field[0] ? ": " : "", d->no.detail);
}

static int take_line(struct loading *l, const char *text, size_t n, struct err *e)
{
	struct backend *b = l->gateway->backend;
	struct draft *d = l->draft;
	l->line++;
	if (n == 0)
		return 0;
	if (draft_read(d, text, n) < 0 ||
	    draft_store(d, b, &l->gateway->numbers, gateway_now(l->gateway)) < 0)
		complain(l);
	else
		l->taken++;
	if (d->no.problem == PROBLEM_STORAGE || d->no.problem == PROBLEM_BUSY)
		return err_set(e, ERR_IO, "%s", d->no.detail);
	if (l->line % BATCH)
		return 0;
	return backend_commit(b, e) < 0 ? -1 : backend_begin(b, e);
}

static int take_lines(struct loading *l, FILE *f, struct err *e)
{
	char *text = NULL;
	size_t cap = 0;
	ssize_t n;
	int bad = backend_begin(l->gateway->backend, e);
	while (bad == 0 && (n = getline(&text, &cap, f)) >= 0) {
		while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
			n--;
		bad = take_line(l, text, (size_t)n, e);
	}
	free(text);
	if (bad == 0 && ferror(f))
		bad = err_errno(e, ERR_IO, "can't read %s", l->path);
	if (bad == 0)
		return backend_commit(l->gateway->backend, e);
	backend_rollback(l->gateway->backend);
	return -1;
}

int load_file(struct gateway *g, const struct kind *k, const char *path, struct err *e)
{
	struct loading l = {.gateway = g, .kind = k, .path = path};
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	if (!f)
		return err_errno(e, ERR_IO, "can't read %s", path);
	l.draft = draft_new(k, DRAFT_RESTORE);
	int64_t start = clock_monotonic();
	int bad = take_lines(&l, f, e);
	if (f != stdin)
		fclose(f);
	draft_free(l.draft);
	int64_t took = clock_monotonic() - start;
	log_info("%s: %" PRId64 " records of %s taken, %" PRId64 " lines refused, %" PRId64
		 " records/s",
		 path, l.taken, k->id, l.refused, l.taken * SECOND / (took ? took : 1));
	return bad;
}
