/* Where each kind of request goes: one instance, by id, by territory, and lists page by page over the partitions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/clients/route.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/queries.pb-c.h"
#include "directory/queries.pb-c.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

/* Partitions are not in the order of the file: pages go by number. */
static const char *south[] = {"31", "82", NULL};
static const char *east[] = {"30", NULL};
static const char *none[] = {NULL};
static struct instance instances[] = {
        {.name = "contracts-1", .service = "contracts", .territories = none},
        {.name = "tracking-7", .service = "tracking", .partition = 7, .territories = east},
        {.name = "tracking-2", .service = "tracking", .partition = 2, .territories = south},
        {.name = "reporting-1", .service = "reporting", .territories = none},
        {.name = "reporting-2", .service = "reporting", .territories = none},
};
static const struct topology network = {.instances = instances, .instance_count = ARRAY_SIZE(instances)};

struct asked {
        struct arena arena;
        struct route route;
        struct refusal refusal;
};

static bool ask(struct asked *asked, const char *method, void *request)
{
        struct catalogue_method found;
        assert_true(catalogue_method(method, &found));
        assert_ptr_equal(((ProtobufCMessage *)request)->descriptor, found.method->input);
        return route_request(&network, &found, request, &asked->arena, &asked->route, &asked->refusal);
}

static int open_asked(void **state)
{
        static struct asked asked;
        asked = (struct asked){0};
        arena_init(&asked.arena);
        *state = &asked;
        return 0;
}

static int close_asked(void **state)
{
        struct asked *asked = *state;
        arena_fini(&asked->arena);
        return 0;
}

static struct id id_in(uint32_t partition)
{
        struct world world = world_seeded(partition, 1700000000000);
        return id_new(&world, 1700000000000, partition);
}

static void test_one_instance(void **state)
{
        struct asked *asked = *state;
        Contracts__ContractsRequest request = CONTRACTS__CONTRACTS_REQUEST__INIT;
        assert_true(ask(asked, "contracts.Contracts", &request));
        assert_string_equal(asked->route.instance->name, "contracts-1");
        assert_false(asked->route.paged);
        assert_null(asked->route.next);
}

/* What a message inside says. */
static void test_by_what_is_inside(void **state)
{
        struct asked *asked = *state;
        Tracking__MovePart request = TRACKING__MOVE_PART__INIT;
        Tracking__PartChoice choice = TRACKING__PART_CHOICE__INIT;
        assert_false(ask(asked, "tracking.MovePart", &request));
        request.choice = &choice;
        assert_false(ask(asked, "tracking.MovePart", &request));
        assert_string_equal(asked->refusal.field, "ofTerritory");
        choice.of_territory = (char *)"30";
        assert_true(ask(asked, "tracking.MovePart", &request));
        assert_string_equal(asked->route.instance->name, "tracking-7");
        choice.of_person = id_to(&asked->arena, id_in(2));
        assert_true(ask(asked, "tracking.MovePart", &request));
        assert_string_equal(asked->route.instance->name, "tracking-2");
}

static void test_service_not_here(void **state)
{
        struct asked *asked = *state;
        Directory__CountsByKindRequest request = DIRECTORY__COUNTS_BY_KIND_REQUEST__INIT;
        assert_false(ask(asked, "directory.CountsByKind", &request));
        assert_int_equal(asked->refusal.code, TYPES__REFUSAL_CODE__UNKNOWN_METHOD);
        assert_non_null(strstr(asked->refusal.text, "directory"));
}

static void test_by_each_id(void **state)
{
        struct asked *asked = *state;
        Tracking__SubmitHours submit = TRACKING__SUBMIT_HOURS__INIT;
        submit.placement_id = id_to(&asked->arena, id_in(7));
        assert_true(ask(asked, "tracking.SubmitHours", &submit));
        assert_string_equal(asked->route.instance->name, "tracking-7");

        Tracking__OpenPlacement open = TRACKING__OPEN_PLACEMENT__INIT;
        open.obligation_id = id_to(&asked->arena, id_in(7)); /* not one of tracking's own: must not count */
        open.beneficiary_id = id_to(&asked->arena, id_in(2));
        assert_true(ask(asked, "tracking.OpenPlacement", &open));
        assert_string_equal(asked->route.instance->name, "tracking-2");
        assert_false(asked->route.paged);
}

