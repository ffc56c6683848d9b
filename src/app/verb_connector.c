/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc connector: the tools of who writes a connector.  They need jq and the network, so that
 * ioc-sync does the work; what was asked goes there as one JSON object. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/program.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"

struct request {
	const char *source, *base_url, *token_file, *resource, *record, *expect, *action;
	struct cli_list set;
	int64_t limit, pages, stream;
	bool raw, allow, records, json, probe, send;
};

enum part { CHECK = 1, TRY = 2, REPLAY = 4, DIFF = 8, NEW = 16, SCHEMA = 32, LIST = 64 };

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"source", 's', N_("NAME"), N_("with the address and the secrets of this source"), CLI_TEXT, AT(source)},
	{"base-url", 'u', N_("URL"), N_("where the API is"), CLI_TEXT, AT(base_url)},
	{"token-file", 'T', N_("FILE"), N_("where the token or the key is"), CLI_TEXT, AT(token_file)},
	{"set", 0, N_("KEY=VALUE"), N_("another key of a source, as settings.city=sonla; may be given several times"), CLI_LIST, AT(set)},
	{"resource", 'r', N_("NAME"), N_("only this resource"), CLI_TEXT, AT(resource)},
	{"limit", 'n', N_("N"), N_("show so many items of a resource (default: 3)"), CLI_NUMBER, AT(limit)},
	{"pages", 0, N_("N"), N_("read so many pages of a resource (default: 1; recording: 3; replay: all)"), CLI_NUMBER, AT(pages)},
	{"record", 0, N_("DIR"), N_("keep requests and answers in this folder, without secrets"), CLI_TEXT, AT(record)},
	{"raw", 'R', NULL, N_("show answers whole, as they came"), CLI_FLAG, AT(raw)},
	{"expect", 0, N_("FILE"), N_("compare the records with those of this file (NDJSON)"), CLI_TEXT, AT(expect)},
	{"allow", 0, NULL, N_("records that can't be mapped are no failure"), CLI_FLAG, AT(allow)},
	{"records", 0, NULL, N_("print the mapped records and nothing else (NDJSON)"), CLI_FLAG, AT(records)},
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, AT(json)},
	{"stream", 0, N_("SECONDS"), N_("in place of the feeds: open the stream for so long, and show what comes"), CLI_NUMBER, AT(stream)},
	{"probe", 0, NULL, N_("in place of the feeds: ask whether we are let in"), CLI_FLAG, AT(probe)},
	{"action", 0, N_("'ACTION ID [--FIELD TEXT]…'"), N_("in place of the feeds: show what this action would send"), CLI_TEXT, AT(action)},
	{"send", 0, NULL, N_("… and send it"), CLI_FLAG, AT(send)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};

/* Which options go with which part, in the order above. */
static const unsigned goes_with[] = {
	TRY | DIFF, TRY, TRY, TRY, TRY | REPLAY, TRY | REPLAY, TRY | REPLAY, TRY, TRY | REPLAY,
	REPLAY | TRY, REPLAY | TRY, REPLAY | TRY, CHECK | TRY | REPLAY | DIFF | LIST,
	TRY, TRY, TRY, TRY,
};

static const struct {
	const char *name;
	enum part part;
	int least, most; /* words */
	const char *wants; /* N_(): where there are fewer */
} parts[] = {
	{"check", CHECK, 0, 256, ""},
	{"try", TRY, 1, 1, N_("which one? Give a file, or the name of a source")},
	{"replay", REPLAY, 2, 2, N_("give the connector's file and the folder of its recording")},
	{"diff", DIFF, 1, 1, N_("which one? Give the changed connector's file")},
	{"new", NEW, 0, 1, ""},
	{"schema", SCHEMA, 0, 0, ""},
	{"list", LIST, 0, 0, ""},
};
/* clang-format on */

const struct cli connector_cli = {
	.verb = "connector",
	.operands = N_("check [FILE…] | try FILE|SOURCE | replay FILE DIR | diff FILE | "
		       "new [NAME] | schema | list"),
	.summary = N_("Helps who connects another API: checks connectors, tries them, plays "
		      "them back."),
	.options = options,
	.example = "ioc connector try sources/son-la.yaml --base-url https://api.example.vn",
};

static int unknown_part(const char *name, struct err *e)
{
	struct suggest s = suggest_start(name);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		suggest_try(&s, parts[i].name);
	if (s.best)
		return err_set(e, ERR_USAGE, _("connector can't \"%.40s\": did you mean %s?"),
			       name, s.best);
	return err_set(e, ERR_USAGE, _("connector can't \"%.40s\": see ioc connector --help"),
		       name);
}

/* Puts an option into the object where it was given; whether it was. */
static bool pack_option(json_t *o, const struct request *q, const struct cli_option *option)
{
	const void *at = (const char *)q + option->at;
	const char *text = option->type == CLI_TEXT ? *(const char *const *)at : NULL;
	bool flag = option->type == CLI_FLAG && *(const bool *)at;
	int64_t number = option->type == CLI_NUMBER ? *(const int64_t *)at : 0;
	if (text)
		json_object_set_new(o, option->name, json_string(text));
	if (flag)
		json_object_set_new(o, option->name, json_true());
	if (number)
		json_object_set_new(o, option->name, json_integer(number));
	if (option->type != CLI_LIST)
		return text || flag || number;
	const struct cli_list *list = at;
	json_t *items = json_array();
	for (size_t i = 0; i < list->count; i++)
		json_array_append_new(items, json_string(list->items[i]));
	json_object_set_new(o, option->name, items);
	return list->count > 0;
}

static json_t *pack(const struct request *q, char **words, int n, struct err *e)
{
	size_t p = 0;
	const char *name = n ? words[0] : "list";
	while (p < ARRAY_LEN(parts) && strcmp(parts[p].name, name) != 0)
		p++;
	if (p == ARRAY_LEN(parts)) {
		unknown_part(name, e);
		return NULL;
	}
	int count = n > 0 ? n - 1 : 0;
	if (count < parts[p].least || count > parts[p].most) {
		const char *wants = parts[p].wants;
		err_set(e, ERR_USAGE, count < parts[p].least ? "%s" : _("too many words: %s"),
			count < parts[p].least ? _(wants) : words[n - 1]);
		return NULL;
	}
	json_t *o = json_pack("{s:s, s:[]}", "verb", name, "words");
	for (int i = 1; i < n; i++)
		json_array_append_new(json_object_get(o, "words"), json_string(words[i]));
	for (size_t i = 0; options[i].name; i++)
		if (pack_option(o, q, &options[i]) && !(goes_with[i] & parts[p].part)) {
			err_set(e, ERR_USAGE, _("--%s does not go with %s"), options[i].name,
				name);
			json_decref(o);
			return NULL;
		}
	return o;
}

int program_author(struct program *p, const json_t *request, struct err *e)
{
	char *program = xasprintf("%s/ioc-sync", p->paths.exec_dir);
	json_t *whole = json_copy((json_t *)(uintptr_t)request);
	json_object_set_new(whole, "language", json_string(p->language));
	char *text = json_dumps(whole, JSON_COMPACT);
	const char *args[] = {program,    "--author", text, p->profile ? "--profile" : NULL,
			      p->profile, NULL};
	execv(program, (char *const *)(uintptr_t)args);
	err_errno(e, ERR_IO, _("can't run %s"), program);
	json_decref(whole);
	free(program);
	free(text);
	return -1;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	json_t *packed = pack(request, words, count, e);
	if (packed)
		program_author(p, packed, e);
	json_decref(packed);
	return -1;
}

int verb_connector(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &connector_cli, run, &q, argc, argv);
}
