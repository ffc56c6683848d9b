/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/outbox_words.h"

#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/kind.h"

const char *outbox_state_words(const char *state)
{
	static const struct choice words[] = {
		{"", N_("not confirmed: ioc outbox tells whether it was taken")},
		{"queued", N_("waits to be sent")},
		{"sending", N_("is being sent")},
		{"retry", N_("sent, but not answered yet")},
		{"done", N_("done")},
		{"rejected", N_("refused by the province")},
		{"unclear", N_("sent, outcome unknown: look there, then send again or drop")},
		{"conflict", N_("not done: the record was changed meanwhile")},
		{"dropped", N_("taken back")},
		{"refused", N_("not done")},
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i].code, state) == 0)
			return _(words[i].label);
	return state;
}
