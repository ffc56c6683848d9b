/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jq takes some 15 ms to compile the shortest program, so a mere path (.a.b) is walked here;
 * the native connector needs nothing else. */
#include "api/jqfilter.h"

#include <ctype.h>
#include <jq.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/jqrun.h"
#include "api/jqshape.h"
#include "api/jqtape.h"
#include "api/jqwords.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "model/kind.h"

#define PATH_MOST 8
#define TEXT_MOST (64 * 1024)
#define DEPTH_MOST 64
#define OUTPUTS_MOST 1000000

struct jqfilter {
	jq_state *jq; /* NULL: a path */
	jv path[PATH_MOST];
	size_t path_count;
	bool bound; /* it speaks of what follows, and gets it with its input */
	bool wants_page;
	jv page, lookup;
	/* how it is run without jq as far as it can be; NULL: not at all */
	struct jqprogram *program;
	struct jqrun *run;
	struct jqfilter *rest; /* the members that need jq; NULL: none do */
	struct tape page_tape, lookup_tape;
};

/* Names that a filter may not use, and why. */
static const struct {
	const char *name, *why;
} refused[] = {
	{"input", N_("it would read beyond its record")},
	{"inputs", N_("it would read beyond its record")},
	{"input_filename", N_("there is no file")},
	{"input_line_number", N_("there is no file")},
	{"debug", N_("it would write to the terminal")},
	{"stderr", N_("it would write to the terminal")},
	{"env", N_("it would read the environment")},
	{"$ENV", N_("it would read the environment")},
	{"halt", N_("it would stop the program")},
	{"halt_error", N_("it would stop the program")},
	{"implode", N_("wild numbers would stop the program")},
	{"import", N_("it would read other files")},
	{"include", N_("it would read other files")},
	{"modulemeta", N_("it would read other files")},
	{"get_search_list", N_("there are no modules")},
};

/* In front of every filter, in one line: whatever the scan below should miss finds these. */
#define SHIELD                                                                                 \
	"def input: error(\"not allowed\"); def inputs: input; def debug: .; def stderr: .;"   \
	" def env: {}; def halt: input; def halt_error: input; def halt_error(f): input;"      \
	" def implode: input; def modulemeta: input; null as $ENV | "
#define BOUND ".[0] as $page | .[1] as $lookup | .[2] | "

const char jqfilter_helpers[] =
	"def list: if . == null then [] elif type == \"array\" then . else [.] end;"
	" def pairs($k; $v): reduce (list[] | select(type == \"object\")) as $x ({};"
	" .[$x[$k] | tostring] = $x[$v]);"
	" def present: if . == \"\" or . == \"null\" or . == [] or . == {} then null else . "
	"end; ";

struct scan {
	const char *start, *p;
	jqfilter_complain *complain;
	void *context;
	int depth, complaints;
};

