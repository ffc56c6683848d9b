/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line. */
#ifndef IOC_GATEWAY_OPTIONS_H
#define IOC_GATEWAY_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "gateway/demo.h"
#include "gateway/hub.h"
#include "gateway/server.h"

struct load {
	const struct kind *kind;
	const char *path;
};

struct options {
	struct server_options server;
	struct hub_options hub;
	struct demo_options demo_options;
	const char *listen, *db, *tokens, *port_file, *log;
	int log_level;
	bool demo, help, version;
	int64_t token_lifetime, keep_deletions;
	struct load *loads;
	size_t load_count, load_cap;
};

/* Texts are borrowed from argv.  -1 with a sentence about what is wrong. */
int options_parse(struct options *o, int argc, char **argv, struct err *e);
void options_free(struct options *o);
void options_help(FILE *out);

#endif
