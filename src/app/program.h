/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every verb has at hand. */
#ifndef IOC_APP_PROGRAM_H
#define IOC_APP_PROGRAM_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/cli.h"
#include "base/paths.h"
#include "model/config.h"

struct program {
	const char *profile;  /* NULL: default */
	const char *language; /* of what people are told */
	struct paths paths;
	struct config config;
	struct err config_error; /* why the configuration counts as empty; ERR_NONE */
	int64_t now;
	const struct cli *cli; /* options in front of a verb */
	const struct console_options *console;
};

struct verb {
	const struct cli *cli;
	/* argv[0] is the verb.  Returns the exit code. */
	int (*run)(struct program *p, int argc, char **argv);
	bool bare; /* works where paths or configuration are broken */
};

/* Ended by a row without cli. */
extern const struct verb verbs[];

extern const struct cli views_cli, export_cli, count_cli, show_cli, due_cli, status_cli,
	doctor_cli, sync_cli, calendar_cli, do_cli, outbox_cli, audit_cli, route_cli,
	connector_cli, remap_cli, quarantine_cli, help_cli, shell_cli, run_cli, duplicates_cli,
	follow_cli, complete_cli, completion_cli;
int verb_export(struct program *p, int argc, char **argv);
int verb_follow(struct program *p, int argc, char **argv);
int verb_views(struct program *p, int argc, char **argv);
int verb_count(struct program *p, int argc, char **argv);
int verb_show(struct program *p, int argc, char **argv);
int verb_due(struct program *p, int argc, char **argv);
int verb_duplicates(struct program *p, int argc, char **argv);
int verb_status(struct program *p, int argc, char **argv);
int verb_doctor(struct program *p, int argc, char **argv);
int verb_sync(struct program *p, int argc, char **argv);
int verb_calendar(struct program *p, int argc, char **argv);
int verb_do(struct program *p, int argc, char **argv);
int verb_outbox(struct program *p, int argc, char **argv);
int verb_audit(struct program *p, int argc, char **argv);
int verb_connector(struct program *p, int argc, char **argv);
int verb_route(struct program *p, int argc, char **argv);
int verb_remap(struct program *p, int argc, char **argv);
int verb_quarantine(struct program *p, int argc, char **argv);
int verb_complete(struct program *p, int argc, char **argv);
int verb_completion(struct program *p, int argc, char **argv);
int verb_help(struct program *p, int argc, char **argv);
int verb_shell(struct program *p, int argc, char **argv);
int verb_run(struct program *p, int argc, char **argv);
/* "ioc -c": runs commands without a screen. */
int verb_commands(struct program *p, const char *text);

/* What a verb does once its command line is read: `request` is filled, `words` are what is
 * left. Returns the exit code, or -1 with *e. */
typedef int verb_work(struct program *p, void *request, char **words, int count, struct err *e);
/* Reads a verb's command line into *request and does its work; tells what went wrong.  Returns
 * the exit code. */
int program_run(struct program *p, const struct cli *cli, verb_work *work, void *request,
		int argc, char **argv);

/* Says what is wrong on standard error, "ioc VERB: …", and returns the exit code for it. */
int program_fail(const char *verb, const struct err *e);
/* Flushes standard output: EXIT_OK, or EXIT_FAILED where it could not be written. */
int program_done(const char *verb);
/* Prints it on standard output, a member a line, by jansson's flags `how` beside; made harmless
 * where that is a terminal.  Takes the reference. */
void program_print_json(json_t *taken, size_t how);
/* Becomes ioc-sync to do this for the author of a connector (author/author.h); returns -1 with
 * *e where it can't. */
int program_author(struct program *p, const json_t *request, struct err *e);
/* The kind named on the command line, or NULL with *e. */
const struct kind *program_kind(const char *name, struct err *e);
/* The same of the only word of a verb. */
const struct kind *program_only_kind(char **words, int count, struct err *e);

#endif
