/* Contracts: pages of contracts, newest first; of one buyer, by number. */
#include "tests/unit/services/contracts/fixture.h"

static Types__Id *contract_of(struct fixture *f, const char *siret, const char *number, int day)
{
        Contracts__ContractRecord *record = a_record(f);
        record->buyer_siret = arena_text(&f->arena, siret);
        record->number = arena_text(&f->arena, number);
        record->notified_on = a_day(f, 2026, 3, day);
        return import(f, record)->contract_id;
}

static const Contracts__ContractsReply *list(struct fixture *f, const Wire__Passport *actor,
                                             const Contracts__ContractsRequest *query)
{
        return fixture_get(f, actor, "Contracts", query);
}

static void test_pages(void **state)
{
        enum { CONTRACTS = 7, LIMIT = 3 };
        struct fixture *f = *state;
        for (int i = 1; i <= CONTRACTS; i++) {
                char number[16];
                (void)snprintf(number, sizeof(number), "N%d", i);
                (void)contract_of(f, BUYER_SIRET, number, i);
        }
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        page.limit = LIMIT;
        int expected = CONTRACTS, pages = 0;
        do {
                const Contracts__ContractsReply *reply = list(f, coordinator(f), &query);
                assert_true(reply->n_contracts <= LIMIT);
                for (size_t i = 0; i < reply->n_contracts; i++, expected--)
                        assert_int_equal(reply->contracts[i]->number[1], '0' + expected); /* newest first */
                page.after = reply->next;
                pages++;
        } while (page.after.len > 0);
        assert_int_equal(expected, 0);
        assert_int_equal(pages, 3);
}

static void test_a_line(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        Contracts__SocialConsideration social[] = {CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE};
        record->social = social;
        record->n_social = 1;
        add_modification(f, record, 1, a_day(f, 2026, 6, 1), 1200000);
        (void)put_clause(f, clause_on(f, import(f, record)->contract_id));
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        const Contracts__ContractsReply *reply = list(f, facilitator(f), &query);
        assert_int_equal(reply->n_contracts, 1);
        assert_int_equal(reply->next.len, 0);
        const Contracts__ContractLine *line = reply->contracts[0];
        assert_string_equal(line->buyer_siret, BUYER_SIRET);
        assert_string_equal(line->cpv, "45442100-8");
        assert_int_equal(line->amount->cents, 120000000);
        assert_int_equal(line->n_social, 1);
        assert_int_equal(line->clauses, 1);
        assert_int_equal(line->notified_on->days, record->notified_on->days);
}

/* A clause of ours is a consideration, whatever its buyer published: never "not told", never "none". */
static void test_a_clause_of_ours_is_told(void **state)
{
        static const Contracts__SocialConsideration none = CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL;
        struct fixture *f = *state;
        Contracts__ContractRecord *silent = a_record(f), *denied = a_record(f);
        denied->number = arena_text(&f->arena, "2026-032");
        denied->social = arena_copy(&f->arena, &none, sizeof(none));
        denied->n_social = 1;
        Contracts__ContractById by_id = CONTRACTS__CONTRACT_BY_ID__INIT;
        by_id.contract_id = import(f, silent)->contract_id;
        (void)put_clause(f, clause_on(f, by_id.contract_id));
        (void)put_clause(f, clause_on(f, import(f, denied)->contract_id));

        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        const Contracts__ContractsReply *reply = list(f, facilitator(f), &query);
        assert_int_equal(reply->n_contracts, 2);
        for (size_t i = 0; i < reply->n_contracts; i++) {
                assert_int_equal(reply->contracts[i]->n_social, 1);
                assert_int_equal(reply->contracts[i]->social[0], CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE);
        }
        const Contracts__ContractView *view = fixture_get(f, facilitator(f), "ContractById", &by_id);
        assert_int_equal(view->n_social, 1);
        assert_int_equal(view->record->n_social, 0); /* as published */
}

/* A holder that only its obligation names is found by its name and its SIRET. */
static void test_a_holder_of_an_obligation_is_found(void **state)
{
        struct fixture *f = *state;
        (void)an_obligation(f);
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        query.words = arena_text(&f->arena, "peintures lauragais");
        assert_int_equal(list(f, facilitator(f), &query)->n_contracts, 1);
        query.words = arena_text(&f->arena, CONTRACTOR_SIRET);
        assert_int_equal(list(f, facilitator(f), &query)->n_contracts, 1);
        query.words = arena_text(&f->arena, "maçonnerie lauragais");
        assert_int_equal(list(f, facilitator(f), &query)->n_contracts, 0);
}

