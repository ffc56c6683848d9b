/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc doctor: looks at everything that must be right, and says what to do about the rest. */
#include <jansson.h>
#include <stdio.h>

#include "app/check.h"
#include "app/exit_code.h"
#include "base/i18n.h"

struct request {
	bool json;
};

/* clang-format off */
static const struct cli_option options[] = {
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, offsetof(struct request, json)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli doctor_cli = {
	.verb = "doctor",
	.operands = "",
	.summary = N_("Checks configuration, files, cache, terminal and sources, and says what "
		      "to do."),
	.options = options,
};

static const char *const level_ids[] = {"ok", "warning", "problem"};
static const char *const level_labels[] = {N_("ok"), N_("WARNING"), N_("PROBLEM")};

static void print_json(const struct findings *f)
{
	json_t *list = json_array();
	for (size_t i = 0; i < f->count; i++)
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:s, s:s*}", "area", f->list[i].check->area,
					"level", level_ids[f->list[i].level], "finding",
					f->list[i].what, "advice", f->list[i].advice));
	program_print_json(list, 0);
}

static void print_text(const struct findings *f)
{
	const struct check *before = NULL;
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *one = &f->list[i];
		if (one->check != before)
			printf("%s\n", _(one->check->title));
		before = one->check;
		if (one->level == CHECK_OK)
			printf("  ✓ %s\n", one->what);
		else
			printf("  ✗ %s: %s\n", _(level_labels[one->level]), one->what);
		if (one->advice)
			printf("    → %s\n", one->advice);
	}
}

static int verdict(const struct findings *f)
{
	enum check_level worst = CHECK_OK;
	for (size_t i = 0; i < f->count; i++)
		if (f->list[i].level > worst)
			worst = f->list[i].level;
	return worst == CHECK_PROBLEM   ? EXIT_FAILED
	       : worst == CHECK_WARNING ? EXIT_STALE
					: EXIT_OK;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	const struct request *q = request;
	struct findings f = {0};
	if (count)
		return err_set(e, ERR_USAGE, _("what is \"%.40s\"? doctor takes no words"),
			       words[0]);
	for (const struct check *c = checks; c->area; c++) {
		f.check = c;
		c->run(&f, p);
	}
	(q->json ? print_json : print_text)(&f);
	int result = verdict(&f);
	check_free(&f);
	return result;
}

int verb_doctor(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &doctor_cli, run, &q, argc, argv);
}
