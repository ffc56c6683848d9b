/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the demo draws random numbers for; see rng_start. */
#ifndef IOC_DEMO_STREAMS_H
#define IOC_DEMO_STREAMS_H

enum stream {
	STREAM_COMPLAINT = 1,
	STREAM_DOSSIER,
	STREAM_CALL,
	STREAM_ALERT,
	STREAM_HAZARD,
	STREAM_MENTION,
	STREAM_PLAN = 16, /* plus the above: when and in which state */
	STREAM_HISTORY = 32,
	STREAM_LIVE = 48,
	STREAM_OFFICER = 64,
	STREAM_HEAD,
	STREAM_ECHO,
};

#endif
