#include "tests/unit/services/notifications/fixture.h"

static void test_again_replaces_the_address(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = subscribe(f, 1, "31", "a@exemple.fr");
        assert_int_equal(engine_position(f->engine), 1);
        assert_true(id_equal(id_of(subscribe(f, 1, "31", "a@exemple.fr")), id_of(first)));
        assert_int_equal(engine_position(f->engine), 1); /* nothing new */
        assert_true(id_equal(id_of(subscribe(f, 1, "31", "b@exemple.fr")), id_of(first)));
        assert_int_equal(engine_position(f->engine), 2);
        assert_false(id_equal(id_of(subscribe(f, 1, "09", "a@exemple.fr")), id_of(first)));

        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        struct subscriptions list = store_subscriptions_in(txn, "31", &f->arena);
        txn_end_read(txn);
        assert_int_equal(list.count, 1);
        assert_string_equal(list.rows[0]->email, "b@exemple.fr");
}

static void test_security(void **state)
{
        struct fixture *f = *state;
        Notifications__Subscribe command = subscribing(f, "31", "a@exemple.fr");
        command.organisation_id = id_to(&f->arena, organisation(2));
        (void)fixture_refused(f, prescriber(f, 1), "Subscribe", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, facilitator(f, "09"), "Subscribe", &command);
        command = subscribing(f, "65", "a@exemple.fr");
        (void)fixture_refused(f, prescriber(f, 1), "Subscribe", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        struct id company = organisation(3);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__COMPANY, &company, "*"), "Subscribe", &command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_bad_field(void **state)
{
        struct fixture *f = *state;
        Notifications__Subscribe command = subscribing(f, "31", "a@exemple.fr\nBcc: b@exemple.fr");
        (void)fixture_refused(f, prescriber(f, 1), "Subscribe", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_again_replaces_the_address, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_security, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_bad_field, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
