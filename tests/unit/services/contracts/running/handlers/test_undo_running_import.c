/* UndoRunningImport: what an import recorded of a contract goes as a whole, the contract itself where it had opened it;
 * what something rests on stays, and is told why. */
#include "tests/unit/services/contracts/running/steps.h"

#include "common/base/siret.h"
#include "tests/unit/services/contracts/corrections/withdrawing.h"

static Types__Id *obligation_of(struct fixture *f, Types__Id *contract)
{
        return see_contract(f, contract)->clauses[0]->obligations[0]->obligation_id;
}

static void not_there(struct fixture *f, Types__Id *contract)
{
        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        query.contract_id = contract;
        (void)fixture_refused(f, coordinator(f), "ContractById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static size_t count_contracts(struct fixture *f)
{
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        query.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        const Contracts__ContractsReply *reply = fixture_get(f, coordinator(f), "Contracts", &query);
        return reply->n_contracts;
}

static void test_all_goes(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_school(f);
        (void)add_running(f, list, "2025-9|" BUYER_SIRET "|Voirie||15/03/2025||1|" PAINTER "|04/2025|10|||A.B.||");
        const Types__ListReport *report = take_running(f, list);
        Types__Id *school = report->rows[0]->id;
        assert_int_equal(count_contracts(f), 2);
        const Types__UndoReport *undone = undo_running(f, report->batch_id);
        assert_int_equal(undone->taken_back, 4);
        assert_int_equal(undone->kept, 0);
        assert_int_equal(count_contracts(f), 0);
        not_there(f, school);
        assert_int_equal(ledger_sum(f, NULL), 0);
        (void)fixture_refused(f, facilitator(f), "UndoRunningImport", undo_running_of(f, report->batch_id),
                              TYPES__REFUSAL_CODE__WRONG_STATE);

        report = take_running(f, list); /* the right list comes later */
        assert_int_equal(report->created, 4);
        assert_int_equal(count_contracts(f), 2);
        (void)a_contract(f); /* records are numbered on */
        assert_int_equal(count_contracts(f), 3);
        assert_string_equal(see_contract(f, report->rows[3]->id)->record->object, "Voirie");
}

static void test_a_known_contract_stays(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, list, "2026-031|" BUYER_SIRET "|||||||||04/2026|100|||A.B.||");
        (void)add_running(f, list, "2026-031|" BUYER_SIRET "|||||2|" PAINTER "|04/2026|10|||A.B.||");
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->created, 2);
        assert_int_equal(undo_running(f, report->batch_id)->taken_back, 2);
        const Contracts__ContractView *view = see_contract(f, report->rows[0]->id);
        assert_int_equal(view->n_clauses, 1);
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 0);
}

static void test_hours_come_back_that_were_replaced(void **state)
{
        struct fixture *f = *state;
        const Types__ListReport *first = take_running(f, a_school(f));
        Types__Id *obligation = obligation_of(f, first->rows[0]->id);
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, list, SCHOOL_AGAIN "|||||05/2025|100|||A.B.||");
        const Types__ListReport *second = take_running(f, list);
        const Types__UndoReport *undone = undo_running(f, first->batch_id); /* the newer import rests on it */
        assert_int_equal(undone->kept, 3);
        assert_non_null(strstr(undone->rows[0]->why, "s'appuie sur celui-ci"));
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 32167);
        assert_int_equal(undo_running(f, second->batch_id)->taken_back, 1);
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 37334);
}

static void test_something_rests_on_it(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_school(f);
        (void)add_running(f, list, "2025-9|" BUYER_SIRET "|Voirie||15/03/2025||1|" PAINTER "|04/2025|10|||A.B.||");
        const Types__ListReport *report = take_running(f, list);
        Types__Id *obligation = obligation_of(f, report->rows[0]->id);
        (void)declare(f, facilitator(f), need_for(f, obligation));
        hours_validated(f, 1, obligation_of(f, report->rows[3]->id), 1, 5000);
        const Types__UndoReport *undone = undo_running(f, report->batch_id);
        assert_int_equal(undone->taken_back, 0);
        assert_int_equal(undone->kept, 4);
        assert_non_null(strstr(undone->rows[0]->why, "Des heures de travail sont déjà comptées"));
        assert_non_null(strstr(undone->rows[1]->why, "s'appuie sur celui-ci"));
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 37334);
}

