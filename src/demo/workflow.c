/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/workflow.h"

#include "model/kinds.h"

/* clang-format off */
const struct move complaint_moves[COMPLAINT_MOVES] = {
	[COMPLAINT_RECEIVE]  = {"MOI", "XAC_MINH", "Tiếp nhận", "receive", WHO_STAFF, 40, 3},
	[COMPLAINT_ASK]	     = {"XAC_MINH", "CHO_BS", "Yêu cầu bổ sung", "ask-more", WHO_STAFF, 4, 3},
	[COMPLAINT_GIVEN]    = {"CHO_BS", "XAC_MINH", "Bổ sung thông tin", "more-given", WHO_CITIZEN, 16, 9},
	[COMPLAINT_EXPIRE]   = {"CHO_BS", "TU_CHOI", "Không tiếp nhận", "reject", WHO_STAFF, 1, 9},
	[COMPLAINT_REJECT]   = {"XAC_MINH", "TU_CHOI", "Không tiếp nhận", "reject", WHO_STAFF, 2, 4},
	[COMPLAINT_REFER]    = {"XAC_MINH", "CHUYEN_CAP", "Chuyển cấp trên", "refer", WHO_STAFF, 1, 5},
	[COMPLAINT_ASSIGN]   = {"XAC_MINH", "DA_CHUYEN", "Chuyển xử lý", "assign", WHO_STAFF, 40, 3},
	[COMPLAINT_RETURN]   = {"DA_CHUYEN", "XAC_MINH", "Trả lại", "return", WHO_OFFICER, 2, 6},
	[COMPLAINT_TAKE]     = {"DA_CHUYEN", "DANG_XL", "Nhận việc", "take", WHO_OFFICER, 36, 8},
	[COMPLAINT_PROGRESS] = {"DANG_XL", NULL, "Cập nhật tiến độ", "progress", WHO_OFFICER, 5, 14},
	[COMPLAINT_EXTEND]   = {"DANG_XL", NULL, "Gia hạn", "extend", WHO_LEADER, 0, 8},
	[COMPLAINT_SUBMIT]   = {"DANG_XL", "CHO_DUYET", "Gửi kết quả", "submit", WHO_OFFICER, 12, 18},
	[COMPLAINT_REFUSE]   = {"CHO_DUYET", "DANG_XL", "Không duyệt", "refuse", WHO_LEADER, 2, 5},
	[COMPLAINT_APPROVE]  = {"CHO_DUYET", "DA_XL", "Phê duyệt kết quả", "approve", WHO_LEADER, 26, 5},
	[COMPLAINT_TELL]     = {"DA_XL", "CHO_DAN", "Báo người dân", "tell", WHO_STAFF, 18, 2},
	[COMPLAINT_CONFIRM]  = {"CHO_DAN", "DONG", "Người dân xác nhận", "confirm", WHO_CITIZEN, 10, 10},
	[COMPLAINT_PUBLISH]  = {"DA_XL", "DONG", "Công khai kết quả", "close", WHO_STAFF, 2, 6},
	[COMPLAINT_REOPEN]   = {"CHO_DAN", "DANG_XL", "Mở lại", "reopen", WHO_CITIZEN, 1, 10},
};

const struct move dossier_moves[DOSSIER_MOVES] = {
	[DOSSIER_RECEIVE]    = {"1", "2", "Tiếp nhận hồ sơ", "receive", WHO_OFFICER, 30, 3},
	[DOSSIER_REFUSE]     = {"1", "3", "Từ chối tiếp nhận", "refused", WHO_OFFICER, 1, 3},
	[DOSSIER_PROCESS]    = {"2", "4", "Chuyển xử lý", "process", WHO_OFFICER, 30, 4},
	[DOSSIER_SUPPLEMENT] = {"4", "5", "Yêu cầu bổ sung", "supplement", WHO_OFFICER, 1, 8},
	[DOSSIER_SUPPLIED]   = {"5", "4", "Đã bổ sung", "supplied", WHO_CITIZEN, 8, 8},
	[DOSSIER_CHARGE]     = {"4", "6", "Yêu cầu nghĩa vụ tài chính", "payment", WHO_OFFICER, 1, 6},
	[DOSSIER_PAID]	     = {"6", "4", "Đã nộp phí", "paid", WHO_CITIZEN, 10, 5},
	[DOSSIER_SIGN]	     = {"4", NULL, "Trình ký", "sign", WHO_OFFICER, 2, 12},
	[DOSSIER_SORRY]	     = {"4", NULL, "Xin lỗi, hẹn lại", "sorry", WHO_LEADER, 0, 6},
	[DOSSIER_DONE]	     = {"4", "9", "Hoàn thành xử lý", "done", WHO_LEADER, 12, 6},
	[DOSSIER_HAND]	     = {"9", "10", "Trả kết quả", "handed", WHO_OFFICER, 10, 6},
	[DOSSIER_WITHDRAW]   = {"4", "7", "Rút hồ sơ", "withdrawn", WHO_CITIZEN, 0, 6},
	[DOSSIER_STOP]	     = {"4", "8", "Dừng xử lý", "stopped", WHO_LEADER, 0, 10},
};

const struct move alert_moves[ALERT_MOVES] = {
	[ALERT_CONFIRM] = {"MOI", "DA_XN", "Xác nhận", NULL, WHO_STAFF, 20, 1},
	[ALERT_DISMISS] = {"MOI", "BO_QUA", "Bỏ qua", NULL, WHO_STAFF, 6, 1},
	[ALERT_FORWARD] = {"DA_XN", "DA_CHUYEN", "Chuyển xử lý", "forward", WHO_STAFF, 20, 2},
	[ALERT_CLOSE]	= {"DA_CHUYEN", "DONG", "Đóng", "close", WHO_STAFF, 12, 8},
};

const struct move call_moves[CALL_MOVES] = {
	[CALL_BACK] = {"chuyen_tdv_nho", "da_goi_lai", "Gọi lại", "call-back", WHO_STAFF, 10, 1},
};
/* clang-format on */

const struct move *workflow_moves(const struct kind *k, size_t *count)
{
	static const struct {
		const struct kind *kind;
		const struct move *moves;
		size_t count;
	} all[] = {
		{&kind_complaint, complaint_moves, COMPLAINT_MOVES},
		{&kind_dossier, dossier_moves, DOSSIER_MOVES},
		{&kind_alert, alert_moves, ALERT_MOVES},
		{&kind_call, call_moves, CALL_MOVES},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].kind == k) {
			*count = all[i].count;
			return all[i].moves;
		}
	*count = 0;
	return NULL;
}
