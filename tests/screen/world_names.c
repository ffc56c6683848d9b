/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogues: a few wards, units, fields and a camera. */
#include "world.h"

#include <string.h>

#include "base/alloc.h"

/* clang-format off */
static const struct {
	const char *catalogue, *code, *name;
} names[] = {
	{"area", "03646", "Phường Tô Hiệu"}, {"area", "03650", "Phường Chiềng Sinh"},
	{"area", "03652", "Phường Chiềng Cơi"}, {"area", "03655", "Xã Chiềng An"},
	{"unit", "ca-phuong", "CA phường"}, {"unit", "qldt", "P. Quản lý đô thị"},
	{"unit", "ubnd-to-hieu", "UBND p. Tô Hiệu"},
	{"category", "trat-tu", "Trật tự đô thị"}, {"category", "giao-thong", "Giao thông"},
	{"category", "moi-truong", "Môi trường"}, {"category", "dat-dai", "Đất đai"},
	{"camera", "cam-07", "Ngã tư Quyết Thắng"},
};
/* clang-format on */

const char *world_name(void *context, const struct kind *catalogue, const char *code,
		       int64_t at)
{
	(void)context;
	(void)at;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i].catalogue, catalogue->id) == 0 &&
		    strcmp(names[i].code, code) == 0)
			return names[i].name;
	return NULL;
}

bool world_nth(void *context, const struct kind *catalogue, size_t n, struct name_entry *out)
{
	(void)context;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i].catalogue, catalogue->id) == 0 && n-- == 0) {
			*out = (struct name_entry){names[i].code, names[i].name, names[i].name,
						   INT64_MIN, INT64_MAX};
			return true;
		}
	return false;
}
