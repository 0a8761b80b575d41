/* The dated files of the room as delivered, and what they must not leave out. */
#include "tests/lib/engine_fixture.h"

#include "common/codec/json.h"
#include "contracts/programming.pb-c.h"
#include "texts.pb-c.h"
#include "services/contracts/programming/programming_rules.h"

enum { FILES = 5 };

static const struct {
        const char *name;
        const ProtobufCMessageDescriptor *type;
} files[FILES] = {
        {"social_duty", &contracts__social_duty__descriptor},
        {"eu_thresholds", &contracts__eu_thresholds__descriptor},
        {"levers", &contracts__lever_rules__descriptor},
        {"programme_words", &contracts__programme_words__descriptor},
        {"programming_texts", &texts__text_library__descriptor},
};

/* The delivered files, one of them replaced by `json` (NULL: none). */
static int check(const char *name, const char *json, struct err_info *info)
{
        struct dated dated[FILES] = {0};
        struct arena arena = {0};
        for (size_t i = 0; i < FILES; i++) {
                struct err_info loading = {0};
                if (dated_load("deploy/rules", files[i].name, files[i].type, &dated[i], &loading) != 0)
                        fail_msg("%s", loading.text);
                if (name == NULL || strcmp(name, files[i].name) != 0)
                        continue;
                struct refusal refusal;
                ProtobufCMessage *root = NULL;
                json_t *tree = NULL;
                if (!json_of_text(slice_of_text(json), &tree, &refusal) ||
                    !json_to_message(tree, files[i].type, &arena, &root, &refusal))
                        fail_msg("%s: %s", refusal.field, refusal.text);
                json_decref(tree);
                dated[i].root = root;
        }
        const struct programming_rules rules = {&dated[0], &dated[1], &dated[2], &dated[3], &dated[4]};
        int err = programming_rules_check(&rules, info);
        for (size_t i = 0; i < FILES; i++)
                dated_fini(&dated[i]);
        arena_fini(&arena);
        return err;
}

static void test_what_is_delivered(void **state)
{
        struct err_info info = {0};
        (void)state;
        if (check(NULL, NULL, &info) != 0)
                fail_msg("%s", info.text);
}

#define ARTICLES      "\"article_market\": \"a\", \"article_concession\": \"b\""
#define ESTIMATE      "\"estimate\": {\"insertion_rate\": \"0.05\", \"hourly_cost\": \"25.00\"}"
#define LEVERS(facts) "{\"versions\": [{\"version\": \"v\", " ESTIMATE ", \"facts\": [" facts "]}]}"

static void test_what_must_not_be_left_out(void **state)
{
        static const struct {
                const char *file, *json, *what;
        } vectors[] = {
                {"social_duty", "{\"versions\": [{\"version\": \"v\"}]}", "article_market"},
                {"social_duty", "{\"versions\": [{\"version\": \"v\", \"in_force\": true, " ARTICLES "}]}",
                 "without grounds"},
                {"social_duty",
                 "{\"versions\": [{\"version\": \"v\", " ARTICLES ", \"grounds\": [{\"code\": \"X\"}]}]}", "label"},
                {"eu_thresholds", "{\"versions\": [{\"version\": \"v\"}]}", "thresholds"},
                {"eu_thresholds", "{\"versions\": [{\"version\": \"v\", \"thresholds\": [{\"kind\": \"MARKET\"}]}]}",
                 "amount"},
                {"levers", "{\"versions\": [{\"version\": \"v\"}]}", "estimate"},
                {"levers", LEVERS("{\"label\": \"x\"}"), "fact and label"},
                {"levers", LEVERS("{\"fact\": \"FACT_AMOUNT\", \"label\": \"x\"}"), "ascend"},
                {"levers",
                 LEVERS("{\"fact\": \"FACT_AMOUNT\", \"label\": \"x\", \"bands\": [{\"from\": 5}, {\"from\": 5}]}"),
                 "ascend"},
                {"levers",
                 LEVERS("{\"fact\": \"FACT_AMOUNT\", \"label\": \"x\", \"bands\": [{\"effects\": [{\"text\": "
                        "\"y\"}]}]}"),
                 "lever and text"},
                {"programme_words", "{\"versions\": [{\"version\": \"v\"}]}", "title"},
                {"programming_texts", "{\"versions\": [{\"version\": \"v\"}]}", "note_mandatory"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                struct err_info info = {0};
                assert_int_equal(check(vectors[i].file, vectors[i].json, &info), ERR_CONFIG);
                if (strstr(info.text, vectors[i].what) == NULL || strstr(info.text, vectors[i].file) == NULL)
                        fail_msg("%zu: %s", i, info.text);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_is_delivered),
                cmocka_unit_test(test_what_must_not_be_left_out),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
