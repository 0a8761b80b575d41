/* A company that a message names twice: by its organisation and by its SIRET. */
#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/record/company.h"

#define SIRET_TOLD "73282932000074"

struct scene {
        struct work work;
        Types__Id *organisation;
        struct refusal refusal;
};

static struct scene begin(struct fixture *f, uint8_t organisation)
{
        struct scene scene = {.organisation = id_to(&f->arena, id_numbered(organisation))};
        directory_tells(f, 1, 1, SIRET_TOLD);
        scene.work.arena = &f->arena;
        scene.work.txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(scene.work.txn);
        return scene;
}

static void test_two_names_of_one_company(void **state)
{
        struct scene scene = begin(*state, 1);
        assert_true(company_is_one(&scene.work, scene.organisation, SIRET_TOLD, "partner.siret", &scene.refusal));
        assert_false(company_is_unverified(&scene.work, scene.organisation, SIRET_TOLD));
        txn_end_read(scene.work.txn);
}

static void test_of_two_companies(void **state)
{
        struct scene scene = begin(*state, 1);
        assert_false(company_is_one(&scene.work, scene.organisation, BUYER_SIRET, "partner.siret", &scene.refusal));
        assert_int_equal(scene.refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(scene.refusal.field, "partner.siret");
        assert_true(company_is_unverified(&scene.work, scene.organisation, BUYER_SIRET));
        txn_end_read(scene.work.txn);
}

/* Decision 0040: what the directory has not told is taken, and shown as such. */
static void test_not_known_to_the_directory(void **state)
{
        struct scene scene = begin(*state, 9);
        assert_true(company_is_one(&scene.work, scene.organisation, BUYER_SIRET, "partner.siret", &scene.refusal));
        assert_true(company_is_unverified(&scene.work, scene.organisation, BUYER_SIRET));
        assert_false(company_is_unverified(&scene.work, NULL, BUYER_SIRET));
        txn_end_read(scene.work.txn);
}

/* The organisation that is told, else the only one that the directory has of the SIRET. */
static void test_whose_a_siret_is(void **state)
{
        struct fixture *f = *state;
        struct scene scene = begin(f, 9);
        char siret[SIRET_TEXT_SIZE];
        assert_true(id_equal(company_of(&scene.work, scene.organisation, SIRET_TOLD), id_numbered(9)));
        assert_true(id_equal(company_of(&scene.work, NULL, SIRET_TOLD), id_numbered(1)));
        assert_true(id_is_zero(company_of(&scene.work, NULL, BUYER_SIRET)));
        assert_true(id_is_zero(company_of(&scene.work, NULL, "")));
        company_siret(&scene.work, id_numbered(1), siret);
        assert_string_equal(siret, SIRET_TOLD);
        company_siret(&scene.work, id_numbered(9), siret);
        assert_string_equal(siret, "");
        txn_end_read(scene.work.txn);

        directory_tells(f, 2, 2, SIRET_TOLD); /* claimed twice */
        scene.work.txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(scene.work.txn);
        assert_true(id_is_zero(company_of(&scene.work, NULL, SIRET_TOLD)));
        company_siret(&scene.work, id_numbered(1), siret);
        assert_string_equal(siret, "");
        txn_end_read(scene.work.txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_two_names_of_one_company, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_two_companies, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_whose_a_siret_is, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_known_to_the_directory, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
