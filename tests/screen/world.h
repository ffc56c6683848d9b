/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small centre in memory for tests of the screens: fixed records, sources and clock, and an
 * answerer of page queries that stands in the place of the cache. */
#ifndef IOC_TESTS_WORLD_H
#define IOC_TESTS_WORLD_H

#include "base/strbuf.h"
#include "ui/app.h"
#include "model/view.h"
#include "ui/keymap.h"

#define WORLD_NOW INT64_C(1795160527000) /* Friday 2026-11-20 14:42:07 in Sơn La */
#define WORLD_RECORDS_MOST 4000
#define WORLD_SOURCES_MOST 8

struct world {
	struct arena arena;
	struct record *records[WORLD_RECORDS_MOST]; /* of all kinds, by rowid */
	size_t record_count;
	struct source_status sources[WORLD_SOURCES_MOST];
	size_t source_count;
	const char *data_dir;
	struct keymap *keymap;
	struct rulebook *rules;  /* the shipped ones */
	struct views *views;     /* likewise */
	json_t *memory;          /* what the screens keep, as it was written last */
	struct strbuf own_views; /* the operator's file, as it was written last */
	struct app *app;
	struct effects fx;
	struct cellbuf screen;
	int64_t now;
	enum err_code failing; /* pages fail with this */
	struct strbuf replies; /* the file of replies; empty: the shipped one */
	bool groups_capped;    /* only the newest records are counted */
	bool silent;           /* queries are not answered */
	bool spoken, linear;   /* line mode, told so many rows at once */
	int page;
	size_t queries; /* asked so far */
	bool alike;     /* duplicates are suggested */
	char apart[96]; /* the code of one that was said to be another matter */
	char *editing;  /* the text that an editor was started on; NULL: never */
	char copied[512], opened[256], prompt[256];
	const char *file; /* what a file of commands holds; NULL: it can't be read */
	char file_asked[96];
	struct complete_query *completing; /* what was asked last; NULL: never */
	bool quit;
	/* What stands in the place of the writer: see world_writer.c. */
	json_t *asked;           /* commands not answered yet */
	json_t *drafts;          /* as kept last; NULL: never */
	int acted;               /* actions taken */
	bool deaf;               /* commands are not answered */
	bool disk_full;          /* no drafts can be kept */
	bool slow;               /* questions of few steps find only … */
	size_t found_soon;       /* … the first rows, partially */
	bool unindexed;          /* so do all others */
	char refusal[96];        /* … or refused with this */
	const char *refused_as;  /* the code of that; NULL: "io" */
	char refused_record[96]; /* … where they are about this one */
};

/* A world with the records of a working day; `data_dir` is where "keys" is. */
void world_init(struct world *w, const char *data_dir);
/* Starts the console on it and answers what it asks for. */
void world_start(struct world *w, int rows, int columns, bool ascii);
void world_free(struct world *w);

/* A new record of a queue, created now; title and state may be NULL. */
struct record *world_add(struct world *w, const char *kind, const char *title,
			 const char *state);
/* A hazard of a level, in force for thirty hours from now. */
void world_hazard(struct world *w, int level, const char *title, const char *state);
void world_remove_all(struct world *w);

/* Events, each followed by the answers to what the console then asks. */
void world_keys(struct world *w, const char *keys); /* "jj<Enter>" */
void world_command(struct world *w, const char *text);
/* Types into the line that is open, at its end; Tab or, with -1, Shift-Tab. */
void world_type(struct world *w, const char *text);
void world_tab(struct world *w, int step);
/* Answers what completion asked: pairs of text and what it is about, ended by NULL. */
void world_complete(struct world *w, const char *const *values);
void world_tick(struct world *w, int64_t ms);
void world_resize(struct world *w, int rows, int columns);
void world_changed(struct world *w, const char *kind);
void world_send_sources(struct world *w);
void world_send_writer(struct world *w, enum writer_state s, const char *reason);
void world_send(struct world *w, struct event *e);
/* The name of a code, as the console is told it; NULL: unknown.  `world` may be NULL. */
const char *world_name(void *world, const struct kind *catalogue, const char *code, int64_t at);
/* What is due of the world's records; units are those of the time. */
struct due_board *world_due(struct world *w, const struct due_query *q);
/* From before the start: some complaints tell of one matter, and it is suggested. */
void world_alike(struct world *w);
/* What is the same matter as one of the world's records. */
struct duplicates *world_duplicates(struct world *w, const struct duplicates_query *q);
/* A forecast of some of them. */
struct forecast_page *world_forecast(struct world *w, const struct forecast_query *q);
/* Whether these words are on screen, within one row. */
bool world_shows(struct world *w, const char *words);
/* Answers one query that is waiting, if there is one. */
bool world_answer_one(struct world *w);

/* Answers the commands as the writer does: what is done is queued as "u1", "u2" … */
void world_obey(struct world *w);
/* Brings changes into the drafts, as the disk has them. */
void world_keep(struct world *w, const json_t *changes);
/* The operator is this, from now on. */
void world_operator(struct world *w, const char *role, const char *unit);
/* An item of the outbox changed its state; `more` (owned) is put into it. */
void world_outbox(struct world *w, const char *uuid, const char *state, json_t *more);
/* An entry of a catalogue. */
bool world_nth(void *world, const struct kind *catalogue, size_t n, struct name_entry *out);

/* Draws, and appends the screen as text and runs of roles. */
void world_dump(struct world *w, struct strbuf *out);
/* The row of the screen as text; the caller frees. */
char *world_row(struct world *w, int row);

#endif
