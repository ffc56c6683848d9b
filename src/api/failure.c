/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/failure.h"

#include <string.h>

#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "model/kind.h"
#include "text/clean.h"

/* Texts that this program knows of; the first row whose range holds the status counts. */
static const struct {
	long from, to;
	enum err_code code;
	const char *what;
} statuses[] = {
	{300, 399, ERR_NET, N_("the server points elsewhere, and that is not followed")},
	{400, 400, ERR_PARSE, N_("the server does not understand the request")},
	{401, 401, ERR_AUTH, N_("the server refuses the credentials")},
	{403, 403, ERR_PERMISSION,
	 N_("the server does not allow it: ask for the right to read")},
	{404, 404, ERR_NOT_FOUND, N_("the server knows no such address: check base_url")},
	{407, 407, ERR_AUTH, N_("the proxy wants credentials")},
	{408, 408, ERR_NET, N_("the server gave up waiting")},
	{410, 410, ERR_NOT_FOUND, N_("the server no longer knows how far we were")},
	{429, 429, ERR_BUSY, N_("the server asks to come more slowly")},
	{400, 499, ERR_PARSE, N_("the server refuses the request")},
	{503, 503, ERR_BUSY, N_("the server is not available")},
	{500, 599, ERR_NET, N_("the server has an error of its own")},
	{0, 999, ERR_NET, N_("the server gave an answer that is none")},
};

int failure_set(struct failure *f, enum err_code code, const char *what, const char *detail)
{
	*f = (struct failure){.code = code, .what = what, .retry_after = -1};
	utf8_copy(f->detail, sizeof f->detail, detail ? detail : "");
	return -1;
}

bool failure_from_status(struct failure *f, long status)
{
	if ((status >= 200 && status <= 299) || status == 304)
		return false;
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
		if (status >= statuses[i].from && status <= statuses[i].to) {
			failure_set(f, statuses[i].code, statuses[i].what, NULL);
			break;
		}
	f->status = f->meant = status;
	return true;
}

void failure_text(const struct failure *f, bool translated, char *buf, size_t size)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, translated ? _(f->what) : f->what);
	if (f->status && f->status != 200)
		strbuf_addf(&b, " (HTTP %ld)", f->status);
	if (translated && f->known) {
		strbuf_addf(&b, ": %s", _(f->known));
		strbuf_adds(&b, f->about[0] ? " (" : "");
		clean_append(&b, f->about, strlen(f->about), 0);
		strbuf_adds(&b, f->about[0] ? ")" : "");
	} else if (f->detail[0]) {
		strbuf_adds(&b, ": ");
		clean_append(&b, f->detail, strlen(f->detail), 0);
	}
	utf8_copy(buf, size, b.s);
	strbuf_free(&b);
}
