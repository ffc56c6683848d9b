/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxml2 calls out what it finds (SAX); elements are kept until the document ends, since only
 * then it is known which of them come several times. */
#include "api/xml.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/strmap.h"

#define LINEAR_MOST 16 /* names of one element that are looked through without a map */

struct element;

/* The children of one name. */
struct group {
	const char *name; /* an attribute's starts with "@" */
	size_t name_n;
	size_t count;
	struct element *first, *last;
	struct group *next;
};

struct element {
	struct element *next; /* of the same group */
	struct group *groups, *last_group;
	size_t group_count;
	const char *text;
	size_t text_n;
};

struct open {
	struct element *element;
	struct strbuf text;
	struct strmap names; /* to groups, where there are many */
};

struct document {
	const struct xml_spec *spec;
	struct tape *tape;
	struct arena arena;
	struct open open[XML_DEPTH + 1]; /* the first holds the root */
	size_t depth;
	size_t count;
	xmlParserCtxtPtr parser;
	struct err *err;
	bool failed;
};

static void stop(struct document *d, enum err_code code, const char *why)
{
	if (!d->failed)
		err_set(d->err, code, "%s", why);
	d->failed = true;
	xmlStopParser(d->parser);
}

/* --- elements --- */

static struct group *find_group(struct open *o, const char *name)
{
	if (o->element->group_count > LINEAR_MOST)
		return strmap_get(&o->names, name);
	for (struct group *g = o->element->groups; g; g = g->next)
		if (strcmp(g->name, name) == 0)
			return g;
	return NULL;
}

static void index_groups(struct open *o)
{
	for (struct group *g = o->element->groups; g; g = g->next)
		strmap_put(&o->names, g->name, g);
}

static struct group *new_group(struct document *d, struct open *o, const char *name)
{
	struct element *e = o->element;
	struct group *g = arena_zero(&d->arena, sizeof *g);
	g->name_n = strlen(name);
	g->name = arena_memdup(&d->tape->texts, name, g->name_n);
	if (e->last_group)
		e->last_group->next = g;
	else
		e->groups = g;
	e->last_group = g;
	if (++e->group_count == LINEAR_MOST + 1)
		index_groups(o);
	else if (e->group_count > LINEAR_MOST)
		strmap_put(&o->names, g->name, g);
	return g;
}

static struct element *add_child(struct document *d, struct open *o, const char *name)
{
	struct group *g = find_group(o, name);
	struct element *e = arena_zero(&d->arena, sizeof *e);
	if (!g)
		g = new_group(d, o, name);
	if (g->last)
		g->last->next = e;
	else
		g->first = e;
	g->last = e;
	g->count++;
	if (++d->count > TAPE_MOST / 2)
		stop(d, ERR_LIMIT, _("more elements than allowed"));
	return e;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Without the blanks at its ends, which belong to the layout of the file. */
static void set_text(struct document *d, struct element *e, const char *s, size_t n)
{
	for (; n && is_space(*s); n--)
		s++;
	while (n && is_space(s[n - 1]))
		n--;
	e->text_n = n;
	e->text = n ? arena_memdup(&d->tape->texts, s, n) : "";
}

static void make_name(const struct document *d, const char *sign, const xmlChar *local,
		      const xmlChar *prefix, struct strbuf *b)
{
	strbuf_clear(b);
	strbuf_adds(b, sign);
	if (prefix && d->spec->prefixes)
		strbuf_addf(b, "%s:", (const char *)prefix);
	strbuf_adds(b, (const char *)local);
}

/* Five pointers an attribute: name, prefix, namespace, begin and end of the value. */
static void add_attributes(struct document *d, struct open *o, int count, const xmlChar **list)
{
	struct strbuf name = STRBUF_INIT;
	for (int i = 0; i < count; i++, list += 5) {
		make_name(d, "@", list[0], list[1], &name);
		struct element *e = add_child(d, o, name.s);
		set_text(d, e, (const char *)list[3], (size_t)(list[4] - list[3]));
	}
	strbuf_free(&name);
}

/* --- what libxml2 calls --- */

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix,
		     const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
		     int attribute_count, int default_count, const xmlChar **attributes)
{
	struct document *d = context;
	struct strbuf name = STRBUF_INIT;
	(void)uri, (void)namespace_count, (void)namespaces, (void)default_count;
	if (d->failed)
		return;
	if (d->depth == XML_DEPTH) {
		stop(d, ERR_LIMIT, _("nested too deeply"));
		return;
	}
	make_name(d, "", local, prefix, &name);
	struct element *e = add_child(d, &d->open[d->depth], name.s);
	d->open[++d->depth] = (struct open){e, STRBUF_INIT, STRMAP_INIT};
	add_attributes(d, &d->open[d->depth], attribute_count, attributes);
	strbuf_free(&name);
}

static void close_element(struct document *d)
{
	struct open *o = &d->open[d->depth--];
	set_text(d, o->element, o->text.s, o->text.len);
	strbuf_free(&o->text);
	strmap_free(&o->names, NULL);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix,
		   const xmlChar *uri)
{
	struct document *d = context;
	(void)local, (void)prefix, (void)uri;
	if (!d->failed && d->depth)
		close_element(d);
}

