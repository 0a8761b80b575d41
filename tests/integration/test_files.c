/* A document's way over HTTP: begun, put as one body that the gateway cuts, attached, opened, read whole and in ranges;
 * slow senders, cut lines and going on, a kind that is not what was said, what is too large; the gateway's memory stays
 * what it was; another's document is as one that does not exist. Seven daemons on loopback. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/id.h"
#include "common/base/limits.h"
#include "tests/lib/net.h"
#include "tests/lib/run_ctl.h"
#include "tests/lib/visitor.h"

enum { WHOLE = LIMIT_BLOB_BYTES, PIECE = LIMIT_BLOB_PIECE_BYTES, TEXT_SIZE = 1024, AT_ONCE = 3 };

static struct net_home home;
static struct net *net;
static struct month_end month_end;
static char placement[ID_TEXT_SIZE], mine[VISITOR_TOKEN_SIZE], elsewhere[VISITOR_TOKEN_SIZE];
static uint16_t port;
static char *paper; /* of WHOLE bytes */

/* ---- asking */

static struct visited ask(const char *token, const char *method, const char *path, const char *headers,
                          const char *body)
{
        return visitor_ask(port, &(struct visitor_request){method, path, token, headers, body});
}

static void has_status(const struct visited *answer, int status)
{
        if (answer->status != status)
                fail_msg("%d instead of %d: %.1500s", answer->status, status, answer->text == NULL ? "" : answer->text);
}

static void has_header(const struct visited *answer, const char *line)
{
        const char *at = strstr(answer->text, line);
        if (at == NULL || at > answer->body)
                fail_msg("no \"%s\" in %.1000s", line, answer->text);
}

static void begin(const char *kind, size_t size, char ret_upload[ID_TEXT_SIZE])
{
        char body[TEXT_SIZE];
        (void)snprintf(body, sizeof(body), "{\"placementId\":\"%s\",\"size\":%zu,\"mediaType\":\"%s\"}", placement,
                       size, kind);
        scoped(visited_fini) struct visited answer = ask(mine, "POST", "/v1/tracking/BeginDocument", NULL, body);
        has_status(&answer, 200);
        (void)snprintf(ret_upload, ID_TEXT_SIZE, "%s", visited_text(&answer, "reply", "uploadId"));
}

/* A connection that has sent the head of a body from that byte on. */
static int put_head(const char *token, const char *upload, size_t from, size_t size)
{
        char head[TEXT_SIZE];
        int used =
                snprintf(head, sizeof(head),
                         "PUT /v1/files/tracking/PutDocumentPiece?placementId=%s&uploadId=%s HTTP/1.1\r\nHost: x\r\n"
                         "Authorization: Bearer %s\r\nContent-Length: %zu\r\nContent-Range: bytes %zu-%zu/%zu\r\n\r\n",
                         placement, upload, token, size - from, from, size - 1, size);
        int fd = visitor_open(port);
        assert_true(visitor_send(fd, head, (size_t)used));
        return fd;
}

static struct visited put(const char *upload, const char *bytes, size_t from, size_t size)
{
        int fd = put_head(mine, upload, from, size);
        assert_true(visitor_send(fd, bytes + from, size - from));
        struct visited answer = visitor_receive_one(fd);
        (void)close(fd);
        return answer;
}

static void attach(const char *upload, const char *title)
{
        char body[TEXT_SIZE];
        (void)snprintf(body, sizeof(body), "{\"placementId\":\"%s\",\"uploadId\":\"%s\",\"title\":\"%s\"}", placement,
                       upload, title);
        scoped(visited_fini) struct visited answer = ask(mine, "POST", "/v1/tracking/AttachDocument", NULL, body);
        has_status(&answer, 200);
}

