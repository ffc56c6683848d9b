/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/http_tap.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/http.h"
#include "base/alloc.h"
#include "base/strbuf.h"

#define HEAD_MOST (256 * 1024)

struct http_take {
	const struct http_tap *tap;
	const char *method; /* a literal of the connector's tables */
	char *url;
	struct strbuf headers, body, head, answer;
	bool has_body, silent;
	/* of an answer that is played */
	struct curl_slist *connect;
	bool playing;
	pthread_t player;
	int far; /* where it listens */
	char *text;
	size_t n;
};

struct http_take *http_take_new(const struct http_tap *tap, const struct http_order *o)
{
	struct http_take *t = xcalloc(1, sizeof *t);
	t->tap = tap;
	t->method = o->method;
	t->headers = t->body = t->head = t->answer = (struct strbuf)STRBUF_INIT;
	for (size_t i = 0; i < o->header_count; i++)
		strbuf_addf(&t->headers, "%s: %s\n", o->headers[i].name, o->headers[i].value);
	t->has_body = o->body != NULL;
	strbuf_add(&t->body, o->body ? o->body : "", o->body ? o->body_n : 0);
	t->far = -1;
	return t;
}

static void stop_playing(struct http_take *t)
{
	if (!t->playing)
		return;
	shutdown(t->far, SHUT_RDWR);
	pthread_join(t->player, NULL);
	close(t->far);
	free(t->text);
	t->playing = false;
}

void http_take_free(struct http_take *t)
{
	if (!t)
		return;
	stop_playing(t);
	curl_slist_free_all(t->connect);
	strbuf_free(&t->headers);
	strbuf_free(&t->body);
	strbuf_free(&t->head);
	strbuf_free(&t->answer);
	free(t->url);
	free(t);
}

static struct http_exchange exchange_of(const struct http_take *t)
{
	return (struct http_exchange){.method = t->method,
				      .url = t->url,
				      .headers = t->headers.s,
				      .body = t->has_body ? t->body.s : NULL,
				      .body_n = t->body.len,
				      .head = t->head.s,
				      .head_n = t->head.len,
				      .answer = t->answer.s,
				      .answer_n = t->answer.len};
}

/* Takes the one connection, sends the answer and hangs up; the request itself is read away. */
static void *play(void *context)
{
	struct http_take *t = context;
	char unread[4096];
	int fd = accept4(t->far, NULL, NULL, SOCK_CLOEXEC);
	for (size_t at = 0; fd >= 0 && at < t->n;) {
		ssize_t sent = send(fd, t->text + at, t->n - at, MSG_NOSIGNAL);
		if (sent <= 0)
			break;
		at += (size_t)sent;
	}
	if (fd < 0)
		return NULL;
	shutdown(fd, SHUT_WR);
	while (recv(fd, unread, sizeof unread, 0) > 0)
		continue;
	close(fd);
	return NULL;
}

/* Listens at a free port of this machine and writes down where. */
static int listen_at(struct sockaddr *address, unsigned *n)
{
	struct sockaddr_in own = {.sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof own;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (bind(fd, (struct sockaddr *)&own, size) < 0 || listen(fd, 1) < 0 ||
	    getsockname(fd, (struct sockaddr *)&own, &size) < 0) {
		close(fd);
		return -1;
	}
	memcpy(address, &own, sizeof own);
	*n = (unsigned)size;
	return fd;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose,
				 struct curl_sockaddr *address)
{
	struct http_take *t = context;
	struct http_exchange x = exchange_of(t);
	(void)purpose;
	stop_playing(t);
	t->text = t->tap->answer(t->tap->context, &x, &t->n);
	t->silent = !t->text;
	if (!t->text)
		return CURL_SOCKET_BAD;
	t->far = listen_at(&address->addr, &address->addrlen);
	t->playing = t->far >= 0 && pthread_create(&t->player, NULL, play, t) == 0;
	if (t->playing)
		return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (t->far >= 0)
		close(t->far);
	free(t->text);
	return CURL_SOCKET_BAD;
}

/* The same host, path and query without TLS: there is nobody to be secret from. */
static void set_plain_url(CURL *easy, const char *url)
{
	const char *rest = strstr(url, "://");
	const char *host = rest && strncmp(url, "file:", 5) == 0 ? "files" : "";
	char *plain = xasprintf("http://%s%s", host, rest ? rest + 3 : url);
	curl_easy_setopt(easy, CURLOPT_URL, plain);
	free(plain);
}

void http_take_set_up(struct http_take *t, void *easy, const char *url)
{
	free(t->url);
	t->url = xstrdup(url);
	if (!t->tap->answer)
		return;
	set_plain_url(easy, url);
	if (!t->connect)
		t->connect = curl_slist_append(NULL, "::127.0.0.1:9");
	curl_easy_setopt(easy, CURLOPT_CONNECT_TO, t->connect);
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, t);
}

/* A first line begins anew: 1xx are no answers. */
void http_take_header(struct http_take *t, const char *p, size_t n)
{
	if (n > 5 && memcmp(p, "HTTP/", 5) == 0)
		strbuf_clear(&t->head);
	if (t->head.len + n <= HEAD_MOST)
		strbuf_add(&t->head, p, n);
}

void http_take_data(struct http_take *t, const char *p, size_t n)
{
	strbuf_add(&t->answer, p, n);
}

void http_take_end(struct http_take *t, const char *url, long status, int64_t took_ms)
{
	struct http_exchange x = exchange_of(t);
	x.url = url;
	x.status = status;
	x.took_ms = took_ms;
	if (t->tap->ended)
		t->tap->ended(t->tap->context, &x);
	strbuf_clear(&t->head);
	strbuf_clear(&t->answer);
}

char *http_take_redirect(const struct http_take *t, const char *url, const char *to)
{
	/* Relative to a URL that was made plain. */
	if (t && t->tap->answer && strncmp(url, "https://", 8) == 0 &&
	    strncmp(to, "http://", 7) == 0 && strstr(t->head.s, to) == NULL)
		return xasprintf("https://%s", to + 7);
	return xstrdup(to);
}

bool http_take_is_silent(const struct http_take *t)
{
	return t && t->silent;
}
