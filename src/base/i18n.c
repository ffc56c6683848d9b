/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gettext ignores LANGUAGE in the "C" locale only, so "C.UTF-8", which every system has, is
 * enough to speak Vietnamese where no Vietnamese locale is installed. */
#include "base/i18n.h"

#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int i18n_init(const char *language, const char *locale_dir)
{
	setlocale(LC_ALL, "");
	if (!is_utf8() || strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0 ||
	    strcmp(setlocale(LC_MESSAGES, NULL), "POSIX") == 0)
		setlocale(LC_ALL, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");
	if (language)
		setenv("LANGUAGE", language, 1);
	bindtextdomain("ioc-console", locale_dir);
	bind_textdomain_codeset("ioc-console", "UTF-8");
	textdomain("ioc-console");
	return is_utf8() ? 0 : -1;
}
