/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/cache.h"
#include "app/drafts.h"
#include "app/editor.h"
#include "app/link.h"
#include "app/memory_file.h"
#include "app/screen_dump.h"
#include "app/view_files.h"
#include "app/worker.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/outbox.h"
#include "text/clean.h"
#include "tty/line.h"
#include "ui/app.h"
#include "ui/spoken.h"

#define CALM 60        /* ms after a key in which no frame is drawn for the clock alone */
#define CALM_MOST 1000 /* ms that a tick waits at most */

struct session {
	const struct program *program;
	const struct console_options *options;
	struct front front;
	struct worker *worker;
	struct link *link; /* NULL until session_connect */
	struct line *line;
	struct theme *theme;
	struct keymap *keymap;
	struct views *views;
	struct name_table *names;
	struct rulebook *rules;
	struct app *app;
	struct cellbuf grid;
	int64_t tick_at;   /* when the screens want to hear of the time; CLOCK_NONE: ask them */
	int64_t typed_at;  /* monotonic: the last key */
	char *file_wanted; /* of commands; NULL: none */
	bool reading;      /* one is being read */
	bool answered;     /* a page came */
	bool memory_failed; /* what the screens keep could not be kept, and that was told */
	enum writer_state writer;
	bool outbox_known;
	bool named;         /* the names came, or why they do not */
	bool drafts_failed; /* they could not be kept, and that was told */
	bool over;
};

static void carry_out(struct session *s, struct effects *fx);

static void send(struct session *s, struct event *e)
{
	struct effects fx = {NULL, 0, 0};
	e->now = clock_now();
	app_update(s->app, e, &fx);
	carry_out(s, &fx);
	effects_free(&fx);
}

static void say(struct session *s, const char *text)
{
	send(s, &(struct event){.type = EVENT_NOTICE, .text = text});
}

/* --- effects ---------------------------------------------------------------- */

static void load_theme(struct session *s, const char *name)
{
	struct err e = ERR_INIT;
	struct theme *t = assets_theme(&s->program->paths, name, &e);
	if (!t) {
		say(s, e.text);
		return;
	}
	app_set_theme(s->app, t);
	s->front.theme(s->front.context, t);
	theme_free(s->theme);
	s->theme = t;
}

static void ask_for_sync(struct session *s, const char *source)
{
	if (!s->link || link_sync(s->link, source) < 0)
		say(s, _("the writer is not reached now: it pulls as soon as it runs"));
}

static void refuse_command(struct session *s, const json_t *command, enum err_code code,
			   const char *why)
{
	struct event e = {.type = EVENT_ACTED};
	json_t *answer = json_pack("{s:O?, s:b, s:s, s:s}", "id",
				   json_object_get(command, "id"), "ok", 0, "error",
				   err_code_name(code), "message", why);
	e.message = answer;
	send(s, &e);
	json_decref(answer);
}

/* What was typed into one draft is one action, whichever console hands it over: one that was
 * killed before it heard the answer may have left the draft behind. */
static int name_action(json_t *command, struct err *e)
{
	static const char *const members[] = {"draft", "source", "kind", "record", "action"};
	const char *words[ARRAY_LEN(members) + 1];
	char uuid[OUTBOX_UUID];
	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		words[i] = json_string_value(json_object_get(command, members[i]));
	if (words[0]) {
		char *fields = json_dumps(json_object_get(command, "fields"),
					  JSON_COMPACT | JSON_SORT_KEYS);
		words[ARRAY_LEN(members)] = fields ? fields : "";
		outbox_uuid_of(words, ARRAY_LEN(words), uuid);
		free(fields);
	} else if (outbox_make_uuid(uuid, e) < 0) {
		return -1;
	}
	json_object_del(command, "draft");
	json_object_set_new(command, "uuid", json_string(uuid));
	return 0;
}

static void hand_over(struct session *s, json_t *command)
{
	struct err e = ERR_INIT;
	const char *name = json_string_value(json_object_get(command, "command"));
	if (name && strcmp(name, "act") == 0 && name_action(command, &e) < 0) {
		refuse_command(s, command, e.code, e.text);
		return;
	}
	if (!s->link || link_command(s->link, command) < 0)
		refuse_command(s, command, ERR_NET,
			       _("sync is not reached now, nothing was handed over; what you "
				 "typed is kept"));
}

