/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Themes, key bindings and replies from files: the shipped ones, and the user's on top. */
#ifndef IOC_APP_ASSETS_H
#define IOC_APP_ASSETS_H

#include "base/paths.h"
#include "base/strbuf.h"
#include "model/reply.h"
#include "ui/keymap.h"
#include "ui/theme.h"

/* A theme by name or path, with what it inherits from.  NULL with *e. */
struct theme *assets_theme(const struct paths *p, const char *name, struct err *e);
/* The shipped bindings, then those of the named file ("default": config_dir/keys).  What is
 * wrong in them is told in *problems, one line each, and left out. */
struct keymap *assets_keymap(const struct paths *p, const char *name, struct strbuf *problems);

/* The shipped replies and those of config_dir/replies.yaml, or the latter alone where it says
 * so.  NULL with *e. */
struct replies *assets_replies(const struct paths *p, struct err *e);

/* Where a file of commands is: ~/FILE, a path with "/" as it is, else in the configuration
 * folder or, where it is not there, here.  The caller frees. */
char *assets_commands(const struct paths *p, const char *name);

/* A whole file, at most 1 MiB.  -1 with *e. */
int assets_read(const char *path, struct strbuf *text, struct err *e);

#endif
