/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log: one line an event, safe to read in a terminal whatever the data was. */
#ifndef IOC_BASE_LOG_H
#define IOC_BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* Appends to this file (created 0600); NULL or "-" is standard error.  Returns 0, or -1 with
 * errno set and the sink unchanged. */
int log_open(const char *path);
void log_close(void);
void log_set_level(enum log_level level);
/* The level named by "error", "warn", "info", "debug"; -1 where it is none of them. */
int log_level_parse(const char *name);

/* Control bytes and broken UTF-8 in the text are written as \xNN.  Any thread. */
void log_write(enum log_level level, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#define log_error(...) log_write(LOG_ERROR, __VA_ARGS__)
#define log_warn(...) log_write(LOG_WARN, __VA_ARGS__)
#define log_info(...) log_write(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_write(LOG_DEBUG, __VA_ARGS__)

#endif
