/* Tracking as two partitions: two territories, two processes, two stores, behind one gateway. Each person goes to the
 * daemon of her territory and can be asked for by her id alone; a list without a territory goes through both. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/id.h"
#include "tests/lib/visitor.h"

enum { PERSONS = 7 };

static struct network *network;
static char coordinator[VISITOR_TOKEN_SIZE], of_31[VISITOR_TOKEN_SIZE], of_34[VISITOR_TOKEN_SIZE];
static char prescriber[VISITOR_TOKEN_SIZE];

static struct visited ask(const char *method, const char *token, const char *path, const char *body)
{
        const struct visitor_request request = {method, path, token, NULL, body};
        return visitor_ask(network_http_port(network, "gateway-1"), &request);
}

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"contracts-1", "contracts", ""},
                {"directory-1", "directory", ""},
                {"tracking-1", "tracking", "\"partition\":1,\"territories\":[\"31\",\"82\"],"},
                {"tracking-2", "tracking", "\"partition\":2,\"territories\":[\"34\"],"},
                {"gateway-1", "gateway", ""},
        };
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        visitor_create(network, &(struct visitor_account){"coordination", TYPES__ROLE__COORDINATOR, "*", false},
                       coordinator);
        visitor_create(network, &(struct visitor_account){"toulouse", TYPES__ROLE__FACILITATOR, "31", false}, of_31);
        visitor_create(network, &(struct visitor_account){"montpellier", TYPES__ROLE__FACILITATOR, "34", false}, of_34);
        visitor_create(network, &(struct visitor_account){"mission", TYPES__ROLE__PRESCRIBER, "*", true}, prescriber);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        return 0;
}

static struct id refer(const char *token, const char *territory, unsigned number)
{
        char body[256];
        struct id id = {0};
        (void)snprintf(body, sizeof(body),
                       "{\"identity\":{\"familyName\":\"Essai %c\",\"givenName\":\"Ève\",\"bornOn\":\"1990-05-%02u\"},"
                       "\"territory\":\"%s\"}",
                       'A' + (int)number, number + 1, territory);
        scoped(visited_fini) struct visited answer = ask("POST", token, "/v1/tracking/ReferBeneficiary", body);
        const char *text = visited_text(&answer, "reply", "beneficiaryId");
        if (text == NULL || id_parse(text, &id) != 0)
                fail_msg("%s", answer.text);
        return id;
}

/* The partition of the territory is inside the id. */
static void test_each_territory_has_its_daemon(void **state)
{
        (void)state;
        for (unsigned i = 0; i < PERSONS; i++) {
                assert_int_equal(id_partition(refer(prescriber, i % 2 == 0 ? "31" : "82", i)), 1);
                assert_int_equal(id_partition(refer(prescriber, "34", i)), 2);
        }
        scoped(visited_fini) struct visited nowhere =
                ask("POST", prescriber, "/v1/tracking/ReferBeneficiary", "{\"territory\":\"75\"}");
        assert_int_equal(nowhere.status, 400);
        assert_string_equal(visited_text(&nowhere, NULL, "field"), "territory");
        scoped(visited_fini) struct visited nobody =
                ask("POST", prescriber, "/v1/tracking/ReferBeneficiary", "{\"territory\":\"31\",\"identity\":{}}");
        assert_int_equal(nobody.status, 400);
        assert_string_equal(visited_text(&nobody, NULL, "field"), "identity.familyName");
        scoped(visited_fini) struct visited absent = ask("POST", prescriber, "/v1/tracking/ReferBeneficiary", "{}");
        assert_int_equal(absent.status, 400);
        assert_string_equal(visited_text(&absent, NULL, "field"), "territory");
}