static void drop(const char *upload)
{
        char body[TEXT_SIZE];
        (void)snprintf(body, sizeof(body), "{\"placementId\":\"%s\",\"uploadId\":\"%s\"}", placement, upload);
        scoped(visited_fini) struct visited done = ask(mine, "POST", "/v1/tracking/DropUpload", NULL, body);
        has_status(&done, 200);
        scoped(visited_fini) struct visited gone = ask(mine, "POST", "/v1/tracking/DropUpload", NULL, body);
        has_status(&gone, 404);
}

static struct visited get(const char *token, const char *document, const char *headers)
{
        char path[TEXT_SIZE];
        (void)snprintf(path, sizeof(path), "/v1/files/tracking/DocumentPiece?placementId=%s&documentId=%s", placement,
                       document);
        return ask(token, "GET", path, headers, NULL);
}

static void open_document(const char *document)
{
        char body[TEXT_SIZE];
        (void)snprintf(body, sizeof(body),
                       "{\"placementId\":\"%s\",\"documentId\":\"%s\",\"reason\":\"vérifier la date\",\"reasonCode\":"
                       "\"PLACEMENT\"}",
                       placement, document);
        scoped(visited_fini) struct visited answer = ask(mine, "POST", "/v1/tracking/OpenDocument", NULL, body);
        has_status(&answer, 200);
}

/* In KiB: the most that the gateway has ever held. */
static size_t most_memory(void)
{
        char path[64], line[256];
        size_t most = 0;
        pid_t pid = 0;
        for (size_t i = 0; i < net->running_count; i++)
                if (strcmp(net->running[i].instance->name, "gateway-1") == 0)
                        pid = net->running[i].pid;
        (void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
        FILE *file = fopen(path, "re");
        assert_non_null(file);
        while (fgets(line, sizeof(line), file) != NULL)
                (void)sscanf(line, "VmHWM: %zu", &most);
        assert_int_equal(fclose(file), 0);
        return most;
}

static void assert_little_more(size_t before)
{
#ifndef GUICHET_SANITIZED /* it keeps what was freed */
        size_t after = most_memory();
        if (after > before + 6 * 1024) /* three files are 24 MiB */
                fail_msg("%zu KiB, and %zu before", after, before);
#else
        (void)before;
#endif
}

/* ---- what happens */

static char document[ID_TEXT_SIZE];

static void test_put_and_got_whole(void **state)
{
        (void)state;
        begin("PDF", WHOLE, document);
        scoped(visited_fini) struct visited done = put(document, paper, 0, WHOLE);
        has_status(&done, 200);
        assert_int_equal(json_integer_value(json_object_get(done.json, "nextPiece")), WHOLE / PIECE);
        attach(document, "Contrat de travail, n° 3/4");

        scoped(visited_fini) struct visited unopened = get(mine, document, NULL);
        has_status(&unopened, 409);
        open_document(document);
        scoped(visited_fini) struct visited whole = get(mine, document, NULL);
        has_status(&whole, 200);
        has_header(&whole, "Content-Type: application/pdf\r\n");
        has_header(&whole, "X-Content-Type-Options: nosniff\r\n");
        has_header(&whole, "Cache-Control: private, no-store\r\n");
        has_header(&whole, "Accept-Ranges: bytes\r\n");
        has_header(&whole, "filename=\"Contrat-de-travail_-n_-3-4.pdf\"; filename*=UTF-8''Contrat%20de%20travail");
        assert_memory_equal(whole.body, paper, WHOLE);
}

static void test_ranges(void **state)
{
        (void)state;
        static const struct {
                const char *range;
                size_t from, size;
        } rows[] = {{"bytes=0-0", 0, 1},
                    {"bytes=65530-65545", 65530, 16}, /* over the seam of two pieces */
                    {"bytes=-7", WHOLE - 7, 7},
                    {"bytes=8000000-", 8000000, WHOLE - 8000000}};
        char headers[TEXT_SIZE], line[TEXT_SIZE];
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                (void)snprintf(headers, sizeof(headers), "Range: %s\r\n", rows[i].range);
                scoped(visited_fini) struct visited part = get(mine, document, headers);
                has_status(&part, 206);
                (void)snprintf(line, sizeof(line), "Content-Range: bytes %zu-%zu/%d\r\n", rows[i].from,
                               rows[i].from + rows[i].size - 1, WHOLE);
                has_header(&part, line);
                assert_memory_equal(part.body, paper + rows[i].from, rows[i].size);
        }
        scoped(visited_fini) struct visited outside = get(mine, document, "Range: bytes=9000000-\r\n");
        has_status(&outside, 416);
        has_header(&outside, "Content-Range: bytes */8388608\r\n");
        scoped(visited_fini) struct visited changed =
                get(mine, document, "Range: bytes=0-0\r\nIf-Range: \"autre\"\r\n");
        has_status(&changed, 200);
}

