/* The lives of contracts, as the stories of deploy/demo/stories tell them, through the real daemons and guichetctl:
 * what happened is all in the history that `guichetctl contract history` prints, in French, event after event; and
 * there is no kind of event that a contract can meet which no story tells. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/codec/catalogue.h"
#include "tests/lib/dialogue.h"

enum { OUTPUT_SIZE = 256 * 1024, STORIES_MAX = 16, CONTRACT_TEXT_SIZE = 64 };

static struct network *network;
static char contracts[STORIES_MAX][CONTRACT_TEXT_SIZE];
static size_t contract_count;

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"contracts", "contracts", ""},
                {"directory", "directory", ""},
                {"tracking", "tracking", "\"partition\":1,"},
                {"notifications", "notifications", ""},
        };
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dialogue_end();
        network_stop(&network);
        return 0;
}

/* What the program prints; it must succeed. */
static const char *guichetctl(const char *words)
{
        static char output[OUTPUT_SIZE];
        char command[1024];
        (void)snprintf(command, sizeof(command), "%s/guichetctl %s --dir %s 2>&1", getenv("GUICHET_BIN"), words,
                       network_directory(network));
        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        size_t size = fread(output, 1, sizeof(output) - 1, pipe);
        output[size] = '\0';
        int status = pclose(pipe);
        if (status != 0)
                fail_msg("%s:\n%s", command, output);
        return output;
}

static void test_the_stories_are_played(void **state)
{
        glob_t found;
        (void)state;
        assert_int_equal(glob("deploy/demo/stories/*.json", 0, NULL, &found), 0);
        for (size_t i = 0; i < found.gl_pathc; i++) {
                char words[256];
                (void)snprintf(words, sizeof(words), "play %s", found.gl_pathv[i]);
                const char *told = strstr(guichetctl(words), "guichetctl contract history ");
                assert_non_null(told);
                assert_true(contract_count < STORIES_MAX);
                assert_int_equal(sscanf(told, "guichetctl contract history %63s", contracts[contract_count++]), 1);
        }
        globfree(&found);
        assert_true(contract_count >= 4);
}

static const json_t *history_of(const char *contract)
{
        say_as(network, "COORDINATOR", NULL, "*");
        return say("contracts.ContractHistory", "{'contractId': '%s', 'page': {'limit': 500}}", contract);
}

static void test_what_is_printed_is_the_history(void **state)
{
        (void)state;
        for (size_t n = 0; n < contract_count; n++) {
                char words[2 * CONTRACT_TEXT_SIZE], path[64];
                const json_t *history = history_of(contracts[n]);
                (void)snprintf(words, sizeof(words), "contract history %.*s", CONTRACT_TEXT_SIZE - 1, contracts[n]);
                const char *printed = guichetctl(words);
                assert_true(said_count(history, "lines") > 0);
                for (size_t i = 0; i < said_count(history, "lines"); i++) {
                        (void)snprintf(path, sizeof(path), "lines.%zu.text", i);
                        if (strstr(printed, said_text(history, path)) == NULL)
                                fail_msg("not printed: %s", said_text(history, path));
                }
        }
}

static bool is_told(const char *event)
{
        bool told = false;
        char quoted[128];
        (void)snprintf(quoted, sizeof(quoted), "\"%s\"", event);
        for (size_t n = 0; n < contract_count && !told; n++)
                told = said_anywhere(history_of(contracts[n]), quoted);
        return told;
}

/* What a story of one day cannot have, and which test tells it instead. */
static bool is_told_elsewhere(const char *event)
{
        static const char *const names[] = {
                "LedgerPosted",      /* follows from tracking: test_tracking.c */
                "TakenOverReplaced", /* the same: test_take_over_hours.c */
                /* the ladder takes weeks: test_contracts_control.c lives them */
                "BuyerWarned",
                "FormalNoticeDrafted",
                "FormalNoticeServed",
                "ObservationsReceived",
                "PenaltyProposed",
                "CaseDecided",
        };
        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                if (strcmp(names[i], event) == 0)
                        return true;
        return false;
}

static void test_every_event_is_told(void **state)
{
        const ProtobufCMessageDescriptor *events = catalogue_find("contracts")->event;
        size_t missing = 0;
        (void)state;
        for (unsigned i = 0; i < events->n_fields; i++) {
                const ProtobufCMessageDescriptor *body = events->fields[i].descriptor;
                bool is_a_contracts = protobuf_c_message_descriptor_get_field_by_name(body, "contract_id") != NULL;
                if (!is_a_contracts || is_told_elsewhere(body->short_name) || is_told(body->short_name))
                        continue;
                print_error("no story has %s\n", body->short_name);
                missing++;
        }
        assert_int_equal(missing, 0);
}

static void test_the_balance_is_printed(void **state)
{
        size_t printed = 0;
        (void)state;
        for (size_t n = 0; n < contract_count; n++) {
                char words[2 * CONTRACT_TEXT_SIZE];
                if (!said_anywhere(history_of(contracts[n]), "\"CaseOpened\""))
                        continue;
                (void)snprintf(words, sizeof(words), "contract statement %.*s", CONTRACT_TEXT_SIZE - 1, contracts[n]);
                const char *balance = guichetctl(words);
                assert_non_null(strstr(balance, "bilan de la clause sociale d'insertion"));
                assert_non_null(strstr(balance, "  - Dossier de contrôle du "));
                printed++;
        }
        assert_true(printed > 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_stories_are_played),
                cmocka_unit_test(test_what_is_printed_is_the_history),
                cmocka_unit_test(test_every_event_is_told),
                cmocka_unit_test(test_the_balance_is_printed),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
