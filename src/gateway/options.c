/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/options.h"

#include <errno.h>
#include <getopt.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"

#define DEFAULT_LISTEN "127.0.0.1:8686"

static int take_listen(struct options *o, const char *v, struct err *e);
static int take_load(struct options *o, const char *v, struct err *e);
static int take_clock(struct options *o, const char *v, struct err *e);
static int take_level(struct options *o, const char *v, struct err *e);

enum form { FORM_FLAG, FORM_TEXT, FORM_NUMBER, FORM_DURATION, FORM_TAKE };
#define AT(member) offsetof(struct options, member)

/* clang-format off */
static const struct row {
	const char *name, *argument, *help;
	enum form form;
	size_t at;		/* FORM_TEXT … FORM_FLAG: the member */
	int64_t least, most;	/* FORM_NUMBER, and FORM_DURATION in ms */
	int (*take)(struct options *o, const char *v, struct err *e);
} rows[] = {
	{"listen", N_("ADDRESS:PORT"), N_("where to listen (127.0.0.1:8686); port 0 takes a free one"), FORM_TAKE, 0, 0, 0, take_listen},
	{"db", N_("FILE"), N_("database; without it records live in memory only"), FORM_TEXT, AT(db), 0, 0, NULL},
	{"tokens", N_("FILE"), N_("YAML list of clients, their tokens and rights"), FORM_TEXT, AT(tokens), 0, 0, NULL},
	{"token-lifetime", N_("TIME"), N_("how long a granted OAuth2 token is good (1h)"), FORM_DURATION, AT(token_lifetime), SECOND, 30 * DAY, NULL},
	{"tls-cert", N_("FILE"), N_("certificate chain in PEM form: serve HTTPS"), FORM_TEXT, AT(server.tls_cert), 0, 0, NULL},
	{"tls-key", N_("FILE"), N_("its private key"), FORM_TEXT, AT(server.tls_key), 0, 0, NULL},
	{"load", N_("KIND=FILE"), N_("take in records, one JSON object a line, before serving; may be repeated"), FORM_TAKE, 0, 0, 0, take_load},
	{"demo", NULL, N_("fill an empty database with the demo city and let it live"), FORM_FLAG, AT(demo), 0, 0, NULL},
	{"seed", "N", N_("seed of the demo (1)"), FORM_NUMBER, AT(demo_options.seed), 0, INT64_MAX, NULL},
	{"clock", N_("TIME"), N_("start with this as the present, RFC 3339"), FORM_TAKE, 0, 0, 0, take_clock},
	{"rate", "N", N_("changes a minute in the demo (30)"), FORM_NUMBER, AT(demo_options.rate), 0, 600000, NULL},
	{"demo-records", "N", N_("extend the demo to so many records a queue"), FORM_NUMBER, AT(demo_options.records), 0, 100000000, NULL},
	{"heartbeat", N_("TIME"), N_("silence on a stream before a heartbeat (10s)"), FORM_DURATION, AT(hub.heartbeat), 100, HOUR, NULL},
	{"max-streams", "N", N_("most streams at a time (2000)"), FORM_NUMBER, AT(hub.listeners_most), 0, 100000, NULL},
	{"max-connections", "N", N_("most connections at a time (4000)"), FORM_NUMBER, AT(server.connections_most), 1, 100000, NULL},
	{"keep-deletions", N_("TIME"), N_("how long the feed tells of a deletion (30d)"), FORM_DURATION, AT(keep_deletions), 0, 3650 * DAY, NULL},
	{"port-file", N_("FILE"), N_("write the port there once ready"), FORM_TEXT, AT(port_file), 0, 0, NULL},
	{"log", N_("FILE"), N_("append the log there instead of standard error"), FORM_TEXT, AT(log), 0, 0, NULL},
	{"log-level", N_("LEVEL"), N_("error, warn, info (default) or debug"), FORM_TAKE, 0, 0, 0, take_level},
	{"help", NULL, N_("print this"), FORM_FLAG, AT(help), 0, 0, NULL},
	{"version", NULL, N_("print the version"), FORM_FLAG, AT(version), 0, 0, NULL},
};
/* clang-format on */

static int resolve(struct options *o, const char *host, const char *port, const char *v,
		   struct err *e)
{
	struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV,
				 .ai_socktype = SOCK_STREAM};
	struct addrinfo *found = NULL;
	int rc = getaddrinfo(host, port, &hints, &found);
	if (rc != 0)
		return err_set(e, ERR_USAGE, "%s: %s", v, gai_strerror(rc));
	memcpy(&o->server.address, found->ai_addr, found->ai_addrlen);
	o->server.address_length = found->ai_addrlen;
	freeaddrinfo(found);
	return 0;
}

static bool is_port(const char *s)
{
	size_t n = strlen(s);
	return n > 0 && n <= 5 && strspn(s, "0123456789") == n && strtoul(s, NULL, 10) <= 65535;
}

static int take_listen(struct options *o, const char *v, struct err *e)
{
	const char *colon = strrchr(v, ':');
	if (!colon || colon == v || !is_port(colon + 1))
		return err_set(e, ERR_USAGE, _("%s: write ADDRESS:PORT"), v);
	bool brackets = *v == '[' && colon[-1] == ']';
	char *host = brackets ? xstrndup(v + 1, (size_t)(colon - v) - 2)
			      : xstrndup(v, (size_t)(colon - v));
	int bad = resolve(o, host, colon + 1, v, e);
	free(host);
	o->listen = v;
	return bad;
}

