/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The descriptors, each defined in a file of its own; use kinds[] or kind_find. */
#ifndef IOC_MODEL_KINDS_H
#define IOC_MODEL_KINDS_H

#include "model/kind.h"

extern const struct kind kind_complaint, kind_dossier, kind_call, kind_alert;
extern const struct kind kind_hazard, kind_mention;
extern const struct kind kind_area, kind_unit, kind_category, kind_camera, kind_procedure;

/* How a report comes in. */
extern const struct choice complaint_channels[];
/* Why an alert was dismissed. */
extern const struct choice alert_reasons[];
/* Why a mention was. */
extern const struct choice mention_reasons[];

#endif
