/* Whose files are read: those of the roles that may give some daemon a list. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/gateway/front/api_table.h"
#include "types.pb-c.h"

static void who_may_give_a_list_may_have_it_read(void **state)
{
        (void)state;
        uint32_t roles = api_table_roles();
        assert_true((roles & 1u << TYPES__ROLE__FACILITATOR) != 0);
        assert_true((roles & 1u << TYPES__ROLE__COMPANY) != 0);
        assert_false((roles & 1u << TYPES__ROLE__AUDITOR) != 0);
        assert_false((roles & 1u << TYPES__ROLE__ROLE_NONE) != 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(who_may_give_a_list_may_have_it_read)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
