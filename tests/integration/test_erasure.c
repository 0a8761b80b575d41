/* A person is erased, as an operator sees it: nothing of her is left in any file of any daemon, the figures stand, the
 * kill -9 in the middle leaves the one or the other, and a backup of before brings nobody back. Seven daemons. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "tests/lib/net.h"
#include "tests/lib/run_ctl.h"
#include "tracking/commands.pb-c.h"

enum { PATH_SIZE = 512, WRAPPED_SIZE = 24 + 32 + 16, KILLED = 12, DESCRIPTORS = 16 };

/* All that was ever typed of her. */
static const char NAME[] = "Quatrebarbes-Essai", GIVEN[] = "Zéphirine", PHONE[] = "06 39 98 71 43",
                  MAIL[] = "zephirine@essai.example", DECIDED[] = "hébergée rue des Glycines",
                  READ[] = "préparer l'entretien du foyer", ENDED[] = "embauche chez Confidences SARL",
                  TITLE[] = "Attestation du foyer", PAPER[] = "attestation confidentielle de Glycines",
                  ISSUER[] = "caisse des Glycines bleues", DOUBTED[] = "la caisse des Lilas hésite",
                  SENT_BACK[] = "absente le jour du foyer";
static const char *const secrets[] = {NAME,  GIVEN, PHONE, MAIL,   DECIDED, READ,
                                      ENDED, TITLE, PAPER, ISSUER, DOUBTED, SENT_BACK};

static struct net *net;
static struct month_end month_end;
static struct net_home home;
static char person[ID_TEXT_SIZE], placement[ID_TEXT_SIZE];
static uint8_t wrapped[WRAPPED_SIZE];

/* ---- the operator */

static char *below(const char *name, char ret[PATH_SIZE])
{
        (void)snprintf(ret, PATH_SIZE, "%s/%s", home.scratch, name);
        return ret;
}

#define RUN(...) CTL_RUN(net->directory, __VA_ARGS__)

/* Calls tracking as a facilitator. */
static int ask(const char *directory, const char *method, const char *json)
{
        return CTL_RUN(directory, "call", "tracking", method, json, "--as", "FACILITATOR", "--territory", "*");
}

static char json[4096];

static const char *json_of(const char *format, ...)
{
        va_list args;
        va_start(args, format);
        (void)vsnprintf(json, sizeof(json), format, args);
        va_end(args);
        return json;
}

/* The id that the output gives behind this name. */
static void take_id(const char *name, char ret[ID_TEXT_SIZE])
{
        struct id id;
        const char *at = strstr(ctl_output(), name);
        at = at == NULL ? NULL : strchr(at + strlen(name) + 1, '"');
        if (at == NULL)
                fail_msg("no %s in: %s", name, ctl_output());
        (void)snprintf(ret, ID_TEXT_SIZE, "%s", at + 1);
        assert_int_equal(id_parse(ret, &id), 0);
}

/* ---- bytes */

struct sought {
        const void *bytes;
        size_t size, files;
        char where[PATH_SIZE];
};
static struct sought sought;

static int look_into(const char *path, const struct stat *facts, int type, struct FTW *place)
{
        (void)place;
        if (type != FTW_F || facts->st_size == 0)
                return 0;
        uint8_t *bytes = malloc((size_t)facts->st_size);
        FILE *stream = fopen(path, "rbe");
        assert_non_null(bytes);
        if (stream != NULL) {
                size_t size = fread(bytes, 1, (size_t)facts->st_size, stream);
                if (memmem(bytes, size, sought.bytes, sought.size) != NULL) {
                        sought.files++;
                        (void)snprintf(sought.where, sizeof(sought.where), "%s", path);
                }
                (void)fclose(stream);
        }
        free(bytes);
        return 0;
}

static size_t files_with(const char *directory, const void *bytes, size_t size)
{
        sought = (struct sought){.bytes = bytes, .size = size};
        assert_int_equal(nftw(directory, look_into, DESCRIPTORS, FTW_PHYS), 0);
        return sought.files;
}

static void no_file_has(const char *directory, const void *bytes, size_t size, const char *what)
{
        if (files_with(directory, bytes, size) > 0)
                fail_msg("%s is in %s", what, sought.where);
}

