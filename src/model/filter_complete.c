/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text is read up to the cursor as the parser would, but nothing is wrong here; what stands
 * there then tells what may follow.  Candidates are gathered twice, so that what begins with
 * the piece comes before what only holds it. */
#include "model/filter_complete.h"

#include <string.h>

#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "model/filter_parts.h"
#include "text/utf8.h"

#define UNKNOWN (-200) /* in place of a field: a name that is none */

/* Where the cursor is. */
struct spot {
	int field;       /* FILTER_NO_FIELD: at the start of a term */
	size_t start;    /* of the piece */
	bool in_quotes;  /* the piece has an opening quote */
	bool in_phrase;  /* of free words: nothing can be offered */
	bool compares;   /* behind "<" and the like */
	unsigned values; /* that stand before it behind the field */
	size_t run; /* of the value before, which may go on behind a blank; SIZE_MAX: none */
	int run_field;
};

struct work {
	struct arena *arena;
	const struct filter_context *context;
	struct filter_completion *out;
	char piece[FILTER_NAME_MOST + 1]; /* squeezed */
	int rank;                         /* of this pass: 0 begins with it, 1 holds it */
	bool vietnamese;
};

/* --- spelling --- */

static bool speaks_vietnamese(void)
{
	return strcmp(_("Unit"), "Unit") != 0;
}

/* "Đang xử lý" as "đang-xử-lý"; NULL where it has signs. */
static const char *dashed(struct arena *a, const char *label)
{
	struct strbuf b = STRBUF_INIT;
	size_t n = strlen(label);
	uint32_t cp;
	char buf[4];
	bool plain = n > 0;
	for (size_t i = 0; i < n && plain;) {
		i += utf8_decode(label + i, n - i, &cp);
		plain = cp > 0x7f || cp == ' ' || (cp >= '0' && cp <= '9') ||
			(cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
		if (cp == ' ')
			strbuf_addc(&b, '-');
		else
			strbuf_add(&b, buf, utf8_encode(utf8_lower(cp), buf));
	}
	const char *s = plain ? arena_memdup(a, b.s, b.len) : NULL;
	strbuf_free(&b);
	return s;
}

const char *filter_quote(struct arena *a, const char *value)
{
	size_t n = strlen(value);
	bool plain = n && !strpbrk(value, " \t\r\n\",()|*") && !strstr(value, "..");
	if (plain)
		return arena_memdup(a, value, n);
	char *quoted = arena_printf(a, "\"%s\"", value);
	for (size_t i = 1; i <= n; i++)
		if (quoted[i] == '"')
			quoted[i] = ' ';
	return quoted;
}

const char *filter_field_name(struct arena *a, const struct kind *k, int column)
{
	const struct column *c = &k->columns[column];
	const char *name = speaks_vietnamese() ? dashed(a, _(c->title)) : NULL;
	return name && filter_field(k, name, strlen(name)) == column ? name : c->id;
}

/* --- where the cursor is --- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Behind the operator at s. */
static size_t skip_operator(const char *text, size_t at, bool *compares)
{
	*compares = text[at] == '<' || text[at] == '>';
	at++;
	return at + (text[at] == '=');
}

/* Follows the values of a field, whose first begins at `at`, to the cursor or to their end; the
 * cursor may stand within the operator before them. */
static size_t skip_values(const char *text, size_t at, size_t cursor, struct spot *s)
{
	s->start = at < cursor ? at : cursor;
	s->in_quotes = false;
	while (at < cursor) {
		if (text[at] == '"') {
			const char *close = memchr(text + at + 1, '"', cursor - at - 1);
			s->in_quotes = !close;
			at = close ? (size_t)(close - text) + 1 : cursor;
		} else if (text[at] == ',' ||
			   (text[at] == '.' && at + 1 < cursor && text[at + 1] == '.')) {
			at += text[at] == ',' ? 1 : 2;
			s->start = at;
			s->values++;
		} else if (is_blank(text[at]) || strchr("()|", text[at])) {
			return at;
		} else {
			at++;
		}
	}
	return cursor;
}

static size_t skip_phrase(const char *text, size_t at, size_t cursor, struct spot *s)
{
	const char *close = memchr(text + at + 1, '"', cursor - at - 1);
	s->in_phrase = !close;
	return close ? (size_t)(close - text) + 1 : cursor;
}

/* One term from `at` on; where it ends. */
static size_t skip_term(const struct filter_context *c, const char *text, size_t at,
			size_t cursor, struct spot *s)
{
	size_t length = strlen(text);
	struct filter_parser p = {
		.context = c, .text = text, .s = text + at, .end = text + length};
	*s = (struct spot){.field = FILTER_NO_FIELD, .start = at, .run = SIZE_MAX};
	if (text[at] == '"')
		return skip_phrase(text, at, cursor, s);
	size_t n = filter_name_length(&p);
	if (!n || at + n >= cursor) {
		while (at < cursor && !is_blank(text[at]) && !strchr("()|\"", text[at]))
			at++;
		return at;
	}
	s->field = filter_field(c->kind, text + at, n);
	s->field = s->field == FILTER_NO_FIELD ? UNKNOWN : s->field;
	size_t end = skip_values(text, skip_operator(text, at + n, &s->compares), cursor, s);
	s->run = s->in_quotes ? SIZE_MAX : s->start;
	s->run_field = s->field;
	return end;
}

static struct spot find_spot(const struct filter_context *c, const char *text, size_t cursor)
{
	struct spot s = {.field = FILTER_NO_FIELD, .start = cursor, .run = SIZE_MAX};
	for (size_t at = 0; at < cursor;) {
		if (is_blank(text[at]) || strchr("()|-!", text[at])) {
			bool goes_on = is_blank(text[at]) && s.run != SIZE_MAX;
			at++;
			s = (struct spot){.field = FILTER_NO_FIELD,
					  .start = at,
					  .run = goes_on ? s.run : SIZE_MAX,
					  .run_field = s.run_field};
			continue;
		}
		struct spot before = s;
		at = skip_term(c, text, at, cursor, &s);
		if (s.field == FILTER_NO_FIELD && !s.in_phrase && before.run != SIZE_MAX) {
			s.run = before.run;
			s.run_field = before.run_field;
		}
	}
	return s;
}

/* --- candidates --- */

static void put(struct work *w, const char *text, const char *about,
		enum filter_candidate_sort sort, bool ends)
{
	struct filter_completion *f = w->out;
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->list[i].text, text) == 0)
			return;
	if (f->count == FILTER_COMPLETE_MOST) {
		f->more = true;
		return;
	}
	f->list[f->count++] = (struct filter_candidate){text, about, sort, ends};
}

