/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/cache.h"
#include "app/editor.h"
#include "app/session_parts.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "ui/spoken.h"

#define CALM 60        /* ms after a key in which no frame is drawn for the clock alone */
#define CALM_MOST 1000 /* ms that a tick waits at most */

void session_send(struct session *s, struct event *e)
{
	struct effects fx = {NULL, 0, 0};
	e->now = clock_now();
	app_update(s->app, e, &fx);
	session_carry_out(s, &fx);
}

void session_say(struct session *s, const char *text)
{
	session_send(s, &(struct event){.type = EVENT_NOTICE, .text = text});
}

/* --- beginning and end ------------------------------------------------------ */

static void load_looks(struct session *s, struct err *e)
{
	const struct console_options *o = s->options;
	const struct config *c = &s->program->config;
	s->theme = assets_theme(&s->program->paths, o->theme ? o->theme : c->theme, e);
	if (!s->theme)
		s->theme = theme_new();
}

static void make_app(struct session *s, int rows, int columns)
{
	struct effects fx = {NULL, 0, 0};
	uint64_t seed = (uint64_t)clock_now();
	if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) < 0)
		log_warn("no random numbers: %s", strerror(errno));
	struct app_config a = {
		.title = s->program->config.title,
		.rows = rows,
		.columns = columns,
		.now = clock_now(),
		.names = {session_name_of, s, session_nth_name},
		.keymap = s->keymap,
		.views = s->views,
		.theme = s->theme,
		.seed = seed,
		.ascii = s->options->ascii || s->program->config.ascii,
		.mouse = s->options->mouse || s->program->config.mouse,
		.duplicates = s->program->config.duplicates,
		.spoken = s->options->spoken,
		.linear = s->options->linear,
		.page = s->options->page,
	};
	s->app = app_new(&a, &fx);
	session_recall(s);
	session_carry_out(s, &fx);
}

/* The draft has the text as it was before the editor; what it wrote may be newer. */
static void tell_left_text(struct session *s)
{
	char *file = editor_left_behind(s->program->paths.state_dir);
	if (!file)
		return;
	char *words = xasprintf(_("a text from an editor was left in %s"), file);
	session_say(s, words);
	free(words);
	free(file);
}

/* What was wrong on the way is told on the screen, one thing at a time; the log has all. */
static void complain(struct session *s, const struct err *theme, const struct strbuf *keys)
{
	const struct err *config = &s->program->config_error;
	if (config->code)
		log_error("%s", config->text);
	if (theme->code)
		log_error("%s", theme->text);
	if (keys->len)
		log_error("%s", keys->s);
	if (config->code)
		session_say(s, config->text);
	else if (theme->code)
		session_say(s, theme->text);
	else if (keys->len) {
		keys->s[strcspn(keys->s, "\n")] = '\0';
		session_say(s, keys->s);
	} else {
		tell_left_text(s);
	}
}

/* The operator's own commands of the start.  What is wrong with them is told on screen. */
static void run_own_commands(struct session *s)
{
	struct err e = ERR_INIT;
	char *path = xasprintf("%s/commands", s->program->paths.config_dir);
	char *command = xasprintf("source %s", path);
	if (access(path, F_OK) == 0 && session_command(s, command, &e) < 0)
		session_say(s, e.text);
	free(command);
	free(path);
}

struct session *session_new(const struct program *p, const struct console_options *o,
			    const struct front *front, struct err *e)
{
	struct store_asker asker = cache_asker(p);
	struct worker *w = worker_start(&p->paths, &asker, e);
	if (!w)
		return NULL;
	struct session *s = xcalloc(1, sizeof *s);
	s->program = p;
	s->options = o;
	s->front = *front;
	s->worker = w;
	return s;
}

void session_begin(struct session *s, int rows, int columns)
{
	const struct program *p = s->program;
	struct strbuf problems = STRBUF_INIT;
	struct err theme = ERR_INIT;
	s->tick_at = CLOCK_NONE;
	s->typed_at = clock_monotonic() - CALM;
	s->line = line_new(NULL);
	s->keymap = assets_keymap(&p->paths, p->config.keys, &problems);
	session_open_views(s, &problems);
	load_looks(s, &theme);
	cellbuf_init(&s->grid, rows, columns);
	make_app(s, rows, columns);
	complain(s, &theme, &problems);
	strbuf_free(&problems);
	run_own_commands(s);
}

void session_free(struct session *s)
{
	if (!s)
		return;
	session_keep_last(s);
	link_free(s->link);
	worker_stop(s->worker);
	app_free(s->app);
	line_free(s->line);
	keymap_free(s->keymap);
	views_free(s->views);
	file_watch_free(s->view_watch);
	theme_free(s->theme);
	names_free(s->names);
	rulebook_free(s->rules);
	cellbuf_free(&s->grid);
	free(s->file_wanted);
	free(s);
}

