/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "api/connector.h"
#include "base/alloc.h"
#include "base/strbuf.h"
#include "model/kinds.h"

static struct connector *parse(const char *text, struct findings *f)
{
	return connector_parse("test", "test.yaml", text, strlen(text), f);
}

/* All findings, one a line. */
static void expect_findings(const char *text, const char *wanted)
{
	struct findings f = FINDINGS_INIT;
	struct strbuf got = STRBUF_INIT;
	assert_null(parse(text, &f));
	for (size_t i = 0; i < f.count; i++)
		strbuf_addf(&got, "%s\n", f.list[i]);
	assert_string_equal(got.s, wanted);
	strbuf_free(&got);
	findings_free(&f);
}

static void resources_start_from_the_defaults(void **state)
{
	(void)state;
	struct findings f = FINDINGS_INIT;
	struct connector *c = parse("interval: 2m\n"
				    "limits: {body: 2MiB}\n"
				    "resources:\n"
				    "  - kind: complaint\n"
				    "  - kind: alert\n"
				    "    name: events\n"
				    "    page_size: 7\n"
				    "    request: {query: {q: x}}\n"
				    "    changes: latest\n"
				    "defaults:\n"
				    "  request: {path: /v1/x, query: {after: \\(.cursor)}}\n"
				    "  changes: cursor\n"
				    "  next: .next\n",
				    &f);
	assert_int_equal(f.count, 0);
	assert_int_equal(c->resources.count, 2);
	const struct resource *first = connector_resource(c, 0),
			      *second = connector_resource(c, 1);
	assert_string_equal(first->name, "complaints");
	assert_ptr_equal(first->kind, &kind_complaint);
	assert_int_equal(first->page_size, 500);
	assert_int_equal(first->paging, PAGING_CURSOR);
	assert_int_equal(first->interval, 120000);
	assert_string_equal(first->request.query.list[0].name, "after");
	assert_string_equal(second->name, "events");
	assert_int_equal(second->page_size, 7);
	assert_int_equal(second->changes, CHANGES_LATEST);
	assert_string_equal(second->request.query.list[0].name, "q");
	assert_ptr_equal(second->request.path, first->request.path);
	assert_string_equal(second->request.method, "GET");
	assert_int_equal(c->limits.body, 2 << 20);
	assert_int_equal(c->limits.connect, 10000);
	assert_int_equal(c->stale_after, 360000);
	assert_int_equal(connector_kinds(c),
			 1u << kind_index(&kind_complaint) | 1u << kind_index(&kind_alert));
	connector_free(c);
}

static void everything_wrong_is_told_at_once_with_its_place(void **state)
{
	(void)state;
	expect_findings(
		"titel: x\n"
		"interval: often\n"
		"auth: [{method: magic}, {method: oauth2}]\n"
		"limits: {body: 3 bananas}\n"
		"resources:\n"
		"  - kind: complaints\n"
		"    request: {path: /a}\n"
		"    map: |\n"
		"      {id: .id,\n"
		"       title: nonsense}\n"
		"  - kind: dragon\n"
		"    page_size: 0\n"
		"    items: .a |\n"
		"  - {kind: call, request: {path: /b, querry: {}}, changes: cursor}\n",
		"test.yaml:1:1: unknown key \"titel\"; did you mean \"title\"?\n"
		"test.yaml:2:11: interval must be a number with a unit (ms, s, m, h, d or w), "
		"like 30s\n"
		"test.yaml:3:17: method can't be \"magic\"; did you mean \"basic\"? (none, "
		"bearer, "
		"oauth2, header, basic, query, cookie, body, login)\n"
		"test.yaml:3:26: oauth2 needs token, the address that gives tokens\n"
		"test.yaml:4:16: body must be a size like 16MiB, from 1024 to 1073741824 "
		"bytes\n"
		"test.yaml:10:15: map: nonsense is not defined; a member of the input is "
		"written .nonsense, a text \"nonsense\"\n"
		"test.yaml:11:11: kind must be one of: complaint, dossier, call, alert, "
		"hazard, mention, area, unit, category, camera, procedure\n"
		"test.yaml:11:5: request.path is missing here\n"
		"test.yaml:12:16: page_size must be a whole number from 1 to 10000\n"
		"test.yaml:13:16: items: the filter ends where something must follow |\n"
		"test.yaml:14:38: unknown key \"querry\"; did you mean \"query\"?\n"
		"test.yaml:14:6: changes: cursor needs next, a filter for the new cursor\n");
}

static void mistakes_in_auth_limits_and_probe_are_told(void **state)
{
	(void)state;
	expect_findings(
		"auth:\n"
		"  - {method: query}\n"
		"  - {method: login, login: {request: {json: {a: 1}}}}\n"
		"  - {method: bearer, place: cookie}\n"
		"  - {method: basic, again: {status: [401, 6xx]}}\n"
		"limits: {hours: late, rate: {every: 1s}}\n"
		"probe: {request: {path: /me}}\n"
		"resources: [{kind: call, request: {path: /a}}]\n",
		"test.yaml:2:6: query needs name, of the parameter, cookie or member\n"
		"test.yaml:3:6: login needs login, with a request that has a path\n"
		"test.yaml:4:6: bearer needs name, of the parameter, cookie or member\n"
		"test.yaml:5:43: status: a status of HTTP is due here, like 404 or 5xx\n"
		"test.yaml:6:30: requests is missing here\n"
		"test.yaml:6:17: hours are written \"07:00-17:30\" or \"working\"\n"
		"test.yaml:7:9: probe needs ok, which must fail for a wrong key\n");
}

