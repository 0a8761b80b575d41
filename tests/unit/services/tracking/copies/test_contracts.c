#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/copies/copies.h"

#include "services/tracking/copies/contract_life.h"
#include "services/tracking/copies/copies_rows.h"
#include "tests/unit/services/tracking/scene.h"

static const Tracking__ObligationCopy *copy_of(struct scene *s, struct id id)
{
        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        assert_non_null(txn);
        const Tracking__ObligationCopy *copy = tracking_obligation(txn, id, &s->f.arena);
        txn_end_read(txn);
        return copy;
}

static void test_an_obligation_is_kept(void **state)
{
        struct scene *s = *state;
        const Tracking__ObligationCopy *copy = copy_of(s, s->obligation);
        assert_non_null(copy);
        assert_int_equal(copy->hourly_cost->cents, 3000);
        assert_int_equal(copy->labour_share->millionths, 500000);
        assert_int_equal(copy->n_territories, 2);
        assert_string_equal(copy->territories[0], "31");
        assert_null(copy_of(s, s->unpriced)->hourly_cost);
        assert_null(copy_of(s, scene_name("none")));
}

static void test_other_events_pass(void **state)
{
        struct scene *s = *state;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        assert_int_equal(engine_feed(s->f.engine, "contracts-1", s->contracts_events + 1, &event.base),
                         ERR_NOT_FOUND); /* of a later version: nothing that we know, and nothing to pass over */
        Contracts__LedgerPosted posted = CONTRACTS__LEDGER_POSTED__INIT;
        event.body_case = CONTRACTS__EVENT__BODY_LEDGER_POSTED;
        event.ledger_posted = &posted;
        scene_feed_contracts(s, &event);
        assert_int_equal(engine_source_position(s->f.engine, "contracts-1"), s->contracts_events);
}

static void withdrawn(struct scene *s, const Contracts__Event *act, Contracts__ObligationAssigned *holder)
{
        Contracts__WithdrawnAct one = CONTRACTS__WITHDRAWN_ACT__INIT, *acts[] = {&one};
        Contracts__ActWithdrawn body = CONTRACTS__ACT_WITHDRAWN__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        one.event = pb_bytes(pb_encode(act, &s->f.arena));
        body.acts = acts, body.n_acts = 1;
        body.holders = &holder, body.n_holders = holder != NULL;
        event.body_case = CONTRACTS__EVENT__BODY_ACT_WITHDRAWN;
        event.act_withdrawn = &body;
        scene_feed_contracts(s, &event);
}

/* Whose it was stays known: else a placement on it would be of no private contract any more. */
static void test_one_that_is_withdrawn(void **state)
{
        struct scene *s = *state;
        Contracts__ObligationRecorded recorded = CONTRACTS__OBLIGATION_RECORDED__INIT;
        Contracts__Event act = CONTRACTS__EVENT__INIT;
        const Tracking__ObligationCopy *before = copy_of(s, s->obligation);
        recorded.obligation_id = scene_id(s, s->obligation);
        act.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED;
        act.obligation_recorded = &recorded;
        withdrawn(s, &act, NULL);
        const Tracking__ObligationCopy *copy = copy_of(s, s->obligation);
        assert_true(copy->withdrawn);
        assert_true(id_equal(id_of(copy->contract_id), id_of(before->contract_id)));
        assert_int_equal(copy->n_territories, before->n_territories);
}

static void test_an_assignment_that_is_withdrawn(void **state)
{
        struct scene *s = *state;
        Contracts__ObligationAssigned assigned = CONTRACTS__OBLIGATION_ASSIGNED__INIT, holder = assigned;
        Contracts__Event act = CONTRACTS__EVENT__INIT;
        assigned.obligation_id = holder.obligation_id = scene_id(s, s->obligation);
        assigned.contractor_name = arena_text(&s->f.arena, "Repreneur");
        act.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_ASSIGNED;
        act.obligation_assigned = &assigned;
        scene_feed_contracts(s, &act);
        assert_string_equal(copy_of(s, s->obligation)->contractor_name, "Repreneur");
        holder.contractor_name = arena_text(&s->f.arena, "Première");
        withdrawn(s, &act, &holder);
        assert_string_equal(copy_of(s, s->obligation)->contractor_name, "Première");
        assigned.is_older = true; /* told late: another has taken over since */
        scene_feed_contracts(s, &act);
        assert_string_equal(copy_of(s, s->obligation)->contractor_name, "Première");
}

