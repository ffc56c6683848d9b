/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A strip of latitudes across a city holds too many rows to be looked through, so rows are
 * indexed by cells of both. */
#include "store/place.h"

#include <math.h>

#include "store/sql.h"

#define CELLS 400.0 /* a degree has so many */
#define ROW 1000000 /* more than there are around the earth */
#define CELLS_MOST 600
#define EARTH 6371008.8 /* mean radius, metres */
#define RADIAN (M_PI / 180)

bool place_is_indexed(const struct kind *k)
{
	return !k->catalogue;
}

void place_add_cell(struct strbuf *b, const char *table)
{
	strbuf_addf(b,
		    "(CAST((%slat + 90) * 400 AS INTEGER) * 1000000 +"
		    " CAST((%slon + 180) * 400 AS INTEGER))",
		    table, table);
}

/* The rectangle round the circle. */
struct box {
	double south, north, west, east;
};

static struct box box_of(const struct filter *near)
{
	double lat = near->values[0].r, lon = near->values[1].r, m = near->values[2].r;
	double up = m / (EARTH * RADIAN);
	double narrow = cos(lat * RADIAN);
	double side = up / (narrow > 0.01 ? narrow : 0.01);
	return (struct box){lat - up, lat + up, lon - side, lon + side};
}

static int64_t cell(double degrees, double from)
{
	return (int64_t)((degrees + from) * CELLS);
}

static int64_t count_cells(const struct box *b)
{
	return (cell(b->north, 90) - cell(b->south, 90) + 1) *
	       (cell(b->east, 180) - cell(b->west, 180) + 1);
}

bool place_is_small(const struct filter *near)
{
	struct box b = box_of(near);
	return count_cells(&b) <= CELLS_MOST;
}

void place_add_cells(struct builder *b, const struct filter *near)
{
	const struct box own = box_of(near), *box = &own;
	const char *comma = "";
	place_add_cell(&b->sql, "t.");
	builder_add(b, " IN (");
	for (int64_t y = cell(box->south, 90); y <= cell(box->north, 90); y++)
		for (int64_t x = cell(box->west, 180); x <= cell(box->east, 180); x++) {
			builder_add(b, "%s", comma);
			builder_int(b, y * ROW + x);
			comma = ", ";
		}
	builder_add(b, ") AND t.lat IS NOT NULL AND t.lon IS NOT NULL");
}

static void add_between(struct builder *b, const char *column, double from, double to)
{
	builder_add(b, "+t.%s BETWEEN ", column);
	builder_real(b, from);
	builder_add(b, " AND ");
	builder_real(b, to);
	builder_add(b, " AND ");
}

void place_add_near(struct builder *b, const struct filter *near, bool cells)
{
	struct box box = box_of(near);
	builder_add(b, "(");
	if (cells) {
		place_add_cells(b, near);
		builder_add(b, " AND ");
	}
	add_between(b, "lat", box.south, box.north);
	add_between(b, "lon", box.west, box.east);
	builder_add(b, "ioc_metres(t.lat, t.lon, ");
	builder_real(b, near->values[0].r);
	builder_add(b, ", ");
	builder_real(b, near->values[1].r);
	builder_add(b, ") <= ");
	builder_real(b, near->values[2].r);
	builder_add(b, ")");
}

static double haversine(double angle)
{
	double s = sin(angle * RADIAN / 2);
	return s * s;
}

static void metres(sqlite3_context *context, int count, sqlite3_value **args)
{
	(void)count;
	for (int i = 0; i < 4; i++)
		if (sqlite3_value_numeric_type(args[i]) == SQLITE_NULL)
			return;
	double lat = sqlite3_value_double(args[0]), lon = sqlite3_value_double(args[1]);
	double lat0 = sqlite3_value_double(args[2]), lon0 = sqlite3_value_double(args[3]);
	double h = haversine(lat - lat0) +
		   cos(lat * RADIAN) * cos(lat0 * RADIAN) * haversine(lon - lon0);
	sqlite3_result_double(context, 2 * EARTH * asin(sqrt(h < 1 ? h : 1)));
}

int place_register(struct db *db, struct err *e)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	int rc = sqlite3_create_function(db->handle, "ioc_metres", 4, flags, NULL, metres, NULL,
					 NULL);
	return rc == SQLITE_OK ? 0 : sql_error(db, e);
}
