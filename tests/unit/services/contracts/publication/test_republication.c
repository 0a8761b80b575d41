/* A contract published again: nothing that was appended is lost, and the order of the files does not matter. */
#include "tests/lib/engine_fixture.h"

#include "services/contracts/publication/republication.h"

static struct arena arena;

static int forget(void **state)
{
        (void)state;
        arena_reset(&arena);
        return 0;
}

static Contracts__ContractRecord *published(int32_t day, const char *object)
{
        Contracts__ContractRecord *record = pb_new(&contracts__contract_record__descriptor, &arena);
        record->format = CONTRACTS__RECORD_FORMAT__DECP_2022;
        record->object = arena_text(&arena, object);
        record->published_on = day_to(&arena, day_of_number(day));
        return record;
}

static void modified(Contracts__ContractRecord *record, uint32_t number, int32_t notified, int32_t on, int64_t cents)
{
        Contracts__Modification *modification = pb_new(&contracts__modification__descriptor, &arena);
        modification->number = number;
        modification->notified_on = day_to(&arena, day_of_number(notified));
        modification->published_on = day_to(&arena, day_of_number(on));
        modification->amount = money_to(&arena, money_of_cents(cents));
        record->modifications =
                pb_append(record->modifications, &record->n_modifications, sizeof(*record->modifications), &arena);
        record->modifications[record->n_modifications - 1] = modification;
}

static void assert_same(const Contracts__ContractRecord *a, const Contracts__ContractRecord *b)
{
        assert_true(slice_equal(pb_encode(a, &arena), pb_encode(b, &arena)));
}

static void test_first_publication_is_put_in_order(void **state)
{
        (void)state;
        Contracts__ContractRecord *record = published(10, "peinture");
        modified(record, 2, 30, 31, 200);
        modified(record, 1, 20, 21, 100);
        Contracts__ContractRecord *merged = republication_merge(NULL, record, &arena);
        assert_int_equal(merged->n_modifications, 2);
        assert_int_equal(merged->modifications[0]->number, 1);
        assert_int_equal(merged->modifications[1]->number, 2);
        assert_int_equal(record->modifications[0]->number, 2); /* what came in is left alone */
        assert_same(republication_merge(merged, record, &arena), merged);
}

static void test_an_older_file_takes_nothing_away(void **state)
{
        (void)state;
        Contracts__ContractRecord *older = published(10, "peinture"), *newer = published(10, "peinture");
        modified(older, 1, 20, 21, 100);
        modified(newer, 1, 20, 21, 100);
        modified(newer, 2, 30, 31, 200);
        newer = republication_merge(NULL, newer, &arena);
        assert_same(republication_merge(newer, older, &arena), newer);
        assert_same(republication_merge(republication_merge(NULL, older, &arena), newer, &arena), newer);
}

static void test_union_of_what_each_knows(void **state)
{
        (void)state;
        Contracts__ContractRecord *one = published(10, "peinture"), *other = published(10, "peinture");
        modified(one, 1, 20, 21, 100);
        modified(other, 2, 30, 31, 200);
        Contracts__ContractRecord *merged = republication_merge(one, other, &arena);
        assert_int_equal(merged->n_modifications, 2);
        assert_int_equal(merged->modifications[1]->amount->cents, 200);
}

static void test_one_number_used_twice(void **state)
{
        (void)state;
        Contracts__ContractRecord *record = published(10, "peinture");
        modified(record, 1, 40, 50, 200);
        modified(record, 1, 20, 50, 100);
        modified(record, 1, 20, 50, 150); /* the same number on the same day: buyers do that too */
        Contracts__ContractRecord *merged = republication_merge(NULL, record, &arena);
        assert_int_equal(merged->n_modifications, 3);
        assert_int_equal(merged->modifications[0]->amount->cents, 100);
        assert_int_equal(merged->modifications[1]->amount->cents, 150);
        assert_int_equal(merged->modifications[2]->amount->cents, 200);
        assert_same(republication_merge(merged, record, &arena), merged);
}

static void test_the_later_text_of_the_same_modification(void **state)
{
        (void)state;
        Contracts__ContractRecord *before = published(10, "peinture"), *after = published(10, "peinture");
        modified(before, 1, 20, 21, 100);
        modified(after, 1, 20, 60, 175);
        assert_int_equal(republication_merge(before, after, &arena)->modifications[0]->amount->cents, 175);
        assert_int_equal(republication_merge(after, before, &arena)->modifications[0]->amount->cents, 175);
}