/* The wrapped key stands behind the id in the store of keys. */
static bool find_wrapped(const char *directory, struct id id, uint8_t *ret)
{
        char path[4300];
        static uint8_t file[16 << 20];
        (void)snprintf(path, sizeof(path), "%s/stores/tracking-1/keys/data.mdb", directory);
        FILE *stream = fopen(path, "rbe");
        assert_non_null(stream);
        size_t size = fread(file, 1, sizeof(file), stream);
        assert_int_equal(fclose(stream), 0);
        const uint8_t *at = memmem(file, size, id.b, sizeof(id.b));
        if (at != NULL && ret != NULL)
                memcpy(ret, at + sizeof(id.b), WRAPPED_SIZE);
        return at != NULL;
}

static struct id id_in(const char *text)
{
        struct id id;
        assert_int_equal(id_parse(text, &id), 0);
        return id;
}

/* ---- a life */

static void refer(const char *name, char ret_person[ID_TEXT_SIZE])
{
        ctl_done(ask(net->directory, "ReferBeneficiary",
                     json_of("{\"identity\":{\"familyName\":\"%s\",\"givenName\":\"%s\",\"bornOn\":\"1990-05-17\","
                             "\"sex\":\"WOMAN\",\"phone\":\"%s\",\"email\":\"%s\",\"commune\":\"31555\"},"
                             "\"territory\":\"31\",\"prescriber\":\"0192f0c1-7a3b-7000-8f00-000000000007\"}",
                             name, GIVEN, PHONE, MAIL)));
        take_id("beneficiaryId", ret_person);
}

static int open_file(const char *directory, const char *of)
{
        return ask(directory, "OpenBeneficiaryFile",
                   json_of("{\"beneficiaryId\":\"%s\",\"reason\":\"%s\",\"reasonCode\":\"PLACEMENT\"}", of, READ));
}

static void attach_paper(void)
{
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s.paper.pdf", home.scratch);
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        (void)fprintf(file, "%%PDF-1.4 %s", PAPER);
        assert_int_equal(fclose(file), 0);
        ctl_done(RUN("document", "put", path, "--placement", placement, "--title", TITLE));
        assert_int_equal(unlink(path), 0);
}

static void live(void)
{
        char obligation[ID_TEXT_SIZE], company[ID_TEXT_SIZE];
        id_format(month_end.obligation, obligation);
        id_format(month_end.company, company);
        refer(NAME, person);
        ctl_done(ask(net->directory, "DecideEligibility",
                     json_of("{\"beneficiaryId\":\"%s\",\"publicCode\":\"B_RSA\",\"proofCode\":\"ATTESTATION_RSA\","
                             "\"proofDated\":\"2026-01-20\",\"validFrom\":\"2026-02-01\",\"decidedOn\":\"2026-02-01\","
                             "\"eligible\":true,"
                             "\"reason\":\"%s\"}",
                             person, DECIDED)));
        ctl_done(ask(net->directory, "OpenPlacement",
                     json_of("{\"beneficiaryId\":\"%s\",\"obligationId\":\"%s\",\"modality\":\"DIRECT_HIRE\","
                             "\"employer\":\"%s\",\"employerName\":\"Jardins du Midi\",\"hostCompany\":\"%s\","
                             "\"tutor\":\"M. Tuteur\",\"startsOn\":\"2026-03-10\",\"weeklyHours\":\"35\","
                             "\"romeCode\":\"F1703\",\"workContract\":\"CDD\"}",
                             person, obligation, company, company)));
        take_id("placementId", placement);
        ctl_done(ask(net->directory, "RecordProofSeen",
                     json_of("{\"beneficiaryId\":\"%s\",\"proofCode\":\"ATTESTATION_RSA\",\"issuer\":\"%s\","
                             "\"dated\":\"2026-01-20\",\"seenOn\":\"2026-02-01\"}",
                             person, ISSUER)));
        ctl_done(ask(net->directory, "SuspendEligibility",
                     json_of("{\"beneficiaryId\":\"%s\",\"suspendedFrom\":\"2026-10-01\",\"suspendedUntil\":"
                             "\"2026-10-02\",\"suspensionCode\":\"PROOF_DOUBTED\",\"reason\":\"%s\"}",
                             person, DOUBTED)));
        attach_paper();
        ctl_done(open_file(net->directory, person));
        ctl_done(ask(net->directory, "SubmitHours",
                     json_of("{\"placementId\":\"%s\",\"month\":\"2026-04\",\"hours\":\"120\"}", placement)));
        ctl_done(RUN("hours", "return", placement, "2026-04", "--code", "ABSENCES", "--reason", SENT_BACK));
        ctl_done(RUN("hours", "submit", placement, "2026-04", "--hours", "120"));
        ctl_done(RUN("hours", "history", placement, "2026-04"));
        ctl_said(SENT_BACK);
        ctl_done(ask(net->directory, "PlacementById", json_of("{\"placementId\":\"%s\"}", placement)));
        const char *version = strstr(ctl_output(), "\"version\"");
        assert_non_null(version);
        unsigned long seen = strtoul(version + strcspn(version, "0123456789"), NULL, 10);
        ctl_done(ask(net->directory, "ValidateHours",
                     json_of("{\"placementId\":\"%s\",\"month\":\"2026-04\",\"seen\":%lu}", placement, seen)));
        assert_int_equal(RUN("person", "erase", person, "--code", "PERSON_ASKED"), 3);
        ctl_said("est en cours");
        ctl_done(ask(net->directory, "EndPlacement",
                     json_of("{\"placementId\":\"%s\",\"endedOn\":\"2026-09-30\",\"outcome\":\"DURABLE_JOB\","
                             "\"reason\":\"%s\"}",
                             placement, ENDED)));
}

