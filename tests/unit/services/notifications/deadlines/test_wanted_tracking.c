/* What placements have wait at their end and behind it, and hours that were sent back or are in doubt. */
#include "tests/unit/services/notifications/days.h"

static const Notifications__DayItem *facilitators(struct fixture *f, Notifications__WaitKind kind)
{
        return item_of(day_of_31(f), kind);
}

static void change_end(struct fixture *f, Types__Day *ends_on)
{
        Tracking__PlacementChanged changed = TRACKING__PLACEMENT_CHANGED__INIT;
        Tracking__PlacementTerms terms = TRACKING__PLACEMENT_TERMS__INIT;
        changed.placement_id = thing(f, A_PLACEMENT, 1);
        changed.beneficiary_id = thing(f, A_PERSON, 1);
        changed.territory = arena_text(&f->arena, "31");
        changed.terms = &terms;
        terms.starts_on = on(f, 2026, 10, 1);
        terms.ends_on = ends_on;
        tell_tracking(f, TRACKED(PLACEMENT_CHANGED), &changed);
}

static void test_a_work_contract_ends(void **state)
{
        struct fixture *f = *state;
        open_placement(f, 1, on(f, 2026, 10, 1));
        assert_null(facilitators(f, WAIT(PLACEMENT_END)));
        change_end(f, on(f, 2026, 11, 10));
        assert_non_null(facilitators(f, WAIT(PLACEMENT_END)));
        change_end(f, on(f, 2027, 4, 30));
        assert_null(facilitators(f, WAIT(PLACEMENT_END))); /* not for months */
        change_end(f, NULL);
        days_settle_at(noon_of(2027, 5, 15));
        assert_null(facilitators(f, WAIT(PLACEMENT_END)));
}

static void record_outcome(struct fixture *f, Tracking__OutcomeMoment at, Tracking__Outcome outcome, bool goes_on)
{
        Tracking__OutcomeRecorded recorded = TRACKING__OUTCOME_RECORDED__INIT;
        Tracking__OutcomeAt now = TRACKING__OUTCOME_AT__INIT;
        recorded.placement_id = thing(f, A_PLACEMENT, 1);
        recorded.beneficiary_id = thing(f, A_PERSON, 1);
        recorded.territory = arena_text(&f->arena, "31");
        recorded.now = &now;
        recorded.goes_on = goes_on;
        now.at = at;
        now.outcome = outcome;
        now.not_reached = goes_on;
        tell_tracking(f, TRACKED(OUTCOME_RECORDED), &recorded);
}

static void test_outcomes_at_three_moments(void **state)
{
        struct fixture *f = *state;
        open_placement(f, 1, on(f, 2026, 3, 1));
        end_placement(f, 1, on(f, 2026, 10, 10));
        assert_string_equal(facilitators(f, WAIT(OUTCOME))->title,
                            "Issue à demander : un parcours chez Bâtiment du Midi s'est terminé");
        record_outcome(f, TRACKING__OUTCOME_MOMENT__AT_EXIT, TRACKING__OUTCOME__OUTCOME_UNKNOWN, true);
        assert_non_null(facilitators(f, WAIT(OUTCOME))); /* tried, and to be tried again */
        record_outcome(f, TRACKING__OUTCOME_MOMENT__AT_EXIT, TRACKING__OUTCOME__DURABLE_JOB, false);
        assert_null(facilitators(f, WAIT(OUTCOME)));

        days_settle_at(noon_of(2027, 3, 27)); /* fifteen days before the day itself */
        assert_string_equal(facilitators(f, WAIT(OUTCOME))->title,
                            "Issue à six mois à demander (parcours chez Bâtiment du Midi)");
        days_settle_at(noon_of(2027, 8, 9)); /* 120 days behind it nobody asks any more */
        assert_null(facilitators(f, WAIT(OUTCOME)));
        days_settle_at(noon_of(2027, 10, 1));
        assert_non_null(facilitators(f, WAIT(OUTCOME)));
        record_outcome(f, TRACKING__OUTCOME_MOMENT__AT_EXIT, TRACKING__OUTCOME__WITHDRAWN, false);
        assert_null(facilitators(f, WAIT(OUTCOME))); /* who has withdrawn is asked no more */
}

