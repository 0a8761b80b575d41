/* Sixty days of a control case, lived twice: each step entered on its day; and all of it entered on the last day, from
 * the papers, each with the day that it bears. The letters are the same, word for word, with the same dates; so is the
 * case.
 *
 * The statement of the third quarter of 2026 is due on 15 October; nothing comes.
 *
 *     20 October    the case is opened, the company reminded
 *      4 November   its ten working days are over (1 November is a holiday, a Sunday); the buyer is warned
 *      5 November   formal notice drafted; the company has it on 9 November: observations until the 24th
 *     20 November   the company's observations
 *     25 November   a penalty is proposed, decided on by the buyer on 10 December, the case closed on the 15th */
#include "tests/unit/services/contracts/control/steps.h"

enum { LETTERS_MAX = 8, STEPS = 9 };

struct lived {
        struct fixture *f;
        struct controlled c;
        Types__Id *case_id;
        bool is_late;
        const char *letters[LETTERS_MAX];
        size_t count;
};

static struct lived begin(bool is_late)
{
        void *state;
        assert_int_equal(fixture_open_in_memory(&state, &contracts_spec, NULL), 0);
        struct lived lived = {.f = state, .is_late = is_late};
        lived.c = controlled_by(lived.f, "");
        return lived;
}

static void end(struct lived *lived)
{
        void *state = lived->f;
        fixture_close(&state);
}

/* The day that the paper bears. As it is lived it is today; entered late, it is told. */
static Types__Day *on(struct lived *lived, int month, int day)
{
        if (lived->is_late)
                today_is(lived->f, 2026, 12, 19);
        else
                today_is(lived->f, 2026, month, day);
        return a_day(lived->f, 2026, month, day);
}

static void keep(struct lived *lived, const char *letter)
{
        assert_true(lived->count < LETTERS_MAX && *letter != '\0');
        lived->letters[lived->count++] = letter;
}

static void to_the_notice(struct lived *lived)
{
        struct fixture *f = lived->f;
        Contracts__OpenCase *open = opening_of(f, lived->c.obligation, LATE, a_day(f, 2026, 9, 30));
        open->opened_on = on(lived, 10, 20);
        lived->case_id = ((const Contracts__OpenCaseReply *)fixture_get(f, facilitator(f), "OpenCase", open))->case_id;
        Contracts__RecordReminder *reminder = reminder_in(f, lived->case_id);
        reminder->sent_on = on(lived, 10, 20);
        const Contracts__RecordReminderReply *reminded = fixture_get(f, facilitator(f), "RecordReminder", reminder);
        keep(lived, reminded->text);
        Contracts__WarnBuyer *warning = warning_of(f, lived->case_id);
        warning->warned_on = on(lived, 11, 4);
        const Contracts__WarnBuyerReply *warned = fixture_get(f, facilitator(f), "WarnBuyer", warning);
        keep(lived, warned->text);
        Contracts__DraftFormalNotice *draft = draft_of(f, lived->case_id);
        draft->drafted_on = on(lived, 11, 5);
        const Contracts__DraftFormalNoticeReply *drafted = fixture_get(f, facilitator(f), "DraftFormalNotice", draft);
        keep(lived, drafted->text);
}

static void to_the_end(struct lived *lived)
{
        struct fixture *f = lived->f;
        Contracts__ServeFormalNotice *notice = notice_of(f, lived->case_id);
        notice->served_on = on(lived, 11, 9);
        const Contracts__ServeFormalNoticeReply *served = fixture_get(f, facilitator(f), "ServeFormalNotice", notice);
        assert_int_equal(served->contradictory_until->days, a_day(f, 2026, 11, 24)->days);
        Contracts__RecordObservations *observations = observations_on(f, lived->case_id);
        observations->received_on = on(lived, 11, 20);
        assert_true(((const Contracts__RecordObservationsReply *)fixture_get(f, facilitator(f), "RecordObservations",
                                                                             observations))
                            ->in_time);
        Contracts__ProposePenalty *proposal = proposal_on(f, lived->case_id, CONTRACTS__PROPOSAL_KIND__PROPOSE_FULL);
        proposal->proposed_on = on(lived, 11, 25);
        const Contracts__ProposePenaltyReply *proposed = fixture_get(f, facilitator(f), "ProposePenalty", proposal);
        keep(lived, proposed->proposal->formula);
        Contracts__RecordBuyerDecision *decision =
                copy_of(f, decision_on(f, lived->case_id, CONTRACTS__BUYER_CHOICE__CHOICE_APPLY));
        decision->decided_on = on(lived, 12, 10);
        (void)fixture_get(f, facilitator(f), "RecordBuyerDecision", decision);
        Contracts__CloseCase *closing = closing_of(f, lived->case_id, CONTRACTS__CASE_OUTCOME__SETTLED);
        closing->closed_on = on(lived, 12, 15);
        (void)fixture_get(f, facilitator(f), "CloseCase", closing);
}

