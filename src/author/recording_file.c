/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of a recording. */
#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "author/recording.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#define ABOUT "recording.yaml"

static int put_file(const char *dir, const char *name, const char *s, size_t n, struct err *e)
{
	char *path = xasprintf("%s/%s", dir, name);
	FILE *f = fopen(path, "we");
	bool good = f && fwrite(s, 1, n, f) == n;
	if (f && fclose(f) != 0)
		good = false;
	if (!good)
		err_errno(e, ERR_IO, _("can't write %s"), path);
	free(path);
	return good ? 0 : -1;
}

/* --- writing --- */

static bool is_header(const char *line, const char *name)
{
	size_t n = strlen(name);
	return strncasecmp(line, name, n) == 0 && line[n] == ':';
}

/* The headers that describe the transfer and not the answer are made anew when it is played. */
static bool is_of_transfer(const char *line)
{
	static const char *const names[] = {"Content-Length",    "Content-Encoding",
					    "Transfer-Encoding", "Connection",
					    "Keep-Alive",        "Trailer"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (is_header(line, names[i]))
			return true;
	return false;
}

/* What the body is, as the end of its file's name. */
static const char *ending(const struct exchange *x)
{
	static const struct {
		const char *type, *end;
	} types[] = {{"ndjson", "ndjson"}, {"json", "json"}, {"xml", "xml"},
		     {"csv", "csv"},       {"html", "html"}, {"text/", "txt"}};
	const char *type = strcasestr(x->head, "\ncontent-type:");
	size_t n = type ? strcspn(type + 1, "\r\n") + 1 : 0;
	char line[200];
	snprintf(line, sizeof line, "%.*s", (int)(n < 199 ? n : 199), type ? type : "");
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (strcasestr(line, types[i].type))
			return types[i].end;
	const char *p = x->answer + strspn(x->answer, " \t\r\n");
	return *p == '{' || *p == '[' ? "json" : *p == '<' ? "xml" : "txt";
}

static int write_exchange(const struct exchange *x, const char *dir, size_t number,
			  struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	char name[40];
	strbuf_addf(&b, "%s %s\n%s", x->method, x->url, x->headers);
	if (x->body)
		strbuf_addf(&b, "\n%s", x->body);
	snprintf(name, sizeof name, "%03zu.request", number);
	int rc = put_file(dir, name, b.s, b.len, e);
	strbuf_clear(&b);
	/* A file is answered without headers. */
	if (!*x->head)
		strbuf_adds(&b, "HTTP/1.1 200 OK\n");
	for (const char *p = x->head; *p;) {
		size_t n = strcspn(p, "\r\n");
		if (n && !is_of_transfer(p))
			strbuf_addf(&b, "%.*s\n", (int)n, p);
		p += n;
		p += strspn(p, "\r\n");
	}
	snprintf(name, sizeof name, "%03zu.answer", number);
	rc = rc < 0 ? rc : put_file(dir, name, b.s, b.len, e);
	snprintf(name, sizeof name, "%03zu.body.%s", number, ending(x));
	rc = rc < 0 ? rc : put_file(dir, name, x->answer, x->answer_n, e);
	strbuf_free(&b);
	return rc;
}

static json_t *as_json(const struct yaml_node *n)
{
	json_t *o = yaml_is_list(n) ? json_array() : json_object();
	if (yaml_is_scalar(n)) {
		json_decref(o);
		return json_string(yaml_text(n) ? yaml_text(n) : "");
	}
	for (size_t i = 0; i < yaml_count(n); i++) {
		if (yaml_is_list(n))
			json_array_append_new(o, as_json(yaml_at(n, i)));
		else if (yaml_key(n, i))
			json_object_set_new(o, yaml_key(n, i), as_json(yaml_at(n, i)));
	}
	return o;
}

/* That there is a secret of this name decides how to log in; where it is found is nobody's
 * business. */
static bool add_secret(struct strbuf *b, const char *key)
{
	static const char *const ends[] = {"_file", "_command", "_credential"};
	size_t n = strlen(key);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t m = strlen(ends[i]);
		if (n <= m || strcmp(key + n - m, ends[i]) != 0)
			continue;
		strbuf_addf(b, "  %.*s_file: SECRET\n", (int)(n - m), key);
		return true;
	}
	return false;
}

/* What only concerns the way to the server. */
static bool is_of_way(const char *key)
{
	static const char *const names[] = {"connector", "ca_file",     "cert_file",
					    "key_file",  "server_name", "key_password_file",
					    "hours"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], key) == 0)
			return true;
	return false;
}

static void add_key(struct strbuf *b, const char *key, const struct yaml_node *n)
{
	if (strcmp(key, "secrets") == 0) {
		strbuf_addf(b, "  %s:\n", key);
		for (size_t i = 0; i < yaml_count(n); i++)
			strbuf_addf(b, "    %s: {file: SECRET}\n", yaml_key(n, i));
	} else if (!is_of_way(key) && !add_secret(b, key)) {
		json_t *v = redact_sounds_secret(key) ? json_string("SECRET") : as_json(n);
		char *text = json_dumps(v, JSON_ENCODE_ANY);
		strbuf_addf(b, "  %s: %s\n", key, text);
		free(text);
		json_decref(v);
	}
}

