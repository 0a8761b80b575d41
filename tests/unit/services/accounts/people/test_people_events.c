/* Events that are not in the order that this version makes them in must not break the tables. */
#include "tests/unit/services/accounts/fixture.h"

#include "accounts/calls.h"
#include "services/accounts/people/people_rows.h"

static Accounts__Event event;

static void apply(struct txn *txn, struct fixture *f, Accounts__Event__BodyCase kind)
{
        event.body_case = kind;
        const struct event happened = {.number = 1, .at_ms = FIXTURE_NOW_MS, .user = "", .body = &event};
        accounts_apply_event(txn, &f->arena, &happened);
}

static void test_of_what_never_was(void **state)
{
        struct fixture *f = *state;
        struct err_info info = {0};
        const struct id id = {.b = {1}};
        Accounts__MembershipConfirmed confirmed = ACCOUNTS__MEMBERSHIP_CONFIRMED__INIT;
        Accounts__MembershipEnded ended = ACCOUNTS__MEMBERSHIP_ENDED__INIT;
        Accounts__AccountClosed closed = ACCOUNTS__ACCOUNT_CLOSED__INIT;
        Accounts__KeyEnded key = ACCOUNTS__KEY_ENDED__INIT;
        struct txn *txn = txn_begin_write(engine_store(f->engine), &info);
        assert_non_null(txn);
        txn_allow(txn, TABLE_STATE);
        accounts__event__init(&event);
        apply(txn, f, ACCOUNTS__EVENT__BODY__NOT_SET); /* of a later version: nothing that is known here */
        confirmed.membership_id = ended.membership_id = closed.account_id = key.key_id = id_to(&f->arena, id);
        confirmed.confirmed_by = confirmed.account_id = id_to(&f->arena, id);
        event.membership_confirmed = &confirmed;
        apply(txn, f, ACCOUNTS__EVENT__BODY_MEMBERSHIP_CONFIRMED);
        event.membership_ended = &ended;
        apply(txn, f, ACCOUNTS__EVENT__BODY_MEMBERSHIP_ENDED);
        event.account_closed = &closed;
        apply(txn, f, ACCOUNTS__EVENT__BODY_ACCOUNT_CLOSED);
        event.key_ended = &key;
        apply(txn, f, ACCOUNTS__EVENT__BODY_KEY_ENDED);
        assert_int_equal(txn_count(txn, T_ACCOUNT), 0);
        assert_int_equal(txn_count(txn, T_MEMBERSHIP), 0);
        txn_abort(txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_of_what_never_was, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
