/* AssignObligation: another company takes over; the ledger goes on, and the former one no longer sees it. */
#include "tests/unit/services/contracts/corrections/withdrawing.h"
#include "tests/unit/services/contracts/obligations/scene.h"

static Contracts__AssignObligation to_company(struct fixture *f, Types__Id *obligation, const char *siret)
{
        Contracts__AssignObligation command = CONTRACTS__ASSIGN_OBLIGATION__INIT;
        command.obligation_id = obligation;
        command.contractor_siret = arena_text(&f->arena, siret);
        command.contractor_name = arena_text(&f->arena, "Repreneur SA");
        command.contractor_organisation = id_to(&f->arena, id_numbered(3));
        command.reference = arena_text(&f->arena, "n° 4");
        command.assigned_on = a_day(f, 2026, 9, 1);
        return command;
}

static size_t count(struct fixture *f, uint8_t organisation)
{
        Contracts__ObligationsRequest query = CONTRACTS__OBLIGATIONS_REQUEST__INIT;
        const Contracts__ObligationsReply *reply =
                fixture_get(f, of_organisation(f, TYPES__ROLE__COMPANY, organisation), "Obligations", &query);
        return reply->n_obligations;
}

static void test_what_remains_goes_on(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        hours_validated(f, 1, scene.member, 1, 3300);
        (void)declare(f, coordinator(f), need_for(f, scene.member));
        Contracts__AssignObligation command = to_company(f, scene.member, "55210055400013");
        const Contracts__AssignObligationReply *reply = fixture_get(f, facilitator(f), "AssignObligation", &command);
        assert_int_equal(reply->remaining->hundredths, 30000);
        const Contracts__ObligationView *view = see_obligation(f, scene.member);
        assert_string_equal(view->contractor_name, "Repreneur SA");
        assert_string_equal(view->contract_object, "Réfection de l'école Jean-Jaurès, lot peinture");
        assert_int_equal(view->done->hundredths, 3300);
        assert_int_equal(count(f, 3), 1);
        assert_int_equal(count(f, 2), 0);
        Contracts__NeedsRequest needs = CONTRACTS__NEEDS_REQUEST__INIT;
        const Contracts__NeedsReply *open = fixture_get(f, coordinator(f), "Needs", &needs);
        assert_string_equal(open->needs[0]->contractor_name, "Repreneur SA"); /* who looks for people now */
        Contracts__CompanyLedger query = CONTRACTS__COMPANY_LEDGER__INIT;
        query.siret = arena_text(&f->arena, MEMBER_SIRET);
        const Contracts__CompanyLedgerReply *ledger = fixture_get(f, coordinator(f), "CompanyLedger", &query);
        assert_int_equal(ledger->n_lines, 0);
        balanced(f, scene.member);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Contracts__AssignObligation command = to_company(f, scene.member, CONTRACTOR_SIRET);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "AssignObligation", &command, TYPES__REFUSAL_CODE__ALREADY_EXISTS)
                        ->field,
                "contractorSiret");
        command = to_company(f, scene.member, "552");
        assert_string_equal(
                fixture_refused(f, facilitator(f), "AssignObligation", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "contractorSiret");
        command = to_company(f, scene.member, "55210055400013");
        command.assigned_on = NULL;
        assert_string_equal(
                fixture_refused(f, facilitator(f), "AssignObligation", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "assignedOn");
        command = to_company(f, scene.member, "55210055400013");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), "AssignObligation", &command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* The month belongs to who owed the hours on its first day; papers of assignments come in any order. */
static void test_each_companys_hours_are_its_own(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        hours_validated(f, 1, scene.member, 7, 1200); /* of October */
        Contracts__AssignObligation command = to_company(f, scene.member, "55210055400013");
        command.assigned_on = a_day(f, 2026, 10, 2);
        (void)fixture_get(f, facilitator(f), "AssignObligation", &command);
        const Contracts__ObligationView *view = see_obligation(f, scene.member);
        assert_int_equal(view->n_holders, 2);
        assert_string_equal(view->holders[0]->siret, MEMBER_SIRET);
        assert_int_equal(view->holders[0]->done->hundredths, 1200);
        assert_int_equal(view->holders[1]->done->hundredths, 0);
        command = to_company(f, scene.member, "80123456800013"); /* it had come in between, in September */
        command.assigned_on = a_day(f, 2026, 9, 15);
        (void)fixture_get(f, facilitator(f), "AssignObligation", &command);
        view = see_obligation(f, scene.member);
        assert_string_equal(view->contractor_siret, "55210055400013");
        assert_int_equal(view->n_holders, 3);
        assert_string_equal(view->holders[1]->siret, "80123456800013");
        assert_int_equal(view->holders[1]->done->hundredths, 1200);
        assert_int_equal(view->holders[0]->done->hundredths, 0);
        balanced(f, scene.member);
}

static const char *last_line(struct fixture *f, Types__Id *contract)
{
        Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        query.contract_id = contract;
        const Contracts__ContractHistoryReply *history = fixture_get(f, coordinator(f), "ContractHistory", &query);
        return history->lines[history->n_lines - 1]->text;
}

static void test_a_seat_moves_within_one_company(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Contracts__AssignObligation command = to_company(f, scene.lead, "55210055400013");
        command.contractor_organisation = NULL;
        command.kind = CONTRACTS__ASSIGNMENT_KIND__BY_SEAT_CHANGE;
        assert_non_null(strstr(
                fixture_refused(f, facilitator(f), "AssignObligation", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->text,
                "BY_MERGER"));
        command = to_company(f, scene.lead, ELSEWHERE_SIRET);
        command.contractor_organisation = NULL;
        command.kind = CONTRACTS__ASSIGNMENT_KIND__BY_MERGER;
        assert_non_null(strstr(
                fixture_refused(f, facilitator(f), "AssignObligation", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->text,
                "BY_SEAT_CHANGE"));
        command.kind = CONTRACTS__ASSIGNMENT_KIND__BY_SEAT_CHANGE;
        (void)fixture_get(f, facilitator(f), "AssignObligation", &command);
        assert_non_null(strstr(last_line(f, scene.contract), "Changement de SIRET"));
        assert_non_null(strstr(see_obligation(f, scene.lead)->formerly, "Anciennement SIRET " CONTRACTOR_SIRET));
        command = to_company(f, scene.member, "55210055400013");
        command.kind = CONTRACTS__ASSIGNMENT_KIND__BY_SUBSTITUTION;
        assert_string_equal(
                fixture_refused(f, facilitator(f), "AssignObligation", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "kind");
}

/* Who absorbs another member of its own group holds both accounts. */
static void test_a_member_absorbs_another(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Contracts__AssignObligation command = to_company(f, scene.member, CONTRACTOR_SIRET);
        command.contractor_organisation = NULL;
        command.kind = CONTRACTS__ASSIGNMENT_KIND__BY_MERGER;
        (void)fixture_get(f, facilitator(f), "AssignObligation", &command);
        assert_int_equal(count(f, 1), 3);
        assert_int_equal(see_obligation(f, scene.member)->remaining->hundredths, 33300);
}

/* On every contract that the one who asks may change; each is withdrawn in its own. */
static void test_everywhere(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Contracts__ContractRecord *record = a_record(f);
        record->number = arena_text(&f->arena, "2026-900");
        Types__Id *far = import(f, record)->contract_id;
        Contracts__PutClause *put = clause_on(f, far);
        in_territories(f, put, "09");
        Types__Id *far_off = owes(f, put_clause(f, put)->clause_id, MEMBER_SIRET, 2, 70);
        Types__Id *near = owes(f, scene.other_clause, MEMBER_SIRET, 2, 60);
        Contracts__AssignObligation command = to_company(f, scene.member, "55210055400013");
        command.kind = CONTRACTS__ASSIGNMENT_KIND__BY_MERGER;
        command.everywhere = true;
        const Contracts__AssignObligationReply *reply =
                fixture_get(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "31"), "AssignObligation", &command);
        assert_int_equal(reply->others, 1);
        assert_int_equal(reply->left_out, 1); /* of another territory */
        assert_string_equal(see_obligation(f, near)->contractor_name, "Repreneur SA");
        assert_string_equal(see_obligation(f, far_off)->contractor_siret, MEMBER_SIRET);
        (void)withdraw(f, scene.other_contract, last_act(f));
        assert_string_equal(see_obligation(f, near)->contractor_siret, MEMBER_SIRET);
        assert_string_equal(see_obligation(f, scene.member)->contractor_name, "Repreneur SA");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_remains_goes_on, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_each_companys_hours_are_its_own, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_seat_moves_within_one_company, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_member_absorbs_another, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_everywhere, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
