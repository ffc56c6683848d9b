/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XML onto a tape, see api/format.h for how. */
#ifndef IOC_API_XML_H
#define IOC_API_XML_H

#include "api/format.h"

#define XML_DEPTH 100 /* of elements in each other */

/* Reads a document in whatever charset it says; `decoded`: it is UTF-8, whatever it says.
 * Nothing outside of it is looked at; one that defines entities is refused.  -1 with *e: the
 * line, and what is wrong. */
int xml_read(const struct xml_spec *s, const char *text, size_t n, bool decoded, struct tape *t,
	     struct err *e);

#endif