/* The line is cut in the midst; what had come is there, and it goes on from there. */
static void test_goes_on_where_it_was_cut(void **state)
{
        char upload[ID_TEXT_SIZE];
        (void)state;
        begin("PDF", WHOLE, upload);
        int fd = put_head(mine, upload, 0, WHOLE);
        assert_true(visitor_send(fd, paper, 5 * PIECE + 100));
        (void)close(fd);
        /* whatever of it has come by now: a piece that is there is passed over, the first that is missing is named */
        scoped(visited_fini) struct visited ahead = put(upload, paper, 100 * PIECE, WHOLE);
        has_status(&ahead, 409);
        assert_non_null(strstr(ahead.body, "Le morceau attendu est le"));
        scoped(visited_fini) struct visited crooked = put(upload, paper, 100, WHOLE);
        has_status(&crooked, 400);
        scoped(visited_fini) struct visited rest = put(upload, paper, 0, WHOLE);
        has_status(&rest, 200);
        attach(upload, "Attestation");
        open_document(upload);
        scoped(visited_fini) struct visited whole = get(mine, upload, NULL);
        assert_memory_equal(whole.body, paper, WHOLE);
}

static void test_what_is_refused(void **state)
{
        char upload[ID_TEXT_SIZE], large[64];
        (void)state;
        begin("PNG", 3 * PIECE, upload);
        scoped(visited_fini) struct visited other = put(upload, paper, 0, 3 * PIECE); /* a PDF by its first bytes */
        has_status(&other, 400);
        assert_string_equal(visited_text(&other, NULL, "code"), "INVALID_FIELD");
        assert_string_equal(visited_text(&other, NULL, "field"), "content");
        drop(upload);

        (void)snprintf(large, sizeof(large), "Content-Length: %d\r\n", WHOLE + 1);
        scoped(visited_fini) struct visited too_large =
                ask(mine, "PUT", "/v1/files/tracking/PutDocumentPiece", large, NULL);
        has_status(&too_large, 413);
        scoped(visited_fini) struct visited nobody =
                ask(NULL, "PUT", "/v1/files/tracking/PutDocumentPiece", NULL, "%PDF-1.5");
        has_status(&nobody, 401);
        scoped(visited_fini) struct visited no_file = ask(mine, "PUT", "/v1/files/tracking/SubmitHours", NULL, "x");
        has_status(&no_file, 404);
        scoped(visited_fini) struct visited empty = ask(mine, "PUT", "/v1/files/tracking/PutDocumentPiece", NULL, NULL);
        has_status(&empty, 400);
}

/* Of another territory, and of one that never was: the same words, both ways. */
static void test_anothers_is_none(void **state)
{
        char body[TEXT_SIZE], upload[ID_TEXT_SIZE], none[] = "0190aaaa-0000-7001-8000-000000000000";
        (void)state;
        scoped(visited_fini) struct visited theirs = get(elsewhere, document, NULL);
        has_status(&theirs, 404);
        (void)snprintf(body, sizeof(body), "%s", theirs.body);
        char kept[ID_TEXT_SIZE];
        memcpy(kept, placement, sizeof(kept));
        memcpy(placement, none, sizeof(none));
        scoped(visited_fini) struct visited missing = get(elsewhere, document, NULL);
        memcpy(placement, kept, sizeof(kept));
        has_status(&missing, 404);
        assert_string_equal(missing.body, body);

        begin("PDF", PIECE, upload);
        int fd = put_head(elsewhere, upload, 0, PIECE);
        assert_true(visitor_send(fd, paper, PIECE));
        scoped(visited_fini) struct visited not_theirs = visitor_receive_one(fd);
        (void)close(fd);
        has_status(&not_theirs, 404);
        drop(upload);
}

