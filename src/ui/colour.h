/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours as terminals have them: none, 8, 16, 256, or all. */
#ifndef IOC_UI_COLOUR_H
#define IOC_UI_COLOUR_H

#include <stdint.h>

/* A colour is COLOUR_DEFAULT (the terminal's own), 0 … 255 of xterm's palette, or COLOUR_RGB
 * with 0xRRGGBB added; in an int32_t. */
#define COLOUR_DEFAULT (-1)
#define COLOUR_RGB 0x1000000

/* "default", a name ("red", "bright-red", "grey"), "0" … "255", "#rrggbb".  -1 where it is
 * none of them. */
int colour_parse(const char *s, int32_t *c);
/* The nearest one that a terminal of so many colours (8, 16, 88, 256, 1 << 24) can show. */
int32_t colour_degrade(int32_t c, int colours);
/* 0xRRGGBB of a palette entry or RGB colour, by xterm's values. */
uint32_t colour_rgb(int32_t c);
/* WCAG 2 contrast ratio of two RGB values, 1 to 21. */
double colour_contrast(uint32_t a, uint32_t b);

#endif