static void expect_days(struct lived *lived)
{
        struct fixture *f = lived->f;
        const Contracts__ControlCase *record = see_case(f, lived->case_id);
        assert_int_equal(record->step, CONTRACTS__CASE_STEP__CASE_CLOSED);
        assert_int_equal(record->opened_on->days, a_day(f, 2026, 10, 20)->days);
        assert_int_equal(record->warned_on->days, a_day(f, 2026, 11, 4)->days);
        assert_int_equal(record->drafted_on->days, a_day(f, 2026, 11, 5)->days);
        assert_int_equal(record->served_on->days, a_day(f, 2026, 11, 9)->days);
        assert_int_equal(record->proposal->proposed_on->days, a_day(f, 2026, 11, 25)->days);
        assert_int_equal(record->proposal->days_late, 16); /* from the formal notice, 75 EUR each */
        assert_int_equal(record->proposal->amount->cents, 16 * 7500);
        assert_int_equal(record->decision->decided_on->days, a_day(f, 2026, 12, 10)->days);
        assert_int_equal(record->closed_on->days, a_day(f, 2026, 12, 15)->days);
}

static void test_on_its_days_and_from_late_paper(void **state)
{
        struct lived lived[] = {begin(false), begin(true)};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(lived); i++) {
                to_the_notice(&lived[i]);
                to_the_end(&lived[i]);
                expect_days(&lived[i]);
        }
        assert_int_equal(lived[0].count, lived[1].count);
        for (size_t i = 0; i < lived[0].count; i++)
                assert_string_equal(lived[0].letters[i], lived[1].letters[i]);
        assert_non_null(strstr(lived[0].letters[0], "20 octobre 2026"));
        assert_non_null(strstr(lived[0].letters[1], "4 novembre 2026"));
        assert_non_null(
                strstr(lived[0].letters[2], "20 octobre 2026")); /* the reminder; its own day is the signatory's */
        for (size_t i = 0; i < ARRAY_SIZE(lived); i++)
                end(&lived[i]);
}

/* Paper that cannot be: a step before the one that it follows, one before its delay, one of tomorrow. */
static void test_what_the_papers_cannot_say(void **state)
{
        struct lived lived = begin(true);
        struct fixture *f = lived.f;
        (void)state;
        to_the_notice(&lived);
        Contracts__ServeFormalNotice *notice = notice_of(f, lived.case_id);
        notice->served_on = a_day(f, 2026, 11, 4); /* drafted on the 5th */
        (void)fixture_refused(f, facilitator(f), "ServeFormalNotice", notice, TYPES__REFUSAL_CODE__INVALID_FIELD);
        notice->served_on = a_day(f, 2026, 12, 20);
        (void)fixture_refused(f, facilitator(f), "ServeFormalNotice", notice, TYPES__REFUSAL_CODE__INVALID_FIELD);
        notice->served_on = a_day(f, 2026, 11, 9);
        (void)fixture_get(f, facilitator(f), "ServeFormalNotice", notice);
        Contracts__ProposePenalty *proposal = proposal_on(f, lived.case_id, CONTRACTS__PROPOSAL_KIND__PROPOSE_FULL);
        proposal->proposed_on = a_day(f, 2026, 11, 24); /* the company is heard until the end of that day */
        (void)fixture_refused(f, facilitator(f), "ProposePenalty", proposal, TYPES__REFUSAL_CODE__WRONG_STATE);
        end(&lived);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_on_its_days_and_from_late_paper),
                cmocka_unit_test(test_what_the_papers_cannot_say),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
