# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libapi.a
libapi_a_SOURCES = \
	%D%/act.c %D%/act.h %D%/act_judge.c %D%/act_parts.h %D%/act_record.c %D%/act_record.h \
	%D%/act_spec.c %D%/act_spec.h \
	%D%/answer.c %D%/answer.h \
	%D%/ask.c %D%/ask.h \
	%D%/auth.c %D%/auth.h %D%/auth_parts.h %D%/auth_token.c \
	%D%/auth_spec.c %D%/auth_spec.h \
	%D%/chunks.c %D%/chunks.h \
	%D%/charset.c %D%/charset.h \
	%D%/connector.c %D%/connector.h \
	%D%/convert.c %D%/convert.h \
	%D%/csv.c %D%/csv.h \
	%D%/envelope.c %D%/envelope.h \
	%D%/detail.c %D%/detail.h \
	%D%/failure.c %D%/failure.h \
	%D%/feed_spec.c %D%/feed_spec.h \
	%D%/fetch.c %D%/fetch.h \
	%D%/folder.c %D%/folder.h \
	%D%/format.c %D%/format.h %D%/format_spec.c \
	%D%/jqcall.c %D%/jqcall.h %D%/jqcall_list.c %D%/jqcall_time.c \
	%D%/jqfilter.c %D%/jqfilter.h \
	%D%/haul.h \
	%D%/http.c %D%/http.h %D%/http_answer.c %D%/http_order.c %D%/http_parts.h \
	%D%/http_tap.c %D%/http_tap.h \
	%D%/http_gate.c %D%/http_gate.h \
	%D%/htmltext.c %D%/htmltext.h \
	%D%/jqmap.c %D%/jqmap.h \
	%D%/jqindex.c %D%/jqindex.h \
	%D%/jqplain.c %D%/jqplain.h \
	%D%/jqregex.c %D%/jqregex.h \
	%D%/jqrun.c %D%/jqrun.h %D%/jqrun_parts.h \
	%D%/jqrun_many.c %D%/jqrun_place.c \
	%D%/jqshape.c %D%/jqshape.h \
	%D%/jqtape.c %D%/jqtape.h \
	%D%/jqtoken.c \
	%D%/jqtree.c %D%/jqtree.h %D%/jqtree_parts.h \
	%D%/jqtree_make.c %D%/jqtree_name.c %D%/jqtree_term.c \
	%D%/jqvalue.c %D%/jqvalue.h \
	%D%/jqwords.c %D%/jqwords.h \
	%D%/limit_spec.c %D%/limit_spec.h \
	%D%/live.c %D%/live.h \
	%D%/live_event.c %D%/live_event.h \
	%D%/lookups.c %D%/lookups.h \
	%D%/location.c %D%/location.h \
	%D%/moment.c %D%/moment.h \
	%D%/probe.c %D%/probe.h %D%/probe_spec.c %D%/probe_spec.h \
	%D%/paging.c %D%/paging.h \
	%D%/reasons.c %D%/reasons.h \
	%D%/request.c %D%/request.h \
	%D%/request_spec.c %D%/request_spec.h \
	%D%/schema.c %D%/schema.h \
	%D%/secrets.c %D%/secrets.h \
	%D%/sse.c %D%/sse.h \
	%D%/stream_spec.c %D%/stream_spec.h \
	%D%/tape.c %D%/tape.h %D%/tape_node.c \
	%D%/template.c %D%/template.h \
	%D%/timeform.c %D%/timeform.h \
	%D%/tree.c %D%/tree.h \
	%D%/unpack.c %D%/unpack.h \
	%D%/url.c %D%/url.h \
	%D%/value_map.c %D%/value_map.h \
	%D%/webpage.c %D%/webpage.h \
	%D%/xml.c %D%/xml.h
libapi_a_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS) $(YAJL_CFLAGS) $(XML_CFLAGS) $(ZLIB_CFLAGS)
API_LIBS = libapi.a $(STORE_LIBS) $(CURL_LIBS) $(YAJL_LIBS) $(XML_LIBS) $(ZLIB_LIBS) $(CSV_LIBS) $(JQ_LIBS)
