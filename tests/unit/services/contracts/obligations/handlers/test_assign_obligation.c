/* AssignObligation: another company takes over; the ledger goes on, and the former one no longer sees it. */
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

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_remains_goes_on, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_each_companys_hours_are_its_own, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