/* Walks the whole list, and says how many persons of either partition it told. */
static void count_persons(const char *token, const char *query, unsigned ret_persons[3])
{
        char path[512] = "", next[256] = "";
        ret_persons[1] = ret_persons[2] = 0;

        for (unsigned page = 0; page < 4 * PERSONS; page++) {
                (void)snprintf(path, sizeof(path), "/v1/tracking/Beneficiaries?page.limit=3%s%s%s", query,
                               page > 0 ? "&page.after=" : "", next);
                scoped(visited_fini) struct visited answer = ask("GET", token, path, NULL);
                if (answer.status != 200)
                        fail_msg("%s: %s", path, answer.text);
                json_t *list = json_object_get(json_object_get(answer.json, "reply"), "beneficiaries");
                assert_true(json_array_size(list) <= 3);
                for (size_t i = 0; i < json_array_size(list); i++) {
                        struct id id = {0};
                        const json_t *line = json_array_get(list, i);
                        assert_int_equal(id_parse(json_string_value(json_object_get(line, "beneficiaryId")), &id), 0);
                        assert_in_range(id_partition(id), 1, 2);
                        ret_persons[id_partition(id)]++;
                }
                const char *after = visited_text(&answer, "reply", "next");
                if (after == NULL)
                        return;
                size_t used = 0; /* base64 in an address: '+' would be a blank */
                for (; *after != '\0' && used + 4 < sizeof(next); after++)
                        used += (size_t)snprintf(next + used, sizeof(next) - used, "%%%02X", (unsigned)*after);
        }
        fail_msg("the list has no end");
}

static void test_a_list_goes_through_both(void **state)
{
        (void)state;
        unsigned persons[3];
        count_persons(coordinator, "", persons);
        assert_int_equal(persons[1], PERSONS);
        assert_int_equal(persons[2], PERSONS);
        count_persons(prescriber, "", persons);
        assert_int_equal(persons[1] + persons[2], 2 * PERSONS);
        count_persons(coordinator, "&territory=34", persons);
        assert_int_equal(persons[1], 0);
        assert_int_equal(persons[2], PERSONS);
        count_persons(of_34, "", persons); /* the first partition has nothing for her, and the list goes on */
        assert_int_equal(persons[1], 0);
        assert_int_equal(persons[2], PERSONS);
        count_persons(of_31, "", persons);
        assert_int_equal(persons[1], (PERSONS + 1) / 2); /* not those of the 82 */
        assert_int_equal(persons[2], 0);
}

static void test_a_person_is_found_by_her_id(void **state)
{
        (void)state;
        char text[ID_TEXT_SIZE], body[192];
        id_format(refer(prescriber, "34", 20), text);
        (void)snprintf(body, sizeof(body),
                       "{\"beneficiaryId\":\"%s\",\"reason\":\"premier entretien\",\"reasonCode\":\"PLACEMENT\"}",
                       text);

        scoped(visited_fini) struct visited file = ask("POST", of_34, "/v1/tracking/OpenBeneficiaryFile", body);
        if (file.status != 200)
                fail_msg("%s", file.text);
        assert_non_null(strstr(file.body, "\"familyName\":\"Essai U\""));
        scoped(visited_fini) struct visited other = ask("POST", of_31, "/v1/tracking/OpenBeneficiaryFile", body);
        if (other.status != 403 && other.status != 404)
                fail_msg("%s", other.text);
        assert_null(strstr(other.text, "Essai U"));
}

/* One territory's daemon down: the other's people do not notice. */
static void test_one_partition_down(void **state)
{
        (void)state;
        network_kill(network, "tracking-2", SIGKILL);
        assert_int_equal(id_partition(refer(prescriber, "31", 25)), 1);
        scoped(visited_fini) struct visited health = ask("GET", NULL, "/health", NULL);
        assert_int_equal(health.status, 503);
        network_restart(network, "tracking-2");
        unsigned persons[3];
        count_persons(coordinator, "", persons);
        assert_int_equal(persons[1], PERSONS + 1);
        assert_int_equal(persons[2], PERSONS + 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_each_territory_has_its_daemon),
                cmocka_unit_test(test_a_list_goes_through_both),
                cmocka_unit_test(test_a_person_is_found_by_her_id),
                cmocka_unit_test(test_one_partition_down),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
