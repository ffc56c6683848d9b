/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stand at a place of a command line, for readline. */
#ifndef IOC_APP_COMPLETE_H
#define IOC_APP_COMPLETE_H

#include "app/session.h"

struct completer {
	const struct program *program;
	struct session *session;
};

/* As ask_config.complete; the context is a completer. */
char **complete_line(void *context, const char *line, int start);

#endif
