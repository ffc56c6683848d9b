/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/exit_code.h"

#include "model/kind.h"

/* clang-format off */
const struct exit_def exit_defs[] = {
	{EXIT_OK, N_("done")},
	{EXIT_FAILED, N_("failed: the message says why")},
	{EXIT_USAGE, N_("wrong words: unknown verb, option, column or filter; or no terminal for the console")},
	{EXIT_NOTHING, N_("nothing there: no cache yet, no such record")},
	{EXIT_STALE, N_("all right but for a warning: a source is late, down or was never read; a calendar is incomplete")},
	{EXIT_DAMAGED, N_("a file is damaged")},
	{EXIT_DENIED, N_("not allowed, not possible in this state, or the audit could not be written")},
	{EXIT_UNREACHED, N_("the writer (ioc sync) could not be reached, or an action still waits for the province")},
	{EXIT_LATE, N_("something is late (ioc due)")},
	{EXIT_REFUSED, N_("an action was refused by the province, came too late, or its record was changed meanwhile")},
	{0, NULL},
};
/* clang-format on */

int exit_code_of(const struct err *e)
{
	switch (e->code) {
	case ERR_NONE:
		return EXIT_OK;
	case ERR_USAGE:
	case ERR_UNSUPPORTED:
		return EXIT_USAGE;
	case ERR_NOT_FOUND:
		return EXIT_NOTHING;
	case ERR_CORRUPT:
		return EXIT_DAMAGED;
	case ERR_PERMISSION:
	case ERR_AUTH:
		return EXIT_DENIED;
	case ERR_NET:
		return EXIT_UNREACHED;
	case ERR_CONFLICT:
		return EXIT_REFUSED;
	default:
		return EXIT_FAILED;
	}
}
