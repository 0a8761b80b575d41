#include "services/contracts/obligations/withdrawing.h"

#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/members.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/parts.h"
#include "services/contracts/obligations/terms.h"

static struct hours opposite(struct hours hours)
{
        return hours_of_hundredths(-hours_hundredths(hours));
}

/* What became of hours is undone by the same posting of as many less. */
static void reverse(const struct work *work, Contracts__Posting *const *list, size_t count, struct postings *postings)
{
        for (size_t i = 0; i < count; i++) {
                if (list[i]->from == CONTRACTS__ACCOUNT__CLAUSE) /* what is demanded is reckoned anew */
                        continue;
                Contracts__Posting *row = pb_new(&contracts__posting__descriptor, work->arena);
                *row = *list[i];
                row->hours = hours_to(work->arena, opposite(hours_of(list[i]->hours)));
                row->cause = arena_printf(work->arena, "Annulé : %s", list[i]->cause);
                postings->list = pb_append(postings->list, &postings->count, sizeof(row), work->arena);
                postings->list[postings->count - 1] = row;
        }
}

/* Hours of work that were not taken over: tracking told them. */
static bool has_work_of_tracking(const struct work *work, const struct loaded_obligation *loaded)
{
        int64_t taken_over = 0;
        struct walk walk;
        struct id id;
        taken_over_walk(work->txn, loaded->id, NULL, &walk);
        while (walk_next(&walk, &id))
                taken_over += hours_hundredths(taken_over_counted(taken_over_find(work->txn, work->arena, id)));
        walk_end(&walk);
        return hours_hundredths(loaded->ledger.balance[ACCOUNT_DONE]) +
                       hours_hundredths(loaded->ledger.balance[ACCOUNT_CONVERTED]) !=
               taken_over;
}

static bool close_account(const struct work *work, const struct loaded_obligation *loaded, struct postings *postings,
                          struct refusal *ret_refusal)
{
        if (has_work_of_tracking(work, loaded))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "act",
                              "Des heures de travail sont déjà comptées à %.100s : corrigez d'abord ses relevés et ses "
                              "factures de sous-traitance, ou mettez fin au contrat (EndContract).",
                              loaded->obligation->contractor_name);
        struct posting posting = {ACCOUNT_CLAUSE, ACCOUNT_DUE, opposite(ledger_demanded(&loaded->ledger))};
        if (hours_hundredths(posting.hours) != 0)
                loaded_obligation_post(work, loaded, &posting, "Annulé : heures prévues par la clause", postings);
        return true;
}

static bool take_back_order(const struct work *work, const struct loaded_obligation *loaded,
                            const Contracts__ContractOrder *order, struct postings *postings,
                            struct refusal *ret_refusal)
{
        struct framework_result result;
        struct framework_move move = {loaded, order->kind == CONTRACTS__ORDER_KIND__CONTRACT_INVOICE,
                                      money_of_cents(-money_cents(money_of(order->amount)))};
        struct refusal why;

        if (!members_move(work, &move, &result, &why))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "act", "%s", why.text);
        for (size_t i = 0; i < result.postings.count; i++) {
                postings->list = pb_append(postings->list, &postings->count, sizeof(*postings->list), work->arena);
                postings->list[postings->count - 1] = result.postings.list[i];
        }
        return true;
}

static void take_back_amendment(const struct work *work, const struct loaded_obligation *loaded, uint64_t number,
                                const char *cause, struct postings *postings)
{
        struct demand demand = loaded_obligation_demand(work, loaded);
        loaded_obligation_post_demand(work, loaded, terms_demanded_without(&demand, number), cause, postings);
}

/* The file without what the event said of parts, or of the end. */
static const Contracts__ContractFile *file_without(const struct work *work, const Contracts__ContractFile *file,
                                                   const struct leaving *leaving)
{
        if (file == NULL || leaving->event->body_case != CONTRACTS__EVENT__BODY_CONTRACT_ENDED)
                return parts_without(file, leaving->number, work->arena);
        Contracts__ContractFile *going_on = pb_new(&contracts__contract_file__descriptor, work->arena);
        *going_on = *file;
        going_on->ended_on = NULL;
        return going_on;
}

/* What moved the hours of all that owe something on the contract. */
static void take_back_of_contract(const struct work *work, const struct leaving *leaving, const Types__Id *contract,
                                  const char *cause, struct postings *postings)
{
        struct loaded_obligation loaded;
        struct refusal ignored;
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_contract(work->txn, id_of(contract), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                if (!loaded_obligation_find(work, id_to(work->arena, id), "", &loaded, &ignored))
                        continue; /* the transaction has failed */
                loaded.file = file_without(work, loaded.file, leaving);
                take_back_amendment(work, &loaded, leaving->number, cause, postings);
        }
        walk_end(&walk);
}

