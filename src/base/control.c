/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"

#define OUT_MOST ((size_t)4 << 20)
#define LINE_MOST ((size_t)1 << 20)

static int address(const char *path, struct sockaddr_un *a, struct err *e)
{
	*a = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof a->sun_path)
		return err_set(
			e, ERR_IO,
			_("the socket path %s is too long for this system: choose a shorter "
			  "XDG_RUNTIME_DIR or IOC_HOME"),
			path);
	memcpy(a->sun_path, path, strlen(path) + 1);
	return 0;
}

static int new_socket(struct err *e)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	return fd < 0 ? err_errno(e, ERR_IO, _("no socket")) : fd;
}

int control_listen(const char *path, struct err *e)
{
	struct sockaddr_un a;
	if (address(path, &a, e) < 0)
		return -1;
	int fd = new_socket(e);
	if (fd < 0)
		return -1;
	unlink(path);
	mode_t before = umask(0177);
	int bound = bind(fd, (struct sockaddr *)&a, sizeof a);
	umask(before);
	if (bound < 0 || listen(fd, 32) < 0) {
		err_errno(e, ERR_IO, _("can't listen on %s"), path);
		close(fd);
		return -1;
	}
	return fd;
}

int control_accept(int listener, struct control *c)
{
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd < 0)
		return -1;
	*c = (struct control){fd, STRBUF_INIT, STRBUF_INIT, false, 0};
	return 0;
}

int control_connect(const char *path, struct control *c, struct err *e)
{
	struct sockaddr_un a;
	if (address(path, &a, e) < 0)
		return -1;
	int fd = new_socket(e);
	if (fd < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&a, sizeof a) < 0) {
		if (errno == ENOENT || errno == ECONNREFUSED)
			err_set(e, ERR_NOT_FOUND, _("no writer is at %s"), path);
		else
			err_errno(e, errno == EACCES ? ERR_PERMISSION : ERR_IO,
				  _("can't reach the writer at %s"), path);
		close(fd);
		return -1;
	}
	*c = (struct control){fd, STRBUF_INIT, STRBUF_INIT, false, 0};
	return 0;
}

void control_close(struct control *c)
{
	if (c->fd >= 0)
		close(c->fd);
	strbuf_free(&c->in);
	strbuf_free(&c->out);
	c->fd = -1;
	c->closed = true;
}

static int append(const char *data, size_t n, void *to)
{
	strbuf_add(to, data, n);
	return 0;
}

void control_send(struct control *c, const json_t *message)
{
	if (c->closed)
		return;
	json_dump_callback(message, append, &c->out, JSON_COMPACT);
	strbuf_addc(&c->out, '\n');
	control_flush(c);
	if (c->out.len > OUT_MOST)
		c->closed = true;
}

void control_flush(struct control *c)
{
	while (c->out.len && !c->closed) {
		ssize_t n = send(c->fd, c->out.s, c->out.len, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			c->closed = errno != EAGAIN;
			return;
		}
		strbuf_drop(&c->out, (size_t)n);
	}
}

bool control_wants_write(const struct control *c)
{
	return !c->closed && c->out.len > 0;
}

/* Forgets what was read, so that flooding with small lines does not cost a move for each. */
static void drop_taken(struct control *c)
{
	strbuf_drop(&c->in, c->taken);
	c->taken = 0;
}

void control_fill(struct control *c)
{
	char piece[16384];
	drop_taken(c);
	while (!c->closed && c->in.len <= LINE_MOST) {
		ssize_t n = recv(c->fd, piece, sizeof piece, 0);
		if (n > 0)
			strbuf_add(&c->in, piece, (size_t)n);
		else if (n < 0 && errno == EINTR)
			continue;
		else if (n < 0 && errno == EAGAIN)
			return;
		else
			c->closed = true;
	}
}

json_t *control_next(struct control *c)
{
	const char *line = c->in.s + c->taken;
	size_t left = c->in.len - c->taken;
	const char *end = memchr(line, '\n', left);
	if (!end) {
		if (left > LINE_MOST)
			c->closed = true;
		return NULL;
	}
	size_t n = (size_t)(end - line);
	json_t *message = n <= LINE_MOST ? json_loadb(line, n, 0, NULL) : NULL;
	c->taken += n + 1;
	if (!json_is_object(message)) {
		json_decref(message);
		c->closed = true;
		c->taken = c->in.len;
		return NULL;
	}
	return message;
}

/* The answer, or NULL with what it says was wrong. */
static json_t *as_answer(json_t *message, struct err *e)
{
	if (json_is_true(json_object_get(message, "ok")))
		return message;
	const char *code = json_string_value(json_object_get(message, "error"));
	const char *text = json_string_value(json_object_get(message, "message"));
	err_set(e, code ? err_code_parse(code) : ERR_IO, "%s",
		text ? text : _("the writer refused without a reason"));
	json_decref(message);
	return NULL;
}

/* The answer to the command with this id, if it has come. */
static json_t *next_answer(struct control *c, const json_t *id)
{
	for (json_t *m; (m = control_next(c)); json_decref(m))
		if (json_object_get(m, "ok") &&
		    (!id || json_equal(id, json_object_get(m, "id"))))
			return m;
	return NULL;
}

static void wait_for_more(struct control *c, int timeout_ms)
{
	struct pollfd p = {c->fd, POLLIN, 0};
	if (control_wants_write(c))
		p.events |= POLLOUT;
	if (poll(&p, 1, timeout_ms) <= 0)
		return;
	if (p.revents & POLLOUT)
		control_flush(c);
	if (p.revents & (POLLIN | POLLHUP | POLLERR))
		control_fill(c);
}

json_t *control_ask(struct control *c, json_t *command, int timeout_ms, struct err *e)
{
	const json_t *id = json_object_get(command, "id");
	int64_t end = clock_monotonic() + timeout_ms;
	control_send(c, command);
	for (;;) {
		json_t *answer = next_answer(c, id);
		if (answer)
			return as_answer(answer, e);
		if (c->closed) {
			err_set(e, ERR_NET, _("the writer closed the connection"));
			return NULL;
		}
		int64_t left = end - clock_monotonic();
		if (left <= 0)
			break;
		wait_for_more(c, (int)left);
	}
	err_set(e, ERR_NET, _("the writer did not answer within %d ms"), timeout_ms);
	return NULL;
}
