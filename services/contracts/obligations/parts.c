#include "services/contracts/obligations/parts.h"

#include "common/base/days.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

bool parts_is_renewal(Contracts__PartKind kind)
{
        return kind == CONTRACTS__PART_KIND__TACIT_RENEWAL || kind == CONTRACTS__PART_KIND__EXPRESS_RENEWAL;
}

const Contracts__ContractPart *parts_find(const Contracts__ContractFile *file, Contracts__PartKind kind, uint32_t rank)
{
        for (size_t i = 0; file != NULL && i < file->n_parts; i++)
                if (file->parts[i]->kind == kind && file->parts[i]->rank == rank)
                        return file->parts[i];
        return NULL;
}

const Contracts__PartDecision *parts_decision(const Contracts__ContractFile *file, const Contracts__ContractPart *part)
{
        for (size_t i = 0; file != NULL && i < file->n_part_decisions; i++)
                if (file->part_decisions[i]->kind == part->kind && file->part_decisions[i]->rank == part->rank)
                        return file->part_decisions[i];
        return NULL;
}

/* By what is said of it alone. */
static bool comes(const Contracts__ContractFile *file, const Contracts__ContractPart *part, struct day *ret_on)
{
        const Contracts__PartDecision *decision = parts_decision(file, part);
        if (part->kind == CONTRACTS__PART_KIND__TACIT_RENEWAL) {
                *ret_on = day_of(part->starts_on);
                return decision == NULL || decision->choice == CONTRACTS__PART_CHOICE__PART_AFFIRMED;
        }
        if (decision == NULL || decision->choice != CONTRACTS__PART_CHOICE__PART_AFFIRMED)
                return false;
        *ret_on = day_of(decision->decided_on);
        if (part->starts_on != NULL)
                *ret_on = day_later(*ret_on, day_of(part->starts_on));
        return true;
}

bool parts_begins(const Contracts__ContractFile *file, const Contracts__ContractPart *part, struct day *ret_on)
{
        struct day ignored;
        if (!comes(file, part, ret_on))
                return false;
        for (size_t i = 0; parts_is_renewal(part->kind) && i < file->n_parts; i++) {
                const Contracts__ContractPart *other = file->parts[i];
                if (parts_is_renewal(other->kind) && other->starts_on->days < part->starts_on->days &&
                    !comes(file, other, &ignored))
                        return false;
        }
        return file->ended_on == NULL || file->ended_on->days >= day_number(*ret_on);
}

/* Whether nobody can say any more that it comes. */
static bool is_past_deciding(const Contracts__ContractFile *file, const Contracts__ContractPart *part, struct day today)
{
        return file->ended_on != NULL || parts_decision(file, part) != NULL ||
               part->kind == CONTRACTS__PART_KIND__TACIT_RENEWAL ||
               (part->decide_by != NULL && part->decide_by->days < day_number(today));
}

Contracts__PartState parts_state(const Contracts__ContractFile *file, const Contracts__ContractPart *part,
                                 struct day today)
{
        struct day on;
        if (parts_begins(file, part, &on))
                return day_number(on) <= day_number(today) ? CONTRACTS__PART_STATE__PART_BEGUN
                                                           : CONTRACTS__PART_STATE__PART_COMING;
        return is_past_deciding(file, part, today) ? CONTRACTS__PART_STATE__PART_DROPPED
                                                   : CONTRACTS__PART_STATE__PART_WAITING;
}

static const Contracts__PartDeparture *departure_of(const Contracts__ContractFile *file, struct id obligation)
{
        for (size_t i = 0; i < file->n_departures; i++)
                if (id_equal(id_of(file->departures[i]->obligation_id), obligation))
                        return file->departures[i];
        return NULL;
}

/* Who owes on that day what was told of the obligation: who left owes no more, and so on with whoever took over. Zero:
 * nobody. */
static struct id owing_on(const Contracts__ContractFile *file, struct id obligation, struct day on)
{
        for (size_t i = 0; i <= file->n_departures; i++) {
                const Contracts__PartDeparture *departure = departure_of(file, obligation);
                if (departure == NULL || departure->left_on->days >= day_number(on))
                        break;
                obligation = id_of(departure->taker_id);
        }
        return obligation;
}

