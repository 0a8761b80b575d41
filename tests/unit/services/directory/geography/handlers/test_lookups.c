#include "tests/unit/services/directory/fixture.h"

#include "services/directory/hooks.h"
#include "tests/unit/services/directory/geography/communes_file.h"

static char path[32];

static int setup_with_communes(void **state)
{
        static struct directory_config config;
        communes_file_write(FEW_COMMUNES, path);
        config = (struct directory_config){.rules = "", .communes = path};
        return fixture_open(state, &directory_spec, &config);
}

static int close_with_communes(void **state)
{
        (void)unlink(path);
        return fixture_close(state);
}

static void test_communes_by_words(void **state)
{
        struct fixture *f = *state;
        Directory__CommunesRequest query = DIRECTORY__COMMUNES_REQUEST__INIT;
        query.words = (char *)"toulouse";
        const Directory__CommunesReply *reply = fixture_get(f, operator_of(f), "Communes", &query);
        assert_int_equal(reply->n_communes, 1);
        assert_string_equal(reply->communes[0]->code, "31555");
        assert_string_equal(reply->communes[0]->asked_code, "");
        assert_int_equal(reply->communes[0]->n_postcodes, 3);
        assert_string_equal(reply->communes[0]->postcodes[1], "31100");
        assert_string_equal(reply->version, "6.0.0");
        query.words = (char *)"31";
        query.limit = 1;
        reply = fixture_get(f, operator_of(f), "Communes", &query);
        assert_int_equal(reply->n_communes, 1);
        assert_true(reply->more);
}

static void test_communes_by_codes(void **state)
{
        struct fixture *f = *state;
        char *codes[] = {(char *)"01039", (char *)"99999", (char *)"31483"};
        Directory__CommunesRequest query = DIRECTORY__COMMUNES_REQUEST__INIT;
        query.codes = codes;
        query.n_codes = ARRAY_SIZE(codes);
        const Directory__CommunesReply *reply = fixture_get(f, operator_of(f), "Communes", &query);
        assert_int_equal(reply->n_communes, 2);
        assert_string_equal(reply->communes[0]->code, "01138");
        assert_string_equal(reply->communes[0]->asked_code, "01039");
        assert_string_equal(reply->communes[1]->name, "Saint-Gaudens");
}

static void test_without_a_table(void **state)
{
        struct fixture *f = *state;
        Directory__CommunesRequest query = DIRECTORY__COMMUNES_REQUEST__INIT;
        (void)fixture_refused(f, operator_of(f), "Communes", &query, TYPES__REFUSAL_CODE__UNAVAILABLE);
}

static void test_trades(void **state)
{
        struct fixture *f = *state;
        char *codes[] = {(char *)"F1703", (char *)"Z0000"};
        Directory__TradesRequest query = DIRECTORY__TRADES_REQUEST__INIT;
        query.words = (char *)"espaces verts";
        const Directory__TradesReply *reply = fixture_get(f, operator_of(f), "Trades", &query);
        assert_string_equal(reply->trades[0]->code, "A1203");
        assert_true(reply->version[0] != '\0' && reply->source[0] != '\0');
        query.codes = codes;
        query.n_codes = ARRAY_SIZE(codes);
        reply = fixture_get(f, operator_of(f), "Trades", &query);
        assert_int_equal(reply->n_trades, 1);
        assert_string_equal(reply->trades[0]->label, "Maçonnerie");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_communes_by_words, setup_with_communes, close_with_communes),
                cmocka_unit_test_setup_teardown(test_communes_by_codes, setup_with_communes, close_with_communes),
                cmocka_unit_test_setup_teardown(test_without_a_table, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_trades, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