const struct theme *session_theme(const struct session *s)
{
	return s->theme;
}

void session_connect(struct session *s)
{
	s->link = link_new(s->program, !s->options->no_sync);
}

/* --- what happens ----------------------------------------------------------- */

void session_event(struct session *s, struct event *e)
{
	bool typed = e->type == EVENT_KEY || e->type == EVENT_PASTE;
	if (typed)
		s->typed_at = clock_monotonic();
	bool wanted = e->type == EVENT_KEY && app_wants_key(s->app, e->key);
	if (typed && !wanted && line_is_open(s->line))
		session_edit_line(s, e);
	else
		session_send(s, e);
}

bool session_has_line(const struct session *s)
{
	return line_is_open(s->line);
}

void session_edited(struct session *s, const char *text, const char *problem)
{
	struct event e = {.type = EVENT_EDITED};
	e.edited.text = text;
	e.edited.problem = problem;
	session_send(s, &e);
}

int session_command(struct session *s, const char *command, struct err *e)
{
	struct effects fx = {NULL, 0, 0};
	int result = app_run(s->app, command, &fx, e);
	session_carry_out(s, &fx);
	return result;
}

struct app *session_app(struct session *s)
{
	return s->app;
}

void session_answer(struct session *s, const char *text)
{
	struct effects fx = {NULL, 0, 0};
	dialog_answer(s->app, text, &fx);
	session_carry_out(s, &fx);
}

void session_leave_form(struct session *s)
{
	struct effects fx = {NULL, 0, 0};
	dialog_leave(s->app, &fx);
	session_carry_out(s, &fx);
}

/* Milliseconds until the tick; -1: none is wanted.  While somebody types, every key's frame
 * shows the time anyhow: a frame for the clock in between would only be in the way. */
static int64_t tick_wait(const struct session *s, int64_t now)
{
	if (s->tick_at == CLOCK_NONE)
		return -1;
	if (s->tick_at > now)
		return s->tick_at - now;
	int64_t calm = s->typed_at + CALM - clock_monotonic();
	return calm > 0 && now - s->tick_at < CALM_MOST ? calm : 0;
}

void session_step(struct session *s)
{
	session_take_answers(s);
	session_look_at_views(s);
	if (s->link)
		session_hear_writer(s);
	worker_nudge(s->worker);
	if (tick_wait(s, clock_now()) == 0) {
		s->tick_at = CLOCK_NONE;
		session_send(s, &(struct event){.type = EVENT_TICK});
	}
}

static int shorter(int a, int64_t b)
{
	if (b < 0)
		return a;
	int c = b > 3600000 ? 3600000 : (int)b;
	return a < 0 || c < a ? c : a;
}

void session_poll(struct session *s, struct pollfd fds[SESSION_FDS], int *patience)
{
	fds[0] = (struct pollfd){worker_fd(s->worker), POLLIN, 0};
	fds[1] = (struct pollfd){-1, 0, 0};
	int64_t now = clock_now(), due = app_next_tick(s->app, now);
	if (s->tick_at == CLOCK_NONE || (due != CLOCK_NONE && due < s->tick_at))
		s->tick_at = due;
	int64_t tick = tick_wait(s, now);
	*patience = shorter(worker_patience(s->worker), tick);
	fds[2] = (struct pollfd){file_watch_fd(s->view_watch), POLLIN, 0};
	*patience = shorter(*patience, file_watch_patience(s->view_watch));
	if (s->link) {
		fds[1] = (struct pollfd){link_fd(s->link), link_events(s->link), 0};
		*patience = shorter(*patience, link_patience(s->link, tick));
	}
}

bool session_is_dirty(const struct session *s)
{
	return app_is_dirty(s->app);
}

const struct cellbuf *session_draw(struct session *s)
{
	app_render(s->app, &s->grid);
	return &s->grid;
}

bool session_is_busy(const struct session *s)
{
	struct pollfd p = {worker_fd(s->worker), POLLIN, 0};
	return worker_is_busy(s->worker) || poll(&p, 1, 0) == 1;
}

bool session_is_settled(const struct session *s)
{
	bool writer = s->link && link_is_waiting(s->link);
	return !session_is_busy(s) && !writer && spoken_is_settled(s->app);
}

bool session_is_up(const struct session *s)
{
	return s->answered && s->named && session_is_settled(s) &&
	       (!s->link || session_knows_writer(s));
}

bool session_has_rows(const struct session *s)
{
	return s->answered;
}

bool session_is_over(const struct session *s)
{
	return s->over;
}
