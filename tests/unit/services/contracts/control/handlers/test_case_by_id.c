/* CaseById: who does what next, and what the company does not read yet. */
#include "tests/unit/services/contracts/control/steps.h"

static const Contracts__CaseView *see(struct fixture *f, const Wire__Passport *actor, Types__Id *case_id)
{
        Contracts__CaseById query = CONTRACTS__CASE_BY_ID__INIT;
        query.case_id = case_id;
        return fixture_get(f, actor, "CaseById", &query);
}

static void test_what_comes_next(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        assert_string_equal(see(f, facilitator(f), case_id)->next_action, "le facilitateur relance l'entreprise");
        assert_null(see(f, facilitator(f), case_id)->next_on);
        (void)fixture_get(f, facilitator(f), "RecordReminder", reminder_in(f, case_id)); /* Sunday 18 October */
        assert_int_equal(see(f, facilitator(f), case_id)->next_on->days, a_day(f, 2026, 10, 31)->days);
        days_pass(f, 21);
        assert_null(see(f, facilitator(f), case_id)->next_on);
        (void)fixture_get(f, facilitator(f), "WarnBuyer", warning_of(f, case_id));
        (void)fixture_get(f, facilitator(f), "DraftFormalNotice", draft_of(f, case_id));
        assert_string_equal(see(f, facilitator(f), case_id)->next_action,
                            "l'acheteur signe et envoie la mise en demeure");
        (void)fixture_get(f, facilitator(f), "ServeFormalNotice", notice_of(f, case_id));
        assert_int_equal(see(f, facilitator(f), case_id)->next_on->days, a_day(f, 2026, 11, 24)->days);
}

static void test_what_the_company_reads(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        Types__Id *case_id = open_case(f, c.obligation, LATE, a_day(f, 2026, 9, 30));
        to_warning(f, case_id);
        (void)fixture_get(f, facilitator(f), "DraftFormalNotice", draft_of(f, case_id));
        assert_string_equal(see(f, contractor(f), case_id)->case_->notice_text, "");
        assert_string_not_equal(see(f, buyer(f), case_id)->case_->notice_text, "");
        (void)fixture_get(f, buyer(f), "ServeFormalNotice", notice_of(f, case_id));
        assert_string_not_equal(see(f, contractor(f), case_id)->case_->notice_text, "");
        days_pass(f, 16);
        (void)fixture_get(f, facilitator(f), "ProposePenalty",
                          proposal_on(f, case_id, CONTRACTS__PROPOSAL_KIND__PROPOSE_FULL));
        assert_null(see(f, contractor(f), case_id)->case_->proposal);
        assert_non_null(see(f, buyer(f), case_id)->case_->proposal);
        (void)fixture_get(f, buyer(f), "DecideCase", decision_on(f, case_id, CONTRACTS__BUYER_CHOICE__CHOICE_APPLY));
        assert_non_null(see(f, contractor(f), case_id)->case_->proposal);
        assert_int_equal(see(f, contractor(f), case_id)->case_->decision->amount->cents, 120000);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__CaseById query = CONTRACTS__CASE_BY_ID__INIT;
        query.case_id = open_case(f, c.obligation, SLOW, NULL);
        (void)see(f, stranger(f), query.case_id); /* facilitators read all that is not private */
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, OTHER), "CaseById", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, OTHER), "CaseById", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        query.case_id = id_to(&f->arena, id_numbered(9));
        (void)fixture_refused(f, coordinator(f), "CaseById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_comes_next, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_the_company_reads, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