static void keep_drafts(struct session *s, const json_t *drafts)
{
	struct err e = ERR_INIT;
	bool failed = drafts_write(&s->program->paths, drafts, &e) < 0;
	if (failed)
		app_drafts_failed(s->app, drafts);
	if (failed && !s->drafts_failed) /* it is tried again, but told once */
		say(s, e.text);
	s->drafts_failed = failed;
}

static void copy(struct session *s, const char *text)
{
	struct err e = ERR_INIT;
	if (s->front.copy(s->front.context, text, &e) < 0)
		say(s, e.text);
}

static void open_address(struct session *s, const char *url)
{
	struct err e = ERR_INIT;
	if (s->front.open(s->front.context, url, &e) < 0)
		say(s, e.text);
}

static void dump(struct session *s, const char *path)
{
	struct err e = ERR_INIT;
	app_render(s->app, &s->grid);
	if (screen_dump(&s->grid, path, &e) < 0)
		say(s, e.text);
}

void session_edited(struct session *s, const char *text, const char *problem)
{
	struct event e = {.type = EVENT_EDITED};
	e.edited.text = text;
	e.edited.problem = problem;
	send(s, &e);
}

static void start_editor(struct session *s, const char *text)
{
	struct err e = ERR_INIT;
	if (s->front.edit(s->front.context, s->program->paths.state_dir, text, &e) < 0)
		session_edited(s, NULL, e.text);
}

static void load_replies(struct session *s)
{
	struct err e = ERR_INIT;
	struct event event = {.type = EVENT_REPLIES};
	event.replies.list = assets_replies(&s->program->paths, &e);
	event.replies.problem = event.replies.list ? NULL : e.text;
	send(s, &event);
}

/* What was searched for and what was commanded are remembered apart. */
static void open_line(struct session *s, enum prompt_use use, const char *text)
{
	char *file = xasprintf("%s/%s", s->program->paths.state_dir,
			       use == PROMPT_COMMAND ? "history" : "searches");
	line_set_history(s->line, file);
	line_open(s->line, text);
	free(file);
}

static void source_file(struct session *s, const char *name)
{
	struct err e = ERR_INIT;
	struct strbuf text = STRBUF_INIT;
	struct event event = {.type = EVENT_SOURCED};
	struct strbuf clean = STRBUF_INIT;
	char *path = assets_commands(&s->program->paths, name);
	bool read = assets_read(path, &text, &e) == 0;
	clean_append(&clean, text.s, text.len, CLEAN_LINES);
	event.sourced.path = path;
	event.sourced.text = read ? clean.s : NULL;
	event.sourced.problem = e.text;
	send(s, &event);
	strbuf_free(&clean);
	strbuf_free(&text);
	free(path);
}

/* A file that can't be written is told once. */
static void remember(struct session *s, const json_t *changes)
{
	struct err e = ERR_INIT;
	bool failed = memory_file_change(&s->program->paths, changes, &e) < 0;
	if (failed && !s->memory_failed)
		say(s, e.text);
	s->memory_failed = failed;
}

static void recall(struct session *s)
{
	struct err e = ERR_INIT;
	json_t *all = memory_file_read(&s->program->paths, &e);
	if (all)
		app_set_memory(s->app, all);
	else
		say(s, e.text);
	s->memory_failed = !all;
}

/* --- views ------------------------------------------------------------------ */

static const char *text_of(const json_t *j, const char *member)
{
	return json_string_value(json_object_get(j, member));
}

static int do_change(struct session *s, const json_t *change, struct err *e)
{
	const struct paths *p = &s->program->paths;
	const char *kind = text_of(change, "kind"), *name = text_of(change, "name");
	const char *title = text_of(change, "title");
	struct saved_view v = {.name = name,
			       .title = title ? title : name,
			       .kind = kind ? kind_find(kind) : NULL,
			       .filter = text_of(change, "filter"),
			       .sort = text_of(change, "sort"),
			       .columns = text_of(change, "columns"),
			       .key = text_of(change, "key"),
			       .tab = json_is_true(json_object_get(change, "tab"))};
	if (strcmp(text_of(change, "do"), "save") == 0)
		return view_files_save(p, &v, e);
	return view_files_rename(p, name, v.kind, text_of(change, "to"), e);
}

