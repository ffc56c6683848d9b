# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	%D%/across.c %D%/across.h \
	%D%/among.c %D%/among.h \
	%D%/apart.c %D%/apart.h \
	%D%/here.c %D%/here.h \
	%D%/known.c %D%/known.h \
	%D%/asker.c %D%/asker.h \
	%D%/audit.c %D%/audit.h \
	%D%/builder.c %D%/builder.h \
	%D%/change_log.c \
	%D%/changes.c %D%/changes.h \
	%D%/changes_time.c \
	%D%/db.c %D%/db.h \
	%D%/due.c %D%/due.h \
	%D%/duplicates.c \
	%D%/feeds.c \
	%D%/escalation.c %D%/escalation.h \
	%D%/escalation_log.c \
	%D%/figures.c \
	%D%/forecast.c \
	%D%/groups.c %D%/groups.h \
	%D%/ingest.c %D%/ingest.h \
	%D%/journal.c %D%/journal.h \
	%D%/lineage.c %D%/lineage.h \
	%D%/listing.c %D%/listing.h \
	%D%/listing_newest.c %D%/listing_parts.h \
	%D%/listing_way.c \
	%D%/lookup.c \
	%D%/match_set.c %D%/match_set.h \
	%D%/names.c %D%/names.h \
	%D%/outbox.c %D%/outbox.h \
	%D%/outbox_json.c %D%/outbox_json.h \
	%D%/outbox_uuid.c \
	%D%/page.c \
	%D%/place.c %D%/place.h \
	%D%/purge.c %D%/purge.h \
	%D%/query.h \
	%D%/dispatch.c %D%/dispatch.h \
	%D%/routed.c %D%/routed.h \
	%D%/router.c %D%/router.h \
	%D%/router_codes.c %D%/router_parts.h \
	%D%/raw.c %D%/raw.h \
	%D%/row.c %D%/row.h \
	%D%/row_test.c %D%/row_test.h \
	%D%/row_writer.c %D%/row_writer.h \
	%D%/schema.c %D%/schema.h \
	%D%/settler.c %D%/settler.h \
	%D%/sources.c %D%/sources.h \
	%D%/sql.c %D%/sql.h \
	%D%/suggest.c %D%/suggest.h \
	%D%/terms.c %D%/terms.h \
	%D%/text_search.c %D%/text_search.h \
	%D%/unknown.c %D%/unknown.h \
	%D%/values.c %D%/values.h \
	%D%/walk.c %D%/zones.c %D%/zones.h
STORE_LIBS = libstore.a $(ROUTING_LIBS) $(SQLITE_LIBS) $(NETTLE_LIBS)
