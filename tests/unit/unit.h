/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every cmocka test includes, in the order that cmocka wants. */
#ifndef IOC_TESTS_UNIT_H
#define IOC_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
