/* doubles: publications that may be of one contract: listed, joined, separated, dismissed. Acts as a coordinator, or
 * with --territory as a facilitator of some departments. */
#include <stdio.h>
#include <string.h>

#include "common/base/french.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/commands.pb-c.h"
#include "contracts/queries.pb-c.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"

struct doubles {
        const struct verb *verb;
        const char *directory, *territory, *buyer, *reason;
        struct session session;
        struct arena arena;
};

static void end_doubles(struct doubles *d)
{
        session_close(&d->session);
        arena_fini(&d->arena);
}

/* ---- list */

static void print_publication(struct doubles *d, const char *label, const Contracts__DoublePublication *one)
{
        char id[ID_TEXT_SIZE];
        id_format(id_of(one->contract_id), id);
        (void)printf(
                "  %s %s  n° %s, %s%s%s\n", label, id, one->number,
                one->amount == NULL ? "montant non dit" : french_money(&d->arena, money_of(one->amount)),
                one->modifications == 0
                        ? ""
                        : arena_printf(&d->arena, ", %s", french_count(&d->arena, one->modifications, "modification")),
                one->followed ? ", suivi ici" : "");
}

static void print_pair(struct doubles *d, const Contracts__ProbableDouble *pair)
{
        (void)printf("%s, notifié le %s, acheteur %s\n", pair->object, french_day(&d->arena, day_of(pair->notified_on)),
                     pair->buyer_name[0] != '\0' ? pair->buyer_name : pair->buyer_siret);
        print_publication(d, "à garder ", pair->contract);
        print_publication(d, "le double", pair->twin);
        for (size_t i = 0; i < pair->n_reasons; i++)
                (void)printf("  %s\n", pair->reasons[i]);
}

static int list(struct doubles *d, char **ids)
{
        Contracts__TwinPublicationsRequest query = CONTRACTS__TWIN_PUBLICATIONS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t count = 0;
        (void)ids;
        query.page = &page;
        if (d->buyer != NULL)
                query.buyer_siret = arena_text(&d->arena, d->buyer);
        do {
                const Contracts__TwinPublicationsReply *reply =
                        session_call(&d->session, "contracts.TwinPublications", &query, NULL, &d->arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_doubles; i++)
                        print_pair(d, reply->doubles[i]);
                count += reply->n_doubles;
                page.after = reply->next;
        } while (page.after.len > 0);
        if (count == 0)
                (void)puts("Aucun double probable.");
        else
                (void)printf("%s. Pour réunir deux publications : guichetctl doubles join À_GARDER DOUBLE --reason "
                             "TEXTE\n",
                             french_count(&d->arena, (int64_t)count, "paire"));
        return CTL_DONE;
}

/* ---- join, separate, dismiss */

static bool read_id(struct doubles *d, const char *text, Types__Id **ret)
{
        struct id id;
        if (text == NULL || id_parse(text, &id) != 0) {
                (void)misused(d->verb, "« %s » n'est pas l'UUID d'un contrat.", text == NULL ? "" : text);
                return false;
        }
        *ret = id_to(&d->arena, id);
        return true;
}

static int join(struct doubles *d, char **ids)
{
        Contracts__JoinPublications request = CONTRACTS__JOIN_PUBLICATIONS__INIT;
        if (!read_id(d, ids[0], &request.contract_id) || !read_id(d, ids[0] == NULL ? NULL : ids[1], &request.twin_id))
                return CTL_MISUSED;
        if (d->reason == NULL)
                return misused(d->verb, "il faut « --reason TEXTE », ce qui montre que c'est le même contrat.");
        request.reason = arena_text(&d->arena, d->reason);
        if (session_call(&d->session, "contracts.JoinPublications", &request, NULL, &d->arena) == NULL)
                return CTL_FAILED;
        (void)puts("Réunies : le double n'est plus ni listé ni compté.");
        return CTL_DONE;
}

