/* A restricted file is kept, and nothing else; the person's own rights go on. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/documents/papers.h"

static void restrict_file(struct scene *s, struct id person)
{
        Tracking__RestrictPerson command = TRACKING__RESTRICT_PERSON__INIT;
        command.beneficiary_id = scene_id(s, person);
        command.restriction_code = arena_text(&s->f.arena, "ACCURACY_CONTESTED");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &command);
}

static Tracking__LiftRestriction *lifting(struct scene *s, struct id person)
{
        Tracking__LiftRestriction *command = pb_new(&tracking__lift_restriction__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->lifting_code = arena_text(&s->f.arena, "VERIFIED");
        return command;
}

static void *of_person(struct scene *s, const ProtobufCMessageDescriptor *type, struct id person)
{
        Tracking__OpenBeneficiaryFile *command = pb_new(type, &s->f.arena); /* begins as the export does */
        command->beneficiary_id = scene_id(s, person);
        command->reason = arena_text(&s->f.arena, "préparer la réponse demandée");
        command->reason_code = arena_text(&s->f.arena, "PERSON_ASKED");
        return command;
}

static const Types__Refusal *refused(struct scene *s, const Wire__Passport *actor, const char *method,
                                     const void *command)
{
        return fixture_refused(&s->f, actor, method, command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_everything_but_storage_stops(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        struct id document = paper_attached(s, placement);
        Tracking__ErasePerson erasure = TRACKING__ERASE_PERSON__INIT;
        erasure.beneficiary_id = scene_id(s, person);
        erasure.erasure_code = arena_text(&s->f.arena, "PERSON_ASKED");
        scene_submit(s, placement, 4, 12000);
        restrict_file(s, person);
        assert_true(scene_last_event(s)->restriction_changed->restricted);

        const void *opening = of_person(s, &tracking__open_beneficiary_file__descriptor, person);
        (void)refused(s, s->facilitator, "OpenBeneficiaryFile", opening);
        (void)refused(s, s->facilitator, "DecideEligibility", scene_decision(s, person));
        (void)refused(s, s->facilitator, "OpenPlacement", scene_opening(s, person));
        (void)refused(s, s->facilitator, "ErasePerson", &erasure);
        (void)refused(s, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));
        (void)refused(s, s->facilitator, "EndPlacement", scene_end(s, placement));
        (void)refused(s, s->facilitator, "BeginDocument", paper_beginning(s, placement));
        (void)refused(s, s->facilitator, "OpenDocument", paper_opening(s, placement, document));
        const Types__Refusal *told =
                refused(s, s->company_user, "SubmitHours", scene_submission(s, placement, 5, 1000));
        assert_null(strstr(told->text, "limit")); /* a company is not told why */

        assert_int_equal(paper_files(s, NULL), 1); /* it is stored */
        assert_int_equal(scene_view(s, placement)->n_months, 1);
        (void)fixture_get(&s->f, s->facilitator, "ExportPerson",
                          of_person(s, &tracking__export_person__descriptor, person));
}

static void test_lifted(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        (void)refused(s, s->facilitator, "LiftRestriction", lifting(s, person));
        restrict_file(s, person);
        Tracking__RestrictPerson again = TRACKING__RESTRICT_PERSON__INIT;
        again.beneficiary_id = scene_id(s, person);
        again.restriction_code = arena_text(&s->f.arena, "UNLAWFUL");
        (void)refused(s, s->facilitator, "RestrictPerson", &again);
        (void)fixture_refused(&s->f, s->stranger, "LiftRestriction", lifting(s, person),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(&s->f, s->facilitator, "LiftRestriction", lifting(s, person));
        assert_false(scene_last_event(s)->restriction_changed->restricted);
        scene_submit(s, placement, 5, 1000);
        (void)fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile",
                          of_person(s, &tracking__open_beneficiary_file__descriptor, person));
}

static void test_who_may_and_why(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__RestrictPerson command = TRACKING__RESTRICT_PERSON__INIT;
        command.beneficiary_id = scene_id(s, person);
        command.restriction_code = arena_text(&s->f.arena, "PARCE_QUE");
        (void)fixture_refused(&s->f, s->facilitator, "RestrictPerson", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command.restriction_code = arena_text(&s->f.arena, "UNLAWFUL");
        (void)fixture_refused(&s->f, s->stranger, "RestrictPerson", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->auditor, "RestrictPerson", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* The data protection officer restricts and lifts in her territories; the file itself stays closed to her. */
static void test_the_officer(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Wire__Passport *elsewhere = fixture_actor(&s->f, TYPES__ROLE__DATA_PROTECTION, NULL, "75");
        Tracking__RestrictPerson command = TRACKING__RESTRICT_PERSON__INIT;
        command.beneficiary_id = scene_id(s, person);
        command.restriction_code = arena_text(&s->f.arena, "ACCURACY_CONTESTED");
        (void)fixture_refused(&s->f, elsewhere, "RestrictPerson", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(&s->f, s->officer, "RestrictPerson", &command);
        (void)refused(s, s->facilitator, "DecideEligibility", scene_decision(s, person));
        (void)fixture_refused(&s->f, elsewhere, "LiftRestriction", lifting(s, person), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(&s->f, s->officer, "LiftRestriction", lifting(s, person));
        const void *opening = of_person(s, &tracking__open_beneficiary_file__descriptor, person);
        (void)fixture_refused(&s->f, s->officer, "OpenBeneficiaryFile", opening, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->officer, "DecideEligibility", scene_decision(s, person),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->officer, "OpenPlacement", scene_opening(s, person),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_everything_but_storage_stops),
                TEST(test_lifted),
                TEST(test_who_may_and_why),
                TEST(test_the_officer),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
