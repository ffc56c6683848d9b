/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/location.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"

#define NUMBERS_MOST 4096

struct points {
	double list[NUMBERS_MOST];
	size_t count;
	bool lon_first;
};

static void add(struct points *p, double v)
{
	if (p->count < NUMBERS_MOST && isfinite(v))
		p->list[p->count++] = v;
}

static void add_text(struct points *p, const char *s, size_t n)
{
	char *copy = xstrndup(s, n), *at = copy, *end;
	while (*at) {
		bool starts = isdigit((unsigned char)*at) ||
			      ((*at == '-' || *at == '.') && isdigit((unsigned char)at[1]));
		if (starts) {
			add(p, strtod(at, &end));
			at = end;
		} else {
			at++;
		}
	}
	free(copy);
}

/* Lists of lists: GeoJSON may give a height as a third number. */
static void add_list(struct points *p, const struct node *v)
{
	const struct node *end = node_end(v);
	size_t numbers = 0;
	for (const struct node *n = node_first(v); n < end; n = node_next(n)) {
		if (n->type == NODE_ARRAY)
			add_list(p, n);
		else if (n->type == NODE_NUMBER && numbers++ < 2)
			add(p, node_number(n));
		else if (n->type == NODE_STRING && numbers++ < 2)
			add_text(p, n->s, n->n);
	}
}

static bool number_of(const struct node *object, const char *const *names, double *v)
{
	for (; *names; names++) {
		const struct node *n = node_get(object, *names, strlen(*names));
		char text[40], *end;
		if (!n || n->n >= sizeof text ||
		    (n->type != NODE_NUMBER && n->type != NODE_STRING))
			continue;
		memcpy(text, n->s, n->n);
		text[n->n] = '\0';
		*v = strtod(text, &end);
		if (end > text && isfinite(*v))
			return true;
	}
	return false;
}

static bool is_true_place(double lat, double lon)
{
	return fabs(lat) <= 90 && fabs(lon) <= 180 && (fabs(lat) > 1e-9 || fabs(lon) > 1e-9);
}

/* A polygon closes with the point that it began with. */
static size_t corners(const struct points *p)
{
	size_t n = p->count / 2;
	bool closed = n > 2 && p->list[0] == p->list[2 * n - 2] &&
		      p->list[1] == p->list[2 * n - 1];
	return closed ? n - 1 : n;
}

static bool mean(const struct points *p, double *lat, double *lon)
{
	size_t n = corners(p);
	double first = 0, second = 0;
	if (!n)
		return false;
	for (size_t i = 0; i < n; i++) {
		first += p->list[2 * i] / (double)n;
		second += p->list[2 * i + 1] / (double)n;
	}
	bool turn = p->lon_first;
	if (fabs(turn ? second : first) > 90 && fabs(turn ? first : second) <= 90)
		turn = !turn;
	*lat = turn ? second : first;
	*lon = turn ? first : second;
	return is_true_place(*lat, *lon);
}

static bool read_list(const struct node *v, double *lat, double *lon)
{
	struct points p = {.lon_first = true};
	add_list(&p, v);
	return mean(&p, lat, lon);
}

static bool read_plain(const char *s, size_t n, double *lat, double *lon)
{
	struct points p = {.lon_first = isalpha((unsigned char)*s) != 0};
	add_text(&p, s, n);
	/* A circle: its middle and radius. */
	if (p.count == 3)
		p.count = 2;
	return mean(&p, lat, lon);
}

/* JSON inside a text, which holds no other such text. */
static bool read_json(const char *s, size_t n, double *lat, double *lon)
{
	struct tape t = TAPE_INIT;
	char *copy = xmalloc(n + 1); /* which may hold a NUL */
	memcpy(copy, s, n);
	copy[n] = '\0';
	bool found = tape_read(&t, copy, n, NULL) == 0 && t.nodes->type != NODE_STRING &&
		     location_read(t.nodes, lat, lon);
	tape_free(&t);
	free(copy);
	return found;
}

static bool read_text(const struct node *v, double *lat, double *lon)
{
	const char *s = v->s, *end = s + v->n;
	while (s < end && isspace((unsigned char)*s))
		s++;
	if (s == end)
		return false;
	return (*s == '{' || *s == '[' ? read_json : read_plain)(s, (size_t)(end - s), lat,
								 lon);
}

/* What holds the place: the object itself, or a list or object of GeoJSON in it. */
static const struct node *find_inner(const struct node *v)
{
	static const char *const names[] = {"geometry", "coordinates"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct node *n = node_get(v, names[i], strlen(names[i]));
		if (n && (n->type == NODE_ARRAY || (i == 0 && n->type == NODE_OBJECT)))
			return n;
	}
	return NULL;
}

static bool read_object(const struct node *v, double *lat, double *lon)
{
	static const char *const lats[] = {"lat", "latitude", "Lat", "Latitude", NULL};
	static const char *const lons[] = {"lon", "lng", "long",      "longitude",
					   "Lon", "Lng", "Longitude", NULL};
	const struct node *inner = find_inner(v);
	if (inner && inner->type == NODE_OBJECT)
		inner = find_inner(inner);
	if (inner)
		return inner->type == NODE_ARRAY && read_list(inner, lat, lon);
	return number_of(v, lats, lat) && number_of(v, lons, lon) && is_true_place(*lat, *lon);
}

bool location_read(const struct node *v, double *lat, double *lon)
{
	switch (v->type) {
	case NODE_STRING:
		return read_text(v, lat, lon);
	case NODE_ARRAY:
		return read_list(v, lat, lon);
	case NODE_OBJECT:
		return read_object(v, lat, lon);
	default:
		return false;
	}
}
