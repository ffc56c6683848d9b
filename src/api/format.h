/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forms that answers and files come in.  Whatever the form, what is read of it is a tape,
 * so that filters and mapping know of one form only:
 *
 * - JSON is itself; NDJSON (values one after the other, with or without line ends, or behind
 *   RS characters) is the list of its values, and a broken line is a text among them;
 * - XML is an object with the root element as its member.  An element is an object of its
 *   attributes ("@name"), its text ("#text") and its child elements by their names, those that
 *   come several times as a list; an element of text alone is a text, an empty one null;
 * - CSV is a list of objects of texts, whose names are the header's. */
#ifndef IOC_API_FORMAT_H
#define IOC_API_FORMAT_H

#include "api/failure.h"
#include "api/schema.h"
#include "api/tape.h"

enum format { FORMAT_AUTO, FORMAT_JSON, FORMAT_NDJSON, FORMAT_XML, FORMAT_CSV };
enum format_keys { FORMAT_KEYS_KEEP, FORMAT_KEYS_FOLDED };

struct xml_spec {
	struct words lists; /* elements that are lists also where they come once */
	bool prefixes;      /* names keep their namespace's prefix */
};

struct csv_spec {
	const char *delimiter; /* one character; NULL: the likeliest of , ; TAB | */
	const char *quote;     /* NULL: the double quote */
	struct words columns;  /* where the file has no header line */
	int64_t skip;          /* lines in front of the header */
};

struct format_spec {
	int type;            /* enum format */
	int keys;            /* enum format_keys: how names of members are made equal */
	const char *charset; /* NULL: as the answer says */
	struct xml_spec xml;
	struct csv_spec csv;
};

extern const char *const format_names[], *const format_key_names[];
extern const struct field format_xml_fields[], format_csv_fields[];

/* The rows of a field table for a struct that has a struct format_spec as its `member`. */
#define FORMAT_FIELDS(type_, member)                                                           \
	{.key = "format",                                                                      \
	 .type = FIELD_CHOICE,                                                                 \
	 .offset = offsetof(struct type_, member.type),                                        \
	 .words = format_names},                                                               \
		{.key = "charset",                                                             \
		 .type = FIELD_TEXT,                                                           \
		 .offset = offsetof(struct type_, member.charset)},                            \
		{.key = "keys",                                                                \
		 .type = FIELD_CHOICE,                                                         \
		 .offset = offsetof(struct type_, member.keys),                                \
		 .words = format_key_names},                                                   \
		{.key = "xml",                                                                 \
		 .type = FIELD_MAP,                                                            \
		 .offset = offsetof(struct type_, member.xml),                                 \
		 .fields = format_xml_fields},                                                 \
	{                                                                                      \
		.key = "csv", .type = FIELD_MAP, .offset = offsetof(struct type_, member.csv), \
		.fields = format_csv_fields                                                    \
	}

/* Complains about what no single key can tell; `at` is the map that holds the keys. */
void format_check(struct reading *r, const struct yaml_node *at, const struct format_spec *s);

/* The media type to ask for. */
const char *format_accept(const struct format_spec *s);

/* Reads a text of n bytes, which must be followed by a NUL and outlive the tape.  `type` is the
 * Content-Type, "" where none was told.  -1 with the failure, told as what came instead: a
 * login page is ERR_AUTH, everything else ERR_PARSE or ERR_LIMIT.  Free the tape in any case.
 * Any thread. */
int format_read(const struct format_spec *s, const char *text, size_t n, const char *type,
		struct tape *t, struct failure *f);
/* Reads one item again that was kept as JSON text.  As tape_read. */
int format_reread(const struct format_spec *s, const char *text, size_t n, struct tape *t,
		  struct err *e);

/* Lays a text out as one string. */
int format_bare(const char *text, size_t n, struct tape *t, struct err *e);

#endif
