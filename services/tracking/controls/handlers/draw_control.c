/* DrawControl: some placements of a territory are drawn by chance, whose evidence is asked again. Whom it was drawn
 * from is kept with the seed, so that anybody can draw again. Left out: private contracts, persons whose file is
 * restricted or erased. Caller: a facilitator of the territory. Emits ControlDrawn. */
#include <string.h>

#include "common/base/text.h"
#include "common/codec/draw.h"
#include "services/tracking/controls/judging.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/rules/wording.h"
#include "tracking/calls.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

enum { SEED_BYTES = 8 };

static bool is_of_here(const struct work *work, const char *territory, struct refusal *ret)
{
        if (!territory_listed(tracking_of(work)->territories, territory))
                return refuse(ret, INVALID, "territory",
                              "Le département « %s » n'est pas suivi par ce service : indiquez celui des parcours.",
                              territory);
        /* Security: the department picks the partition. */
        return passport_covers(work->actor, territory) ||
               refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                      "Vous n'agissez pas dans le département %s : adressez-vous à son facilitateur.", territory);
}

static bool is_sound(const Tracking__DrawControl *command, struct refusal *ret)
{
        int32_t months = month_number(month_of_day(day_of(command->until))) -
                         month_number(month_of_day(day_of(command->from))) + 1;
        if (command->until->days < command->from->days || months > CONTROL_MONTHS_MAX)
                return refuse(ret, INVALID, "until", "La période va du premier au dernier jour, sur %d mois au plus.",
                              CONTROL_MONTHS_MAX);
        if (command->share != NULL && command->count > 0)
                return refuse(ret, INVALID, "count", "Dites une part ou un nombre de parcours, pas les deux.");
        if (command->share != NULL && (command->share->millionths == 0 || command->share->millionths > 1000000))
                return refuse(ret, INVALID, "share", "La part va de 0,000001 à 1 : 0,3 pour trois parcours sur dix.");
        if (text_is_empty(command->seed) != text_is_empty(command->seed_source))
                return refuse(ret, INVALID, "seed_source",
                              "Une graine donnée dit d'où elle vient (« Loto du 28 novembre »), pour que personne ne "
                              "l'ait choisie ; laissez les deux vides pour que Guichet la tire.");
        return true;
}

static bool is_in_frame(const struct work *work, const Tracking__DrawControl *command,
                        const struct placement *placement)
{
        if (strcmp(placement->territory, command->territory) != 0 || placement->is_private || placement->is_frozen)
                return false;
        if (command->modality != TYPES__MODALITY__MODALITY_UNKNOWN && placement->modality != (uint8_t)command->modality)
                return false;
        if (command->employer != NULL && !id_equal(placement->employer, id_of(command->employer)))
                return false;
        return day_number(placement->starts_on) <= command->until->days &&
               day_number(placement_last_day(placement)) >= command->from->days &&
               tracking_private_of(work->txn, placement->obligation, work->arena) == NULL && /* as it is today */
               tracking_erased(work->txn, placement->beneficiary, work->arena) == NULL;
}

/* False: there are more than one control can hold. */
static bool frame_of(const struct work *work, const Tracking__DrawControl *command, struct id **ret, size_t *ret_count)
{
        struct placement placement;
        struct walk walk;
        struct id id;
        *ret = arena_alloc(work->arena, FRAME_MAX * sizeof(**ret));
        *ret_count = 0;
        if (command->employer != NULL)
                placements_walk(work->txn, LIST_PLACEMENTS_OF_ORGANISATION, key_of_id(id_of(command->employer)),
                                slice_of(NULL, 0), &walk);
        else
                placements_walk(work->txn, LIST_PLACEMENTS, key_empty(), slice_of(NULL, 0), &walk);
        bool fits = true;
        while (fits && walk_next(&walk, &id)) {
                if (!tracking_placement(work->txn, id, &placement) || !is_in_frame(work, command, &placement))
                        continue;
                fits = *ret_count < FRAME_MAX;
                if (fits)
                        (*ret)[(*ret_count)++] = id;
        }
        walk_end(&walk);
        return fits;
}

