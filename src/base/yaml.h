/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML files with errors that name file, line and column.  A thin door to libfyaml, so that
 * configuration, connectors, themes and calendars all complain in the same words. */
#ifndef IOC_BASE_YAML_H
#define IOC_BASE_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct yaml;      /* a document; owns everything reached from it */
struct yaml_node; /* borrowed, valid as long as the document */

/* NULL with *e "FILE:LINE:COLUMN: …".  Larger than 16 MiB is refused. */
struct yaml *yaml_load(const char *path, struct err *e);
/* The same from memory; `name` stands for the file in messages. */
struct yaml *yaml_parse(const char *name, const char *text, size_t n, struct err *e);
/* A whole file, terminated, as yaml_load reads it; the caller frees. */
char *yaml_read(const char *path, size_t *n, struct err *e);
void yaml_free(struct yaml *y);

/* NULL for a document that holds nothing but comments. */
const struct yaml_node *yaml_root(const struct yaml *y);
bool yaml_is_map(const struct yaml_node *n);
bool yaml_is_list(const struct yaml_node *n);
bool yaml_is_scalar(const struct yaml_node *n);
/* Members of a map or list; 0 for others and for NULL. */
size_t yaml_count(const struct yaml_node *n);
/* Member of a map, or NULL. */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);
/* The i-th of a list, or the i-th pair's value of a map; NULL past the end. */
const struct yaml_node *yaml_at(const struct yaml_node *n, size_t i);
/* The i-th key of a map, and its node for messages.  Borrowed; NULL past the end. */
const char *yaml_key(const struct yaml_node *map, size_t i);
const struct yaml_node *yaml_key_node(const struct yaml_node *map, size_t i);
/* Whether it is a scalar without quotes, which may mean a number, truth or nothing. */
bool yaml_is_plain(const struct yaml_node *n);
/* The scalar's text, or NULL for others.  Borrowed. */
const char *yaml_text(const struct yaml_node *n);
int yaml_line(const struct yaml_node *n);   /* from 1 */
int yaml_column(const struct yaml_node *n); /* from 1 */

/* Sets *e to "FILE:LINE:COLUMN: …" for this node; returns -1. */
int yaml_error(const struct yaml *y, const struct yaml_node *n, struct err *e, const char *fmt,
	       ...) __attribute__((format(printf, 4, 5)));

/* The same for a line of a text that has several: `below` lines under its first; column 0:
 * where the text, or that line, begins. */
int yaml_error_below(const struct yaml *y, const struct yaml_node *n, int below, int column,
		     struct err *e, const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* A line of the file, from 1, without its end; NULL behind the last.  Borrowed. */
const char *yaml_line_text(const struct yaml *y, int line, size_t *n);
/* The column of the file where a column of a line of this scalar stands, both from 1; 0 where
 * the file has not got that line as the scalar has it. */
int yaml_column_in(const struct yaml *y, const struct yaml_node *n, int line, int column);

/* Readers of one member: 0 and *out set; 0 and *out untouched where the key is absent; -1
 * with *e where it has the wrong form.  Texts are borrowed.  Durations are written "30s",
 * "5m", "2h", "1d", "250ms" and read as milliseconds. */
int yaml_get_text(const struct yaml *y, const struct yaml_node *map, const char *key,
		  const char **out, struct err *e);
int yaml_get_int(const struct yaml *y, const struct yaml_node *map, const char *key,
		 int64_t least, int64_t most, int64_t *out, struct err *e);
int yaml_get_bool(const struct yaml *y, const struct yaml_node *map, const char *key, bool *out,
		  struct err *e);
int yaml_get_duration(const struct yaml *y, const struct yaml_node *map, const char *key,
		      int64_t *ms, struct err *e);
/* -1 with *e at the first key of the map that is not in the NULL-ended list, suggesting the
 * nearest known one. */
int yaml_only_keys(const struct yaml *y, const struct yaml_node *map, const char *const *known,
		   struct err *e);
/* The same for the i-th key alone. */
int yaml_known_key(const struct yaml *y, const struct yaml_node *map, size_t i,
		   const char *const *known, struct err *e);

#endif
