/* Which address of an organisation a mail goes to: that of the territory, else one that there is. */
#include "tests/unit/services/notifications/fixture.h"

static const char *address_of_last(struct fixture *f)
{
        struct id id = id_of(inbox(f, 1)->notices[0]->notice_id);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const Notifications__SealedAddress *address =
                address_open(f->engine, txn, store_find_notice(txn, id, &f->arena)->address_id, &f->arena);
        txn_end_read(txn);
        return address == NULL ? "" : address->email;
}

static void test_which_address(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "09", "foix@exemple.fr");
        (void)subscribe(f, 1, "31", "toulouse@exemple.fr");
        decide_eligibility(f, 1, "31");
        assert_string_equal(address_of_last(f), "toulouse@exemple.fr");
        decide_eligibility(f, 1, "65"); /* a territory that it has not subscribed to */
        assert_string_equal(address_of_last(f), "foix@exemple.fr");
        (void)subscribe(f, 1, "09", "");
        decide_eligibility(f, 1, "09");
        assert_string_equal(address_of_last(f), "toulouse@exemple.fr");
        (void)subscribe(f, 1, "31", "");
        decide_eligibility(f, 1, "31");
        assert_string_equal(address_of_last(f), "");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_which_address, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
