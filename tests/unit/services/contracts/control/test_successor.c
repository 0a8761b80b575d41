/* Who has another company's rights: after a merger control goes on with it, and letters say whose rights it has. */
#include "tests/unit/services/contracts/control/relief.h"

/* Universal succession: cases and hours go on; who it was before is said wherever the company is. */
static void test_a_merger_is_no_cession(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        hours_validated(f, 1, c.obligation, 1, 3300);
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 6, 30));
        directory_tells(f, 1, 3, "55210055400013"); /* whose organisation it is, nobody has to say */
        Contracts__AssignObligation command = CONTRACTS__ASSIGN_OBLIGATION__INIT;
        command.obligation_id = c.obligation;
        command.contractor_siret = arena_text(&f->arena, "55210055400013");
        command.contractor_name = arena_text(&f->arena, "Repreneur SA");
        command.reference = arena_text(&f->arena, "n° 4");
        command.assigned_on = a_day(f, 2026, 9, 1);
        command.kind = CONTRACTS__ASSIGNMENT_KIND__BY_MERGER;
        (void)fixture_get(f, facilitator(f), "AssignObligation", &command);
        const Contracts__ContractHistoryReply *history = history_of(f, coordinator(f), c.contract);
        assert_non_null(strstr(history->lines[history->n_lines - 1]->text,
                               "Fusion (n° 4 du 1er septembre 2026) : Repreneur SA"));
        assert_non_null(
                strstr(history->lines[history->n_lines - 1]->text, "vient aux droits de Peintures du Lauragais"));
        const Contracts__ObligationView *view = see_obligation(f, c.obligation);
        assert_int_equal(view->done->hundredths, 3300);
        assert_true(id_equal(id_of(view->contractor_organisation), id_numbered(3)));
        assert_non_null(
                strstr(view->formerly, "Venant aux droits de Peintures du Lauragais (SIRET " CONTRACTOR_SIRET ")"));
        assert_int_equal(view->holders[1]->kind, CONTRACTS__ASSIGNMENT_KIND__BY_MERGER);
        Contracts__CaseById query = CONTRACTS__CASE_BY_ID__INIT;
        query.case_id = case_id;
        const Contracts__CaseView *case_view =
                fixture_get(f, of_organisation(f, TYPES__ROLE__COMPANY, 3), "CaseById", &query);
        assert_string_equal(case_view->contractor_name, "Repreneur SA");
        const Contracts__RecordReminderReply *letter =
                fixture_get(f, facilitator(f), "RecordReminder", reminder_in(f, case_id));
        assert_non_null(strstr(letter->text, "Venant aux droits de Peintures du Lauragais"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_merger_is_no_cession, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
