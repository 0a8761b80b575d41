/* The SIRET of organisations, copied from the directory's events. */
#include "tests/unit/services/contracts/fixture.h"

static void assert_siret(struct fixture *f, uint8_t organisation, const char *expected)
{
        char siret[SIRET_TEXT_SIZE];
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(txn);
        bool found = contracts_organisation_siret(txn, id_numbered(organisation), siret);
        txn_end_read(txn);
        assert_int_equal(found, expected != NULL);
        if (expected != NULL)
                assert_string_equal(siret, expected);
}

static void test_put_changed_forgotten(void **state)
{
        struct fixture *f = *state;
        assert_siret(f, 1, NULL);
        directory_tells(f, 1, 1, BUYER_SIRET);
        assert_siret(f, 1, BUYER_SIRET);
        directory_tells(f, 2, 1, CONTRACTOR_SIRET);
        assert_siret(f, 1, CONTRACTOR_SIRET);
        directory_tells(f, 3, 1, "");
        assert_siret(f, 1, NULL);
        directory_tells(f, 4, 2, "not a SIRET");
        assert_siret(f, 2, NULL);
        assert_int_equal(engine_position(f->engine), 0); /* a copy is no event of ours */
}

static void test_closed_keeps_it(void **state)
{
        struct fixture *f = *state;
        directory_tells(f, 1, 1, BUYER_SIRET);
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationClosed closed = DIRECTORY__ORGANISATION_CLOSED__INIT;
        closed.organisation_id = id_to(&f->arena, id_numbered(1));
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED;
        event.organisation_closed = &closed;
        assert_int_equal(engine_feed(f->engine, "directory", 2, &event.base), 0);
        assert_siret(f, 1, BUYER_SIRET);
}

/* An import that was undone had put it: nobody is that organisation any more, until it is put again. */
static void test_taken_back_is_forgotten(void **state)
{
        struct fixture *f = *state;
        directory_tells(f, 1, 1, BUYER_SIRET);
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationTakenBack taken_back = DIRECTORY__ORGANISATION_TAKEN_BACK__INIT;
        taken_back.organisation_id = id_to(&f->arena, id_numbered(1));
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK;
        event.organisation_taken_back = &taken_back;
        assert_int_equal(engine_feed(f->engine, "directory", 2, &event.base), 0);
        assert_siret(f, 1, NULL);
        directory_tells(f, 3, 1, BUYER_SIRET);
        assert_siret(f, 1, BUYER_SIRET);
}

static void test_an_event_without_an_organisation(void **state)
{
        struct fixture *f = *state;
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_PUT;
        event.organisation_put = &put;
        assert_int_equal(engine_feed(f->engine, "directory", 1, &event.base), 0);
        assert_int_equal(engine_source_position(f->engine, "directory"), 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_put_changed_forgotten, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_closed_keeps_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_taken_back_is_forgotten, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_event_without_an_organisation, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
