/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/city.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "model/kinds.h"

enum { AREAS, UNITS, CATEGORIES, CAMERAS, PROCEDURES };
const struct kind *const catalogue_kinds[CATALOGUES] = {&kind_area, &kind_unit, &kind_category,
							&kind_camera, &kind_procedure};

struct yaml *city_file(const char *data_dir, const char *folder, const char *name,
		       struct err *e)
{
	char *path = xasprintf("%s/%s/%s.yaml", data_dir, folder, name);
	struct yaml *y = yaml_load(path, e);
	free(path);
	return y;
}

static const struct yaml_node *rows(const struct city *c, int which)
{
	return yaml_get(yaml_root(c->files[which]), "rows");
}

static const char *text(const struct yaml_node *n, const char *key)
{
	const char *s = yaml_text(yaml_get(n, key));
	return s ? s : "";
}

static double number(const struct yaml_node *n, const char *key)
{
	return strtod(text(n, key), NULL);
}

static bool flag(const struct yaml_node *n, const char *key, bool otherwise)
{
	const char *s = text(n, key);
	return *s ? strcmp(s, "true") == 0 : otherwise;
}

static void read_units(struct city *c)
{
	const struct yaml_node *list = rows(c, UNITS);
	c->unit_count = yaml_count(list);
	c->units = xcalloc(c->unit_count + 1, sizeof *c->units);
	for (size_t i = 0; i < c->unit_count; i++) {
		const struct yaml_node *n = yaml_at(list, i);
		c->units[i] = (struct unit){text(n, "code"), text(n, "title"),
					    text(n, "short_name"), text(n, "org_code")};
	}
}

static void read_categories(struct city *c)
{
	const struct yaml_node *list = rows(c, CATEGORIES);
	c->category_count = yaml_count(list);
	c->categories = xcalloc(c->category_count + 1, sizeof *c->categories);
	for (size_t i = 0; i < c->category_count; i++) {
		const struct yaml_node *n = yaml_at(list, i);
		c->categories[i] = (struct category){
			.code = text(n, "code"),
			.title = text(n, "title"),
			.accept = llround(number(n, "accept_h") * 3600) * SECOND,
			.handle = llround(number(n, "handle_h") * 3600) * SECOND,
			.severity = (int64_t)number(n, "severity"),
			.restricted = flag(n, "restricted", false),
		};
	}
}

static void read_cameras(struct city *c)
{
	const struct yaml_node *list = rows(c, CAMERAS);
	c->camera_count = yaml_count(list);
	c->cameras = xcalloc(c->camera_count + 1, sizeof *c->cameras);
	for (size_t i = 0; i < c->camera_count; i++) {
		const struct yaml_node *n = yaml_at(list, i);
		c->cameras[i] = (struct camera){
			.code = text(n, "code"),
			.title = text(n, "title"),
			.place = text(n, "place"),
			.area = text(n, "area"),
			.purpose = text(n, "purpose"),
			.lat = number(n, "lat"),
			.lon = number(n, "lon"),
			.restricted = flag(n, "restricted", false),
			.online = flag(n, "online", true),
		};
	}
}

int city_task(const struct city *c, const struct yaml *y, const struct yaml_node *n,
	      struct task *out, struct err *e)
{
	static const char *const roles[] = {"UB", "CA", "KT", "VX", "HC"};
	const char *s = yaml_text(n);
	*out = (struct task){ROLE_UNIT, s ? city_unit(c, s) : NULL};
	for (int i = 0; s && i < ROLE_UNIT; i++)
		if (strcmp(s, roles[i]) == 0) {
			out->role = (enum role)i;
			return 0;
		}
	return out->unit ? 0 : yaml_error(y, n, e, "no such unit or role");
}

static int read_procedure(struct city *c, const struct yaml_node *n, struct err *e)
{
	struct procedure *to = &c->procedures[c->procedure_count];
	unsigned weight = (unsigned)number(n, "weight");
	*to = (struct procedure){
		.code = text(n, "code"),
		.title = text(n, "title"),
		.say = text(n, "say"),
		.category = text(n, "category"),
		.who = *text(n, "who") ? text(n, "who") : "citizen",
		.limit = llround(number(n, "limit_n") * (double)WORKDAY),
		.fee = (int64_t)number(n, "fee"),
		.same_day = flag(n, "same_day", false),
		.linked = strcmp(text(n, "category"), "lien-thong") == 0,
	};
	if (!*to->say)
		to->say = to->title;
	if (to->limit <= 0)
		return yaml_error(c->files[PROCEDURES], n, e, "limit_n must be more than 0");
	if (city_task(c, c->files[PROCEDURES], yaml_get(n, "goal"), &to->goal, e) < 0)
		return -1;
	size_t i = c->procedure_count++;
	c->procedure_sums[i] = (weight ? weight : 1) + (i ? c->procedure_sums[i - 1] : 0);
	return 0;
}

