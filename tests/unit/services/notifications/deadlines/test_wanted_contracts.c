/* What contracts have wait: the ladder step by step, questions, subcontractors, conventions; and acts that are
 * withdrawn. */
#include "tests/unit/services/notifications/days.h"

#include "contracts/control.pb-c.h"
#include "directory/events.pb-c.h"

#define TOLD(NAME) CONTRACTS__EVENT__BODY_##NAME
#define SIRET      "21310555400017"
enum { A_CASE = 20, A_QUESTION = 21, A_SUBCONTRACT = 22, AN_AGREEMENT = 23, A_MATTER = 24, THE_BUYER = 70 };

static const Notifications__DayItem *facilitators(struct fixture *f, Notifications__WaitKind kind)
{
        return item_of(day_of_31(f), kind);
}

static const Notifications__DayItem *buyers(struct fixture *f, Notifications__WaitKind kind)
{
        struct id id = organisation(THE_BUYER);
        return item_of(day_of_actor(f, fixture_actor(f, TYPES__ROLE__BUYER, &id, "31")), kind);
}

static void put_buyer(struct fixture *f)
{
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        Directory__Organisation buyer = DIRECTORY__ORGANISATION__INIT;
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_PUT;
        event.organisation_put = &put;
        put.organisation_id = id_to(&f->arena, organisation(THE_BUYER));
        put.organisation = &buyer;
        buyer.name = arena_text(&f->arena, "Commune de Toulouse");
        buyer.siret = arena_text(&f->arena, SIRET);
        assert_int_equal(engine_feed(f->engine, "directory-1", engine_source_position(f->engine, "directory-1") + 1,
                                     &event.base),
                         0);
}

static void open_contract(struct fixture *f)
{
        Contracts__ContractOpened opened = CONTRACTS__CONTRACT_OPENED__INIT;
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        char *territory = arena_text(&f->arena, "31");
        opened.contract_id = thing(f, A_CONTRACT, 1);
        opened.record = &record;
        opened.territories = &territory;
        opened.n_territories = 1;
        record.format = CONTRACTS__RECORD_FORMAT__OURS;
        record.buyer_siret = arena_text(&f->arena, SIRET);
        record.number = arena_text(&f->arena, "2026-17");
        tell_contracts(f, TOLD(CONTRACT_OPENED), &opened);
        put_buyer(f);
}

static uint64_t told(const struct fixture *f)
{
        return engine_source_position(f->engine, "contracts-1");
}

static uint64_t record_obligation(struct fixture *f)
{
        Contracts__ObligationRecorded recorded = CONTRACTS__OBLIGATION_RECORDED__INIT;
        char *territory = arena_text(&f->arena, "31");
        recorded.obligation_id = thing(f, AN_OBLIGATION, 1);
        recorded.clause_id = thing(f, A_CLAUSE, 1);
        recorded.contract_id = thing(f, A_CONTRACT, 1);
        recorded.contractor_name = arena_text(&f->arena, "Bâtiment du Midi");
        recorded.contractor_organisation = id_to(&f->arena, organisation(60));
        recorded.territories = &territory;
        recorded.n_territories = 1;
        tell_contracts(f, TOLD(OBLIGATION_RECORDED), &recorded);
        return told(f);
}

static void withdraw(struct fixture *f, uint64_t number)
{
        Contracts__ActWithdrawn withdrawn = CONTRACTS__ACT_WITHDRAWN__INIT;
        Contracts__WithdrawnAct act = CONTRACTS__WITHDRAWN_ACT__INIT, *acts = &act;
        act.number = number;
        withdrawn.contract_id = thing(f, A_CONTRACT, 1);
        withdrawn.acts = &acts;
        withdrawn.n_acts = 1;
        tell_contracts(f, TOLD(ACT_WITHDRAWN), &withdrawn);
}

static void test_somebody_answers_for_the_clause(void **state)
{
        struct fixture *f = *state;
        Contracts__ResponsibleNamed named = CONTRACTS__RESPONSIBLE_NAMED__INIT;
        open_contract(f);
        uint64_t number = record_obligation(f);
        assert_non_null(item_of(day_of_actor(f, company(f, 60)), WAIT(RESPONSIBLE)));
        assert_null(facilitators(f, WAIT(RESPONSIBLE)));
        named.obligation_id = thing(f, AN_OBLIGATION, 1);
        named.contract_id = thing(f, A_CONTRACT, 1);
        tell_contracts(f, TOLD(RESPONSIBLE_NAMED), &named);
        assert_null(item_of(day_of_actor(f, company(f, 60)), WAIT(RESPONSIBLE)));
        withdraw(f, told(f));
        assert_non_null(item_of(day_of_actor(f, company(f, 60)), WAIT(RESPONSIBLE)));
        withdraw(f, number); /* nobody owes anything any more */
        assert_int_equal(day_of_actor(f, company(f, 60))->n_items, 0);
}

