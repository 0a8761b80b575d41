/* Who may ask the contracts daemon for what. That each method has a row at all, tests/tidy checks. */
#include "tests/unit/services/contracts/fixture.h"

/* What those may ask who are not of the guichet. To open a method to one of them is to write it here too: what a
 * facilitator alone may do needs no line. */
struct opened {
        Types__Role role;
        enum dispatch_mode mode;
        const char *methods[32]; /* NULL ends them */
};
static const struct opened opened[] = {
        {TYPES__ROLE__BUYER,
         MODE_COMMAND,
         {"ImportProgramme", "UndoProgrammeImport", "RecordDerogation",      "PostponeOffers",    "RecordQuestion",
          "PublishAnswer",   "RecordOffer",         "AwardContract",         "AgreeTransfer",     "RefuseTransfer",
          "WaiveHours",      "RecordOrder",         "RecordContractInvoice", "ServeFormalNotice", "RecordObservations",
          "DecideCase",      "CloseCase",           "DecideRelief",          "ResumeExecution",   "EndContract",
          "WithdrawAct",     "SuspendExecution",    "DecideContractPart",    "LeaveGroup",        "DecideSubcontract",
          "AmendSubcontract"}},
        {TYPES__ROLE__COMPANY,
         MODE_COMMAND,
         {"ProposeTransfer", "DeclareNeed", "AmendNeed", "CloseNeed", "NameResponsible", "RecordObservations",
          "DeclareDifficulty", "DeclareSubcontract"}},
        {TYPES__ROLE__COMPANY,
         MODE_QUERY,
         {"ContractById", "ContractFacts", "ContractPace", "Calibrate", "PublishedAnswers", "ObligationById",
          "Obligations", "ClauseLedger", "CompanyLedger", "Needs", "NeedById", "LateStatements", "Progress", "CaseById",
          "Cases", "FinalStatement", "Subcontracts", "SubcontractById", "TransferById"}},
        {TYPES__ROLE__STRUCTURE, MODE_COMMAND, {NULL}},
        {TYPES__ROLE__STRUCTURE, MODE_QUERY, {"PublishedAnswers", "NeedsForecast", "Needs", "NeedById"}},
        {TYPES__ROLE__PRESCRIBER, MODE_COMMAND, {NULL}},
        {TYPES__ROLE__PRESCRIBER, MODE_QUERY, {"NeedsForecast", "Needs", "NeedById"}},
        {TYPES__ROLE__OPERATOR,
         MODE_COMMAND,
         {"ImportProgramme", "UndoProgrammeImport", "ImportContract", "ImportContracts"}},
        {TYPES__ROLE__OPERATOR, MODE_QUERY, {"PreviewProgramme", "ProgrammeImports"}},
        {TYPES__ROLE__AUDITOR, MODE_COMMAND, {NULL}},
        {TYPES__ROLE__DATA_PROTECTION, MODE_COMMAND, {NULL}},
        {TYPES__ROLE__DATA_PROTECTION, MODE_QUERY, {NULL}},
};

static bool is_opened(const struct opened *list, const char *method)
{
        for (size_t i = 0; list->methods[i] != NULL; i++)
                if (strcmp(list->methods[i], method) == 0)
                        return true;
        return false;
}

static size_t count_of(const struct opened *list)
{
        size_t count = 0;
        while (list->methods[count] != NULL)
                count++;
        return count;
}

static void test_what_is_open_to_others(void **state)
{
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(opened); i++) {
                size_t found = 0;
                for (size_t j = 0; j < contracts_spec.dispatch_count; j++) {
                        const struct dispatch_row *row = &contracts_spec.dispatch[j];
                        if (row->mode != opened[i].mode || (row->roles & (1u << opened[i].role)) == 0)
                                continue;
                        if (!is_opened(&opened[i], row->method))
                                fail_msg("%s is open to role %d", row->method, (int)opened[i].role);
                        found++;
                }
                assert_int_equal(found, count_of(&opened[i]));
        }
}

/* What the guichet's own may ask: all, but the one decision that is the buyer's (decision 0016). */
static void test_what_the_desk_may_ask(void **state)
{
        const uint32_t keepers = ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR);
        const uint32_t others = ROLE_BIT(AUDITOR) | ROLE_BIT(BUYER) | ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE) |
                                ROLE_BIT(PRESCRIBER) | ROLE_BIT(OPERATOR);
        (void)state;
        for (size_t i = 0; i < contracts_spec.dispatch_count; i++) {
                const struct dispatch_row *row = &contracts_spec.dispatch[i];
                bool is_the_buyers = strcmp(row->method, "DecideCase") == 0;
                assert_int_equal(row->roles & keepers, is_the_buyers ? 0 : keepers);
                assert_int_equal(row->roles & ~(keepers | others), 0);
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
                cmocka_unit_test(test_what_is_open_to_others),
                cmocka_unit_test(test_what_the_desk_may_ask),
                cmocka_unit_test_setup_teardown(test_a_role_outside_the_row_is_refused, setup, fixture_close),
                cmocka_unit_test(test_what_it_follows),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
