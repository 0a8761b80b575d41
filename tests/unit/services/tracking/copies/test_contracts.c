#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/copies/copies.h"

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

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_an_obligation_is_kept, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_other_events_pass, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
