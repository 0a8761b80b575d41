/* Obligations: by contract, by company, by both, and only those one may see. */
#include "tests/unit/services/contracts/fixture.h"

/* Two contracts of two buyers; organisation 1 owes on both, organisation 2 on the first. */
struct scene {
        Types__Id *first, *second;
};

static void owes(struct fixture *f, Types__Id *clause, const char *siret, uint8_t organisation)
{
        Contracts__RecordObligation *command = obligation_on(f, clause);
        command->contractor_siret = arena_text(&f->arena, siret);
        command->contractor_organisation = id_to(&f->arena, id_numbered(organisation));
        command->hours = whole_hours(f, 400);
        (void)record_obligation(f, command);
}

static struct scene set_up(struct fixture *f)
{
        struct scene scene;
        Contracts__ContractRecord *other = a_record(f);
        other->buyer_siret = arena_text(&f->arena, "21090122900018");
        scene.first = a_contract(f);
        scene.second = import(f, other)->contract_id;
        Types__Id *clause = put_clause(f, clause_on(f, scene.first))->clause_id;
        owes(f, clause, CONTRACTOR_SIRET, 1);
        owes(f, clause, "38012986646850", 2);
        owes(f, put_clause(f, clause_on(f, scene.second))->clause_id, CONTRACTOR_SIRET, 1);
        directory_tells(f, 1, 5, BUYER_SIRET);
        directory_tells(f, 2, 6, "21090122900018");
        return scene;
}

static size_t count(struct fixture *f, const Wire__Passport *actor, Types__Id *contract, uint8_t organisation)
{
        Contracts__ObligationsRequest query = CONTRACTS__OBLIGATIONS_REQUEST__INIT;
        query.contract_id = contract;
        if (organisation != 0)
                query.contractor_organisation = id_to(&f->arena, id_numbered(organisation));
        const Contracts__ObligationsReply *reply = fixture_get(f, actor, "Obligations", &query);
        return reply->n_obligations;
}

static void test_filters(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_up(f);
        assert_int_equal(count(f, coordinator(f), NULL, 0), 3);
        assert_int_equal(count(f, coordinator(f), scene.first, 0), 2);
        assert_int_equal(count(f, coordinator(f), scene.second, 0), 1);
        assert_int_equal(count(f, coordinator(f), NULL, 1), 2);
        assert_int_equal(count(f, coordinator(f), NULL, 2), 1);
        assert_int_equal(count(f, coordinator(f), NULL, 3), 0);
        assert_int_equal(count(f, coordinator(f), scene.second, 2), 0);
        assert_int_equal(count(f, coordinator(f), scene.first, 2), 1);
}

static void test_a_company_lists_its_own(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_up(f);
        const Wire__Passport *company = of_organisation(f, TYPES__ROLE__COMPANY, 2);
        assert_int_equal(count(f, company, NULL, 0), 1);
        assert_int_equal(count(f, company, NULL, 2), 1);
        assert_int_equal(count(f, company, scene.first, 0), 1);
        assert_int_equal(count(f, company, scene.second, 0), 0);
        Contracts__ObligationsRequest query = CONTRACTS__OBLIGATIONS_REQUEST__INIT;
        query.contractor_organisation = id_to(&f->arena, id_numbered(1));
        const Types__Refusal *refusal =
                fixture_refused(f, company, "Obligations", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_string_equal(refusal->field, "contractorOrganisation");
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__COMPANY, NULL, "*"), "Obligations", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* Recorded with a SIRET alone: whose company that is, the directory says, also later. */
static void test_a_company_is_found_by_its_siret(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_up(f);
        Contracts__ContractRecord *third = a_record(f);
        third->number = arena_text(&f->arena, "2026-033");
        Types__Id *contract = import(f, third)->contract_id;
        Contracts__RecordObligation *command = obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id);
        command->contractor_siret = arena_text(&f->arena, "38012986646850");
        command->contractor_organisation = NULL;
        Contracts__ObligationById one = CONTRACTS__OBLIGATION_BY_ID__INIT;
        Contracts__ContractFactsRequest facts = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        one.obligation_id = record_obligation(f, command)->obligation_id;
        facts.contract_id = contract;
        const Wire__Passport *company = of_organisation(f, TYPES__ROLE__COMPANY, 2);
        assert_int_equal(count(f, company, NULL, 0), 1);
        (void)fixture_refused(f, company, "ObligationById", &one, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, company, "ContractFacts", &facts, TYPES__REFUSAL_CODE__NOT_FOUND);

        directory_tells(f, 3, 2, "38012986646850");
        assert_int_equal(count(f, company, NULL, 0), 2);
        assert_int_equal(count(f, company, contract, 0), 1);
        assert_int_equal(count(f, company, scene.first, 0), 1);
        assert_int_equal(count(f, coordinator(f), NULL, 2), 2);
        const Contracts__ObligationView *view = fixture_get(f, company, "ObligationById", &one);
        assert_true(id_equal(id_of(view->contractor_organisation), id_numbered(2)));
        (void)fixture_get(f, company, "ContractFacts", &facts);
        Contracts__ProgressRequest progress = CONTRACTS__PROGRESS_REQUEST__INIT;
        const Contracts__ProgressReply *lines = fixture_get(f, company, "Progress", &progress);
        assert_int_equal(lines->n_lines, 2);
}