static char *seed_of(struct work *work, const Tracking__DrawControl *command)
{
        uint8_t bytes[SEED_BYTES];
        char *seed = arena_alloc(work->arena, 2 * SEED_BYTES + 1);
        if (!text_is_empty(command->seed))
                return command->seed;
        work_world(work)->random(work_world(work), bytes, sizeof(bytes));
        for (size_t i = 0; i < SEED_BYTES; i++) {
                seed[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
                seed[2 * i + 1] = "0123456789abcdef"[bytes[i] & 0xf];
        }
        seed[2 * SEED_BYTES] = '\0';
        return seed;
}

/* Whom the evidence is asked of: the employer, else the company where it is done, where the directory has either. */
static Tracking__DrawnPlacement *drawn_of(const struct work *work, struct id id)
{
        Tracking__DrawnPlacement *drawn = pb_new(&tracking__drawn_placement__descriptor, work->arena);
        struct placement placement = {0};
        bool is_known = tracking_placement(work->txn, id, &placement);
        struct id organisation = id_is_zero(placement.employer) ? placement.host : placement.employer;
        drawn->placement_id = id_to(work->arena, id);
        drawn->beneficiary_id = id_to(work->arena, placement.beneficiary);
        if (is_known && !id_is_zero(organisation))
                drawn->organisation = id_to(work->arena, organisation);
        return drawn;
}

static const Types__Day *ask_by(const struct work *work, const Tracking__DrawControl *command)
{
        Tracking__EvidenceStep step = TRACKING__EVIDENCE_STEP__INIT;
        step.state = TRACKING__EVIDENCE_STATE__EVIDENCE_DRAWN;
        step.happened_on = command->drawn_on;
        evidence_follow_up(controls_rules(work), false, &step, work->arena);
        return step.act_by;
}

static struct reply record_draw(struct work *work, const Tracking__DrawControl *command, const struct id *frame,
                                size_t size)
{
        const struct drawing drawing = {command->share, command->count};
        size_t count = control_sample_size(controls_rules(work), &drawing, size);
        Tracking__ControlDrawn body = TRACKING__CONTROL_DRAWN__INIT;
        if (count > DRAWN_MAX)
                return reply_refuse(
                        work, INVALID, "share",
                        "Ce serait %zu parcours ; un contrôle en tire %d au plus : baissez la part, ou faites "
                        "plusieurs contrôles.",
                        count, DRAWN_MAX);
        body.control_id = id_to(work->arena, work_new_id(work));
        body.territory = command->territory;
        body.from = command->from;
        body.until = command->until;
        body.modality = command->modality;
        body.employer = command->employer;
        body.seed = seed_of(work, command);
        body.seed_source = command->seed_source;
        body.frame = pb_bytes(slice_of(frame, size * sizeof(*frame)));
        body.evidence_codes = command->evidence_codes;
        body.n_evidence_codes = command->n_evidence_codes;
        body.drawn_on = command->drawn_on;
        body.rules_version = controls_rules(work)->version;
        body.ask_by = (Types__Day *)(uintptr_t)ask_by(work, command);
        const struct id *ids = draw_ids(body.seed, frame, size, &count, work->arena);
        body.drawn = arena_alloc(work->arena, (count + 1) * sizeof(*body.drawn));
        for (size_t i = 0; i < count; i++)
                body.drawn[body.n_drawn++] = drawn_of(work, ids[i]);
        work_record(work, &body.base);

        Tracking__DrawControlReply *reply = pb_new(&tracking__draw_control_reply__descriptor, work->arena);
        reply->control_id = body.control_id;
        reply->frame_size = (uint32_t)size;
        reply->drawn = (uint32_t)count;
        reply->seed = body.seed;
        return reply_ok(work, reply);
}

struct reply handle_draw_control(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__DrawControl *command = (const Tracking__DrawControl *)message;
        struct refusal refusal;
        struct id *frame;
        size_t size;

        if (!is_of_here(work, command->territory, &refusal) || !is_sound(command, &refusal))
                return reply_refusal(work, &refusal);
        if (!frame_of(work, command, &frame, &size))
                return reply_refuse(work, INVALID, "until",
                                    "Plus de %d parcours : un contrôle n'en contient pas autant. Raccourcissez la "
                                    "période, ou dites une modalité ou un employeur.",
                                    FRAME_MAX);
        if (size == 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "from",
                                    "Aucun parcours de ce département n'a couru dans cette période, ou aucun de cet "
                                    "employeur et de cette modalité : élargissez le tirage.");
        return record_draw(work, command, frame, size);
}
