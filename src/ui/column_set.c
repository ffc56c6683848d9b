/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody chose: moved, and as a text. */
#include <string.h>

#include "ui/columns.h"

bool columns_move(const struct kind *k, struct column_set *set, int column, int by, bool all)
{
	int order[COLUMNS_MOST];
	struct column_wishes w = {set, 0, -1};
	int n = (int)columns_order(k, set, order), at = 0;
	while (at < n && order[at] != column)
		at++;
	int to = at + by;
	while (to >= 0 && to < n && !all && !columns_wanted(k, &w, order[to]))
		to += by;
	if (at == n || to < 0 || to >= n)
		return false;
	for (; at != to; at += by)
		order[at] = order[at + by];
	order[to] = column;
	for (int i = 0; i < n; i++)
		set->order[i] = (unsigned char)order[i];
	set->ordered = (size_t)n;
	return true;
}

static bool is_usual(const struct column_set *set)
{
	static const struct column_set usual;
	return memcmp(set, &usual, sizeof usual) == 0;
}

void columns_write(const struct kind *k, const struct column_set *set, struct strbuf *out)
{
	int order[COLUMNS_MOST];
	struct column_wishes w = {set, 0, -1};
	size_t n = columns_order(k, set, order);
	if (is_usual(set))
		return;
	for (size_t i = 0; i < n; i++) {
		int c = order[i];
		if (!columns_wanted(k, &w, c))
			continue;
		strbuf_addf(out, "%s%s", out->len ? " " : "", k->columns[c].id);
		if (set->widths[c])
			strbuf_addf(out, "=%d", set->widths[c]);
		if (set->wishes[c] == COLUMN_ALWAYS && k->columns[c].keep)
			strbuf_addc(out, '!');
	}
}

/* One word of the text; -1 where the kind has no such column. */
static int read_one(const struct kind *k, struct column_set *set, const char *word, size_t n)
{
	char id[64];
	size_t id_n = strcspn(word, "=! ");
	if (id_n >= sizeof id)
		return -1;
	memcpy(id, word, id_n);
	id[id_n] = '\0';
	int c = kind_column(k, id), width = 0;
	if (c < 0 || !k->columns[c].min || set->wishes[c] != COLUMN_NEVER)
		return -1;
	for (const char *s = word + id_n; s < word + n && width < COLUMN_WIDEST; s++)
		if (*s >= '0' && *s <= '9')
			width = width * 10 + (*s - '0');
	bool always = word[n - 1] == '!' || !k->columns[c].keep;
	set->wishes[c] = always ? COLUMN_ALWAYS : COLUMN_BY_WIDTH;
	if (width)
		set->widths[c] = (unsigned char)(width < COLUMN_NARROWEST ? COLUMN_NARROWEST
						 : width > COLUMN_WIDEST  ? COLUMN_WIDEST
									  : width);
	return c;
}

void columns_read(const struct kind *k, struct column_set *set, const char *text)
{
	*set = (struct column_set){.ordered = 0};
	memset(set->wishes, COLUMN_NEVER, k->column_count);
	for (const char *s = text; *s;) {
		size_t n = strcspn(s, " ");
		int c = n ? read_one(k, set, s, n) : -1;
		if (c >= 0)
			set->order[set->ordered++] = (unsigned char)c;
		s += n + (s[n] == ' ');
	}
	if (!set->ordered)
		*set = (struct column_set){.ordered = 0};
}
