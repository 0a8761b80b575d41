/* compact: stores without their free pages, while their daemons do not run; or, with --look, what is in them. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "services/ctl/backup/compact.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"

enum { NAME_WIDTH = 34, NUMBER_WIDTH = 16, INSTANCES_MAX = 64, PATH_SIZE = 4096 };

struct compact {
        const char *directory;
        bool look, always;
        int (*work)(const struct compact *compact, const char *name, const char *directory);
};

static int look_into(const struct compact *compact, const char *name, const char *directory)
{
        scoped(arena_fini) struct arena arena = {0};
        struct table_figures *figures;
        struct store_room room;
        size_t count;
        struct err_info info = {0};
        char text[NUMBER_TEXT_SIZE];
        (void)compact;
        if (table_figures(directory, &arena, &figures, &count, &room, &info) != 0)
                return complain("%s : %s", name, info.text);
        (void)printf("%s : %.1f Mio, dont %.1f libres\n", name, (double)room.used_bytes / (1 << 20),
                     (double)room.free_bytes / (1 << 20));
        for (size_t i = 0; i < count; i++) {
                print_cell("", 2);
                print_cell(figures[i].name, NAME_WIDTH - 2);
                print_cell(number_text(figures[i].rows, text), -NUMBER_WIDTH);
                print_cell(number_text(figures[i].bytes, text), -NUMBER_WIDTH);
                print_cell(number_text(figures[i].largest, text), -NUMBER_WIDTH);
                print_cell(number_text(figures[i].large, text), -NUMBER_WIDTH);
                (void)putchar('\n');
        }
        return CTL_DONE;
}

static int compact_one(const struct compact *compact, const char *name, const char *directory)
{
        scoped(arena_fini) struct arena arena = {0};
        const struct compaction request = {directory, compact->always};
        struct table_figures *figures;
        struct store_room before, after;
        size_t count;
        bool done;
        struct err_info info = {0};
        if (table_figures(directory, &arena, &figures, &count, &before, &info) != 0 ||
            compact_store(&request, &done, &info) != 0 ||
            table_figures(directory, &arena, &figures, &count, &after, &info) != 0)
                return complain("%s : %s", name, info.text);
        if (done)
                (void)printf("%s : %.1f Mio, puis %.1f\n", name, (double)before.used_bytes / (1 << 20),
                             (double)after.used_bytes / (1 << 20));
        else
                (void)printf("%s : %.1f Mio, presque rien de libre : laissé tel quel (--always le compacte)\n", name,
                             (double)before.used_bytes / (1 << 20));
        return CTL_DONE;
}

static bool is_environment(const char *directory)
{
        char path[PATH_SIZE + 16];
        (void)snprintf(path, sizeof(path), "%s/data.mdb", directory);
        return access(path, F_OK) == 0;
}

/* An instance's store, and the stores inside it. */
static int work_on(const struct compact *compact, const struct instance *instance)
{
        if (!is_environment(instance->store))
                return complain("%s : pas de magasin dans %s.", instance->name, instance->store);
        int code = compact->work(compact, instance->name, instance->store);
        DIR *directory = opendir(instance->store);
        for (const struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
                char path[PATH_SIZE], name[PATH_SIZE];
                (void)snprintf(path, sizeof(path), "%s/%s", instance->store, entry->d_name);
                (void)snprintf(name, sizeof(name), "%s/%s", instance->name, entry->d_name);
                if (strchr(entry->d_name, '.') == NULL && is_environment(path) &&
                    compact->work(compact, name, path) != CTL_DONE)
                        code = CTL_FAILED;
        }
        if (directory != NULL)
                (void)closedir(directory);
        return code;
}

static int work_on_all(const struct compact *compact, const struct topology *topology, int count, char **names)
{
        int code = CTL_DONE;
        for (int i = 0; i < count; i++)
                if (topology_instance(topology, names[i]) == NULL)
                        return complain("la topologie n'a pas d'instance « %s ».", names[i]);
        if (compact->look) {
                print_cell("TABLE", NAME_WIDTH);
                print_cell("LIGNES", -NUMBER_WIDTH);
                print_cell("OCTETS", -NUMBER_WIDTH);
                print_cell("LA PLUS GRANDE", -NUMBER_WIDTH);
                print_cell("> 2 Kio", -NUMBER_WIDTH);
                (void)putchar('\n');
        }
        for (int i = 0; i < count; i++)
                if (work_on(compact, topology_instance(topology, names[i])) != CTL_DONE)
                        code = CTL_FAILED;
        for (size_t i = 0; count == 0 && i < topology->instance_count; i++)
                if (work_on(compact, &topology->instances[i]) != CTL_DONE)
                        code = CTL_FAILED;
        return code;
}

static int run_compact(const struct verb *verb, int argc, char **argv)
{
        struct compact compact = {.directory = "run"};
        struct topology *topology = NULL;
        const struct option_row rows[] = {
                {.name = "--dir", .text = &compact.directory},
                {.name = "--look", .flag = &compact.look},
                {.name = "--always", .flag = &compact.always},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_max = INSTANCES_MAX};
        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;
        if (!session_topology(compact.directory, &topology))
                return CTL_FAILED;
        compact.work = compact.look ? look_into : compact_one;
        int code = work_on_all(&compact, topology, words, argv);
        topology_free(topology);
        return code;
}

const struct verb verb_compact = {
        .name = "compact",
        .summary = "rend au disque les pages libres des magasins, réseau arrêté",
        .usage = "guichetctl compact [INSTANCE…] [--always] [--dir run]\n"
                 "guichetctl compact [INSTANCE…] --look [--dir run]\n\n"
                 "Un magasin garde les pages de ce qui a été remplacé ou effacé et s'en ressert ; après une purge ou "
                 "une\n"
                 "longue lecture il peut en rester beaucoup. Refait chaque magasin dont plus d'un huitième est libre, "
                 "à côté,\n"
                 "le compare ligne à ligne, puis le met à la place de l'ancien d'un coup. Les démons concernés doivent "
                 "être\n"
                 "arrêtés. Interrompu, ou le disque plein : le magasin d'avant est intact.\n\n"
                 "  --always   tous les magasins, même s'il y a peu à gagner\n"
                 "  --look     ne fait que regarder, même en marche : lignes, octets, la plus grande valeur de chaque "
                 "table\n\n"
                 "Exemples :\n"
                 "  guichetctl compact --look --dir run\n"
                 "  scripts/run --stop && guichetctl compact --dir run && scripts/run\n"
                 "  guichetctl compact contracts-1 --always --dir run",
        .run = run_compact,
};
