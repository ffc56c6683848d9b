/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connector and a source, ready to be asked without the cache knowing of it. */
#ifndef IOC_AUTHOR_TRIAL_H
#define IOC_AUTHOR_TRIAL_H

#include "api/request.h"
#include "author/parts.h"
#include "author/recording.h"

struct trial {
	struct connector *connector;
	struct config config;
	struct config_source source; /* shallow copy of one of config's */
	struct yaml *yaml;           /* of the source */
	const struct yaml_node *keys;
	struct site site;
	struct recording heard; /* what goes over the line */
	struct recording tape;  /* what is played instead of a server; empty: the network */
	int secret_fd;          /* a secret for a playing that needs one; -1 */
};

/* From the words and options of ioc connector try: a file or source. */
int trial_open(struct trial *t, const struct author *a, struct err *e);
/* From a file and the folder of a recording. */
int trial_open_recorded(struct trial *t, const struct author *a, struct err *e);
void trial_free(struct trial *t);

/* Lets the line work for a moment. */
void trial_turn(struct trial *t);
/* Gets a token, where one is needed; its answer is a secret.  -1 with the failure. */
int trial_prove(struct trial *t, struct failure *f);
/* Shows what went over the line since then, without secrets; also what was asked only. */
void trial_show(struct trial *t, const struct author *a, size_t from);
void trial_show_requests(struct trial *t, const struct author *a, size_t from);

/* Reads a connector; what is wrong is printed as ioc connector check does.  NULL with *e. */
struct connector *trial_connector(const struct author *a, const char *file, struct err *e);

#endif
