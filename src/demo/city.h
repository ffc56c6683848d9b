/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the generators know of the city: the catalogues, people, places and office hours. */
#ifndef IOC_DEMO_CITY_H
#define IOC_DEMO_CITY_H

#include "base/err.h"
#include "base/yaml.h"
#include "demo/people.h"
#include "demo/places.h"
#include "demo/time.h"
#include "model/kind.h"

/* Texts are borrowed from the catalogue files, which the city keeps. */
struct unit {
	const char *code, *title, *short_name, *org_code;
};
struct category {
	const char *code, *title;
	int64_t accept, handle; /* milliseconds */
	int64_t severity;
	bool restricted;
};
/* Whose task something is: a role that each ward fills, or one unit. */
enum role { ROLE_UB, ROLE_CA, ROLE_KT, ROLE_VX, ROLE_HC, ROLE_UNIT };
struct task {
	enum role role;
	const struct unit *unit; /* of ROLE_UNIT */
};
struct procedure {
	const char *code, *title, *say, *category, *who;
	int64_t limit; /* office time, milliseconds */
	int64_t fee;
	bool same_day;
	bool linked; /* liên thông: dossier codes of the national form */
	struct task goal;
};
struct camera {
	const char *code, *title, *place, *area, *purpose;
	double lat, lon;
	bool restricted, online;
};

#define CATALOGUES 5
struct city {
	uint64_t seed;
	struct yaml *files[CATALOGUES]; /* as catalogue_kinds[] */
	struct office *office;
	struct people *people;
	struct places *places;
	struct unit *units;
	size_t unit_count;
	struct category *categories;
	size_t category_count;
	struct procedure *procedures;
	unsigned *procedure_sums;
	size_t procedure_count;
	struct camera *cameras;
	size_t camera_count;
};

extern const struct kind *const catalogue_kinds[CATALOGUES];

/* Reads data_dir/catalogues and data_dir/demo. */
struct city *city_load(const char *data_dir, uint64_t seed, struct err *e);
void city_free(struct city *c);

/* NULL where there is none. */
const struct unit *city_unit(const struct city *c, const char *code);
const struct category *city_category(const struct city *c, const char *code);
/* Reads "UB", "CA", … or the code of a unit. */
int city_task(const struct city *c, const struct yaml *y, const struct yaml_node *n,
	      struct task *out, struct err *e);
/* The unit that does this task for a place at that time; never NULL. */
const struct unit *city_doer(const struct city *c, const struct task *task,
			     const struct place *place, int64_t at);
/* A file of the demonstration, to be freed with yaml_free. */
struct yaml *city_file(const char *data_dir, const char *folder, const char *name,
		       struct err *e);

#endif
