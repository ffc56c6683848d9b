/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each of the four signs is worth 0 to 1; their weighted mean is the likeness.  What is not
 * known of a record is worth a little: it speaks neither for nor against. */
#include "model/likeness.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "model/likeness_parts.h"

#define UNKNOWN 0.25
#define ANOTHER_PLACE 4  /* times rules->distance */
#define SAME_WORDS 0.4   /* of the pairs in common: as alike as two people ever tell it */
#define OTHER_NUMBER 0.4 /* what the same street is worth where the numbers differ */
#define SENDER 0.1       /* added where the same person sent both */
#define EARTH 6371008.8  /* mean radius in metres */
#define PI 3.14159265358979323846

struct likeness_rules likeness_usual(void)
{
	return (struct likeness_rules){
		.enabled = true,
		.distance = 50,
		.within = 7 * DAY,
		.least = 60,
		.most = 5,
		.place = 40,
		.words = 35,
		.category = 15,
		.time = 10,
	};
}

/* --- configuration -------------------------------------------------------- */

static int read_weights(const struct yaml *y, const struct yaml_node *map,
			struct likeness_rules *r, struct err *e)
{
	static const char *const known[] = {"place", "words", "category", "time", NULL};
	int64_t *const weights[] = {&r->place, &r->words, &r->category, &r->time};
	if (!map)
		return 0;
	if (!yaml_is_map(map))
		return yaml_error(y, map, e, _("weights must be a map (place: 40 …)"));
	if (yaml_only_keys(y, map, known, e) < 0)
		return -1;
	for (size_t i = 0; known[i]; i++)
		if (yaml_get_int(y, map, known[i], 0, 1000, weights[i], e) < 0)
			return -1;
	if (r->place + r->words + r->category + r->time == 0)
		return yaml_error(y, map, e, _("weights: at least one must be more than 0"));
	return 0;
}

int likeness_rules_read(const struct yaml *y, const struct yaml_node *map,
			struct likeness_rules *r, struct err *e)
{
	static const char *const known[] = {"enabled", "distance", "within", "least",
					    "most",    "weights",  NULL};
	if (!yaml_is_map(map))
		return yaml_error(y, map, e, _("duplicates must be a map (distance: 50 …)"));
	if (yaml_only_keys(y, map, known, e) < 0 ||
	    yaml_get_bool(y, map, "enabled", &r->enabled, e) < 0 ||
	    yaml_get_int(y, map, "distance", 1, 5000, &r->distance, e) < 0 ||
	    yaml_get_duration(y, map, "within", &r->within, e) < 0 ||
	    yaml_get_int(y, map, "least", 1, 100, &r->least, e) < 0 ||
	    yaml_get_int(y, map, "most", 1, LIKENESS_SHOWN_MOST, &r->most, e) < 0 ||
	    read_weights(y, yaml_get(map, "weights"), r, e) < 0)
		return -1;
	if (r->within < HOUR || r->within > 90 * DAY)
		return yaml_error(y, yaml_get(map, "within"), e,
				  _("within must be between 1h and 90d"));
	return 0;
}

/* --- the signs ------------------------------------------------------------ */

static bool is_placed(const struct record *r)
{
	const struct value *lat = &r->values[COL_LAT], *lon = &r->values[COL_LON];
	return lat->set && lon->set && fabs(lat->r) <= 90 && fabs(lon->r) <= 180 &&
	       (lat->r != 0 || lon->r != 0);
}

/* On the sphere; -1 where one of them has no place. */
static double metres_between(const struct record *a, const struct record *b)
{
	if (!is_placed(a) || !is_placed(b))
		return -1;
	double la = a->values[COL_LAT].r * PI / 180, lb = b->values[COL_LAT].r * PI / 180;
	double dx = (a->values[COL_LON].r - b->values[COL_LON].r) * PI / 180;
	double s = sin((la - lb) / 2), t = sin(dx / 2);
	double h = s * s + cos(la) * cos(lb) * t * t;
	return 2 * EARTH * asin(sqrt(h < 1 ? h : 1));
}

static void read_words(struct likeness_words *w, const struct record *r, size_t first,
		       size_t second)
{
	w->count = w->number_count = 0;
	likeness_words_add(w, record_text(r, first), strlen(record_text(r, first)));
	if (second != first)
		likeness_words_add(w, record_text(r, second), strlen(record_text(r, second)));
	likeness_words_end(w);
}

static void read_text(struct likeness_words *w, const struct record *r)
{
	read_words(w, r, COL_TITLE, COL_BODY);
}

static void read_address(struct likeness_words *w, const struct record *r)
{
	read_words(w, r, COL_ADDRESS, COL_ADDRESS);
}

