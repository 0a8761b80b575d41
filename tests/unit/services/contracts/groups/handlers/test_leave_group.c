/* LeaveGroup: a member of a group leaves or fails; its hours pass, are let go, or are still owed. */
#include "tests/unit/services/contracts/control/relief.h"
#include "tests/unit/services/contracts/corrections/withdrawing.h"
#include "tests/unit/services/contracts/obligations/told_parts.h"

#include "common/base/siret.h"

#define FATE(NAME) CONTRACTS__LEFT_HOURS__LEFT_##NAME

struct group {
        Types__Id *contract, *clause, *lead, *member, *third;
};

static Types__Id *owed_by(struct fixture *f, Types__Id *clause, uint8_t company, Contracts__GroupRole role,
                          int64_t hours)
{
        Contracts__RecordObligation *command = obligation_on(f, clause);
        command->contractor_siret = arena_alloc(&f->arena, SIRET_DIGITS + 1);
        siret_make(13002700 + company, 1, command->contractor_siret);
        command->contractor_name = arena_printf(&f->arena, "Entreprise %u", company);
        command->contractor_organisation = id_to(&f->arena, id_numbered(company));
        command->hours = whole_hours(f, hours);
        command->group_role = role;
        f->world.now_ms_value++;
        return record_obligation(f, command)->obligation_id;
}

/* Three share 833 hours: 400, 300, 133. */
static struct group a_group(struct fixture *f, const char *form)
{
        struct group g;
        Contracts__ContractRecord *record = a_record(f);
        record->grouping = arena_text(&f->arena, form);
        g.contract = import(f, record)->contract_id;
        g.clause = put_clause(f, clause_on(f, g.contract))->clause_id;
        (void)put_plan(f, plan_on(f, g.clause, ""));
        g.lead = owed_by(f, g.clause, 41, CONTRACTS__GROUP_ROLE__GROUP_LEAD, 400);
        g.member = owed_by(f, g.clause, 42, CONTRACTS__GROUP_ROLE__GROUP_MEMBER, 300);
        g.third = owed_by(f, g.clause, 43, CONTRACTS__GROUP_ROLE__GROUP_MEMBER, 133);
        return g;
}

