/* completion: what bash may offer behind what was typed so far, from the tool's own tables: verbs and their words and
 * options as their help tells them, services, methods, roles, fields. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "common/base/limits.h"
#include "services/ctl/methods.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"

enum { WORD_SIZE = 64 };

static void offer(const char *candidate, const char *begun)
{
        if (strncmp(candidate, begun, strlen(begun)) == 0)
                (void)puts(candidate);
}

/* ---- of the help of a verb */

/* The options that it names, each as often as it does: bash shows one. */
static void offer_options(const struct verb *verb, const char *begun)
{
        char word[WORD_SIZE];
        for (const char *at = verb->usage; (at = strstr(at, "--")) != NULL;) {
                size_t size = 2 + strspn(at + 2, "abcdefghijklmnopqrstuvwxyz-");
                if (size > 2 && size < sizeof(word)) {
                        (void)snprintf(word, sizeof(word), "%.*s", (int)size, at);
                        offer(word, begun);
                }
                at += size;
        }
}

/* The words that its lines of use give behind "guichetctl VERB": those that are to be typed as they stand. */
static void offer_words(const struct verb *verb, const char *begun)
{
        char head[WORD_SIZE], word[WORD_SIZE];
        (void)snprintf(head, sizeof(head), "guichetctl %s ", verb->name);
        for (const char *at = verb->usage; (at = strstr(at, head)) != NULL;) {
                at += strlen(head);
                size_t size = strspn(at, "abcdefghijklmnopqrstuvwxyz-");
                if (size == 0 || size >= sizeof(word) || at[0] == '-' || strchr(" \n", at[size]) == NULL)
                        continue;
                (void)snprintf(word, sizeof(word), "%.*s", (int)size, at);
                offer(word, begun);
        }
}

/* ---- of the network */

static void offer_services(const char *begun)
{
        for (const struct catalogue_service *at = catalogue; at->name != NULL; at++)
                offer(at->name, begun);
}

static void offer_method(void *context, const char *qualified_name, const struct catalogue_method *method)
{
        (void)qualified_name;
        offer(method->method->name, context);
}

static void offer_qualified(void *context, const char *qualified_name, const struct catalogue_method *method)
{
        (void)method;
        offer(qualified_name, context);
}

static void offer_roles(const char *begun)
{
        for (unsigned i = 0; i < types__role__descriptor.n_values; i++)
                if (types__role__descriptor.values[i].value != TYPES__ROLE__ROLE_NONE &&
                    types__role__descriptor.values[i].value != TYPES__ROLE__SERVICE)
                        offer(types__role__descriptor.values[i].name, begun);
}

/* What stands behind the words of `call` and `describe`. */
static bool offer_of_network(const char *verb, int count, char **words, const char *begun)
{
        const struct catalogue_service *service = count >= 2 ? catalogue_find(words[1]) : NULL;
        if (strcmp(verb, "call") == 0 && count == 1)
                offer_services(begun);
        else if (strcmp(verb, "call") == 0 && count == 2 && service != NULL)
                each_method(service, offer_method, (void *)(uintptr_t)begun);
        else if (strcmp(verb, "methods") == 0 && count == 1)
                offer_services(begun);
        else if (strcmp(verb, "describe") == 0 && count == 1)
                for (const struct catalogue_service *at = catalogue; at->name != NULL; at++)
                        each_method(at, offer_qualified, (void *)(uintptr_t)begun);
        else
                return false;
        return true;
}

/* words[0..count - 1] are typed, `begun` is being typed; "": nothing of it yet. */
static void offer_all(int count, char **words, const char *begun)
{
        const struct verb *verb = count > 0 ? verb_named(words[0]) : NULL;
        if (count == 0)
                for (size_t i = 0; i < verbs_count; i++)
                        if (verbs[i]->summary != NULL)
                                offer(verbs[i]->name, begun);
        if (verb == NULL)
                return;
        if (strcmp(words[count - 1], "--as") == 0 || strcmp(words[count - 1], "--role") == 0)
                offer_roles(begun);
        else if (begun[0] == '-')
                offer_options(verb, begun);
        else if (!offer_of_network(verb->name, count, words, begun) && count == 1)
                offer_words(verb, begun);
}

static int run_completion(const struct verb *verb, int argc, char **argv)
{
        if (argc >= 1 && strcmp(argv[0], "words") == 0) { /* no options are read: they may stand among the words */
                offer_all(argc > 1 ? argc - 2 : 0, argv + 1, argc > 1 ? argv[argc - 1] : "");
                return CTL_DONE;
        }
        if (argc != 1 || strcmp(argv[0], "bash") != 0)
                return misused(verb, "il faut « bash ».");
        (void)puts("# Complétion de guichetctl pour bash, écrite par « guichetctl completion bash ».\n"
                   "_guichetctl() {\n"
                   "        mapfile -t COMPREPLY < <(\"${COMP_WORDS[0]}\" completion words "
                   "\"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null | sort -u)\n"
                   "}\n"
                   "complete -o default -F _guichetctl guichetctl");
        return CTL_DONE;
}

const struct verb verb_completion = {
        .name = "completion",
        .summary = "écrit la complétion de bash",
        .usage = "guichetctl completion bash\n\n"
                 "Écrit ce que bash doit lire pour compléter verbes, options, services, demandes et rôles ; ils\n"
                 "sont lus dans le programme même, à chaque fois.\n\n"
                 "Exemples :\n"
                 "  source <(guichetctl completion bash)\n"
                 "  guichetctl completion bash >~/.local/share/bash-completion/completions/guichetctl",
        .run = run_completion,
};
