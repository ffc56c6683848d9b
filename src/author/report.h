/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pull showed, for people and for scripts. */
#ifndef IOC_AUTHOR_REPORT_H
#define IOC_AUTHOR_REPORT_H

#include "author/pull.h"

struct report {
	const struct author *author;
	struct trial *trial;
	struct mapper *mapper;
	size_t shown; /* items of a page */
	bool raw;     /* answers whole */
	/* of all pages */
	size_t items, records, rejects, unknown_states, failures;
	enum err_code worst; /* of the failures; ERR_NONE */
	json_t *pages;       /* --json */
	json_t *all;         /* every record, with "resource" */
};

/* One exchange by itself; `answer`: with what came of it. */
void report_exchange(const struct author *a, const struct exchange *x, bool answer);
void report_exchange_text(const struct author *a, const struct exchange *x, bool answer);

/* A page has come: pull.page. */
void report_page(void *context, const struct page_report *p);

/* The parts that both forms need.  Counts by text, the most frequent first: [[text, n], …]. */
json_t *report_unknown_states(const struct page_report *p);
json_t *report_reasons(const struct page_report *p);
json_t *report_empty_columns(const struct page_report *p);
json_t *report_page_json(struct report *r, const struct page_report *p);
void report_page_text(struct report *r, const struct page_report *p);

#endif
