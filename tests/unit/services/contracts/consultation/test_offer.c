/* Members, hours owed and their parts: the rules alone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/types.h"
#include "services/contracts/consultation/offer.h"

enum { MEMBERS = 3 };

static Types__Share shares[MEMBERS];
static Contracts__OfferMember members[MEMBERS];
static Contracts__OfferMember *list[MEMBERS] = {&members[0], &members[1], &members[2]};

static void a_group(uint32_t first, uint32_t second, uint32_t third)
{
        static char *const sirets[] = {(char *)"13002526500013", (char *)"38012986646850", (char *)"35600000000048"};
        const uint32_t parts[] = {first, second, third};
        for (size_t i = 0; i < MEMBERS; i++) {
                contracts__offer_member__init(&members[i]);
                types__share__init(&shares[i]);
                shares[i].millionths = parts[i];
                members[i].share = &shares[i];
                members[i].siret = sirets[i];
                members[i].name = (char *)"Membre";
        }
}

static void test_members(void **state)
{
        struct refusal refusal;
        (void)state;
        a_group(500000, 300000, 200000);
        assert_true(offer_check_members(list, 3, "winners", &refusal));
        assert_false(offer_check_members(list, 2, "winners", &refusal)); /* 80 % */
        assert_string_equal(refusal.field, "winners");
        assert_false(offer_check_members(list, 0, "winners", &refusal));
        members[0].share = NULL;
        assert_true(offer_check_members(list, 1, "winners", &refusal)); /* alone: all of it */
        assert_false(offer_check_members(list, 2, "winners", &refusal));
        a_group(500000, 500000, 0);
        assert_false(offer_check_members(list, 3, "winners", &refusal));
        assert_true(offer_check_members(list, 2, "winners", &refusal));
        members[1].siret = members[0].siret;
        assert_false(offer_check_members(list, 2, "winners", &refusal));
}

static void test_an_offer_is_that_of_its_members(void **state)
{
        Contracts__Offer offer = CONTRACTS__OFFER__INIT;
        struct refusal refusal;
        (void)state;
        a_group(1000000, 0, 0);
        offer.members = list;
        offer.n_members = 1;
        assert_true(offer_check(&offer, &refusal));
        offer.n_members = 2;
        assert_false(offer_check(&offer, &refusal));
        assert_string_equal(refusal.field, "offer.members");
}

static void test_hours_owed(void **state)
{
        Contracts__Offer offer = CONTRACTS__OFFER__INIT;
        Types__Hours hours = TYPES__HOURS__INIT, extra = TYPES__HOURS__INIT;
        struct offer_hours owed;
        struct refusal refusal;
        (void)state;
        assert_false(offer_hours_owed(&offer, hours_of_hundredths(0), &owed, &refusal)); /* of nobody, nothing */
        assert_true(offer_hours_owed(&offer, hours_of_hundredths(83300), &owed, &refusal));
        assert_int_equal(hours_hundredths(owed.total), 83300);
        assert_int_equal(hours_hundredths(owed.extra), 0);
        offer.hours = &hours;
        hours.hundredths = 50000; /* fewer than the clause: the clause holds */
        assert_true(offer_hours_owed(&offer, hours_of_hundredths(83300), &owed, &refusal));
        assert_int_equal(hours_hundredths(owed.total), 83300);
        hours.hundredths = 90000;
        offer.extra_hours = &extra;
        extra.hundredths = 5000;
        assert_true(offer_hours_owed(&offer, hours_of_hundredths(83300), &owed, &refusal));
        assert_int_equal(hours_hundredths(owed.total), 95000);
        assert_int_equal(hours_hundredths(owed.extra), 11700);
        assert_true(offer_hours_owed(&offer, hours_of_hundredths(0), &owed, &refusal)); /* no clause */
        assert_int_equal(hours_hundredths(owed.total), 95000);
        assert_int_equal(hours_hundredths(owed.extra), 5000);
        extra.hundredths = 600000000;
        assert_false(offer_hours_owed(&offer, hours_of_hundredths(83300), &owed, &refusal));
}

/* To the hundredth, and exactly all of it. */
static void test_parts(void **state)
{
        struct hours parts[MEMBERS];
        (void)state;
        a_group(333333, 333333, 333334);
        offer_split(hours_of_hundredths(100), list, 3, parts);
        assert_int_equal(hours_hundredths(parts[0]), 34);
        assert_int_equal(hours_hundredths(parts[1]), 33);
        assert_int_equal(hours_hundredths(parts[2]), 33);
        a_group(700000, 200000, 100000);
        for (int64_t total = 0; total < 2000; total++) {
                offer_split(hours_of_hundredths(total), list, 3, parts);
                assert_int_equal(hours_hundredths(parts[0]) + hours_hundredths(parts[1]) + hours_hundredths(parts[2]),
                                 total);
        }
        members[0].share = NULL;
        assert_int_equal(share_millionths(offer_share(&members[0])), SHARE_ONE_MILLIONTHS);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_members),
                cmocka_unit_test(test_an_offer_is_that_of_its_members),
                cmocka_unit_test(test_hours_owed),
                cmocka_unit_test(test_parts),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
