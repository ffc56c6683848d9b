/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/engine.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "api/http.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "sync/engine_parts.h"

#define FDS_MOST (SERVER_CLIENTS + RUNNERS_MOST + 4)
_Static_assert(FDS_MOST <= HTTP_FDS_MOST, "descriptors would be left out");
#define STATUS_MS 200         /* least time between two tellings of status */
#define NOTICES_MS 200        /* and of changes, while filling */
#define KEEP_MS (60 * SECOND) /* an unexciting status is saved as often */
#define IDLE_MS (10 * MINUTE) /* longest sleep */

/* --- sources --- */

static char *first_finding(const struct findings *f)
{
	if (f->count > 1)
		return xasprintf(_("%s (and %zu more; see the log)"), f->list[0], f->count - 1);
	return xstrdup(f->count ? f->list[0] : "");
}

struct runner *engine_start_runner(struct engine *g, const struct config_source *s)
{
	struct findings f = FINDINGS_INIT;
	struct connector *c = NULL;
	char *why = NULL;
	char *file = s->enabled ? paths_find_connector(g->paths, s->connector) : NULL;
	if (s->enabled && !file)
		why = xasprintf(_("there is no connector %s"), s->connector);
	if (file && !(c = connector_load(s->connector, file, &f)))
		why = first_finding(&f);
	for (size_t i = 0; i < f.count; i++)
		log_error("%s: %s", s->name, f.list[i]);
	struct runner *r = runner_new(&g->env, s, c, why, ++g->last_id);
	free(why);
	free(file);
	findings_free(&f);
	return r;
}

/* A configuration without any source is more likely unfinished than meant to empty the cache.
 */
static void post_policy(struct engine *g)
{
	const struct config *c = &g->config;
	struct job *j = job_new(JOB_POLICY, 0, NULL);
	j->policy = xcalloc(1, sizeof *j->policy);
	memcpy(j->policy->keep, c->retention, sizeof j->policy->keep);
	j->policy->any_source = c->source_count == 0;
	j->policy->sources = xcalloc(c->source_count + 1, sizeof *j->policy->sources);
	for (size_t i = 0; i < c->source_count; i++)
		j->policy->sources[j->policy->source_count++] = xstrdup(c->sources[i].name);
	writer_post(g->env.writer, j);
}

/* Without a calendar that can be read, working hours are all hours. */
static void read_calendar(struct engine *g)
{
	struct err e = ERR_INIT;
	calendar_free(g->calendar);
	g->env.calendar = g->calendar = calendar_open(g->paths, &e);
	if (!g->calendar)
		log_error("%s", e.text);
}

static void start_runners(struct engine *g)
{
	read_calendar(g);
	for (size_t i = 0; i < g->config.source_count && g->count < RUNNERS_MOST; i++)
		g->runners[g->count++] = engine_start_runner(g, &g->config.sources[i]);
	g->status_news = true;
}

static void stop_runners(struct engine *g)
{
	if (g->delivery)
		delivery_stop(g->delivery);
	while (g->count)
		runner_free(g->runners[--g->count]);
}

/* A wrong file leaves everything as it is. */
static void reload(struct engine *g)
{
	struct config fresh;
	struct err e = ERR_INIT;
	writer_post(g->env.writer, job_new(JOB_RULES, 0, NULL));
	if (config_load(&fresh, g->paths->config, &e) < 0) {
		log_error("the configuration stays as it was: %s", e.text);
		config_free(&fresh);
		return;
	}
	log_info("reading the configuration again");
	stop_runners(g);
	config_free(&g->config);
	g->config = fresh;
	post_policy(g);
	start_runners(g);
}

/* The cache is no longer there: every source begins again in a new one. */
void engine_renew_cache(struct engine *g)
{
	log_warn("cache: deleted, replaced or damaged: it is made and filled again");
	stop_runners(g);
	remap_free(g->remap);
	g->remap = NULL;
	g->bulk = false;
	writer_post(g->env.writer, job_new(JOB_REOPEN, 0, NULL));
	start_runners(g);
}

/* --- telling --- */

json_t *engine_all_status(const struct engine *g)
{
	json_t *list = json_array();
	for (size_t i = 0; i < g->count; i++)
		json_array_append_new(list, source_to_json(runner_status(g->runners[i])));
	return list;
}

