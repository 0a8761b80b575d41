#include "tests/unit/services/reporting/fixture.h"

enum { HIRE = MODALITY(DIRECT_HIRE), PROVIDED = MODALITY(STAFF_PROVIDED) };

static const Reporting__ModalityFigures *line_of(const Reporting__ContractStatementReply *reply, int32_t modality)
{
        for (size_t i = 0; i < reply->n_by_modality; i++)
                if ((int32_t)reply->by_modality[i]->modality == modality)
                        return reply->by_modality[i];
        return NULL;
}

/* Two lots: two obligations. Person 1 works under both, person 2 under the second one. */
static void tell_two_lots(struct fixture *f)
{
        struct day march = date(2025, 3, 1);
        tell_contract(f, (struct published){.contract = 1, .year = 2025, .department = "31"});
        tell_contract(f, (struct published){.contract = 2, .year = 2025, .department = "31"});
        tell_obligation(f, (struct obliged){1, 1, 50000, "31"});
        tell_obligation(f, (struct obliged){1, 2, 33300, "31"});
        tell_obligation(f, (struct obliged){2, 3, 90000, "31"});
        tell_placement(f, (struct placed){.person = 1, .obligation = 1, .modality = HIRE, .starts_on = march});
        tell_placement(f, (struct placed){.person = 1, .obligation = 2, .modality = PROVIDED, .starts_on = march});
        tell_placement(f, (struct placed){.person = 2, .obligation = 2, .modality = PROVIDED, .starts_on = march});
        tell_placement(f, (struct placed){.person = 3, .obligation = 3, .modality = HIRE, .starts_on = march});
        struct validated hours = {.year = 2025, .month = 3};
        hours.person = 1, hours.obligation = 1, hours.modality = HIRE, hours.hundredths = 15167;
        tell_hours(f, hours);
        hours.obligation = 2, hours.modality = PROVIDED, hours.hundredths = 2000;
        tell_hours(f, hours);
        hours.person = 2, hours.hundredths = 7000;
        tell_hours(f, hours);
        hours.person = 3, hours.obligation = 3, hours.modality = HIRE, hours.hundredths = 99999;
        tell_hours(f, hours);
        tell_invoice(f, (struct invoiced){.obligation = 2, .dated = date(2025, 4, 30), .hundredths = 833});
}

static void test_due_done_converted_remaining(void **state)
{
        struct fixture *f = *state;
        tell_two_lots(f);
        const Reporting__ContractStatementReply *reply = statement(f, 1);
        assert_string_equal(reply->number, "M-1");
        assert_string_equal(reply->buyer_siret, BUYER_SIRET);
        assert_string_equal(reply->object, "Réfection de l'école");
        assert_true(id_equal(id_of(reply->contract_id), id_n(CONTRACT, 1)));
        assert_int_equal(hundredths_of(reply->due), 83300);
        assert_int_equal(hundredths_of(reply->done), 24167);
        assert_int_equal(hundredths_of(reply->converted), 833);
        assert_int_equal(hundredths_of(reply->remaining), 83300 - 24167 - 833);
        assert_int_equal(reply->placements, 3);
}

static void test_a_person_of_two_obligations_counts_once(void **state)
{
        struct fixture *f = *state;
        tell_two_lots(f);
        const Reporting__ContractStatementReply *reply = statement(f, 1);
        assert_int_equal(reply->persons, 2);
        assert_int_equal(reply->n_by_modality, 2);
        assert_int_equal(line_of(reply, HIRE)->persons, 1);
        assert_int_equal(line_of(reply, HIRE)->placements, 1);
        assert_int_equal(hundredths_of(line_of(reply, HIRE)->hours), 15167);
        assert_int_equal(line_of(reply, PROVIDED)->persons, 2);
        assert_int_equal(line_of(reply, PROVIDED)->placements, 2);
        assert_int_equal(hundredths_of(line_of(reply, PROVIDED)->hours), 9000);
}

static void test_more_than_was_due_is_a_surplus(void **state)
{
        struct fixture *f = *state;
        tell_two_lots(f);
        assert_int_equal(hundredths_of(statement(f, 2)->remaining), 0);
        assert_int_equal(hundredths_of(statement(f, 2)->surplus), 99999 - 90000);
}

#define ACCOUNT(name) CONTRACTS__ACCOUNT__##name

static void test_amended_transferred_waived(void **state)
{
        struct fixture *f = *state;
        tell_two_lots(f);
        tell_moved(f, (struct moved){1, 1, ACCOUNT(CLAUSE), ACCOUNT(DUE), 10000});
        tell_moved(f, (struct moved){1, 2, ACCOUNT(DUE), ACCOUNT(TRANSFERRED), 3000});
        tell_moved(f, (struct moved){2, 3, ACCOUNT(TRANSFERRED), ACCOUNT(DUE), 3000});
        tell_moved(f, (struct moved){1, 2, ACCOUNT(DUE), ACCOUNT(WAIVED), 500});
        tell_moved(f, (struct moved){1, 2, ACCOUNT(PLANNED), ACCOUNT(FORECAST), 77700}); /* owed by nobody yet */
        const Reporting__ContractStatementReply *reply = statement(f, 1);
        assert_int_equal(hundredths_of(reply->due), 93300);
        assert_int_equal(hundredths_of(reply->transferred), 3000);
        assert_int_equal(hundredths_of(reply->waived), 500);
        assert_int_equal(hundredths_of(reply->remaining), 93300 - 24167 - 833 - 3000 - 500);
        reply = statement(f, 2);
        assert_int_equal(hundredths_of(reply->due), 90000);
        assert_int_equal(hundredths_of(reply->transferred), -3000);
        assert_int_equal(hundredths_of(reply->remaining), 0);
        assert_int_equal(hundredths_of(reply->surplus), 99999 - 90000 - 3000);
}

