/* All that is held on a person, taken out for her; and an identity that is set right. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/documents/papers.h"

static Tracking__ExportPerson *exporting(struct scene *s, struct id person)
{
        Tracking__ExportPerson *command = pb_new(&tracking__export_person__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->reason = arena_text(&s->f.arena, "remettre la copie demandée le 12");
        command->reason_code = arena_text(&s->f.arena, "PERSON_ASKED");
        return command;
}

static Tracking__RectifyIdentity *rectifying(struct scene *s, struct id person)
{
        Tracking__RectifyIdentity *command = pb_new(&tracking__rectify_identity__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->identity = scene_referral(s)->identity;
        command->identity->given_name = arena_text(&s->f.arena, "Zéphyrine");
        command->reason = arena_text(&s->f.arena, "une lettre de son prénom, d'après sa carte");
        return command;
}

static void test_all_of_it(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        (void)paper_attached(s, placement);
        scene_submit(s, placement, 4, 12000);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        (void)fixture_get(&s->f, s->facilitator, "RectifyIdentity", rectifying(s, person));
        (void)fixture_get(&s->f, s->facilitator, "ExportPerson", exporting(s, person));
        s->f.world.now_ms_value += 60000;

        const Tracking__PersonExport *all = fixture_get(&s->f, s->facilitator, "ExportPerson", exporting(s, person));
        assert_string_equal(all->file->identity->given_name, "Zéphyrine");
        assert_int_equal(all->file->n_eligibilities, 1);
        assert_string_equal(all->file->exits[0]->reason, "embauche en CDI chez Confidences SARL");
        assert_int_equal(all->n_placements, 1);
        assert_int_equal(all->placements[0]->months[0]->validated->hundredths, 12000);
        assert_string_equal(all->placements[0]->documents[0]->title, "Attestation d'embauche");
        assert_int_equal(all->n_rectifications, 1);
        assert_string_equal(all->rectifications[0]->before->given_name, "Zéphirine");
        assert_string_equal(all->rectifications[0]->decided_by, "essai");
        assert_int_equal(all->n_readings, 1); /* the export before this one */
        assert_true(all->readings[0]->exported);
        assert_string_equal(all->readings[0]->reason, "remettre la copie demandée le 12");
        bool is_export_told = false;
        for (size_t i = 0; i < all->n_sharings; i++)
                is_export_told = is_export_told || strcmp(all->sharings[i]->sharing_code, "EXPORT") == 0;
        assert_true(is_export_told);
}

