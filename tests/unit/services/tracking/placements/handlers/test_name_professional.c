/* Tutor and referent of a placement: named by their own organisations from a day on, taken back, sealed. The scene's
 * placement began on 2026-03-10 with "M. Tuteur" and "Mme Référente"; it is the 18th of October. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

#define TUTOR "Odile Quercadou-Essai"

static Tracking__NameTutor *naming(struct scene *s, struct id placement, const char *name, struct day since)
{
        Tracking__NameTutor *command = pb_new(&tracking__name_tutor__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->name = arena_text(&s->f.arena, name);
        command->function = arena_text(&s->f.arena, "cheffe d'équipe");
        command->since = day_to(&s->f.arena, since);
        return command;
}

static struct id name_it(struct scene *s, const Wire__Passport *actor, const char *method,
                         const Tracking__NameTutor *command)
{
        const Tracking__NamingReply *reply = fixture_get(&s->f, actor, method, command);
        return id_of(reply->naming_id);
}

/* The two commands are alike but for their names. */
static const Tracking__NameReferent *as_referent(struct scene *s, const Tracking__NameTutor *command)
{
        Tracking__NameReferent *other = pb_new(&tracking__name_referent__descriptor, &s->f.arena);
        other->placement_id = command->placement_id;
        other->name = command->name;
        other->function = command->function;
        other->since = command->since;
        return other;
}

