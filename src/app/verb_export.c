/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc export: rows of the cache to a file or pipe, whether a console or a writer runs or not.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/cache.h"
#include "app/exit_code.h"
#include "app/view_files.h"
#include "app/writer.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "export/pipeline.h"
#include "export/rows.h"
#include "store/query.h"

#define TABLE_WIDTH 160 /* of a table that goes into a file */

struct request {
	const struct kind *kind;
	const char *format, *columns, *filter, *sort, *output, *reason, *view;
	int64_t limit, since;
	bool personal, names, locale, excel, no_guard, no_header;
	enum rows_format rows_format;
	struct rows_columns rows_columns;
	int sort_column;
	bool descending;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"format", 'f', N_("FORMAT"), N_("csv, tsv, json, ndjson or table (default: by the file's ending, else csv)"), CLI_TEXT, AT(format)},
	{"columns", 'c', N_("LIST"), N_("columns, separated by commas (default: all)"), CLI_TEXT, AT(columns)},
	{"filter", 'F', N_("FILTER"), N_("only records that match, as in the console"), CLI_TEXT, AT(filter)},
	{"view", 'V', N_("VIEW"), N_("what a saved view shows, in its order; --filter narrows it"), CLI_TEXT, AT(view)},
	{"sort", 's', N_("COLUMN"), N_("order by a column; -COLUMN: descending (default: order of arrival)"), CLI_TEXT, AT(sort)},
	{"limit", 'n', N_("NUMBER"), N_("at most so many records"), CLI_NUMBER, AT(limit)},
	{"since", 'S', N_("TIME"), N_("only records updated since a time, or within a span such as 2h or 7d"), CLI_TIME, AT(since)},
	{"output", 'o', N_("FILE"), N_("write this file (0600), which appears whole or not at all"), CLI_TEXT, AT(output)},
	{"personal", 'p', NULL, N_("do not mask personal columns; this is recorded in the audit"), CLI_FLAG, AT(personal)},
	{"reason", 'r', N_("TEXT"), N_("why personal data is needed, for the audit"), CLI_TEXT, AT(reason)},
	{"names", 'N', NULL, N_("names of areas, units, states … instead of codes"), CLI_FLAG, AT(names)},
	{"locale", 'L', NULL, N_("dates and numbers as people read them (csv, tsv)"), CLI_FLAG, AT(locale)},
	{"excel", 'x', NULL, N_("byte order mark and CRLF, for spreadsheets (csv, tsv)"), CLI_FLAG, AT(excel)},
	{"no-guard", 0, NULL, N_("leave cells that a spreadsheet would run as they are (csv, tsv)"), CLI_FLAG, AT(no_guard)},
	{"no-header", 0, NULL, N_("no line of headings (csv, tsv, table)"), CLI_FLAG, AT(no_header)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli export_cli = {
	.verb = "export",
	.operands = N_("KIND"),
	.summary = N_("Writes records of a kind (complaints, dossiers, calls, alerts, or a "
		      "catalogue)."),
	.options = options,
	.example = "ioc export complaints --filter 'is:late' --columns code,due_at,unit -o "
		   "late.csv",
};

/* By name, else by the file's ending. */
static int settle_format(struct request *q, struct err *e)
{
	const char *ending = q->output ? strrchr(q->output, '.') : NULL;
	int f = q->format ? rows_format_find(q->format)
		: ending  ? rows_format_find(ending + 1)
			  : -1;
	if (q->format && f < 0)
		return err_set(
			e, ERR_USAGE,
			_("there is no format \"%.40s\": csv, tsv, json, ndjson or table"),
			q->format);
	q->rows_format = f < 0 ? ROWS_CSV : (enum rows_format)f;
	bool cells = q->rows_format == ROWS_CSV || q->rows_format == ROWS_TSV;
	if ((q->excel || q->locale) && !cells)
		return err_set(e, ERR_USAGE, _("--%s is for csv and tsv"),
			       q->excel ? "excel" : "locale");
	return 0;
}

static int settle_sort(struct request *q, struct err *e)
{
	q->sort_column = -1;
	if (!q->sort)
		return 0;
	q->descending = q->sort[0] == '-';
	struct rows_columns one;
	if (rows_columns_parse(&one, q->kind, q->rows_format, q->sort + q->descending, e) < 0)
		return -1;
	if (one.count != 1 || one.list[0] < 0 ||
	    !(q->kind->columns[one.list[0]].flags & COLUMN_SORTED))
		return err_set(e, ERR_USAGE, _("%s can't be sorted by \"%.40s\""),
			       q->kind->plural, q->sort + q->descending);
	q->sort_column = one.list[0];
	return 0;
}

/* What the words come to, once they are read. */
/* What was said besides goes before what the view says. */
static int settle_view(const struct program *p, struct request *q, struct view_question *v,
		       struct err *e)
{
	if (!q->view)
		return 0;
	if (view_files_question(&p->paths, &p->config, q->kind, q->view, q->filter, v, e) < 0)
		return -1;
	q->filter = v->filter;
	q->sort = q->sort ? q->sort : v->sort;
	return 0;
}

static int settle(const struct program *p, struct request *q, struct view_question *v,
		  struct err *e)
{
	if (settle_view(p, q, v, e) < 0 || settle_format(q, e) < 0 ||
	    rows_columns_parse(&q->rows_columns, q->kind, q->rows_format, q->columns, e) < 0)
		return -1;
	return settle_sort(q, e);
}

static int terminal_width(const struct request *q)
{
	struct winsize w;
	if (!q->output && isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 &&
	    w.ws_col)
		return w.ws_col;
	return TABLE_WIDTH;
}

static int walk(struct db *db, const struct program *p, const struct request *q,
		struct rows *rows, struct err *e)
{
	int wanted[ROWS_COLUMNS_MOST];
	struct walk_query w = {
		.kind = q->kind,
		.filter = q->filter,
		.sort = q->sort_column,
		.descending = q->descending,
		.limit = q->limit,
		.since = q->since,
		.now = p->now,
		.columns = wanted,
	};
	for (size_t i = 0; i < q->rows_columns.count; i++)
		if (q->rows_columns.list[i] >= 0)
			wanted[w.column_count++] = q->rows_columns.list[i];
	if (q->names && !q->kind->catalogue) /* names of codes depend on the record's time */
		wanted[w.column_count++] = COL_CREATED_AT;
	struct pipeline *pipeline = pipeline_new(rows, q->kind);
	int result = store_walk(db, &w, pipeline_add, pipeline, e);
	pipeline_finish(pipeline);
	return result;
}

static int write_rows(struct db *db, const struct program *p, const struct request *q,
		      struct name_table *names, struct err *e)
{
	bool table = q->rows_format == ROWS_TABLE;
	struct rows_options o = {
		.kind = q->kind,
		.format = q->rows_format,
		.columns = q->rows_columns,
		.header = !q->no_header,
		.personal = q->personal,
		.guard = !q->no_guard,
		.excel = q->excel,
		.locale = q->locale || table,
		.names = names != NULL,
		.width = table ? terminal_width(q) : 0,
		.name = cache_name,
		.context = names,
	};
	struct out out;
	if (out_open(&out, q->output, e) < 0)
		return -1;
	struct rows *rows = rows_new(&o, &out);
	rows_begin(rows);
	int result = walk(db, p, q, rows, e);
	rows_end(rows);
	rows_free(rows);
	if (result < 0 && !out.failed) {
		out_abandon(&out);
		return -1;
	}
	*e = (struct err)ERR_INIT;
	return out_finish(&out, e);
}

static int export(struct program *p, const struct request *q, struct err *e)
{
	struct db *db = cache_open(p, e);
	if (!db)
		return -1;
	if (cache_check_filter(db, p, q->kind, q->filter, e) < 0) {
		db_close(db);
		return -1;
	}
	bool named = q->names || q->rows_format == ROWS_TABLE;
	struct name_table *names = named ? names_load(db) : NULL;
	int result = 0;
	if (q->personal)
		result = writer_audit_rows(p, "export", q->kind, &q->rows_columns, q->filter,
					   q->reason, e);
	if (result == 0)
		result = write_rows(db, p, q, names, e);
	names_free(names);
	db_close(db);
	return result;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	struct request *q = request;
	struct view_question v = {NULL, NULL};
	q->kind = program_only_kind(words, count, e);
	int rc = q->kind ? settle(p, q, &v, e) : -1;
	if (rc == 0)
		rc = export(p, q, e);
	free(v.filter);
	free(v.sort);
	return rc;
}

int verb_export(struct program *p, int argc, char **argv)
{
	struct request q = {.since = CLOCK_NONE};
	return program_run(p, &export_cli, run, &q, argc, argv);
}
