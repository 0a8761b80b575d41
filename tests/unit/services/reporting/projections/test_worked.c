/* Hours that were taken over with a running contract: in the same sums as those of tracking, whichever is told first;
 * out of them again where they are replaced or withdrawn. */
#include "tests/unit/services/reporting/taken_over.h"

static void tell_act_withdrawn(struct fixture *f, struct taken taken)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT, act;
        Contracts__ActWithdrawn withdrawn = CONTRACTS__ACT_WITHDRAWN__INIT;
        Contracts__WithdrawnAct one = CONTRACTS__WITHDRAWN_ACT__INIT, *acts[] = {&one};
        Contracts__Posting *postings[] = {taken_posting(f, taken)};
        postings[0]->hours->hundredths = -postings[0]->hours->hundredths;
        taken_over(f, taken, &act);
        one.event = pb_bytes(pb_encode(&act, &f->arena));
        withdrawn.acts = acts;
        withdrawn.n_acts = 1;
        withdrawn.postings = postings;
        withdrawn.n_postings = 1;
        event.body_case = CONTRACTS__EVENT__BODY_ACT_WITHDRAWN;
        event.act_withdrawn = &withdrawn;
        tell(f, "contracts-1", &event);
}

static void tell_replaced(struct fixture *f, struct taken taken)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__TakenOverReplaced replaced = CONTRACTS__TAKEN_OVER_REPLACED__INIT;
        static char territory[] = "31";
        Contracts__TakenOverLine *lines[] = {taken_line(f, taken)};
        Contracts__Posting *postings[] = {taken_posting(f, taken)};
        postings[0]->hours->hundredths = -taken.hundredths;
        replaced.obligation_id = id_message(f, OBLIGATION, 1);
        replaced.territory = territory;
        replaced.lines = lines;
        replaced.n_lines = 1;
        replaced.postings = postings;
        replaced.n_postings = 1;
        event.body_case = CONTRACTS__EVENT__BODY_TAKEN_OVER_REPLACED;
        event.taken_over_replaced = &replaced;
        tell(f, "contracts-1", &event);
}

enum { HIRE = MODALITY(DIRECT_HIRE), PROVIDED = MODALITY(STAFF_PROVIDED), INVOICED = MODALITY(SUBCONTRACTING) };

static void owed(struct fixture *f)
{
        tell_contract(f, (struct published){.contract = 1, .year = 2026, .department = "31"});
        tell_obligation(f, (struct obliged){1, 1, 50000, "31"});
}

static struct month_hours hours_in(struct fixture *f, int month)
{
        struct month_hours hours;
        struct key key = scope_key(2026, "31");
        key_u32(&key, (uint32_t)month_number(month_of_day(date(2026, month, 1))));
        read_row(f, T_MONTH, &key, &hours, sizeof(hours));
        return hours;
}

static void test_in_all_sums(void **state)
{
        struct fixture *f = *state;
        owed(f);
        tell_taken_over(f, (struct taken){.person = 1, .month = 4, .modality = HIRE, .hundredths = 10000});
        tell_taken_over(f, (struct taken){.person = 1, .month = 5, .modality = HIRE, .hundredths = 7000});
        tell_taken_over(f, (struct taken){.person = 2, .month = 5, .modality = PROVIDED, .hundredths = 500});
        tell_taken_over(f, (struct taken){.month = 5, .modality = HIRE, .hundredths = 300});
        tell_taken_over(f, (struct taken){.month = 5, .modality = INVOICED, .hundredths = 3500});
        const Reporting__ContractStatementReply *reply = statement(f, 1);
        assert_int_equal(hundredths_of(reply->done), 17800);
        assert_int_equal(hundredths_of(reply->converted), 3500);
        assert_int_equal(hundredths_of(reply->remaining), 50000 - 17800 - 3500);
        assert_int_equal(reply->persons, 2);
        struct activity activity = activity_of(f, 2026, "31");
        assert_int_equal(activity.hundredths[HIRE], 17300);
        assert_int_equal(activity.hundredths[PROVIDED], 500);
        assert_int_equal(activity.converted_hundredths, 3500);
        assert_int_equal(activity.persons, 2);
        assert_int_equal(hours_in(f, 5).worked_hundredths, 7800);
        assert_int_equal(hours_in(f, 5).converted_hundredths, 3500);
        const Reporting__ConsolidationReply *year = consolidation(f, 2026, "31");
        assert_int_equal(hundredths_of(year->done), 17800);
        assert_int_equal(year->persons, 2);
}

static void test_told_again_replaced_withdrawn(void **state)
{
        struct fixture *f = *state;
        const struct taken first = {.person = 1, .month = 4, .modality = HIRE, .hundredths = 10000};
        const struct taken again = {.person = 1, .month = 4, .modality = HIRE, .hundredths = 12000, .former = 10000};
        owed(f);
        tell_taken_over(f, first);
        tell_taken_over(f, again);
        assert_int_equal(hundredths_of(statement(f, 1)->done), 12000);
        tell_act_withdrawn(f, again);
        assert_int_equal(hundredths_of(statement(f, 1)->done), 10000);
        assert_int_equal(statement(f, 1)->persons, 1);
        tell_act_withdrawn(f, first);
        assert_int_equal(hundredths_of(statement(f, 1)->remaining), 50000);
        assert_int_equal(statement(f, 1)->persons, 0);
        assert_int_equal(activity_of(f, 2026, "31").persons, 0);

        tell_taken_over(f, first);
        tell_hours(
                f,
                (struct validated){
                        .person = 7, .obligation = 1, .modality = HIRE, .year = 2026, .month = 4, .hundredths = 9000});
        tell_replaced(f, first);
        assert_int_equal(hundredths_of(statement(f, 1)->done), 9000);
        assert_int_equal(activity_of(f, 2026, "31").hundredths[HIRE], 9000);
        assert_int_equal(activity_of(f, 2026, "31").persons, 1);
        assert_int_equal(hours_in(f, 4).worked_hundredths, 9000);
}

static void test_private(void **state)
{
        struct fixture *f = *state;
        owed(f);
        tell_taken_over(
                f, (struct taken){.person = 1, .month = 4, .modality = HIRE, .hundredths = 10000, .is_private = true});
        assert_int_equal(hundredths_of(statement(f, 1)->done), 10000);
        assert_int_equal(statement(f, 1)->persons, 1);
        assert_int_equal(activity_of(f, 2026, "31").hundredths[HIRE], 0);
        assert_int_equal(activity_of(f, 2026, "31").persons, 0);
        assert_int_equal(hours_in(f, 4).worked_hundredths, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_in_all_sums, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_told_again_replaced_withdrawn, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_private, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
