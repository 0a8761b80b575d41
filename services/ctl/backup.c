/* backup: the whole network at one moment, into a directory of sealed, deduplicated chunks. */
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/day.h"
#include "common/base/world.h"
#include "services/ctl/backup/put_back.h"
#include "services/ctl/backup/retention.h"
#include "services/ctl/backup/take.h"
#include "services/ctl/network_file.h"
#include "services/ctl/network_verify.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"

enum { KEEP_MAX = 100000, NAME_WIDTH = 26, NUMBER_WIDTH = 16, MIB = 1024 * 1024 };

struct backup {
        const char *directory; /* of the network */
        const char *place;     /* of the backups */
        const char *new_key;
        const char *without;
        const char *verify;
        bool list, check;
        struct retention retention;
        struct topology *topology;
        struct recovery recovery;
        struct repository *repository;
        struct arena arena;
};

static void end_backup(struct backup *backup)
{
        repository_close(backup->repository);
        topology_free(backup->topology);
        recovery_wipe(&backup->recovery);
        arena_fini(&backup->arena);
}

static const char *machine_key(struct backup *backup)
{
        return arena_printf(&backup->arena, "%s/keys/backup.key", backup->directory);
}

/* --- the key -------------------------------------------------------------------------------------------------------
 */

static int make_key(struct backup *backup)
{
        scoped(recovery_wipe) struct recovery recovery = {0};
        struct err_info info = {0};
        const char *machine = machine_key(backup);
        if (access(machine, F_OK) == 0)
                return complain("%s existe : les sauvegardes sont déjà scellées pour une clé. Pour en changer, ôtez ce "
                                "fichier et sauvegardez dans un répertoire neuf.",
                                machine);
        recovery_new(&recovery);
        if (recovery_write(&recovery, backup->new_key, true, &info) != 0)
                return complain("%s", info.text);
        if (recovery_write(&recovery, machine, false, &info) != 0) {
                (void)unlink(backup->new_key);
                return complain("%s", info.text);
        }
        (void)printf(
                "Clé de secours : %s. Sans elle aucune sauvegarde ne s'ouvre, et elle n'est nulle part ailleurs :\n"
                "mettez-la hors de cette machine, en deux exemplaires, loin des sauvegardes, et ôtez-la d'ici.\n"
                "La machine garde %s, qui scelle mais n'ouvre rien.\n",
                backup->new_key, machine);
        return CTL_DONE;
}

/* --- looking -------------------------------------------------------------------------------------------------------
 */

static bool open_to_read(struct backup *backup)
{
        struct err_info info = {0};
        if (recovery_read(machine_key(backup), &backup->recovery, &info) == 0 &&
            repository_open(backup->place, &backup->recovery, NULL, &backup->repository, &info) == 0)
                return true;
        (void)complain("%s", info.text);
        return false;
}

static uint64_t events_of(const struct manifest *manifest)
{
        uint64_t events = 0;
        for (size_t i = 0; i < manifest->store_count; i++)
                events += manifest->stores[i].head.number;
        return events;
}

static int list(struct backup *backup)
{
        const char **names;
        size_t count, unreadable = 0;
        struct err_info info = {0};
        if (!open_to_read(backup))
                return CTL_FAILED;
        if (repository_list(backup->repository, &backup->arena, &names, &count, &info) != 0)
                return complain("%s", info.text);
        print_cell("SAUVEGARDE", NAME_WIDTH);
        print_cell("ÉVÉNEMENTS", -NUMBER_WIDTH);
        (void)puts("  RÉSEAU");
        for (size_t i = 0; i < count; i++) {
                scoped(arena_fini) struct arena arena = {0};
                struct manifest manifest;
                char number[NUMBER_TEXT_SIZE];
                print_cell(names[i], NAME_WIDTH);
                if (repository_read(backup->repository, names[i], &arena, &manifest, &info) != 0) {
                        (void)printf("  ILLISIBLE : %s\n", info.text);
                        unreadable++;
                        continue;
                }
                print_cell(number_text(events_of(&manifest), number), -NUMBER_WIDTH);
                (void)printf("  %s, magasins : %zu\n", manifest.network, manifest.store_count);
        }
        return unreadable == 0 ? CTL_DONE : CTL_FAILED;
}

struct checking {
        struct backup *backup;
        uint64_t seen, bad;
};

static void check_chunk(struct chunk_name name, void *argument)
{
        struct checking *checking = argument;
        struct err_info info = {0};
        checking->seen++;
        progress("morceaux relus : %llu", (unsigned long long)checking->seen);
        if (repository_check(checking->backup->repository, name, &info) == 0)
                return;
        progress_end();
        checking->bad++;
        (void)complain("%s", info.text);
}

