/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page must not cost more in a large cache than in a small one.  Walking the index of the
 * sort order and testing each row is quick where matches are frequent; looking matches up and
 * sorting them is quick where they are rare.  Words and codes that are in few rows are looked
 * up.  Else the order is walked; where that finds too little, the search index is asked which
 * rowids have the words, and the walk passes the others without looking at their rows.  Left to
 * itself the planner joins the wrong way round and takes seconds. */
#include <stdlib.h>
#include <string.h>

#include "store/listing.h"
#include "store/listing_parts.h"
#include "store/place.h"
#include "store/row.h"
#include "store/schema.h"
#include "store/terms.h"
#include "store/text_search.h"

#define LOOK_UP_MOST 2000  /* matches that are looked up at once */
#define EXPECTED_MOST 800  /* matches, up to which they are all read rather than walked to */
#define LOOK_UP_MANY 20000 /* where walking has failed */
#define WALK_STEPS 8000    /* some 500 rows */
#define SET_STEPS 400000   /* some 80,000 rows that are not looked at */
#define SPELL_MOST 16      /* words that an unfinished one may become */
#define ASK_MOST 200000    /* rows that an unfinished word is asked for */
#define SAMPLE 128         /* rows that tell how frequent an unfinished word is */

/* --- unfinished words --- */

static const char *spelling_of(const struct listing *l, const struct filter *f)
{
	const struct listing_spelling *s = l->spelled;
	while (s && s->of != f)
		s = s->next;
	return s ? s->match : NULL;
}

/* Remembers which words an unfinished one may become, where these are few.  They can be asked
 * for as finished ones are: block of rowids by block, and without another look at the rows. */
static void spell_word(struct listing *l, const struct filter *f)
{
	struct strbuf b = STRBUF_INIT;
	struct fold_token t;
	const char *begun = text_search_begun(f);
	size_t n = strlen(begun);
	int count = n > 0 ? terms_begin(l->db, l->kind, begun, n, SPELL_MOST, &b) : -1;
	if (count >= 0 && count <= SPELL_MOST) {
		bool settles = text_search_settles(begun, n, &t);
		if (settles || count == 0)
			strbuf_addf(&b, "%s\"%.*s\"", b.len ? " OR " : "",
				    (int)(settles ? t.n : n), settles ? t.text : begun);
		struct listing_spelling *s = arena_alloc(l->arena, sizeof *s);
		*s = (struct listing_spelling){f, listing_take(l->arena, &b), l->spelled};
		l->spelled = s;
	}
	strbuf_free(&b);
}

static void spell_out(struct listing *l, const struct filter *f)
{
	if (f->op == FILTER_AND) {
		spell_out(l, f->a);
		spell_out(l, f->b);
	} else if (f->op == FILTER_WORDS && f->column == FILTER_ANY_TEXT) {
		spell_word(l, f);
	}
}

/* --- what is asked of the search index --- */

static bool add_match(struct listing *l, struct strbuf *b, const struct filter *f, bool prefix);

/* One or the other, where the index can answer both. */
static bool add_either(struct listing *l, struct strbuf *b, const struct filter *f, bool prefix)
{
	struct strbuf one = STRBUF_INIT, other = STRBUF_INIT;
	bool both = add_match(l, &one, f->a, prefix) && add_match(l, &other, f->b, prefix);
	if (both)
		strbuf_addf(b, "%s((%s) OR (%s))", b->len ? " AND " : "", one.s, other.s);
	strbuf_free(&one);
	strbuf_free(&other);
	return both;
}

/* Words of one column are among those of all. */
static bool is_searched(const struct listing *l, const struct filter *f)
{
	return f->column == FILTER_ANY_TEXT ||
	       (f->column >= 0 && l->kind->columns[f->column].flags & COLUMN_SEARCHED);
}

