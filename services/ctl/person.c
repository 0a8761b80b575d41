/* person: what a person may ask of what is held on her: all of it, that it be set right, restricted, erased; whether
 * she is known, and which files are hers; what the clocks of retention have announced. Acts as a facilitator of her
 * territory. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/day.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/person_files.h"
#include "services/ctl/person_text.h"
#include "services/ctl/print_json.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

struct person {
        const struct verb *verb;
        const char *directory;
        const char *territory;
        const char *code;
        const char *reason, *reason_code;
        const char *identity;
        const char *out;
        bool json;
        uint64_t seconds;
        struct id id, other;
        struct session session;
        struct arena arena;
};

static void end_person(struct person *person)
{
        session_close(&person->session);
        arena_fini(&person->arena);
}

static void close_stream(FILE **stream)
{
        if (*stream != NULL)
                (void)fclose(*stream);
}

static char *said(struct person *person, const char *text)
{
        return arena_text(&person->arena, text);
}

/* ---- erase */

static int erase(struct person *person)
{
        Tracking__ErasePerson request = TRACKING__ERASE_PERSON__INIT;
        if (person->code == NULL)
                return misused(person->verb, "il faut « --code CODE », pourquoi (deploy/rules/privacy.json).");
        request.beneficiary_id = id_to(&person->arena, person->id);
        request.erasure_code = said(person, person->code);
        const Tracking__ErasePersonReply *reply =
                session_call(&person->session, "tracking.ErasePerson", &request, NULL, &person->arena);
        if (reply == NULL)
                return CTL_FAILED;
        (void)printf("Effacé : la clé, %u élément(s) scellé(s), %u document(s). "
                     "Les heures restent comptées, sans nom.\n"
                     "Les sauvegardes d'avant gardent la clé jusqu'à leur fin (« guichetctl backup --keep N ») ; "
                     "remises en\nplace, elles l'effacent à nouveau.\n",
                     reply->sealed_parts, reply->documents);
        (void)printf("Ce qui était déjà parti, à rappeler s'il le faut :\n");
        for (size_t i = 0; i < reply->n_left; i++)
                person_text_sharing(stdout, reply->left[i]);
        return CTL_DONE;
}

/* ---- export */

static int write_export(const struct person *person, FILE *file, const Tracking__PersonExport *whole)
{
        if (!person->json) {
                person_text(file, whole);
                return CTL_DONE;
        }
        return print_json(file, &whole->base) ? CTL_DONE : CTL_FAILED;
}