static void test_of_a_buyer(void **state)
{
        struct fixture *f = *state;
        (void)contract_of(f, BUYER_SIRET, "B", 1);
        (void)contract_of(f, BUYER_SIRET, "A", 2);
        (void)contract_of(f, BUYER_SIRET, "A", 3); /* another lot */
        (void)contract_of(f, BUYER_SIRET, "AA", 4);
        (void)contract_of(f, "21090122900018", "A", 5);
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        query.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        const Contracts__ContractsReply *reply = list(f, coordinator(f), &query);
        assert_int_equal(reply->n_contracts, 4);
        assert_string_equal(reply->contracts[0]->number, "A");
        assert_string_equal(reply->contracts[3]->number, "B");
        query.number = arena_text(&f->arena, "A");
        assert_int_equal(list(f, coordinator(f), &query)->n_contracts, 2);
        query.number = arena_text(&f->arena, "C");
        assert_int_equal(list(f, coordinator(f), &query)->n_contracts, 0);

        Types__Page page = TYPES__PAGE__INIT;
        page.limit = 1;
        query.page = &page;
        query.number = arena_text(&f->arena, "A");
        reply = list(f, coordinator(f), &query);
        assert_true(reply->next.len > 0);
        page.after = reply->next;
        const Contracts__ContractsReply *last = list(f, coordinator(f), &query);
        assert_int_equal(last->n_contracts, 1);
        assert_int_equal(last->next.len, 0);
        assert_false(id_equal(id_of(last->contracts[0]->contract_id), id_of(reply->contracts[0]->contract_id)));
}

static void test_a_buyer_lists_its_own(void **state)
{
        struct fixture *f = *state;
        (void)contract_of(f, BUYER_SIRET, "A", 1);
        (void)contract_of(f, "21090122900018", "B", 2);
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        const Wire__Passport *buyer = of_organisation(f, TYPES__ROLE__BUYER, 5);
        (void)fixture_refused(f, buyer, "Contracts", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        directory_tells(f, 1, 5, BUYER_SIRET);
        const Contracts__ContractsReply *reply = list(f, buyer, &query);
        assert_int_equal(reply->n_contracts, 1);
        assert_string_equal(reply->contracts[0]->number, "A");
        query.buyer_siret = arena_text(&f->arena, "21090122900018");
        const Types__Refusal *refusal =
                fixture_refused(f, buyer, "Contracts", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_string_equal(refusal->field, "buyerSiret");
}

/* A cursor is bytes from outside: one from another buyer's list, or none at all, must not open a window on it. */
static void test_foreign_cursors(void **state)
{
        struct fixture *f = *state;
        uint8_t junk[KEY_SIZE_MAX];
        (void)contract_of(f, BUYER_SIRET, "A", 1);
        (void)contract_of(f, "21090122900018", "B", 2);
        (void)contract_of(f, "21090122900018", "C", 3);
        directory_tells(f, 1, 5, BUYER_SIRET);
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        query.buyer_siret = arena_text(&f->arena, "21090122900018");
        page.limit = 1;
        ProtobufCBinaryData foreign = list(f, coordinator(f), &query)->next;
        assert_true(foreign.len > 0);

        query.buyer_siret = arena_text(&f->arena, "");
        page.limit = 50;
        page.after = foreign;
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 5), "Contracts", &query,
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        memset(junk, 0xff, sizeof(junk));
        page.after = (ProtobufCBinaryData){sizeof(junk), junk};
        const Types__Refusal *refusal = fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 5), "Contracts",
                                                        &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "page.after");
        (void)fixture_refused(f, coordinator(f), "Contracts", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static size_t count_of_words(struct fixture *f, const char *words)
{
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        query.words = arena_text(&f->arena, words);
        return list(f, coordinator(f), &query)->n_contracts;
}

static void test_by_a_few_words(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        record->object = arena_text(&f->arena, "Isolation du Collège Jules-Ferry");
        record->number = arena_text(&f->arena, "2026-118");
        (void)import(f, record);
        (void)contract_of(f, BUYER_SIRET, "B7", 2);
        assert_int_equal(count_of_words(f, ""), 2);
        assert_int_equal(count_of_words(f, "college ferry"), 1);
        assert_int_equal(count_of_words(f, "FERRY, collège"), 1);
        assert_int_equal(count_of_words(f, "2026-118"), 1);
        assert_int_equal(count_of_words(f, "b7"), 1);
        assert_int_equal(count_of_words(f, BUYER_SIRET), 2);
        assert_int_equal(count_of_words(f, "collège b7"), 0);
}

/* What nobody may see is found by no word. */
static void test_words_find_nothing_private(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract command = CONTRACTS__OPEN_CONTRACT__INIT;
        command.record = a_record(f);
        command.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        command.record->object = arena_text(&f->arena, "Chantier discret");
        (void)fixture_get(f, coordinator(f), "OpenContract", &command);
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        query.words = arena_text(&f->arena, "discret");
        assert_int_equal(list(f, coordinator(f), &query)->n_contracts, 1);
        assert_int_equal(list(f, of_organisation(f, TYPES__ROLE__AUDITOR, 9), &query)->n_contracts, 0);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        query.buyer_siret = arena_text(&f->arena, "213");
        const Types__Refusal *refusal =
                fixture_refused(f, coordinator(f), "Contracts", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "buyerSiret");
        query.buyer_siret = arena_text(&f->arena, "");
        query.number = arena_text(&f->arena, "A");
        refusal = fixture_refused(f, coordinator(f), "Contracts", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "number");
        query.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        query.number = arena_alloc(&f->arena, 302);
        memset(query.number, 'n', 301);
        query.number[301] = '\0';
        refusal = fixture_refused(f, coordinator(f), "Contracts", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "number");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_pages, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_line, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_clause_of_ours_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_holder_of_an_obligation_is_found, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_a_buyer, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_buyer_lists_its_own, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_foreign_cursors, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_a_few_words, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_words_find_nothing_private, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
