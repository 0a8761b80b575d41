/* relocation: persons who move to another department: their file is proposed to it, taken or not, withdrawn. Acts as a
 * facilitator. */
#include <stdio.h>
#include <string.h>

#include "common/base/day.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"
#include "services/ctl/typed.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

struct relocation {
        const struct verb *verb;
        const char *directory, *territory;
        const char *to, *moved, *agreed, *code;
        bool waiting;
        uint64_t seconds;
        struct id id;
        struct session session;
        struct arena arena;
};

static void end_relocation(struct relocation *relocation)
{
        session_close(&relocation->session);
        arena_fini(&relocation->arena);
}

static char *said(struct relocation *relocation, const char *text)
{
        return arena_text(&relocation->arena, text == NULL ? "" : text);
}

/* False after a complaint. */
static bool read_day(struct relocation *relocation, const char *text, const char *option, Types__Day **ret)
{
        struct day day;
        if (text == NULL || !typed_day(text, &day)) {
                (void)misused(relocation->verb, "il faut « %s JOUR » : " TYPED_DAY ".", option);
                return false;
        }
        *ret = day_to(&relocation->arena, day);
        return true;
}

static int propose(struct relocation *relocation)
{
        Tracking__ProposeRelocation request = TRACKING__PROPOSE_RELOCATION__INIT;
        char id[ID_TEXT_SIZE];
        if (relocation->to == NULL)
                return misused(relocation->verb, "il faut « --to DÉPARTEMENT », celui où elle habite désormais.");
        if (!read_day(relocation, relocation->moved, "--moved", &request.moved_on) ||
            !read_day(relocation, relocation->agreed, "--agreed", &request.agreed_on))
                return CTL_MISUSED;
        request.beneficiary_id = id_to(&relocation->arena, relocation->id);
        request.territory = said(relocation, relocation->to);
        const Tracking__ProposeRelocationReply *reply =
                session_call(&relocation->session, "tracking.ProposeRelocation", &request, NULL, &relocation->arena);
        if (reply == NULL)
                return CTL_FAILED;
        id_format(id_of(reply->relocation_id), id);
        (void)printf("%s\nProposé au département %s, dont un facilitateur répond (« guichetctl relocation accept »).\n",
                     id, relocation->to);
        return CTL_DONE;
}

static int accept(struct relocation *relocation)
{
        Tracking__AcceptRelocation request = TRACKING__ACCEPT_RELOCATION__INIT;
        char id[ID_TEXT_SIZE];
        request.relocation_id = id_to(&relocation->arena, relocation->id);
        const Tracking__AcceptRelocationReply *reply =
                session_call(&relocation->session, "tracking.AcceptRelocation", &request, NULL, &relocation->arena);
        if (reply == NULL)
                return CTL_FAILED;
        id_format(id_of(reply->beneficiary_id), id);
        (void)printf("%s\nSon dossier est désormais suivi ici.\n", id);
        if (reply->partition != 0)
                (void)printf("Il rejoint la partie %u du réseau, en quelques secondes ; ses identifiants restent les "
                             "mêmes.\n",
                             reply->partition);
        return CTL_DONE;
}

static int decline(struct relocation *relocation)
{
        Tracking__DeclineRelocation request = TRACKING__DECLINE_RELOCATION__INIT;
        if (relocation->code == NULL)
                return misused(relocation->verb, "il faut « --code CODE », pourquoi (deploy/rules/privacy.json).");
        request.relocation_id = id_to(&relocation->arena, relocation->id);
        request.decline_code = said(relocation, relocation->code);
        return session_call(&relocation->session, "tracking.DeclineRelocation", &request, NULL, &relocation->arena) !=
                               NULL
                       ? CTL_DONE
                       : CTL_FAILED;
}

static int withdraw(struct relocation *relocation)
{
        Tracking__WithdrawRelocation request = TRACKING__WITHDRAW_RELOCATION__INIT;
        request.relocation_id = id_to(&relocation->arena, relocation->id);
        return session_call(&relocation->session, "tracking.WithdrawRelocation", &request, NULL, &relocation->arena) !=
                               NULL
                       ? CTL_DONE
                       : CTL_FAILED;
}

static const char *state_text(Tracking__RelocationState state)
{
        switch ((int)state) {
        case TRACKING__RELOCATION_STATE__RELOCATION_PROPOSED: return "proposé";
        case TRACKING__RELOCATION_STATE__RELOCATION_ACCEPTED: return "accepté";
        case TRACKING__RELOCATION_STATE__RELOCATION_DECLINED: return "refusé";
        case TRACKING__RELOCATION_STATE__RELOCATION_WITHDRAWN: return "retiré";
        }
        return "";
}