static void test_of_one_that_is_continued_nobody_asks(void **state)
{
        struct fixture *f = *state;
        Tracking__PlacementLinked linked = TRACKING__PLACEMENT_LINKED__INIT;
        open_placement(f, 1, on(f, 2026, 3, 1));
        end_placement(f, 1, on(f, 2026, 10, 10));
        linked.placement_id = thing(f, A_PLACEMENT, 2);
        linked.continues_placement_id = thing(f, A_PLACEMENT, 1);
        tell_tracking(f, TRACKED(PLACEMENT_LINKED), &linked);
        assert_null(facilitators(f, WAIT(OUTCOME)));
        linked.continues_placement_id = NULL;
        linked.was_placement_id = thing(f, A_PLACEMENT, 1);
        tell_tracking(f, TRACKED(PLACEMENT_LINKED), &linked);
        assert_non_null(facilitators(f, WAIT(OUTCOME)));
}

static void send_back(struct fixture *f, Types__Month *month)
{
        Tracking__HoursReturned returned = TRACKING__HOURS_RETURNED__INIT;
        returned.placement_id = thing(f, A_PLACEMENT, 1);
        returned.month = month;
        returned.returned_on = on(f, 2026, 10, 14);
        tell_tracking(f, TRACKED(HOURS_RETURNED), &returned);
}

static void test_hours_that_are_sent_back_or_in_doubt(void **state)
{
        struct fixture *f = *state;
        Types__Month *month = month_to(&f->arena, month_of_day(day_of_civil((struct civil){2026, 9, 1})));
        Tracking__HoursSetToCheck doubted = TRACKING__HOURS_SET_TO_CHECK__INIT;
        open_placement(f, 1, on(f, 2026, 9, 1));
        send_back(f, month);
        const Notifications__MyDayReply *day = day_of_actor(f, company(f, 60));
        assert_int_equal(day->n_items, 1);
        assert_string_equal(day->items[0]->title, "Heures renvoyées, à déclarer de nouveau : septembre 2026");
        doubted.placement_id = thing(f, A_PLACEMENT, 1);
        doubted.month = month;
        tell_tracking(f, TRACKED(HOURS_SET_TO_CHECK), &doubted);
        assert_int_equal(day_of_actor(f, company(f, 60))->n_items, 0);
        assert_string_equal(facilitators(f, WAIT(VALIDATION))->title,
                            "Heures à vérifier de nouveau : septembre 2026 (Bâtiment du Midi)");
}

static void test_a_relocation_waits_where_she_goes(void **state)
{
        struct fixture *f = *state;
        Tracking__RelocationProposed proposed = TRACKING__RELOCATION_PROPOSED__INIT;
        Tracking__RelocationEnded ended = TRACKING__RELOCATION_ENDED__INIT;
        proposed.relocation_id = ended.relocation_id = thing(f, 9, 1);
        proposed.beneficiary_id = ended.beneficiary_id = thing(f, A_PERSON, 1);
        proposed.from_territory = arena_text(&f->arena, "09");
        proposed.to_territory = arena_text(&f->arena, "31");
        proposed.answer_by = on(f, 2026, 11, 1);
        tell_tracking(f, TRACKED(RELOCATION_PROPOSED), &proposed);
        assert_non_null(facilitators(f, WAIT(RELOCATION)));
        assert_int_equal(day_of_actor(f, facilitator(f, "09"))->n_items, 0);
        tell_tracking(f, TRACKED(RELOCATION_ENDED), &ended);
        assert_null(facilitators(f, WAIT(RELOCATION)));
}

static void test_a_decision_waits_for_other_eyes(void **state)
{
        struct fixture *f = *state;
        Tracking__EligibilityProposed proposed = TRACKING__ELIGIBILITY_PROPOSED__INIT;
        Tracking__EligibilityTurnedDown down = TRACKING__ELIGIBILITY_TURNED_DOWN__INIT;
        refer_person(f, 1, on(f, 2026, 10, 10));
        proposed.beneficiary_id = down.beneficiary_id = thing(f, A_PERSON, 1);
        proposed.decision_id = down.decision_id = thing(f, 9, 1);
        proposed.territory = arena_text(&f->arena, "31");
        proposed.decided_on = on(f, 2026, 10, 15);
        tell_tracking(f, TRACKED(ELIGIBILITY_PROPOSED), &proposed);
        assert_non_null(facilitators(f, WAIT(CONFIRMATION)));
        assert_null(facilitators(f, WAIT(DECISION)));
        tell_tracking(f, TRACKED(ELIGIBILITY_TURNED_DOWN), &down);
        assert_null(facilitators(f, WAIT(CONFIRMATION)));
        assert_non_null(facilitators(f, WAIT(DECISION)));
}

