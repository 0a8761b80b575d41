/* The part of control on a contract's page of facts, and its dates. */
#include "tests/unit/services/contracts/control/relief.h"
#include "tests/unit/services/contracts/control/several.h"

/* The line of the calendar that says this; NULL: there is none. */
static const Contracts__CalendarLine *line(const Contracts__ContractFactsReply *facts, const char *what)
{
        for (size_t i = 0; i < facts->n_calendar; i++)
                if (strstr(facts->calendar[i]->what, what) != NULL)
                        return facts->calendar[i];
        return NULL;
}

static void test_dates_to_keep(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)receive(f, c.obligation, a_day(f, 2026, 3, 31), "HOURS_STATEMENT WORK_CONTRACT");
        (void)receive(f, c.obligation, a_day(f, 2026, 9, 30), "HOURS_STATEMENT");
        const Contracts__ContractFactsReply *facts = facts_of(f, facilitator(f), c.contract);
        assert_int_equal(line(facts, "31 mars 2026, remis")->state, CONTRACTS__CALENDAR_STATE__KEPT);
        assert_int_equal(line(facts, "30 juin 2026")->state, CONTRACTS__CALENDAR_STATE__LATE);
        assert_int_equal(line(facts, "30 septembre 2026")->state, CONTRACTS__CALENDAR_STATE__LATE);
        assert_int_equal(line(facts, "31 décembre 2026")->state, CONTRACTS__CALENDAR_STATE__COMING);
        assert_int_equal(line(facts, "31 décembre 2026")->on->days, a_day(f, 2027, 1, 15)->days);
        assert_null(line(facts, "close le 1er mars 2027")); /* one that comes is enough */
        assert_non_null(line(facts, "terme de l'exécution"));
        assert_int_equal(facts->control[0]->n_statements, 2);
        assert_int_equal(facts->control[0]->plan->due_day, 15);
}

static void test_cases_and_what_the_company_reads(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        to_notice(f, case_id);
        const Contracts__ContractFactsReply *facts = facts_of(f, facilitator(f), c.contract);
        assert_non_null(line(facts, "présente ses observations"));
        assert_int_equal(facts->control[0]->n_cases, 1);
        days_pass(f, 16);
        (void)fixture_get(f, facilitator(f), "ProposePenalty",
                          proposal_on(f, case_id, CONTRACTS__PROPOSAL_KIND__PROPOSE_FULL));
        assert_non_null(facts_of(f, facilitator(f), c.contract)->control[0]->cases[0]->case_->proposal);
        assert_null(facts_of(f, contractor(f), c.contract)->control[0]->cases[0]->case_->proposal);
}

static void test_a_company_sees_its_own(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        assert_int_equal(facts_of(f, facilitator(f), s.contract)->n_control, SEVERAL);
        assert_int_equal(facts_of(f, contractor(f), s.contract)->n_control, 1);
}

static void test_without_a_plan(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Types__Id *clause = put_clause(f, clause_on(f, contract))->clause_id;
        (void)record_obligation(f, obligation_on(f, clause));
        const Contracts__ControlView *view = control_of_contract(f, contract);
        assert_null(view->plan);
        assert_int_equal(view->progress->light, CONTRACTS__PROGRESS_LIGHT__LIGHT_RED);
}

static void test_the_ladder_is_told(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        (void)to_proposal(f, case_id);
        (void)fixture_get(f, facilitator(f), "RecordObservations", observations_on(f, case_id));
        (void)fixture_get(f, facilitator(f), "RecordBuyerDecision",
                          copy_of(f, decision_on(f, case_id, CONTRACTS__BUYER_CHOICE__CHOICE_APPLY)));
        (void)fixture_get(f, facilitator(f), "CloseCase", closing_of(f, case_id, CONTRACTS__CASE_OUTCOME__SETTLED));
        static const char *const told[] = {
                "Contrôle réglé pour le lot 1 : relevés chaque trimestre, avant le 15 du mois suivant",
                "Dossier de contrôle ouvert sur Peintures du Lauragais : relevé en retard, période close le 30 "
                "septembre 2026.",
                "Rappel envoyé le 18 octobre 2026 à Peintures du Lauragais pour le relevé de la période close le 30 "
                "septembre 2026 (J+3).",
                "Acheteur averti le 8 novembre 2026",
                "Mise en demeure de Peintures du Lauragais préparée, à la signature de l'acheteur.",
                "signée et envoyée par l'acheteur le 8 novembre 2026, référence LRAR 2026-118 ; observations jusqu'au "
                "23 novembre 2026.",
                "Le facilitateur propose à l'acheteur une pénalité de 1\u202f200\u00a0€",
                "Observations de Peintures du Lauragais reçues le 24 novembre 2026, hors délai.",
                "L'acheteur a décidé le 24 novembre 2026 d'appliquer à Peintures du Lauragais une pénalité de "
                "1\u202f200\u00a0€ (décision écrite, référence Courrier 2026-204).",
                "clos le 24 novembre 2026 : réglé par la décision de l'acheteur.",
        };
        const Contracts__ContractHistoryReply *history = history_of(f, buyer(f), c.contract);
        size_t at = 0;
        for (size_t i = 0; i < history->n_lines && at < ARRAY_SIZE(told); i++)
                at += strstr(history->lines[i]->text, told[at]) != NULL;
        if (at != ARRAY_SIZE(told))
                fail_msg("not told: %s", told[at]);
        for (size_t i = 0; i < history->n_lines; i++) { /* who signed is in no published event */
                assert_null(strstr(history->lines[i]->text, "Le maire"));
                assert_null(strstr(history->lines[i]->text, "La directrice"));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_dates_to_keep, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_cases_and_what_the_company_reads, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_sees_its_own, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_without_a_plan, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_ladder_is_told, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
