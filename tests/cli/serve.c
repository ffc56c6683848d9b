/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A web server that behaves as badly as a test wants.
 *
 *   serve --port-file FILE --dir DIR
 *
 * DIR/rules is read again for each request.  A line is a path and what its answer is like:
 *
 *   PATH [status=N] [file=NAME] [type=TYPE] [header=NAME:VALUE] [header2=…] [times=N]
 *        [token=WORD] [needs=TEXT [else=NAME]] [act=ACT]
 *
 * The first line whose path fits and that is not used up (times) answers.  file is a name in
 * DIR; @N@ in its text or in a header is how often the line has answered.  "~" in a value is a
 * blank.  token: another Authorization than "Bearer WORD" gets 401.  needs: a request that does
 * not hold this text gets 401, or the file `else`.  ACT is one of
 *   hang     never answers            drip    one byte in 100 ms
 *   half     half of the file, then hangs up       endless  blanks for ever
 *   stream   the file, then a comment every 100 ms    mute   the file, then silence
 *   lines    the file, then an empty line every 100 ms
 *   hold     the answer after 300 ms
 *   grant    a new token {"access_token":"tN","expires_in":3600} of each request
 *   close    no answer at all: hangs up
 * In a header %20 is a blank too.
 * Each request is written to DIR/log: METHOD PATH?QUERY; with its headers and body, then an
 * empty line, to DIR/asked; one with an Idempotency-Key also to DIR/keys: KEY PATH and the
 * time in ms. */
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"

#define RULES_MOST 64

struct rule {
	char line[256];
	int used;
};

struct server {
	const char *dir;
	pthread_mutex_t lock;
	struct rule rules[RULES_MOST]; /* how often each line was used */
	size_t count;
	int tokens;
};

/* An answer under way. */
struct body {
	struct strbuf text;
	char act[16];
};

static struct strbuf read_file(const char *dir, const char *name)
{
	struct strbuf b = STRBUF_INIT;
	char piece[65536], *path = xasprintf("%s/%s", dir, name);
	FILE *f = fopen(path, "rb");
	size_t n;
	while (f && (n = fread(piece, 1, sizeof piece, f)) > 0)
		strbuf_add(&b, piece, n);
	if (f)
		fclose(f);
	free(path);
	return b;
}

static int *uses_of(struct server *s, const char *line)
{
	for (size_t i = 0; i < s->count; i++)
		if (strcmp(s->rules[i].line, line) == 0)
			return &s->rules[i].used;
	if (s->count == RULES_MOST)
		exit(3);
	snprintf(s->rules[s->count].line, sizeof s->rules[0].line, "%s", line);
	s->rules[s->count].used = 0;
	return &s->rules[s->count++].used;
}

/* The value of key=… in the line; "" where there is none. */
static const char *option(const char *line, const char *key, char *buf, size_t size)
{
	size_t n = strlen(key);
	*buf = '\0';
	for (const char *p = line; (p = strchr(p, ' ')); p++)
		if (strncmp(p + 1, key, n) == 0 && p[n + 1] == '=')
			snprintf(buf, size, "%.*s", (int)strcspn(p + n + 2, " "), p + n + 2);
	for (char *c = buf; (c = strchr(c, '~'));)
		*c = ' ';
	return buf;
}

/* The line that answers this path. */
static bool find_rule(struct server *s, const char *path, char *line, size_t size, int *count)
{
	struct strbuf rules = read_file(s->dir, "rules");
	bool found = false;
	pthread_mutex_lock(&s->lock);
	for (char *save = NULL, *l = strtok_r(rules.s, "\n", &save); l && !found;
	     l = strtok_r(NULL, "\n", &save)) {
		char times[16];
		size_t n = strcspn(l, " ");
		if (strlen(path) != n || strncmp(l, path, n) != 0)
			continue;
		int *used = uses_of(s, l);
		option(l, "times", times, sizeof times);
		if (*times && *used >= atoi(times))
			continue;
		*count = ++*used;
		snprintf(line, size, "%s", l);
		found = true;
	}
	pthread_mutex_unlock(&s->lock);
	strbuf_free(&rules);
	return found;
}

static enum MHD_Result add_argument(void *to, enum MHD_ValueKind kind, const char *name,
				    const char *value)
{
	struct strbuf *b = to;
	(void)kind;
	strbuf_addf(b, "%c%s=%s", strchr(b->s, '?') ? '&' : '?', name, value ? value : "");
	return MHD_YES;
}