static void test_the_later_publication_tells_the_rest(void **state)
{
        (void)state;
        Contracts__ContractRecord *before = published(10, "peinture des salles"), *after = published(11, "peinture");
        assert_string_equal(republication_merge(before, after, &arena)->object, "peinture");
        assert_string_equal(republication_merge(after, before, &arena)->object, "peinture");
        before->published_on = after->published_on = NULL;
        assert_string_equal(republication_merge(after, before, &arena)->object, "peinture des salles");
        before->format = CONTRACTS__RECORD_FORMAT__DECP_2019;
        assert_string_equal(republication_merge(after, before, &arena)->object, "peinture");
}

static void test_lost_letters_do_not_win(void **state)
{
        (void)state;
        Contracts__ContractRecord *broken = published(10, "r\xef\xbf\xbd"
                                                          "fection"),
                                  *whole = published(10, "réfection");
        assert_string_equal(republication_merge(broken, whole, &arena)->object, "réfection");
        assert_string_equal(republication_merge(whole, broken, &arena)->object, "réfection");
}

static void subcontracted(Contracts__ContractRecord *record, uint32_t number, int32_t notified)
{
        Contracts__Subcontract *subcontract = pb_new(&contracts__subcontract__descriptor, &arena);
        Contracts__SubcontractModification *change = pb_new(&contracts__subcontract_modification__descriptor, &arena);
        subcontract->number = change->number = number;
        subcontract->notified_on = change->notified_on = day_to(&arena, day_of_number(notified));
        record->subcontracts = pb_append(record->subcontracts, &record->n_subcontracts, sizeof(subcontract), &arena);
        record->subcontracts[record->n_subcontracts - 1] = subcontract;
        record->subcontract_modifications = pb_append(record->subcontract_modifications,
                                                      &record->n_subcontract_modifications, sizeof(change), &arena);
        record->subcontract_modifications[record->n_subcontract_modifications - 1] = change;
}

static void test_subcontracts_are_kept_too(void **state)
{
        (void)state;
        Contracts__ContractRecord *before = published(10, "peinture"), *after = published(10, "peinture");
        subcontracted(before, 1, 20);
        subcontracted(after, 2, 30);
        Contracts__ContractRecord *merged = republication_merge(before, after, &arena);
        assert_int_equal(merged->n_subcontracts, 2);
        assert_int_equal(merged->n_subcontract_modifications, 2);
        assert_int_equal(merged->subcontracts[1]->number, 2);
        assert_int_equal(merged->subcontract_modifications[0]->number, 1);
}

/* Random publications of one contract: whatever the order, and however often each comes, the end is the same. */
static Contracts__ContractRecord *random_publication(struct world *world)
{
        uint8_t dice[16];
        world->random(world, dice, sizeof(dice));
        Contracts__ContractRecord *record = published(dice[0] % 3, dice[1] % 2 ? "peinture" : "Peinture !");
        if (dice[2] % 3 == 0)
                record->published_on = NULL;
        record->format = dice[3] % 2 ? CONTRACTS__RECORD_FORMAT__DECP_2019 : CONTRACTS__RECORD_FORMAT__DECP_2022;
        for (size_t i = 0; i < dice[4] % 4u; i++)
                modified(record, dice[5 + i] % 3, dice[9 + i] % 2, dice[9 + i] % 3, dice[5 + i] % 5);
        return record;
}

static void test_order_does_not_matter(void **state)
{
        enum { ROUNDS = 300, FILES = 4 };
        struct world world = world_seeded(2, 0);
        (void)state;
        for (size_t round = 0; round < ROUNDS; round++) {
                Contracts__ContractRecord *files[FILES], *up = NULL, *down = NULL;
                for (size_t i = 0; i < FILES; i++)
                        files[i] = random_publication(&world);
                for (size_t i = 0; i < 2 * FILES; i++) {
                        up = republication_merge(up, files[i % FILES], &arena);
                        down = republication_merge(down, files[FILES - 1 - i % FILES], &arena);
                }
                assert_same(up, down);
                for (size_t i = 0; i < FILES; i++) {
                        assert_same(republication_merge(up, files[i], &arena), up);
                        assert_true(up->n_modifications >= files[i]->n_modifications);
                }
                arena_reset(&arena);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_teardown(test_first_publication_is_put_in_order, forget),
                cmocka_unit_test_teardown(test_an_older_file_takes_nothing_away, forget),
                cmocka_unit_test_teardown(test_union_of_what_each_knows, forget),
                cmocka_unit_test_teardown(test_one_number_used_twice, forget),
                cmocka_unit_test_teardown(test_the_later_text_of_the_same_modification, forget),
                cmocka_unit_test_teardown(test_the_later_publication_tells_the_rest, forget),
                cmocka_unit_test_teardown(test_lost_letters_do_not_win, forget),
                cmocka_unit_test_teardown(test_subcontracts_are_kept_too, forget),
                cmocka_unit_test_teardown(test_order_does_not_matter, forget),
        };
        int failed = cmocka_run_group_tests(tests, NULL, NULL);
        arena_fini(&arena);
        return failed;
}
