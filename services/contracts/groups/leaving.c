#include "services/contracts/groups/leaving.h"

#include <string.h>

#include "common/base/text.h"
#include "services/contracts/control/loaded_control.h"
#include "services/contracts/obligations/parts.h"
#include "services/contracts/obligations/transfer.h"

#define FATE(NAME) CONTRACTS__LEFT_HOURS__LEFT_##NAME

static const struct loaded_obligation *member_of(const struct members *members, const Types__Id *id)
{
        for (size_t i = 0; i < members->count; i++)
                if (id_equal(members->list[i].id, id_of(id)))
                        return &members->list[i];
        return NULL;
}

static const struct loaded_obligation *lead_of(const struct members *members)
{
        for (size_t i = 0; i < members->count; i++)
                if (members->list[i].obligation->group_role == CONTRACTS__GROUP_ROLE__GROUP_LEAD)
                        return &members->list[i];
        return NULL;
}

/* Those that go on: without itself, and without who left before. */
static bool find_others(const struct work *work, struct leaving *leaving, struct refusal *ret_refusal)
{
        struct members all = members_of_clause(work, id_of(leaving->loaded.obligation->clause_id));
        leaving->others = (struct members){all.list, 0};
        for (size_t i = 0; i < all.count; i++)
                if (!id_equal(all.list[i].id, leaving->loaded.id) && all.list[i].obligation->left == NULL)
                        leaving->others.list[leaving->others.count++] = all.list[i];
        return leaving->others.count > 0 ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                      "%.100s n'a pas de cotraitant sur ce lot : une cession ou une fusion s'enregistre par "
                      "AssignObligation, une résiliation par EndContract.",
                      leaving->loaded.obligation->contractor_name);
}

static bool is_there(const struct leaving *leaving, const Contracts__LeaveGroup *command, struct refusal *ret_refusal)
{
        char text[DAY_TEXT_SIZE];
        const struct loaded_obligation *loaded = &leaving->loaded;
        const Contracts__ContractRecord *contract = loaded->contract;
        const Types__Day *start = contract->starts_on != NULL ? contract->starts_on : contract->notified_on;
        if (loaded->obligation->left != NULL) {
                day_format(day_of(loaded->obligation->left->left_on), text);
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                              "%.100s a déjà quitté le groupement, le %s : annulez ce départ s'il est faux "
                              "(WithdrawAct).",
                              loaded->obligation->contractor_name, text);
        }
        return loaded_obligation_going_on(loaded, command->left_on, ret_refusal) &&
               (start == NULL || day_follows(command->left_on, day_of(start), "left_on", ret_refusal));
}

/* Named, or the lead of a solidary group, which answers for all. */
static bool find_taker(const Contracts__LeaveGroup *command, struct leaving *leaving, struct refusal *ret_refusal)
{
        bool is_solidary = members_form(leaving->loaded.contract->grouping) == CONTRACTS__GROUP_FORM__SOLIDARY;
        if (command->fate != FATE(TAKEN_OVER))
                return command->taker_id == NULL ||
                       refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "taker_id",
                              "Personne ne reprend les heures selon ce que vous dites de leur sort : laissez vide, ou "
                              "dites LEFT_TAKEN_OVER.");
        if (command->taker_id != NULL)
                leaving->taker = member_of(&leaving->others, command->taker_id);
        else if (is_solidary)
                leaving->taker = lead_of(&leaving->others);
        return leaving->taker != NULL || refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "taker_id",
                                                "Dites quel membre encore présent du groupement reprend ses heures.");
}

static bool find_lead(const Contracts__LeaveGroup *command, struct leaving *leaving, struct refusal *ret_refusal)
{
        bool leads = leaving->loaded.obligation->group_role == CONTRACTS__GROUP_ROLE__GROUP_LEAD;
        if (!leads || command->fate == FATE(SUBSTITUTED)) /* a substitute takes the role too */
                return command->lead_id == NULL || refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "lead_id",
                                                          "Le mandataire du groupement ne change pas : laissez vide.");
        leaving->lead = command->lead_id == NULL ? NULL : member_of(&leaving->others, command->lead_id);
        return leaving->lead != NULL || refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "lead_id",
                                               "Le mandataire s'en va : dites quel membre encore présent le devient.");
}

/* CLAUSE -> DUE of one, as its contract stands once the member has left; its account is as it then is. */
static bool repost(const struct work *work, struct loaded_obligation *loaded, const Contracts__ContractFile *file,
                   struct postings *postings)
{
        size_t before = postings->count;
        loaded->file = file;
        struct demand demand = loaded_obligation_demand(work, loaded);
        struct posting posting = {.from = ACCOUNT_CLAUSE, .to = ACCOUNT_DUE};
        loaded_obligation_post_demand(work, loaded, terms_demanded(&demand), "Départ du groupement", postings);
        if (postings->count == before)
                return true;
        posting.hours = hours_of(postings->list[before]->hours);
        return ledger_post(&loaded->ledger, &posting) == 0;
}

