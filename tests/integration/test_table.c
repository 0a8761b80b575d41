/* Files given to the gateway by real accounts, read by real children; and by one that does what a broken one would. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/limits.h"
#include "tests/lib/visitor.h"
#include "tests/lib/workbook.h"

enum { HOLDERS = 5, TIMEOUT_MS = 30000 };

static struct network *network;
static char tokens[HOLDERS][VISITOR_TOKEN_SIZE], auditor[VISITOR_TOKEN_SIZE];
static char reader[64]; /* the program that the gateway starts */

/* It does what the first word of the file says, and reads the file as it should where that is no word of these. */
static const char script[] =
        "#!/bin/bash\n"
        "read -r -N 12 word; word=${word%%%% *}\n"
        "case $word in\n"
        "DIE) kill -9 $$ ;;\n"
        "NONSENSE) echo bonjour ;;\n"
        "HALF) printf '{\"table\":{\"encoding\":\"UTF-8\",\"rows\":[' ;;\n"
        "FLOOD) yes '{\"table\":{\"encoding\":' ;;\n"
        "SLEEP) sleep 600 ;;\n"
        "LOOK) printf '{\"table\":{\"encoding\":\"%%s|%%s\"}}\\n' \"$(env -u PWD -u SHLVL -u _ |\n"
        "        sort | tr '\\n' ' ')\" \"$(ls -l /proc/$$/fd | sed -n 's/.* -> //p' | tr '\\n' ' ')\" ;;\n"
        "*) exec %s/guichet-table </proc/self/fd/0 ;;\n"
        "esac\n";

static int start(void **state)
{
        char settings[256];
        (void)state;
        (void)snprintf(reader, sizeof(reader), "/tmp/guichet-reader-%d", (int)getpid());
        FILE *out = fopen(reader, "we");
        assert_non_null(out);
        (void)fprintf(out, script, getenv("GUICHET_BIN"));
        assert_int_equal(fclose(out), 0);
        assert_int_equal(chmod(reader, 0700), 0);
        (void)snprintf(settings, sizeof(settings),
                       "\"settings\":{\"web\":\"tests/integration/web\",\"table\":\"%s\",\"table_timeout_ms\":%d},",
                       reader, TIMEOUT_MS);
        const struct network_part parts[] = {{"gateway-1", "gateway", settings}};
        network = network_start(parts, ARRAY_SIZE(parts));
        for (int i = 0; i < HOLDERS; i++) {
                char name[32];
                (void)snprintf(name, sizeof(name), "facilitatrice-%d", i);
                visitor_create(network, &(struct visitor_account){name, TYPES__ROLE__FACILITATOR, "31", false},
                               tokens[i]);
        }
        visitor_create(network, &(struct visitor_account){"auditrice", TYPES__ROLE__AUDITOR, "*", false}, auditor);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        return unlink(reader);
}

static uint16_t port(void)
{
        return network_http_port(network, "gateway-1");
}

/* The head of a request with so many bytes of a file, and those that are there. */
static int open_request(const char *token, size_t announced, const char *bytes, size_t size)
{
        char head[512];
        int fd = visitor_open(port());
        int length = snprintf(head, sizeof(head),
                              "POST /v1/table HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n"
                              "Content-Length: %zu\r\n\r\n",
                              token, announced);
        assert_true(visitor_send(fd, head, (size_t)length));
        (void)visitor_send(fd, bytes, size);
        return fd;
}

static struct visited give(const char *token, const char *bytes, size_t size)
{
        return visitor_receive(open_request(token, size, bytes, size));
}

static struct visited give_file(const char *path)
{
        static char bytes[LIMIT_TABLE_BYTES];
        FILE *in = fopen(path, "re");
        assert_non_null(in);
        size_t size = fread(bytes, 1, sizeof(bytes), in);
        assert_int_equal(fclose(in), 0);
        return give(tokens[0], bytes, size);
}

static const char *cell(const struct visited *answer, size_t row, size_t column)
{
        const json_t *rows = json_object_get(json_object_get(answer->json, "table"), "rows");
        const char *text =
                json_string_value(json_array_get(json_object_get(json_array_get(rows, row), "cells"), column));
        if (answer->status != 200 || text == NULL)
                fail_msg("%d: %s", answer->status, answer->text);
        return text;
}

static void assert_refused(const struct visited *answer, int status, const char *text)
{
        const char *said = visited_text(answer, NULL, "detail");
        if (answer->status != status || said == NULL || strstr(said, text) == NULL)
                fail_msg("not %d with \"%s\": %s", status, text, answer->text);
}

