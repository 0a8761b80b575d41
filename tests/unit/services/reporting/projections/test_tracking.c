#include "tests/unit/services/reporting/fixture.h"

enum { HIRE = MODALITY(DIRECT_HIRE), PROVIDED = MODALITY(STAFF_PROVIDED) };

static struct work_done work_of(struct fixture *f, uint32_t obligation)
{
        struct work_done done;
        struct key key = key_of_id(id_n(OBLIGATION, obligation));
        read_row(f, T_WORK, &key, &done, sizeof(done));
        return done;
}

static struct month_hours hours_in(struct fixture *f, int year, int month)
{
        struct month_hours hours;
        struct key key = scope_key((uint32_t)year, "31");
        key_u32(&key, (uint32_t)month_number(month_of_day(date(year, month, 1))));
        read_row(f, T_MONTH, &key, &hours, sizeof(hours));
        return hours;
}

static int64_t month_of_work(struct fixture *f, int year, int month)
{
        return hours_in(f, year, month).worked_hundredths;
}

static void test_hours_add_up(void **state)
{
        struct fixture *f = *state;
        tell_hours(
                f,
                (struct validated){
                        .person = 1, .obligation = 1, .modality = HIRE, .year = 2025, .month = 3, .hundredths = 15167});
        tell_hours(f, (struct validated){.person = 2,
                                         .obligation = 1,
                                         .modality = PROVIDED,
                                         .year = 2025,
                                         .month = 3,
                                         .hundredths = 7000});
        tell_hours(
                f,
                (struct validated){
                        .person = 1, .obligation = 2, .modality = HIRE, .year = 2025, .month = 4, .hundredths = 100});
        assert_int_equal(work_of(f, 1).hundredths[HIRE], 15167);
        assert_int_equal(work_of(f, 1).hundredths[PROVIDED], 7000);
        assert_int_equal(work_of(f, 2).hundredths[HIRE], 100);
        assert_int_equal(month_of_work(f, 2025, 3), 22167);
        assert_int_equal(month_of_work(f, 2025, 4), 100);
        assert_int_equal(activity_of(f, 2025, "31").hundredths[HIRE], 15267);
}

static void test_a_person_counts_once_a_year_and_once_over_the_years(void **state)
{
        struct fixture *f = *state;
        for (int year = 2024; year <= 2025; year++)
                for (uint32_t obligation = 1; obligation <= 2; obligation++)
                        for (int month = 1; month <= 3; month++)
                                tell_hours(f, (struct validated){.person = 1,
                                                                 .obligation = obligation,
                                                                 .modality = HIRE,
                                                                 .year = year,
                                                                 .month = month,
                                                                 .hundredths = 1000});
        tell_hours(f, (struct validated){.person = 2,
                                         .obligation = 1,
                                         .modality = PROVIDED,
                                         .year = 2025,
                                         .month = 1,
                                         .hundredths = 1000});
        assert_int_equal(activity_of(f, 2024, "31").persons, 1);
        assert_int_equal(activity_of(f, 2025, "31").persons, 2);
        assert_int_equal(activity_of(f, 2025, "31").persons_by_modality[HIRE], 1);
        assert_int_equal(activity_of(f, 2025, "31").persons_by_modality[PROVIDED], 1);
        assert_int_equal(activity_of(f, 0, "31").persons, 2); /* over all years */
        assert_int_equal(activity_of(f, 0, "31").persons_by_modality[HIRE], 1);
}

static void test_two_modalities_are_two_lines_and_one_person(void **state)
{
        struct fixture *f = *state;
        tell_hours(f, (struct validated){.person = 1, .modality = HIRE, .year = 2025, .month = 1, .hundredths = 1});
        tell_hours(f, (struct validated){.person = 1, .modality = PROVIDED, .year = 2025, .month = 2, .hundredths = 1});
        struct activity year = activity_of(f, 2025, "31");
        assert_int_equal(year.persons, 1);
        assert_int_equal(year.persons_by_modality[HIRE], 1);
        assert_int_equal(year.persons_by_modality[PROVIDED], 1);
}

/* A month that was validated by mistake and is set back: the person is not counted any more, in any scope. */
static void test_a_correction_back_to_zero_counts_out(void **state)
{
        struct fixture *f = *state;
        struct validated hours = {
                .person = 1, .obligation = 1, .modality = HIRE, .year = 2025, .month = 5, .hundredths = 15167};
        tell_hours(f, hours);
        hours.replaced = 15167;
        hours.hundredths = 12000;
        tell_hours(f, hours);
        assert_int_equal(month_of_work(f, 2025, 5), 12000);
        assert_int_equal(activity_of(f, 2025, "31").persons, 1);
        assert_int_equal(activity_of(f, 0, "31").persons, 1);

        hours.replaced = 12000;
        hours.hundredths = 0;
        tell_hours(f, hours);
        static const struct activity nothing;
        struct activity year = activity_of(f, 2025, "31"), ever = activity_of(f, 0, "31");
        assert_memory_equal(&year, &nothing, sizeof(year));
        assert_memory_equal(&ever, &nothing, sizeof(ever));
        assert_int_equal(month_of_work(f, 2025, 5), 0);
        assert_int_equal(work_of(f, 1).hundredths[HIRE], 0);
}

