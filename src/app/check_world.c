/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doctor: what surrounds the program: terminal, locale, zone, writer, sources. */
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/view_files.h"
#include "app/cache.h"
#include "app/check.h"
#include "app/health.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/ingest.h"
#include "text/fmt.h"
#include "tty/probe.h"

void check_terminal(struct findings *f, const struct program *p)
{
	const char *name = getenv("TERM") ? getenv("TERM") : "";
	(void)p;
	if (!isatty(STDOUT_FILENO)) {
		check_report(f, CHECK_OK, NULL, _("no terminal here: only verbs work"));
		return;
	}
	struct probe t = probe_terminal();
	if (!t.known)
		check_report(f, CHECK_PROBLEM,
			     _("set TERM to what the terminal is, for example "
			       "xterm-256color; or install ncurses-term"),
			     _("this system does not know the terminal \"%s\""), name);
	else if (!t.moves)
		check_report(f, CHECK_PROBLEM, _("use a terminal with a screen, or the verbs"),
			     _("the terminal \"%s\" can't place text on its screen"), name);
	else if (t.colours < 8)
		check_report(f, CHECK_WARNING,
			     _("nothing need be done: marks and words say it all"),
			     _("the terminal \"%s\" has no colours"), name);
	else
		check_report(f, CHECK_OK, NULL, _("%s, %d colours, %d columns × %d rows"), name,
			     t.colours, t.columns, t.rows);
}

void check_locale(struct findings *f, const struct program *p)
{
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		check_report(f, CHECK_PROBLEM, _("set LANG=C.UTF-8"),
			     _("no UTF-8 locale can be had (character set %s)"),
			     nl_langinfo(CODESET));
	else
		check_report(f, CHECK_OK, NULL, _("UTF-8, language %s"), p->config.language);
	const char *sample = N_("done");
	if (strcmp(p->config.language, "en") != 0 && strcmp(_(sample), sample) == 0)
		check_report(f, CHECK_WARNING, _("install the program's messages again"),
			     _("there are no messages in \"%s\" under %s"), p->config.language,
			     p->paths.locale_dir);
}

void check_zone(struct findings *f, const struct program *p)
{
	char now[FMT_TEXT];
	char *file = xasprintf("/usr/share/zoneinfo/%s", p->config.timezone);
	fmt_date_time(p->now, now);
	if (access(file, R_OK) < 0)
		check_report(f, CHECK_WARNING,
			     _("install tzdata, or correct timezone in the "
			       "configuration"),
			     _("no zone file %s: times are shown at a fixed +07:00, now %s"),
			     file, now);
	else
		check_report(f, CHECK_OK, NULL, _("%s, now %s"), p->config.timezone, now);
	free(file);
}

void check_looks(struct findings *f, const struct program *p)
{
	struct err e = ERR_INIT;
	struct strbuf problems = STRBUF_INIT;
	struct theme *t = assets_theme(&p->paths, p->config.theme, &e);
	struct keymap *m = assets_keymap(&p->paths, p->config.keys, &problems);
	if (!t)
		check_report(f, CHECK_PROBLEM, _("correct the theme, or choose another"), "%s",
			     e.text);
	else
		check_report(f, CHECK_OK, NULL, _("theme %s"), p->config.theme);
	char *rest = problems.s, *line;
	while (problems.len && (line = strsep(&rest, "\n")) && *line)
		check_report(f, CHECK_WARNING, _("correct the key file"), "%s", line);
	if (!problems.len)
		check_report(f, CHECK_OK, NULL, _("keys %s"), p->config.keys);
	strbuf_free(&problems);
	theme_free(t);
	keymap_free(m);
}

void check_replies(struct findings *f, const struct program *p)
{
	struct err e = ERR_INIT;
	struct replies *r = assets_replies(&p->paths, &e);
	if (r)
		check_report(f, CHECK_OK, NULL, _("replies: %zu"), r->count);
	else
		check_report(f, CHECK_PROBLEM,
			     _("correct that line of the file; see ioc-replies(5)"), "%s",
			     e.text);
	replies_free(r);
}

