#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/notifications/view.h"

static void test_posting(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        Notifications__PostingRow row = NOTIFICATIONS__POSTING_ROW__INIT;
        row.title = (char *)"Titre";
        row.first_organisation_name = (char *)"Cap emploi";
        row.recipients = 1;
        assert_string_equal(view_of_posting(&row, &arena)->organisation_name, "Cap emploi");
        assert_int_equal(view_of_posting(&row, &arena)->delivery, NOTIFICATIONS__DELIVERY_STATE__DELIVERY_NONE);
        row.recipients = 12;
        row.sent = 3;
        assert_string_equal(view_of_posting(&row, &arena)->organisation_name, "12 organisations");
        assert_int_equal(view_of_posting(&row, &arena)->delivery, NOTIFICATIONS__DELIVERY_STATE__SENT);
        row.queued = 8;
        assert_int_equal(view_of_posting(&row, &arena)->delivery, NOTIFICATIONS__DELIVERY_STATE__QUEUED);
        row.failed = 1;
        assert_int_equal(view_of_posting(&row, &arena)->delivery, NOTIFICATIONS__DELIVERY_STATE__FAILED);
}

static void test_notice(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct id id = {{7}};
        Notifications__PostingRow posting = NOTIFICATIONS__POSTING_ROW__INIT;
        Notifications__NoticeRow row = NOTIFICATIONS__NOTICE_ROW__INIT;
        posting.text = (char *)"Texte";
        row.read = true;
        row.email = (char *)"a@exemple.fr";
        const Notifications__NoticeView *view = view_of_notice(id, &row, &posting, &arena);
        assert_string_equal(view->text, "Texte");
        assert_true(view->read);
        assert_memory_equal(view->notice_id->value.data, id.b, sizeof(id.b));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_posting),
                cmocka_unit_test(test_notice),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
