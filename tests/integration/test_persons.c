/* Persons, as facilitators and an operator see them, over two partitions of tracking: known here or in another
 * department, however the name is written, without a name or a digest leaving; two files of one person merged,
 * unmerged, kept apart; an erased one is found by nothing. A network of before gets the key of its identities by
 * itself. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <ftw.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/engine.h"
#include "common/service/topology.h"
#include "services/tracking/persons/known.h"
#include "tests/lib/operator.h"

enum { PATH_SIZE = 512, JSON_SIZE = 2048, DESCRIPTORS = 16, TRY_MS = 50, TRIES = 200 };

static struct operator* operator;
static struct arena arena;
static char identity_path[PATH_SIZE];

#define RUN(...) operator_run(operator,(const char *const[]){__VA_ARGS__, NULL})

static void done(int code)
{
        if (code != 0)
                fail_msg("code %d: %s", code, operator_output(operator));
}

static bool is_said(const char *text)
{
        return strstr(operator_output(operator), text) != NULL;
}

static void said(const char *text)
{
        if (!is_said(text))
                fail_msg("\"%s\" is not in: %s", text, operator_output(operator));
}

static void not_said(const char *text)
{
        if (is_said(text))
                fail_msg("\"%s\" is in: %s", text, operator_output(operator));
}

/* ---- what is asked */

static char json[JSON_SIZE];

static int refer(const char *family, const char *given, const char *birth, const char *territory)
{
        (void)snprintf(json, sizeof(json),
                       "{\"identity\":{\"familyName\":\"%s\",\"givenName\":\"%s\",%s},\"territory\":\"%s\"}", family,
                       given, birth, territory);
        return RUN("call", "tracking", "ReferBeneficiary", json, "--as", "FACILITATOR", "--territory", territory);
}

/* The id that the output gives behind this name. */
static struct id id_said(const char *name)
{
        struct id id;
        char text[ID_TEXT_SIZE];
        const char *at = strstr(operator_output(operator), name);
        at = at == NULL ? NULL : strchr(at + strlen(name) + 1, '"');
        if (at == NULL)
                fail_msg("no %s in: %s", name, operator_output(operator));
        (void)snprintf(text, sizeof(text), "%s", at + 1);
        assert_int_equal(id_parse(text, &id), 0);
        return id;
}

static const char *referred(const char *family, const char *given, const char *birth, const char *territory)
{
        char text[ID_TEXT_SIZE];
        done(refer(family, given, birth, territory));
        id_format(id_said("beneficiaryId"), text);
        return arena_text(&arena, text);
}

static int known(const char *family, const char *given, const char *birth, const char *territory)
{
        FILE *file = fopen(identity_path, "we");
        assert_non_null(file);
        (void)fprintf(file, "{\"familyName\":\"%s\",\"givenName\":\"%s\",%s}", family, given, birth);
        assert_int_equal(fclose(file), 0);
        int code = RUN("person", "known", "--identity", identity_path, "--territory", territory, "--reason-code",
                       "PLACEMENT");
        assert_int_equal(unlink(identity_path), 0);
        return code;
}

static int open_file(const char *id)
{
        (void)snprintf(json, sizeof(json),
                       "{\"beneficiaryId\":\"%s\",\"reason\":\"relecture du dossier complet\","
                       "\"reasonCode\":\"PLACEMENT\"}",
                       id);
        return RUN("call", "tracking", "OpenBeneficiaryFile", json, "--as", "FACILITATOR", "--territory", "*");
}

/* ---- bytes */

static const void *sought;
static size_t sought_size, found_files;
static char found_at[PATH_SIZE];

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
                if (memmem(bytes, size, sought, sought_size) != NULL) {
                        found_files++;
                        (void)snprintf(found_at, sizeof(found_at), "%s", path);
                }
                (void)fclose(stream);
        }
        free(bytes);
        return 0;
}

static size_t files_with(const void *bytes, size_t size)
{
        sought = bytes;
        sought_size = size;
        found_files = 0;
        assert_int_equal(nftw(operator_directory(operator), look_into, DESCRIPTORS, FTW_PHYS), 0);
        return found_files;
}