static void assert_serves(void)
{
        static const char list[] = "Placement;Mois;Heures\nA-1;11/2026;12\n";
        scoped(visited_fini) struct visited answer = give(tokens[0], list, sizeof(list) - 1);
        assert_string_equal(cell(&answer, 1, 0), "A-1");
}

/* ---- lists */

static void a_list_as_csv(void **state)
{
        static const char list[] = "Relev\xe9;;\nPlacement;Mois;Heures\nA-1;ao\xfbt 2026;\"12,5\"\n";
        (void)state;
        scoped(visited_fini) struct visited answer = give(tokens[0], list, sizeof(list) - 1);
        assert_string_equal(cell(&answer, 0, 0), "Relevé");
        assert_string_equal(cell(&answer, 2, 1), "août 2026");
        assert_string_equal(visited_text(&answer, "table", "encoding"), "Windows-1252");
        assert_string_equal(visited_text(&answer, "table", "separator"), ";");
        const json_t *table = json_object_get(answer.json, "table");
        assert_int_equal(json_integer_value(json_object_get(table, "header")), 2);
        assert_non_null(strstr(answer.text, "Cache-Control: no-store"));
        assert_serves();
}

static void a_list_as_a_workbook(void **state)
{
        static const char path[] = "/tmp/guichet-test-table.xlsx";
        (void)state;
        (void)unlink(path);
        workbook_make(path, "Placement|Mois|Heures\nA-1|11/2026|12,5", 0);
        scoped(visited_fini) struct visited answer = give_file(path);
        assert_string_equal(cell(&answer, 1, 2), "12,5");
        assert_int_equal(unlink(path), 0);
}

static void no_list(void **state)
{
        static const char pdf[] = "%PDF-1.4 et le reste", archive[] = "PK\x03\x04 et le reste",
                          quote[] = "a;\"b\nc;d\n";
        (void)state;
        scoped(visited_fini) struct visited printed = give(tokens[0], pdf, sizeof(pdf) - 1);
        assert_refused(&printed, 400, "c'est un PDF");
        scoped(visited_fini) struct visited packed = give(tokens[0], archive, sizeof(archive) - 1);
        assert_refused(&packed, 400, "xlsx2csv ne peut pas lire ce classeur");
        scoped(visited_fini) struct visited open_quote = give(tokens[0], quote, sizeof(quote) - 1);
        assert_refused(&open_quote, 400, "guillemet");
        scoped(visited_fini) struct visited blank = give(tokens[0], "\n\n \n", 4);
        assert_refused(&blank, 400, "aucune ligne");
        scoped(visited_fini) struct visited empty = give(tokens[0], "", 0);
        assert_refused(&empty, 400, "vide");
}

/* 1 GiB of blanks in 1 MiB. */
static void a_bomb(void **state)
{
        static const char path[] = "/tmp/guichet-test-bomb.xlsx";
        (void)state;
        (void)unlink(path);
        workbook_make(path, "Placement|Mois|Heures", (size_t)1 << 30);
        scoped(visited_fini) struct visited answer = give_file(path);
        assert_int_equal(answer.status, 400);
        assert_non_null(visited_text(&answer, NULL, "detail"));
        assert_int_equal(unlink(path), 0);
        assert_serves();
}

/* ---- who, and how much */

static void strangers_and_other_roles(void **state)
{
        (void)state;
        /* before a byte of the file came */
        scoped(visited_fini) struct visited nobody = visitor_receive(open_request("x", 1000000, "", 0));
        assert_int_equal(nobody.status, 401);
        scoped(visited_fini) struct visited other = visitor_receive(open_request(auditor, 1000000, "", 0));
        assert_refused(&other, 403, "demandez à votre facilitateur");
        scoped(visited_fini) struct visited get =
                visitor_ask(port(), &(struct visitor_request){"GET", "/v1/table", tokens[0], NULL, NULL});
        assert_int_equal(get.status, 405);
}

static void too_large(void **state)
{
        char *bytes = malloc(LIMIT_TABLE_BYTES);
        (void)state;
        scoped(visited_fini) struct visited larger =
                visitor_receive(open_request(tokens[0], LIMIT_TABLE_BYTES + 1, "", 0));
        assert_refused(&larger, 413, "4 Mio");
        memset(bytes, 'a', LIMIT_TABLE_BYTES);
        for (size_t i = 63; i < LIMIT_TABLE_BYTES; i += 64)
                bytes[i] = '\n';
        scoped(visited_fini) struct visited many = give(tokens[0], bytes, LIMIT_TABLE_BYTES);
        assert_refused(&many, 400, "lignes");
        free(bytes);
        /* the bound of all others stands */
        static const char other[] = "POST /v1/tables HTTP/1.1\r\nHost: x\r\nContent-Length: 262145\r\n\r\n";
        scoped(visited_fini) struct visited command = visitor_send_raw(port(), other, sizeof(other) - 1);
        assert_int_equal(command.status, 413);
        assert_serves();
}

