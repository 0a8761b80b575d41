/* The runbook's drill, as an operator does it: a network under load is backed up while it runs, worked on, destroyed,
 * put back elsewhere than it was and verified; what was acknowledged before the backup is there once, with the keys
 * that open it. And what goes wrong on the way: a full disk, kill -9, damage, a place that is not empty, wrong keys. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/id.h"
#include "common/clients/link.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "tests/lib/operator.h"
#include "tests/lib/send_signal.h"
#include "tracking/commands.pb-c.h"

enum { PATH_SIZE = 512, PERSONS_MAX = 100000, KILLS = 6, TRY_MS = 5, TRIES = 12000 };

/* What the load has done, seen by both processes. */
struct done {
        volatile size_t acknowledged;
        struct id keys[PERSONS_MAX];
        struct id persons[PERSONS_MAX];
};

static struct operator* operator;
static struct done *done;
static pid_t load;
static char place[PATH_SIZE], key[PATH_SIZE], neuf[PATH_SIZE], disk[PATH_SIZE];

#define RUN(...)        operator_run(operator,(const char *const[]){__VA_ARGS__, NULL})
#define RUN_IN(at, ...) operator_run_in(operator, at, (const char *const[]){__VA_ARGS__, NULL})
#define SAID(text)      (strstr(operator_output(operator), text) != NULL)

static void assert_said(const char *text)
{
        if (!SAID(text))
                fail_msg("\"%s\" is not in: %s", text, operator_output(operator));
}

static void assert_runs(int code)
{
        if (code != 0)
                fail_msg("code %d: %s", code, operator_output(operator));
}

static void wait_a_little(void)
{
        (void)poll(NULL, 0, TRY_MS);
}

/* --- the load: persons are referred, one after the other, for ever -------------------------------------------------
 */

static void act(struct link *link)
{
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        char *territories[] = {(char *)(uintptr_t) "*"};
        passport.user = (char *)(uintptr_t) "anne";
        passport.role = TYPES__ROLE__FACILITATOR;
        passport.territories = territories;
        passport.n_territories = 1;
        link_act_as(link, &passport);
}

static struct link *open_link(const char *directory, struct topology **ret_topology)
{
        char path[PATH_SIZE];
        struct link *link = NULL;
        struct link_options options = {.peer = "ctl", .timeout_ms = 10000};
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        assert_int_equal(topology_load(path, ret_topology, NULL), 0);
        assert_int_equal(link_open(*ret_topology, &options, &link, NULL), 0);
        act(link);
        return link;
}

static void name_of(size_t n, char ret_name[16])
{
        (void)snprintf(ret_name, 16, "Essai %c%c%c%c", (int)('A' + n / 17576 % 26), (int)('A' + n / 676 % 26),
                       (int)('A' + n / 26 % 26), (int)('A' + n % 26));
}

/* The id of the n-th person, or none where it is not granted. */
static struct id refer(struct link *link, size_t n, struct id command_key)
{
        scoped(arena_fini) struct arena arena = {0};
        struct answer answer = {0};
        char name[16];
        Tracking__Identity identity = TRACKING__IDENTITY__INIT;
        Tracking__ReferBeneficiary request = TRACKING__REFER_BENEFICIARY__INIT;
        name_of(n, name);
        identity.family_name = name;
        identity.given_name = (char *)(uintptr_t) "Camille";
        identity.born_on = day_to(&arena, day_of_number(10957));
        request.identity = &identity;
        request.territory = (char *)(uintptr_t)(n % 2 == 0 ? "31" : "34");
        request.prescriber = id_to(&arena, id_derived(0, slice_of_text("mission locale")));
        if (link_call(link, "tracking.ReferBeneficiary", &request.base, &command_key, &arena, &answer, NULL) != 0 ||
            answer.body == NULL)
                return (struct id){0};
        return id_of(((const Tracking__ReferBeneficiaryReply *)(const void *)answer.body)->beneficiary_id);
}

