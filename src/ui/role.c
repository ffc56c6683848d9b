/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/role.h"

#include "model/kind.h"

const struct role_def role_defs[ROLE_COUNT] = {
#define R(id, NAME, PARENT, use) [ROLE_##NAME] = {#id, ROLE_##PARENT, N_(use)},
	ROLES(R)
#undef R
};
