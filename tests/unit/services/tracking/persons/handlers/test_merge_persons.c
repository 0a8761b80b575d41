/* ProbableDoubles, MergePersons, UnmergePersons, KeepPersonsApart: two files of one person, and of two. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/persons/doubles.h"

static void test_doubles_are_listed_once(void **state)
{
        struct scene *s = *state;
        struct id one = referred(s, "Quatrebarbes-Essai", "Zéphirine", "31");
        struct id other = referred(s, "QUATREBARBES", "Zephirine", "31");
        (void)referred(s, "Tournemine", "Anatole", "31");
        const Tracking__ProbableDoublesReply *reply = doubles(s, s->facilitator, "");
        assert_int_equal(reply->n_doubles, 1);
        assert_true(id_equal(id_of(reply->doubles[0]->beneficiary_id), one));
        assert_true(id_equal(id_of(reply->doubles[0]->other_id), other));
        assert_int_equal(reply->doubles[0]->sureness, TRACKING__SURENESS__PROBABLE);
        assert_int_equal(doubles(s, s->facilitator, "81")->n_doubles, 0);
        assert_int_equal(doubles(s, s->stranger, "")->n_doubles, 0);
        (void)fixture_refused(&s->f, s->prescriber, "ProbableDoubles",
                              pb_new(&tracking__probable_doubles__descriptor, &s->f.arena),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* Security: of a file in another territory, that there is one, and where. */
static void test_a_pair_of_two_territories(void **state)
{
        struct scene *s = *state;
        Wire__Passport *of_81 = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "81");
        (void)referred(s, "Quatrebarbes", "Zéphirine", "31");
        struct id there = referred(s, "Quatrebarbes", "Zéphirine", "81");
        assert_int_equal(doubles(s, s->facilitator, "")->n_doubles, 1); /* hers both: once */
        assert_int_equal(doubles(s, s->facilitator, "81")->n_doubles, 1);
        const Tracking__ProbableDoublesReply *reply = doubles(s, of_81, "");
        assert_int_equal(reply->n_doubles, 1);
        assert_null(reply->doubles[0]->beneficiary_id);
        assert_null(reply->doubles[0]->referred_at);
        assert_string_equal(reply->doubles[0]->territory, "31");
        assert_true(id_equal(id_of(reply->doubles[0]->other_id), there));
}

static void test_a_pair_that_is_kept_apart(void **state)
{
        struct scene *s = *state;
        struct id one = referred(s, "Quatrebarbes", "Zéphirine", "31");
        struct id other = referred(s, "Quatrebarbes", "Zéphirine Marie", "31");
        Tracking__KeepPersonsApart command = TRACKING__KEEP_PERSONS_APART__INIT;
        command.beneficiary_id = scene_id(s, other);
        command.other_id = scene_id(s, one);
        (void)fixture_refused(&s->f, s->facilitator, "KeepPersonsApart", &command,
                              TYPES__REFUSAL_CODE__INVALID_FIELD); /* no reason */
        command.reason = arena_text(&s->f.arena, "jumelles, deux pièces d'identité vues");
        (void)fixture_get(&s->f, s->facilitator, "KeepPersonsApart", &command);
        assert_int_equal(doubles(s, s->facilitator, "")->n_doubles, 0);

        Tracking__RectifyIdentity right = TRACKING__RECTIFY_IDENTITY__INIT; /* her digests are made anew */
        right.beneficiary_id = scene_id(s, one);
        right.identity = named(s, "Quatrebarbes", "Zéphirine Anne", scene_day(1990, 5, 17));
        right.reason = arena_text(&s->f.arena, "second prénom ajouté");
        (void)fixture_get(&s->f, s->facilitator, "RectifyIdentity", &right);
        assert_int_equal(doubles(s, s->facilitator, "")->n_doubles, 0);
        (void)referred(s, "Quatrebarbes", "Zéphirine", "31");
        assert_int_equal(doubles(s, s->facilitator, "")->n_doubles, 2); /* a third, with either */
        erased(s, one);
        assert_int_equal(doubles(s, s->facilitator, "")->n_doubles, 1);
}

