#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static void test_referral_makes_an_id_of_the_partition(void **state)
{
        struct scene *s = *state;
        struct id id = scene_refer(s);
        assert_int_equal(id_partition(id), SCENE_PARTITION);

        const Tracking__Event *event = scene_last_event(s);
        assert_int_equal(event->body_case, TRACKING__EVENT__BODY_BENEFICIARY_REFERRED);
        assert_true(id_equal(id_of(event->beneficiary_referred->beneficiary_id), id));
        assert_string_equal(event->beneficiary_referred->territory, "31");
        assert_true(id_equal(id_of(event->beneficiary_referred->prescriber), s->mission_locale));
        assert_null(event->beneficiary_referred->need_id);
}

static void test_need_is_told(void **state)
{
        struct scene *s = *state;
        Tracking__ReferBeneficiary *command = scene_referral(s);
        command->need_id = scene_id(s, scene_name("need"));
        (void)fixture_get(&s->f, s->prescriber, "ReferBeneficiary", command);
        assert_true(id_equal(id_of(scene_last_event(s)->beneficiary_referred->need_id), scene_name("need")));
}

static void test_facilitator_refers_for_anyone_or_nobody(void **state)
{
        struct scene *s = *state;
        Tracking__ReferBeneficiary *command = scene_referral(s);
        (void)fixture_get(&s->f, s->facilitator, "ReferBeneficiary", command);
        assert_null(scene_last_event(s)->beneficiary_referred->prescriber);
        command->prescriber = scene_id(s, s->mission_locale);
        (void)fixture_get(&s->f, s->facilitator, "ReferBeneficiary", command);
        assert_true(id_equal(id_of(scene_last_event(s)->beneficiary_referred->prescriber), s->mission_locale));
}

static void refused(struct scene *s, const Wire__Passport *actor, const Tracking__ReferBeneficiary *command,
                    Types__RefusalCode code, const char *field)
{
        assert_string_equal(fixture_refused(&s->f, actor, "ReferBeneficiary", command, code)->field, field);
}

static void test_scope(void **state)
{
        struct scene *s = *state;
        Tracking__ReferBeneficiary *command = scene_referral(s);
        refused(s, s->company_user, command, TYPES__REFUSAL_CODE__NOT_ALLOWED, "role");
        refused(s, s->auditor, command, TYPES__REFUSAL_CODE__NOT_ALLOWED, "role");
        refused(s, s->stranger, command, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory");

        command->prescriber = scene_id(s, scene_name("another prescriber"));
        refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__NOT_ALLOWED, "prescriber");
        command->prescriber = scene_id(s, s->mission_locale);
        (void)fixture_get(&s->f, s->prescriber, "ReferBeneficiary", command);

        Wire__Passport *loose = fixture_actor(&s->f, TYPES__ROLE__PRESCRIBER, NULL, "31");
        refused(s, loose, scene_referral(s), TYPES__REFUSAL_CODE__NOT_ALLOWED, "prescriber");
}

static void test_territory_of_another_partition(void **state)
{
        struct scene *s = *state;
        Tracking__ReferBeneficiary *command = scene_referral(s);
        Wire__Passport *everywhere = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "*");
        command->territory = arena_text(&s->f.arena, "66");
        refused(s, everywhere, command, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory");
        refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory");
        command->territory = arena_text(&s->f.arena, "81");
        refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory");
        (void)fixture_get(&s->f, everywhere, "ReferBeneficiary", command);
}

static void test_unsound_referrals(void **state)
{
        struct scene *s = *state;
        Tracking__ReferBeneficiary *command = scene_referral(s);
        command->identity->born_on = scene_date(s, 2015, 1, 1);
        refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__INVALID_FIELD, "identity.bornOn");
        command = scene_referral(s);
        command->territory = arena_text(&s->f.arena, "20");
        refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory");
}

static void test_same_key_refers_once(void **state)
{
        struct scene *s = *state;
        struct id key = id_new(&s->f.world, FIXTURE_NOW_MS, 0);
        struct engine_answer first, again;
        Tracking__ReferBeneficiary *command = scene_referral(s);
        assert_int_equal(
                engine_call(s->f.engine, s->prescriber, "ReferBeneficiary", &command->base, &key, &s->f.arena, &first),
                0);
        uint64_t position = engine_position(s->f.engine);
        assert_int_equal(
                engine_call(s->f.engine, s->prescriber, "ReferBeneficiary", &command->base, &key, &s->f.arena, &again),
                0);
        assert_true(again.repeated_key);
        assert_int_equal(engine_position(s->f.engine), position);
        assert_true(id_equal(id_of(((const Tracking__ReferBeneficiaryReply *)first.body)->beneficiary_id),
                             id_of(((const Tracking__ReferBeneficiaryReply *)again.body)->beneficiary_id)));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_referral_makes_an_id_of_the_partition, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_need_is_told, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_facilitator_refers_for_anyone_or_nobody, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_scope, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_territory_of_another_partition, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_unsound_referrals, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_same_key_refers_once, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
