/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connector loader: any file is either a connector or has findings that name a place. */
#include <string.h>

#include "api/connector.h"
#include "fuzz.h"

/* libfyaml and libjq lose a buffer on some broken texts. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfyaml\nleak:libjq\n";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct findings f = FINDINGS_INIT;
	struct connector *c = connector_parse("fuzz", "fuzz.yaml", (const char *)data, n, &f);
	FUZZ_CHECK((c == NULL) == (f.count > 0));
	for (size_t i = 0; i < f.count; i++)
		FUZZ_CHECK(strncmp(f.list[i], "fuzz.yaml:", 10) == 0);
	connector_free(c);
	findings_free(&f);
	return 0;
}