/* Nobody begins on it any more; who works there is shown the day, until that is withdrawn. */
static void test_a_member_that_left(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        Contracts__MemberLeft left = CONTRACTS__MEMBER_LEFT__INIT;
        Contracts__Event act = CONTRACTS__EVENT__INIT;
        left.obligation_id = scene_id(s, s->obligation);
        left.left_on = scene_date(s, 2026, 10, 5);
        left.fate = CONTRACTS__LEFT_HOURS__LEFT_SUBSTITUTED;
        act.body_case = CONTRACTS__EVENT__BODY_MEMBER_LEFT;
        act.member_left = &left;
        scene_feed_contracts(s, &act); /* another company takes its place: nothing changes for who works there */
        assert_null(scene_view(s, placement)->company_left_on);
        left.fate = CONTRACTS__LEFT_HOURS__LEFT_STILL_OWED;
        scene_feed_contracts(s, &act);
        assert_int_equal(scene_view(s, placement)->company_left_on->days, left.left_on->days);
        Tracking__OpenPlacement *command = scene_opening(s, person);
        command->starts_on = scene_date(s, 2026, 10, 6);
        assert_non_null(strstr(
                fixture_refused(&s->f, s->facilitator, "OpenPlacement", command, TYPES__REFUSAL_CODE__WRONG_STATE)
                        ->text,
                "quitté son groupement"));
        withdrawn(s, &act, NULL);
        assert_null(scene_view(s, placement)->company_left_on);
        assert_null(copy_of(s, s->obligation)->left_on);
}

static void told_record(struct scene *s, Contracts__Event__BodyCase what, struct day notified)
{
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__ContractImported imported = CONTRACTS__CONTRACT_IMPORTED__INIT;
        Contracts__ContractUpdated updated = CONTRACTS__CONTRACT_UPDATED__INIT;
        Contracts__ContractAmended amended = CONTRACTS__CONTRACT_AMENDED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        record.kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record.notified_on = day_to(&s->f.arena, notified);
        imported.contract_id = updated.contract_id = amended.contract_id = scene_id(s, scene_name("contract"));
        imported.record = updated.record = amended.record = &record;
        event.body_case = what;
        if (what == CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED)
                event.contract_imported = &imported;
        else if (what == CONTRACTS__EVENT__BODY_CONTRACT_UPDATED)
                event.contract_updated = &updated;
        else
                event.contract_amended = &amended;
        scene_feed_contracts(s, &event);
}

static struct contract_life life_of(struct scene *s)
{
        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        assert_non_null(txn);
        struct contract_life life =
                contract_life_of(txn, tracking_obligation(txn, s->obligation, &s->f.arena), &s->f.arena);
        txn_end_read(txn);
        return life;
}

/* What is said here stands in front of what is published later; an end stays through both, until it is withdrawn. */
static void test_the_life_of_a_contract(void **state)
{
        struct scene *s = *state;
        struct day published = scene_day(2026, 3, 1), again = scene_day(2026, 3, 5), ours = scene_day(2026, 2, 1);
        assert_false(life_of(s).has_begun);
        told_record(s, CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED, published);
        assert_int_equal(day_number(life_of(s).first), day_number(published));
        told_record(s, CONTRACTS__EVENT__BODY_CONTRACT_UPDATED, again);
        assert_int_equal(day_number(life_of(s).first), day_number(again));

        Contracts__ContractEnded ended = CONTRACTS__CONTRACT_ENDED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        ended.contract_id = scene_id(s, scene_name("contract"));
        ended.ended_on = scene_date(s, 2026, 9, 30);
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_ENDED;
        event.contract_ended = &ended;
        scene_feed_contracts(s, &event);
        told_record(s, CONTRACTS__EVENT__BODY_CONTRACT_AMENDED, ours);
        told_record(s, CONTRACTS__EVENT__BODY_CONTRACT_UPDATED, again);
        struct contract_life life = life_of(s);
        assert_int_equal(day_number(life.first), day_number(ours));
        assert_true(life.has_ended);
        assert_int_equal(day_number(life.last), day_number(scene_day(2026, 9, 30)));
        withdrawn(s, &event, NULL);
        assert_false(life_of(s).has_ended);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_an_obligation_is_kept, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_one_that_is_withdrawn, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_an_assignment_that_is_withdrawn, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_member_that_left, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_the_life_of_a_contract, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_other_events_pass, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