/* Page by page, over both ways in which it is named. */
static void test_pages_of_a_company_that_is_found_by_its_siret(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *third = a_record(f);
        (void)set_up(f);
        third->number = arena_text(&f->arena, "2026-033");
        Contracts__RecordObligation *command =
                obligation_on(f, put_clause(f, clause_on(f, import(f, third)->contract_id))->clause_id);
        command->contractor_siret = arena_text(&f->arena, "38012986646850");
        command->contractor_organisation = NULL;
        Types__Id *unnamed = record_obligation(f, command)->obligation_id;
        directory_tells(f, 3, 2, "38012986646850");
        Contracts__ObligationsRequest query = CONTRACTS__OBLIGATIONS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        page.limit = 1;
        const Wire__Passport *company = of_organisation(f, TYPES__ROLE__COMPANY, 2);
        const Contracts__ObligationsReply *first = fixture_get(f, company, "Obligations", &query);
        assert_int_equal(first->n_obligations, 1);
        page.after = first->next;
        const Contracts__ObligationsReply *second = fixture_get(f, company, "Obligations", &query);
        assert_int_equal(second->n_obligations, 1);
        assert_true(id_equal(id_of(second->obligations[0]->obligation_id), id_of(unnamed)));
        assert_int_equal(second->next.len, 0);
}

/* Security: of two organisations that claim one SIRET, nobody knows which is the company. */
static void test_a_siret_that_two_claim_opens_nothing(void **state)
{
        struct fixture *f = *state;
        Contracts__RecordObligation *command = obligation_on(f, a_clause(f));
        command->contractor_organisation = NULL;
        Contracts__ObligationById one = CONTRACTS__OBLIGATION_BY_ID__INIT;
        one.obligation_id = record_obligation(f, command)->obligation_id;
        directory_tells(f, 1, 3, CONTRACTOR_SIRET);
        (void)fixture_get(f, of_organisation(f, TYPES__ROLE__COMPANY, 3), "ObligationById", &one);
        directory_tells(f, 2, 4, CONTRACTOR_SIRET);
        for (uint8_t i = 3; i <= 4; i++) {
                const Wire__Passport *company = of_organisation(f, TYPES__ROLE__COMPANY, i);
                (void)fixture_refused(f, company, "ObligationById", &one, TYPES__REFUSAL_CODE__NOT_FOUND);
                assert_int_equal(count(f, company, NULL, 0), 0);
        }
        directory_tells(f, 3, 4, "38012986646850"); /* it was an error */
        assert_int_equal(count(f, of_organisation(f, TYPES__ROLE__COMPANY, 3), NULL, 0), 1);
        assert_int_equal(count(f, of_organisation(f, TYPES__ROLE__COMPANY, 4), NULL, 0), 0);
}

static void test_a_buyer_lists_those_of_its_contracts(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_up(f);
        const Wire__Passport *buyer = of_organisation(f, TYPES__ROLE__BUYER, 5);
        assert_int_equal(count(f, buyer, NULL, 0), 2);
        assert_int_equal(count(f, buyer, scene.first, 0), 2);
        assert_int_equal(count(f, buyer, scene.second, 0), 0);
        assert_int_equal(count(f, buyer, NULL, 1), 1);
        assert_int_equal(count(f, of_organisation(f, TYPES__ROLE__BUYER, 6), NULL, 0), 1);
        Contracts__ObligationsRequest query = CONTRACTS__OBLIGATIONS_REQUEST__INIT;
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 7), "Obligations", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_pages(void **state)
{
        struct fixture *f = *state;
        (void)set_up(f);
        Contracts__ObligationsRequest query = CONTRACTS__OBLIGATIONS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        page.limit = 2;
        const Contracts__ObligationsReply *first = fixture_get(f, coordinator(f), "Obligations", &query);
        assert_int_equal(first->n_obligations, 2);
        page.after = first->next;
        const Contracts__ObligationsReply *second = fixture_get(f, coordinator(f), "Obligations", &query);
        assert_int_equal(second->n_obligations, 1);
        assert_int_equal(second->next.len, 0);
        assert_false(
                id_equal(id_of(second->obligations[0]->obligation_id), id_of(first->obligations[1]->obligation_id)));

        /* filtered: the row after the page is not theirs, so there is no further page */
        page.after = (ProtobufCBinaryData){0, NULL};
        page.limit = 1;
        const Contracts__ObligationsReply *own =
                fixture_get(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), "Obligations", &query);
        assert_int_equal(own->n_obligations, 1);
        assert_int_equal(own->next.len, 0);
        assert_int_equal(own->obligations[0]->n_entries, 0); /* entries: ObligationById only */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_filters, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_lists_its_own, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_is_found_by_its_siret, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages_of_a_company_that_is_found_by_its_siret, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_a_siret_that_two_claim_opens_nothing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_buyer_lists_those_of_its_contracts, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
