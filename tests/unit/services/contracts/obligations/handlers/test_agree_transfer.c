/* AgreeTransfer: hours pass when every buyer concerned has agreed, on both sides at once. */
#include "tests/unit/services/contracts/obligations/scene.h"

static void holds(struct fixture *f, Types__Id *obligation, int64_t transferred, int64_t remaining)
{
        const Contracts__ObligationView *view = see_obligation(f, obligation);
        assert_int_equal(view->transferred->hundredths, transferred * 100);
        assert_int_equal(view->remaining->hundredths, remaining * 100);
        balanced(f, obligation);
}

static const Types__Refusal *refused(struct fixture *f, const Wire__Passport *actor, Types__Id *transfer,
                                     Contracts__LedgerDecision *decision, Types__RefusalCode code)
{
        Contracts__AgreeTransfer command = CONTRACTS__AGREE_TRANSFER__INIT;
        command.transfer_id = transfer;
        command.decision = decision;
        return fixture_refused(f, actor, "AgreeTransfer", &command, code);
}

static void test_within_a_group(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Types__Id *transfer = propose(f, transfer_from(f, scene.lead, scene.member, 100))->transfer_id;
        const Contracts__AgreeTransferReply *reply = agree(f, facilitator(f), transfer, written(f, ""));
        assert_int_equal(reply->state, CONTRACTS__TRANSFER_STATE__TRANSFER_DONE);
        holds(f, scene.lead, 100, 400);
        holds(f, scene.member, -100, 433);
        const Contracts__ObligationView *view = see_obligation(f, scene.member);
        assert_string_equal(view->entries[1]->cause, "Transfert de Entreprise " CONTRACTOR_SIRET);
        assert_int_equal(refused(f, buyer(f), transfer, NULL, TYPES__REFUSAL_CODE__WRONG_STATE)->code,
                         TYPES__REFUSAL_CODE__WRONG_STATE); /* not twice */
}

static void test_each_buyer_between_contracts(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Types__Id *transfer = propose(f, transfer_from(f, scene.elsewhere, scene.lead, 150))->transfer_id;
        const Contracts__AgreeTransferReply *reply = agree(f, buyer(f), transfer, NULL);
        assert_int_equal(reply->state, CONTRACTS__TRANSFER_STATE__TRANSFER_PROPOSED);
        assert_int_equal(reply->n_missing_sirets, 1);
        assert_string_equal(reply->missing_sirets[0], OTHER_BUYER_SIRET);
        holds(f, scene.elsewhere, 0, 200);
        uint64_t before = told(f);
        (void)agree(f, facilitator(f), transfer, written(f, BUYER_SIRET)); /* it had agreed: nothing more is told */
        assert_int_equal(told(f), before);
        holds(f, scene.lead, 0, 500);
        reply = agree(f, facilitator(f), transfer, written(f, OTHER_BUYER_SIRET));
        assert_int_equal(reply->state, CONTRACTS__TRANSFER_STATE__TRANSFER_DONE);
        holds(f, scene.elsewhere, 150, 50);
        holds(f, scene.lead, -150, 650);
}

static void test_it_is_in_both_histories(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Types__Id *transfer = propose(f, transfer_from(f, scene.elsewhere, scene.lead, 150))->transfer_id;
        (void)agree(f, buyer(f), transfer, NULL);
        (void)agree(f, other_buyer(f), transfer, NULL);
        Types__Id *const contracts[] = {scene.contract, scene.other_contract};
        for (size_t i = 0; i < ARRAY_SIZE(contracts); i++) {
                Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
                query.contract_id = contracts[i];
                const Contracts__ContractHistoryReply *reply =
                        fixture_get(f, coordinator(f), "ContractHistory", &query);
                const char *last = reply->lines[reply->n_lines - 1]->text;
                assert_non_null(strstr(last, "Transfert de 150"));
                assert_non_null(strstr(last, "les heures sont passées"));
                assert_non_null(strstr(reply->lines[reply->n_lines - 3]->text, "Accord attendu : acheteurs"));
        }
}

static void test_without_the_buyer_nothing_passes(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Types__Id *transfer = propose(f, transfer_from(f, scene.lead, scene.member, 100))->transfer_id;
        assert_string_equal(refused(f, facilitator(f), transfer, NULL, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "decision.reference");
        (void)refused(f, other_buyer(f), transfer, NULL, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), transfer, NULL, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), transfer, written(f, ""),
                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(f, buyer(f), id_to(&f->arena, id_numbered(9)), NULL, TYPES__REFUSAL_CODE__NOT_FOUND);
        holds(f, scene.lead, 0, 500);
        holds(f, scene.member, 0, 333);
}

static void test_what_was_done_meanwhile_stays(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Types__Id *transfer = propose(f, transfer_from(f, scene.lead, scene.member, 400))->transfer_id;
        hours_validated(f, 1, scene.lead, 1, 20000);
        assert_string_equal(refused(f, buyer(f), transfer, NULL, TYPES__REFUSAL_CODE__WRONG_STATE)->field, "hours");
        holds(f, scene.lead, 0, 300);
}

static void test_what_has_ended_stands(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Types__Id *transfer = propose(f, transfer_from(f, scene.elsewhere, scene.lead, 100))->transfer_id;
        (void)agree(f, buyer(f), transfer, NULL);
        ended(f, scene.contract);
        (void)refused(f, other_buyer(f), transfer, NULL, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, facilitator(f), "ProposeTransfer", transfer_from(f, scene.lead, scene.member, 1),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, facilitator(f), "DeclareNeed", need_for(f, scene.lead),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        holds(f, scene.lead, 0, 500);
}

/* The buyer's agreement was given in time, and reaches the desk after the contract's end. */
static void test_an_agreement_that_comes_late(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Contracts__ProposeTransfer *command = transfer_from(f, scene.lead, scene.member, 100);
        command->proposed_on = a_day(f, 2026, 10, 5);
        ended(f, scene.contract);
        Types__Id *transfer = propose(f, command)->transfer_id;
        Contracts__LedgerDecision *decision = written(f, BUYER_SIRET);
        (void)refused(f, facilitator(f), transfer, decision, TYPES__REFUSAL_CODE__WRONG_STATE);
        decision->decided_on = a_day(f, 2026, 10, 9);
        (void)agree(f, facilitator(f), transfer, decision);
        holds(f, scene.lead, 100, 400);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_within_a_group, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_each_buyer_between_contracts, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_it_is_in_both_histories, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_without_the_buyer_nothing_passes, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_has_ended_stands, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_agreement_that_comes_late, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_was_done_meanwhile_stays, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