/* Parts that had begun when it left are its own; what began since passes to whoever takes its hours over. */
static bool move_parts(const struct work *work, const Contracts__LeaveGroup *command, struct leaving *leaving,
                       struct refusal *ret_refusal)
{
        Contracts__PartDeparture *departure = pb_new(&contracts__part_departure__descriptor, work->arena);
        Contracts__ContractFile *file =
                contracts_file_of(work->txn, work->arena, leaving->loaded.obligation->contract_id);
        struct loaded_obligation *taker = NULL;
        if (command->fate == FATE(SUBSTITUTED)) /* the account goes on */
                return true;
        for (size_t i = 0; leaving->taker != NULL && i < leaving->others.count; i++)
                if (id_equal(leaving->others.list[i].id, leaving->taker->id))
                        taker = &leaving->others.list[i];
        departure->obligation_id = leaving->loaded.obligation->obligation_id;
        departure->left_on = command->left_on;
        departure->taker_id = taker == NULL ? NULL : taker->obligation->obligation_id;
        parts_add_departure(file, departure, work->arena);
        return (repost(work, &leaving->loaded, file, &leaving->parts) &&
                (taker == NULL || repost(work, taker, file, &leaving->parts))) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                      "Les heures de ce groupement dépassent ce qu'un compte peut tenir : vérifiez les tranches.");
}

static bool moves_hours(const Contracts__LeaveGroup *command)
{
        return command->fate == FATE(TAKEN_OVER) || command->fate == FATE(WAIVED);
}

static bool find_hours(const Contracts__LeaveGroup *command, struct leaving *leaving, struct refusal *ret_refusal)
{
        leaving->hours = hours_of_hundredths(0);
        if (!moves_hours(command))
                return command->hours == NULL ||
                       refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                              "Aucune heure ne passe ni ne s'abandonne selon ce que vous dites de leur sort : laissez "
                              "vide.");
        leaving->hours = command->hours == NULL ? ledger_owed(&leaving->loaded.ledger) : hours_of(command->hours);
        return transfer_hours(leaving->hours, &leaving->loaded.ledger, ret_refusal);
}

static bool check_substitute(const Contracts__LeaveGroup *command, struct refusal *ret_refusal)
{
        bool is_named = !text_is_empty(command->substitute_siret) && !text_is_empty(command->substitute_name);
        if (command->fate == FATE(SUBSTITUTED))
                return is_named || refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "substitute_siret",
                                          "Donnez le SIRET et le nom de l'entreprise qui prend sa place.");
        return text_is_empty(command->substitute_siret) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "substitute_siret",
                      "Une entreprise prend sa place : dites LEFT_SUBSTITUTED, ou laissez vide.");
}

bool leaving_find(const struct work *work, const Contracts__LeaveGroup *command, struct leaving *ret,
                  struct refusal *ret_refusal)
{
        struct leaving leaving = {.taker = NULL};
        char siret[SIRET_TEXT_SIZE];

        if (!loaded_obligation_find(work, command->obligation_id, "obligation_id", &leaving.loaded, ret_refusal) ||
            !is_there(&leaving, command, ret_refusal) || !find_others(work, &leaving, ret_refusal) ||
            !check_substitute(command, ret_refusal) || !find_taker(command, &leaving, ret_refusal) ||
            !find_lead(command, &leaving, ret_refusal) || !move_parts(work, command, &leaving, ret_refusal) ||
            !find_hours(command, &leaving, ret_refusal))
                return false;
        const struct decider decider = decider_acting(work, &leaving.loaded.contract->buyer_siret, 1, siret);
        if (!decision_check(command->decision, &decider, work->arena, &leaving.decision, ret_refusal))
                return false;
        *ret = leaving;
        return true;
}

struct postings leaving_postings(const struct work *work, const Contracts__LeaveGroup *command,
                                 const struct leaving *leaving)
{
        struct posting out = {ACCOUNT_DUE, ACCOUNT_WAIVED, leaving->hours};
        struct posting in = {ACCOUNT_TRANSFERRED, ACCOUNT_DUE, leaving->hours};
        struct postings postings = leaving->parts;
        if (hours_hundredths(leaving->hours) == 0)
                return postings;
        if (command->fate == FATE(TAKEN_OVER))
                out.to = ACCOUNT_TRANSFERRED;
        loaded_obligation_post(work, &leaving->loaded, &out, "Départ du groupement", &postings);
        if (leaving->taker != NULL)
                loaded_obligation_post(work, leaving->taker, &in, "Reprises à un membre parti", &postings);
        return postings;
}