static bool add_match_of_words(struct listing *l, struct strbuf *b, const struct filter *f,
			       bool prefix)
{
	struct strbuf begun = STRBUF_INIT;
	struct fold_token t;
	const char *last = text_search_begun(f), *spelled = spelling_of(l, f);
	if (*last && !spelled && prefix) {
		strbuf_addf(&begun, "\"%s\" *", last);
		if (text_search_settles(last, strlen(last), &t))
			strbuf_addf(&begun, " OR \"%.*s\"", (int)t.n, t.text);
		spelled = begun.s;
	}
	bool added = text_search_add_match(b, f, spelled);
	strbuf_free(&begun);
	return added;
}

/* Adds what MATCH can answer of what every match must have. */
static bool add_match(struct listing *l, struct strbuf *b, const struct filter *f, bool prefix)
{
	switch (f->op) {
	case FILTER_AND: {
		bool first = add_match(l, b, f->a, prefix);
		return add_match(l, b, f->b, prefix) || first;
	}
	case FILTER_OR:
		return add_either(l, b, f, prefix);
	case FILTER_WORDS:
		return is_searched(l, f) && add_match_of_words(l, b, f, prefix);
	case FILTER_TAIL:
		return text_search_add_tail(b, f);
	default:
		return false;
	}
}

/* The place that every match must be near to, where it can be looked up; NULL. */
static const struct filter *small_place(const struct listing *l, const struct filter *f)
{
	if (f->op == FILTER_AND) {
		const struct filter *a = small_place(l, f->a);
		return a ? a : small_place(l, f->b);
	}
	return f->op == FILTER_NEAR && place_is_indexed(l->kind) && place_is_small(f) ? f
										      : NULL;
}

/* Whether MATCH with unfinished words decides alone: no two words must stand side by side, none
 * was typed with accents. */
static bool match_decides(const struct filter *f)
{
	if (f->op == FILTER_AND)
		return match_decides(f->a) && match_decides(f->b);
	if (f->op != FILTER_WORDS || f->column != FILTER_ANY_TEXT)
		return true;
	return !f->typed && !strchr(f->words, ' ');
}

/* Letters of the shortest unfinished word that could not be spelled out; 0 where there is none.
 */
static size_t prefix_length(const struct listing *l, const struct filter *f)
{
	if (f->op == FILTER_AND) {
		size_t a = prefix_length(l, f->a), b = prefix_length(l, f->b);
		return a && (!b || a < b) ? a : b;
	}
	if (f->op != FILTER_WORDS || f->column != FILTER_ANY_TEXT || spelling_of(l, f))
		return 0;
	return strlen(text_search_begun(f));
}

/* Whether the query counts at most so many. */
static bool is_few(struct listing *l, struct builder *b, int64_t most)
{
	sqlite3_stmt *s = builder_prepare(b, l->db, NULL);
	int64_t n = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : INT64_MAX;
	if (s)
		sqlite3_reset(s);
	builder_free(b);
	return n <= most;
}

static bool is_rare(struct listing *l, const char *quoted)
{
	struct builder b = BUILDER_INIT;
	builder_add(&b, "SELECT count(*) FROM (SELECT 1 FROM %s_words WHERE %s_words MATCH ",
		    l->kind->id, l->kind->id);
	builder_text(&b, quoted, strlen(quoted));
	builder_add(&b, " LIMIT %d)", LOOK_UP_MOST + 1);
	return is_few(l, &b, LOOK_UP_MOST);
}

static bool is_rare_tail(struct listing *l, const struct filter *f)
{
	struct strbuf b = STRBUF_INIT;
	bool rare = text_search_add_tail(&b, f) && is_rare(l, b.s);
	strbuf_free(&b);
	return rare;
}

/* Whether one of the words that every match must have is in few rows.  One by one: to count
 * the rows that have several frequent ones takes long. */