static Tracking__WithdrawNaming *withdrawal(struct scene *s, struct id placement, struct id naming)
{
        Tracking__WithdrawNaming *command = pb_new(&tracking__withdraw_naming__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->naming_id = scene_id(s, naming);
        return command;
}

static const Tracking__PlacementView *seen_by(struct scene *s, const Wire__Passport *actor, struct id placement)
{
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = scene_id(s, placement);
        return fixture_get(&s->f, actor, "PlacementById", &query);
}

static void test_named_and_changed(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        uint64_t before = engine_position(s->f.engine);
        (void)name_it(s, s->company_user, "NameTutor", naming(s, placement, TUTOR, scene_day(2026, 9, 1)));
        struct slice published = scene_published(s, before);
        assert_null(memmem(published.data, published.size, "Quercadou", strlen("Quercadou")));
        assert_true(id_equal(id_of(scene_last_event(s)->professional_named->organisation), s->company));
        assert_string_equal(scene_view(s, placement)->tutor, TUTOR);
        assert_string_equal(scene_view(s, placement)->tutor_function, "cheffe d'équipe");
        assert_string_equal(scene_view(s, placement)->referent, "Mme Référente");

        (void)name_it(s, s->company_user, "NameTutor", naming(s, placement, "Avant", scene_day(2026, 8, 1)));
        assert_string_equal(scene_view(s, placement)->tutor, TUTOR); /* a day before hers */
        struct id coming =
                name_it(s, s->company_user, "NameTutor", naming(s, placement, "Bientôt", scene_day(2026, 10, 19)));
        assert_string_equal(scene_view(s, placement)->tutor, TUTOR); /* from tomorrow on */
        (void)fixture_get(&s->f, s->company_user, "WithdrawNaming", withdrawal(s, placement, coming));
        (void)name_it(s, s->company_user, "NameTutor", naming(s, placement, "Le même jour", scene_day(2026, 9, 1)));
        assert_string_equal(scene_view(s, placement)->tutor, "Le même jour");

        const Tracking__NameReferent *referent = as_referent(s, naming(s, placement, "Autre", scene_day(2026, 10, 1)));
        (void)fixture_get(&s->f, s->structure_user, "NameReferent", referent);
        assert_string_equal(scene_view(s, placement)->referent, "Autre");
        assert_string_equal(scene_view(s, placement)->tutor, "Le même jour");
        assert_int_equal(scene_view(s, placement)->n_namings, 5);
}

static void test_taken_back(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        struct id naming_id =
                name_it(s, s->company_user, "NameTutor", naming(s, placement, TUTOR, scene_day(2026, 9, 1)));
        const Tracking__WithdrawNaming *command = withdrawal(s, placement, naming_id);
        (void)fixture_refused(&s->f, s->structure_user, "WithdrawNaming", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->other_company_user, "WithdrawNaming", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(&s->f, s->company_user, "WithdrawNaming", command);
        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_string_equal(view->tutor, "M. Tuteur");
        assert_true(view->namings[0]->withdrawn);
        assert_string_equal(view->namings[0]->name, "");
        (void)fixture_refused(&s->f, s->company_user, "WithdrawNaming", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->company_user, "WithdrawNaming",
                              withdrawal(s, placement, scene_name("no naming")), TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* What an amendment says holds from its day on, and keeps whom it does not name. */
static void test_beside_amendments(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        (void)name_it(s, s->company_user, "NameTutor", naming(s, placement, TUTOR, scene_day(2026, 9, 1)));
        const Tracking__PlacementView *view = scene_view(s, placement);
        Tracking__AmendPlacement amendment = TRACKING__AMEND_PLACEMENT__INIT;
        amendment.placement_id = view->placement_id;
        amendment.amendment_code = arena_text(&s->f.arena, "CONTACTS");
        amendment.changed_on = scene_date(s, 2026, 10, 1);
        amendment.ends_on = view->ends_on;
        amendment.weekly_hours = view->weekly_hours;
        amendment.rome_code = view->rome_code;
        amendment.work_contract = view->work_contract;
        amendment.referent = arena_text(&s->f.arena, "Nouveau référent");
        amendment.seen = view->version;
        (void)fixture_get(&s->f, s->facilitator, "AmendPlacement", &amendment);
        view = scene_view(s, placement);
        assert_string_equal(view->tutor, TUTOR);
        assert_string_equal(view->tutor_function, "cheffe d'équipe");
        assert_string_equal(view->referent, "Nouveau référent");
        (void)name_it(s, s->company_user, "NameTutor", naming(s, placement, "Avant", scene_day(2026, 9, 15)));
        assert_string_equal(scene_view(s, placement)->tutor, TUTOR);
        (void)name_it(s, s->company_user, "NameTutor", naming(s, placement, "Après", scene_day(2026, 10, 1)));
        view = scene_view(s, placement);
        assert_string_equal(view->tutor, "Après");

        Tracking__CorrectPlacement correction = TRACKING__CORRECT_PLACEMENT__INIT;
        correction.placement_id = view->placement_id;
        correction.correction_code = arena_text(&s->f.arena, "TYPING");
        correction.starts_on = view->starts_on;
        correction.ends_on = view->ends_on;
        correction.weekly_hours = view->weekly_hours;
        correction.rome_code = view->rome_code;
        correction.work_contract = view->work_contract;
        correction.tutor = arena_text(&s->f.arena, "Un autre");
        correction.seen = view->version;
        assert_string_equal(fixture_refused(&s->f, s->facilitator, "CorrectPlacement", &correction,
                                            TYPES__REFUSAL_CODE__WRONG_STATE)
                                    ->field,
                            "tutor");
}

static void test_who_may(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        const Tracking__NameTutor *command = naming(s, placement, TUTOR, scene_day(2026, 9, 1));
        const Tracking__NameReferent *referent = as_referent(s, command);
        (void)fixture_refused(&s->f, s->other_company_user, "NameTutor", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->stranger, "NameTutor", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->structure_user, "NameTutor", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->company_user, "NameReferent", referent, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)name_it(s, s->facilitator, "NameTutor", command);
        assert_null(scene_last_event(s)->professional_named->organisation);
        assert_int_equal(seen_by(s, s->company_user, placement)->n_namings, 1);
        assert_string_equal(seen_by(s, s->company_user, placement)->tutor, TUTOR);
}

static void test_what_is_turned_away(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        static const struct {
                const char *name, *function, *field;
                struct civil since;
        } tried[] = {
                {TUTOR, "", "since", {2026, 3, 9}},
                {" ", "", "name", {2026, 9, 1}},
                {"2 90 05 31 555 123 45", "", "name", {2026, 9, 1}},
                {TUTOR, "2 90 05 31 555 123 45", "function", {2026, 9, 1}},
        };
        for (size_t i = 0; i < ARRAY_SIZE(tried); i++) {
                Tracking__NameTutor *command = naming(s, placement, tried[i].name, day_of_civil(tried[i].since));
                command->function = arena_text(&s->f.arena, tried[i].function);
                assert_string_equal(fixture_refused(&s->f, s->company_user, "NameTutor", command,
                                                    TYPES__REFUSAL_CODE__INVALID_FIELD)
                                            ->field,
                                    tried[i].field);
        }
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        (void)fixture_refused(&s->f, s->company_user, "NameTutor", naming(s, placement, TUTOR, scene_day(2026, 10, 1)),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_named_and_changed), TEST(test_taken_back),          TEST(test_beside_amendments),
                TEST(test_who_may),           TEST(test_what_is_turned_away),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
