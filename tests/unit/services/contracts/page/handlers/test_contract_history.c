/* ContractHistory: the life of a contract from its events, page by page, for those who may read it. */
#include "tests/unit/services/contracts/file/opening.h"

static void test_its_life_oldest_first(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Types__Id *obligation =
                record_obligation(f, obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id))->obligation_id;
        (void)declare(f, coordinator(f), need_for(f, obligation));
        hours_validated(f, 1, obligation, 1, 15167);
        (void)open_it(f, opening(f)); /* another one's */

        static const char *const expected[] = {"ContractImported", "ClausePut", "ObligationRecorded", "NeedDeclared",
                                               "LedgerPosted"};
        const Contracts__ContractHistoryReply *history = history_of(f, facilitator(f), contract);
        assert_int_equal(history->n_lines, ARRAY_SIZE(expected));
        for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
                assert_string_equal(history->lines[i]->event, expected[i]);
                assert_true(strlen(history->lines[i]->text) > 20);
        }
        assert_string_equal(history->lines[0]->user, "essai");
        assert_string_equal(history->lines[4]->user, ""); /* it followed from tracking's event */
        assert_non_null(strstr(history->lines[4]->text, "151,67"));
}

/* A buyer by its name: the contract's, else the directory's, else its SIRET. */
static void test_a_buyer_has_a_name(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        assert_non_null(strstr(history_of(f, facilitator(f), contract)->lines[0]->text, "de SIRET " BUYER_SIRET));
        directory_names(f, 1, 5, BUYER_SIRET, "Ville de l'Annuaire");
        assert_non_null(strstr(history_of(f, facilitator(f), contract)->lines[0]->text, "Ville de l'Annuaire"));
        Contracts__OpenContract *command = opening(f);
        command->record->buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        command->record->buyer_name = arena_text(&f->arena, "Ville d'Essai");
        command->is_another = true;
        Types__Id *ours = open_it(f, command);
        assert_non_null(strstr(history_of(f, facilitator(f), ours)->lines[0]->text, "Ville d'Essai"));
}

static void test_pages(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        for (int i = 1; i <= 4; i++) {
                Contracts__AmendContract *command = amendment(f, contract);
                command->record->amount = euros(f, 1000 * i);
                (void)fixture_get(f, facilitator(f), "AmendContract", command);
        }
        Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t lines = 0, pages = 0;
        uint64_t last = 0;
        query.contract_id = contract;
        query.page = &page;
        page.limit = 2;
        do {
                const Contracts__ContractHistoryReply *reply =
                        fixture_get(f, coordinator(f), "ContractHistory", &query);
                for (size_t i = 0; i < reply->n_lines; i++) {
                        assert_true(reply->lines[i]->number > last);
                        last = reply->lines[i]->number;
                }
                lines += reply->n_lines;
                page.after = reply->next;
                pages++;
        } while (page.after.len > 0);
        assert_int_equal(lines, 5);
        assert_int_equal(pages, 3);
}

static void test_who_reads_it(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        query.contract_id = contract;
        directory_tells(f, 1, 5, BUYER_SIRET);
        directory_tells(f, 2, 6, "21090122900018");
        assert_int_equal(history_of(f, of_organisation(f, TYPES__ROLE__BUYER, 5), contract)->n_lines, 1);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "ContractHistory", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "ContractHistory", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        query.contract_id = id_to(&f->arena, id_numbered(9));
        (void)fixture_refused(f, coordinator(f), "ContractHistory", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_its_life_oldest_first, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_buyer_has_a_name, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_reads_it, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
