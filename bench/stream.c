/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures the gateway's stream: opens CLIENTS streams, POSTs RATE alerts a second for SECONDS
 * and prints how long it took from the POST's first byte to each client.
 *
 *   bench/stream PORT [CLIENTS [RATE [SECONDS]]]
 */
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MARK "\"plate\":\"at"
#define BUFFER 65536

struct run {
	unsigned port;
	int clients, rate, seconds;
	int epoll, poster;
	int64_t *delays; /* microseconds */
	size_t count, most;
	int64_t posted;
};

static int64_t now_us(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static int dial(const struct run *r, const char *request)
{
	struct sockaddr_in a = {.sin_family = AF_INET,
				.sin_port = htons((uint16_t)r->port),
				.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
	if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a) < 0)
		die("connect");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (request && write(fd, request, strlen(request)) < 0)
		die("write");
	struct epoll_event ev = {.events = EPOLLIN, .data = {.fd = fd}};
	if (epoll_ctl(r->epoll, EPOLL_CTL_ADD, fd, &ev) < 0)
		die("epoll_ctl");
	return fd;
}

static void post(struct run *r)
{
	char body[160], request[400];
	int n = snprintf(body, sizeof body, "{\"title\":\"bench\",\"plate\":\"at%" PRId64 "\"}",
			 now_us());
	n = snprintf(request, sizeof request,
		     "POST /v1/alerts HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
		     "application/json\r\n"
		     "Content-Length: %d\r\n\r\n%s",
		     n, body);
	if (write(r->poster, request, (size_t)n) != n)
		die("write");
	r->posted++;
}

static void take(struct run *r, char *text, size_t n, int64_t now)
{
	text[n] = '\0';
	for (char *s = text; (s = strstr(s, MARK)); s++)
		if (r->count < r->most)
			r->delays[r->count++] = now - strtoll(s + strlen(MARK), NULL, 10);
}

static void refused(const char *answer, size_t n)
{
	fprintf(stderr, "refused: %.*s\n", (int)n, answer);
	exit(1);
}

static void wait_for(struct run *r, int64_t until)
{
	static char buffer[BUFFER + 1];
	struct epoll_event ready[256];
	int64_t left;
	while ((left = until - now_us()) > 0) {
		int n = epoll_wait(r->epoll, ready, 256, (int)(left / 1000));
		int64_t now = now_us();
		for (int i = 0; i < n; i++) {
			int fd = ready[i].data.fd;
			ssize_t got = read(fd, buffer, BUFFER);
			if (got <= 0)
				die("a connection ended");
			if (fd != r->poster)
				take(r, buffer, (size_t)got, now);
			else if (got < 12 || memcmp(buffer + 9, "201", 3) != 0)
				refused(buffer, (size_t)got);
		}
	}
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void report(struct run *r)
{
	int64_t due = r->posted * r->clients;
	if (!r->count) {
		puts("nothing arrived");
		return;
	}
	qsort(r->delays, r->count, sizeof *r->delays, compare);
	printf("%d streams, %d events/s: %zu of %" PRId64 " events arrived; POST to client "
	       "p50 %.2f ms, p99 %.2f ms, most %.2f ms\n",
	       r->clients, r->rate, r->count, due, (double)r->delays[r->count / 2] / 1000,
	       (double)r->delays[r->count * 99 / 100] / 1000,
	       (double)r->delays[r->count - 1] / 1000);
}

static int number(int argc, char **argv, int i, int otherwise)
{
	return argc > i ? atoi(argv[i]) : otherwise;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("usage: stream PORT [CLIENTS [RATE [SECONDS]]]\n", stderr);
		return 2;
	}
	struct rlimit files = {8192, 8192};
	setrlimit(RLIMIT_NOFILE, &files);
	struct run r = {.port = (unsigned)number(argc, argv, 1, 0),
			.clients = number(argc, argv, 2, 1000),
			.rate = number(argc, argv, 3, 100),
			.seconds = number(argc, argv, 4, 5)};
	r.most = (size_t)r.clients * (size_t)r.rate * (size_t)r.seconds;
	r.delays = calloc(r.most + 1, sizeof *r.delays);
	r.epoll = epoll_create1(EPOLL_CLOEXEC);
	for (int i = 0; i < r.clients; i++)
		dial(&r, "GET /v1/stream?kinds=alerts HTTP/1.1\r\nHost: localhost\r\n"
			 "Accept: text/event-stream\r\n\r\n");
	r.poster = dial(&r, NULL);
	wait_for(&r, now_us() + 1000000);
	int64_t start = now_us();
	for (int i = 0; i < r.rate * r.seconds; i++) {
		post(&r);
		wait_for(&r, start + (int64_t)(i + 1) * 1000000 / r.rate);
	}
	wait_for(&r, now_us() + 1000000);
	report(&r);
	free(r.delays);
	return 0;
}
