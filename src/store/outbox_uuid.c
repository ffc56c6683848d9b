/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of actions: RFC 9562, versions 4 and 8. */
#include "store/outbox.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

static void format(unsigned char b[16], unsigned version, char uuid[OUTBOX_UUID])
{
	char *out = uuid;
	b[6] = (unsigned char)((b[6] & 0x0f) | version << 4);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	for (size_t i = 0; i < 16; i++)
		out += snprintf(out, 4, "%02x%s", b[i],
				i == 3 || i == 5 || i == 7 || i == 9 ? "-" : "");
}

int outbox_make_uuid(char uuid[OUTBOX_UUID], struct err *e)
{
	unsigned char b[16];
	if (getrandom(b, sizeof b, 0) != sizeof b)
		return err_errno(e, ERR_IO, "no random numbers");
	format(b, 4, uuid);
	return 0;
}

void outbox_uuid_of(const char *const *words, size_t count, char uuid[OUTBOX_UUID])
{
	struct sha256_ctx h;
	unsigned char b[16];
	sha256_init(&h);
	for (size_t i = 0; i < count;
	     i++) /* with their ends, so that no two lists read alike */
		sha256_update(&h, strlen(words[i]) + 1, (const uint8_t *)words[i]);
	sha256_digest(&h, sizeof b, b);
	format(b, 8, uuid);
}
