/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/live_event.h"

#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/jqtape.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

#define WANTED_MOST 1000 /* named records; beyond them the feeds are asked */

enum act { ACT_UPSERT, ACT_PATCH, ACT_REMOVE, ACT_REFETCH, ACT_RESYNC, ACT_IGNORE };
static const char *const act_names[] = {"upsert",  "patch",  "remove",
					"refetch", "resync", "ignore"};

void live_event_free(struct live_event *e)
{
	free(e->name);
	free(e->data);
	free(e->id);
}

/* One event at work. */
struct occasion {
	const struct stream_spec *spec;
	struct mapper *mapper;
	struct mapping how;
	struct haul *out;
	struct live_result *result;
};

static int on_item(void *context, const struct node *item, struct err *e)
{
	struct occasion *o = context;
	(void)e;
	if (item->type != NODE_NULL)
		mapper_item(o->mapper, &o->how, item, o->out);
	return 0;
}

static const struct kind *kind_of(const struct stream_spec *spec, const struct node *data)
{
	struct jqfilter_out out;
	const struct kind *k = NULL;
	if (!spec->kind)
		return NULL;
	if (jqfilter_ask(spec->kind, data, &out, NULL) == 0 && out.node->type == NODE_STRING) {
		char *name = xstrndup(out.node->s, out.node->n);
		k = kind_find(name);
		free(name);
	}
	jqfilter_out_free(&out);
	return k;
}

/* The kind of all that a connector gives, where it is one. */
static const struct kind *only_kind(const struct connector *c)
{
	uint32_t bits = connector_kinds(c);
	for (size_t i = 0; kinds[i]; i++)
		if (bits == UINT32_C(1) << i)
			return kinds[i];
	return NULL;
}

static void note_time(const struct stream_spec *spec, const struct node *data,
		      int64_t *server_time)
{
	struct jqfilter_out out;
	int64_t t;
	if (!spec->server_time)
		return;
	if (jqfilter_ask(spec->server_time, data, &out, NULL) == 0 &&
	    out.node->type == NODE_STRING && clock_parse(out.node->s, out.node->n, &t) == 0)
		*server_time = t;
	jqfilter_out_free(&out);
}

/* The word of the connector's filter, which sees the event's name and id too. */
static int find_act(const struct stream_spec *spec, const struct live_event *e,
		    const struct node *data, enum act *act, struct err *err)
{
	jv value, out;
	*act = ACT_UPSERT;
	if (!spec->act)
		return 0;
	if (jqtape_value(data, &value, err) < 0)
		return -1;
	jv o = jv_object_set(jv_object(), jv_string("event"), jv_string(e->name));
	o = jv_object_set(o, jv_string("id"), e->id ? jv_string(e->id) : jv_null());
	o = jv_object_set(o, jv_string("data"), value);
	if (jqfilter_first(spec->act, o, &out, err) < 0)
		return -1;
	const char *word = jv_get_kind(out) == JV_KIND_STRING ? jv_string_value(out) : "ignore";
	size_t i = 0;
	while (i < ARRAY_LEN(act_names) && strcmp(act_names[i], word) != 0)
		i++;
	*act = i < ARRAY_LEN(act_names) ? (enum act)i : ACT_IGNORE;
	int rc = i < ARRAY_LEN(act_names) ? 0 : err_set(err, ERR_PARSE, "act: %.60s?", word);
	jv_free(out);
	return rc;
}

static void remove_record(struct occasion *o, const struct kind *k, const char *id)
{
	struct record *r = record_new(&o->out->arena, k);
	r->source = o->how.source;
	r->id = arena_strdup(&o->out->arena, id);
	r->deleted = true;
	ARRAY_PUSH(o->out->records, o->out->count, o->out->cap) = r;
}

static void want_record(struct live_result *x, const struct kind *k, const char *id)
{
	if (x->count >= WANTED_MOST)
		x->resync = true;
	else
		ARRAY_PUSH(x->wanted, x->count, x->cap) = (struct refetch){k, xstrdup(id)};
}

static void take_id(struct occasion *o, enum act act, const struct node *n)
{
	const struct kind *k = o->how.kind ? o->how.kind : o->how.otherwise;
	if (!k || (n->type != NODE_STRING && n->type != NODE_NUMBER) || !n->n)
		return;
	char *id = xstrndup(n->s, n->n);
	if (act == ACT_REMOVE)
		remove_record(o, k, id);
	else
		want_record(o->result, k, id);
	free(id);
}

static int take_ids(struct occasion *o, enum act act, const struct node *data, struct err *e)
{
	struct jqfilter_out out;
	int rc = jqfilter_ask(o->spec->ids, data, &out, e);
	const struct node *n = out.node;
	bool nothing = rc == 0 && n->type == NODE_NULL;
	if (nothing)
		rc = err_set(e, ERR_PARSE, "%s", _("nothing there"));
	else if (rc == 0 && n->type == NODE_ARRAY)
		for (const struct node *i = node_first(n); i < node_end(n); i = node_next(i))
			take_id(o, act, i);
	else if (rc == 0)
		take_id(o, act, n);
	jqfilter_out_free(&out);
	return rc < 0 ? err_prefix(e, "ids") : 0;
}

static int take_items(struct occasion *o, enum act act, const struct node *data, struct err *e)
{
	size_t before = o->out->count;
	if (jqfilter_each(o->spec->items, data, on_item, o, e) < 0)
		return err_prefix(e, "items");
	for (size_t i = before; i < o->out->count; i++)
		o->out->records[i]->partial = act == ACT_PATCH && !o->out->records[i]->deleted;
	return 0;
}

static int do_act(struct occasion *o, enum act act, const struct node *data, struct err *e)
{
	switch (act) {
	case ACT_UPSERT:
	case ACT_PATCH:
		return take_items(o, act, data, e);
	case ACT_REMOVE:
	case ACT_REFETCH:
		return take_ids(o, act, data, e);
	case ACT_RESYNC:
		o->result->resync = true;
		break;
	case ACT_IGNORE:
		break;
	}
	return 0;
}

static int read_data(const struct stream_spec *spec, const struct live_event *e,
		     struct tape *tape)
{
	struct failure f = FAILURE_NONE;
	if (spec->type == STREAM_POLL || spec->format.type != FORMAT_AUTO)
		return format_read(&spec->format, e->data, e->n, "", tape, &f);
	if (format_reread(&spec->format, e->data, e->n, tape, NULL) == 0)
		return 0;
	/* An event may be a mere word where its name says all. */
	return spec->act ? format_bare(e->data, e->n, tape, NULL) : -1;
}

void live_event_map(const struct connector *c, const struct live_event *e, struct tape *tape,
		    struct mapper *m, const struct mapping *how, struct haul *out,
		    struct live_result *result)
{
	struct occasion o = {&c->stream, m, *how, out, result};
	struct err err = ERR_INIT;
	enum act act;
	if (read_data(o.spec, e, tape) < 0) {
		mapper_reject(&o.how, _("event: not JSON"), e->data, e->n, out);
		return;
	}
	const struct node *data = tape->nodes;
	note_time(o.spec, data, &result->server_time);
	o.how.kind = kind_of(o.spec, data);
	o.how.otherwise = only_kind(c);
	if (find_act(o.spec, e, data, &act, &err) < 0 || do_act(&o, act, data, &err) < 0)
		mapper_reject(&o.how, err.text, e->data, e->n, out);
}
