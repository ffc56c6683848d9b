/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions that do more than their row of the table says: duplicates, links, new complaints,
 * muted cameras. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/member.h"
#include "gateway/act.h"
#include "model/kinds.h"

/* --- duplicates: a link, never an end: each citizen keeps code and deadline -------------- */

static int check_parent(struct act *a, const json_t *parent)
{
	if (strcmp(member_text(parent, "id"), member_text(a->record, "id")) == 0)
		return act_refuse_for(a, PROBLEM_INVALID, "into", "own-first", "",
				      "a report can't be its own first");
	if (*member_text(parent, "merged_into"))
		return act_refuse_for(a, PROBLEM_INVALID, "into", "first-merged",
				      member_text(parent, "merged_into"),
				      "it is merged into %.60s itself",
				      member_text(parent, "merged_into"));
	if (strcmp(member_text(parent, "area"), member_text(a->record, "area")) != 0)
		return act_refuse_for(a, PROBLEM_INVALID, "into", "other-area", "",
				      "it lies in another ward");
	if (json_is_true(json_object_get(parent, "restricted")) ||
	    json_is_true(json_object_get(a->record, "restricted")))
		return act_refuse_for(a, PROBLEM_INVALID, "into", "restricted", "",
				      "restricted reports are never merged");
	return 0;
}

/* The first report answers for all, so it takes the earliest deadline. */
static void take_earlier_deadline(json_t *parent, const json_t *child)
{
	const char *ours = member_text(parent, "due_at"),
		   *theirs = member_text(child, "due_at");
	if (*theirs && (!*ours || strcmp(theirs, ours) < 0))
		json_object_set_new(parent, "due_at", json_string(theirs));
}

static int has_children(const json_t *record)
{
	size_t i;
	const json_t *entry;
	json_array_foreach (json_object_get(record, "links"), i, entry)
		if (strcmp(member_text(entry, "rel"), "merged") == 0)
			return 1;
	return 0;
}

static int merge(struct act *a)
{
	struct err e = ERR_INIT;
	const char *into = member_text(a->values, "into"), *id = member_text(a->record, "id");
	if (has_children(a->record))
		return act_refuse_for(a, PROBLEM_CONFLICT, "into", "merged-already", "",
				      "the report is part of a merger already");
	json_t *parent = backend_get(a->backend, a->kind, into, &e);
	if (!parent)
		return act_refuse_for(a, PROBLEM_INVALID, "into", "no-record", into, "%s",
				      e.text);
	int rc = check_parent(a, parent);
	if (rc == 0) {
		act_link(parent, a->kind, id, "merged");
		act_link(a->record, a->kind, into, "merged-into");
		take_earlier_deadline(parent, a->record);
		act_history(a, parent, "Nhận phản ánh trùng", NULL, NULL,
			    member_text(a->record, "code"));
		snprintf(a->note, sizeof a->note, "%s", member_text(parent, "code"));
		rc = act_put_other(a, a->kind, parent);
	}
	json_decref(parent);
	return rc;
}

static int split(struct act *a)
{
	char into[BACKEND_ID_MOST + 1];
	snprintf(into, sizeof into, "%s", member_text(a->record, "merged_into"));
	json_object_del(a->record, "merged_into");
	act_unlink(a->record, into, "merged-into");
	json_t *parent = backend_get(a->backend, a->kind, into, NULL);
	if (!parent)
		return 0;
	act_unlink(parent, member_text(a->record, "id"), "merged");
	act_history(a, parent, "Tách phản ánh", NULL, NULL, member_text(a->record, "code"));
	int rc = act_put_other(a, a->kind, parent);
	json_decref(parent);
	return rc;
}

/* --- links ----------------------------------------------------------------------------------
 */