static int check_place(struct backup *backup)
{
        const char **names;
        size_t count;
        struct err_info info = {0};
        struct checking checking = {.backup = backup};
        if (!open_to_read(backup))
                return CTL_FAILED;
        if (repository_list(backup->repository, &backup->arena, &names, &count, &info) != 0)
                return complain("%s", info.text);
        for (size_t i = 0; i < count; i++) {
                scoped(arena_fini) struct arena arena = {0};
                struct manifest manifest;
                if (repository_read(backup->repository, names[i], &arena, &manifest, &info) != 0)
                        return complain("%s", info.text);
                manifest_each_chunk(&manifest, check_chunk, &checking);
        }
        progress_end();
        if (checking.bad > 0)
                return complain("%llu morceau(x) manquent ou sont abîmés.", (unsigned long long)checking.bad);
        (void)printf("%zu sauvegarde(s), %llu morceaux relus : entières.\n", count, (unsigned long long)checking.seen);
        return CTL_DONE;
}

/* --- taking --------------------------------------------------------------------------------------------------------
 */

static void tell_reading(const char *what, uint64_t bytes)
{
        progress("%s : %llu Mio lus", what, (unsigned long long)(bytes / MIB));
}

static void tell_settling(size_t done, size_t count)
{
        progress("relecture des morceaux écrits : %zu sur %zu", done, count);
}

static void tell_taken(const struct backup *backup, const struct manifest *manifest, int64_t took_ms)
{
        struct repository_figures figures = repository_figures(backup->repository);
        char events[NUMBER_TEXT_SIZE], fresh[NUMBER_TEXT_SIZE], kept[NUMBER_TEXT_SIZE], took[NUMBER_TEXT_SIZE];
        (void)printf("Sauvegarde %s : %zu magasins, %s événements, en %s.\n"
                     "Morceaux : %s nouveaux (%.1f Mio, compressés et scellés), relus sur le disque ; %s repris.\n",
                     manifest->name, manifest->store_count, number_text(events_of(manifest), events),
                     duration_text(took_ms, took), number_text(figures.chunks_new, fresh),
                     (double)figures.bytes_new / MIB, number_text(figures.chunks_kept, kept));
        if (figures.chunks_mended > 0)
                (void)printf("%llu morceaux d'avant étaient abîmés : ils ont été remplacés. Vérifiez ce disque.\n",
                             (unsigned long long)figures.chunks_mended);
}

/* Every backup that no count keeps goes, then the chunks that nobody names any more. */
static int prune(struct backup *backup)
{
        const char **names;
        size_t count, removed, gone = 0;
        struct err_info info = {0};
        if (!retention_is_set(&backup->retention))
                return CTL_DONE;
        if (repository_list(backup->repository, &backup->arena, &names, &count, &info) != 0)
                return complain("%s", info.text);
        int64_t *at_ms = arena_alloc(&backup->arena, (count + 1) * sizeof(*at_ms));
        bool *keep = arena_alloc(&backup->arena, count + 1);
        for (size_t i = 0; i < count; i++) { /* newest first */
                scoped(arena_fini) struct arena arena = {0};
                struct manifest manifest;
                if (repository_read(backup->repository, names[count - 1 - i], &arena, &manifest, &info) != 0)
                        return complain("rien n'a été ôté : %s", info.text);
                at_ms[i] = manifest.at_ms;
        }
        retention_choose(&backup->retention, at_ms, count, keep);
        for (size_t i = 0; i < count; i++) {
                if (keep[i])
                        continue;
                if (repository_forget(backup->repository, names[count - 1 - i], &info) != 0)
                        return complain("%s", info.text);
                gone++;
        }
        if (repository_sweep(backup->repository, &removed, &info) != 0)
                return complain("%s", info.text);
        (void)printf("Gardées : %zu sauvegarde(s) ; ôtées : %zu, et %zu morceaux qui ne servaient plus.\n",
                     count - gone, gone, removed);
        return CTL_DONE;
}

static int remove_one(const char *path, const struct stat *facts, int type, struct FTW *place)
{
        (void)facts;
        (void)type;
        (void)place;
        return remove(path);
}

static void tell_restoring(const char *what, size_t done, size_t count)
{
        progress("essai de restauration, %s : %zu morceaux sur %zu", what, done, count);
}

/* The only proof that a backup can be restored is a restore: beside the network, verified, and removed again. */
static int prove(struct backup *backup, const struct manifest *manifest)
{
        struct err_info info = {0};
        struct topology *topology = NULL;
        const char *scratch = arena_printf(&backup->arena, "%s.essai", manifest->directory);
        const struct put_back request = {backup->repository, manifest, scratch, NULL, tell_restoring};
        int err = put_back(&request, &info);
        progress_end();
        if (err != 0)
                return complain("%s", info.text);
        int code = session_topology(scratch, &topology) ? network_verify(topology) : CTL_FAILED;
        topology_free(topology);
        (void)nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        if (code == CTL_DONE)
                (void)puts("Sauvegarde éprouvée : restaurée dans un répertoire neuf, conforme, essai effacé.");
        return code;
}

