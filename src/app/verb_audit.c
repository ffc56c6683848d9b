/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc audit: who did or saw what, and whether it still stands as it was written.  Reads the
 * journal; only the writer adds to it. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/cache.h"
#include "app/exit_code.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "export/out.h"
#include "store/audit.h"
#include "store/query.h"
#include "text/clean.h"
#include "text/fmt.h"

struct request {
	const char *who, *record, *output, *anchor;
	int64_t since;
	bool json;
	char *place; /* of the record: "source/kind/id"; NULL: the cache does not know it */
	struct out out;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"since", 'S', N_("TIME"), N_("only entries since a time, or within a span such as 2h or 7d"), CLI_TIME, AT(since)},
	{"who", 'w', N_("NAME"), N_("only what this person did or saw"), CLI_TEXT, AT(who)},
	{"record", 'r', N_("CODE"), N_("only what is about this record, by its code or its id at the source"), CLI_TEXT, AT(record)},
	{"json", 'j', NULL, N_("a JSON object a line"), CLI_FLAG, AT(json)},
	{"output", 'o', N_("FILE"), N_("export into this file (0600), which appears whole or not at all"), CLI_TEXT, AT(output)},
	{"anchor", 'a', N_("ENTRY:DIGEST"), N_("verify: this entry, noted from \"ioc audit head\", must still be there as it was"), CLI_TEXT, AT(anchor)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli audit_cli = {
	.verb = "audit",
	.operands = N_("[show | verify | head | export]"),
	.summary = N_(
		"Shows who did or saw what, checks that nobody altered it, or exports it."),
	.options = options,
	.example = "ioc audit show --since 7d --record PA-00423",
};

static struct journal *open_journal(const struct program *p, struct err *e)
{
	if (access(p->paths.journal_db, F_OK) == 0)
		return journal_open_reader(p->paths.journal_db, e);
	err_set(e, ERR_NOT_FOUND, _("nothing was recorded yet in %s"), p->paths.journal_db);
	return NULL;
}

/* --- which ----------------------------------------------------------------------------------
 */

/* Entries name records as the journal does. */
static void find_place(struct request *q, const struct program *p)
{
	struct arena a = ARENA_INIT;
	struct db *db = q->record ? cache_open(p, NULL) : NULL;
	struct record *r = db ? store_record(db, &a, NULL, q->record, false, NULL) : NULL;
	if (r)
		q->place = xasprintf("%s/%s/%s", r->source, r->kind->id, r->id);
	arena_free(&a);
	db_close(db);
}

static bool is_about(const struct request *q, const char *object)
{
	const char *last = strrchr(object, '/');
	return (q->place && strcmp(object, q->place) == 0) || strcmp(object, q->record) == 0 ||
	       (last && strcmp(last + 1, q->record) == 0);
}

static bool is_wanted(const struct request *q, const struct audit_entry *a)
{
	return (q->since == CLOCK_NONE || a->at >= q->since) &&
	       (!q->who || strcmp(q->who, a->who) == 0) &&
	       (!q->record || is_about(q, a->object));
}

/* --- for programs ----------------------------------------------------------------------------
 */

/* As it is, so that the digest can be computed from it; broken bytes can't have been written
 * by this program. */
static json_t *exact(const char *s)
{
	json_t *j = json_string(s);
	if (j)
		return j;
	struct strbuf b = STRBUF_INIT;
	clean_append(&b, s, strlen(s), CLEAN_LINES);
	j = json_string(b.s);
	strbuf_free(&b);
	return j;
}

/* Members in the order of the digest.  On a terminal every other character is escaped. */
static int export_entry(void *context, const struct audit_entry *a)
{
	struct request *q = context;
	if (!is_wanted(q, a))
		return 0;
	json_t *j = json_pack("{s:I, s:I, s:I}", "id", (json_int_t)a->id, "at",
			      (json_int_t)a->at, "version", (json_int_t)a->version);
	const struct {
		const char *name, *text;
	} texts[] = {{"who", a->who},       {"place", a->place},   {"action", a->action},
		     {"object", a->object}, {"reason", a->reason}, {"before", a->before},
		     {"after", a->after},   {"hash", a->hash}};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		json_object_set_new(j, texts[i].name, exact(texts[i].text));
	char *line = json_dumps(j, JSON_COMPACT | (q->out.terminal ? JSON_ENSURE_ASCII : 0));
	out_adds(&q->out, line ? line : "");
	out_addc(&q->out, '\n');
	free(line);
	json_decref(j);
	return q->out.failed;
}

/* --- for people -----------------------------------------------------------------------------
 */

static void put(struct strbuf *b, const char *before, const char *text)
{
	if (!*text)
		return;
	strbuf_adds(b, before);
	clean_append(b, text, strlen(text), 0);
}

static int print_entry(void *context, const struct audit_entry *a)
{
	struct request *q = context;
	struct strbuf b = STRBUF_INIT;
	char when[FMT_TEXT];
	if (!is_wanted(q, a))
		return 0;
	fmt_date_time(a->at, when);
	strbuf_addf(&b, "%" PRId64 "  %s", a->id, when);
	put(&b, "  ", a->who);
	put(&b, "  ", a->action);
	put(&b, "  ", a->object);
	if (a->version)
		strbuf_addf(&b, " @%" PRId64, a->version);
	put(&b, "  ", strcmp(a->after, "{}") == 0 ? "" : a->after);
	put(&b, "  — ", a->reason);
	put(&b, "  [", a->place);
	strbuf_adds(&b, *a->place ? "]\n" : "\n");
	out_add(&q->out, b.s, b.len);
	strbuf_free(&b);
	return q->out.failed;
}

/* --- the parts ------------------------------------------------------------------------------
 */

static int walk(struct request *q, const struct program *p,
		int (*each)(void *, const struct audit_entry *), struct err *e)
{
	struct journal *j = open_journal(p, e);
	if (!j)
		return -1;
	find_place(q, p);
	int rc = out_open(&q->out, q->output, e);
	if (rc == 0 && audit_walk(j, 0, each, q, e) < 0) {
		out_abandon(&q->out);
		rc = -1;
	} else if (rc == 0) {
		rc = out_finish(&q->out, e);
	}
	free(q->place);
	journal_close(j);
	return rc;
}

static int show(struct request *q, const struct program *p, struct err *e)
{
	return walk(q, p, q->json ? export_entry : print_entry, e);
}

static int export_all(struct request *q, const struct program *p, struct err *e)
{
	return walk(q, p, export_entry, e);
}

static int keep_hash(void *context, const struct audit_entry *a)
{
	snprintf(context, AUDIT_HASH, "%s", a->hash);
	return 0;
}

static int check_anchor(struct journal *j, const char *anchor, struct err *e)
{
	char *hash;
	long long id = anchor ? strtoll(anchor, &hash, 10) : 0;
	if (!anchor)
		return 0;
	if (id < 1 || *hash != ':' || strlen(hash + 1) != AUDIT_HASH - 1)
		return err_set(
			e, ERR_USAGE,
			_("--anchor wants what \"ioc audit head\" prints: ENTRY:DIGEST"));
	return audit_verify_anchor(j, id, hash + 1, e);
}

/* The whole chain; *n and hash are its end. */
static int check_chain(struct request *q, const struct program *p, int64_t *n,
		       char hash[AUDIT_HASH], struct err *e)
{
	struct journal *j = open_journal(p, e);
	bool good = j && audit_verify(j, n, e) == 0 && check_anchor(j, q->anchor, e) == 0 &&
		    audit_walk(j, *n, keep_hash, hash, e) == 0;
	journal_close(j);
	return good ? 0 : -1;
}

/* With the last digest: written down elsewhere, it tells later whether the end was cut off or
 * the whole file replaced. */
static int verify(struct request *q, const struct program *p, struct err *e)
{
	char hash[AUDIT_HASH] = "", number[FMT_TEXT];
	int64_t n = 0;
	if (check_chain(q, p, &n, hash, e) < 0)
		return -1;
	if (q->json)
		printf("{\"entries\":%" PRId64 ",\"hash\":\"%s\"}\n", n, hash);
	else
		printf(_("%s entries, each as it was written; the last digest is %s\n"),
		       fmt_integer(n, number), *hash ? hash : "–");
	return 0;
}

/* The anchor to be kept elsewhere. */
static int head(struct request *q, const struct program *p, struct err *e)
{
	char hash[AUDIT_HASH] = "";
	int64_t n = 0;
	if (check_chain(q, p, &n, hash, e) < 0)
		return -1;
	printf("%" PRId64 ":%s\n", n, hash);
	return 0;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	struct request *q = request;
	static const struct {
		const char *name;
		int (*run)(struct request *q, const struct program *p, struct err *e);
		bool output;
	} parts[] = {{"show", show, false},
		     {"verify", verify, false},
		     {"head", head, false},
		     {"export", export_all, true}};
	const char *name = count ? words[0] : "show";
	size_t i = 0;
	while (i < ARRAY_LEN(parts) && strcmp(parts[i].name, name) != 0)
		i++;
	if (i == ARRAY_LEN(parts))
		return err_set(e, ERR_USAGE,
			       _("audit can't \"%.40s\": show, verify, head or export"), name);
	if (count > 1)
		return err_set(e, ERR_USAGE, _("what is \"%.40s\"? See ioc audit --help"),
			       words[1]);
	if (q->output && !parts[i].output)
		return err_set(e, ERR_USAGE, _("--output goes with export"));
	if (q->anchor && parts[i].run != verify)
		return err_set(e, ERR_USAGE, _("--anchor goes with verify"));
	return parts[i].run(q, p, e);
}

int verb_audit(struct program *p, int argc, char **argv)
{
	struct request q = {.since = CLOCK_NONE};
	return program_run(p, &audit_cli, run, &q, argc, argv);
}
