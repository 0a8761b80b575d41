/* Who may ask the contracts daemon for what. That each method has a row at all, tests/tidy checks. */
#include "tests/unit/services/contracts/fixture.h"

static const struct dispatch_row *row(const char *method)
{
        for (size_t i = 0; i < contracts_spec.dispatch_count; i++)
                if (strcmp(contracts_spec.dispatch[i].method, method) == 0)
                        return &contracts_spec.dispatch[i];
        fail_msg("no row for %s", method);
        return NULL;
}

/* tidy: long because it is a table, a row for each message of the daemon */
static void test_roles(void **state)
{
        const uint32_t keepers = ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR);
        const uint32_t readers = keepers | ROLE_BIT(AUDITOR) | ROLE_BIT(BUYER);
        const struct {
                const char *method;
                enum dispatch_mode mode;
                uint32_t roles;
        } expected[] = {
                /* file */
                {"OpenContract", MODE_COMMAND, keepers},
                {"AmendContract", MODE_COMMAND, keepers},
                {"ContractById", MODE_QUERY, readers | ROLE_BIT(COMPANY)},
                {"Contracts", MODE_QUERY, readers},
                {"ContractFacts", MODE_QUERY, readers | ROLE_BIT(COMPANY)},
                {"ContractHistory", MODE_QUERY, readers},
                /* agreements */
                {"PutAgreement", MODE_COMMAND, keepers},
                {"SignAgreement", MODE_COMMAND, keepers},
                {"RenewAgreement", MODE_COMMAND, keepers},
                {"EndAgreement", MODE_COMMAND, keepers},
                {"AgreementById", MODE_QUERY, readers},
                {"Agreements", MODE_QUERY, readers},
                {"AgreementText", MODE_QUERY, readers},
                {"AgreementFee", MODE_QUERY, readers},
                {"UncoveredContracts", MODE_QUERY, readers},
                /* programming */
                {"ImportProgramme", MODE_COMMAND, keepers | ROLE_BIT(OPERATOR) | ROLE_BIT(BUYER)},
                {"DecideLine", MODE_COMMAND, keepers},
                {"PreviewProgramme", MODE_QUERY, keepers | ROLE_BIT(OPERATOR) | ROLE_BIT(BUYER)},
                {"Programme", MODE_QUERY, readers},
                {"AssessLine", MODE_QUERY, readers},
                {"RecordDerogation", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"CheckObligation", MODE_QUERY, readers},
                {"ObligationNote", MODE_QUERY, readers},
                /* clauses */
                {"PutClause", MODE_COMMAND, keepers},
                {"Calibrate", MODE_QUERY, readers | ROLE_BIT(COMPANY)},
                {"CompareCalibrations", MODE_QUERY, readers},
                /* drafting */
                {"PutDraftItems", MODE_COMMAND, keepers},
                {"KeepDraft", MODE_COMMAND, keepers},
                {"DraftClause", MODE_QUERY, readers},
                {"Drafts", MODE_QUERY, readers},
                {"DraftById", MODE_QUERY, readers},
                /* association */
                {"RecordAssociation", MODE_COMMAND, keepers},
                {"DeclineContract", MODE_COMMAND, keepers},
                {"ResumeContract", MODE_COMMAND, keepers},
                {"DeclineLetter", MODE_QUERY, readers},
                {"AssociationStatistics", MODE_QUERY, readers},
                /* consultation */
                {"OpenConsultation", MODE_COMMAND, keepers},
                {"PostponeOffers", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"RecordQuestion", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"DraftAnswer", MODE_COMMAND, keepers},
                {"SendAnswer", MODE_COMMAND, keepers},
                {"PublishAnswer", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"SetQuestionAside", MODE_COMMAND, keepers},
                {"PutAppraisalGrid", MODE_COMMAND, keepers},
                {"RecordOffer", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"MarkOffer", MODE_COMMAND, keepers},
                {"AgreeMarks", MODE_COMMAND, keepers},
                {"AwardContract", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"Appraisal", MODE_QUERY, keepers | ROLE_BIT(BUYER)},
                {"AppraisalReport", MODE_QUERY, keepers | ROLE_BIT(BUYER)},
                {"Consultation", MODE_QUERY, readers},
                {"PublishedAnswers", MODE_QUERY, readers | ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE)},
                /* reserved */
                {"EnterReserved", MODE_COMMAND, keepers},
                {"RecordReserved", MODE_COMMAND, keepers},
                {"WithdrawReserved", MODE_COMMAND, keepers},
                {"ReservationCheck", MODE_QUERY, readers},
                {"ReservedContracts", MODE_QUERY, readers},
                {"ReservedStatistics", MODE_QUERY, readers},
                /* obligations */
                {"RecordObligation", MODE_COMMAND, keepers},
                {"ObligationById", MODE_QUERY, readers | ROLE_BIT(COMPANY)},
                {"Obligations", MODE_QUERY, readers | ROLE_BIT(COMPANY)},
                {"ProposeTransfer", MODE_COMMAND, keepers | ROLE_BIT(COMPANY)},
                {"AgreeTransfer", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"RefuseTransfer", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"WaiveHours", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"AmendObligation", MODE_COMMAND, keepers},
                {"AssignObligation", MODE_COMMAND, keepers},
                {"RecordOrder", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"RecordContractInvoice", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"ClauseLedger", MODE_QUERY, readers | ROLE_BIT(COMPANY)},
                {"CompanyLedger", MODE_QUERY, keepers | ROLE_BIT(AUDITOR) | ROLE_BIT(COMPANY)},
                /* needs */
                {"DeclareNeed", MODE_COMMAND, keepers | ROLE_BIT(COMPANY)},
                {"AmendNeed", MODE_COMMAND, keepers | ROLE_BIT(COMPANY)},
                {"CloseNeed", MODE_COMMAND, keepers | ROLE_BIT(COMPANY)},
                {"NeedsForecast", MODE_QUERY,
                 keepers | ROLE_BIT(AUDITOR) | ROLE_BIT(STRUCTURE) | ROLE_BIT(PRESCRIBER)},
                {"Needs", MODE_QUERY, readers | ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE) | ROLE_BIT(PRESCRIBER)},
                /* control */
                {"PutControlPlan", MODE_COMMAND, keepers},
                {"NameResponsible", MODE_COMMAND, keepers | ROLE_BIT(COMPANY)},
                {"RecordStatement", MODE_COMMAND, keepers},
                {"RecordReminder", MODE_COMMAND, keepers},
                {"OpenCase", MODE_COMMAND, keepers},
                {"WarnBuyer", MODE_COMMAND, keepers},
                {"DraftFormalNotice", MODE_COMMAND, keepers},
                {"ServeFormalNotice", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"RecordObservations", MODE_COMMAND, keepers | ROLE_BIT(BUYER) | ROLE_BIT(COMPANY)},
                {"ProposePenalty", MODE_COMMAND, keepers},
                {"DecideCase", MODE_COMMAND, ROLE_BIT(BUYER)},
                {"RecordBuyerDecision", MODE_COMMAND, keepers},
                {"CloseCase", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"DeclareDifficulty", MODE_COMMAND, keepers | ROLE_BIT(COMPANY)},
                {"DecideRelief", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"ResumeExecution", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"EndContract", MODE_COMMAND, keepers | ROLE_BIT(BUYER)},
                {"IssueAttestation", MODE_COMMAND, keepers},
                {"LateStatements", MODE_QUERY, readers | ROLE_BIT(COMPANY)},
                {"Progress", MODE_QUERY, readers | ROLE_BIT(COMPANY)},
                {"CaseById", MODE_QUERY, readers | ROLE_BIT(COMPANY)},
                {"Cases", MODE_QUERY, readers | ROLE_BIT(COMPANY)},
                {"FinalStatement", MODE_QUERY, readers | ROLE_BIT(COMPANY)},
                /* publication */
                {"ImportContract", MODE_COMMAND, keepers | ROLE_BIT(OPERATOR)},
                {"ImportContracts", MODE_COMMAND, keepers | ROLE_BIT(OPERATOR)},
                {"LinkPublication", MODE_COMMAND, keepers},
                {"UnlinkPublication", MODE_COMMAND, keepers},
                {"PublicationSuggestions", MODE_QUERY, readers},
                {"PublicationDifferences", MODE_QUERY, readers},
                {"UnfollowedContracts", MODE_QUERY, readers},
                {"DecpExport", MODE_QUERY, readers},
                /* referrals */
                {"ReferMatter", MODE_COMMAND, keepers},
                {"CloseReferral", MODE_COMMAND, keepers},
                {"Referrals", MODE_QUERY, readers},
        };
        (void)state;
        assert_int_equal(contracts_spec.dispatch_count, ARRAY_SIZE(expected));
        for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
                assert_int_equal(row(expected[i].method)->mode, expected[i].mode);
                assert_int_equal(row(expected[i].method)->roles, expected[i].roles);
        }
}

static void test_a_role_outside_the_row_is_refused(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportContract import = CONTRACTS__IMPORT_CONTRACT__INIT;
        Contracts__ContractsRequest contracts = CONTRACTS__CONTRACTS_REQUEST__INIT;
        Contracts__CalibrateRequest calibrate = CONTRACTS__CALIBRATE_REQUEST__INIT;
        import.record = a_record(f);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "ImportContract", &import,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 1), "Contracts", &contracts,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__STRUCTURE, 1), "Calibrate", &calibrate,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_what_it_follows(void **state)
{
        (void)state;
        assert_int_equal(contracts_spec.subscription_count, 2);
        assert_string_equal(contracts_spec.subscriptions[0].service, "tracking");
        assert_non_null(contracts_spec.subscriptions[0].react);
        assert_string_equal(contracts_spec.subscriptions[1].service, "directory");
        assert_non_null(contracts_spec.subscriptions[1].copy);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_roles),
                cmocka_unit_test_setup_teardown(test_a_role_outside_the_row_is_refused, setup, fixture_close),
                cmocka_unit_test(test_what_it_follows),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
