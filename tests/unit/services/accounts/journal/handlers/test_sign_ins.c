/* Who signed in, or tried to: one's own, everybody's for who audits, for a set time. */
#include "tests/unit/services/accounts/mail/fixture.h"

#include "accounts/journal.pb-c.h"

#define DAY_MS INT64_C(86400000)

static const Accounts__SignInsReply *sign_ins(struct fixture *f, Types__Id *account, int32_t from, int32_t until)
{
        Accounts__SignInsRequest query = ACCOUNTS__SIGN_INS_REQUEST__INIT;
        Types__Day first = TYPES__DAY__INIT, last = TYPES__DAY__INIT;
        first.days = from;
        last.days = until;
        query.account_id = account;
        query.from = from == 0 ? NULL : &first;
        query.until = until == 0 ? NULL : &last;
        return fixture_get(f, operator_of(f), "SignIns", &query);
}

static void test_ones_own(void **state)
{
        struct fixture *f = *state;
        Wire__Passport *marie = with_password(f, "marie", TYPES__ROLE__BUYER, "quatre mots sans lien");
        (void)with_password(f, "luc", TYPES__ROLE__BUYER, "quatre mots sans lien");
        (void)sign_in(f, "luc", "quatre mots sans lien", "");
        (void)sign_in(f, "marie", "quatre mots sans lien", "");
        (void)sign_in(f, "marie", "un autre", "");
        (void)sign_in(f, "personne", "un autre", "");
        Accounts__OwnSignInsRequest query = ACCOUNTS__OWN_SIGN_INS_REQUEST__INIT;
        const Accounts__OwnSignInsReply *own = fixture_get(f, marie, "OwnSignIns", &query);
        assert_int_equal(own->n_sign_ins, 2);
        assert_int_equal(own->sign_ins[0]->outcome, OPENED(WRONG));
        assert_int_equal(own->sign_ins[1]->outcome, OPENED(OPEN));
        assert_int_equal(own->sign_ins[1]->way, ACCOUNTS__SIGN_IN_WAY__WAY_PASSWORD);
        assert_string_equal(own->sign_ins[1]->place, "192.0.2.0/24");
        assert_true(own->sign_ins[1]->new_browser);
        (void)fixture_refused(f, operator_of(f), "OwnSignIns", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_int_equal(sign_ins(f, NULL, 0, 0)->n_sign_ins, 3); /* of a name that nobody has, nothing */
        assert_int_equal(sign_ins(f, marie->account, 0, 0)->n_sign_ins, 2);
}

static void test_a_period(void **state)
{
        struct fixture *f = *state;
        (void)with_password(f, "marie", TYPES__ROLE__BUYER, "quatre mots sans lien");
        const int32_t today = (int32_t)(f->world.now_ms_value / DAY_MS);
        (void)sign_in(f, "marie", "quatre mots sans lien", "");
        f->world.now_ms_value += 10 * DAY_MS;
        (void)sign_in(f, "marie", "quatre mots sans lien", "");
        assert_int_equal(sign_ins(f, NULL, today - 1, today + 1)->n_sign_ins, 1);
        assert_int_equal(sign_ins(f, NULL, today + 2, today + 8)->n_sign_ins, 0);
        assert_int_equal(sign_ins(f, NULL, today + 2, 0)->n_sign_ins, 1);
        Accounts__SignInsRequest query = ACCOUNTS__SIGN_INS_REQUEST__INIT;
        Types__Day first = TYPES__DAY__INIT, last = TYPES__DAY__INIT;
        first.days = today;
        last.days = today - 1;
        query.from = &first;
        query.until = &last;
        (void)fixture_refused(f, operator_of(f), "SignIns", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, coordinator_of(f), "SignIns", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* From where is published nowhere, and is kept no longer than the rest. */
static void test_kept_for_a_set_time(void **state)
{
        struct fixture *f = *state;
        (void)with_password(f, "marie", TYPES__ROLE__BUYER, "quatre mots sans lien");
        (void)sign_in(f, "marie", "quatre mots sans lien", "");
        struct slice events = engine_events_after(f->engine, 0, 0, &f->arena);
        assert_null(memmem(events.data, events.size, "192.0.2", 7));
        f->world.now_ms_value += 366 * DAY_MS;
        (void)sign_in(f, "marie", "quatre mots sans lien", "");
        assert_int_equal(sign_ins(f, NULL, 0, 0)->n_sign_ins, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_sign_in, fixture_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_ones_own),
                TEST(test_a_period),
                TEST(test_kept_for_a_set_time),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
