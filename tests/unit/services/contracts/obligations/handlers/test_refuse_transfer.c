/* RefuseTransfer: one buyer's no is enough, and is the end of it. */
#include "tests/unit/services/contracts/obligations/scene.h"

static Contracts__RefuseTransfer refusal_of(struct fixture *f, Types__Id *transfer)
{
        Contracts__RefuseTransfer command = CONTRACTS__REFUSE_TRANSFER__INIT;
        command.transfer_id = transfer;
        command.reason = arena_text(&f->arena, "Chaque marché garde ses heures");
        return command;
}

static void test_one_no_is_enough(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Types__Id *transfer = propose(f, transfer_from(f, scene.elsewhere, scene.lead, 150))->transfer_id;
        (void)agree(f, buyer(f), transfer, NULL);
        Contracts__RefuseTransfer command = refusal_of(f, transfer);
        const Contracts__RefuseTransferReply *reply = fixture_get(f, other_buyer(f), "RefuseTransfer", &command);
        assert_int_equal(reply->state, CONTRACTS__TRANSFER_STATE__TRANSFER_REFUSED);
        Contracts__AgreeTransfer late = CONTRACTS__AGREE_TRANSFER__INIT;
        late.transfer_id = transfer;
        (void)fixture_refused(f, other_buyer(f), "AgreeTransfer", &late, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, buyer(f), "RefuseTransfer", &command, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(see_obligation(f, scene.elsewhere)->remaining->hundredths, 20000);
        balanced(f, scene.lead);
}

static void test_whose_no(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Contracts__RefuseTransfer command =
                refusal_of(f, propose(f, transfer_from(f, scene.lead, scene.member, 50))->transfer_id);
        (void)fixture_refused(f, other_buyer(f), "RefuseTransfer", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "RefuseTransfer", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "decision.reference");
        command.decision = written(f, "");
        command.reason = arena_text(&f->arena, "");
        assert_string_equal(
                fixture_refused(f, facilitator(f), "RefuseTransfer", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "reason");
        command.reason = arena_text(&f->arena, "Non");
        (void)fixture_get(f, facilitator(f), "RefuseTransfer", &command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_one_no_is_enough, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_whose_no, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
