/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Theme files: whatever is in one, it is refused with a place or gives every role a look that
 * every terminal can show. */
#include "fuzz.h"
#include "ui/theme.h"

/* libfyaml loses a buffer on some broken documents. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfyaml\n";
}

static void check_style(struct style s, int colours)
{
	int32_t most = colours < 8 ? -1 : colours - 1;
	FUZZ_CHECK(s.fg >= COLOUR_DEFAULT && s.bg >= COLOUR_DEFAULT);
	FUZZ_CHECK(colours > 256 || (s.fg <= most && s.bg <= most));
	FUZZ_CHECK(s.attr <= 7);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const int depths[] = {0, 8, 16, 256, 1 << 24};
	struct err e = ERR_INIT;
	struct theme *t = theme_parse("x.yaml", (const char *)data, n, &e), *none = theme_new();
	FUZZ_CHECK(t || (e.code != ERR_NONE && e.text[0]));
	if (t)
		theme_inherit(t, none);
	for (int role = 0; t && role < ROLE_COUNT; role++)
		for (size_t i = 0; i < sizeof depths / sizeof *depths; i++)
			check_style(theme_style(t, (enum role)role, depths[i]), depths[i]);
	theme_free(t);
	theme_free(none);
	return 0;
}