json_t *engine_status_event(const struct engine *g)
{
	return json_pack("{s:s, s:o}", "event", "status", "sources", engine_all_status(g));
}

static void save_status(struct engine *g, const struct runner *r)
{
	struct job *j = job_new(JOB_STATUS, 0, NULL);
	j->status = *runner_status(r);
	writer_post(g->env.writer, j);
}

static void save_all_status(struct engine *g)
{
	for (size_t i = 0; i < g->count; i++)
		save_status(g, g->runners[i]);
	g->saved_status = clock_monotonic();
}

static void tell_changes(struct engine *g, int64_t now)
{
	if (!g->any_changed || (g->bulk && now - g->told_changes < NOTICES_MS))
		return;
	json_t *counts = json_object();
	for (size_t i = 0; kinds[i]; i++)
		if (g->changed[i])
			json_object_set_new(counts, kinds[i]->id, json_integer(g->changed[i]));
	memset(g->changed, 0, sizeof g->changed);
	g->any_changed = false;
	g->told_changes = now;
	server_tell_all(g->server,
			json_pack("{s:s, s:o}", "event", "changed", "kinds", counts));
}

static void tell_status(struct engine *g, int64_t now)
{
	for (size_t i = 0; i < g->count; i++) {
		bool urgent;
		g->status_news |= runner_take_news(g->runners[i], &urgent);
		if (!urgent)
			continue;
		save_status(g, g->runners[i]);
		delivery_wake(g->delivery);
	}
	if (!g->status_news || now - g->told_status < STATUS_MS)
		return;
	g->status_news = false;
	g->told_status = now;
	server_tell_all(g->server, engine_status_event(g));
	if (now - g->saved_status >= KEEP_MS)
		save_all_status(g);
}

struct desk engine_desk(const struct engine *g)
{
	return (struct desk){&g->config, g->runners, g->count, g->env.writer};
}

/* --- the loop --- */

static void take_signals(struct engine *g)
{
	struct signalfd_siginfo x;
	while (read(g->signals, &x, sizeof x) == (ssize_t)sizeof x) {
		if (x.ssi_signo == SIGHUP) {
			reload(g);
		} else {
			log_info("signal %" PRIu32 ": stopping", x.ssi_signo);
			g->stopping = true;
		}
	}
}

static int open_signals(struct err *e)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* like a full disk */
	int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? err_errno(e, ERR_IO, _("no signal descriptor")) : fd;
}

static size_t gather_fds(const struct engine *g, struct pollfd *fds)
{
	size_t n = server_fds(g->server, fds);
	fds[n++] = (struct pollfd){g->signals, POLLIN, 0};
	fds[n++] = (struct pollfd){msgq_fd(g->done), POLLIN, 0};
	for (size_t i = 0; i < g->count; i++) {
		int fd = runner_fd(g->runners[i]);
		if (fd >= 0)
			fds[n++] = (struct pollfd){fd, POLLIN, 0};
	}
	if (notify_fd(g->notify) >= 0)
		fds[n++] = (struct pollfd){notify_fd(g->notify), POLLIN, 0};
	return n;
}

static int64_t sleep_ms(const struct engine *g, bool busy)
{
	int64_t now = clock_monotonic(), wake = now + IDLE_MS;
	if (busy)
		return 0;
	for (size_t i = 0; i < g->count; i++) {
		int64_t w = runner_wake(g->runners[i]);
		wake = w < wake ? w : wake;
	}
	if (g->status_news && g->told_status + STATUS_MS < wake)
		wake = g->told_status + STATUS_MS;
	if (g->any_changed && g->told_changes + NOTICES_MS < wake)
		wake = g->told_changes + NOTICES_MS;
	if (delivery_due(g->delivery) < wake)
		wake = delivery_due(g->delivery);
	if (notify_wake(g->notify) < wake)
		wake = notify_wake(g->notify);
	return wake > now ? wake - now : 0;
}

/* The search index is built in larger portions while a source fills. */
static void follow_bulk(struct engine *g)
{
	bool filling = false;
	for (size_t i = 0; i < g->count; i++)
		filling |= runner_is_filling(g->runners[i]);
	if (filling == g->bulk)
		return;
	g->bulk = filling;
	struct job *j = job_new(JOB_BULK, 0, NULL);
	j->on = filling;
	writer_post(g->env.writer, j);
}

