/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/hours.h"

#include <string.h>

int hours_parse(const char *text, struct hours *h)
{
	*h = (struct hours){.working = strcmp(text, "working") == 0};
	return h->working ? 0 : quiet_parse(text, &h->span);
}