/* How well the piece stands for a name: 0 begins it, 1 is in it, 2 neither. */
static int rank_of(const struct work *w, const char *name)
{
	char own[FILTER_NAME_MOST + 1];
	size_t n = strlen(w->piece);
	filter_squeeze(name, strlen(name), own);
	if (strncmp(own, w->piece, n) == 0)
		return 0;
	return n >= 2 && strstr(own, w->piece) ? 1 : 2;
}

static int better(int a, int b)
{
	return a < b ? a : b;
}

static int rank_of_aliases(const struct work *w, const struct column *c)
{
	const char *list = c->alias, *item;
	char alias[FILTER_NAME_MOST + 1];
	size_t n;
	int best = 2;
	while (filter_next_name(&list, alias, &item, &n))
		best = better(best, rank_of(w, alias));
	return best;
}

static void offer_field(struct work *w, int column)
{
	const struct column *c = &w->context->kind->columns[column];
	int by_id = better(rank_of(w, c->id), rank_of(w, c->title));
	int by_name = better(rank_of(w, _(c->title)), rank_of_aliases(w, c));
	if (better(by_id, by_name) != w->rank)
		return;
	bool local = w->vietnamese && by_name <= by_id;
	const char *name = local ? filter_field_name(w->arena, w->context->kind, column)
				 : c->id;
	put(w, arena_printf(w->arena, "%s:", name), local ? c->id : _(c->title),
	    CANDIDATE_FIELD, false);
}

static void offer_specials(struct work *w)
{
	const struct filter_special *f;
	const struct kind *k = w->context->kind;
	for (size_t i = 0; (f = filter_special_field(i)); i++) {
		bool fits = f->field == FILTER_NEAR_TO ? kind_column(k, "lat") >= 0
			    : f->field == FILTER_PLATE ? kind_column(k, "plate") < 0
						       : true;
		int english = rank_of(w, f->english), local = rank_of(w, f->vietnamese);
		if (!fits || better(english, local) != w->rank)
			continue;
		bool vi = w->vietnamese && local <= english;
		put(w, arena_printf(w->arena, "%s:", vi ? f->vietnamese : f->english),
		    _(f->about), CANDIDATE_FIELD, false);
	}
}

static void offer_keywords(struct work *w)
{
	static const struct {
		const char *english, *vietnamese, *about;
	} words[] = {{"or", "hoặc", N_("one or the other")},
		     {"not", "không", N_("turns round")}};
	for (size_t i = 0; *w->piece && i < sizeof words / sizeof *words; i++) {
		if (rank_of(w, words[i].english) == w->rank && w->rank == 0)
			put(w, words[i].english, _(words[i].about), CANDIDATE_WORD, true);
		if (rank_of(w, words[i].vietnamese) == w->rank && w->rank == 0)
			put(w, words[i].vietnamese, _(words[i].about), CANDIDATE_WORD, true);
	}
}

