# SPDX-License-Identifier: GPL-3.0-or-later
# The library is apart from main so that unit tests reach every part.
noinst_LIBRARIES += libgateway.a
libgateway_a_CFLAGS = $(AM_CFLAGS) $(MICROHTTPD_CFLAGS) $(ZLIB_CFLAGS)
libgateway_a_SOURCES = \
	%D%/about.c \
	%D%/act.c %D%/act.h \
	%D%/act_fields.c \
	%D%/act_special.c \
	%D%/act_words.c \
	%D%/action.c \
	%D%/answer.c %D%/answer.h \
	%D%/attachments.c \
	%D%/auth.c %D%/auth.h \
	%D%/backend.h \
	%D%/backend_action.c \
	%D%/backend_open.c \
	%D%/backend_read.c \
	%D%/backend_schema.h \
	%D%/backend_sqlite.h \
	%D%/backend_write.c \
	%D%/bulk.c %D%/bulk.h \
	%D%/compress.c %D%/compress.h \
	%D%/cursor.c %D%/cursor.h \
	%D%/demo.c %D%/demo.h \
	%D%/demo_live.c %D%/demo_live.h \
	%D%/draft.c %D%/draft.h %D%/draft_parts.h \
	%D%/draft_store.c \
	%D%/etag.c %D%/etag.h \
	%D%/exchange.c %D%/exchange.h \
	%D%/feed.c \
	%D%/gateway.h \
	%D%/handlers.h \
	%D%/head.c %D%/head.h \
	%D%/hub.c %D%/hub.h \
	%D%/ingest.c \
	%D%/load.c %D%/load.h \
	%D%/loop.c %D%/loop.h \
	%D%/metrics.c %D%/metrics.h \
	%D%/once.c %D%/once.h \
	%D%/options.c %D%/options.h \
	%D%/peers.c %D%/peers.h \
	%D%/problem.c %D%/problem.h \
	%D%/request.c %D%/request.h \
	%D%/ring.c %D%/ring.h \
	%D%/routes.c %D%/routes.h \
	%D%/scan.c %D%/scan.h \
	%D%/server.c %D%/server.h \
	%D%/stream.c \
	%D%/uri.c %D%/uri.h
GATEWAY_LIBS = libgateway.a $(DEMO_LIBS) $(SQLITE_LIBS) $(MICROHTTPD_LIBS) $(ZLIB_LIBS)

sbin_PROGRAMS += ioc-gateway
ioc_gateway_SOURCES = %D%/main.c
ioc_gateway_LDADD = $(GATEWAY_LIBS)
