/* export: a buyer's contracts as a file of published data. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"
#include "services/ctl/typed.h"
#include "common/export/decp_write.h"
#include "contracts/queries.pb-c.h"

enum { PAGE = 500, YEAR_MAX = 2400, PROBLEMS_TOLD_MAX = 200 };

struct export
{
        const char *directory;
        const char *buyer;
        const char *out;
        const char *published_on;
        uint64_t year;
        bool with_published;
        Types__Day day;
        struct decp_writer writer;
        uint64_t written, lacking, told;
};

/* What a contract lacks goes to standard error: the block may be on standard output. */
static void tell_problems(struct export *export, const Contracts__DecpEntry *entry)
{
        export->lacking++;
        if (export->told++ >= PROBLEMS_TOLD_MAX)
                return;
        (void)fprintf(stderr, "Contrat n° %s « %s » : écarté, il ne serait pas valide\n",
                      entry->record->number[0] == '\0' ? "?" : entry->record->number, entry->record->object);
        for (size_t i = 0; i < entry->n_problems; i++)
                (void)fprintf(stderr, "  %-40s %s\n", entry->problems[i]->field, entry->problems[i]->text);
}

static bool take_page(struct export *export, const Contracts__DecpExportReply *reply)
{
        for (size_t i = 0; i < reply->n_entries; i++) {
                const Contracts__DecpEntry *entry = reply->entries[i];
                if (entry->n_problems > 0) {
                        tell_problems(export, entry);
                        continue;
                }
                if (!decp_write_record(&export->writer, entry->record))
                        return complain("%s : écriture impossible (%s).", export->out == NULL ? "sortie" : export->out,
                                        strerror(errno)) == 0;
                export->written++;
        }
        return true;
}

static bool take_pages(struct export *export, struct session *session)
{
        struct slice next = {0};
        scoped(arena_fini) struct arena cursor = {0};
        do {
                scoped(arena_fini) struct arena arena = {0};
                Contracts__DecpExportRequest request = CONTRACTS__DECP_EXPORT_REQUEST__INIT;
                Types__Page page = TYPES__PAGE__INIT;
                page.limit = PAGE;
                page.after = pb_bytes(next);
                request.page = &page;
                request.buyer_siret = (char *)(uintptr_t) export->buyer;
                request.year = (uint32_t) export->year;
                request.with_published = export->with_published;
                request.published_on = export->published_on == NULL ? NULL : &export->day;
                const Contracts__DecpExportReply *reply =
                        session_call(session, "contracts.DecpExport", &request, NULL, &arena);
                if (reply == NULL || !take_page(export, reply))
                        return false;
                arena_reset(&cursor);
                next = arena_copy_slice(&cursor, pb_slice(reply->next));
        } while (next.size > 0);
        return true;
}

static int report(const struct export *export)
{
        char written[NUMBER_TEXT_SIZE], lacking[NUMBER_TEXT_SIZE];
        (void)fprintf(stderr, "%s contrat(s) écrits, %s écarté(s) parce qu'il leur manque une donnée.\n",
                      number_text(export->written, written), number_text(export->lacking, lacking));
        if (export->told > PROBLEMS_TOLD_MAX)
                (void)fprintf(stderr, "Seuls les %d premiers écarts sont détaillés.\n", PROBLEMS_TOLD_MAX);
        return export->lacking == 0 ? CTL_DONE : CTL_FAILED;
}

/* Into a file beside it first: what stands there is never half a block. */
static int run(struct export *export, struct session *session)
{
        char partial[4200];
        (void)snprintf(partial, sizeof(partial), "%s.partiel", export->out == NULL ? "" : export->out);
        export->writer.out = export->out == NULL ? stdout : fopen(partial, "we");
        if (export->writer.out == NULL)
                return complain("%s : %s.", partial, strerror(errno));
        bool done = take_pages(export, session);
        if (done && !decp_write_end(&export->writer))
                done = complain("%s : écriture impossible (%s).", partial, strerror(errno)) == 0;
        if (export->out != NULL) {
                if (fclose(export->writer.out) != 0 || (done && rename(partial, export->out) != 0))
                        done = complain("%s : %s.", export->out, strerror(errno)) == 0;
                if (!done)
                        (void)unlink(partial);
        }
        return done ? report(export) : CTL_FAILED;
}

static int run_export(const struct verb *verb, int argc, char **argv)
{
        struct export export = {.directory = "run", .day = TYPES__DAY__INIT};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &export.directory},
                {.name = "--buyer", .text = &export.buyer},
                {.name = "--year", .number = &export.year, .number_max = YEAR_MAX},
                {.name = "--out", .text = &export.out},
                {.name = "--published-on", .text = &export.published_on},
                {.name = "--with-published", .flag = &export.with_published},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 1};
        scoped(session_close) struct session session = {0};
        struct day day;

        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        if (strcmp(argv[0], "decp") != 0)
                return misused(verb, "« export %s » : il faut « decp ».", argv[0]);
        if (export.buyer == NULL)
                return misused(verb, "il faut --buyer et le SIRET de l'acheteur.");
        if (export.published_on != NULL && !typed_day(export.published_on, &day))
                return misused(verb, "« --published-on %s » : il faut " TYPED_DAY ".", export.published_on);
        if (export.published_on != NULL)
                export.day.days = day_number(day);
        if (!session_open(export.directory, 0, &session))
                return CTL_FAILED;
        session_act(&session, TYPES__ROLE__COORDINATOR, NULL, "*");
        return run(&export, &session);
}

const struct verb verb_export = {
        .name = "export",
        .summary = "écrit les contrats d'un acheteur en données essentielles (DECP 2022)",
        .usage = "guichetctl export decp --buyer SIRET [--year AAAA] [--out FICHIER] [--published-on AAAA-MM-JJ]\n"
                 "                       [--with-published] [--dir run]\n\n"
                 "Écrit un bloc {\"marches\": {\"marche\": […], \"contrat-concession\": […]}} valide au format de\n"
                 "2022, sur la sortie standard ou dans --out. Seuls les contrats ouverts ou corrigés ici y sont ; les\n"
                 "contrats privés n'y sont jamais. Un contrat auquel il manque une donnée obligatoire est écarté, et\n"
                 "chaque donnée qui manque est nommée sur la sortie d'erreur : rien n'est inventé. Code de retour 1\n"
                 "s'il y en a.\n\n"
                 "  --year            ceux notifiés cette année-là\n"
                 "  --published-on    date de publication des données des contrats qui n'en ont pas encore\n"
                 "  --with-published  aussi les contrats dont on ne sait que ce que l'acheteur a publié\n\n"
                 "Exemple :\n"
                 "  guichetctl export decp --buyer 21310555400017 --year 2026 --published-on 2026-11-30 --out d.json",
        .run = run_export,
};
