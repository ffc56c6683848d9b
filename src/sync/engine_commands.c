/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What readers ask of the engine by the control socket. */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/member.h"
#include "store/schema.h"
#include "sync/engine_parts.h"

static void refuse(struct server *s, const struct server_command *c, const char *code,
		   const char *why)
{
	server_tell(s, c->client, server_refusal(c->message, code, why));
}

static void command_status(struct engine *g, struct server *s, const struct server_command *c)
{
	json_t *answer = server_ok(c->message);
	json_object_set_new(answer, "sources", engine_all_status(g));
	json_object_set_new(answer, "escalation_failures",
			    json_integer(notify_failures(g->notify)));
	json_object_set_new(answer, "routing",
			    json_pack("{s:I, s:s}", "failures", (json_int_t)g->route_failures,
				      "error", g->route_error.text));
	server_tell(s, c->client, answer);
}

static void command_sync(struct engine *g, struct server *s, const struct server_command *c)
{
	const char *name = json_string_value(json_object_get(c->message, "source"));
	struct runner *one = name ? runner_find(g->runners, g->count, name) : NULL;
	if (name && !one) {
		refuse(s, c, "not-found", _("there is no such source"));
		return;
	}
	for (size_t i = 0; i < g->count; i++)
		if (!one || g->runners[i] == one)
			runner_pull(g->runners[i]);
	server_tell(s, c->client, server_ok(c->message));
}

static const char *text_member(struct job *j, const json_t *m, const char *name)
{
	return arena_strdup(&j->haul.arena, member_text(m, name));
}

static void command_audit(struct engine *g, struct server *s, const struct server_command *c)
{
	struct job *j = job_new(JOB_AUDIT, c->client, NULL);
	(void)s;
	j->at = clock_now();
	j->who = arena_strdup(&j->haul.arena, c->who);
	j->from = arena_strdup(&j->haul.arena, c->from);
	j->action = text_member(j, c->message, "action");
	j->object = text_member(j, c->message, "object");
	j->reason = text_member(j, c->message, "reason");
	j->version = json_integer_value(json_object_get(c->message, "version"));
	j->question = json_pack("{s:O?}", "id", json_object_get(c->message, "id"));
	writer_post(g->env.writer, j);
}

static void command_stop(struct engine *g, struct server *s, const struct server_command *c)
{
	log_info("%s (%s) asks to stop", c->who, c->from);
	server_tell(s, c->client, server_ok(c->message));
	g->stopping = true;
}

/* The source's runner reads its connector anew, so that what comes is mapped as what is there.
 */
static void restart_runner(struct engine *g, const struct config_source *source)
{
	size_t i = 0;
	while (strcmp(runner_status(g->runners[i])->name, source->name) != 0)
		i++;
	delivery_stop(g->delivery);
	runner_free(g->runners[i]);
	g->runners[i] = engine_start_runner(g, source);
	g->status_news = true;
}

static void command_remap(struct engine *g, struct server *s, const struct server_command *c)
{
	const char *name = member_text(c->message, "source");
	bool aside = json_is_true(json_object_get(c->message, "aside"));
	struct err e = ERR_INIT;
	if (!runner_find(g->runners, g->count, name)) {
		refuse(s, c, "not-found", _("there is no such source"));
		return;
	}
	if (g->remap) {
		refuse(s, c, "busy", _("records are being mapped again already"));
		return;
	}
	const struct config_source *source = config_source(&g->config, name);
	g->remap = remap_new(g->paths, name, source->connector, aside, ++g->last_id, &e);
	if (!g->remap) {
		refuse(s, c, err_code_name(e.code), e.text);
		return;
	}
	restart_runner(g, source);
	server_tell(s, c->client, server_ok(c->message));
}

static void command_who(struct engine *g, struct server *s, const struct server_command *c)
{
	json_t *answer = server_ok(c->message);
	json_object_set_new(answer, "operator", desk_operator(&g->config, c->who));
	server_tell(s, c->client, answer);
}

/* What is about actions goes to the desk. */
static const struct {
	const char *name;
	void (*run)(struct engine *, struct server *, const struct server_command *);
	void (*desk)(const struct desk *, struct server *, const struct server_command *);
} commands[] = {
	{"status", command_status, NULL}, {"sync", command_sync, NULL},
	{"audit", command_audit, NULL},   {"stop", command_stop, NULL},
	{"who", command_who, NULL},       {"remap", command_remap, NULL},
	{"act", NULL, desk_act},          {"drop", NULL, desk_drop},
	{"again", NULL, desk_again},      {"outbox", NULL, desk_list},
	{"apart", NULL, desk_apart},
};

void engine_command(void *engine, struct server *s, const struct server_command *c)
{
	size_t i = 0;
	while (i < ARRAY_LEN(commands) && strcmp(commands[i].name, c->name) != 0)
		i++;
	if (i == ARRAY_LEN(commands)) {
		refuse(s, c, "usage", _("unknown command"));
	} else if (commands[i].run) {
		commands[i].run(engine, s, c);
	} else {
		struct desk d = engine_desk(engine);
		commands[i].desk(&d, s, c);
	}
}

void engine_welcome(void *engine, struct server *s, uint64_t client)
{
	struct engine *g = engine;
	server_tell(s, client,
		    json_pack("{s:s, s:i, s:s, s:s, s:i, s:I}", "event", "hello", "pid",
			      (int)getpid(), "version", PACKAGE_VERSION, "profile", g->profile,
			      "format", SCHEMA_FORMAT, "schema", (json_int_t)schema_hash()));
	server_tell(s, client, engine_status_event(g));
}
