/* ImportBeneficiaries: rows are referred by the rules of ReferBeneficiary; no name leaves; whom the prescriber knows
 * is known. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/referrals/lists.h"

static const Tracking__Identity *identity_of(struct scene *s, Types__Id *person)
{
        Tracking__OpenBeneficiaryFile command = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
        command.beneficiary_id = person;
        command.reason = arena_text(&s->f.arena, "préparer l'entretien");
        command.reason_code = arena_text(&s->f.arena, "PLACEMENT");
        const Tracking__BeneficiaryFile *file = fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", &command);
        return file->identity;
}

static void test_rows_are_referred_and_name_their_batch(void **state)
{
        struct scene *s = *state;
        Tracking__ImportBeneficiaries *command = persons_list(s, PERSONS_HEADER);
        sent_row(&s->f.arena, command->list, "Quatrebarbes|Zéphirine|17/05/1990|Mme|06 00 00 00 00|z@exemple.fr");
        sent_row(&s->f.arena, command->list, "Tournemine|Anatole|2 mars 1985|H||");
        sent_row(&s->f.arena, command->list, "|||||");
        uint64_t before = engine_position(s->f.engine);
        const Types__ListReport *report = import_persons(s, command);
        assert_int_equal(report->created, 2);
        assert_int_equal(report->empty, 1);
        assert_int_equal(persons(s), 2);

        const Types__BatchImported *batch = scene_last_event(s)->batch_imported;
        assert_int_equal(batch->n_rows, 2);
        assert_string_equal(batch->list, "persons");
        const Tracking__Event *event = fixture_event(&s->f, before + 1);
        assert_true(id_equal(id_of(event->beneficiary_referred->batch_id), id_of(report->batch_id)));
        assert_true(id_equal(id_of(event->beneficiary_referred->prescriber), s->mission_locale));
        const Tracking__Identity *identity = identity_of(s, batch->rows[0]->id);
        assert_string_equal(identity->family_name, "Quatrebarbes");
        assert_int_equal(identity->born_on->days, day_number(scene_day(1990, 5, 17)));
        assert_int_equal(identity->sex, TRACKING__SEX__WOMAN);
        identity = identity_of(s, batch->rows[1]->id);
        assert_int_equal(identity->born_on->days, day_number(scene_day(1985, 3, 2)));
        assert_int_equal(identity->sex, TRACKING__SEX__MAN);
}

/* The day that is told, else today; what is not to be believed is told at its cell. */
static void test_the_day_of_the_referral(void **state)
{
        struct scene *s = *state;
        Tracking__ImportBeneficiaries *command = persons_list(s, "Nom|Prénom|Né(e) le|Orienté(e) le");
        sent_row(&s->f.arena, command->list, "Quatrebarbes|Zéphirine|17/05/1990|02/09/2026");
        sent_row(&s->f.arena, command->list, "Tournemine|Anatole|02/03/1985|");
        sent_row(&s->f.arena, command->list, "Passelande|Barnabé|02/03/1985|19/10/2026"); /* tomorrow */
        sent_row(&s->f.arena, command->list, "Malebranche|Cunégonde|02/03/1985|02/09/2016");
        sent_row(&s->f.arena, command->list, "Courtepaille|Drogon|02/03/1985|en septembre");
        uint64_t before = engine_position(s->f.engine);
        const Types__ListReport *report = import_persons(s, command);
        assert_int_equal(report->created, 2);
        assert_int_equal(report->rejected, 3);
        const Tracking__Event *event = fixture_event(&s->f, before + 1);
        assert_int_equal(event->beneficiary_referred->referred_on->days, day_number(scene_day(2026, 9, 2)));
        event = fixture_event(&s->f, before + 2);
        assert_null(event->beneficiary_referred->referred_on);
        static const char *const why[] = {"à venir", "plus de dix ans", "non compris"};
        for (size_t i = 0; i < ARRAY_SIZE(why); i++) {
                const Types__CellError *error = report->rows[i + 2]->errors[0];
                assert_string_equal(error->column, "Orienté(e) le");
                assert_non_null(strstr(error->text, why[i]));
        }
        assert_string_equal(preview_persons(s, s->prescriber, command)->rows[2]->errors[0]->column, "Orienté(e) le");
}

static Types__Id *fixture_event_referred(struct scene *s, uint64_t number)
{
        const Tracking__Event *event = fixture_event(&s->f, number);
        assert_int_equal(event->body_case, TRACKING__EVENT__BODY_BENEFICIARY_REFERRED);
        return event->beneficiary_referred->beneficiary_id;
}

static bool holds(struct slice bytes, const char *text)
{
        return memmem(bytes.data, bytes.size, text, strlen(text)) != NULL;
}