static void append(const char *file, const char *line)
{
	FILE *f = fopen(file, "a");
	if (f) {
		fprintf(f, "%s\n", line);
		fclose(f);
	}
}

static enum MHD_Result add_header(void *to, enum MHD_ValueKind kind, const char *name,
				  const char *value)
{
	(void)kind;
	strbuf_addf((struct strbuf *)to, "%s: %s\n", name, value ? value : "");
	return MHD_YES;
}

/* Notes it; *whole becomes the request as text. */
static void note(struct server *s, struct MHD_Connection *c, const char *method,
		 const char *path, const struct strbuf *body, struct strbuf *whole)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_addf(&b, "%s %s", method, path);
	MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, add_argument, &b);
	char *file = xasprintf("%s/log", s->dir), *asked = xasprintf("%s/asked", s->dir);
	strbuf_addf(whole, "%s\n", b.s);
	MHD_get_connection_values(c, MHD_HEADER_KIND, add_header, whole);
	strbuf_addf(whole, "%s\n", body->len ? body->s : "");
	pthread_mutex_lock(&s->lock);
	append(file, b.s);
	append(asked, whole->s);
	const char *key = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Idempotency-Key");
	if (key) {
		char *keys = xasprintf("%s/keys", s->dir);
		strbuf_clear(&b);
		strbuf_addf(&b, "%s %s %lld", key, path, (long long)clock_monotonic());
		append(keys, b.s);
		free(keys);
	}
	pthread_mutex_unlock(&s->lock);
	free(file);
	free(asked);
	strbuf_free(&b);
}

static bool is(const struct body *b, const char *act)
{
	return strcmp(b->act, act) == 0;
}

static ssize_t read_body(void *context, uint64_t at, char *buf, size_t most)
{
	struct body *b = context;
	size_t n = is(b, "half") ? b->text.len / 2 : b->text.len;
	if (is(b, "endless")) {
		memset(buf, ' ', most);
		return (ssize_t)most;
	}
	if (at < n) {
		size_t left = is(b, "drip") ? 1 : n - (size_t)at;
		if (is(b, "drip"))
			usleep(100000);
		if (left > most)
			left = most;
		memcpy(buf, b->text.s + at, left);
		return (ssize_t)left;
	}
	while (is(b, "mute"))
		sleep(1);
	if (!is(b, "stream") && !is(b, "lines"))
		return is(b, "half") ? MHD_CONTENT_READER_END_WITH_ERROR
				     : MHD_CONTENT_READER_END_OF_STREAM;
	usleep(100000);
	memcpy(buf, is(b, "lines") ? "\n\n" : ":\n", 2);
	return 2;
}

static void free_body(void *context)
{
	struct body *b = context;
	strbuf_free(&b->text);
	free(b);
}

static void unescape(char *s)
{
	while ((s = strstr(s, "%20"))) {
		*s++ = ' ';
		memmove(s, s + 2, strlen(s + 2) + 1);
	}
}

/* A text with the count in it. */
static struct strbuf counted(const char *p, size_t left, int count)
{
	struct strbuf b = STRBUF_INIT;
	const char *mark;
	while ((mark = memmem(p, left, "@N@", 3))) {
		strbuf_add(&b, p, (size_t)(mark - p));
		strbuf_addf(&b, "%d", count);
		left -= (size_t)(mark - p) + 3;
		p = mark + 3;
	}
	strbuf_add(&b, p, left);
	return b;
}

static struct MHD_Response *make_response(struct server *s, const char *line, int count)
{
	char value[200];
	struct body *b = xcalloc(1, sizeof *b);
	struct strbuf raw = read_file(s->dir, option(line, "file", value, sizeof value));
	b->text = counted(raw.s ? raw.s : "", raw.len, count);
	strbuf_free(&raw);
	option(line, "act", b->act, sizeof b->act);
	while (is(b, "hang"))
		sleep(1);
	if (is(b, "grant")) {
		strbuf_clear(&b->text);
		strbuf_addf(&b->text, "{\"access_token\":\"t%d\",\"expires_in\":3600}",
			    ++s->tokens);
	}
	bool open = is(b, "endless") || is(b, "stream") || is(b, "lines") || is(b, "mute");
	if (is(b, "hold"))
		usleep(300000);
	uint64_t size = open ? MHD_SIZE_UNKNOWN : b->text.len;
	struct MHD_Response *r = MHD_create_response_from_callback(size, 65536, read_body, b,
								   free_body);
	option(line, "type", value, sizeof value);
	MHD_add_response_header(r, "Content-Type", *value ? value : "application/json");
	static const char *const names[] = {"header", "header2"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char *colon = strchr(option(line, names[i], value, sizeof value), ':');
		if (!colon)
			continue;
		struct strbuf h = counted(colon + 1, strlen(colon + 1), count);
		*colon = '\0';
		unescape(h.s);
		MHD_add_response_header(r, value, h.s);
		strbuf_free(&h);
	}
	return r;
}

