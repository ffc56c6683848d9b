/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/health.h"

#include <stdio.h>
#include <string.h>

#include "app/cache.h"
#include "app/writer.h"
#include "base/i18n.h"
#include "store/sources.h"

#define ASK_PATIENCE 2000

void health_take(struct health *h, const json_t *message)
{
	const json_t *list = json_object_get(message, "sources");
	size_t n = json_array_size(list);
	h->count = 0;
	for (size_t i = 0; i < n && h->count < HEALTH_MOST; i++)
		source_from_json(&h->sources[h->count++], json_array_get(list, i));
	const json_t *failures = json_object_get(message, "escalation_failures");
	if (failures)
		h->escalation_failures = json_integer_value(failures);
	const json_t *route = json_object_get(message, "routing");
	const char *error = json_string_value(json_object_get(route, "error"));
	h->route_failures = json_integer_value(json_object_get(route, "failures"));
	snprintf(h->route_error, sizeof h->route_error, "%s", error ? error : "");
}

static bool ask_writer(struct health *h, const struct program *p)
{
	struct control c;
	struct err e = ERR_INIT;
	if (writer_connect(p, false, &c, &e) < 0)
		return false;
	json_t *command = json_pack("{s:s, s:i}", "command", "status", "id", 1);
	json_t *answer = control_ask(&c, command, ASK_PATIENCE, &e);
	if (answer)
		health_take(h, answer);
	json_decref(command);
	json_decref(answer);
	control_close(&c);
	return answer != NULL;
}

int health_read(struct health *h, const struct program *p, struct err *e)
{
	memset(h, 0, sizeof *h);
	h->writer = ask_writer(h, p);
	if (h->writer)
		return 0;
	struct db *db = cache_open(p, e);
	if (!db)
		return -1;
	int n = sources_load(db, h->sources, HEALTH_MOST, e);
	db_close(db);
	h->count = n < 0 ? 0 : n > HEALTH_MOST ? HEALTH_MOST : (size_t)n;
	return n < 0 ? -1 : 0;
}

bool health_is_configured(const struct health *h, size_t i, const struct program *p)
{
	return p->config_error.code || !p->config.source_count ||
	       config_source(&p->config, h->sources[i].name);
}

bool health_is_good(const struct health *h, size_t i, int64_t now)
{
	const struct source_status *s = &h->sources[i];
	if (s->state == SOURCE_OFF)
		return true;
	int64_t age = source_age(s, now);
	bool young = age >= 0 && (s->stale_after <= 0 || age <= s->stale_after);
	bool well = !h->writer || s->state == SOURCE_LIVE || s->state == SOURCE_FILLING;
	return young && well;
}

bool health_all_good(const struct health *h, int64_t now)
{
	for (size_t i = 0; i < h->count; i++)
		if (!health_is_good(h, i, now))
			return false;
	return h->count > 0;
}

const char *health_state_label(enum source_state s)
{
	static const char *const labels[] = {
		[SOURCE_OFF] = N_("switched off"),   [SOURCE_CONNECTING] = N_("connecting"),
		[SOURCE_FILLING] = N_("filling"),    [SOURCE_LIVE] = N_("live"),
		[SOURCE_LATE] = N_("late"),          [SOURCE_RETRYING] = N_("retrying"),
		[SOURCE_DOWN] = N_("down"),          [SOURCE_REFUSED] = N_("refused"),
		[SOURCE_SUSPECT] = N_("suspicious"), [SOURCE_RESTING] = N_("outside its hours"),
	};
	return (size_t)s < sizeof labels / sizeof *labels ? _(labels[s]) : "?";
}
