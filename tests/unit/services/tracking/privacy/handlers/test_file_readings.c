/* Who opened a file, when and why: for who audits, and for the person. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static void open_file(struct scene *s, struct id person, const char *reason)
{
        Tracking__OpenBeneficiaryFile *command = pb_new(&tracking__open_beneficiary_file__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->reason = arena_text(&s->f.arena, reason);
        command->reason_code = arena_text(&s->f.arena, "PLACEMENT");
        s->f.world.now_ms_value += 60000;
        s->facilitator->place = arena_text(&s->f.arena, "192.0.2.7");
        (void)fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", command);
}

static Tracking__FileReadings *query_of(struct scene *s, const struct id *person)
{
        Tracking__FileReadings *query = pb_new(&tracking__file_readings__descriptor, &s->f.arena);
        query->beneficiary_id = person == NULL ? NULL : scene_id(s, *person);
        return query;
}

static const Tracking__FileReadingsReply *readings(struct scene *s, const Wire__Passport *actor,
                                                   const struct id *person)
{
        return fixture_get(&s->f, actor, "FileReadings", query_of(s, person));
}

static void test_who_when_and_why(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s), other = scene_refer(s);
        open_file(s, person, "préparer l'entretien");
        open_file(s, other, "appeler la mission locale");
        open_file(s, person, "relire les décisions passées");

        const Tracking__FileReadingsReply *all = readings(s, s->auditor, NULL);
        assert_int_equal(all->n_readings, 3);
        assert_string_equal(all->readings[0]->reason, "relire les décisions passées");
        assert_string_equal(all->readings[0]->reason_code, "PLACEMENT");
        assert_string_equal(all->readings[0]->place, "192.0.2.7");
        assert_true(strlen(all->readings[0]->reason_label) > 0);
        assert_string_equal(all->readings[0]->user, "essai");
        assert_true(id_equal(id_of(all->readings[0]->account), passport_account(s->facilitator)));
        assert_true(all->readings[0]->at->ms > all->readings[1]->at->ms);

        const Tracking__FileReadingsReply *hers = readings(s, s->facilitator, &person);
        assert_int_equal(hers->n_readings, 2);
        assert_string_equal(hers->readings[1]->reason, "préparer l'entretien");
        assert_int_equal(readings(s, s->coordinator, &person)->n_readings, 2);
}

static size_t found(struct scene *s, const Tracking__FileReadings *query)
{
        const Tracking__FileReadingsReply *reply = fixture_get(&s->f, s->auditor, "FileReadings", query);
        return reply->n_readings;
}

/* By who opened, why, and between which days. */
static void test_sought(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__FileReadings *query = query_of(s, NULL);
        struct day today = day_of_instant_ms(s->f.world.now_ms_value);
        open_file(s, person, "préparer l'entretien");

        query->account = scene_id(s, passport_account(s->facilitator));
        query->reason_code = arena_text(&s->f.arena, "PLACEMENT");
        query->from = day_to(&s->f.arena, today);
        query->until = day_to(&s->f.arena, today);
        assert_int_equal(found(s, query), 1);
        query->account = scene_id(s, person); /* no account of anybody's */
        assert_int_equal(found(s, query), 0);
        query->account = NULL;
        query->reason_code = arena_text(&s->f.arena, "COMPLAINT");
        assert_int_equal(found(s, query), 0);
        query->reason_code = arena_text(&s->f.arena, "");
        query->from->days++;
        assert_int_equal(found(s, query), 0);
        query->from = NULL;
        query->until->days--;
        assert_int_equal(found(s, query), 0);
}

static void test_pages(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__FileReadings *query = query_of(s, &person);
        Types__Page page = TYPES__PAGE__INIT;
        size_t seen = 0;
        for (int i = 0; i < 5; i++)
                open_file(s, person, "préparer l'entretien");
        page.limit = 2;
        query->page = &page;
        do {
                const Tracking__FileReadingsReply *reply = fixture_get(&s->f, s->auditor, "FileReadings", query);
                assert_in_range(reply->n_readings, 0, 2);
                seen += reply->n_readings;
                page.after = reply->next;
        } while (page.after.len > 0);
        assert_int_equal(seen, 5);
        page.after = (ProtobufCBinaryData){.len = 3, .data = (uint8_t[]){1, 2, 3}};
        (void)fixture_refused(&s->f, s->auditor, "FileReadings", query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_territory(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        open_file(s, person, "préparer l'entretien");
        const Wire__Passport *elsewhere = fixture_actor(&s->f, TYPES__ROLE__AUDITOR, NULL, "75");
        assert_int_equal(readings(s, elsewhere, NULL)->n_readings, 0);
        (void)fixture_refused(&s->f, elsewhere, "FileReadings", query_of(s, &person), TYPES__REFUSAL_CODE__NOT_FOUND);
        Tracking__FileReadings *query = query_of(s, NULL);
        query->territory = arena_text(&s->f.arena, "81");
        const Tracking__FileReadingsReply *reply = fixture_get(&s->f, s->auditor, "FileReadings", query);
        assert_int_equal(reply->n_readings, 0);

        /* a facilitator asks for one person of hers; another's reads as none */
        (void)fixture_refused(&s->f, s->stranger, "FileReadings", query_of(s, &person), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->facilitator, "FileReadings", query_of(s, NULL),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(&s->f, s->prescriber, "FileReadings", query_of(s, &person),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* Who and when outlive the person's key; the words do not. */
static void test_after_the_key_is_gone(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        char path[128];
        open_file(s, person, "préparer l'entretien");
        engine_close(s->f.engine);
        (void)snprintf(path, sizeof(path), "%s/keys/data.mdb", s->f.directory);
        assert_int_equal(unlink(path), 0);
        fixture_open_engine(&s->f);
        const Tracking__FileReadingsReply *reply = readings(s, s->auditor, NULL);
        assert_int_equal(reply->n_readings, 1);
        assert_true(reply->readings[0]->reason_erased);
        assert_string_equal(reply->readings[0]->reason, "");
        assert_string_equal(reply->readings[0]->reason_code, "PLACEMENT");
        scene_key_again(s, person);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_who_when_and_why, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_sought, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_pages, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_territory, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_after_the_key_is_gone, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
