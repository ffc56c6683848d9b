/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connector: how one vendor's API is asked and how its answers become our records.  Read
 * from a YAML file, see ioc-connector(5); immutable afterwards but for its filters, which
 * belong to one thread. */
#ifndef IOC_API_CONNECTOR_H
#define IOC_API_CONNECTOR_H

#include "api/act_spec.h"
#include "api/auth_spec.h"
#include "api/convert.h"
#include "api/envelope.h"
#include "api/feed_spec.h"
#include "api/folder.h"
#include "api/format.h"
#include "api/limit_spec.h"
#include "api/probe_spec.h"
#include "api/request_spec.h"
#include "api/schema.h"
#include "api/stream_spec.h"
#include "base/paths.h"
#include "model/kind.h"

struct jqfilter;
struct template;

/* How a long answer is cut. */
enum paging {
	PAGING_NONE,
	PAGING_CURSOR,
	PAGING_PAGE,
	PAGING_OFFSET,
	PAGING_NEXT,
	PAGING_LINK,
	PAGING_KEYSET
};

/* What a snapshot must look like to be believed. */
struct guard_spec {
	bool never_empty;
	int64_t max_shrink; /* per cent of the records of the last one; 100: anything */
};

struct resource {
	const char *name;
	const struct kind *kind; /* NULL: each record says its own */
	struct request_spec request;
	struct format_spec format;
	struct envelope_spec envelope;
	struct jqfilter *items, *map;
	struct convert_spec convert; /* of what the map yields */
	struct jqfilter *next, *more, *total, *server_time;
	int changes, paging;                    /* enum changes, enum paging */
	const char *next_header, *total_header; /* in place of the filters */
	struct words end; /* statuses that mean that there is no such page */
	struct delta_spec delta;
	struct poll_spec poll;
	struct files_spec files; /* in place of requests */
	bool has_detail;
	struct detail_spec detail;
	bool conditional; /* ask whether the answer is still the same */
	int64_t first_page, page_size;
	int64_t interval; /* ms between polls; 0: as the connector says */
	struct words key; /* members that make an id where there is none */
	struct guard_spec guard;
};

struct connector {
	char *name, *file;
	const char *title, *base_url, *user_agent;
	const char *timezone; /* of local times in answers and queries; NULL: the profile's */
	struct zone *zone;    /* the same, opened */
	struct strmap zones;  /* of feeds, by name: struct zone */
	bool compress;        /* answers may come packed */
	bool cookies;         /* those that the server sets are sent back to it */
	struct words allow_hosts; /* others that next pages and redirects may lead to */
	struct pairs headers;
	struct maps auth; /* struct auth_spec; the first that fits the source's secrets */
	struct limit_spec limits;
	struct retry_spec retry;
	struct probe_spec probe;
	int64_t interval;    /* ms between polls */
	int64_t recheck;     /* ms between passes while a stream is open */
	int64_t stale_after; /* ms without a word after which data counts as late */
	struct resource defaults;
	struct maps resources; /* struct resource, in the order in which they are filled */
	struct maps lookups;   /* struct lookup_spec */
	bool has_actions;
	struct action_spec actions;
	bool has_stream;
	struct stream_spec stream;
	/* what all of the above lives in */
	struct arena arena;
	struct strmap filters, templates;
};

/* The keys of a file, for those who describe the language. */
extern const struct field connector_fields[];

/* Reads a file.  NULL with at least one finding where anything in it is wrong. */
struct connector *connector_load(const char *name, const char *file, struct findings *f);
/* The same from memory; `file` stands in messages. */
struct connector *connector_parse(const char *name, const char *file, const char *text,
				  size_t n, struct findings *f);
void connector_free(struct connector *c);

extern const char *const paging_words[]; /* by enum paging */
/* While it is being read: a filter that its author did not write. */
struct jqfilter *connector_filter(struct connector *c, const char *text);

const struct resource *connector_resource(const struct connector *c, size_t i);
/* How records of a kind are written where nothing nearer says so: as its first resource has it,
 * or as the defaults do. */
const struct convert_spec *connector_convert(const struct connector *c, const struct kind *k);
/* Tells connectors apart whose filters or templates differ; comments and layout don't count. */
uint64_t connector_print(const struct connector *c);
/* The first resource whose records are, or may be, of this kind; NULL: none is. */
const struct resource *connector_resource_of(const struct connector *c, const struct kind *k);
/* The map of the first resource whose records are, or may be, of this kind; NULL: none is. */
struct jqfilter *connector_map(const struct connector *c, const struct kind *k);
/* Bit i: kinds[i] may come from it. */
uint32_t connector_kinds(const struct connector *c);

#endif