static void mistakes_in_actions_are_told(void **state)
{
	(void)state;
	expect_findings(
		"resources: [{kind: call, request: {path: /a}}]\n"
		"actions:\n"
		"  after: refetch\n"
		"  offers: [fly]\n"
		"  status: {done: [two]}\n"
		"  verbs:\n"
		"    recieve: {request: {path: /r}}\n"
		"    complaint.assign: {compare: true}\n"
		"    comment: {request: {path: /c}, requests: [{request: {json: {a: 1}}}]}\n",
		"test.yaml:3:3: after: refetch, idempotent: check and compare need read, the "
		"request for one record\n"
		"test.yaml:4:12: there is no action fly: see ioc help actions\n"
		"test.yaml:5:19: done: a status of HTTP is due here, like 404 or 5xx\n"
		"test.yaml:7:5: there is no action recieve; did you mean \"receive\"?\n"
		"test.yaml:8:24: after: refetch, idempotent: check and compare need read, the "
		"request for one record\n"
		"test.yaml:8:24: request is missing here\n"
		"test.yaml:9:48: either request or requests\n"
		"test.yaml:9:48: request.path is missing here\n");
	expect_findings("resources: [{kind: call, request: {path: /a}}]\n"
			"actions: {ok: .ok}\n",
			"test.yaml:2:11: actions need a request, or verbs with requests\n");
}

static void verbs_start_from_what_is_said_of_all(void **state)
{
	(void)state;
	struct findings f = FINDINGS_INIT;
	struct connector *c = parse("resources: [{kind: complaint, request: {path: /a}}]\n"
				    "actions:\n"
				    "  request: {path: /all}\n"
				    "  offers: [comment]\n"
				    "  already: .done\n"
				    "  idempotent: never\n"
				    "  verbs:\n"
				    "    assign: {request: {path: /any, method: PUT}}\n"
				    "    complaint.assign: {idempotent: natural}\n",
				    &f);
	assert_int_equal(f.count, 0);
	const struct action_spec *s = &c->actions, *v;
	assert_ptr_equal(action_spec_find(s, &kind_complaint, "comment"), s);
	assert_null(action_spec_find(s, &kind_complaint, "receive"));
	v = action_spec_find(s, &kind_dossier, "assign");
	assert_string_equal(v->name, "assign");
	assert_string_equal(v->request.method, "PUT");
	assert_int_equal(v->idempotent, IDEMPOTENT_NEVER);
	assert_ptr_equal(v->already, s->already);
	v = action_spec_find(s, &kind_complaint, "assign");
	assert_string_equal(v->name, "complaint.assign");
	assert_int_equal(v->idempotent, IDEMPOTENT_NATURAL);
	assert_ptr_equal(v->request.path, s->request.path);
	connector_free(c);
}

static void what_is_no_connector_is_refused(void **state)
{
	(void)state;
	expect_findings("", "test.yaml:1:1: a map (key: value) is due here\n");
	expect_findings("- 1\n", "test.yaml:1:3: a map (key: value) is due here\n");
	expect_findings("title: x\n", "test.yaml:1:1: resources is missing here\n");
	expect_findings("resources: []\n", "test.yaml:1:1: resources: at least one\n");
	expect_findings("resources: {a: [\n",
			"test.yaml:2:1: flow sequence without a closing bracket\n");
	expect_findings("resources:\n"
			"  - {kind: call, request: {path: /a}}\n"
			"  - {kind: call, request: {path: /b}}\n",
			"test.yaml:3:6: two resources are called calls\n");
}

static void shipped_connectors_are_right(void **state)
{
	(void)state;
	const char *data = getenv("IOC_DATA_DIR");
	char *folder = xasprintf("%s/connectors", data ? data : "data");
	DIR *d = opendir(folder);
	assert_non_null(d);
	int count = 0;
	for (struct dirent *entry; (entry = readdir(d));) {
		if (!strstr(entry->d_name, ".yaml"))
			continue;
		struct findings f = FINDINGS_INIT;
		char *file = xasprintf("%s/%s", folder, entry->d_name);
		struct connector *c = connector_load(entry->d_name, file, &f);
		if (!c)
			print_error("%s\n", f.list[0]);
		assert_non_null(c);
		count++;
		connector_free(c);
		findings_free(&f);
		free(file);
	}
	assert_true(count >= 4);
	closedir(d);
	free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resources_start_from_the_defaults),
		cmocka_unit_test(everything_wrong_is_told_at_once_with_its_place),
		cmocka_unit_test(mistakes_in_auth_limits_and_probe_are_told),
		cmocka_unit_test(mistakes_in_actions_are_told),
		cmocka_unit_test(verbs_start_from_what_is_said_of_all),
		cmocka_unit_test(what_is_no_connector_is_refused),
		cmocka_unit_test(shipped_connectors_are_right),
	};
	return cmocka_run_group_tests_name("connector", tests, NULL, NULL);
}
