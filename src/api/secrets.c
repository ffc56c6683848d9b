/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/secrets.h"

#include <ctype.h>
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/base64.h"
#include "base/child.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#define SECRET_MOST 16384
#define SECRET_LEAST 4 /* shorter ones are in too many words */
#define PART_LEAST 8   /* of one at the end of a text */
#define DATA_LEAST 16  /* of one in data */
#define COMMAND_MS (20 * SECOND)
#define HIDDEN_MOST 64

/* A text as it must not be seen, in all its spellings. */
struct hidden {
	char *spellings[6];
	size_t count;
};

struct secrets {
	const struct config_source *source;
	char **values; /* by source->secrets; NULL: not read */
	struct child child;
	size_t asked;          /* whose program runs */
	struct hidden *hidden; /* the newest of them: old tokens leave at the other end */
	size_t hidden_count, hidden_cap;
};

struct secrets *secrets_new(const struct config_source *source)
{
	struct secrets *s = xcalloc(1, sizeof *s);
	s->source = source;
	s->values = xcalloc(source->secret_count + 1, sizeof *s->values);
	s->child = (struct child)CHILD_INIT;
	return s;
}

static void free_text(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}

void secrets_forget(struct secrets *s)
{
	child_stop(&s->child);
	for (size_t i = 0; i < s->source->secret_count; i++) {
		free_text(s->values[i]);
		s->values[i] = NULL;
	}
}

static void unhide(struct hidden *h)
{
	for (size_t i = 0; i < h->count; i++)
		free_text(h->spellings[i]);
}

void secrets_free(struct secrets *s)
{
	if (!s)
		return;
	secrets_forget(s);
	for (size_t i = 0; i < s->hidden_count; i++)
		unhide(&s->hidden[i]);
	free(s->hidden);
	free(s->values);
	free(s);
}

int secrets_fd(const struct secrets *s)
{
	return s->child.fd;
}

/* --- reading --- */

static enum secrets_state fail(struct failure *f, const struct config_secret *secret,
			       const char *what, const char *detail)
{
	char *words = detail ? xasprintf("%s: %s", secret->name, detail)
			     : xstrdup(secret->name);
	failure_set(f, ERR_AUTH, what, words);
	free(words);
	return SECRETS_FAILED;
}

/* The first line without blanks around it. */
static enum secrets_state take_line(struct secrets *s, size_t i, const char *text,
				    struct failure *f)
{
	text += strspn(text, " \t\r\n");
	size_t n = strcspn(text, "\r\n");
	while (n && isspace((unsigned char)text[n - 1]))
		n--;
	for (size_t k = 0; k < n; k++)
		if ((unsigned char)text[k] < 0x20 || text[k] == 0x7f)
			n = 0;
	if (!n)
		return fail(f, &s->source->secrets[i],
			    N_("there is no token where it should be"), NULL);
	s->values[i] = xstrndup(text, n);
	secrets_hide(s, s->values[i]);
	return SECRETS_READY;
}

static enum secrets_state read_file(struct secrets *s, size_t i, const char *path,
				    struct failure *f)
{
	char buf[SECRET_MOST];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, buf, sizeof buf - 1);
	enum secrets_state state;
	if (n < 0) {
		char *detail = xasprintf("%s: %s", path, strerror(errno));
		state = fail(f, &s->source->secrets[i],
			     N_("the file with the secret can't be read"), detail);
		free(detail);
	} else {
		buf[n] = '\0';
		state = take_line(s, i, buf, f);
	}
	if (fd >= 0)
		close(fd);
	explicit_bzero(buf, sizeof buf);
	return state;
}

/* Where systemd puts what LoadCredential= and SetCredentialEncrypted= of a unit name. */
static enum secrets_state read_credential(struct secrets *s, size_t i, struct failure *f)
{
	const struct config_secret *secret = &s->source->secrets[i];
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	if (!folder || strchr(secret->credential, '/') || secret->credential[0] == '.')
		return fail(f, secret,
			    N_("there is no such credential: the writer's unit must load it "
			       "($CREDENTIALS_DIRECTORY)"),
			    secret->credential);
	char *path = xasprintf("%s/%s", folder, secret->credential);
	enum secrets_state state = read_file(s, i, path, f);
	free(path);
	return state;
}

