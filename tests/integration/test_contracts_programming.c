/* The annual programme through the real daemons: a buyer's list as CSV and as a workbook, through guichetctl; what the
 * directory tells of structures near; the obligation check, a derogation and its note; the facilitator's choice; the
 * contract that is opened from a line. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/commands.pb-c.h"
#include "contracts/queries.pb-c.h"
#include "directory/commands.pb-c.h"
#include "tests/lib/network.h"
#include "tests/lib/workbook.h"

enum { WAIT_MS = 60000, LOOK_EVERY_MS = 20, OUTPUT_SIZE = 64 * 1024, STRUCTURES = 11, YEAR = 2027, LINES = 13 };

static char buyer[] = "21310555400017";

static struct network *network;
static struct arena arena;
static char output[OUTPUT_SIZE]; /* of the last guichetctl */

static void act_as(Types__Role role)
{
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        char *everywhere = (char *)"*";
        passport.user = (char *)"essai";
        passport.role = role;
        passport.territories = &everywhere;
        passport.n_territories = 1;
        link_act_as(network_link(network), &passport);
}

static struct answer call(const char *method, const void *request)
{
        struct answer answer;
        struct err_info info = {0};
        if (link_call(network_link(network), method, request, NULL, &arena, &answer, &info) != 0)
                fail_msg("%s: %s", method, info.text);
        return answer;
}

static const void *ask(const char *method, const void *request)
{
        struct answer answer = call(method, request);
        if (answer.body == NULL)
                fail_msg("%s refused: %s: %s", method, answer.refusal->field, answer.refusal->text);
        return answer.body;
}

static void refused(const char *method, const void *request, const char *why)
{
        struct answer answer = call(method, request);
        assert_null(answer.body);
        if (strstr(answer.refusal->text, why) == NULL)
                fail_msg("%s: « %s », not « %s »", method, answer.refusal->text, why);
}

/* --- programs ---------------------------------------------------------------------------------------------------- */

