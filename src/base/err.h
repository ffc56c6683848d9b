/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors: a code that drives behaviour and a sentence for people. */
#ifndef IOC_BASE_ERR_H
#define IOC_BASE_ERR_H

enum err_code {
	ERR_NONE,
	ERR_USAGE,       /* the caller's words are wrong: arguments, filter, option */
	ERR_PARSE,       /* a file or an answer is malformed */
	ERR_IO,          /* the operating system refused */
	ERR_NOT_FOUND,   /* no such record, file, column */
	ERR_PERMISSION,  /* not allowed */
	ERR_BUSY,        /* locked by somebody else; trying again may help */
	ERR_CONFLICT,    /* the record changed meanwhile */
	ERR_NET,         /* no connection, time-out, broken answer */
	ERR_AUTH,        /* the credentials were refused */
	ERR_CORRUPT,     /* a database is damaged */
	ERR_LIMIT,       /* too large, too deep, too many */
	ERR_CANCELLED,   /* interrupted by a newer request or by the user */
	ERR_UNSUPPORTED, /* understood, but this build or source can't do it */
};

/* Lives wherever the caller puts it; start with ERR_INIT.  `text` is one sentence without a
 * final full stop, ready to be shown; it says what failed, where, and what to do. */
struct err {
	enum err_code code;
	char text[640];
};

#define ERR_INIT                                                                               \
	{                                                                                      \
		ERR_NONE, ""                                                                   \
	}

/* Fills *e (which may be NULL: the text is dropped) and returns -1, so that callers can write
 * `return err_set(e, …)`. */
int err_set(struct err *e, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* As err_set, and appends ": " and the words of errno. */
int err_errno(struct err *e, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "context: " in front of the text that is there.  Returns -1. */
int err_prefix(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The code's name in lower case ("not-found"), for logs and JSON.  Static storage. */
const char *err_code_name(enum err_code code);
/* The code of that name; ERR_IO for a name that is none. */
enum err_code err_code_parse(const char *name);

#endif
