/* guichetctl: the operator's command line. Everything it can do is a row of `verbs` (verbs.c). */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "common/service/guard.h"
#include "services/ctl/options.h"

static void print_help(void)
{
        (void)puts("guichetctl : le réseau Guichet en ligne de commande.\n\n"
                   "Usage : guichetctl VERBE [OPTIONS]\n        guichetctl VERBE --help\n\nVerbes :");
        for (size_t i = 0; i < verbs_count; i++)
                if (verbs[i]->summary != NULL)
                        (void)printf("  %-12s %s\n", verbs[i]->name, verbs[i]->summary);
        (void)puts(
                "\nCodes de retour : 0 fait, 1 échec, 2 mauvais usage, 3 refusé, 4 introuvable, 5 indisponible ou sans "
                "réponse.\n\nExemples :\n"
                "  guichetctl init --dir run && guichetctl up --dir run\n  guichetctl status --dir run\n"
                "  guichetctl call contracts Contracts --as COORDINATOR");
}

static bool is_help(const char *text)
{
        return strcmp(text, "--help") == 0 || strcmp(text, "-h") == 0;
}

static int run_verb(const struct verb *verb, int argc, char **argv)
{
        for (int i = 0; i < argc; i++)
                if (is_help(argv[i]))
                        return puts(verb->usage) >= 0 ? CTL_DONE : CTL_FAILED;
        int code = verb->run(verb, argc, argv);
        return code == CTL_FAILED ? failure_code() : code;
}

int main(int argc, char **argv)
{
        (void)signal(SIGPIPE, SIG_IGN);
        guard_secrets();
        guard_pages();
        if (argc < 2 || is_help(argv[1])) {
                print_help();
                return argc < 2 ? CTL_MISUSED : CTL_DONE;
        }
        if (strcmp(argv[1], "--version") == 0)
                return puts("guichetctl " GUICHET_VERSION) >= 0 ? CTL_DONE : CTL_FAILED;
        const struct verb *verb = verb_named(argv[1]);
        return verb != NULL ? run_verb(verb, argc - 2, argv + 2) : verb_unknown(argv[1]);
}
