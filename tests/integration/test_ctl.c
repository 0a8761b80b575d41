/* guichetctl as a program: its verbs, what it says to wrong use, its supervisor through crashes, its keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/id.h"
#include "common/codec/pb.h"
#include "contracts/queries.pb-c.h"
#include "envelope.pb-c.h"
#include "tests/lib/operator.h"
#include "tests/lib/send_signal.h"

enum { TRIES = 3000, TRY_MS = 20, PATH_SIZE = 256, INSTANCES_MAX = 16, CONTRACTS = 8000, KILL_AFTER = 500 };

static struct operator* operator;

#define RUN(...)   operator_run(operator,(const char *const[]){__VA_ARGS__, NULL})
#define SAID(text) (strstr(operator_output(operator), text) != NULL)

static void assert_said(const char *text)
{
        if (!SAID(text))
                fail_msg("\"%s\" is not in: %s", text, operator_output(operator));
}

/* The line of a summary: the label, blanks, the figure. */
static void assert_figure(const char *label, const char *figure)
{
        const char *at = strstr(operator_output(operator), label);
        if (at != NULL)
                at += strlen(label) + strspn(at + strlen(label), " ");
        if (at == NULL || strncmp(at, figure, strlen(figure)) != 0)
                fail_msg("%s is not %s in: %s", label, figure, operator_output(operator));
}

static void test_every_verb_has_help(void **state)
{
        (void)state;
        static const char *const verbs[] = {
                "init",   "up",   "wait",   "status", "call",    "user",    "import",   "demo",    "journey",   "where",
                "verify", "dump", "keygen", "backup", "restore", "compact", "describe", "methods", "completion"};
        assert_int_equal(RUN("--help"), 0);
        char *summary = strdup(operator_output(operator));
        for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
                assert_non_null(strstr(summary, verbs[i]));
                assert_int_equal(RUN(verbs[i], "--help"), 0);
                assert_said("Exemple");
                assert_said(verbs[i]);
        }
        free(summary);
}

static void test_wrong_use_is_told(void **state)
{
        (void)state;
        assert_int_equal(RUN("nothing"), 2);
        assert_said("verbe inconnu « nothing »");
        assert_int_equal(RUN("status", "--colour"), 2);
        assert_said("option inconnue « --colour »");
        assert_int_equal(RUN("wait", "--seconds", "soon"), 2);
        assert_said("nombre entier");
        assert_int_equal(RUN("call", "contracts"), 2);
        assert_said("il manque un argument");
        assert_int_equal(RUN("call", "contracts", "Nothing"), 2);
        assert_said("n'a pas de demande « Nothing »");
        assert_int_equal(RUN("call", "contracts", "Contracts", "{}", "--as", "KING"), 2);
        assert_said("ce rôle n'existe pas");
        assert_int_equal(RUN("import", "xml", "file"), 2);
        assert_int_equal(RUN("dump"), 2);
}

/* Who may speak on the network, beside its daemons: the operator's tool, and nobody for a bench or a test. */
static void test_no_peer_but_the_tool(void **state)
{
        (void)state;
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/topology.json", operator_directory(operator));
        json_t *topology = json_load_file(path, 0, NULL);
        const json_t *peers = json_object_get(topology, "peers");
        assert_int_equal(json_array_size(peers), 1);
        assert_string_equal(json_string_value(json_object_get(json_array_get(peers, 0), "name")), "ctl");
        json_decref(topology);
}

static void test_keys_are_made_once_and_private(void **state)
{
        (void)state;
        char path[PATH_SIZE];
        struct stat before;
        struct stat after;
        (void)snprintf(path, sizeof(path), "%s/keys/tracking-1.key", operator_directory(operator));
        assert_int_equal(stat(path, &before), 0);
        assert_int_equal(before.st_mode & 0777, 0600);
        assert_int_equal(RUN("init"), 0);
        assert_int_equal(stat(path, &after), 0);
        assert_int_equal(before.st_ino, after.st_ino);
        assert_int_equal(before.st_mtime, after.st_mtime);

        assert_int_equal(RUN("keygen", "poste-2"), 0);
        (void)snprintf(path, sizeof(path), "%s/topology.json", operator_directory(operator));
        json_t *network = json_load_file(path, 0, NULL);
        assert_int_equal(json_array_size(json_object_get(network, "peers")), 2);
        json_decref(network);
        assert_int_equal(RUN("keygen", "Nom Impossible"), 1);
        assert_said("use 1 to 32");
}

