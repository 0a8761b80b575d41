#include "services/ctl/person_files.h"

#include <stdio.h>
#include <string.h>

#include "common/base/day.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "tracking/queries.pb-c.h"

static char *said(struct person_files *files, const char *text)
{
        return arena_text(files->arena, text == NULL ? "" : text);
}

static const char *sureness_text(Tracking__Sureness sureness)
{
        static const char *const texts[] = {"?", "même identité", "probable", "possible"};
        return (size_t)sureness < ARRAY_SIZE(texts) ? texts[sureness] : texts[0];
}

static const char *id_text(const Types__Id *id, char ret[ID_TEXT_SIZE])
{
        (void)snprintf(ret, ID_TEXT_SIZE, "%s", "-");
        if (id != NULL)
                id_format(id_of(id), ret);
        return ret;
}

/* ---- known */

static size_t tell_known(Tracking__KnownPersonLine *const *lines, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                char id[ID_TEXT_SIZE];
                (void)printf("%-5s %-15s %s\n", lines[i]->territory, sureness_text(lines[i]->sureness),
                             lines[i]->beneficiary_id != NULL
                                     ? id_text(lines[i]->beneficiary_id, id)
                                     : "dossier d'un autre : adressez-vous au facilitateur de ce département");
        }
        return count;
}

/* What the first partition has answered, with the ids: by the ticket it says the same again, and is passed over. */
struct answered {
        Tracking__KnownPersonLine *const *lines;
        size_t count;
        Types__Id *const *own; /* files of the one who is asked about */
        size_t own_count;
        ProtobufCBinaryData ticket;
};

static bool is_told(const struct answered *here, const Tracking__KnownPersonLine *line)
{
        for (size_t i = 0; i < here->count; i++)
                if (strcmp(here->lines[i]->territory, line->territory) == 0)
                        return true;
        for (size_t i = 0; i < here->own_count; i++)
                if (line->beneficiary_id != NULL && id_equal(id_of(here->own[i]), id_of(line->beneficiary_id)))
                        return true;
        return false;
}

/* False: it could not be asked. */
static bool tell_all(struct person_files *files, const struct answered *here, size_t *ret_told)
{
        Tracking__KnownElsewhere elsewhere = TRACKING__KNOWN_ELSEWHERE__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        *ret_told = tell_known(here->lines, here->count);
        elsewhere.page = &page;
        elsewhere.ticket = here->ticket;
        do {
                const Tracking__KnownElsewhereReply *there =
                        session_call(files->session, "tracking.KnownElsewhere", &elsewhere, NULL, files->arena);
                if (there == NULL)
                        return false;
                for (size_t i = 0; i < there->n_known; i++)
                        if (!is_told(here, there->known[i]))
                                *ret_told += tell_known(&there->known[i], 1);
                page.after = there->next;
        } while (page.after.len > 0);
        return true;
}

int person_known(struct person_files *files, Tracking__Identity *identity)
{
        Tracking__KnownPerson request = TRACKING__KNOWN_PERSON__INIT;
        size_t told;
        request.identity = identity;
        request.territory = said(files, files->territory);
        request.reason_code = said(files, files->reason_code);
        const Tracking__KnownPersonReply *reply =
                session_call(files->session, "tracking.KnownPerson", &request, NULL, files->arena);
        if (reply == NULL)
                return CTL_FAILED;
        const struct answered here = {reply->known, reply->n_known, NULL, 0, reply->ticket};
        if (!tell_all(files, &here, &told))
                return CTL_FAILED;
        if (told == 0)
                (void)puts("Personne n'est connu sous cette identité, dans aucun département.");
        return CTL_DONE;
}

int person_elsewhere(struct person_files *files, struct id id)
{
        Tracking__SeekDoubles request = TRACKING__SEEK_DOUBLES__INIT;
        size_t told;
        request.beneficiary_id = id_to(files->arena, id);
        request.reason_code = said(files, files->reason_code);
        const Tracking__SeekDoublesReply *reply =
                session_call(files->session, "tracking.SeekDoubles", &request, NULL, files->arena);
        if (reply == NULL)
                return CTL_FAILED;
        const struct answered here = {reply->known, reply->n_known, reply->files, reply->n_files, reply->ticket};
        if (!tell_all(files, &here, &told))
                return CTL_FAILED;
        (void)puts(told == 0
                           ? "Aucun autre dossier de cette personne, dans aucun département."
                           : "Si c'est la même personne : dans le même service de suivi, réunissez les dossiers "
                             "(guichetctl person merge).\nSinon que l'un des deux vienne d'abord dans le département "
                             "où elle habite, avec son accord : proposez le\nvôtre (guichetctl relocation propose), ou "
                             "demandez au facilitateur de l'autre de proposer le sien.");
        return CTL_DONE;
}