static void test_a_contract_without_obligation_is_all_zeros(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 9, .year = 2025});
        const Reporting__ContractStatementReply *reply = statement(f, 9);
        assert_int_equal(hundredths_of(reply->due), 0);
        assert_int_equal(hundredths_of(reply->remaining), 0);
        assert_int_equal(reply->persons, 0);
        assert_int_equal(reply->n_by_modality, 0);
}

/* Work that tracking told before contracts told whose it is: the statement joins them when it is asked. */
static void test_work_may_come_before_its_contract(void **state)
{
        struct fixture *f = *state;
        tell_hours(
                f,
                (struct validated){
                        .person = 1, .obligation = 1, .modality = HIRE, .year = 2025, .month = 3, .hundredths = 4000});
        tell_contract(f, (struct published){.contract = 1, .year = 2025});
        assert_int_equal(hundredths_of(statement(f, 1)->done), 0);
        tell_obligation(f, (struct obliged){1, 1, 50000, "31"});
        assert_int_equal(hundredths_of(statement(f, 1)->done), 4000);
}

static Reporting__ContractStatementRequest request_of(struct fixture *f, uint32_t contract)
{
        Reporting__ContractStatementRequest request = REPORTING__CONTRACT_STATEMENT_REQUEST__INIT;
        request.contract_id = id_message(f, CONTRACT, contract);
        return request;
}

static void test_a_buyer_sees_its_own_contracts_only(void **state)
{
        struct fixture *f = *state;
        struct id own = id_n(ORGANISATION, 1), other = id_n(ORGANISATION, 2), nameless = id_n(ORGANISATION, 3),
                  unknown = id_n(ORGANISATION, 4);
        tell_contract(f, (struct published){.contract = 1, .year = 2025});
        tell_organisation(f, 1, BUYER_SIRET);
        tell_organisation(f, 2, "13002526500013");
        tell_organisation(f, 3, "");
        Reporting__ContractStatementRequest request = request_of(f, 1);
        (void)fixture_get(f, fixture_actor(f, TYPES__ROLE__BUYER, &own, "31"), "ContractStatement", &request);
        const struct id *others[] = {&other, &nameless, &unknown, NULL};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__BUYER, others[i], "*"), "ContractStatement",
                                      &request, TYPES__REFUSAL_CODE__NOT_FOUND);
        tell_closed(f, 1);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__BUYER, &own, "31"), "ContractStatement", &request,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* The statement of a private contract: the coordinator, the facilitators of its territories, its client. */
static void test_a_private_contract_is_for_its_own(void **state)
{
        struct fixture *f = *state;
        struct id client = id_n(ORGANISATION, 1);
        tell_organisation(f, 1, BUYER_SIRET);
        tell_private(f, 1, "65");
        tell_private(f, 2, NULL); /* in 31, where its place is */
        const struct {
                Types__Role role;
                const struct id *organisation;
                const char *territories;
                bool first, second;
        } cases[] = {
                {TYPES__ROLE__COORDINATOR, NULL, "*", true, true},
                {TYPES__ROLE__FACILITATOR, NULL, "65", true, false},
                {TYPES__ROLE__FACILITATOR, NULL, "31", false, true},
                {TYPES__ROLE__FACILITATOR, NULL, "09", false, false},
                {TYPES__ROLE__AUDITOR, NULL, "*", false, false},
                {TYPES__ROLE__BUYER, &client, "31", true, true},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                Wire__Passport *actor = fixture_actor(f, cases[i].role, cases[i].organisation, cases[i].territories);
                for (uint32_t contract = 1; contract <= 2; contract++) {
                        Reporting__ContractStatementRequest request = request_of(f, contract);
                        struct engine_answer answer = fixture_ask(f, actor, "ContractStatement", &request);
                        assert_int_equal(answer.body != NULL, contract == 1 ? cases[i].first : cases[i].second);
                }
        }
}

/* A buyer without a SIRET must not see the contracts whose buyer was published without one. */
static void test_no_siret_is_no_key(void **state)
{
        struct fixture *f = *state;
        struct id nameless = id_n(ORGANISATION, 3);
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ContractImported imported = CONTRACTS__CONTRACT_IMPORTED__INIT;
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        imported.contract_id = id_message(f, CONTRACT, 7);
        imported.record = &record;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED;
        event.contract_imported = &imported;
        tell(f, "contracts-1", &event);
        tell_organisation(f, 3, "");
        Reporting__ContractStatementRequest request = request_of(f, 7);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__BUYER, &nameless, "*"), "ContractStatement", &request,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_unknown_contract_and_uninvited_roles(void **state)
{
        struct fixture *f = *state;
        Reporting__ContractStatementRequest request = request_of(f, 404);
        const Types__Refusal *refusal =
                fixture_refused(f, coordinator(f), "ContractStatement", &request, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(refusal->field, "contractId");
        const Types__Role uninvited[] = {TYPES__ROLE__COMPANY, TYPES__ROLE__STRUCTURE, TYPES__ROLE__PRESCRIBER,
                                         TYPES__ROLE__OPERATOR};
        for (size_t i = 0; i < ARRAY_SIZE(uninvited); i++)
                (void)fixture_refused(f, fixture_actor(f, uninvited[i], NULL, "*"), "ContractStatement", &request,
                                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_due_done_converted_remaining, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_person_of_two_obligations_counts_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_more_than_was_due_is_a_surplus, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_amended_transferred_waived, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_contract_without_obligation_is_all_zeros, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_work_may_come_before_its_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_buyer_sees_its_own_contracts_only, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_private_contract_is_for_its_own, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_no_siret_is_no_key, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_unknown_contract_and_uninvited_roles, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
