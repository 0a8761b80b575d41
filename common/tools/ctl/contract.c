/* contract: what is known of one contract, for people. Each word after the verb is a row of `parts`. */
#include <stdio.h>
#include <string.h>

#include "common/base/french.h"
#include "common/codec/types.h"
#include "common/tools/ctl/options.h"
#include "common/tools/ctl/session.h"
#include "contracts/queries.pb-c.h"

enum { PAGE_SIZE = 200 };

static void print_line(const Contracts__HistoryLine *line, struct arena *arena)
{
        const char *day = french_day(arena, day_of_instant_ms(line->at->ms));
        const char *user = line->user[0] == '\0' ? "réseau" : line->user;
        (void)printf("%s · %s\n    %s\n", day, user, line->text);
}

static int print_history(struct session *session, struct id contract)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__ContractHistoryRequest request = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = PAGE_SIZE;
        request.contract_id = id_to(&arena, contract);
        request.page = &page;
        do {
                const Contracts__ContractHistoryReply *reply =
                        session_call(session, "contracts.ContractHistory", &request, NULL, &arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_lines; i++)
                        print_line(reply->lines[i], &arena);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

static const struct part {
        const char *name;
        int (*print)(struct session *session, struct id contract);
} parts[] = {
        {"history", print_history},
};

static const struct part *part_named(const char *name)
{
        for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
                if (strcmp(parts[i].name, name) == 0)
                        return &parts[i];
        return NULL;
}

static int run_contract(const struct verb *verb, int argc, char **argv)
{
        const char *directory = "run";
        const struct option_row rows[] = {{.name = "--dir", .text = &directory}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 2, .words_max = 2};
        scoped(session_close) struct session session = {0};
        struct id contract;

        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        const struct part *part = part_named(argv[0]);
        if (part == NULL)
                return misused(verb, "« %s » : demandez « history ».", argv[0]);
        if (id_parse(argv[1], &contract) != 0)
                return misused(verb, "« %s » n'est pas l'identifiant d'un contrat (un UUID).", argv[1]);
        if (!session_open(directory, 0, &session))
                return CTL_FAILED;
        session_act(&session, TYPES__ROLE__COORDINATOR, NULL, "*");
        return part->print(&session, contract);
}

const struct verb verb_contract = {
        .name = "contract",
        .summary = "raconte la vie d'un contrat, d'après ses événements",
        .usage = "guichetctl contract history ID [--dir run]\n\n"
                 "« history » : la vie du contrat, un événement après l'autre, en français.\n\n"
                 "Exemple :\n"
                 "  guichetctl contract history 0192f0c1-7a3b-7001-8f00-0123456789ab",
        .run = run_contract,
};