/* What either holds is shown with both, and checked for both; then each is as it was. */
static void test_merged_and_unmerged(void **state)
{
        struct scene *s = *state;
        struct id one = scene_refer(s), other = scene_refer(s);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, other));
        (void)fixture_refused(&s->f, s->facilitator, "OpenPlacement", scene_opening(s, one),
                              TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        assert_int_equal(opened_file(s, one)->n_eligibilities, 0);

        const Tracking__MergePersonsReply *merged =
                fixture_get(&s->f, s->facilitator, "MergePersons", merging(s, one, other));
        assert_int_equal(merged->n_files, 2);
        assert_true(id_equal(id_of(merged->files[0]), one));
        assert_int_equal(doubles(s, s->facilitator, "")->n_doubles, 0);
        const Tracking__BeneficiaryFile *file = opened_file(s, one);
        assert_int_equal(file->n_eligibilities, 1);
        assert_int_equal(file->n_merged_with, 1);
        assert_int_equal(opened_file(s, other)->n_eligibilities, 1); /* the old id is answered */
        (void)scene_open_placement(s, scene_opening(s, one));        /* eligible by her other file */
        (void)fixture_refused(&s->f, s->facilitator, "OpenPlacement", scene_opening(s, other),
                              TYPES__REFUSAL_CODE__ALREADY_EXISTS); /* placed by her other file */

        const Tracking__UnmergePersonsReply *unmerged =
                fixture_get(&s->f, s->facilitator, "UnmergePersons", unmerging(s, other));
        assert_true(id_equal(id_of(unmerged->other_id), one));
        assert_int_equal(opened_file(s, one)->n_eligibilities, 0);
        assert_int_equal(opened_file(s, one)->n_merged_with, 0);
        assert_int_equal(doubles(s, s->facilitator, "")->n_doubles, 1);
        (void)scene_open_placement(s, scene_opening(s, other));
        (void)fixture_refused(&s->f, s->facilitator, "UnmergePersons", unmerging(s, other),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* She is one person: what was refused in one file is refused in all, from its day on. */
static void test_a_refusal_holds_in_all_files(void **state)
{
        struct scene *s = *state;
        struct id one = scene_refer(s), other = scene_refer(s);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, one));
        Tracking__DecideEligibility *refusal = scene_decision(s, other);
        refusal->eligible = false;
        refusal->reason = arena_text(&s->f.arena, "n'est plus disponible");
        refusal->valid_from = refusal->decided_on = scene_date(s, 2026, 6, 1);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", refusal);
        (void)fixture_get(&s->f, s->facilitator, "MergePersons", merging(s, one, other));
        Tracking__OpenPlacement *opening = scene_opening(s, one);
        opening->starts_on = scene_date(s, 2026, 6, 1);
        (void)fixture_refused(&s->f, s->facilitator, "OpenPlacement", opening, TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        opening->starts_on = scene_date(s, 2026, 5, 4);
        struct id placement = scene_open_placement(s, opening);
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2026, 5, 31)));
        scene_submit(s, placement, 6, 8000);
        (void)fixture_refused(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 6),
                              TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        (void)fixture_get(&s->f, s->facilitator, "UnmergePersons", unmerging(s, other));
        opening->starts_on = scene_date(s, 2026, 6, 1);
        opening->obligation_id = scene_id(s, s->unpriced);
        (void)scene_open_placement(s, opening);
}

/* A reading of one file is a reading of all. */
static void test_a_reading_is_of_all_files(void **state)
{
        struct scene *s = *state;
        struct id one = scene_refer(s), other = scene_refer(s);
        Tracking__FileReadings query = TRACKING__FILE_READINGS__INIT;
        query.beneficiary_id = scene_id(s, other);
        (void)fixture_get(&s->f, s->facilitator, "MergePersons", merging(s, one, other));
        (void)opened_file(s, one);
        const Tracking__FileReadingsReply *reply = fixture_get(&s->f, s->facilitator, "FileReadings", &query);
        assert_int_equal(reply->n_readings, 1);
}

static void test_what_cannot_be_merged(void **state)
{
        struct scene *s = *state;
        struct id one = scene_refer(s), other = scene_refer(s), third = scene_refer(s);
        Wire__Passport *of_81 = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "81");
        (void)fixture_refused(&s->f, s->facilitator, "MergePersons", merging(s, one, one),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(&s->f, s->facilitator, "MergePersons", merging(s, one, scene_name("nobody")),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, of_81, "MergePersons", merging(s, one, other), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->prescriber, "MergePersons", merging(s, one, other),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Tracking__MergePersons *with_number = merging(s, one, other);
        with_number->reason = arena_text(&s->f.arena, "1 85 05 78 006 084 36");
        (void)fixture_refused(&s->f, s->facilitator, "MergePersons", with_number, TYPES__REFUSAL_CODE__INVALID_FIELD);

        (void)fixture_get(&s->f, s->facilitator, "MergePersons", merging(s, one, other));
        (void)fixture_refused(&s->f, s->facilitator, "MergePersons", merging(s, other, one),
                              TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        (void)fixture_refused(&s->f, s->facilitator, "MergePersons", merging(s, third, one),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(&s->f, s->facilitator, "MergePersons", merging(s, other, third)); /* joins the first */
        (void)fixture_refused(&s->f, s->facilitator, "UnmergePersons", unmerging(s, one),
                              TYPES__REFUSAL_CODE__WRONG_STATE); /* which of the two? */
        (void)fixture_get(&s->f, s->facilitator, "UnmergePersons", unmerging(s, other));
        assert_int_equal(opened_file(s, one)->n_merged_with, 1);
        Tracking__KeepPersonsApart apart = TRACKING__KEEP_PERSONS_APART__INIT;
        apart.beneficiary_id = scene_id(s, one);
        apart.other_id = scene_id(s, third);
        apart.reason = arena_text(&s->f.arena, "deux personnes");
        (void)fixture_refused(&s->f, s->facilitator, "KeepPersonsApart", &apart, TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* Who is erased is so in all her files, and nothing is left of either. */
static void test_all_files_are_erased(void **state)
{
        struct scene *s = *state;
        struct id one = scene_refer(s), other = scene_refer(s);
        Tracking__OpenBeneficiaryFile opening = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
        (void)fixture_get(&s->f, s->facilitator, "MergePersons", merging(s, one, other));
        erased(s, other);
        opening.beneficiary_id = scene_id(s, one);
        opening.reason = arena_text(&s->f.arena, "relecture du dossier complet");
        opening.reason_code = arena_text(&s->f.arena, "PLACEMENT");
        (void)fixture_refused(&s->f, s->facilitator, "OpenBeneficiaryFile", &opening, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_int_equal(doubles(s, s->facilitator, "")->n_doubles, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_doubles_are_listed_once, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_pair_of_two_territories, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_pair_that_is_kept_apart, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_merged_and_unmerged, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_refusal_holds_in_all_files, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_reading_is_of_all_files, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_cannot_be_merged, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_all_files_are_erased, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