/* The half that seals; or, to prove what it makes, the whole key, which must be the same one's. */
static int read_key(struct backup *backup, struct err_info *info)
{
        scoped(recovery_wipe) struct recovery whole = {0};
        int err = recovery_read(machine_key(backup), &backup->recovery, info);
        if (err != 0 || backup->verify == NULL)
                return err;
        err = recovery_read(backup->verify, &whole, info);
        if (err != 0)
                return err;
        if (!whole.opens || memcmp(whole.seal_public, backup->recovery.seal_public, RECOVERY_KEY_SIZE) != 0)
                return err_set(info, ERR_CONFIG, "%s : n'est pas la clé de secours de ce réseau.", backup->verify);
        backup->recovery = whole;
        return 0;
}

static int take_now(struct backup *backup)
{
        struct err_info info = {0};
        struct manifest manifest;
        struct world world = world_real();
        uint64_t began_us = world.monotonic_us(&world);
        if (!session_topology(backup->directory, &backup->topology))
                return CTL_FAILED;
        if (read_key(backup, &info) != 0 || repository_open(backup->place, &backup->recovery, backup->topology->network,
                                                            &backup->repository, &info) != 0)
                return complain("%s", info.text);
        const struct take request = {
                .topology = backup->topology,
                .without = backup->without,
                .recovery = &backup->recovery,
                .repository = backup->repository,
                .progress = tell_reading,
                .settling = tell_settling,
        };
        int err = take_backup(&request, &backup->arena, &manifest, &info);
        progress_end();
        if (err != 0)
                return complain("%s", info.text);
        tell_taken(backup, &manifest, (int64_t)(world.monotonic_us(&world) - began_us) / 1000);
        int code = backup->verify != NULL ? prove(backup, &manifest) : CTL_DONE;
        return code == CTL_DONE ? prune(backup) : code;
}

static int run_backup(const struct verb *verb, int argc, char **argv)
{
        scoped(end_backup) struct backup backup = {.directory = "run"};
        struct retention *retention = &backup.retention;
        const struct option_row rows[] = {
                {.name = "--dir", .text = &backup.directory},
                {.name = "--new-key", .text = &backup.new_key},
                {.name = "--without", .text = &backup.without},
                {.name = "--verify", .text = &backup.verify},
                {.name = "--list", .flag = &backup.list},
                {.name = "--check", .flag = &backup.check},
                {.name = "--keep", .number = &retention->last, .number_max = KEEP_MAX},
                {.name = "--keep-daily", .number = &retention->daily, .number_max = KEEP_MAX},
                {.name = "--keep-weekly", .number = &retention->weekly, .number_max = KEEP_MAX},
                {.name = "--keep-monthly", .number = &retention->monthly, .number_max = KEEP_MAX},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_max = 1};
        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;
        if ((words == 1) == (backup.new_key != NULL))
                return misused(verb, "il faut le répertoire des sauvegardes, ou « --new-key FICHIER ».");
        backup.place = argv[0];
        if (backup.new_key != NULL)
                return make_key(&backup);
        return backup.list ? list(&backup) : backup.check ? check_place(&backup) : take_now(&backup);
}

const struct verb verb_backup = {
        .name = "backup",
        .summary = "sauvegarde tout le réseau à un même instant, sans l'arrêter",
        .usage = "guichetctl backup --new-key FICHIER [--dir run]\n"
                 "guichetctl backup RÉPERTOIRE [--keep N] [--keep-daily N] [--keep-weekly N] [--keep-monthly N]\n"
                 "                  [--without INSTANCE,…] [--verify FICHIER] [--dir run]\n"
                 "guichetctl backup RÉPERTOIRE --list | --check [--dir run]\n\n"
                 "Sauvegarde les magasins, la topologie et les clés à un même instant, pendant que le réseau tourne.\n"
                 "RÉPERTOIRE garde toutes les sauvegardes du réseau : ce qui n'a pas changé depuis la précédente n'y "
                 "est\n"
                 "qu'une fois. Tout est compressé et scellé ; seule la clé de secours l'ouvre, et elle ne doit rester "
                 "ni\n"
                 "sur cette machine ni avec les sauvegardes. Ce qui est écrit est relu sur le disque. Interrompue, ou "
                 "le\n"
                 "disque plein, la même commande reprend ce qui est écrit.\n\n"
                 "  --new-key FICHIER   crée la clé de secours, une fois, avant la première sauvegarde\n"
                 "  --keep N            garde les N dernières ; sans aucun --keep, tout est gardé\n"
                 "  --keep-daily N      garde la dernière de chacun des N derniers jours (de même : weekly, monthly)\n"
                 "  --without NOMS      instances dont le magasin est sur une autre machine\n"
                 "  --verify FICHIER    restaure avec cette clé dans un répertoire d'essai, vérifie, efface l'essai\n"
                 "  --list              montre les sauvegardes\n"
                 "  --check             relit tous les morceaux de toutes les sauvegardes\n\n"
                 "Exemples :\n"
                 "  guichetctl backup --new-key /media/cle/guichet.secours --dir run\n"
                 "  guichetctl backup /var/backups/guichet --keep-daily 14 --keep-weekly 8 --dir run\n"
                 "  guichetctl backup /var/backups/guichet --verify /media/cle/guichet.secours --dir run",
        .run = run_backup,
};