static int read_procedures(struct city *c, struct err *e)
{
	const struct yaml_node *list = rows(c, PROCEDURES);
	size_t n = yaml_count(list);
	c->procedures = xcalloc(n + 1, sizeof *c->procedures);
	c->procedure_sums = xcalloc(n + 1, sizeof *c->procedure_sums);
	for (size_t i = 0; i < n; i++)
		if (read_procedure(c, yaml_at(list, i), e) < 0)
			return -1;
	return 0;
}

static int read_catalogues(struct city *c, const char *data_dir, struct err *e)
{
	for (int i = 0; i < CATALOGUES; i++) {
		c->files[i] = city_file(data_dir, "catalogues", catalogue_kinds[i]->plural, e);
		if (!c->files[i])
			return -1;
		if (yaml_count(rows(c, i)) == 0)
			return yaml_error(c->files[i], yaml_root(c->files[i]), e,
					  "rows must be a list");
	}
	read_units(c);
	read_categories(c);
	read_cameras(c);
	return read_procedures(c, e);
}

static int read_demo(struct city *c, const char *data_dir, struct err *e)
{
	char *calendars = xasprintf("%s/calendars", data_dir);
	char *people = xasprintf("%s/demo/people.yaml", data_dir);
	char *places = xasprintf("%s/demo/places.yaml", data_dir);
	c->office = office_load(calendars, e);
	c->people = c->office ? people_load(people, e) : NULL;
	c->places = c->people ? places_load(places, e) : NULL;
	free(calendars);
	free(people);
	free(places);
	return c->places ? 0 : -1;
}

struct city *city_load(const char *data_dir, uint64_t seed, struct err *e)
{
	struct city *c = xcalloc(1, sizeof *c);
	c->seed = seed;
	if (read_catalogues(c, data_dir, e) < 0 || read_demo(c, data_dir, e) < 0) {
		city_free(c);
		return NULL;
	}
	return c;
}

void city_free(struct city *c)
{
	if (!c)
		return;
	places_free(c->places);
	people_free(c->people);
	office_free(c->office);
	free(c->units);
	free(c->categories);
	free(c->cameras);
	free(c->procedures);
	free(c->procedure_sums);
	for (int i = 0; i < CATALOGUES; i++)
		yaml_free(c->files[i]);
	free(c);
}

const struct unit *city_unit(const struct city *c, const char *code)
{
	for (size_t i = 0; i < c->unit_count; i++)
		if (strcmp(c->units[i].code, code) == 0)
			return &c->units[i];
	return NULL;
}

const struct category *city_category(const struct city *c, const char *code)
{
	for (size_t i = 0; i < c->category_count; i++)
		if (strcmp(c->categories[i].code, code) == 0)
			return &c->categories[i];
	return NULL;
}

/* The code of the unit that fills a ward's role.  Before the wards were redrawn the city had
 * offices for what the wards' offices do now. */
static void role_code(enum role role, const struct place *place, int64_t at, char *out,
		      size_t n)
{
	static const char *const now[] = {"UB", "CA", "KT", "VX", "HC"};
	static const char *const then[] = {"UB", "CA", "QLDT", "UBTP", "UBTP"};
	if (at < PLACES_REDRAWN && role > ROLE_CA)
		snprintf(out, n, "%s", then[role]);
	else
		snprintf(out, n, "%s-%s", now[role], place_area(place, at));
}

const struct unit *city_doer(const struct city *c, const struct task *task,
			     const struct place *place, int64_t at)
{
	if (task->role == ROLE_UNIT)
		return task->unit;
	char code[32];
	role_code(task->role, place, at, code, sizeof code);
	/* Where a code was given anew, units.yaml has the unit of today first. */
	const struct unit *found = city_unit(c, code);
	if (found && at < PLACES_REDRAWN)
		for (const struct unit *u = found + 1; u < c->units + c->unit_count; u++)
			if (strcmp(u->code, code) == 0)
				found = u;
	return found ? found : &c->units[0];
}
