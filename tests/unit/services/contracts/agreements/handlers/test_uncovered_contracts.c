/* UncoveredContracts, and the same on the page of facts: what is followed here and covered by nothing. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

static const Contracts__UncoveredContractsReply *list(struct fixture *f, const Wire__Passport *actor,
                                                      const Contracts__UncoveredContractsRequest *query)
{
        return fixture_get(f, actor, "UncoveredContracts", query);
}

static Types__Id *open_contract(struct fixture *f, const char *number, Contracts__ContractKind kind)
{
        Contracts__OpenContract command = CONTRACTS__OPEN_CONTRACT__INIT;
        command.record = a_record(f);
        command.record->number = arena_text(&f->arena, number);
        command.record->kind = kind;
        const Contracts__OpenContractReply *reply = fixture_get(f, facilitator(f), "OpenContract", &command);
        return reply->contract_id;
}

static void test_followed_and_not_covered(void **state)
{
        struct fixture *f = *state;
        Contracts__UncoveredContractsRequest query = CONTRACTS__UNCOVERED_CONTRACTS_REQUEST__INIT;
        Types__Id *contract = a_contract(f);
        assert_int_equal(list(f, coordinator(f), &query)->n_contracts, 0); /* published, not followed */
        assert_false(see_facts(f, coordinator(f), contract)->without_agreement);

        (void)put_clause(f, clause_on(f, contract));
        const Contracts__UncoveredContractsReply *reply = list(f, coordinator(f), &query);
        assert_int_equal(reply->n_contracts, 1);
        assert_string_equal(reply->contracts[0]->number, "2026-031");
        assert_non_null(strstr(reply->contracts[0]->reason, "Aucune convention"));
        assert_true(see_facts(f, coordinator(f), contract)->without_agreement);

        Types__Id *agreement = put_agreement(f, an_agreement(f));
        assert_non_null(strstr(list(f, coordinator(f), &query)->contracts[0]->reason, "reste à signer"));
        (void)sign_agreement(f, agreement);
        assert_int_equal(list(f, coordinator(f), &query)->n_contracts, 0);
        const Contracts__ContractFactsReply *facts = see_facts(f, coordinator(f), contract);
        assert_false(facts->without_agreement);
        assert_true(id_equal(id_of(facts->agreement->agreement_id), id_of(agreement)));
        assert_int_equal(facts->n_calendar, 1);
        assert_non_null(strstr(facts->calendar[0]->what, "Commune de Tournefeuille"));
        assert_int_equal(facts->calendar[0]->on->days, a_day(f, 2026, 11, 1)->days);
}

/* Two lots with a clause each and a file of ours are one contract; pages meet each once. */
static void test_each_once(void **state)
{
        struct fixture *f = *state;
        Contracts__UncoveredContractsRequest query = CONTRACTS__UNCOVERED_CONTRACTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        Types__Id *imported = a_contract(f);
        size_t seen = 0, pages = 0;
        (void)open_contract(f, "A", CONTRACTS__CONTRACT_KIND__MARKET);
        Types__Id *both = open_contract(f, "B", CONTRACTS__CONTRACT_KIND__CONCESSION);
        for (uint32_t lot = 1; lot <= 3; lot++) {
                Contracts__PutClause *on_both = clause_on(f, both), *on_imported = clause_on(f, imported);
                on_both->lot = on_imported->lot = lot;
                (void)put_clause(f, on_both);
                (void)put_clause(f, on_imported);
        }
        query.page = &page;
        page.limit = 1;
        do {
                const Contracts__UncoveredContractsReply *reply = list(f, coordinator(f), &query);
                seen += reply->n_contracts;
                page.after = reply->next;
        } while (page.after.len > 0 && ++pages < 10);
        assert_int_equal(seen, 3);
        query.buyer_siret = arena_text(&f->arena, "21090122900018");
        page.after = (ProtobufCBinaryData){0};
        assert_int_equal(list(f, coordinator(f), &query)->n_contracts, 0);
        query.buyer_siret = arena_text(&f->arena, "2");
        (void)fixture_refused(f, coordinator(f), "UncoveredContracts", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_who_sees_what(void **state)
{
        struct fixture *f = *state;
        Contracts__UncoveredContractsRequest query = CONTRACTS__UNCOVERED_CONTRACTS_REQUEST__INIT;
        (void)open_contract(f, "A", CONTRACTS__CONTRACT_KIND__MARKET);
        (void)open_contract(f, "P", CONTRACTS__CONTRACT_KIND__PRIVATE);
        directory_tells(f, 1, 5, BUYER_SIRET);
        directory_tells(f, 2, 6, "21090122900018");
        assert_int_equal(list(f, facilitator(f), &query)->n_contracts, 2);
        assert_int_equal(list(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), &query)->n_contracts, 1);
        assert_int_equal(list(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65"), &query)->n_contracts, 1);
        assert_int_equal(list(f, of_organisation(f, TYPES__ROLE__BUYER, 5), &query)->n_contracts, 2);
        assert_int_equal(list(f, of_organisation(f, TYPES__ROLE__BUYER, 6), &query)->n_contracts, 0);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 7), "UncoveredContracts", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* A contractor does not see what its client agreed with the carrier. */
static void test_not_for_companies(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)a_signed_agreement(f, an_agreement(f));
        (void)record_obligation(f, obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id));
        const Contracts__ContractFactsReply *facts =
                see_facts(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), contract);
        assert_null(facts->agreement);
        assert_false(facts->without_agreement);
        assert_int_equal(facts->n_calendar, 0);
}

/* The notice of one that renews itself has passed: nobody is late. */
static void test_no_late_line_of_a_tacit_renewal(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)put_clause(f, clause_on(f, contract));
        (void)a_signed_agreement(f, an_agreement(f));
        f->world.now_ms_value += INT64_C(30) * 86400 * 1000;
        assert_int_equal(see_facts(f, coordinator(f), contract)->n_calendar, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_followed_and_not_covered, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_each_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_sees_what, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_for_companies, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_no_late_line_of_a_tacit_renewal, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