static bool has_rare_word(struct listing *l, const struct filter *f)
{
	if (f->op == FILTER_AND)
		return has_rare_word(l, f->a) || has_rare_word(l, f->b);
	if (f->op == FILTER_OR)
		return has_rare_word(l, f->a) && has_rare_word(l, f->b);
	if (f->op == FILTER_TAIL)
		return is_rare_tail(l, f);
	if (f->op != FILTER_WORDS || !is_searched(l, f))
		return false;
	if (spelling_of(l, f) && is_rare(l, spelling_of(l, f)))
		return true;
	for (const char *s = f->words; *s;) {
		size_t n = strcspn(s, " ");
		if ((s[n] || !f->prefix) &&
		    is_rare(l, arena_printf(l->arena, "\"%.*s\"", (int)n, s)))
			return true;
		s += n + (s[n] == ' ');
	}
	return false;
}

/* "unit:H52.7" of open rows. */
static bool is_open_reference(const struct listing *l, const struct filter *f)
{
	return l->open && f->op == FILTER_IN && f->column >= 0 &&
	       schema_has_code_index(l->kind, f->column);
}

/* Whether an index may narrow by this condition. */
static bool is_indexed_condition(const struct listing *l, const struct filter *f)
{
	if (f->op == FILTER_NEAR)
		return small_place(l, f) != NULL;
	if (f->op != FILTER_IN && f->op != FILTER_COMPARE)
		return false;
	if (f->column == FILTER_ID)
		return f->op == FILTER_IN;
	if (is_open_reference(l, f))
		return true;
	if (l->open && f->op != FILTER_IN)
		return false; /* open rows are few enough to be walked */
	return f->column >= 0 && f->column != l->sort && schema_sorts_all(l->kind, f->column) &&
	       (!l->kind->catalogue || f->column == CAT_CODE);
}

static const char *index_of(struct listing *l, const struct filter *f)
{
	if (f->op == FILTER_NEAR)
		return arena_printf(l->arena, "%s_place", l->kind->id);
	if (f->column == FILTER_ID)
		return arena_printf(l->arena, "sqlite_autoindex_%s_1", l->kind->id);
	return arena_printf(l->arena, "%s_%s%s", l->kind->id, l->kind->columns[f->column].id,
			    is_open_reference(l, f) ? "_code" : "");
}

static bool choose_index(struct listing *l, const struct filter *f)
{
	if (f->op == FILTER_AND)
		return choose_index(l, f->a) || choose_index(l, f->b);
	if (!is_indexed_condition(l, f))
		return false;
	struct builder b = BUILDER_INIT;
	const char *index = index_of(l, f);
	builder_add(&b, "SELECT count(*) FROM (SELECT 1 FROM %s t INDEXED BY %s WHERE %s",
		    l->kind->id, index, is_open_reference(l, f) ? "t.open = 1 AND " : "");
	if (f->op == FILTER_NEAR) /* without a look at the rows */
		place_add_cells(&b, f);
	else
		builder_filter(&b, l->arena, l->kind, f, BUILDER_FREE);
	builder_add(&b, " LIMIT %d)", LOOK_UP_MOST + 1);
	if (!is_few(l, &b, LOOK_UP_MOST))
		return false;
	l->way = LISTING_BY_INDEX;
	l->index = index;
	return true;
}

static void look_up(struct listing *l, const char *match, bool unfinished)
{
	l->way = LISTING_BY_WORDS;
	l->match = match;
	l->match_is_all = match_decides(l->filter) &&
			  (unfinished || !prefix_length(l, l->filter));
}

int64_t listing_choose(struct listing *l)
{
	struct strbuf b = STRBUF_INIT;
	spell_out(l, l->filter);
	bool words = add_match(l, &b, l->filter, false);
	const char *match = listing_take(l->arena, &b);
	if (words && !listing_begins_by_time(l) && has_rare_word(l, l->filter)) {
		look_up(l, match, false);
		return 0;
	}
	if (choose_index(l, l->filter))
		return 0;
	/* Few letters are in many rows, which the walk finds soon. */
	size_t letters = prefix_length(l, l->filter);
	if (small_place(l, l->filter))
		return WALK_STEPS;
	if (letters && letters <= 2 && !words)
		return WALK_STEPS * 3;
	return words ? LISTING_ASK : letters ? WALK_STEPS * 2 : 0;
}

