/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that go to where somebody was. */
#include "ui/commands.h"

#include "base/i18n.h"
#include "ui/state.h"

RUN(place_back)
{
	UNUSED;
	if (!places_step(a, -1))
		app_say(a, ROLE_NOTICE, "%s", _("this is where it began"));
	return 0;
}

RUN(place_forward)
{
	UNUSED;
	if (!places_step(a, 1))
		app_say(a, ROLE_NOTICE, "%s", _("there is no later place"));
	return 0;
}

RUN(places)
{
	UNUSED;
	int64_t n;
	if (!w->count) {
		places_pick(a);
		return 0;
	}
	if (command_number(w, &n, e) < 0)
		return -1;
	if (n < 1 || !places_step(a, n - 1 - (int64_t)a->places.at))
		return err_set(e, ERR_NOT_FOUND, _("there is no place %s"), w->list[0]);
	return 0;
}

RUN(bookmark)
{
	UNUSED;
	if (w->count)
		return places_set_bookmark(a, w->list[0], e);
	a->places.waiting = LETTER_SET;
	app_say(a, ROLE_NOTICE, "%s", _("under which letter?"));
	return 0;
}

RUN(go_bookmark)
{
	UNUSED;
	if (w->count)
		return places_go_to_bookmark(a, w->list[0], e);
	a->places.waiting = LETTER_GO;
	app_say(a, ROLE_NOTICE, "%s", _("to which letter? ' shows them all"));
	return 0;
}

RUN(bookmarks)
{
	UNUSED;
	places_pick_bookmark(a);
	return 0;
}

RUN(recent)
{
	UNUSED;
	int64_t n, at;
	const struct kind *k;
	const char *code;
	if (!w->count) {
		places_pick_recent(a);
		return 0;
	}
	if (command_number(w, &n, e) < 0)
		return -1;
	if (n < 1 || !places_recent(a, (size_t)n - 1, &k, &code, &at))
		return err_set(e, ERR_NOT_FOUND, _("so many records were not seen: %s"),
			       w->list[0]);
	lookup_start(a, code, k, LOOKUP_OPEN);
	return 0;
}

/* clang-format off */
const struct command place_commands[] = {
	{"place-back", "", TAKES_NOTHING, 0, 0, N_("Back to where you were before"), NULL, run_place_back},
	{"place-forward", "", TAKES_NOTHING, 0, 0, N_("Forward again"), NULL, run_place_forward},
	{"places", "[N]", TAKES_NUMBER, 0, 1, N_("Where you were; with a number: go there"), NULL, run_places},
	{"recent", "[N]", TAKES_NUMBER, 0, 1, N_("Records seen lately; with a number: show it"), NULL, run_recent},
	{"bookmark", "[LETTER]", TAKES_WORD, 0, 1, N_("Put a bookmark here, under a letter"), NULL, run_bookmark},
	{"go-bookmark", "[LETTER]", TAKES_WORD, 0, 1, N_("To a bookmark"), NULL, run_go_bookmark},
	{"bookmarks", "", TAKES_NOTHING, 0, 0, N_("All bookmarks"), NULL, run_bookmarks},
	COMMANDS_END,
};
/* clang-format on */
