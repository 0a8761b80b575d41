/* Documents over HTTP: each of them as text, HTML, tagged PDF and OpenDocument, judged by tools that others wrote; what
 * is to be confirmed on a sheet of its own; the loop goes on while a child prints; who may not read a reply may not
 * print it either. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/dialogue.h"
#include "tests/lib/visitor.h"

enum { ANSWER_SIZE = 1 << 20, OUTPUT_SIZE = 1 << 16 };

static struct network *network;
static char facilitator[VISITOR_TOKEN_SIZE], company[VISITOR_TOKEN_SIZE];
static char printer[64], made[64], output[OUTPUT_SIZE], answer[ANSWER_SIZE];
static const char *contract;

/* guichet-print, but for a document that says so: that one takes its time and then says nonsense. */
static const char script[] = "#!/bin/sh\n"
                             "if grep -q ATTENDEZ /proc/self/fd/0; then sleep 2; echo bonjour; exit 0; fi\n"
                             "exec %s/guichet-print \"$1\" </proc/self/fd/0\n";

static int start(void **state)
{
        char settings[256];
        (void)state;
        (void)snprintf(printer, sizeof(printer), "/tmp/guichet-printer-%d", (int)getpid());
        FILE *out = fopen(printer, "we");
        assert_non_null(out);
        (void)fprintf(out, script, getenv("GUICHET_BIN"));
        assert_int_equal(fclose(out), 0);
        assert_int_equal(chmod(printer, 0700), 0);
        (void)snprintf(settings, sizeof(settings), "\"settings\":{\"web\":\"tests/integration/web\",\"print\":\"%s\"},",
                       printer);
        const struct network_part parts[] = {{"contracts", "contracts", ""}, {"gateway-1", "gateway", settings}};
        network = network_start(parts, ARRAY_SIZE(parts));
        visitor_create(network, &(struct visitor_account){"facilitatrice", TYPES__ROLE__FACILITATOR, "31", false},
                       facilitator);
        visitor_create(network, &(struct visitor_account){"entreprise", TYPES__ROLE__COMPANY, "31", true}, company);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dialogue_end();
        network_stop(&network);
        return unlink(printer);
}

static const char *drafted(const char *object)
{
        say_as(network, "FACILITATOR", NULL, "31");
        const char *id = said_text(say("contracts.OpenContract",
                                       "{'record': {'kind': 'MARKET', 'buyerSiret': '21310555400017', 'buyerName':"
                                       " 'Ville d’essai', 'object': '%s', 'place': {'code': '31555', 'kind':"
                                       " 'COMMUNE'}, 'durationMonths': 24, 'amount': '1000000.00'}}",
                                       object),
                                   "contractId");
        (void)say("contracts.PutClause",
                  "{'contractId': '%s', 'lot': 1, 'calibration': {'labourShare': '0.5', 'insertionRate': '0.05',"
                  " 'hourlyCost': '30.00'}}",
                  id);
        (void)say("contracts.PutDraftItems",
                  "{'contractId': '%s', 'items': {'perimeter': 'travaux de peinture', 'facilitator': {'name':"
                  " 'Camille Exemple', 'phone': '05 00'}, 'publics': ['B_RSA'], 'lever': 'CONDITION_LEVER'}}",
                  id);
        return id;
}

/* GET; the body's size, and its status. */
static size_t get(const char *token, const char *path, int *ret_status, const char **ret_body)
{
        char request[1024];
        int fd = visitor_open(network_http_port(network, "gateway-1"));
        int size = snprintf(request, sizeof(request),
                            "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n", path,
                            token);
        assert_true(visitor_send(fd, request, (size_t)size));
        size_t all = visitor_receive_all(fd, answer, sizeof(answer) - 1);
        answer[all] = '\0';
        const char *body = strstr(answer, "\r\n\r\n");
        assert_non_null(body);
        assert_int_equal(sscanf(answer, "HTTP/1.1 %d", ret_status), 1);
        *ret_body = body + 4;
        return all - (size_t)(*ret_body - answer);
}

/* The piece as a file of that form, below /tmp. */
static void make(const char *form)
{
        char path[256];
        const char *body;
        int status;
        (void)snprintf(path, sizeof(path), "/v1/contracts/DraftClause.%s?contractId=%s&piece=CCAP", form, contract);
        size_t size = get(facilitator, path, &status, &body);
        if (status != 200)
                fail_msg("%s", answer);
        (void)snprintf(made, sizeof(made), "/tmp/guichet-printed-%d.%s", (int)getpid(), form);
        FILE *out = fopen(made, "we");
        assert_non_null(out);
        assert_int_equal(fwrite(body, 1, size, out), size);
        assert_int_equal(fclose(out), 0);
}