static bool is_known(struct MHD_Connection *c, const char *line)
{
	char token[64], wanted[80];
	if (!*option(line, "token", token, sizeof token))
		return true;
	const char *sent = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Authorization");
	snprintf(wanted, sizeof wanted, "Bearer %s", token);
	return sent && strcmp(sent, wanted) == 0;
}

static void free_asked(void *context, struct MHD_Connection *c, void **state,
		       enum MHD_RequestTerminationCode why)
{
	(void)context;
	(void)c;
	(void)why;
	if (*state)
		strbuf_free(*state);
	free(*state);
}

/* The status; empties the line where the request is refused, or changes what it answers. */
static unsigned judge(struct MHD_Connection *c, char *line, size_t size,
		      const struct strbuf *whole)
{
	char status[16], needs[200], other[64];
	if (!is_known(c, line)) {
		*line = '\0';
		return MHD_HTTP_UNAUTHORIZED;
	}
	if (*option(line, "needs", needs, sizeof needs) && !strstr(whole->s, needs)) {
		bool refused = !*option(line, "else", other, sizeof other);
		snprintf(line, size, "%s%s", refused ? "" : "/ file=", refused ? "" : other);
		return refused ? MHD_HTTP_UNAUTHORIZED : MHD_HTTP_OK;
	}
	return *option(line, "status", status, sizeof status) ? (unsigned)atoi(status)
							      : MHD_HTTP_OK;
}

static enum MHD_Result answer(void *context, struct MHD_Connection *c, const char *path,
			      const char *method, const char *version, const char *upload,
			      size_t *upload_n, void **state)
{
	struct server *s = context;
	struct strbuf whole = STRBUF_INIT;
	char line[256] = "", act[16];
	int count = 0;
	(void)version;
	if (!*state) {
		struct strbuf *body = xcalloc(1, sizeof *body);
		*body = (struct strbuf)STRBUF_INIT;
		*state = body;
		return MHD_YES;
	}
	if (*upload_n) {
		strbuf_add(*state, upload, *upload_n);
		*upload_n = 0;
		return MHD_YES;
	}
	note(s, c, method, path, *state, &whole);
	unsigned code = find_rule(s, path, line, sizeof line, &count)
				? judge(c, line, sizeof line, &whole)
				: MHD_HTTP_NOT_FOUND;
	strbuf_free(&whole);
	if (strcmp(option(line, "act", act, sizeof act), "close") == 0)
		return MHD_NO;
	struct MHD_Response *r = make_response(s, line, count);
	enum MHD_Result done = MHD_queue_response(c, code, r);
	MHD_destroy_response(r);
	return done;
}

int main(int argc, char **argv)
{
	if (argc != 5 || strcmp(argv[1], "--port-file") != 0 || strcmp(argv[3], "--dir") != 0) {
		fputs("usage: serve --port-file FILE --dir DIR\n", stderr);
		return 2;
	}
	static struct server s;
	s.dir = argv[4];
	pthread_mutex_init(&s.lock, NULL);
	signal(SIGPIPE, SIG_IGN);
	struct MHD_Daemon *d = MHD_start_daemon(
		MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL,
		0, NULL, NULL, answer, &s, MHD_OPTION_NOTIFY_COMPLETED, free_asked, NULL,
		MHD_OPTION_END);
	const union MHD_DaemonInfo *info = d ? MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)
					     : NULL;
	FILE *f = info ? fopen(argv[2], "w") : NULL;
	if (!f)
		return 1;
	fprintf(f, "%u\n", info->port);
	fclose(f);
	pause();
	return 0;
}
