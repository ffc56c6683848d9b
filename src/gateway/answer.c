/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/answer.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"

void answer_header(struct answer *a, const char *name, const char *fmt, ...)
{
	struct strbuf b = STRBUF_INIT;
	va_list ap;
	va_start(ap, fmt);
	strbuf_vaddf(&b, fmt, ap);
	va_end(ap);
	/* A line break would start a header of somebody else's choice. */
	for (char *s = b.s; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			*s = ' ';
	size_t i = 0;
	while (i < a->header_count && strcasecmp(a->headers[i].name, name) != 0)
		i++;
	if (i == ANSWER_HEADERS) {
		strbuf_free(&b);
		return;
	}
	if (i < a->header_count)
		free(a->headers[i].value);
	else
		a->header_count++;
	a->headers[i].name = name;
	a->headers[i].value = strbuf_detach(&b);
}

const char *answer_get(const struct answer *a, const char *name)
{
	for (size_t i = 0; i < a->header_count; i++)
		if (strcasecmp(a->headers[i].name, name) == 0)
			return a->headers[i].value;
	return NULL;
}

static int append(const char *s, size_t n, void *body)
{
	strbuf_add(body, s, n);
	return 0;
}

void answer_json(struct answer *a, unsigned status, json_t *body)
{
	a->status = status;
	a->type = TYPE_JSON;
	strbuf_clear(&a->body);
	json_dump_callback(body, append, &a->body, JSON_COMPACT);
	strbuf_addc(&a->body, '\n');
	json_decref(body);
}

void answer_text(struct answer *a, const char *type, const char *s, size_t n)
{
	a->status = 200;
	a->type = type;
	strbuf_clear(&a->body);
	strbuf_add(&a->body, s, n);
}

void answer_free(struct answer *a)
{
	strbuf_free(&a->body);
	for (size_t i = 0; i < a->header_count; i++)
		free(a->headers[i].value);
	*a = (struct answer){.body = STRBUF_INIT};
}
