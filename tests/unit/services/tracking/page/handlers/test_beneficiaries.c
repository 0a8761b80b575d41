#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static const Tracking__BeneficiariesReply *ask(struct scene *s, const Wire__Passport *actor, const char *territory)
{
        Tracking__BeneficiariesRequest query = TRACKING__BENEFICIARIES_REQUEST__INIT;
        query.territory = arena_text(&s->f.arena, territory);
        return fixture_get(&s->f, actor, "Beneficiaries", &query);
}

static void test_lines(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        (void)scene_open_placement(s, scene_opening(s, person));
        const Tracking__BeneficiariesReply *reply = ask(s, s->facilitator, "");
        assert_int_equal(reply->n_beneficiaries, 1);
        const Tracking__BeneficiaryLine *line = reply->beneficiaries[0];
        assert_true(id_equal(id_of(line->beneficiary_id), person));
        assert_string_equal(line->territory, "31");
        assert_true(id_equal(id_of(line->prescriber), s->mission_locale));
        assert_int_equal(line->referred_at->ms, FIXTURE_NOW_MS);
        assert_int_equal(line->eligible_until->days, day_number(scene_day(2028, 1, 31)));
        assert_int_equal(line->placements, 1);
        assert_int_equal(line->standing, TRACKING__ELIGIBILITY_STANDING__ELIGIBLE);

        struct id undecided = scene_refer(s);
        reply = ask(s, s->facilitator, "");
        assert_int_equal(reply->n_beneficiaries, 2);
        size_t which = id_equal(id_of(reply->beneficiaries[0]->beneficiary_id), undecided) ? 0 : 1;
        assert_null(reply->beneficiaries[which]->eligible_until);
        assert_int_equal(reply->beneficiaries[which]->placements, 0);
}

static void test_each_sees_its_own(void **state)
{
        struct scene *s = *state;
        Tracking__ReferBeneficiary *command = scene_referral(s);
        (void)scene_refer(s);
        (void)fixture_get(&s->f, s->facilitator, "ReferBeneficiary", command); /* by nobody */
        command->territory = arena_text(&s->f.arena, "81");
        (void)fixture_get(&s->f, s->facilitator, "ReferBeneficiary", command);

        assert_int_equal(ask(s, s->facilitator, "")->n_beneficiaries, 3);
        assert_int_equal(ask(s, s->facilitator, "31")->n_beneficiaries, 2);
        assert_int_equal(ask(s, s->auditor, "81")->n_beneficiaries, 1);
        assert_int_equal(ask(s, s->prescriber, "")->n_beneficiaries, 1);
        assert_int_equal(ask(s, s->prescriber, "81")->n_beneficiaries, 0);
        assert_int_equal(ask(s, s->stranger, "")->n_beneficiaries, 0);
        assert_int_equal(ask(s, s->stranger, "31")->n_beneficiaries, 0);

        Tracking__BeneficiariesRequest query = TRACKING__BENEFICIARIES_REQUEST__INIT;
        const Wire__Passport *others[] = {s->company_user, s->structure_user, s->buyer};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(&s->f, others[i], "Beneficiaries", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        query.territory = arena_text(&s->f.arena, "9999");
        (void)fixture_refused(&s->f, s->facilitator, "Beneficiaries", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static size_t found(struct scene *s, const Wire__Passport *actor, const Tracking__BeneficiariesRequest *query)
{
        const Tracking__BeneficiariesReply *reply = fixture_get(&s->f, actor, "Beneficiaries", query);
        return reply->n_beneficiaries;
}

/* By the end of her number, by who referred her, by how she stands; each asker by what it is told. */
static void test_sought(void **state)
{
        struct scene *s = *state;
        Tracking__BeneficiariesRequest query = TRACKING__BENEFICIARIES_REQUEST__INIT;
        struct id eligible = scene_eligible_person(s);
        char text[ID_TEXT_SIZE];
        (void)scene_refer(s);
        id_format(eligible, text);

        query.reference = arena_text(&s->f.arena, text + strlen(text) - 8);
        assert_int_equal(found(s, s->facilitator, &query), 1);
        for (char *c = query.reference; *c != '\0'; c++)
                *c = (char)toupper((unsigned char)*c);
        assert_int_equal(found(s, s->prescriber, &query), 1);
        assert_int_equal(found(s, s->stranger, &query), 0);
        query.reference = arena_text(&s->f.arena, "nothing");
        assert_int_equal(found(s, s->facilitator, &query), 0);
        query.reference = arena_text(&s->f.arena, "");

        query.prescriber = id_to(&s->f.arena, s->mission_locale);
        assert_int_equal(found(s, s->facilitator, &query), 2);
        assert_int_equal(found(s, s->stranger, &query), 0);
        query.prescriber = id_to(&s->f.arena, eligible); /* no such organisation */
        assert_int_equal(found(s, s->facilitator, &query), 0);
        assert_int_equal(found(s, s->prescriber, &query), 0);
        query.prescriber = NULL;

        query.standing = TRACKING__ELIGIBILITY_STANDING__ELIGIBLE;
        assert_int_equal(found(s, s->facilitator, &query), 1);
        assert_int_equal(found(s, s->prescriber, &query), 1);
        query.standing = TRACKING__ELIGIBILITY_STANDING__NOT_DECIDED;
        assert_int_equal(found(s, s->facilitator, &query), 1);
        query.standing = TRACKING__ELIGIBILITY_STANDING__LAPSED;
        assert_int_equal(found(s, s->facilitator, &query), 0);
}

static void test_pages(void **state)
{
        struct scene *s = *state;
        Types__Page page = TYPES__PAGE__INIT;
        Tracking__BeneficiariesRequest query = TRACKING__BENEFICIARIES_REQUEST__INIT;
        for (int i = 0; i < 5; i++)
                (void)scene_refer(s);
        query.page = &page;
        page.limit = 2;
        size_t seen = 0;
        for (int pages = 0; pages < 3; pages++) {
                const Tracking__BeneficiariesReply *reply = fixture_get(&s->f, s->prescriber, "Beneficiaries", &query);
                seen += reply->n_beneficiaries;
                page.after = reply->next;
        }
        assert_int_equal(seen, 5);
        assert_int_equal(page.after.len, 0);
        page.after = pb_bytes(slice_of("xy", 2));
        (void)fixture_refused(&s->f, s->prescriber, "Beneficiaries", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_lines, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_each_sees_its_own, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_sought, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_pages, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
