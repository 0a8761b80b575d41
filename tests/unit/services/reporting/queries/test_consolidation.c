#include "tests/unit/services/reporting/fixture.h"

enum { HIRE = MODALITY(DIRECT_HIRE) };

static void hours(struct fixture *f, uint32_t person, int year, int month, int64_t hundredths)
{
        tell_hours(f, (struct validated){.person = person,
                                         .obligation = 1,
                                         .modality = HIRE,
                                         .year = year,
                                         .month = month,
                                         .hundredths = hundredths});
}

static void hours_in_09(struct fixture *f, uint32_t person, int year, int month, int64_t hundredths)
{
        tell_hours(f, (struct validated){.source = "tracking-2",
                                         .person = person,
                                         .obligation = 2,
                                         .modality = MODALITY(STAFF_PROVIDED),
                                         .territory = "09",
                                         .year = year,
                                         .month = month,
                                         .hundredths = hundredths});
}

static void test_nothing_is_zeros(void **state)
{
        struct fixture *f = *state;
        const Reporting__ConsolidationReply *reply = consolidation(f, 0, "");
        assert_int_equal(reply->contracts, 0);
        assert_int_equal(hundredths_of(reply->done), 0);
        assert_int_equal(reply->full_time_equivalents->millionths, 0);
        assert_int_equal(reply->n_by_month + reply->n_by_territory + reply->n_by_modality + reply->n_by_outcome +
                                 reply->n_by_consideration,
                         0);
}

static void test_demand_by_consideration_year_and_territory(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 1,
                                            .year = 2025,
                                            .department = "31",
                                            .social = {SOCIAL(SOCIAL_CLAUSE), SOCIAL(RESERVED)}});
        tell_contract(f, (struct published){
                                 .contract = 2, .year = 2024, .department = "09", .social = {SOCIAL(SOCIAL_CLAUSE)}});
        tell_contract(f, (struct published){.contract = 3, .year = 2025, .department = "09"});
        tell_clause(f, 1);
        tell_obligation(f, (struct obliged){1, 1, 83300, "31"});
        tell_need(f, "31", 2);

        const Reporting__ConsolidationReply *all = consolidation(f, 0, "");
        assert_int_equal(all->contracts, 3);
        assert_int_equal(all->contracts_with_clause, 1);
        assert_int_equal(all->obligations, 1);
        assert_int_equal(hundredths_of(all->due), 83300);
        assert_int_equal(all->needs, 1);
        assert_int_equal(all->positions_wanted, 2);
        assert_int_equal(considered(all, SOCIAL(SOCIAL_CLAUSE)), 2);
        assert_int_equal(considered(all, SOCIAL(RESERVED)), 1);
        assert_int_equal(considered(all, SOCIAL(SOCIAL_UNKNOWN)), 1);
        assert_int_equal(considered(all, SOCIAL(NO_SOCIAL)), 0);
        assert_int_equal(consolidation(f, 2025, "")->contracts, 2);
        assert_int_equal(consolidation(f, 0, "09")->contracts, 2);
        assert_int_equal(consolidation(f, 2024, "09")->contracts, 1);
        assert_int_equal(consolidation(f, 2024, "31")->contracts, 0);
        assert_int_equal(hundredths_of(consolidation(f, 0, "09")->due), 0);
}

static void test_persons_once_a_year_once_over_all(void **state)
{
        struct fixture *f = *state;
        hours(f, 1, 2024, 12, 1000);
        hours(f, 1, 2025, 1, 1000);
        hours(f, 2, 2025, 1, 1000);
        hours_in_09(f, 3, 2025, 2, 1000);
        assert_int_equal(consolidation(f, 2024, "")->persons, 1);
        assert_int_equal(consolidation(f, 2025, "")->persons, 3);
        assert_int_equal(consolidation(f, 0, "")->persons, 3);
        assert_int_equal(consolidation(f, 0, "31")->persons, 2);
        assert_int_equal(consolidation(f, 2025, "09")->persons, 1);
        assert_int_equal(consolidation(f, 2023, "")->persons, 0);
}

