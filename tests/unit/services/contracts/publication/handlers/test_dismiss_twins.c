/* DismissTwins: two that look alike are two contracts: the pair is listed no more, until that is withdrawn. */
#include "tests/unit/services/contracts/corrections/withdrawing.h"
#include "tests/unit/services/contracts/file/opening.h"
#include "tests/unit/services/contracts/publication/doubles.h"

static Contracts__DismissTwins *dismissal_of(struct fixture *f, Types__Id *contract, Types__Id *twin)
{
        Contracts__DismissTwins *command = pb_new(&contracts__dismiss_twins__descriptor, &f->arena);
        command->contract_id = contract;
        command->twin_id = twin;
        command->reason = arena_text(&f->arena, "Deux tranches, deux marchés.");
        return command;
}

static void test_the_pair_is_listed_no_more(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = published(f, "2026T0100"), *second = published(f, "2026T0101");
        assert_int_equal(doubles(f, coordinator(f))->n_doubles, 1);
        (void)fixture_get(f, facilitator(f), "DismissTwins", dismissal_of(f, first, second));
        uint64_t act = last_act(f);
        assert_int_equal(doubles(f, coordinator(f))->n_doubles, 0);
        assert_int_equal(listed(f), 2);
        assert_int_equal(unfollowed(f), 2);                                                   /* it follows nothing */
        (void)fixture_get(f, facilitator(f), "DismissTwins", dismissal_of(f, second, first)); /* the same pair */
        assert_int_equal(last_act(f), act);
        Types__Id *const both[] = {first, second};
        for (size_t i = 0; i < ARRAY_SIZE(both); i++) {
                const Contracts__ContractHistoryReply *history = history_of(f, coordinator(f), both[i]);
                assert_non_null(strstr(history->lines[history->n_lines - 1]->text, "sont deux contrats"));
        }
        (void)withdraw(f, first, act);
        assert_int_equal(doubles(f, coordinator(f))->n_doubles, 1);
}

static void test_other_pairs_stay(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = published(f, "2026T0100"), *second = published(f, "2026T0101");
        (void)published(f, "2026T0102");
        size_t before = doubles(f, coordinator(f))->n_doubles;
        (void)fixture_get(f, facilitator(f), "DismissTwins", dismissal_of(f, first, second));
        assert_int_equal(doubles(f, coordinator(f))->n_doubles, before - 1);
}

/* Who reads of a joined twin reads that it was joined, and to what. */
static void test_a_joined_twin_tells_it(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = published(f, "2026T0100"), *second = published(f, "2026T0101");
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, second, first));
        const Contracts__ContractHistoryReply *history = history_of(f, coordinator(f), first);
        assert_int_equal(history->n_lines, 2);
        assert_non_null(strstr(history->lines[1]->text, "Publications réunies"));
        assert_non_null(strstr(history->lines[1]->text, "2026T0101"));
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = published(f, "2026T0100"), *second = published(f, "2026T0101"), *other = published(f, "77");
        (void)fixture_refused(f, facilitator(f), "DismissTwins", dismissal_of(f, first, other),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, facilitator(f), "DismissTwins", dismissal_of(f, first, first),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, facilitator(f), "DismissTwins",
                              dismissal_of(f, first, id_to(&f->arena, id_numbered(77))),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        Contracts__DismissTwins *command = dismissal_of(f, first, second);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "DismissTwins", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->reason = arena_text(&f->arena, "");
        (void)fixture_refused(f, facilitator(f), "DismissTwins", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, second, first));
        (void)fixture_refused(f, facilitator(f), "DismissTwins", dismissal_of(f, first, second),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* The history of each names the other: a private contract is in nobody else's. */
static void test_a_contract_of_ours_is_no_publication(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract *opening = pb_new(&contracts__open_contract__descriptor, &f->arena);
        Contracts__DismissTwins *command = pb_new(&contracts__dismiss_twins__descriptor, &f->arena);
        opening->is_another = true;
        opening->record = numbered(f, "2026T0101");
        opening->record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        command->contract_id = published(f, "2026T0100");
        const Contracts__OpenContractReply *opened = fixture_get(f, facilitator(f), "OpenContract", opening);
        command->twin_id = opened->contract_id;
        command->reason = arena_text(&f->arena, "Deux lots.");
        (void)fixture_refused(f, facilitator(f), "DismissTwins", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_contract_of_ours_is_no_publication, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_pair_is_listed_no_more, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_other_pairs_stay, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_joined_twin_tells_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
