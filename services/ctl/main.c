/* guichetctl: the operator's command line. Everything it can do is a row of `verbs`. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "common/service/guard.h"
#include "services/ctl/options.h"

static const struct verb *const verbs[] = {
        &verb_init,       &verb_up,          &verb_wait,     &verb_status,    &verb_call,   &verb_user,
        &verb_import,     &verb_export,      &verb_contract, &verb_play,      &verb_demo,   &verb_journey,
        &verb_where,      &verb_verify,      &verb_dump,     &verb_keygen,    &verb_child,  &verb_backup,
        &verb_restore,    &verb_compact,     &verb_document, &verb_describe,  &verb_person, &verb_outcome,
        &verb_relocation, &verb_eligibility, &verb_proposal, &verb_next,      &verb_hours,  &verb_followup,
        &verb_sample,     &verb_partition,   &verb_invoice,  &verb_placement,
};

static void print_help(void)
{
        (void)puts("guichetctl : le réseau Guichet en ligne de commande.\n\n"
                   "Usage : guichetctl VERBE [OPTIONS]\n        guichetctl VERBE --help\n\nVerbes :");
        for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
                if (verbs[i]->summary != NULL)
                        (void)printf("  %-9s %s\n", verbs[i]->name, verbs[i]->summary);
        (void)puts("\nCodes de retour : 0 fait, 1 échec, 2 mauvais usage.\n\nExemples :\n"
                   "  guichetctl init --dir run && guichetctl up --dir run\n  guichetctl status --dir run\n"
                   "  guichetctl call contracts Contracts '{\"page\": {\"limit\": 3}}'");
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
        return verb->run(verb, argc, argv);
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
        for (size_t i = 0; i < ARRAY_SIZE(verbs); i++)
                if (strcmp(verbs[i]->name, argv[1]) == 0)
                        return run_verb(verbs[i], argc - 2, argv + 2);
        (void)complain("verbe inconnu « %s » ; « guichetctl --help » les montre.", argv[1]);
        return CTL_MISUSED;
}
