/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/check.h"

#include <stdlib.h>

#include "api/auth.h"
#include "api/connector.h"
#include "base/i18n.h"
#include "model/config.h"

/* What only the source and its connector together can tell. */
static int check_fit(const struct config_source *s, const struct connector *c, FILE *out)
{
	struct err e = ERR_INIT;
	if (!s->base_url && !c->base_url) {
		fprintf(out, _("source %s needs a base_url\n"), s->name);
		return 1;
	}
	struct auth *a = auth_new(NULL, c, s, s->base_url ? s->base_url : c->base_url, &e);
	if (!a)
		fprintf(out, "%s\n", e.text);
	auth_free(a);
	return a ? 0 : 1;
}

static int check_source(const struct paths *p, const struct config_source *s, FILE *out)
{
	char *file = paths_find_connector(p, s->connector);
	if (!file) {
		fprintf(out, _("source %s: there is no connector %s\n"), s->name, s->connector);
		return 1;
	}
	struct findings f = FINDINGS_INIT;
	struct connector *c = connector_load(s->connector, file, &f);
	int count = c ? check_fit(s, c, out) : (int)f.count;
	for (size_t i = 0; i < f.count; i++)
		fprintf(out, "%s\n", f.list[i]);
	connector_free(c);
	findings_free(&f);
	free(file);
	return count;
}

int check_sources(const struct paths *p, FILE *out)
{
	struct config c;
	struct err e = ERR_INIT;
	int count = 0;
	if (config_load(&c, p->config, &e) < 0) {
		fprintf(out, "%s\n", e.text);
		count++;
	}
	for (size_t i = 0; i < c.source_count; i++)
		count += check_source(p, &c.sources[i], out);
	config_free(&c);
	return count;
}
