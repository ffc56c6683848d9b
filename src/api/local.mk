# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libapi.a
libapi_a_SOURCES =
libapi_a_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
API_LIBS = libapi.a $(STORE_LIBS) $(CURL_LIBS) $(JQ_LIBS)
