/* person: what a person may ask of what is held on her: that it be erased. Acts as a facilitator of her territory. */
#include <stdio.h>
#include <string.h>

#include "common/base/day.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"
#include "tracking/commands.pb-c.h"

struct person {
        const struct verb *verb;
        const char *directory;
        const char *territory;
        const char *code;
        uint64_t seconds;
        struct id id;
        struct session session;
        struct arena arena;
};

static void end_person(struct person *person)
{
        session_close(&person->session);
        arena_fini(&person->arena);
}

static void tell_sharing(const Tracking__Sharing *sharing)
{
        char at[INSTANT_TEXT_SIZE], to[ID_TEXT_SIZE] = "";
        const Types__Id *id = sharing->organisation != NULL ? sharing->organisation : sharing->account;
        instant_format(sharing->at->ms, at);
        if (id != NULL)
                id_format(id_of(id), to);
        (void)printf("  %s%s%s, depuis le %.10s : %s.\n      %s ; %s\n", sharing->recipient, to[0] != '\0' ? " " : "",
                     to, at, sharing->content, sharing->basis, sharing->purpose);
}

static int erase(struct person *person)
{
        Tracking__ErasePerson request = TRACKING__ERASE_PERSON__INIT;
        if (person->code == NULL)
                return misused(person->verb, "il faut « --code CODE », pourquoi (deploy/rules/privacy.json).");
        request.beneficiary_id = id_to(&person->arena, person->id);
        request.erasure_code = arena_text(&person->arena, person->code);
        const Tracking__ErasePersonReply *reply =
                session_call(&person->session, "tracking.ErasePerson", &request, NULL, &person->arena);
        if (reply == NULL)
                return CTL_FAILED;
        (void)printf(
                "Effacé : la clé, %u élément(s) scellé(s), %u document(s). Les heures restent comptées, sans nom.\n"
                "Les sauvegardes d'avant gardent la clé jusqu'à leur fin (« guichetctl backup --keep N ») ; "
                "remises en place, elles\nl'effacent à nouveau.\n",
                reply->sealed_parts, reply->documents);
        (void)printf("Ce qui était déjà parti, à rappeler s'il le faut :\n");
        for (size_t i = 0; i < reply->n_left; i++)
                tell_sharing(reply->left[i]);
        return CTL_DONE;
}

static int run_person(const struct verb *verb, int argc, char **argv)
{
        scoped(end_person) struct person person = {.verb = verb, .directory = "run", .territory = "*", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &person.directory},
                {.name = "--territory", .text = &person.territory},
                {.name = "--code", .text = &person.code},
                {.name = "--seconds", .number = &person.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 2, .words_max = 2};
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        if (strcmp(argv[0], "erase") != 0)
                return misused(verb, "« %s » : erase.", argv[0]);
        if (id_parse(argv[1], &person.id) != 0)
                return misused(verb, "« %s » : ce n'est pas l'UUID d'une personne.", argv[1]);
        if (!session_open(person.directory, (uint32_t)person.seconds * 1000, &person.session))
                return CTL_FAILED;
        session_act(&person.session, TYPES__ROLE__FACILITATOR, NULL, person.territory);
        return erase(&person);
}

const struct verb verb_person = {
        .name = "person",
        .summary = "efface ce qui est gardé d'une personne",
        .usage =
                "guichetctl person erase UUID --code CODE [--dir run] [--territory 31,82] [--seconds 10]\n\n"
                "Agit comme facilitateur. Efface l'identité, les décisions, les motifs et les documents d'une\n"
                "personne, et la clé qui les scellait, puis dit ce qui était déjà parti. Ses parcours restent comptés, sans nom. "
                "Refusé tant\nqu'un parcours est en cours ou que des heures attendent d'être validées.\n\n"
                "  --code  un code de deploy/rules/privacy.json : PERSON_ASKED, END_OF_RETENTION…\n\n"
                "Exemple :\n"
                "  guichetctl person erase UUID --code PERSON_ASKED",
        .run = run_person,
};
