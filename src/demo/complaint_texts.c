/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads complaints.yaml, and puts sentences together as people do: an opening perhaps, what
 * there is, more of it, what is asked for, a word of thanks or of anger. */
#include "demo/complaint_texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static int read_topic_texts(struct complaints *x, const struct yaml_node *n, struct topic *t,
			    struct err *e)
{
	t->title = grammar_member(&x->grammar, n, "title", e);
	t->what = t->title ? grammar_member(&x->grammar, n, "what", e) : NULL;
	t->more = t->what ? grammar_member(&x->grammar, n, "more", e) : NULL;
	t->result = t->more ? grammar_member(&x->grammar, n, "result", e) : NULL;
	if (!t->result)
		return -1;
	size_t count = phrase_count(t->title);
	if (t->paired && (phrase_count(t->what) != count || phrase_count(t->more) != count ||
			  phrase_count(t->result) != count))
		return yaml_error(x->file, n, e,
				  "the lists of a paired topic must be equally long");
	return 0;
}

static int read_topic(struct complaints *x, const struct yaml_node *n, struct err *e)
{
	struct topic *t = &x->topics[x->topic_count];
	const char *category = "", *place = "";
	int64_t weight = 1;
	if (yaml_get_text(x->file, n, "id", &t->id, e) < 0 ||
	    yaml_get_text(x->file, n, "category", &category, e) < 0 ||
	    yaml_get_text(x->file, n, "place", &place, e) < 0 ||
	    yaml_get_int(x->file, n, "weight", 1, 100, &weight, e) < 0 ||
	    yaml_get_int(x->file, n, "urgent", 0, 100, &t->urgent, e) < 0 ||
	    yaml_get_int(x->file, n, "anonymous", 0, 100, &t->anonymous, e) < 0 ||
	    yaml_get_bool(x->file, n, "restricted", &t->restricted, e) < 0 ||
	    yaml_get_bool(x->file, n, "offender", &t->offender, e) < 0 ||
	    yaml_get_bool(x->file, n, "paired", &t->paired, e) < 0 ||
	    city_task(x->city, x->file, yaml_get(n, "unit"), &t->task, e) < 0)
		return -1;
	t->rural = strcmp(place, "rural") == 0;
	t->category = city_category(x->city, category);
	if (!t->category)
		return yaml_error(x->file, n, e, "no category \"%s\"", category);
	const struct yaml_node *co = yaml_get(n, "co");
	for (; t->co_count < CO_UNITS && t->co_count < yaml_count(co); t->co_count++)
		if (city_task(x->city, x->file, yaml_at(co, t->co_count), &t->co[t->co_count],
			      e) < 0)
			return -1;
	size_t i = x->topic_count++;
	x->topic_sums[i] = (unsigned)weight + (i ? x->topic_sums[i - 1] : 0);
	return read_topic_texts(x, n, t, e);
}

static int read_channels(struct complaints *x, const struct yaml_node *root, struct err *e)
{
	const struct yaml_node *list = yaml_get(root, "channels");
	size_t n = yaml_count(list);
	if (n == 0 || n > ARRAY_LEN(x->channels))
		return yaml_error(x->file, root, e, "channels must be a list of 1 to 16");
	for (size_t i = 0; i < n; i++) {
		int64_t weight = 1;
		const struct yaml_node *c = yaml_at(list, i);
		struct channel *to = &x->channels[i];
		if (yaml_get_text(x->file, c, "id", &to->code, e) < 0 ||
		    yaml_get_text(x->file, c, "say", &to->say, e) < 0 ||
		    yaml_get_int(x->file, c, "weight", 1, 100, &weight, e) < 0)
			return -1;
		x->channel_sums[i] = (unsigned)weight + (i ? x->channel_sums[i - 1] : 0);
	}
	x->channel_count = n;
	return 0;
}

static int read_shared(struct complaints *x, const struct yaml_node *root, struct err *e)
{
	x->open = grammar_member(&x->grammar, root, "open", e);
	x->ask = x->open ? grammar_member(&x->grammar, root, "ask", e) : NULL;
	x->punish = x->ask ? grammar_member(&x->grammar, root, "punish", e) : NULL;
	x->close = x->punish ? grammar_member(&x->grammar, root, "close", e) : NULL;
	x->angry = x->close ? grammar_member(&x->grammar, root, "angry", e) : NULL;
	if (!x->angry)
		return -1;
	const struct yaml_node *comments = yaml_get(root, "comments");
	for (int i = 0; i < COMPLAINT_MOVES; i++) {
		x->says[i] = grammar_member(&x->grammar, comments, complaint_moves[i].says, e);
		if (!x->says[i])
			return -1;
	}
	if (voice_words_read(&x->short_hand, x->file, yaml_get(root, "short-hand"), e) < 0)
		return -1;
	return voice_words_read(&x->typos, x->file, yaml_get(root, "typos"), e);
}

static int read_file(struct complaints *x, struct err *e)
{
	const struct yaml_node *root = yaml_root(x->file), *topics = yaml_get(root, "topics");
	size_t n = yaml_count(topics);
	if (n == 0)
		return yaml_error(x->file, root, e, "topics must be a list");
	if (grammar_open(&x->grammar, x->file, e) < 0 || read_channels(x, root, e) < 0 ||
	    read_shared(x, root, e) < 0)
		return -1;
	x->topics = xcalloc(n, sizeof *x->topics);
	x->topic_sums = xcalloc(n, sizeof *x->topic_sums);
	for (size_t i = 0; i < n; i++)
		if (read_topic(x, yaml_at(topics, i), e) < 0)
			return -1;
	return 0;
}

