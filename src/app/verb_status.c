/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc status: how current the cache is, asked of the writer, or read from the cache where no
 * writer runs. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/cache.h"
#include "app/exit_code.h"
#include "app/health.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/purge.h"
#include "store/routed.h"
#include "text/fit.h"
#include "text/fmt.h"
#include "text/utf8.h"

struct request {
	bool json;
};

/* clang-format off */
static const struct cli_option options[] = {
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, offsetof(struct request, json)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli status_cli = {
	.verb = "status",
	.operands = "",
	.summary = N_("Says how old the data of each source is, and whether a writer runs."),
	.options = options,
};

/* What went by age, where there is a cache to ask. */
static json_t *purged(const struct program *p)
{
	struct err e = ERR_INIT;
	struct purge_totals t = {.at = CLOCK_NONE};
	struct db *db = cache_open(p, &e);
	if (db)
		purge_load(db, &t, &e);
	db_close(db);
	json_t *rows = json_object();
	for (size_t i = 0; kinds[i]; i++)
		if (!kinds[i]->catalogue)
			json_object_set_new(rows, kinds[i]->id, json_integer(t.rows[i]));
	return json_pack("{s:o, s:o}", "records", rows, "at",
			 t.at == CLOCK_NONE ? json_null() : json_integer(t.at));
}

/* What rules of distribution did by themselves since the day began. */
struct distribution {
	int64_t today, refused;
};

static struct distribution distributed(const struct program *p)
{
	struct distribution d = {0, 0};
	struct clock_civil day = clock_local(p->now);
	day.hour = day.minute = day.second = 0;
	struct journal *j = access(p->paths.journal_db, F_OK) == 0
				    ? journal_open_reader(p->paths.journal_db, NULL)
				    : NULL;
	if (j) {
		d.today = routed_count(j, clock_from_local(&day), NULL);
		d.refused = routed_refused(j, NULL);
	}
	journal_close(j);
	return d;
}

static json_t *distribution_json(const struct health *h, const struct program *p)
{
	struct distribution d = distributed(p);
	return json_pack("{s:I, s:I, s:I, s:s}", "today", (json_int_t)d.today, "refused",
			 (json_int_t)d.refused, "failures", (json_int_t)h->route_failures,
			 "error", h->route_error);
}

static void print_distribution(const struct health *h, const struct program *p)
{
	char text[FMT_TEXT];
	struct distribution d = distributed(p);
	if (d.today > 0)
		printf(_("Distributed automatically today: %s\n"), fmt_integer(d.today, text));
	if (d.refused > 0)
		printf(_("Automatic actions that the province refused: %s; see ioc outbox\n"),
		       fmt_integer(d.refused, text));
	if (h->route_error[0])
		printf(_("Automatic distribution: %s\n"), h->route_error);
}

static void print_json(const struct health *h, const struct program *p)
{
	int64_t now = p->now;
	json_t *list = json_array();
	for (size_t i = 0; i < h->count; i++) {
		json_t *one = source_to_json(&h->sources[i]);
		int64_t age = source_age(&h->sources[i], now);
		json_object_set_new(one, "age_ms", age < 0 ? json_null() : json_integer(age));
		json_object_set_new(one, "current", json_boolean(health_is_good(h, i, now)));
		json_object_set_new(one, "configured",
				    json_boolean(health_is_configured(h, i, p)));
		json_array_append_new(list, one);
	}
	json_t *all = json_pack("{s:b, s:b, s:o, s:o, s:I}", "writer", h->writer, "current",
				health_all_good(h, now), "sources", list, "purged", purged(p),
				"escalation_failures", (json_int_t)h->escalation_failures);
	json_object_set_new(all, "distribution", distribution_json(h, p));
	program_print_json(all, 0);
}

static void print_padded(const char *text, int width)
{
	struct strbuf b = STRBUF_INIT;
	fit_pad(&b, text, strlen(text), width, FIT_LEFT);
	printf("%s  ", b.s);
	strbuf_free(&b);
}

static int widest(const struct health *h, const char *(*text)(const struct source_status *))
{
	int most = 0;
	for (size_t i = 0; i < h->count; i++) {
		int w = utf8_swidth(text(&h->sources[i]));
		most = w > most ? w : most;
	}
	return most > 40 ? 40 : most;
}

static const char *title_of(const struct source_status *s)
{
	return s->title[0] ? s->title : s->name;
}

static const char *state_of(const struct source_status *s)
{
	return health_state_label(s->state);
}

static void print_text(const struct health *h, const struct program *p)
{
	char text[FMT_TEXT];
	int64_t now = p->now;
	printf("%s\n", h->writer ? _("The writer runs.")
				 : _("No writer runs: these are its last words."));
	int titles = widest(h, title_of), states = widest(h, state_of);
	for (size_t i = 0; i < h->count; i++) {
		const struct source_status *s = &h->sources[i];
		int64_t age = source_age(s, now);
		printf("%s ", health_is_good(h, i, now) ? "●" : "○");
		print_padded(title_of(s), titles);
		print_padded(state_of(s), states);
		if (age < 0)
			printf("%s", _("never read"));
		else
			printf(_("as of %s ago"), fmt_age(age, text));
		if (s->quarantined)
			printf("  %s %s", fmt_integer(s->quarantined, text),
			       _("records set aside"));
		if (s->unknown)
			printf("  %s: %s", _("values that no map knows"), s->unknown_words);
		if (s->error[0])
			printf("  %s", s->error);
		if (!health_is_configured(h, i, p))
			printf("  %s",
			       _("no longer configured: its records go with the next sync"));
		printf("\n");
	}
	if (!h->count)
		printf("%s\n", _("No source is known yet."));
	if (h->escalation_failures)
		printf(_("The command that tells of escalation failed %s times; the writer's "
			 "log "
			 "says why.\n"),
		       fmt_integer(h->escalation_failures, text));
	print_distribution(h, p);
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	const struct request *q = request;
	struct health h;
	if (count)
		return err_set(e, ERR_USAGE, _("what is \"%.40s\"? status takes no words"),
			       words[0]);
	if (health_read(&h, p, e) < 0)
		return -1;
	(q->json ? print_json : print_text)(&h, p);
	return health_all_good(&h, p->now) ? EXIT_OK : EXIT_STALE;
}

int verb_status(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &status_cli, run, &q, argc, argv);
}
