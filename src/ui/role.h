/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roles: what a cell means.  Themes say how a role looks; a role never is a colour. */
#ifndef IOC_UI_ROLE_H
#define IOC_UI_ROLE_H

/* id in theme files, name of the enum, the role it inherits from, what it is for (N_()) */
/* clang-format off */
#define ROLES(R)                                                                               \
	R(text, TEXT, TEXT, "Ordinary text")                                                   \
	R(dim, DIM, TEXT, "Less important text, closed records")                               \
	R(strong, STRONG, TEXT, "Important text")                                              \
	R(title, TITLE, STRONG, "The centre's name")                                           \
	R(tab, TAB, TEXT, "A tab")                                                             \
	R(tab_active, TAB_ACTIVE, STRONG, "The tab on screen")                                 \
	R(heading, HEADING, STRONG, "Column headings")                                         \
	R(border, BORDER, DIM, "Lines between parts")                                          \
	R(cursor, CURSOR, STRONG, "The mark and key cell of the row in hand")                  \
	R(marked, MARKED, STRONG, "A selected row's mark")                                     \
	R(match, MATCH, STRONG, "A match of the search")                                       \
	R(key, KEY, STRONG, "A key in help and the key line")                                  \
	R(hint, HINT, DIM, "Words beside a key")                                               \
	R(label, LABEL, DIM, "A field's name")                                                 \
	R(link, LINK, TEXT, "A link")                                                          \
	R(state_new, STATE_NEW, STRONG, "New, nobody took it")                                 \
	R(state_active, STATE_ACTIVE, TEXT, "Being worked on")                                 \
	R(state_good, STATE_GOOD, TEXT, "Done well")                                           \
	R(state_unknown, STATE_UNKNOWN, WARN, "A state that the kind does not know")           \
	R(warn, WARN, STRONG, "Due soon, needs an eye")                                        \
	R(bad, BAD, STRONG, "Late, failed")                                                    \
	R(live, LIVE, STATE_GOOD, "A source that is live")                                     \
	R(stale, STALE, WARN, "Data older than promised")                                      \
	R(down, DOWN, BAD, "A source that is down")                                            \
	R(notice, NOTICE, STRONG, "A message")                                                 \
	R(error, ERROR, BAD, "An error message")                                               \
	R(prompt, PROMPT, TEXT, "The command line")                                            \
	R(banner, BANNER, WARN, "New rows are waiting")                                        \
	R(graph, GRAPH, TEXT, "Trends and bars")

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