/* The caller frees them. */
static char *read_figures(void)
{
        net_wait_followed(net, "reporting-1", "tracking-1");
        ctl_done(RUN("call", "reporting", "Consolidation", "{}", "--as", "COORDINATOR", "--territory", "*"));
        char *figures = strdup(ctl_output());
        assert_non_null(figures);
        return figures;
}

/* ---- the tests, one after the other */

static void test_no_file_of_any_daemon_has_a_byte_of_her(void **state)
{
        char key[PATH_SIZE], place[PATH_SIZE];
        (void)state;
        live();
        char *before = read_figures();
        assert_non_null(strstr(before, "120"));
        ctl_done(RUN("backup", "--new-key", below("secours", key)));
        ctl_done(RUN("backup", below("place", place)));
        assert_true(find_wrapped(net->directory, id_in(person), wrapped));
        assert_true(files_with(net->directory, wrapped, sizeof(wrapped)) > 0);

        ctl_done(RUN("person", "erase", person, "--code", "PERSON_ASKED"));
        ctl_said("1 document");
        ctl_said("l'employeur d'un parcours");
        ctl_said("mission d'intérêt public");
        for (int i = 0; i < 200 && files_with(net->directory, wrapped, sizeof(wrapped)) > 0; i++)
                harness_pause_ms(20);
        no_file_has(net->directory, wrapped, sizeof(wrapped), "her key");
        for (size_t i = 0; i < ARRAY_SIZE(secrets); i++)
                no_file_has(net->directory, secrets[i], strlen(secrets[i]), secrets[i]);
        char *after = read_figures();
        assert_string_equal(before, after);
        free(before);
        free(after);
        assert_int_equal(open_file(net->directory, person), 4);
        ctl_said("effacé");
        ctl_done(RUN("verify"));
}

/* Taken out, readable and as JSON; restricted and lifted; set right, from a file. */
static void test_her_other_rights(void **state)
{
        static const char reason[] = "copie demandée par écrit";
        char one[ID_TEXT_SIZE], path[PATH_SIZE];
        (void)state;
        refer("Essai-droits", one);
        ctl_done(RUN("person", "restrict", one, "--code", "ACCURACY_CONTESTED"));
        assert_int_equal(open_file(net->directory, one), 3);
        ctl_said("art. 18");
        ctl_done(RUN("person", "export", one, "--reason-code", "PERSON_ASKED", "--reason", reason, "--json"));
        ctl_said("\"familyName\": \"Essai-droits\"");
        (void)snprintf(path, sizeof(path), "%s.identity.json", home.scratch);
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        (void)fprintf(file, "{\"familyName\":\"Essai-rectifié\",\"givenName\":\"%s\",\"bornOn\":\"1990-05-17\"}",
                      GIVEN);
        assert_int_equal(fclose(file), 0);
        ctl_done(RUN("person", "rectify", one, "--identity", path, "--reason", "une lettre de son nom"));
        assert_int_equal(unlink(path), 0);
        ctl_done(RUN("person", "lift", one, "--code", "VERIFIED"));
        ctl_done(open_file(net->directory, one));
        ctl_done(RUN("person", "export", one, "--reason-code", "PERSON_ASKED", "--reason", reason));
        ctl_said("Nom : Essai-rectifié");
        ctl_said("Identité jusqu'au");
        ctl_said("Essai-droits");
        ctl_said(READ);
        ctl_done(RUN("person", "due"));
        assert_int_equal(RUN("person", "export", one), 2);
}

