#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/unit/services/tracking/scene.h"

struct waiting {
        struct id person;
        Types__Id *decision;
};

static struct waiting proposed(struct scene *s)
{
        struct waiting waiting = {.person = scene_refer_own(s)};
        const Tracking__DecideEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, waiting.person));
        waiting.decision = reply->decision_id;
        return waiting;
}

static Tracking__ConfirmEligibility *confirmation(struct scene *s, const struct waiting *waiting, bool confirmed)
{
        Tracking__ConfirmEligibility *command = pb_new(&tracking__confirm_eligibility__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, waiting->person);
        command->decision_id = waiting->decision;
        command->confirmed = confirmed;
        return command;
}

static void test_another_account_agrees(void **state)
{
        struct scene *s = *state;
        struct waiting waiting = proposed(s);
        Tracking__ConfirmEligibility *command = confirmation(s, &waiting, true);
        const Types__Refusal *no =
                fixture_refused(&s->f, s->facilitator, "ConfirmEligibility", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_non_null(strstr(no->text, "un autre facilitateur"));
        (void)fixture_refused(&s->f, s->stranger, "ConfirmEligibility", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command->confirmed_on = scene_date(s, 2026, 1, 31);
        (void)fixture_refused(&s->f, scene_colleague(s), "ConfirmEligibility", command,
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->confirmed_on = scene_date(s, 2026, 2, 3);
        const Tracking__ConfirmEligibilityReply *reply =
                fixture_get(&s->f, scene_colleague(s), "ConfirmEligibility", command);
        assert_int_equal(reply->valid_until->days, day_number(scene_day(2028, 1, 31)));
        const Tracking__EligibilityDecided *told = scene_last_event(s)->eligibility_decided;
        assert_true(id_equal(id_of(told->decision_id), id_of(waiting.decision)));

        const Tracking__BeneficiaryFile *file = scene_file(s, waiting.person);
        assert_int_equal(file->n_eligibilities, 1);
        assert_string_equal(file->eligibilities[0]->decided_by, "essai");
        assert_string_equal(file->eligibilities[0]->confirmed_by, "collègue");
        assert_int_equal(file->eligibilities[0]->confirmed_on->days, day_number(scene_day(2026, 2, 3)));
        assert_int_equal(file->eligibilities[0]->state, TRACKING__DECISION_STATE__DECISION_STANDS);
        (void)scene_open_placement(s, scene_opening(s, waiting.person));
        (void)fixture_refused(&s->f, scene_colleague(s), "ConfirmEligibility", command,
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_it_is_turned_down(void **state)
{
        struct scene *s = *state;
        struct waiting waiting = proposed(s);
        Tracking__ConfirmEligibility *command = confirmation(s, &waiting, false);
        assert_string_equal(fixture_refused(&s->f, scene_colleague(s), "ConfirmEligibility", command,
                                            TYPES__REFUSAL_CODE__INVALID_FIELD)
                                    ->field,
                            "reason");
        command->reason = arena_text(&s->f.arena, "le justificatif est d'un homonyme");
        const Tracking__ConfirmEligibilityReply *reply =
                fixture_get(&s->f, scene_colleague(s), "ConfirmEligibility", command);
        assert_null(reply->valid_until);
        const Tracking__BeneficiaryFile *file = scene_file(s, waiting.person);
        assert_int_equal(file->eligibilities[0]->state, TRACKING__DECISION_STATE__DECISION_TURNED_DOWN);
        assert_string_equal(file->eligibilities[0]->undone->reason, "le justificatif est d'un homonyme");
        assert_string_equal(file->eligibilities[0]->undone->by, "collègue");
        (void)fixture_refused(&s->f, s->facilitator, "OpenPlacement", scene_opening(s, waiting.person),
                              TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        command->decision_id = scene_id(s, waiting.person);
        (void)fixture_refused(&s->f, scene_colleague(s), "ConfirmEligibility", command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* What waits tells nobody anything but that it waits: neither the event, nor a prescriber's list. */
static void test_nobody_is_told_why(void **state)
{
        struct scene *s = *state;
        struct waiting waiting = proposed(s);
        const Tracking__Event *event = scene_last_event(s);
        assert_true(id_equal(id_of(event->eligibility_proposed->decision_id), id_of(waiting.decision)));
        Tracking__BeneficiariesRequest query = TRACKING__BENEFICIARIES_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        const Tracking__BeneficiariesReply *list = fixture_get(&s->f, s->auditor, "Beneficiaries", &query);
        assert_true(list->beneficiaries[0]->eligibility_waits);
        assert_null(list->beneficiaries[0]->eligible_until);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_another_account_agrees, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_it_is_turned_down, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_nobody_is_told_why, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
