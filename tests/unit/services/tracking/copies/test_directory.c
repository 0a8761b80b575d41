#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/copies/copies.h"

#include "services/tracking/copies/copies_rows.h"
#include "tests/unit/services/tracking/scene.h"

static const Tracking__OrganisationCopy *copy_of(struct scene *s, struct id id)
{
        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        assert_non_null(txn);
        const Tracking__OrganisationCopy *copy = tracking_organisation(txn, id, &s->f.arena);
        txn_end_read(txn);
        return copy;
}

static void test_an_organisation_is_kept(void **state)
{
        struct scene *s = *state;
        const Tracking__OrganisationCopy *copy = copy_of(s, s->structure);
        assert_non_null(copy);
        assert_int_equal(copy->kind, DIRECTORY__ORGANISATION_KIND__EI);
        assert_string_equal(copy->name, "Entreprise d'insertion du Lauragais");
        assert_null(copy->closed_on);
        assert_null(copy_of(s, scene_name("none")));
}

static void test_closing_is_kept_and_outlives_a_change(void **state)
{
        struct scene *s = *state;
        assert_int_equal(copy_of(s, s->closed)->closed_on->days, day_number(scene_day(2026, 1, 31)));
        scene_organisation(s, s->closed, DIRECTORY__ORGANISATION_KIND__ACI, "Nouveau nom");
        const Tracking__OrganisationCopy *copy = copy_of(s, s->closed);
        assert_string_equal(copy->name, "Nouveau nom");
        assert_int_equal(copy->kind, DIRECTORY__ORGANISATION_KIND__ACI);
        assert_int_equal(copy->closed_on->days, day_number(scene_day(2026, 1, 31)));
}

/* Placements that it has stay as they are; none is opened at it until it is put again. */
static void test_taken_back_is_forgotten(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_take_back_organisation(s, s->structure);
        scene_take_back_organisation(s, scene_name("never put"));
        assert_null(copy_of(s, s->structure));
        scene_submit(s, placement, 4, 1000);
        assert_string_equal(scene_view(s, placement)->employer_name, "Entreprise d'insertion du Lauragais");
        scene_organisation(s, s->structure, DIRECTORY__ORGANISATION_KIND__EI, "La même");
        assert_string_equal(copy_of(s, s->structure)->name, "La même");
}

static struct id owing(struct scene *s, const char *siret)
{
        Tracking__ObligationCopy obligation = TRACKING__OBLIGATION_COPY__INIT;
        obligation.contractor_siret = arena_text(&s->f.arena, siret);
        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        assert_non_null(txn);
        struct id id = tracking_contractor(txn, &obligation);
        txn_end_read(txn);
        return id;
}

/* Security: of a SIRET that two organisations claim, neither owes. */
static void test_a_company_is_found_by_its_siret(void **state)
{
        struct scene *s = *state;
        assert_true(id_is_zero(owing(s, "13002526500013")));
        scene_organisation_of(s, s->company, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, "A", "13002526500013");
        assert_true(id_equal(owing(s, "13002526500013"), s->company));
        scene_organisation_of(s, s->other_company, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, "B",
                              "13002526500013");
        assert_true(id_is_zero(owing(s, "13002526500013")));
        scene_organisation_of(s, s->company, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, "A", "21310555400017");
        assert_true(id_equal(owing(s, "13002526500013"), s->other_company));
        scene_take_back_organisation(s, s->other_company);
        assert_true(id_is_zero(owing(s, "13002526500013")));
        assert_true(id_is_zero(owing(s, "")));
}

static void test_what_says_nothing_passes(void **state)
{
        struct scene *s = *state;
        scene_close_organisation(s, scene_name("never put"), scene_day(2026, 1, 1));
        assert_null(copy_of(s, scene_name("never put")));
        Directory__Event event = DIRECTORY__EVENT__INIT;
        assert_int_equal(engine_feed(s->f.engine, "directory-1", s->directory_events + 1, &event.base),
                         ERR_NOT_FOUND); /* of a later version: nothing that we know, and nothing to pass over */
        assert_int_equal(engine_source_position(s->f.engine, "directory-1"), s->directory_events);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_an_organisation_is_kept, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_closing_is_kept_and_outlives_a_change, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_taken_back_is_forgotten, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_company_is_found_by_its_siret, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_says_nothing_passes, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
