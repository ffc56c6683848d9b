/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that belong to a record. */
#include <inttypes.h>
#include <string.h>

#include "gateway/handlers.h"

#define NAME_MOST 200

static bool is_media_type(const char *s)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789!#$&^_.+-";
	size_t n = strspn(s, letters);
	return n && s[n] == '/' && strlen(s) < 100 && s[n + 1] &&
	       s[n + 1 + strspn(s + n + 1, letters)] == '\0';
}

/* The name as a download is called, as RFC 8187 has it. */
static void add_disposition(struct answer *a, const char *name)
{
	struct strbuf b = STRBUF_INIT;
	uri_escape(&b, name);
	answer_header(a, "Content-Disposition", "attachment; filename*=UTF-8''%s", b.s);
	strbuf_free(&b);
}

/* Somebody else's file must not act in a browser as if it were ours. */
static void serve(struct answer *a, const char *name, const char *type, const void *data,
		  size_t n)
{
	answer_text(a, NULL, data, n);
	answer_header(a, "Content-Type", "%s", type);
	add_disposition(a, name);
	answer_header(a, "Content-Security-Policy", "default-src 'none'; sandbox");
	answer_header(a, "Cache-Control", "private, max-age=86400, immutable");
}

static void show_blob(void *arg, const struct blob *blob)
{
	struct request *r = arg;
	serve(&r->answer, blob->name, blob->type, blob->data, blob->n);
}

/* In the demo nobody has taken the pictures that its records name: draw a card instead. */
static bool draw(struct request *r)
{
	json_t *record = backend_get(r->gateway->backend, r->kind, r->id, NULL);
	const json_t *entry = json_array_get(json_object_get(record, "attachments"),
					     (size_t)r->number);
	bool known = r->gateway->demo && entry;
	struct strbuf b = STRBUF_INIT;
	if (known) {
		strbuf_addf(
			&b,
			"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" "
			"height=\"400\">"
			"<rect width=\"640\" height=\"400\" fill=\"#%06x\"/><text x=\"320\" "
			"y=\"210\" font-size=\"40\" text-anchor=\"middle\" fill=\"#fff\">"
			"%s %" PRId64 "</text></svg>\n",
			(unsigned)(0x305070 + r->number * 0x101810) & 0xffffff, r->kind->id,
			r->number);
		serve(&r->answer, "demo.svg", "image/svg+xml", b.s, b.len);
	}
	strbuf_free(&b);
	json_decref(record);
	return known;
}

void answer_attachment(struct request *r)
{
	struct err e = ERR_INIT;
	if (backend_attachment(r->gateway->backend, r->kind, r->id, r->number, show_blob, r,
			       &e) == 0)
		return;
	if (e.code != ERR_NOT_FOUND || !draw(r))
		problem_from(&r->answer, &e);
}

static json_t *describe(const struct request *r, const struct blob *blob, int64_t number)
{
	struct strbuf url = STRBUF_INIT;
	strbuf_addf(&url, "/v1/%s/", r->kind->plural);
	uri_escape(&url, r->id);
	strbuf_addf(&url, "/attachments/%" PRId64, number);
	json_t *j = json_pack("{s:s, s:s, s:I, s:s}", "name", blob->name, "type", blob->type,
			      "size", (json_int_t)blob->n, "url", url.s);
	strbuf_free(&url);
	return j;
}

/* Stores the file and names it in the record, which so gets a new version. */
static int attach(struct request *r, json_t *record, const struct blob *blob, struct err *e)
{
	struct backend *b = r->gateway->backend;
	json_t *list = json_object_get(record, "attachments");
	if (!json_is_array(list)) {
		list = json_array();
		json_object_set_new(record, "attachments", list);
	}
	/* Behind those that the record came with, which may be kept elsewhere. */
	int64_t number = (int64_t)json_array_size(list);
	if (backend_attach(b, r->kind, r->id, blob, &number, e) < 0)
		return -1;
	json_array_append_new(list, describe(r, blob, number));
	return backend_put(b, r->kind, record, e);
}

static void store(struct request *r, json_t *record, const struct blob *blob)
{
	struct backend *b = r->gateway->backend;
	struct err e = ERR_INIT;
	if (backend_begin(b, &e) < 0) {
		problem_from(&r->answer, &e);
		return;
	}
	if (attach(r, record, blob, &e) < 0) {
		backend_rollback(b);
		problem_from(&r->answer, &e);
		return;
	}
	if (backend_commit(b, &e) < 0) {
		problem_from(&r->answer, &e);
		return;
	}
	json_t *list = json_object_get(record, "attachments");
	json_t *entry = json_incref(json_array_get(list, json_array_size(list) - 1));
	answer_header(&r->answer, "Location", "%s",
		      json_string_value(json_object_get(entry, "url")));
	answer_json(&r->answer, 201, entry);
}

void answer_attach(struct request *r)
{
	struct err e = ERR_INIT;
	const char *type = request_header(r, "Content-Type"), *name = request_query(r, "name");
	if (!name || !*name)
		name = "file";
	if (!type)
		type = "application/octet-stream";
	if (!is_media_type(type) || strlen(name) > NAME_MOST) {
		problem_answer(&r->answer, PROBLEM_BAD_REQUEST, NULL,
			       "a plain media type and a name of at most %d bytes are due",
			       NAME_MOST);
		return;
	}
	json_t *record = backend_get(r->gateway->backend, r->kind, r->id, &e);
	if (!record) {
		problem_from(&r->answer, &e);
		return;
	}
	store(r, record, &(struct blob){name, type, r->body.s, r->body.len});
	json_decref(record);
}
