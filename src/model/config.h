/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config.yaml of a profile: what this centre is called, how the screen should be, and which
 * sources there are.  Secrets never stand in it, only where they are to be found. */
#ifndef IOC_MODEL_CONFIG_H
#define IOC_MODEL_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/kind.h"
#include "model/likeness.h"
#include "model/quiet.h"

/* What happens when a record reaches a level of escalation. */
struct config_escalation {
	char **command;     /* argv, ended by NULL: gets the events on its standard input; NULL:
			       none */
	int64_t timeout;    /* ms after which it is killed */
	bool bell;          /* whether consoles ring */
	struct quiet quiet; /* neither bell nor command, but for … */
	int loud;           /* … this level and those above it; 0: none */
};

/* A name and a value that connectors may use in requests as .settings.NAME. */
struct config_setting {
	char *name, *value;
};

/* Where a secret is to be found: one of the three is given. */
struct config_secret {
	char *name;
	char *file;       /* its first line */
	char **command;   /* argv, ended by NULL; the first line that it prints */
	char *credential; /* a file in $CREDENTIALS_DIRECTORY */
};

/* One source.  Texts that were not given are NULL; they belong to the struct config. */
struct config_source {
	char *name;      /* a short word: letters, digits, - and _ */
	char *title;     /* for people; the name where none was given */
	char *connector; /* NAME of sources/NAME.yaml or connectors/NAME.yaml, or a path */
	char *base_url;  /* overrides the connector's */
	bool enabled;
	/* NAME_file, NAME_command and NAME_credential for "token", "password",
	 * "client_secret", "refresh_token" and "key_password"; others under `secrets` */
	struct config_secret *secrets;
	size_t secret_count;
	char *username, *client_id;
	char *ca_file;              /* certificates of a private authority (PEM) */
	char *cert_file, *key_file; /* our own certificate (PEM) */
	char *server_name;          /* in its certificate, where that is not the address's */
	char **allow_hosts; /* others that next pages and redirects may lead to; ended by NULL
			     */
	char *timezone;     /* of the API's local times; NULL: as the connector says */
	char *hours;        /* when it may be asked; NULL: as the connector says */
	int64_t interval;   /* ms between polls; 0: as the connector says */
	struct config_setting *settings;
	size_t setting_count;
	int line; /* where it begins in the file */
};

/* Who may act from this profile, and as what. */
struct config_operator {
	char *user;     /* of the system; "*": everybody not named */
	char *name;     /* for histories; the user's where none was given */
	char *unit;     /* code of the unit that they act for; NULL: none */
	unsigned staff; /* enum staff of model/action.h */
};

struct config {
	char *path;     /* where it was read from; NULL: no such file, defaults */
	char *title;    /* of the centre, on screen */
	char *language; /* "vi" or "en" */
	char *timezone; /* for people */
	char *theme;
	char *keys;  /* name of the key file */
	char *views; /* file of the views that the centre shares; NULL: the machine's */
	bool mouse, ascii, linear;
	char **clipboard;     /* argv, ended by NULL: gets what is copied on its standard input;
				 NULL: the terminal is asked to keep it */
	char **opener;        /* argv: opens the address that is added to it; NULL: none */
	bool opener_terminal; /* it works in the terminal */
	char **opener_schemes; /* besides http and https; NULL: none */
	char *log_level;       /* "error", "warn", "info" or "debug" */
	/* ms that closed records stay in the cache, by kind_index; 0: for ever */
	int64_t retention[KIND_MOST];
	struct config_escalation escalation;
	int64_t undo; /* ms for which an action may be taken back before it is sent */
	struct likeness_rules duplicates;
	struct config_operator *operators;
	size_t operator_count;
	struct config_source *sources;
	size_t source_count;
};

/* Reads the file.  Where there is none, *c gets the defaults without sources.  Unknown keys,
 * wrong types and sources of the same name are errors "FILE:LINE:COLUMN: …".  Returns 0, or
 * -1 with *e and *c holding the defaults; free *c in both cases. */
int config_load(struct config *c, const char *path, struct err *e);
/* The same from memory; `name` stands for the file in messages. */
int config_parse(struct config *c, const char *name, const char *text, size_t n, struct err *e);
void config_free(struct config *c);
/* Makes gettext speak the language of a profile (NULL: "default"), so that a wrong command line
 * and the configuration's own mistakes are told in it too; where the configuration can't be
 * read, that of the defaults.  Before threads. */
void config_speak(const char *profile);
/* Whether a level may be heard at this time. */
bool config_may_ring(const struct config_escalation *c, int level, int64_t t);
/* Who this user of the system is here.  Where the configuration names no operators everybody
 * may be anything but an auditor; where it does, whoever is not among them may do nothing.  The
 * texts are borrowed from the configuration and from `user`. */
struct config_operator config_operator(const struct config *c, const char *user);
/* NULL where the source has no secret of this name. */
const struct config_secret *config_secret(const struct config_source *s, const char *name);
/* NULL where no source has this name. */
const struct config_source *config_source(const struct config *c, const char *name);

#endif
