/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/role.h"

const struct role_def role_defs[ROLE_COUNT] = {
#define R(id, NAME, PARENT, use) [ROLE_##NAME] = {#id, ROLE_##PARENT, use},
	ROLES(R)
#undef R
};