/* ---- doubles */

static void tell_double(const Tracking__DoubleLine *line)
{
        char id[ID_TEXT_SIZE], other[ID_TEXT_SIZE], on[INSTANT_TEXT_SIZE] = "-", other_on[INSTANT_TEXT_SIZE] = "-";
        if (line->referred_on != NULL)
                day_format(day_of(line->referred_on), on);
        if (line->other_referred_on != NULL)
                day_format(day_of(line->other_referred_on), other_on);
        (void)printf("%-15s %-5s %-36s %-10.10s %8u   %-5s %-36s %-10.10s %8u\n", sureness_text(line->sureness),
                     line->territory, id_text(line->beneficiary_id, id), on, line->placements, line->other_territory,
                     id_text(line->other_id, other), other_on, line->other_placements);
}

int person_doubles(struct person_files *files)
{
        Tracking__ProbableDoubles request = TRACKING__PROBABLE_DOUBLES__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t count = 0;
        request.page = &page;
        (void)printf("%-15s %-5s %-36s %-10s %8s   %-5s %-36s %-10s %8s\n", "Doublon", "Dépt", "Dossier", "Orienté",
                     "Parcours", "Dépt", "Autre dossier", "Orienté", "Parcours");
        do {
                const Tracking__ProbableDoublesReply *reply =
                        session_call(files->session, "tracking.ProbableDoubles", &request, NULL, files->arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_doubles; i++)
                        tell_double(reply->doubles[i]);
                count += reply->n_doubles;
                page.after = reply->next;
        } while (page.after.len > 0);
        (void)printf("%zu paire(s).\n", count);
        return CTL_DONE;
}

/* ---- one person, or two */

int person_merge(struct person_files *files, struct id id, struct id other)
{
        Tracking__MergePersons request = TRACKING__MERGE_PERSONS__INIT;
        char text[ID_TEXT_SIZE];
        request.beneficiary_id = id_to(files->arena, id);
        request.other_id = id_to(files->arena, other);
        request.reason = said(files, files->reason);
        const Tracking__MergePersonsReply *reply =
                session_call(files->session, "tracking.MergePersons", &request, NULL, files->arena);
        if (reply == NULL)
                return CTL_FAILED;
        (void)printf("Réunis : %zu dossiers, dont le premier continue. Chaque identifiant reste valable.\n",
                     reply->n_files);
        for (size_t i = 0; i < reply->n_files; i++)
                (void)printf("  %s\n", id_text(reply->files[i], text));
        return CTL_DONE;
}

int person_unmerge(struct person_files *files, struct id id)
{
        Tracking__UnmergePersons request = TRACKING__UNMERGE_PERSONS__INIT;
        char text[ID_TEXT_SIZE];
        request.beneficiary_id = id_to(files->arena, id);
        request.reason = said(files, files->reason);
        const Tracking__UnmergePersonsReply *reply =
                session_call(files->session, "tracking.UnmergePersons", &request, NULL, files->arena);
        if (reply == NULL)
                return CTL_FAILED;
        (void)printf("Séparé de %s : chaque dossier est comme il était, avec ce qui y a été porté depuis.\n",
                     id_text(reply->other_id, text));
        return CTL_DONE;
}

int person_apart(struct person_files *files, struct id id, struct id other)
{
        Tracking__KeepPersonsApart request = TRACKING__KEEP_PERSONS_APART__INIT;
        request.beneficiary_id = id_to(files->arena, id);
        request.other_id = id_to(files->arena, other);
        request.reason = said(files, files->reason);
        if (session_call(files->session, "tracking.KeepPersonsApart", &request, NULL, files->arena) == NULL)
                return CTL_FAILED;
        (void)puts("Noté : ce sont deux personnes ; la paire n'est plus proposée.");
        return CTL_DONE;
}
