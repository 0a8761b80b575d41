#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/unit/services/tracking/scene.h"

static const Tracking__EligibilityDueReply *due(struct scene *s, const Wire__Passport *actor, uint32_t days)
{
        Tracking__EligibilityDue query = TRACKING__ELIGIBILITY_DUE__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        query.days = days;
        return fixture_get(&s->f, actor, "EligibilityDue", &query);
}

static const Tracking__EligibilityDueLine *line_of(const Tracking__EligibilityDueReply *reply, struct id person)
{
        for (size_t i = 0; i < reply->n_lines; i++)
                if (id_equal(id_of(reply->lines[i]->beneficiary_id), person))
                        return reply->lines[i];
        fail_msg("she has no line");
        return NULL;
}

static void test_what_is_to_be_done(void **state)
{
        struct scene *s = *state;
        struct id waits = scene_refer_own(s);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, waits));
        struct id fine = scene_eligible_person(s); /* to 2028-01-31 */
        struct id lapses = scene_refer(s);
        Tracking__DecideEligibility *old = scene_decision(s, lapses);
        old->valid_from = old->decided_on = scene_date(s, 2024, 11, 10);
        old->proof_dated = scene_date(s, 2024, 11, 1);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", old); /* to 2026-11-09 */

        const Tracking__EligibilityDueReply *reply = due(s, s->facilitator, 0);
        assert_int_equal(reply->n_lines, 2);
        assert_int_equal(line_of(reply, waits)->next_action, TRACKING__ELIGIBILITY_ACTION__CONFIRM);
        assert_int_equal(line_of(reply, lapses)->next_action, TRACKING__ELIGIBILITY_ACTION__RENEW);
        assert_int_equal(line_of(reply, lapses)->next_before->days, day_number(scene_day(2026, 11, 9)));
        assert_int_equal(due(s, s->facilitator, 10)->n_lines, 1); /* not within ten days */
        reply = due(s, s->facilitator, 500);
        assert_int_equal(reply->n_lines, 3);
        assert_int_equal(line_of(reply, fine)->standing, TRACKING__ELIGIBILITY_STANDING__ELIGIBLE);
        assert_int_equal(due(s, s->stranger, 500)->n_lines, 0);
        Tracking__EligibilityDue query = TRACKING__ELIGIBILITY_DUE__INIT;
        (void)fixture_refused(&s->f, s->auditor, "EligibilityDue", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_is_to_be_done, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
