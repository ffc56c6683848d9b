/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/drafts.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "ui/state.h"

#define RETRY_PAUSE (2 * SECOND)
#define LINE "line"

void drafts_init(struct drafts *d, uint64_t seed)
{
	*d = (struct drafts){.seed = seed};
	kept_init(&d->kept);
}

void drafts_free(struct drafts *d)
{
	kept_free(&d->kept);
}

void drafts_new_id(struct drafts *d, char id[DRAFT_ID_SIZE])
{
	snprintf(id, DRAFT_ID_SIZE, "%016" PRIx64 "-%" PRIu64, d->seed, ++d->count);
}

void drafts_set(struct app *a, const char *key, json_t *draft)
{
	kept_set(&a->drafts.kept, key, draft, a->look.now);
}

void drafts_hurry(struct app *a)
{
	a->drafts.kept.due = a->look.now;
}

void drafts_settle(struct app *a, struct effects *fx)
{
	struct drafts *d = &a->drafts;
	const json_t *changes = kept_changes(&d->kept);
	bool typing = a->overlay == OVERLAY_FORM || a->prompting;
	bool now = !typing && !d->failed;
	if (!changes || (!now && d->kept.due > a->look.now))
		return;
	d->line_kept |= a->prompting && json_object_get(changes, LINE);
	effects_add(fx, EFFECT_DRAFTS, NULL)->command = kept_take(&d->kept);
	d->failed = false;
}

/* --- the line ------------------------------------------------------------- */

const char *drafts_line(const struct app *a)
{
	const json_t *draft = kept_get(&a->drafts.kept, LINE);
	const char *text = json_string_value(json_object_get(draft, "text"));
	return text && *text ? text : NULL;
}

void drafts_set_line(struct app *a, const char *text)
{
	drafts_set(a, LINE, *text ? json_pack("{s:s}", "text", text) : NULL);
}

void drafts_resume_line(struct app *a)
{
	a->drafts.line_kept = true;
}

void drafts_forget_line(struct app *a)
{
	struct drafts *d = &a->drafts;
	const json_t *unkept = json_object_get(d->kept.unkept, LINE);
	if (unkept && !json_is_null(unkept) && !d->line_kept) {
		json_object_del(d->kept.unkept, LINE);
		json_object_del(d->kept.all, LINE);
	} else {
		drafts_set(a, LINE, NULL);
	}
	d->line_kept = false;
}

/* --- app.h ---------------------------------------------------------------- */

void app_set_drafts(struct app *a, json_t *drafts)
{
	char key[32];
	kept_replace(&a->drafts.kept, drafts);
	const char *line = drafts_line(a);
	if (line)
		app_say(a, ROLE_NOTICE, _("not finished: %.60s; %s brings it back"), line,
			app_key(a, "prompt", key, sizeof key));
}

void app_drafts_failed(struct app *a, const json_t *changes)
{
	struct drafts *d = &a->drafts;
	json_t *all = json_deep_copy(changes);
	json_object_update(all, d->kept.unkept);
	json_decref(d->kept.unkept);
	d->kept.unkept = all;
	d->kept.due = a->look.now + RETRY_PAUSE;
	d->failed = true;
}

const json_t *app_unkept_drafts(const struct app *a)
{
	return kept_changes(&a->drafts.kept);
}