static void tell_line(const Tracking__RelocationView *view)
{
        char id[ID_TEXT_SIZE], moved[DAY_TEXT_SIZE], by[DAY_TEXT_SIZE] = "";
        id_format(id_of(view->relocation_id), id);
        day_format(day_of(view->moved_on), moved);
        if (view->answer_by != NULL)
                day_format(day_of(view->answer_by), by);
        print_cell(id, 36);
        (void)printf("  ");
        print_cell(view->from_territory, 3);
        (void)printf(" → ");
        print_cell(view->to_territory, 4);
        print_cell(state_text(view->state), 9);
        (void)printf("%s  %u contrat%s en cours", moved, view->open_placements, view->open_placements > 1 ? "s" : "");
        if (view->acts_next[0] != '\0')
                (void)printf("  répond avant le %s%s : %s", by, view->late ? " !" : "", view->acts_next);
        (void)printf("%s%s\n", view->decline_code[0] == '\0' ? "" : "  ", view->decline_code);
}

static int list(struct relocation *relocation)
{
        Tracking__Relocations request = TRACKING__RELOCATIONS__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t told = 0;
        request.page = &page;
        request.waiting_only = relocation->waiting;
        do {
                const Tracking__RelocationsReply *reply =
                        session_call(&relocation->session, "tracking.Relocations", &request, NULL, &relocation->arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_lines; i++)
                        tell_line(reply->lines[i]);
                told += reply->n_lines;
                page.after = reply->next;
        } while (page.after.len > 0);
        if (told == 0)
                (void)puts("Aucun dossier ne change de département.");
        return CTL_DONE;
}

static const struct act {
        const char *name;
        int (*run)(struct relocation *relocation);
        int words; /* its own name too */
} acts[] = {
        {"propose", propose, 2},   {"accept", accept, 2}, {"decline", decline, 2},
        {"withdraw", withdraw, 2}, {"list", list, 1},
};

static int act(struct relocation *relocation, int words, char **argv)
{
        for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
                if (strcmp(acts[i].name, argv[0]) != 0)
                        continue;
                if (words != acts[i].words || (words == 2 && id_parse(argv[1], &relocation->id) != 0))
                        return misused(relocation->verb, "« %s » demande %s.", argv[0],
                                       acts[i].words == 2 ? "un UUID : d'une personne, ou d'un changement"
                                                          : "un réseau seulement");
                if (!session_open(relocation->directory, (uint32_t)relocation->seconds * 1000, &relocation->session))
                        return CTL_FAILED;
                session_act(&relocation->session, TYPES__ROLE__FACILITATOR, NULL, relocation->territory);
                return acts[i].run(relocation);
        }
        return misused(relocation->verb, "« %s » : propose, accept, decline, withdraw ou list.", argv[0]);
}

static int run_relocation(const struct verb *verb, int argc, char **argv)
{
        scoped(end_relocation) struct relocation relocation = {
                .verb = verb, .directory = "run", .territory = "*", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &relocation.directory},
                {.name = "--territory", .text = &relocation.territory},
                {.name = "--to", .text = &relocation.to},
                {.name = "--moved", .text = &relocation.moved},
                {.name = "--agreed", .text = &relocation.agreed},
                {.name = "--code", .text = &relocation.code},
                {.name = "--waiting", .flag = &relocation.waiting},
                {.name = "--seconds", .number = &relocation.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 2};
        int words = options_parse(verb, &options, argc, argv);
        return words < 0 ? CTL_MISUSED : act(&relocation, words, argv);
}

const struct verb verb_relocation = {
        .name = "relocation",
        .summary = "fait suivre une personne qui change de département, avec l'accord des deux",
        .usage = "guichetctl relocation propose UUID --to DÉPARTEMENT --moved JOUR --agreed JOUR\n"
                 "guichetctl relocation accept UUID\n"
                 "guichetctl relocation decline UUID --code CODE\n"
                 "guichetctl relocation withdraw UUID\n"
                 "guichetctl relocation list [--waiting]\n"
                 "                 [--dir run] [--territory 31,82] [--seconds 10]\n\n"
                 "Agit comme facilitateur ; UUID est d'abord celui de la personne, puis celui du changement.\n\n"
                 "  propose   offre son dossier au département où elle habite désormais\n"
                 "  accept    le prend, comme facilitateur de ce département\n"
                 "  decline   ne le prend pas, avec la raison\n"
                 "  withdraw  retire ce qui a été proposé\n"
                 "  list      ce qui part et ce qui arrive, qui répond et avant quand ; « ! » : en retard\n\n"
                 "  --moved   le jour de son déménagement\n"
                 "  --agreed  le jour où elle a donné son accord\n"
                 "  --code    un code de deploy/rules/privacy.json : NOT_HERE, NOT_REACHED, PERSON_STAYS…\n\n"
                 "Un contrat en cours continue où il est ; ce qui a été fait reste compté où c'était. Le dossier\n"
                 "rejoint le service qui suit ce département ; un contrôle par échantillon ouvert le retient.\n\n"
                 "Exemples :\n"
                 "  guichetctl relocation propose UUID --to 82 --moved 2026-11-02 --agreed 2026-11-09 --territory 31\n"
                 "  guichetctl relocation list --waiting --territory 82\n"
                 "  guichetctl relocation accept UUID --territory 82",
        .run = run_relocation,
};
