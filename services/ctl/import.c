/* import: contracts and partners from the files that others publish. */
#include "services/ctl/import.h"
#include "common/codec/json.h"
#include "services/ctl/import_list.h"
#include "services/ctl/import_notes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/local_time.h"
#include "common/codec/validate.h"
#include "services/ctl/options.h"
#include "services/ctl/pipeline.h"
#include "services/ctl/print_json.h"
#include "services/ctl/programs.h"
#include "services/ctl/terminal.h"
#include "common/import/decp.h"
#include "common/import/structures.h"
#include "contracts/commands.pb-c.h"

/* Contracts go to the daemon by the batch: one frame, one key and one reply for all of them. */
enum { BATCH_RECORDS = 64, BATCH_BYTES = 96 * 1024, BATCHES_IN_FLIGHT = 128 };

/* What comes back with the answer, for each element. */
struct import_tag {
        const char *list; /* a literal of the reader */
        uint64_t index;
        char number[IMPORT_NUMBER_SIZE];
        uint32_t considerations; /* bits */
        int32_t kind;
};

struct batch {
        struct import_tag tags[BATCH_RECORDS];
        size_t count;
};

/* One file on its way. */
struct import {
        const char *path;
        FILE *rejects;
        struct import_figures *figures;
        struct pipeline *pipeline;
        struct world world;
        struct arena arena; /* what was read and not sent yet */
        struct batch batch;
        Contracts__ContractRecord *records[BATCH_RECORDS];
        size_t batch_bytes;
        bool is_lost; /* the daemon answers no more */
};

static struct import_place place_of(const struct import *import, const char *list, uint64_t index, const char *number)
{
        return (struct import_place){import->path, list, index, number};
}

static void refused(struct import *import, const struct import_tag *tag, const Types__Refusal *refusal)
{
        const struct import_place place = place_of(import, tag->list, tag->index, tag->number);
        if (import->figures->refused++ == 0)
                (void)snprintf(import->figures->first_refusal, sizeof(import->figures->first_refusal), "%s",
                               refusal->text);
        const struct import_note note = {IMPORT_REJECTED, refusal->field, "", refusal->text};
        import_write_note(import->rejects, &place, &note);
}

static void show_progress(const struct import *import, uint64_t done, uint64_t total)
{
        char read[NUMBER_TEXT_SIZE];
        const char *name = strrchr(import->path, '/');
        progress("%s : %s lus, %llu %%", name == NULL ? import->path : name + 1,
                 number_text(import->figures->read, read), (unsigned long long)(total == 0 ? 100 : done * 100 / total));
}

static bool send(struct import *import, const char *method, const ProtobufCMessage *request, const void *tag,
                 size_t tag_size)
{
        struct pipeline_command command = {
                .method = method,
                .request = request,
                .key = id_new(&import->world, import->world.now_ms(&import->world), 0),
                .tag = tag,
                .tag_size = tag_size,
        };
        return pipeline_send(import->pipeline, &command);
}

/* --- contracts -----------------------------------------------------------------------------------------------------
 */

static void count_contract(struct import *import, const struct import_tag *from, const Contracts__ImportResult *result)
{
        struct import_figures *figures = import->figures;
        if (result->refusal != NULL) {
                refused(import, from, result->refusal);
                return;
        }
        for (size_t i = 0; i < result->n_remarks; i++) {
                const struct import_place place = place_of(import, from->list, from->index, from->number);
                import_take_remark(figures, import->rejects, &place, result->remarks[i]->field,
                                   result->remarks[i]->text);
        }
        figures->created += result->outcome == CONTRACTS__IMPORT_OUTCOME__CREATED;
        figures->updated += result->outcome == CONTRACTS__IMPORT_OUTCOME__UPDATED;
        figures->unchanged += result->outcome == CONTRACTS__IMPORT_OUTCOME__UNCHANGED;
        for (unsigned i = 0; i < IMPORT_CONSIDERATIONS; i++)
                figures->considerations[i] += (from->considerations >> i) & 1u;
}