/* What a program says of it ("$F"), and its exit code. */
static int judged_by(const char *program)
{
        assert_int_equal(setenv("F", made, 1), 0);
        FILE *pipe = popen(program, "r");
        assert_non_null(pipe);
        size_t size = fread(output, 1, sizeof(output) - 1, pipe);
        output[size] = '\0';
        return pclose(pipe);
}

static void says(const char *what)
{
        if (strstr(output, what) == NULL)
                fail_msg("« %s » is not in:\n%s", what, output);
}

static void test_tagged_pdf(void **state)
{
        (void)state;
        make("pdf");
        assert_non_null(strstr(answer, "Content-Type: application/pdf\r\n"));
        assert_non_null(strstr(answer, "filename=\"DraftClause.pdf\""));
        assert_int_equal(judged_by("pdfinfo $F 2>&1"), 0);
        says("Tagged:          yes");
        says("Title:           Cahier des clauses administratives particulières\u00a0: insertion sociale");
        says("Page size:       595.276 x 841.89 pts (A4)");
        assert_int_equal(judged_by("pdfinfo -struct-text $F 2>&1"), 0);
        says("H1 (block)");
        says("H2 (block)");
        says("LI (block)");
        says("\"1. Objet de la clause sociale d'insertion\"");
        says("\"À confirmer avant signature\"");
        assert_int_equal(judged_by("qpdf --check $F 2>&1"), 0);
        assert_int_equal(judged_by("qpdf --qdf $F - 2>&1 | grep -a -A1 -e /Lang -e /Marked -e pdfuaid:part"), 0);
        says("/Lang (fr)");
        says("/Marked true");
        assert_int_equal(unlink(made), 0);
        make("final.pdf");
        assert_int_equal(judged_by("pdftotext $F - 2>&1"), 0);
        says("Camille Exemple");
        assert_null(strstr(output, "À confirmer avant signature"));
        assert_int_equal(unlink(made), 0);
}

static void test_html_text_and_opendocument(void **state)
{
        (void)state;
        make("html");
        assert_int_equal(judged_by("cat $F"), 0);
        says("<html lang=\"fr\">");
        says("<h2>2. Périmètre de l'action</h2>");
        assert_int_equal(unlink(made), 0);
        make("txt");
        assert_int_equal(judged_by("cat $F"), 0);
        says("\n2. Périmètre de l'action\n");
        assert_int_equal(unlink(made), 0);
        make("odt");
        assert_int_equal(judged_by("pandoc -f odt -t html --wrap=none $F 2>&1"), 0);
        says("Cahier des clauses administratives particulières\u00a0: insertion sociale</h1>");
        says("2. Périmètre de l'action</h2>");
        assert_int_equal(unlink(made), 0);
}

static void refused(const char *token, const char *method, int wanted, const char *text)
{
        char path[256];
        const char *body;
        int status;
        (void)snprintf(path, sizeof(path), "/v1/contracts/%s?contractId=%s", method, contract);
        (void)get(token, path, &status, &body);
        if (status != wanted || strstr(body, text) == NULL)
                fail_msg("not %d with « %s »: %s", wanted, text, answer);
}

static void test_what_is_no_document(void **state)
{
        (void)state;
        refused(facilitator, "DraftClause.docx", 404, ".txt, .html, .pdf ou .odt");
        refused(facilitator, "ContractFacts.pdf", 404, "n'est pas un document");
        refused(facilitator, "Nothing.pdf", 404, "n'existe pas");
        refused(company, "DraftClause.pdf", 403, "NOT_ALLOWED"); /* as without the ending */
        refused(facilitator, "FinalStatement.pdf", 409, "Personne ne doit d'heures");
}

/* A child that takes its time holds up nobody, and what it says is looked over. */
static void test_the_loop_goes_on(void **state)
{
        const char *waiting = drafted("ATTENDEZ");
        char path[256], request[512];
        const char *body;
        int status;
        (void)state;
        (void)snprintf(path, sizeof(path), "/v1/contracts/DraftClause.pdf?contractId=%s&piece=RC", waiting);
        int fd = visitor_open(network_http_port(network, "gateway-1"));
        int size = snprintf(request, sizeof(request),
                            "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n", path,
                            facilitator);
        assert_true(visitor_send(fd, request, (size_t)size));
        for (int i = 0; i < 20; i++) {
                (void)get(facilitator, "/v1/session", &status, &body);
                assert_int_equal(status, 200);
        }
        scoped(visited_fini) struct visited late = visitor_receive(fd);
        assert_int_equal(late.status, 503);
        assert_non_null(strstr(late.text, "en .html ou en .txt"));
}

static int begin(void **state)
{
        int err = start(state);
        contract = drafted("Réfection de l’école");
        return err;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_tagged_pdf),
                cmocka_unit_test(test_html_text_and_opendocument),
                cmocka_unit_test(test_what_is_no_document),
                cmocka_unit_test(test_the_loop_goes_on),
        };
        return cmocka_run_group_tests(tests, begin, stop);
}