static int run(const char *const *argv)
{
        extern char **environ;
        posix_spawn_file_actions_t actions;
        pid_t pid;
        int status, fd = memfd_create("output", MFD_CLOEXEC);
        assert_true(fd >= 0);
        assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
        assert_int_equal(posix_spawn_file_actions_adddup2(&actions, fd, STDOUT_FILENO), 0);
        assert_int_equal(posix_spawn_file_actions_adddup2(&actions, fd, STDERR_FILENO), 0);
        assert_int_equal(posix_spawnp(&pid, argv[0], &actions, NULL, (char **)(uintptr_t)argv, environ), 0);
        assert_int_equal(posix_spawn_file_actions_destroy(&actions), 0);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        ssize_t size = pread(fd, output, OUTPUT_SIZE - 1, 0);
        assert_true(size >= 0);
        output[size] = '\0';
        (void)close(fd);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* guichetctl import programme, for our buyer. */
static int import_list(const char *path, const char *option, const char *value)
{
        const char *bin = getenv("GUICHET_BIN");
        char program[256];
        assert_non_null(bin);
        (void)snprintf(program, sizeof(program), "%s/guichetctl", bin);
        const char *const argv[] = {program,   "import", "programme", path,   "--dir", network_directory(network),
                                    "--buyer", buyer,    "--year",    "2027", option,  value,
                                    NULL};
        return run(argv);
}

static void shows(const char *text)
{
        if (strstr(output, text) == NULL)
                fail_msg("no « %s » in:\n%s", text, output);
}

/* A line of the summary, the last that has this label: "label … number". */
static void counts(const char *label, int number)
{
        char *at = NULL;
        for (char *next = output; (next = strstr(next, label)) != NULL; next++)
                at = next;
        if (at == NULL || strtol(at + strlen(label), NULL, 10) != number)
                fail_msg("« %s » is not %d in:\n%s", label, number, output);
}

/* --- steps ------------------------------------------------------------------------------------------------------- */

static void put_structures(void)
{
        act_as(TYPES__ROLE__OPERATOR);
        for (int i = 0; i < STRUCTURES; i++) {
                Directory__Organisation organisation = DIRECTORY__ORGANISATION__INIT;
                Directory__PutOrganisation put = DIRECTORY__PUT_ORGANISATION__INIT;
                organisation.kind = i % 2 == 0 ? DIRECTORY__ORGANISATION_KIND__EI : DIRECTORY__ORGANISATION_KIND__ESAT;
                organisation.name = arena_printf(&arena, "Structure %d", i);
                organisation.territory = (char *)"31";
                organisation.source = (char *)"essai";
                organisation.source_id = arena_printf(&arena, "%d", i);
                put.organisation = &organisation;
                (void)ask("directory.PutOrganisation", &put);
        }
}

static const Contracts__ProgrammeReply *programme(void)
{
        Contracts__ProgrammeRequest query = CONTRACTS__PROGRAMME_REQUEST__INIT;
        query.buyer_siret = buyer;
        query.year = YEAR;
        query.with_assessments = true;
        return ask("contracts.Programme", &query);
}

static const Contracts__ProgrammeLineView *line(const char *reference)
{
        const Contracts__ProgrammeReply *reply = programme();
        for (size_t i = 0; i < reply->n_lines; i++)
                if (strcmp(reply->lines[i]->line->reference, reference) == 0)
                        return reply->lines[i];
        fail_msg("no line %s", reference);
        return NULL;
}

/* The directory's events come when they come. */
static void wait_for_structures(void)
{
        uint32_t seen = 0;
        for (int waited_ms = 0; waited_ms < WAIT_MS; waited_ms += LOOK_EVERY_MS) {
                seen = line("2027-02")->assessment->suppliers;
                if (seen == STRUCTURES)
                        return;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        fail_msg("%u structures instead of %d", seen, STRUCTURES);
}

/* --- tests, in order --------------------------------------------------------------------------------------------- */

static void a_list_is_previewed_then_imported(void **state)
{
        static const char csv[] = "deploy/demo/programme.csv";
        (void)state;
        assert_int_equal(import_list(csv, "--preview", NULL), 0);
        shows("rien n'est enregistré");
        act_as(TYPES__ROLE__COORDINATOR);
        assert_int_equal(programme()->n_lines, 0);

        assert_int_equal(import_list(csv, "--territory", "31"), 0);
        shows("Objet du marché");
        shows("→ title");
        counts("nouvelles", LINES);
        counts("écartées", 0);
        shows("ligne 17 gardée, à corriger : colonne « Montant estimé HT », « entre 100 et 150 k€ » : Montant");
        shows("ligne 17 gardée, à corriger : colonne « Lancement », « dès que possible » : Date non comprise");
        assert_int_equal(programme()->n_lines, LINES);

        assert_int_equal(import_list(csv, NULL, NULL), 0); /* the same again */
        counts("nouvelles", 0);
        counts("inchangées", LINES);
}

static void structures_near_are_known(void **state)
{
        (void)state;
        put_structures();
        act_as(TYPES__ROLE__FACILITATOR);
        wait_for_structures();
}

static void each_line_is_checked_and_assessed(void **state)
{
        static const struct {
                const char *reference;
                Contracts__Duty duty;
                Contracts__Lever best;
        } vectors[] = {
                {"2027-01", CONTRACTS__DUTY__DUTY_MANDATORY, CONTRACTS__LEVER__LEVER_CONDITION},
                {"2027-02", CONTRACTS__DUTY__DUTY_MANDATORY, CONTRACTS__LEVER__LEVER_CONDITION},
                {"2027-03", CONTRACTS__DUTY__DUTY_OPTIONAL, CONTRACTS__LEVER__LEVER_RESERVED},
                {"2027-06", CONTRACTS__DUTY__DUTY_MANDATORY,
                 CONTRACTS__LEVER__LEVER_NONE}, /* licences carry no clause */
                {"2027-09", CONTRACTS__DUTY__DUTY_DEROGABLE, CONTRACTS__LEVER__LEVER_CONDITION},
                {"2027-11", CONTRACTS__DUTY__DUTY_MANDATORY, CONTRACTS__LEVER__LEVER_CONDITION},
                {"2027-12", CONTRACTS__DUTY__DUTY_UNKNOWN, CONTRACTS__LEVER__LEVER_NONE},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                const Contracts__ProgrammeLineView *view = line(vectors[i].reference);
                const Contracts__LeverFit *best = view->assessment->levers[0];
                if (view->check->duty != vectors[i].duty || best->lever != vectors[i].best)
                        fail_msg("%s: duty %d, lever %d with %u", vectors[i].reference, (int)view->check->duty,
                                 (int)best->lever, best->score);
                assert_true(best->n_reasons > 0);
        }
}

static void a_derogation_and_its_note(void **state)
{
        (void)state;
        Contracts__RecordDerogation derogation = CONTRACTS__RECORD_DEROGATION__INIT;
        derogation.ground = (char *)"TRAVAUX_COURTS";
        derogation.reason = (char *)"Quatre mois de démolition, par un engin et son conducteur.";
        derogation.line_id = line("2027-01")->line_id; /* eighteen months */
        refused("contracts.RecordDerogation", &derogation, "18 mois");
        derogation.line_id = line("2027-09")->line_id;
        (void)ask("contracts.RecordDerogation", &derogation);

        Contracts__ObligationNoteRequest query = CONTRACTS__OBLIGATION_NOTE_REQUEST__INIT;
        query.line_id = derogation.line_id;
        const Contracts__ObligationNoteReply *note = ask("contracts.ObligationNote", &query);
        assert_non_null(strstr(note->text, "Démolition de l'ancien gymnase"));
        assert_non_null(strstr(note->text, "marché de travaux d'une durée inférieure à six mois"));
        assert_non_null(strstr(note->text, "par un engin et son conducteur"));
}

static Types__Id *open_from(const Contracts__ProgrammeLineView *from)
{
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        record.kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record.buyer_siret = buyer;
        record.object = from->line->title;
        record.cpv = from->line->cpv;
        record.place = from->line->place;
        record.amount = from->line->amount;
        Contracts__OpenContract command = CONTRACTS__OPEN_CONTRACT__INIT;
        command.record = &record;
        command.programme_line_id = from->line_id;
        const Contracts__OpenContractReply *reply = ask("contracts.OpenContract", &command);
        return reply->contract_id;
}

static void a_choice_and_the_contract_it_leads_to(void **state)
{
        (void)state;
        const Contracts__ProgrammeLineView *cleaning = line("2027-02");
        Contracts__DecideLine command = CONTRACTS__DECIDE_LINE__INIT;
        command.line_id = cleaning->line_id;
        command.lever = CONTRACTS__LEVER__LEVER_RESERVED;
        refused("contracts.DecideLine", &command, "raison");
        command.reason = (char *)"Deux lots confiés depuis dix ans à des entreprises adaptées.";
        const Contracts__DecideLineReply *decided = ask("contracts.DecideLine", &command);
        assert_true(decided->decision->differs);
        assert_int_equal(decided->decision->proposed, CONTRACTS__LEVER__LEVER_CONDITION);

        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = open_from(cleaning);
        const Contracts__ContractFactsReply *facts = ask("contracts.ContractFacts", &query);
        assert_string_equal(facts->programme_line->line->reference, "2027-02");
        assert_int_equal(facts->obligation_check->duty, CONTRACTS__DUTY__DUTY_MANDATORY);
        assert_int_equal(facts->n_history, 3); /* newest first: opened, decided, put on the programme */
        assert_string_equal(facts->history[2]->event, "ProgrammeLinePut");
        assert_non_null(strstr(facts->history[1]->text, "l'analyse proposait : condition d'exécution"));
        assert_true(id_equal(id_of(line("2027-02")->contract_id), id_of(query.contract_id)));
}

/* --- a workbook: zipped XML ----------------------------------------------------------------------------------------
 */

static void write_part(const char *directory, const char *name, const char *text)
{
        char path[512];
        (void)snprintf(path, sizeof(path), "%s/%s", directory, name);
        for (char *slash = path + strlen(directory) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
                *slash = '\0';
                (void)mkdir(path, 0700);
                *slash = '/';
        }
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_true(fputs(text, file) >= 0);
        assert_int_equal(fclose(file), 0);
}

/* clang-format off */
#define XML        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
#define OPEN       "http://schemas.openxmlformats.org/"
#define MAIN       OPEN "spreadsheetml/2006/main"
#define RELATIONS  OPEN "package/2006/relationships"
#define DOCUMENT   OPEN "officeDocument/2006/relationships"
#define SHEET_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."
#define RELATION(id, type, target) \
        "<Relationship Id=\"" id "\" Type=\"" DOCUMENT "/" type "\" Target=\"" target "\"/>"
#define PART(name, type) "<Override PartName=\"/xl/" name "\" ContentType=\"" SHEET_TYPE type "+xml\"/>"
#define TEXT_CELL(place, text) "<c r=\"" place "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"

/* Two lines as a spreadsheet keeps them: an amount as a number, a launch as a day of its calendar,
 * a duration with its unit in the format. */
static const struct {
        const char *name, *text;
} workbook[] = {
        {"[Content_Types].xml",
         XML "<Types xmlns=\"" OPEN "package/2006/content-types\"><Default Extension=\"rels\" "
         "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
         "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" PART("workbook.xml", "sheet.main")
         PART("worksheets/sheet1.xml", "worksheet") PART("styles.xml", "styles") "</Types>"},
        {"_rels/.rels",
         XML "<Relationships xmlns=\"" RELATIONS "\">" RELATION("rId1", "officeDocument", "xl/workbook.xml")
         "</Relationships>"},
        {"xl/_rels/workbook.xml.rels",
         XML "<Relationships xmlns=\"" RELATIONS "\">" RELATION("rId1", "worksheet", "worksheets/sheet1.xml")
         RELATION("rId2", "styles", "styles.xml") "</Relationships>"},
        {"xl/workbook.xml",
         XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" DOCUMENT "\"><sheets><sheet name=\"2027\" sheetId=\"1\" "
         "r:id=\"rId1\"/></sheets></workbook>"},
        {"xl/styles.xml",
         XML "<styleSheet xmlns=\"" MAIN "\"><numFmts count=\"1\">"
         "<numFmt numFmtId=\"164\" formatCode=\"0&quot; mois&quot;\"/></numFmts><cellXfs count=\"3\">"
         "<xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/>"
         "<xf numFmtId=\"164\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"},
        {"xl/worksheets/sheet1.xml",
         XML "<worksheet xmlns=\"" MAIN "\"><sheetData>"
         "<row r=\"1\">" TEXT_CELL("A1", "N°") TEXT_CELL("B1", "Quoi") TEXT_CELL("C1", "Combien")
         TEXT_CELL("D1", "Lancement") TEXT_CELL("E1", "Lieu") TEXT_CELL("F1", "Durée") "</row>"
         "<row r=\"2\">" TEXT_CELL("A2", "2027-04") TEXT_CELL("B2", "Peinture intérieure de quatre écoles")
         "<c r=\"C2\"><v>265000.5</v></c><c r=\"D2\" s=\"1\"><v>46463</v></c>" TEXT_CELL("E2", "31000 Toulouse")
         "<c r=\"F2\" s=\"2\"><v>7</v></c></row>"
         "<row r=\"3\">" TEXT_CELL("A3", "2027-20") TEXT_CELL("B3", "Isolation de la halle")
         TEXT_CELL("C3", "410 k€") TEXT_CELL("D3", "T3") TEXT_CELL("E3", "31") "</row>"
         "</sheetData></worksheet>"},
};
/* clang-format on */

static void make_workbook(const char *directory, const char *path)
{
        for (size_t i = 0; i < ARRAY_SIZE(workbook); i++)
                write_part(directory, workbook[i].name, workbook[i].text);
        const char *const argv[] = {"sh",      "-c", "cd \"$0\" && zip -q -r -X \"$1\" '[Content_Types].xml' _rels xl",
                                    directory, path, NULL};
        if (run(argv) != 0)
                fail_msg("zip: %s", output);
}

static void a_workbook_changes_the_programme(void **state)
{
        char directory[] = "/tmp/guichet-workbook-XXXXXX", path[64];
        (void)state;
        assert_non_null(mkdtemp(directory));
        (void)snprintf(path, sizeof(path), "%s.xlsx", directory);
        make_workbook(directory, path);

        assert_int_equal(import_list(path, NULL, NULL), 3); /* nobody could guess these columns */
        shows("intitulé");
        assert_int_equal(import_list(path, "--map", "title=Quoi,amount=Combien"), 0);
        counts("nouvelles", 1);
        counts("mises à jour", 1);
        const Contracts__ProgrammeLineView *view = line("2027-04");
        assert_int_equal(view->line->amount->cents, 26500050);
        assert_int_equal(view->line->duration_months, 7);
        assert_int_equal(view->line->launch_on->days, day_number(day_of_civil((struct civil){2027, 3, 17})));
        assert_int_equal(import_list(path, NULL, NULL), 0); /* the columns are remembered */
        counts("inchangées", 2);

        const char *const argv[] = {"rm", "-r", directory, path, NULL};
        assert_int_equal(run(argv), 0);
}

/* A hidden list of choices, a note, two years: the one whose titles are understood is taken, and named; of two the
 * sender says which. */
static void the_sheet_that_is_meant_is_taken(void **state)
{
        static const char rows[] =
                "Référence|Intitulé|Montant HT|Lancement\n2027-30|Réfection du préau|120 000|T2 2027";
        static const struct workbook_part one[] = {
                {"Choix", "Nature|Code|Libellé\nTravaux|T|Travaux\nServices|S|Services", true},
                {"Lisez-moi", "Comment remplir\nUne ligne par achat", false},
                {"2026", rows, false},
        };
        static const struct workbook_part two[] = {{"Ville", rows, false}, {"Agglo", rows, false}};
        char path[] = "/tmp/guichet-sheets.xlsx";
        (void)state;
        (void)unlink(path);
        workbook_make_of(path, one, ARRAY_SIZE(one));
        assert_int_equal(import_list(path, "--preview", NULL), 0);
        shows("Feuille « 2026 », parmi « Lisez-moi », « 2026 ».");
        shows("Attention : « 2026 » est importé pour l'année 2027");
        counts("nouvelles", 1);
        assert_int_equal(import_list(path, "--sheet", "Choix"), 1);
        shows("pas de feuille visible « Choix » ; feuilles : « Lisez-moi », « 2026 »");
        assert_int_equal(unlink(path), 0);

        workbook_make_of(path, two, ARRAY_SIZE(two));
        assert_int_equal(import_list(path, NULL, NULL), 1);
        shows("quelle feuille ?");
        shows("« Ville », « Agglo »");
        assert_int_equal(import_list(path, "--sheet", "agglo"), 0);
        shows("Feuille « Agglo »");
        counts("nouvelles", 1);
        assert_int_equal(unlink(path), 0);
        assert_int_equal(import_list("deploy/demo/programme.csv", "--sheet", "Ville"), 1);
        shows("ce n'est pas un classeur");
}

/* --- a list is taken back ---------------------------------------------------------------------------------------- */

static int guichetctl(const char *const *words)
{
        const char *bin = getenv("GUICHET_BIN"), *argv[16] = {NULL};
        size_t count = 0;
        argv[count++] = arena_printf(&arena, "%s/guichetctl", bin);
        for (; *words != NULL; words++)
                argv[count++] = *words;
        argv[count++] = "--dir";
        argv[count++] = network_directory(network);
        return run(argv);
}
#define GUICHETCTL(...) guichetctl((const char *const[]){__VA_ARGS__, NULL})

static const Types__ImportBatch *newest_import(void)
{
        Contracts__ProgrammeImportsRequest query = CONTRACTS__PROGRAMME_IMPORTS_REQUEST__INIT;
        const Contracts__ProgrammeImportsReply *reply = ask("contracts.ProgrammeImports", &query);
        assert_true(reply->n_imports > 0);
        return reply->imports[0];
}

static size_t lines_count(void)
{
        return programme()->n_lines;
}

/* One line more, another amount and contact of the line that a contract was opened from; all of it goes back, also in
 * a store that a crash has ended and that is read again from its log. */
static void an_import_is_taken_back(void **state)
{
        char path[] = "/tmp/guichet-list-XXXXXX", batch[ID_TEXT_SIZE];
        (void)state;
        const Contracts__ProgrammeLineView *before = line("2027-02");
        size_t count = lines_count();
        int fd = mkstemp(path);
        assert_true(fd >= 0);
        FILE *file = fdopen(fd, "we");
        assert_non_null(file);
        (void)fprintf(file,
                      "Référence;Intitulé;Montant HT;Contact\n2027-02;%s;1 234 567 €;Mme Autre\n"
                      "2027-90;Une ligne de trop;90 000 €;M. Trop\n",
                      before->line->title);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(import_list(path, "--only", "2-3"), 0);
        counts("nouvelles", 1);
        counts("mises à jour", 1);
        shows("--list programme");
        assert_string_equal(line("2027-02")->contact, "Mme Autre");
        assert_int_equal(lines_count(), count + 1);

        id_format(id_of(newest_import()->batch_id), batch);
        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");
        assert_int_equal(GUICHETCTL("import", "undo", batch, "--list", "programme", "--reason", "mauvais fichier"), 0);
        shows("2 ligne(s) reprise(s), 0 gardée(s)");
        network_kill(network, "contracts", SIGKILL);
        network_restart(network, "contracts");
        const Contracts__ProgrammeLineView *after = line("2027-02");
        assert_int_equal(after->line->amount->cents, before->line->amount->cents);
        assert_string_equal(after->contact, before->contact);
        assert_non_null(after->decision);
        assert_int_equal(lines_count(), count);
        assert_string_equal(newest_import()->undone_because, "mauvais fichier");
        assert_int_equal(GUICHETCTL("import", "undo", batch, "--list", "programme", "--reason", "encore"), 3);
        shows("déjà annulé");
        assert_int_equal(GUICHETCTL("verify"), 0); /* the tables are what the log says */
        assert_int_equal(unlink(path), 0);
}

static void what_cannot_be_read_is_told(void **state)
{
        (void)state;
        assert_int_equal(import_list("deploy/demo/nothing.csv", NULL, NULL), 1);
        shows("deploy/demo/nothing.csv");
        assert_int_equal(import_list("deploy/demo/programme.csv", "--buyer-type", "ville"), 2);
        shows("state, authority ou entity");
        assert_int_equal(import_list("deploy/demo/programme.csv", "--map", "titre=Objet"), 3);
        shows("title");
        assert_int_equal(import_list("deploy/demo/programme.csv", "--map", "title=Nom"), 3);
        shows("« Nom »");
}

static int start(void **state)
{
        static const struct network_part parts[] = {{"contracts", "contracts", ""}, {"directory", "directory", ""}};
        (void)state;
        network = network_start(parts, ARRAY_SIZE(parts));
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
                cmocka_unit_test(a_list_is_previewed_then_imported),
                cmocka_unit_test(structures_near_are_known),
                cmocka_unit_test(each_line_is_checked_and_assessed),
                cmocka_unit_test(a_derogation_and_its_note),
                cmocka_unit_test(a_choice_and_the_contract_it_leads_to),
                cmocka_unit_test(a_workbook_changes_the_programme),
                cmocka_unit_test(the_sheet_that_is_meant_is_taken),
                cmocka_unit_test(an_import_is_taken_back),
                cmocka_unit_test(what_cannot_be_read_is_told),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
