/* Lists of partners and of persons as people make them, through guichetctl and the real daemons: previewed, imported,
 * handed back where they are wrong, undone; what others changed since stays; and the followers of the directory forget
 * what was taken back. Hours: test_tracking.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "common/base/siret.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "directory/commands.pb-c.h"
#include "directory/queries.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "tests/lib/import_verb.h"
#include "tracking/queries.pb-c.h"

enum { WAIT_MS = 60000, LOOK_EVERY_MS = 20, PARTNERS = 4 };

static struct network *network;
static struct arena arena;
static char sirets[PARTNERS][SIRET_DIGITS + 1];

/* Asks, as a coordinator of the region, for what must be granted. */
static const void *ask(const char *method, const void *request)
{
        struct answer answer;
        struct err_info info = {0};
        version_seen_any(request);
        if (link_call(network_link(network), method, request, NULL, &arena, &answer, &info) != 0)
                fail_msg("%s: %s", method, info.text);
        if (answer.body == NULL)
                fail_msg("%s refused: %s: %s", method, answer.refusal->field, answer.refusal->text);
        return answer.body;
}

/* ---- partners */

static const Directory__OrganisationView *partner(size_t which)
{
        Directory__OrganisationsRequest query = DIRECTORY__ORGANISATIONS_REQUEST__INIT;
        query.siret = sirets[which];
        const Directory__OrganisationsReply *reply = ask("directory.Organisations", &query);
        return reply->n_organisations == 0 ? NULL : reply->organisations[0];
}

