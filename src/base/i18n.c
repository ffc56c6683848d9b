/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gettext ignores LANGUAGE in the "C" locale only, so "C.UTF-8", which every system has, is
 * enough to speak Vietnamese where no Vietnamese locale is installed. */
#include "base/i18n.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* --- the Vietnamese texts beside the chosen language ----------------------------------------
 */

#define MO_MAGIC 0x950412deu

/* gettext knows one language at a time: the catalogue's file as it is, sorted by its texts.  As
 * gettext's own state it is the process's. */
static struct {
	bool spoken; /* it is the chosen language: gettext has the file already */
	const char *data;
	size_t n;
	uint32_t count, texts, translations; /* offsets of two tables */
} vietnamese;

static uint32_t word_at(size_t at)
{
	uint32_t v;
	memcpy(&v, vietnamese.data + at, sizeof v);
	return v;
}

/* The i-th text of a table; "" where the file is not what it should be. */
static const char *text_at(uint32_t table, uint32_t i)
{
	uint32_t length = word_at(table + 8 * (size_t)i);
	size_t at = word_at(table + 8 * (size_t)i + 4);
	bool good = at < vietnamese.n && length < vietnamese.n - at &&
		    vietnamese.data[at + length] == '\0';
	return good ? vietnamese.data + at : "";
}

static void use_catalogue(const char *data, size_t n)
{
	vietnamese.data = data;
	vietnamese.n = n;
	vietnamese.count = word_at(8);
	vietnamese.texts = word_at(12);
	vietnamese.translations = word_at(16);
	uint64_t size = (uint64_t)vietnamese.count * 8;
	if (word_at(0) != MO_MAGIC || vietnamese.texts + size > n ||
	    vietnamese.translations + size > n)
		vietnamese.count = 0;
}

static void open_vietnamese(const char *locale_dir)
{
	char path[4096];
	struct stat st;
	snprintf(path, sizeof path, "%s/vi/LC_MESSAGES/ioc-console.mo", locale_dir);
	int fd = vietnamese.data ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	void *data = fstat(fd, &st) == 0 && st.st_size > 28
			     ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0)
			     : MAP_FAILED;
	close(fd);
	if (data != MAP_FAILED)
		use_catalogue(data, (size_t)st.st_size);
}

const char *i18n_vietnamese(const char *text)
{
	uint32_t low = 0, high = vietnamese.count;
	if (vietnamese.spoken)
		return gettext(text);
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(text, text_at(vietnamese.texts, middle));
		if (order == 0) {
			const char *found = text_at(vietnamese.translations, middle);
			return *found ? found : text;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return text;
}

int i18n_init(const char *language, const char *locale_dir)
{
	setlocale(LC_ALL, "");
	if (!is_utf8() || strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0 ||
	    strcmp(setlocale(LC_MESSAGES, NULL), "POSIX") == 0)
		setlocale(LC_ALL, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");
	if (language)
		setenv("LANGUAGE", language, 1);
	bindtextdomain("ioc-console", locale_dir);
	bind_textdomain_codeset("ioc-console", "UTF-8");
	textdomain("ioc-console");
	vietnamese.spoken = language && strcmp(language, "vi") == 0;
	if (language && !vietnamese.spoken)
		open_vietnamese(locale_dir);
	return is_utf8() ? 0 : -1;
}
