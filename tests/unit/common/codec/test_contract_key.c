#include "common/codec/contract_key.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

static Contracts__CompanyId *company(struct arena *arena, const char *value, const char *name)
{
        Contracts__CompanyId *company = pb_new(&contracts__company_id__descriptor, arena);
        company->kind = CONTRACTS__COMPANY_ID_KIND__SIRET;
        company->value = arena_text(arena, value);
        company->name = arena_text(arena, name);
        return company;
}

static void add_contractor(struct arena *arena, Contracts__ContractRecord *record, const char *value, const char *name)
{
        record->contractors = pb_append(record->contractors, &record->n_contractors, sizeof(void *), arena);
        record->contractors[record->n_contractors - 1] = company(arena, value, name);
}

static Contracts__ContractRecord *contract(struct arena *arena)
{
        Contracts__ContractRecord *record = pb_new(&contracts__contract_record__descriptor, arena);

        record->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record->format = CONTRACTS__RECORD_FORMAT__DECP_2022;
        record->number = arena_text(arena, "2024-17");
        record->buyer_siret = arena_text(arena, "21310555400017");
        record->object = arena_text(arena, "Réfection du marché : lot 2");
        record->cpv = arena_text(arena, "45233140");
        record->place = pb_new(&contracts__place__descriptor, arena);
        record->place->code = arena_text(arena, "31555");
        record->place->kind = CONTRACTS__PLACE_KIND__COMMUNE;
        record->amount = money_to(arena, money_of_cents(8223850));
        record->notified_on = day_to(arena, day_of_number(19849));
        add_contractor(arena, record, "39281098200018", "Dupont");
        add_contractor(arena, record, "85220188800017", "Martin");
        return record;
}

struct world_of_one {
        struct arena arena;
        Contracts__ContractRecord *record;
        struct id original;
};

static int setup(void **state)
{
        static struct world_of_one world;
        world = (struct world_of_one){0};
        world.record = contract(&world.arena);
        world.original = contract_key(world.record, &world.arena);
        *state = &world;
        return 0;
}

static int teardown(void **state)
{
        struct world_of_one *world = *state;
        arena_fini(&world->arena);
        return 0;
}

static void same(struct world_of_one *world)
{
        assert_true(id_equal(contract_key(world->record, &world->arena), world->original));
        world->record = contract(&world->arena);
}

static void different(struct world_of_one *world)
{
        assert_false(id_equal(contract_key(world->record, &world->arena), world->original));
        world->record = contract(&world->arena);
}

static void a_republication_is_the_same_contract(void **state)
{
        struct world_of_one *world = *state;

        same(world);
        world->record->modifications = pb_append(NULL, &world->record->n_modifications, sizeof(void *), &world->arena);
        world->record->modifications[0] = pb_new(&contracts__modification__descriptor, &world->arena);
        same(world);
        world->record->subcontracts = pb_append(NULL, &world->record->n_subcontracts, sizeof(void *), &world->arena);
        world->record->subcontracts[0] = pb_new(&contracts__subcontract__descriptor, &world->arena);
        same(world);
        world->record->published_on = day_to(&world->arena, day_of_number(19900));
        same(world);
        world->record->duration_months = 13;
        same(world);
        world->record->offers_received = 4;
        same(world);
        world->record->format = CONTRACTS__RECORD_FORMAT__DECP_2019;
        same(world);
        world->record->buyer_name = arena_text(&world->arena, "Ville");
        same(world);
}

static void small_differences_of_form_do_not_count(void **state)
{
        static const char *const objects[] = {
                "Réfection du marché : lot 2",
                "REFECTION", /* not the same: see below */
                "R\xef\xbf\xbd\146ection du march\xef\xbf\xbd: lot 2 ",
                "réfection  du marché - LOT 2.",
        };
        struct world_of_one *world = *state;

        for (size_t i = 0; i < ARRAY_SIZE(objects); i++) {
                world->record->object = arena_text(&world->arena, objects[i]);
                if (i == 1)
                        different(world);
                else
                        same(world);
        }
        world->record->cpv = arena_text(&world->arena, "45233140-2");
        same(world);
        Contracts__CompanyId *first = world->record->contractors[0];
        world->record->contractors[0] = world->record->contractors[1];
        world->record->contractors[1] = first;
        same(world);
        world->record->contractors[0]->name = arena_text(&world->arena, "DUPONT SA");
        same(world);
}