static int take_load(struct options *o, const char *v, struct err *e)
{
	size_t n = strcspn(v, "=");
	char *name = xstrndup(v, n);
	const struct kind *k = kind_find(name);
	free(name);
	if (!k || !v[n] || !v[n + 1])
		return err_set(e, ERR_USAGE, _("%s: write KIND=FILE with a kind of records"),
			       v);
	ARRAY_PUSH(o->loads, o->load_count, o->load_cap) = (struct load){k, v + n + 1};
	return 0;
}

static int take_clock(struct options *o, const char *v, struct err *e)
{
	if (clock_parse(v, strlen(v), &o->demo_options.clock) < 0)
		return err_set(e, ERR_USAGE, _("%s: no time like 2026-11-21T08:00:00+07:00"),
			       v);
	return 0;
}

static int take_level(struct options *o, const char *v, struct err *e)
{
	o->log_level = log_level_parse(v);
	if (o->log_level < 0)
		return err_set(e, ERR_USAGE, _("%s: no level of the log"), v);
	return 0;
}

/* "0" needs no unit. */
static bool parse_duration(const char *v, int64_t *ms)
{
	*ms = 0;
	return strcmp(v, "0") == 0 || clock_parse_span(v, ms) == 0;
}

static bool parse_number(const char *v, int64_t *n)
{
	char *end;
	errno = 0;
	*n = strtoll(v, &end, 10);
	return end != v && !*end && !errno;
}

static int read_number(const struct row *row, const char *v, int64_t *out, struct err *e)
{
	bool duration = row->form == FORM_DURATION;
	int64_t n;
	bool good = duration ? parse_duration(v, &n) : parse_number(v, &n);
	if (!good || n < row->least || n > row->most)
		return err_set(e, ERR_USAGE,
			       duration ? _("--%s %s: a time such as 30s or 2h is due")
					: _("--%s %s: a whole number in its bounds is due"),
			       row->name, v);
	*out = n;
	return 0;
}

static int take(struct options *o, const struct row *row, const char *v, struct err *e)
{
	char *member = (char *)o + row->at;
	switch (row->form) {
	case FORM_FLAG:
		*(bool *)(void *)member = true;
		return 0;
	case FORM_TEXT:
		*(const char **)(void *)member = v;
		return 0;
	case FORM_TAKE:
		return row->take(o, v, e);
	default:
		return read_number(row, v, (int64_t *)(void *)member, e);
	}
}

static int check(const struct options *o, struct err *e)
{
	if (!o->server.tls_cert != !o->server.tls_key)
		return err_set(e, ERR_USAGE, _("--tls-cert and --tls-key belong together"));
	const struct sockaddr_in *four = (const struct sockaddr_in *)&o->server.address;
	const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&o->server.address;
	bool loopback = four->sin_family == AF_INET ? ntohl(four->sin_addr.s_addr) >> 24 == 127
						    : IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
	if (!o->tokens && !loopback)
		return err_set(e, ERR_USAGE,
			       _("%s is open to others: --tokens must say who may do what"),
			       o->listen);
	return 0;
}

static int read_options(struct options *o, int argc, char **argv, struct err *e)
{
	struct option longs[ARRAY_LEN(rows) + 1] = {{0}};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		longs[i] = (struct option){rows[i].name,
					   rows[i].argument ? required_argument : no_argument,
					   NULL, (int)i + 1};
	optind = 1;
	opterr = 0;
	int c;
	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		if (c == '?')
			return err_set(e, ERR_USAGE,
				       _("%s: no such option, or its value is missing"),
				       argv[optind - 1]);
		if (take(o, &rows[c - 1], optarg, e) < 0)
			return -1;
	}
	if (optind < argc)
		return err_set(e, ERR_USAGE, _("%s: no argument is due here"), argv[optind]);
	return 0;
}

int options_parse(struct options *o, int argc, char **argv, struct err *e)
{
	*o = (struct options){.log_level = LOG_INFO,
			      .token_lifetime = HOUR,
			      .keep_deletions = 30 * DAY,
			      .hub = {.heartbeat = 10 * SECOND, .listeners_most = 2000},
			      .server = {.connections_most = 4000},
			      .demo_options = {.seed = 1, .clock = CLOCK_NONE, .rate = 30}};
	if (take_listen(o, DEFAULT_LISTEN, e) < 0 || read_options(o, argc, argv, e) < 0)
		return -1;
	return o->help || o->version ? 0 : check(o, e);
}

void options_free(struct options *o)
{
	free(o->loads);
}

void options_help(FILE *out)
{
	fprintf(out,
		_("Usage: %s [OPTION…]\nServes the records of an operations centre as a web "
		  "API.\n\n"),
		"ioc-gateway");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *argument = rows[i].argument ? _(rows[i].argument) : "";
		fprintf(out, "  --%s%s%s\n        %s\n", rows[i].name, *argument ? " " : "",
			argument, _(rows[i].help));
	}
	fputs(_("\nSee ioc-gateway(8).\n"), out);
}
