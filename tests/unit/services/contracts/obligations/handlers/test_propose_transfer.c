/* ProposeTransfer: who may propose which hours; nothing moves. */
#include "tests/unit/services/contracts/obligations/scene.h"

static void refused(struct fixture *f, Contracts__ProposeTransfer *command, Types__RefusalCode code, const char *field)
{
        assert_string_equal(fixture_refused(f, facilitator(f), "ProposeTransfer", command, code)->field, field);
}

static void test_within_a_group_one_buyer(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        const Contracts__ProposeTransferReply *reply = propose(f, transfer_from(f, scene.lead, scene.member, 100));
        assert_int_equal(reply->kind, CONTRACTS__TRANSFER_KIND__WITHIN_GROUP);
        assert_int_equal(reply->n_buyer_sirets, 1);
        assert_string_equal(reply->buyer_sirets[0], BUYER_SIRET);
        assert_int_equal(see_obligation(f, scene.lead)->remaining->hundredths, 50000); /* proposed is not done */
        assert_int_equal(see_obligation(f, scene.member)->remaining->hundredths, 33300);
}

static void test_between_contracts_each_buyer(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        const Contracts__ProposeTransferReply *reply = propose(f, transfer_from(f, scene.elsewhere, scene.lead, 200));
        assert_int_equal(reply->kind, CONTRACTS__TRANSFER_KIND__SAME_COMPANY);
        assert_int_equal(reply->n_buyer_sirets, 2);
        assert_string_equal(reply->buyer_sirets[0], OTHER_BUYER_SIRET);
        assert_string_equal(reply->buyer_sirets[1], BUYER_SIRET);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        refused(f, transfer_from(f, id_to(&f->arena, id_numbered(9)), scene.lead, 1), TYPES__REFUSAL_CODE__NOT_FOUND,
                "fromObligationId");
        refused(f, transfer_from(f, scene.lead, NULL, 1), TYPES__REFUSAL_CODE__NOT_FOUND, "toObligationId");
        refused(f, transfer_from(f, scene.member, scene.elsewhere, 1), TYPES__REFUSAL_CODE__INVALID_FIELD,
                "toObligationId"); /* neither a group nor one company */
        refused(f, transfer_from(f, scene.lead, scene.member, 501), TYPES__REFUSAL_CODE__WRONG_STATE, "hours");
        refused(f, transfer_from(f, scene.lead, scene.member, 0), TYPES__REFUSAL_CODE__INVALID_FIELD, "hours");
        Contracts__ProposeTransfer *command = transfer_from(f, scene.lead, scene.member, 1);
        command->reason = arena_text(&f->arena, "");
        refused(f, command, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason");
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Contracts__ProposeTransfer *command = transfer_from(f, scene.lead, scene.member, 10);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "ProposeTransfer", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), "ProposeTransfer", command,
                              TYPES__REFUSAL_CODE__NOT_FOUND); /* the other one's hours */
        (void)fixture_refused(f, buyer(f), "ProposeTransfer", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "ProposeTransfer", command);
        (void)fixture_get(f, coordinator(f), "ProposeTransfer", command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_within_a_group_one_buyer, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_between_contracts_each_buyer, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
