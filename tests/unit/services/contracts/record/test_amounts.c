/* Amounts that stand for "not known": an import says so of a contract that it keeps. */
#include "services/contracts/record/amounts.h"

#include "tests/unit/services/contracts/fixture.h"

static void test_an_import_marks_them(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        assert_int_equal(import(f, record)->n_remarks, 0);
        record->amount = euros(f, 999999999);
        add_modification(f, record, 1, a_day(f, 2026, 6, 1), 1200000);
        add_modification(f, record, 2, a_day(f, 2026, 7, 1), 1);
        const Contracts__ImportContractReply *reply = import(f, record);
        assert_int_equal(reply->outcome, CONTRACTS__IMPORT_OUTCOME__CREATED);
        assert_int_equal(reply->n_remarks, 2);
        assert_string_equal(reply->remarks[0]->field, "montant");
        assert_non_null(strstr(reply->remarks[0]->text, "fictif"));
        assert_string_equal(reply->remarks[1]->field, "modifications[1].montant");
        record->amount = NULL; /* not told is not doubtful */
        assert_int_equal(import(f, record)->n_remarks, 1);
}

/* What is shown of one says so: the list, the contract. */
static void test_they_are_shown_as_such(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        Contracts__ContractsRequest all = CONTRACTS__CONTRACTS_REQUEST__INIT;
        Contracts__ContractFactsRequest one = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        Contracts__UnfollowedContractsRequest unfollowed = CONTRACTS__UNFOLLOWED_CONTRACTS_REQUEST__INIT;
        Contracts__SocialConsideration clause = CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE;
        record->amount = euros(f, 999999999);
        record->social = &clause;
        record->n_social = 1;
        one.contract_id = import(f, record)->contract_id;
        const Contracts__ContractsReply *list = fixture_get(f, facilitator(f), "Contracts", &all);
        assert_true(list->contracts[0]->amount_doubtful);
        assert_int_equal(list->contracts[0]->amount->cents, 99999999900);
        const Contracts__ContractFactsReply *view = fixture_get(f, facilitator(f), "ContractFacts", &one);
        assert_true(view->contract->amount_doubtful);
        const Contracts__UnfollowedContractsReply *others =
                fixture_get(f, facilitator(f), "UnfollowedContracts", &unfollowed);
        assert_true(others->contracts[0]->amount_doubtful);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_an_import_marks_them, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_they_are_shown_as_such, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
