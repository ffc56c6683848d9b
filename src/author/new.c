/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc connector new: a start to fill in, whose comments say what each part is for. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "author/parts.h"
#include "base/alloc.h"
#include "base/i18n.h"

#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

/* One text, so that translators see all of it.  %s: the name. */
static const char start[] = N_(
	"# How the API of %s is asked, and how its answers become records.\n"
	"# All keys: ioc-connector(5). Columns and states: ioc help kinds.\n"
	"# Check it: ioc connector check %s    Try it: ioc connector try %s\n"
	"title: %s\n"
	"\n"
	"# Where the API is. A source in config.yaml may say another address.\n"
	"base_url: https://api.example.vn/v1\n"
	"\n"
	"# How we prove who we are. The secret itself stands in a file that the source names:\n"
	"#   token_file: /etc/ioc/%s.key\n"
	"auth:\n"
	"  - {method: header, name: X-API-Key}\n"
	"  # - {method: bearer}\n"
	"  # - {method: none}\n"
	"\n"
	"# How often the server is asked.\n"
	"interval: 1m\n"
	"\n"
	"resources:\n"
	"  - kind: complaint            # complaint, dossier, call, alert, or a catalogue\n"
	"    request:\n"
	"      path: /reports\n"
	"      # \\(.name) puts a value in: .page, .limit, .settings.city …\n"
	"      query: {page: \\(.page), size: \\(.limit)}\n"
	"    # An error inside HTTP 200 is told by these:\n"
	"    # ok: .error.code == 200\n"
	"    # error: .error.message\n"
	"    items: .data               # where the list of records is in the answer\n"
	"    # total: .total            # how many there are in all\n"
	"    paging: page               # none, page, offset, cursor, next, link, keyset\n"
	"    page_size: 100\n"
	"    # From one item of the list to one record, in the language of jq.\n"
	"    map: |\n"
	"      {\n"
	"        id,\n"
	"        code: .id,\n"
	"        title: .title,\n"
	"        body: .content,\n"
	"        state: .status,\n"
	"        created_at: .createdAt,\n"
	"        updated_at: .updatedAt,\n"
	"        due_at: .deadline,\n"
	"        lat: .lat,\n"
	"        lon: .lng,\n"
	"        address: .address\n"
	"      }\n"
	"    # The vendor's word on the left, our code on the right. A word that is not here\n"
	"    # stays as it is, is shown with a mark and counted.\n"
	"    values:\n"
	"      state: {map: {new: MOI, assigned: DA_CHUYEN, in_progress: DANG_XL, done: "
	"DONG}}\n"
	"    # times: [dd/MM/yyyy HH:mm]   # how times are written, where not as RFC 3339\n");

static int write_text(int fd, const char *text)
{
	for (size_t n = strlen(text); n;) {
		ssize_t sent = write(fd, text, n);
		if (sent < 0)
			return -1;
		text += sent;
		n -= (size_t)sent;
	}
	return 0;
}

static int write_new(const struct author *a, const char *name, const char *text, struct err *e)
{
	char *folder = xasprintf("%s/sources", a->paths->config_dir);
	char *file = xasprintf("%s/%s.yaml", folder, name);
	mkdir(folder, 0700);
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600), rc = 0;
	if (fd < 0 && errno == EEXIST)
		rc = err_set(e, ERR_USAGE, _("%s is there already; nothing was written"), file);
	else if (fd < 0 || write_text(fd, text) < 0)
		rc = err_errno(e, ERR_IO, _("can't write %s"), file);
	else
		printf("%s\n", file);
	if (fd >= 0)
		close(fd);
	free(file);
	free(folder);
	return rc;
}

int author_new(const struct author *a)
{
	struct err e = ERR_INIT;
	const char *name = author_word(a, 0), *n = name ? name : "my-province";
	if (strspn(n, NAME_LETTERS) != strlen(n) || !*n || strlen(n) > 63) {
		err_set(&e, ERR_USAGE, _("a name has letters, digits, - and _, at most 63"));
		return author_fail(&e);
	}
	char *text = xasprintf(_(start), n, n, n, n, n);
	int code = AUTHOR_GOOD;
	if (!name)
		fputs(text, stdout);
	else if (write_new(a, name, text, &e) < 0)
		code = author_fail(&e);
	free(text);
	return code;
}