static int64_t hundredths_of(const Contracts__ContractFile *file, const Contracts__ContractPart *part, struct day on,
                             struct id obligation)
{
        int64_t sum = 0;
        for (size_t i = 0; i < part->n_hours; i++)
                if (id_equal(owing_on(file, id_of(part->hours[i]->obligation_id), on), obligation))
                        sum += hours_hundredths(hours_of(part->hours[i]->hours));
        return sum;
}

struct hours parts_hours(const Contracts__ContractFile *file, struct id obligation, int32_t after, struct day until)
{
        int64_t sum = 0; /* parts and their hours are bounded */
        struct day on;
        for (size_t i = 0; file != NULL && i < file->n_parts; i++)
                if (parts_begins(file, file->parts[i], &on) && day_number(on) > after &&
                    day_number(on) <= day_number(until))
                        sum += hundredths_of(file, file->parts[i], on, obligation);
        return hours_of_hundredths(sum);
}

bool parts_next(const Contracts__ContractFile *file, struct day after, struct day *ret)
{
        struct day on, next = day_of_number(INT32_MAX);
        for (size_t i = 0; file != NULL && i < file->n_parts; i++)
                if (parts_begins(file, file->parts[i], &on) && day_number(on) > day_number(after))
                        next = day_earlier(next, on);
        *ret = next;
        return day_number(next) != INT32_MAX;
}

void parts_add(Contracts__ContractFile *file, Contracts__ContractPart *part, struct arena *arena)
{
        file->parts = pb_extend(file->parts, &file->n_parts, sizeof(*file->parts), arena);
        file->parts[file->n_parts - 1] = part;
}

void parts_add_decision(Contracts__ContractFile *file, Contracts__PartDecision *decision, struct arena *arena)
{
        file->part_decisions =
                pb_extend(file->part_decisions, &file->n_part_decisions, sizeof(*file->part_decisions), arena);
        file->part_decisions[file->n_part_decisions - 1] = decision;
}

void parts_add_departure(Contracts__ContractFile *file, Contracts__PartDeparture *departure, struct arena *arena)
{
        file->departures = pb_extend(file->departures, &file->n_departures, sizeof(*file->departures), arena);
        file->departures[file->n_departures - 1] = departure;
}

Contracts__PartDecision *parts_decision_of(const Contracts__ContractPartDecided *body, struct arena *arena)
{
        Contracts__PartDecision *decision = pb_new(&contracts__part_decision__descriptor, arena);
        decision->kind = body->kind;
        decision->rank = body->rank;
        decision->choice = body->choice;
        decision->decided_on = body->decision->decided_on;
        return decision;
}

const Contracts__ContractFile *parts_without(const Contracts__ContractFile *file, uint64_t number, struct arena *arena)
{
        if (file == NULL)
                return NULL;
        Contracts__ContractFile *copy = pb_new(&contracts__contract_file__descriptor, arena);
        *copy = *file;
        copy->parts = arena_alloc(arena, (file->n_parts + 1) * sizeof(*copy->parts));
        copy->part_decisions = arena_alloc(arena, (file->n_part_decisions + 1) * sizeof(*copy->part_decisions));
        copy->departures = arena_alloc(arena, (file->n_departures + 1) * sizeof(*copy->departures));
        copy->n_parts = copy->n_part_decisions = copy->n_departures = 0;
        for (size_t i = 0; i < file->n_parts; i++)
                if (file->parts[i]->number != number)
                        copy->parts[copy->n_parts++] = file->parts[i];
        for (size_t i = 0; i < file->n_part_decisions; i++)
                if (file->part_decisions[i]->number != number)
                        copy->part_decisions[copy->n_part_decisions++] = file->part_decisions[i];
        for (size_t i = 0; i < file->n_departures; i++)
                if (file->departures[i]->number != number)
                        copy->departures[copy->n_departures++] = file->departures[i];
        return copy;
}

/* ---- what may be said */

static bool has_room(const Contracts__ContractFile *file, const Contracts__ContractPart *part,
                     struct refusal *ret_refusal)
{
        size_t renewals = 0;
        for (size_t i = 0; file != NULL && i < file->n_parts; i++)
                renewals += parts_is_renewal(file->parts[i]->kind);
        if (parts_find(file, part->kind, part->rank) != NULL)
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "rank",
                        "Le contrat a déjà cette tranche ou cette reconduction : donnez un autre rang, ou annulez "
                        "d'abord celle qui a été enregistrée (WithdrawAct).");
        return (file == NULL || file->n_parts < PARTS_MAX) &&
                               (!parts_is_renewal(part->kind) || renewals < PARTS_RENEWALS_MAX)
                       ? true
                       : refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "rank",
                                "Un contrat porte au plus %d tranches et reconductions, dont %d reconductions : "
                                "annulez celles qui n'ont pas lieu d'être (WithdrawAct).",
                                PARTS_MAX, PARTS_RENEWALS_MAX);
}