static mode_t mode_below(const char *name)
{
        char path[PATH_SIZE];
        struct stat facts;
        (void)snprintf(path, sizeof(path), "%s/%s", operator_directory(operator), name);
        assert_int_equal(stat(path, &facts), 0);
        return facts.st_mode & 0777;
}

/* What an earlier program, or a careless copy, opened to others is closed by the next start. */
static void test_a_run_directory_is_its_owners_alone(void **state)
{
        (void)state;
        char path[PATH_SIZE];
        static const char *const below[] = {"", "keys", "stores", "logs"};
        for (size_t i = 0; i < ARRAY_SIZE(below); i++) {
                (void)snprintf(path, sizeof(path), "%s/%s", operator_directory(operator), below[i]);
                assert_int_equal(chmod(path, 0755), 0);
        }
        assert_int_equal(RUN("init"), 0);
        for (size_t i = 0; i < ARRAY_SIZE(below); i++)
                assert_int_equal(mode_below(below[i]), 0700);
        assert_int_equal(mode_below("topology.json"), 0600);
        assert_int_equal(mode_below("logs/directory-1.log"), 0600);
        assert_int_equal(mode_below("up.pid"), 0600);
        assert_int_equal(mode_below("pids.json"), 0600);
}

static void test_calls_answer_in_json(void **state)
{
        (void)state;
        assert_int_equal(RUN("call", "contracts", "Contracts", "{\"page\":{\"limit\":1}}"), 3);
        assert_said("NOT_ALLOWED");
        assert_int_equal(RUN("call", "contracts", "Contracts", "{\"pag\":{}}", "--as", "facilitator"), 2);
        assert_said("pag");
        assert_int_equal(RUN("call", "contracts", "Contracts", "{", "--as", "FACILITATOR"), 2);
        assert_int_equal(RUN("call", "contracts", "Contracts", "{\"page\":{\"limit\":1}}", "--as", "FACILITATOR"), 0);
        json_t *reply = json_loads(operator_output(operator), 0, NULL);
        assert_true(json_is_object(reply));
        json_decref(reply);
        assert_int_equal(RUN("call", "runtime", "Health", "{}", "--instance", "tracking-2"), 0);
        assert_said("\"serving\"");
        assert_int_equal(RUN("call", "runtime", "Health", "{}", "--instance", "tracking-9"), 1);
}

static void test_methods_are_described(void **state)
{
        (void)state;
        assert_int_equal(RUN("describe", "contracts.DeclareNeed", "--openapi", "--as", "COMPANY"), 0);
        json_t *all = json_loads(operator_output(operator), 0, NULL);
        assert_string_equal(json_string_value(json_object_get(all, "openapi")), "3.1.0");
        assert_int_equal(json_object_size(json_object_get(all, "paths")), 1);
        json_decref(all);
        assert_said("Intitulé du poste");
        assert_int_equal(RUN("describe", "contracts.DeclareNeed", "--openapi", "--as", "PRESCRIBER"), 0);
        assert_false(SAID("Intitulé du poste"));
        assert_int_equal(RUN("describe", "contracts.Nothing"), 2);
        assert_said("« contracts » n'a pas de demande « Nothing »");
}

/* Nobody answers in time: it may have been done, and is asked again with the key that is told. */
static void test_a_command_without_an_answer(void **state)
{
        (void)state;
        static const char subscribe[] = "{\"organisationName\":\"Mission locale\",\"territory\":\"31\"}";
        static const char organisation[] = "0192f0c1-7a3b-7000-8f00-000000000009";
        char key[ID_TEXT_SIZE];
        struct id id;
        pid_t pid = operator_pid(operator, "notifications-1");
        assert_int_equal(send_signal(pid, SIGSTOP), 0);
        assert_int_equal(RUN("call", "notifications", "Subscribe", subscribe, "--as", "PRESCRIBER", "--organisation",
                             organisation, "--seconds", "1"),
                         5);
        const char *at = strstr(operator_output(operator), "--key ");
        assert_int_equal(send_signal(pid, SIGCONT), 0);
        assert_non_null(at);
        (void)snprintf(key, sizeof(key), "%s", at + strlen("--key "));
        assert_int_equal(id_parse(key, &id), 0);
        for (int i = 0; i < 2; i++) {
                assert_int_equal(RUN("call", "notifications", "Subscribe", subscribe, "--as", "PRESCRIBER",
                                     "--organisation", organisation, "--key", key),
                                 0);
                assert_said("subscriptionId");
        }
        assert_int_equal(RUN("call", "notifications", "Subscriptions", "{}", "--as", "PRESCRIBER", "--organisation",
                             organisation),
                         0);
        at = strstr(operator_output(operator), "subscriptionId");
        assert_non_null(at);
        assert_null(strstr(at + 1, "subscriptionId"));
        assert_int_equal(send_signal(pid, SIGSTOP), 0); /* a question may be asked again as it is */
        assert_int_equal(RUN("call", "notifications", "Subscriptions", "{}", "--seconds", "1"), 5);
        assert_int_equal(send_signal(pid, SIGCONT), 0);
        assert_false(SAID("--key"));
}

