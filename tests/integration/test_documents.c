/* A document's way, as an operator sees it: sent by guichetctl in pieces, through the death of the daemon, listed, read
 * back, verified, backed up and put back elsewhere, removed. Seven daemons on loopback. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/blobs.h"
#include "tests/lib/net.h"
#include "tests/lib/run_ctl.h"
#include "tracking/commands.pb-c.h"

enum { PAPER_BYTES = 3 * LIMIT_BLOB_PIECE_BYTES + 1234, PATH_SIZE = 512 };

static struct net_home home;
static struct net *net;
static struct month_end month_end;
static char paper[PATH_SIZE], placement[ID_TEXT_SIZE];
static uint8_t bytes[PAPER_BYTES];

static char *below(const char *name, char ret[PATH_SIZE])
{
        (void)snprintf(ret, PATH_SIZE, "%s/%s", home.scratch, name);
        return ret;
}

static void write_paper(const char *path, const void *from, size_t size)
{
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_int_equal(fwrite(from, 1, size, file), size);
        assert_int_equal(fclose(file), 0);
}

#define RUN(...) CTL_RUN(net->directory, __VA_ARGS__)

/* What a command printed last is the document's id. */
static void take_id(char ret[ID_TEXT_SIZE])
{
        struct id id;
        size_t size = strlen(ctl_output());
        assert_true(size >= ID_TEXT_SIZE);
        (void)snprintf(ret, ID_TEXT_SIZE, "%s", ctl_output() + size - ID_TEXT_SIZE);
        assert_int_equal(id_parse(ret, &id), 0);
}

static void reads_back(const char *document)
{
        static uint8_t back[PAPER_BYTES + 1];
        char path[PATH_SIZE];
        (void)unlink(below("back.pdf", path));
        ctl_done(RUN("document", "get", document, "--placement", placement, "--reason-code", "PLACEMENT", "--reason",
                     "vérifier la date du contrat", "--out", path));
        FILE *file = fopen(path, "re");
        assert_non_null(file);
        assert_int_equal(fread(back, 1, sizeof(back), file), PAPER_BYTES);
        assert_int_equal(fclose(file), 0);
        assert_memory_equal(back, bytes, PAPER_BYTES);
}

static void count_one(void *argument, struct blob_address address)
{
        (void)address;
        (*(size_t *)argument)++;
}

static size_t files(void)
{
        char directory[4300];
        size_t count = 0;
        (void)snprintf(directory, sizeof(directory), "%s/blobs", net_instance(net, "tracking-1")->store);
        assert_int_equal(blobs_each(directory, count_one, &count), 0);
        return count;
}

static void test_sent_listed_and_read(void **state)
{
        char document[ID_TEXT_SIZE];
        (void)state;
        ctl_done(RUN("document", "put", paper, "--placement", placement, "--title", "Attestation d'embauche"));
        take_id(document);
        ctl_done(RUN("document", "list", "--placement", placement));
        ctl_said("Attestation d'embauche");
        ctl_said(document);
        reads_back(document);
        assert_int_equal(files(), 1);
        assert_int_equal(RUN("document", "get", document, "--placement", placement, "--out", "/dev/null"), 2);
}

static void test_what_is_not_taken(void **state)
{
        char path[PATH_SIZE];
        (void)state;
        write_paper(below("programme", path),
                    "\x7f"
                    "ELF\2\1\1\0\0\0",
                    10);
        assert_int_equal(RUN("document", "put", path, "--placement", placement, "--title", "Programme"), 1);
        ctl_said("ni un PDF");
        assert_int_equal(RUN("document", "put", paper, "--placement", "0190aaaa-0000-7001-8000-000000000000", "--title",
                             "Attestation"),
                         4);
        ctl_said("BeginDocument refusé");
}

/* Two pieces have come when the daemon is killed. The same command by its key sends what is missing, no more. */
static void test_goes_on_through_kill_9(void **state)
{
        char document[ID_TEXT_SIZE], key_text[ID_TEXT_SIZE];
        struct arena arena scoped(arena_fini) = {0};
        struct world world = world_real();
        struct id key = id_new(&world, world.now_ms(&world), 0);
        const char *const words[] = {"document", "put",     paper,   "--placement", placement,
                                     "--title",  "Contrat", "--key", key_text,      NULL};
        (void)state;
        id_format(key, key_text);
        pid_t child = fork();
        if (child == 0) { /* it is killed with the daemon in the midst, whatever it has sent by then */
                (void)ctl_run(net->directory, words);
                _exit(0);
        }
        net_kill_instance(net, "tracking-1");
        net_start_instance(net, "tracking-1", NULL);
        net_wait_serving(net, "tracking-1");
        assert_int_equal(waitpid(child, NULL, 0), child);
        if (RUN("document", "list", "--placement", placement) == 0 && strstr(ctl_output(), "Contrat") != NULL)
                return; /* it had sent all before, or went on by itself */
        ctl_done(ctl_run(net->directory, words));
        take_id(document);
        reads_back(document);
}

static void test_backed_up_and_put_back(void **state)
{
        char key[PATH_SIZE], place[PATH_SIZE], neuf[PATH_SIZE];
        (void)state;
        ctl_done(RUN("verify"));
        ctl_said("DOCUMENTS");
        ctl_done(RUN("backup", "--new-key", below("secours", key)));
        ctl_done(RUN("backup", below("place", place)));
        ctl_done(CTL_RUN(below("neuf", neuf), "restore", place, "--key", key));
        for (size_t i = 0; i < NET_ALL; i++)
                net_stop_instance(net, net_all[i]);
        ctl_done(CTL_RUN(neuf, "verify"));
        char path[4400];
        size_t count = 0;
        (void)snprintf(path, sizeof(path), "%s/stores/tracking-1/blobs", neuf);
        assert_int_equal(blobs_each(path, count_one, &count), 0);
        assert_int_equal(count, files());
        assert_true(count > 0);
        for (size_t i = 0; i < NET_ALL; i++)
                net_start_instance(net, net_all[i], NULL);
        for (size_t i = 0; i < NET_ALL; i++)
                net_wait_serving(net, net_all[i]);
}

static void test_removed_its_file_goes(void **state)
{
        char document[ID_TEXT_SIZE];
        size_t before = files();
        (void)state;
        ctl_done(RUN("document", "put", paper, "--placement", placement, "--title", "Lettre"));
        take_id(document);
        assert_int_equal(files(), before + 1);
        ctl_done(RUN("document", "remove", document, "--placement", placement));
        for (int i = 0; i < 200 && files() > before; i++) /* the answer comes with the commit, the file goes after it */
                harness_pause_ms(20);
        assert_int_equal(files(), before);
        ctl_done(RUN("document", "list", "--placement", placement));
        assert_null(strstr(ctl_output(), "Lettre"));
}

static int setup(void **state)
{
        (void)state;
        net = net_open(&home, "documents");
        if (net == NULL)
                return -1;
        for (size_t i = 0; i < sizeof(bytes); i++)
                bytes[i] = (uint8_t)(i * 13 + i / 251);
        memcpy(bytes, "%PDF-1.5\n", 9);
        write_paper(below("attestation.pdf", paper), bytes, sizeof(bytes));
        month_end_prepare(net, 2, &month_end);
        id_format(month_end.placements[0], placement);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        net_close(&home, net);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_sent_listed_and_read),   cmocka_unit_test(test_what_is_not_taken),
                cmocka_unit_test(test_goes_on_through_kill_9), cmocka_unit_test(test_backed_up_and_put_back),
                cmocka_unit_test(test_removed_its_file_goes),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