static void test_it_is_a_reading(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__FileReadings query = TRACKING__FILE_READINGS__INIT;
        (void)fixture_get(&s->f, s->facilitator, "ExportPerson", exporting(s, person));
        const Tracking__FileReadingsReply *reply = fixture_get(&s->f, s->auditor, "FileReadings", &query);
        assert_int_equal(reply->n_readings, 1);
        assert_true(reply->readings[0]->exported);

        Tracking__ExportPerson *command = exporting(s, person);
        command->reason = arena_text(&s->f.arena, "test test");
        (void)fixture_refused(&s->f, s->facilitator, "ExportPerson", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = exporting(s, person);
        (void)fixture_refused(&s->f, s->stranger, "ExportPerson", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->auditor, "ExportPerson", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static const Tracking__BeneficiaryFile *open_file(struct scene *s, const Wire__Passport *actor, struct id person)
{
        Tracking__OpenBeneficiaryFile command = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
        command.beneficiary_id = scene_id(s, person);
        command.reason = arena_text(&s->f.arena, "préparer l'entretien");
        command.reason_code = arena_text(&s->f.arena, "PLACEMENT");
        return fixture_get(&s->f, actor, "OpenBeneficiaryFile", &command);
}

/* Who had opened the file is told that it was rectified; the event and what is told have no word of it. */
static void test_rectified_and_told(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Wire__Passport *colleague = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "31");
        colleague->user = arena_text(&s->f.arena, "collègue");
        (void)open_file(s, colleague, person);
        (void)open_file(s, s->facilitator, person);
        uint64_t before = engine_position(s->f.engine);
        (void)fixture_get(&s->f, s->facilitator, "RectifyIdentity", rectifying(s, person));
        struct slice told = scene_published(s, before);
        assert_null(memmem(told.data, told.size, "phyrine", strlen("phyrine")));
        assert_null(memmem(told.data, told.size, "carte", strlen("carte")));
        const Types__ChangedByAnother *change = scene_last_event(s)->changed_by_another;
        assert_non_null(change);
        assert_int_equal(change->n_accounts, 1);
        assert_true(id_equal(id_of(change->accounts[0]), passport_account(colleague)));
        assert_string_equal(open_file(s, s->facilitator, person)->identity->given_name, "Zéphyrine");

        Tracking__RectifyIdentity *command = rectifying(s, person);
        command->identity->phone = arena_text(&s->f.arena, "2 90 05 31 555 123 45");
        (void)fixture_refused(&s->f, s->facilitator, "RectifyIdentity", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = rectifying(s, person);
        (void)fixture_refused(&s->f, s->stranger, "RectifyIdentity", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->prescriber, "RectifyIdentity", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* As often as it may be, and no more. */
static void test_every_identity_of_before_stays(void **state)
{
        enum { RECTIFIED = 32 };
        struct scene *s = *state;
        struct id person = scene_refer(s);
        for (int i = 0; i < RECTIFIED; i++) {
                Tracking__RectifyIdentity *command = rectifying(s, person);
                command->identity->given_name = arena_printf(&s->f.arena, "Prénom%c", 'A' + i % 26);
                (void)fixture_get(&s->f, s->facilitator, "RectifyIdentity", command);
        }
        (void)fixture_refused(&s->f, s->facilitator, "RectifyIdentity", rectifying(s, person),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        const Tracking__PersonExport *all = fixture_get(&s->f, s->facilitator, "ExportPerson", exporting(s, person));
        assert_int_equal(all->n_rectifications, RECTIFIED);
        assert_string_equal(all->rectifications[0]->before->given_name, "Zéphirine");
        assert_string_equal(all->rectifications[1]->before->given_name, "PrénomA");
        assert_string_equal(all->rectifications[RECTIFIED - 1]->before->given_name, "PrénomE");
}

/* What the data protection officer hands to a person is what her facilitator would; it is a reading, and she is told of
 * what changes in it. */
static void test_the_officer(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        Wire__Passport *elsewhere = fixture_actor(&s->f, TYPES__ROLE__DATA_PROTECTION, NULL, "75");
        Tracking__FileReadings query = TRACKING__FILE_READINGS__INIT;
        s->officer->user = arena_text(&s->f.arena, "déléguée");
        (void)paper_attached(s, placement);
        scene_submit(s, placement, 4, 12000);
        (void)fixture_refused(&s->f, elsewhere, "ExportPerson", exporting(s, person), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, elsewhere, "RectifyIdentity", rectifying(s, person),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        const Tracking__PersonExport *hers = fixture_get(&s->f, s->facilitator, "ExportPerson", exporting(s, person));
        const Tracking__PersonExport *told = fixture_get(&s->f, s->officer, "ExportPerson", exporting(s, person));
        assert_string_equal(told->placements[0]->documents[0]->title, "Attestation d'embauche");
        assert_int_equal(told->n_readings, 1); /* the export before this one */
        Tracking__PersonExport as_hers = *hers, as_told = *told;
        as_hers.n_sharings = as_told.n_sharings = as_told.n_readings = 0;
        assert_true(slice_equal(pb_encode(&as_hers, &s->f.arena), pb_encode(&as_told, &s->f.arena)));

        const Tracking__FileReadingsReply *reply = fixture_get(&s->f, s->officer, "FileReadings", &query);
        assert_int_equal(reply->n_readings, 2);
        assert_true(reply->readings[0]->exported);
        assert_string_equal(reply->readings[0]->user, "déléguée");
        (void)fixture_get(&s->f, s->facilitator, "RectifyIdentity", rectifying(s, person));
        assert_true(
                id_equal(id_of(scene_last_event(s)->changed_by_another->accounts[0]), passport_account(s->officer)));
        (void)fixture_get(&s->f, s->officer, "RectifyIdentity", rectifying(s, person));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_all_of_it),          TEST(test_it_is_a_reading),
                TEST(test_rectified_and_told), TEST(test_every_identity_of_before_stays),
                TEST(test_the_officer),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