static void on_contracts(void *argument, const void *tag, const ProtobufCMessage *body, const Types__Refusal *refusal)
{
        struct import *import = argument;
        const struct batch *batch = tag;
        const Contracts__ImportContractsReply *reply = (const Contracts__ImportContractsReply *)body;
        for (size_t i = 0; i < batch->count; i++) {
                if (refusal != NULL)
                        refused(import, &batch->tags[i], refusal);
                else if (i < reply->n_results)
                        count_contract(import, &batch->tags[i], reply->results[i]);
        }
}

static bool send_batch(struct import *import)
{
        if (import->batch.count == 0)
                return true;
        Contracts__ImportContracts request = CONTRACTS__IMPORT_CONTRACTS__INIT;
        request.records = import->records;
        request.n_records = import->batch.count;
        bool sent = send(import, "contracts.ImportContracts", &request.base, &import->batch, sizeof(import->batch));
        import->batch.count = 0;
        import->batch_bytes = 0;
        arena_reset(&import->arena);
        return sent;
}

static uint32_t consideration_bits(const Contracts__ContractRecord *record)
{
        uint32_t bits = 0;
        for (size_t i = 0; i < record->n_social; i++)
                if ((unsigned)record->social[i] < IMPORT_CONSIDERATIONS)
                        bits |= 1u << (unsigned)record->social[i];
        return bits == 0 ? 1u << CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN : bits;
}

static bool take_contract(struct import *import, const struct decp_item *item)
{
        const struct import_place place = place_of(import, item->list, item->index, item->number);
        import->figures->read++;
        import_take_notes(import->figures, import->rejects, &place, &item->found);
        if (item->record == NULL)
                return true;
        struct import_tag tag = {
                .list = item->list, .index = item->index, .considerations = consideration_bits(item->record)};
        import_keep_number(item->number, tag.number);
        struct refusal refusal;
        struct world world = world_real();
        struct day today = local_day("", world.now_ms(&world));
        if (!validate_message(&item->record->base, today, &refusal)) { /* it must not cost those it would travel with */
                refused(import, &tag, refusal_to(&import->arena, &refusal));
                return true;
        }
        struct batch *batch = &import->batch;
        batch->tags[batch->count] = tag;
        import->records[batch->count++] = item->record;
        import->batch_bytes += item->size;
        return (batch->count < BATCH_RECORDS && import->batch_bytes < BATCH_BYTES) || send_batch(import);
}

static int open_contracts(const char *plain, void **ret, struct err_info *info)
{
        struct decp *reader;
        int err = decp_open(plain, &reader, info);
        if (err == 0)
                *ret = reader;
        return err;
}

static void close_contracts(void *reader)
{
        decp_close(reader);
}

static void contracts_progress(const void *reader, uint64_t *ret_done, uint64_t *ret_total)
{
        decp_progress(reader, ret_done, ret_total);
}

static int next_contract(struct import *import, void *reader, bool *ret_sent, struct err_info *info)
{
        struct decp_item item;
        int more = decp_next(reader, &import->arena, &item, info);
        if (more == 1)
                *ret_sent = take_contract(import, &item);
        return more;
}

/* --- partners ------------------------------------------------------------------------------------------------------
 */

static void on_partner(void *argument, const void *tag, const ProtobufCMessage *body, const Types__Refusal *refusal)
{
        struct import *import = argument;
        const struct import_tag *from = tag;
        struct import_figures *figures = import->figures;
        if (refusal != NULL) {
                refused(import, from, refusal);
                return;
        }
        const Directory__PutOrganisationReply *reply = (const Directory__PutOrganisationReply *)body;
        figures->created += reply->outcome == DIRECTORY__PUT_OUTCOME__ADDED;
        figures->updated += reply->outcome == DIRECTORY__PUT_OUTCOME__CHANGED;
        figures->unchanged += reply->outcome == DIRECTORY__PUT_OUTCOME__SAME;
        if (from->kind >= 0 && from->kind < IMPORT_KINDS)
                figures->kinds[from->kind]++;
}

