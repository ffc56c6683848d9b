/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an event of a stream comes to: with a filter that says what it wants, and without. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "api/connector.h"
#include "api/live_event.h"
#include "api/tape.h"
#include "base/alloc.h"

struct bench {
	struct connector *connector;
	struct mapper *mapper;
	struct tape tape;
	struct haul haul;
	struct live_result result;
};

static void set_up(struct bench *b, const char *act)
{
	char text[512];
	struct findings f = FINDINGS_INIT;
	snprintf(text, sizeof text,
		 "resources:\n"
		 "  - {kind: complaint, request: {path: /list}, items: .items}\n"
		 "stream:\n"
		 "  request: {path: /stream}\n"
		 "  kind: .kind\n"
		 "  items: .record\n"
		 "  map: .\n%s",
		 act);
	*b = (struct bench){.connector = connector_parse("x", "x", text, strlen(text), &f),
			    .mapper = mapper_new(),
			    .tape = TAPE_INIT,
			    .haul = HAUL_INIT};
	assert_non_null(b->connector);
	findings_free(&f);
}

static void tear_down(struct bench *b)
{
	haul_free(&b->haul);
	tape_free(&b->tape);
	mapper_free(b->mapper);
	connector_free(b->connector);
}

static void come(struct bench *b, const char *name, const char *data)
{
	struct live_event e = {.name = xstrdup(name), .data = xstrdup(data), .n = strlen(data)};
	struct mapping how = {
		.source = "s", .map = b->connector->stream.map, .connector = b->connector};
	live_event_map(b->connector, &e, &b->tape, b->mapper, &how, &b->haul, &b->result);
	live_event_free(&e);
}

static void an_event_brings_its_record(void **state)
{
	(void)state;
	struct bench b;
	set_up(&b, "");
	for (int i = 0; i < 10; i++)
		come(&b, "change", "{\"kind\":\"complaint\",\"record\":{\"id\":\"1\"}}");
	assert_int_equal(b.haul.count, 10);
	assert_string_equal(b.haul.records[0]->id, "1");
	assert_false(b.haul.records[0]->deleted);
	come(&b, "change", "{");
	assert_int_equal(b.haul.reject_count, 1);
	tear_down(&b);
}

static void a_filter_says_what_the_event_wants(void **state)
{
	(void)state;
	struct bench b;
	set_up(&b, "  act: .event\n");
	come(&b, "ignore", "{\"kind\":\"complaint\",\"record\":{\"id\":\"1\"}}");
	assert_int_equal(b.haul.count + b.haul.reject_count, 0);
	come(&b, "upsert", "{\"kind\":\"complaint\",\"record\":{\"id\":\"1\"}}");
	assert_int_equal(b.haul.count, 1);
	come(&b, "dance", "{\"kind\":\"complaint\",\"record\":{\"id\":\"1\"}}");
	assert_int_equal(b.haul.reject_count, 1);
	tear_down(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_brings_its_record),
		cmocka_unit_test(a_filter_says_what_the_event_wants),
	};
	return cmocka_run_group_tests_name("live events", tests, NULL, NULL);
}
