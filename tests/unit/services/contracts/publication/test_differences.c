#include "services/contracts/clauses/considerations.h"
#include "services/contracts/publication/differences.h"

#include "tests/unit/services/contracts/publication/full_record.h"

static struct differences between(struct fixture *f, const Contracts__ContractRecord *ours,
                                  const Contracts__ContractRecord *published, bool clause)
{
        struct differences found = {.arena = &f->arena};
        differences_find(ours, published,
                         clause ? 1u << CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE : considerations_told(ours),
                         &found);
        return found;
}

static void test_the_same_has_none(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *published = a_full_record(f);
        published->cpv = arena_text(&f->arena, "45442100"); /* without its check digit */
        assert_int_equal(between(f, a_full_record(f), published, true).count, 0);
}

static void test_what_we_do_not_say_is_none(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *ours = pb_new(&contracts__contract_record__descriptor, &f->arena);
        assert_int_equal(between(f, ours, a_full_record(f), false).count, 0);
}

static void test_both_are_shown_as_a_reader_expects_it(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *ours = a_full_record(f), *published = a_full_record(f);
        ours->amount = euros(f, 1200000);
        ours->framework_number = arena_text(&f->arena, "AC-7");
        struct differences found = between(f, ours, published, false);
        assert_int_equal(found.count, 2);
        assert_string_equal(found.at[0]->field, "idAccordCadre");
        assert_string_equal(found.at[0]->published, "non dit");
        assert_string_equal(found.at[1]->label, "Montant HT");
        assert_non_null(strstr(found.at[1]->ours, "200"));
        assert_false(found.at[1]->unchangeable);
}

static void test_a_published_consideration_is_for_good(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *published = a_full_record(f);
        set_social(f, published, CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL);
        struct differences found = between(f, a_full_record(f), published, false);
        assert_int_equal(found.count, 1);
        assert_string_equal(found.at[0]->field, "considerationsSociales");
        assert_string_equal(found.at[0]->ours, "Clause sociale");
        assert_string_equal(found.at[0]->published, "Pas de considération sociale");
        assert_true(found.at[0]->unchangeable);
        assert_non_null(strstr(found.at[0]->note, "ne peut plus être modifiée"));
        set_social(f, published, CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN);
        found = between(f, a_full_record(f), published, false);
        assert_false(found.at[0]->unchangeable); /* nothing is published yet */
}

/* The under-reporting that is seen in real data: a clause hangs on a contract published as having none. */
static void test_a_clause_of_ours_is_known_whatever_the_record_says(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *published = a_full_record(f);
        set_social(f, published, CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL);
        assert_int_equal(between(f, published, published, false).count, 0);
        struct differences found = between(f, published, published, true);
        assert_int_equal(found.count, 1);
        assert_string_equal(found.at[0]->ours, "Clause sociale");
}

static void test_the_order_of_a_group_is_none(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *ours = a_full_record(f), *published = a_full_record(f);
        Contracts__CompanyId *other = pb_new(&contracts__company_id__descriptor, &f->arena);
        other->value = arena_text(&f->arena, BUYER_SIRET);
        Contracts__CompanyId *forward[] = {ours->contractors[0], other}, *back[] = {other, ours->contractors[0]};
        ours->contractors = arena_copy(&f->arena, forward, sizeof(forward));
        published->contractors = arena_copy(&f->arena, back, sizeof(back));
        ours->n_contractors = published->n_contractors = 2;
        assert_int_equal(between(f, ours, published, false).count, 0);
        published->n_contractors = 1;
        assert_int_equal(between(f, ours, published, false).count, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_same_has_none, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_we_do_not_say_is_none, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_both_are_shown_as_a_reader_expects_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_published_consideration_is_for_good, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_clause_of_ours_is_known_whatever_the_record_says, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_the_order_of_a_group_is_none, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
