/* next: what has to be done next on open proposals, what is late first, as whoever is named with --as. */
#include <string.h>

#include "common/base/id.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/proposal_text.h"
#include "services/ctl/session.h"
#include "tracking/queries.pb-c.h"

struct next {
        const char *directory, *territory, *as, *organisation;
        bool others, late;
        uint64_t seconds;
        struct session session;
        struct arena arena;
};

static void end_next(struct next *next)
{
        session_close(&next->session);
        arena_fini(&next->arena);
}

static int print_actions(struct next *next)
{
        Tracking__NextActions query = TRACKING__NEXT_ACTIONS__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        query.of_others = next->others;
        query.late_only = next->late;
        proposal_print_actions_head();
        do {
                const Tracking__NextActionsReply *reply =
                        session_call(&next->session, "tracking.NextActions", &query, NULL, &next->arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_actions; i++)
                        proposal_print_action(reply->actions[i]);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

static int run_next(const struct verb *verb, int argc, char **argv)
{
        scoped(end_next) struct next next = {.directory = "run", .territory = "*", .as = "FACILITATOR", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &next.directory},
                {.name = "--territory", .text = &next.territory},
                {.name = "--as", .text = &next.as},
                {.name = "--organisation", .text = &next.organisation},
                {.name = "--others", .flag = &next.others},
                {.name = "--late", .flag = &next.late},
                {.name = "--seconds", .number = &next.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows)};
        struct id organisation;
        Types__Role role;
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        if (!role_parse(next.as, &role))
                return misused(verb, "« --as %s » n'est pas un rôle : FACILITATOR, PRESCRIBER, COMPANY…", next.as);
        if (next.organisation != NULL && id_parse(next.organisation, &organisation) != 0)
                return misused(verb, "« --organisation %s » : ce n'est pas un UUID.", next.organisation);
        if (!session_open(next.directory, (uint32_t)next.seconds * 1000, &next.session))
                return CTL_FAILED;
        session_act(&next.session, role, next.organisation == NULL ? NULL : &organisation, next.territory);
        return print_actions(&next);
}

const struct verb verb_next = {
        .name = "next",
        .summary = "ce qui est à faire ensuite, depuis quand et d'ici quand, le plus en retard d'abord",
        .usage = "guichetctl next [--others] [--late] [--as RÔLE] [--organisation UUID] [--territory 31,82]\n"
                 "                [--dir run] [--seconds 10]\n\n"
                 "  --others  pour un facilitateur : ce que les autres ont à faire dans ses territoires\n"
                 "  --late    ce qui est en retard seulement\n\n"
                 "Exemples :\n"
                 "  guichetctl next --territory 31\n"
                 "  guichetctl next --as COMPANY --organisation UUID",
        .run = run_next,
};
