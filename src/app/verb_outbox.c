/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc outbox: what is on its way to the province, or was refused.  It is read from the journal,
 * whether a writer runs or not; what is decided about it is the writer's to do. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/cache.h"
#include "app/exit_code.h"
#include "app/outbox_words.h"
#include "app/writer.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/member.h"
#include "model/action.h"
#include "store/outbox_json.h"
#include "store/query.h"
#include "text/clean.h"
#include "text/fmt.h"

#define ASK_PATIENCE 10000
#define UUID_LEAST 4 /* characters that name one, where they are enough */

struct request {
	bool json;
};

/* clang-format off */
static const struct cli_option options[] = {
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, offsetof(struct request, json)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli outbox_cli = {
	.verb = "outbox",
	.operands = N_("[list | drop UUID… | retry UUID…]"),
	.summary = N_("Lists actions that the province has not confirmed, takes them back, or "
		      "sends them again."),
	.options = options,
	.example = "ioc outbox drop 3f2a9c1e",
};

/* --- what there is --------------------------------------------------------------------------
 */

static int collect(void *context, const struct outbox_item *i)
{
	json_array_append_new(context, outbox_item_json(i));
	return 0;
}

/* What is open; with `ended`, also what ended within a day.  NULL with *e. */
static json_t *items_of(const struct program *p, bool ended, struct err *e)
{
	json_t *items = json_array();
	if (access(p->paths.journal_db, F_OK) < 0)
		return items; /* nothing was ever done */
	struct journal *j = journal_open_reader(p->paths.journal_db, e);
	if (j && outbox_walk(j, ended ? p->now - DAY : INT64_MAX, collect, items, e) == 0) {
		journal_close(j);
		return items;
	}
	journal_close(j);
	json_decref(items);
	return NULL;
}

static void put(struct strbuf *b, const char *before, const char *s)
{
	strbuf_adds(b, before);
	clean_append(b, s, strlen(s), 0);
}

static void print_item(const json_t *item)
{
	struct strbuf b = STRBUF_INIT;
	char when[FMT_TEXT];
	int64_t at = CLOCK_NONE;
	const struct kind *k = kind_find(member_text(item, "kind"));
	const struct action *a = k ? action_find(k, member_text(item, "action")) : NULL;
	clock_parse(member_text(item, "at"), strlen(member_text(item, "at")), &at);
	strbuf_addf(&b, "%.8s  %s", member_text(item, "uuid"), fmt_date_time(at, when));
	put(&b, "  ", member_text(item, "code"));
	put(&b, "  ", a ? _(a->title) : member_text(item, "action"));
	put(&b, "  ", member_text(item, "who"));
	put(&b, "  ", outbox_state_words(member_text(item, "state")));
	if (*member_text(item, "error"))
		put(&b, ": ", member_text(item, "error"));
	printf("%s\n", b.s);
	strbuf_free(&b);
}

/* The province's record without what would tell about a person: that is for ioc show, which
 * notes it in the audit. */
static json_t *without_personal(const struct kind *k, const json_t *record)
{
	json_t *out = json_object();
	for (size_t c = 0; k && c < k->column_count; c++) {
		json_t *v = json_object_get(record, k->columns[c].id);
		if (v && k->columns[c].personal == PERSONAL_NONE)
			json_object_set(out, k->columns[c].id, v);
	}
	json_t *version = json_object_get(record, "version");
	if (version)
		json_object_set(out, "version", version);
	return out;
}

static void strip(const json_t *items)
{
	json_t *item;
	size_t i;
	json_array_foreach (items, i, item) {
		json_t *answer = json_object_get(item, "answer");
		if (json_is_object(answer))
			json_object_set_new(
				item, "answer",
				without_personal(kind_find(member_text(item, "kind")), answer));
	}
}

static void print_items(const json_t *items)
{
	const json_t *item;
	size_t i;
	json_array_foreach (items, i, item)
		print_item(item);
}

/* --- what is decided ------------------------------------------------------------------------
 */

/* The one whose uuid begins so; NULL with *e for none or several. */
static const json_t *find(const json_t *items, const char *start, struct err *e)
{
	const json_t *item, *found = NULL;
	size_t i, n = strlen(start);
	json_array_foreach (items, i, item) {
		if (n < UUID_LEAST || strncmp(member_text(item, "uuid"), start, n) != 0)
			continue;
		if (found) {
			err_set(e, ERR_USAGE, _("several actions begin with %.36s"), start);
			return NULL;
		}
		found = item;
	}
	if (!found)
		err_set(e, ERR_NOT_FOUND, _("the outbox has no such action: %.36s"), start);
	return found;
}

/* On which version it is to be done now: who sends it again has looked at the record. */
static int64_t version_now(const struct program *p, const json_t *item)
{
	const json_t *answer = json_object_get(item, "answer");
	int64_t version = json_integer_value(json_object_get(answer, "version"));
	struct arena a = ARENA_INIT;
	struct db *db = version ? NULL : cache_open(p, NULL);
	struct record *r = db ? store_record(db, &a, kind_find(member_text(item, "kind")),
					     member_text(item, "record"), false, NULL)
			      : NULL;
	if (r)
		version = r->version;
	arena_free(&a);
	db_close(db);
	return version;
}

static int tell(const struct program *p, struct control *c, const char *command,
		const json_t *item, struct err *e)
{
	json_t *m = json_pack("{s:s, s:i, s:s, s:I}", "command", command, "id", 1, "uuid",
			      member_text(item, "uuid"), "version",
			      (json_int_t)version_now(p, item));
	json_t *answer = control_ask(c, m, ASK_PATIENCE, e);
	json_decref(m);
	json_decref(answer);
	return answer ? 0 : -1;
}

static int decide(const struct program *p, const char *command, char **uuids, int n,
		  struct err *e)
{
	struct control c;
	if (!n)
		return err_set(e, ERR_USAGE, _("which action? Give its uuid: see ioc outbox"));
	json_t *items = items_of(p, true, e);
	int rc = items ? 0 : -1;
	for (int i = 0; rc == 0 && i < n; i++)
		rc = find(items, uuids[i], e) ? 0 : -1;
	if (rc == 0 && writer_connect(p, true, &c, e) < 0) {
		e->code = ERR_NET;
		rc = -1;
	} else if (rc == 0) {
		for (int i = 0; rc == 0 && i < n; i++)
			rc = tell(p, &c, command, find(items, uuids[i], e), e);
		control_close(&c);
	}
	json_decref(items);
	return rc;
}

static int list(const struct program *p, bool json, struct err *e)
{
	json_t *items = items_of(p, false, e);
	if (!items)
		return -1;
	if (json) {
		strip(items);
		program_print_json(items, 0);
		return 0;
	}
	print_items(items);
	json_decref(items);
	return 0;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	const struct request *q = request;
	const char *what = count ? words[0] : "list";
	if (strcmp(what, "list") == 0 && count < 2)
		return list(p, q->json, e);
	if (strcmp(what, "drop") == 0)
		return decide(p, "drop", words + 1, count - 1, e);
	if (strcmp(what, "retry") == 0)
		return decide(p, "again", words + 1, count - 1, e);
	return err_set(e, ERR_USAGE, _("outbox can't \"%.40s\": list, drop or retry"),
		       words[count > 1 && strcmp(what, "list") == 0]);
}

int verb_outbox(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &outbox_cli, run, &q, argc, argv);
}
