/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the engine share; nobody else includes it. */
#ifndef IOC_SYNC_ENGINE_PARTS_H
#define IOC_SYNC_ENGINE_PARTS_H

#include "base/msgq.h"
#include "deadline/calendar.h"
#include "model/config.h"
#include "sync/delivery.h"
#include "sync/desk.h"
#include "sync/engine.h"
#include "sync/notify.h"
#include "sync/remap.h"
#include "sync/runner.h"
#include "sync/server.h"
#include "sync/writer.h"

#define RUNNERS_MOST 64

struct engine {
	const struct paths *paths;
	const char *profile;
	bool once, stopping;
	struct config config;
	struct runner_env env;
	struct calendar *calendar;
	struct runner *runners[RUNNERS_MOST];
	size_t count;
	uint64_t last_id;
	struct msgq *done;
	struct server *server;
	struct notify *notify;
	struct delivery *delivery;
	struct remap *remap; /* NULL: none is under way */
	int64_t told_remap;
	int signals;
	int64_t route_failures; /* automatic actions that could not be taken */
	struct err route_error; /* the last of them; or what is wrong with the rules */
	bool bulk;
	int32_t changed[KIND_MOST]; /* not yet told */
	bool any_changed;
	int64_t told_changes, told_status, saved_status;
	bool status_news;
};

/* engine.c: the runner of a source; where its connector can't be read, one that says why. */
struct runner *engine_start_runner(struct engine *g, const struct config_source *s);
/* Every source begins again in a new cache. */
void engine_renew_cache(struct engine *g);
/* How all sources stand; the caller owns it. */
json_t *engine_all_status(const struct engine *g);
json_t *engine_status_event(const struct engine *g);
struct desk engine_desk(const struct engine *g);

/* engine_results.c: deals with what the writer has done. */
void engine_take_results(struct engine *g);
/* The writer has ended; what was reached meanwhile is still told. */
void engine_tell_last(struct engine *g);

/* engine_commands.c, for server_turn; `engine` is one. */
void engine_command(void *engine, struct server *s, const struct server_command *c);
void engine_welcome(void *engine, struct server *s, uint64_t client);

#endif