static enum secrets_state ask_program(struct secrets *s, size_t i, struct failure *f)
{
	const struct config_secret *secret = &s->source->secrets[i];
	s->asked = i;
	if (child_start(&s->child, secret->command, COMMAND_MS) == 0)
		return SECRETS_WORKING;
	return fail(f, secret, N_("the program that gives the token can't be run"),
		    strerror(errno));
}

static enum secrets_state look_after_child(struct secrets *s, struct failure *f)
{
	int ended = child_turn(&s->child);
	if (ended == 0)
		return SECRETS_WORKING;
	enum secrets_state state = ended > 0
					   ? take_line(s, s->asked, s->child.out.s, f)
					   : fail(f, &s->source->secrets[s->asked],
						  N_("the program that gives the token failed"),
						  NULL);
	explicit_bzero(s->child.out.s, s->child.out.len);
	child_stop(&s->child);
	return state;
}

enum secrets_state secrets_prepare(struct secrets *s, struct failure *f)
{
	enum secrets_state state = SECRETS_READY;
	if (s->child.fd >= 0)
		state = look_after_child(s, f);
	for (size_t i = 0; i < s->source->secret_count && state == SECRETS_READY; i++) {
		const struct config_secret *secret = &s->source->secrets[i];
		if (s->values[i])
			continue;
		state = secret->command      ? ask_program(s, i, f)
			: secret->credential ? read_credential(s, i, f)
					     : read_file(s, i, secret->file, f);
	}
	return state;
}

/* --- using --- */

static size_t find(const struct secrets *s, const char *name)
{
	size_t i = 0;
	while (i < s->source->secret_count && strcmp(s->source->secrets[i].name, name) != 0)
		i++;
	return i;
}

const char *secrets_get(const struct secrets *s, const char *name)
{
	size_t i = find(s, name);
	return i < s->source->secret_count ? s->values[i] : NULL;
}

jv secrets_values(const struct secrets *s)
{
	jv all = jv_object();
	for (size_t i = 0; i < s->source->secret_count; i++)
		if (s->values[i])
			all = jv_object_set(all, jv_string(s->source->secrets[i].name),
					    jv_string(s->values[i]));
	return all;
}

/* All of it or nothing: beside the file first, then in its place. */
static bool write_file(const char *path, const char *text)
{
	char *beside = xasprintf("%s.new", path);
	int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	size_t n = strlen(text);
	bool good = fd >= 0 && write(fd, text, n) == (ssize_t)n && write(fd, "\n", 1) == 1 &&
		    fsync(fd) == 0;
	if (fd >= 0)
		good = close(fd) == 0 && good;
	good = good && rename(beside, path) == 0;
	if (!good && fd >= 0)
		unlink(beside);
	free(beside);
	return good;
}

bool secrets_replace(struct secrets *s, const char *name, const char *text)
{
	size_t i = find(s, name);
	if (i == s->source->secret_count)
		return false;
	free_text(s->values[i]);
	s->values[i] = xstrdup(text);
	secrets_hide(s, text);
	return s->source->secrets[i].file && write_file(s->source->secrets[i].file, text);
}

/* --- hiding --- */

static void add_spelling(struct hidden *h, char *text)
{
	bool known = false;
	for (size_t i = 0; text && i < h->count; i++)
		known |= strcmp(h->spellings[i], text) == 0;
	if (text && !known && strlen(text) >= SECRET_LEAST &&
	    h->count < ARRAY_LEN(h->spellings))
		h->spellings[h->count++] = text;
	else
		free_text(text);
}

