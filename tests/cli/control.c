/* SPDX-License-Identifier: GPL-3.0-or-later */
/* control SOCKET JSON: sends one command to the writer, and prints its greeting and its
 * answer. */
#include <poll.h>
#include <stdio.h>

#include "base/control.h"

#define PATIENCE 5000

int main(int argc, char **argv)
{
	struct control c;
	struct err e = ERR_INIT;
	json_t *command = argc == 3 ? json_loads(argv[2], 0, NULL) : NULL;
	if (!command || control_connect(argv[1], &c, &e) < 0) {
		fprintf(stderr, "control: %s\n", e.text);
		return 1;
	}
	control_send(&c, command);
	for (bool answered = false; !answered && !c.closed;) {
		struct pollfd p = {c.fd, POLLIN, 0};
		if (poll(&p, 1, PATIENCE) <= 0)
			break;
		control_fill(&c);
		for (json_t *m; (m = control_next(&c)); json_decref(m)) {
			answered = answered || json_object_get(m, "ok");
			json_dumpf(m, stdout, JSON_COMPACT);
			printf("\n");
		}
	}
	control_close(&c);
	json_decref(command);
	return 0;
}
