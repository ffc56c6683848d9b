/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masks hide what tells who somebody is. */
#include "unit.h"

#include <string.h>

#include "text/mask.h"

typedef void mask(struct strbuf *, const char *, size_t);

static void expect(mask *how, const char *in, const char *wanted)
{
	struct strbuf out = STRBUF_INIT;
	strbuf_adds(&out, "|");
	how(&out, in, strlen(in));
	assert_string_equal(out.s + 1, wanted);
	strbuf_free(&out);
}

static void names_keep_the_family_name_and_initials(void **state)
{
	(void)state;
	expect(mask_name, "Nguyễn Văn An", "Nguyễn V. A.");
	expect(mask_name, "Nguyễn Thị Minh Khai", "Nguyễn T. M. K.");
	expect(mask_name, "  ĐỖ  VĂN ĐỨC ", "ĐỖ V. Đ.");
	expect(mask_name, "Giàng A\u0301 Páo", "Giàng A\u0301. P.");
	expect(mask_name, "Páo", "P***");
	expect(mask_name, "", "");
	expect(mask_name, "  ", "");
}

static void phones_keep_two_digits_and_four(void **state)
{
	(void)state;
	expect(mask_phone, "0912340000", "09****0000");
	expect(mask_phone, "0912 34.00-00", "09****0000");
	expect(mask_phone, "+84912340000", "09****0000");
	expect(mask_phone, "02123850000", "02*****0000");
	expect(mask_phone, "1022", "****");
	expect(mask_phone, "chị Lan", "***");
	expect(mask_phone, "", "");
}

static void plates_lose_the_last_two_digits(void **state)
{
	(void)state;
	expect(mask_plate, "26A-123.45", "26A-123.**");
	expect(mask_plate, "26A-1234", "26A-12**");
	expect(mask_plate, "80NG 123 45", "80NG 123 **");
	expect(mask_plate, "12", "***");
	expect(mask_plate, "", "");
}

static void addresses_are_public_from_the_street_on(void **state)
{
	(void)state;
	expect(mask_address, "Số 12 ngõ 308, đường Chu Văn Thịnh, Chiềng Lề",
	       "***, đường Chu Văn Thịnh, Chiềng Lề");
	expect(mask_address, "Số 12 ngõ 308 đường Chu Văn Thịnh, Chiềng Lề",
	       "*** đường Chu Văn Thịnh, Chiềng Lề");
	expect(mask_address, "so 12 duong To Hieu", "*** duong To Hieu");
	expect(mask_address, "Tổ 3, phường Tô Hiệu", "Tổ 3, phường Tô Hiệu");
	expect(mask_address, "Ngã tư Quyết Thắng", "Ngã tư Quyết Thắng");
	expect(mask_address, "Trường THCS Tô Hiệu", "Trường THCS Tô Hiệu");
	expect(mask_address, "SN 158 đường Lý Tự Trọng", "*** đường Lý Tự Trọng");
	expect(mask_address, "SN58, phố Xuân Thủy", "***, phố Xuân Thủy");
	expect(mask_address, "số7 ngõ 3", "***");
	expect(mask_address, "Tổ 3, số nhà 12", "Tổ 3, ***");
	expect(mask_address, "123", "***");
	expect(mask_address, "", "");
}

static void numbers_in_free_text_are_hidden(void **state)
{
	(void)state;
	expect(mask_text, "Gọi 0912340000 nhé", "Gọi 09****0000 nhé");
	expect(mask_text, "SĐT0912340000", "SĐT09****0000");
	expect(mask_text, "0912 340 000, 0912.340.000", "09****0000, 09****0000");
	expect(mask_text, "+84 912 340 000.", "09****0000.");
	expect(mask_text, "CCCD 014099001234", "CCCD *********234");
	expect(mask_text, "CMND 050123456", "CMND ******456");
	expect(mask_text, "tổ 3 0912340000", "tổ 3 09****0000");
	expect(mask_text, "0912340000 0912340001", "09****0000 09****0001");
	expect(mask_text, "Xe 26A-123.45 vượt đèn đỏ", "Xe 26A-123.** vượt đèn đỏ");
	expect(mask_text, "26B1 123.45, 30K86410.", "26B1 123.**, 30K864**.");
	expect(mask_text, "29A-1234", "29A-12**");
}

static void other_numbers_in_free_text_stay(void **state)
{
	(void)state;
	static const char *const same[] = {"PA-00423 lúc 19:42 21/11/2026",
					   "150.000.000 đồng",
					   "1234567890123",
					   "rộng 9 m, dài 12345678 m",
					   "+",
					   "",
					   "0",
					   "0 1 2 3",
					   "H49.123-260512-0001"};
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		expect(mask_text, same[i], same[i]);
	expect(mask_text, "H52.21-261116-0012, 12A, 26A-12", "H52.21-261116-0012, 12A, 26A-12");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_keep_the_family_name_and_initials),
		cmocka_unit_test(phones_keep_two_digits_and_four),
		cmocka_unit_test(plates_lose_the_last_two_digits),
		cmocka_unit_test(addresses_are_public_from_the_street_on),
		cmocka_unit_test(numbers_in_free_text_are_hidden),
		cmocka_unit_test(other_numbers_in_free_text_stay),
	};
	return cmocka_run_group_tests_name("mask", tests, NULL, NULL);
}
