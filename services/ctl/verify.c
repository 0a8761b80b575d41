/* verify: every daemon proves that its tables follow from the event logs. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "services/ctl/network_file.h"
#include "services/ctl/network_verify.h"
#include "services/ctl/options.h"
#include "services/ctl/programs.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"

enum { NAME_WIDTH = 18, NUMBER_WIDTH = 14, DOCUMENTS_WIDTH = 12, OUTPUT_SIZE = 4096, SIGNAL_CODE = 128 };

/* The last line that the daemon's program prints is its report; its exit code is left in *ret_code. */
static json_t *run_verification(const struct topology *topology, const struct instance *instance, int *ret_code)
{
        *ret_code = -1;
        char beside[CTL_PATH_SIZE];
        char program[CTL_PATH_SIZE + 64];
        char file[CTL_PATH_SIZE];
        char output[OUTPUT_SIZE];
        if (!program_directory(beside, sizeof(beside)))
                return NULL;
        (void)snprintf(program, sizeof(program), "%s/guichet-%s", beside, instance->service);
        (void)snprintf(file, sizeof(file), "%s/topology.json", topology->directory);
        const char *const argv[] = {program, "--topology", file, "--instance", instance->name, "--verify", NULL};

        int fd = memfd_create("verify", MFD_CLOEXEC);
        if (fd < 0)
                return NULL;
        *ret_code = program_run(argv, fd);
        ssize_t size = pread(fd, output, sizeof(output) - 1, 0);
        (void)close(fd);
        if (*ret_code < 0 || size <= 0)
                return NULL;
        output[size] = '\0';
        return json_loads(output, 0, NULL);
}

static void tell_fault(const struct instance *instance, const json_t *report, int code)
{
        const char *detail = json_string_value(json_object_get(report, "detail"));
        if (code > SIGNAL_CODE)
                (void)printf("  NON CONFORME : la lecture s'arrête au signal %d (%s) : le magasin %s est abîmé\n",
                             code - SIGNAL_CODE, strsignal(code - SIGNAL_CODE), instance->store);
        else
                (void)printf("  NON CONFORME : magasin %s : %s\n", instance->store,
                             detail == NULL ? "la vérification n'a pas abouti" : detail);
}

static bool tell_report(const struct instance *instance, const json_t *report, int code)
{
        char text[NUMBER_TEXT_SIZE];
        bool ok = json_is_true(json_object_get(report, "ok"));
        const char *unread = json_string_value(json_object_get(report, "unread"));
        print_cell(instance->name, NAME_WIDTH);
        print_cell(number_text((uint64_t)json_integer_value(json_object_get(report, "events")), text), -NUMBER_WIDTH);
        print_cell(number_text((uint64_t)json_integer_value(json_object_get(report, "rows")), text), -NUMBER_WIDTH);
        print_cell(number_text((uint64_t)json_integer_value(json_object_get(report, "documents")), text),
                   -DOCUMENTS_WIDTH);
        uint64_t orphans = (uint64_t)json_integer_value(json_object_get(report, "orphans"));
        if (!ok)
                tell_fault(instance, report, code);
        else if (orphans > 0)
                (void)printf("  conforme ; %s fichier(s) de documents que rien ne nomme, ramassés en une heure\n",
                             number_text(orphans, text));
        else if (unread != NULL && unread[0] != '\0')
                (void)printf("  conforme ; copies non comparées : le magasin de %s ne se lit pas\n", unread);
        else
                (void)puts("  conforme");
        return ok;
}

int network_verify(const struct topology *topology)
{
        size_t failed = 0;
        print_cell("INSTANCE", NAME_WIDTH);
        print_cell("ÉVÉNEMENTS", -NUMBER_WIDTH);
        print_cell("LIGNES", -NUMBER_WIDTH);
        print_cell("DOCUMENTS", -DOCUMENTS_WIDTH);
        (void)puts("  JOURNAL ET TABLES");
        for (size_t i = 0; i < topology->instance_count; i++) {
                (void)fflush(stdout);
                int code;
                json_t *report = run_verification(topology, &topology->instances[i], &code);
                failed += !tell_report(&topology->instances[i], report, code);
                json_decref(report);
        }
        if (failed > 0)
                return complain("%zu instance(s) sur %zu ne sont pas conformes. Gardez leurs magasins en l'état, "
                                "arrêtez le réseau et restaurez une sauvegarde : guichetctl restore --help.",
                                failed, topology->instance_count);
        (void)puts("Chaque table se déduit du journal, et la chaîne des empreintes est intacte.");
        return CTL_DONE;
}

static int run_verify(const struct verb *verb, int argc, char **argv)
{
        const char *directory = "run";
        struct topology *topology = NULL;
        const struct option_row rows[] = {{.name = "--dir", .text = &directory}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows)};
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        if (!session_topology(directory, &topology))
                return CTL_FAILED;
        int code = network_verify(topology);
        topology_free(topology);
        return code;
}

const struct verb verb_verify = {
        .name = "verify",
        .summary = "prouve que les tables se déduisent des journaux",
        .usage = "guichetctl verify [--dir run]\n\n"
                 "Rejoue le journal de chaque instance et compare le résultat à ses tables, octet par octet ; vérifie "
                 "la\n"
                 "chaîne des empreintes, et que le fichier de chaque document est là, entier. Peut se faire "
                 "pendant\n"
                 "que le réseau tourne. Code 1 à la moindre différence.\n\n"
                 "Exemple :\n"
                 "  guichetctl verify --dir run",
        .run = run_verify,
};
