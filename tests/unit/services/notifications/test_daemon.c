/* The daemon's context: made, asked, unmade; with and without a mail server. */
#include "tests/unit/services/notifications/fixture.h"

#include "services/notifications/daemon.h"

static void test_with_mail(void **state)
{
        struct fixture *f = *state;
        char text[4096];
        assert_true(daemon_sends_mail(engine_context(f->engine)));
        size_t size = daemon_metrics(engine_context(f->engine), text, sizeof(text));
        assert_int_equal(size, strlen(text));
        assert_non_null(strstr(text, "guichet_mails_sent_total{instance=\"\"} 0\n"));
}

static void test_without_mail(void **state)
{
        struct fixture *f = *state;
        char text[16];
        assert_false(daemon_sends_mail(engine_context(f->engine)));
        assert_int_equal(daemon_metrics(engine_context(f->engine), text, sizeof(text)), 0);
}

static void test_bad_settings_do_not_start(void **state)
{
        (void)state;
        struct notifications_config config = {"smtp://x", "", "", "", "try", "", ""};
        struct err_info info = {0};
        void *context = NULL;
        assert_int_equal(daemon_start(NULL, &config, &context, &info), ERR_CONFIG);
        assert_null(context);
        assert_true(info.text[0] != '\0');
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_with_mail, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_without_mail, setup_without_mail, fixture_close),
                cmocka_unit_test(test_bad_settings_do_not_start),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