/* A decision speaks of a part: it goes first. */
static bool take_back_part(const struct work *work, const struct leaving *leaving, struct postings *postings,
                           struct refusal *ret_refusal)
{
        const Contracts__ContractPartPut *put = leaving->event->contract_part_put;
        const Contracts__PartDecision *decision =
                parts_decision(contracts_file_find(work->txn, work->arena, id_of(put->contract_id)), put->part);
        if (decision != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "act",
                              "L'acheteur en a décidé (acte n° %llu) : annulez d'abord sa décision.",
                              (unsigned long long)decision->number);
        take_back_of_contract(work, leaving, put->contract_id,
                              arena_printf(work->arena, "Annulé : %s", parts_name(work->arena, put->part)), postings);
        return true;
}

bool withdrawing_postings(const struct work *work, const struct leaving *leaving, struct postings *postings,
                          struct refusal *ret_refusal)
{
        const Contracts__Event *event = leaving->event;
        struct loaded_obligation loaded;
        switch (event->body_case) {
        case CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED:
                return loaded_obligation_find(work, event->obligation_recorded->obligation_id, "act", &loaded,
                                              ret_refusal) &&
                       close_account(work, &loaded, postings, ret_refusal);
        case CONTRACTS__EVENT__BODY_ORDER_RECORDED:
                return loaded_obligation_find(work, event->order_recorded->obligation_id, "act", &loaded,
                                              ret_refusal) &&
                       take_back_order(work, &loaded, event->order_recorded->order, postings, ret_refusal);
        case CONTRACTS__EVENT__BODY_CONTRACT_INVOICE_RECORDED:
                return loaded_obligation_find(work, event->contract_invoice_recorded->obligation_id, "act", &loaded,
                                              ret_refusal) &&
                       take_back_order(work, &loaded, event->contract_invoice_recorded->invoice, postings, ret_refusal);
        case CONTRACTS__EVENT__BODY_OBLIGATION_AMENDED:
                if (!loaded_obligation_find(work, event->obligation_amended->obligation_id, "act", &loaded,
                                            ret_refusal))
                        return false;
                take_back_amendment(work, &loaded, leaving->number, "Annulé : avenant", postings);
                return true;
        case CONTRACTS__EVENT__BODY_CONTRACT_ENDED:
                take_back_of_contract(work, leaving, event->contract_ended->contract_id, "Annulé : fin du contrat",
                                      postings);
                return true;
        case CONTRACTS__EVENT__BODY_CONTRACT_PART_PUT: return take_back_part(work, leaving, postings, ret_refusal);
        case CONTRACTS__EVENT__BODY_CONTRACT_PART_DECIDED:
                take_back_of_contract(work, leaving, event->contract_part_decided->contract_id,
                                      "Annulé : décision de l'acheteur", postings);
                return true;
        case CONTRACTS__EVENT__BODY_HOURS_TAKEN_OVER:
                reverse(work, event->hours_taken_over->postings, event->hours_taken_over->n_postings, postings);
                return true;
        case CONTRACTS__EVENT__BODY_HOURS_WAIVED:
                reverse(work, event->hours_waived->postings, event->hours_waived->n_postings, postings);
                return true;
        case CONTRACTS__EVENT__BODY_TRANSFER_AGREED:
                reverse(work, event->transfer_agreed->postings, event->transfer_agreed->n_postings, postings);
                return true;
        case CONTRACTS__EVENT__BODY_MEMBER_LEFT:
                reverse(work, event->member_left->postings, event->member_left->n_postings, postings);
                take_back_of_contract(work, leaving, event->member_left->contract_id, "Annulé : départ du groupement",
                                      postings);
                return true;
        default: return true; /* posts nothing */
        }
}

Contracts__ObligationAssigned *withdrawing_holder(const struct work *work, const struct leaving *leaving)
{
        if (leaving->event->body_case != CONTRACTS__EVENT__BODY_OBLIGATION_ASSIGNED)
                return NULL;
        const Types__Id *id = leaving->event->obligation_assigned->obligation_id;
        const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id_of(id));
        if (obligation == NULL)
                return NULL; /* the transaction has failed */
        const Contracts__Assignment *last = terms_assigned(obligations_terms(work->txn, work->arena, id),
                                                           day_of_number(INT32_MAX), leaving->number);
        Contracts__ObligationAssigned *holder = pb_new(&contracts__obligation_assigned__descriptor, work->arena);
        holder->obligation_id = obligation->obligation_id;
        holder->contract_id = obligation->contract_id;
        holder->contractor_siret = last != NULL ? last->siret : obligation->first_siret;
        holder->contractor_name = last != NULL ? last->name : obligation->first_name;
        holder->contractor_organisation = last != NULL ? last->organisation : obligation->first_organisation;
        return holder;
}