static void state_presence(struct fixture *f, uint32_t number, Tracking__Presence answer, Types__Day *day)
{
        Tracking__PresenceStated stated = TRACKING__PRESENCE_STATED__INIT;
        stated.presence_id = thing(f, 10, number);
        stated.placement_id = thing(f, A_PLACEMENT, 1);
        stated.beneficiary_id = thing(f, A_PERSON, 1);
        stated.territory = arena_text(&f->arena, "31");
        stated.answer = answer;
        stated.happened_on = day;
        stated.breaks_silence = answer == TRACKING__PRESENCE__STILL_THERE;
        tell_tracking(f, TRACKED(PRESENCE_STATED), &stated);
}

static void test_a_tutor_is_named(void **state)
{
        struct fixture *f = *state;
        Tracking__PlacementOpened opened = TRACKING__PLACEMENT_OPENED__INIT;
        Tracking__ProfessionalNamed named = TRACKING__PROFESSIONAL_NAMED__INIT;
        Tracking__NamingWithdrawn withdrawn = TRACKING__NAMING_WITHDRAWN__INIT;
        opened.placement_id = named.placement_id = withdrawn.placement_id = thing(f, A_PLACEMENT, 1);
        opened.beneficiary_id = thing(f, A_PERSON, 1);
        opened.territory = arena_text(&f->arena, "31");
        opened.modality = TYPES__MODALITY__STAFF_PROVIDED;
        opened.employer = id_to(&f->arena, organisation(61));
        opened.host_company = id_to(&f->arena, organisation(60));
        opened.starts_on = on(f, 2026, 10, 12);
        opened.lacks_tutor = true;
        tell_tracking(f, TRACKED(PLACEMENT_OPENED), &opened);
        assert_string_equal(item_of(day_of_actor(f, company(f, 60)), WAIT(TUTOR))->act, "tracking.NameTutor");
        assert_null(item_of(day_of_actor(f, company(f, 61)), WAIT(TUTOR)));
        named.naming_id = withdrawn.naming_id = thing(f, 11, 1);
        named.professional = TRACKING__PROFESSIONAL__AS_TUTOR;
        tell_tracking(f, TRACKED(PROFESSIONAL_NAMED), &named);
        assert_null(item_of(day_of_actor(f, company(f, 60)), WAIT(TUTOR)));
        tell_tracking(f, TRACKED(NAMING_WITHDRAWN), &withdrawn);
        assert_non_null(item_of(day_of_actor(f, company(f, 60)), WAIT(TUTOR)));
}

static void test_who_is_said_to_be_gone(void **state)
{
        struct fixture *f = *state;
        Tracking__PresenceWithdrawn withdrawn = TRACKING__PRESENCE_WITHDRAWN__INIT;
        open_placement(f, 1, on(f, 2026, 6, 1));
        state_presence(f, 1, TRACKING__PRESENCE__STILL_THERE, on(f, 2026, 10, 17));
        assert_null(facilitators(f, WAIT(GONE)));
        assert_null(facilitators(f, WAIT(CONTACT))); /* somebody was heard */
        state_presence(f, 2, TRACKING__PRESENCE__GONE, on(f, 2026, 10, 18));
        assert_string_equal(facilitators(f, WAIT(GONE))->title,
                            "Une personne serait partie de chez Bâtiment du Midi depuis le 18 octobre 2026");
        withdrawn.presence_id = thing(f, 10, 2);
        withdrawn.placement_id = thing(f, A_PLACEMENT, 1);
        tell_tracking(f, TRACKED(PRESENCE_WITHDRAWN), &withdrawn);
        assert_null(facilitators(f, WAIT(GONE)));
        state_presence(f, 3, TRACKING__PRESENCE__GONE, on(f, 2026, 10, 18));
        assert_non_null(facilitators(f, WAIT(GONE)));
        end_placement(f, 1, on(f, 2026, 10, 17));
        assert_null(facilitators(f, WAIT(GONE)));
}

int main(void)
{
#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, days_setup, days_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_a_work_contract_ends),
                TEST(test_outcomes_at_three_moments),
                TEST(test_of_one_that_is_continued_nobody_asks),
                TEST(test_hours_that_are_sent_back_or_in_doubt),
                TEST(test_a_relocation_waits_where_she_goes),
                TEST(test_a_decision_waits_for_other_eyes),
                TEST(test_a_tutor_is_named),
                TEST(test_who_is_said_to_be_gone),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
