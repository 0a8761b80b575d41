/* FinalStatement: hours, cases and penalties of a contract, as figures and as a text. */
#include "tests/unit/services/contracts/control/several.h"
#include "tests/unit/services/contracts/control/relief.h"

static const Contracts__FinalStatementReply *final_statement(struct fixture *f, const Wire__Passport *actor,
                                                             Types__Id *contract)
{
        Contracts__FinalStatementRequest query = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "FinalStatement", &query);
}

static void test_figures_and_text(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        the_buyer_is_known(f);
        hours_validated(f, 1, s.obligations[0], 1, 50000);
        invoice_converted(f, 2, s.obligations[0], 50, 33300);
        today_is(f, 2027, 3, 2);
        (void)fixture_get(f, facilitator(f), "EndContract",
                          end_of(f, s.contract, CONTRACTS__CONTRACT_END_KIND__END_COMPLETED));
        Types__Id *case_id = open_case(f, s.obligations[1], NOT_DONE, NULL);
        (void)to_proposal(f, case_id);
        Contracts__DecideCase *decision = decision_on(f, case_id, CONTRACTS__BUYER_CHOICE__CHOICE_REDUCE);
        decision->amount = euros(f, 20000);
        (void)fixture_get(f, buyer(f), "DecideCase", decision);
        Contracts__IssueAttestation attestation = CONTRACTS__ISSUE_ATTESTATION__INIT;
        attestation.obligation_id = s.obligations[0];
        (void)fixture_get(f, facilitator(f), "IssueAttestation", &attestation);

        const Contracts__FinalStatementReply *reply = final_statement(f, buyer(f), s.contract);
        assert_int_equal(reply->n_lines, SEVERAL);
        assert_int_equal(reply->penalties->cents, 2000000);
        assert_int_equal(reply->lines[0]->obligation->done->hundredths, 50000);
        assert_int_equal(reply->lines[0]->obligation->converted->hundredths, 33300);
        assert_non_null(reply->lines[0]->attested_on);
        assert_int_equal(reply->lines[1]->n_cases, 1);
        assert_int_equal(reply->lines[1]->penalties->cents, 2000000);
        assert_int_equal(reply->lines[2]->penalties->cents, 0);
        static const char *const told[] = {
                "Exécution du 2 mars 2026 au 1er mars 2027 ; contrat terminé le 2 mars 2027",
                "- lot n° 1, Peintures du Lauragais (SIRET 130\u00a0025\u00a0265\u00a000013) : 833\u00a0h prévues ; 5",
                "par des personnes suivies ; 333\u00a0h converties de factures de "
                "sous-traitance inclusive ; reste 0\u00a0h.\n  - Attestation",
                "- Heures prévues : 4\u202f165\u00a0h\n",
                "heures non réalisées au terme : pénalité de 20\u202f000\u00a0€ décidée par l'acheteur",
                "Attestation de réalisation du",
                "Pénalités décidées par l'acheteur : 20\u202f000\u00a0€",
        };
        for (size_t i = 0; i < ARRAY_SIZE(told); i++)
                if (strstr(reply->text, told[i]) == NULL)
                        fail_msg("« %s » is not in: %s", told[i], reply->text);
}

static void test_a_company_sees_its_own(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        const Contracts__FinalStatementReply *reply = final_statement(f, contractor(f), s.contract);
        assert_int_equal(reply->n_lines, 1);
        assert_null(strstr(reply->text, "lot 2"));
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__FinalStatementRequest query = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        query.contract_id = a_contract(f);
        (void)fixture_refused(f, facilitator(f), "FinalStatement", &query, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, OTHER), "FinalStatement", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        query.contract_id = id_to(&f->arena, id_numbered(9));
        (void)fixture_refused(f, facilitator(f), "FinalStatement", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_figures_and_text, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_sees_its_own, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