static int link_records(struct act *a)
{
	const char *wanted = member_text(a->values, "record"),
		   *id = member_text(a->record, "id");
	const struct kind *k = NULL;
	json_t *other = NULL;
	for (size_t i = 0; kinds[i] && !other; i++)
		if (!kinds[i]->catalogue)
			other = backend_get(a->backend, k = kinds[i], wanted, NULL);
	if (!other || (k == a->kind && strcmp(wanted, id) == 0)) {
		json_decref(other);
		return act_refuse_for(a, PROBLEM_INVALID, "record", "no-record", wanted,
				      "there is no other record %.60s", wanted);
	}
	act_link(a->record, k, wanted, "related");
	act_link(other, a->kind, id, "related");
	act_history(a, other, a->action->history, NULL, NULL, member_text(a->record, "code"));
	snprintf(a->note, sizeof a->note, "%s", member_text(other, "code"));
	int rc = act_put_other(a, k, other);
	json_decref(other);
	return rc;
}

/* --- a complaint from a call, an alert or a mention
 * ----------------------------------------------------
 */

/* What of the record a complaint made of it takes over. */
static const struct origin {
	const struct kind *kind;
	const char *channel, *body;
} origins[] = {
	{&kind_call, "callbot", "transcript"},
	{&kind_alert, "camera", NULL},
	{&kind_mention, "mang-xa-hoi", "body"},
};

static json_t *complaint_of(const struct act *a)
{
	const struct origin *from = origins;
	while (from->kind != a->kind)
		from++;
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:s, s:[{s:s, s:s, s:s}]}", "state", "MOI",
			      "title", member_text(a->values, "title"), "category",
			      member_text(a->values, "category"), "channel", from->channel,
			      "body", from->body ? member_text(a->record, from->body) : "",
			      "links", "kind", a->kind->id, "id", member_text(a->record, "id"),
			      "rel", "from");
	static const char *const same[] = {"area", "address", "lat", "lon"};
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		json_t *said = json_object_get(a->values, same[i]);
		json_t *had = json_object_get(a->record, same[i]);
		if (said || had)
			json_object_set(j, same[i], said ? said : had);
	}
	if (a->kind == &kind_call && *member_text(a->record, "caller"))
		json_object_set(j, "reporter_phone", json_object_get(a->record, "caller"));
	return j;
}

static int make_complaint(struct act *a)
{
	json_t *j = complaint_of(a);
	act_history(a, j, "Tạo từ", NULL, NULL, member_text(a->record, "code"));
	char *text = json_dumps(j, JSON_COMPACT);
	json_decref(j);
	struct draft *d = draft_new(&kind_complaint, 0);
	int rc = text && draft_read(d, text, strlen(text)) == 0 &&
				 draft_store(d, a->backend, a->numbers, a->now) == 0
			 ? 0
			 : act_refuse(a, PROBLEM_INVALID, d->no.field, "%s", d->no.detail);
	if (rc == 0) {
		act_link(a->record, &kind_complaint, d->id, "complaint");
		if (kind_column(a->kind, "case_id") >= 0)
			json_object_set_new(a->record, "case_id", json_string(d->id));
		snprintf(a->note, sizeof a->note, "%s", d->id);
		a->others[a->other_count].kind = &kind_complaint;
		snprintf(a->others[a->other_count++].id, sizeof d->id, "%s", d->id);
	}
	draft_free(d);
	free(text);
	return rc;
}

/* --- quiet cameras --------------------------------------------------------------------------
 */

static int mute_until(struct act *a, int64_t t)
{
	struct err e = ERR_INIT;
	if (backend_mute(a->backend, member_text(a->record, "camera"),
			 member_text(a->record, "category"), t, &e) < 0)
		return act_refuse(a, problem_of(&e), "", "%s", e.text);
	return 0;
}

static int mute(struct act *a)
{
	const char *until = member_text(a->values, "until");
	int64_t t;
	if (clock_parse(until, strlen(until), &t) < 0)
		return act_refuse_for(a, PROBLEM_INVALID, "until", "no-time", "until",
				      "no time");
	return mute_until(a, t);
}

static int unmute(struct act *a)
{
	return mute_until(a, a->now);
}

int (*act_special(const struct act *a))(struct act *)
{
	static const struct {
		const char *action;
		int (*run)(struct act *);
	} all[] = {
		{"merge", merge},       {"split", split},
		{"link", link_records}, {"complaint", make_complaint},
		{"mute", mute},         {"unmute", unmute},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].action, a->action->id) == 0)
			return all[i].run;
	return NULL;
}