static void test_months_ascend_over_years_and_territories(void **state)
{
        struct fixture *f = *state;
        hours(f, 1, 2025, 4, 300);
        hours_in_09(f, 3, 2025, 2, 20);
        hours(f, 1, 2025, 2, 100);
        hours_in_09(f, 3, 2024, 11, 5);
        hours_in_09(f, 4, 2025, 3, 7);
        tell_invoice(f, (struct invoiced){.obligation = 1, .dated = date(2025, 4, 30), .hundredths = 40});
        tell_invoice(f, (struct invoiced){.obligation = 1, .dated = date(2025, 5, 31), .hundredths = 60});
        const Reporting__ConsolidationReply *reply = consolidation(f, 0, "");
        static const struct {
                int year, month;
                int64_t worked, converted;
        } lines[] = {{2024, 11, 5, 0}, {2025, 2, 120, 0}, {2025, 3, 7, 0}, {2025, 4, 300, 40}, {2025, 5, 0, 60}};
        assert_int_equal(reply->n_by_month, ARRAY_SIZE(lines));
        for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
                struct month month = month_of_day(date(lines[i].year, lines[i].month, 1));
                assert_int_equal(month_number(month_of(reply->by_month[i]->month)), month_number(month));
                assert_int_equal(hundredths_of(reply->by_month[i]->hours), lines[i].worked);
                assert_int_equal(hundredths_of(reply->by_month[i]->converted), lines[i].converted);
        }
        assert_int_equal(consolidation(f, 2025, "31")->n_by_month, 3);
}

static void test_territories_sum_up_to_the_whole(void **state)
{
        struct fixture *f = *state;
        hours(f, 1, 2024, 1, 1000);
        hours(f, 1, 2025, 1, 500);
        hours_in_09(f, 3, 2025, 1, 250);
        tell_invoice(f, (struct invoiced){.obligation = 1, .dated = date(2025, 1, 31), .hundredths = 40});
        const Reporting__ConsolidationReply *reply = consolidation(f, 0, "");
        int64_t sum = 0;
        uint32_t persons = 0;
        assert_int_equal(reply->n_by_territory, 2);
        for (size_t i = 0; i < reply->n_by_territory; i++) {
                bool ariege = strcmp(reply->by_territory[i]->territory, "09") == 0;
                assert_int_equal(hundredths_of(reply->by_territory[i]->hours), ariege ? 250 : 1540);
                sum += hundredths_of(reply->by_territory[i]->hours);
                persons += reply->by_territory[i]->persons;
        }
        assert_int_equal(sum, hundredths_of(reply->done) + hundredths_of(reply->converted));
        assert_int_equal(persons, reply->persons);
}

/* The nation's 25,124,684 hours of 2021 are 15,702.9 full-time equivalents: well above 32 bits of millionths. */
static void test_full_time_equivalents_of_a_nation(void **state)
{
        struct fixture *f = *state;
        hours(f, 1, 2021, 1, INT64_C(2512468400) - 160000);
        tell_invoice(f, (struct invoiced){.obligation = 1, .dated = date(2021, 6, 30), .hundredths = 160000});
        assert_int_equal(consolidation(f, 2021, "")->full_time_equivalents->millionths, INT64_C(15702927500));
        hours(f, 2, 2022, 1, 80000);
        assert_int_equal(consolidation(f, 2022, "")->full_time_equivalents->millionths, 500000);
}

