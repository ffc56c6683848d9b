/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catalogues: the names behind codes, each valid from a day on.  A code alone is no key: on
 * 01/7/2025 codes of abolished wards were given to new ones. */
#include "model/kinds.h"

/* clang-format off */
#define CATALOGUE_COLUMNS \
	{.id = "code", .title = N_("Code"), .flags = COLUMN_SORTED | COLUMN_INDEXED, .min = 6, .width = 14, .keep = 1, .alias = "ma"}, \
	{.id = "title", .title = N_("Name"), .flags = COLUMN_SORTED | COLUMN_SEARCHED, .min = 10, .width = 40, .keep = 1, .grows = true, .alias = "ten"}, \
	{.id = "valid_from", .title = N_("Valid from"), .type = COLUMN_TIME, .min = 10, .width = 11, .keep = 5, .alias = "tu"}, \
	{.id = "valid_to", .title = N_("Valid to"), .type = COLUMN_TIME, .min = 10, .width = 11, .keep = 5, .alias = "den"}

static const struct choice area_levels[] = {
	{"tinh", N_("Province")}, {"huyen", N_("District")}, {"xa", N_("Commune or ward")},
	{"to", N_("Neighbourhood")}, {NULL, NULL},
};
static const struct column area_columns[] = {
	CATALOGUE_COLUMNS,
	{.id = "level", .title = N_("Level"), .type = COLUMN_CHOICE, .choices = area_levels, .min = 6, .width = 16, .keep = 4},
	{.id = "form", .title = N_("Form"), .min = 4, .width = 10, .keep = 6},
	{.id = "parent", .title = N_("Belongs to"), .type = COLUMN_REF, .ref = "area", .min = 6, .width = 16, .keep = 6},
	{.id = "successor", .title = N_("Succeeded by"), .min = 6, .width = 16},
	{.id = "legal_ref", .title = N_("Legal basis"), .min = 8, .width = 24},
	{.id = NULL},
};
static const struct column unit_columns[] = {
	CATALOGUE_COLUMNS,
	{.id = "area", .title = N_("Area"), .type = COLUMN_REF, .ref = "area", .min = 6, .width = 16, .keep = 6},
	{.id = "parent", .title = N_("Belongs to"), .type = COLUMN_REF, .ref = "unit", .min = 6, .width = 16},
	{.id = "short_name", .title = N_("Short name"), .min = 6, .width = 16, .keep = 4},
	{.id = "successor", .title = N_("Succeeded by"), .min = 6, .width = 16},
	{.id = "reports", .title = N_("Delivers indicators"), .type = COLUMN_FLAG, .min = 4, .width = 8, .keep = 5},
	{.id = "phone", .title = N_("Phone"), .min = 6, .width = 12},
	{.id = NULL},
};
static const struct column category_columns[] = {
	CATALOGUE_COLUMNS,
	{.id = "applies_to", .title = N_("Kind"), .min = 6, .width = 10, .keep = 4},
	{.id = "severity", .title = N_("Severity"), .type = COLUMN_INTEGER, .min = 3, .width = 4, .right = true},
	{.id = "accept_h", .title = N_("Accept within (h)"), .type = COLUMN_REAL, .min = 4, .width = 8, .keep = 5, .right = true},
	{.id = "handle_h", .title = N_("Handle within (h)"), .type = COLUMN_REAL, .min = 4, .width = 8, .keep = 5, .right = true},
	{.id = "warn_h", .title = N_("Warn when left (h)"), .type = COLUMN_REAL, .min = 4, .width = 8, .right = true},
	{.id = "clock", .title = N_("Clock"), .min = 4, .width = 12},
	{.id = "restricted", .title = N_("Restricted"), .type = COLUMN_FLAG, .min = 4, .width = 6},
	{.id = NULL},
};
static const struct column camera_columns[] = {
	CATALOGUE_COLUMNS,
	{.id = "place", .title = N_("Place"), .min = 8, .width = 30, .keep = 3, .flags = COLUMN_SORTED},
	{.id = "area", .title = N_("Area"), .type = COLUMN_REF, .ref = "area", .min = 6, .width = 16, .keep = 5},
	{.id = "purpose", .title = N_("Purpose"), .min = 8, .width = 20, .keep = 5},
	{.id = "online", .title = N_("On line"), .type = COLUMN_FLAG, .min = 4, .width = 8, .keep = 4},
	{.id = "lat", .title = N_("Latitude"), .type = COLUMN_REAL, .min = 8, .width = 9, .right = true},
	{.id = "lon", .title = N_("Longitude"), .type = COLUMN_REAL, .min = 8, .width = 9, .right = true},
	{.id = "restricted", .title = N_("Restricted"), .type = COLUMN_FLAG, .min = 4, .width = 6},
	{.id = NULL},
};
static const struct column procedure_columns[] = {
	CATALOGUE_COLUMNS,
	{.id = "category", .title = N_("Field"), .type = COLUMN_REF, .ref = "category", .min = 6, .width = 16, .keep = 4},
	{.id = "limit_n", .title = N_("Time limit"), .type = COLUMN_REAL, .min = 4, .width = 6, .keep = 4, .right = true},
	{.id = "limit_unit", .title = N_("Unit of the limit"), .min = 4, .width = 10, .keep = 4},
	{.id = "same_day", .title = N_("Same day"), .type = COLUMN_FLAG, .min = 4, .width = 6},
	{.id = "service_level", .title = N_("Online service"), .min = 6, .width = 12},
	{.id = "level", .title = N_("Level"), .min = 4, .width = 8},
	{.id = NULL},
};
/* clang-format on */

#define CATALOGUE(name, many, heading)                                                         \
	const struct kind kind_##name = {                                                      \
		.id = #name,                                                                   \
		.plural = many,                                                                \
		.title = heading,                                                              \
		.catalogue = true,                                                             \
		.columns = name##_columns,                                                     \
		.column_count = sizeof name##_columns / sizeof *name##_columns - 1,            \
		.default_filter = "",                                                          \
		.default_sort = "code",                                                        \
	}

CATALOGUE(area, "areas", N_("Areas"));
CATALOGUE(unit, "units", N_("Units"));
CATALOGUE(category, "categories", N_("Fields"));
CATALOGUE(camera, "cameras", N_("Camera list"));
CATALOGUE(procedure, "procedures", N_("Procedures"));
