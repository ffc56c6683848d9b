/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tables of queues have in common.  The first columns are those of every queue, whose
 * titles differ between kinds. */
#ifndef IOC_MODEL_STANDARD_COLUMNS_H
#define IOC_MODEL_STANDARD_COLUMNS_H

#include "model/kind.h"

/* Codes of the clocks that can run, in the order of enum clock_kind (deadline/rulebook.h). */
extern const struct choice deadline_clocks[];
/* How an ended clock ended: early, ontime, late. */
extern const struct choice deadline_verdicts[];

/* clang-format off */
#define STANDARD_COLUMNS(title_title, created_title, area_keep, unit_keep, category_ref, category_title, channel_choices) \
	{.id = "code", .title = N_("Code"), .flags = COLUMN_SEARCHED | COLUMN_SORTED | COLUMN_INDEXED | COLUMN_TAIL, .min = 8, .width = 12, .keep = 1, .alias = "ma"}, \
	{.id = "title", .title = title_title, .personal = PERSONAL_TEXT, .flags = COLUMN_SEARCHED | COLUMN_SORTED, .min = 12, .width = 40, .keep = 1, .grows = true, .alias = "noidung,tieude"}, \
	{.id = "state", .title = N_("State"), .type = COLUMN_STATE, .flags = COLUMN_SORTED, .min = 12, .width = 17, .keep = 2, .alias = "trangthai,tt"}, \
	{.id = "src_state", .title = N_("State at the source"), .width = 14, .min = 6, .alias = "ttgoc"}, \
	{.id = "created_at", .title = created_title, .type = COLUMN_TIME, .flags = COLUMN_SORTED | COLUMN_INDEXED, .min = 11, .width = 11, .keep = 7, .alias = "tao,gui,nhan,luc"}, \
	{.id = "updated_at", .title = N_("Updated"), .type = COLUMN_TIME, .flags = COLUMN_SORTED | COLUMN_INDEXED, .min = 11, .width = 11, .alias = "capnhat"}, \
	{.id = "due_at", .title = N_("Due"), .type = COLUMN_DEADLINE, .flags = COLUMN_SORTED | COLUMN_INDEXED, .min = 14, .width = 16, .keep = 1, .alias = "han"}, \
	{.id = "closed_at", .title = N_("Closed"), .type = COLUMN_TIME, .flags = COLUMN_SORTED, .min = 11, .width = 11, .alias = "xong,dong"}, \
	{.id = "area", .title = N_("Area"), .type = COLUMN_REF, .ref = "area", .flags = COLUMN_SORTED, .min = 10, .width = 14, .keep = area_keep, .alias = "diaban,phuong,xa"}, \
	{.id = "unit", .title = N_("Unit"), .type = COLUMN_REF, .ref = "unit", .flags = COLUMN_SORTED, .min = 10, .width = 19, .keep = unit_keep, .alias = "donvi,dv"}, \
	{.id = "category", .title = category_title, .type = COLUMN_REF, .ref = category_ref, .flags = COLUMN_SORTED, .min = 10, .width = 20, .keep = 5, .alias = "linhvuc,lv,loai"}, \
	{.id = "severity", .title = N_("Severity"), .type = COLUMN_INTEGER, .flags = COLUMN_SORTED, .min = 2, .width = 3, .right = true, .alias = "mucdo"}, \
	{.id = "channel", .title = N_("Channel"), .type = COLUMN_CHOICE, .choices = channel_choices, .flags = COLUMN_SORTED, .min = 6, .width = 12, .alias = "kenh"}, \
	{.id = "lat", .title = N_("Latitude"), .type = COLUMN_REAL, .min = 8, .width = 9, .right = true, .alias = "vido"}, \
	{.id = "lon", .title = N_("Longitude"), .type = COLUMN_REAL, .min = 8, .width = 9, .right = true, .alias = "kinhdo"}, \
	{.id = "address", .title = N_("Address"), .personal = PERSONAL_ADDRESS, .flags = COLUMN_SEARCHED, .min = 10, .width = 30, .alias = "diachi"}, \
	{.id = "body", .title = N_("Text"), .personal = PERSONAL_TEXT, .flags = COLUMN_SEARCHED | COLUMN_LONG, .alias = "toanvan"}, \
	{.id = "due_src", .title = N_("Due by the source"), .type = COLUMN_TIME, .flags = COLUMN_COMPUTED, .min = 11, .width = 11, .alias = "hennguon,hantheonguon"}, \
	{.id = "due_calc", .title = N_("Due by the rules"), .type = COLUMN_TIME, .flags = COLUMN_COMPUTED, .min = 11, .width = 11, .alias = "hantinh"}, \
	{.id = "soon_at", .title = N_("Due soon from"), .type = COLUMN_TIME, .flags = COLUMN_COMPUTED, .min = 11, .width = 11, .alias = "sapden"}, \
	{.id = "clock", .title = N_("Clock"), .type = COLUMN_CHOICE, .choices = deadline_clocks, .flags = COLUMN_COMPUTED, .min = 8, .width = 12, .alias = "dongho"}, \
	{.id = "paused_at", .title = N_("Paused since"), .type = COLUMN_TIME, .flags = COLUMN_COMPUTED, .min = 11, .width = 11, .alias = "dungtu"}, \
	{.id = "left_s", .title = N_("Left when paused"), .type = COLUMN_DURATION, .flags = COLUMN_COMPUTED, .min = 6, .width = 8, .right = true, .alias = "conlai"}, \
	{.id = "verdict", .title = N_("Kept its deadline"), .type = COLUMN_CHOICE, .choices = deadline_verdicts, .flags = COLUMN_COMPUTED, .min = 8, .width = 10, .alias = "ketquahan"}, \
	{.id = "rule", .title = N_("Rule"), .flags = COLUMN_COMPUTED, .min = 10, .width = 24, .alias = "quytac"}

/* Columns that several kinds have. */
#define OFFICER_COLUMN \
	{.id = "officer", .title = N_("Officer"), .flags = COLUMN_STAFF, .min = 8, .width = 16, .alias = "canbo,assignee,phutrach"}
#define EXTENDED_COLUMN \
	{.id = "extended_count", .title = N_("Extended"), .type = COLUMN_INTEGER, .min = 3, .width = 4, .right = true, .alias = "giahan"}
#define RATING_COLUMN \
	{.id = "rating", .title = N_("Rating"), .type = COLUMN_INTEGER, .flags = COLUMN_SORTED, .min = 3, .width = 4, .right = true, .alias = "danhgia"}
#define RESTRICTED_COLUMN \
	{.id = "restricted", .title = N_("Restricted"), .type = COLUMN_FLAG, .min = 4, .width = 6, .alias = "hanche"}
#define CASE_COLUMN \
	{.id = "case_id", .title = N_("Complaint"), .min = 8, .width = 12, .alias = "phananh"}
#define REASON_COLUMN(reasons) \
	{.id = "reason", .title = N_("Reason"), .type = COLUMN_CHOICE, .choices = reasons, .min = 8, .width = 14, .alias = "lydo"}

/* What every kind with deadlines is asked for. */
#define DEADLINE_PREDICATES \
	{"late", N_("late"), "is:open due_at<now"}, \
	{"soon", N_("due soon"), "is:open soon_at<=now due_at>=now"}
/* clang-format on */

#endif