/* More or less: numbers are not given twice. */
static int64_t count_rows(struct listing *l)
{
	int64_t newest = 0;
	row_newest(l->db, l->kind, &newest, NULL);
	return newest;
}

/* Adds the unfinished words that every match must have. */
static void add_begun(struct strbuf *b, const struct filter *f)
{
	if (f->op == FILTER_AND) {
		add_begun(b, f->a);
		add_begun(b, f->b);
	}
	if (f->op != FILTER_WORDS || f->column != FILTER_ANY_TEXT || !f->prefix)
		return;
	strbuf_addf(b, "%s%s*", b->len ? "\n" : "", text_search_begun(f));
}

/* In how many of the SAMPLE rows, the newest ones or every so many of all, the pattern is. */
static int64_t sample(struct listing *l, const struct strbuf *pattern, bool newest)
{
	struct builder b = BUILDER_INIT;
	const char *k = l->kind->id;
	builder_add(&b, "SELECT count(*) FROM (");
	if (newest) {
		builder_add(&b, "SELECT id FROM %s ORDER BY id DESC LIMIT %d", k, SAMPLE);
	} else {
		builder_add(&b, "WITH RECURSIVE n(id) AS (VALUES(1) UNION ALL SELECT id + ");
		builder_int(&b, count_rows(l) / SAMPLE + 1);
		builder_add(&b, " FROM n LIMIT %d) SELECT id FROM n", SAMPLE);
	}
	builder_add(&b, ") i CROSS JOIN %s t ON t.id = i.id WHERE ", k);
	builder_match(&b, l->arena, l->kind, pattern);
	sqlite3_stmt *s = builder_prepare(&b, l->db, NULL);
	int64_t n = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : SAMPLE;
	if (s)
		sqlite3_reset(s);
	builder_free(&b);
	return n;
}

/* Whether the unfinished words are in so few rows that to ask the index for them costs less
 * than to look at rows until a page is full.  To ask costs a fortieth of looking at a row, for
 * each row that has them; to look costs the more the fewer have them.  The two meet at the root
 * of 2000 times all rows.  What no new row has may be in many old ones, and is then asked for
 * up to a bound. */
static bool is_begun_rarely(struct listing *l)
{
	struct strbuf pattern = STRBUF_INIT;
	add_begun(&pattern, l->filter);
	int64_t rows = count_rows(l), all = sample(l, &pattern, false);
	bool rare = all * all * rows < (int64_t)SAMPLE * SAMPLE * 2000;
	if (!rare && all * rows < (int64_t)SAMPLE * ASK_MOST)
		rare = sample(l, &pattern, true) == 0;
	strbuf_free(&pattern);
	return rare;
}

/* What to ask of the search index.  An unfinished word is asked for where that is quick, or
 * where it is all there is; else it is tested in the rows.  False where there is nothing to ask
 * for, or too much. */
static bool add_question(struct listing *l, struct listing_memory *m, struct strbuf *b)
{
	size_t letters = prefix_length(l, l->filter);
	bool words = add_match(l, b, l->filter, false);
	if (!m->decided)
		m->unfinished = letters > 1 && (!words || is_begun_rarely(l));
	m->decided = true;
	m->set.patience = words && letters > 1 && !m->unfinished ? count_rows(l) / 128 + 500
								 : 0;
	if (m->unfinished) {
		strbuf_clear(b);
		add_match(l, b, l->filter, true);
	}
	return words || m->unfinished;
}

static int read_set(struct listing *l, struct match_set *set, struct match_range r,
		    const char *match)
{
	const char *k = l->kind->id;
	struct builder b = BUILDER_INIT;
	builder_add(&b, "SELECT rowid FROM %s_words WHERE %s_words MATCH ", k, k);
	builder_text(&b, match, strlen(match));
	builder_add(&b, " AND rowid >= ");
	builder_int(&b, r.least);
	builder_add(&b, " AND rowid <= ");
	builder_int(&b, r.most);
	if (r.most != INT64_MAX) {
		builder_add(&b, " ORDER BY rowid%s LIMIT ", r.down ? " DESC" : "");
		builder_int(&b, MATCH_SET_MOST);
	}
	sqlite3_stmt *s = builder_prepare(&b, l->db, NULL);
	builder_free(&b);
	return s ? match_set_read(set, l->db, r, s, NULL) : -1;
}