static void test_same_key_same_answer(void **state)
{
        (void)state;
        char key[ID_TEXT_SIZE];
        struct world world = world_real();
        id_format(id_new(&world, world.now_ms(&world), 0), key);
        static const char request[] = "{\"organisation\":{\"kind\":\"ACI\",\"name\":\"Essai\",\"source\":\"essai\","
                                      "\"sourceId\":\"1\",\"territory\":\"31\"}}";
        assert_int_equal(RUN("call", "directory", "PutOrganisation", request, "--key", key), 0);
        char *first = strdup(operator_output(operator));
        assert_int_equal(RUN("call", "directory", "PutOrganisation", request, "--key", key), 0);
        assert_string_equal(operator_output(operator), first);
        free(first);
        assert_int_equal(RUN("dump", "--log", "directory-1"), 0);
        assert_said("\"Essai\"");
        assert_said(key);
}

/* The token that was just shown, in a file. */
static void keep_token(char ret_path[PATH_SIZE])
{
        const char *at = strstr(operator_output(operator), "#jeton=");
        assert_non_null(at);
        (void)snprintf(ret_path, PATH_SIZE, "/tmp/guichet-token-XXXXXX");
        int fd = mkstemp(ret_path);
        assert_true(fd >= 0);
        at += strlen("#jeton=");
        size_t size = strcspn(at, "\n");
        assert_int_equal(write(fd, at, size), size);
        assert_int_equal(close(fd), 0);
}

static void test_users(void **state)
{
        (void)state;
        char path[PATH_SIZE];
        assert_int_equal(RUN("user", "add", "coordination", "--role", "COORDINATOR"), 0); /* the first: at once */
        keep_token(path);
        assert_int_equal(RUN("user", "add", "claire.martin", "--role", "FACILITATOR", "--territory", "31,82"), 0);
        assert_false(SAID("#jeton=")); /* an operator does not become a facilitator */
        assert_int_equal(RUN("user", "list"), 0);
        assert_said("en attente");
        assert_int_equal(RUN("user", "confirm", "claire.martin", "--consent", "/dev/null"), 1);
        assert_int_equal(RUN("user", "confirm", "claire.martin", "--consent", path), 0);
        assert_said("#jeton=");
        assert_int_equal(RUN("user", "renew", "claire.martin"), 1);
        assert_int_equal(RUN("user", "renew", "claire.martin", "--consent", path), 0);
        assert_said("#jeton=");
        assert_int_equal(unlink(path), 0);
        assert_int_equal(RUN("user", "add", "claire.martin", "--role", "FACILITATOR"), 1);
        assert_int_equal(RUN("user", "add", "sans.role"), 2);
        assert_int_equal(RUN("user", "list"), 0);
        assert_said("claire.martin");
        assert_said("31,82");
        assert_int_equal(RUN("user", "revoke", "claire.martin"), 0);
        assert_int_equal(RUN("user", "list"), 0);
        assert_said("révoqué");
        assert_int_equal(RUN("user", "add", "claire.martin", "--role", "FACILITATOR"), 1); /* a name is given once */
}

static void write_frame(const char *path, struct slice frame)
{
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_int_equal(fwrite(frame.data, 1, frame.size, file), frame.size);
        assert_int_equal(fclose(file), 0);
}