static void start_load(void)
{
        load = fork();
        assert_true(load >= 0);
        if (load > 0)
                return;
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        struct topology *topology;
        struct world world = world_real();
        struct link *link = open_link(operator_directory(operator), &topology);
        for (size_t n = done->acknowledged; n < PERSONS_MAX; n++) {
                done->keys[n] = id_new(&world, world.now_ms(&world), 0);
                done->persons[n] = refer(link, n, done->keys[n]);
                if (id_is_zero(done->persons[n]))
                        _exit(1);
                done->acknowledged = n + 1;
        }
        _exit(0);
}

static void stop_load(void)
{
        (void)send_signal(load, SIGKILL);
        (void)waitpid(load, NULL, 0);
        load = 0;
}

static void wait_for_load(size_t more)
{
        size_t until = done->acknowledged + more;
        for (int i = 0; done->acknowledged < until; i++) {
                assert_true(i < TRIES);
                assert_int_equal(waitpid(load, NULL, WNOHANG), 0);
                wait_a_little();
        }
}

/* Each is there once, under the key of its command, and its file opens. */
static void assert_persons(const char *directory, size_t count)
{
        struct topology *topology;
        struct link *link = open_link(directory, &topology);
        for (size_t n = 0; n < count; n++) {
                scoped(arena_fini) struct arena arena = {0};
                struct answer answer = {0};
                char name[16];
                Tracking__OpenBeneficiaryFile request = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
                struct id again = refer(link, n, done->keys[n]);
                assert_true(id_equal(again, done->persons[n]));
                request.beneficiary_id = id_to(&arena, done->persons[n]);
                request.reason = (char *)(uintptr_t) "exercice de restauration : contrôle des dossiers";
                request.reason_code = (char *)(uintptr_t) "OTHER";
                assert_int_equal(
                        link_call(link, "tracking.OpenBeneficiaryFile", &request.base, NULL, &arena, &answer, NULL), 0);
                if (answer.body == NULL)
                        fail_msg("person %zu of %zu: %s", n, count, answer.refusal->text);
                name_of(n, name);
                assert_string_equal(
                        ((const Tracking__BeneficiaryFile *)(const void *)answer.body)->identity->family_name, name);
        }
        link_close(link);
        topology_free(topology);
}

/* --- set up --------------------------------------------------------------------------------------------------------
 */

static int remove_one(const char *path, const struct stat *facts, int type, struct FTW *at)
{
        (void)facts;
        (void)type;
        (void)at;
        return remove(path);
}