static void refuse_to_open_or_open(const char *of, bool *ret_erased)
{
        int code = open_file(net->directory, of);
        *ret_erased = code != 0;
        if (code != 0)
                ctl_said("effacé"); /* any other refusal is a file without a key */
        assert_int_equal(find_wrapped(net->directory, id_in(of), NULL), !*ret_erased);
}

/* kill -9 while it is asked for: finished or not begun, once the daemon has started again. */
static void test_killed_in_the_middle(void **state)
{
        size_t erased_count = 0;
        (void)state;
        for (int i = 0; i < KILLED; i++) {
                char one[ID_TEXT_SIZE], name[] = "Essai-a";
                bool erased;
                name[sizeof(name) - 2] = (char)('a' + i);
                refer(name, one);
                pid_t child = fork();
                if (child == 0) {
                        (void)RUN("person", "erase", one, "--code", "PERSON_ASKED", "--seconds", "1");
                        _exit(0);
                }
                harness_pause_ms(8 + (uint32_t)i * 3); /* the tool needs as long to connect */
                net_kill_instance(net, "tracking-1");
                assert_int_equal(waitpid(child, NULL, 0), child);
                net_start_instance(net, "tracking-1", NULL);
                net_wait_serving(net, "tracking-1");
                refuse_to_open_or_open(one, &erased);
                erased_count += erased;
                if (!erased)
                        ctl_done(RUN("person", "erase", one, "--code", "PERSON_ASKED"));
                assert_false(find_wrapped(net->directory, id_in(one), NULL));
        }
        print_message("%zu of %d were erased when the daemon died\n", erased_count, KILLED);
        ctl_done(RUN("verify"));
}

/* A later backup tells who is erased: who comes back with an older one goes again, before anybody can read her. */
static void test_a_restore_brings_nobody_back(void **state)
{
        char key[PATH_SIZE], place[PATH_SIZE], neuf[PATH_SIZE], list[PATH_SIZE + 64];
        char first[64];
        (void)state;
        (void)below("secours", key);
        (void)below("place", place);
        ctl_done(RUN("backup", place, "--list"));
        const char *at = strstr(ctl_output(), "20");
        assert_non_null(at);
        (void)snprintf(first, sizeof(first), "%.24s", at);
        ctl_done(RUN("backup", place));
        for (size_t i = 0; i < NET_ALL; i++)
                net_stop_instance(net, net_all[i]);
        ctl_done(CTL_RUN(below("neuf", neuf), "restore", place, "--key", key, "--backup", first));
        assert_true(find_wrapped(neuf, id_in(person), NULL)); /* as it was */
        (void)snprintf(list, sizeof(list), "%s/stores/tracking-1/erasures", neuf);
        assert_int_equal(access(list, F_OK), 0);

        struct net *old = net;
        net = net_start_in(&home.context, neuf, net_all, NET_ALL);
        for (int i = 0; i < 200 && access(list, F_OK) == 0; i++)
                harness_pause_ms(20);
        assert_int_equal(access(list, F_OK), -1);
        assert_int_equal(open_file(neuf, person), 4);
        ctl_said("effacé");
        assert_false(find_wrapped(neuf, id_in(person), NULL));
        no_file_has(neuf, wrapped, sizeof(wrapped), "her key");
        ctl_done(RUN("verify"));
        net_stop(net);
        net = old;
}

static int setup(void **state)
{
        (void)state;
        net = net_open(&home, "erasure");
        if (net == NULL)
                return -1;
        month_end_obligation(net, &month_end);
        net_wait_followed(net, "tracking-1", "contracts-1");
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
                cmocka_unit_test(test_no_file_of_any_daemon_has_a_byte_of_her),
                cmocka_unit_test(test_her_other_rights),
                cmocka_unit_test(test_killed_in_the_middle),
                cmocka_unit_test(test_a_restore_brings_nobody_back),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
