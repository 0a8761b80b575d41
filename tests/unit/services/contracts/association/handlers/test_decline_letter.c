/* DeclineLetter: the letter as it was written. */
#include "tests/unit/services/contracts/association/association_fixture.h"

static void test_the_letter_is_kept(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__DeclineLetter query = CONTRACTS__DECLINE_LETTER__INIT;
        query.contract_id = contract;
        (void)fixture_refused(f, coordinator(f), "DeclineLetter", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        decline(f, contract);
        f->world.now_ms_value += INT64_C(86400000);
        directory_tells(f, 1, 5, BUYER_SIRET);
        const Contracts__DeclineLetterReply *reply =
                fixture_get(f, of_organisation(f, TYPES__ROLE__BUYER, 5), "DeclineLetter", &query);
        assert_int_equal(reply->declined_on->days, a_day(f, 2026, 10, 18)->days);
        assert_non_null(strstr(reply->letter, "Le 18 octobre 2026"));
        assert_string_equal(reply->texts_version, "association-2026-2");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "DeclineLetter", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_letter_is_kept, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