/* Some of the records that are mapped again.  Whether more could be done at once. */
static bool remap_some(struct engine *g)
{
	if (!g->remap)
		return false;
	bool busy = remap_turn(g->remap, g->env.mapper, g->env.writer);
	int64_t now = clock_monotonic();
	bool done = remap_is_done(g->remap);
	if (done || now - g->told_remap >= STATUS_MS) {
		g->told_remap = now;
		server_tell_all(g->server, remap_event(g->remap));
	}
	if (done) {
		remap_free(g->remap);
		g->remap = NULL;
	}
	return busy;
}

static bool all_done(const struct engine *g)
{
	for (size_t i = 0; i < g->count; i++)
		if (!runner_is_done(g->runners[i]))
			return false;
	return true;
}

void engine_run(struct engine *g)
{
	struct pollfd fds[FDS_MOST];
	bool busy = true;
	while (!g->stopping && !(g->once && all_done(g) && !delivery_is_busy(g->delivery))) {
		size_t n = gather_fds(g, fds);
		http_turn(g->env.http, fds, n, sleep_ms(g, busy));
		take_signals(g);
		engine_take_results(g);
		tell_changes(g, clock_monotonic());
		server_turn(g->server, engine_welcome, engine_command, g);
		busy = false;
		for (size_t i = 0; i < g->count; i++)
			busy |= runner_turn(g->runners[i]);
		busy |= remap_some(g);
		delivery_turn(g->delivery, g->runners, g->count);
		follow_bulk(g);
		notify_turn(g->notify, &g->config.escalation);
		tell_status(g, clock_monotonic());
	}
	save_all_status(g);
}

/* --- life --- */

struct engine *engine_new(const struct paths *p, const char *profile, bool once, struct err *e)
{
	struct engine *g = xcalloc(1, sizeof *g);
	g->paths = p;
	g->profile = profile;
	g->once = once;
	g->signals = open_signals(e);
	g->done = msgq_new();
	g->notify = notify_new();
	g->told_status = g->told_changes = clock_monotonic() - HOUR;
	if (g->signals < 0 || !g->done || config_load(&g->config, p->config, e) < 0 ||
	    !(g->env.writer = writer_start(p, g->done, e)) ||
	    !(g->server = server_new(p->socket, e))) {
		engine_free(g);
		return NULL;
	}
	g->env.once = once;
	g->env.http = http_new();
	g->env.mapper = mapper_new();
	g->delivery = delivery_new(&g->env);
	post_policy(g);
	start_runners(g);
	return g;
}

void engine_free(struct engine *g)
{
	if (!g)
		return;
	stop_runners(g);
	remap_free(g->remap);
	if (g->bulk) {
		struct job *j = job_new(JOB_BULK, 0, NULL);
		writer_post(g->env.writer, j);
	}
	if (g->once && g->env.writer)
		writer_post(g->env.writer, job_new(JOB_PURGE, 0, NULL));
	writer_stop(g->env.writer);
	if (g->done)
		engine_tell_last(g);
	notify_free(g->notify);
	delivery_free(g->delivery);
	server_free(g->server);
	http_free(g->env.http);
	mapper_free(g->env.mapper);
	calendar_free(g->calendar);
	msgq_free(g->done, job_free);
	config_free(&g->config);
	if (g->signals >= 0)
		close(g->signals);
	free(g);
}

int engine_report(const struct engine *g, FILE *out)
{
	int failed = 0;
	for (size_t i = 0; i < g->count; i++) {
		const struct runner *r = g->runners[i];
		const struct source_status *s = runner_status(r);
		const struct runner_tally *t = runner_tally(r);
		if (s->state == SOURCE_OFF)
			continue;
		fprintf(out, _("%s: %lld received, %lld changed, %lld set aside, %.1f s"),
			s->name, (long long)t->received, (long long)t->changed,
			(long long)t->rejected, (double)t->took_ms / (double)SECOND);
		fprintf(out, s->error[0] ? ": %s\n" : "\n", s->error);
		failed += !runner_has_succeeded(r);
	}
	return failed;
}

size_t engine_sources(const struct engine *g)
{
	return g->config.source_count;
}
