/* Persons, with all that is about them, move from one tracking process to another while everything works: a territory
 * there and back, a bucket of it to a third. Commands go on meanwhile; the daemons are killed at any instant
 * (GUICHET_MOVE_CYCLES moves with kills, few by default), the other daemons too. Behind each move: the same persons and
 * placements, each once, by their old ids; the same hours, in tracking, in the ledger and in reporting; the same
 * exported file; every store proven. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "common/base/local_time.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "contracts/queries.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "tests/lib/net.h"
#include "tests/lib/run_ctl.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

enum { PERSONS = 90, FIRST_MONTH = 672 /* 2026-01 */, IDS_MAX = 4096, CYCLES = 3, MOVE_WAIT_MS = 120000 };

static const char *const instances[] = {"contracts-1",     "tracking-1",  "tracking-2", "tracking-3", "directory-1",
                                        "notifications-1", "reporting-1", "gateway-1",  "accounts-1"};
static struct harness context;
static struct net *net;
static struct month_end month_end;
static char scratch[64];
static uint64_t stated; /* statements, each validated */
static int64_t done_hundredths;

/* ---- a network with a third tracking process, which has no territory of its own */

static void add_third(const char *directory)
{
        char path[4200];
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        json_t *topology = json_load_file(path, 0, NULL);
        assert_non_null(topology);
        json_t *list = json_object_get(topology, "instances"), *second = NULL;
        for (size_t i = 0; i < json_array_size(list); i++)
                if (strcmp(json_string_value(json_object_get(json_array_get(list, i), "name")), "tracking-2") == 0)
                        second = json_array_get(list, i);
        json_t *third = json_deep_copy(second);
        assert_int_equal(json_object_set_new(third, "name", json_string("tracking-3")), 0);
        assert_int_equal(json_object_set_new(third, "partition", json_integer(3)), 0);
        assert_int_equal(json_object_set_new(third, "territories", json_pack("[s]", "2B")), 0);
        assert_int_equal(json_object_set_new(third, "store", json_string("stores/tracking-3")), 0);
        (void)json_object_del(third, "public_key");
        assert_int_equal(json_array_append_new(list, third), 0);
        assert_int_equal(json_dump_file(topology, path, JSON_INDENT(2)), 0);
        json_decref(topology);
}

/* ---- work: hours that are stated and validated, each asked until it is done */

static const ProtobufCMessage *answered(const char *method, const ProtobufCMessage *request, struct arena *arena)
{
        struct world world = world_real();
        struct id key = id_new(&world, world.now_ms(&world), 0);
        uint64_t give_up_us = harness_now_us() + (uint64_t)MOVE_WAIT_MS * 1000;
        version_seen_any(request);
        while (harness_now_us() < give_up_us) {
                struct answer answer = {0};
                struct err_info info = {0};
                int err = link_call(net->link, method, request, &key, arena, &answer, &info);
                if (err == 0 && answer.body != NULL)
                        return answer.body;
                if (err == 0 && answer.refusal->code != TYPES__REFUSAL_CODE__UNAVAILABLE)
                        fail_msg("%s is refused: %s: %s", method, answer.refusal->field, answer.refusal->text);
                harness_pause_ms(20);
        }
        fail_msg("%s is not answered", method);
        return NULL;
}

static void work_on(void)
{
        struct arena arena scoped(arena_fini) = {0};
        Tracking__SubmitHours submit = TRACKING__SUBMIT_HOURS__INIT;
        Tracking__ValidateHours validate = TRACKING__VALIDATE_HOURS__INIT;
        uint64_t n = stated++;
        if (n / month_end.count >= 9)
                return; /* of each placement nine months */
        submit.placement_id = id_to(&arena, month_end.placements[n % month_end.count]);
        submit.month = month_to(&arena, month_of_number(FIRST_MONTH + (int32_t)(n / month_end.count)));
        submit.hours = hours_to(&arena, hours_of_hundredths((int64_t)(7000 + n % 300)));
        (void)answered("tracking.SubmitHours", &submit.base, &arena);
        validate.placement_id = submit.placement_id;
        validate.month = submit.month;
        validate.reason = (char *)(uintptr_t) "conforme au relevé signé";
        (void)answered("tracking.ValidateHours", &validate.base, &arena);
        done_hundredths += (int64_t)(7000 + n % 300);
}

