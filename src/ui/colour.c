/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/colour.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static const char *const names[] = {
	"black",        "red",           "green",       "yellow",         "blue",
	"magenta",      "cyan",          "white",       "bright-black",   "bright-red",
	"bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
	"bright-white",
};

static const uint32_t basic[16] = {
	0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
	0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
};

static int parse_rgb(const char *s, int32_t *c)
{
	char *end;
	if (strlen(s) != 6 || strspn(s, "0123456789abcdefABCDEF") != 6)
		return -1;
	*c = COLOUR_RGB + (int32_t)strtol(s, &end, 16);
	return 0;
}

int colour_parse(const char *s, int32_t *c)
{
	if (*s == '#')
		return parse_rgb(s + 1, c);
	if (strcmp(s, "default") == 0)
		return *c = COLOUR_DEFAULT, 0;
	if (strcmp(s, "grey") == 0 || strcmp(s, "gray") == 0)
		return *c = 8, 0;
	for (int i = 0; i < (int)ARRAY_LEN(names); i++)
		if (strcmp(names[i], s) == 0)
			return *c = i, 0;
	char *end;
	long n = strtol(s, &end, 10);
	if (end == s || *end || n < 0 || n > 255)
		return -1;
	*c = (int32_t)n;
	return 0;
}

static uint32_t cube_level(int i)
{
	return i ? 55 + 40 * (uint32_t)i : 0;
}

uint32_t colour_rgb(int32_t c)
{
	if (c >= COLOUR_RGB)
		return (uint32_t)(c - COLOUR_RGB);
	if (c < 0)
		return 0;
	if (c < 16)
		return basic[c];
	if (c >= 232)
		return (8 + 10 * (uint32_t)(c - 232)) * 0x010101;
	c -= 16;
	return cube_level(c / 36) << 16 | cube_level(c / 6 % 6) << 8 | cube_level(c % 6);
}

static int channel(uint32_t rgb, int shift)
{
	return (int)(rgb >> shift & 0xff);
}

static int distance(uint32_t a, uint32_t b)
{
	int r = channel(a, 16) - channel(b, 16);
	int g = channel(a, 8) - channel(b, 8);
	int l = channel(a, 0) - channel(b, 0);
	return 3 * r * r + 4 * g * g + 2 * l * l; /* the eye's weights, roughly */
}

static int32_t nearest(uint32_t rgb, int32_t from, int32_t to)
{
	int32_t best = from;
	for (int32_t i = from; i < to; i++)
		if (distance(rgb, colour_rgb(i)) < distance(rgb, colour_rgb(best)))
			best = i;
	return best;
}

int32_t colour_degrade(int32_t c, int colours)
{
	if (c == COLOUR_DEFAULT || colours > 256)
		return c;
	if (colours >= 256)
		return c < COLOUR_RGB ? c : nearest(colour_rgb(c), 16, 256);
	if (c < (colours >= 16 ? 16 : 8))
		return c;
	if (colours >= 16)
		return nearest(colour_rgb(c), 0, 16);
	return c < 16 ? c - 8 : nearest(colour_rgb(c), 0, 8);
}

static double luminance(uint32_t rgb)
{
	static const double weights[] = {0.0722, 0.7152, 0.2126};
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		double v = channel(rgb, 8 * i) / 255.0;
		sum += weights[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
	}
	return sum;
}

double colour_contrast(uint32_t a, uint32_t b)
{
	double la = luminance(a), lb = luminance(b);
	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}