/* The cosine of the two sets; UNKNOWN where one is empty. */
static double alike(const struct likeness_words *a, const struct likeness_words *b,
		    size_t shared)
{
	return a->count && b->count ? (double)shared / sqrt((double)a->count * (double)b->count)
				    : UNKNOWN;
}

static double by_address(const struct likeness_judge *j, const struct record *other)
{
	struct likeness_words theirs;
	read_address(&theirs, other);
	double worth = alike(&j->address, &theirs, likeness_words_shared(&j->address, &theirs));
	bool numbers = j->address.number_count && theirs.number_count;
	if (numbers && !likeness_numbers_shared(&j->address, &theirs))
		worth *= OTHER_NUMBER;
	return worth;
}

static double by_place(const struct likeness_judge *j, const struct record *other,
		       struct likeness *out)
{
	if (out->metres >= 0) {
		double far = out->metres / (double)j->rules->distance;
		return 1 / (1 + far * far);
	}
	double worth = by_address(j, other);
	out->same_address = worth >= 0.5;
	return worth;
}

static double by_words(const struct likeness_judge *j, const struct record *other,
		       struct likeness *out)
{
	struct likeness_words theirs;
	read_text(&theirs, other);
	size_t shared = likeness_words_shared(&j->text, &theirs);
	out->phrases = (int)shared;
	return fmin(alike(&j->text, &theirs, shared) / SAME_WORDS, 1);
}

static double by_category(const struct record *a, const struct record *b, struct likeness *out)
{
	const char *ours = record_text(a, COL_CATEGORY), *theirs = record_text(b, COL_CATEGORY);
	out->same_category = *ours && strcmp(ours, theirs) == 0;
	return out->same_category ? 1 : *ours && *theirs ? 0 : UNKNOWN;
}

/* The last nine digits: 0912 340 000 and +84912340000 are one telephone. */
static size_t last_digits(const char *s, char out[9])
{
	size_t n = 0;
	for (const char *p = s + strlen(s); p > s && n < 9;)
		if (*--p >= '0' && *p <= '9')
			out[n++] = *p;
	return n;
}

static bool same_sender(const struct likeness_judge *j, const struct record *other)
{
	char a[9], b[9];
	return j->phone >= 0 && last_digits(record_text(j->self, (size_t)j->phone), a) == 9 &&
	       last_digits(record_text(other, (size_t)j->phone), b) == 9 &&
	       memcmp(a, b, 9) == 0;
}

/* --- all of them ---------------------------------------------------------- */

void likeness_start(struct likeness_judge *j, const struct likeness_rules *rules,
		    const struct record *self)
{
	j->rules = rules;
	j->self = self;
	j->phone = kind_column(self->kind, "reporter_phone");
	j->restricted = kind_column(self->kind, "restricted");
	read_text(&j->text, self);
	read_address(&j->address, self);
}

static bool is_restricted(const struct likeness_judge *j, const struct record *r)
{
	return j->restricted >= 0 && record_int(r, (size_t)j->restricted, 0) != 0;
}

/* What settles it at once. */
static bool may_be_one(const struct likeness_judge *j, const struct record *other,
		       struct likeness *out)
{
	int64_t a = record_int(j->self, COL_CREATED_AT, CLOCK_NONE);
	int64_t b = record_int(other, COL_CREATED_AT, CLOCK_NONE);
	if (a == CLOCK_NONE || b == CLOCK_NONE || is_restricted(j, j->self) ||
	    is_restricted(j, other))
		return false;
	out->apart = a > b ? a - b : b - a;
	out->metres = metres_between(j->self, other);
	return out->apart <= j->rules->within &&
	       out->metres <= (double)(j->rules->distance * ANOTHER_PLACE);
}

bool likeness_of(const struct likeness_judge *j, const struct record *other,
		 struct likeness *out)
{
	const struct likeness_rules *r = j->rules;
	*out = (struct likeness){.percent = 0};
	if (!may_be_one(j, other, out))
		return false;
	out->same_sender = same_sender(j, other);
	double all = (double)(r->place + r->words + r->category + r->time);
	double sum = (double)r->category * by_category(j->self, other, out) +
		     (double)r->time * (1 - (double)out->apart / (double)r->within) +
		     (out->same_sender ? SENDER * all : 0);
	double least = (double)r->least / 100 * all - 1e-9;
	/* Reading words takes most of the time: not where they can't change anything. */
	sum += (double)r->place * (out->metres < 0 ? 0 : by_place(j, other, out));
	double hoped = out->metres < 0 ? (double)(r->place + r->words) : (double)r->words;
	if (sum + hoped < least)
		return false;
	sum += (double)r->place * (out->metres < 0 ? by_place(j, other, out) : 0);
	sum += (double)r->words * by_words(j, other, out);
	out->percent = sum >= all ? 100 : (int)(sum / all * 100 + 0.5);
	return out->percent >= r->least;
}