int listing_ask_set(struct listing *l, struct listing_memory *m, int64_t id)
{
	if (match_set_knows(&m->set, id))
		return 0;
	m->set.asked = id;
	m->set.reads = 0;
	return read_set(l, &m->set, match_set_wants(&m->set, count_rows(l), EXPECTED_MOST),
			m->match);
}

/* All rows of the cells: few enough at any size, since the cells are small. */
static int read_near(struct listing *l, struct listing_memory *m, const struct filter *near)
{
	const struct match_range all = {0, INT64_MAX, false};
	struct builder b = BUILDER_INIT;
	match_set_free(&m->set);
	m->decided = true;
	builder_add(&b, "SELECT t.id FROM %s t INDEXED BY %s_place WHERE ", l->kind->id,
		    l->kind->id);
	place_add_cells(&b, near);
	sqlite3_stmt *s = builder_prepare(&b, l->db, NULL);
	builder_free(&b);
	return s ? match_set_read(&m->set, l->db, all, s, NULL) : -1;
}

/* At first nothing: the first row that is asked for will tell what is wanted.  An unfinished
 * word costs the same for few rowids as for all. */
static bool gather(struct listing *l, struct listing_memory *m)
{
	struct strbuf match = STRBUF_INIT;
	struct match_range r = {0, INT64_MAX, false};
	const struct filter *near = small_place(l, l->filter);
	if (near)
		return m->gathered = read_near(l, m, near) == 0;
	m->gathered = add_question(l, m, &match);
	int64_t patience = m->set.patience;
	if (!m->match || strcmp(m->match, match.s) != 0) {
		match_set_free(&m->set);
		free(m->match);
		m->match = strbuf_detach(&match);
		m->set.patience = patience;
	}
	if (!m->unfinished)
		r = match_set_wants(&m->set, count_rows(l), EXPECTED_MOST);
	if (m->gathered && !m->set.all && (m->unfinished || m->set.asked))
		m->gathered = read_set(l, &m->set, r, m->match) == 0;
	strbuf_free(&match);
	return m->gathered;
}

int64_t listing_gather(struct listing *l, struct listing_memory *m)
{
	if (m->set.tired) {
		m->unfinished = true; /* the word is rarer here than it is elsewhere */
		m->gathered = false;
	} else if (m->gathered && !m->set.asked && m->set.all && l->way == LISTING_BY_SET) {
		m->scattered = true;
	}
	if ((!m->gathered || !m->decided || m->set.asked) && !gather(l, m)) {
		l->way = LISTING_BY_ORDER;
		l->set = NULL;
		return 0;
	}
	look_up(l, NULL, m->unfinished);
	l->by_place = small_place(l, l->filter);
	l->set = &m->set;
	if (listing_begins_by_zones(l, m) && listing_take_zones(l, m))
		return 0;
	bool few = m->set.count <= LOOK_UP_MOST ||
		   (m->scattered && m->set.count <= LOOK_UP_MANY);
	if (m->set.all && few) {
		struct strbuf b = STRBUF_INIT;
		match_set_add_list(&b, &m->set);
		l->ids = listing_take(l->arena, &b);
		return 0;
	}
	l->way = LISTING_BY_SET;
	return m->set.all && m->set.count <= LOOK_UP_MANY ? SET_STEPS : 0;
}

void listing_look_up_all(struct listing *l)
{
	struct strbuf b = STRBUF_INIT;
	bool words = add_match(l, &b, l->filter, false) || add_match(l, &b, l->filter, true);
	if (small_place(l, l->filter)) {
		l->way = LISTING_BY_INDEX;
		l->index = arena_printf(l->arena, "%s_place", l->kind->id);
	} else if (words) {
		look_up(l, arena_memdup(l->arena, b.s, b.len), false);
	}
	strbuf_free(&b);
}
