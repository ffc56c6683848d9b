/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc remap: a changed connector, applied to what the cache keeps. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "app/exit_code.h"
#include "app/program.h"
#include "app/remap_wait.h"
#include "base/i18n.h"
#include "base/suggest.h"

struct request {
	bool json;
};

/* clang-format off */
static const struct cli_option options[] = {
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, offsetof(struct request, json)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli remap_cli = {
	.verb = "remap",
	.operands = N_("[SOURCE…]"),
	.summary = N_(
		"Makes records anew of the items that the cache keeps, by the connector as "
		"it is now."),
	.options = options,
	.example = "ioc remap son-la",
};

static long long number(const json_t *m, const char *name)
{
	return json_integer_value(json_object_get(m, name));
}

static void print(const json_t *end)
{
	printf(_("%s: %lld items, %lld records changed, %lld removed, %lld can't be mapped and "
		 "stay as they are, %lld are no longer set aside\n"),
	       json_string_value(json_object_get(end, "source")), number(end, "seen"),
	       number(end, "changed"), number(end, "removed"), number(end, "failed"),
	       number(end, "cleared"));
	if (number(end, "kept"))
		printf(_("  %lld records would be gone, which is more than can be believed "
			 "(guard.max_shrink): they are kept\n"),
		       number(end, "kept"));
}

/* 0, or -1 with *e. */
static int remap(const struct program *p, const char *source, json_t *all, struct err *e)
{
	json_t *end = remap_wait(p, source, false, e);
	if (!end)
		return -1;
	const char *wrong = json_string_value(json_object_get(end, "error"));
	if (all)
		json_array_append(all, end);
	else
		print(end);
	int rc = *wrong ? err_set(e, ERR_IO, "%s", wrong) : 0;
	json_decref(end);
	return rc;
}

static int no_source(const struct config *c, const char *name, struct err *e)
{
	struct suggest s = suggest_start(name);
	for (size_t i = 0; i < c->source_count; i++)
		suggest_try(&s, c->sources[i].name);
	if (s.best)
		return err_set(e, ERR_USAGE,
			       _("there is no source \"%.60s\": did you mean \"%s\"?"), name,
			       s.best);
	return err_set(e, ERR_USAGE, _("there is no source \"%.60s\""), name);
}

static int remap_all(const struct program *p, char **words, int n, json_t *all, struct err *e)
{
	for (int i = 0; i < n; i++)
		if (!config_source(&p->config, words[i]))
			return no_source(&p->config, words[i], e);
	for (int i = 0; i < n; i++)
		if (remap(p, words[i], all, e) < 0)
			return -1;
	for (size_t i = 0; !n && i < p->config.source_count; i++)
		if (p->config.sources[i].enabled &&
		    remap(p, p->config.sources[i].name, all, e) < 0)
			return -1;
	return 0;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	const struct request *q = request;
	json_t *all = q->json ? json_array() : NULL;
	int rc = remap_all(p, words, count, all, e);
	if (all)
		program_print_json(all, 0);
	return rc;
}

int verb_remap(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &remap_cli, run, &q, argc, argv);
}