static void test_frames_are_decoded(void **state)
{
        (void)state;
        struct arena arena = {0};
        char path[PATH_SIZE];
        uint8_t id[16] = {1};
        Contracts__ContractsRequest request = CONTRACTS__CONTRACTS_REQUEST__INIT;
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        Wire__Reply reply = WIRE__REPLY__INIT;
        Contracts__ContractsReply body = CONTRACTS__CONTRACTS_REPLY__INIT;
        (void)snprintf(path, sizeof(path), "%s/frame", operator_directory(operator));

        request.number = arena_text(&arena, "2026-M-7");
        envelope.version = 1;
        envelope.method = arena_text(&arena, "contracts.Contracts");
        envelope.id = pb_bytes(slice_of(id, sizeof(id)));
        envelope.body = pb_bytes(pb_encode(&request, &arena));
        write_frame(path, pb_encode(&envelope, &arena));
        assert_int_equal(RUN("dump", path), 0);
        assert_said("\"envelope\"");
        assert_said("2026-M-7");

        body.next = pb_bytes(slice_of_text("suite"));
        reply.id = envelope.id;
        reply.outcome_case = WIRE__REPLY__OUTCOME_BODY;
        reply.body = pb_bytes(pb_encode(&body, &arena));
        write_frame(path, pb_encode(&reply, &arena));
        assert_int_equal(RUN("dump", path, "--method", "contracts.Contracts"), 0);
        assert_said("c3VpdGU=");

        write_frame(path, slice_of_text("\xff\xff rien"));
        assert_int_equal(RUN("dump", path), 1);
        arena_fini(&arena);
}

static void test_import_tells_what_it_leaves(void **state)
{
        (void)state;
        char file[PATH_SIZE];
        char rejects[PATH_SIZE];
        char line[1024];
        (void)snprintf(file, sizeof(file), "%s/contrats.json", operator_directory(operator));
        (void)snprintf(rejects, sizeof(rejects), "%s/ecartes.jsonl", operator_directory(operator));
        write_frame(file, slice_of_text("{\"marches\":{\"marche\":[{\"id\":\"1\"},{\"id\":\"2\",\"acheteur\":{\"id\":"
                                        "\"12345678901234\"},\"objet\":\"Murs\",\"montant\":\"beaucoup\"}]}}"));
        assert_int_equal(RUN("import", "decp", file, "--rejects", rejects), 0);
        assert_said("écartés à la lecture");
        assert_said("Motifs de rejet");
        FILE *lines = fopen(rejects, "re");
        assert_non_null(lines);
        assert_non_null(fgets(line, sizeof(line), lines));
        json_t *reject = json_loads(line, 0, NULL);
        static const char *const members[] = {"file", "list", "index", "number", "severity", "field", "value", "text"};
        for (size_t i = 0; i < ARRAY_SIZE(members); i++)
                assert_non_null(json_object_get(reject, members[i]));
        assert_string_equal(json_string_value(json_object_get(reject, "severity")), "rejected");
        assert_string_equal(json_string_value(json_object_get(reject, "number")), "1");
        json_decref(reject);
        (void)fclose(lines);
}

/* A contract in which one thing is doubtful: its consideration. */
#define DOUBTFUL(number)                                                                                               \
        "{\"id\":\"" number "\",\"acheteur\":{\"id\":\"99900001100018\"},\"objet\":\"Halle " number                    \
        "\",\"codeCPV\":\"45210000\",\"dateNotification\":\"2026-03-01\",\"montant\":12000,\"titulaires\":[{"          \
        "\"titulaire\":[{\"typeIdentifiant\":\"SIRET\",\"id\":\"80123456800013\"}]}],\"considerationsSociales\":"      \
        "[\"Oui\"]}"

static void test_a_remark_has_its_place(void **state)
{
        (void)state;
        char file[PATH_SIZE], rejects[PATH_SIZE], line[1024];
        (void)snprintf(file, sizeof(file), "%s/reserves.json", operator_directory(operator));
        (void)snprintf(rejects, sizeof(rejects), "%s/reserves.jsonl", operator_directory(operator));
        write_frame(file, slice_of_text("{\"marches\":{\"marche\":[" DOUBTFUL("R-1") "," DOUBTFUL("R-2") "]}}"));
        assert_int_equal(RUN("import", "decp", file, "--rejects", rejects), 0);
        assert_said("d'abord : reserves.json, marche[0] « R-1 », considerationsSociales[0]");
        FILE *lines = fopen(rejects, "re");
        assert_non_null(lines);
        assert_non_null(fgets(line, sizeof(line), lines));
        assert_non_null(fgets(line, sizeof(line), lines));
        json_t *remark = json_loads(line, 0, NULL);
        assert_string_equal(json_string_value(json_object_get(remark, "severity")), "warning");
        assert_string_equal(json_string_value(json_object_get(remark, "number")), "R-2");
        assert_string_equal(json_string_value(json_object_get(remark, "field")), "considerationsSociales[0]");
        assert_string_equal(json_string_value(json_object_get(remark, "value")), "Oui");
        assert_int_equal(json_integer_value(json_object_get(remark, "index")), 1);
        assert_null(fgets(line, sizeof(line), lines));
        json_decref(remark);
        (void)fclose(lines);
        assert_int_equal(RUN("import", "decp", file), 0);
        assert_said("--rejects");
}