/* Every event of a case has these three. */
#define CASE(TYPE, INIT, NAME)                                                                                         \
        Contracts__##TYPE NAME = CONTRACTS__##INIT##__INIT;                                                            \
        NAME.case_id = thing(f, A_CASE, 1);                                                                            \
        NAME.obligation_id = thing(f, AN_OBLIGATION, 1);                                                               \
        NAME.contract_id = thing(f, A_CONTRACT, 1)

static void test_the_ladder_step_by_step(void **state)
{
        struct fixture *f = *state;
        CASE(CaseOpened, CASE_OPENED, opened);
        CASE(ReminderSent, REMINDER_SENT, reminded);
        CASE(FormalNoticeDrafted, FORMAL_NOTICE_DRAFTED, drafted);
        CASE(FormalNoticeServed, FORMAL_NOTICE_SERVED, served);
        CASE(CaseClosed, CASE_CLOSED, closed);
        open_contract(f);
        (void)record_obligation(f);
        opened.opened_on = on(f, 2026, 10, 10);
        tell_contracts(f, TOLD(CASE_OPENED), &opened);
        assert_string_equal(facilitators(f, WAIT(CASE))->act, "contracts.RecordReminder");
        reminded.sent_on = on(f, 2026, 10, 11);
        tell_contracts(f, TOLD(REMINDER_SENT), &reminded);
        assert_string_equal(facilitators(f, WAIT(CASE))->act, "contracts.WarnBuyer");
        drafted.drafted_on = on(f, 2026, 10, 12);
        tell_contracts(f, TOLD(FORMAL_NOTICE_DRAFTED), &drafted);
        assert_null(facilitators(f, WAIT(CASE)));
        assert_string_equal(buyers(f, WAIT(CASE))->act, "contracts.ServeFormalNotice");
        served.served_on = on(f, 2026, 10, 13);
        served.contradictory_until = on(f, 2026, 10, 30);
        tell_contracts(f, TOLD(FORMAL_NOTICE_SERVED), &served);
        uint64_t number = told(f);
        assert_null(buyers(f, WAIT(CASE)));
        assert_string_equal(item_of(day_of_actor(f, company(f, 60)), WAIT(CASE))->act, "contracts.RecordObservations");
        days_settle_at(noon_of(2026, 10, 31)); /* its time is over */
        assert_null(item_of(day_of_actor(f, company(f, 60)), WAIT(CASE)));
        assert_string_equal(facilitators(f, WAIT(CASE))->act, "contracts.ProposePenalty");
        withdraw(f, number); /* it was never served */
        assert_null(facilitators(f, WAIT(CASE)));
        assert_non_null(buyers(f, WAIT(CASE)));
        tell_contracts(f, TOLD(CASE_CLOSED), &closed);
        assert_null(buyers(f, WAIT(CASE)));
}

static void open_consultation(struct fixture *f, Types__Day *information_due_on)
{
        Contracts__ConsultationOpened opened = CONTRACTS__CONSULTATION_OPENED__INIT;
        opened.contract_id = thing(f, A_CONTRACT, 1);
        opened.published_on = on(f, 2026, 10, 1);
        opened.offers_due_on = information_due_on;
        opened.information_due_on = information_due_on;
        tell_contracts(f, TOLD(CONSULTATION_OPENED), &opened);
}

static void test_questions_of_a_consultation(void **state)
{
        struct fixture *f = *state;
        Contracts__QuestionRecorded asked = CONTRACTS__QUESTION_RECORDED__INIT;
        Contracts__AnswerSent sent = CONTRACTS__ANSWER_SENT__INIT;
        Contracts__AnswerPublished published = CONTRACTS__ANSWER_PUBLISHED__INIT;
        asked.contract_id = sent.contract_id = published.contract_id = thing(f, A_CONTRACT, 1);
        asked.question_id = sent.question_id = published.question_id = thing(f, A_QUESTION, 1);
        open_contract(f);
        open_consultation(f, on(f, 2026, 10, 30));
        assert_null(facilitators(f, WAIT(QUESTIONS_END))); /* twelve days */
        tell_contracts(f, TOLD(QUESTION_RECORDED), &asked);
        const Notifications__DayItem *item = facilitators(f, WAIT(ANSWER));
        assert_int_equal(item->until->days, day_number(day_of_civil((struct civil){2026, 10, 28})));
        open_consultation(f, on(f, 2026, 11, 9)); /* the offers come later: the question waits for longer */
        item = facilitators(f, WAIT(ANSWER));
        assert_int_equal(item->until->days, day_number(day_of_civil((struct civil){2026, 11, 7})));
        tell_contracts(f, TOLD(ANSWER_SENT), &sent);
        assert_null(facilitators(f, WAIT(ANSWER)));
        assert_string_equal(buyers(f, WAIT(ANSWER))->act, "contracts.PublishAnswer");
        tell_contracts(f, TOLD(ANSWER_PUBLISHED), &published);
        assert_null(buyers(f, WAIT(ANSWER)));
        days_settle_at(noon_of(2026, 11, 3));
        assert_non_null(facilitators(f, WAIT(QUESTIONS_END)));
        days_settle_at(noon_of(2026, 11, 11));
        assert_null(facilitators(f, WAIT(QUESTIONS_END)));
}

