/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roles: what a cell means.  Themes say how a role looks; a role never is a colour. */
#ifndef IOC_UI_ROLE_H
#define IOC_UI_ROLE_H

#include "model/kind.h" /* N_() */

/* id in theme files, name of the enum, the role it inherits from, what it is for */
/* clang-format off */
#define ROLES(R)                                                                               \
	R(text, TEXT, TEXT, N_("Ordinary text"))                                               \
	R(dim, DIM, TEXT, N_("Less important text, closed records"))                           \
	R(strong, STRONG, TEXT, N_("Important text"))                                          \
	R(title, TITLE, STRONG, N_("The centre's name"))                                       \
	R(tab, TAB, TEXT, N_("A tab"))                                                         \
	R(tab_active, TAB_ACTIVE, STRONG, N_("The tab on screen"))                             \
	R(heading, HEADING, STRONG, N_("Column headings"))                                     \
	R(border, BORDER, DIM, N_("Lines between parts"))                                      \
	R(cursor, CURSOR, STRONG, N_("The mark and key cell of the row in hand"))              \
	R(marked, MARKED, STRONG, N_("A selected row's mark"))                                 \
	R(match, MATCH, STRONG, N_("A match of the search"))                                   \
	R(key, KEY, STRONG, N_("A key in help and the key line"))                              \
	R(hint, HINT, DIM, N_("Words beside a key"))                                           \
	R(label, LABEL, DIM, N_("A field's name"))                                             \
	R(link, LINK, TEXT, N_("A link"))                                                      \
	R(state_new, STATE_NEW, STRONG, N_("New, nobody took it"))                             \
	R(state_active, STATE_ACTIVE, TEXT, N_("Being worked on"))                             \
	R(state_good, STATE_GOOD, TEXT, N_("Done well"))                                       \
	R(state_unknown, STATE_UNKNOWN, WARN, N_("A state that the kind does not know"))       \
	R(warn, WARN, STRONG, N_("Due soon, needs an eye"))                                    \
	R(bad, BAD, STRONG, N_("Late, failed"))                                                \
	R(live, LIVE, STATE_GOOD, N_("A source that is live"))                                 \
	R(stale, STALE, WARN, N_("Data older than promised"))                                  \
	R(down, DOWN, BAD, N_("A source that is down"))                                        \
	R(notice, NOTICE, STRONG, N_("A message"))                                             \
	R(error, ERROR, BAD, N_("An error message"))                                           \
	R(prompt, PROMPT, TEXT, N_("The command line"))                                        \
	R(banner, BANNER, WARN, N_("New rows are waiting"))                                    \
	R(alarm, ALARM, ERROR, N_("A hazard that nobody has acknowledged"))                    \
	R(graph, GRAPH, TEXT, N_("Trends and bars"))

enum role {
#define R(id, NAME, PARENT, use) ROLE_##NAME,
	ROLES(R)
#undef R
	ROLE_COUNT
};

struct role_def {
	const char *id;
	enum role parent; /* itself for the root */
	const char *use;
};
extern const struct role_def role_defs[ROLE_COUNT];

#endif