/* More holders and months of one contract than one event holds: what is taken is taken back by one. */
static void test_as_much_as_is_taken_of_one_contract(void **state)
{
        enum { HOLDERS = 80, MONTHS = 12 };
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        for (unsigned i = 0; i < HOLDERS * MONTHS; i++) {
                unsigned holder = i / MONTHS, month = 1 + i % MONTHS;
                char siret[SIRET_DIGITS + 1];
                siret_make(1000 + holder, 1, siret);
                (void)add_running(f, list,
                                  arena_printf(&f->arena,
                                               "2024-7|" BUYER_SIRET "|%s||02/01/2024||%u|%s|Une entreprise au nom "
                                               "assez "
                                               "long pour un titulaire|100|%02u/2024|7,5|MAD|" MASON_SIRET "|P-%u||",
                                               i == 0 ? "Grand chantier" : "", 1 + holder, siret, month, i));
        }
        const Types__ListReport *report = take_running(f, list);
        assert_true(report->created > 200 && report->rejected > 0);
        assert_non_null(strstr(report->rows[HOLDERS * MONTHS - 1]->errors[0]->text, "une autre liste"));
        Types__Id *batch = report->batch_id;
        Types__ListReport rest = *take_running(f, list); /* the rest of it, as the next list */
        assert_int_equal(rest.unchanged, report->created);
        assert_true(rest.created > 200);
        uint32_t back = 0;
        const Types__UndoReport *undone;
        do {
                undone = undo_running(f, rest.batch_id);
                back += undone->taken_back;
        } while (undone->goes_on);
        assert_int_equal(back, rest.created);
        back = 0;
        do {
                undone = undo_running(f, batch);
                back += undone->taken_back;
        } while (undone->goes_on);
        assert_int_equal(back, report->created);
        assert_int_equal(count_contracts(f), 0);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

static void test_parts_go_from_the_last_on(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *first = a_school(f), *second = a_running_list(f, RUNNING_HEADER);
        first->list->is_last = false;
        const Types__ListReport *report = take_running(f, first);
        Types__ListRow *row = add_running(f, second, SCHOOL_AGAIN "|||||06/2025|12|||A.B.||");
        row->number = 5;
        second->list->batch_id = report->batch_id;
        (void)take_running(f, second);
        assert_int_equal(undo_running(f, report->batch_id)->taken_back, 4);
        not_there(f, report->rows[0]->id);
}

static void test_an_act_of_it_is_withdrawn_by_hand(void **state)
{
        struct fixture *f = *state;
        const Types__ListReport *report = take_running(f, a_school(f));
        Types__Id *contract = report->rows[0]->id;
        (void)withdraw(f, contract, last_act(f) - 1); /* the hours: BatchImported is the last */
        not_there(f, contract);
        assert_int_equal(undo_running(f, report->batch_id)->taken_back, 3); /* nothing is left of it */
}

static void test_whose(void **state)
{
        struct fixture *f = *state;
        const Types__ListReport *report = take_running(f, a_school(f));
        const Wire__Passport *stranger = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66");
        Contracts__RunningImportsRequest query = CONTRACTS__RUNNING_IMPORTS_REQUEST__INIT;
        Contracts__ProgrammeImportsRequest programmes = CONTRACTS__PROGRAMME_IMPORTS_REQUEST__INIT;
        const Contracts__RunningImportsReply *reply;
        (void)fixture_refused(f, stranger, "UndoRunningImport", undo_running_of(f, report->batch_id),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, facilitator(f), "UndoProgrammeImport", undo_of(f, report->batch_id),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        reply = fixture_get(f, stranger, "RunningImports", &query);
        assert_int_equal(reply->n_imports, 0);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), "RunningImports", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED); /* a list may go on with a private contract */
        reply = fixture_get(f, facilitator(f), "RunningImports", &query);
        assert_int_equal(reply->n_imports, 1);
        assert_string_equal(reply->imports[0]->file_name, "reprise.csv");
        assert_int_equal(reply->imports[0]->created, 3);
        const Contracts__ProgrammeImportsReply *others =
                fixture_get(f, facilitator(f), "ProgrammeImports", &programmes);
        assert_int_equal(others->n_imports, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
                TEST(test_all_goes),
                TEST(test_a_known_contract_stays),
                TEST(test_hours_come_back_that_were_replaced),
                TEST(test_something_rests_on_it),
                TEST(test_as_much_as_is_taken_of_one_contract),
                TEST(test_parts_go_from_the_last_on),
                TEST(test_an_act_of_it_is_withdrawn_by_hand),
                TEST(test_whose),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