/* Waits until reporting, which follows the directory, counts so many. */
static void wait_for_count(uint32_t count)
{
        Reporting__ConsolidationRequest query = REPORTING__CONSOLIDATION_REQUEST__INIT;
        const Reporting__ConsolidationReply *reply = NULL;
        for (int waited = 0; waited < WAIT_MS; waited += LOOK_EVERY_MS) {
                reply = ask("reporting.Consolidation", &query);
                if (reply->organisations == count)
                        return;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("%u organisations, not %u", reply->organisations, count);
}

static int import_partners(const char *path, const char *more)
{
        return import_verb(network, "partners", path,
                           arena_printf(&arena, "--source 'réseau des GEIQ' --territory 31 %s", more));
}

static char *first_batch, *second_batch;

static void test_a_list_of_partners(void **state)
{
        (void)state;
        char *text = arena_printf(&arena,
                                  "\xef\xbb\xbfStructure;SIRET;Type;CP;Ville;Remarque\r\n"
                                  "Bois et Cie;%s;chantier d'insertion;31000;Toulouse;\r\n"
                                  "Les Lacs;%s;EI;31200;Toulouse;\r\n"
                                  "Perdu;3,56E+13;EI;31000;Toulouse;\"à\nrevoir\"\r\n"
                                  "Ailleurs;%s;EI;09000;Foix;\r\n",
                                  sirets[0], sirets[1], sirets[2]);
        char *path = import_file(network, &arena, "partenaires.csv", text);
        char *rejects = import_file(network, &arena, "rejets.csv", "");
        assert_int_equal(import_partners(path, "--preview"), 0);
        import_shows("Organisations (aperçu : rien n'est enregistré)");
        assert_null(partner(0));
        assert_int_equal(import_partners(path, arena_printf(&arena, "--rejects %s", rejects)), 0);
        first_batch = import_batch_shown(&arena);
        import_shows("Remarque");
        import_shows("ligne 4, colonne « SIRET », « 3,56E+13 » : Le tableur");
        import_shows("n'est pas le vôtre"); /* Foix, of a facilitator of Toulouse */
        assert_int_equal(partner(0)->organisation->kind, DIRECTORY__ORGANISATION_KIND__ACI);
        assert_string_equal(partner(0)->organisation->source, "réseau des GEIQ");
        assert_non_null(partner(1));
        assert_null(partner(2));
        wait_for_count(2);

        const char *back = import_file_text(rejects, &arena);
        static const char head[] = "\xef\xbb\xbfStructure;SIRET;Type;CP;Ville;Remarque;Motif du rejet\r\n";
        assert_int_equal(strncmp(back, head, sizeof(head) - 1), 0);
        assert_non_null(strstr(back, ";EI;31000;Toulouse;\"à\nrevoir\";"));
        assert_null(strstr(back, "Bois et Cie"));
        assert_int_equal(import_partners(path, ""), 3); /* the same file again */
        import_shows("a déjà été importée");
}

/* The same command is told twice to the daemon, through a kill -9 between the two. */
static void test_a_list_through_a_crash(void **state)
{
        (void)state;
        char *path = import_file(network, &arena, "encore.csv",
                                 arena_printf(&arena, "Structure;SIRET;Type\nQuatre;%s;ACI\n", sirets[3]));
        network_kill(network, "directory-1", SIGKILL);
        network_restart(network, "directory-1");
        assert_int_equal(import_partners(path, ""), 0);
        second_batch = import_batch_shown(&arena);
        network_kill(network, "directory-1", SIGKILL);
        network_restart(network, "directory-1");
        assert_string_equal(partner(3)->organisation->territory, "31");
        wait_for_count(3);
}

static int undo(const char *batch)
{
        return import_verb(network, "undo", batch, "--list partners --territory 31 --reason 'mauvais fichier'");
}

static void test_partners_are_taken_back(void **state)
{
        (void)state;
        Directory__PutOrganisation command = DIRECTORY__PUT_ORGANISATION__INIT;
        command.organisation = partner(0)->organisation;
        command.organisation->city = (char *)"Blagnac";
        (void)ask("directory.PutOrganisation", &command);
        assert_int_equal(undo(first_batch), 0);
        import_shows("ligne 2 gardée : Cette organisation a été modifiée depuis");
        import_shows("1 ligne(s) reprise(s), 1 gardée(s)");
        assert_string_equal(partner(0)->organisation->city, "Blagnac");
        assert_null(partner(1));
        wait_for_count(2);
        assert_int_equal(undo(first_batch), 3);
        import_shows("déjà annulé");
        assert_int_equal(undo(second_batch), 0);
        wait_for_count(1);
        assert_int_equal(import_verb(network, "undo", second_batch, "--list tout --territory 31 --reason x"), 2);
}

/* ---- persons */

static const struct id prescriber = {{0x01, 0x92, 0xf0, 0xc1, 0x7a, 0x3b, 0x70, 0x00, 0x8f, 0, 0, 0, 0, 0, 0, 7}};

static size_t persons(void)
{
        Tracking__BeneficiariesRequest query = TRACKING__BENEFICIARIES_REQUEST__INIT;
        query.territory = (char *)"31";
        const Tracking__BeneficiariesReply *reply = ask("tracking.Beneficiaries", &query);
        return reply->n_beneficiaries;
}

static size_t batches(void)
{
        Tracking__Imports query = TRACKING__IMPORTS__INIT;
        const Tracking__ImportsReply *reply = ask("tracking.Imports", &query);
        return reply->n_imports;
}

static int persons_verb(const char *word, const char *what, const char *more)
{
        char sender[ID_TEXT_SIZE];
        id_format(prescriber, sender);
        return import_verb(network, word, what, arena_printf(&arena, "--territory 31 --sender %s %s", sender, more));
}

static char *persons_batch;

static void test_a_list_of_persons(void **state)
{
        (void)state;
        char *path = import_file(network, &arena, "personnes.csv",
                                 "Nom;Prénom;Né(e) le;Sexe\r\n"
                                 "Quatrebarbes;Zéphirine;17/05/1990;F\r\n"
                                 "Tournemine;Anatole;2 mars 1985;H\r\n"
                                 "Tournemine;Isidore;17/05/90;H\r\n");
        char *rejects = import_file(network, &arena, "rejets_personnes.csv", "");
        assert_int_equal(persons_verb("persons", path, "--preview --as PRESCRIBER"), 0);
        import_shows("Personnes (aperçu : rien n'est enregistré)");
        assert_int_equal(persons(), 0);
        assert_int_equal(persons_verb("persons", path, arena_printf(&arena, "--as PRESCRIBER --rejects %s", rejects)),
                         0);
        persons_batch = import_batch_shown(&arena);
        import_shows("ligne 4, colonne « Né(e) le » : Date de naissance non comprise");
        assert_int_equal(persons(), 2);
        assert_non_null(strstr(import_file_text(rejects, &arena), "Tournemine;Isidore;17/05/90;H;"));
        network_kill(network, "tracking-1", SIGKILL);
        network_restart(network, "tracking-1");
        assert_int_equal(persons_verb("persons", path, "--as PRESCRIBER"), 3);
        import_shows("a déjà été importée");
        path = import_file(network, &arena, "encore_personnes.csv",
                           "Nom;Prénom;Né(e) le\nTOURNEMINE;anatole;02/03/1985\n");
        assert_int_equal(persons_verb("persons", path, ""), 3); /* the facilitator, with the same prescriber's list */
        import_shows("1 des 1 lignes");
        assert_int_equal(persons_verb("persons", path, "--month 2026-11"), 2); /* no option of these lists */
}

static void test_persons_are_taken_back(void **state)
{
        (void)state;
        assert_int_equal(persons_verb("undo", persons_batch, "--list hours --reason erreur"), 4);
        assert_int_equal(persons_verb("undo", persons_batch, "--list persons --as PRESCRIBER --reason erreur"), 0);
        import_shows("2 ligne(s) reprise(s), 0 gardée(s)");
        assert_int_equal(persons(), 0);
}

/* Rows of nobody twice; of three the day of birth is not understood. */
static char *long_list(char first)
{
        enum { LONG_ROWS = 1700, ROW_SIZE = 40 };
        const char *title = "Nom;Prénom;Né(e) le\n";
        size_t room = (LONG_ROWS + 1) * ROW_SIZE, size = strlen(title);
        char *text = memcpy(arena_alloc(&arena, room), title, size + 1);
        for (int i = 0; i < LONG_ROWS; i++) {
                const char *born = i == 700 || i == 1200 || i == 1698 ? "hier" : "17/05/1990";
                size += (size_t)snprintf(text + size, room - size, "%c%c%c%c;Essai;%s\n", first, 'a' + i / 676,
                                         'a' + i / 26 % 26, 'a' + i % 26, born);
        }
        return text;
}

/* Several parts are on their way at once: what is told of them comes in the order of the rows, and the batch is one. */
static void test_long_lists_go_in_parts(void **state)
{
        (void)state;
        char *rejects = import_file(network, &arena, "rejets_longs.csv", "");
        char *first = import_file(network, &arena, "longue.csv", long_list('B'));
        char *second = import_file(network, &arena, "autre.csv", long_list('D'));
        char *third = import_file(network, &arena, "derniere.csv", long_list('F'));
        size_t before = batches();
        assert_int_equal(persons_verb("persons", first, arena_printf(&arena, "--rejects %s", rejects)), 0);
        import_shows("697");
        const char *back = import_file_text(rejects, &arena);
        const char *one = strstr(back, "Bbay;Essai;hier"), *two = strstr(back, "Bbue;Essai;hier");
        const char *three = strstr(back, "Bcni;Essai;hier");
        assert_true(one != NULL && two > one && three > two);
        assert_int_equal(batches(), before + 1);

        char *both = arena_printf(&arena, "%s %s", second, third);
        assert_int_equal(persons_verb("persons", both, "--rejects x.csv"), 2); /* whose would they be */
        assert_int_equal(persons_verb("persons", both, "--only 3"), 2);
        assert_int_equal(persons_verb("persons", both, ""), 0); /* each a batch of its own */
        assert_int_equal(batches(), before + 3);
        assert_int_equal(persons_verb("persons", both, ""), 3); /* the first is known: the second is not asked */
        import_shows("a déjà été importée");
}

static int start(void **state)
{
        static char *everywhere = (char *)"*";
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        static const struct network_part parts[] = {
                {"directory-1", "directory", ""},
                {"reporting-1", "reporting", ""},
                {"tracking-1", "tracking", "\"partition\":1,\"territories\":[\"31\"],"},
        };
        (void)state;
        for (unsigned i = 0; i < PARTNERS; i++)
                siret_make(100 + i, 1, sirets[i]);
        network = network_start(parts, ARRAY_SIZE(parts));
        passport.user = (char *)"essai";
        passport.role = TYPES__ROLE__COORDINATOR;
        passport.territories = &everywhere;
        passport.n_territories = 1;
        link_act_as(network_link(network), &passport);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        network_stop(&network);
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_list_of_partners),      cmocka_unit_test(test_a_list_through_a_crash),
                cmocka_unit_test(test_partners_are_taken_back), cmocka_unit_test(test_a_list_of_persons),
                cmocka_unit_test(test_persons_are_taken_back),  cmocka_unit_test(test_long_lists_go_in_parts),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
