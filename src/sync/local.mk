# SPDX-License-Identifier: GPL-3.0-or-later
# Everything but main is a library, so that tests can link it.
noinst_LIBRARIES += libsync.a
libsync_a_SOURCES = \
	%D%/backoff.c %D%/backoff.h \
	%D%/check.c %D%/check.h \
	%D%/delivery.c %D%/delivery.h \
	%D%/desk.c %D%/desk.h \
	%D%/engine.c %D%/engine.h %D%/engine_parts.h \
	%D%/engine_commands.c \
	%D%/engine_results.c \
	%D%/feed.c %D%/feed.h \
	%D%/id_set.c %D%/id_set.h \
	%D%/hold.c %D%/hold.h \
	%D%/job.c %D%/job.h \
	%D%/lease.c %D%/lease.h \
	%D%/notify.c %D%/notify.h \
	%D%/opening.c %D%/opening.h \
	%D%/outbox_job.c %D%/outbox_job.h \
	%D%/pass.c %D%/pass.h \
	%D%/plan.c %D%/plan.h \
	%D%/remap.c %D%/remap.h \
	%D%/remap_item.c %D%/remap_item.h \
	%D%/runner.c %D%/runner.h %D%/runner_parts.h \
	%D%/runner_refetch.c \
	%D%/runner_stream.c \
	%D%/server.c %D%/server.h \
	%D%/watch.c %D%/watch.h \
	%D%/writer.c %D%/writer.h %D%/writer_parts.h \
	%D%/writer_journal.c \
	%D%/writer_records.c
SYNC_LIBS = libsync.a $(API_LIBS)

pkglibexec_PROGRAMS += ioc-sync
ioc_sync_SOURCES = %D%/main.c
ioc_sync_LDADD = $(AUTHOR_LIBS) $(SYNC_LIBS)
