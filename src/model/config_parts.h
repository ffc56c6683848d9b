/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of config share; nobody else includes it. */
#ifndef IOC_MODEL_CONFIG_PARTS_H
#define IOC_MODEL_CONFIG_PARTS_H

#include "base/yaml.h"
#include "model/config.h"

/* Reads the document into a configuration that holds the defaults. */
int config_read(struct config *c, const struct yaml *y, const struct yaml_node *root,
		struct err *e);

#endif