/* As the daemons make it, from the key on the disk. */
static void digest_of(const char *family, const char *given, struct civil born, uint8_t ret[DIGEST_SIZE])
{
        struct secrets secrets = {0};
        struct err_info info = {0};
        struct digest_maker maker;
        Tracking__Identity identity = TRACKING__IDENTITY__INIT;
        identity.family_name = arena_text(&arena, family);
        identity.given_name = arena_text(&arena, given);
        identity.born_on = day_to(&arena, day_of_civil(born));
        assert_int_equal(secrets_load_shared(operator_directory(operator), "persons", &secrets, &info), 0);
        assert_true(secrets.has_shared_key);
        digest_maker_make(secrets.shared_key, &maker);
        memcpy(ret, digests_of(&maker, &identity, &arena)->same.data, DIGEST_SIZE);
}

/* ---- the tests, one after the other */

static void test_known_in_another_department(void **state)
{
        (void)state;
        const char *there = referred("de La Quatrebarbes", "Zéphirine", "\"bornOn\":\"1990-03-12\"", "66");
        done(known("QUATREBARBES", "zephirine", "\"bornOn\":\"1990-12-03\"", "31"));
        said("66");
        said("probable");
        said("adressez-vous au facilitateur de ce département");
        not_said(there);
        done(known("Quatrebarbes", "Zéphirine", "\"bornIn\":\"1990\"", "31"));
        said("possible");
        done(known("de la Quatrebarbes", "Zephirine", "\"bornOn\":\"1990-03-12\"", "66"));
        said("même identité");
        said(there);
        done(known("Quatrebarbes", "Zéphirine", "\"bornOn\":\"1990-03-13\"", "31"));
        said("Personne n'est connu");
        assert_int_equal(RUN("person", "known", "--territory", "31"), 2);
}

/* Who was asked for is in no file of any daemon: not where it was asked, not where it was asked further. */
static void test_no_name_leaves(void **state)
{
        static const char name[] = "Tournesol-Inconnu";
        (void)state;
        done(known(name, "Tryphon", "\"bornOn\":\"1971-02-03\"", "31"));
        assert_int_equal(files_with(name, sizeof(name) - 1), 0);
        done(refer(name, "Tryphon", "\"bornOn\":\"1971-02-03\"", "31"));
        done(known("Tournesol", "Tryphon", "\"bornOn\":\"1971-02-03\"", "34"));
        said("31");
        if (files_with(name, sizeof(name) - 1) > 0)
                fail_msg("the name is in %s", found_at);
        done(RUN("call", "tracking", "FileReadings", "{\"territory\":\"66\"}", "--as", "AUDITOR", "--territory", "*"));
        said("\"sought\": true");
}

/* H11: a year, one name, or nothing but who says so. */
static void test_births_that_are_not_known(void **state)
{
        (void)state;
        done(refer("Mohammadi", "\",\"oneName\":true,\"phone\":\"", "\"bornIn\":\"1990\"", "31"));
        assert_int_equal(refer("Ahmadi", "Nour", "\"sex\":\"MAN\"", "31"), 3);
        said("La date de naissance manque");
        done(refer("Ahmadi", "Nour", "\"birthVouchedBy\":\"la préfecture\"", "31"));
        assert_int_equal(refer("Ahmadi", "", "\"bornIn\":\"1990\"", "31"), 3);
        said("Le prénom manque");
        done(known("Mohammadi", "Mohammadi", "\"bornOn\":\"1990-06-01\"", "31"));
        said("possible");
        done(known("AHMADI", "Nour", "\"bornOn\":\"1992-06-01\"", "31"));
        said("possible");
}

