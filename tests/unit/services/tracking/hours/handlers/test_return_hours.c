/* Hours that are sent back, stated again and vouched for; and what the month's history tells of it, to whom. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static const char WORDS[] = "il manque la feuille de la semaine 17";

static Tracking__ReturnHours *sending_back(struct scene *s, struct id placement, const char *code)
{
        Tracking__ReturnHours *command = pb_new(&tracking__return_hours__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->month = scene_month(s, 2026, 4);
        command->return_code = arena_text(&s->f.arena, code);
        command->reason = arena_text(&s->f.arena, WORDS);
        return command;
}

static const Tracking__HoursHistoryReply *history(struct scene *s, const Wire__Passport *actor, struct id placement)
{
        Tracking__HoursHistory *query = pb_new(&tracking__hours_history__descriptor, &s->f.arena);
        query->placement_id = scene_id(s, placement);
        query->month = scene_month(s, 2026, 4);
        return fixture_get(&s->f, actor, "HoursHistory", query);
}

static Tracking__HoursState state_of(struct scene *s, struct id placement)
{
        return scene_view(s, placement)->months[0]->state;
}

static void test_there_and_back(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        (void)fixture_get(&s->f, s->company_user, "SubmitHours", scene_submission(s, placement, 4, 15000));
        (void)fixture_get(&s->f, s->facilitator, "ReturnHours", sending_back(s, placement, "EVIDENCE"));
        assert_int_equal(state_of(s, placement), TRACKING__HOURS_STATE__HOURS_SENT_BACK);
        (void)fixture_refused(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "ReturnHours", sending_back(s, placement, "EVIDENCE"),
                              TYPES__REFUSAL_CODE__WRONG_STATE);

        scene_submit(s, placement, 4, 14000);
        assert_int_equal(state_of(s, placement), TRACKING__HOURS_STATE__HOURS_STATED);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));
        (void)fixture_refused(&s->f, s->facilitator, "ReturnHours", sending_back(s, placement, "EVIDENCE"),
                              TYPES__REFUSAL_CODE__WRONG_STATE); /* it counts: it is corrected */

        const Tracking__HoursHistoryReply *told = history(s, s->company_user, placement);
        assert_int_equal(told->n_entries, 4);
        assert_int_equal(told->entries[0]->act, TRACKING__HOURS_ACT__ACT_VALIDATED);
        assert_int_equal(told->entries[0]->hours->hundredths, 14000);
        assert_int_equal(told->entries[1]->act, TRACKING__HOURS_ACT__ACT_STATED);
        assert_int_equal(told->entries[2]->act, TRACKING__HOURS_ACT__ACT_SENT_BACK);
        assert_string_equal(told->entries[2]->code, "EVIDENCE");
        assert_string_equal(told->entries[2]->label, "un justificatif manque");
        assert_string_equal(told->entries[2]->reason, WORDS);
        assert_int_equal(told->entries[3]->hours->hundredths, 15000);
        assert_true(id_equal(id_of(told->entries[3]->organisation), s->company));
        assert_string_equal(told->entries[3]->organisation_name, "Bâtisseurs réunis");
        assert_int_equal(history(s, s->structure_user, placement)->n_entries, 4);
}

static void test_in_pages(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        for (int i = 0; i < 5; i++)
                scene_submit(s, placement, 4, 10000 + i);
        Tracking__HoursHistory *query = pb_new(&tracking__hours_history__descriptor, &s->f.arena);
        Types__Page page = TYPES__PAGE__INIT;
        query->placement_id = scene_id(s, placement);
        query->month = scene_month(s, 2026, 4);
        query->page = &page;
        page.limit = 2;
        int64_t next = 10004;
        size_t pages = 0;
        do {
                const Tracking__HoursHistoryReply *reply = fixture_get(&s->f, s->facilitator, "HoursHistory", query);
                for (size_t i = 0; i < reply->n_entries; i++)
                        assert_int_equal(reply->entries[i]->hours->hundredths, next--);
                page.after = reply->next;
                pages++;
        } while (page.after.len > 0);
        assert_int_equal(next, 9999);
        assert_int_equal(pages, 3);
        page.after = pb_bytes(slice_of_text("12345678")); /* of no event of this month */
        (void)fixture_refused(&s->f, s->facilitator, "HoursHistory", query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_what_has_to_be_said(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        (void)fixture_refused(&s->f, s->facilitator, "ReturnHours", sending_back(s, placement, "FIGURE"),
                              TYPES__REFUSAL_CODE__WRONG_STATE); /* nothing is stated */
        scene_submit(s, placement, 4, 15000);
        Tracking__ReturnHours *command = sending_back(s, placement, "OTHER");
        command->reason = NULL;
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "ReturnHours", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "reason");
        command->reason = arena_text(&s->f.arena, "voir 1 85 05 78 006 084 36");
        (void)fixture_refused(&s->f, s->facilitator, "ReturnHours", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = sending_back(s, placement, "BECAUSE");
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "ReturnHours", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "returnCode");
}

static void test_scope(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 4, 15000);
        (void)fixture_refused(&s->f, s->company_user, "ReturnHours", sending_back(s, placement, "FIGURE"),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->stranger, "ReturnHours", sending_back(s, placement, "FIGURE"),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        Tracking__HoursHistory *query = pb_new(&tracking__hours_history__descriptor, &s->f.arena);
        query->placement_id = scene_id(s, placement);
        query->month = scene_month(s, 2026, 4);
        (void)fixture_refused(&s->f, s->other_company_user, "HoursHistory", query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* Her words go with her; the figures stay. */
static void test_an_erased_person(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), placement = scene_open_placement(s, scene_opening(s, person));
        scene_submit(s, placement, 4, 15000);
        (void)fixture_get(&s->f, s->facilitator, "ReturnHours", sending_back(s, placement, "FIGURE"));
        scene_submit(s, placement, 4, 14000);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        Tracking__ErasePerson *erase = pb_new(&tracking__erase_person__descriptor, &s->f.arena);
        erase->beneficiary_id = scene_id(s, person);
        erase->erasure_code = arena_text(&s->f.arena, "PERSON_ASKED");
        (void)fixture_get(&s->f, s->facilitator, "ErasePerson", erase);
        const Tracking__HoursHistoryReply *told = history(s, s->facilitator, placement);
        assert_int_equal(told->n_entries, 4);
        assert_true(told->entries[2]->reason_erased);
        assert_string_equal(told->entries[2]->reason, "");
        assert_int_equal(told->entries[2]->hours->hundredths, 15000);

        /* corrected all the same: figures count, words are kept of nobody */
        Tracking__ValidateHours *again = scene_validation(s, placement, 4);
        again->hours = scene_hours(s, 13000);
        again->reason = arena_text(&s->f.arena, WORDS);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", again);
        assert_false(scene_last_event(s)->hours_validated->explained);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_there_and_back, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_in_pages, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_has_to_be_said, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_scope, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_an_erased_person, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