static void test_a_subcontractor_is_accepted_by_silence(void **state)
{
        struct fixture *f = *state;
        Contracts__SubcontractDeclared declared = CONTRACTS__SUBCONTRACT_DECLARED__INIT;
        Contracts__SubcontractDecided decided = CONTRACTS__SUBCONTRACT_DECIDED__INIT;
        declared.contract_id = decided.contract_id = thing(f, A_CONTRACT, 1);
        declared.subcontract_id = decided.subcontract_id = thing(f, A_SUBCONTRACT, 1);
        declared.declared_on = on(f, 2026, 10, 15);
        declared.tacit_on = on(f, 2026, 11, 5);
        open_contract(f);
        tell_contracts(f, TOLD(SUBCONTRACT_DECLARED), &declared);
        assert_non_null(buyers(f, WAIT(SUBCONTRACT)));
        tell_contracts(f, TOLD(SUBCONTRACT_DECIDED), &decided);
        assert_null(buyers(f, WAIT(SUBCONTRACT)));
        withdraw(f, told(f));
        assert_non_null(buyers(f, WAIT(SUBCONTRACT)));
        days_settle_at(noon_of(2026, 11, 7));
        assert_null(buyers(f, WAIT(SUBCONTRACT)));
}

static void test_a_convention_renews_itself(void **state)
{
        struct fixture *f = *state;
        Contracts__AgreementPut put = CONTRACTS__AGREEMENT_PUT__INIT;
        Contracts__Agreement agreement = CONTRACTS__AGREEMENT__INIT;
        Contracts__AgreementSigned signed_ = CONTRACTS__AGREEMENT_SIGNED__INIT;
        Contracts__AgreementEnded ended = CONTRACTS__AGREEMENT_ENDED__INIT;
        char *territory = arena_text(&f->arena, "31");
        put.agreement_id = signed_.agreement_id = ended.agreement_id = thing(f, AN_AGREEMENT, 1);
        put.agreement = &agreement;
        agreement.territories = &territory;
        agreement.n_territories = 1;
        agreement.ends_on = on(f, 2026, 12, 31);
        agreement.tacit_renewal = true;
        agreement.renewal_months = 12;
        agreement.renewals_max = 1;
        agreement.notice_days = 60;
        tell_contracts(f, TOLD(AGREEMENT_PUT), &put);
        assert_null(facilitators(f, WAIT(AGREEMENT))); /* a draft */
        tell_contracts(f, TOLD(AGREEMENT_SIGNED), &signed_);
        const Notifications__DayItem *item = facilitators(f, WAIT(AGREEMENT));
        assert_string_equal(item->act, "contracts.EndAgreement");
        assert_int_equal(item->until->days, day_number(day_of_civil((struct civil){2026, 11, 1})));
        days_settle_at(noon_of(2026, 11, 5));
        assert_null(facilitators(f, WAIT(AGREEMENT))); /* renewed: the next term is far */
        days_settle_at(noon_of(2027, 9, 1));
        item = facilitators(f, WAIT(AGREEMENT));
        assert_string_equal(item->act, "contracts.RenewAgreement"); /* the last one */
        tell_contracts(f, TOLD(AGREEMENT_ENDED), &ended);
        assert_null(facilitators(f, WAIT(AGREEMENT)));
}

static void test_a_matter_waits_for_its_answer(void **state)
{
        struct fixture *f = *state;
        Contracts__MatterReferred referred = CONTRACTS__MATTER_REFERRED__INIT;
        Contracts__ReferralClosed closed = CONTRACTS__REFERRAL_CLOSED__INIT;
        referred.referral_id = closed.referral_id = thing(f, A_MATTER, 1);
        referred.contract_id = closed.contract_id = thing(f, A_CONTRACT, 1);
        referred.referred_on = on(f, 2026, 9, 1);
        referred.remind_on = on(f, 2026, 10, 1);
        open_contract(f);
        tell_contracts(f, TOLD(MATTER_REFERRED), &referred);
        assert_int_equal(facilitators(f, WAIT(MATTER))->urgency, NOTIFICATIONS__WAIT_URGENCY__URGENT_LATE);
        tell_contracts(f, TOLD(REFERRAL_CLOSED), &closed);
        assert_null(facilitators(f, WAIT(MATTER)));
}

int main(void)
{
#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, days_setup, days_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_somebody_answers_for_the_clause), TEST(test_the_ladder_step_by_step),
                TEST(test_questions_of_a_consultation),     TEST(test_a_subcontractor_is_accepted_by_silence),
                TEST(test_a_convention_renews_itself),      TEST(test_a_matter_waits_for_its_answer),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