static void on_text(void *context, const xmlChar *s, int n)
{
	struct document *d = context;
	if (!d->failed && d->depth)
		strbuf_add(&d->open[d->depth].text, s, (size_t)n);
}

static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
		      const xmlChar *system_id, xmlChar *content)
{
	(void)name, (void)type, (void)public_id, (void)system_id, (void)content;
	stop(context, ERR_PARSE, _("it defines entities, which is not allowed"));
}

/* What libxml2 says goes nowhere else. */
static void on_error(void *context, xmlErrorPtr error)
{
	struct document *d = context;
	if (d->failed || error->level < XML_ERR_ERROR)
		return;
	/* A prefix that nobody declared, and a namespace that is no URI, hurt nobody. */
	if (error->domain == XML_FROM_NAMESPACE)
		return;
	d->failed = true;
	int n = (int)strcspn(error->message ? error->message : "", "\r\n");
	err_set(d->err, ERR_PARSE, _("line %d: %.*s"), error->line, n < 300 ? n : 300,
		error->message ? error->message : "");
}

/* --- onto the tape --- */

static int lay(struct document *d, const struct element *e);

static bool is_list(const struct document *d, const char *name)
{
	for (size_t i = 0; i < d->spec->lists.count; i++)
		if (strcmp(d->spec->lists.list[i], name) == 0)
			return true;
	return false;
}

static int lay_string(struct document *d, const char *s, size_t n)
{
	return tape_add(d->tape, NODE_STRING, s, n, false, d->err) < 0 ? -1 : 0;
}

static int lay_group(struct document *d, const struct group *g)
{
	int at = -1;
	if (lay_string(d, g->name, g->name_n) < 0)
		return -1;
	if ((g->count > 1 || is_list(d, g->name)) &&
	    (at = tape_add(d->tape, NODE_ARRAY, "", 0, true, d->err)) < 0)
		return -1;
	for (const struct element *e = g->first; e; e = e->next)
		if (lay(d, e) < 0)
			return -1;
	if (at >= 0)
		tape_close(d->tape, at);
	return 0;
}

/* Recurses no deeper than XML_DEPTH. */
static int lay(struct document *d, const struct element *e)
{
	if (!e->groups && !e->text_n)
		return tape_add(d->tape, NODE_NULL, "null", 4, false, d->err) < 0 ? -1 : 0;
	if (!e->groups)
		return lay_string(d, e->text, e->text_n);
	int at = tape_add(d->tape, NODE_OBJECT, "", 0, true, d->err);
	if (at < 0)
		return -1;
	for (const struct group *g = e->groups; g; g = g->next)
		if (lay_group(d, g) < 0)
			return -1;
	if (e->text_n &&
	    (lay_string(d, "#text", 5) < 0 || lay_string(d, e->text, e->text_n) < 0))
		return -1;
	tape_close(d->tape, at);
	return 0;
}

/* --- reading --- */

static void parse(struct document *d, const char *text, size_t n, bool decoded)
{
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
			     .startElementNs = on_start,
			     .endElementNs = on_end,
			     .characters = on_text,
			     .ignorableWhitespace = on_text,
			     .cdataBlock = on_text,
			     .entityDecl = on_entity,
			     .serror = on_error};
	d->parser = xmlCreatePushParserCtxt(&sax, d, NULL, 0, NULL);
	if (!d->parser)
		abort();
	xmlCtxtUseOptions(d->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
					     (decoded ? XML_PARSE_IGNORE_ENC : 0));
	xmlParseChunk(d->parser, text, (int)n, 1);
	if (!d->failed && !d->parser->wellFormed)
		stop(d, ERR_PARSE, _("it breaks off"));
	/* Made for entities and nothing else. */
	if (d->parser->myDoc)
		xmlFreeDoc(d->parser->myDoc);
	xmlFreeParserCtxt(d->parser);
	while (d->depth)
		close_element(d);
	strmap_free(&d->open[0].names, NULL);
}

int xml_read(const struct xml_spec *s, const char *text, size_t n, bool decoded, struct tape *t,
	     struct err *e)
{
	struct document *d = xcalloc(1, sizeof *d);
	struct element *root;
	d->spec = s;
	d->tape = t;
	d->err = e;
	d->arena = (struct arena)ARENA_INIT;
	root = arena_zero(&d->arena, sizeof *root);
	d->open[0] = (struct open){root, STRBUF_INIT, STRMAP_INIT};
	/* A blank in front of the declaration is a mistake that costs nothing to forgive. */
	while (n && is_space(*text)) {
		text++;
		n--;
	}
	if (n > INT32_MAX / 2)
		err_set(e, ERR_LIMIT, _("too long"));
	else
		parse(d, text, n, decoded);
	bool good = n <= INT32_MAX / 2 && !d->failed && root->groups && lay(d, root) == 0;
	if (!good) {
		t->count = 0;
		if (e && !e->code)
			err_set(e, ERR_PARSE, _("it has no root element"));
	}
	arena_free(&d->arena);
	free(d);
	return good ? 0 : -1;
}