static void test_a_correction_in_one_year_leaves_the_other(void **state)
{
        struct fixture *f = *state;
        tell_hours(f, (struct validated){.person = 1, .modality = HIRE, .year = 2025, .month = 1, .hundredths = 500});
        tell_hours(f, (struct validated){.person = 1, .modality = HIRE, .year = 2024, .month = 1, .hundredths = 500});
        tell_hours(f, (struct validated){.person = 1, .modality = HIRE, .year = 2025, .month = 1, .replaced = 500});
        assert_int_equal(activity_of(f, 2025, "31").persons, 0);
        assert_int_equal(activity_of(f, 2024, "31").persons, 1);
        assert_int_equal(activity_of(f, 0, "31").persons, 1);
        assert_int_equal(activity_of(f, 0, "31").persons_by_modality[HIRE], 1);
}

/* More years than a row holds: a typing error upstream. The hours count, the person's years do not grow for ever. */
static void test_a_person_of_too_many_years(void **state)
{
        struct fixture *f = *state;
        for (int year = 1970; year < 1970 + PERSON_YEARS_MAX + 1; year++)
                tell_hours(f, (struct validated){
                                      .person = 1, .modality = HIRE, .year = year, .month = 1, .hundredths = 100});
        assert_int_equal(activity_of(f, 1970 + PERSON_YEARS_MAX - 1, "31").persons, 1);
        assert_int_equal(activity_of(f, 1970 + PERSON_YEARS_MAX, "31").persons, 0);
        assert_int_equal(activity_of(f, 1970 + PERSON_YEARS_MAX, "31").hundredths[HIRE], 100);
        assert_int_equal(activity_of(f, 0, "31").persons, 1);
}

static void test_invoices_count_as_hours_of_nobody(void **state)
{
        struct fixture *f = *state;
        tell_invoice(f, (struct invoiced){.obligation = 1, .dated = date(2025, 6, 30), .hundredths = 4150});
        tell_invoice(f, (struct invoiced){.obligation = 1, .dated = date(2025, 7, 31), .hundredths = 50});
        assert_int_equal(work_of(f, 1).converted_hundredths, 4200);
        assert_int_equal(activity_of(f, 2025, "31").converted_hundredths, 4200);
        assert_int_equal(activity_of(f, 2025, "31").persons, 0);
        assert_int_equal(hours_in(f, 2025, 6).converted_hundredths, 4150);
        assert_int_equal(hours_in(f, 2025, 7).converted_hundredths, 50);
        assert_int_equal(month_of_work(f, 2025, 6), 0);
}

/* Set right, into another month; then cancelled. Each difference once. */
static void test_invoices_set_right(void **state)
{
        struct fixture *f = *state;
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__InvoiceCorrected corrected = TRACKING__INVOICE_CORRECTED__INIT;
        Tracking__InvoiceCancelled cancelled = TRACKING__INVOICE_CANCELLED__INIT;
        Tracking__InvoiceFigures was = TRACKING__INVOICE_FIGURES__INIT, now = TRACKING__INVOICE_FIGURES__INIT;
        tell_invoice(f, (struct invoiced){.obligation = 1, .dated = date(2025, 6, 30), .hundredths = 4150});
        was.dated = day_to(&f->arena, date(2025, 6, 30));
        was.hours = hours_to(&f->arena, hours_of_hundredths(4150));
        now.dated = day_to(&f->arena, date(2024, 12, 31));
        now.hours = hours_to(&f->arena, hours_of_hundredths(4000));
        corrected.obligation_id = cancelled.obligation_id = id_message(f, OBLIGATION, 1);
        corrected.territory = cancelled.territory = territory_text(NULL);
        corrected.was = &was;
        corrected.now = cancelled.was = &now;
        event.body_case = TRACKING__EVENT__BODY_INVOICE_CORRECTED;
        event.invoice_corrected = &corrected;
        tell(f, "tracking-1", &event);
        assert_int_equal(work_of(f, 1).converted_hundredths, 4000);
        assert_int_equal(activity_of(f, 2025, "31").converted_hundredths, 0);
        assert_int_equal(activity_of(f, 2024, "31").converted_hundredths, 4000);
        assert_int_equal(hours_in(f, 2025, 6).converted_hundredths, 0);
        assert_int_equal(hours_in(f, 2024, 12).converted_hundredths, 4000);
        event.body_case = TRACKING__EVENT__BODY_INVOICE_CANCELLED;
        event.invoice_cancelled = &cancelled;
        tell(f, "tracking-1", &event);
        assert_int_equal(work_of(f, 1).converted_hundredths, 0);
        assert_int_equal(activity_of(f, 2024, "31").converted_hundredths, 0);
        assert_int_equal(hours_in(f, 2024, 12).converted_hundredths, 0);
}