static void test_each_file_is_read_for_itself(void **state)
{
        (void)state;
        char good[PATH_SIZE], empty[PATH_SIZE], none[PATH_SIZE], bad[PATH_SIZE], partners[PATH_SIZE];
        const char *directory = operator_directory(operator);
        (void)snprintf(good, sizeof(good), "%s/bon.json", directory);
        (void)snprintf(empty, sizeof(empty), "%s/vide.json", directory);
        (void)snprintf(none, sizeof(none), "%s/aucun.json", directory);
        (void)snprintf(bad, sizeof(bad), "%s/mauvais.json", directory);
        (void)snprintf(partners, sizeof(partners), "%s/partenaires.json", directory);
        write_frame(good, slice_of_text("{\"marches\":{\"marche\":[" DOUBTFUL("F-1") "]}}"));
        write_frame(empty, slice_of_text(""));
        write_frame(none, slice_of_text("{\"marches\":null}"));
        write_frame(bad, slice_of_text("id;objet\n"));
        write_frame(
                partners,
                slice_of_text("[{\"id\":1,\"nom_usuel\":\"ML\",\"nom_officiel\":\"ML\",\"code_departement\":\"31\"}]"));
        assert_int_equal(RUN("import", "decp", empty, none, good), 0);
        assert_said("vide.json : aucun contrat");
        assert_said("aucun.json : aucun contrat");
        assert_said("bon.json : 1 contrat, dont 1 gardé");
        assert_int_equal(RUN("import", "decp", bad, "/nonexistent.json", "/nonexistent.json.xz", good), 1);
        assert_said("mauvais.json : illisible : ce n'est pas du JSON");
        assert_said("/nonexistent.json : illisible : impossible d'ouvrir");
        assert_said("/nonexistent.json.xz : illisible");
        assert_said("bon.json : 1 contrat, dont 1 gardé");
        assert_said("4 fichier(s), dont 3 illisible(s)");
        assert_int_equal(RUN("import", "partners", bad, empty, partners), 1);
        assert_said("vide.json : aucun partenaire");
        assert_said("partenaires.json : 1 partenaire, dont 1 gardé");
}

/* `count` contracts that differ in their numbers. */
static void write_contracts(const char *path, unsigned count)
{
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_true(fputs("{\"marches\":{\"marche\":[", file) >= 0);
        for (unsigned i = 0; i < count; i++)
                assert_true(fprintf(file,
                                    "%s{\"id\":\"C-%u\",\"acheteur\":{\"id\":\"99900001100018\"},\"objet\":\"Murs %u\","
                                    "\"dateNotification\":\"2026-03-01\",\"montant\":1000}",
                                    i > 0 ? "," : "", i, i) > 0);
        assert_true(fputs("]}}", file) >= 0);
        assert_int_equal(fclose(file), 0);
}

/* Kills `pid` as soon as its log has grown, from a process of its own, because the import blocks this one. */
static pid_t kill_during(pid_t pid)
{
        pid_t killer = fork();
        assert_true(killer >= 0);
        if (killer > 0)
                return killer;
        uint64_t before[INSTANCES_MAX];
        uint64_t now[INSTANCES_MAX];
        size_t count = operator_positions(operator, before, INSTANCES_MAX);
        for (int tries = 0; tries < TRIES && count == operator_positions(operator, now, INSTANCES_MAX); tries++)
                if (now[0] > before[0] + KILL_AFTER)
                        _exit(send_signal(pid, SIGKILL) == 0 ? 0 : 1);
        _exit(2);
}