static bool take_partner(struct import *import, const struct structures_item *item)
{
        const struct import_place place = place_of(import, "", item->index, item->number);
        import->figures->read++;
        import_take_notes(import->figures, import->rejects, &place, &item->found);
        if (item->organisation == NULL)
                return true;
        Directory__PutOrganisation request = DIRECTORY__PUT_ORGANISATION__INIT;
        struct import_tag tag = {.list = "", .index = item->index, .kind = (int32_t)item->organisation->kind};
        request.organisation = item->organisation;
        import_keep_number(item->number, tag.number);
        return send(import, "directory.PutOrganisation", &request.base, &tag, sizeof(tag));
}

static int open_partners(const char *plain, void **ret, struct err_info *info)
{
        struct structures *reader;
        int err = structures_open(plain, &reader, info);
        if (err == 0)
                *ret = reader;
        return err;
}

static void close_partners(void *reader)
{
        structures_close(reader);
}

static void partners_progress(const void *reader, uint64_t *ret_done, uint64_t *ret_total)
{
        structures_progress(reader, ret_done, ret_total);
}

static int next_partner(struct import *import, void *reader, bool *ret_sent, struct err_info *info)
{
        struct structures_item item;
        int more = structures_next(reader, &import->arena, &item, info);
        if (more == 1)
                *ret_sent = take_partner(import, &item);
        arena_reset(&import->arena);
        return more;
}

/* --- a file --------------------------------------------------------------------------------------------------------
 */

