/* The two clocks, step by step on numbers; and the job on a person. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/privacy/retention.h"
#include "tests/unit/services/tracking/scene.h"

#define DAY_MS ((int64_t)86400000)

static const Tracking__RetentionRule rule = {
        PROTOBUF_C_MESSAGE_INIT(&tracking__retention_rule__descriptor),
        .person_months = 24,
        .contract_file_months = 60,
        .notice_days = 30,
};

static int64_t at(int year, int month, int day)
{
        return (int64_t)day_number(scene_day(year, month, day)) * DAY_MS;
}

static struct retention_step next(const struct retention_facts *facts, int64_t now_ms)
{
        return retention_next(facts, &rule, now_ms);
}

static void test_waits_announces_erases(void **state)
{
        struct retention_facts facts = {.last_contact_ms = at(2026, 1, 15)};
        (void)state;
        struct retention_step step = next(&facts, at(2026, 4, 15));
        assert_int_equal(step.does, RETENTION_WAITS);
        assert_int_equal(step.look_at_ms, at(2027, 12, 16)); /* 30 days before 15 January 2028 */
        assert_int_equal(step.ends_at_ms, 0);
        step = next(&facts, step.look_at_ms);
        assert_int_equal(step.ends_at_ms, at(2028, 1, 15));
        assert_int_equal(step.look_at_ms, step.ends_at_ms);
        facts.ends_at_ms = step.ends_at_ms;
        step = next(&facts, at(2028, 1, 14));
        assert_int_equal(step.does, RETENTION_WAITS);
        assert_int_equal(step.look_at_ms, at(2028, 1, 15));
        assert_int_equal(next(&facts, at(2028, 1, 15)).does, RETENTION_ERASES);
}

/* Found late (the daemon slept for years): there is a notice all the same, of its whole length. */
static void test_a_notice_is_never_skipped(void **state)
{
        struct retention_facts facts = {.last_contact_ms = at(2020, 1, 15)};
        (void)state;
        struct retention_step step = next(&facts, at(2026, 6, 1));
        assert_int_equal(step.does, RETENTION_WAITS);
        assert_int_equal(step.ends_at_ms, at(2026, 7, 1));
}

static void test_archived_while_the_contract_needs_it(void **state)
{
        struct retention_facts facts = {.last_contact_ms = at(2026, 9, 30), .work_ended_ms = at(2026, 9, 30)};
        (void)state;
        facts.ends_at_ms = at(2028, 9, 30);
        struct retention_step step = next(&facts, at(2028, 9, 30));
        assert_int_equal(step.does, RETENTION_WAITS);
        assert_true(step.archived);
        assert_int_equal(step.ends_at_ms, 0);
        assert_int_equal(step.look_at_ms, at(2031, 8, 31));
        facts.archived = true;
        facts.ends_at_ms = 0;
        step = next(&facts, step.look_at_ms);
        assert_int_equal(step.ends_at_ms, at(2031, 9, 30));
        assert_true(step.archived);
        facts.ends_at_ms = step.ends_at_ms;
        assert_int_equal(next(&facts, at(2031, 9, 30)).does, RETENTION_ERASES);
}

/* Restricted, at work, with hours that wait: looked at again, nothing announced. */
static void test_held(void **state)
{
        struct retention_facts facts = {
                .last_contact_ms = at(2020, 1, 1), .ends_at_ms = at(2026, 1, 1), .is_held = true};
        (void)state;
        struct retention_step step = next(&facts, at(2026, 6, 1));
        assert_int_equal(step.does, RETENTION_WAITS);
        assert_int_equal(step.look_at_ms, at(2026, 7, 1));
        assert_int_equal(step.ends_at_ms, 0);
}

/* ---- the job */

struct looking {
        struct job job;
};

static void run_job(struct work *work, void *argument)
{
        retention_look(work, &((struct looking *)argument)->job);
}

/* At the instant that the row says, and what came of it. */
static bool is_due(struct scene *s, struct id person, struct due *ret)
{
        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        bool found = due_find(txn, &persons_retention, (struct due_name){JOB_RETENTION, person}, ret);
        txn_end_read(txn);
        return found;
}