static void lots_are_told_apart(void **state)
{
        struct world_of_one *world = *state;
        struct arena *arena = &world->arena;

        world->record->object = arena_text(arena, "Réfection du marché : lot 3");
        different(world);
        world->record->number = arena_text(arena, "2024-18");
        different(world);
        world->record->buyer_siret = arena_text(arena, "21590350100017");
        different(world);
        world->record->cpv = arena_text(arena, "45233141");
        different(world);
        world->record->place->code = arena_text(arena, "31000");
        different(world);
        world->record->place = NULL;
        different(world);
        world->record->amount = money_to(arena, money_of_cents(8223851));
        different(world);
        world->record->amount = NULL;
        different(world);
        world->record->kind = CONTRACTS__CONTRACT_KIND__CONCESSION;
        different(world);
        world->record->notified_on = day_to(arena, day_of_number(19850));
        different(world);
        world->record->notified_on = NULL;
        different(world);
        add_contractor(arena, world->record, "97420044600017", "");
        different(world);
        world->record->contractors[0]->value = arena_text(arena, "");
        different(world);
}

static void parts_do_not_run_into_each_other(void **state)
{
        struct world_of_one *world = *state;

        world->record->buyer_siret = arena_text(&world->arena, "213105554000172");
        world->record->number = arena_text(&world->arena, "024-17");
        different(world);
        world->record->number = arena_text(&world->arena, "");
        world->record->object = arena_text(&world->arena, "2024-17 Réfection du marché : lot 2");
        different(world);
}

static void the_id_starts_with_the_day_of_notification(void **state)
{
        struct world_of_one *world = *state;
        uint64_t ms = 0;

        for (size_t i = 0; i < 6; i++)
                ms = ms << 8 | world->original.b[i];
        assert_int_equal(ms, 19849ULL * 86400000);
        assert_int_equal(world->original.b[6] >> 4, 8); /* version 8 of RFC 9562: made by us */
        world->record->notified_on = NULL;
        struct id undated = contract_key(world->record, &world->arena);
        for (size_t i = 0; i < 6; i++)
                assert_int_equal(undated.b[i], 0);
        world->record->notified_on = day_to(&world->arena, day_of_number(-3)); /* 1969 has no place there */
        struct id before = contract_key(world->record, &world->arena);
        for (size_t i = 0; i < 6; i++)
                assert_int_equal(before.b[i], 0);
        assert_false(id_equal(before, undated));
}

static void an_empty_record_has_a_key_too(void **state)
{
        struct world_of_one *world = *state;

        world->record = pb_new(&contracts__contract_record__descriptor, &world->arena);
        assert_false(id_is_zero(contract_key(world->record, &world->arena)));
}

#define KEY_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

static void what_doubles_share_is_neither_number_nor_amount(void **state)
{
        struct world_of_one *world = *state;
        struct id alike = contract_alike_key(world->record, &world->arena);

        world->record->number = arena_text(&world->arena, "2024_17");
        world->record->amount = money_to(&world->arena, money_of_cents(8223900));
        world->record->object = arena_text(&world->arena, "réfection du marché, LOT 2");
        assert_true(id_equal(contract_alike_key(world->record, &world->arena), alike));
        world->record->object = arena_text(&world->arena, "Réfection du marché : lot 3");
        assert_false(id_equal(contract_alike_key(world->record, &world->arena), alike));
}

static void numbers_are_alike_by_their_signs_or_their_end(void **state)
{
        static const struct {
                const char *a, *b;
                bool alike;
        } cases[] = {
                {"2026T0100", "2026T0101", true}, {"2026/12 A", "2026_12_A", true}, {"2018050000", "2018050002", true},
                {"20181800", "20181801", true},   {"2026-7", "2026-7", true},       {"2026T0100", "2026T0200", false},
                {"2026T01", "2026T0101", false},  {"1234", "1235", false},          {"", "", false},
                {"2026-AB", "2026-AC", false},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
                if (contract_numbers_alike(cases[i].a, cases[i].b) != cases[i].alike)
                        fail_msg("%s, %s", cases[i].a, cases[i].b);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                KEY_TEST(a_republication_is_the_same_contract),
                KEY_TEST(small_differences_of_form_do_not_count),
                KEY_TEST(lots_are_told_apart),
                KEY_TEST(parts_do_not_run_into_each_other),
                KEY_TEST(the_id_starts_with_the_day_of_notification),
                KEY_TEST(what_doubles_share_is_neither_number_nor_amount),
                KEY_TEST(numbers_are_alike_by_their_signs_or_their_end),
                KEY_TEST(an_empty_record_has_a_key_too),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