static pid_t await_another(const char *instance, pid_t before)
{
        for (int tries = 0; tries < TRIES; tries++) {
                pid_t now = operator_pid(operator, instance);
                if (now != 0 && now != before)
                        return now;
                (void)poll(NULL, 0, TRY_MS);
        }
        fail_msg("%s was not started again", instance);
        return 0;
}

/* Nothing lost, nothing twice: what is unanswered is sent again with its key. */
static void test_import_through_a_crash(void **state)
{
        (void)state;
        char file[PATH_SIZE];
        int status;
        (void)snprintf(file, sizeof(file), "%s/beaucoup.json", operator_directory(operator));
        write_contracts(file, CONTRACTS);
        pid_t first = operator_pid(operator, "contracts-1");
        pid_t killer = kill_during(first);
        assert_int_equal(RUN("import", "decp", file), 0);
        assert_int_equal(waitpid(killer, &status, 0), killer);
        assert_int_equal(WEXITSTATUS(status), 0);
        assert_figure("nouveaux", "8\xe2\x80\xaf"
                                  "000");
        assert_int_not_equal(await_another("contracts-1", first), first);
        assert_int_equal(RUN("import", "decp", file), 0);
        assert_figure("inchangés", "8\xe2\x80\xaf"
                                   "000");
}

static void test_one_supervisor_only(void **state)
{
        (void)state;
        assert_int_equal(RUN("up"), 1);
        assert_said("tourne déjà");
}

static void test_a_crashed_daemon_comes_back(void **state)
{
        (void)state;
        pid_t pid = operator_pid(operator, "contracts-1");
        for (int round = 0; round < 2; round++) {
                assert_int_equal(send_signal(pid, SIGKILL), 0);
                pid = await_another("contracts-1", pid);
        }
        assert_int_equal(RUN("wait"), 0);
        assert_int_equal(RUN("status"), 0);
        assert_said("contracts-1");
}

/* The kernel ends the daemons of a supervisor that was killed. */
static void test_no_orphans(void **state)
{
        (void)state;
        static const char *const instances[] = {"contracts-1", "tracking-1", "reporting-1", "gateway-1"};
        pid_t pids[ARRAY_SIZE(instances)];
        for (size_t i = 0; i < ARRAY_SIZE(instances); i++)
                pids[i] = operator_pid(operator, instances[i]);
        operator_kill(operator, SIGKILL);
        for (size_t i = 0; i < ARRAY_SIZE(instances); i++) {
                int tries = 0;
                while (send_signal(pids[i], 0) == 0) {
                        assert_true(tries++ < TRIES);
                        (void)poll(NULL, 0, TRY_MS);
                }
                assert_int_equal(errno, ESRCH);
        }
        assert_int_equal(RUN("status"), 1);
        assert_said("ne répond pas");
        operator_up(operator);
        assert_int_equal(RUN("verify"), 0);
}

static void test_clean_stop(void **state)
{
        (void)state;
        static const char *const declared[] = {"web.absent", NULL};
        operator_down(operator);
        assert_int_equal(operator_alarms(operator, declared), 0);
}

static int open_network(void **state)
{
        (void)state;
        operator= operator_new(NULL);
        operator_up(operator);
        return 0;
}

static int close_network(void **state)
{
        (void)state;
        operator_free(operator);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_every_verb_has_help),
                cmocka_unit_test(test_wrong_use_is_told),
                cmocka_unit_test(test_no_peer_but_the_tool),
                cmocka_unit_test(test_keys_are_made_once_and_private),
                cmocka_unit_test(test_a_run_directory_is_its_owners_alone),
                cmocka_unit_test(test_calls_answer_in_json),
                cmocka_unit_test(test_methods_are_described),
                cmocka_unit_test(test_a_command_without_an_answer),
                cmocka_unit_test(test_same_key_same_answer),
                cmocka_unit_test(test_users),
                cmocka_unit_test(test_frames_are_decoded),
                cmocka_unit_test(test_import_tells_what_it_leaves),
                cmocka_unit_test(test_a_remark_has_its_place),
                cmocka_unit_test(test_each_file_is_read_for_itself),
                cmocka_unit_test(test_import_through_a_crash),
                cmocka_unit_test(test_one_supervisor_only),
                cmocka_unit_test(test_a_crashed_daemon_comes_back),
                cmocka_unit_test(test_no_orphans),
                cmocka_unit_test(test_clean_stop),
        };
        return cmocka_run_group_tests(tests, open_network, close_network);
}