/* ---- what must be the same */

struct ids {
        struct id at[IDS_MAX];
        size_t count;
};

static void add_once(struct ids *ids, struct id id)
{
        for (size_t i = 0; i < ids->count; i++)
                if (id_equal(ids->at[i], id))
                        fail_msg("something is there twice");
        assert_true(ids->count < IDS_MAX);
        ids->at[ids->count++] = id;
}

static void list_persons(const char *territory, struct ids *ret)
{
        Types__Page page = TYPES__PAGE__INIT;
        ret->count = 0;
        do {
                struct arena arena scoped(arena_fini) = {0};
                Tracking__BeneficiariesRequest request = TRACKING__BENEFICIARIES_REQUEST__INIT;
                static uint8_t after[256];
                request.page = &page;
                request.territory = (char *)(uintptr_t)territory;
                const Tracking__BeneficiariesReply *reply =
                        (const void *)answered("tracking.Beneficiaries", &request.base, &arena);
                for (size_t i = 0; i < reply->n_beneficiaries; i++)
                        add_once(ret, id_of(reply->beneficiaries[i]->beneficiary_id));
                assert_true(reply->next.len <= sizeof(after));
                if (reply->next.len > 0)
                        memcpy(after, reply->next.data, reply->next.len);
                page.after = pb_bytes(slice_of(after, reply->next.len));
        } while (page.after.len > 0);
}

static void check_old_ids(void)
{
        for (size_t i = 0; i < month_end.count; i++) {
                struct arena arena scoped(arena_fini) = {0};
                Tracking__PlacementById request = TRACKING__PLACEMENT_BY_ID__INIT;
                request.placement_id = id_to(&arena, month_end.placements[i]);
                const Tracking__PlacementView *view =
                        (const void *)answered("tracking.PlacementById", &request.base, &arena);
                assert_true(id_equal(id_of(view->placement_id), month_end.placements[i]));
        }
}

static void check_hours(void)
{
        struct arena arena scoped(arena_fini) = {0};
        for (size_t i = 0; i < 3; i++) {
                const char *const sources[] = {"tracking-1", "tracking-2", "tracking-3"};
                net_wait_followed(net, "contracts-1", sources[i]);
                net_wait_followed(net, "reporting-1", sources[i]);
                net_wait_followed(net, "notifications-1", sources[i]);
        }
        net_wait_followed(net, "reporting-1", "contracts-1");
        Contracts__ObligationById by_id = CONTRACTS__OBLIGATION_BY_ID__INIT;
        by_id.obligation_id = id_to(&arena, month_end.obligation);
        const Contracts__ObligationView *view = net_ask(net, "contracts.ObligationById", &by_id, &arena);
        assert_int_equal(hours_hundredths(hours_of(view->done)), done_hundredths);
        Reporting__ConsolidationRequest request = REPORTING__CONSOLIDATION_REQUEST__INIT;
        const Reporting__ConsolidationReply *all = net_ask(net, "reporting.Consolidation", &request, &arena);
        assert_int_equal(hours_hundredths(hours_of(all->done)), done_hundredths);
        assert_int_equal(all->persons, PERSONS);
}

static void check_replay(void)
{
        for (size_t i = 0; i < sizeof(instances) / sizeof(*instances); i++) {
                int status = 0;
                pid_t pid = net_spawn_instance(net, instances[i], "--verify", true);
                assert_int_equal(waitpid(pid, &status, 0), pid);
                if (status != 0)
                        fail_msg("%s --verify fails", instances[i]);
        }
}