static bool is_dated(const Contracts__ContractPart *part, struct refusal *ret_refusal)
{
        if (parts_is_renewal(part->kind) && part->starts_on == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "starts_on",
                              "Dites le premier jour de la reconduction : ses heures sont dues à partir de là.");
        if (parts_is_renewal(part->kind) && (part->ends_on == NULL || part->ends_on->days < part->starts_on->days))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "ends_on",
                              "Dites le dernier jour de la reconduction, pas avant son premier : le contrat finit "
                              "alors ce jour-là.");
        if (parts_is_renewal(part->kind) && part->decide_by == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "decide_by",
                              "Dites jusqu'à quel jour l'acheteur peut décider de la reconduction : le contrat le "
                              "prévoit, et le calendrier le montre.");
        if (!parts_is_renewal(part->kind) && part->ends_on != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "ends_on",
                              "Une tranche ne change pas la fin du contrat : laissez ce champ vide, et dites la "
                              "durée dans le plan de contrôle (PutControlPlan).");
        return part->decide_by == NULL || part->starts_on == NULL || part->decide_by->days <= part->starts_on->days ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "decide_by",
                      "Le dernier jour pour décider ne peut suivre le premier jour : vérifiez les deux dates.");
}

bool parts_check(const Contracts__ContractFile *file, const Contracts__ContractPart *part, struct refusal *ret_refusal)
{
        if (!parts_is_renewal(part->kind) && part->n_hours == 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                              "Dites quelles heures la tranche ajoute, entreprise par entreprise (ses obligations).");
        return is_dated(part, ret_refusal) && has_room(file, part, ret_refusal);
}

bool parts_check_decision(const Contracts__ContractFile *file, const Contracts__PartDecision *decision,
                          struct refusal *ret_refusal)
{
        const Contracts__ContractPart *part = parts_find(file, decision->kind, decision->rank);
        bool is_affirmed = decision->choice == CONTRACTS__PART_CHOICE__PART_AFFIRMED;
        char text[DAY_TEXT_SIZE];

        if (part == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "rank",
                              "Le contrat n'a pas cette tranche ou cette reconduction : vérifiez le rang, ou "
                              "enregistrez-la d'abord (PutContractPart).");
        const Contracts__PartDecision *before = parts_decision(file, part);
        if (before != NULL) {
                day_format(day_of(before->decided_on), text);
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "rank",
                              "L'acheteur en a déjà décidé le %s : une décision mal enregistrée s'annule "
                              "(WithdrawAct) ; ce qui a commencé se change par un avenant (AmendObligation).",
                              text);
        }
        if (part->decide_by == NULL || decision->decided_on->days <= part->decide_by->days)
                return true;
        day_format(day_of(part->decide_by), text);
        if (part->kind == CONTRACTS__PART_KIND__TACIT_RENEWAL && !is_affirmed)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "decision.decided_on",
                              "L'acheteur pouvait renoncer jusqu'au %s : la reconduction tacite est acquise. Vérifiez "
                              "la date de sa décision, ou mettez fin au contrat (EndContract).",
                              text);
        return !is_affirmed || part->kind == CONTRACTS__PART_KIND__TACIT_RENEWAL ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "decision.decided_on",
                      "L'acheteur pouvait décider jusqu'au %s : ensuite l'entreprise est déliée. Vérifiez la date, ou "
                      "enregistrez l'avenant que les parties ont signé (AmendObligation).",
                      text);
}

char *parts_name(struct arena *arena, const Contracts__ContractPart *part)
{
        const char *kind = part->kind == CONTRACTS__PART_KIND__TACIT_RENEWAL     ? "reconduction tacite"
                           : part->kind == CONTRACTS__PART_KIND__EXPRESS_RENEWAL ? "reconduction expresse"
                                                                                 : "tranche optionnelle";
        if (text_is_empty(part->title))
                return arena_printf(arena, "%s n° %u", kind, part->rank);
        return arena_printf(arena, "%s n° %u (%s)", kind, part->rank, part->title);
}
