/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a record's detail. */
#ifndef IOC_UI_DETAIL_TEXT_H
#define IOC_UI_DETAIL_TEXT_H

#include "ui/detail.h"

/* Fills d->doc, which is empty, for that many columns; sets d->doc_until. */
void detail_lay_out(struct detail *d, const struct look *look, int columns);

#endif
