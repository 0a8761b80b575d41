/* Contacts: recorded, set right, withdrawn; what is turned away; who reads the words. That a replay gives the same
 * tables is proven by each teardown. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/followup/noted.h"

static const struct id none = {{0}};

static void test_recorded_without_a_word(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        uint64_t before = engine_position(s->f.engine);
        struct id contact = noted(s, noted_recording(s, person, placement, noted_contact(s, 9, 14, "CALL")));
        const Tracking__ContactRecorded *told = scene_last_event(s)->contact_recorded;
        assert_true(told->breaks_silence);
        assert_string_equal(told->territory, "31");
        struct slice published = scene_published(s, before);
        assert_null(memmem(published.data, published.size, "lundi", strlen("lundi")));

        const Tracking__FollowUpReply *list = noted_list(s, person);
        assert_int_equal(list->n_contacts, 1);
        assert_true(id_equal(id_of(list->contacts[0]->contact_id), contact));
        assert_string_equal(list->contacts[0]->contact->kind_code, "CALL");
        assert_string_equal(list->contacts[0]->kind_label, "appel");
        assert_string_equal(list->contacts[0]->result_label, "a eu lieu");
        assert_string_equal(list->contacts[0]->contact->text, "");
        assert_string_equal(list->contacts[0]->recorded_by, "essai");

        /* the words, beside a reading that is kept */
        assert_string_equal(noted_texts(s, person)->contacts[0]->contact->text, NOTED_TEXT);
        Tracking__FileReadings readings = TRACKING__FILE_READINGS__INIT;
        const Tracking__FileReadingsReply *reply = fixture_get(&s->f, s->auditor, "FileReadings", &readings);
        assert_int_equal(reply->n_readings, 1);
        Tracking__OpenFollowUp *reading = noted_reading(s, person);
        reading->reason = arena_text(&s->f.arena, "test test");
        (void)fixture_refused(&s->f, s->facilitator, "OpenFollowUp", reading, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(&s->f, s->auditor, "OpenFollowUp", noted_reading(s, person),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_what_is_turned_away(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), other = scene_placement(s);
        static const char *const texts[] = {"sort de l'hôpital depuis lundi", "son casier judiciaire a été demandé",
                                            "carte 2 90 05 31 555 123 45", "parle de sa RELIGION"};
        for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
                Tracking__RecordContact *command = noted_recording(s, person, none, noted_contact(s, 9, 14, "CALL"));
                command->contact->text = arena_text(&s->f.arena, texts[i]);
                const Types__Refusal *refusal = fixture_refused(&s->f, s->facilitator, "RecordContact", command,
                                                                TYPES__REFUSAL_CODE__INVALID_FIELD);
                assert_string_equal(refusal->field, "contact.text");
                assert_null(strstr(refusal->text, "hôpital")); /* answers are kept in clear */
        }
        Tracking__RecordContact *command = noted_recording(s, person, none, noted_contact(s, 9, 14, "CALL"));
        command->contact->text = arena_text(&s->f.arena, "son mari la conduit le matin");
        const Tracking__RecordContactReply *reply = fixture_get(&s->f, s->facilitator, "RecordContact", command);
        assert_non_null(strstr(reply->warning, "de la famille"));
        assert_null(strstr(reply->warning, "mari "));

        command = noted_recording(s, person, other, noted_contact(s, 9, 14, "CALL"));
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "RecordContact", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "placementId");
        command = noted_recording(s, person, none, noted_contact(s, 9, 14, "PIGEON"));
        (void)fixture_refused(&s->f, s->facilitator, "RecordContact", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = noted_recording(s, person, none, noted_contact(s, 10, 19, "CALL")); /* tomorrow */
        (void)fixture_refused(&s->f, s->facilitator, "RecordContact", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = noted_recording(s, person, none, noted_contact(s, 9, 14, "CALL"));
        command->contact->happened_on = scene_date(s, 2012, 1, 1);
        (void)fixture_refused(&s->f, s->facilitator, "RecordContact", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->contact = NULL;
        (void)fixture_refused(&s->f, s->facilitator, "RecordContact", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = noted_recording(s, person, none, noted_contact(s, 9, 14, "CALL"));
        (void)fixture_refused(&s->f, s->stranger, "RecordContact", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->company_user, "RecordContact", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_set_right_and_withdrawn(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id contact = noted(s, noted_recording(s, person, none, noted_contact(s, 9, 14, "CALL")));
        Tracking__FollowUpContact *as = noted_contact(s, 9, 15, "MEETING");
        as->text = arena_text(&s->f.arena, "horaires changés avec le tuteur");
        Tracking__CorrectContact *command = noted_correction(s, person, contact, as);
        command->correction = arena_text(&s->f.arena, " ");
        (void)fixture_refused(&s->f, s->facilitator, "CorrectContact", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = noted_correction(s, person, contact, as);
        command->seen--;
        (void)fixture_refused(&s->f, s->facilitator, "CorrectContact", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command = noted_correction(s, person, scene_name("none"), as);
        (void)fixture_refused(&s->f, s->facilitator, "CorrectContact", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(&s->f, s->facilitator, "CorrectContact", noted_correction(s, person, contact, as));

        const Tracking__ContactLine *line = noted_texts(s, person)->contacts[0];
        assert_string_equal(line->contact->kind_code, "MEETING");
        assert_string_equal(line->contact->text, "horaires changés avec le tuteur");
        assert_int_equal(line->n_notes, 2);
        assert_string_equal(line->notes[0]->text, NOTED_TEXT); /* nothing is deleted */
        assert_string_equal(line->notes[1]->correction, NOTED_CORRECTION);

        command = noted_correction(s, person, contact, as);
        command->withdrawn = true;
        (void)fixture_get(&s->f, s->facilitator, "CorrectContact", command);
        assert_true(noted_list(s, person)->contacts[0]->withdrawn);
}

/* All of it is hers to read, and goes with her; while her file is restricted nothing is added. */
static void test_exported_restricted_erased(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        (void)noted(s, noted_recording(s, person, none, noted_contact(s, 9, 14, "CALL")));
        Tracking__ExportPerson export = TRACKING__EXPORT_PERSON__INIT;
        export.beneficiary_id = scene_id(s, person);
        export.reason = arena_text(&s->f.arena, "remettre la copie demandée le 12");
        export.reason_code = arena_text(&s->f.arena, "PERSON_ASKED");
        const Tracking__PersonExport *all = fixture_get(&s->f, s->facilitator, "ExportPerson", &export);
        assert_string_equal(all->follow_up->contacts[0]->contact->text, NOTED_TEXT);

        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        restriction.beneficiary_id = scene_id(s, person);
        restriction.restriction_code = arena_text(&s->f.arena, "ACCURACY_CONTESTED");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        Tracking__RecordContact *command = noted_recording(s, person, none, noted_contact(s, 9, 14, "CALL"));
        (void)fixture_refused(&s->f, s->facilitator, "RecordContact", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "OpenFollowUp", noted_reading(s, person),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        Tracking__LiftRestriction lifting = TRACKING__LIFT_RESTRICTION__INIT;
        lifting.beneficiary_id = scene_id(s, person);
        lifting.lifting_code = arena_text(&s->f.arena, "VERIFIED");
        (void)fixture_get(&s->f, s->facilitator, "LiftRestriction", &lifting);

        Tracking__ErasePerson erasure = TRACKING__ERASE_PERSON__INIT;
        erasure.beneficiary_id = scene_id(s, person);
        erasure.erasure_code = arena_text(&s->f.arena, "PERSON_ASKED");
        const Tracking__ErasePersonReply *erased = fixture_get(&s->f, s->facilitator, "ErasePerson", &erasure);
        assert_int_equal(erased->sealed_parts, 4); /* referral, decision, contact, export */
        Tracking__FollowUp query = TRACKING__FOLLOW_UP__INIT;
        query.beneficiary_id = scene_id(s, person);
        (void)fixture_refused(&s->f, s->facilitator, "FollowUp", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* What hangs on a private contract is told to who reads it, not to every facilitator of the person. */
static void test_under_a_private_contract(void **state)
{
        struct scene *s = *state;
        scene_private(s, "81");
        Wire__Passport *of_81 = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "31 81");
        Wire__Passport *of_31 = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "31");
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        (void)noted(s, noted_recording(s, person, placement, noted_contact(s, 9, 14, "CALL")));
        (void)noted(s, noted_recording(s, person, none, noted_contact(s, 9, 15, "CALL")));
        Tracking__FollowUp query = TRACKING__FOLLOW_UP__INIT;
        query.beneficiary_id = scene_id(s, person);
        const Tracking__FollowUpReply *list = fixture_get(&s->f, of_81, "FollowUp", &query);
        assert_int_equal(list->n_contacts, 2);
        assert_int_equal(list->n_visits, 1);
        list = fixture_get(&s->f, of_31, "FollowUp", &query);
        assert_int_equal(list->n_contacts, 1);
        assert_int_equal(list->n_visits, 0);
        const Tracking__FollowUpNotes *notes = fixture_get(&s->f, of_31, "OpenFollowUp", noted_reading(s, person));
        assert_int_equal(notes->n_contacts, 1);
        assert_int_equal(noted_due(s, of_31, false)->n_lines, 0);
}

/* As many as there may be, and no more: what one answer can tell. */
static void test_bounds(void **state)
{
        enum { CONTACTS = 300 };
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__FollowUpContact *contact = noted_contact(s, 9, 14, "CALL");
        char *text = arena_alloc(&s->f.arena, 2 * 500 + 1);
        for (int i = 0; i < 500; i++)
                memcpy(text + 2 * i, "é", 2);
        text[1000] = '\0';
        contact->text = text;
        for (int i = 0; i < CONTACTS; i++)
                (void)noted(s, noted_recording(s, person, none, contact));
        (void)fixture_refused(&s->f, s->facilitator, "RecordContact", noted_recording(s, person, none, contact),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(noted_texts(s, person)->n_contacts, CONTACTS);
        assert_int_equal(noted_list(s, person)->n_contacts, 50); /* a page */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_recorded_without_a_word),
                TEST(test_what_is_turned_away),
                TEST(test_set_right_and_withdrawn),
                TEST(test_exported_restricted_erased),
                TEST(test_bounds),
                TEST(test_under_a_private_contract),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