static void test_placements_and_outcomes_count_in_their_years(void **state)
{
        struct fixture *f = *state;
        tell_placement(
                f, (struct placed){.person = 1, .obligation = 1, .modality = HIRE, .starts_on = date(2024, 12, 31)});
        tell_placement(
                f, (struct placed){.person = 1, .obligation = 1, .modality = PROVIDED, .starts_on = date(2025, 1, 1)});
        tell_end(f, (struct ended){.outcome = OUTCOME(DURABLE_JOB), .on = date(2025, 3, 31)});
        tell_end(f, (struct ended){.outcome = OUTCOME(WITHDRAWN), .on = date(2025, 4, 1)});
        tell_end(f, (struct ended){.outcome = OUTCOMES + 3, .on = date(2025, 4, 1)}); /* of a later version */
        assert_int_equal(activity_of(f, 2024, "31").placements[HIRE], 1);
        assert_int_equal(activity_of(f, 2025, "31").placements[PROVIDED], 1);
        assert_int_equal(activity_of(f, 2025, "31").outcomes[OUTCOME(DURABLE_JOB)], 1);
        assert_int_equal(activity_of(f, 2025, "31").outcomes[OUTCOME(WITHDRAWN)], 1);
        assert_int_equal(work_of(f, 1).placements[HIRE] + work_of(f, 1).placements[PROVIDED], 2);

        struct worker worker;
        struct key key = key_of_id(id_n(OBLIGATION, 1));
        key_id(&key, id_n(PERSON, 1));
        read_row(f, T_WORKER, &key, &worker, sizeof(worker));
        assert_int_equal(worker.placements[HIRE], 1);
        assert_int_equal(worker.placements[PROVIDED], 1);
}

static void test_a_modality_of_a_later_version_is_unknown(void **state)
{
        struct fixture *f = *state;
        tell_hours(f, (struct validated){
                              .person = 1, .modality = MODALITIES + 5, .year = 2025, .month = 1, .hundredths = 700});
        assert_int_equal(activity_of(f, 2025, "31").hundredths[MODALITY(MODALITY_UNKNOWN)], 700);
}

/* Submitted is not validated, and persons' files are no figures. */
static void test_other_events_change_nothing(void **state)
{
        struct fixture *f = *state;
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__HoursSubmitted submitted = TRACKING__HOURS_SUBMITTED__INIT;
        submitted.month = month_to(&f->arena, month_of_day(date(2025, 1, 1)));
        submitted.hours = hours_to(&f->arena, hours_of_hundredths(15167));
        event.body_case = TRACKING__EVENT__BODY_HOURS_SUBMITTED;
        event.hours_submitted = &submitted;
        tell(f, "tracking-1", &event);
        Tracking__Event later = TRACKING__EVENT__INIT;
        tell_unknown(f, "tracking-1", &later);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        for (size_t table = RUNTIME_TABLES; table < REPORTING_TABLES_END; table++)
                assert_int_equal(txn_count(txn, table), 0);
        txn_end_read(txn);
}

/* What is done under a private contract is its own statement's, and in no sum that others read. */
static void test_private_work_is_in_no_sum(void **state)
{
        struct fixture *f = *state;
        static const struct activity nothing;
        tell_placement(f, (struct placed){.person = 1,
                                          .obligation = 1,
                                          .modality = 1,
                                          .starts_on = date(2026, 3, 1),
                                          .is_private = true});
        tell_hours(f, (struct validated){.person = 1,
                                         .obligation = 1,
                                         .modality = 1,
                                         .year = 2026,
                                         .month = 3,
                                         .hundredths = 15167,
                                         .is_private = true});
        tell_invoice(f, (struct invoiced){
                                .obligation = 1, .dated = date(2026, 3, 5), .hundredths = 1000, .is_private = true});
        tell_end(f, (struct ended){.outcome = 1, .on = date(2026, 4, 1), .is_private = true});
        struct activity year = activity_of(f, 2026, "31"), ever = activity_of(f, 0, "31");
        assert_memory_equal(&year, &nothing, sizeof(year));
        assert_memory_equal(&ever, &nothing, sizeof(ever));
}

