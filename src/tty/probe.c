/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tty/probe.h"

#include <curses.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#undef columns /* term.h makes it a macro */

struct probe probe_terminal(void)
{
	struct probe p = {0};
	struct winsize w = {0};
	int status;
	if (setupterm(NULL, STDOUT_FILENO, &status) != OK)
		return p;
	p.known = true;
	p.moves = tigetstr("cup") != NULL;
	p.colours = tigetnum("colors");
	ioctl(STDOUT_FILENO, TIOCGWINSZ, &w);
	p.rows = w.ws_row;
	p.columns = w.ws_col;
	del_curterm(cur_term);
	return p;
}
