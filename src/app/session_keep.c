/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What outlives the console: what is typed and not sent, and what the screens remember. */
#include "app/drafts.h"
#include "app/memory_file.h"
#include "app/session_parts.h"
#include "base/log.h"

/* It is tried again, but told once. */
void session_keep_drafts(struct session *s, const json_t *drafts)
{
	struct err e = ERR_INIT;
	bool failed = drafts_write(&s->program->paths, drafts, &e) < 0;
	if (failed)
		app_drafts_failed(s->app, drafts);
	if (failed && !s->drafts_failed)
		session_say(s, e.text);
	s->drafts_failed = failed;
}

void session_remember(struct session *s, const json_t *changes)
{
	struct err e = ERR_INIT;
	bool failed = memory_file_change(&s->program->paths, changes, &e) < 0;
	if (failed && !s->memory_failed)
		session_say(s, e.text);
	s->memory_failed = failed;
}

void session_recall(struct session *s)
{
	struct err e = ERR_INIT;
	app_set_drafts(s->app, drafts_read(&s->program->paths));
	json_t *all = memory_file_read(&s->program->paths, &e);
	if (all)
		app_set_memory(s->app, all);
	else
		session_say(s, e.text);
	s->memory_failed = !all;
}

void session_keep_last(struct session *s)
{
	struct err e = ERR_INIT;
	const json_t *drafts = s->app ? app_unkept_drafts(s->app) : NULL;
	if (drafts && drafts_write(&s->program->paths, drafts, &e) < 0)
		log_error("%s", e.text);
	const json_t *memory = s->app ? app_unkept_memory(s->app) : NULL;
	if (memory && memory_file_change(&s->program->paths, memory, &e) < 0)
		log_error("%s", e.text);
}
