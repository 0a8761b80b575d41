/* TransferById: a transfer as it stands, to whoever may see the hours of either side. */
#include "tests/unit/services/contracts/obligations/scene.h"

static void test_seen_by_both_sides(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Types__Id *transfer = propose(f, transfer_from(f, scene.elsewhere, scene.lead, 150))->transfer_id;
        Contracts__TransferById query = CONTRACTS__TRANSFER_BY_ID__INIT;
        query.transfer_id = transfer;
        (void)agree(f, buyer(f), transfer, NULL);
        const Wire__Passport *const readers[] = {buyer(f), other_buyer(f), facilitator(f)};
        for (size_t i = 0; i < ARRAY_SIZE(readers); i++) {
                const Contracts__TransferView *seen = fixture_get(f, readers[i], "TransferById", &query);
                assert_int_equal(seen->state, CONTRACTS__TRANSFER_STATE__TRANSFER_PROPOSED);
                assert_int_equal(seen->hours->hundredths, 15000);
                assert_int_equal(seen->n_agreements, 1);
        }
}

static void test_nobody_elses(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Contracts__TransferById query = CONTRACTS__TRANSFER_BY_ID__INIT;
        query.transfer_id = propose(f, transfer_from(f, scene.lead, scene.member, 100))->transfer_id;
        (void)fixture_refused(f, other_buyer(f), "TransferById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        query.transfer_id = scene.lead; /* no transfer */
        (void)fixture_refused(f, facilitator(f), "TransferById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_seen_by_both_sides, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nobody_elses, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