static void test_modalities_placements_and_outcomes(void **state)
{
        struct fixture *f = *state;
        tell_placement(f,
                       (struct placed){.person = 1, .obligation = 1, .modality = HIRE, .starts_on = date(2024, 5, 1)});
        tell_placement(f,
                       (struct placed){.person = 2, .obligation = 1, .modality = HIRE, .starts_on = date(2025, 5, 1)});
        hours(f, 1, 2025, 1, 1000);
        hours_in_09(f, 3, 2025, 1, 300);
        tell_end(f, (struct ended){.outcome = OUTCOME(DURABLE_JOB), .on = date(2025, 6, 1)});
        tell_end(f, (struct ended){.outcome = OUTCOME(DURABLE_JOB), .on = date(2025, 6, 2)});
        tell_end(f, (struct ended){.outcome = OUTCOME(OTHER_EXIT), .on = date(2024, 6, 2)});
        const Reporting__ConsolidationReply *reply = consolidation(f, 2025, "");
        assert_int_equal(reply->placements, 1);
        assert_int_equal(reply->n_by_modality, 2);
        assert_int_equal(reply->by_modality[0]->modality, HIRE);
        assert_int_equal(hundredths_of(reply->by_modality[0]->hours), 1000);
        assert_int_equal(reply->by_modality[0]->persons, 1);
        assert_int_equal(hundredths_of(reply->by_modality[1]->hours), 300);
        assert_int_equal(reply->n_by_outcome, 1);
        assert_int_equal(reply->by_outcome[0]->outcome, OUTCOME(DURABLE_JOB));
        assert_int_equal(reply->by_outcome[0]->placements, 2);
        assert_int_equal(consolidation(f, 0, "")->placements, 2);
        assert_int_equal(consolidation(f, 0, "")->n_by_outcome, 2);
}

static void tell_tracking(struct fixture *f, int kind, void *body)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        event.body_case = (Tracking__Event__BodyCase)kind;
        event.placement_ended = body; /* one pointer for all kinds */
        tell(f, "tracking-1", &event);
}

static const Reporting__MomentFigures *moment(struct fixture *f, uint32_t year, Tracking__OutcomeMoment at)
{
        const Reporting__ConsolidationReply *reply = consolidation(f, year, "");
        for (size_t i = 0; i < reply->n_by_moment; i++)
                if (reply->by_moment[i]->at == at)
                        return reply->by_moment[i];
        return NULL;
}

/* Told, not reached, not asked; all of it moves with the end, and goes with it. */
static void test_what_became_of_them(void **state)
{
        struct fixture *f = *state;
        Tracking__OutcomeRecorded recorded = TRACKING__OUTCOME_RECORDED__INIT;
        Tracking__OutcomeAt exit = TRACKING__OUTCOME_AT__INIT, six = TRACKING__OUTCOME_AT__INIT, *later[] = {&six};
        Tracking__PlacementEndCorrected corrected = TRACKING__PLACEMENT_END_CORRECTED__INIT;
        Tracking__PlacementReopened reopened = TRACKING__PLACEMENT_REOPENED__INIT;
        exit.at = TRACKING__OUTCOME_MOMENT__AT_EXIT;
        six.at = TRACKING__OUTCOME_MOMENT__AT_SIX_MONTHS;
        tell_end(f, (struct ended){.outcome = 0, .on = date(2025, 6, 1)});
        tell_end(f, (struct ended){.outcome = OUTCOME(OTHER_EXIT), .on = date(2025, 6, 2)});
        assert_int_equal(moment(f, 2025, exit.at)->not_asked, 1);
        assert_int_equal(moment(f, 2025, six.at)->not_asked, 2);

        recorded.territory = corrected.territory = reopened.territory = territory_text(NULL);
        recorded.ended_on = corrected.was_ended_on = day_to(&f->arena, date(2025, 6, 1));
        exit.outcome = TRACKING__OUTCOME__DURABLE_JOB;
        recorded.now = &exit;
        tell_tracking(f, TRACKING__EVENT__BODY_OUTCOME_RECORDED, &recorded);
        assert_int_equal(moment(f, 2025, exit.at)->not_asked, 0);
        assert_int_equal(moment(f, 2025, exit.at)->n_by_outcome, 2);
        assert_int_equal(consolidation(f, 2025, "")->n_by_outcome, 2); /* and nobody unknown */
        six.not_reached = true;
        recorded.now = &six;
        tell_tracking(f, TRACKING__EVENT__BODY_OUTCOME_RECORDED, &recorded);
        assert_int_equal(moment(f, 2025, six.at)->not_reached, 1);
        assert_int_equal(moment(f, 2025, six.at)->not_asked, 1);

        corrected.ended_on = reopened.was_ended_on = day_to(&f->arena, date(2024, 12, 31));
        corrected.was = corrected.now = reopened.was = &exit;
        corrected.later = reopened.later = later;
        corrected.n_later = reopened.n_later = 1;
        tell_tracking(f, TRACKING__EVENT__BODY_PLACEMENT_END_CORRECTED, &corrected);
        assert_int_equal(moment(f, 2025, six.at)->not_reached, 0);
        assert_int_equal(moment(f, 2024, six.at)->not_reached, 1);
        assert_int_equal(moment(f, 2024, exit.at)->by_outcome[0]->outcome, OUTCOME(DURABLE_JOB));
        assert_int_equal(moment(f, 2024, exit.at)->not_asked, 0);
        tell_tracking(f, TRACKING__EVENT__BODY_PLACEMENT_REOPENED, &reopened);
        assert_null(moment(f, 2024, exit.at));
        assert_int_equal(consolidation(f, 0, "")->n_by_outcome, 1);
        corrected.is_private = reopened.is_private = recorded.is_private = true;
        tell_tracking(f, TRACKING__EVENT__BODY_OUTCOME_RECORDED, &recorded);
        tell_tracking(f, TRACKING__EVENT__BODY_PLACEMENT_END_CORRECTED, &corrected);
        tell_tracking(f, TRACKING__EVENT__BODY_PLACEMENT_REOPENED, &reopened);
        assert_int_equal(moment(f, 0, six.at)->not_reached, 0);
}

