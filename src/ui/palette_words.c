/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people call things where neither the name nor the help text says it. */
#include <stddef.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/palette.h"

/* In both languages, whatever that of the screen is. */
static const struct {
	const char *command, *words;
} table[] = {
	/* clang-format off */
	{"quit", "thoát đóng tắt kết thúc exit close leave end"},
	{"back", "quay lại trở về return close"},
	{"help", "trợ giúp hướng dẫn phím tắt keys shortcuts manual"},
	{"palette", "bảng lệnh tìm lệnh find command menu"},
	{"filter", "lọc tìm điều kiện find where query"},
	{"search", "tìm kiếm từ khóa find look grep"},
	{"find", "tìm kiếm mọi hàng đợi everywhere global"},
	{"goto", "nhảy tới mã tìm hồ sơ jump code line"},
	{"act", "xử lý thao tác làm gì hành động action menu"},
	{"do", "thực hiện ngay run action"},
	{"undo", "hoàn tác rút lại hủy revert cancel"},
	{"repeat", "làm lại lặp again"},
	{"outbox", "hộp thư đi đã gửi chưa gửi chờ gửi sent pending queue"},
	{"duplicates", "trùng lặp giống nhau gộp same merge"},
	{"explain", "vì sao tại sao hạn tính hạn why deadline"},
	{"forecast", "dự báo nguy cơ trễ risk predict"},
	{"due", "đến hạn trễ hạn quá hạn late overdue deadline"},
	{"overview", "tổng quan trang đầu dashboard home"},
	{"sources", "nguồn kết nối trạng thái connection status"},
	{"sync", "đồng bộ cập nhật tải lại làm mới refresh reload update fetch"},
	{"take-new", "mới về nhận dòng mới refresh show"},
	{"redraw", "vẽ lại màn hình refresh repaint"},
	{"theme", "giao diện màu sắc sáng tối colours dark light"},
	{"mouse", "chuột click"},
	{"columns", "cột hiển thị fields"},
	{"sort", "sắp xếp thứ tự order"},
	{"reverse", "đảo ngược thứ tự order"},
	{"mark", "đánh dấu chọn tick select check"},
	{"mark-all", "chọn hết đánh dấu tất cả select everything"},
	{"unmark-all", "bỏ chọn hết deselect none"},
	{"copy", "sao chép chép mã clipboard yank"},
	{"dump", "lưu màn hình chụp xuất screenshot save print export"},
	{"view", "chế độ xem bộ lọc đã lưu saved tab"},
	{"view-save", "lưu bộ lọc store filter"},
	{"layout", "bố cục chia đôi màn hình split side"},
	{"related", "liên quan liên kết link"},
	{"alias", "bí danh lệnh tắt macro shortcut"},
	{"bind", "gán phím đổi phím macro shortcut key"},
	{"source", "chạy tệp kịch bản script macro load"},
	{"suspend", "tạm dừng về shell ctrl-z"},
	{"new", "thêm tạo nhập mới phản ánh create add"},
	/* clang-format on */
};

const char *palette_synonyms(const char *command)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (strcmp(table[i].command, command) == 0)
			return table[i].words;
	return "";
}

const char *palette_synonym_of(size_t n)
{
	return n < ARRAY_LEN(table) ? table[n].command : NULL;
}