/* Asks until the answer is the one that is waited for: what was sent before is on its way. */
static void wait_for(const char *token, int status, const char *text)
{
        static const char list[] = "Placement;Mois;Heures\n";
        for (int i = 0; i < 300; i++) {
                scoped(visited_fini) struct visited answer = give(token, list, sizeof(list) - 1);
                if (answer.status == status) {
                        if (text != NULL)
                                assert_refused(&answer, status, text);
                        return;
                }
                (void)nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        }
        fail_msg("never %d", status);
}

static void one_of_an_account_and_four_in_all(void **state)
{
        int held[HOLDERS - 1];
        (void)state;
        for (int i = 0; i < HOLDERS - 1; i++)
                held[i] = open_request(tokens[i], 1000, "Placement", 9);
        wait_for(tokens[0], 429, "attendez");
        wait_for(tokens[HOLDERS - 1], 503, "réessayez");
        assert_int_equal(close(held[0]), 0); /* who leaves gives the place back */
        wait_for(tokens[HOLDERS - 1], 200, NULL);
        wait_for(tokens[1], 429, "attendez");
        for (int i = 1; i < HOLDERS - 1; i++)
                assert_int_equal(close(held[i]), 0);
        wait_for(tokens[1], 200, NULL);
}

/* ---- a child that breaks */

static void a_child_that_breaks(void **state)
{
        static const struct {
                const char *file;
                const char *text;
        } cases[] = {
                {"DIE         ", "enregistrez la liste en CSV"},      {"NONSENSE    ", "enregistrez la liste en CSV"},
                {"HALF        ", "enregistrez la liste en CSV"},      {"FLOOD       ", "enregistrez la liste en CSV"},
                {"SLEEP       ", "Ce fichier demande trop de temps"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                scoped(visited_fini) struct visited answer = give(tokens[0], cases[i].file, strlen(cases[i].file));
                assert_refused(&answer, 400, cases[i].text);
                assert_serves();
        }
}

static void a_child_gets_nothing_but_the_file(void **state)
{
        (void)state;
        assert_int_equal(setenv("GUICHET_TEST_SECRET", "x", 1), 0);
        network_kill(network, "gateway-1", 15);
        network_restart(network, "gateway-1"); /* with the secret among its own */
        scoped(visited_fini) struct visited answer = give(tokens[0], "LOOK        ", 12);
        const char *seen = visited_text(&answer, "table", "encoding");
        assert_non_null(seen);
        char *environment = strdup(seen), *files = strchr(environment, '|');
        *files++ = '\0';
        assert_string_equal(environment, "LC_ALL=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin ");
        /* "/memfd:given (deleted)" is two words */
        for (char *rest = files, *file; (file = strsep(&rest, " ")) != NULL;)
                if (file[0] != '\0' && strstr(file, "/memfd:given") == NULL && strstr(file, "pipe:") == NULL &&
                    strstr(file, "socket:") == NULL && strcmp(file, "(deleted)") != 0 &&
                    strcmp(file, "/dev/null") != 0 && strcmp(file, reader) != 0)
                        fail_msg("%s", file);
        free(environment);
        assert_int_equal(unsetenv("GUICHET_TEST_SECRET"), 0);
}

/* The last: network_stop() wants the gateway to end well, with a child that runs. */
static void a_gateway_that_stops_meanwhile(void **state)
{
        (void)state;
        int fd = open_request(tokens[0], 12, "SLEEP       ", 12);
        wait_for(tokens[0], 429, "attendez");
        network_kill(network, "gateway-1", 15);
        scoped(visited_fini) struct visited answer = visitor_receive(fd);
        assert_int_equal(answer.status, 503);
        network_restart(network, "gateway-1");
        assert_serves();
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_list_as_csv),
                cmocka_unit_test(a_list_as_a_workbook),
                cmocka_unit_test(no_list),
                cmocka_unit_test(a_bomb),
                cmocka_unit_test(strangers_and_other_roles),
                cmocka_unit_test(too_large),
                cmocka_unit_test(one_of_an_account_and_four_in_all),
                cmocka_unit_test(a_child_that_breaks),
                cmocka_unit_test(a_child_gets_nothing_but_the_file),
                cmocka_unit_test(a_gateway_that_stops_meanwhile),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