static void check_all(void)
{
        static struct ids all, of_31;
        list_persons("", &all);
        list_persons("31", &of_31);
        assert_int_equal(all.count, PERSONS);
        assert_int_equal(of_31.count, PERSONS);
        check_old_ids();
        check_hours();
        check_replay();
}

/* ---- moves */

static void act_as(Types__Role role)
{
        struct arena arena scoped(arena_fini) = {0};
        link_act_as(net->link, net_passport(net, role, NULL, &arena));
}

static struct id begin_move(const char *from, uint32_t to, uint32_t bucket, uint32_t buckets)
{
        struct arena arena scoped(arena_fini) = {0};
        Tracking__MovePart request = TRACKING__MOVE_PART__INIT;
        Tracking__PartChoice choice = TRACKING__PART_CHOICE__INIT;
        struct answer answer = {0};
        struct err_info info = {0};
        choice.of_territory = (char *)(uintptr_t) "31";
        choice.bucket = bucket;
        choice.buckets = buckets;
        request.choice = &choice;
        request.to_partition = to;
        act_as(TYPES__ROLE__OPERATOR);
        int err = link_call_instance(net->link, net_instance(net, from), "tracking.MovePart", &request.base, NULL,
                                     &arena, &answer, &info);
        act_as(TYPES__ROLE__FACILITATOR);
        if (err != 0)
                fail_msg("%s", info.text);
        if (answer.body == NULL)
                fail_msg("%s: %s", answer.refusal->field, answer.refusal->text);
        return id_of(((const Tracking__MovePartReply *)(const void *)answer.body)->part_id);
}

/* As the process that sends it tells it; UNKNOWN: it does not answer just now. */
static Tracking__PartState state_of(const char *from, struct id part)
{
        struct arena arena scoped(arena_fini) = {0};
        Tracking__Parts request = TRACKING__PARTS__INIT;
        Tracking__PartState state = TRACKING__PART_STATE__PART_STATE_UNKNOWN;
        struct answer answer = {0};
        struct err_info info = {0};
        act_as(TYPES__ROLE__OPERATOR);
        int err = link_call_instance(net->link, net_instance(net, from), "tracking.Parts", &request.base, NULL, &arena,
                                     &answer, &info);
        act_as(TYPES__ROLE__FACILITATOR);
        const Tracking__PartsReply *reply = err == 0 ? (const void *)answer.body : NULL;
        for (size_t i = 0; reply != NULL && i < reply->n_parts; i++)
                if (id_equal(id_of(reply->parts[i]->part_id), part))
                        state = reply->parts[i]->state;
        return state;
}

static void wait_moved(const char *from, struct id part)
{
        uint64_t give_up_us = harness_now_us() + (uint64_t)MOVE_WAIT_MS * 1000;
        while (state_of(from, part) != TRACKING__PART_STATE__PART_DONE) {
                if (harness_now_us() > give_up_us)
                        fail_msg("the move does not end");
                work_on();
        }
}

static void count_here(const char *instance, size_t least, size_t most)
{
        struct arena arena scoped(arena_fini) = {0};
        Tracking__BeneficiariesRequest request = TRACKING__BENEFICIARIES_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        struct answer answer = {0};
        page.limit = 500;
        request.page = &page;
        assert_int_equal(link_call_instance(net->link, net_instance(net, instance), "tracking.Beneficiaries",
                                            &request.base, NULL, &arena, &answer, NULL),
                         0);
        size_t count = ((const Tracking__BeneficiariesReply *)(const void *)answer.body)->n_beneficiaries;
        if (count < least || count > most)
                fail_msg("%s has %zu persons, %zu to %zu were meant", instance, count, least, most);
}

/* ---- tests, in this order */

static void test_before(void **state)
{
        (void)state;
        for (int i = 0; i < PERSONS; i++)
                work_on();
        check_all();
        count_here("tracking-1", PERSONS, PERSONS);
}