void check_views(struct findings *f, const struct program *p)
{
	struct strbuf problems = STRBUF_INIT, none = STRBUF_INIT;
	struct views *v = view_files_read(&p->paths, &p->config, NULL, &problems);
	struct keymap *m = assets_keymap(&p->paths, p->config.keys, &none);
	view_files_bind(v, m, &problems);
	char *rest = problems.s, *line;
	while (problems.len && (line = strsep(&rest, "\n")) && *line)
		check_report(f, CHECK_PROBLEM,
			     _("correct that line of the file; see ioc-views(5)"), "%s", line);
	if (!problems.len)
		check_report(f, CHECK_OK, NULL, _("views: %zu"), v->count);
	strbuf_free(&problems);
	strbuf_free(&none);
	keymap_free(m);
	views_free(v);
}

void check_writer(struct findings *f, const struct program *p)
{
	char *program = xasprintf("%s/ioc-sync", p->paths.exec_dir);
	if (access(program, X_OK) < 0)
		check_report(f, CHECK_PROBLEM,
			     _("install the program again, or set IOC_EXEC_DIR"),
			     _("%s is missing or can't be run"), program);
	else
		check_report(f, CHECK_OK, NULL, "%s", program);
	free(program);
}

static void check_quarantine(struct findings *f, const struct program *p,
			     const struct source_status *s)
{
	struct err e = ERR_INIT;
	struct db *db = cache_open(p, &e);
	char *latest = db ? quarantine_latest(db, s->name) : NULL;
	check_report(f, CHECK_WARNING,
		     _("correct the connector's filter: the records are kept aside with "
		       "the reason"),
		     _("%s: %lld records could not be understood; the latest: %s"), s->name,
		     (long long)s->quarantined, latest ? latest : "–");
	free(latest);
	db_close(db);
}

static void check_source(struct findings *f, const struct program *p, const struct health *h,
			 size_t i, int64_t now)
{
	char age[FMT_TEXT];
	const struct source_status *s = &h->sources[i];
	int64_t ms = source_age(s, now);
	const char *state = health_state_label(s->state);
	if (s->quarantined)
		check_quarantine(f, p, s);
	if (health_is_good(h, i, now))
		check_report(f, CHECK_OK, NULL, _("%s: %s, as of %s ago"), s->name, state,
			     ms < 0 ? "–" : fmt_age(ms, age));
	else if (s->state == SOURCE_REFUSED)
		check_report(f, CHECK_PROBLEM, _("correct its token or client secret"),
			     "%s: %s", s->name, s->error[0] ? s->error : state);
	else
		check_report(f, CHECK_WARNING,
			     _("look at the address and the line; it is tried "
			       "again by itself"),
			     "%s: %s%s%s", s->name, state, s->error[0] ? ": " : "", s->error);
}

void check_sources(struct findings *f, const struct program *p)
{
	struct err e = ERR_INIT;
	struct health h;
	if (health_read(&h, p, &e) < 0) {
		if (e.code != ERR_NOT_FOUND)
			check_report(f, CHECK_PROBLEM, NULL, "%s", e.text);
		return;
	}
	if (!h.writer)
		check_report(f, CHECK_WARNING,
			     _("open the console, or run \"ioc sync --follow\" as a service"),
			     _("no writer runs: the cache does not follow the sources"));
	for (size_t i = 0; i < h.count; i++)
		if (health_is_configured(&h, i, p))
			check_source(f, p, &h, i, p->now);
		else
			check_report(f, CHECK_WARNING,
				     _("nothing, if that is meant: its records go with the "
				       "next sync; otherwise put it back"),
				     _("%s is no longer in config.yaml"), h.sources[i].name);
}