static void offer_fields(struct work *w)
{
	for (size_t i = 0; i < w->context->kind->column_count; i++)
		offer_field(w, (int)i);
	offer_specials(w);
	offer_keywords(w);
}

/* Behind a name that is whole. */
static void offer_operators(struct work *w, const char *name, size_t n)
{
	static const struct {
		const char *sign, *about;
	} signs[] = {{"<", N_("less, or earlier")}, {"<=", N_("at most, or until")},
		     {">", N_("more, or later")},   {">=", N_("at least, or from")},
		     {"=", N_("exactly this")},     {"!=", N_("not this")}};
	const struct kind *k = w->context->kind;
	int field = n ? filter_field(k, name, n) : FILTER_NO_FIELD;
	if (field < 0)
		return;
	enum column_type t = k->columns[field].type;
	bool ordered = !column_is_textual(t) && t != COLUMN_FLAG;
	for (size_t i = ordered ? 0 : 4; i < sizeof signs / sizeof *signs; i++)
		put(w, arena_printf(w->arena, "%.*s%s", (int)n, name, signs[i].sign),
		    _(signs[i].about), CANDIDATE_OPERATOR, false);
}

/* --- values --- */

static void offer_predicates(struct work *w)
{
	for (const struct predicate *p = w->context->kind->predicates; p && p->name; p++)
		if (better(rank_of(w, p->name), rank_of(w, _(p->label))) == w->rank)
			put(w, p->name, _(p->label), CANDIDATE_PREDICATE, true);
}

/* By its label in the chosen language, unless the code was begun. */
static void offer_code(struct work *w, int field, const char *code, const char *label)
{
	const char *name = dashed(w->arena, _(label));
	int by_code = rank_of(w, code), by_label = rank_of(w, _(label));
	if (better(by_code, by_label) != w->rank)
		return;
	if (by_code < by_label)
		put(w, filter_quote(w->arena, code), _(label), CANDIDATE_VALUE, true);
	else if (name && filter_is_value(w->context, field, name, strlen(name)))
		put(w, name, code, CANDIDATE_VALUE, true);
	else
		put(w, filter_quote(w->arena, _(label)), code, CANDIDATE_VALUE, true);
}

static void offer_word(struct work *w, const char *english, const char *vietnamese,
		       const char *about, enum filter_candidate_sort sort)
{
	int a = rank_of(w, english), b = rank_of(w, vietnamese);
	if (better(a, b) != w->rank)
		return;
	put(w, (w->vietnamese ? b <= a : b < a) ? vietnamese : english, about, sort, true);
}

static void offer_names(struct work *w, const struct column *c)
{
	const struct filter_context *x = w->context;
	const struct kind *catalogue = kind_find(c->ref);
	struct filter_name row;
	if (strcmp(catalogue->id, "unit") == 0)
		offer_word(w, "mine", "của-tôi", _("the unit that you act for"),
			   CANDIDATE_VALUE);
	for (size_t i = 0; x->name && x->name(x->data, catalogue, i, &row); i++) {
		int by_code = rank_of(w, row.code);
		int by_name = better(rank_of(w, row.brief), rank_of(w, row.title));
		if (better(by_code, by_name) != w->rank)
			continue;
		bool code = by_code < by_name;
		put(w, filter_quote(w->arena, code ? row.code : row.brief),
		    arena_strdup(w->arena, code ? row.brief : row.code), CANDIDATE_NAME, true);
	}
}

/* "4" may become 4h, 4d … */
static void offer_lengths(struct work *w, bool working)
{
	static const struct {
		const char *english, *vietnamese, *about;
	} units[] = {{"h", "giờ", N_("hours")},         {"d", "ngày", N_("days")},
		     {"wh", "gl", N_("working hours")}, {"wd", "nl", N_("working days")},
		     {"m", "phút", N_("minutes")},      {"w", "tuần", N_("weeks")}};
	size_t digits = strspn(w->piece, "0123456789");
	if (w->piece[digits] || digits > 4 || w->rank)
		return;
	for (size_t i = 0; i < (digits ? 6 : 4); i++)
		if (working || *units[i].english != 'w')
			put(w,
			    arena_printf(w->arena, "%s%s", digits ? w->piece : "4",
					 w->vietnamese ? units[i].vietnamese
						       : units[i].english),
			    _(units[i].about), CANDIDATE_TIME, true);
}

static void offer_times(struct work *w)
{
	const struct filter_time_word *t;
	for (size_t i = 0; (t = filter_time_word(i)); i++)
		offer_word(w, t->english, t->vietnamese, _(t->about), CANDIDATE_TIME);
	offer_lengths(w, true);
}