static int write_about(const struct recording *r, const char *dir,
		       const struct yaml_node *source, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	char at[CLOCK_TEXT];
	clock_format_utc(r->at, at);
	strbuf_addf(&b, "at: %s\nsource:\n", at);
	for (size_t i = 0; i < yaml_count(source); i++)
		if (yaml_key(source, i))
			add_key(&b, yaml_key(source, i), yaml_at(source, i));
	int rc = put_file(dir, ABOUT, b.s, b.len, e);
	strbuf_free(&b);
	return rc;
}

/* Whether the name is one of ours. */
static bool is_ours(const char *name)
{
	return strcmp(name, ABOUT) == 0 ||
	       (strspn(name, "0123456789") == 3 &&
		(strncmp(name + 3, ".request", 8) == 0 ||
		 strncmp(name + 3, ".answer", 7) == 0 || strncmp(name + 3, ".body.", 6) == 0));
}

/* Makes the folder, or takes away the recording that is in it. */
static int clear_folder(const char *dir, struct err *e)
{
	if (mkdir(dir, 0700) == 0)
		return 0;
	DIR *d = errno == EEXIST ? opendir(dir) : NULL;
	if (!d)
		return err_errno(e, ERR_IO, _("can't make the folder %s"), dir);
	bool about = faccessat(dirfd(d), ABOUT, F_OK, 0) == 0;
	int rc = 0;
	for (struct dirent *x; rc == 0 && (x = readdir(d));) {
		if (strcmp(x->d_name, ".") == 0 || strcmp(x->d_name, "..") == 0)
			continue;
		if (about && is_ours(x->d_name))
			unlinkat(dirfd(d), x->d_name, 0);
		else if (!about)
			rc = err_set(
				e, ERR_USAGE,
				_("%s is no recording, and not empty: nothing was written"),
				dir);
	}
	closedir(d);
	return rc;
}

int recording_write(const struct recording *r, const char *dir, const struct yaml_node *source,
		    struct err *e)
{
	int rc = clear_folder(dir, e);
	if (rc == 0)
		rc = write_about(r, dir, source, e);
	for (size_t i = 0; rc == 0 && i < r->count; i++)
		rc = write_exchange(&r->list[i], dir, i + 1, e);
	return rc;
}

/* --- reading --- */

/* The file that begins with this; NULL where there is none.  The caller frees. */
static char *find_file(const char *dir, const char *start)
{
	DIR *d = opendir(dir);
	char *path = NULL;
	for (struct dirent *x; d && !path && (x = readdir(d));)
		if (strncmp(x->d_name, start, strlen(start)) == 0)
			path = xasprintf("%s/%s", dir, x->d_name);
	if (d)
		closedir(d);
	return path;
}

static char *get_file(const char *dir, size_t number, const char *end, size_t *n, struct err *e)
{
	char start[40];
	snprintf(start, sizeof start, "%03zu.%s", number, end);
	char *path = find_file(dir, start), *text = NULL;
	if (path)
		text = yaml_read(path, n, e);
	else
		err_set(e, ERR_NOT_FOUND, _("%s: %s is missing"), dir, start);
	free(path);
	return text;
}

/* "GET URL\nName: value\n…\n\nBODY" */
static int take_request(struct exchange *x, const char *s)
{
	size_t line = strcspn(s, "\n"), method = strcspn(s, " \n");
	const char *rest = s + line + (s[line] == '\n'), *gap = strstr(rest, "\n\n");
	if (!method || method >= line)
		return -1;
	x->method = xstrndup(s, method);
	x->url = xstrndup(s + method + 1, line - method - 1);
	x->headers = xstrndup(rest, gap ? (size_t)(gap - rest) + 1 : strlen(rest));
	x->body = gap ? xstrdup(gap + 2) : NULL;
	return 0;
}

static void take_head(struct exchange *x, const char *s)
{
	struct strbuf b = STRBUF_INIT;
	const char *status = strchr(s, ' ');
	for (; *s; s += strcspn(s, "\n"), s += *s == '\n') {
		size_t n = strcspn(s, "\r\n");
		if (n && !is_of_transfer(s))
			strbuf_addf(&b, "%.*s\r\n", (int)n, s);
	}
	x->status = status ? strtol(status, NULL, 10) : 0;
	x->head = strbuf_detach(&b);
}

/* 1, or 0 behind the last. */
static int read_exchange(struct recording *r, const char *dir, size_t number, struct err *e)
{
	struct exchange x = {0};
	size_t n;
	char start[40];
	snprintf(start, sizeof start, "%03zu.request", number);
	char *path = find_file(dir, start);
	if (!path)
		return 0;
	free(path);
	char *request = get_file(dir, number, "request", &n, e);
	char *head = request ? get_file(dir, number, "answer", &n, e) : NULL;
	x.answer = head ? get_file(dir, number, "body.", &x.answer_n, e) : NULL;
	int rc = x.answer ? 1 : -1;
	if (rc > 0 && take_request(&x, request) < 0)
		rc = err_set(e, ERR_PARSE, _("%s/%s: \"METHOD URL\" is due in the first line"),
			     dir, start);
	if (rc > 0) {
		take_head(&x, head);
		ARRAY_PUSH(r->list, r->count, r->cap) = x;
	} else {
		free(x.answer);
	}
	free(request);
	free(head);
	return rc;
}

int recording_read(struct recording *r, const char *dir, struct err *e)
{
	int rc;
	size_t number = 1;
	while ((rc = read_exchange(r, dir, number, e)) > 0)
		number++;
	if (rc == 0 && !r->count)
		return err_set(e, ERR_NOT_FOUND,
			       _("%s holds no recording: make one by ioc connector try … "
				 "--record %s"),
			       dir, dir);
	return rc;
}