/* An end that another placement continues is none: it is taken out, and counts again where that was wrong. */
static void test_continued_ends_are_none(void **state)
{
        struct fixture *f = *state;
        Tracking__CountedEnd end = TRACKING__COUNTED_END__INIT;
        Tracking__OutcomeAt exit = TRACKING__OUTCOME_AT__INIT;
        Tracking__PlacementLinked linked = TRACKING__PLACEMENT_LINKED__INIT, unlinked = linked;
        exit.at = TRACKING__OUTCOME_MOMENT__AT_EXIT;
        tell_end(f, (struct ended){.outcome = 0, .on = date(2025, 6, 1)});
        tell_end(f, (struct ended){.outcome = OUTCOME(OTHER_EXIT), .on = date(2025, 6, 2)});
        end.ended_on = day_to(&f->arena, date(2025, 6, 1));
        end.territory = territory_text(NULL);
        end.exit = &exit;
        linked.taken_out = unlinked.put_back = &end;
        tell_tracking(f, TRACKING__EVENT__BODY_PLACEMENT_LINKED, &linked);
        assert_int_equal(moment(f, 2025, exit.at)->not_asked, 0);
        assert_int_equal(consolidation(f, 2025, "")->n_by_outcome, 1);
        tell_tracking(f, TRACKING__EVENT__BODY_PLACEMENT_LINKED, &unlinked);
        assert_int_equal(moment(f, 2025, exit.at)->not_asked, 1);
        end.is_private = true;
        tell_tracking(f, TRACKING__EVENT__BODY_PLACEMENT_LINKED, &linked);
        assert_int_equal(moment(f, 2025, exit.at)->not_asked, 1);
}

static void test_who_may_ask(void **state)
{
        struct fixture *f = *state;
        Reporting__ConsolidationRequest request = REPORTING__CONSOLIDATION_REQUEST__INIT;
        const Types__Role invited[] = {TYPES__ROLE__FACILITATOR, TYPES__ROLE__COORDINATOR, TYPES__ROLE__AUDITOR};
        const Types__Role uninvited[] = {TYPES__ROLE__BUYER, TYPES__ROLE__COMPANY, TYPES__ROLE__PRESCRIBER};
        for (size_t i = 0; i < ARRAY_SIZE(invited); i++)
                (void)fixture_get(f, fixture_actor(f, invited[i], NULL, "*"), "Consolidation", &request);
        for (size_t i = 0; i < ARRAY_SIZE(uninvited); i++)
                (void)fixture_refused(f, fixture_actor(f, uninvited[i], NULL, "*"), "Consolidation", &request,
                                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_nothing_is_zeros, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_demand_by_consideration_year_and_territory, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_persons_once_a_year_once_over_all, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_months_ascend_over_years_and_territories, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_territories_sum_up_to_the_whole, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_full_time_equivalents_of_a_nation, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_modalities_placements_and_outcomes, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_became_of_them, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_continued_ends_are_none, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may_ask, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