/* Several at once, all but the last byte, while others are served; the gateway holds pieces of them, not files. */
static void test_slow_senders_cost_little(void **state)
{
        char uploads[AT_ONCE][ID_TEXT_SIZE];
        int fds[AT_ONCE];
        (void)state;
        size_t before = most_memory();
        for (int i = 0; i < AT_ONCE; i++) {
                begin("PDF", WHOLE, uploads[i]);
                fds[i] = put_head(mine, uploads[i], 0, WHOLE);
                assert_true(visitor_send(fds[i], paper, WHOLE - 1));
        }
        scoped(visited_fini) struct visited session = ask(mine, "GET", "/v1/session", NULL, NULL);
        has_status(&session, 200);
        for (int i = 0; i < AT_ONCE; i++) {
                assert_true(visitor_send(fds[i], paper + WHOLE - 1, 1));
                scoped(visited_fini) struct visited done = visitor_receive_one(fds[i]);
                has_status(&done, 200);
                (void)close(fds[i]);
                drop(uploads[i]);
        }
        assert_little_more(before);
}

/* ---- */

static void token_of(const char *role, const char *name, const char *territory, char ret[VISITOR_TOKEN_SIZE])
{
        char path[600];
        (void)snprintf(path, sizeof(path), "%s/coordination", home.scratch);
        ctl_done(CTL_RUN(net->directory, "user", "add", name, "--role", role, "--territory", territory));
        if (strcmp(role, "COORDINATOR") != 0)
                ctl_done(CTL_RUN(net->directory, "user", "confirm", name, "--consent", path));
        const char *token = ctl_output(), *at;
        size_t size = 0;
        for (at = token; *at != '\0'; at++) /* the one word of 43 letters */
                if (strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == 43) {
                        size = 43;
                        break;
                } else {
                        at += strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
                        if (*at == '\0')
                                break;
                }
        if (size == 0)
                fail_msg("no token in %s", token);
        (void)snprintf(ret, VISITOR_TOKEN_SIZE, "%.43s", at);
        if (strcmp(role, "COORDINATOR") == 0) {
                FILE *file = fopen(path, "we");
                assert_non_null(file);
                (void)fprintf(file, "%s\n", ret);
                assert_int_equal(fclose(file), 0);
        }
}

static int setup(void **state)
{
        char unused[VISITOR_TOKEN_SIZE];
        (void)state;
        net = net_open(&home, "files");
        if (net == NULL)
                return -1;
        paper = malloc(WHOLE);
        assert_non_null(paper);
        for (size_t i = 0; i < WHOLE; i++)
                paper[i] = (char)(i * 13 + i / 251);
        memcpy(paper, "%PDF-1.5\n", 9);
        month_end_prepare(net, 2, &month_end);
        id_format(month_end.placements[0], placement);
        const char *http = strrchr(net_instance(net, "gateway-1")->http, ':');
        port = (uint16_t)strtoul(http + 1, NULL, 10);
        token_of("COORDINATOR", "coordination", "*", unused);
        token_of("FACILITATOR", "facilitatrice", "31", mine);
        token_of("FACILITATOR", "voisine", "82", elsewhere);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        free(paper);
        net_close(&home, net);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_put_and_got_whole),        cmocka_unit_test(test_ranges),
                cmocka_unit_test(test_goes_on_where_it_was_cut), cmocka_unit_test(test_what_is_refused),
                cmocka_unit_test(test_anothers_is_none),         cmocka_unit_test(test_slow_senders_cost_little),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
