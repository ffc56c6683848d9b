/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What terminfo says of the terminal, without touching it. */
#ifndef IOC_TTY_PROBE_H
#define IOC_TTY_PROBE_H

#include <stdbool.h>

struct probe {
	bool known; /* terminfo has it */
	bool moves; /* it can place text */
	int colours, rows, columns;
};

/* Of TERM and standard output. */
struct probe probe_terminal(void);

#endif