static void place(const struct scan *s, const char *at, int *line, int *column)
{
	*line = *column = 1;
	for (const char *p = s->start; p < at; p++) {
		*column = *p == '\n' ? 1 : *column + (((unsigned char)*p & 0xc0) != 0x80);
		*line += *p == '\n';
	}
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void scan_code(struct scan *s);

/* s->p stands behind the opening quote; afterwards behind the closing one. */
static void scan_string(struct scan *s)
{
	while (*s->p && *s->p != '"') {
		if (s->p[0] == '\\' && s->p[1] == '(') {
			s->p += 2;
			scan_code(s);
		} else if (s->p[0] == '\\' && s->p[1]) {
			s->p++;
		}
		if (*s->p)
			s->p++;
	}
	if (*s->p)
		s->p++;
}

static void scan_name(struct scan *s, bool field)
{
	const char *from = s->p++;
	while (is_word(*s->p))
		s->p++;
	size_t n = (size_t)(s->p - from);
	for (size_t i = 0; !field && s->complain && i < ARRAY_LEN(refused); i++) {
		const char *name = refused[i].name;
		/* {env: …} is a key, not the function */
		if (strlen(name) != n || strncmp(name, from, n) != 0 || *s->p == ':')
			continue;
		char message[200];
		int line, column;
		snprintf(message, sizeof message, _("%s is not allowed here: %s"), name,
			 _(refused[i].why));
		s->complaints++;
		place(s, from, &line, &column);
		s->complain(s->context, line, column, message);
	}
}

/* Up to the end, or to the parenthesis that closes an interpolation. */
static void scan_code(struct scan *s)
{
	int open = 0;
	if (++s->depth > DEPTH_MOST)
		s->p += strlen(s->p);
	while (*s->p) {
		char c = *s->p;
		if (c == '#') {
			s->p += strcspn(s->p, "\n");
		} else if (c == '"') {
			s->p++;
			scan_string(s);
		} else if (c == '$' || isalpha((unsigned char)c) || c == '_') {
			scan_name(s, s->p > s->start && s->p[-1] == '.');
		} else {
			open += (c == '(') - (c == ')');
			if (open < 0)
				break;
			s->p++;
		}
	}
	s->depth--;
}

const char *jqfilter_close(const char *s)
{
	struct scan scan = {.start = s, .p = s};
	scan_code(&scan);
	return *scan.p == ')' ? scan.p : NULL;
}

/* Takes ".", ".a" or ".a.b" apart; false for anything else. */
static bool parse_path(struct jqfilter *f, const char *s)
{
	const char *end = s + strlen(s);
	while (end > s && isspace((unsigned char)end[-1]))
		end--;
	s += strspn(s, " \t\r\n");
	if (end - s == 1 && *s == '.')
		return true;
	while (s < end && f->path_count < PATH_MOST) {
		const char *name = s + 1;
		if (*s != '.' || !is_word(*name) || isdigit((unsigned char)*name))
			return false;
		for (s = name; s < end && is_word(*s);)
			s++;
		f->path[f->path_count++] = jv_string_sized(name, (int)(s - name));
	}
	return s == end && f->path_count;
}

static void forget_path(struct jqfilter *f)
{
	while (f->path_count)
		jv_free(f->path[--f->path_count]);
}

struct complaint {
	const char *filter;
	jqfilter_complain *complain;
	void *context;
	int count;
	bool syntax; /* what follows on a mistake in the form only confuses */
};

/* "jq: error: WHAT at <top-level>, line N:\nTEXT" */
static void on_compile_error(void *context, jv message)
{
	struct complaint *c = context;
	jv text = jq_format_error(message);
	char *s = xstrdup(jv_string_value(text)), *from = s;
	jv_free(text);
	if (strncmp(from, "jq: error: ", 11) == 0)
		from += 11;
	char *at = strstr(from, " at <top-level>");
	const char *line = at ? strstr(at, "line ") : NULL;
	int number = line ? atoi(line + 5) : 1;
	if (at)
		*at = '\0';
	char *shell = strstr(from, " (Unix shell quoting issues?)");
	if (shell)
		*shell = '\0';
	/* A last message only counts the others. */
	if ((at || c->count == 0) && !c->syntax) {
		struct jqwords w;
		jqwords_explain(c->filter, from, number > 0 ? number : 1, &w);
		c->complain(c->context, w.line, w.column, w.text);
	}
	c->syntax |= strstr(from, "syntax error") != NULL;
	c->count++;
	free(s);
}

static void ignore(void *context, int line, int column, const char *message)
{
	(void)context, (void)line, (void)column, (void)message;
}

static bool is_allowed(const char *text, jqfilter_complain *complain, void *context)
{
	struct scan s = {.start = text, .p = text, .complain = complain, .context = context};
	bool too_long = strlen(text) > TEXT_MOST;
	if (too_long || !text[strspn(text, " \t\r\n")]) {
		complain(context, 1, 0,
			 too_long ? _("longer than 64 KiB") : _("an empty filter"));
		return false;
	}
	scan_code(&s);
	return s.complaints == 0;
}

static struct jqfilter *new_program(const char *text, jqfilter_complain *complain,
				    void *context)
{
	struct jqfilter *f = xcalloc(1, sizeof *f);
	f->page = f->lookup = jv_null();
	struct complaint c = {text, complain, context, 0, false};
	f->jq = jq_init();
	jq_set_error_cb(f->jq, on_compile_error, &c);
	f->wants_page = strstr(text, "$page") != NULL;
	f->bound = f->wants_page || strstr(text, "$lookup");
	char *whole = xasprintf("%s%s%s%s", jqfilter_helpers, SHIELD, f->bound ? BOUND : "",
				text);
	int good = jq_compile(f->jq, whole);
	free(whole);
	if (good) {
		jq_set_error_cb(f->jq, NULL, NULL);
		return f;
	}
	if (c.count == 0)
		complain(context, 1, 0, _("jq can't compile this"));
	jqfilter_free(f);
	return NULL;
}

/* What jq has taken and need not do itself. */
static void take_apart(struct jqfilter *f, const char *text)
{
	char *rest = NULL;
	f->program = jqprogram_new(jqfilter_helpers, text);
	if (!f->program)
		f->program = jqshape_split(jqfilter_helpers, text, &rest);
	if (rest && f->program)
		f->rest = new_program(rest, ignore, NULL);
	if (rest && !f->rest) {
		jqprogram_free(f->program);
		f->program = NULL;
	}
	if (f->program)
		f->run = jqrun_new(f->program);
	free(rest);
}

struct jqfilter *jqfilter_new(const char *text, jqfilter_complain *complain, void *context)
{
	if (!is_allowed(text, complain, context))
		return NULL;
	struct jqfilter *f = xcalloc(1, sizeof *f);
	f->page = f->lookup = jv_null();
	if (parse_path(f, text))
		return f;
	jqfilter_free(f);
	f = new_program(text, complain, context);
	if (f)
		take_apart(f, text);
	return f;
}

void jqfilter_free(struct jqfilter *f)
{
	if (!f)
		return;
	if (f->jq)
		jq_teardown(&f->jq);
	jqrun_free(f->run);
	jqprogram_free(f->program);
	jqfilter_free(f->rest);
	tape_free(&f->page_tape);
	tape_free(&f->lookup_tape);
	jv_free(f->page);
	jv_free(f->lookup);
	forget_path(f);
	free(f);
}

bool jqfilter_is_bound(const struct jqfilter *f)
{
	return f->bound;
}

bool jqfilter_wants_page(const struct jqfilter *f)
{
	return f->wants_page;
}

/* What is too much for a tape makes it jq's again. */
static void bind_run(struct jqfilter *f)
{
	jv page = f->wants_page ? f->page : jv_null();
	if (jqtape_read(&f->page_tape, page, NULL) == 0 &&
	    jqtape_read(&f->lookup_tape, f->lookup, NULL) == 0) {
		jqrun_bind(f->run, f->page_tape.nodes, f->lookup_tape.nodes);
		return;
	}
	jqrun_free(f->run);
	f->run = NULL;
}

/* What is bound anew is mostly the same. */
static bool exchange(jv *old, jv new)
{
	bool same = jv_identical(jv_copy(*old), jv_copy(new));
	jv_free(*old);
	*old = new;
	return !same;
}

void jqfilter_bind(struct jqfilter *f, jv page, jv lookup)
{
	bool other = exchange(&f->page, page);
	other |= exchange(&f->lookup, lookup);
	if (f->rest)
		jqfilter_bind(f->rest, jv_copy(f->page), jv_copy(f->lookup));
	if (other && f->run && f->program->bound)
		bind_run(f);
}

static jv with_bound(const struct jqfilter *f, jv input)
{
	if (!f->bound)
		return input;
	return jv_array_append(jv_array_append(jv_array_append(jv_array(), jv_copy(f->page)),
					       jv_copy(f->lookup)),
			       input);
}

bool jqfilter_is_identity(const struct jqfilter *f)
{
	return !f->jq && f->path_count == 0;
}

void jqfilter_error_text(jv error, char *buf, size_t size)
{
	if (jv_get_kind(error) != JV_KIND_STRING)
		error = jv_dump_string(error, 0);
	snprintf(buf, size, "%s", jv_string_value(error));
	jv_free(error);
}

static int can_not_index(const struct jqfilter *f, size_t i, const char *type, struct err *e)
{
	return err_set(e, ERR_PARSE, _("Cannot index %s with string \"%s\""), type,
		       jv_string_value(f->path[i]));
}

static int walk_value(const struct jqfilter *f, jv v, jv *out, struct err *e)
{
	for (size_t i = 0; i < f->path_count; i++) {
		jv_kind kind = jv_get_kind(v);
		if (kind == JV_KIND_OBJECT)
			v = jv_object_get(v, jv_copy(f->path[i]));
		if (kind == JV_KIND_OBJECT && !jv_is_valid(v)) {
			jv_free(v);
			v = jv_null();
		}
		if (kind == JV_KIND_OBJECT || kind == JV_KIND_NULL)
			continue;
		jv_free(v);
		return can_not_index(f, i, jv_kind_name(kind), e);
	}
	*out = v;
	return 0;
}

static const struct node nothing = {"null", 4, 1, NODE_NULL, false};

/* The node that a path leads to; NULL with *e. */
static const struct node *walk(const struct jqfilter *f, const struct node *n, struct err *e)
{
	for (size_t i = 0; i < f->path_count; i++) {
		if (n->type != NODE_OBJECT && n->type != NODE_NULL) {
			can_not_index(f, i, node_type_name(n), e);
			return NULL;
		}
		const char *name = jv_string_value(f->path[i]);
		const struct node *member = node_get(n, name, strlen(name));
		n = member ? member : &nothing;
	}
	return n;
}

/* What jq yields after its last output: nothing, or an error. */
static int at_end(jv last, struct err *e)
{
	if (!jv_invalid_has_msg(jv_copy(last))) {
		jv_free(last);
		return 0;
	}
	char text[400];
	jqfilter_error_text(jv_invalid_get_msg(last), text, sizeof text);
	return err_set(e, ERR_PARSE, "%s", text);
}

/* jq keeps its input until it gets another one. */
static void let_go(struct jqfilter *f)
{
	jq_start(f->jq, jv_null(), 0);
}

int jqfilter_first(struct jqfilter *f, jv input, jv *out, struct err *e)
{
	if (!f->jq)
		return walk_value(f, input, out, e);
	jq_start(f->jq, with_bound(f, input), 0);
	jv v = jq_next(f->jq);
	int failed = 0;
	if (jv_is_valid(v)) {
		*out = v;
	} else {
		failed = at_end(v, e);
		*out = jv_null();
	}
	let_go(f);
	return failed;
}

int jqfilter_ask(struct jqfilter *f, const struct node *input, struct jqfilter_out *out,
		 struct err *e)
{
	jv v;
	const struct node *const *list;
	size_t count;
	*out = (struct jqfilter_out){&nothing, TAPE_INIT, jv_null()};
	if (f->run && !f->rest && jqrun_all(f->run, input, &list, &count) == 0) {
		out->node = count ? list[0] : &nothing;
		jqrun_hand_over(f->run, &out->tape.texts);
		return 0;
	}
	if (!f->jq) {
		const struct node *found = walk(f, input, e);
		if (found)
			out->node = found;
		return found ? 0 : -1;
	}
	if (jqtape_value(input, &v, e) < 0 || jqfilter_first(f, v, &out->value, e) < 0 ||
	    jqtape_read(&out->tape, out->value, e) < 0)
		return -1;
	out->node = out->tape.nodes;
	return 0;
}

void jqfilter_out_free(struct jqfilter_out *out)
{
	tape_free(&out->tape);
	jv_free(out->value);
	out->value = jv_null();
	out->node = &nothing;
}

struct taker {
	int (*each)(void *, const struct node *, struct err *);
	void *context;
	const struct node *input;
	const struct node *ours; /* members that jq was not asked for; NULL: none */
	struct tape tape, whole;
	int count;
};

/* Takes the output over. */
static int take_output(struct taker *t, jv v, struct err *e)
{
	int failed = ++t->count > OUTPUTS_MOST
			     ? err_set(e, ERR_LIMIT, _("the filter yields without end"))
			     : jqtape_read(&t->tape, v, e);
	const struct node *out = t->tape.nodes;
	if (!failed && t->ours) {
		failed = jqshape_join(&t->whole, t->ours, out, e);
		out = t->whole.nodes;
	}
	if (!failed)
		failed = t->each(t->context, out, e);
	jv_free(v);
	return failed;
}

static int run_each(struct jqfilter *f, struct taker *t, struct err *e)
{
	jv v;
	if (jqtape_value(t->input, &v, e) < 0)
		return -1;
	int failed = 0;
	jq_start(f->jq, with_bound(f, v), 0);
	while (!failed && jv_is_valid(v = jq_next(f->jq)))
		failed = take_output(t, v, e);
	if (!failed)
		failed = at_end(v, e);
	let_go(f);
	return failed;
}

static int take_list(struct taker *t, const struct node *const *list, size_t count,
		     struct err *e)
{
	int failed = 0;
	for (size_t i = 0; !failed && i < count; i++)
		failed = t->each(t->context, list[i], e);
	return failed;
}

/* What can't be run without jq says so, and is jq's; so is every failure, for its words. */
static int each_way(struct jqfilter *f, struct taker *t, struct err *e)
{
	const struct node *const *list, *out;
	size_t count;
	if (f->run && jqrun_all(f->run, t->input, &list, &count) == 0) {
		if (!f->rest)
			return take_list(t, list, count, e);
		t->ours = list[0];
		return run_each(f->rest, t, e);
	}
	if (f->jq)
		return run_each(f, t, e);
	out = walk(f, t->input, e);
	return out ? t->each(t->context, out, e) : -1;
}

int jqfilter_each(struct jqfilter *f, const struct node *input,
		  int (*each)(void *, const struct node *, struct err *), void *context,
		  struct err *e)
{
	struct taker t = {each, context, input, NULL, TAPE_INIT, TAPE_INIT, 0};
	int failed = each_way(f, &t, e);
	tape_free(&t.tape);
	tape_free(&t.whole);
	return failed ? -1 : 0;
}
