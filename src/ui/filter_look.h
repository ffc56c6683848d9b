/* SPDX-License-Identifier: GPL-3.0-or-later */
/* With what the screens read a filter: they know the names, and believe the rest. */
#ifndef IOC_UI_FILTER_LOOK_H
#define IOC_UI_FILTER_LOOK_H

#include "model/filter.h"
#include "ui/show.h"

/* Valid as long as the look. */
struct filter_context show_filter_context(const struct look *look, const struct kind *k);

#endif