static int separate(struct doubles *d, char **ids)
{
        Contracts__SeparatePublications request = CONTRACTS__SEPARATE_PUBLICATIONS__INIT;
        if (!read_id(d, ids[0], &request.twin_id))
                return CTL_MISUSED;
        if (d->reason == NULL)
                return misused(d->verb, "il faut « --reason TEXTE », ce qui montre que ce sont deux contrats.");
        request.reason = arena_text(&d->arena, d->reason);
        if (session_call(&d->session, "contracts.SeparatePublications", &request, NULL, &d->arena) == NULL)
                return CTL_FAILED;
        (void)puts("Séparées : les deux contrats sont comptés.");
        return CTL_DONE;
}

static int dismiss(struct doubles *d, char **ids)
{
        Contracts__DismissTwins request = CONTRACTS__DISMISS_TWINS__INIT;
        if (!read_id(d, ids[0], &request.contract_id) || !read_id(d, ids[0] == NULL ? NULL : ids[1], &request.twin_id))
                return CTL_MISUSED;
        if (d->reason == NULL)
                return misused(d->verb, "il faut « --reason TEXTE », ce qui montre que ce sont deux contrats.");
        request.reason = arena_text(&d->arena, d->reason);
        if (session_call(&d->session, "contracts.DismissTwins", &request, NULL, &d->arena) == NULL)
                return CTL_FAILED;
        (void)puts("Écartée : la paire n'est plus listée, les deux contrats sont comptés.");
        return CTL_DONE;
}

static const struct act {
        const char *name;
        int ids; /* that it is about */
        int (*run)(struct doubles *d, char **ids);
} acts[] = {{"list", 0, list}, {"join", 2, join}, {"separate", 1, separate}, {"dismiss", 2, dismiss}};

static int act(struct doubles *d, int words, char **argv)
{
        for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
                if (strcmp(acts[i].name, argv[0]) != 0)
                        continue;
                if (words != 1 + acts[i].ids)
                        return misused(d->verb, "« doubles %s » veut %d identifiant(s).", argv[0], acts[i].ids);
                if (!session_open(d->directory, 0, &d->session))
                        return CTL_FAILED;
                session_act(&d->session, d->territory == NULL ? TYPES__ROLE__COORDINATOR : TYPES__ROLE__FACILITATOR,
                            NULL, d->territory == NULL ? "*" : d->territory);
                return acts[i].run(d, argv + 1);
        }
        return misused(d->verb, "« %s » : list, join, separate ou dismiss.", argv[0]);
}

static int run_doubles(const struct verb *verb, int argc, char **argv)
{
        scoped(end_doubles) struct doubles d = {.verb = verb, .directory = "run"};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &d.directory},
                {.name = "--territory", .text = &d.territory},
                {.name = "--buyer", .text = &d.buyer},
                {.name = "--reason", .text = &d.reason},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 3};
        int words = options_parse(verb, &options, argc, argv);
        return words < 0 ? CTL_MISUSED : act(&d, words, argv);
}

const struct verb verb_doubles = {
        .name = "doubles",
        .summary = "montre les publications qui font double emploi, les réunit, les sépare ou les écarte",
        .usage =
                "guichetctl doubles list [--buyer SIRET]\n"
                "guichetctl doubles join À_GARDER DOUBLE --reason TEXTE\n"
                "guichetctl doubles separate DOUBLE --reason TEXTE\n"
                "guichetctl doubles dismiss UNE AUTRE --reason TEXTE\n"
                "                 [--territory 31,82] [--dir run]\n\n"
                "Deux publications d'un même contrat : mêmes acheteur, objet, titulaires et date ; le numéro\n"
                "porte le rang de l'avenant ou d'autres signes, ou les centimes sont arrondis. Rien n'est réuni\n"
                "sans vous. Agit comme coordination, ou avec --territory comme facilitateur.\n\n"
                "  list       les paires probables ; à garder : celle qui est suivie ici, sinon celle qui en dit plus\n"
                "  join       le double n'est plus ni listé ni compté ; il reste consultable\n"
                "  separate   c'étaient deux contrats : les deux sont comptés\n"
                "  dismiss    la paire n'est pas un double : elle n'est plus listée (s'annule par WithdrawAct)\n\n"
                "Exemples :\n"
                "  guichetctl doubles list --buyer 21310555400017\n"
                "  guichetctl doubles join UUID UUID --reason \"le numéro porte le rang de l'avenant\"\n"
                "  guichetctl doubles separate UUID --reason \"deux lots\"",
        .run = run_doubles,
};
