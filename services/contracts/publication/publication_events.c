#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/party_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

/* Our own truth stays in front; what the buyer published is kept beside it. */
static void put_record(const struct change *change, const Types__Id *contract, const Contracts__ContractRecord *record)
{
        if (contracts_record_is_ours(contracts_record_find(change->txn, change->arena, id_of(contract))))
                contracts_published_put(change->txn, change->arena, contract, record);
        else
                contracts_record_put(change->txn, change->arena, contract, record);
}

void apply_contract_imported(const struct change *change, const Contracts__ContractImported *body)
{
        contracts_record_put(change->txn, change->arena, body->contract_id, body->record); /* it was not known */
        publication_put_alike(change->txn, change->arena, id_of(body->contract_id), body->record);
}

void apply_contract_updated(const struct change *change, const Contracts__ContractUpdated *body)
{
        put_record(change, body->contract_id, body->record);
}

void tell_contract_imported(struct telling *telling, const Contracts__ContractImported *body)
{
        const Contracts__ContractRecord *record = body->record;
        tell(telling, "Contrat n° %s publié par l'acheteur %s : « %s », notifié le %s, %s HT.", record->number,
             contracts_party_told(telling->txn, telling->arena, record->buyer_siret, record->buyer_name),
             record->object, told_day(telling, record->notified_on), told_money(telling, record->amount));
}

void tell_contract_updated(struct telling *telling, const Contracts__ContractUpdated *body)
{
        const Contracts__ContractRecord *record = body->record;
        tell(telling, "Publication de l'acheteur complétée : %s, %s.",
             french_count(telling->arena, (int64_t)record->n_modifications, "modification"),
             french_count(telling->arena, (int64_t)record->n_subcontracts, "acte de sous-traitance"));
}

void apply_publication_linked(const struct change *change, const Contracts__PublicationLinked *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        file->published_contract_id = body->published_contract_id;
        contracts_file_put(change->txn, change->arena, file);
        publication_link(change->txn, id_of(body->published_contract_id), id_of(body->contract_id));
}

void apply_publication_unlinked(const struct change *change, const Contracts__PublicationUnlinked *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
        file->published_contract_id = NULL;
        contracts_file_put(change->txn, change->arena, file);
        publication_unlink(change->txn, id_of(body->published_contract_id));
}

static const char *named(const struct telling *telling, const Types__Id *published)
{
        const Contracts__ContractRecord *record = contracts_record_find(telling->txn, telling->arena, id_of(published));
        if (record == NULL)
                return "publication";
        return arena_printf(telling->arena, "publication n° %s, notifiée le %s, %s HT", record->number,
                            told_day(telling, record->notified_on), told_money(telling, record->amount));
}

void tell_publication_linked(struct telling *telling, const Contracts__PublicationLinked *body)
{
        tell(telling, "Dossier rapproché de sa %s.", named(telling, body->published_contract_id));
}

void tell_publication_unlinked(struct telling *telling, const Contracts__PublicationUnlinked *body)
{
        tell(telling, "Rapprochement défait (%s) : %s", named(telling, body->published_contract_id), body->reason);
}

void apply_publications_joined(const struct change *change, const Contracts__PublicationsJoined *body)
{
        publication_join(change->txn, id_of(body->twin_id), id_of(body->contract_id));
}

void tell_publications_joined(struct telling *telling, const Contracts__PublicationsJoined *body)
{
        tell(telling, "Publications réunies : la %s est aussi la %s, qui n'est plus comptée. %s",
             named(telling, body->contract_id), named(telling, body->twin_id), body->reason);
}

void apply_publications_separated(const struct change *change, const Contracts__PublicationsSeparated *body)
{
        publication_separate(change->txn, id_of(body->twin_id));
}

void tell_publications_separated(struct telling *telling, const Contracts__PublicationsSeparated *body)
{
        tell(telling, "Publications séparées : la %s est un autre contrat que la %s, et est comptée de nouveau. %s",
             named(telling, body->twin_id), named(telling, body->contract_id), body->reason);
}

void apply_twins_dismissed(const struct change *change, const Contracts__TwinsDismissed *body)
{
        Contracts__DismissedTwins *row = publication_dismissed(change->txn, change->arena, body->contract_id);
        row->others = pb_append(row->others, &row->n_others, sizeof(*row->others), change->arena);
        row->others[row->n_others - 1] = body->other_contract_id;
        publication_dismissed_put(change->txn, change->arena, row);
}

void tell_twins_dismissed(struct telling *telling, const Contracts__TwinsDismissed *body)
{
        tell(telling, "La %s et la %s se ressemblent et sont deux contrats (dit le %s) : %s",
             named(telling, body->contract_id), named(telling, body->other_contract_id),
             told_day(telling, body->dismissed_on), body->reason);
}
