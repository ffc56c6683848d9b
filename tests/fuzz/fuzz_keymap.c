/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Key files: each line is a binding that can be looked up, or a problem that is told. */
#include <string.h>

#include "fuzz.h"
#include "ui/command.h"
#include "ui/keymap.h"

static void check_binding(const struct keymap *m, const struct binding *b)
{
	const char *command;
	char name[KEY_NAME_SIZE];
	struct err e = ERR_INIT;
	struct strbuf label = STRBUF_INIT;
	FUZZ_CHECK(b->key_count >= 1 && b->key_count <= KEYS_MOST);
	FUZZ_CHECK(command_check(b->command, &m->aliases, &e) == 0);
	FUZZ_CHECK(keymap_find(m, b->context, b->keys, b->key_count, &command) == KEYMAP_FOUND);
	FUZZ_CHECK(strcmp(command, b->command) == 0);
	binding_label(b, &label);
	FUZZ_CHECK(label.len > 0);
	strbuf_free(&label);
	for (size_t i = 0; i < b->key_count; i++) {
		uint32_t key;
		key_name(b->keys[i], name);
		FUZZ_CHECK(key_parse(name, &key) == strlen(name) && key == b->keys[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct keymap *m = keymap_new();
	struct strbuf problems = STRBUF_INIT;
	int count = keymap_read(m, "x", (const char *)data, n, &problems);
	FUZZ_CHECK((count > 0) == (problems.len > 0));
	for (size_t i = 0; i < m->count; i++)
		check_binding(m, &m->list[i]);
	strbuf_free(&problems);
	keymap_free(m);
	return 0;
}
