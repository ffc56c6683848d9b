/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/remap_wait.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/writer.h"
#include "base/i18n.h"

#define ASK_PATIENCE 10000
#define SILENCE_MS 60000

static long long number(const json_t *m, const char *name)
{
	return json_integer_value(json_object_get(m, name));
}

static void show(const json_t *m, const char *source)
{
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, _("%s: %lld of %lld, %lld changed"), source, number(m, "seen"),
		number(m, "all"), number(m, "changed"));
	fputs("\033[K\r", stderr);
	if (json_is_true(json_object_get(m, "done")))
		fputs("\n", stderr);
}

static bool is_about(const json_t *m, const char *source)
{
	const char *event = json_string_value(json_object_get(m, "event"));
	const char *of = json_string_value(json_object_get(m, "source"));
	return event && of && strcmp(event, "remap") == 0 && strcmp(of, source) == 0;
}

static json_t *wait_for_end(struct control *c, const char *source, struct err *e)
{
	for (;;) {
		json_t *m;
		while ((m = control_next(c))) {
			if (is_about(m, source)) {
				show(m, source);
				if (json_is_true(json_object_get(m, "done")))
					return m;
			}
			json_decref(m);
		}
		struct pollfd fd = {c->fd, POLLIN, 0};
		if (c->closed || poll(&fd, 1, SILENCE_MS) <= 0)
			break;
		control_fill(c);
	}
	err_set(e, ERR_NET, _("the writer went away; the same again goes on where it was"));
	return NULL;
}

json_t *remap_wait(const struct program *p, const char *source, bool aside, struct err *e)
{
	struct control c;
	json_t *end = NULL;
	if (writer_connect(p, true, &c, e) < 0) {
		e->code = ERR_NET;
		return NULL;
	}
	json_t *m = json_pack("{s:s, s:i, s:s, s:b}", "command", "remap", "id", 1, "source",
			      source, "aside", aside);
	json_t *answer = control_ask(&c, m, ASK_PATIENCE, e);
	if (answer)
		end = wait_for_end(&c, source, e);
	json_decref(m);
	json_decref(answer);
	control_close(&c);
	return end;
}