static void look_when_due(struct scene *s, struct id person)
{
        struct looking looking = {0};
        struct err_info info = {0};
        assert_true(is_due(s, person, &looking.job.due));
        s->f.world.now_ms_value = looking.job.due.at_ms;
        struct item *item = item_new(s->f.engine);
        item->kind = ITEM_INTERNAL;
        item->fn = run_job;
        item->argument = &looking;
        assert_int_equal(engine_run(s->f.engine, item, &info), 0);
        item_free(s->f.engine, &item);
}

static const Tracking__RetentionDueReply *announced(struct scene *s)
{
        Tracking__RetentionDue query = TRACKING__RETENTION_DUE__INIT;
        return fixture_get(&s->f, s->facilitator, "RetentionDue", &query);
}

static void test_a_person_without_a_placement_goes(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        struct due due;
        look_when_due(s, person); /* after 90 days: long before */
        assert_int_equal(announced(s)->n_lines, 0);
        look_when_due(s, person);
        const Tracking__RetentionDueReply *reply = announced(s);
        assert_int_equal(reply->n_lines, 1);
        assert_int_equal(reply->lines[0]->ends_at->ms - s->f.world.now_ms_value, 30 * DAY_MS);
        assert_true(reply->lines[0]->last_contact->ms < s->f.world.now_ms_value);
        const Wire__Passport *elsewhere = fixture_actor(&s->f, TYPES__ROLE__AUDITOR, NULL, "75");
        Tracking__RetentionDue query = TRACKING__RETENTION_DUE__INIT;
        reply = fixture_get(&s->f, elsewhere, "RetentionDue", &query);
        assert_int_equal(reply->n_lines, 0);
        reply = fixture_get(&s->f, s->officer, "RetentionDue", &query);
        assert_int_equal(reply->n_lines, 1);

        look_when_due(s, person);
        assert_string_equal(scene_last_event(s)->beneficiary_erased->erasure_code, "END_OF_RETENTION");
        assert_false(vault_has_key(engine_vault(s->f.engine), person));
        assert_false(is_due(s, person, &due));
        assert_int_equal(announced(s)->n_lines, 0);
}

static Tracking__OpenBeneficiaryFile *opening_for(struct scene *s, struct id person, const char *code)
{
        Tracking__OpenBeneficiaryFile *command = pb_new(&tracking__open_beneficiary_file__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->reason = arena_text(&s->f.arena, "préparer la réponse demandée");
        command->reason_code = arena_text(&s->f.arena, code);
        return command;
}

static struct id archived(struct scene *s)
{
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        for (int i = 0; i < 3; i++)
                look_when_due(s, person);
        assert_true(scene_last_event(s)->retention_looked->archived);
        return person;
}

static void test_an_archive_opens_for_few_reasons(void **state)
{
        struct scene *s = *state;
        struct id person = archived(s);
        assert_int_equal(announced(s)->n_lines, 1);
        (void)fixture_refused(&s->f, s->facilitator, "OpenBeneficiaryFile", opening_for(s, person, "PLACEMENT"),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", opening_for(s, person, "COMPLAINT"));
        look_when_due(s, person); /* announced */
        look_when_due(s, person);
        assert_non_null(scene_last_event(s)->beneficiary_erased);
}

/* She comes back: the clock begins anew. */
static void test_a_contact_takes_it_out_of_the_archive(void **state)
{
        struct scene *s = *state;
        struct id person = archived(s);
        (void)fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", opening_for(s, person, "PERSON_ASKED"));
        assert_int_equal(announced(s)->n_lines, 0);
        (void)fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", opening_for(s, person, "PLACEMENT"));
        struct due due;
        assert_true(is_due(s, person, &due));
        assert_int_equal(due.at_ms - s->f.world.now_ms_value, 90 * DAY_MS);
}

static void test_who_works_is_not_counted_out(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        (void)scene_open_placement(s, scene_opening(s, person));
        for (int i = 0; i < 30; i++)
                look_when_due(s, person);
        assert_non_null(scene_last_event(s)->retention_looked);
        assert_int_equal(announced(s)->n_lines, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_waits_announces_erases),
                cmocka_unit_test(test_a_notice_is_never_skipped),
                cmocka_unit_test(test_archived_while_the_contract_needs_it),
                cmocka_unit_test(test_held),
                TEST(test_a_person_without_a_placement_goes),
                TEST(test_an_archive_opens_for_few_reasons),
                TEST(test_a_contact_takes_it_out_of_the_archive),
                TEST(test_who_works_is_not_counted_out),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
