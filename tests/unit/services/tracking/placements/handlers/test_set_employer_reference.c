/* What an employer calls a person whom it employs: its own to read, and the facilitators'. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

#define REFERENCE "ZQ-0417 équipe B"

static Tracking__SetEmployerReference *calling(struct scene *s, struct id placement, const char *text)
{
        Tracking__SetEmployerReference *command = pb_new(&tracking__set_employer_reference__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->reference = arena_text(&s->f.arena, text);
        return command;
}

static const char *replaced(struct scene *s, const Tracking__SetEmployerReference *command)
{
        const Tracking__SetEmployerReferenceReply *reply =
                fixture_get(&s->f, s->structure_user, "SetEmployerReference", command);
        return reply->replaced;
}

static const char *in_view(struct scene *s, const Wire__Passport *actor, struct id placement)
{
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = scene_id(s, placement);
        const Tracking__PlacementView *view = fixture_get(&s->f, actor, "PlacementById", &query);
        return view->employer_reference;
}

static const char *in_sheet(struct scene *s, const Wire__Passport *actor)
{
        Tracking__MonthSheet query = TRACKING__MONTH_SHEET__INIT;
        query.month = scene_month(s, 2026, 4);
        const Tracking__MonthSheetReply *reply = fixture_get(&s->f, actor, "MonthSheet", &query);
        assert_int_equal(reply->n_lines, 1);
        return reply->lines[0]->employer_reference;
}

static void test_said_anew_and_taken_away(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        assert_string_equal(replaced(s, calling(s, placement, REFERENCE)), "");
        assert_non_null(scene_last_event(s)->employer_reference_set);
        assert_string_equal(in_view(s, s->structure_user, placement), REFERENCE);
        assert_string_equal(in_sheet(s, s->structure_user), REFERENCE);
        assert_string_equal(replaced(s, calling(s, placement, "ZQ")), REFERENCE);
        assert_string_equal(replaced(s, calling(s, placement, "")), "ZQ");
        assert_string_equal(in_view(s, s->structure_user, placement), "");
}

/* The company where she works, a coordinator, an auditor: not theirs. */
static void test_who_reads_it(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        (void)replaced(s, calling(s, placement, REFERENCE));
        assert_string_equal(in_view(s, s->facilitator, placement), REFERENCE);
        assert_string_equal(in_sheet(s, s->facilitator), REFERENCE);
        assert_string_equal(in_view(s, s->company_user, placement), "");
        assert_string_equal(in_sheet(s, s->company_user), "");
        assert_string_equal(in_view(s, s->auditor, placement), "");
        assert_string_equal(in_view(s, s->coordinator, placement), "");
}

static void test_who_gives_it(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        const Tracking__SetEmployerReference *command = calling(s, placement, REFERENCE);
        assert_non_null(strstr(fixture_refused(&s->f, s->company_user, "SetEmployerReference", command,
                                               TYPES__REFUSAL_CODE__NOT_ALLOWED)
                                       ->text,
                               "l'employeur"));
        (void)fixture_refused(&s->f, s->other_company_user, "SetEmployerReference", command,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->facilitator, "SetEmployerReference", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_what_it_may_not_be(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        const char *const numbers[] = {"2900531555123", "2 90 05 31 555 123 45"};
        for (size_t i = 0; i < 2; i++)
                assert_string_equal(fixture_refused(&s->f, s->structure_user, "SetEmployerReference",
                                                    calling(s, placement, numbers[i]),
                                                    TYPES__REFUSAL_CODE__INVALID_FIELD)
                                            ->field,
                                    "reference");
        (void)fixture_refused(&s->f, s->structure_user, "SetEmployerReference",
                              calling(s, placement, "12345678901234567890123456789012345678901"),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(replaced(s, calling(s, placement, "équipe Ångström ✓ 001")), "");
}

/* Hers to take out; gone with her, and whoever looks at the placement afterwards reads nothing. */
static void test_exported_and_erased(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), placement = scene_open_placement(s, scene_opening(s, person));
        Tracking__ExportPerson export = TRACKING__EXPORT_PERSON__INIT;
        Tracking__ErasePerson erasure = TRACKING__ERASE_PERSON__INIT;
        (void)replaced(s, calling(s, placement, REFERENCE));
        export.beneficiary_id = erasure.beneficiary_id = scene_id(s, person);
        export.reason_code = erasure.erasure_code = arena_text(&s->f.arena, "PERSON_ASKED");
        export.reason = arena_text(&s->f.arena, "copie demandée le 12");
        const Tracking__PersonExport *whole = fixture_get(&s->f, s->facilitator, "ExportPerson", &export);
        assert_string_equal(whole->placements[0]->employer_reference, REFERENCE);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        (void)fixture_get(&s->f, s->facilitator, "ErasePerson", &erasure);
        assert_string_equal(in_view(s, s->structure_user, placement), "");
        (void)fixture_refused(&s->f, s->structure_user, "SetEmployerReference", calling(s, placement, "ZQ"),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_said_anew_and_taken_away), TEST(test_who_reads_it),        TEST(test_who_gives_it),
                TEST(test_what_it_may_not_be),       TEST(test_exported_and_erased),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
