/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc help actions: the table of what may be done, in which states and by whom. */
#ifndef IOC_APP_HELP_ACTIONS_H
#define IOC_APP_HELP_ACTIONS_H

#include "model/kind.h"

/* Of one kind, or of all where it is NULL, on standard output. */
void help_actions(const struct kind *k);

#endif