struct complaints *complaints_load(const char *data_dir, const struct city *c, struct err *e)
{
	struct yaml *y = city_file(data_dir, "demo", "complaints", e);
	if (!y)
		return NULL;
	struct complaints *x = xcalloc(1, sizeof *x);
	x->city = c;
	x->file = y;
	if (read_file(x, e) < 0) {
		complaints_free(x);
		return NULL;
	}
	return x;
}

void complaints_free(struct complaints *x)
{
	if (!x)
		return;
	voice_words_free(&x->short_hand);
	voice_words_free(&x->typos);
	grammar_free(&x->grammar);
	yaml_free(x->file);
	free(x->topics);
	free(x->topic_sums);
	free(x);
}

/* --- putting together --------------------------------------------------------------------- */

static void sentence(const struct phrase *p, struct rng *r, const struct slots *s,
		     struct strbuf *out)
{
	if (out->len && out->s[out->len - 1] != '\n')
		strbuf_addc(out, ' ');
	phrase_say(p, r, s, out);
}

/* Two different ones of a list. */
static void two_sentences(const struct phrase *p, struct rng *r, const struct slots *s,
			  struct strbuf *out)
{
	size_t n = phrase_count(p), first = rng_below(r, n);
	if (out->len && out->s[out->len - 1] != '\n')
		strbuf_addc(out, ' ');
	phrase_say_nth(p, first, r, s, out);
	if (n < 2)
		return;
	strbuf_addc(out, ' ');
	phrase_say_nth(p, (first + 1 + rng_below(r, n - 1)) % n, r, s, out);
}

/* What there is and more of it, about one subject. */
struct subject {
	const struct topic *topic;
	size_t i; /* of a paired topic */
};

static void from_list(const struct subject *u, const struct phrase *p, struct rng *r,
		      const struct slots *s, struct strbuf *b)
{
	if (!u->topic->paired) {
		sentence(p, r, s, b);
		return;
	}
	if (b->len && b->s[b->len - 1] != '\n')
		strbuf_addc(b, ' ');
	phrase_say_nth(p, u->i, r, s, b);
}

static void begin(const struct complaints *x, struct rng *r, const struct slots *s, bool angry,
		  struct strbuf *b)
{
	if (angry && rng_percent(r, 50))
		sentence(x->angry, r, s, b);
	else if (rng_percent(r, 48))
		sentence(x->open, r, s, b);
	if (b->len && rng_percent(r, 15))
		strbuf_addc(b, '\n');
}

static void finish(const struct complaints *x, const struct topic *t, struct rng *r,
		   const struct slots *s, bool angry, struct strbuf *b)
{
	if (angry)
		sentence(x->angry, r, s, b);
	else if (t->offender && rng_percent(r, 24))
		sentence(x->punish, r, s, b);
	else if (rng_percent(r, 58))
		sentence(x->ask, r, s, b);
	if (!angry && rng_percent(r, 28))
		sentence(x->close, r, s, b);
}

static void put_together(const struct complaints *x, const struct subject *u, struct rng *r,
			 const struct slots *s, bool angry, struct strbuf *b)
{
	const struct topic *t = u->topic;
	if (rng_percent(r, 13)) { /* in a hurry */
		from_list(u, t->what, r, s, b);
		return;
	}
	begin(x, r, s, angry, b);
	if (!t->paired && rng_percent(r, 24))
		two_sentences(t->what, r, s, b);
	else
		from_list(u, t->what, r, s, b);
	if (rng_percent(r, 66))
		from_list(u, t->more, r, s, b);
	finish(x, t, r, s, angry, b);
}

static void speak(const struct complaints *x, enum voice voice, struct rng *r, struct sketch *d)
{
	switch (voice) {
	case VOICE_PLAIN:
		break;
	case VOICE_UNMARKED:
		voice_unmark(&d->title, 0);
		voice_unmark(&d->body, 0);
		if (rng_percent(r, 50))
			voice_lower(&d->body, 0);
		break;
	case VOICE_SHORT_HAND:
		voice_lower(&d->body, 0);
		voice_words_apply(&x->short_hand, r, &d->body, 0);
		break;
	case VOICE_SLIPS:
		voice_words_apply(&x->typos, r, &d->title, 0);
		voice_words_apply(&x->typos, r, &d->body, 0);
		break;
	case VOICE_LAZY:
		voice_lower(&d->title, 0);
		voice_lower(&d->body, 0);
		break;
	case VOICE_SHOUTING:
		voice_upper(&d->title, 0);
		break;
	}
}

size_t complaint_write(const struct complaints *x, const struct topic *t, struct rng *r,
		       const struct slots *s, struct sketch *d)
{
	enum voice voice = voice_pick(r);
	bool angry = rng_percent(r, voice == VOICE_SHOUTING ? 60 : 9);
	struct subject subject = {t, rng_below(r, phrase_count(t->title))};
	phrase_say_nth(t->title, subject.i, r, s, &d->title);
	put_together(x, &subject, r, s, angry, &d->body);
	speak(x, voice, r, d);
	return subject.i;
}