static void remove_tree(const char *path)
{
        if (access(path, F_OK) == 0)
                assert_int_equal(nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

static int start(void **state)
{
        (void)state;
        done = mmap(NULL, sizeof(*done), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (done == MAP_FAILED)
                return -1;
        operator= operator_new(NULL);
        const char *directory = operator_directory(operator);
        (void)snprintf(place, sizeof(place), "%s.sauvegardes", directory);
        (void)snprintf(key, sizeof(key), "%s.secours", directory);
        (void)snprintf(neuf, sizeof(neuf), "%s.neuf", directory);
        (void)snprintf(disk, sizeof(disk), "%s.disque", directory);
        operator_up(operator);
        assert_runs(RUN("demo"));
        return 0;
}

static int stop(void **state)
{
        (void)state;
        if (load > 0)
                stop_load();
        (void)umount2(disk, MNT_DETACH);
        remove_tree(disk);
        remove_tree(place);
        remove_tree(neuf);
        (void)remove(key);
        operator_free(operator);
        return munmap(done, sizeof(*done));
}

static void test_the_key_comes_first(void **state)
{
        (void)state;
        assert_int_equal(RUN("backup"), 2);
        assert_said("il faut le répertoire des sauvegardes");
        assert_int_equal(RUN("backup", place), 1);
        assert_said("--new-key");
        assert_runs(RUN("backup", "--new-key", key));
        assert_said("Sans elle aucune sauvegarde ne s'ouvre");
        struct stat facts;
        assert_int_equal(stat(key, &facts), 0);
        assert_int_equal(facts.st_mode & 0777, 0600);
        assert_int_equal(RUN("backup", "--new-key", neuf), 1);
        assert_said("déjà scellées pour une clé");
        assert_int_not_equal(access(neuf, F_OK), 0);
}

/* --- the drill -----------------------------------------------------------------------------------------------------
 */

static void test_the_drill(void **state)
{
        (void)state;
        char abime[PATH_SIZE], lost[2 * PATH_SIZE];
        const char *directory = operator_directory(operator);
        start_load();
        wait_for_load(100);
        assert_runs(RUN("backup", place)); /* a first one; the next holds what is new */
        wait_for_load(100);
        size_t sure = done->acknowledged;
        assert_runs(RUN("backup", place));
        assert_said("repris");
        wait_for_load(100);
        stop_load();

        /* The machine is lost, but for the disk of the stores, of which one is. */
        operator_kill(operator, SIGTERM);
        (void)snprintf(abime, sizeof(abime), "%s.abime", directory);
        (void)snprintf(lost, sizeof(lost), "%s/stores/tracking-2/data.mdb", abime);
        assert_int_equal(rename(directory, abime), 0);
        assert_int_equal(remove(lost), 0);

        assert_runs(RUN("restore", place, "--key", key, "--against", abime));
        assert_said("tracking-1 : ");
        assert_said("événement(s) perdu(s), de");
        assert_said("tracking-2 : au moins "); /* its own store is gone: contracts or reporting had followed it */
        assert_said("directory-1 : rien");
        assert_runs(RUN("verify"));
        assert_said("conforme");
        operator_up(operator);
        assert_persons(directory, sure);
        remove_tree(abime);
        assert_runs(RUN("backup", place)); /* and it goes on, with the same key and place */
}

/* Under load: what `--verify` promises it does, and leaves nothing behind. */
static void test_a_backup_proves_itself(void **state)
{
        (void)state;
        char scratch[PATH_SIZE];
        start_load();
        wait_for_load(10);
        assert_runs(RUN("backup", place, "--verify", key));
        assert_said("Sauvegarde éprouvée");
        stop_load();
        (void)snprintf(scratch, sizeof(scratch), "%s.essai", operator_directory(operator));
        assert_int_not_equal(access(scratch, F_OK), 0);
        assert_int_equal(RUN("backup", place, "--verify", "/nowhere/key"), 1);
        assert_said("/nowhere/key");
}

/* --- retention -----------------------------------------------------------------------------------------------------
 */

static size_t count_lines(const char *text, const char *with)
{
        size_t count = 0;
        for (const char *at = text; (at = strstr(at, with)) != NULL; at += strlen(with))
                count++;
        return count;
}

static void test_what_is_kept(void **state)
{
        (void)state;
        char first[32];
        assert_runs(RUN("backup", place, "--list"));
        assert_true(count_lines(operator_output(operator), "occitanie") >= 3);
        const char *at = strstr(operator_output(operator), "20");
        assert_non_null(at);
        (void)snprintf(first, sizeof(first), "%.24s", at);

        assert_runs(RUN("backup", place, "--keep", "2"));
        assert_said("Gardées : 2");
        assert_runs(RUN("backup", place, "--list"));
        assert_int_equal(count_lines(operator_output(operator), "occitanie"), 2);
        assert_runs(RUN("backup", place, "--check"));
        assert_said("entières");
        assert_int_equal(RUN_IN(neuf, "restore", place, "--key", key, "--backup", first), 1);
        assert_said("--list");
        assert_runs(RUN("backup", place, "--keep-daily", "1"));
        assert_said("Gardées : 1");
        assert_runs(RUN_IN(neuf, "restore", place, "--key", key));
        assert_runs(RUN_IN(neuf, "verify"));
        remove_tree(neuf);
}

/* --- kill -9 in the middle -----------------------------------------------------------------------------------------
 */

static size_t blocks_below;

static int add_blocks(const char *path, const struct stat *facts, int type, struct FTW *at)
{
        (void)path;
        (void)at;
        blocks_below += type == FTW_F ? (size_t)facts->st_blocks : 0;
        return 0;
}

static size_t blocks_of(const char *path)
{
        blocks_below = 0;
        (void)nftw(path, add_blocks, 16, FTW_PHYS);
        return blocks_below;
}

/* Kills it once it has written more than `blocks` below `path`. False: it was done before. */
static bool kill_at(pid_t pid, const char *path, size_t blocks)
{
        for (;;) {
                int status;
                bool is_far = blocks_of(path) > blocks;
                if (is_far)
                        (void)send_signal(pid, SIGKILL);
                if (waitpid(pid, &status, is_far ? 0 : WNOHANG) == pid)
                        return WIFSIGNALED(status);
        }
}

/* Begun again KILLS times, and killed each time further on the way to `whole` blocks. */
static void killed_on_the_way(const char *from, const char *const *words, const char *path, size_t whole)
{
        size_t kills = 0;
        for (size_t i = 0; i < KILLS; i++)
                kills += kill_at(operator_spawn_in(operator, from, words), path, whole * i / KILLS);
        assert_true(kills >= KILLS / 2);
}

static void test_killed_in_the_middle_it_goes_on(void **state)
{
        (void)state;
        char other[PATH_SIZE + 16], staging[PATH_SIZE + 16];
        (void)snprintf(other, sizeof(other), "%s.2", place);
        (void)snprintf(staging, sizeof(staging), "%s.partiel", neuf);
        assert_runs(RUN("backup", other));
        size_t whole = blocks_of(other);
        remove_tree(other);
        killed_on_the_way(operator_directory(operator), (const char *const[]){"backup", other, NULL}, other, whole);
        assert_runs(RUN("backup", other, "--keep", "1"));
        assert_runs(RUN("backup", other, "--check"));

        const char *const restore[] = {"restore", other, "--key", key, NULL};
        assert_runs(operator_run_in(operator, neuf, restore));
        whole = blocks_of(neuf);
        remove_tree(neuf);
        killed_on_the_way(neuf, restore, staging, whole);
        (void)operator_run_in(operator, neuf, restore);
        assert_runs(RUN_IN(neuf, "verify"));
        remove_tree(neuf);
        remove_tree(other);
}

/* --- a full disk in the middle -------------------------------------------------------------------------------------
 */

static void enlarge(const char *size)
{
        char options[64];
        (void)snprintf(options, sizeof(options), "size=%s", size);
        assert_int_equal(mount("tmpfs", disk, "tmpfs", MS_REMOUNT, options), 0);
}

static void test_a_full_disk_in_the_middle(void **state)
{
        (void)state;
        char small[PATH_SIZE + 16], target[PATH_SIZE + 16];
        assert_int_equal(mkdir(disk, 0700), 0);
        if (mount("tmpfs", disk, "tmpfs", 0, "size=350k") != 0) {
                print_message("skipped: mounting a small disk takes root\n");
                skip();
        }
        (void)snprintf(small, sizeof(small), "%s/sauvegardes", disk);
        assert_int_equal(RUN("backup", small), 1);
        assert_said("le disque est plein");
        assert_said("ce qui est écrit sera repris");
        assert_runs(RUN("backup", small, "--list")); /* none is there, and none pretends to be */
        assert_int_equal(count_lines(operator_output(operator), "occitanie"), 0);
        enlarge("8m");
        assert_runs(RUN("backup", small));
        assert_false(SAID("; 0 repris"));
        assert_runs(RUN("backup", small, "--check"));
        remove_tree(small);

        (void)snprintf(target, sizeof(target), "%s/neuf", disk);
        enlarge("1m");
        assert_int_equal(RUN_IN(target, "restore", place, "--key", key), 1);
        assert_said("le disque est plein");
        assert_int_not_equal(access(target, F_OK), 0);
        enlarge("64m");
        assert_runs(RUN_IN(target, "restore", place, "--key", key));
        assert_runs(RUN_IN(target, "verify"));
        assert_int_equal(umount2(disk, MNT_DETACH), 0);
}

/* --- what is refused -----------------------------------------------------------------------------------------------
 */

/* The path of some chunk. */
static void find_chunk(char ret_path[PATH_SIZE + 384])
{
        for (unsigned i = 0; i < 256; i++) {
                char path[PATH_SIZE + 16];
                (void)snprintf(path, sizeof(path), "%s/chunks/%02x", place, i);
                DIR *directory = opendir(path);
                const struct dirent *entry = NULL;
                while (directory != NULL && (entry = readdir(directory)) != NULL && entry->d_name[0] == '.')
                        ;
                if (entry != NULL)
                        (void)snprintf(ret_path, PATH_SIZE + 384, "%s/%s", path, entry->d_name);
                if (directory != NULL)
                        (void)closedir(directory);
                if (entry != NULL)
                        return;
        }
        fail_msg("%s has no chunk", place);
}

static void test_what_is_refused(void **state)
{
        (void)state;
        char machine[PATH_SIZE], chunk[PATH_SIZE + 384];
        const char *directory = operator_directory(operator);
        assert_int_equal(RUN("restore", place, "--key", key), 1);
        assert_said("n'est pas vide");
        assert_int_equal(RUN_IN(neuf, "restore", place), 2);
        assert_said("--key FICHIER");
        (void)snprintf(machine, sizeof(machine), "%s/keys/backup.key", directory);
        assert_int_equal(RUN_IN(neuf, "restore", place, "--key", machine), 1);
        assert_said("la moitié qui scelle");
        assert_int_equal(RUN_IN(neuf, "restore", directory, "--key", key), 1);
        assert_said("pas un répertoire de sauvegardes");
        assert_int_equal(RUN_IN("/nowhere/neuf", "restore", place, "--key", key), 1);
        assert_said("n'existe pas");

        find_chunk(chunk);
        assert_int_equal(truncate(chunk, 100), 0);
        assert_int_equal(RUN("backup", place, "--check"), 1);
        assert_said("abîmé");
        assert_int_equal(RUN_IN(neuf, "restore", place, "--key", key), 1);
        assert_said("abîmé");
        assert_int_not_equal(access(neuf, F_OK), 0);
        char staging[PATH_SIZE + 16];
        (void)snprintf(staging, sizeof(staging), "%s.partiel", neuf);
        remove_tree(staging);
}

/* --- compaction ----------------------------------------------------------------------------------------------------
 */

static void test_stores_are_compacted_while_nobody_writes_them(void **state)
{
        (void)state;
        assert_int_equal(RUN("compact", "--always"), 1);
        assert_said("arrêtez-le d'abord");
        assert_runs(RUN("compact", "--look"));
        assert_said("tracking-2/keys : ");
        assert_said("LA PLUS GRANDE");
        assert_int_equal(RUN("compact", "tracking-9"), 1);
        assert_said("tracking-9");
        operator_down(operator);
        assert_runs(RUN("compact", "--always"));
        assert_said("contracts-1 : ");
        operator_up(operator);
        assert_runs(RUN("verify"));
        assert_persons(operator_directory(operator), 50);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_key_comes_first),
                cmocka_unit_test(test_the_drill),
                cmocka_unit_test(test_a_backup_proves_itself),
                cmocka_unit_test(test_what_is_kept),
                cmocka_unit_test(test_killed_in_the_middle_it_goes_on),
                cmocka_unit_test(test_a_full_disk_in_the_middle),
                cmocka_unit_test(test_what_is_refused),
                cmocka_unit_test(test_stores_are_compacted_while_nobody_writes_them),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
