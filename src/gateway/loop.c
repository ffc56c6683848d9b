/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/loop.h"

#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/hub.h"

#define GRACE (8 * SECOND) /* for what is under way when we are asked to stop */

/* How long an action is known again when it is sent once more: longer than a line is down. */
#define KEEP_ACTIONS (30 * DAY)

struct turn {
	const struct loop *loop;
	int epoll, signals;
	int64_t ticked, purged; /* monotonic; when housekeeping was last done */
	int64_t stop_by;        /* CLOCK_NONE while nobody asked us to stop */
};

int64_t gateway_now(const struct gateway *g)
{
	return clock_now() + g->clock_shift;
}

static int watch(struct turn *t, int fd, struct err *e)
{
	struct epoll_event ev = {.events = EPOLLIN, .data = {.fd = fd}};
	if (fd < 0 || epoll_ctl(t->epoll, EPOLL_CTL_ADD, fd, &ev) < 0)
		return err_errno(e, ERR_IO, "can't wait for events");
	return 0;
}

static int set_up(struct turn *t, struct err *e)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	t->epoll = epoll_create1(EPOLL_CLOEXEC);
	t->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (watch(t, t->signals, e) < 0)
		return -1;
	return watch(t, server_fd(t->loop->server), e);
}

/* How long nothing has to be done, in ms. */
static int patience(const struct turn *t)
{
	const struct loop *l = t->loop;
	int64_t least = t->ticked + SECOND - clock_monotonic();
	int server = server_patience(l->server);
	if (server >= 0 && server < least)
		least = server;
	int64_t now = gateway_now(l->gateway);
	int64_t next = l->demo ? demo_next(l->demo, now) : CLOCK_NONE;
	if (next != CLOCK_NONE && next - now < least)
		least = next - now;
	return least < 0 ? 0 : (int)least;
}

static void stop(struct turn *t, int64_t now)
{
	struct gateway *g = t->loop->gateway;
	if (g->stopping) {
		t->stop_by = now;
		return;
	}
	log_info("stopping: %zu connections are open", server_connections(t->loop->server));
	g->stopping = true;
	t->stop_by = now + GRACE;
	server_quiesce(t->loop->server);
	hub_end(g->hub);
}

static void read_signals(struct turn *t, int64_t now)
{
	struct signalfd_siginfo info;
	while (read(t->signals, &info, sizeof info) == (ssize_t)sizeof info)
		stop(t, now);
}

static void live(const struct loop *l)
{
	struct err e = ERR_INIT;
	int64_t now = gateway_now(l->gateway), next = demo_next(l->demo, now);
	if (next != CLOCK_NONE && next <= now && demo_step(l->demo, now, &e) < 0)
		log_error("demo: %s", e.text);
}

static void keep_house(struct turn *t, int64_t now)
{
	struct gateway *g = t->loop->gateway;
	struct err e = ERR_INIT;
	if (now - t->ticked >= SECOND) {
		t->ticked = now;
		hub_tick(g->hub, now);
	}
	if (t->purged != CLOCK_NONE && now - t->purged < HOUR)
		return;
	t->purged = now;
	if (backend_purge(g->backend, gateway_now(g) - t->loop->keep_deletions, &e) < 0 ||
	    backend_forget_actions(g->backend, gateway_now(g) - KEEP_ACTIONS, &e) < 0)
		log_error("%s", e.text);
}

static bool is_over(const struct turn *t, int64_t now)
{
	return t->stop_by != CLOCK_NONE &&
	       (now >= t->stop_by || server_connections(t->loop->server) == 0);
}

int loop_run(const struct loop *l, struct err *e)
{
	struct turn t = {l, -1, -1, clock_monotonic(), CLOCK_NONE, CLOCK_NONE};
	int bad = set_up(&t, e);
	struct epoll_event ready[2];
	while (bad == 0) {
		if (epoll_wait(t.epoll, ready, 2, patience(&t)) < 0 && errno != EINTR)
			bad = err_errno(e, ERR_IO, "can't wait for events");
		int64_t now = clock_monotonic();
		read_signals(&t, now);
		server_run(l->server);
		if (l->demo && !l->gateway->stopping)
			live(l);
		keep_house(&t, now);
		if (is_over(&t, now))
			break;
	}
	close(t.epoll);
	close(t.signals);
	return bad;
}