static bool ends_with(const char *text, const char *end)
{
        size_t length = strlen(text);
        size_t end_length = strlen(end);
        return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static bool unpack(const char *path, int fd)
{
        const char *const argv[] = {"xz", "-dc", "--", path, NULL};
        return program_run(argv, fd) == 0;
}

/* A kind of file: its reader, and how its answers are counted. */
struct import_kind {
        pipeline_answer_f answer;
        size_t window;
        int (*open)(const char *plain, void **ret_reader, struct err_info *info);
        /* Reads one element and sends it, or keeps it for its batch: 1, 0 at the end, negative where the file breaks
         * off. */
        int (*next)(struct import *import, void *reader, bool *ret_sent, struct err_info *info);
        void (*progress)(const void *reader, uint64_t *ret_done, uint64_t *ret_total);
        void (*close)(void *reader);
};

static bool unreadable(struct import *import, const char *why)
{
        (void)snprintf(import->figures->why, sizeof(import->figures->why), "%s", why);
        return false;
}

static bool read_elements(const struct import_kind *kind, struct import *import, const char *plain)
{
        void *reader = NULL;
        struct err_info info = {0};
        if (kind->open(plain, &reader, &info) != 0)
                return unreadable(import, info.text);

        bool sent = true;
        int more = 1;
        while (sent && (more = kind->next(import, reader, &sent, &info)) == 1) {
                uint64_t done, total;
                kind->progress(reader, &done, &total);
                show_progress(import, done, total);
        }
        kind->close(reader);
        import->is_lost = !sent || !send_batch(import);
        return more < 0 ? unreadable(import, info.text) : !import->is_lost;
}

/* Reads `path`, or what is packed in it, out of a temporary file that has no name any more. */
static bool read_plain(const struct import_kind *kind, struct import *import)
{
        if (!ends_with(import->path, ".xz"))
                return read_elements(kind, import, import->path);
        char name[] = "/tmp/guichetctl-XXXXXX";
        char opened[32];
        int fd = mkstemp(name);
        if (fd < 0)
                return unreadable(import, strerror(errno));
        (void)unlink(name);
        (void)snprintf(opened, sizeof(opened), "/proc/self/fd/%d", fd);
        bool done = unpack(import->path, fd) ? read_elements(kind, import, opened)
                                             : unreadable(import, "xz ne peut pas décompresser ce fichier");
        (void)close(fd);
        return done;
}

static enum import_end import_file(struct session *session, const struct import_kind *kind, struct import *import)
{
        import->figures->why[0] = '\0';
        import->world = world_real();
        import->pipeline = pipeline_new(session, kind->window, kind->answer, import);
        uint64_t started_us = import->world.monotonic_us(&import->world);
        bool done = read_plain(kind, import);
        import->is_lost = import->is_lost || !pipeline_finish(import->pipeline);
        import->figures->files++;
        import->figures->unreadable += !done;
        import->figures->duration_us += import->world.monotonic_us(&import->world) - started_us;
        pipeline_free(import->pipeline);
        arena_fini(&import->arena);
        progress_end();
        return import->is_lost ? IMPORT_LOST : done ? IMPORT_READ : IMPORT_UNREADABLE;
}

enum import_end import_decp(struct session *session, const char *path, FILE *rejects, struct import_figures *figures)
{
        static const struct import_kind kind = {
                .answer = on_contracts,
                .window = BATCHES_IN_FLIGHT,
                .open = open_contracts,
                .next = next_contract,
                .progress = contracts_progress,
                .close = close_contracts,
        };
        struct import import = {.path = path, .rejects = rejects, .figures = figures};
        return import_file(session, &kind, &import);
}

enum import_end import_partners(struct session *session, const char *path, FILE *rejects,
                                struct import_figures *figures)
{
        static const struct import_kind kind = {
                .answer = on_partner,
                .window = PIPELINE_WINDOW,
                .open = open_partners,
                .next = next_partner,
                .progress = partners_progress,
                .close = close_partners,
        };
        struct import import = {.path = path, .rejects = rejects, .figures = figures};
        return import_file(session, &kind, &import);
}

/* --- the verb ------------------------------------------------------------------------------------------------------
 */

static FILE *open_rejects(const char *path)
{
        FILE *file = fopen(path, "we");
        if (file == NULL)
                (void)complain("%s : %s.", path, strerror(errno));
        return file;
}

static int import_all(struct session *session, bool contracts, const char *rejects_path, char **files)
{
        struct import_figures figures = {0};
        FILE *rejects = rejects_path == NULL ? NULL : open_rejects(rejects_path);
        if (rejects_path != NULL && rejects == NULL)
                return CTL_FAILED;

        enum import_end end = IMPORT_READ;
        for (char **file = files; *file != NULL && end != IMPORT_LOST; file++) {
                const struct import_figures before = figures;
                end = contracts ? import_decp(session, *file, rejects, &figures)
                                : import_partners(session, *file, rejects, &figures);
                import_print_file(*file, contracts ? "contrat" : "partenaire", &before, &figures);
        }
        bool done = end != IMPORT_LOST && figures.unreadable == 0;
        if (rejects != NULL && fclose(rejects) != 0)
                done = complain("%s : écriture impossible (%s).", rejects_path, strerror(errno)) == 0;
        if (contracts)
                import_print_contracts(&figures);
        else
                import_print_partners(&figures);
        if (figures.warned + figures.remarked > 0 && rejects_path == NULL)
                (void)puts("Chaque réserve avec sa place : « --rejects FICHIER ».");
        return done ? CTL_DONE : CTL_FAILED;
}

/* Registers that others publish, which need nobody to say whose they are. */
static bool is_register(int argc, char **argv)
{
        bool has_source = false;
        for (int i = 1; i < argc; i++)
                has_source = has_source || strcmp(argv[i], "--source") == 0;
        return strcmp(argv[0], "partners") == 0 && !has_source;
}

static int run_import(const struct verb *verb, int argc, char **argv)
{
        if (argc > 0 && import_list_is(argv[0]) && !is_register(argc, argv))
                return import_list(verb, argv[0], argc - 1, argv + 1);
        if (argc > 0 && strcmp(argv[0], "undo") == 0)
                return import_undo(verb, argc - 1, argv + 1);
        const char *directory = "run";
        const char *rejects = NULL;
        const struct option_row rows[] = {{.name = "--dir", .text = &directory},
                                          {.name = "--rejects", .text = &rejects}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 2, .words_max = argc};
        scoped(session_close) struct session session = {0};

        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;
        bool contracts = strcmp(argv[0], "decp") == 0;
        if (!contracts && strcmp(argv[0], "partners") != 0)
                return misused(verb,
                               "« import %s » : il faut decp, partners, programme, hours, persons, running ou undo.",
                               argv[0]);
        argv[words] = NULL;
        return session_open(directory, 0, &session) ? import_all(&session, contracts, rejects, argv + 1) : CTL_FAILED;
}

const struct verb verb_import = {
        .name = "import",
        .summary = "lit des marchés publiés, et des listes : partenaires, programmes, heures, contrats en cours",
        .usage =
                "guichetctl import decp FICHIER… [--rejects FICHIER] [--dir run]\n"
                "guichetctl import partners FICHIER… [--rejects FICHIER] [--dir run]\n"
                "guichetctl import partners LISTE --source NOM --territory 31 [--kind GEIQ] [--as COORDINATOR]\n"
                "        [--preview] [--map name=Structure] [--header LIGNE] [--only 3,7-9] [--go-on]\n"
                "        [--rejects FICHIER] [--dir run]\n"
                "guichetctl import programme FICHIER --buyer SIRET --year 2027 [--preview] [--dir run]\n"
                "        [--map title=Intitulé,amount=Montant] [--header LIGNE] [--name NOM] [--territory 31]\n"
                "        [--buyer-type state|authority|entity] [--as BUYER --sender UUID] [--only 3,7-9] [--go-on]\n"
                "        [--rejects FICHIER]\n"
                "guichetctl import hours FICHIER… --territory 31 --sender UUID [--as STRUCTURE] [--preview]\n"
                "        [--dir run] [--month 2026-11] [--map hours=Total] [--header LIGNE] [--only 3,7-9] [--go-on]\n"
                "        [--rejects FICHIER]\n"
                "guichetctl import persons FICHIER --territory 31 --sender UUID [--as PRESCRIBER] [--need UUID]\n"
                "        [--preview] [--map born_on=Naissance] [--header LIGNE] [--only 3,7-9] [--go-on]\n"
                "        [--rejects FICHIER] [--dir run]\n"
                "guichetctl import running FICHIER… --territory 31 [--buyer SIRET] [--as COORDINATOR] [--preview]\n"
                "        [--map owed=Objectif] [--header LIGNE] [--only 3,7-9] [--go-on] [--rejects FICHIER]\n"
                "        [--dir run]\n"
                "guichetctl import undo IMPORT --list hours|partners|persons|running --territory 31 --reason MOTIF\n"
                "        [--as STRUCTURE --sender UUID]\n"
                "guichetctl import undo IMPORT --list programme --reason MOTIF [--as BUYER --sender UUID]\n\n"
                "« decp » : données essentielles de la commande publique, formats de 2022 et de 2019, JSON, XML ou\n"
                ".xz.\n"
                "« partners » : listes du Marché de l'inclusion, des Emplois de l'inclusion, des missions locales,\n"
                "structures data.inclusion v1 ; avec « --source », la liste d'un facilitateur ou d'un réseau, CSV ou\n"
                ".xlsx : une ligne par organisation, désignée par son SIRET ou par votre référence, et par son type.\n"
                "« programme » : la liste annuelle des achats d'un acheteur, CSV ou .xlsx.\n"
                "D'un classeur est prise la seule feuille dont les titres sont compris, sinon celle que dit --sheet ;\n"
                "les feuilles masquées ne comptent pas.\n"
                "« hours » : la liste des heures d'un employeur, une ligne par parcours et par mois ; le parcours par "
                "son\n"
                "identifiant, ou par la référence de l'employeur, connue dès qu'une liste a donné les deux.\n"
                "« persons » : les personnes qu'un prescripteur oriente, une ligne chacune : nom, prénom, date de\n"
                "naissance ; le jour de l'orientation s'il n'est pas celui de l'import. Qui il a déjà orienté est\n"
                "reconnu. Aucun nom ne revient.\n"
                "« running » : les contrats déjà en cours, repris d'un tableur : contrat, lot, titulaire, heures\n"
                "dues, heures faites par mois et par personne (une référence, jamais un nom), dossier de contrôle\n"
                "ouvert. Le numéro du contrat et le SIRET de l'acheteur (ou --buyer) sont à chaque ligne ; le reste,\n"
                "à la première qui en parle. Une colonne dont le titre est un mois a les heures de ce mois.\n"
                "« undo » : reprend ce qu'un import a enregistré et qui n'a pas changé depuis.\n"
                "Chaque fichier est lu pour lui-même : un fichier illisible est nommé et n'arrête pas les autres ;\n"
                "un mois sans contrat est un fichier vide.\n"
                "Relire un fichier ne change rien ; une liste déjà connue s'arrête sans « --go-on ».\n\n"
                "  --rejects FICHIER   ce qui est écarté. decp et partners, avec chaque réserve : un objet JSON par\n"
                "                      ligne (file, list, index, number, severity : rejected ou warning, field,\n"
                "                      value, text) ; des autres listes, les lignes telles quelles, dans les\n"
                "                      colonnes de la liste et une de plus, le motif : corrigez, redonnez-le\n"
                "  --preview           dit ce que donnerait la liste, sans rien enregistrer\n"
                "  --map CHAMP=COLONNE,…  ce que dit une colonne ; retenu pour cet acheteur. Champs : reference, "
                "title,\n"
                "                      cpv, amount, duration, launch, nature, place, lots, consideration, contact, "
                "defence ;\n"
                "                      de running : number, buyer, buyer-name, object, cpv, amount, notified,\n"
                "                      starts, ends, duration, territory, lot, holder, holder-name, owed, month,\n"
                "                      hours, modality, structure, person, case, case-on, case-period\n"
                "  --sheet NOM         la feuille du classeur, si plusieurs conviennent\n"
                "  --header LIGNE      celle des titres de colonnes ; à défaut, la première où trois cellules sont "
                "remplies\n"
                "  --territory         département de l'acheteur, pour les lignes sans lieu ; retenu\n"
                "  --sender            l'organisation dont c'est la liste ; --as FACILITATOR à défaut\n"
                "  --source            d'où vient la liste : « réseau GEIQ » ; la source de ce qu'elle ajoute\n"
                "  --kind              le type des organisations dont la ligne n'en dit pas : ACI, EI, GEIQ…\n"
                "  --month             des lignes qui ne disent pas le leur\n"
                "  --only              les lignes choisies, par leur numéro ; celles qui remplacent d'autres données\n"
                "                      ne sont prises qu'ainsi\n"
                "  --go-on             même si la liste est déjà connue, ou l'est pour plus de la moitié\n"
                "  --buyer-type        ses seuils européens ; à défaut, d'après le SIREN ; retenu\n\n"
                "Exemples :\n"
                "  guichetctl import decp decp-2024-07.json --rejects ecartes.jsonl\n"
                "  guichetctl import partners siae.json missions_locales.json\n"
                "  guichetctl import partners geiq.xlsx --source \"réseau GEIQ\" --kind GEIQ --territory 31 --preview\n"
                "  guichetctl import programme achats-2027.xlsx --buyer 21310555400017 --year 2027 --preview\n"
                "  guichetctl import undo UUID --list programme --reason \"liste de 2026\"\n"
                "  guichetctl import hours novembre.csv --territory 31 --sender UUID --preview\n"
                "  guichetctl import hours novembre.csv --territory 31 --sender UUID --rejects a_corriger.csv\n"
                "  guichetctl import hours octobre.csv novembre.csv --territory 31 --sender UUID\n"
                "  guichetctl import persons liste.xlsx --territory 31 --sender UUID --rejects a_corriger.csv\n"
                "  guichetctl import persons liste.csv --territory 31 --sender UUID --map \"referred_on=Reçue le\"\n"
                "  guichetctl import running suivi.xlsx --territory 31 --preview\n"
                "  guichetctl import running suivi.csv --territory 31 --buyer 21310555400017 --rejects a_corriger.csv\n"
                "  guichetctl import undo UUID --list running --territory 31 --reason \"mauvais fichier\"\n"
                "  guichetctl import undo UUID --list hours --territory 31 --reason \"mauvais fichier\"\n"
                "  guichetctl call tracking Imports '{}' --as FACILITATOR --territory 31\n"
                "  guichetctl call directory OrganisationImports '{}' --as FACILITATOR --territory 31",
        .run = run_import,
};
