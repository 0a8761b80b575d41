/* UndoBeneficiariesImport: who was referred by an import is erased, where nothing has happened to the file since; the
 * others are told, and why. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "tests/unit/services/tracking/referrals/lists.h"

static const Types__UndoReport *undo(struct scene *s, Types__Id *batch)
{
        const Tracking__UndoBeneficiariesImportReply *reply =
                fixture_get(&s->f, s->prescriber, "UndoBeneficiariesImport", undo_of(s, batch));
        return reply->report;
}

static const Types__BatchImported *imported(struct scene *s, size_t count)
{
        Tracking__ImportBeneficiaries *command = persons_list(s, PERSONS_HEADER);
        for (size_t i = 0; i < count; i++)
                sent_row(&s->f.arena, command->list,
                         arena_printf(&s->f.arena, "Quatrebarbes|Zéphirine|%zu/05/1990|F||", i + 1));
        (void)import_persons(s, command);
        return scene_last_event(s)->batch_imported;
}

/* Rows, index and key are gone; she is counted nowhere, and may be referred again. */
static void test_who_nothing_happened_to_is_erased(void **state)
{
        struct scene *s = *state;
        const Types__BatchImported *batch = imported(s, 2);
        struct id person = id_of(batch->rows[0]->id);
        const Types__UndoReport *report = undo(s, batch->batch_id);
        assert_int_equal(report->taken_back, 2);
        assert_int_equal(persons(s), 0);
        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        struct walk walk;
        assert_null(tracking_beneficiary(txn, person, &s->f.arena));
        assert_string_equal(tracking_erased(txn, person, &s->f.arena)->erasure_code, "IMPORT_UNDONE");
        tracking_anonymous_walk(txn, slice_of(NULL, 0), &walk);
        assert_false(walk_step(&walk));
        walk_end(&walk);
        txn_end_read(txn);
        (void)fixture_refused(&s->f, s->prescriber, "UndoBeneficiariesImport", undo_of(s, batch->batch_id),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(imported(s, 2)->created, 2);
}

static void open_file(struct scene *s, Types__Id *person)
{
        Tracking__OpenBeneficiaryFile command = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
        command.beneficiary_id = person;
        command.reason = arena_text(&s->f.arena, "préparer l'entretien");
        command.reason_code = arena_text(&s->f.arena, "PLACEMENT");
        (void)fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", &command);
}

static void test_whose_file_lived_stays(void **state)
{
        struct scene *s = *state;
        const Types__BatchImported *batch = imported(s, 6);
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        Tracking__RectifyIdentity rectified = TRACKING__RECTIFY_IDENTITY__INIT;
        struct id decided = id_of(batch->rows[0]->id), placed = id_of(batch->rows[1]->id);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, decided));
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, placed));
        (void)scene_open_placement(s, scene_opening(s, placed));
        open_file(s, batch->rows[2]->id);
        restriction.beneficiary_id = batch->rows[3]->id;
        restriction.restriction_code = arena_text(&s->f.arena, "OBJECTION_PENDING");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        rectified.beneficiary_id = batch->rows[4]->id;
        rectified.identity = scene_referral(s)->identity;
        rectified.reason = arena_text(&s->f.arena, "prénom mal écrit");
        (void)fixture_get(&s->f, s->facilitator, "RectifyIdentity", &rectified);
        const Types__UndoReport *report = undo(s, batch->batch_id);
        assert_int_equal(report->taken_back, 1);
        static const char *const whys[] = {"rectifié depuis", "limité", "ouvert depuis", "parcours depuis",
                                           "décidée depuis"};
        assert_int_equal(report->kept, ARRAY_SIZE(whys));
        for (size_t i = 0; i < ARRAY_SIZE(whys); i++)
                assert_non_null(strstr(report->rows[i]->why, whys[i]));
        assert_int_equal(persons(s), ARRAY_SIZE(whys));
}

static void test_whose(void **state)
{
        struct scene *s = *state;
        const Types__BatchImported *batch = imported(s, 1);
        struct id other = scene_name("another prescriber");
        Tracking__UndoBeneficiariesImport *of = undo_of(s, batch->batch_id);
        (void)fixture_refused(&s->f, fixture_actor(&s->f, TYPES__ROLE__PRESCRIBER, &other, "31"),
                              "UndoBeneficiariesImport", of, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->stranger, "UndoBeneficiariesImport", of, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->auditor, "UndoBeneficiariesImport", of, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Tracking__UndoHoursImport hours = TRACKING__UNDO_HOURS_IMPORT__INIT; /* no list of hours */
        hours.batch_id = of->batch_id;
        hours.reason = of->reason;
        (void)fixture_refused(&s->f, s->facilitator, "UndoHoursImport", &hours, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(&s->f, s->facilitator, "UndoBeneficiariesImport", of);
        assert_int_equal(persons(s), 0);
        Tracking__Imports query = TRACKING__IMPORTS__INIT;
        const Tracking__ImportsReply *seen = fixture_get(&s->f, s->prescriber, "Imports", &query);
        assert_int_equal(seen->n_imports, 1);
        assert_int_equal(seen->imports[0]->taken_back, 1);
        seen = fixture_get(&s->f, fixture_actor(&s->f, TYPES__ROLE__STRUCTURE, &s->mission_locale, "31"), "Imports",
                           &query);
        assert_int_equal(seen->n_imports, 0); /* a prescriber's list is shown to it in that role */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_who_nothing_happened_to_is_erased, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_whose_file_lived_stays, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_whose, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
