/* Who is to act: silence that lasts too long, visits that are planned. The scene's placement began on 2026-03-10, it is
 * the 18th of October, and staff that is provided is heard every 60 days. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/followup/noted.h"

static const struct id none = {{0}};

static void test_silence(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        const Tracking__FollowUpDueReply *due = noted_due(s, s->facilitator, false);
        assert_int_equal(due->n_lines, 1);
        assert_true(id_equal(id_of(due->lines[0]->placement_id), placement));
        assert_int_equal(due->lines[0]->since->days, day_number(scene_day(2026, 3, 10)));
        assert_int_equal(due->lines[0]->act_by->days, day_number(scene_day(2026, 4, 9))); /* the first phase */
        assert_true(due->lines[0]->days_late > 100);
        assert_non_null(strstr(due->lines[0]->acts_next, "référent"));
        assert_int_equal(noted_due(s, s->auditor, false)->n_lines, 1);
        assert_int_equal(noted_due(s, s->stranger, false)->n_lines, 0);

        /* who was not reached is not heard; who was, is, for sixty days */
        Tracking__FollowUpContact *contact = noted_contact(s, 10, 10, "CALL");
        contact->result_code = arena_text(&s->f.arena, "NOT_REACHED");
        (void)noted(s, noted_recording(s, person, placement, contact));
        assert_int_equal(noted_due(s, s->facilitator, false)->n_lines, 1);
        struct id heard = noted(s, noted_recording(s, person, none, noted_contact(s, 8, 19, "CALL")));
        due = noted_due(s, s->facilitator, false);
        assert_int_equal(due->n_lines, 1); /* sixty days ago to the day */
        assert_int_equal(due->lines[0]->since->days, day_number(scene_day(2026, 8, 19)));
        (void)fixture_get(&s->f, s->facilitator, "CorrectContact",
                          noted_correction(s, person, heard, noted_contact(s, 8, 20, "CALL")));
        assert_int_equal(noted_due(s, s->facilitator, false)->n_lines, 0);

        /* it had not taken place: the silence is as old as before */
        Tracking__CorrectContact *command = noted_correction(s, person, heard, noted_contact(s, 8, 20, "CALL"));
        command->withdrawn = true;
        (void)fixture_get(&s->f, s->facilitator, "CorrectContact", command);
        due = noted_due(s, s->facilitator, false);
        assert_int_equal(due->lines[0]->since->days, day_number(scene_day(2026, 3, 10)));
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        assert_int_equal(noted_due(s, s->facilitator, false)->n_lines, 0);
}

static const Tracking__VisitLine *only_visit(struct scene *s, struct id person)
{
        const Tracking__FollowUpReply *list = noted_list(s, person);
        assert_int_equal(list->n_visits, 1);
        return list->visits[0];
}

/* One visit, thirty days after its first; it comes, is missed, is done; withdrawn, it is missed again. */
static void test_planned_visits(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__OpenPlacement *opening = scene_opening(s, person);
        opening->starts_on = scene_date(s, 2026, 10, 1);
        struct id placement = scene_open_placement(s, opening);
        assert_int_equal(only_visit(s, person)->state, TRACKING__VISIT_STATE__VISIT_PLANNED);
        assert_int_equal(only_visit(s, person)->planned_on->days, day_number(scene_day(2026, 10, 31)));
        assert_int_equal(noted_due(s, s->facilitator, true)->n_lines, 0);
        s->f.world.now_ms_value += (int64_t)13 * 86400000;
        assert_int_equal(noted_due(s, s->facilitator, true)->lines[0]->visit, TRACKING__VISIT_STATE__VISIT_DUE);
        s->f.world.now_ms_value += (int64_t)16 * 86400000;
        assert_int_equal(noted_due(s, s->facilitator, true)->lines[0]->visit, TRACKING__VISIT_STATE__VISIT_MISSED);

        Tracking__RecordContact *command =
                noted_recording(s, person, placement, noted_contact(s, 11, 14, "CALL")); /* no visit */
        (void)noted(s, command);
        assert_int_equal(noted_due(s, s->facilitator, true)->n_lines, 1);
        command = noted_recording(s, person, placement, noted_contact(s, 11, 14, "VISIT"));
        const Tracking__RecordContactReply *reply = fixture_get(&s->f, s->facilitator, "RecordContact", command);
        assert_int_equal(reply->visit_on->days, day_number(scene_day(2026, 10, 31)));
        struct id contact = id_of(reply->contact_id);
        assert_int_equal(noted_due(s, s->facilitator, true)->n_lines, 0);
        assert_int_equal(only_visit(s, person)->state, TRACKING__VISIT_STATE__VISIT_DONE);
        assert_true(id_equal(id_of(only_visit(s, person)->contact_id), contact));

        Tracking__CorrectContact *correction = noted_correction(s, person, contact, noted_contact(s, 11, 14, "VISIT"));
        correction->withdrawn = true;
        (void)fixture_get(&s->f, s->facilitator, "CorrectContact", correction);
        assert_int_equal(noted_due(s, s->facilitator, true)->n_lines, 1);
        assert_int_equal(only_visit(s, person)->state, TRACKING__VISIT_STATE__VISIT_MISSED);

        /* ended, nobody is to go there; taken back, somebody is */
        Tracking__EndPlacement *end = scene_end(s, placement);
        end->ended_on = scene_date(s, 2026, 11, 15);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", end);
        assert_int_equal(noted_due(s, s->facilitator, true)->n_lines, 0);
        Tracking__ReopenPlacement reopening = TRACKING__REOPEN_PLACEMENT__INIT;
        reopening.placement_id = scene_id(s, placement);
        reopening.correction = arena_text(&s->f.arena, "elle travaille toujours");
        reopening.seen = scene_view(s, placement)->outcomes[0]->version;
        (void)fixture_get(&s->f, s->facilitator, "ReopenPlacement", &reopening);
        assert_int_equal(noted_due(s, s->facilitator, true)->n_lines, 1);
}

/* None behind the end that is foreseen. */
static void test_no_visit_after_the_end(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__OpenPlacement *opening = scene_opening(s, person);
        opening->ends_on = scene_date(s, 2026, 4, 8);
        (void)scene_open_placement(s, opening);
        assert_int_equal(noted_list(s, person)->n_visits, 0);
}

/* The oldest first, a line a page. */
static void test_in_pages(void **state)
{
        enum { PLACEMENTS = 3 };
        struct scene *s = *state;
        Tracking__FollowUpDue query = TRACKING__FOLLOW_UP_DUE__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        int32_t last = 0;
        size_t seen = 0;
        for (int i = 0; i < PLACEMENTS; i++) {
                Tracking__OpenPlacement *opening = scene_opening(s, scene_eligible_person(s));
                opening->starts_on = scene_date(s, 2026, 3, 20 - i);
                (void)scene_open_placement(s, opening);
        }
        page.limit = 1;
        query.page = &page;
        do {
                const Tracking__FollowUpDueReply *reply = fixture_get(&s->f, s->facilitator, "FollowUpDue", &query);
                for (size_t i = 0; i < reply->n_lines; i++, seen++) {
                        assert_true(reply->lines[i]->since->days > last);
                        last = reply->lines[i]->since->days;
                }
                page.after = reply->next;
        } while (page.after.len > 0);
        assert_int_equal(seen, PLACEMENTS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_silence),
                TEST(test_planned_visits),
                TEST(test_no_visit_after_the_end),
                TEST(test_in_pages),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
