/* DeclineContract: the stage, the letter, and what a declined contract does not take any more. */
#include "tests/unit/services/contracts/association/association_fixture.h"

static void test_the_letter_says_why(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)fixture_get(f, facilitator(f), "RecordAssociation", not_associated(f, contract));
        const Contracts__DeclineContractReply *reply =
                fixture_get(f, facilitator(f), "DeclineContract", declining(f, contract));
        assert_non_null(strstr(reply->letter, "À l'attention de :\nSIRET 213\u00a0105\u00a0554\u00a000017\n"));
        assert_non_null(strstr(reply->letter, "Le 18 octobre 2026"));
        assert_non_null(strstr(reply->letter, "contrat n° 2026-031"));
        assert_non_null(strstr(reply->letter, "désigné dans les pièces sans en avoir été informé"));
        assert_non_null(strstr(reply->letter, "Nous l'avons découvert dans l'avis d'attribution."));
        assert_null(strstr(reply->letter, "{{"));
        assert_int_equal(facts_of(f, contract)->file->stage, CONTRACTS__CONTRACT_STAGE__DECLINED);
        (void)fixture_refused(f, facilitator(f), "DeclineContract", declining(f, contract),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_every_reason_has_its_sentence(void **state)
{
        struct fixture *f = *state;
        static const char *const said[] = {"désigné dans les pièces sans en avoir été informé",
                                           "trop tard pour donner un avis",
                                           "sans étude de faisabilité",
                                           "un avenant à la convention",
                                           "Adressez-vous au facilitateur du territoire",
                                           "Les conditions d'un suivi utile"};
        for (int reason = 1; reason <= CONTRACTS__DECLINE_REASON__DECLINED_OTHERWISE; reason++) {
                Contracts__ContractRecord *record = a_record(f);
                record->number = arena_printf(&f->arena, "2026-%03d", reason);
                Types__Id *contract = import(f, record)->contract_id;
                (void)fixture_get(f, facilitator(f), "RecordAssociation", not_associated(f, contract));
                Contracts__DeclineContract *command = declining(f, contract);
                command->reason = (Contracts__DeclineReason)reason;
                const Contracts__DeclineContractReply *reply =
                        fixture_get(f, facilitator(f), "DeclineContract", command);
                assert_non_null(strstr(reply->letter, "Cette position peut être revue. "));
                assert_non_null(strstr(reply->letter, said[reason - 1]));
                assert_int_equal(reply->n_to_confirm, 3); /* carrier, name and address of the buyer */
        }
}

static void test_nothing_is_added_to_it(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Types__Id *clause = put_clause(f, clause_on(f, contract))->clause_id;
        decline(f, contract);
        Contracts__PutClause *second = clause_on(f, contract);
        second->lot = 2;
        (void)fixture_refused(f, facilitator(f), "PutClause", second, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, facilitator(f), "RecordObligation", obligation_on(f, clause),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_refused_where_hours_are_owed(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)record_obligation(f, obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id));
        (void)fixture_get(f, facilitator(f), "RecordAssociation", not_associated(f, contract));
        (void)fixture_refused(f, facilitator(f), "DeclineContract", declining(f, contract),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_refused_where_associated(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)fixture_refused(f, facilitator(f), "DeclineContract", declining(f, contract),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(f, facilitator(f), "RecordAssociation", associated(f, contract));
        (void)fixture_refused(f, facilitator(f), "DeclineContract", declining(f, contract),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 5), "DeclineContract", declining(f, contract),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_letter_says_why, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_every_reason_has_its_sentence, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nothing_is_added_to_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refused_where_hours_are_owed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refused_where_associated, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
