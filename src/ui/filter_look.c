/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/filter_look.h"

static bool nth_name(void *data, const struct kind *catalogue, size_t n,
		     struct filter_name *out)
{
	const struct look *look = data;
	const struct names *names = &look->names;
	struct name_entry e;
	if (!names->nth || !names->nth(names->context, catalogue, n, &e))
		return false;
	*out = (struct filter_name){e.code, e.full, e.title, INT64_MIN};
	return true;
}

struct filter_context show_filter_context(const struct look *look, const struct kind *k)
{
	return (struct filter_context){.kind = k,
				       .now = look->now,
				       .name = nth_name,
				       .data = (void *)look,
				       .believes = true};
}
