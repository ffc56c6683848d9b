/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/quiet.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

static int minutes(const char **s)
{
	int hour, minute, n = 0;
	if (sscanf(*s, " %2d:%2d %n", &hour, &minute, &n) != 2 || n == 0 || hour < 0 ||
	    hour > 24 || minute < 0 || minute > 59 || (hour == 24 && minute))
		return -1;
	*s += n;
	return hour * 60 + minute;
}

int quiet_parse(const char *text, struct quiet *q)
{
	static const char dash[] = "–";
	q->from = minutes(&text);
	if (strncmp(text, dash, strlen(dash)) == 0)
		text += strlen(dash);
	else if (*text == '-')
		text++;
	else
		return -1;
	q->to = minutes(&text);
	return q->from < 0 || q->to < 0 || *text ? -1 : 0;
}

bool quiet_at(const struct quiet *q, int64_t t)
{
	struct clock_civil c = clock_local(t);
	int now = c.hour * 60 + c.minute;
	if (q->from <= q->to)
		return q->from <= now && now < q->to;
	return q->from <= now || now < q->to;
}
