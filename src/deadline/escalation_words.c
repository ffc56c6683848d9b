/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/i18n.h"
#include "deadline/escalation.h"
#include "model/kind.h"

/* Whom the shipped rules name; a centre's own words stay as they are. */
static const char *const people[] = {
	N_("officer"), N_("direct leader"), N_("chairman"), N_("shift leader"), NULL,
};

static const char *word_for(const char *whom)
{
	for (size_t i = 0; people[i]; i++)
		if (strcmp(people[i], whom) == 0)
			return _(people[i]);
	return *whom ? whom : "?";
}

void escalation_words(struct strbuf *b, int level, const char *whom)
{
	strbuf_addf(b, _("escalation to level %d (%s)"), level, word_for(whom));
}