static char *export_of(struct id person, struct arena *arena)
{
        Tracking__ExportPerson request = TRACKING__EXPORT_PERSON__INIT;
        request.beneficiary_id = id_to(arena, person);
        request.reason_code = (char *)(uintptr_t) "PERSON_ASKED";
        request.reason = (char *)(uintptr_t) "réponse au courrier reçu par le guichet";
        const Tracking__PersonExport *export = (const void *)answered("tracking.ExportPerson", &request.base, arena);
        assert_non_null(export->file);
        assert_non_null(export->file->identity);
        return arena_printf(arena, "%s %s %zu", export->file->identity->family_name, export->file->identity->given_name,
                            export->n_placements);
}

static void test_a_territory_moves_while_work_goes_on(void **state)
{
        static struct ids persons;
        struct arena arena scoped(arena_fini) = {0};
        (void)state;
        list_persons("31", &persons);
        const char *before = export_of(persons.at[0], &arena);
        wait_moved("tracking-1", begin_move("tracking-1", 2, 0, 0));
        count_here("tracking-1", 0, 0);
        count_here("tracking-2", PERSONS, PERSONS);
        assert_string_equal(export_of(persons.at[0], &arena), before);
        check_all();
}

/* Its id is of the new home; the topology still says the old one. */
static void test_who_is_new_goes_where_the_territory_is(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        Tracking__Identity identity = TRACKING__IDENTITY__INIT;
        Tracking__ReferBeneficiary refer = TRACKING__REFER_BENEFICIARY__INIT;
        (void)state;
        identity.family_name = (char *)(uintptr_t) "Nouvelle";
        identity.given_name = (char *)(uintptr_t) "Venue";
        identity.born_on = day_to(&arena, day_of_number(9000));
        refer.identity = &identity;
        refer.territory = (char *)(uintptr_t) "31";
        const Tracking__ReferBeneficiaryReply *reply =
                (const void *)answered("tracking.ReferBeneficiary", &refer.base, &arena);
        assert_int_equal(id_partition(id_of(reply->beneficiary_id)), 2);
        Tracking__ErasePerson erase = TRACKING__ERASE_PERSON__INIT;
        erase.beneficiary_id = reply->beneficiary_id;
        erase.erasure_code = (char *)(uintptr_t) "OPENED_BY_MISTAKE";
        (void)answered("tracking.ErasePerson", &erase.base, &arena);
}

static void test_back_and_a_bucket_to_a_third(void **state)
{
        (void)state;
        wait_moved("tracking-2", begin_move("tracking-2", 1, 0, 0));
        count_here("tracking-1", PERSONS, PERSONS);
        check_all();
        wait_moved("tracking-1", begin_move("tracking-1", 3, 1, 3));
        count_here("tracking-3", 1, PERSONS / 2);
        count_here("tracking-1", PERSONS / 2, PERSONS - 1);
        check_all();
        wait_moved("tracking-3", begin_move("tracking-3", 1, 0, 0));
        count_here("tracking-1", PERSONS, PERSONS);
        check_all();
}

static void test_entry_goes_on_while_others_are_down(void **state)
{
        static const char *const others[] = {"contracts-1", "directory-1", "reporting-1", "notifications-1"};
        (void)state;
        for (size_t i = 0; i < 4; i++)
                net_kill_instance(net, others[i]);
        struct id part = begin_move("tracking-1", 2, 0, 0);
        for (int i = 0; i < 10; i++)
                work_on();
        wait_moved("tracking-1", part);
        for (size_t i = 0; i < 4; i++)
                net_start_instance(net, others[i], NULL);
        for (size_t i = 0; i < 4; i++)
                net_wait_serving(net, others[i]);
        check_all();
        wait_moved("tracking-2", begin_move("tracking-2", 1, 0, 0));
}