static Contracts__LeaveGroup *leaving_of(struct fixture *f, Types__Id *obligation, Contracts__LeftHours fate)
{
        Contracts__LeaveGroup *command = pb_new(&contracts__leave_group__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->left_on = a_day(f, 2026, 9, 30);
        command->leaving = CONTRACTS__LEAVING_REASON__IN_LIQUIDATION;
        command->reason = arena_text(&f->arena, "Jugement du tribunal de commerce.");
        command->fate = fate;
        command->decision = pb_new(&contracts__ledger_decision__descriptor, &f->arena);
        command->decision->reference = arena_text(&f->arena, "Courrier 2026-118");
        command->decision->decided_on = a_day(f, 2026, 10, 12);
        return command;
}

static const Contracts__LeaveGroupReply *leave(struct fixture *f, const Contracts__LeaveGroup *command)
{
        return fixture_get(f, facilitator(f), "LeaveGroup", command);
}

static const Contracts__ControlView *control_at(struct fixture *f, const struct group *g, Types__Id *obligation)
{
        const Contracts__ContractFactsReply *facts = facts_of(f, coordinator(f), g->contract);
        for (size_t i = 0; i < facts->n_control; i++)
                if (id_equal(id_of(facts->control[i]->obligation_id), id_of(obligation)))
                        return facts->control[i];
        fail_msg("no control of it");
        return NULL;
}

static const char *told(struct fixture *f, const struct group *g, const char *what)
{
        const Contracts__ContractHistoryReply *history = history_of(f, coordinator(f), g->contract);
        for (size_t i = 0; i < history->n_lines; i++)
                if (strstr(history->lines[i]->text, what) != NULL)
                        return history->lines[i]->text;
        return NULL;
}

static void test_another_member_takes_its_hours_over(void **state)
{
        struct fixture *f = *state;
        struct group g = a_group(f, "Conjoint");
        hours_validated(f, 1, g.member, 7, 12000); /* its own */
        (void)declare(f, coordinator(f), need_for(f, g.member));
        Contracts__LeaveGroup *command = leaving_of(f, g.member, FATE(TAKEN_OVER));
        assert_string_equal(
                fixture_refused(f, facilitator(f), "LeaveGroup", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "takerId");
        command->taker_id = g.third;
        const Contracts__LeaveGroupReply *reply = leave(f, command);
        assert_int_equal(reply->remaining->hundredths, 0);
        assert_int_equal(reply->closed_needs, 1);
        const Contracts__ObligationView *left = see_obligation(f, g.member), *taker = see_obligation(f, g.third);
        assert_int_equal(left->done->hundredths, 12000);
        assert_int_equal(left->transferred->hundredths, 18000);
        assert_int_equal(left->left->left_on->days, a_day(f, 2026, 9, 30)->days);
        assert_int_equal(taker->remaining->hundredths, 13300 + 18000);
        assert_null(taker->left);
        assert_int_equal(ledger_sum(f, NULL), 0);
        const char *line = told(f, &g, "a quitté le groupement le 30 septembre 2026");
        assert_non_null(strstr(line, "Entreprise 42"));
        assert_non_null(strstr(line, "liquidation, acte de l'acheteur : Courrier 2026-118 du 12 octobre 2026"));
        assert_non_null(strstr(line, "Entreprise 43 reprend 180\u00a0h"));
        Contracts__NeedsRequest needs = CONTRACTS__NEEDS_REQUEST__INIT;
        assert_int_equal(((const Contracts__NeedsReply *)fixture_get(f, coordinator(f), "Needs", &needs))->n_needs, 0);
        assert_non_null(strstr(fixture_refused(f, coordinator(f), "DeclareNeed", need_for(f, g.member),
                                               TYPES__REFUSAL_CODE__WRONG_STATE)
                                       ->text,
                               "a quitté le groupement"));
}

static void test_the_calendar_asks_nothing_more(void **state)
{
        struct fixture *f = *state;
        struct group g = a_group(f, "Conjoint");
        (void)leave(f, leaving_of(f, g.member, FATE(STILL_OWED)));
        today_is(f, 2027, 2, 1);
        (void)fixture_refused(f, facilitator(f), "OpenCase", opening_of(f, g.member, LATE, a_day(f, 2026, 12, 31)),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)open_case(f, g.third, LATE, a_day(f, 2026, 12, 31));
        const Contracts__ControlView *view = control_at(f, &g, g.member);
        assert_int_equal(view->progress->ends_on->days, a_day(f, 2026, 9, 30)->days);
        assert_int_equal(see_obligation(f, g.member)->remaining->hundredths, 30000);
        (void)open_case(f, g.member, CONTRACTS__CASE_GROUND__HOURS_NOT_DONE,
                        NULL); /* to declare it to the liquidator */
        Contracts__FinalStatementRequest request = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        request.contract_id = g.contract;
        const Contracts__FinalStatementReply *statement = fixture_get(f, facilitator(f), "FinalStatement", &request);
        assert_non_null(strstr(statement->text, "A quitté le groupement le 30 septembre 2026"));
}

static void test_of_a_solidary_group_the_lead(void **state)
{
        struct fixture *f = *state;
        struct group g = a_group(f, "Solidaire");
        Contracts__LeaveGroup *command = leaving_of(f, g.member, FATE(TAKEN_OVER));
        command->hours = whole_hours(f, 100);
        assert_int_equal(leave(f, command)->remaining->hundredths, 20000);
        assert_int_equal(see_obligation(f, g.lead)->remaining->hundredths, 50000);
        command = leaving_of(f, g.lead, FATE(WAIVED)); /* the lead itself */
        assert_string_equal(
                fixture_refused(f, facilitator(f), "LeaveGroup", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "leadId");
        command->lead_id = g.third;
        (void)leave(f, command);
        assert_int_equal(see_obligation(f, g.third)->group_role, CONTRACTS__GROUP_ROLE__GROUP_LEAD);
        assert_int_equal(see_obligation(f, g.lead)->group_role, CONTRACTS__GROUP_ROLE__GROUP_MEMBER);
        assert_int_equal(see_obligation(f, g.lead)->waived->hundredths, 50000);
        assert_non_null(told(f, &g, "Entreprise 43 devient mandataire"));
        (void)fixture_refused(f, facilitator(f), "LeaveGroup", leaving_of(f, g.third, FATE(STILL_OWED)),
                              TYPES__REFUSAL_CODE__WRONG_STATE); /* nobody else is left */
}

static void test_a_company_in_its_place(void **state)
{
        struct fixture *f = *state;
        struct group g = a_group(f, "Conjoint");
        (void)declare(f, coordinator(f), need_for(f, g.member));
        Contracts__LeaveGroup *command = leaving_of(f, g.member, FATE(SUBSTITUTED));
        assert_string_equal(
                fixture_refused(f, facilitator(f), "LeaveGroup", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "substituteSiret");
        command->substitute_siret = arena_text(&f->arena, "55210055400013");
        command->substitute_name = arena_text(&f->arena, "Repreneur SA");
        const Contracts__LeaveGroupReply *reply = leave(f, command);
        assert_int_equal(reply->closed_needs, 0); /* it looks for them in its turn */
        const Contracts__ObligationView *view = see_obligation(f, g.member);
        assert_string_equal(view->contractor_name, "Repreneur SA");
        assert_null(view->left);
        assert_int_equal(view->holders[1]->kind, CONTRACTS__ASSIGNMENT_KIND__BY_SUBSTITUTION);
        assert_non_null(told(f, &g, "Repreneur SA prend sa place"));
        assert_non_null(told(f, &g, "remplace Entreprise 42 dans le groupement"));
}

static void test_it_is_withdrawn_as_a_whole(void **state)
{
        struct fixture *f = *state;
        struct group g = a_group(f, "Conjoint");
        (void)declare(f, coordinator(f), need_for(f, g.lead));
        Contracts__LeaveGroup *command = leaving_of(f, g.lead, FATE(TAKEN_OVER));
        command->taker_id = command->lead_id = g.member;
        (void)leave(f, command);
        (void)withdraw(f, g.contract, last_act(f)); /* the need's closing is of the same act */
        const Contracts__ObligationView *view = see_obligation(f, g.lead);
        assert_null(view->left);
        assert_int_equal(view->remaining->hundredths, 40000);
        assert_int_equal(view->group_role, CONTRACTS__GROUP_ROLE__GROUP_LEAD);
        assert_int_equal(see_obligation(f, g.member)->remaining->hundredths, 30000);
        assert_int_equal(control_at(f, &g, g.lead)->progress->ends_on->days, a_day(f, 2027, 3, 1)->days);
        Contracts__NeedsRequest needs = CONTRACTS__NEEDS_REQUEST__INIT;
        assert_int_equal(((const Contracts__NeedsReply *)fixture_get(f, coordinator(f), "Needs", &needs))->n_needs, 1);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct group g = a_group(f, "Conjoint");
        const struct {
                const char *field;
                Contracts__LeaveGroup *command;
        } rows[] = {
                {"leftOn", leaving_of(f, g.member, FATE(WAIVED))},
                {"leftOn", leaving_of(f, g.member, FATE(WAIVED))},
                {"leaving", leaving_of(f, g.member, FATE(WAIVED))},
                {"reason", leaving_of(f, g.member, FATE(WAIVED))},
                {"fate", leaving_of(f, g.member, 0)},
                {"hours", leaving_of(f, g.member, FATE(STILL_OWED))},
                {"takerId", leaving_of(f, g.member, FATE(WAIVED))},
                {"leadId", leaving_of(f, g.member, FATE(WAIVED))},
                {"takerId", leaving_of(f, g.member, FATE(TAKEN_OVER))},
                {"substituteSiret", leaving_of(f, g.member, FATE(WAIVED))},
                {"decision.reference", leaving_of(f, g.member, FATE(WAIVED))},
        };
        rows[0].command->left_on = NULL;
        rows[1].command->left_on = a_day(f, 2026, 1, 1); /* before the contract */
        rows[2].command->leaving = 0;
        rows[3].command->reason = arena_text(&f->arena, "");
        rows[5].command->hours = whole_hours(f, 1);
        rows[6].command->taker_id = rows[7].command->lead_id = g.third;
        rows[8].command->taker_id = g.member; /* itself */
        rows[9].command->substitute_siret = arena_text(&f->arena, "55210055400013");
        rows[10].command->decision->reference = arena_text(&f->arena, "");
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                assert_string_equal(fixture_refused(f, facilitator(f), "LeaveGroup", rows[i].command,
                                                    TYPES__REFUSAL_CODE__INVALID_FIELD)
                                            ->field,
                                    rows[i].field);
        Contracts__LeaveGroup *command = leaving_of(f, g.member, FATE(WAIVED));
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 42), "LeaveGroup", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, stranger(f), "LeaveGroup", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->hours = whole_hours(f, 301);
        (void)fixture_refused(f, facilitator(f), "LeaveGroup", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command->hours = NULL;
        (void)leave(f, command);
        (void)fixture_refused(f, facilitator(f), "LeaveGroup", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        Contracts__ProposeTransfer transfer = CONTRACTS__PROPOSE_TRANSFER__INIT;
        transfer.from_obligation_id = g.lead;
        transfer.to_obligation_id = g.member;
        transfer.hours = whole_hours(f, 1);
        transfer.reason = arena_text(&f->arena, "Équipe en place");
        assert_string_equal(
                fixture_refused(f, facilitator(f), "ProposeTransfer", &transfer, TYPES__REFUSAL_CODE__WRONG_STATE)
                        ->field,
                "toObligationId");
}

/* A year more, from 1 December 2026: 60 h of the member's. */
static void put_renewal(struct fixture *f, const struct group *g)
{
        Contracts__PutContractPart *command = part_of(f, g->contract, TACIT);
        part_adds(f, command, g->member, 60);
        part_runs(f, command, a_day(f, 2026, 12, 1));
        (void)put_part(f, command);
}

static void assert_owed(struct fixture *f, Types__Id *obligation, int64_t due, int64_t remaining)
{
        const Contracts__ObligationView *view = see_obligation(f, obligation);
        assert_int_equal(view->due->hundredths, due * 100);
        assert_int_equal(view->remaining->hundredths, remaining * 100);
        assert_int_equal(ledger_sum(f, obligation), 0);
}

static void test_a_part_that_begins_later_is_owed_by_who_took_over(void **state)
{
        struct fixture *f = *state;
        struct group g = a_group(f, "Conjoint");
        today_is(f, 2026, 11, 20);
        Contracts__LeaveGroup *command = leaving_of(f, g.member, FATE(TAKEN_OVER));
        command->taker_id = g.third;
        (void)leave(f, command);
        uint64_t left = last_act(f);
        assert_owed(f, g.third, 133, 433);
        today_is(f, 2026, 12, 10);
        put_renewal(f, &g);
        assert_owed(f, g.member, 300, 0);
        assert_owed(f, g.third, 193, 493);
        (void)withdraw(f, g.contract, last_act(f));
        assert_owed(f, g.third, 133, 433);
        put_renewal(f, &g);
        (void)withdraw(f, g.contract, left); /* it had not left: the renewal is its own */
        assert_owed(f, g.member, 360, 360);
        assert_owed(f, g.third, 133, 133);
}

/* The departure is told after the renewal had begun. */
static void test_a_departure_that_is_told_late(void **state)
{
        struct fixture *f = *state;
        struct group g = a_group(f, "Conjoint");
        today_is(f, 2026, 12, 10);
        put_renewal(f, &g);
        assert_owed(f, g.member, 360, 360);
        Contracts__LeaveGroup *command = leaving_of(f, g.member, FATE(TAKEN_OVER));
        command->taker_id = g.third;
        (void)leave(f, command);
        assert_owed(f, g.member, 300, 0);
        assert_owed(f, g.third, 193, 493);
        (void)withdraw(f, g.contract, last_act(f));
        assert_owed(f, g.member, 360, 360);
        assert_owed(f, g.third, 133, 133);

        command->left_on = a_day(f, 2026, 12, 5); /* it was there when the renewal began */
        command->decision->decided_on = a_day(f, 2026, 12, 8);
        (void)leave(f, command);
        assert_owed(f, g.member, 360, 0);
        assert_owed(f, g.third, 133, 493);
}

static void test_nobody_owes_what_begins_after_a_waiver(void **state)
{
        struct fixture *f = *state;
        struct group g = a_group(f, "Conjoint");
        today_is(f, 2026, 12, 10);
        (void)leave(f, leaving_of(f, g.member, FATE(WAIVED)));
        put_renewal(f, &g);
        assert_owed(f, g.member, 300, 0);
        assert_owed(f, g.third, 133, 133);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_another_member_takes_its_hours_over, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_calendar_asks_nothing_more, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_a_solidary_group_the_lead, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_in_its_place, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_it_is_withdrawn_as_a_whole, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_part_that_begins_later_is_owed_by_who_took_over, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_a_departure_that_is_told_late, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nobody_owes_what_begins_after_a_waiver, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
