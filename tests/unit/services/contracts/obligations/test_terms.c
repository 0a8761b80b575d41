/* What is demanded, and who owes it, in whatever order papers come. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/types.h"
#include "services/contracts/obligations/terms.h"

enum { OPENING = 500, ROWS = 3 };

struct told {
        Contracts__ObligationTerms terms;
        Contracts__Term term[ROWS], *term_list[ROWS];
        Contracts__Assignment one[ROWS], *one_list[ROWS];
        Types__Day day[ROWS];
        Types__Hours hours[ROWS];
        Types__Id id;
};

/* Three papers in the order of their entry: of days 20, 10 and 20 again; of 100, 200 and 300 hundredths. */
static void tell(struct told *told)
{
        static const int32_t days[ROWS] = {20, 10, 20};
        told->terms = (Contracts__ObligationTerms)CONTRACTS__OBLIGATION_TERMS__INIT;
        for (size_t i = 0; i < ROWS; i++) {
                told->day[i] = (Types__Day)TYPES__DAY__INIT;
                told->day[i].days = days[i];
                told->hours[i] = (Types__Hours)TYPES__HOURS__INIT;
                told->hours[i].hundredths = 100 * ((int64_t)i + 1);
                told->term[i] = (Contracts__Term)CONTRACTS__TERM__INIT;
                told->term[i].amended_on = &told->day[i];
                told->term[i].hours = &told->hours[i];
                told->one[i] = (Contracts__Assignment)CONTRACTS__ASSIGNMENT__INIT;
                told->one[i].assigned_on = &told->day[i];
                told->term[i].number = told->one[i].number = i + 1;
                told->term_list[i] = &told->term[i];
                told->one_list[i] = &told->one[i];
        }
        told->id = (Types__Id)TYPES__ID__INIT;
        told->terms.obligation_id = &told->id;
        told->terms.terms = told->term_list;
        told->terms.assignments = told->one_list;
}

static void first(struct told *told, size_t count)
{
        tell(told);
        told->terms.n_terms = told->terms.n_assignments = count;
}

static struct demand demand_of(const struct told *told)
{
        return (struct demand){&told->terms, NULL, hours_of_hundredths(OPENING), day_of_number(100)};
}

static int64_t demanded(const struct told *told)
{
        struct demand demand = demand_of(told);
        return hours_hundredths(terms_demanded(&demand));
}

static void the_latest_day_holds_then_the_last_one_told(void **state)
{
        struct told told;
        (void)state;
        first(&told, 0);
        assert_int_equal(demanded(&told), OPENING);
        first(&told, 1);
        assert_int_equal(demanded(&told), 100);
        first(&told, 2); /* of an earlier day, told later */
        assert_int_equal(demanded(&told), 100);
        first(&told, 3);
        assert_int_equal(demanded(&told), 300);
}

static void without_one_of_them(void **state)
{
        struct told told;
        (void)state;
        first(&told, 2);
        struct demand demand = demand_of(&told);
        assert_int_equal(hours_hundredths(terms_demanded_without(&demand, 1)), 200);
        assert_int_equal(hours_hundredths(terms_demanded_without(&demand, 2)), 100);
}

static void what_an_older_one_comes_after(void **state)
{
        struct told told;
        (void)state;
        first(&told, 2);
        struct demand demand = demand_of(&told);
        assert_int_equal(hours_hundredths(terms_demanded_before(&demand, day_of_number(5))), OPENING);
        assert_int_equal(hours_hundredths(terms_demanded_before(&demand, day_of_number(15))), 200);
        assert_false(terms_is_latest(&told.terms, day_of_number(15)));
        assert_true(terms_is_latest(&told.terms, day_of_number(20)));
}

static void who_took_over_last(void **state)
{
        struct told told;
        (void)state;
        first(&told, 2);
        assert_null(terms_assigned(&told.terms, day_of_number(9), 0));
        assert_ptr_equal(terms_assigned(&told.terms, day_of_number(15), 0), &told.one[1]);
        assert_ptr_equal(terms_assigned(&told.terms, day_of_number(INT32_MAX), 0), &told.one[0]);
        assert_ptr_equal(terms_assigned(&told.terms, day_of_number(INT32_MAX), 1), &told.one[1]);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_latest_day_holds_then_the_last_one_told),
                cmocka_unit_test(without_one_of_them),
                cmocka_unit_test(what_an_older_one_comes_after),
                cmocka_unit_test(who_took_over_last),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