/* Nobody but a tracking process may say that a part comes. */
static void test_strangers_give_no_part(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct world world = world_real();
        Tracking__OpenPart request = TRACKING__OPEN_PART__INIT;
        Tracking__PartChoice choice = TRACKING__PART_CHOICE__INIT;
        struct answer answer = {0};
        (void)state;
        choice.of_territory = (char *)(uintptr_t) "31";
        request.choice = &choice;
        request.part_id = id_to(&arena, id_new(&world, world.now_ms(&world), 1));
        const Types__Role roles[] = {TYPES__ROLE__SERVICE, TYPES__ROLE__OPERATOR, TYPES__ROLE__FACILITATOR};
        for (size_t i = 0; i < 3; i++) {
                act_as(roles[i]);
                assert_int_equal(link_call_instance(net->link, net_instance(net, "tracking-2"), "tracking.OpenPart",
                                                    &request.base, NULL, &arena, &answer, NULL),
                                 0);
                assert_non_null(answer.refusal);
                assert_int_equal(answer.refusal->code, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        }
        act_as(TYPES__ROLE__FACILITATOR);
}

static void kill_and_start(const char *const *victims, size_t count)
{
        for (size_t i = 0; i < count; i++)
                net_kill_instance(net, victims[i]);
        for (size_t i = 0; i < count; i++)
                net_start_instance(net, victims[i], NULL);
        for (size_t i = 0; i < count; i++)
                net_wait_serving(net, victims[i]);
}

/* From tracking-1 to tracking-2, and back, each with kills at any instant. */
static void test_killed_while_it_moves(void **state)
{
        static const char *const both[] = {"tracking-1", "tracking-2"};
        static const char *const others[] = {"contracts-1", "reporting-1", "notifications-1"};
        const char *wanted = getenv("GUICHET_MOVE_CYCLES");
        unsigned long cycles = wanted == NULL ? CYCLES : strtoul(wanted, NULL, 10), kills = 0;
        struct world world = world_seeded(20261129, 0);
        (void)state;
        for (unsigned long cycle = 0; cycle < cycles; cycle++) {
                const char *from = both[cycle % 2];
                struct id part = begin_move(from, cycle % 2 == 0 ? 2 : 1, 0, 0);
                uint64_t draw[4];
                for (int n = 0; n < 3; n++) {
                        world.random(&world, draw, sizeof(draw));
                        harness_pause_ms((uint32_t)(draw[0] % 150));
                        if (state_of(from, part) == TRACKING__PART_STATE__PART_DONE)
                                break;
                        if (draw[1] % 4 == 3)
                                kill_and_start(&others[draw[2] % 3], 1);
                        else if (draw[1] % 4 == 2)
                                kill_and_start(both, 2);
                        else
                                kill_and_start(&both[draw[1] % 2], 1);
                        kills++;
                }
                wait_moved(from, part);
                count_here(from, 0, 0);
                check_all();
                if ((cycle + 1) % 10 == 0 || cycle + 1 == cycles)
                        harness_note("%lu moves, %lu kills", cycle + 1, kills);
        }
        if (cycles % 2 == 1)
                wait_moved("tracking-2", begin_move("tracking-2", 1, 0, 0));
        check_all();
}

static int setup(void **state)
{
        char directory[128];
        (void)state;
        (void)snprintf(scratch, sizeof(scratch), "/tmp/guichet-move-XXXXXX");
        if (mkdtemp(scratch) == NULL)
                return -1;
        context = (struct harness){.directory = scratch, .bin = getenv("GUICHET_BIN"), .seconds = 1};
        (void)snprintf(directory, sizeof(directory), "%s/net", scratch);
        net_init(&context, directory);
        add_third(directory);
        net = net_start_in(&context, directory, instances, sizeof(instances) / sizeof(*instances));
        month_end_prepare(net, PERSONS, &month_end);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        net_stop(net);
        net_remove(scratch);
        free(month_end.placements);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_before),
                cmocka_unit_test(test_a_territory_moves_while_work_goes_on),
                cmocka_unit_test(test_who_is_new_goes_where_the_territory_is),
                cmocka_unit_test(test_back_and_a_bucket_to_a_third),
                cmocka_unit_test(test_entry_goes_on_while_others_are_down),
                cmocka_unit_test(test_strangers_give_no_part),
                cmocka_unit_test(test_killed_while_it_moves),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
