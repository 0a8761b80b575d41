/* placement: a placement as it is, which one it continues, what its employer calls the person. Acts as a facilitator,
 * or with --as for a company or a structure. */
#include <stdio.h>
#include <string.h>

#include "common/base/day.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

struct placement_verb {
        const struct verb *verb;
        const char *directory, *territory, *role, *organisation;
        const char *after, *reason, *text;
        bool clear;
        uint64_t seconds;
        struct id id, organisation_id;
        struct session session;
        struct arena arena;
};

static void end_placement_verb(struct placement_verb *p)
{
        session_close(&p->session);
        arena_fini(&p->arena);
}

static const Tracking__PlacementView *look(struct placement_verb *p)
{
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = id_to(&p->arena, p->id);
        return session_call(&p->session, "tracking.PlacementById", &query, NULL, &p->arena);
}

static void print_id(const char *words, const Types__Id *id)
{
        char text[ID_TEXT_SIZE];
        if (id == NULL)
                return;
        id_format(id_of(id), text);
        (void)printf("%s %s\n", words, text);
}

static int show(struct placement_verb *p)
{
        char from[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE] = "sans terme";
        const Tracking__PlacementView *view = look(p);
        if (view == NULL)
                return CTL_FAILED;
        day_format(day_of(view->starts_on), from);
        const Types__Day *last = view->ended ? view->ended_on : view->ends_on;
        if (last != NULL)
                day_format(day_of(last), until);
        (void)printf("Chez %s, %s, métier %s, du %s au %s%s\n", view->employer_name, view->work_contract,
                     view->rome_code, from, until, view->ended ? " (terminé)" : "");
        print_id("À la suite du parcours", view->continues_placement_id);
        print_id("Continué par le parcours", view->continued_by);
        if (view->employer_reference[0] != '\0')
                (void)printf("L'employeur l'appelle « %s »\n", view->employer_reference);
        if (view->company_left_on != NULL) {
                day_format(day_of(view->company_left_on), from);
                (void)printf(
                        "L'entreprise qui doit ces heures a quitté son groupement le %s : voyez avec l'employeur qui "
                        "continue\n",
                        from);
        }
        return CTL_DONE;
}

/* ---- which placement it continues */

static int link_to(struct placement_verb *p, Types__Id *before)
{
        Tracking__LinkPlacement request = TRACKING__LINK_PLACEMENT__INIT;
        if (p->reason == NULL)
                return misused(p->verb, "il faut « --reason TEXTE », pourquoi : ce motif reste au dossier.");
        const Tracking__PlacementView *view = look(p);
        if (view == NULL)
                return CTL_FAILED;
        request.placement_id = id_to(&p->arena, p->id);
        request.continues_placement_id = before;
        request.correction = arena_text(&p->arena, p->reason);
        request.seen = view->link_version;
        const Tracking__LinkPlacementReply *reply =
                session_call(&p->session, "tracking.LinkPlacement", &request, NULL, &p->arena);
        if (reply == NULL)
                return CTL_FAILED;
        print_id("Il continuait jusqu'ici", reply->replaced);
        return CTL_DONE;
}

static int link_placement(struct placement_verb *p)
{
        struct id before;
        if (p->after == NULL || id_parse(p->after, &before) != 0)
                return misused(p->verb, "il faut « --after UUID », le parcours d'avant.");
        return link_to(p, id_to(&p->arena, before));
}

static int unlink_placement(struct placement_verb *p)
{
        return link_to(p, NULL);
}

/* ---- what its employer calls her */

static int reference(struct placement_verb *p)
{
        Tracking__SetEmployerReference request = TRACKING__SET_EMPLOYER_REFERENCE__INIT;
        if ((p->text == NULL) != p->clear)
                return misused(p->verb, "il faut « --text RÉFÉRENCE », ou « --clear » pour la retirer.");
        request.placement_id = id_to(&p->arena, p->id);
        request.reference = arena_text(&p->arena, p->clear ? "" : p->text);
        return session_call(&p->session, "tracking.SetEmployerReference", &request, NULL, &p->arena) != NULL
                       ? CTL_DONE
                       : CTL_FAILED;
}