/* Neither what is published nor the answer, which is kept, has a name, a day of birth or a number in it. */
static void test_nothing_of_a_person_leaves(void **state)
{
        struct scene *s = *state;
        static const char *const words[] = {"Quatrebarbes", "phirine", "17/05", "06 00", "exemple", "1990", "31/02"};
        Tracking__ImportBeneficiaries *command = persons_list(s, PERSONS_HEADER);
        sent_row(&s->f.arena, command->list, "Quatrebarbes|Zéphirine|17/05/1990|F|06 00 00 00 00|z@exemple.fr");
        sent_row(&s->f.arena, command->list, "Quatrebarbes|Zéphirine|17/05/1990|F||"); /* the same */
        sent_row(&s->f.arena, command->list, "Quatrebarbes|Zéphirine|31/02/1990|autre|06 00 et plus|exemple");
        sent_row(&s->f.arena, command->list, "Quatrebarbes 12|Zéphirine|17/05/1990|F||z@exemple");
        uint64_t before = engine_position(s->f.engine);
        const Types__ListReport *report = import_persons(s, command);
        assert_int_equal(report->rejected, 3);
        assert_int_equal(report->rows[2]->n_errors, 2);
        assert_string_equal(report->rows[2]->errors[0]->column, "Né(e) le");
        assert_string_equal(report->rows[3]->errors[0]->column, "Nom");
        struct slice published = scene_published(s, before), answer = pb_encode(report, &s->f.arena);
        for (size_t i = 0; i < ARRAY_SIZE(words); i++)
                if (holds(published, words[i]) || holds(answer, words[i]))
                        fail_msg("« %s »", words[i]);
        assert_false(holds(published, "personnes.csv"));
}

/* By whatever way she was referred; by her name as it is written, and her day of birth. */
static void test_who_was_referred_before_is_known(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s); /* one by one */
        Tracking__ImportBeneficiaries *command = persons_list(s, PERSONS_HEADER);
        sent_file(&s->f.arena, command->list, 7);
        sent_row(&s->f.arena, command->list, "QUATREBARBES ESSAI|zephirine|17/05/1990|F||");
        const Types__Refusal *refusal = fixture_refused(&s->f, s->prescriber, "ImportBeneficiaries", command,
                                                        TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_string_equal(refusal->field, "list.goOn");
        sent_row(&s->f.arena, command->list, "Quatrebarbes-Essai|Zéphirine|18/05/1990|F||"); /* another day: another */
        const Types__ListReport *report = import_persons(s, command);
        assert_int_equal(report->unchanged, 1);
        assert_int_equal(report->created, 1);
        assert_true(id_equal(id_of(report->rows[0]->id), person));
        refusal = fixture_refused(&s->f, s->prescriber, "ImportBeneficiaries", command,
                                  TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_non_null(strstr(refusal->text, "déjà été importée"));

        /* Security: whom another prescriber follows, nobody learns by a list. */
        struct id other = scene_name("another prescriber");
        Wire__Passport *another = fixture_actor(&s->f, TYPES__ROLE__PRESCRIBER, &other, "31");
        report = preview_persons(s, another, command);
        assert_int_equal(report->created, 2);
        assert_null(report->rows[0]->id);
}

/* H11: a year, a month, one name; sent again they are known. */
static void test_births_and_names_that_are_not_whole(void **state)
{
        struct scene *s = *state;
        Tracking__ImportBeneficiaries *command = persons_list(s, PERSONS_HEADER);
        sent_row(&s->f.arena, command->list, "Ahmadi|Nour|1990|H||");
        sent_row(&s->f.arena, command->list, "Ahmadi|Laila|05/1992|F||");
        sent_row(&s->f.arena, command->list, "Mohammadi|SNP|1988|H||");
        sent_row(&s->f.arena, command->list, "Sans date|Awa||F||");
        sent_row(&s->f.arena, command->list, "Sans prénom||1990|F||");
        uint64_t before = engine_position(s->f.engine);
        const Types__ListReport *report = import_persons(s, command);
        assert_int_equal(report->created, 3);
        assert_int_equal(report->rejected, 2);
        const Tracking__Identity *identity = identity_of(s, fixture_event_referred(s, before + 2));
        assert_string_equal(identity->born_in, "1992-05");
        identity = identity_of(s, fixture_event_referred(s, before + 3));
        assert_true(identity->one_name);
        assert_string_equal(identity->given_name, "");
        assert_int_equal(preview_persons(s, s->prescriber, command)->unchanged, 3);
}

static void test_whose(void **state)
{
        struct scene *s = *state;
        Tracking__ImportBeneficiaries *command = persons_list(s, PERSONS_HEADER);
        sent_row(&s->f.arena, command->list, "Quatrebarbes|Zéphirine|17/05/1990|F||");
        command->prescriber = scene_id(s, s->company);
        (void)fixture_refused(&s->f, s->prescriber, "ImportBeneficiaries", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->prescriber = scene_id(s, s->mission_locale);
        (void)fixture_refused(&s->f, s->stranger, "ImportBeneficiaries", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->auditor, "ImportBeneficiaries", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->territory = arena_text(&s->f.arena, "75");
        (void)fixture_refused(&s->f, s->facilitator, "ImportBeneficiaries", command,
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->territory = arena_text(&s->f.arena, "31");
        const Tracking__ImportBeneficiariesReply *reply =
                fixture_get(&s->f, s->facilitator, "ImportBeneficiaries", command);
        assert_int_equal(reply->report->created, 1);
        assert_int_equal(preview_persons(s, s->prescriber, command)->unchanged, 1); /* theirs by now */
        command = persons_list(s, "Nom|Prénom");
        (void)fixture_refused(&s->f, s->prescriber, "ImportBeneficiaries", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_day_of_the_referral, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_rows_are_referred_and_name_their_batch, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_nothing_of_a_person_leaves, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_who_was_referred_before_is_known, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_births_and_names_that_are_not_whole, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_whose, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
