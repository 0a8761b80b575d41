/* The whole life of a contract, as deploy/demo/contract_life.json tells it, through the real daemons and guichetctl:
 * what happened is all in the history that `guichetctl contract history` prints, in French, event after event. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/codec/catalogue.h"
#include "tests/lib/dialogue.h"

enum { OUTPUT_SIZE = 64 * 1024 };

static struct network *network;
static char contract[64];

static int start(void **state)
{
        static const struct network_part parts[] = {
                {"contracts", "contracts", ""},
                {"directory", "directory", ""},
        };
        (void)state;
        network = network_start(parts, 2);
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

static void test_the_story_is_played(void **state)
{
        (void)state;
        const char *output = guichetctl("play deploy/demo/contract_life.json");
        const char *told = strstr(output, "guichetctl contract history ");
        assert_non_null(told);
        assert_int_equal(sscanf(told, "guichetctl contract history %63s", contract), 1);
}

/* Every kind of event that a contract can meet here is in this life. */
static void test_every_event_is_told(void **state)
{
        const ProtobufCMessageDescriptor *events = catalogue_find("contracts")->event;
        char command[128];
        (void)state;
        say_as(network, "COORDINATOR", NULL, "*");
        const json_t *history =
                say("contracts.ContractHistory", "{'contractId': '%s', 'page': {'limit': 500}}", contract);
        (void)snprintf(command, sizeof(command), "contract history %s", contract);
        const char *printed = guichetctl(command);
        size_t count = said_count(history, "lines");
        assert_true(count > 0);
        for (size_t i = 0; i < count; i++) {
                char path[64];
                (void)snprintf(path, sizeof(path), "lines.%zu.text", i);
                if (strstr(printed, said_text(history, path)) == NULL)
                        fail_msg("not printed: %s", said_text(history, path));
        }
        for (unsigned i = 0; i < events->n_fields; i++) {
                const ProtobufCMessageDescriptor *body = events->fields[i].descriptor;
                if (protobuf_c_message_descriptor_get_field_by_name(body, "contract_id") != NULL &&
                    !said_anywhere(history, body->short_name))
                        print_message("this life has no %s\n", body->short_name);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_story_is_played),
                cmocka_unit_test(test_every_event_is_told),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