static char *in_json(const char *text)
{
	jv v = jv_dump_string(jv_string(text), 0);
	size_t n = strlen(jv_string_value(v));
	char *inner = xstrndup(jv_string_value(v) + 1, n - 2);
	jv_free(v);
	return inner;
}

/* As PHP writes JSON. */
static char *in_php(const char *text)
{
	char *json = in_json(text);
	struct strbuf b = STRBUF_INIT;
	for (const char *p = json; *p; p++) {
		if (*p == '/')
			strbuf_addc(&b, '\\');
		strbuf_addc(&b, *p);
	}
	free_text(json);
	return strbuf_detach(&b);
}

static char *in_html(const char *text)
{
	static const struct {
		char c;
		const char *name;
	} names[] = {
		{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
	struct strbuf b = STRBUF_INIT;
	for (; *text; text++) {
		size_t i = 0;
		while (i < ARRAY_LEN(names) && names[i].c != *text)
			i++;
		if (i < ARRAY_LEN(names))
			strbuf_adds(&b, names[i].name);
		else
			strbuf_addc(&b, *text);
	}
	return strbuf_detach(&b);
}

static char *in_url(const char *text)
{
	char *escaped = curl_easy_escape(NULL, text, 0);
	char *own = escaped ? xstrdup(escaped) : NULL;
	curl_free(escaped);
	return own;
}

static char *in_base64(const char *text)
{
	struct strbuf b = STRBUF_INIT;
	base64_append(&b, text, strlen(text));
	while (b.len && b.s[b.len - 1] == '=')
		strbuf_truncate(&b, b.len - 1);
	return strbuf_detach(&b);
}

static bool is_hidden(const struct secrets *s, const char *text)
{
	for (size_t i = 0; i < s->hidden_count; i++)
		if (strcmp(s->hidden[i].spellings[0], text) == 0)
			return true;
	return false;
}

void secrets_hide(struct secrets *s, const char *text)
{
	if (strlen(text) < SECRET_LEAST || is_hidden(s, text))
		return;
	struct hidden h = {.count = 0};
	add_spelling(&h, xstrdup(text));
	add_spelling(&h, in_url(text));
	add_spelling(&h, in_json(text));
	add_spelling(&h, in_php(text));
	add_spelling(&h, in_html(text));
	add_spelling(&h, in_base64(text));
	if (s->hidden_count == HIDDEN_MOST) {
		unhide(&s->hidden[0]);
		memmove(s->hidden, s->hidden + 1, --s->hidden_count * sizeof *s->hidden);
	}
	ARRAY_PUSH(s->hidden, s->hidden_count, s->hidden_cap) = h;
}

/* Small and capital digits of "%2f" are the same.  A text may be cut in the middle of it. */
static void blot(char *text, size_t n, const char *secret)
{
	size_t length = strlen(secret);
	for (size_t k = length < n ? length : n; k-- > PART_LEAST;)
		if (strncasecmp(text + n - k, secret, k) == 0)
			memset(text + n - k, '.', k);
	for (size_t i = 0; i + length <= n; i++)
		if (tolower((unsigned char)text[i]) == tolower((unsigned char)*secret) &&
		    strncasecmp(text + i, secret, length) == 0) {
			memset(text + i, '.', length);
			i += length - 1;
		}
}

void secrets_redact(const struct secrets *s, char *text, size_t n)
{
	for (size_t i = 0; i < s->hidden_count; i++)
		for (size_t k = 0; k < s->hidden[i].count; k++)
			blot(text, n, s->hidden[i].spellings[k]);
}

void secrets_redact_data(const struct secrets *s, char *text, size_t n)
{
	for (size_t i = 0; i < s->hidden_count; i++)
		for (size_t k = 0; k < s->hidden[i].count; k++) {
			const char *secret = s->hidden[i].spellings[k];
			size_t length = strlen(secret);
			if (length < DATA_LEAST)
				continue;
			for (char *p = text;
			     (p = memmem(p, n - (size_t)(p - text), secret, length));
			     p += length)
				memset(p, '.', length);
		}
}
