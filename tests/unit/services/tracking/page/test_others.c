/* Who vouched for a figure, stated hours or decided on eligibility is told that another account decided otherwise. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

enum { ANNE = 101, BRUNO, STRUCTURE_ACCOUNT };

static struct id account(uint8_t number)
{
        return (struct id){{[0] = 1, [15] = number}};
}

static Wire__Passport *as(struct scene *s, const Wire__Passport *actor, uint8_t number)
{
        Wire__Passport *copy = pb_new(&wire__passport__descriptor, &s->f.arena);
        *copy = *actor;
        copy->account = scene_id(s, account(number));
        return copy;
}

/* The newest event, where it tells that account; NULL: it is another, or tells another. */
static const Types__ChangedByAnother *told(struct scene *s, uint8_t number)
{
        const Tracking__Event *event = scene_last_event(s);
        if (event->body_case != TRACKING__EVENT__BODY_CHANGED_BY_ANOTHER)
                return NULL;
        const Types__ChangedByAnother *change = event->changed_by_another;
        for (size_t i = 0; i < change->n_accounts; i++)
                if (id_equal(id_of(change->accounts[i]), account(number)))
                        return change;
        return NULL;
}

static void validate_as(struct scene *s, uint8_t number, struct id placement, int64_t hundredths)
{
        Tracking__ValidateHours *command = scene_validation(s, placement, 4);
        command->hours = hundredths == 0 ? NULL : scene_hours(s, hundredths);
        command->reason = hundredths == 0 ? command->reason : arena_text(&s->f.arena, "bulletin de paie corrigé");
        (void)fixture_get(&s->f, as(s, s->facilitator, number), "ValidateHours", command);
}

static void test_a_figure_that_another_replaces(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        (void)fixture_get(&s->f, as(s, s->structure_user, STRUCTURE_ACCOUNT), "SubmitHours",
                          scene_submission(s, placement, 4, 15167));
        validate_as(s, ANNE, placement, 0);
        assert_int_equal(scene_last_event(s)->body_case, TRACKING__EVENT__BODY_HOURS_VALIDATED); /* as was stated */
        validate_as(s, BRUNO, placement, 1000);
        const Types__ChangedByAnother *change = told(s, ANNE);
        assert_non_null(change);
        assert_non_null(strstr(change->before, "validées"));
        assert_non_null(strstr(change->after, "10"));
        assert_non_null(strstr(change->thing, "avril 2026"));
        assert_true(change->is_local);
        assert_string_equal(change->territories[0], "31");
        assert_int_equal(change->n_organisation_ids, 2); /* employer and host */
        assert_non_null(change->about_contract);
        assert_non_null(told(s, STRUCTURE_ACCOUNT));                             /* who stated them hears it too */
        assert_string_equal(change->reason, "dit dans l'historique de ce mois"); /* and not here */
        validate_as(s, BRUNO, placement, 2000); /* his own: who stated them is told all the same */
        assert_null(told(s, BRUNO));
        assert_null(told(s, ANNE));
        assert_non_null(told(s, STRUCTURE_ACCOUNT));
}

static void test_hours_that_are_sent_back(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        (void)fixture_get(&s->f, as(s, s->company_user, STRUCTURE_ACCOUNT), "SubmitHours",
                          scene_submission(s, placement, 4, 15000));
        Tracking__ReturnHours *command = pb_new(&tracking__return_hours__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->month = scene_month(s, 2026, 4);
        command->return_code = arena_text(&s->f.arena, "ABSENCES");
        command->reason = arena_text(&s->f.arena, "la semaine du 12 manque au planning");
        (void)fixture_get(&s->f, as(s, s->facilitator, ANNE), "ReturnHours", command);
        const Types__ChangedByAnother *change = told(s, STRUCTURE_ACCOUNT);
        assert_non_null(change);
        assert_non_null(strstr(change->before, "150"));
        assert_non_null(strstr(change->after, "renvoyées"));
        assert_string_equal(change->reason, "des absences semblent comptées");
        struct slice bytes = scene_published(s, 0);
        assert_null(memmem(bytes.data, bytes.size, "planning", strlen("planning"))); /* sealed */
}

static void test_a_placement_that_ends_early(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        (void)fixture_get(&s->f, as(s, s->company_user, STRUCTURE_ACCOUNT), "SubmitHours",
                          scene_submission(s, placement, 9, 15167));
        Tracking__ValidateHours *validation = scene_validation(s, placement, 9);
        (void)fixture_get(&s->f, as(s, s->facilitator, ANNE), "ValidateHours", validation);
        Tracking__EndPlacement *end = scene_end(s, placement);
        end->ended_on = scene_date(s, 2026, 9, 10);
        (void)fixture_get(&s->f, as(s, s->facilitator, BRUNO), "EndPlacement", end);
        const Types__ChangedByAnother *change = told(s, ANNE);
        assert_non_null(change);
        assert_non_null(told(s, STRUCTURE_ACCOUNT));
        assert_non_null(strstr(change->after, "10 septembre 2026"));
}

static void test_hours_that_were_stated_otherwise(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        (void)fixture_get(&s->f, as(s, s->structure_user, STRUCTURE_ACCOUNT), "SubmitHours",
                          scene_submission(s, placement, 4, 15000));
        (void)fixture_get(&s->f, as(s, s->structure_user, BRUNO), "SubmitHours",
                          scene_submission(s, placement, 4, 15167)); /* a colleague: it counts for nothing yet */
        assert_int_equal(scene_last_event(s)->body_case, TRACKING__EVENT__BODY_HOURS_SUBMITTED);
        validate_as(s, ANNE, placement, 14000);
        const Types__ChangedByAnother *change = told(s, BRUNO);
        assert_non_null(change);
        assert_non_null(strstr(change->before, "déclarées"));
}

/* Neither why nor who she is. */
static void test_eligibility_decided_otherwise(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__DecideEligibility *command = scene_decision(s, person);
        (void)fixture_get(&s->f, as(s, s->facilitator, ANNE), "DecideEligibility", command);
        command->eligible = false;
        command->reason = arena_text(&s->f.arena, "justificatif périmé");
        (void)fixture_get(&s->f, as(s, s->facilitator, BRUNO), "DecideEligibility", command);
        const Types__ChangedByAnother *change = told(s, ANNE);
        assert_non_null(change);
        assert_non_null(strstr(change->before, "éligible jusqu'au"));
        assert_string_equal(change->after, "non éligible");
        assert_string_equal(change->reason, "");
        assert_int_equal(change->n_organisation_ids, 0);
        struct slice bytes = pb_encode(change, &s->f.arena);
        static const char *const hidden[] = {"périmé", "RSA", "Quatrebarbes"};
        for (size_t i = 0; i < ARRAY_SIZE(hidden); i++)
                assert_null(memmem(bytes.data, bytes.size, hidden[i], strlen(hidden[i])));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_figure_that_another_replaces, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_hours_that_were_stated_otherwise, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_hours_that_are_sent_back, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_placement_that_ends_early, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_eligibility_decided_otherwise, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
