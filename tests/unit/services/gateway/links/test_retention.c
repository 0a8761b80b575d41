/* How long files are kept, and with whom they are shared: as the rule of that day says. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "services/gateway/links/retention.h"

static void of_the_projects_rule(void **state)
{
        struct arena arena = {0};
        struct retention retention;
        (void)state;
        retention_load("deploy/rules", "2026-12-01", &arena, &retention);
        assert_int_equal(retention.months, 24);
        assert_int_equal(retention.contract_months, 60);
        assert_true(retention.sharing_count >= 5);
        assert_non_null(strstr(retention.sharings[0].recipient, "prescripteur"));
        assert_non_null(strstr(retention.sharings[0].basis, "RGPD"));
        retention_load("deploy/rules", "2018-05-24", &arena, &retention); /* before any */
        assert_int_equal(retention.months, 0);
        assert_int_equal(retention.sharing_count, 0);
        retention_load("/nowhere", "2026-12-01", &arena, &retention);
        assert_int_equal(retention.months, 0);
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(of_the_projects_rule)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
