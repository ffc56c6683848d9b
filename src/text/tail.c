/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/tail.h"

#include <string.h>

#include "text/fold.h"

#define LONGEST 128

static size_t squeeze(const char *s, size_t n, char *out)
{
	struct fold_token t;
	size_t at = 0, length = 0;
	while (length < LONGEST && fold_next_token(s, n, &at, &t)) {
		size_t take = t.n < LONGEST - length ? t.n : LONGEST - length;
		memcpy(out + length, t.text, take);
		length += take;
	}
	return length;
}

static size_t keep_digits(char *s, size_t n)
{
	size_t length = 0;
	for (size_t i = 0; i < n; i++)
		if (s[i] >= '0' && s[i] <= '9')
			s[length++] = s[i];
	return length;
}

/* +84 912 345 678 and 0084 912 345 678 as 0912345678. */
static size_t national(char *s, size_t n)
{
	size_t skip = n > 12 && memcmp(s, "0084", 4) == 0               ? 4
		      : (n == 11 || n == 12) && memcmp(s, "84", 2) == 0 ? 2
									: 0;
	if (!skip)
		return n;
	bool zero = s[skip] == '0'; /* +84 (0)912 … */
	memmove(s + !zero, s + skip, n - skip);
	s[0] = '0';
	return n - skip + !zero;
}

size_t tail_of(const char *s, size_t n, bool phone, char *out)
{
	char plain[LONGEST];
	size_t length = squeeze(s, n, plain);
	if (phone)
		length = national(plain, keep_digits(plain, length));
	size_t count = length < TAIL_MOST ? length : TAIL_MOST;
	for (size_t i = 0; i < count; i++)
		out[i] = plain[length - 1 - i];
	out[count] = '\0';
	return count;
}

bool tail_matches(const char *s, size_t n, bool phone, const char *tail, enum tail_match how)
{
	char own[TAIL_MOST + 1];
	size_t wanted = strlen(tail);
	if (tail_of(s, n, phone, own) < wanted)
		return false;
	switch (how) {
	case TAIL_IS:
		return strcmp(own, tail) == 0;
	case TAIL_ENDS:
		return memcmp(own, tail, wanted) == 0;
	case TAIL_HOLDS:
		return strstr(own, tail) != NULL;
	}
	return false;
}