static void test_merged_unmerged_kept_apart(void **state)
{
        (void)state;
        const char *one = referred("Castafiore-Essai", "Bianca", "\"bornOn\":\"1985-04-05\"", "31");
        const char *other = referred("CASTAFIORE", "Bianca", "\"bornOn\":\"1985-04-05\"", "81");
        const char *elsewhere = referred("Castafiore", "Bianca", "\"bornOn\":\"1985-04-05\"", "66");
        done(RUN("person", "doubles"));
        said(one);
        said(other);
        assert_int_equal(RUN("person", "merge", one, elsewhere, "--reason", "même pièce d'identité"), 4);
        said("au sein d'un même service de suivi");
        done(RUN("person", "merge", one, other, "--reason", "même pièce d'identité"));
        said("Réunis : 2 dossiers");
        done(RUN("person", "doubles"));
        not_said(other);
        done(open_file(one));
        said(other);
        done(open_file(other));
        said(one);
        said("CASTAFIORE"); /* each id answers with its own file's identity */
        done(RUN("person", "export", other, "--reason-code", "PERSON_ASKED", "--reason", "copie demandée par écrit"));
        said(one);
        said("Empreintes de l'identité");
        done(RUN("person", "unmerge", other, "--reason", "deux sœurs, après tout"));
        done(open_file(one));
        not_said(other);
        done(RUN("person", "doubles"));
        said(other);
        done(RUN("person", "apart", one, other, "--reason", "deux sœurs, deux pièces vues"));
        done(RUN("person", "doubles"));
        not_said(other);
        done(RUN("verify"));
}

/* By nothing, once the daemon has started anew: the pages that it freed are shed then. */
static void test_an_erased_person_leaves_no_digest(void **state)
{
        uint8_t digest[DIGEST_SIZE];
        (void)state;
        const char *id = referred("Lampion-Essai", "Séraphin", "\"bornOn\":\"1979-08-09\"", "31");
        digest_of("Lampion-Essai", "Séraphin", (struct civil){1979, 8, 9}, digest);
        assert_true(files_with(digest, sizeof(digest)) > 0);
        done(RUN("person", "erase", id, "--code", "PERSON_ASKED"));
        done(known("Lampion-Essai", "Séraphin", "\"bornOn\":\"1979-08-09\"", "31"));
        said("Personne n'est connu");
        operator_down(operator);
        operator_up(operator);
        if (files_with(digest, sizeof(digest)) > 0)
                fail_msg("a digest is in %s", found_at);
        done(RUN("verify"));
}

/* A network of before has no such key: it is made at the next start, and those of before are known by it. */
static void test_a_network_of_before(void **state)
{
        char path[PATH_SIZE];
        bool is_known = false;
        (void)state;
        (void)referred("Bergamotte", "Hippolyte", "\"bornOn\":\"1960-01-30\"", "66");
        operator_down(operator);
        (void)snprintf(path, sizeof(path), "%s/keys/persons.key", operator_directory(operator));
        assert_int_equal(unlink(path), 0);
        operator_up(operator);
        assert_int_equal(access(path, F_OK), 0);
        for (int i = 0; i < TRIES && !is_known; i++) {
                done(known("BERGAMOTTE", "Hippolyte", "\"bornOn\":\"1960-01-30\"", "31"));
                is_known = is_said("même identité");
                (void)poll(NULL, 0, is_known ? 0 : TRY_MS);
        }
        assert_true(is_known);
        done(RUN("verify"));
}

static int setup(void **state)
{
        (void)state;
        operator= operator_new(NULL);
        (void)snprintf(identity_path, sizeof(identity_path), "%s.identity.json", operator_directory(operator));
        operator_up(operator);
        return 0;
}

static int teardown(void **state)
{
        static const char *const declared[] = {"web.absent", NULL};
        (void)state;
        size_t alarms = operator_alarms(operator, declared);
        operator_free(operator);
        arena_fini(&arena);
        return alarms == 0 ? 0 : -1;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_known_in_another_department),
                cmocka_unit_test(test_no_name_leaves),
                cmocka_unit_test(test_births_that_are_not_known),
                cmocka_unit_test(test_merged_unmerged_kept_apart),
                cmocka_unit_test(test_an_erased_person_leaves_no_digest),
                cmocka_unit_test(test_a_network_of_before),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
