/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading YAML into structs by tables.  A row says the key, what may stand there and where it
 * goes; so the loader, its messages and the manual have one list.  Everything that is wrong
 * with a file is found in one go. */
#ifndef IOC_API_SCHEMA_H
#define IOC_API_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/strmap.h"
#include "base/yaml.h"

/* What is wrong with a file: whole sentences "FILE:LINE:COLUMN: …". */
struct findings {
	char **list;
	size_t count, cap;
};

#define FINDINGS_INIT                                                                          \
	{                                                                                      \
		NULL, 0, 0                                                                     \
	}

void findings_add(struct findings *f, const char *sentence);
/* Puts those from `first` on in the order of the lines; `name` is the length of FILE. */
void findings_sort(struct findings *f, size_t first, size_t name);
void findings_free(struct findings *f);

/* What a field holds, and the C type at its offset. */
enum field_type {
	FIELD_TEXT,     /* const char * */
	FIELD_WORD,     /* const char *: one of `words` */
	FIELD_CHOICE,   /* int: index into `words` */
	FIELD_WORDS,    /* struct words: a list of texts */
	FIELD_INTEGER,  /* int64_t between least and most */
	FIELD_BOOL,     /* bool */
	FIELD_DURATION, /* int64_t, ms */
	FIELD_SIZE,     /* int64_t, bytes: "64MiB" */
	FIELD_KIND,     /* const struct kind * */
	FIELD_FILTER,   /* struct jqfilter *, owned by the reading's pool */
	FIELD_TEMPLATE, /* struct template *, owned by the reading's pool */
	FIELD_URI,      /* the same, escaped for a URL */
	FIELD_XML,      /* the same, escaped for XML */
	FIELD_TREE,  /* struct template *: any YAML, whose scalars are templates; yields JSON */
	FIELD_PAIRS, /* struct pairs: a map of templates */
	FIELD_TEXTS, /* struct texts: a map of texts */
	FIELD_MAP,   /* a struct described by `fields`, at the offset */
	FIELD_MAPS,  /* a list of them, struct maps; `prepare` sets what is not zero */
	FIELD_NAMED, /* the same, written as a map; the structs begin with const char *name */
	FIELD_STATUSES, /* struct words: HTTP statuses, "404" or "5xx" */
};

struct words {
	const char **list;
	size_t count;
};

struct pair {
	const char *name;
	struct template *value;
};
struct pairs {
	struct pair *list;
	size_t count;
};

struct text_pair {
	const char *name, *value;
};
struct texts {
	struct text_pair *list;
	size_t count;
};

/* A list of structs of one size. */
struct maps {
	void *list;
	size_t count;
};

struct field {
	const char *key;
	enum field_type type;
	size_t offset;
	bool required;
	int64_t least, most;        /* FIELD_INTEGER, FIELD_SIZE, FIELD_DURATION */
	const char *const *words;   /* FIELD_WORD, FIELD_CHOICE: ended by NULL */
	const struct field *fields; /* FIELD_MAP, _MAPS, _NAMED: ended by a NULL key */
	size_t size;                /* FIELD_MAPS, FIELD_NAMED: of one struct */
	/* FIELD_MAPS, FIELD_NAMED: called for each struct before it is read (`parent` is the
	 * struct that holds the list), to set what is not zero. */
	void (*prepare)(void *item, const void *parent);
};

/* One reading: everything that it makes lives as long as the arena and the pools. */
struct reading {
	const struct yaml *yaml;
	struct arena *arena;
	struct strmap *filters, *templates; /* by text: the same text is compiled once */
	struct findings *findings;
};

/* Reads the members of a map into the struct.  What is wrong goes to the findings. */
void schema_read(struct reading *r, const struct yaml_node *map, const struct field *fields,
		 void *into);
/* Whether a list of FIELD_STATUSES has this status. */
bool statuses_have(const struct words *list, long status);
/* Adds a finding at this node. */
void schema_complain(struct reading *r, const struct yaml_node *n, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