static const struct act {
        const char *name;
        int (*run)(struct placement_verb *p);
} acts[] = {
        {"show", show},
        {"link", link_placement},
        {"unlink", unlink_placement},
        {"reference", reference},
};

/* False after a complaint. */
static bool act_as(struct placement_verb *p)
{
        int role = TYPES__ROLE__FACILITATOR;
        if (p->role != NULL) {
                const ProtobufCEnumValue *value =
                        protobuf_c_enum_descriptor_get_value_by_name(&types__role__descriptor, p->role);
                if (value == NULL || p->organisation == NULL || id_parse(p->organisation, &p->organisation_id) != 0) {
                        (void)misused(p->verb,
                                      "« --as COMPANY » ou « --as STRUCTURE » va avec « --organisation UUID ».");
                        return false;
                }
                role = value->value;
        }
        session_act(&p->session, (Types__Role)role, p->role == NULL ? NULL : &p->organisation_id, p->territory);
        return true;
}

static int act(struct placement_verb *p, char **argv)
{
        for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
                if (strcmp(acts[i].name, argv[0]) != 0)
                        continue;
                if (id_parse(argv[1], &p->id) != 0)
                        return misused(p->verb, "« %s » n'est pas l'UUID d'un parcours.", argv[1]);
                if (!session_open(p->directory, (uint32_t)p->seconds * 1000, &p->session))
                        return CTL_FAILED;
                return act_as(p) ? acts[i].run(p) : CTL_MISUSED;
        }
        return misused(p->verb, "« %s » : show, link, unlink ou reference.", argv[0]);
}

static int run_placement(const struct verb *verb, int argc, char **argv)
{
        scoped(end_placement_verb) struct placement_verb p = {
                .verb = verb, .directory = "run", .territory = "*", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &p.directory},
                {.name = "--territory", .text = &p.territory},
                {.name = "--as", .text = &p.role},
                {.name = "--organisation", .text = &p.organisation},
                {.name = "--after", .text = &p.after},
                {.name = "--reason", .text = &p.reason},
                {.name = "--text", .text = &p.text},
                {.name = "--clear", .flag = &p.clear},
                {.name = "--seconds", .number = &p.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 2, .words_max = 2};
        int words = options_parse(verb, &options, argc, argv);
        return words < 0 ? CTL_MISUSED : act(&p, argv);
}

const struct verb verb_placement = {
        .name = "placement",
        .summary = "montre un parcours, ce qu'il continue, et la référence que l'employeur donne à la personne",
        .usage = "guichetctl placement show UUID\n"
                 "guichetctl placement link UUID --after UUID --reason TEXTE\n"
                 "guichetctl placement unlink UUID --reason TEXTE\n"
                 "guichetctl placement reference UUID --text RÉFÉRENCE | --clear\n"
                 "                 [--as COMPANY|STRUCTURE --organisation UUID] [--dir run] [--territory 31,82]\n"
                 "                 [--seconds 10]\n\n"
                 "Agit comme facilitateur, ou pour l'organisation nommée.\n\n"
                 "  show       le contrat, le parcours d'avant et celui d'après, la référence de l'employeur\n"
                 "  link       ce parcours continue celui d'avant : renouvellement, autre contrat, autre employeur\n"
                 "  unlink     il n'en continue aucun, après tout\n"
                 "  reference  vos initiales ou votre numéro de paie pour elle, 40 caractères au plus ; jamais celui\n"
                 "             de la sécurité sociale ; vous seul et les facilitateurs la lisez\n\n"
                 "L'issue d'un parcours continué se demande à la fin du dernier.\n\n"
                 "Exemples :\n"
                 "  guichetctl placement show UUID\n"
                 "  guichetctl placement link UUID --after UUID --reason \"renouvellement saisi à part\"\n"
                 "  guichetctl placement reference UUID --text \"ZQ-0417\" --as STRUCTURE --organisation UUID",
        .run = run_placement,
};