static void change_views(struct session *s, const json_t *change)
{
	struct err e = ERR_INIT;
	struct strbuf problems = STRBUF_INIT;
	struct event event = {.type = EVENT_VIEWS};
	struct views *before = s->views;
	bool failed = do_change(s, change, &e) < 0;
	s->views = view_files_read(&s->program->paths, &s->program->config, &problems);
	view_files_unbind(before, s->keymap);
	view_files_bind(s->views, s->keymap, &problems);
	event.views.list = s->views;
	event.views.change = change;
	event.views.problem = failed ? e.text : NULL;
	send(s, &event);
	views_free(before);
	strbuf_free(&problems);
}

static void carry_out_one(struct session *s, struct effect *f)
{
	switch (f->type) {
	case EFFECT_QUERY:
		worker_ask_page(s->worker, f->query);
		f->query = NULL;
		break;
	case EFFECT_FIGURES:
		worker_ask_figures(s->worker, clock_now());
		break;
	case EFFECT_DUE:
		worker_ask_due(s->worker, &f->due);
		break;
	case EFFECT_FORECAST:
		worker_ask_forecast(s->worker, f->forecast);
		f->forecast = NULL;
		break;
	case EFFECT_GROUPS:
		worker_ask_groups(s->worker, f->groups);
		f->groups = NULL;
		break;
	case EFFECT_DUPLICATES:
		worker_ask_duplicates(s->worker, f->duplicates);
		f->duplicates = NULL;
		break;
	case EFFECT_SUGGEST:
		worker_ask_suggestions(s->worker, f->suggest);
		f->suggest = NULL;
		break;
	case EFFECT_PROMPT_OPEN:
		if (s->front.prompt) {
			s->front.prompt(s->front.context, f->prompt, f->text ? f->text : "");
			break;
		}
		open_line(s, f->prompt, f->text ? f->text : "");
		if (f->text && f->cursor < strlen(f->text))
			line_replace(s->line, f->text, f->cursor);
		break;
	case EFFECT_PROMPT_SET:
		line_replace(s->line, f->text, f->cursor);
		break;
	case EFFECT_COMPLETE:
		worker_ask_completion(s->worker, f->complete);
		f->complete = NULL;
		break;
	case EFFECT_PROMPT_CLOSE:
		line_close(s->line);
		break;
	case EFFECT_RETRY:
		if (!s->link || link_retry(s->link, f->text) < 0)
			say(s, _("the writer is not reached now"));
		break;
	case EFFECT_SYNC:
		ask_for_sync(s, f->text);
		break;
	case EFFECT_COPY:
		copy(s, f->text);
		break;
	case EFFECT_OPEN:
		open_address(s, f->text);
		break;
	case EFFECT_BELL:
		s->front.bell(s->front.context);
		break;
	case EFFECT_REDRAW:
		s->front.redraw(s->front.context);
		break;
	case EFFECT_MOUSE:
		s->front.mouse(s->front.context, f->flag);
		break;
	case EFFECT_THEME:
		load_theme(s, f->text);
		break;
	case EFFECT_DUMP:
		dump(s, f->text);
		break;
	case EFFECT_SUSPEND:
		s->front.suspend(s->front.context);
		break;
	case EFFECT_COMMAND:
		hand_over(s, f->command);
		break;
	case EFFECT_DRAFTS:
		keep_drafts(s, f->command);
		break;
	case EFFECT_EDITOR:
		start_editor(s, f->text ? f->text : "");
		break;
	case EFFECT_SOURCE: /* one by one, not inside each other: see carry_out */
		free(s->file_wanted);
		s->file_wanted = xstrdup(f->text);
		break;
	case EFFECT_REPLIES:
		load_replies(s);
		break;
	case EFFECT_REMEMBER:
		remember(s, f->command);
		break;
	case EFFECT_VIEWS:
		change_views(s, f->command);
		break;
	case EFFECT_QUIT:
		s->over = true;
		break;
	}
}