static int export_to_file(struct person *person, const Tracking__PersonExport *whole)
{
        int fd = open(person->out, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
        scoped(close_stream) FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
        if (file == NULL)
                return complain("%s : ne peut être créé (%s).", person->out, strerror(errno));
        int code = write_export(person, file, whole);
        if (fflush(file) != 0 || code != CTL_DONE)
                return complain("%s : écriture impossible (%s).", person->out, strerror(errno));
        return CTL_DONE;
}

static int export_person(struct person *person)
{
        Tracking__ExportPerson request = TRACKING__EXPORT_PERSON__INIT;
        if (person->reason == NULL || person->reason_code == NULL)
                return misused(
                        person->verb,
                        "il faut « --reason-code CODE » et « --reason TEXTE » : chaque sortie est conservée avec "
                        "son motif.");
        request.beneficiary_id = id_to(&person->arena, person->id);
        request.reason = said(person, person->reason);
        request.reason_code = said(person, person->reason_code);
        const Tracking__PersonExport *whole =
                session_call(&person->session, "tracking.ExportPerson", &request, NULL, &person->arena);
        if (whole == NULL)
                return CTL_FAILED;
        return person->out != NULL ? export_to_file(person, whole) : write_export(person, stdout, whole);
}

/* ---- rectify */

/* The identity of --identity, "-": of standard input. NULL: told. */
static Tracking__Identity *read_identity(struct person *person)
{
        enum { IDENTITY_SIZE = 8192 };
        static char text[IDENTITY_SIZE];
        struct refusal refusal;
        scoped(close_stream) FILE *file =
                fopen(strcmp(person->identity, "-") == 0 ? "/dev/stdin" : person->identity, "re");
        size_t size = file == NULL ? 0 : fread(text, 1, sizeof(text), file);
        if (size == 0 || size == sizeof(text)) {
                (void)complain("%s : illisible, vide ou trop long.", person->identity);
                return NULL;
        }
        json_t *json = NULL;
        ProtobufCMessage *identity = NULL;
        bool is_read = json_of_text(slice_of((const uint8_t *)text, size), &json, &refusal) &&
                       json_to_message(json, &tracking__identity__descriptor, &person->arena, &identity, &refusal);
        json_decref(json);
        if (!is_read)
                (void)complain("%s : %s", person->identity, refusal.text);
        return is_read ? (Tracking__Identity *)identity : NULL;
}

static int rectify(struct person *person)
{
        Tracking__RectifyIdentity request = TRACKING__RECTIFY_IDENTITY__INIT;
        if (person->identity == NULL || person->reason == NULL)
                return misused(person->verb,
                               "il faut « --identity FICHIER », l'identité entière en JSON, et « --reason "
                               "TEXTE ».");
        request.identity = read_identity(person);
        if (request.identity == NULL)
                return CTL_FAILED;
        request.beneficiary_id = id_to(&person->arena, person->id);
        request.reason = said(person, person->reason);
        if (session_call(&person->session, "tracking.RectifyIdentity", &request, NULL, &person->arena) == NULL)
                return CTL_FAILED;
        (void)puts(
                "Rectifié. L'identité d'avant reste au dossier, scellée ; ceux qui l'avaient ouvert en sont prévenus.");
        return CTL_DONE;
}

/* ---- known, doubles, merge, unmerge, apart */

static struct person_files files_of(struct person *person)
{
        return (struct person_files){&person->session, &person->arena, person->territory, person->reason,
                                     person->reason_code};
}

static int known(struct person *person)
{
        struct person_files files = files_of(person);
        if (person->identity == NULL || person->reason_code == NULL || strpbrk(person->territory, ",*") != NULL)
                return misused(
                        person->verb,
                        "il faut « --identity FICHIER » (« - » : l'entrée standard), « --territory DÉPARTEMENT », "
                        "un seul, et « --reason-code CODE ».");
        Tracking__Identity *identity = read_identity(person);
        return identity == NULL ? CTL_FAILED : person_known(&files, identity);
}

static int elsewhere(struct person *person)
{
        struct person_files files = files_of(person);
        if (person->reason_code == NULL)
                return misused(person->verb, "il faut « --reason-code CODE » : chaque recherche est conservée.");
        return person_elsewhere(&files, person->id);
}

static int doubles(struct person *person)
{
        struct person_files files = files_of(person);
        return person_doubles(&files);
}

static int with_reason(struct person *person, int (*run)(struct person_files *files, struct id id, struct id other))
{
        struct person_files files = files_of(person);
        if (person->reason == NULL)
                return misused(person->verb, "il faut « --reason TEXTE » : ce qui a été vu, sans nom.");
        return run(&files, person->id, person->other);
}

static int merge(struct person *person)
{
        return with_reason(person, person_merge);
}

static int unmerge_one(struct person_files *files, struct id id, struct id other)
{
        (void)other;
        return person_unmerge(files, id);
}

static int unmerge(struct person *person)
{
        return with_reason(person, unmerge_one);
}

static int apart(struct person *person)
{
        return with_reason(person, person_apart);
}

/* ---- restrict, lift */

static int restrict_file(struct person *person)
{
        Tracking__RestrictPerson request = TRACKING__RESTRICT_PERSON__INIT;
        if (person->code == NULL)
                return misused(person->verb, "il faut « --code CODE », pourquoi (deploy/rules/privacy.json).");
        request.beneficiary_id = id_to(&person->arena, person->id);
        request.restriction_code = said(person, person->code);
        return session_call(&person->session, "tracking.RestrictPerson", &request, NULL, &person->arena) != NULL
                       ? CTL_DONE
                       : CTL_FAILED;
}

static int lift(struct person *person)
{
        Tracking__LiftRestriction request = TRACKING__LIFT_RESTRICTION__INIT;
        if (person->code == NULL)
                return misused(person->verb, "il faut « --code CODE », pourquoi (deploy/rules/privacy.json).");
        request.beneficiary_id = id_to(&person->arena, person->id);
        request.lifting_code = said(person, person->code);
        return session_call(&person->session, "tracking.LiftRestriction", &request, NULL, &person->arena) != NULL
                       ? CTL_DONE
                       : CTL_FAILED;
}

/* ---- due */

static void tell_due(const Tracking__RetentionLine *line)
{
        char id[ID_TEXT_SIZE], contact[INSTANT_TEXT_SIZE], end[INSTANT_TEXT_SIZE] = "plus tard";
        id_format(id_of(line->beneficiary_id), id);
        instant_format(line->last_contact->ms, contact);
        if (line->ends_at != NULL)
                instant_format(line->ends_at->ms, end);
        (void)printf("%s  %s  dernier contact %.10s  %s  %.10s\n", id, line->territory, contact,
                     line->archived ? "archivé, effacé" : "en cours, fin   ", end);
}

static int list_due(struct person *person)
{
        Tracking__RetentionDue request = TRACKING__RETENTION_DUE__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        request.page = &page;
        do {
                const Tracking__RetentionDueReply *reply =
                        session_call(&person->session, "tracking.RetentionDue", &request, NULL, &person->arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_lines; i++)
                        tell_due(reply->lines[i]);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

/* ---- */

static const struct act {
        const char *name;
        int (*run)(struct person *person);
        int words; /* its own name too */
} acts[] = {
        {"erase", erase, 2},         {"export", export_person, 2},
        {"rectify", rectify, 2},     {"restrict", restrict_file, 2},
        {"lift", lift, 2},           {"due", list_due, 1},
        {"known", known, 1},         {"doubles", doubles, 1},
        {"elsewhere", elsewhere, 2}, {"merge", merge, 3},
        {"unmerge", unmerge, 2},     {"apart", apart, 3},
};

static int act(struct person *person, int words, char **argv)
{
        for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
                if (strcmp(acts[i].name, argv[0]) != 0)
                        continue;
                static const char *const wanted[] = {"", "un réseau seulement", "l'UUID d'une personne",
                                                     "les UUID de deux dossiers"};
                if (words != acts[i].words || (words >= 2 && id_parse(argv[1], &person->id) != 0) ||
                    (words == 3 && id_parse(argv[2], &person->other) != 0))
                        return misused(person->verb, "« %s » demande %s.", argv[0], wanted[acts[i].words]);
                if (!session_open(person->directory, (uint32_t)person->seconds * 1000, &person->session))
                        return CTL_FAILED;
                session_act(&person->session, TYPES__ROLE__FACILITATOR, NULL, person->territory);
                return acts[i].run(person);
        }
        return misused(
                person->verb,
                "« %s » : known, elsewhere, doubles, merge, unmerge, apart, erase, export, rectify, restrict, lift "
                "ou due.",
                argv[0]);
}

static int run_person(const struct verb *verb, int argc, char **argv)
{
        scoped(end_person) struct person person = {.verb = verb, .directory = "run", .territory = "*", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &person.directory},
                {.name = "--territory", .text = &person.territory},
                {.name = "--code", .text = &person.code},
                {.name = "--reason", .text = &person.reason},
                {.name = "--reason-code", .text = &person.reason_code},
                {.name = "--identity", .text = &person.identity},
                {.name = "--out", .text = &person.out},
                {.name = "--json", .flag = &person.json},
                {.name = "--seconds", .number = &person.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 3};
        int words = options_parse(verb, &options, argc, argv);
        return words < 0 ? CTL_MISUSED : act(&person, words, argv);
}

const struct verb verb_person = {
        .name = "person",
        .summary = "retrouve une personne, réunit ses dossiers, sort, rectifie, limite ou efface ce qui en est gardé",
        .usage = "guichetctl person known --identity FICHIER --territory 31 --reason-code CODE\n"
                 "guichetctl person elsewhere UUID --reason-code CODE\n"
                 "guichetctl person doubles\n"
                 "guichetctl person merge UUID UUID --reason TEXTE\n"
                 "guichetctl person unmerge UUID --reason TEXTE\n"
                 "guichetctl person apart UUID UUID --reason TEXTE\n"
                 "guichetctl person export UUID --reason-code CODE --reason TEXTE [--json] [--out FICHIER]\n"
                 "guichetctl person rectify UUID --identity FICHIER --reason TEXTE\n"
                 "guichetctl person restrict UUID --code CODE\n"
                 "guichetctl person lift UUID --code CODE\n"
                 "guichetctl person erase UUID --code CODE\n"
                 "guichetctl person due\n"
                 "                 [--dir run] [--territory 31,82] [--seconds 10]\n\n"
                 "Agit comme facilitateur.\n\n"
                 "  known     la personne est-elle déjà suivie, ici ou dans un autre département ? Conservé comme une\n"
                 "            lecture ; aucun nom ne quitte le service qui suit ce département\n"
                 "  elsewhere les autres dossiers qui sont peut-être de la même personne, dans tout département : où,\n"
                 "            et comment les réunir ; conservé comme une lecture\n"
                 "  doubles   les paires de dossiers qui sont peut-être ceux d'une même personne\n"
                 "  merge     réunit deux dossiers : le premier continue, les deux identifiants restent valables\n"
                 "  unmerge   les sépare : chacun est comme il était\n"
                 "  apart     ce sont deux personnes : la paire n'est plus proposée\n"
                 "  export    tout ce qui est gardé de la personne, lisible ou en JSON ; conservé comme une lecture\n"
                 "  rectify   remplace l'identité ; celle d'avant reste au dossier, scellée\n"
                 "  restrict  limite le traitement (RGPD, art. 18) : le dossier est conservé, et rien d'autre\n"
                 "  lift      lève la limitation\n"
                 "  erase     efface l'identité, les décisions, les motifs, les documents et leur clé, puis dit ce\n"
                 "            qui était déjà parti ; refusé tant qu'un parcours est en cours\n"
                 "  due       les dossiers dont la fin de conservation est annoncée, et les archives\n\n"
                 "  --code         un code de deploy/rules/privacy.json : PERSON_ASKED, ACCURACY_CONTESTED…\n"
                 "  --identity     l'identité en JSON (« - » : l'entrée standard) : familyName, givenName, bornOn ou\n"
                 "                 bornIn (1990, 1990-05), birthName…\n"
                 "  --reason-code  un code de deploy/rules/reading_reasons.json\n"
                 "  --out          fichier à créer ; il ne doit pas exister\n\n"
                 "Exemples :\n"
                 "  guichetctl person known --identity personne.json --territory 31 --reason-code PLACEMENT\n"
                 "  guichetctl person elsewhere UUID --reason-code PLACEMENT\n"
                 "  guichetctl person merge UUID UUID --reason \"même pièce d'identité, vue le 12\"\n"
                 "  guichetctl person export UUID --reason-code PERSON_ASKED --reason \"copie demandée le 12\" \\\n"
                 "                 --out copie.txt\n"
                 "  guichetctl person erase UUID --code PERSON_ASKED",
        .run = run_person,
};