/* A month that is split goes where its placements are, wherever the rest of the territory is. */
static void test_by_the_first_line(void **state)
{
        struct asked *asked = *state;
        Tracking__SplitHours split = TRACKING__SPLIT_HOURS__INIT;
        Tracking__HoursPart first = TRACKING__HOURS_PART__INIT, second = TRACKING__HOURS_PART__INIT;
        Tracking__HoursPart *parts[] = {&first, &second};
        split.territory = (char *)(uintptr_t) "31";
        split.parts = parts;
        split.n_parts = 2;
        first.placement_id = id_to(&asked->arena, id_in(7));
        second.placement_id = id_to(&asked->arena, id_in(2));
        assert_true(ask(asked, "tracking.SplitHours", &split));
        assert_string_equal(asked->route.instance->name, "tracking-7");
        split.n_parts = 0;
        assert_true(ask(asked, "tracking.SplitHours", &split));
        assert_string_equal(asked->route.instance->name, "tracking-2");
}

static void test_id_of_nowhere(void **state)
{
        struct asked *asked = *state;
        Tracking__SubmitHours submit = TRACKING__SUBMIT_HOURS__INIT;
        submit.placement_id = id_to(&asked->arena, id_in(3));
        assert_false(ask(asked, "tracking.SubmitHours", &submit));
        assert_int_equal(asked->refusal.code, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(asked->refusal.field, "placementId");

        submit.placement_id = id_to(&asked->arena, id_in(0));
        assert_false(ask(asked, "tracking.SubmitHours", &submit));
        assert_int_equal(asked->refusal.code, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_id_absent(void **state)
{
        struct asked *asked = *state;
        Tracking__SubmitHours submit = TRACKING__SUBMIT_HOURS__INIT;
        assert_false(ask(asked, "tracking.SubmitHours", &submit));
        assert_int_equal(asked->refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_by_territory(void **state)
{
        struct asked *asked = *state;
        char here[] = "82";
        char away[] = "75";
        Tracking__ReferBeneficiary refer = TRACKING__REFER_BENEFICIARY__INIT;
        refer.territory = here;
        assert_true(ask(asked, "tracking.ReferBeneficiary", &refer));
        assert_string_equal(asked->route.instance->name, "tracking-2");

        refer.territory = away;
        assert_false(ask(asked, "tracking.ReferBeneficiary", &refer));
        assert_int_equal(asked->refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(asked->refusal.field, "territory");
        assert_non_null(strstr(asked->refusal.text, "75"));

        Tracking__ReferBeneficiary empty = TRACKING__REFER_BENEFICIARY__INIT;
        assert_false(ask(asked, "tracking.ReferBeneficiary", &empty));
        assert_string_equal(asked->refusal.field, "territory");
}

/* At its home; and at the others behind it, where the home says that they have some of it too. */
static void test_list_of_one_territory_begins_at_its_home(void **state)
{
        static const struct {
                const char *instance, *own_next;
                bool also_elsewhere;
        } pages[] = {{"tracking-7", "k1", true},
                     {"tracking-7", "", true},
                     {"tracking-2", "k2", false},
                     {"tracking-2", "", false}};
        static char here[] = "30";
        struct asked *asked = *state;
        Types__Page page = TYPES__PAGE__INIT;
        Tracking__BeneficiariesRequest request = TRACKING__BENEFICIARIES_REQUEST__INIT;
        Tracking__BeneficiariesReply reply = TRACKING__BENEFICIARIES_REPLY__INIT;
        request.territory = here;
        for (size_t i = 0; i < ARRAY_SIZE(pages); i++) {
                assert_true(ask(asked, "tracking.Beneficiaries", &request));
                assert_string_equal(asked->route.instance->name, pages[i].instance);
                reply.next = pb_bytes(slice_of_text(pages[i].own_next));
                route_reply(&asked->route, pages[i].also_elsewhere, &reply.base, &asked->arena);
                assert_int_equal(reply.next.len == 0, i + 1 == ARRAY_SIZE(pages));
                page.after = reply.next;
                request.page = &page;
        }
        request.page = NULL;
        assert_true(ask(asked, "tracking.Beneficiaries", &request));
        reply.next = pb_bytes(slice_of_text(""));
        route_reply(&asked->route, false, &reply.base, &asked->arena);
        assert_int_equal(reply.next.len, 0);
}

static void test_moved_is_followed_so_many_times(void **state)
{
        struct asked *asked = *state;
        struct catalogue_method method;
        Tracking__BeneficiariesRequest request = TRACKING__BENEFICIARIES_REQUEST__INIT;
        Types__Refusal refusal = TYPES__REFUSAL__INIT;
        assert_true(catalogue_method("tracking.Beneficiaries", &method));
        assert_true(ask(asked, "tracking.Beneficiaries", &request));
        refusal.code = TYPES__REFUSAL_CODE__MOVED;
        refusal.moved_to = 9; /* not in the topology */
        assert_false(route_follow(&network, &method, &refusal, &asked->route));
        for (int i = 0; i < ROUTE_HOPS_MAX; i++) {
                refusal.moved_to = i % 2 == 0 ? 7 : 2;
                assert_true(route_follow(&network, &method, &refusal, &asked->route));
                assert_int_equal(asked->route.instance->partition, refusal.moved_to);
        }
        assert_false(route_follow(&network, &method, &refusal, &asked->route));
        asked->route.hops = 0;
        refusal.code = TYPES__REFUSAL_CODE__NOT_FOUND;
        assert_false(route_follow(&network, &method, &refusal, &asked->route));
}

/* Both partitions have two pages: the list is followed from its first page to its last. */
static void test_pages_over_partitions(void **state)
{
        static const struct {
                const char *instance;
                const char *own_next; /* what the daemon says */
        } pages[] = {{"tracking-2", "k1"}, {"tracking-2", ""}, {"tracking-7", "k2"}, {"tracking-7", ""}};
        struct asked *asked = *state;
        Types__Page page = TYPES__PAGE__INIT;
        Tracking__PlacementsRequest request = TRACKING__PLACEMENTS_REQUEST__INIT;

        for (size_t i = 0; i < ARRAY_SIZE(pages); i++) {
                assert_true(ask(asked, "tracking.Placements", &request));
                assert_string_equal(asked->route.instance->name, pages[i].instance);
                assert_true(asked->route.paged);
                const char *before = i == 0 ? "" : pages[i - 1].own_next;
                assert_true(slice_equal(pb_slice(page.after), slice_of_text(before)));

                Tracking__PlacementsReply reply = TRACKING__PLACEMENTS_REPLY__INIT;
                reply.next = pb_bytes(slice_of_text(pages[i].own_next));
                route_reply(&asked->route, false, &reply.base, &asked->arena);
                assert_int_equal(reply.next.len == 0, i + 1 == ARRAY_SIZE(pages));
                page.after = reply.next;
                request.page = &page;
        }
}

static void test_wrong_cursor(void **state)
{
        struct asked *asked = *state;
        static const uint8_t cursors[][3] = {{0, 3, 1}, {0, 0, 1}, {2, 0, 0}};
        for (size_t i = 0; i < ARRAY_SIZE(cursors); i++) {
                for (size_t size = 1; size <= 3; size++) {
                        Types__Page page = TYPES__PAGE__INIT;
                        Tracking__PlacementsRequest request = TRACKING__PLACEMENTS_REQUEST__INIT;
                        page.after = pb_bytes(slice_of(cursors[i], size));
                        request.page = &page;
                        assert_false(ask(asked, "tracking.Placements", &request));
                        assert_int_equal(asked->refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
                        assert_string_equal(asked->refusal.field, "page.after");
                }
        }
}

static void test_reply_of_one_instance_is_left_alone(void **state)
{
        struct asked *asked = *state;
        Contracts__ContractsRequest request = CONTRACTS__CONTRACTS_REQUEST__INIT;
        Contracts__ContractsReply reply = CONTRACTS__CONTRACTS_REPLY__INIT;
        assert_true(ask(asked, "contracts.Contracts", &request));
        reply.next = pb_bytes(slice_of_text("k"));
        route_reply(&asked->route, false, &reply.base, &asked->arena);
        assert_int_equal(reply.next.len, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_asked, close_asked)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_one_instance),
                TEST(test_by_what_is_inside),
                TEST(test_service_not_here),
                TEST(test_by_each_id),
                TEST(test_by_the_first_line),
                TEST(test_id_of_nowhere),
                TEST(test_id_absent),
                TEST(test_by_territory),
                TEST(test_list_of_one_territory_begins_at_its_home),
                TEST(test_moved_is_followed_so_many_times),
                TEST(test_pages_over_partitions),
                TEST(test_wrong_cursor),
                TEST(test_reply_of_one_instance_is_left_alone),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
