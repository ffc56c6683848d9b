/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened since it was last told: rows that came, records that became late, sources in
 * trouble, the writer, refusals.  Counted, so that a hundred of them are one line. */
#ifndef IOC_UI_NEWS_H
#define IOC_UI_NEWS_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "model/query.h"
#include "model/source.h"

#define NEWS_SOURCES 64

struct app;

struct news {
	bool known; /* the figures below were told, or were there at the start */
	struct figures figures;
	bool sources_known;
	struct {
		char name[64];
		bool well;
	} sources[NEWS_SOURCES];
	size_t source_count;
	bool writer_known, writer_well;
	size_t refused, conflicts, unclear;
};

/* Appends a line for each sort of news since the last call; nothing the first time. */
void news_tell(struct app *a, struct strbuf *out);

#endif
