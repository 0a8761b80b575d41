#include "services/tracking/parts/beginning.h"

#include <string.h>

#include "common/codec/types.h"
#include "common/service/topology.h"
#include "services/tracking/controls/controls_rows.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/privacy/erasure.h"
#include "services/tracking/rules/context.h"
#include "tracking/events.pb-c.h"

#define WRONG_STATE TYPES__REFUSAL_CODE__WRONG_STATE
#define INVALID     TYPES__REFUSAL_CODE__INVALID_FIELD

static bool crosses(struct txn *txn, const Tracking__PartChoice *one, const Tracking__PartChoice *other)
{
        if (one->of_person != NULL && other->of_person != NULL)
                return id_equal(identity_main(txn, id_of(one->of_person)), identity_main(txn, id_of(other->of_person)));
        return one->of_person == NULL && other->of_person == NULL &&
               strcmp(one->of_territory, other->of_territory) == 0;
}

static bool stands_alone(const struct work *work, const Tracking__PartChoice *choice, struct refusal *ret)
{
        struct walk walk;
        struct id id;
        size_t sent = 0;
        bool is_alone = true;
        homes_open_walk(work->txn, &walk);
        while (is_alone && walk_next(&walk, &id)) {
                const Tracking__PartRow *row = homes_part(work->txn, id, work->arena);
                if (row == NULL)
                        continue; /* the transaction has failed; its commit will tell */
                is_alone = !crosses(work->txn, choice, row->choice);
                sent += row->to_partition != 0;
        }
        walk_end(&walk);
        if (!is_alone)
                return refuse(
                        ret, WRONG_STATE, "choice",
                        "Un déplacement de ce territoire, ou de cette personne, est en cours : suivez-le (guichetctl "
                        "partition list), et recommencez quand il est fini.");
        if (sent >= PARTS_AT_ONCE)
                return refuse(ret, WRONG_STATE, "choice",
                              "%d déplacements partent déjà d'ici : attendez la fin de l'un d'eux.", PARTS_AT_ONCE);
        return true;
}

/* The evidence of a sample is asked where it was drawn, and looked at as a whole. */
static bool is_drawn(const struct work *work, struct id placement)
{
        struct id *controls;
        size_t count = evidence_controls_of(work->txn, placement, work->arena, &controls);
        for (size_t i = 0; i < count; i++) {
                const Tracking__ControlRow *row = tracking_control(work->txn, controls[i], work->arena);
                if (row != NULL && row->closed_on == NULL)
                        return true;
        }
        return false;
}

static bool person_may_go(const struct work *work, struct id person, struct refusal *ret)
{
        struct files files = identity_files(work->txn, person);
        if (tracking_beneficiary(work->txn, person, work->arena) == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "choice.of_person",
                              "Cette personne n'est pas suivie par ce service : vérifiez son identifiant.");
        for (size_t i = 0; i < files.count; i++) {
                struct erased_things things;
                erased_things_of(work->txn, files.at[i], work->arena, &things);
                for (size_t n = 0; n < things.placement_count; n++)
                        if (is_drawn(work, things.placements[n]))
                                return refuse(ret, WRONG_STATE, "choice.of_person",
                                              "Un de ses parcours est tiré dans un contrôle par échantillon qui est "
                                              "ouvert : ses pièces sont demandées d'ici. Faites-le clore d'abord "
                                              "(guichetctl sample list --open).");
        }
        return true;
}

static bool has_open_control(const struct work *work, const char *territory)
{
        struct walk walk;
        struct id id;
        bool is_open = false;
        controls_walk(work->txn, territory, slice_of(NULL, 0), &walk);
        while (!is_open && walk_next(&walk, &id)) {
                const Tracking__ControlRow *row = tracking_control(work->txn, id, work->arena);
                is_open = row != NULL && row->closed_on == NULL;
        }
        walk_end(&walk);
        return is_open;
}

static bool choice_is_sound(const struct work *work, const Tracking__PartChoice *choice, struct refusal *ret)
{
        if (choice->of_person != NULL)
                return person_may_go(work, id_of(choice->of_person), ret);
        if (choice->of_territory[0] == '\0')
                return refuse(ret, INVALID, "choice.of_territory", "Indiquez le département à déplacer.");
        if (choice->buckets > PART_BUCKETS_MAX || choice->bucket > choice->buckets ||
            (choice->bucket == 0) != (choice->buckets == 0))
                return refuse(ret, INVALID, "choice.bucket",
                              "Une part d'un territoire se dit « n sur m », de 1 sur %d à %d sur %d.", PART_BUCKETS_MAX,
                              PART_BUCKETS_MAX, PART_BUCKETS_MAX);
        if (has_open_control(work, choice->of_territory))
                return refuse(
                        ret, WRONG_STATE, "choice.of_territory",
                        "Un contrôle par échantillon est ouvert dans le département %s : ses pièces sont demandées "
                        "d'ici. Faites-le clore d'abord.",
                        choice->of_territory);
        const Tracking__TerritoryHome *home = homes_territory(work->txn, choice->of_territory, work->arena);
        if ((home == NULL || home->gone_to == 0 || choice->buckets > 0) &&
            (homes_has_territory(work, choice->of_territory) || home != NULL))
                return true;
        return refuse(ret, WRONG_STATE, "choice.of_territory",
                      "Le département %s n'est pas suivi ici, ou n'y est plus : demandez-le au service qui le suit.",
                      choice->of_territory);
}

bool part_may_move(const struct work *work, const Tracking__PartChoice *choice, uint32_t to_partition,
                   struct refusal *ret)
{
        const struct topology *topology = tracking_of(work)->topology;
        if (to_partition == work_partition(work))
                return refuse(ret, INVALID, "to_partition", "Cette part est déjà là : indiquez un autre service.");
        if (topology != NULL && topology_of_partition(topology, "tracking", to_partition) == NULL)
                return refuse(
                        ret, INVALID, "to_partition",
                        "Aucun service de suivi n'est la partie %u du réseau : ajoutez-le d'abord à la topologie.",
                        to_partition);
        return choice_is_sound(work, choice, ret) && stands_alone(work, choice, ret);
}

struct id part_begin(struct work *work, const Tracking__PartChoice *choice, uint32_t to_partition)
{
        Tracking__PartMoveBegun begun = TRACKING__PART_MOVE_BEGUN__INIT;
        struct id id = work_new_id(work);
        begun.part_id = id_to(work->arena, id);
        begun.choice = (Tracking__PartChoice *)(uintptr_t)choice;
        begun.to_partition = to_partition;
        work_record(work, &begun.base);
        return id;
}

bool part_sender_asks(const struct work *work, const Types__Id *part_id, struct refusal *ret)
{
        const struct topology *topology = tracking_of(work)->topology;
        const struct instance *sender = topology == NULL ? NULL : topology_instance(topology, work->actor->signer);
        if (sender != NULL && strcmp(sender->service, "tracking") == 0 && sender->partition != 0 &&
            sender->partition == id_partition(id_of(part_id)) && sender->partition != work_partition(work))
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                      "Seul le service de suivi d'où part ce territoire peut le demander : utilisez guichetctl "
                      "partition.");
}
