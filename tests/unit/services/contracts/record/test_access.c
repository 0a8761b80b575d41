/* Whose data it is, asked of every role. */
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/needs/needs_access.h"
#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/record/access.h"

struct scene {
        struct fixture *f;
        struct work work;
        struct id contract;
        Contracts__ContractRecord *record;
        Contracts__ObligationRecorded obligation;
        Contracts__NeedDeclared need;
};

static void begin(struct fixture *f, struct scene *scene)
{
        Contracts__RecordObligation *command;
        *scene = (struct scene){.f = f};
        Types__Id *contract = a_contract(f);
        command = obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id);
        Types__Id *obligation = record_obligation(f, command)->obligation_id;
        directory_tells(f, 1, 5, BUYER_SIRET);
        scene->contract = id_of(contract);
        scene->record = a_record(f);
        contracts__obligation_recorded__init(&scene->obligation);
        scene->obligation.contract_id = contract;
        scene->obligation.contractor_organisation = id_to(&f->arena, id_numbered(1));
        contracts__need_declared__init(&scene->need);
        scene->need.obligation_id = obligation;
        scene->need.territory = arena_text(&f->arena, "31");
        scene->work.arena = &f->arena;
        scene->work.txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(scene->work.txn);
}

static void test_every_role(void **state)
{
        struct scene scene;
        begin(*state, &scene);
        static const struct {
                Types__Role role;
                uint8_t organisation; /* 1 owes, 5 published */
                bool contract, obligation, need;
        } cases[] = {
                {TYPES__ROLE__ROLE_NONE, 1, false, false, false}, {TYPES__ROLE__FACILITATOR, 9, true, true, true},
                {TYPES__ROLE__COORDINATOR, 9, true, true, true},  {TYPES__ROLE__BUYER, 5, true, true, true},
                {TYPES__ROLE__BUYER, 6, false, false, false},     {TYPES__ROLE__BUYER, 1, false, false, false},
                {TYPES__ROLE__COMPANY, 1, true, true, true},      {TYPES__ROLE__COMPANY, 2, false, false, false},
                {TYPES__ROLE__COMPANY, 5, false, false, false},   {TYPES__ROLE__STRUCTURE, 1, false, false, true},
                {TYPES__ROLE__PRESCRIBER, 1, false, false, true}, {TYPES__ROLE__AUDITOR, 9, true, true, true},
                {TYPES__ROLE__OPERATOR, 1, false, false, false},  {TYPES__ROLE__SERVICE, 1, false, false, false},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                scene.work.actor = of_organisation(scene.f, cases[i].role, cases[i].organisation);
                assert_int_equal(access_contract(&scene.work, scene.contract, scene.record), cases[i].contract);
                assert_int_equal(access_obligation(&scene.work, &scene.obligation), cases[i].obligation);
                assert_int_equal(access_need(&scene.work, &scene.need), cases[i].need);
        }
        txn_end_read(scene.work.txn);
}

static void test_territories(void **state)
{
        struct scene scene;
        begin(*state, &scene);
        char *codes[] = {arena_text(&scene.f->arena, "65"), arena_text(&scene.f->arena, "09")};
        scene.work.actor = facilitator(scene.f); /* 31 and 09 */
        assert_true(access_territories(&scene.work, codes, 2));
        assert_false(access_territories(&scene.work, codes, 1));
        assert_false(access_territories(&scene.work, codes, 0));
        scene.work.actor = fixture_actor(scene.f, TYPES__ROLE__FACILITATOR, NULL, "*");
        assert_true(access_territories(&scene.work, codes, 1));
        scene.work.actor = fixture_actor(scene.f, TYPES__ROLE__COORDINATOR, NULL, "31");
        assert_true(access_territories(&scene.work, codes, 1));
        txn_end_read(scene.work.txn);
}

static void test_a_prescriber_elsewhere(void **state)
{
        struct scene scene;
        begin(*state, &scene);
        scene.work.actor = fixture_actor(scene.f, TYPES__ROLE__PRESCRIBER, NULL, "09 65");
        assert_false(access_need(&scene.work, &scene.need));
        scene.work.actor = fixture_actor(scene.f, TYPES__ROLE__PRESCRIBER, NULL, "");
        assert_false(access_need(&scene.work, &scene.need));
        txn_end_read(scene.work.txn);
}

static void test_own_siret(void **state)
{
        struct scene scene;
        char siret[SIRET_TEXT_SIZE];
        begin(*state, &scene);
        scene.work.actor = of_organisation(scene.f, TYPES__ROLE__BUYER, 5);
        assert_true(access_own_siret(&scene.work, siret));
        assert_string_equal(siret, BUYER_SIRET);
        scene.work.actor = fixture_actor(scene.f, TYPES__ROLE__BUYER, NULL, "*");
        assert_false(access_own_siret(&scene.work, siret));
        txn_end_read(scene.work.txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_every_role, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_territories, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_prescriber_elsewhere, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_own_siret, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