/* Its first day was entered wrongly: it counts in the year in which it really began, unless nobody is told of it. */
static void test_a_placement_that_began_in_another_year(void **state)
{
        struct fixture *f = *state;
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__PlacementChanged changed = TRACKING__PLACEMENT_CHANGED__INIT;
        Tracking__PlacementTerms terms = TRACKING__PLACEMENT_TERMS__INIT;
        tell_placement(f,
                       (struct placed){.person = 1, .obligation = 1, .modality = HIRE, .starts_on = date(2026, 1, 5)});
        changed.modality = TYPES__MODALITY__DIRECT_HIRE;
        changed.territory = territory_text(NULL);
        changed.started_on = day_to(&f->arena, date(2026, 1, 5));
        changed.terms = &terms;
        terms.starts_on = day_to(&f->arena, date(2025, 12, 15));
        event.body_case = TRACKING__EVENT__BODY_PLACEMENT_CHANGED;
        event.placement_changed = &changed;
        changed.is_private = true;
        tell(f, "tracking-1", &event);
        assert_int_equal(activity_of(f, 2026, "31").placements[HIRE], 1);
        changed.is_private = false;
        tell(f, "tracking-1", &event);
        assert_int_equal(activity_of(f, 2026, "31").placements[HIRE], 0);
        assert_int_equal(activity_of(f, 2025, "31").placements[HIRE], 1);
}

/* Its contract was set right: out of all sums, and back in, to the byte. */
static void test_work_is_moved_with_its_contract(void **state)
{
        struct fixture *f = *state;
        static const struct activity nothing;
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__PlacementReclassified again = TRACKING__PLACEMENT_RECLASSIFIED__INIT;
        Tracking__MonthValidated month = TRACKING__MONTH_VALIDATED__INIT, *months[] = {&month};
        tell_placement(f, (struct placed){.person = 1, .obligation = 1, .modality = 1, .starts_on = date(2026, 3, 1)});
        tell_hours(f,
                   (struct validated){
                           .person = 1, .obligation = 1, .modality = 1, .year = 2026, .month = 3, .hundredths = 15167});
        tell_end(f, (struct ended){.outcome = 1, .on = date(2026, 4, 1)});
        struct activity before[] = {activity_of(f, 2026, "31"), activity_of(f, 0, "31")};
        again.beneficiary_id = id_message(f, PERSON, 1);
        again.obligation_id = id_message(f, OBLIGATION, 1);
        again.modality = TYPES__MODALITY__DIRECT_HIRE;
        again.starts_on = day_to(&f->arena, date(2026, 3, 1));
        again.ended_on = day_to(&f->arena, date(2026, 4, 1));
        again.outcome = TRACKING__OUTCOME__DURABLE_JOB;
        again.territory = territory_text(NULL);
        month.month = month_to(&f->arena, month_of_day(date(2026, 3, 1)));
        month.hours = hours_to(&f->arena, hours_of_hundredths(15167));
        again.months = months;
        again.n_months = 1;
        again.is_private = true;
        event.body_case = TRACKING__EVENT__BODY_PLACEMENT_RECLASSIFIED;
        event.placement_reclassified = &again;
        tell(f, "tracking-1", &event);
        struct activity after[] = {activity_of(f, 2026, "31"), activity_of(f, 0, "31")};
        assert_memory_equal(&after[0], &nothing, sizeof(nothing));
        assert_memory_equal(&after[1], &nothing, sizeof(nothing));

        again.is_private = false;
        tell(f, "tracking-1", &event);
        after[0] = activity_of(f, 2026, "31");
        after[1] = activity_of(f, 0, "31");
        assert_memory_equal(after, before, sizeof(before));
}

static void test_an_invoice_is_moved_with_its_contract(void **state)
{
        struct fixture *f = *state;
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__InvoiceReclassified again = TRACKING__INVOICE_RECLASSIFIED__INIT;
        tell_invoice(f, (struct invoiced){.obligation = 1, .dated = date(2026, 3, 5), .hundredths = 1000});
        again.dated = day_to(&f->arena, date(2026, 3, 5));
        again.hours = hours_to(&f->arena, hours_of_hundredths(1000));
        again.territory = territory_text(NULL);
        again.is_private = true;
        event.body_case = TRACKING__EVENT__BODY_INVOICE_RECLASSIFIED;
        event.invoice_reclassified = &again;
        tell(f, "tracking-1", &event);
        assert_int_equal(activity_of(f, 2026, "31").converted_hundredths, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_private_work_is_in_no_sum, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_placement_that_began_in_another_year, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_work_is_moved_with_its_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_invoice_is_moved_with_its_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_hours_add_up, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_person_counts_once_a_year_and_once_over_the_years, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_two_modalities_are_two_lines_and_one_person, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_correction_back_to_zero_counts_out, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_correction_in_one_year_leaves_the_other, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_person_of_too_many_years, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_invoices_count_as_hours_of_nobody, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_invoices_set_right, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_placements_and_outcomes_count_in_their_years, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_a_modality_of_a_later_version_is_unknown, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_other_events_change_nothing, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
