/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fuzz target is one file that defines LLVMFuzzerTestOneInput and is listed in local.mk.
 * Built with --enable-fuzzing libFuzzer drives it; otherwise replay.c runs it over its corpus
 * as part of `make check`. */
#ifndef IOC_TESTS_FUZZ_H
#define IOC_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Stops the program where a promise is broken, which both drivers report. */
#define FUZZ_CHECK(promise)                                                                    \
	do {                                                                                   \
		if (!(promise)) {                                                              \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #promise);  \
			abort();                                                               \
		}                                                                              \
	} while (0)

#endif
