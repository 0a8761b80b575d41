/* Who accompanies a person on a day: by the first day of each naming, not by the order in which they were told. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "services/tracking/placements/naming.h"

enum { ROWS = 4 };

static Tracking__NamingRow rows[ROWS];
static Tracking__NamingRow *told[ROWS];
static Types__Day days[ROWS], amended;
static uint8_t sealed = 1;
static Tracking__PlacementFile file;

/* The n-th that was told, of that day. */
static void tell(size_t n, Tracking__Professional professional, int32_t since)
{
        days[n] = (Types__Day)TYPES__DAY__INIT;
        days[n].days = since;
        rows[n] = (Tracking__NamingRow)TRACKING__NAMING_ROW__INIT;
        rows[n].professional = professional;
        rows[n].since = &days[n];
        rows[n].sealed = (ProtobufCBinaryData){1, &sealed};
        rows[n].version = 10 + n;
        told[n] = &rows[n];
        file.n_namings = n + 1;
}

static int begin(void **state)
{
        (void)state;
        file = (Tracking__PlacementFile)TRACKING__PLACEMENT_FILE__INIT;
        file.namings = told;
        return 0;
}

static const Tracking__NamingRow *tutor_on(int32_t day)
{
        return naming_on(&file, TRACKING__PROFESSIONAL__AS_TUTOR, day_of_number(day));
}

static void test_by_its_first_day(void **state)
{
        (void)state;
        assert_null(tutor_on(100));
        tell(0, TRACKING__PROFESSIONAL__AS_TUTOR, 50);
        tell(1, TRACKING__PROFESSIONAL__AS_TUTOR, 20);
        tell(2, TRACKING__PROFESSIONAL__AS_REFERENT, 60);
        tell(3, TRACKING__PROFESSIONAL__AS_TUTOR, 50);
        assert_null(tutor_on(19));
        assert_ptr_equal(tutor_on(20), &rows[1]);
        assert_ptr_equal(tutor_on(49), &rows[1]);
        assert_ptr_equal(tutor_on(50), &rows[3]); /* of one day, what was told last */
        rows[3].sealed.len = 0;                   /* withdrawn */
        assert_ptr_equal(tutor_on(1000), &rows[0]);
        assert_ptr_equal(naming_on(&file, TRACKING__PROFESSIONAL__AS_REFERENT, day_of_number(60)), &rows[2]);
}

static void test_beside_an_amendment(void **state)
{
        (void)state;
        amended = (Types__Day)TYPES__DAY__INIT;
        amended.days = 50;
        file.contacts_since = &amended;
        file.contacts_version = 10;
        tell(0, TRACKING__PROFESSIONAL__AS_TUTOR, 49);
        assert_null(tutor_on(49));
        assert_null(tutor_on(60));
        tell(1, TRACKING__PROFESSIONAL__AS_TUTOR, 50); /* told after the amendment */
        assert_ptr_equal(tutor_on(60), &rows[1]);
        file.contacts_version = 12;
        assert_null(tutor_on(60));
}

static void test_found_by_its_id(void **state)
{
        uint8_t bytes[sizeof(struct id)] = {7};
        Types__Id id = TYPES__ID__INIT;
        (void)state;
        tell(0, TRACKING__PROFESSIONAL__AS_TUTOR, 1);
        id.value = (ProtobufCBinaryData){sizeof(bytes), bytes};
        rows[0].naming_id = &id;
        assert_ptr_equal(naming_find(&file, (struct id){{7}}), &rows[0]);
        assert_null(naming_find(&file, (struct id){{8}}));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup(test_by_its_first_day, begin),
                cmocka_unit_test_setup(test_beside_an_amendment, begin),
                cmocka_unit_test_setup(test_found_by_its_id, begin),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