static void offer_listed(struct work *w, int field, const struct column *c)
{
	const struct kind *k = w->context->kind;
	for (const struct state *s = c->type == COLUMN_STATE ? k->states : NULL; s && s->code;
	     s++)
		offer_code(w, field, s->code, s->label);
	for (const struct choice *x = c->type == COLUMN_CHOICE ? c->choices : NULL;
	     x && x->code; x++)
		offer_code(w, field, x->code, x->label);
}

static void offer_values(struct work *w, int field, bool compares)
{
	const struct column *c = &w->context->kind->columns[field];
	switch (c->type) {
	case COLUMN_STATE:
	case COLUMN_CHOICE:
		offer_listed(w, field, c);
		break;
	case COLUMN_REF:
		offer_names(w, c);
		break;
	case COLUMN_TIME:
	case COLUMN_DEADLINE:
		offer_times(w);
		break;
	case COLUMN_DURATION:
		offer_lengths(w, false);
		break;
	case COLUMN_FLAG:
		offer_word(w, "yes", "có", "", CANDIDATE_VALUE);
		offer_word(w, "no", "không", "", CANDIDATE_VALUE);
		break;
	case COLUMN_TEXT:
		if (c->flags & COLUMN_STAFF)
			offer_word(w, "me", "tôi", _("whoever asks"), CANDIDATE_VALUE);
		w->out->column = field;
		break;
	default:
		break;
	}
	if (!compares)
		offer_word(w, "none", "trống", _("has no value"), CANDIDATE_VALUE);
	if (!compares && c->type != COLUMN_FLAG)
		offer_word(w, "any", "có", _("has a value"), CANDIDATE_VALUE);
}

static void offer_near(struct work *w, const struct spot *s)
{
	static const char *const distances[] = {"100m", "300m", "500m", "1km", "5km"};
	if (s->values == 0)
		w->out->column = w->context->kind->catalogue ? CAT_CODE : COL_CODE;
	for (size_t i = 0; s->values && i < sizeof distances / sizeof *distances; i++)
		if (rank_of(w, distances[i]) == w->rank)
			put(w, distances[i], "", CANDIDATE_VALUE, true);
}

static void offer(struct work *w, const struct spot *s, const char *text)
{
	if (s->field == FILTER_NO_FIELD) {
		offer_fields(w);
		if (w->rank == 0)
			offer_operators(w, text + s->start, w->out->end - s->start);
	} else if (s->field == FILTER_IS) {
		offer_predicates(w);
	} else if (s->field == FILTER_NEAR_TO) {
		offer_near(w, s);
	} else if (s->field >= 0) {
		offer_values(w, s->field, s->compares);
	}
}

static void offer_twice(struct work *w, const struct spot *s, const char *text, size_t cursor)
{
	size_t from = s->start + s->in_quotes;
	w->out->start = s->start;
	w->out->end = cursor;
	w->out->typed = arena_memdup(w->arena, text + from, cursor - from);
	filter_squeeze(text + from, cursor - from, w->piece);
	for (w->rank = 0; w->rank < 2; w->rank++)
		offer(w, s, text);
}

/* "tạo:hôm q": the value before the blank goes on, if one is begun so. */
static bool goes_on(struct work *w, const struct spot *s, const char *text, size_t cursor)
{
	if (s->run == SIZE_MAX || s->start == cursor ||
	    (s->run_field < 0 && s->run_field != FILTER_IS))
		return false;
	struct spot whole = {.field = s->run_field, .start = s->run};
	offer_twice(w, &whole, text, cursor);
	if (w->out->count && w->out->column < 0)
		return true;
	w->out->count = 0;
	w->out->column = -1;
	w->out->more = false;
	return false;
}

struct filter_completion filter_complete(struct arena *a, const struct filter_context *c,
					 const char *text, size_t cursor)
{
	struct filter_completion f = {
		.start = cursor, .end = cursor, .column = -1, .typed = ""};
	struct work w = {
		.arena = a, .context = c, .out = &f, .vietnamese = speaks_vietnamese()};
	size_t n = strlen(text);
	cursor = cursor < n ? cursor : n;
	f.list = arena_alloc(a, FILTER_COMPLETE_MOST * sizeof *f.list);
	struct spot s = find_spot(c, text, cursor);
	if (s.in_phrase) {
		f.start = f.end = cursor;
		return f;
	}
	if (s.field != FILTER_NO_FIELD || !goes_on(&w, &s, text, cursor))
		offer_twice(&w, &s, text, cursor);
	return f;
}

void filter_complete_add(struct arena *a, struct filter_completion *f, const char *value,
			 const char *about)
{
	struct work w = {.arena = a, .out = f};
	put(&w, filter_quote(a, value), arena_strdup(a, about), CANDIDATE_VALUE, true);
}