static void carry_out(struct session *s, struct effects *fx)
{
	for (size_t i = 0; i < fx->count; i++)
		carry_out_one(s, &fx->list[i]);
	if (s->reading)
		return;
	s->reading = true;
	for (char *name; (name = s->file_wanted); free(name)) {
		s->file_wanted = NULL;
		source_file(s, name);
	}
	s->reading = false;
}

/* --- beginning and end ------------------------------------------------------ */

static const char *name_of(void *context, const struct kind *catalogue, const char *code,
			   int64_t at)
{
	const struct session *s = context;
	return s->names ? names_get(s->names, catalogue, code, at, true) : NULL;
}

static bool nth_name(void *context, const struct kind *catalogue, size_t n,
		     struct name_entry *out)
{
	const struct session *s = context;
	const struct name_row *r = s->names ? names_nth(s->names, catalogue, n) : NULL;
	if (!r)
		return false;
	*out = (struct name_entry){r->code, r->brief, r->title, r->from, r->to};
	return true;
}

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
		.names = {name_of, s, nth_name},
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
	app_set_drafts(s->app, drafts_read(&s->program->paths));
	recall(s);
	carry_out(s, &fx);
	effects_free(&fx);
}

/* The draft has the text as it was before the editor; what it wrote may be newer. */
static void tell_left_text(struct session *s)
{
	char *file = editor_left_behind(s->program->paths.state_dir);
	if (!file)
		return;
	char *words = xasprintf(_("a text from an editor was left in %s"), file);
	say(s, words);
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
		say(s, config->text);
	else if (theme->code)
		say(s, theme->text);
	else if (keys->len) {
		keys->s[strcspn(keys->s, "\n")] = '\0';
		say(s, keys->s);
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
		say(s, e.text);
	free(command);
	free(path);
}

struct session *session_new(const struct program *p, const struct console_options *o,
			    const struct front *front, int rows, int columns, struct err *e)
{
	struct store_asker asker = cache_asker(p);
	struct worker *w = worker_start(&p->paths, &asker, e);
	if (!w)
		return NULL;
	struct session *s = xcalloc(1, sizeof *s);
	struct strbuf problems = STRBUF_INIT;
	struct err theme = ERR_INIT;
	s->program = p;
	s->options = o;
	s->front = *front;
	s->worker = w;
	s->tick_at = CLOCK_NONE;
	s->typed_at = clock_monotonic() - CALM;
	s->line = line_new(NULL);
	s->keymap = assets_keymap(&p->paths, p->config.keys, &problems);
	s->views = view_files_read(&p->paths, &p->config, &problems);
	view_files_bind(s->views, s->keymap, &problems);
	load_looks(s, &theme);
	cellbuf_init(&s->grid, rows, columns);
	make_app(s, rows, columns);
	complain(s, &theme, &problems);
	strbuf_free(&problems);
	run_own_commands(s);
	return s;
}

/* Whatever ends the program, what was typed is kept. */
static void keep_last_drafts(struct session *s)
{
	struct err e = ERR_INIT;
	const json_t *drafts = s->app ? app_unkept_drafts(s->app) : NULL;
	if (drafts && drafts_write(&s->program->paths, drafts, &e) < 0)
		log_error("%s", e.text);
	const json_t *memory = s->app ? app_unkept_memory(s->app) : NULL;
	if (memory && memory_file_change(&s->program->paths, memory, &e) < 0)
		log_error("%s", e.text);
}

void session_free(struct session *s)
{
	if (!s)
		return;
	keep_last_drafts(s);
	link_free(s->link);
	worker_stop(s->worker);
	app_free(s->app);
	line_free(s->line);
	keymap_free(s->keymap);
	views_free(s->views);
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

/* What is typed may come in pieces, a letter and its marks: composed it goes on. */
static char *composed_line(const struct session *s, int *cursor)
{
	struct strbuf text = STRBUF_INIT;
	const char *line = line_text(s->line);
	clean_append(&text, line, (size_t)line_cursor(s->line), 0);
	*cursor = (int)text.len;
	strbuf_clear(&text);
	clean_append(&text, line, strlen(line), 0);
	if ((size_t)*cursor > text.len)
		*cursor = (int)text.len;
	return strbuf_detach(&text);
}

static void tell_prompt(struct session *s, enum event_type type, bool cancelled)
{
	struct event e = {.type = type};
	char *text = composed_line(s, &e.prompt.cursor);
	e.prompt.text = cancelled ? NULL : text;
	send(s, &e);
	free(text);
}

static void complete_line(struct session *s, int step)
{
	struct event e = {.type = EVENT_PROMPT_TAB};
	char *text = composed_line(s, &e.prompt.cursor);
	e.prompt.text = text;
	e.prompt.step = step;
	send(s, &e);
	free(text);
}

static void edit_line(struct session *s, const struct event *e)
{
	if (e->type == EVENT_PASTE) {
		line_paste(s->line, e->text);
		tell_prompt(s, EVENT_PROMPT, false);
		return;
	}
	enum line_result r = line_key(s->line, e->key);
	if (r == LINE_COMPLETE || r == LINE_COMPLETE_BACK)
		complete_line(s, r == LINE_COMPLETE ? 1 : -1);
	else
		tell_prompt(s, r == LINE_EDITED ? EVENT_PROMPT : EVENT_PROMPT_DONE,
			    r == LINE_CANCELLED);
}

void session_event(struct session *s, struct event *e)
{
	bool typed = e->type == EVENT_KEY || e->type == EVENT_PASTE;
	if (typed)
		s->typed_at = clock_monotonic();
	bool wanted = e->type == EVENT_KEY && app_wants_key(s->app, e->key);
	if (typed && !wanted && line_is_open(s->line))
		edit_line(s, e);
	else
		send(s, e);
}

bool session_has_line(const struct session *s)
{
	return line_is_open(s->line);
}

int session_command(struct session *s, const char *command, struct err *e)
{
	struct effects fx = {NULL, 0, 0};
	int result = app_run(s->app, command, &fx, e);
	carry_out(s, &fx);
	effects_free(&fx);
	return result;
}

struct app *session_app(struct session *s)
{
	return s->app;
}

static void converse(struct session *s,
		     void (*deed)(struct app *a, const char *text, struct effects *fx),
		     const char *text)
{
	struct effects fx = {NULL, 0, 0};
	deed(s->app, text, &fx);
	carry_out(s, &fx);
	effects_free(&fx);
}

void session_answer(struct session *s, const char *text)
{
	converse(s, dialog_answer, text);
}

static void leave(struct app *a, const char *unused, struct effects *fx)
{
	(void)unused;
	dialog_leave(a, fx);
}

void session_leave_form(struct session *s)
{
	converse(s, leave, "");
}

static void take_names(struct session *s, struct answer *a)
{
	struct name_table *names = s->names;
	struct rulebook *rules = s->rules;
	s->names = a->names;
	s->named = true;
	s->rules = a->rules;
	app_names_changed(s->app);
	app_set_rules(s->app, s->rules);
	names_free(names);
	rulebook_free(rules);
	if (!a->error.code)
		return;
	log_error("the rules of deadlines: %s", a->error.text);
	say(s, a->error.text);
}

static void take_answers(struct session *s)
{
	for (struct answer *a; (a = worker_take(s->worker)); free(a)) {
		if (a->type == ANSWER_PAGE) {
			s->answered |= a->page->error.code != ERR_CANCELLED;
			s->named |= a->page->error.code && s->answered;
			send(s, &(struct event){.type = EVENT_PAGE, .page = a->page});
		} else if (a->type == ANSWER_FIGURES) {
			send(s, &(struct event){.type = EVENT_FIGURES, .figures = a->figures});
			free(a->figures);
		} else if (a->type == ANSWER_DUE) {
			send(s, &(struct event){.type = EVENT_DUE, .board = a->board});
		} else if (a->type == ANSWER_FORECAST) {
			struct event e = {.type = EVENT_FORECAST};
			e.forecast = a->forecast;
			send(s, &e);
		} else if (a->type == ANSWER_GROUPS) {
			struct event e = {.type = EVENT_GROUPS};
			e.groups = a->groups;
			send(s, &e);
		} else if (a->type == ANSWER_DUPLICATES) {
			struct event e = {.type = EVENT_DUPLICATES};
			e.duplicates = a->duplicates;
			send(s, &e);
		} else if (a->type == ANSWER_COMPLETION) {
			struct event e = {.type = EVENT_COMPLETION};
			e.completion = a->completion;
			send(s, &e);
			complete_answer_free(a->completion);
		} else if (a->type == ANSWER_SUGGESTIONS) {
			struct event e = {.type = EVENT_SUGGESTIONS};
			e.suggestions = a->suggestions;
			send(s, &e);
		} else {
			take_names(s, a);
		}
	}
}

static void tell_writer(struct session *s, const struct link_news *n)
{
	struct event e = {.type = EVENT_WRITER};
	e.writer.state = s->writer = n->state;
	e.writer.reason = n->reason;
	e.writer.retry_at = n->retry_at;
	send(s, &e);
}

static void tell_sources(struct session *s)
{
	const struct health *h = link_health(s->link);
	struct event e = {.type = EVENT_SOURCES};
	e.sources.list = h->sources;
	e.sources.count = h->count;
	send(s, &e);
}

static void tell_changes(struct session *s, const struct link_news *n)
{
	struct event e = {.type = EVENT_CHANGED};
	memcpy(e.changed.kinds, n->kinds, sizeof n->kinds);
	for (size_t i = 0; kinds[i]; i++)
		if (n->kinds[i] && kinds[i]->catalogue) {
			worker_ask_names(s->worker);
			break;
		}
	send(s, &e);
}

static void tell_escalation(struct session *s, const struct link_news *n)
{
	const struct config_escalation *c = &s->program->config.escalation;
	struct event e = {.type = EVENT_ESCALATION};
	e.escalation.count = n->escalations;
	e.escalation.level = n->level;
	e.escalation.code = n->code;
	e.escalation.whom = n->whom;
	e.escalation.loud = c->bell && config_may_ring(c, n->level, clock_now());
	send(s, &e);
}

static void tell_message(struct session *s, const json_t *message)
{
	struct event e = {.type = EVENT_ACTED};
	json_int_t id = json_integer_value(json_object_get(message, "id"));
	if (id == LINK_WHO)
		e.type = EVENT_OPERATOR;
	else if (id == LINK_OUTBOX)
		e.type = EVENT_OUTBOX_ALL;
	else if (json_object_get(message, "event"))
		e.type = EVENT_OUTBOX;
	e.message = message;
	s->outbox_known |= e.type == EVENT_OUTBOX_ALL;
	send(s, &e);
}

/* What the screens do about one message may take a step of the link: the list is ours. */
static void tell_outbox(struct session *s, const struct link_news *n)
{
	size_t i;
	json_t *message, *list = json_copy(n->told);
	json_array_foreach (list, i, message)
		tell_message(s, message);
	json_decref(list);
}

static void step_link(struct session *s)
{
	struct link_news n;
	link_step(s->link, &n);
	if (n.state_changed)
		tell_writer(s, &n);
	if (n.sources_changed)
		tell_sources(s);
	if (n.records_changed)
		tell_changes(s, &n);
	if (n.escalations)
		tell_escalation(s, &n);
	if (json_array_size(n.told))
		tell_outbox(s, &n);
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
	take_answers(s);
	if (s->link)
		step_link(s);
	worker_nudge(s->worker);
	if (tick_wait(s, clock_now()) == 0) {
		s->tick_at = CLOCK_NONE;
		send(s, &(struct event){.type = EVENT_TICK});
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

/* A writer that has just begun knows nothing of its sources for a moment. */
static bool is_connecting(const struct session *s)
{
	const struct health *h = link_health(s->link);
	bool connecting = !h->count && s->program->config.source_count;
	for (size_t i = 0; i < h->count; i++)
		connecting |= h->sources[i].state == SOURCE_CONNECTING;
	return connecting;
}

static bool writer_is_known(const struct session *s)
{
	return s->writer != WRITER_STARTING &&
	       (s->writer != WRITER_CONNECTED || (s->outbox_known && !is_connecting(s)));
}

bool session_is_up(const struct session *s)
{
	return s->answered && s->named && session_is_settled(s) &&
	       (!s->link || writer_is_known(s));
}

bool session_has_rows(const struct session *s)
{
	return s->answered;
}

bool session_is_over(const struct session *s)
{
	return s->over;
}
