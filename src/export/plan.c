/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is decided once per column. */
#include "export/plan.h"

#include "base/i18n.h"
#include "text/mask.h"
#include "text/utf8.h"

static void (*mask_of(enum column_personal p))(struct strbuf *, const char *, size_t)
{
	switch (p) {
	case PERSONAL_NAME:
		return mask_name;
	case PERSONAL_PHONE:
		return mask_phone;
	case PERSONAL_PLATE:
		return mask_plate;
	case PERSONAL_ADDRESS:
		return mask_address;
	case PERSONAL_TEXT:
		return mask_text;
	case PERSONAL_NONE:
		break;
	}
	return NULL;
}

static enum how text_how(const struct rows_options *o, const struct plan *p)
{
	if (p->mask)
		return HOW_MASKED;
	if (!o->names)
		return HOW_TEXT;
	switch (p->def->type) {
	case COLUMN_STATE:
		return HOW_STATE;
	case COLUMN_CHOICE:
		return HOW_CHOICE;
	case COLUMN_REF:
		return HOW_NAME;
	default:
		return HOW_TEXT;
	}
}

static enum how how_of(const struct rows_options *o, const struct plan *p)
{
	switch (p->def->type) {
	case COLUMN_INTEGER:
		return o->locale ? HOW_PEOPLE_INTEGER : HOW_INTEGER;
	case COLUMN_DURATION:
		return o->locale ? HOW_PEOPLE_DURATION : HOW_INTEGER;
	case COLUMN_REAL:
		return o->locale ? HOW_PEOPLE_REAL : HOW_REAL;
	case COLUMN_TIME:
	case COLUMN_DEADLINE:
		return o->locale ? HOW_PEOPLE_TIME : HOW_TIME;
	case COLUMN_FLAG:
		return o->locale ? HOW_PEOPLE_FLAG : HOW_FLAG;
	default:
		return text_how(o, p);
	}
}

const char *plan_id(const struct plan *p)
{
	static const char *const specials[] = {"id", "source", "version"};
	return p->def ? p->def->id : specials[p->how - HOW_ID];
}

const char *plan_title(const struct plan *p)
{
	return p->def ? _(p->def->title) : plan_id(p);
}

void plan_column(const struct rows_options *o, struct plan *p, int index)
{
	*p = (struct plan){.how = (enum how)(-1 - index), .before = STRBUF_INIT, .width = 16};
	if (index < 0)
		return;
	p->column = (size_t)index;
	p->def = &o->kind->columns[index];
	p->mask = o->personal ? NULL : mask_of(p->def->personal);
	p->catalogue = p->def->ref ? kind_find(p->def->ref) : NULL;
	p->how = how_of(o, p);
	p->right = p->def->right;
	p->width = p->def->width ? p->def->width : 30;
	if (p->how == HOW_PEOPLE_TIME)
		p->width = 16;
	int title = utf8_swidth(_(p->def->title));
	p->width = p->width < title ? title : p->width;
}

void plan_share_width(struct rows *x)
{
	int used = 0, growing = 0;
	for (size_t i = 0; i < x->o.columns.count; i++) {
		const struct plan *p = &x->plans[i];
		used += p->width + (i ? (int)sizeof TABLE_GAP - 1 : 0);
		growing += p->def && p->def->grows;
	}
	for (size_t i = 0; growing && i < x->o.columns.count; i++) {
		struct plan *p = &x->plans[i];
		if (!p->def || !p->def->grows)
			continue;
		int wished = p->width + (x->o.width - used) / growing;
		int floor = p->def->min ? p->def->min : 8;
		p->width = wished < floor ? floor : wished;
	}
}
