/* restore: a run directory out of a backup, in an empty place; and what happened since that it does not have. */
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/day.h"
#include "services/ctl/backup/lost.h"
#include "services/ctl/backup/put_back.h"
#include "services/ctl/options.h"
#include "services/ctl/terminal.h"

struct restore {
        const char *directory;
        const char *place; /* of the backups */
        const char *key;
        const char *backup;
        const char *against;
        struct recovery recovery;
        struct repository *repository;
        struct arena arena;
};

static void end_restore(struct restore *restore)
{
        repository_close(restore->repository);
        recovery_wipe(&restore->recovery);
        arena_fini(&restore->arena);
}

/* Of a directory that need not be there yet; the one that it is in must. */
static bool make_absolute(struct restore *restore)
{
        char parent[PATH_MAX];
        char *copy = arena_text(&restore->arena, restore->directory), *again = arena_text(&restore->arena, copy);
        const char *name = basename(again);
        if (realpath(dirname(copy), parent) == NULL)
                return complain("%s : le répertoire qui doit le contenir n'existe pas.", restore->directory) == 0;
        if (name[0] == '/' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
                return complain("%s : indiquez le répertoire à créer par son nom.", restore->directory) == 0;
        restore->directory = arena_printf(&restore->arena, "%s/%s", strcmp(parent, "/") == 0 ? "" : parent, name);
        return true;
}

static bool find_backup(struct restore *restore, struct manifest *ret)
{
        const char **names;
        size_t count;
        struct err_info info = {0};
        if (recovery_read(restore->key, &restore->recovery, &info) != 0)
                return complain("%s", info.text) == 0;
        if (!restore->recovery.opens)
                return complain("%s : est la moitié qui scelle ; il faut la clé de secours, qui ouvre.",
                                restore->key) == 0;
        if (repository_open(restore->place, &restore->recovery, NULL, &restore->repository, &info) != 0 ||
            repository_list(restore->repository, &restore->arena, &names, &count, &info) != 0)
                return complain("%s", info.text) == 0;
        if (count == 0)
                return complain("%s : aucune sauvegarde n'y est achevée.", restore->place) == 0;
        const char *name = restore->backup != NULL ? restore->backup : names[count - 1];
        int err = repository_read(restore->repository, name, &restore->arena, ret, &info);
        if (err == ERR_NOT_FOUND)
                return complain("%s : pas de sauvegarde « %s » ; « guichetctl backup %s --list » les montre.",
                                restore->place, name, restore->place) == 0;
        return err == 0 || complain("%s", info.text) == 0;
}

static void tell_progress(const char *what, size_t done, size_t count)
{
        progress("%s : %zu morceaux sur %zu", what, done, count);
}

/* --- what was lost -------------------------------------------------------------------------------------------------
 */

static void tell_one(const struct lost *lost)
{
        char number[NUMBER_TEXT_SIZE], from[INSTANT_TEXT_SIZE] = "", to[INSTANT_TEXT_SIZE] = "";
        if (lost->other_history) {
                (void)printf("  %s : l'ancien magasin raconte une autre histoire (jusqu'à l'événement %llu).\n",
                             lost->instance, (unsigned long long)lost->last);
                return;
        }
        if (lost->last <= lost->kept) {
                (void)printf("  %s : rien (événement %llu).\n", lost->instance, (unsigned long long)lost->kept);
                return;
        }
        (void)printf("  %s : %s%s événement(s) perdu(s), de %llu à %llu", lost->instance,
                     lost->told_by != NULL ? "au moins " : "", number_text(lost->last - lost->kept, number),
                     (unsigned long long)lost->kept + 1, (unsigned long long)lost->last);
        if (lost->told_by != NULL)
                (void)printf(" (%s les avait suivis).\n", lost->told_by);
        else {
                instant_format(lost->first_ms, from);
                instant_format(lost->last_ms, to);
                (void)printf(", du %s au %s.\n", from, to);
        }
}

static void tell_lost(struct restore *restore, const struct manifest *manifest)
{
        struct lost *lost;
        size_t count;
        char at[INSTANT_TEXT_SIZE];
        instant_format(manifest->at_ms, at);
        if (restore->against == NULL) {
                (void)printf(
                        "Ce qui a été fait après le %s n'y est pas ; « --against » de l'ancien répertoire le compte.\n",
                        at);
                return;
        }
        (void)printf("Depuis le %s, d'après %s :\n", at, restore->against);
        lost_since(manifest, restore->against, &restore->arena, &lost, &count);
        for (size_t i = 0; i < count; i++)
                tell_one(&lost[i]);
}

static int run_restore(const struct verb *verb, int argc, char **argv)
{
        scoped(end_restore) struct restore restore = {0};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &restore.directory},
                {.name = "--key", .text = &restore.key},
                {.name = "--backup", .text = &restore.backup},
                {.name = "--against", .text = &restore.against},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 1};
        struct manifest manifest;
        struct err_info info = {0};
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        if (restore.key == NULL || restore.directory == NULL)
                return misused(verb, "il faut « --key FICHIER », la clé de secours, et « --dir RÉPERTOIRE » à créer.");
        restore.place = argv[0];
        if (!make_absolute(&restore) || !find_backup(&restore, &manifest))
                return CTL_FAILED;
        const struct put_back request = {restore.repository, &manifest, restore.directory, restore.against,
                                         tell_progress};
        int err = put_back(&request, &info);
        progress_end();
        if (err != 0)
                return complain("%s", info.text);
        (void)printf("Réseau « %s » de la sauvegarde %s : en place dans %s.\n", manifest.network, manifest.name,
                     restore.directory);
        tell_lost(&restore, &manifest);
        (void)printf("Ensuite : « guichetctl verify --dir %s », puis « guichetctl up --dir %s ».\n", restore.directory,
                     restore.directory);
        return CTL_DONE;
}

const struct verb verb_restore = {
        .name = "restore",
        .summary = "remet une sauvegarde en place dans un répertoire neuf",
        .usage = "guichetctl restore SAUVEGARDES --key FICHIER --dir RÉPERTOIRE [--backup NOM] [--against ANCIEN]\n\n"
                 "Refait le répertoire d'un réseau (magasins, clés, topologie) tel qu'il était à l'instant de la\n"
                 "sauvegarde, la dernière si --backup n'en nomme pas une autre. RÉPERTOIRE doit être vide ou à créer : "
                 "rien\n"
                 "n'est mélangé à ce qui existe. Tout est vérifié avant d'être mis en place : morceaux, clés, "
                 "journaux, et\n"
                 "que tous les magasins sont du même moment. Interrompue, ou le disque plein, la même commande "
                 "continue.\n\n"
                 "  --key FICHIER       la clé de secours (« guichetctl backup --new-key » l'a créée)\n"
                 "  --backup NOM        une sauvegarde de « guichetctl backup SAUVEGARDES --list »\n"
                 "  --against ANCIEN    l'ancien répertoire du réseau, ou ce qu'il en reste : dit ce qui a été perdu "
                 "depuis\n\n"
                 "Exemples :\n"
                 "  guichetctl restore /var/backups/guichet --key /media/cle/guichet.secours --dir run.neuf\n"
                 "  guichetctl restore /var/backups/guichet --key /media/cle/guichet.secours --dir run.neuf \\\n"
                 "                     --backup 2026-11-28T03-00-00.000Z --against run.abime",
        .run = run_restore,
};
